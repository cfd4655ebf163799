/** Bodies turn slowly: where poses change at once, because the flight turns somebody about between two samples or a hand
 * is changed, the body follows over some seconds. Still a function of the instant alone: the seconds before and after it
 * are asked for as well. */
import { Quaternion, Vector3 } from 'three';
import type { Figure } from './spacewalk';
import type { Hand, Stance } from './stance';
import { addTurn, goingOn } from './turns';

/** Seconds before and after, and the weight of each. */
const TAPS: readonly (readonly [number, number])[] =
  [-8, -6, -4, -2, 0, 2, 4, 6, 8].map((away_s) => [away_s, 1 - Math.abs(away_s) / 10] as const);
export const REACH_S = 8;
const STILL_RAD = 0.03;
const STILL_M = 0.02;

/** Whether two stances of one person are so much alike that nothing has to be smoothed. */
export function alike(a: Figure, b: Figure): boolean {
  return offset(a).distanceTo(offset(b)) < STILL_M && a.stance.turn.angleTo(b.stance.turn) < STILL_RAD;
}

/** `at` gives the same person so many seconds away, if seen then. */
export function steadied(figure: Figure, at: (away_s: number) => Figure | undefined): Figure {
  const torso = new Vector3(), turn = new Quaternion(0, 0, 0, 0);
  let whole = 0, meeting = 0, before: Quaternion | undefined;
  for (const [away_s, weight] of TAPS) {
    const tap = away_s === 0 ? figure : at(away_s);
    if (!tap) continue;
    torso.addScaledVector(offset(tap), weight);
    before = before ? goingOn(before, tap.stance.turn) : tap.stance.turn;
    addTurn(turn, before, weight);
    meeting += weight * tap.meeting;
    whole += weight;
  }
  torso.divideScalar(whole).add(figure.hold.at);
  return { ...figure, meeting: meeting / whole, stance: carriedAlong(figure.stance, torso, turn.normalize()) };
}

const offset = (figure: Figure): Vector3 => figure.stance.torso.clone().sub(figure.hold.at);

/** The body elsewhere and turned; free hands go with it. */
function carriedAlong(stance: Stance, torso: Vector3, turn: Quaternion): Stance {
  const change = turn.clone().multiply(stance.turn.clone().invert());
  const hand = (one: Hand): Hand => {
    const along = one.at.clone().sub(stance.torso).applyQuaternion(change).add(torso);
    return { ...one, at: along.lerp(one.at, one.fixed) };
  };
  return { ...stance, torso, turn, hands: { L: hand(stance.hands.L), R: hand(stance.hands.R) } };
}
