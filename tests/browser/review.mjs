// The review page of a package whose captions a machine heard: from the keyboard alone, most doubtful first, to a file.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

import {axeFinds} from './layout.mjs';

const boxNow = page => page.evaluate(() => {
  const b = document.activeElement, sound = document.getElementById('sound');
  return {
    at: Array.from(document.querySelectorAll('textarea')).indexOf(b),
    value: b.value,
    selected: b.tagName === 'TEXTAREA' ? b.value.slice(b.selectionStart, b.selectionEnd) : '',
    from: Number(b.parentNode.querySelector('[data-s]')?.dataset.s),
    isPlaying: !sound.paused,
    t: sound.currentTime
  };
});

async function isPlayed(page, check, how) {
  await page.waitForFunction(() => !document.getElementById('sound').paused &&
    document.getElementById('sound').readyState > 1, null, {timeout: 5000}).catch(() => {});
  const box = await boxNow(page);
  check(`${how}: the caption is played`, box.isPlaying && Math.abs(box.t - Math.max(0, box.from - 0.5)) < 2,
    JSON.stringify(box));
  return box;
}

async function checkKeys(page, check) {
  const boxes = page.locator('textarea'), n = await boxes.count();
  const simple = await page.locator('textarea[data-w=simple]').evaluate(
    b => Array.from(document.querySelectorAll('textarea')).indexOf(b));
  await page.click('#start');
  let box = await isPlayed(page, check, 'Start');
  check('Start goes to the most doubtful one', box.at === 0, box.at);
  await page.keyboard.type('A <lost> sentence.');
  for (let i = 0; i < simple; i++)
    await page.keyboard.press('Enter');
  box = await isPlayed(page, check, 'Enter');
  check('Enter goes to the next', box.at === simple, `${box.at}, not ${simple}`);
  check('the word that is least sure is selected', box.selected === 'simple', box.selected);
  await page.keyboard.type('sample');
  box = await boxNow(page);
  check('typing takes its place', box.value === 'We take the sample mean of it.', box.value);
  await page.evaluate(() => document.getElementById('sound').pause());
  await page.keyboard.press('Escape');
  await isPlayed(page, check, 'Escape');
  await page.keyboard.press('Shift+Enter');
  box = await boxNow(page);
  check('Shift+Enter makes a new line', box.at === simple && box.value.includes('sample\n'), JSON.stringify(box));
  await page.keyboard.press('Backspace');
  await page.keyboard.press('PageUp');
  check('Page Up goes to the one before', (await boxNow(page)).at === simple - 1, '');
  await page.keyboard.press('PageDown');
  check('Page Down goes to the next', (await boxNow(page)).at === simple, '');
  check('what was looked at is counted', (await page.textContent('#done')).startsWith(`${simple} of ${n}`),
    await page.textContent('#done'));
  for (let i = simple; i < n; i++)
    await page.keyboard.press('Enter');
  check('behind the last one is the button that saves', await page.evaluate(() => document.activeElement.id) === 'save', '');
}

async function checkSaved(page, dir, check) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+s')]);
  check('the file has the name of the captions', download.suggestedFilename() === 'captions.en.vtt',
    download.suggestedFilename());
  const saved = readFileSync(await download.path(), 'utf8');
  const before = readFileSync(join(dir, 'captions.en.vtt'), 'utf8');
  const blocks = text => text.trim().split('\n\n');
  const lost = blocks(saved).filter(b => !blocks(before).includes(b));
  const n = await page.locator('textarea').count(), notes = lost.pop().split('\n');
  check('what was looked at is noted in it', notes[0] === 'NOTE checked' && notes.length === n + 1 &&
    notes.includes('00:00:08.000') && !saved.includes('NOTE reviewed'), notes.join(' '));
  check('what was changed and added is in it, all else as it was',
    lost.length === 2 && lost[0] === '00:00:08.000 --> 00:00:10.400\nWe take the sample mean of it.' &&
      /^00:[0-9:.]+ --> 00:[0-9:.]+\nA &lt;lost&gt; sentence\.$/.test(lost[1]) &&
      blocks(saved).length === blocks(before).length + 2,
    saved);
  const save = async () => {
    const [again] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+s')]);
    return readFileSync(await again.path(), 'utf8');
  };
  await page.locator('li label input').nth(1).uncheck();
  check('a tick can be taken away', (await page.textContent('#done')).startsWith(`${n - 1} of ${n}`),
    await page.textContent('#done'));
  check('then it is noted no more', (await save()).split('NOTE checked')[1].trim().split('\n').length === n - 1, '');
  await page.locator('#all input').check();
  check('a person can say that all of it is right', /^WEBVTT\n(Language: en\n)?\nNOTE reviewed\n\n00:/.test(await save()), '');
}

export async function checkReview(browser, dir, check) {
  const context = await browser.newContext({acceptDownloads: true});
  const page = await context.newPage();
  const errors = [];
  page.on('console', m => m.type() === 'error' && errors.push(m.text()));
  page.on('pageerror', e => errors.push(e.message));
  page.on('request', r => !/^(file|blob):/.test(r.url()) && errors.push(r.url()));
  await page.goto(pathToFileURL(join(dir, 'captions.review.html')).href);
  const n = Number((await page.textContent('main > p')).match(/(\d+) places? may be/)[1]);
  const listed = await page.locator('li').count();
  check('as many are listed as are said to be doubtful', n === listed, `${listed} of ${n}`);
  check('the name of a sound is not among them', !(await page.textContent('ol')).includes('Applause'), '');
  await checkKeys(page, check);
  await checkSaved(page, dir, check);
  const small = await page.evaluate(
    () => [...document.querySelectorAll('button, input')].filter(el => el.checkVisibility() &&
      Math.min(el.getBoundingClientRect().width, el.getBoundingClientRect().height) < 24).length);
  check('every control of the review page is at least 24 px', small === 0, `${small} are not`);
  check('the review page: no error, and no request to the network', errors.length === 0, errors.join('; '));
  const found = await axeFinds(page);
  check('axe finds nothing in the review page', found.length === 0, found.join(' | '));
  await context.close();
}
