// The page as a text: without scripts, with a file missing, and its manifest.
import {cpSync, existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

import {collapse, spread} from './expect.mjs';

export async function checkWithoutScripts(browser, url, pack, check) {
  const context =
    await browser.newContext({javaScriptEnabled: false, viewport: {width: 1280, height: 800}});
  const page = await context.newPage();
  await page.goto(url);
  const text = collapse(await page.locator('#text').innerText());
  for (const cue of spread(pack.cues, 3))
    check(`without scripts the words of ${cue.t.toFixed(1)} s can be read`, text.includes(cue.text),
      cue.text);
  const pictures = page.locator('#text figure img');
  check('without scripts every slide is there', await pictures.count() === pack.slides.length,
    `${await pictures.count()} of ${pack.slides.length}`);
  if (pack.slides.length) {
    await pictures.last().scrollIntoViewIfNeeded();
    const drawn = await pictures.last().evaluate(img => new Promise(done => {
      const look = () => done(img.naturalWidth > 0 && img.getBoundingClientRect().width > 100);
      if (img.complete)
        look();
      else {
        img.onload = look;
        img.onerror = look;
        setTimeout(look, 5000);
      }
    }));
    check('without scripts the last slide is drawn', drawn, '');
  }
  if (pack.sound) {
    const sound = page.locator('#sound');
    check('without scripts the browser\'s own sound control is shown',
      await sound.isVisible() && await sound.getAttribute('controls') !== null, '');
  }
  const dead = await page.locator('button:visible').count();
  check('without scripts no dead button is shown', dead === 0, `${dead} buttons`);
  await context.close();
}

export async function checkMissingSound(browser, pack, check) {
  const dir = mkdtempSync(join(tmpdir(), 'lecpack-browser-'));
  try {
    cpSync(pack.dir, dir, {recursive: true});
    rmSync(join(dir, pack.sound));
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(dir, 'index.html')).href);
    await page
      .waitForFunction(
        () => document.getElementById('say').textContent !== '', null, {timeout: 5000})
      .catch(() => {});
    const said = await page.locator('#say').textContent();
    check('a missing sound file is said by name', said.includes(pack.sound), `said: "${said}"`);
    const text = collapse(await page.locator('#text').innerText());
    check(
      'with the sound missing the text is whole', pack.cues.every(c => text.includes(c.text)), '');
    if (pack.slides.length > 1) {
      await page.click('[data-do="slide+"]');
      const shown = await page.locator('#pic').getAttribute('src');
      check('with the sound missing slides can be turned', shown === pack.slides[1].path, shown);
    }
    await page.close();
  } finally {
    rmSync(dir, {recursive: true, force: true});
  }
}

export async function checkManifest(pack, schemaPath, check) {
  if (!existsSync(schemaPath)) {
    check('the manifest has a schema', false, `${schemaPath} is not there`);
    return;
  }
  const schema = JSON.parse(readFileSync(schemaPath, 'utf8'));
  const draft = String(schema.$schema);
  const {default: Ajv} = await import(draft.includes('2020-12') ? 'ajv/dist/2020.js' :
      draft.includes('2019-09')                                 ? 'ajv/dist/2019.js' :
                                                                  'ajv');
  const validate =
    new Ajv({strict: false, allErrors: true, validateFormats: false}).compile(schema);
  const good = validate(pack.manifest);
  check('the manifest is as its schema says', good,
    (validate.errors || []).slice(0, 3).map(e => `${e.instancePath} ${e.message}`).join('; '));
}
