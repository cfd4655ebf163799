/** Turning and zooming by hand: dragging, wheel, two fingers, and keys. What is wished is kept in one value. */
import { AT_HOME, type Wish } from './camera';
import { clamp } from './space';

const TURN_A_PIXEL = 0.005;
const TURN_A_KEY = 0.09;
const ZOOM_A_KEY = 1.15;
const ZOOM_A_WHEEL_PIXEL = 0.0016;
const ZOOM = [0.15, 12] as const;
const TILT_RAD = 3;
/** Two fingers nearer than this say nothing about how far they went apart. */
const FINGER_PX = 8;

export interface Held {
  read(): Wish;
  write(wish: Wish): void;
  /** Whether keys of one character count. */
  keys(): boolean;
}

interface Finger {
  readonly x: number;
  readonly y: number;
}

const turned = (wish: Wish, azimuth_rad: number, elevation_rad: number): Wish => ({
  ...wish,
  azimuth_rad: wish.azimuth_rad + azimuth_rad,
  elevation_rad: clamp(wish.elevation_rad + elevation_rad, -TILT_RAD, TILT_RAD),
});
const zoomed = (wish: Wish, factor: number): Wish => ({ ...wish, zoom: clamp(wish.zoom * factor, ...ZOOM) });
const nearer = (wish: Wish): Wish => zoomed(wish, ZOOM_A_KEY);
const farther = (wish: Wish): Wish => zoomed(wish, 1 / ZOOM_A_KEY);

/** Letters by their place, so that a Russian layout works too; signs by what is written on them. */
const LETTERS: Readonly<Record<string, (wish: Wish) => Wish>> = {
  KeyA: (wish) => turned(wish, TURN_A_KEY, 0),
  KeyD: (wish) => turned(wish, -TURN_A_KEY, 0),
  KeyW: (wish) => turned(wish, 0, TURN_A_KEY),
  KeyS: (wish) => turned(wish, 0, -TURN_A_KEY),
  KeyR: () => AT_HOME,
};
const SIGNS: Readonly<Record<string, (wish: Wish) => Wish>> = {
  '+': nearer, '=': nearer, '-': farther, '\u2212': farther,
};

/** Follow hands over the picture until the returned function is called. */
export function followHand(picture: HTMLElement, held: Held): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  followFingers(picture, held, signal);
  picture.addEventListener('wheel', (event) => {
    event.preventDefault();
    held.write(zoomed(held.read(), Math.exp(-clamp(event.deltaY, -120, 120) * ZOOM_A_WHEEL_PIXEL)));
  }, { signal, passive: false });
  picture.addEventListener('dblclick', () => held.write(AT_HOME), { signal });
  document.addEventListener('keydown', (event) => followKey(event, held), { signal });
  return () => ends.abort();
}

function followFingers(picture: HTMLElement, held: Held, signal: AbortSignal): void {
  const fingers = new Map<number, Finger>();
  const lift = (event: PointerEvent): void => { fingers.delete(event.pointerId); };
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
    if (other) held.write(zoomed(wish, gap(after, other) / Math.max(FINGER_PX, gap(before, other))));
    else held.write(turned(wish, -(after.x - before.x) * TURN_A_PIXEL, (after.y - before.y) * TURN_A_PIXEL));
  }, { signal });
  picture.addEventListener('pointerup', lift, { signal });
  picture.addEventListener('pointercancel', lift, { signal });
}

const gap = (a: Finger, b: Finger): number => Math.hypot(a.x - b.x, a.y - b.y);

function followKey(event: KeyboardEvent, held: Held): void {
  const typing = event.target instanceof Element && event.target.closest('input, select, textarea, dialog');
  if (typing || !held.keys() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const change = LETTERS[event.code] ?? SIGNS[event.key];
  if (!change) return;
  held.write(change(held.read()));
  event.preventDefault();
}
