/** Gathers the pieces of a suit by material, each bound to its bones, and merges them. */
import {
  BoxGeometry, BufferAttribute, CatmullRomCurve3, Color, Float32BufferAttribute, LatheGeometry, TorusGeometry,
  TubeGeometry, Uint16BufferAttribute, Vector2, Vector3,
} from 'three';
import type { BufferGeometry, Euler, Matrix4 } from 'three';
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { place, stretchTexture, tidy } from './kit/shapes';
import type { Profile } from './kit/shapes';
import { boneIndex } from './orlan_bones';
import type { BoneName } from './orlan_bones';

export type SuitMaterial = 'cloth' | 'paint' | 'visor' | 'glow';
export const SUIT_MATERIALS: readonly SuitMaterial[] = ['cloth', 'paint', 'visor', 'glow'];
/** One bone; or, for each vertex, two bones and the share of the second. */
export type Binding = BoneName | ((at: Vector3) => readonly [BoneName, BoneName, number]);

export const PAINTS = {
  white: 0xdcdad0, glove: 0xcfcbbd, pad: 0x8f918d, grey: 0x8b8e90, dark: 0x2c2e30, metal: 0xb9bcbf, hose: 0xb9b6aa,
} as const;
/** A texture's size in metres on cloth. */
const CLOTH_TILE_M = 0.5;

/** A soft body of revolution about +Y: no edge in it is sharp. */
export function softLathe(profile: Profile, around: number): LatheGeometry {
  const shape = new LatheGeometry(profile.map(([radius, y]) => new Vector2(radius, y)), around);
  const widest = Math.max(...profile.map(([radius]) => radius));
  const long = profile.at(-1)![1] - profile[0]![1];
  return stretchTexture(shape, Math.max(1, Math.round((6.28 * widest) / CLOTH_TILE_M)), long / CLOTH_TILE_M);
}

/** Colours by height: the bands on arms and legs. */
export function banded<G extends BufferGeometry>(geometry: G, colourAt: (y: number) => number): G {
  const at = geometry.getAttribute('position'), colours = new Float32Array(at.count * 3), colour = new Color();
  for (let i = 0; i < at.count; i++) {
    colour.set(colourAt(at.getY(i)));
    colours.set([colour.r, colour.g, colour.b], 3 * i);
  }
  geometry.setAttribute('color', new BufferAttribute(colours, 3));
  return geometry;
}

export class SuitSkin {
  private readonly bins = new Map<SuitMaterial, BufferGeometry[]>();

  put(material: SuitMaterial, geometry: BufferGeometry, to: Binding, colour: number, where?: Matrix4): void {
    tidy(geometry, colour);
    if (where) geometry.applyMatrix4(where);
    bind(geometry, to);
    const bin = this.bins.get(material);
    if (bin) bin.push(geometry);
    else this.bins.set(material, [geometry]);
  }

  box(
    material: SuitMaterial, at: Vector3, size: Vector3, to: Binding, colour: number, round = 0, turned?: Euler,
  ): void {
    const shape = round > 0.018 ? new RoundedBoxGeometry(size.x, size.y, size.z, 1, round)
      : new BoxGeometry(size.x, size.y, size.z);
    this.put(material, shape, to, colour, place(at, turned));
  }

  /** A ring about the y axis, pressed flat by `squeeze` (x, z). */
  ring(
    material: SuitMaterial, at: Vector3, radius: number, thick: number, to: Binding, colour: number, squeeze = [1, 1],
  ): void {
    const around = radius > 0.15 ? 26 : 18;
    const shape = new TorusGeometry(radius, thick, 4, around).rotateX(Math.PI / 2);
    this.put(material, shape.scale(squeeze[0] ?? 1, 1, squeeze[1] ?? 1), to, colour, place(at));
  }

  hose(through: readonly Vector3[], colour: number): void {
    this.put('paint', new TubeGeometry(new CatmullRomCurve3([...through]), 14, 0.014, 5), 'torso', colour);
  }

  build(): ReadonlyMap<SuitMaterial, BufferGeometry> {
    const merged = new Map<SuitMaterial, BufferGeometry>();
    for (const [material, pieces] of this.bins) {
      const whole = mergeGeometries(pieces);
      if (whole) merged.set(material, whole);
      for (const piece of pieces) piece.dispose();
    }
    this.bins.clear();
    return merged;
  }
}

function bind(geometry: BufferGeometry, to: Binding): void {
  const places = geometry.getAttribute('position'), at = new Vector3();
  const bones = new Uint16Array(places.count * 4), shares = new Float32Array(places.count * 4);
  for (let i = 0; i < places.count; i++) {
    at.fromBufferAttribute(places, i);
    const [first, second, share] = typeof to === 'string' ? [to, to, 0] as const : to(at);
    bones.set([boneIndex(first), boneIndex(second)], 4 * i);
    shares.set([1 - share, share], 4 * i);
  }
  geometry.setAttribute('skinIndex', new Uint16BufferAttribute(bones, 4));
  geometry.setAttribute('skinWeight', new Float32BufferAttribute(shares, 4));
}
