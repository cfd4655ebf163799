/** Hulls as cylinders and boxes, in station axes: keeps cameras out of them and says what hides what. */
import { Line3, Vector3 } from 'three';
import type { Solid } from '../flight/scene';

const AXES = { x: 0, y: 1, z: 2 } as const;
/** How finely a line of sight is walked, metres. */
const STRIDE_M = 0.4;

/** Solar wings are told as thin boxes that lie as they do when they do not turn. */
const THIN_M = 0.5;

/** Hulls, and in place of each wing what it sweeps as it follows the Sun. */
export function withSweeps(solids: readonly Solid[]): Solid[] {
  return solids.map((solid) => {
    if (solid.kind !== 'box' || Math.min(...solid.size_m) > THIN_M) return solid;
    const [, chord = 0, length_m = 0] = [...solid.size_m].sort((a, b) => a - b);
    const axis = (['x', 'y', 'z'] as const)[solid.size_m.indexOf(length_m)] ?? 'x';
    return { ...solid, kind: 'cylinder', axis, length_m, diameter_m: chord };
  });
}

/** Half of the solid's extent along x, y and z. */
function halfSize(solid: Solid): Vector3 {
  if (solid.kind === 'box') return new Vector3(...solid.size_m).multiplyScalar(0.5);
  const half = new Vector3().setScalar(solid.diameter_m / 2);
  return half.setComponent(AXES[solid.axis], solid.length_m / 2);
}

/** Whether the point lies in the solid grown by `margin_m`. */
function inside(solid: Solid, point: Vector3, margin_m: number): boolean {
  const from = point.clone().sub(new Vector3(...solid.centre_m));
  const half = halfSize(solid);
  const within = [0, 1, 2].every((k) => Math.abs(from.getComponent(k)) < half.getComponent(k) + margin_m);
  if (!within || solid.kind === 'box') return within;
  from.setComponent(AXES[solid.axis], 0);
  return from.length() < solid.diameter_m / 2 + margin_m;
}

/** The way out of a solid that holds the point: off a cylinder's skin, or through a box's nearest face. */
function pushed(solid: Solid, point: Vector3, margin_m: number): Vector3 {
  const centre = new Vector3(...solid.centre_m);
  const from = point.clone().sub(centre);
  const half = halfSize(solid);
  if (solid.kind === 'cylinder') {
    const axis = AXES[solid.axis];
    const along = from.getComponent(axis);
    from.setComponent(axis, 0);
    if (from.lengthSq() < 1e-6) from.setComponent((axis + 1) % 3, 1);
    return from.setLength(solid.diameter_m / 2 + margin_m).setComponent(axis, along).add(centre);
  }
  const depth = [0, 1, 2].map((k) => half.getComponent(k) - Math.abs(from.getComponent(k)));
  const face = depth.indexOf(Math.min(...depth));
  const side = from.getComponent(face) < 0 ? -1 : 1;
  return from.setComponent(face, side * (half.getComponent(face) + margin_m)).add(centre);
}

/** The nearest allowed place: the point itself where it is free, else pushed out of every solid in turn. */
export function outOf(solids: readonly Solid[], point: Vector3, margin_m: number): Vector3 {
  let free = point.clone();
  for (let round = 0; round < 4; round++) {
    const hit = solids.find((solid) => inside(solid, free, margin_m));
    if (!hit) break;
    free = pushed(hit, free, margin_m + 0.01);
  }
  return free;
}

/** Whether a hull stands between two points; the last `near_m` before the target do not count. */
export function hides(solids: readonly Solid[], eye: Vector3, target: Vector3, near_m: number): boolean {
  const line = new Line3(eye, target);
  const close = solids.filter((solid) => passes(line, solid));
  const way = target.clone().sub(eye);
  const length = way.length() - near_m;
  way.normalize();
  for (let gone = 0; gone < length && close.length > 0; gone += STRIDE_M) {
    const point = eye.clone().addScaledVector(way, gone);
    if (close.some((solid) => inside(solid, point, 0))) return true;
  }
  return false;
}

/** Whether a line comes within the ball around a solid: most do not, and need no closer look. */
function passes(line: Line3, solid: Solid): boolean {
  const centre = new Vector3(...solid.centre_m);
  return line.closestPointToPoint(centre, true, new Vector3()).distanceTo(centre) < halfSize(solid).length();
}

/** Away from the hull at a point near it: off the nearest solid's axis or middle. */
export function outward(solids: readonly Solid[], point: Vector3): Vector3 {
  let [best, least] = [new Vector3(0, 0, 1), Infinity];
  for (const solid of solids) {
    const skin = pushed(solid, point, 0);
    const gap = inside(solid, point, 0) ? -skin.distanceTo(point) : gapTo(solid, point);
    if (gap >= least) continue;
    least = gap;
    best = awayFrom(solid, point);
  }
  return best;
}

function gapTo(solid: Solid, point: Vector3): number {
  const from = point.clone().sub(new Vector3(...solid.centre_m));
  const half = halfSize(solid);
  const beyond = from.clone().set(...excess(from, half));
  if (solid.kind === 'box') return beyond.length();
  const axis = AXES[solid.axis];
  const along = beyond.getComponent(axis);
  const across = Math.max(0, from.setComponent(axis, 0).length() - solid.diameter_m / 2);
  return Math.hypot(along, across);
}

function excess(from: Vector3, half: Vector3): [number, number, number] {
  const over = (k: number): number => Math.max(0, Math.abs(from.getComponent(k)) - half.getComponent(k));
  return [over(0), over(1), over(2)];
}

function awayFrom(solid: Solid, point: Vector3): Vector3 {
  const from = point.clone().sub(new Vector3(...solid.centre_m));
  if (solid.kind === 'cylinder') from.setComponent(AXES[solid.axis], 0);
  return from.lengthSq() > 1e-6 ? from.normalize() : new Vector3(0, 0, 1);
}
