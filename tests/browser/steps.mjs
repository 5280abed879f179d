// Words that a pen crosses later: patches lie exactly over the slide, and go at their time.
export async function checkSteps(browser, url, pack, check) {
  const slide = pack.manifest.timeline.slides.find(s => s.steps);
  const page = await browser.newPage({viewport: {width: 1000, height: 700}});
  const failed = [];
  page.on('requestfailed', r => r.resourceType() === 'image' && failed.push(r.url()));
  await page.goto(url);
  const at = async t => {
    await page.evaluate(value => {
      location.hash = '#t=' + value;
    }, t);
    await page.waitForTimeout(400);
    return page.evaluate(() => {
      const pic = document.getElementById('pic'), box = pic.getBoundingClientRect();
      const scale = Math.min(box.width / pic.naturalWidth, box.height / pic.naturalHeight);
      const left = box.left + (box.width - pic.naturalWidth * scale) / 2;
      const top = box.top + (box.height - pic.naturalHeight * scale) / 2;
      return Array.from(document.querySelectorAll('#steps image'), el => {
        const r = el.getBoundingClientRect();
        return {
          path: el.getAttribute('href'),
          shown: el.getAttribute('visibility') === 'visible',
          x: (r.left - left) / scale,
          y: (r.top - top) / scale,
          width: r.width / scale
        };
      });
    });
  };
  const times = [slide.t, ...slide.steps.map(s => s.until)];
  for (let i = 0; i < times.length; i++) {
    const seen = await at(times[i] + 0.5);
    check(
      `after ${times[i]} s the patches that have not ended are shown`,
      seen.length === slide.steps.length &&
        slide.steps.every((s, k) => (seen.find(p => p.path === s.path) || {}).shown === k >= i),
      JSON.stringify(seen)
    );
  }
  const [first] = slide.steps, seen = await at(slide.t + 0.5);
  const drawn = seen.find(p => p.path === first.path);
  check('the first patch is on top', seen[seen.length - 1] === drawn, JSON.stringify(seen));
  check(
    'a patch lies where the manifest says, whatever the size of the picture',
    Math.abs(drawn.x - first.x) < 1.5 && Math.abs(drawn.y - first.y) < 1.5 &&
      Math.abs(drawn.width - first.width) < 1.5,
    JSON.stringify([drawn, first])
  );
  check('no picture is missing', failed.length === 0, failed.join(' '));
  await page.close();

  const partly = await browser.newPage();
  await partly.route(u => u.href.endsWith(first.path), route => route.abort());
  await partly.goto(`${url}#t=${slide.t + 0.5}`);
  await partly.waitForTimeout(600);
  const left = await partly.evaluate(
    () => Array.from(document.querySelectorAll('#steps image'), el => el.getAttribute('href')));
  check(
    'a patch that is missing leaves the slide as it is',
    left.length === slide.steps.length - 1 && !left.includes(first.path),
    left.join(' ')
  );
  await partly.close();
}
