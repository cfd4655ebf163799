/** From what the flight says of a person outside to a hold on a rail, and the way through a hatch. */
import { Quaternion, Vector3 } from 'three';
import type { PersonNow, Triple } from '../flight/now';
import type { Scene } from '../flight/scene';
import { FLOATING } from '../models/orlan_rig';
import { smooth } from '../models/smooth';
import type { Hull } from './hull';
import { axesOf, from, turnOf } from './stance';
import type { Hold, Stance } from './stance';

export const vectorOf = (v: Triple): Vector3 => new Vector3(v[0], v[1], v[2]);

/** The hold now. The chest looks at the hull as the flight says. The flight's head goes first even where a way leads a
 * few rails around a hull; two who go there would get into one another. Here people hold themselves along the hull, all
 * of them the same way round. */
export function holdOf(person: NonNullable<PersonNow['outside']>, rails: Rails, hull: Hull): Hold {
  const turn = new Quaternion(...person.turn), at = vectorOf(person.position_m);
  const body = axesOf(new Vector3(1, 0, 0).applyQuaternion(turn), new Vector3(0, 0, -1).applyQuaternion(turn));
  const velocity = vectorOf(person.velocity_m_s), stays = 1 - onTheMove(velocity);
  const off = hull.out(at), turnedAway = stays * smooth(body.face.dot(off), -0.82, -0.55);
  const out = body.face.clone().negate().lerp(off, turnedAway).normalize(), head = hull.softAxis(at).negate();
  head.addScaledVector(out, -head.dot(out));
  if (head.lengthSq() < 0.02) head.copy(body.up).addScaledVector(out, -body.up.dot(out));
  return { at, velocity, out, head: head.normalize(), rail: rails.along(at), body, turnedAway };
}

/** 0 for somebody who stays, 1 on the way. */
export const moving = (hold: Hold): number => onTheMove(hold.velocity);

export const onTheMove = (velocity: Vector3): number => smooth(velocity.length(), 0.015, 0.06);

/** The flight's handrails: points; which way each bar lies is the station model's choice (models/station/rails). */
export class Rails {
  private readonly hull: Hull;
  private readonly points: readonly Vector3[];

  constructor(scene: Scene, hull: Hull) {
    this.hull = hull;
    this.points = scene.station.rails_m.map(vectorOf);
  }

  along(at: Vector3): Vector3 {
    const nearest = this.nearest(at), axis = this.hull.axis(at);
    return nearest % 3 === 0 ? axis.cross(this.hull.out(at)).normalize() : axis;
  }

  /** Where a hook goes that is wanted at a point: on the nearest rail, or on its way from one to the next. */
  hook(at: Vector3): Vector3 {
    const sum = new Vector3();
    let weights = 0;
    const least = this.points[this.nearest(at)]?.distanceTo(at) ?? 0;
    for (const point of this.points) {
      const farther = point.distanceTo(at) - least;
      if (farther > 0.35) continue;
      const weight = Math.exp(-farther * SHARP);
      sum.addScaledVector(point, weight);
      weights += weight;
    }
    return weights > 0 ? sum.divideScalar(weights) : at.clone();
  }

  private nearest(at: Vector3): number {
    let best = -1, least = Infinity;
    this.points.forEach((point, i) => {
      const far = point.distanceToSquared(at);
      if (far < least) [best, least] = [i, far];
    });
    return best;
  }
}

/** One rail wins over another that is 0.1 m farther by e to this tenth. */
const SHARP = 40;

export interface Doorway {
  readonly at: Vector3;
  readonly out: Vector3;
}

/** The hatch that somebody at this place goes by. */
export function doorway(scene: Scene, hull: Hull, near: Vector3): Doorway | undefined {
  const hatches = scene.station.hatches.map((hatch) => vectorOf(hatch.position_m));
  const at = hatches.sort((a, b) => a.distanceToSquared(near) - b.distanceToSquared(near))[0];
  return at && { at, out: hull.out(at) };
}

const INSIDE_M = -1.2;
const OUTSIDE_M = 0.95;
const RIM_M = 0.46;

/** Head first through a hatch: 0 inside, 1 just outside. */
export function inDoorway(door: Doorway, head: Vector3, part: number): Stance {
  const torso = door.at.clone().addScaledVector(door.out, INSIDE_M + (OUTSIDE_M - INSIDE_M) * part);
  const axes = axesOf(head, door.out);
  const hand = (side: 1 | -1): Vector3 => {
    const rim = door.at.clone().addScaledVector(axes.left, side * RIM_M);
    const free = from(torso, axes, side * 0.3, 0.3, 0.35);
    return rim.lerp(free, smooth(Math.abs(torso.clone().sub(door.at).dot(door.out) - 0.05), 0.35, 0.7));
  };
  const rod = axes.face;
  return {
    torso, turn: turnOf(axes), legs: { ...FLOATING, hipL: [10, 3], hipR: [6, 3], kneeL: 20, kneeR: 14 },
    hands: {
      L: { at: hand(1), rod, eitherWay: true, grip: 0.8, fixed: 1 },
      R: { at: hand(-1), rod, eitherWay: true, grip: 0.8, fixed: 1 },
    },
  };
}
