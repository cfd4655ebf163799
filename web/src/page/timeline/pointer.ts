/** Hands on the timeline: a click jumps, a drag moves the window, two fingers or ctrl and wheel zoom it. */
import { type Axis, span, tOf } from './scale';
import { moveBy, range, showRange, zoomBy } from './state';

/** A finger that moved less than this has tapped. */
const STILL_PX = 5;
const WHEEL = 0.0015;
const LINE_PX = 16;

export interface Hands {
  down(event: PointerEvent): void;
  move(event: PointerEvent): void;
  up(event: PointerEvent): void;
  cancel(event: PointerEvent): void;
  wheel(event: WheelEvent): void;
}

interface Finger {
  readonly start: number;
  x: number;
}

/** `axis` is read at each event, since the window may change between them; `tap` gets a click that was no drag. */
export function hands(axis: () => Axis, tap: (event: PointerEvent) => void): Hands {
  const fingers = new Map<number, Finger>();
  let moved = false;

  const left = (event: MouseEvent): number => (event.currentTarget as Element).getBoundingClientRect().left;

  function pinch(id: number, x: number): void {
    const [a, b] = [...fingers.entries()];
    if (!a || !b) return;
    const still = a[0] === id ? b[1] : a[1];
    const before = fingers.get(id)?.x ?? x;
    const apart = Math.max(20, Math.abs(before - still.x));
    const about_s = tOf(axis(), (before + still.x) / 2);
    zoomBy(apart / Math.max(20, Math.abs(x - still.x)), about_s);
  }

  function drag(before: number, x: number): void {
    moveBy(((before - x) / axis().width) * span(range.peek()));
  }

  return {
    down(event) {
      if (event.button !== 0) return;
      const x = event.clientX - left(event);
      fingers.set(event.pointerId, { start: x, x });
      moved = fingers.size > 1;
    },
    move(event) {
      const finger = fingers.get(event.pointerId);
      if (!finger) return;
      const x = event.clientX - left(event);
      if (!moved && Math.abs(x - finger.start) < STILL_PX) return;
      if (!moved) (event.currentTarget as Element).setPointerCapture(event.pointerId);
      moved = true;
      if (fingers.size === 2) pinch(event.pointerId, x);
      else drag(finger.x, x);
      finger.x = x;
    },
    up(event) {
      const known = fingers.delete(event.pointerId);
      if (known && !moved) tap(event);
    },
    cancel(event) {
      fingers.delete(event.pointerId);
    },
    wheel(event) {
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      if (!event.ctrlKey && !event.metaKey && !sideways) return;
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) {
        const turned = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1);
        zoomBy(Math.exp(turned * WHEEL), tOf(axis(), event.clientX - left(event)));
      } else {
        moveBy(((event.deltaX || event.deltaY) / axis().width) * span(range.peek()));
      }
    },
  };
}

/** Bring a mark into the window, should it lie outside. */
export function reveal(from_s: number, to_s: number): void {
  const shown = range.peek();
  if (to_s >= shown.from_s && from_s <= shown.to_s) return;
  const middle = Math.min((from_s + to_s) / 2, from_s + span(shown) / 3);
  showRange({ from_s: middle - span(shown) / 2, to_s: middle + span(shown) / 2 });
}
