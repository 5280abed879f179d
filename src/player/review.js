/* The review page: plays a doubtful caption, takes the corrected text, gives the whole caption file
 * back. */
(function() {
'use strict';
const $ = id => document.getElementById(id);
const data = JSON.parse($('cues').textContent), sound = $('sound');
let until = 0;
if (sound)
  sound.addEventListener('timeupdate', () => {
    if (until && sound.currentTime >= until) {
      sound.pause();
      until = 0;
    }
  });

function play(b) {
  if (!b || !sound) return;
  sound.currentTime = Math.max(0, Number(b.dataset.s) - 0.5);
  until = Number(b.dataset.e) + 0.5;
  sound.play().catch(() => {
    $('say').textContent = data.lost;
  });
}

document.addEventListener('click', e => play(e.target.closest('[data-s]')));
document.addEventListener('keydown', e => {
  if (e.key !== 'Enter' || !(e.ctrlKey || e.metaKey) || e.target.tagName !== 'TEXTAREA') return;
  e.preventDefault();
  play(e.target.parentNode.querySelector('[data-s]'));
});

/* Nothing that was typed is lost by closing the page. */
let isChanged = false;
document.addEventListener('input', () => {
  isChanged = true;
});
window.addEventListener('beforeunload', e => {
  if (isChanged) e.preventDefault();
});

const escaped = s => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/* What stands in the boxes, in the place of what was there; an empty box takes its caption away. */
function file() {
  const blocks = [data.head];
  data.cues.forEach((c, i) => {
    const box = $('c' + i);
    const text = (box ? box.value : c[2]).trim().replace(/\n{2,}/g, '\n');
    if (text) blocks.push(c[0] + '\n' + c[1] + escaped(text));
  });
  document.querySelectorAll('[data-new]').forEach(box => {
    if (box.value.trim())
      blocks.push(box.dataset.new + '\n' + escaped(box.value.trim().replace(/\n{2,}/g, '\n')));
  });
  return blocks.join('\n\n') + '\n';
}

$('save').hidden = false;
$('save').addEventListener('click', () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([file()], {type: 'text/vtt'}));
  link.download = data.name;
  document.body.append(link);
  link.click();
  link.remove();
  isChanged = false;
  $('say').textContent = data.saved;
});
}());
