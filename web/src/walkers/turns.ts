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

function addTurn(sum: Quaternion, turn: Quaternion, weight: number): Quaternion {
  return sum.set(sum.x + weight * turn.x, sum.y + weight * turn.y, sum.z + weight * turn.z, sum.w + weight * turn.w);
}

export function mixTurns(a: Quaternion, b: Quaternion, part: number): Quaternion {
  const sum = addTurn(new Quaternion(0, 0, 0, 0), a, 1 - part);
  return addTurn(sum, goingOn(a, b), part).normalize();
}
