/** Yellow handrails where the flight's people hold on: the same points, one drawing for all of them. */
import { BufferGeometry, InstancedMesh, Matrix4, Vector3 } from 'three';
import type { Solid } from '../../flight/scene';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { CylinderGeometry } from 'three';
import { RAIL_YELLOW } from '../kit/builder';
import type { Materials } from '../kit/materials';
import { V, place, tidy } from '../kit/shapes';
import { hullOf } from './hull';

const HALF_LENGTH = 0.26;
/** From the bar down to the skin; Zarya's drawn skin lies a little deeper than its solid. */
const DEPTH: Readonly<Record<string, number>> = { zarya: 0.42 };
const USUAL_DEPTH = 0.17;

export function makeRails(materials: Materials, points: readonly (readonly [number, number, number])[],
  solids: readonly Solid[]): InstancedMesh {
  const mesh = new InstancedMesh(railShape(), materials.get('paint'), points.length);
  mesh.name = 'rails';
  mesh.castShadow = materials.quality !== 'low';
  mesh.receiveShadow = true;
  const hulls = solids.filter((solid) => solid.kind === 'cylinder').map((solid) => ({ solid, hull: hullOf(solid) }));
  points.forEach((point, i) => {
    const at = V(...point);
    const nearest = hulls.map(({ solid, hull }) => {
      const from = at.clone().sub(hull.from), s = from.dot(hull.along);
      const out = from.addScaledVector(hull.along, -s), beyond = Math.max(0, -s, s - hull.length);
      return { solid, hull, out, miss: Math.abs(out.length() - hull.radius) + 3 * beyond };
    }).sort((a, b) => a.miss - b.miss)[0];
    mesh.setMatrixAt(i, nearest ? standing(at, nearest.out, nearest.hull.along, depthOf(nearest.solid), i) : place(at));
  });
  mesh.computeBoundingSphere();
  return mesh;
}

const depthOf = (solid: Solid): number => DEPTH[solid.id] ?? USUAL_DEPTH;

/** Mostly along the hull, every third across, as no public drawing tells. */
function standing(at: Vector3, outward: Vector3, along: Vector3, depth: number, i: number): Matrix4 {
  const out = outward.clone().normalize(), across = along.clone().cross(out);
  const [bar, beside] = i % 3 === 0 ? [across, along.clone().negate()] : [along, across];
  return new Matrix4().makeBasis(bar, beside, out.multiplyScalar(depth)).setPosition(at);
}

/** A bar along x through the origin, on two posts that reach down to z = -1. */
function railShape(): BufferGeometry {
  const bar = new CylinderGeometry(0.0175, 0.0175, 2 * HALF_LENGTH, 5, 1, true).rotateZ(Math.PI / 2);
  const posts = [-1, 1].map((side) =>
    new CylinderGeometry(0.018, 0.018, 1, 3, 1, true).rotateX(Math.PI / 2)
      .applyMatrix4(place(V(side * (HALF_LENGTH - 0.02), 0, -0.5))));
  // The bar keeps its roundness: only the posts are stretched, so its own z is made small beforehand.
  bar.scale(1, 1, 1 / USUAL_DEPTH);
  return mergeGeometries([bar, ...posts].map((part) => tidy(part, RAIL_YELLOW))) ?? bar;
}
