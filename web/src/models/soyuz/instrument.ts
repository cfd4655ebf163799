/** The instrument module: struts, radiator, skirt, engine, thrusters, solar arrays and the long antenna arm. */
import { BoxGeometry } from 'three';
import type { Builder } from '../kit/builder';
import { V, along, lathe, place, stretchTexture } from '../kit/shapes';
import { AFT, BLANKET, FORE, around, each } from './axes';
import { dish } from './orbital';

const HINGE_Z = 6.32;

/** `wingsOut` as it flies; under the fairing the arrays are folded against the hull. */
export function instrumentModule(b: Builder, wingsOut = true): void {
  struts(b);
  hull(b);
  engine(b);
  thrusters(b);
  for (const side of [1, -1]) (wingsOut ? array : foldedArray)(b, side);
  antennaArm(b);
}

function struts(b: Builder): void {
  for (const angle of each(12)) {
    b.cylinder('metal', around(1.05, angle - 0.12, 4.72), around(1.08, angle + 0.12, 5.02), 0.02, 0.02, 0x9b9d9b);
    b.cylinder('metal', around(1.05, angle + 0.12, 4.72), around(1.08, angle - 0.12, 5.02), 0.02, 0.02, 0x9b9d9b);
  }
}

function hull(b: Builder): void {
  b.lathe('blanket', [[1.06, 5.0], [1.1, 5.02], [1.1, 5.28]], V(), AFT, BLANKET, 44, 2.2);
  b.lathe('paint', [[1.1, 5.28], [1.125, 5.29], [1.125, 6.02], [1.16, 6.1]], V(), AFT, 0xe7e7e2, 44);
  for (let i = 0; i < 6; i++) b.ring('paint', V(0, 0, 5.35 + i * 0.12), AFT, 1.127, 0.006, 0xc9cac6, 44);
  b.lathe('blanket', [[1.16, 6.08], [1.2, 6.15], [1.33, 6.7], [1.36, 6.78]], V(), AFT, BLANKET, 44, 2.2);
  b.lathe('paint', [[1.36, 6.78], [1.36, 6.96], [1.33, 6.98]], V(), AFT, 0xd9d9d3, 44);
}

function engine(b: Builder): void {
  b.add('matte', lathe([[0, 0], [0.55, 0.02], [1.31, 0.12]], 40), along(V(0, 0, 6.98), FORE), 0x555850);
  b.lathe('metal', [[0.13, 6.72], [0.14, 6.86], [0.24, 7.0], [0.33, 7.18]], V(), AFT, 0x8a7c6c, 28);
  for (const angle of each(4, 0.785)) {
    b.lathe('metal', [[0.035, 6.86], [0.06, 6.98], [0.085, 7.06]], around(0.55, angle, 0), AFT, 0x6d6a66, 12);
  }
}

/** Pairs of small nozzles, each with a dark throat. */
function thrusters(b: Builder): void {
  const nozzles: [number, number, number][] = [];
  for (const angle of each(4)) {
    for (const beside of [-0.09, 0.09]) nozzles.push([1.13, angle + beside, 5.14], [1.37, angle + beside, 6.87]);
    nozzles.push([1.37, angle + 0.785, 6.87], [1.12, angle + 0.785, 5.14]);
  }
  for (const [radius, angle, z] of nozzles) {
    const at = (r: number) => around(r, angle, z);
    b.cylinder('metal', at(radius - 0.02), at(radius + 0.05), 0.022, 0.045, 0x77736c, { around: 8, open: true });
    b.cylinder('matte', at(radius), at(radius + 0.012), 0.034, 0.034, 0x111111, { around: 8 });
  }
}

/** Three hinged panels in frames. */
function array(b: Builder, side: number): void {
  b.cylinder('metal', V(side * 1.12, 0, HINGE_Z), V(side * 1.62, 0, HINGE_Z), 0.05, 0.04, 0xa5a8aa);
  for (const dz of [-0.5, 0.5]) {
    b.cylinder('metal', V(side * 1.2, 0, HINGE_Z), V(side * 1.66, 0, HINGE_Z + dz), 0.022, 0.022, 0xa5a8aa);
  }
  for (let k = 0; k < 3; k++) panel(b, side, side * (1.66 + 0.61 + k * 1.235));
  b.cylinder('paint', V(side * 5.3, 0, 5.64), V(side * 5.3, 0, 5.2), 0.012, 0.004, 0xd0d0c8);
}

function panel(b: Builder, side: number, x: number): void {
  const wide = 1.2, high = 1.42;
  const cells = stretchTexture(new BoxGeometry(wide - 0.04, 0.012, high - 0.04), 1.5, 1.75);
  b.add('cells', cells, place(V(x, 0, HINGE_Z)));
  for (const dz of [-high / 2, 0, high / 2]) b.box('metal', V(x, 0.006, HINGE_Z + dz), V(wide, 0.035, 0.03), 0xbfc2c4);
  for (const dx of [-wide / 2, wide / 2]) b.box('metal', V(x + dx, 0.006, HINGE_Z), V(0.03, 0.035, high), 0xbfc2c4);
  const edge = x + (side * wide) / 2;
  for (const dz of [-0.35, 0.35]) {
    b.cylinder('metal', V(edge - 0.03, 0.02, HINGE_Z + dz), V(edge + 0.05, 0.02, HINGE_Z + dz), 0.022, 0.022, 0x8d9092);
  }
}

function foldedArray(b: Builder, side: number): void {
  for (let k = 0; k < 3; k++) b.box('cells', V(side * (1.42 + k * 0.06), 0, 5.5), V(0.03, 1.2, 1.42), 0xcfd2da);
}

/** The scanning head of Kurs on its arm. */
function antennaArm(b: Builder): void {
  b.cylinder('metal', V(0, 1.08, 5.15), V(0, 2.05, 4.85), 0.03, 0.022, 0xa9aba8);
  dish(b, V(0, 2.08, 4.84), FORE, 0.2);
  b.box('paint', V(0, 1.75, 4.95), V(0.14, 0.14, 0.2), 0xcfcdc0);
}
