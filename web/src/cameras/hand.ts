/** Turning and zooming by hand: dragging, wheel, two fingers, and keys. What is wished is kept in one value. */
import type { Wish } from './camera';
import { clamp } from './space';

export const AT_HOME: Wish = { azimuth_rad: 0, elevation_rad: 0, zoom: 1 };

const TURN_A_PIXEL = 0.005;
const TURN_A_KEY = 0.09;
const ZOOM_A_KEY = 1.15;
const ZOOM = [0.15, 12] as const;
const TILT_RAD = 3;

export interface Held {
  read(): Wish;
  write(wish: Wish): void;
  /** Whether single-letter keys count. */
  keys(): boolean;
}

const turned = (wish: Wish, azimuth_rad: number, elevation_rad: number): Wish => ({
  ...wish,
  azimuth_rad: wish.azimuth_rad + azimuth_rad,
  elevation_rad: clamp(wish.elevation_rad + elevation_rad, -TILT_RAD, TILT_RAD),
});
const zoomed = (wish: Wish, factor: number): Wish => ({ ...wish, zoom: clamp(wish.zoom * factor, ...ZOOM) });

const KEYS: Readonly<Record<string, (wish: Wish) => Wish>> = {
  '+': (wish) => zoomed(wish, ZOOM_A_KEY),
  '=': (wish) => zoomed(wish, ZOOM_A_KEY),
  '-': (wish) => zoomed(wish, 1 / ZOOM_A_KEY),
  a: (wish) => turned(wish, TURN_A_KEY, 0),
  d: (wish) => turned(wish, -TURN_A_KEY, 0),
  w: (wish) => turned(wish, 0, TURN_A_KEY),
  s: (wish) => turned(wish, 0, -TURN_A_KEY),
  r: () => AT_HOME,
};

/** Follow hands over the picture until the returned function is called. */
export function followHand(picture: HTMLElement, held: Held): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  followPointers(picture, held, signal);
  picture.addEventListener('wheel', (event) => {
    event.preventDefault();
    held.write(zoomed(held.read(), Math.exp(-clamp(event.deltaY, -120, 120) * 0.0016)));
  }, { signal, passive: false });
  picture.addEventListener('dblclick', () => held.write(AT_HOME), { signal });
  document.addEventListener('keydown', (event) => followKey(event, held), { signal });
  return () => ends.abort();
}

function followPointers(picture: HTMLElement, held: Held, signal: AbortSignal): void {
  const fingers = new Map<number, { x: number; y: number }>();
  const lift = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
  };
  picture.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    picture.setPointerCapture(event.pointerId);
  }, { signal });
  picture.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    const after = { x: event.clientX, y: event.clientY };
    fingers.set(event.pointerId, after);
    const wish = held.read();
    if (other) held.write(zoomed(wish, gap(after, other) / Math.max(8, gap(before, other))));
    else held.write(turned(wish, -(after.x - before.x) * TURN_A_PIXEL, (after.y - before.y) * TURN_A_PIXEL));
  }, { signal });
  picture.addEventListener('pointerup', lift, { signal });
  picture.addEventListener('pointercancel', lift, { signal });
}

const gap = (a: { x: number; y: number }, b: { x: number; y: number }): number => Math.hypot(a.x - b.x, a.y - b.y);

function followKey(event: KeyboardEvent, held: Held): void {
  const typing = event.target instanceof Element && event.target.closest('input, select, textarea, [role="dialog"]');
  if (typing || !held.keys() || event.ctrlKey || event.metaKey || event.altKey) return;
  const change = KEYS[event.key.toLowerCase()];
  if (!change) return;
  held.write(change(held.read()));
  event.preventDefault();
}
