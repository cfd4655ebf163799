/** Turns of a body on their way into one another. */
import { Quaternion, Vector3 } from 'three';

/** Cosine of half the angle between two turns: below it they are taken to be half a turn apart. */
const HALF_WAY = 0.2;

/** Half turns are made to one and the same side about this line (suit axes), whatever the rounding: mostly about the
 * line from the face, as the head comes to lie the other way. */
const ABOUT = new Vector3(0.3, 0.6, -1);

/** Of the two quaternions of a turn the one that goes on from the turn before. */
function goingOn(before: Quaternion, turn: Quaternion): Quaternion {
  const { x, y, z, w } = turn.clone().multiply(before.clone().invert());
  const about = ABOUT.clone().applyQuaternion(before);
  const side = Math.abs(w) < HALF_WAY ? x * about.x + y * about.y + z * about.z : w;
  return side < 0 ? new Quaternion(-turn.x, -turn.y, -turn.z, -turn.w) : turn;
}

/** So near to one another (or to a whole turn apart) that a straight mixture does as well. */
const ALMOST = 1e-3;

/** Evenly from one to the other: a straight mixture of turns that are far apart would rush through its middle. */
export function mixTurns(a: Quaternion, b: Quaternion, part: number): Quaternion {
  const to = goingOn(a, b), whole = Math.acos(Math.min(Math.max(a.dot(to), -1), 1)), sine = Math.sin(whole);
  const share = (done: number): number => (sine < ALMOST ? done : Math.sin(done * whole) / sine);
  const [p, q] = [share(1 - part), share(part)];
  return new Quaternion(p * a.x + q * to.x, p * a.y + q * to.y, p * a.z + q * to.z, p * a.w + q * to.w).normalize();
}
