// The page of `lecpack report`: figures of the manifest, from file://, without scripts, in any window.
import {pathToFileURL} from 'node:url';

import {axeFinds} from './layout.mjs';

const kB = n => n < 10000 ? `${n} B` : n < 1e7 ? `${(n / 1e3).toFixed(0)} kB` : `${(n / 1e6).toFixed(1)} MB`;

async function checkFigures(page, pack, check) {
  const rows = await page.$$eval('main > h2', heads => Object.fromEntries(heads.map(h => {
    let table = h;
    while ((table = table.nextElementSibling) && !table.querySelector('table') && table.tagName !== 'H2')
      ;
    return [h.textContent, [...(table?.querySelectorAll('tbody tr') || [])].map(
      tr => [...tr.children].map(cell => cell.textContent))];
  })));
  const layers = rows['Bytes of each layer'];
  for (const layer of pack.manifest.layers)
    check(`the report: ${layer.id} has the bytes of the manifest`,
      layers.some(row => row[0] === layer.id && row[1] === kB(layer.transfer) && row[2] === kB(layer.bytes)),
      JSON.stringify(layers));
  check('the report: a table behind the picture has every minute',
    rows['Bytes of each minute'].length === Math.ceil(pack.manifest.duration / 60),
    rows['Bytes of each minute'].length);
  check('the report: four lines', rows['Download times'].length === 4, rows['Download times'].length);
  check('the report: the time of each stage', rows['Time of each stage'].length > 8 &&
    rows['Time of each stage'].every(row => / s$/.test(row[1])), JSON.stringify(rows['Time of each stage']));
  check('the report: every slide', rows.Slides.length === pack.manifest.timeline.slides.length, rows.Slides.length);
  const bars = await page.$$eval('svg.minutes rect', rects => rects.map(r => {
    const b = r.getBoundingClientRect(), all = r.closest('svg').getBoundingClientRect();
    return {fill: getComputedStyle(r).fill, high: b.height, inside: b.top >= all.top - 1 && b.bottom <= all.bottom + 1};
  }));
  check('the report: the picture has bars of several colours, all of them in it',
    bars.length > 1 && bars.every(b => b.inside) && new Set(bars.map(b => b.fill)).size > 1, JSON.stringify(bars));
}

export async function checkReport(browser, file, pack, check) {
  for (const scheme of ['light', 'dark'])
    for (const width of [320, 1200]) {
      const where = `${scheme}, ${width} px wide`;
      const context = await browser.newContext({colorScheme: scheme, viewport: {width, height: 700}});
      const page = await context.newPage();
      const errors = [];
      page.on('console', m => m.type() === 'error' && errors.push(m.text()));
      page.on('request', r => !/^file:/.test(r.url()) && errors.push(r.url()));
      await page.goto(pathToFileURL(file).href);
      await page.evaluate(() => document.querySelectorAll('details').forEach(d => {
        d.open = true;
      }));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(`the report is not to be scrolled sideways, ${where}`, wide <= 0, `${wide} px too wide`);
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = Number(paper.match(/\d+/)[0]);
      check(`the report keeps to the colours asked for, ${where}`, scheme === 'dark' ? light < 60 : light > 200, paper);
      if (scheme === 'light' && width === 1200)
        await checkFigures(page, pack, check);
      check(`the report: no script`, await page.locator('script').count() === 0, '');
      check(`the report: no error, no request, ${where}`, errors.length === 0, errors.join('; '));
      const found = await axeFinds(page);
      check(`axe finds nothing in the report, ${where}`, found.length === 0, found.join(' | '));
      await context.close();
    }
}
