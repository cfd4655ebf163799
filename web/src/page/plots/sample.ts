/** Readings of a channel: its range over a stretch, and as few points as a line of so many pixels needs. */
import { type Samples, valueAt } from '../../flight/channels';

export interface Point {
  readonly t_s: number;
  readonly value: number;
}

/** Index of the last sample at or before an instant; -1 before the first. */
export function indexAt(t_s: ArrayLike<number>, instant_s: number): number {
  let low = 0;
  let high = t_s.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((t_s[middle] ?? Infinity) <= instant_s) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Smallest and largest value inside a stretch, both ends included; null where nothing was written. */
export function extent(samples: Samples, from_s: number, to_s: number): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  const take = (value: number): void => {
    if (!Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  take(valueAt(samples, from_s));
  take(valueAt(samples, to_s));
  for (let i = indexAt(samples.t_s, from_s) + 1; i < samples.t_s.length && (samples.t_s[i] ?? 0) <= to_s; i++) {
    take(samples.value[i] ?? NaN);
  }
  return low <= high ? [low, high] : null;
}

/** Of the samples of one column of pixels: the first, lowest, highest and last, in order of time. */
function corners(samples: Samples, from: number, to: number): number[] {
  let low = from;
  let high = from;
  for (let i = from; i <= to; i++) {
    if ((samples.value[i] ?? 0) < (samples.value[low] ?? 0)) low = i;
    if ((samples.value[i] ?? 0) > (samples.value[high] ?? 0)) high = i;
  }
  return [...new Set([from, low, high, to])].sort((a, b) => a - b);
}

/** The line of a stretch thinned to its column extremes: peaks stay, at most four points a column. */
export function thinned(samples: Samples, from_s: number, to_s: number, columns: number): Point[] {
  const first = Math.max(0, indexAt(samples.t_s, from_s));
  const last = Math.min(samples.t_s.length - 1, indexAt(samples.t_s, to_s) + 1);
  const each = (to_s - from_s) / Math.max(1, columns);
  const points: Point[] = [];
  for (let i = first; i <= last;) {
    const column = Math.floor(((samples.t_s[i] ?? 0) - from_s) / each);
    let j = i;
    while (j < last && Math.floor(((samples.t_s[j + 1] ?? 0) - from_s) / each) === column) j++;
    for (const k of corners(samples, i, j)) points.push({ t_s: samples.t_s[k] ?? 0, value: samples.value[k] ?? NaN });
    i = j + 1;
  }
  return points;
}

/** An SVG path through points; gaps break it, steps hold. */
export function pathOf(
  points: readonly Point[], step: boolean, x: (t_s: number) => number, y: (value: number) => number,
): string {
  let path = '';
  let before = NaN;
  for (const point of points) {
    if (!Number.isFinite(point.value)) {
      before = NaN;
      continue;
    }
    const at = `${x(point.t_s).toFixed(1)} `;
    if (!Number.isFinite(before)) path += `M${at}${y(point.value).toFixed(1)}`;
    else path += `${step ? `L${at}${y(before).toFixed(1)}` : ''}L${at}${y(point.value).toFixed(1)}`;
    before = point.value;
  }
  return path;
}
