// The page with scripts on: what it shows when, and what it asks the network for.
import {createReadStream, readFileSync, statSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join} from 'node:path';
import {gzipSync} from 'node:zlib';

import {collapse, slideAt, spread} from './expect.mjs';

const state = page => page.evaluate(() => {
  const byId = id => document.getElementById(id);
  const pic = byId('pic'), cap = byId('cap'), sound = byId('sound');
  return {
    t: sound ? sound.currentTime : NaN,
    slide: pic ? pic.getAttribute('src') : null,
    drawn: pic ? pic.complete && pic.naturalWidth > 0 : false,
    caption: cap && !cap.hidden ? cap.textContent : '',
    said: byId('say').textContent,
    clock: byId('time').textContent
  };
});

async function seekBar(page, t) {
  await page.evaluate(value => {
    const bar = document.getElementById('seek');
    bar.value = value;
    bar.dispatchEvent(new Event('input', {bubbles: true}));
  }, t);
  await settle(page);
}

async function settle(page) {
  await page.waitForFunction(() => {
    const sound = document.getElementById('sound');
    return !sound || !sound.seeking;
  });
  await page.waitForTimeout(150);
}

// Plays from t on for some seconds and notes what is seen every 40 ms.
async function watch(page, t, length) {
  await page.evaluate(async from => {
    const sound = document.getElementById('sound');
    location.hash = '#t=' + from;
    await new Promise(done => setTimeout(done, 300));
    document.getElementById('play').click();
    window.seen = [];
    window.watching = setInterval(() => window.seen.push({
      t: sound.currentTime,
      slide: (document.getElementById('pic') || sound).getAttribute('src'),
      caption: (document.getElementById('cap') || {}).textContent || '',
      drift: document.getElementById('video') ?
        document.getElementById('video').currentTime - sound.currentTime :
        0
    }),
      40);
  }, t);
  await page.waitForTimeout(length * 1000);
  return page.evaluate(() => {
    clearInterval(window.watching);
    document.getElementById('sound').pause();
    return window.seen;
  });
}

async function seeks(page, pack, check) {
  for (const share of [0.8, 0.2, 0.55]) {
    const t = Math.floor(pack.duration * share);
    await seekBar(page, t);
    const s = await state(page);
    if (pack.sound)
      check(`seeking to ${t} s sets the sound there`, Math.abs(s.t - t) < 0.3, `it is at ${s.t}`);
    if (pack.slides.length)
      check(`seeking to ${t} s shows the slide of that moment`,
        s.slide === slideAt(pack, t).path && s.drawn,
        `shown: ${s.slide}, wanted: ${slideAt(pack, t).path}`);
  }
}

async function captions(page, pack, check) {
  for (const cue of spread(pack.cues, 4)) {
    const t = (cue.t + cue.end) / 2;
    await page.evaluate(at => {
      location.hash = '#t=' + at.toFixed(3);
    }, t);
    await settle(page);
    const {caption} = await state(page);
    check(`the caption of ${t.toFixed(1)} s is shown`, collapse(caption).includes(cue.text),
      `shown: "${caption}", wanted: "${cue.text}"`);
  }
}

// A change of slide that leaves room on both sides.
function goodChange(pack) {
  return pack.slides.find((s, i) => i > 0 && s.t > 3 && s.end - s.t > 2 &&
      s.t - pack.slides[i - 1].t > 2 && s.path !== pack.slides[i - 1].path);
}

async function playing(page, pack, check) {
  const change = goodChange(pack);
  const from = change ? change.t - 2 : 1;
  const seen = await watch(page, from.toFixed(3), 4.5);
  check('playing moves on', seen.length > 20 && seen.at(-1).t > seen[0].t + 2,
    `from ${seen[0] && seen[0].t} to ${seen.length && seen.at(-1).t}`);
  if (change) {
    const first = seen.find(s => s.slide === change.path);
    check(`the slide changes at ${change.t} s while it plays`,
      first && first.t > change.t - 0.1 && first.t < change.t + 0.4,
      `it came at ${first && first.t}`);
  }
  const during = pack.cues.length ?
    seen.filter(s => pack.cues.some(c => s.t > c.t + 0.4 && s.t < c.end - 0.1)) :
    [];
  const wrong = during.filter(
    s => !pack.cues.some(c => s.t > c.t && s.t < c.end && collapse(s.caption).includes(c.text)));
  if (during.length)
    check('captions stay in step while it plays', wrong.length === 0,
      `${wrong.length} of ${during.length} moments, first at ${wrong[0] && wrong[0].t}: "${
        wrong[0] && wrong[0].caption}"`);
}

async function videoFollows(page, check) {
  const loadedBefore = await page.evaluate(() => document.getElementById('video').networkState);
  check('the video is not loaded before it is asked for', loadedBefore <= 1,
    `networkState ${loadedBefore}`);
  await page.click('[data-do=video]');
  const seen = await watch(page, 2, 14);
  const drifts = seen.slice(seen.length / 3).map(s => Math.abs(s.drift)).sort((a, b) => a - b);
  const median = drifts[Math.floor(drifts.length / 2)];
  check('the video keeps with the sound', drifts.length > 50 && median < 0.1,
    `median drift ${median && median.toFixed(3)} s`);
  console.log(`   median drift ${median && median.toFixed(3)} s, 95 %: ${
    drifts.length && drifts[Math.floor(drifts.length * 0.95)].toFixed(3)} s`);
  await page.click('[data-do=video]');
}

async function videoAlone(page, check) {
  await page.click('#play');
  await page.waitForTimeout(2500);
  const t = await page.evaluate(() => {
    const video = document.getElementById('video');
    video.pause();
    return video.hidden ? -1 : video.currentTime;
  });
  check('without sound the video plays by itself', t > 1, `it is at ${t}`);
}

async function keysAndSearch(page, pack, check) {
  if (pack.slides.length > 1) {
    await seekBar(page, 0);
    await page.keyboard.press('n');
    await settle(page);
    check('n goes to the next slide', (await state(page)).slide === pack.slides[1].path,
      (await state(page)).slide);
    await page.evaluate(() => {
      document.getElementById('keys').checked = false;
    });
    await page.keyboard.press('n');
    await settle(page);
    check('single keys can be switched off', (await state(page)).slide === pack.slides[1].path,
      (await state(page)).slide);
    await page.evaluate(() => {
      document.getElementById('keys').checked = true;
    });
  }
  if (pack.cues.length) {
    const word = pack.cues[0].text.split(' ').find(w => w.length > 2) || pack.cues[0].text;
    await page.fill('#q', word.toUpperCase());
    const hits = await page.locator('.hit').count();
    check('search finds a word of the first caption', hits > 0, `"${word}": ${hits} hits`);
    await page.fill('#q', '');
    const span = page.locator('#text span[data-t]').first();
    await span.click();
    await settle(page);
    const {t} = await state(page);
    if (pack.sound)
      check('a click on a sentence goes there', Math.abs(t - pack.cues[0].t) < 0.3,
        `${t} for ${pack.cues[0].t}`);
  }
}

async function resumes(context, url, pack, check) {
  const page = await context.newPage();
  const t = Math.floor(pack.duration / 2);
  await page.goto(url);
  await seekBar(page, t);
  await page.close();
  const again = await context.newPage();
  await again.goto(url);
  await settle(again);
  const s = await state(again);
  check(
    'a page opened again is where it was left', Math.abs(s.t - t) < 1.5, `at ${s.t}, left at ${t}`);
  await again.close();
}

// A server that answers every request with the whole file.
function plainServer(dir) {
  const types =
    {'.html': 'text/html', '.webp': 'image/webp', '.webm': 'video/webm', '.mp4': 'video/mp4'};
  const server = createServer((request, response) => {
    const path = join(
      dir, decodeURIComponent(new URL(request.url, 'http://host').pathname).replaceAll('..', ''));
    try {
      const size = statSync(path).size;
      response.writeHead(200, {
        'content-type': types[extname(path)] || 'application/octet-stream',
        'content-length': size
      });
      createReadStream(path).pipe(response);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise(ready => server.listen(0, '127.0.0.1', () => ready(server)));
}

async function serverWithoutRanges(browser, pack, check) {
  const server = await plainServer(pack.dir);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/index.html`);
  await page
    .waitForFunction(
      () => {
        const s = document.getElementById('sound');
        return s.readyState > 0 && s.seekable.length && s.seekable.end(0) > 0;
      },
      null, {timeout: 15000})
    .catch(() => {});
  const t = Math.floor(pack.duration * 0.6);
  await seekBar(page, t);
  const s = await state(page);
  check('seeking works from a server that can not send parts of files', Math.abs(s.t - t) < 0.5,
    `at ${s.t}, not ${t}`);
  await page.close();
  server.closeAllConnections();
  server.close();
}

export async function checkPlayer(browser, url, pack, check) {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}});
  const page = await context.newPage();
  const requests = [], problems = [];
  page.on('request', r => requests.push(r.url()));
  page.on('console', m => {
    if (m.type() === 'error' || m.type() === 'warning') problems.push(m.text());
  });
  page.on('pageerror', e => problems.push(e.message));
  await page.goto(url);
  await settle(page);
  await seeks(page, pack, check);
  await captions(page, pack, check);
  if (pack.sound) await playing(page, pack, check);
  if (pack.sound && pack.video) await videoFollows(page, check);
  if (!pack.sound && pack.video) await videoAlone(page, check);
  await keysAndSearch(page, pack, check);
  if (pack.sound && pack.duration > 20) await resumes(context, url, pack, check);
  const away = requests.filter(u => !/^(file|data|blob):/.test(u));
  check('nothing is asked from the network', away.length === 0, away.join(' '));
  check('the browser has nothing to complain about', problems.length === 0, problems.join(' | '));
  await context.close();
  if (pack.sound) await serverWithoutRanges(browser, pack, check);

  const html = readFileSync(join(pack.dir, 'index.html'), 'utf8');
  const code =
    [...html.matchAll(/<(?:style|script)>([\s\S]*?)<\/(?:style|script)>/g)].map(m => m[1]).join('');
  const bytes = gzipSync(code, {level: 9}).length;
  check('the viewer is at most 8 KB gzip', code.length > 0 && bytes <= 8192, `${bytes} bytes`);
}
