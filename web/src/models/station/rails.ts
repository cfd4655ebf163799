/** Yellow handrails where the flight's people hold on: the same points, one drawing for all of them. */
import { CylinderGeometry, Group, InstancedMesh, Matrix4 } from 'three';
import type { BufferGeometry, Vector3 } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import type { Scene, Solid } from '../../flight/scene';
import { RAIL_YELLOW } from '../kit/builder';
import type { Materials } from '../kit/materials';
import { V, tidy } from '../kit/shapes';
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
const BARE_ENDS: Readonly<Record<string, readonly [number, number]>> = { zarya: [0.9, 2.9] };
/** No rail is drawn across a hatch: its ring is what hands hold there. */
const HATCH_M = 0.66;

type Point = readonly [number, number, number];

export function makeRails(materials: Materials, place: Scene['station']): Group {
  const hatches = place.hatches.map((hatch) => V(...hatch.position_m));
  const round = place.solids.filter((solid) => solid.kind === 'cylinder');
  const hulls = round.map((solid) => ({ solid, hull: hullOf(solid) }));
  const points = place.rails_m.filter((point) => {
    const at = V(...point);
    return hatches.every((hatch) => hatch.distanceTo(at) > HATCH_M) && !hulls.some((one) => isBare(one, at));
  });
  const stands = points.map((point, i) => standOf(point, hulls, i));
  const group = new Group();
  group.add(copies(materials, barShape(), stands.map((stand) => axesOf(stand, 1))));
  group.add(copies(materials, postsShape(), stands.map((stand) => axesOf(stand, stand.depth))));
  return group;
}

function copies(materials: Materials, shape: BufferGeometry, places: readonly Matrix4[]): InstancedMesh {
  const mesh = new InstancedMesh(shape, materials.get('paint'), places.length);
  mesh.name = 'rails';
  mesh.castShadow = materials.quality !== 'low';
  mesh.receiveShadow = true;
  places.forEach((place, i) => mesh.setMatrixAt(i, place));
  mesh.computeBoundingSphere();
  return mesh;
}

/** On the narrow neck of a small module, where a ship or a neighbour sits, or beside Zarya's slim forward ball. */
function isBare({ solid, hull }: { solid: Solid; hull: Hull }, at: Vector3): boolean {
  const ends = BARE_ENDS[solid.id] ?? (hull.radius > SMALL_M ? undefined : ([CONE_M, CONE_M] as const));
  if (!ends) return false;
  const from = at.clone().sub(hull.from), s = from.dot(hull.along);
  const off = from.addScaledVector(hull.along, -s).length() - hull.radius;
  const onIt = Math.abs(off) < 0.3 && s > -0.1 && s < hull.length + 0.1;
  return onIt && (s < ends[0] || hull.length - s < ends[1]);
}

interface Stand {
  readonly at: Vector3;
  readonly out: Vector3;
  readonly bar: Vector3;
  readonly depth: number;
}

/** On the hull that it belongs to; mostly along it, every third across, as no public drawing tells. */
function standOf(point: Point, hulls: readonly { solid: Solid; hull: Hull }[], i: number): Stand {
  const at = V(...point);
  let least = Infinity, best: Stand = { at, out: V(0, 0, 1), bar: V(1, 0, 0), depth: USUAL_DEPTH };
  for (const { solid, hull } of hulls) {
    const from = at.clone().sub(hull.from), s = from.dot(hull.along);
    const out = from.addScaledVector(hull.along, -s);
    const miss = Math.abs(out.length() - hull.radius) + 3 * Math.max(0, -s, s - hull.length);
    if (miss >= least) continue;
    least = miss;
    out.normalize();
    const toEnd = Math.max(0, Math.min(s, hull.length - s));
    const depth = (DEPTH[solid.id] ?? USUAL_DEPTH) + CONE_DEPTH * Math.max(0, 1 - toEnd / CONE_M);
    best = { at, out, bar: i % 3 === 0 ? hull.along.clone().cross(out) : hull.along, depth };
  }
  return best;
}

/** x along the bar, z away from the hull and stretched to `depth`. */
function axesOf({ at, out, bar }: Stand, depth: number): Matrix4 {
  return new Matrix4().makeBasis(bar, out.clone().cross(bar), out.clone().multiplyScalar(depth)).setPosition(at);
}

function barShape(): BufferGeometry {
  return tidy(new CylinderGeometry(0.018, 0.018, 2 * HALF_LENGTH, 4, 1, true).rotateZ(Math.PI / 2), RAIL_YELLOW);
}

/** Two posts from the bar down to z = -1. */
function postsShape(): BufferGeometry {
  const posts = [-1, 1].map((side) => {
    const post = new CylinderGeometry(0.018, 0.018, 1, 3, 1, true).rotateX(Math.PI / 2);
    return tidy(post.translate(side * (HALF_LENGTH - 0.02), 0, -0.5), RAIL_YELLOW);
  });
  return mergeGeometries(posts) ?? posts[0]!;
}
