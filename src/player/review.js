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

document.addEventListener('click', e => {
  const b = e.target.closest('[data-s]');
  if (!b || !sound) return;
  sound.currentTime = Math.max(0, Number(b.dataset.s) - 0.5);
  until = Number(b.dataset.e) + 0.5;
  sound.play().catch(() => {
    $('say').textContent = data.lost;
  });
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
  $('say').textContent = data.saved;
});
}());
