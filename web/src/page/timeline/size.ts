/** How large the timeline is on this screen, and how wide its letters are. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { Size } from './board';
import type { Measure } from './lay';

const NARROW_PX = 640;
/** Below this the picture needs every line that the timeline can spare. */
const LOW_PX = 800;
const LABEL_REM = 0.75;

const rem = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
/** How much larger than on a desk letters are: a wall is seen from afar. */
export const rootScale = (): number => rem() / 16;

/** Text widths from a canvas with the page's letters, measured once each; again when the font has arrived. */
export function useMeasure(): Measure {
  const [loaded, setLoaded] = useState(false);
  useLayoutEffect(() => {
    void document.fonts.ready.then(() => setLoaded(true));
  }, []);
  return useMemo(() => {
    const pen = document.createElement('canvas').getContext('2d');
    const family = getComputedStyle(document.documentElement).getPropertyValue('--sans') || 'sans-serif';
    const size = rem() * LABEL_REM;
    if (pen) pen.font = `${size}px ${family}`;
    const known = new Map<string, number>();
    return (text) => {
      const found = known.get(text) ?? pen?.measureText(text).width ?? text.length * size * 0.55;
      known.set(text, found);
      return found;
    };
  }, [loaded]);
}

/** Null until the element has been laid out. */
export function useSize(host: RefObject<HTMLElement | null>, names: readonly string[], measure: Measure): Size | null {
  const [width, setWidth] = useState(0);
  const low = innerHeight < LOW_PX;
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const longest = Math.max(0, ...names.map(measure));
  return useMemo(() => (width < 80 ? null : {
    width, k: rootScale(), narrow: width <= NARROW_PX, low, names: longest,
  }), [width, low, longest]);
}
