/** Time along a line of pixels: positions, round ticks, windows that are zoomed and moved. */

export interface Range {
  readonly from_s: number;
  readonly to_s: number;
}

export interface Axis extends Range {
  /** Pixels from the left edge to `from_s`, and from there to `to_s`. */
  readonly left: number;
  readonly width: number;
}

export interface Tick {
  readonly t_s: number;
  readonly utc_ms: number;
  /** What its label must say: the date alone, hours and minutes, or seconds too. */
  readonly says: 'date' | 'minute' | 'second';
}

const MINUTE = 60;
const HOUR = 3600;
export const DAY_S = 86400;
const STEPS_S = [
  1, 2, 5, 10, 20, 30,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
  DAY_S, 2 * DAY_S, 7 * DAY_S, 28 * DAY_S,
];
const SHORTEST_S = 20;

export const span = (range: Range): number => range.to_s - range.from_s;
export const holds = (range: Range, t_s: number): boolean => t_s >= range.from_s && t_s <= range.to_s;
export const xOf = (axis: Axis, t_s: number): number =>
  axis.left + ((t_s - axis.from_s) / (axis.to_s - axis.from_s)) * axis.width;
export const tOf = (axis: Axis, x: number): number =>
  axis.from_s + ((x - axis.left) / axis.width) * (axis.to_s - axis.from_s);

function stepFor(axis: Axis, apart: number): number {
  const least = (span(axis) / axis.width) * apart;
  return STEPS_S.find((step) => step >= least) ?? STEPS_S[STEPS_S.length - 1] ?? DAY_S;
}

/** Round UTC instants at least `apart` pixels from each other; `zero_ms` is UTC at t_s = 0. */
export function ticks(axis: Axis, zero_ms: number, apart: number): Tick[] {
  const step = stepFor(axis, apart);
  const zero_s = zero_ms / 1000;
  const found: Tick[] = [];
  for (let utc_s = Math.ceil((zero_s + axis.from_s) / step) * step; utc_s <= zero_s + axis.to_s; utc_s += step) {
    const says = utc_s % DAY_S === 0 ? 'date' : step < MINUTE ? 'second' : 'minute';
    found.push({ t_s: utc_s - zero_s, utc_ms: utc_s * 1000, says });
  }
  return found;
}

export const padded = (range: Range, share: number): Range => {
  const pad = span(range) * share;
  return { from_s: range.from_s - pad, to_s: range.to_s + pad };
};

/** The window may lie beyond the flight by a tenth of itself, never further, and is never longer than `whole`. */
export function kept(range: Range, whole: Range): Range {
  const length = Math.min(Math.max(span(range), SHORTEST_S), span(whole));
  const slack = length === span(whole) ? 0 : length * 0.1;
  const from = Math.min(Math.max(range.from_s, whole.from_s - slack), whole.to_s + slack - length);
  return { from_s: from, to_s: from + length };
}

/** `factor` below 1 shows less time; `about_s` stays where it is. */
export const zoomed = (range: Range, about_s: number, factor: number): Range => ({
  from_s: about_s - (about_s - range.from_s) * factor,
  to_s: about_s + (range.to_s - about_s) * factor,
});

export const moved = (range: Range, by_s: number): Range => ({
  from_s: range.from_s + by_s,
  to_s: range.to_s + by_s,
});

/** The window of the same length that holds `t_s` a tenth from its left edge: how a page is turned. */
export const turnedTo = (range: Range, t_s: number): Range => moved(range, t_s - span(range) * 0.1 - range.from_s);
