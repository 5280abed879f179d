/* The player. The sound is the clock; slides, captions and video follow it. It reads the page
 * around it. */
(function() {
'use strict';
const $ = id => document.getElementById(id);
const root = document.documentElement, body = $('lp');
const words = JSON.parse($('words').textContent);
const sound = $('sound'), video = $('video'), pic = $('pic'), cap = $('cap'), seekBar = $('seek');
const duration = Number(body.dataset.dur);

/* What stands in the page with its time; without an end it lasts until the next. */
function timed(query) {
  const list = Array.from(document.querySelectorAll(query), el => ({el, t: Number(el.dataset.t)}));
  list.forEach((item, i) => {
    item.e = Number(item.el.dataset.e || (list[i + 1] || {t: duration}).t);
  });
  return list;
}
let cues = timed('#text span[data-t]');
const slides = timed('#text figure[data-t]');
const chapters = timed('.chapters a[data-t]');

const fill = (text, ...args) => text.replace(/\{(\d)\}/g, (all, n) => args[n - 1]);
const say = text => {
  $('say').textContent = text;
};
const fileName = url => url.split('/').pop();
const calm = matchMedia('(prefers-reduced-motion: reduce)');

function clockText(t) {
  const s = Math.floor(t), two = n => (n < 10 ? '0' : '') + n;
  const h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
  return (h ? h + ':' + two(m) : m) + ':' + two(s % 60);
}

/* What is remembered, under the package's own name: all file:// pages of a browser may share one
 * store. */
const key = 'lecpack:' + body.dataset.id;
let memory = {};
try {
  memory = JSON.parse(localStorage.getItem(key)) || {};
} catch (e) { /* no store, no memory */
}
function remember(name, value) {
  memory[name] = value;
  try {
    localStorage.setItem(key, JSON.stringify(memory));
  } catch (e) { /* the same */
  }
}

/* Position of the last item of a list that begins at or before t; -1: none. */
function last(list, t) {
  let lo = 0, hi = list.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (list[mid].t <= t + 0.02)
      lo = mid + 1;
    else
      hi = mid;
  }
  return lo - 1;
}

/* The clock: the sound, else the video when it is shown, else a position moved by hand. */
let position = 0, target = null, timer = 0, videoOn = false, rate = 1;
const lost = new Set();
function master() {
  if (sound && !lost.has(sound)) return sound;
  return video && videoOn && !lost.has(video) ? video : null;
}
function now() {
  const m = master();
  if (m && m.readyState && !m.seeking) target = null;
  return m && target === null ? m.currentTime : position;
}

function seek(t) {
  position = Math.min(Math.max(t, 0), duration);
  const m = master();
  if (m) {
    target = position;
    m.currentTime = position;
  }
  tick();
}

function toggle(name, on) {
  const b = document.querySelector('[data-do="' + name + '"]');
  if (b) b.setAttribute('aria-pressed', on);
  remember(name, on);
}

/* Shows what belongs to the present moment. */
let slide = -1, chapter = -1, shown = [], capText = null, second = -1, touched = 0;
function tick() {
  const t = position = now();
  showSlide(slides.length ? Math.max(last(slides, t), 0) : -1);
  showSteps(t);
  showCues(t);
  const c = last(chapters, t);
  if (c !== chapter) {
    if (chapter >= 0) chapters[chapter].el.removeAttribute('aria-current');
    if (c >= 0) chapters[c].el.setAttribute('aria-current', 'true');
    chapter = c;
  }
  if (Math.floor(t) !== second) {
    second = Math.floor(t);
    const text = fill(words.of, clockText(t), clockText(duration));
    $('time').textContent = clockText(t);
    seekBar.value = t;
    seekBar.setAttribute('aria-valuetext', text);
    if (second % 5 === 0) remember('t', t);
  }
  follow(t);
}

function showSlide(i) {
  if (i === slide) return;
  slide = i;
  const img = slides[i].el.querySelector('img');
  pic.src = img.getAttribute('src');
  pic.alt = img.alt;
  pic.hidden = videoOn;
  layPatches(slides[i].el, img);
  document.querySelector('.count').textContent = fill(words.slideOf, i + 1, slides.length);
  if (slides[i + 1]) new Image().src = slides[i + 1].el.querySelector('img').getAttribute('src');
}

/* Patches lie over the slide, the first on top, until what they hide was drawn on it. A picture in
   SVG is fitted into the stage as the slide is. */
let steps = [];
function layPatches(figure, img) {
  const box = $('steps'), make = name => document.createElementNS(box.namespaceURI, name);
  if (!box) return;
  box.textContent = '';
  box.setAttribute('viewBox', '0 0 ' + img.getAttribute('width') + ' ' + img.getAttribute('height'));
  steps = (figure.dataset.steps || '').split(';').filter(text => text).map(text => {
    const part = text.split(' '), el = make('image');
    ['x', 'y', 'width', 'height', 'href'].forEach((name, k) => el.setAttribute(name, part[k + 1]));
    el.addEventListener('error', () => el.remove());
    box.insertBefore(el, box.firstChild);
    return {el, e: Number(part[0])};
  });
}

function showSteps(t) {
  steps.forEach(s => s.el.setAttribute('visibility', t < s.e && !pic.hidden ? 'visible' : 'hidden'));
}

function showCues(t) {
  const active = [];
  for (let i = last(cues, t), back = 0; i >= 0 && back < 4; i--, back++)
    if (cues[i].e > t) active.unshift(cues[i]);
  const text = active.map(c => c.el.textContent).join('\n');
  if (text === capText) return;
  capText = text;
  if (cap) cap.textContent = text;
  shown.forEach(c => c.el.classList.remove('on'));
  active.forEach(c => c.el.classList.add('on'));
  shown = active;
  const m = master();
  if (active.length && memory.follow && m && !m.paused && Date.now() - touched > 8000)
    reveal(active[0].el);
}

function reveal(el) {
  el.scrollIntoView({block: 'center', behavior: calm.matches ? 'auto' : 'smooth'});
}

/* Keeps the silent video with the sound: a little faster or slower when it drifts, a jump when it
   is far off. A jump aims ahead by the time that the last one took. */
let jumpAt = 0, jumpTook = 0;
function follow(t) {
  if (!videoOn || lost.has(video)) return;
  const m = master();
  if (m === video) return;
  const stopped = !m || m.paused, drift = video.currentTime - t, past = t >= video.duration;
  if (stopped || past) {
    if (!video.paused) video.pause();
    if (!past && Math.abs(drift) > 0.04 && !video.seeking) video.currentTime = t;
    return;
  }
  if (video.paused) video.play().catch(() => {});
  if (Math.abs(drift) > 0.3 && !video.seeking && Date.now() - jumpAt > 1000) {
    jumpAt = Date.now();
    video.currentTime = t + jumpTook * rate;
  }
  video.playbackRate = rate * (Math.abs(drift) <= 0.04 ? 1 : drift > 0 ? 0.97 : 1.03);
}

function setVideo(on) {
  if (!video) return;
  videoOn = on && !lost.has(video);
  toggle('video', videoOn);
  video.hidden = !videoOn;
  if (pic) pic.hidden = videoOn;
  $('stage').hidden = !videoOn && !pic;
  if (videoOn) {
    video.preload = 'auto';
    if (video.readyState === 0) video.load();
    if (master() === video) {
      target = position;
      video.currentTime = position;
    }
  } else {
    video.pause();
  }
  playable();
  tick();
}

function setSpeed(value) {
  rate = Number(value) || 1;
  [sound, video].forEach(m => {
    if (m) {
      m.preservesPitch = true;
      m.playbackRate = m.defaultPlaybackRate = rate;
    }
  });
  const box = $('speed');
  if (box) box.value = String(rate);
  remember('speed', rate);
}

function playable() {
  const b = $('play');
  if (b) b.disabled = !master() && !(video && !lost.has(video));
}

function setPlaying() {
  const m = master(), on = !!m && !m.paused;
  $('play').setAttribute('aria-label', on ? words.pause : words.play);
  $('play').classList.toggle('on', on);
  clearInterval(timer);
  if (on)
    timer = setInterval(tick, 100);
  else
    remember('t', now());
  tick();
}

/* A file that is not there costs itself, not the rest. */
function lose(m) {
  if (lost.has(m)) return;
  position = now();
  target = null;
  lost.add(m);
  say(fill(m === sound ? words.soundLost : words.videoLost, fileName(m.src)));
  if (m === video)
    setVideo(false);
  else if (videoOn)
    setVideo(true);
  playable();
  tick();
}

/* A server that can not send parts of a file: nothing is seekable, so take it whole. */
function takeWhole(m) {
  if (m.src.startsWith('blob:') || !(m.duration > 0) ||
    (m.seekable.length && m.seekable.end(0) > 0))
    return;
  say(words.whole);
  fetch(m.src)
    .then(r => r.blob())
    .then(blob => {
      const t = now(), playing = !m.paused;
      m.src = URL.createObjectURL(blob);
      m.currentTime = t;
      if (playing) m.play();
      say('');
    })
    .catch(() => say(''));
}

[sound, video].forEach(m => {
  if (!m) return;
  m.addEventListener('error', () => lose(m));
  m.addEventListener('loadedmetadata', () => takeWhole(m));
  m.addEventListener('seeked', () => {
    if (m === master())
      tick();
    else
      jumpTook = Math.min((Date.now() - jumpAt) / 1000, 1);
  });
  ['play', 'pause', 'ended'].forEach(name => m.addEventListener(name, () => {
    if (m === master()) setPlaying();
  }));
  m.addEventListener('timeupdate', () => {
    if (m === master()) tick();
  });
});

/* Actions, by the names that buttons and keys use. */
function step(list, at, by) {
  const i = Math.min(Math.max(at + by, 0), list.length - 1);
  if (list.length) seek(list[i].t);
}
function choose(box, by) {
  if (!box) return;
  box.selectedIndex = Math.min(Math.max(box.selectedIndex + by, 0), box.length - 1);
  setSpeed(box.value);
}
const actions = {
  play() {
    if (!master() && video && !lost.has(video)) setVideo(true);
    const m = master();
    if (m && m.paused)
      m.play().catch(() => {});
    else if (m)
      m.pause();
  },
  back() { seek(now() - 10); },
  fwd() { seek(now() + 10); },
  'slide-'() { step(slides, slide, -1); },
  'slide+'() { step(slides, slide, 1); },
  'chap-'() { step(chapters, chapter, now() - (chapters[chapter] || {t: 0}).t > 3 ? 0 : -1); },
  'chap+'() { step(chapters, chapter, 1); },
  slower() { choose($('speed'), -1); },
  faster() { choose($('speed'), 1); },
  cc() {
    if (cap) {
      cap.hidden = !cap.hidden;
      toggle('cc', !cap.hidden);
    }
  },
  follow() { toggle('follow', !memory.follow); },
  video() { setVideo(!videoOn); },
  full() {
    const box = $('player');
    if (document.fullscreenElement)
      document.exitFullscreen();
    else if (box.requestFullscreen)
      box.requestFullscreen().catch(() => {});
  },
  find() {
    if ($('q')) $('q').focus();
  },
  help() {
    const h = $('help');
    h.open = !h.open;
    h.querySelector('summary').focus();
  }
};
const keys = {
  ' ': 'play',
  k: 'play',
  j: 'back',
  l: 'fwd',
  ArrowLeft: 'back',
  ArrowRight: 'fwd',
  c: 'cc',
  v: 'video',
  n: 'slide+',
  p: 'slide-',
  ']': 'chap+',
  '[': 'chap-',
  '<': 'slower',
  '>': 'faster',
  f: 'full',
  '/': 'find',
  '?': 'help'
};

document.addEventListener('keydown', e => {
  const action = keys[e.key];
  if (!action || !$('keys').checked || e.ctrlKey || e.altKey || e.metaKey) return;
  if (e.target.closest('select, textarea, [type=search]')) return;
  if (e.key === ' ' && e.target.closest('button, a, summary, input')) return;
  if (e.key.startsWith('Arrow') && e.target.closest('input')) return;
  e.preventDefault();
  actions[action]();
});

document.addEventListener('click', e => {
  const button = e.target.closest('[data-do]'), at = e.target.closest('[data-t]'),
        link = e.target.closest('a');
  if (button)
    actions[button.dataset.do]();
  else if (at && getSelection().isCollapsed)
    seek(Number(at.dataset.t) + wordTime(at, e));
  else if (link)
    fromHash(link.hash);
});

/* How far into its cue the clicked word begins. Each letter is worth the same time; the letters of
 * data-w say, in tenths of a second, how far off that is for the second word and those after. */
function wordTime(el, e) {
  const cue = el.dataset.w !== undefined && cues.find(c => c.el === el), x = e.clientX, y = e.clientY;
  if (!cue || !x) return 0;
  const d = document, spot = d.caretPositionFromPoint ? d.caretPositionFromPoint(x, y) :
    d.caretRangeFromPoint && d.caretRangeFromPoint(x, y);
  if (!spot || !el.contains(spot.offsetNode || spot.startContainer)) return 0;
  const text = el.textContent, at = spot.offsetNode ? spot.offset : spot.startOffset;
  let n = 0, start = 0;
  text.replace(/[^ \n]+/g, (word, i) => {
    if (i <= at) {
      n++;
      start = i;
    }
  });
  const code = n > 1 && el.dataset.w ? el.dataset.w.charCodeAt(n - 2) : 97;
  return Math.max(0, start / text.length * (cue.e - cue.t) + (code - (code > 96 ? 97 : 91)) / 10);
}

function fromHash(hash) {
  const m = /^#t=(\d+(\.\d+)?)$/.exec(hash);
  if (m && Math.abs(Number(m[1]) - now()) > 1) seek(Number(m[1]));
  return !!m;
}

/* Search: marks the cues that hold the words, also across two cues; Enter goes from one to the
 * next. */
const fold = s =>
  s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/\s+/g, ' ').toLowerCase();
let hits = [], hit = -1;
function find() {
  const q = fold($('q').value.trim()), texts = cues.map(c => fold(c.el.textContent));
  const seen = slides.filter(s => q.length > 1 && fold(s.el.querySelector('img').alt).includes(q));
  hits = q.length < 2 ?
    [] :
    cues.filter((c, i) => texts[i].includes(q) ||
        (texts[i] + ' ' + (texts[i + 1] || '')).includes(q) && !(texts[i + 1] || '').includes(q));
  hits = hits.concat(seen).sort((a, b) => a.t - b.t);
  hit = -1;
  document.querySelectorAll('.hit').forEach(el => el.classList.remove('hit'));
  hits.forEach(c => c.el.classList.add('hit'));
  $('hits').textContent = q.length < 2 ? '' :
    hits.length                        ? fill(words.hits, hits.length) :
                                         words.noHits;
}
function nextHit() {
  if (!hits.length) return;
  hit = (hit + 1) % hits.length;
  reveal(hits[hit].el);
  $('hits').textContent = fill(words.of, hit + 1, hits.length);
}

/* Several languages: captions, text and search are in the chosen one. */
const langs = Array.from(document.querySelectorAll('[name=lang]'));
function setLang(value) {
  const box = langs.find(b => b.value === value) || langs[0];
  if (!box) return;
  box.checked = true;
  const name = box.nextElementSibling, n = box.id.slice(1);
  document.querySelectorAll('[data-l]').forEach(el => {
    el.hidden = el.dataset.l !== n;
  });
  cues = timed('[data-l="' + n + '"] span[data-t]');
  capText = null;
  cap.lang = name.lang;
  cap.dir = name.dir;
  remember('lang', box.value);
  find();
  tick();
}
langs.forEach(b => b.addEventListener('change', () => setLang(b.value)));

/* Start: the script is here, so its controls are. */
root.classList.add('js');
if (sound) sound.controls = false;
document.querySelectorAll('#bar, #tools, .find').forEach(el => {
  el.hidden = false;
});
if (pic) {
  $('stage').hidden = false;
  pic.addEventListener('error', () => {
    pic.hidden = true;
    say(fill(words.slidesLost, fileName(pic.src)));
  });
}
seekBar.addEventListener('input', () => seek(Number(seekBar.value)));
if ($('speed')) $('speed').addEventListener('change', e => setSpeed(e.target.value));
$('size').addEventListener('change', e => {
  root.style.fontSize = e.target.value + '%';
  remember('size', e.target.value);
});
$('keys').addEventListener('change', e => remember('keys', e.target.checked));
if ($('q')) {
  $('q').addEventListener('input', find);
  document.querySelector('.find').addEventListener('submit', e => {
    e.preventDefault();
    nextHit();
  });
}
['wheel', 'touchmove'].forEach(n => addEventListener(n, () => {
  touched = Date.now();
}, {passive: true}));
addEventListener('hashchange', () => fromHash(location.hash));
addEventListener('pagehide', () => remember('t', now()));

if (memory.keys === false) $('keys').checked = false;
if (memory.size) {
  $('size').value = memory.size;
  root.style.fontSize = memory.size + '%';
}
if (memory.follow === undefined) memory.follow = matchMedia('(min-width: 60em)').matches;
toggle('follow', memory.follow);
if (cap) {
  cap.hidden = memory.cc === false;
  toggle('cc', !cap.hidden);
}
setSpeed(memory.speed);
const stopped = memory.t;
if (!fromHash(location.hash) && stopped > 5 && stopped < duration - 5) {
  seek(stopped);
  say(fill(words.resumed, clockText(stopped)));
}
setLang(memory.lang);
if (memory.video && video) setVideo(true);
/* The file may have failed before this script ran. */
[sound, video].forEach(m => {
  if (m && m.error) lose(m);
});
playable();
tick();
}());
