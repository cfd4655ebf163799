/** The loop that lets time flow, and every way to go to another instant. */
import { computed } from '@preact/signals';
import type { SceneEvent } from '../flight/scene';
import { fastest, live, playing, rate, scene, slowest, t_s } from './store';

/** A picture that comes late moves time by this much at most: a page that slept does not leap. */
const longest_ms = 500;
export const rates = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;

/** First and last instant that the flight has. */
export function ends(): readonly [number, number] {
  const flown = scene.peek();
  if (!flown) return [0, 0];
  const first = flown.legs[0]?.from_s ?? 0;
  return [first, Math.max(first, flown.end_s)];
}

export function clamp(instant_s: number): number {
  const [first, last] = ends();
  return Math.min(Math.max(instant_s, first), last);
}

/** Go to an instant of the viewer's choice; this leaves the live end. */
export function jump(instant_s: number): void {
  live.value = false;
  t_s.value = clamp(instant_s);
}

export function jumpBy(seconds: number): void {
  jump(t_s.peek() + seconds);
}

export function togglePlay(): void {
  if (!playing.peek() && t_s.peek() >= ends()[1] && !live.peek()) t_s.value = ends()[0];
  playing.value = !playing.peek();
}

export function setRate(value: number): void {
  if (Number.isFinite(value)) rate.value = Math.min(Math.max(value, slowest), fastest);
}

/** The next faster (1) or slower (-1) rate of the ladder. */
export function changeRate(direction: 1 | -1): void {
  const current = rate.peek();
  const next = direction > 0
    ? rates.find((one) => one > current * 1.001)
    : rates.findLast((one) => one < current / 1.001);
  if (next !== undefined) setRate(next);
}

const worth = computed(() => (scene.value?.events ?? []).filter((one) => one.rank <= 2));

/** Events worth a stop, in their order. */
export function eventsWorth(): readonly SceneEvent[] {
  return worth.value;
}

/** The event before or after an instant, among those worth a stop. */
export function eventFrom(instant_s: number, direction: 1 | -1): SceneEvent | undefined {
  return direction > 0
    ? worth.value.find((one) => one.t_s > instant_s + 0.5)
    : worth.value.findLast((one) => one.t_s < instant_s - 0.5);
}

export function jumpToEvent(direction: 1 | -1): void {
  const event = eventFrom(t_s.peek(), direction);
  jump(event?.t_s ?? ends()[direction > 0 ? 1 : 0]);
}

/** Move time by one picture's worth and stop at the end. */
function advance(elapsed_ms: number): void {
  if (!playing.peek()) return;
  const [, last] = ends();
  const next = t_s.peek() + (Math.min(elapsed_ms, longest_ms) / 1000) * rate.peek();
  t_s.value = Math.min(next, last);
  if (next >= last && !live.peek()) playing.value = false;
}

/** Let time flow, and draw after each step; a hidden page neither flows nor draws. */
export function runClock(draw: () => void, frozen: boolean): void {
  let before_ms = performance.now();
  const tick = (at_ms: number): void => {
    if (!frozen && !document.hidden) advance(at_ms - before_ms);
    before_ms = at_ms;
    draw();
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}
