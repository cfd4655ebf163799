/** Small algebra in doubles. Quaternions are (x, y, z, w). */
import type { Triple, Turn } from './now';

export const still: Turn = [0, 0, 0, 1];

export function add(a: Triple, b: Triple): Triple {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function cross(a: Triple, b: Triple): Triple {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function scale(a: Triple, by: number): Triple {
  return [a[0] * by, a[1] * by, a[2] * by];
}

/** The vector turned: from body components to the parent's. */
export function turned(turn: Turn, vector: Triple): Triple {
  const axis: Triple = [turn[0], turn[1], turn[2]];
  const once = add(cross(axis, vector), scale(vector, turn[3]));
  return add(vector, scale(cross(axis, once), 2));
}

/** The turn that undoes one. */
export function undone(turn: Turn): Turn {
  return [-turn[0], -turn[1], -turn[2], turn[3]];
}

/** First the inner turn, then the outer one. */
export function product(outer: Turn, inner: Turn): Turn {
  const [ax, ay, az, aw] = outer;
  const [bx, by, bz, bw] = inner;
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ];
}

/** A quaternion that the index keeps with w first. */
export function fromIndex(q: readonly [number, number, number, number]): Turn {
  return [q[1], q[2], q[3], q[0]];
}
