/** Bodies turn slowly: where poses change at once, because the flight turns somebody about between two samples or a
 * hand is changed, the body follows over some seconds. Still a function of the instant alone: the seconds before and
 * after it are asked for as well. */
import { Vector3 } from 'three';
import type { Quaternion } from 'three';
import type { Figure } from './spacewalk';
import type { Hand, Stance } from './stance';
import { mixTurns } from './turns';

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
  const taps = TAPS.flatMap(([away_s, weight]) => {
    const tap = away_s === 0 ? figure : at(away_s);
    return tap ? [{ tap, weight }] : [];
  });
  const whole = taps.reduce((sum, { weight }) => sum + weight, 0), torso = new Vector3();
  for (const { tap, weight } of taps) torso.addScaledVector(offset(tap), weight / whole);
  const meeting = taps.reduce((sum, { tap, weight }) => sum + (weight / whole) * tap.meeting, 0);
  const first = taps[0]?.tap ?? figure, last = taps.at(-1)?.tap ?? figure;
  const part = taps.reduce((sum, { tap, weight }) => sum + (weight / whole) * gone(first, tap, last), 0);
  const turn = mixTurns(first.stance.turn, last.stance.turn, part);
  return { ...figure, meeting, stance: carriedAlong(figure.stance, torso.add(figure.hold.at), turn) };
}

/** How much of the way from the first turn to the last is done. */
function gone(first: Figure, now: Figure, last: Figure): number {
  const done = first.stance.turn.angleTo(now.stance.turn), left = now.stance.turn.angleTo(last.stance.turn);
  return done + left > 1e-3 ? done / (done + left) : 0;
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
