/** Interpolation between the samples of a flight. Nothing here knows any motion but the flight's own. */
import type { Triple, Turn } from './now';

/** A table of numbers, row after row. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array | Float32Array;
}

export function cell(table: Table, row: number, column: number): number {
  return table.values[row * table.columns + column] ?? NaN;
}

/** The row at or before an instant, such that a row follows it; the first column is time. */
export function rowAt(table: Table, t_s: number): number {
  let low = 0;
  let high = table.rows;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cell(table, middle, 0) <= t_s) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, Math.min(low - 1, table.rows - 2));
}

/** How far an instant is between two rows, 0 to 1. */
export function shareAt(table: Table, row: number, t_s: number): number {
  const from = cell(table, row, 0);
  const share = (t_s - from) / Math.max(cell(table, row + 1, 0) - from, 1e-12);
  return Math.min(1, Math.max(0, share));
}

export interface Motion {
  readonly position_m: Triple;
  readonly velocity_m_s: Triple;
}

/** Cubic Hermite pieces through positions (columns 1 to 3) and velocities (4 to 6). */
export function hermite(path: Table, row: number, t_s: number): Motion {
  const h = Math.max(cell(path, row + 1, 0) - cell(path, row, 0), 1e-12);
  const s = shareAt(path, row, t_s);
  const position: number[] = [];
  const velocity: number[] = [];
  for (let k = 1; k <= 3; k++) {
    const [p0, p1] = [cell(path, row, k), cell(path, row + 1, k)];
    const [m0, m1] = [cell(path, row, k + 3) * h, cell(path, row + 1, k + 3) * h];
    // Written about p0: a difference of two large numbers keeps more digits than a sum of four.
    const rise = (3 - 2 * s) * s * s * (p1 - p0);
    position.push(p0 + rise + s * (1 - s) * ((1 - s) * m0 - s * m1));
    velocity.push((6 * s * (1 - s) * (p1 - p0) + (3 * s - 1) * (s - 1) * m0 + s * (3 * s - 2) * m1) / h);
  }
  return { position_m: triple(position), velocity_m_s: triple(velocity) };
}

function triple(values: readonly number[]): Triple {
  return [values[0] ?? NaN, values[1] ?? NaN, values[2] ?? NaN];
}

/** Three columns of a table on straight lines. */
export function line(table: Table, row: number, share: number, column: number): Triple {
  const at = (k: number): number => {
    const from = cell(table, row, column + k);
    return from + share * (cell(table, row + 1, column + k) - from);
  };
  return [at(0), at(1), at(2)];
}

/** A quaternion of a table, which keeps w first, in the order of three.js. */
export function turnOf(table: Table, row: number, column = 0): Turn {
  const part = (k: number): number => cell(table, row, column + k);
  return [part(1), part(2), part(3), part(0)];
}

/** Along the great circle from a to b, the short way. */
export function slerp(a: Turn, b: Turn, share: number): Turn {
  const dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  const sign = dot < 0 ? -1 : 1;
  const cosine = Math.min(1, Math.abs(dot));
  const angle = Math.acos(cosine);
  const near = angle < 1e-6;
  const from = near ? 1 - share : Math.sin((1 - share) * angle) / Math.sin(angle);
  const to = sign * (near ? share : Math.sin(share * angle) / Math.sin(angle));
  const mixed = [0, 1, 2, 3].map((k) => from * (a[k] ?? 0) + to * (b[k] ?? 0));
  const length = Math.hypot(...mixed);
  return [(mixed[0] ?? 0) / length, (mixed[1] ?? 0) / length, (mixed[2] ?? 0) / length, (mixed[3] ?? 1) / length];
}
