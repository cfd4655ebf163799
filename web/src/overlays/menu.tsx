/** The menu of lines and names over the picture. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { layers } from '../page/store';
import { pick } from '../page/words';
import { switches } from './switches';
import { word } from './words';

/** Sheets upon one another. */
const SHEETS = 'M8 2l6 3.5L8 9 2 5.5zM2 9l6 3.5L14 9';

function toggle(id: string): void {
  const next = new Set(layers.peek());
  if (!next.delete(id)) next.add(id);
  layers.value = next;
}

export function LayerMenu() {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const close = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, [open]);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <div class="layers" ref={box} onKeyDown={onKey}>
      <button
        ref={opener} class="opener" aria-expanded={open} aria-controls="layer-menu" onClick={() => setOpen(!open)}
      >
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d={SHEETS} /></svg><span>{word('layers')}</span>
      </button>
      {open && (
        <div id="layer-menu" role="group" aria-label={word('layers')}>
          {switches.map(({ id, label }) => (
            <button key={id} aria-pressed={layers.value.has(id)} data-layer={id} onClick={() => toggle(id)}>
              <i aria-hidden="true" />{pick(label)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
