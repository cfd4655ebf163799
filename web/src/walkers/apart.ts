/** Keeps bodies out of hulls and out of one another, while their hands stay where they are. */
import { Vector3 } from 'three';
import { HELMET, SHIN_M } from '../models/orlan_bones';
import { smooth } from '../models/smooth';
import type { Legs } from '../models/orlan_rig';
import type { Hull } from './hull';
import type { Side } from '../models/orlan_bones';
import type { Figure } from './spacewalk';
import { axesOfTurn, moved, swung } from './stance';
import type { Hold, Stance } from './stance';

/** Between the middles of two bodies that lie beside one another. */
const BESIDE_M = 1.05;
/** Bodies reach past one another over so much of their length. */
const LENGTH_M = 1.9;
/** Where nothing else tells, the first walker takes the side that is more to this: forward and zenith. */
const FIRST_SIDE = new Vector3(1, 0, -1);
const BIAS_M = 0.3;
/** Sine of the farthest swing; what is still missing is made up by moving so far at most. */
const MOST_SWING = 0.8;
const REST_M = 0.12;

/** Across the way out of the hull and along the body: the direction in which two people lie beside one another. */
function sideOf(a: Hold, b: Hold): Vector3 {
  const side = a.out.clone().add(b.out).cross(a.head);
  if (side.lengthSq() < 0.05) side.copy(a.out).cross(a.rail);
  side.normalize();
  return side.dot(FIRST_SIDE) < 0 ? side.negate() : side;
}

/** The hand that holds on is the one towards the partner: the body goes to the other side. */
export function holdingSide(mine: Hold, walker: number, partner?: Hold): Side {
  if (!partner) return 'L';
  const side = sideOf(mine, partner), bias = walker === 1 ? BIAS_M : -BIAS_M;
  const leaning = mine.at.clone().sub(partner.at).dot(side) + bias;
  const left = mine.out.clone().cross(mine.head);
  return left.dot(side) * leaning > 0 ? 'R' : 'L';
}

/** Swings two people to both sides of the line between them; `met` of it is done by turning to one another already. */
export function keepApart(figures: readonly Figure[], met: number): Figure[] {
  const [a, b] = [...figures].sort((one, other) => one.walker - other.walker);
  if (!a || !b) return [...figures];
  const side = sideOf(a.hold, b.hold), between = a.stance.torso.clone().sub(b.stance.torso), beside = between.dot(side);
  const far = between.clone().addScaledVector(side, -beside).length();
  const needed = (1 - smooth(far, LENGTH_M - 0.5, LENGTH_M)) * (1 - smooth(met, 0.5, 1));
  const leaning = a.hold.at.clone().sub(b.hold.at).dot(side) + BIAS_M, way = leaning / Math.hypot(leaning, 0.12);
  const missing = Math.max(0, BESIDE_M - beside * Math.sign(way)) * way * needed;
  const shareOfA = b.through < 1 ? 1 : a.through < 1 ? 0 : 0.5;
  return figures.map((one) => aside(one, side, one === a ? missing * shareOfA : -missing * (1 - shareOfA)));
}

/** Moved by so much to a side: swung round the hold as far as that goes. */
function aside(figure: Figure, side: Vector3, by_m: number): Figure {
  const { hold, stance } = figure, up = axesOfTurn(stance.turn).up;
  const arm = stance.torso.clone().sub(hold.at), lever = up.clone().cross(arm).dot(side);
  if (Math.abs(lever) < 0.1 || by_m === 0) return figure;
  const angle = Math.sign(by_m * lever) * Math.asin(Math.min(Math.abs(by_m / lever), MOST_SWING));
  const swing = swung(stance, hold.at, angle);
  const rest = by_m - swing.torso.clone().sub(stance.torso).dot(side);
  const more = Math.sign(rest) * Math.min(Math.abs(rest), REST_M);
  return { ...figure, stance: moved(swing, side.clone().multiplyScalar(more)) };
}

/** Balls that stand for a body: middle in suit axes, radius. */
type Ball = readonly [Vector3, number];
const TRUNK: readonly Ball[] = [
  [HELMET, 0.26], [new Vector3(0, 0.08, 0.02), 0.33], [new Vector3(0, 0.1, -0.34), 0.3],
  [new Vector3(0, -0.42, 0), 0.25], [new Vector3(0.14, -0.82, 0.12), 0.14], [new Vector3(-0.14, -0.82, 0.1), 0.14],
];
const ROUNDS = 5;
/** So much less to be moved is worth lying the other way round. */
const BETTER_M = 0.14;
/** Knees bend so far, degrees, when feet would be in a hull. */
const TUCKED_DEG = 75;

/** Feet by how far the knees are drawn up. */
function feet(tuck: number): Ball[] {
  const angle = ((24 + TUCKED_DEG * tuck) * Math.PI) / 180;
  const y = -0.82 - SHIN_M * Math.cos(angle), z = 0.14 - SHIN_M * Math.sin(angle);
  return [0.16, -0.16].map((x) => [new Vector3(x, y, z), 0.17] as const);
}

/** Whether there is more room for the second stance. */
export function roomier(one: Stance, other: Stance, hull: Hull): boolean {
  const push = (stance: Stance): number => clearOfHull(stance, hull).torso.distanceTo(stance.torso);
  return push(one) > push(other) + BETTER_M;
}

/** The stance with knees bent and the torso moved so far that no part of the body is in a hull, or by a share of it. */
export function clearOfHull(stance: Stance, hull: Hull, share = 1): Stance {
  const torso = stance.torso.clone();
  const placed = (middle: Vector3): Vector3 => middle.clone().applyQuaternion(stance.turn).add(torso);
  const deepest = Math.max(...feet(0).map(([middle, radius]) => radius - hull.gap_m(placed(middle))));
  const tuck = smooth(deepest, -0.06, 0.22) * share;
  const balls = [...TRUNK, ...feet(tuck)];
  for (let round = 0; round < ROUNDS; round++) {
    let worst = 0, push = new Vector3();
    for (const [middle, radius] of balls) {
      const at = placed(middle), deep = radius - hull.gap_m(at);
      if (deep > worst) [worst, push] = [deep, hull.out(at).multiplyScalar(deep)];
    }
    if (worst < 1e-3) break;
    torso.addScaledVector(push, share);
  }
  return { ...moved(stance, torso.sub(stance.torso)), legs: tucked(stance.legs, tuck) };
}

function tucked(legs: Legs, part: number): Legs {
  const knee = TUCKED_DEG * part, hip = 8 * part;
  return {
    ...legs, hipL: [legs.hipL[0] - hip, legs.hipL[1]], hipR: [legs.hipR[0] - hip, legs.hipR[1]],
    kneeL: legs.kneeL + knee, kneeR: legs.kneeR + knee,
  };
}
