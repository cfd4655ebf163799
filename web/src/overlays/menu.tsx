/** The menu of lines and names over the picture. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { layers } from '../page/store';
import { pick } from '../page/words';
import { switches } from './switches';
import { word } from './words';

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
      <button ref={opener} class="opener" aria-expanded={open} aria-controls="layer-menu" onClick={() => setOpen(!open)}>
        {word('layers')}
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
