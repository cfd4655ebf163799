/** Yellow handrails where the flight's people hold on: the same points, one drawing for all of them. */
import { CylinderGeometry, InstancedMesh, Matrix4 } from 'three';
import type { BufferGeometry, Vector3 } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import type { Scene, Solid } from '../../flight/scene';
import { RAIL_YELLOW } from '../kit/builder';
import type { Materials } from '../kit/materials';
import { V, place, tidy } from '../kit/shapes';
import { hullOf } from './hull';
import type { Hull } from './hull';

const HALF_LENGTH = 0.26;
/** From the bar down to the skin; Zarya's drawn skin lies a little deeper than its solid. */
const DEPTH: Readonly<Record<string, number>> = { zarya: 0.42 };
const USUAL_DEPTH = 0.17;

/** Hulls narrow towards their ports: there the posts are longer. */
const CONE_M = 0.6;
const CONE_DEPTH = 0.4;
const SMALL_M = 1.3;
/** No rail is drawn across a hatch: its ring is what hands hold there. */
const HATCH_M = 0.66;

type Point = readonly [number, number, number];

export function makeRails(materials: Materials, place: Scene['station']): InstancedMesh {
  const hatches = place.hatches.map((hatch) => V(...hatch.position_m));
  const round = place.solids.filter((solid) => solid.kind === 'cylinder');
  const hulls = round.map((solid) => ({ solid, hull: hullOf(solid) }));
  const points = place.rails_m.filter((point) => {
    const at = V(...point);
    return hatches.every((hatch) => hatch.distanceTo(at) > HATCH_M) && !hulls.some(({ hull }) => besidePort(hull, at));
  });
  const mesh = new InstancedMesh(railShape(), materials.get('paint'), points.length);
  mesh.name = 'rails';
  mesh.castShadow = materials.quality !== 'low';
  mesh.receiveShadow = true;
  points.forEach((point, i) => mesh.setMatrixAt(i, standing(point, hulls, i)));
  mesh.computeBoundingSphere();
  return mesh;
}

/** On the narrow neck of a small module, where a ship or a neighbour sits. */
function besidePort(hull: Hull, at: Vector3): boolean {
  if (hull.radius > SMALL_M) return false;
  const from = at.clone().sub(hull.from), s = from.dot(hull.along);
  const off = from.addScaledVector(hull.along, -s).length() - hull.radius;
  return Math.abs(off) < 0.3 && s > -0.1 && s < hull.length + 0.1 && Math.min(s, hull.length - s) < CONE_M;
}

/** On the hull that it belongs to; mostly along it, every third across, as no public drawing tells. */
function standing(point: Point, hulls: readonly { solid: Solid; hull: Hull }[], i: number): Matrix4 {
  const at = V(...point);
  let least = Infinity, best: Matrix4 = new Matrix4().setPosition(at);
  for (const { solid, hull } of hulls) {
    const from = at.clone().sub(hull.from), s = from.dot(hull.along);
    const out = from.addScaledVector(hull.along, -s);
    const miss = Math.abs(out.length() - hull.radius) + 3 * Math.max(0, -s, s - hull.length);
    if (miss >= least) continue;
    least = miss;
    const toEnd = Math.max(0, Math.min(s, hull.length - s));
    const depth = (DEPTH[solid.id] ?? USUAL_DEPTH) + CONE_DEPTH * Math.max(0, 1 - toEnd / CONE_M);
    best = railAxes(at, out.normalize(), hull.along, depth, i % 3 === 0);
  }
  return best;
}

function railAxes(at: Vector3, out: Vector3, along: Vector3, depth: number, acrossHull: boolean): Matrix4 {
  const across = along.clone().cross(out);
  const [bar, beside] = acrossHull ? [across, along.clone().negate()] : [along, across];
  return new Matrix4().makeBasis(bar, beside, out.clone().multiplyScalar(depth)).setPosition(at);
}

/** A bar along x through the origin, on two posts that reach down to z = -1. */
function railShape(): BufferGeometry {
  const bar = new CylinderGeometry(0.018, 0.018, 2 * HALF_LENGTH, 4, 1, true).rotateZ(Math.PI / 2);
  const posts = [-1, 1].map((side) =>
    new CylinderGeometry(0.018, 0.018, 1, 3, 1, true).rotateX(Math.PI / 2)
      .applyMatrix4(place(V(side * (HALF_LENGTH - 0.02), 0, -0.5))));
  // The bar keeps its roundness: only the posts are stretched, so its own z is made small beforehand.
  bar.scale(1, 1, 1 / USUAL_DEPTH);
  return mergeGeometries([bar, ...posts].map((part) => tidy(part, RAIL_YELLOW))) ?? bar;
}
