/** A module as its drawing needs it: the flight's own solid (station axes), measured from one of its ends. */
import { BoxGeometry, Matrix4, Vector3 } from 'three';
import type { Solid } from '../../flight/scene';
import type { Builder } from '../kit/builder';
import type { Seeded } from '../kit/seed';
import { TURN, V, axesAt } from '../kit/shapes';

export const RUSSIAN_WHITE = 0xdedbd0;
export const AMERICAN_WHITE = 0xe6e7e6;
export const GREY = 0x8d9094;
export const GOLD = 0xc79a4a;
export const RING = 0xc6c3b6;

export interface Hull {
  readonly from: Vector3;
  /** Along the module, and two directions across. */
  readonly along: Vector3;
  readonly up: Vector3;
  readonly side: Vector3;
  readonly length: number;
  readonly radius: number;
}

const AXES = { x: V(1, 0, 0), y: V(0, 1, 0), z: V(0, 0, 1) } as const;

/** From the end with the lower coordinate, or from the other one. */
export function hullOf(solid: Solid, fromHighEnd = false): Hull {
  const along = AXES[solid.axis].clone().multiplyScalar(fromHighEnd ? -1 : 1);
  const up = solid.axis === 'z' ? V(0, 1, 0) : V(0, 0, -1);
  return {
    from: V(...solid.centre_m).addScaledVector(along, -solid.length_m / 2),
    along,
    up,
    side: along.clone().cross(up),
    length: solid.length_m,
    radius: solid.diameter_m / 2,
  };
}

export function onAxis(hull: Hull, s: number): Vector3 {
  return hull.from.clone().addScaledVector(hull.along, s);
}

/** Away from the axis at an angle from `up`. */
export function outward(hull: Hull, angle: number): Vector3 {
  return hull.up.clone().multiplyScalar(Math.cos(angle)).addScaledVector(hull.side, Math.sin(angle));
}

export function onSkin(hull: Hull, s: number, angle: number, radius = hull.radius): Vector3 {
  return onAxis(hull, s).addScaledVector(outward(hull, angle), radius);
}

/** Axes of a thing that stands on the skin: x around, y along, z out. */
export function standing(hull: Hull, s: number, angle: number, lift: number, radius = hull.radius): Matrix4 {
  const out = outward(hull, angle);
  return axesAt(onSkin(hull, s, angle, radius + lift), hull.along.clone().cross(out), hull.along, out);
}

export interface Fittings {
  readonly boxes: number;
  readonly cables: number;
  readonly american?: boolean;
  readonly radius?: number;
}

/** Boxes and cables strewn over the skin between two stations: invented, so that the hull reads at the scale it has. */
export function dress(b: Builder, hull: Hull, from: number, to: number, random: Seeded, fittings: Fittings): void {
  const radius = fittings.radius ?? hull.radius;
  for (let i = 0; i < fittings.boxes; i++) {
    const size = V(random.range(0.1, 0.4), random.range(0.12, 0.5), random.range(0.05, 0.18));
    const where = standing(hull, random.range(from + 0.2, to - 0.2), random.next() * TURN, size.z / 2, radius);
    const material = !fittings.american && random.next() < 0.5 ? 'blanket' : 'paint';
    const colour = random.pick([0xe4e2d8, 0xb9b9b2, 0x6b6d6d, 0xcfc9b4]);
    b.add(material, new BoxGeometry(size.x, size.y, size.z), where, colour);
  }
  for (let i = 0; i < fittings.cables; i++) {
    const angle = random.next() * TURN;
    const way = [0, 1, 2, 3, 4].map((k) => {
      return onSkin(hull, from + ((to - from) * k) / 4, angle + random.range(-0.08, 0.08), radius + 0.025);
    });
    b.tube('paint', way, 0.016, random.next() < 0.5 ? 0x33363a : 0xb8b2a0, 12, 4);
  }
}

/** Docking target: a white cross on a black disc, and a second cross in front of it that must cover the first. */
export function dockingTarget(b: Builder, at: Vector3, out: Vector3, up: Vector3): void {
  const wide = out.clone().cross(up);
  const bar = (lift: number, along: Vector3, across: Vector3, length: number, width: number) => {
    const where = axesAt(at.clone().addScaledVector(out, lift), along, across, along.clone().cross(across));
    b.add('matte', new BoxGeometry(length, width, 0.014), where, 0xf4f4f2);
  };
  b.cylinder('matte', at, at.clone().addScaledVector(out, 0.02), 0.2, 0.2, 0x0c0c0c, { around: 24 });
  b.cylinder('matte', at, at.clone().addScaledVector(out, 0.3), 0.012, 0.012, 0xd8d8d4);
  for (const [along, across] of [[wide, up], [up, wide]] as const) {
    bar(0.03, along, across, 0.36, 0.05);
    bar(0.3, along, across, 0.2, 0.03);
  }
}
