// What a package promises: read from its manifest and its caption file, never from the page that is
// checked.
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

const collapse = text => text.replace(/\s+/g, ' ').trim();

function seconds(clock) {
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

// Cues of a WebVTT file: { t, end, text } with tags and entities taken out.
export function readCues(path) {
  const entities = {amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: ''};
  const cues = [];
  for (const block of readFileSync(path, 'utf8').split(/\r?\n\r?\n/)) {
    const lines = block.split(/\r?\n/);
    const at = lines.findIndex(line => line.includes('-->'));
    if (at < 0) continue;
    const [t, end] = lines[at].split('-->').map(part => seconds(part.trim().split(/\s/)[0]));
    const text = lines.slice(at + 1)
                   .join(' ')
                   .replace(/<[^>]*>/g, '')
                   .replace(/&(\w+);/g, (all, name) => (name in entities ? entities[name] : all));
    cues.push({t, end, text: collapse(text)});
  }
  return cues;
}

export function readPackage(dir) {
  const manifest = JSON.parse(readFileSync(join(dir, 'lecpack.json'), 'utf8'));
  const file = role => (manifest.files.find(f => f.role === role) || {}).path;
  const track = (manifest.tracks || []).find(t => t.kind === 'captions');
  const captions = track && join(dir, track.path);
  return {
    dir,
    manifest,
    duration: manifest.duration,
    sound: file('sound') || file('audio'),
    video: file('video'),
    slides: manifest.timeline.slides || [],
    chapters: manifest.timeline.chapters || [],
    cues: captions && existsSync(captions) ? readCues(captions) : []
  };
}

export function slideAt(pack, t) {
  return [...pack.slides].reverse().find(s => s.t <= t + 0.001) || pack.slides[0];
}

// Some items of a list, spread over it.
export function spread(list, n) {
  if (list.length <= n) return list;
  return Array.from({length: n}, (_, i) => list[Math.floor((i + 0.5) * list.length / n)]);
}

export {collapse};
