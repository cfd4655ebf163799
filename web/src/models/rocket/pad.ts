/**
 * The start at Baikonur, a suggestion of it: a table of concrete beside the flame pit, arms like petals that hold the
 * rocket by its waist, cable masts, lowered service halves, lightning towers. y is up, y = 0 the ground in the pit.
 * Which way the pit opens was not looked up: +x is taken.
 */
import { BoxGeometry, Euler, Group } from 'three';
import type { Vector3 } from 'three';
import { Builder } from '../kit/builder';
import type { Materials } from '../kit/materials';
import { TURN, V, place } from '../kit/shapes';
import { outward } from './rocket';

/** The table's top above the pit, and how high the arms hold. */
const TABLE_Y = 6.5;
const WAIST_Y = 19.5;
const HINGE_OUT = 8.2;
const CONCRETE = 0xa39d92;
const STEEL = 0x7f8b93;
const RUST = 0x8d6e58;

export interface Pad {
  readonly group: Group;
  /** 0 holding, 1 thrown open. */
  openArms(share: number): void;
}

export function makePad(materials: Materials): Pad {
  const b = new Builder();
  table(b);
  for (const side of [1, -1]) serviceHalf(b, side);
  for (const [x, z] of [[-46, 38], [-46, -38], [40, 44], [40, -44]] as const) lightningTower(b, x, z);
  floodlights(b);
  const group = b.build(materials) as Group;
  const arms = [0, 1, 2, 3].map((i) => hinged(materials, group, (i * TURN) / 4, drawArm));
  const masts = [0.6, 3.9].map((angle) => hinged(materials, group, angle, drawMast));
  return {
    group,
    openArms(share) {
      for (const arm of arms) arm.rotation.z = -0.5 * share;
      for (const mast of masts) mast.rotation.z = -0.32 * share;
    },
  };
}

/** Slabs around the opening, columns towards the pit, the pit's sloping walls. */
function table(b: Builder): void {
  const slab = (x: number, z: number, wide: number, deep: number) =>
    b.box('paint', V(x, TABLE_Y - 0.75, z), V(wide, 1.5, deep), CONCRETE);
  slab(-21, 0, 30, 56);
  slab(7, 17.5, 26, 21);
  slab(7, -17.5, 26, 21);
  b.box('paint', V(-30, TABLE_Y / 2 - 0.8, 0), V(46, TABLE_Y - 1.4, 56), 0x8f897d);
  for (const z of [-26, -16, -8.5, 8.5, 16, 26]) {
    for (const x of [0, 9, 18]) b.box('paint', V(x, (TABLE_Y - 1.5) / 2, z), V(1.4, TABLE_Y - 1.5, 1.4), 0x8f897d);
  }
  for (const side of [1, -1]) bank(b, 20, 74, side * 28, side * 6);
  bank(b, -53, 20, 28, 42);
  bank(b, -53, 20, -28, -42);
  b.box('paint', V(34, -0.3, 0), V(92, 0.6, 46), 0x77716a);
  for (let k = 1; k < 9; k++) b.box('paint', V(k * 9, 0.02, 0), V(0.25, 0.05, 44), 0x5c5750);
  for (const z of [-22, 22]) cabin(b, -26, z);
  b.ring('metal', V(0, TABLE_Y, 0), V(0, 1, 0), 6.6, 0.18, STEEL, 40);
  for (let i = 0; i < 24; i++) {
    b.cylinder('paint', V(-34 + i * 2.3, TABLE_Y, 27.6), V(-34 + i * 2.3, TABLE_Y + 1.1, 27.6), 0.03, 0.03, 0xd8b54a);
  }
}

/** Earth and concrete heaped up to the table's height at `high` (z), running out to the ground at `low`. */
function bank(b: Builder, fromX: number, toX: number, high: number, low: number): void {
  const wide = Math.abs(low - high), top = TABLE_Y - 0.3, tilt = Math.atan2(top, wide), long = Math.hypot(top, wide);
  const turn = new Euler(Math.sign(low - high) * tilt, 0, 0);
  const at = V((fromX + toX) / 2, top / 2 - 0.5, (high + low) / 2);
  b.add('paint', new BoxGeometry(toX - fromX, 1, long), place(at, turn), 0x8c8375);
}

function cabin(b: Builder, x: number, z: number): void {
  b.box('paint', V(x, TABLE_Y + 2, z), V(9, 4, 6), 0xb8b2a4);
  b.box('glass', V(x + 4.55, TABLE_Y + 2.4, z), V(0.1, 1.2, 4.6), 0x2a3138);
  b.box('paint', V(x, TABLE_Y + 4.15, z), V(9.6, 0.3, 6.6), 0x6f6a62);
}

/** A thing that swings about a tangent of the ring; its own x points away from the rocket. */
function hinged(materials: Materials, into: Group, angle: number, draw: (b: Builder) => void): Group {
  const b = new Builder(), frame = new Group();
  draw(b);
  const leaf = b.build(materials) as Group;
  frame.position.copy(outward(angle).multiplyScalar(HINGE_OUT).setY(TABLE_Y));
  frame.rotation.y = -angle;
  into.add(frame.add(leaf));
  return leaf;
}

/** Lattice from the hinge up and in to the rocket's waist; a counterweight below swings it open. */
function drawArm(b: Builder): void {
  const tip = V(1.75 - HINGE_OUT, WAIST_Y - TABLE_Y, 0);
  girder(b, V(0, 0, 0), tip, 1.5, 0.7, 9, STEEL);
  b.box('metal', tip, V(0.9, 1.1, 1.7), 0x666e74);
  b.box('paint', V(1.9, -2.4, 0), V(2.0, 2.4, 3.0), 0x6f6a62);
  b.cylinder('metal', V(0, 0, -1.6), V(0, 0, 1.6), 0.35, 0.35, 0x5a6064);
}

function drawMast(b: Builder): void {
  girder(b, V(0.5, 0, 0), V(2.5 - HINGE_OUT, 29 - TABLE_Y, 0), 1.1, 0.8, 14, RUST);
  b.cylinder('metal', V(2.5 - HINGE_OUT, 28 - TABLE_Y, 0), V(1.6 - HINGE_OUT, 27.5 - TABLE_Y, 0), 0.25, 0.2, 0x5a6064);
}

/** Four chords and their zigzags between two points, wide across z. */
function girder(
  b: Builder, from: Vector3, to: Vector3, wide: number, narrow: number, bays: number, colour: number,
): void {
  const way = to.clone().sub(from), side = V(0, 0, 1), up = way.clone().cross(side).normalize();
  const at = (share: number, s: number, u: number) => {
    const half = (wide + (narrow - wide) * share) / 2;
    return from.clone().addScaledVector(way, share).addScaledVector(side, s * half).addScaledVector(up, u * half);
  };
  const corners = [[1, 1], [1, -1], [-1, -1], [-1, 1]] as const, style = { around: 4, open: true };
  corners.forEach(([s, u], k) => {
    b.cylinder('paint', at(0, s, u), at(1, s, u), 0.11, 0.09, colour, style);
    const [s2, u2] = corners[(k + 1) % 4]!;
    for (let i = 0; i < bays; i++) {
      const [first, second] = i % 2 ? [[s, u], [s2, u2]] as const : [[s2, u2], [s, u]] as const;
      const low = at(i / bays, first[0], first[1]), high = at((i + 1) / bays, second[0], second[1]);
      b.cylinder('paint', low, high, 0.055, 0.055, colour, style);
    }
  });
}

/** One half of the service structure, lowered to the ground before the start. */
function serviceHalf(b: Builder, side: number): void {
  const foot = V(-14, TABLE_Y + 1.5, side * 12), top = V(-17, TABLE_Y + 3.5, side * 42);
  girder(b, foot, top, 5, 4, 10, 0x8a949b);
  for (let k = 0; k < 5; k++) {
    const at = foot.clone().lerp(top, 0.15 + k * 0.18).add(V(0, 1.8, 0));
    b.box('paint', at, V(7, 0.3, 3.4), k % 2 ? 0xb9b4a6 : 0x9fa6a8);
  }
}

function lightningTower(b: Builder, x: number, z: number): void {
  girder(b, V(x, 0, z), V(x, 62, z), 4.2, 1.0, 18, 0xa0a5a8);
  b.cylinder('metal', V(x, 62, z), V(x, 72, z), 0.12, 0.04, 0xb5b8ba);
  for (let k = 1; k < 4; k++) b.box('paint', V(x, k * 15.5, z), V(4.2 - k * 0.7, 0.5, 4.2 - k * 0.7), 0xb04a34);
}

function floodlights(b: Builder): void {
  for (const [x, z] of [[-36, 26], [-36, -26], [16, 27], [16, -27]] as const) {
    b.cylinder('metal', V(x, TABLE_Y, z), V(x, TABLE_Y + 14, z), 0.16, 0.1, STEEL);
    b.box('glow', V(x * 0.985, TABLE_Y + 14, z * 0.985), V(1.6, 0.7, 1.6), 0xc9cbc6);
  }
}
