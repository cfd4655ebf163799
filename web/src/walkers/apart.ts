/** Keeps bodies out of hulls and out of one another, while their hands stay where they are. */
import { Vector3 } from 'three';
import { HELMET } from '../models/orlan_bones';
import { smooth } from '../models/smooth';
import type { Hull } from './hull';
import type { Figure } from './spacewalk';
import type { Stance } from './stance';
import { axesOfTurn } from './stance';

/** Between the middles of two bodies that lie beside one another. */
const BESIDE_M = 1.12;
/** Bodies reach past one another over so much of their length. */
const LENGTH_M = 1.9;
/** Where nothing else tells, the first walker takes the side that is more to this: forward and zenith. */
const FIRST_SIDE = new Vector3(1, 0, -1);
const BIAS_M = 0.3;

/** Moves two people to both sides of the line between them; `met` of them is already done by turning to one another. */
export function keepApart(figures: readonly Figure[], met: number): Figure[] {
  const [a, b] = [...figures].sort((one, other) => one.walker - other.walker);
  if (!a || !b) return [...figures];
  const out = a.hold.out.clone().add(b.hold.out).normalize(), body = axesOfTurn(a.stance.turn).up;
  const side = out.clone().cross(body);
  if (side.lengthSq() < 0.05) side.copy(out).cross(a.hold.rail);
  side.normalize();
  if (side.dot(FIRST_SIDE) < 0) side.negate();
  const between = a.stance.torso.clone().sub(b.stance.torso), beside = between.dot(side);
  const far = between.clone().addScaledVector(side, -beside).length();
  const wanted = BESIDE_M * (1 - smooth(far, LENGTH_M - 0.5, LENGTH_M)) * (1 - met);
  const leaning = beside + BIAS_M, way = leaning / Math.hypot(leaning, 0.12);
  const missing = Math.max(0, wanted - Math.abs(beside));
  const shareOfA = b.through < 1 ? 1 : a.through < 1 ? 0 : 0.5;
  const shifted = new Map([[a.id, missing * way * shareOfA], [b.id, -missing * way * (1 - shareOfA)]]);
  return figures.map((one) => moved(one, side.clone().multiplyScalar(shifted.get(one.id) ?? 0)));
}

function moved(figure: Figure, by: Vector3): Figure {
  return { ...figure, stance: { ...figure.stance, torso: figure.stance.torso.clone().add(by) } };
}

/** Balls that stand for a body: middle in suit axes, radius. */
const BALLS: readonly (readonly [Vector3, number])[] = [
  [HELMET, 0.26], [new Vector3(0, 0.08, 0.02), 0.33], [new Vector3(0, 0.1, -0.34), 0.3], [new Vector3(0, -0.42, 0), 0.25],
  [new Vector3(0.14, -0.82, 0.15), 0.14], [new Vector3(-0.14, -0.82, 0.12), 0.14],
  [new Vector3(0.16, -1.2, 0.02), 0.17], [new Vector3(-0.16, -1.22, 0), 0.17],
];
const ROUNDS = 5;

/** The stance with its torso moved so far that no part of the body is in a hull. */
export function clearOfHull(figure: Figure, hull: Hull): Stance {
  const { stance } = figure, torso = stance.torso.clone();
  for (let round = 0; round < ROUNDS; round++) {
    let worst = 0, push = new Vector3();
    for (const [middle, radius] of BALLS) {
      const at = middle.clone().applyQuaternion(stance.turn).add(torso), deep = radius - hull.gap_m(at);
      if (deep > worst) [worst, push] = [deep, hull.out(at).multiplyScalar(deep)];
    }
    if (worst < 1e-3) break;
    torso.addScaledVector(push, smooth(figure.through, 0.8, 1));
  }
  return { ...stance, torso };
}
