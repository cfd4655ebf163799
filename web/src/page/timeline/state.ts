/** Which stretch of time the timeline shows: a named zoom that turns its pages with the clock, or the viewer's own. */
import { effect, signal } from '@preact/signals';
import type { Scene } from '../../flight/scene';
import { utcOf } from '../format';
import { rate, scene, t_s, zoom } from '../store';
import { type Range, holds, kept, moved, span, turnedTo, zoomed } from './scale';
import { ZOOMS, type Zoom, wholeOf, windowOf } from './windows';

const FIRST: Zoom = 'phase';

/** The chosen named zoom; null when the viewer has zoomed or dragged. */
export const named = signal<Zoom | null>(FIRST);
export const range = signal<Range>({ from_s: 0, to_s: 1 });

export const zeroOf = (flown: Scene): number => utcOf(flown, 0).ms;
const same = (a: Range, b: Range): boolean => a.from_s === b.from_s && a.to_s === b.to_s;

/** The link holds how much is shown; nothing where that is what the page begins with. */
function show(next: Range): void {
  zoom.value = named.peek() === FIRST ? 0 : Math.round(span(next));
  if (!same(next, range.peek())) range.value = next;
}

export function choose(name: Zoom): void {
  const flown = scene.peek();
  named.value = name;
  if (flown) show(windowOf(name, flown, t_s.peek(), zeroOf(flown)));
}

function free(next: Range): void {
  const flown = scene.peek();
  if (!flown) return;
  named.value = null;
  show(kept(next, wholeOf(flown)));
}

/** `about_s` keeps its place on the screen: the pointer's instant, or the clock's. */
export const zoomBy = (factor: number, about_s: number): void => free(zoomed(range.peek(), about_s, factor));
export const moveBy = (by_s: number): void => free(moved(range.peek(), by_s));
export const showRange = (next: Range): void => free(next);

/** Zoom by a button: about the clock where it is on screen, else about the middle. */
export function zoomStep(factor: number): void {
  const shown = range.peek();
  zoomBy(factor, holds(shown, t_s.peek()) ? t_s.peek() : (shown.from_s + shown.to_s) / 2);
}

/**
 * Keep the clock on screen while it runs, and whenever it jumps. A viewer who has dragged the clock out of sight is
 * left alone until then.
 */
export function follow(): () => void {
  let before_s = t_s.peek();
  return effect(() => {
    const flown = scene.value;
    const name = named.value;
    const instant_s = t_s.value;
    const last_s = before_s;
    before_s = instant_s;
    if (!flown) return;
    if (name) return show(windowOf(name, flown, instant_s, zeroOf(flown)));
    const shown = range.peek();
    const jumped = Math.abs(instant_s - last_s) > Math.max(5, rate.peek());
    if (holds(shown, instant_s) || !(jumped || holds(shown, last_s))) return;
    show(kept(turnedTo(shown, instant_s), wholeOf(flown)));
  });
}

/** A link asks for so many seconds: a named zoom that shows as much, else a window around the clock. */
export function startWith(flown: Scene, seconds: number): void {
  if (seconds <= 0) return;
  const instant_s = t_s.peek();
  const shows = (name: Zoom): number => Math.round(span(windowOf(name, flown, instant_s, zeroOf(flown))));
  const name = ZOOMS.find((one) => one !== FIRST && shows(one) === seconds);
  if (name) choose(name);
  else free({ from_s: instant_s - seconds / 2, to_s: instant_s + seconds / 2 });
}
