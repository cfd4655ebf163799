/** Who comes to the capsule: a marker flag and two six-wheeled vehicles. y up, the ground at y = 0. A suggestion. */
import { BufferGeometry, Euler, Float32BufferAttribute, Group } from 'three';
import { Builder } from '../kit/builder';
import type { Materials } from '../kit/materials';
import { V, place } from '../kit/shapes';

const BLUE = 0x4f86b8;

export function makeRescue(materials: Materials): Group {
  const group = new Group(), b = new Builder();
  flag(b, -3.4, 0.6);
  b.build(materials, group);
  for (const [x, z, turn] of [[-10, -9, 0.5], [-13, 3, -2.6]] as const) {
    const v = new Builder(place(V(x, 0, z), new Euler(0, turn, 0)));
    vehicle(v);
    v.build(materials, group);
  }
  return group;
}

function flag(b: Builder, x: number, z: number): void {
  b.cylinder('paint', V(x, 0, z), V(x, 3.4, z), 0.025, 0.018, 0xe8e6de);
  const cloth = new BufferGeometry(), wave = [0, 0.06, -0.05, 0.04], points: number[] = [], uv: number[] = [];
  wave.forEach((dz, i) => {
    const share = i / 3, half = 0.42 * (1 - 0.55 * share);
    for (const side of [1, -1]) {
      points.push(x + 1.2 * share, 2.9 + side * half, z + dz);
      uv.push(share, side);
    }
  });
  cloth.setAttribute('position', new Float32BufferAttribute(points, 3));
  cloth.setAttribute('uv', new Float32BufferAttribute(uv, 2));
  cloth.setIndex([0, 1, 2, 2, 1, 3, 2, 3, 4, 4, 3, 5, 4, 5, 6, 6, 5, 7]);
  cloth.computeVertexNormals();
  b.add('matte', cloth, undefined, 0xe06a1c);
}

/** A boat-shaped hull on six wheels, its cabin forward (+x). */
function vehicle(b: Builder): void {
  b.roundBox('paint', V(0, 1.25, 0), V(8.6, 1.1, 2.5), 0.25, BLUE);
  b.box('paint', V(0, 1.72, 0), V(8.3, 0.12, 2.54), 0xf0f0ec);
  b.roundBox('paint', V(1.9, 2.15, 0), V(3.4, 0.95, 2.2), 0.2, BLUE);
  b.roundBox('paint', V(-2.0, 2.05, 0), V(3.6, 0.7, 2.2), 0.2, 0xe4e5e1);
  b.box('glass', V(3.58, 2.2, 0), V(0.08, 0.5, 1.9), 0x1c2228);
  for (const side of [1, -1]) {
    b.box('glass', V(2.0, 2.25, side * 1.08), V(2.4, 0.42, 0.08), 0x1c2228);
    for (const x of [-2.7, 0, 2.7]) {
      b.cylinder('matte', V(x, 0.72, side * 0.85), V(x, 0.72, side * 1.3), 0.72, 0.72, 0x202122, { around: 20 });
      b.cylinder('paint', V(x, 0.72, side * 1.3), V(x, 0.72, side * 1.33), 0.3, 0.3, 0x9a9c9a, { around: 12 });
    }
  }
  b.cylinder('glow', V(2.6, 2.62, 0), V(2.6, 2.78, 0), 0.1, 0.08, 0xffa030);
  b.cylinder('paint', V(-3.6, 2.4, 0.8), V(-3.6, 4.6, 0.8), 0.02, 0.01, 0x303234);
}
