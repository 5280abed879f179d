// How the page looks and can be reached: axe, narrow windows, sizes of controls, what stays on top.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function axeFinds(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
  return found.violations.map(v => `${v.id} (${v.nodes.length}): ${v.nodes[0].target}`);
}

async function checkAxe(browser, url, check) {
  for (const scheme of ['light', 'dark'])
    for (const [width, height] of [[1280, 800], [360, 740]]) {
      const context = await browser.newContext({colorScheme: scheme, viewport: {width, height}});
      const page = await context.newPage();
      await page.goto(url);
      await page.evaluate(() => document.querySelectorAll('details').forEach(d => {
        d.open = true;
      }));
      await page.waitForTimeout(200);
      const found = await axeFinds(page);
      check(
        `axe finds nothing, ${scheme}, ${width} px wide`, found.length === 0, found.join(' | '));
      await context.close();
    }
}

// Text spacing that a reader may set (WCAG 1.4.12).
function spaceOut() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: .12em !important; ' +
    'word-spacing: .16em !important }');
  document.adoptedStyleSheets = [sheet];
}

async function checkReflow(page, check) {
  const widths = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check('at 320 px nothing is to be scrolled sideways', await widths() <= 0,
    `${await widths()} px too wide`);
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  check('nor from right to left', await widths() <= 0, `${await widths()} px too wide`);
  await page.evaluate(() => {
    document.documentElement.dir = 'ltr';
  });
  await page.evaluate(spaceOut);
  check('nor with wide text spacing', await widths() <= 0, `${await widths()} px too wide`);
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
}

async function checkSizes(page, check, where) {
  const small = await page.evaluate(
    () => [...document.querySelectorAll('button, select, input, summary, nav a, .t, audio')]
            .filter(el => el.checkVisibility() && !el.matches('nav .t'))
            .map(el => ({el, box: el.getBoundingClientRect()}))
            .filter(({box}) => box.width < 24 || box.height < 24)
            .map(({el, box}) => `${el.tagName} ${el.id || el.className || el.textContent} ${
                   box.width}x${box.height}`));
  check(
    `every control is at least 24 px, ${where}`, small.length === 0, small.slice(0, 4).join(' | '));
}

/* A box in a line gives the line the height of its last words, and the bullet goes down with it. */
async function checkBullets(page, check, where) {
  const low = await page.evaluate(
    () => [...document.querySelectorAll('footer li a')].filter(a => {
      const style = getComputedStyle(a);
      return style.display !== 'inline' && style.verticalAlign !== 'top';
    }).length);
  check(`bullets stand at the first line of what they are for, ${where}`, low === 0, `${low} do not`);
}

async function checkSticky(page, check, where) {
  const share = await page.evaluate(() => {
    scrollTo(0, document.documentElement.scrollHeight / 2);
    const area = [...document.querySelectorAll('body *')]
                   .filter(el => ['sticky', 'fixed'].includes(getComputedStyle(el).position) &&
                       el.checkVisibility())
                   .map(el => el.getBoundingClientRect())
                   .map(b => Math.max(0, Math.min(b.right, innerWidth) - Math.max(b.left, 0)) *
                       Math.max(0, Math.min(b.bottom, innerHeight) - Math.max(b.top, 0)));
    return Math.max(0, ...area) / (innerWidth * innerHeight);
  });
  check(`what stays on top covers at most half of the window, ${where}`, share <= 0.505,
    share.toFixed(3));
}

async function checkFocus(page, check, where) {
  const hidden = await page.evaluate(() => {
    const links = [...document.querySelectorAll('#text a')].filter(a => a.checkVisibility());
    return links.filter((link, i) => i % Math.ceil(links.length / 8) === 0)
      .reverse()
      .filter(link => {
        link.focus();
        const box = link.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return !top ||
          !(link.contains(top) || top.contains(link) && !top.matches('#player, #player *'));
      })
      .length;
  });
  check(`a link that has the focus is not covered, ${where}`, hidden === 0, `${hidden} are`);
}

export async function checkLayout(browser, url, check) {
  await checkAxe(browser, url, check);
  for (const [width, height] of [[320, 480], [360, 740], [740, 360], [1280, 800]]) {
    const where = `${width}x${height}`;
    const context = await browser.newContext({viewport: {width, height}, reducedMotion: 'reduce'});
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForTimeout(200);
    await checkSticky(page, check, where);
    await checkFocus(page, check, where);
    await page.evaluate(() => document.querySelectorAll('details').forEach(d => {
      d.open = true;
    }));
    await checkSizes(page, check, where);
    await checkBullets(page, check, where);
    if (width === 320) await checkReflow(page, check);
    await context.close();
  }
}
