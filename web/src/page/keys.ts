/** The keyboard. Letters are left alone while someone types, with modifiers, and when they are switched off. */
import { viewIds } from './cameras';
import { changeRate, ends, jump, jumpBy, jumpToEvent, togglePlay } from './clock';
import { toggleFullScreen } from './full';
import { goLive } from './live';
import { captions, dialog, remember, shortcuts, view } from './store';

/** By `event.code` where a place on the keyboard is meant, so that a Russian layout works too. */
const byCode: Readonly<Record<string, () => void>> = {
  BracketLeft: () => jumpToEvent(-1),
  BracketRight: () => jumpToEvent(1),
  Comma: () => changeRate(-1),
  Period: () => changeRate(1),
  KeyL: goLive,
  KeyC: () => setCaptions(!captions.value),
  KeyG: () => { dialog.value = dialog.value === 'gallery' ? 'none' : 'gallery'; },
  KeyM: () => { view.value = view.value === 'map' ? 'director' : 'map'; },
  KeyF: toggleFullScreen,
};

export function setCaptions(on: boolean): void {
  captions.value = on;
  remember('captions', on ? 'on' : 'off');
}

export function setShortcuts(on: boolean): void {
  shortcuts.value = on;
  remember('shortcuts', on ? 'on' : 'off');
}

/** Something under the focus wants this key itself. */
function busy(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (!target) return false;
  if (target.closest('input, textarea, select, [contenteditable], dialog')) return true;
  if (event.code === 'Space' && target.closest('button, a, summary')) return true;
  const arrows = event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End';
  return arrows && target.closest('[role=slider], [role=tablist], [role=listbox], [data-arrows]') !== null;
}

function always(event: KeyboardEvent): (() => void) | undefined {
  const far = event.shiftKey ? 60 : 10;
  switch (event.key) {
    case 'ArrowLeft': return () => jumpBy(-far);
    case 'ArrowRight': return () => jumpBy(far);
    case 'Home': return () => jump(ends()[0]);
    case 'End': return () => jump(ends()[1]);
    default: return event.code === 'Space' ? togglePlay : undefined;
  }
}

function ofCharacter(event: KeyboardEvent): (() => void) | undefined {
  if (!shortcuts.value) return undefined;
  if (event.key === '?' || (event.code === 'Slash' && event.shiftKey)) return () => { dialog.value = 'help'; };
  const place = /^Digit([1-9])$/.exec(event.code);
  const id = place ? viewIds()[Number(place[1]) - 1] : undefined;
  if (id !== undefined) return () => { view.value = id; };
  return event.shiftKey ? undefined : byCode[event.code];
}

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || busy(event)) return;
    const act = always(event) ?? ofCharacter(event);
    if (!act) return;
    event.preventDefault();
    act();
  });
}
