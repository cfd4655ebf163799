/** Geometry made ready for merging: an index, a vertex colour, and nothing that its neighbours do not have. */
import {
  BufferAttribute, BufferGeometry, Color, Euler, Float32BufferAttribute, Matrix4, Quaternion, Vector3,
} from 'three';
import type { ColorRepresentation } from 'three';

export const V = (x = 0, y = 0, z = 0): Vector3 => new Vector3(x, y, z);
export const radians = (degrees: number): number => (degrees * Math.PI) / 180;
export const TURN = 2 * Math.PI;

/** Radius and height, in rising order of height. */
export type Profile = readonly (readonly [number, number])[];

const MERGED = new Set(['position', 'normal', 'uv', 'color', 'skinIndex', 'skinWeight']);
const CREASE = Math.cos(radians(32));

/** Takes +Y to `direction` and the origin to `at`. */
export function along(at: Vector3, direction: Vector3): Matrix4 {
  const turn = new Quaternion().setFromUnitVectors(V(0, 1, 0), direction.clone().normalize());
  return new Matrix4().compose(at, turn, V(1, 1, 1));
}

export function place(at: Vector3, turned = new Euler()): Matrix4 {
  return new Matrix4().compose(at, new Quaternion().setFromEuler(turned), V(1, 1, 1));
}

/** Columns x, y, z of a body's axes, and where it stands. */
export function axesAt(at: Vector3, x: Vector3, y: Vector3, z: Vector3): Matrix4 {
  return new Matrix4().makeBasis(x, y, z).setPosition(at);
}

export function tidy(geometry: BufferGeometry, colour: ColorRepresentation = 0xffffff): BufferGeometry {
  const count = geometry.attributes.position?.count ?? 0;
  if (!geometry.index) geometry.setIndex([...Array(count).keys()]);
  if (!geometry.attributes.color) geometry.setAttribute('color', plainColour(count, colour));
  for (const name of Object.keys(geometry.attributes)) if (!MERGED.has(name)) geometry.deleteAttribute(name);
  geometry.clearGroups();
  return geometry;
}

function plainColour(count: number, colour: ColorRepresentation): BufferAttribute {
  const { r, g, b } = new Color(colour);
  const colours = new Float32Array(count * 3);
  for (let i = 0; i < colours.length; i += 3) {
    colours[i] = r;
    colours[i + 1] = g;
    colours[i + 2] = b;
  }
  return new BufferAttribute(colours, 3);
}

export function stretchTexture<G extends BufferGeometry>(geometry: G, u: number, v: number): G {
  const uv = geometry.attributes.uv;
  if (uv) for (let i = 0; i < uv.count; i++) uv.setXY(i, uv.getX(i) * u, uv.getY(i) * v);
  return geometry;
}

/** Turn a closed skin inside out, so that it is a room seen from within. */
export function insideOut(geometry: BufferGeometry): BufferGeometry {
  const index = geometry.index, normal = geometry.attributes.normal;
  if (index) {
    for (let i = 0; i < index.count; i += 3) {
      const first = index.getX(i);
      index.setX(i, index.getX(i + 1));
      index.setX(i + 1, first);
    }
  }
  if (!normal) return geometry;
  for (let i = 0; i < normal.count; i++) normal.setXYZ(i, -normal.getX(i), -normal.getY(i), -normal.getZ(i));
  return geometry;
}

/**
 * A body of revolution about +Y; corners sharper than 32 degrees stay sharp. `tile` is a texture's size in metres;
 * `arc` leaves it a shell that is open on one side.
 */
export function lathe(profile: Profile, around = 40, tile = 4, arc = TURN): BufferGeometry {
  const skin = new Skin(arc);
  const widest = Math.max(...profile.map(([radius]) => radius));
  const turns = Math.max(1, Math.round((widest * TURN) / tile));
  const facing = segmentNormals(profile);
  let run = 0;
  for (let k = 0; k + 1 < profile.length; k++) {
    const [r0, y0] = profile[k]!, [r1, y1] = profile[k + 1]!;
    const length = Math.hypot(r1 - r0, y1 - y0);
    const low = skin.ring(r0, y0, soften(facing, k, k - 1), around, turns, run / tile);
    const high = skin.ring(r1, y1, soften(facing, k, k + 1), around, turns, (run + length) / tile);
    skin.band(low, high, around, r0 < 1e-6, r1 < 1e-6);
    run += length;
  }
  return skin.geometry();
}

type Pair = readonly [number, number];

function segmentNormals(profile: Profile): Pair[] {
  return profile.slice(1).map(([r1, y1], k) => {
    const [r0, y0] = profile[k]!;
    const length = Math.hypot(r1 - r0, y1 - y0) || 1;
    return [(y1 - y0) / length, -(r1 - r0) / length] as const;
  });
}

/** The normal of segment `a`, leaning towards its neighbour's where the corner between them is blunt. */
function soften(facing: readonly Pair[], a: number, neighbour: number): Pair {
  const own = facing[a]!, other = facing[neighbour];
  if (!other || own[0] * other[0] + own[1] * other[1] < CREASE) return own;
  const x = own[0] + other[0], y = own[1] + other[1], length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
}

/** Vertices and triangles gathered ring by ring. */
class Skin {
  private readonly arc: number;
  private readonly positions: number[] = [];
  private readonly normals: number[] = [];
  private readonly uvs: number[] = [];
  private readonly triangles: number[] = [];

  constructor(arc: number) {
    this.arc = arc;
  }

  ring(radius: number, y: number, facing: Pair, around: number, turns: number, v: number): number {
    const first = this.positions.length / 3;
    for (let i = 0; i <= around; i++) {
      const angle = (i / around) * this.arc, sine = Math.sin(angle), cosine = Math.cos(angle);
      this.positions.push(radius * sine, y, radius * cosine);
      this.normals.push(facing[0] * sine, facing[1], facing[0] * cosine);
      this.uvs.push((i / around) * turns, v);
    }
    return first;
  }

  band(low: number, high: number, around: number, lowIsPoint: boolean, highIsPoint: boolean): void {
    for (let i = 0; i < around; i++) {
      const a = low + i, b = high + i;
      if (!lowIsPoint) this.triangles.push(a, a + 1, highIsPoint ? b : b + 1);
      if (!highIsPoint) this.triangles.push(a, b + 1, b);
    }
  }

  geometry(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new Float32BufferAttribute(this.positions, 3));
    geometry.setAttribute('normal', new Float32BufferAttribute(this.normals, 3));
    geometry.setAttribute('uv', new Float32BufferAttribute(this.uvs, 2));
    geometry.setIndex(this.triangles);
    return geometry;
  }
}
