/** Tethers: slack lines with a hook at each end, all of them in two draw calls. There is no weight in orbit: a slack
 * line is given the shape of a catenary only because a bent line of given length looks like that; it drifts slowly. */
import {
  BufferGeometry, Color, DynamicDrawUsage, Float32BufferAttribute, Group, InstancedMesh, Matrix4, Mesh, Quaternion,
  TorusGeometry, Vector3,
} from 'three';
import type { Materials } from './kit/materials';
import { tidy } from './kit/shapes';

export interface Line {
  readonly from: Vector3;
  readonly to: Vector3;
  readonly length_m: number;
  /** The way the slack drifts. */
  readonly slack: Vector3;
  readonly colour: number;
}

const PIECES = 22;
const AROUND = 5;
const RADIUS_M = 0.0075;
const HIDDEN = new Matrix4().makeScale(0, 0, 0);

/** Points of a line of `length_m` from a to b that bulges along `slack`. */
export function catenary(line: Line, pieces: number): Vector3[] {
  const way = line.to.clone().sub(line.from), slack = line.slack.clone().normalize();
  const rise = -way.dot(slack), flat = way.clone().addScaledVector(slack, rise);
  const run = Math.max(flat.length(), 1e-3);
  if (flat.lengthSq() > 1e-9) flat.normalize();
  const length = Math.max(line.length_m, way.length() * 1.0005);
  const steep = steepness(Math.sqrt(Math.max(length ** 2 - rise ** 2, run ** 2 * 1.0001)) / run);
  const scale = run / (2 * steep), low = run / 2 - scale * Math.asinh(rise / (2 * scale * Math.sinh(steep)));
  const start = scale * Math.cosh(low / scale);
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const x = (run * i) / pieces, drop = scale * Math.cosh((x - low) / scale) - start;
    return line.from.clone().addScaledVector(flat, x).addScaledVector(slack, -drop);
  });
}

/** Solves sinh(x)/x = ratio. */
function steepness(ratio: number): number {
  let low = 1e-4, high = 12;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (Math.sinh(middle) / middle > ratio) high = middle;
    else low = middle;
  }
  return low;
}

export class Tethers {
  readonly group = new Group();
  private readonly shape = new BufferGeometry();
  private readonly places: Float32BufferAttribute;
  private readonly normals: Float32BufferAttribute;
  private readonly colours: Float32BufferAttribute;
  private readonly hooks: InstancedMesh;

  constructor(materials: Materials, private readonly most: number) {
    const count = most * (PIECES + 1) * AROUND;
    const attribute = (): Float32BufferAttribute =>
      new Float32BufferAttribute(new Float32Array(count * 3), 3).setUsage(DynamicDrawUsage) as Float32BufferAttribute;
    this.places = attribute();
    this.normals = attribute();
    this.colours = attribute();
    this.shape.setAttribute('position', this.places).setAttribute('normal', this.normals);
    this.shape.setAttribute('color', this.colours).setIndex(triangles(most));
    const lines = new Mesh(this.shape, materials.get('paint'));
    const hook = tidy(new TorusGeometry(0.02, 0.005, 5, 12).scale(1, 1.7, 1), 0xb9bcc0);
    this.hooks = new InstancedMesh(hook, materials.get('metal'), most * 2);
    lines.frustumCulled = this.hooks.frustumCulled = false;
    lines.castShadow = lines.receiveShadow = true;
    this.group.add(lines, this.hooks);
  }

  draw(lines: readonly Line[]): void {
    const drawn = lines.slice(0, this.most);
    drawn.forEach((line, i) => this.lay(line, i));
    this.shape.setDrawRange(0, drawn.length * PIECES * AROUND * 6);
    for (let i = 2 * drawn.length; i < 2 * this.most; i++) this.hooks.setMatrixAt(i, HIDDEN);
    this.places.needsUpdate = this.normals.needsUpdate = this.colours.needsUpdate = true;
    this.hooks.instanceMatrix.needsUpdate = true;
  }

  dispose(): void {
    this.shape.dispose();
    this.hooks.geometry.dispose();
    this.hooks.dispose();
  }

  private lay(line: Line, which: number): void {
    const points = catenary(line, PIECES), colour = new Color(line.colour), first = which * (PIECES + 1) * AROUND;
    let side = anyAcross(line.to.clone().sub(line.from));
    points.forEach((point, i) => {
      const along = tangent(points, i);
      side = side.clone().addScaledVector(along, -side.dot(along)).normalize();
      const other = along.clone().cross(side);
      for (let k = 0; k < AROUND; k++) {
        const angle = (2 * Math.PI * k) / AROUND, at = first + i * AROUND + k;
        const out = side.clone().multiplyScalar(Math.cos(angle)).addScaledVector(other, Math.sin(angle));
        this.normals.setXYZ(at, out.x, out.y, out.z);
        out.multiplyScalar(RADIUS_M).add(point);
        this.places.setXYZ(at, out.x, out.y, out.z);
        this.colours.setXYZ(at, colour.r, colour.g, colour.b);
      }
    });
    this.hook(2 * which, points[0], points[1]);
    this.hook(2 * which + 1, points[PIECES], points[PIECES - 1]);
  }

  private hook(which: number, end?: Vector3, before?: Vector3): void {
    if (!end || !before) return;
    const out = end.clone().sub(before).normalize();
    const turn = new Quaternion().setFromUnitVectors(new Vector3(0, 1, 0), out);
    const at = end.clone().addScaledVector(out, 0.02);
    this.hooks.setMatrixAt(which, new Matrix4().compose(at, turn, new Vector3(1, 1, 1)));
  }
}

function tangent(points: readonly Vector3[], i: number): Vector3 {
  const from = points[Math.max(i - 1, 0)], to = points[Math.min(i + 1, points.length - 1)];
  return from && to ? to.clone().sub(from).normalize() : new Vector3(0, 1, 0);
}

function anyAcross(way: Vector3): Vector3 {
  const other = Math.abs(way.x) < 0.8 * way.length() ? new Vector3(1, 0, 0) : new Vector3(0, 1, 0);
  return other.cross(way).normalize();
}

function triangles(most: number): number[] {
  const index: number[] = [];
  for (let line = 0; line < most; line++) {
    for (let i = 0; i < PIECES; i++) {
      for (let k = 0; k < AROUND; k++) {
        const ring = (line * (PIECES + 1) + i) * AROUND, a = ring + k, b = ring + ((k + 1) % AROUND);
        index.push(a, b, a + AROUND, b, b + AROUND, a + AROUND);
      }
    }
  }
  return index;
}
