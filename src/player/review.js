/* The review page: plays a doubtful caption, takes the corrected text, gives the whole caption file
 * back. */
(function() {
'use strict';
const $ = id => document.getElementById(id);
const data = JSON.parse($('cues').textContent), sound = $('sound');
let until = 0, isChanged = false;
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

const boxes = Array.from(document.querySelectorAll('textarea'));
const playBox = box => play(box.parentNode.querySelector('[data-s]'));

/* Goes to a box and plays it, with its least sure word selected; behind the last one is the button that saves. */
function go(i) {
  const box = boxes[Math.max(0, i)];
  if (!box) {
    $('save').focus();
    return;
  }
  box.focus();
  const at = box.dataset.w ? box.value.indexOf(box.dataset.w) : -1;
  if (at >= 0) box.setSelectionRange(at, at + box.dataset.w.replace(/[.,?!:;]+$/, '').length);
  box.parentNode.scrollIntoView({block: 'center'});
  playBox(box);
}

/* For the mouse; Enter ticks it too. */
const ticks = new Map(boxes.map(box => {
  const label = document.createElement('label'), tick = document.createElement('input');
  tick.type = 'checkbox';
  label.append(tick, ' ' + data.right);
  box.after(label);
  tick.addEventListener('change', () => setDone(box, tick.checked));
  return [box, tick];
}));

function setDone(box, isDone) {
  ticks.get(box).checked = isDone;
  isChanged = true;
  box.parentNode.classList.toggle('done', isDone);
  $('done').textContent = data.done.replace('{1}', document.querySelectorAll('li.done').length)
                            .replace('{2}', boxes.length);
}

const inBox = {
  Enter(box, i, e) {
    if (e.shiftKey) return false;
    if (e.ctrlKey || e.metaKey) {
      playBox(box);
    } else {
      setDone(box, true);
      go(i + 1);
    }
    return true;
  },
  Escape(box) {
    playBox(box);
    return true;
  },
  PageUp(box, i) {
    go(i - 1);
    return true;
  },
  PageDown(box, i) {
    go(i + 1);
    return true;
  }
};

document.addEventListener('click', e => play(e.target.closest('[data-s]')));
document.addEventListener('keydown', e => {
  if (e.isComposing) return;
  if (e.key === 's' && (e.ctrlKey || e.metaKey)) {
    e.preventDefault();
    save();
    return;
  }
  const i = boxes.indexOf(e.target), act = Object.hasOwn(inBox, e.key) && inBox[e.key];
  if (i >= 0 && act && act(boxes[i], i, e)) e.preventDefault();
});
$('keys').hidden = false;
$('start').addEventListener('click', () => go(boxes.findIndex(b => !b.parentNode.classList.contains('done'))));

/* Nothing that was typed or ticked is lost by closing the page. */
document.addEventListener('input', () => {
  isChanged = true;
});
window.addEventListener('beforeunload', e => {
  if (isChanged) e.preventDefault();
});

const escaped = s => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/* Where what a person corrected or ticked begins, as lecpack reads it. */
function checked() {
  const begins = boxes.filter(b => b.parentNode.classList.contains('done') || b.value !== b.defaultValue)
                   .map(b => (b.dataset.new || data.cues[b.id.slice(1)][0]).split(' ')[0]);
  return begins.length ? ['NOTE checked\n' + begins.join('\n')] : [];
}

/* What stands in the boxes, in the place of what was there; an empty box takes its caption away. */
function file() {
  const blocks = [data.head];
  if ($('all').firstChild.checked) blocks.push('NOTE reviewed');
  data.cues.forEach((c, i) => {
    const box = $('c' + i);
    const text = (box ? box.value : c[2]).trim().replace(/\n{2,}/g, '\n');
    if (text) blocks.push(c[0] + '\n' + c[1] + escaped(text));
  });
  document.querySelectorAll('[data-new]').forEach(box => {
    if (box.value.trim())
      blocks.push(box.dataset.new + '\n' + escaped(box.value.trim().replace(/\n{2,}/g, '\n')));
  });
  return blocks.concat(checked()).join('\n\n') + '\n';
}

function save() {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([file()], {type: 'text/vtt'}));
  link.download = data.name;
  document.body.append(link);
  link.click();
  link.remove();
  isChanged = false;
  $('say').textContent = data.saved;
}

$('save').hidden = $('all').hidden = false;
$('save').addEventListener('click', save);
}());
