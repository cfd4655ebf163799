/** Gathers primitives by material and merges them, so that a whole vehicle is a handful of draw calls. Metres. */
import {
  BoxGeometry, CatmullRomCurve3, CylinderGeometry, Group, InstancedMesh, Matrix4, Mesh, SphereGeometry, TorusGeometry,
  TubeGeometry,
} from 'three';
import type { BufferGeometry, ColorRepresentation, Euler, Object3D, Vector3 } from 'three';
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import type { MaterialName, Materials } from './materials';
import { along, lathe, place, stretchTexture, tidy } from './shapes';
import type { Profile } from './shapes';

type Colour = ColorRepresentation;

export const RAIL_YELLOW = 0xeeb91c;

/** What throws shadows on slow machines: the broad surfaces. */
const CAST_LOW: ReadonlySet<MaterialName> = new Set(['blanket', 'panel', 'paint', 'cells', 'cloth', 'scorch']);

/** The great arrays' blankets let light through, and where they turn is a guess: no shadow that hides the work. */
const SHEER: ReadonlySet<MaterialName> = new Set(['kapton']);

interface CylinderStyle {
  readonly around?: number;
  readonly open?: boolean;
  readonly tile?: number;
}

export class Builder {
  private readonly bins = new Map<MaterialName, BufferGeometry[]>();

  private readonly frame: Matrix4 | undefined;

  /** `frame` turns and moves all that is added: the axes a model is written in are not always its craft's. */
  constructor(frame?: Matrix4) {
    this.frame = frame;
  }

  add(material: MaterialName, geometry: BufferGeometry, where?: Matrix4, colour: Colour = 0xffffff): void {
    tidy(geometry, colour);
    if (where) geometry.applyMatrix4(where);
    const bin = this.bins.get(material);
    if (bin) bin.push(geometry);
    else this.bins.set(material, [geometry]);
  }

  /** A cylinder or cone between two points. */
  cylinder(
    material: MaterialName, from: Vector3, to: Vector3, radius: number, endRadius = radius, colour: Colour = 0xffffff,
    style: CylinderStyle = {},
  ): void {
    const length = from.distanceTo(to), widest = Math.max(radius, endRadius), tile = style.tile ?? 4;
    const around = style.around ?? (widest > 0.5 ? 40 : widest > 0.06 ? 12 : 7);
    const shape = new CylinderGeometry(endRadius, radius, length, around, 1, style.open ?? false);
    stretchTexture(shape, Math.max(1, Math.round((widest * 6.283) / tile)), Math.max(0.1, length / tile));
    this.add(material, shape, along(from.clone().add(to).multiplyScalar(0.5), to.clone().sub(from)), colour);
  }

  box(material: MaterialName, at: Vector3, size: Vector3, colour: Colour = 0xffffff, turned?: Euler): void {
    this.add(material, new BoxGeometry(size.x, size.y, size.z), place(at, turned), colour);
  }

  roundBox(
    material: MaterialName, at: Vector3, size: Vector3, radius: number, colour: Colour = 0xffffff, turned?: Euler,
  ): void {
    this.add(material, new RoundedBoxGeometry(size.x, size.y, size.z, 1, radius), place(at, turned), colour);
  }

  ball(material: MaterialName, at: Vector3, radius: number, colour: Colour = 0xffffff, around = 32): void {
    const shape = new SphereGeometry(radius, around, Math.ceil(around * 0.7));
    stretchTexture(shape, Math.max(1, Math.round(radius * 1.6)), Math.max(1, Math.round(radius * 0.8)));
    this.add(material, shape, place(at), colour);
  }

  ring(
    material: MaterialName, at: Vector3, axis: Vector3, radius: number, thickness: number, colour: Colour = 0xffffff,
    around = 32,
  ): void {
    const shape = new TorusGeometry(radius, thickness, thickness < 0.03 ? 4 : 6, around).rotateX(Math.PI / 2);
    this.add(material, shape, along(at, axis), colour);
  }

  lathe(
    material: MaterialName, profile: Profile, at: Vector3, axis: Vector3, colour: Colour = 0xffffff, around = 40,
    tile = 4,
  ): void {
    this.add(material, lathe(profile, around, tile), along(at, axis), colour);
  }

  tube(
    material: MaterialName, through: Vector3[], radius: number, colour: Colour = 0xffffff, pieces = 24, around = 6,
  ): void {
    this.add(material, new TubeGeometry(new CatmullRomCurve3(through), pieces, radius, around), undefined, colour);
  }

  /** A handrail: a bar on two posts; `out` is away from the skin. */
  rail(from: Vector3, to: Vector3, out: Vector3, colour: Colour = RAIL_YELLOW): void {
    const lift = out.clone().normalize().multiplyScalar(0.085);
    this.cylinder('paint', from.clone().add(lift), to.clone().add(lift), 0.0175, 0.0175, colour, { open: true });
    for (const foot of [from, to]) {
      this.cylinder('paint', foot, foot.clone().addScaledVector(lift, 1.15), 0.02, 0.02, colour, { around: 5 });
    }
  }

  /** Merge what was gathered into one mesh for each material. */
  build(materials: Materials, into: Object3D = new Group(), shadows = true): Object3D {
    for (const [name, pieces] of this.bins) {
      const merged = mergeGeometries(pieces);
      for (const piece of pieces) piece.dispose();
      if (!merged) continue;
      if (this.frame) merged.applyMatrix4(this.frame);
      const mesh = new Mesh(merged, materials.get(name));
      mesh.name = name;
      mesh.receiveShadow = shadows && name !== 'glow';
      mesh.castShadow = mesh.receiveShadow && (materials.quality === 'low' ? CAST_LOW.has(name) : !SHEER.has(name));
      into.add(mesh);
    }
    this.bins.clear();
    return into;
  }
}

/** Free the geometry of a model; its materials are shared and stay. */
export function disposeGeometry(model: Object3D): void {
  model.traverse((part) => {
    if (part instanceof InstancedMesh) part.dispose();
    if (part instanceof Mesh) (part as Mesh<BufferGeometry>).geometry.dispose();
  });
}
