/** Quantities over the whole flight, joined from its legs. */
import { cell } from './curves';
import type { ChannelData, LegData } from './leg';

/** Instants that rise and the value at each; a gap (the channel was not written there) is a NaN between. */
export interface Samples {
  readonly t_s: Float64Array;
  readonly value: Float64Array;
  /** The value holds until the next sample. */
  readonly step: boolean;
}

/** Legs that follow each other closer than this leave no gap. */
const gap_s = 120;

/** A channel of the legs that are here, in order of time; null where none has it. */
export function joinedChannel(name: string, legs: readonly LegData[]): Samples | null {
  const t_s: number[] = [];
  const value: number[] = [];
  let step = false;
  for (const leg of legs) {
    const found = leg.channels.get(name);
    if (!found || found.times.rows === 0) continue;
    step = found.step;
    const last = t_s[t_s.length - 1];
    const { from_s } = leg.index;
    const from = from_s + cell(found.times, 0, 0);
    if (last !== undefined && from - last > gap_s) {
      t_s.push(last, from);
      value.push(NaN, NaN);
    }
    append(found, from_s, t_s, value);
  }
  return t_s.length ? { t_s: Float64Array.from(t_s), value: Float64Array.from(value), step } : null;
}

function append(found: ChannelData, from_s: number, t_s: number[], value: number[]): void {
  for (let row = 0; row < found.times.rows; row++) {
    t_s.push(from_s + cell(found.times, row, 0));
    value.push(cell(found.values, row, 0));
  }
}

/** The value at an instant, on the line between samples; NaN outside the channel and in its gaps. */
export function valueAt(samples: Samples, at_s: number): number {
  const { t_s, value, step } = samples;
  let low = 0;
  let high = t_s.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((t_s[middle] ?? Infinity) <= at_s) low = middle + 1;
    else high = middle;
  }
  const [t0, v0, t1, v1] = [t_s[low - 1], value[low - 1], t_s[low], value[low]];
  if (t0 === undefined || v0 === undefined) return NaN;
  if (t1 === undefined || v1 === undefined) return at_s - t0 < 1e-3 ? v0 : NaN;
  return step ? v0 : v0 + ((v1 - v0) * (at_s - t0)) / (t1 - t0 || 1);
}
