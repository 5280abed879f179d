// node run.mjs PACKAGE_DIR: opens a package from file:// in Chromium and checks what a learner
// gets. Exit 0: all well, 1: something is wrong, 77: can not run here (no browser, or `npm ci` was
// not done).
import {existsSync} from 'node:fs';
import {delimiter, dirname, join, resolve} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dir = resolve(process.argv[2] || '.');

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(77);
}

if (!existsSync(join(dir, 'index.html'))) {
  console.error(`${dir}: there is no index.html; give the folder of a package`);
  process.exit(1);
}
const browserPath =
  (process.env.PATH || '')
    .split(delimiter)
    .flatMap(p => ['chromium', 'chromium-browser', 'google-chrome'].map(name => join(p, name)))
    .find(existsSync);
if (!existsSync(join(here, 'node_modules', 'playwright-core')))
  skip(`the browser tests need their npm packages: run "npm ci --ignore-scripts" in ${here}`);
if (!browserPath)
  skip('there is no chromium on the PATH: install it, e.g. apt-get install chromium');

const {chromium} = await import('playwright-core');
const {readPackage} = await import('./expect.mjs');
const {checkPlayer} = await import('./player.mjs');
const {checkWithoutScripts, checkMissingSound, checkManifest} = await import('./reading.mjs');
const {checkLanguages} = await import('./languages.mjs');
const {checkLayout} = await import('./layout.mjs');
const {checkReport} = await import('./report.mjs');
const {checkReview} = await import('./review.mjs');
const {checkSteps} = await import('./steps.mjs');

let passed = 0, failed = 0;
function check(name, good, detail) {
  if (good)
    passed++;
  else
    failed++;
  console.log(good ? `ok   ${name}` : `FAIL ${name}: ${detail}`);
}

const browser = await chromium.launch({
  executablePath: browserPath,
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'
  ]
});
const pack = readPackage(dir);
const url = pathToFileURL(join(dir, 'index.html')).href;
const parts = [
  [
    'manifest',
    () => checkManifest(pack, join(here, '../../src/package/lecpack.schema.json'), check)
  ],
  ['reading', () => checkWithoutScripts(browser, url, pack, check)],
  ['player', () => checkPlayer(browser, url, pack, check)],
  ['missing sound', () => pack.sound && checkMissingSound(browser, pack, check)],
  [
    'languages',
    () => (pack.manifest.tracks || []).length > 1 && checkLanguages(browser, url, pack, check)
  ],
  [
    'steps',
    () => pack.manifest.timeline.slides.some(s => s.steps) && checkSteps(browser, url, pack, check)
  ],
  ['layout', () => checkLayout(browser, url, check)],
  ['report', () => existsSync(`${dir}-report.html`) && checkReport(browser, `${dir}-report.html`, pack, check)],
  ['review', () => existsSync(join(dir, 'captions.review.html')) && checkReview(browser, dir, check)]
];
for (const [name, part] of parts) {
  try {
    await part();
  } catch (error) {
    check(`the ${name} checks run to their end`, false, error.message);
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
