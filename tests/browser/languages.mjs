// A package with captions in several languages: the learner chooses, with the mouse, by keyboard, and without scripts.
import {join} from 'node:path';

import {collapse, readCues, spread} from './expect.mjs';

const rightToLeft = ['ar', 'he', 'fa', 'ur'];

const textShown = async page => collapse(await page.locator('#text').innerText());

// A cue of this language that no other has.
function ownCue(all, i) {
  return all[i].cues.find(c => all.every((o, k) => k === i || o.cues.every(x => x.text !== c.text)));
}

async function isAlone(page, all, i, check, how) {
  const text = await textShown(page);
  const missing = all[i].cues.filter(c => !text.includes(c.text));
  check(`${how}: the text of ${all[i].lang} is shown`, missing.length === 0,
    missing.length && missing[0].text);
  const others = all.filter((o, k) => k !== i && text.includes(ownCue(all, k).text));
  check(`${how}: no other language is`, others.length === 0, others.map(o => o.lang).join());
}

async function showsCaption(page, track, check) {
  for (const cue of spread(track.cues, 3)) {
    await page.evaluate(at => {
      location.hash = '#t=' + at.toFixed(3);
    }, (cue.t + cue.end) / 2);
    await page.waitForTimeout(250);
    const cap = await page.locator('#cap').evaluate(
      el => ({text: el.textContent, lang: el.lang, dir: getComputedStyle(el).direction}));
    check(`the caption of ${track.lang} at ${cue.t} s is shown`,
      collapse(cap.text).includes(cue.text), `shown: "${cap.text}", wanted: "${cue.text}"`);
    const dir = rightToLeft.includes(track.lang) ? 'rtl' : 'ltr';
    check(`it is marked as ${track.lang} and runs ${dir}`, cap.lang === track.lang && cap.dir === dir,
      `${cap.lang} ${cap.dir}`);
  }
}

async function withScripts(browser, url, all, check) {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}});
  const page = await context.newPage();
  const errors = [];
  page.on('console', m => m.type() === 'error' && errors.push(m.text()));
  page.on('pageerror', e => errors.push(e.message));
  await page.goto(url);
  await isAlone(page, all, 0, check, 'at first');
  const boxes = page.locator('input[name=lang]');
  check('there is a choice for each language', await boxes.count() === all.length,
    `${await boxes.count()} of ${all.length}`);
  await boxes.first().focus();
  for (let i = 1; i < all.length; i++) {
    await page.keyboard.press('ArrowDown');
    await isAlone(page, all, i, check, 'by keyboard');
    await showsCaption(page, all[i], check);
  }
  const lastTrack = all[all.length - 1];
  const word = ownCue(all, all.length - 1).text.split(' ')[0];
  await page.fill('#q', word);
  const marked = await page.locator(`#text .hit`).first().textContent();
  check('what is sought is found in the chosen language', collapse(marked).includes(word), marked);
  await page.reload();
  await isAlone(page, all, all.length - 1, check, 'after coming back');
  check('the choice is remembered', await page.locator(`input[value="${lastTrack.lang}"]`).isChecked(), '');
  await page.locator('input[name=lang]').first().check();
  await isAlone(page, all, 0, check, 'back again');
  await showsCaption(page, all[0], check);
  check('nothing is refused or fails', errors.length === 0, errors.join(' | '));
  await context.close();
}

async function withoutScripts(browser, url, all, check) {
  const context =
    await browser.newContext({javaScriptEnabled: false, viewport: {width: 1280, height: 800}});
  const page = await context.newPage();
  await page.goto(url);
  await isAlone(page, all, 0, check, 'without scripts');
  await page.locator('input[name=lang]').first().focus();
  for (let i = 1; i < all.length; i++) {
    await page.keyboard.press('ArrowDown');
    await isAlone(page, all, i, check, 'without scripts, by keyboard');
    const slides = await page.locator('#text figure:visible').count();
    check('without scripts all slides stay', slides === await page.locator('#text figure').count(),
      `${slides}`);
  }
  for (const track of all) {
    const name = track.path.replace(/^captions/, 'transcript').replace(/vtt$/, 'txt');
    check(`the transcript of ${track.lang} is linked`,
      await page.locator(`a[href="${name}"]`).count() === 1, name);
  }
  await context.close();
}

export async function checkLanguages(browser, url, pack, check) {
  const all = pack.manifest.tracks.map(
    t => ({path: t.path, lang: t.lang, cues: readCues(join(pack.dir, t.path))}));
  await withScripts(browser, url, all, check);
  await withoutScripts(browser, url, all, check);
}
