/** Everything drawn over the picture; fetched together with what draws the picture itself. */
import type { ComponentType } from 'preact';
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const all = signal<ComponentType | null>(null);

export function Overlays() {
  useEffect(() => {
    void import('./all').then((part) => {
      all.value = part.AllOverlays;
    });
  }, []);
  const Drawn = all.value;
  return Drawn && <Drawn />;
}
