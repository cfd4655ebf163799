/** The orbital module: docking collar and probe, ball with belt, hatch, windows, antennas, camera, headlights. */
import { Euler, Vector3 } from 'three';
import type { Builder } from '../kit/builder';
import { V, along, lathe, radians } from '../kit/shapes';
import type { Profile } from '../kit/shapes';
import { AFT, BLANKET, FORE, SEAM, STEEL, around, each } from './axes';

const RADIUS = 1.1;
const FRONT = 1.16;
const BACK = 1.6;

export function orbitalModule(b: Builder, probeOut: boolean): void {
  collar(b);
  if (probeOut) probe(b);
  ball(b);
  sideHatch(b);
  windows(b);
  antennas(b);
  cameraAndLights(b);
}

function collar(b: Builder): void {
  b.lathe('metal', [[0.52, 0], [0.66, 0.01], [0.66, 0.16], [0.6, 0.2], [0.6, 0.34], [0.74, 0.42]], V(), AFT, STEEL, 40);
  b.ring('metal', V(0, 0, 0.03), AFT, 0.6, 0.02, 0xd2d4d4, 40);
  b.lathe('matte', [[0, 0.06], [0.52, 0.0601]], V(), AFT, 0x2b2d2d, 24);
  for (const angle of each(8, 0.39)) {
    b.box('metal', around(0.66, angle, 0.1), V(0.09, 0.09, 0.12), 0x777a7a, new Euler(0, 0, angle));
  }
}

function probe(b: Builder): void {
  b.lathe('metal', [[0.1, -0.16], [0.12, -0.1], [0.26, 0], [0.3, 0.06]], V(), AFT, 0x8c9090, 24);
  b.cylinder('metal', V(0, 0, -0.14), V(0, 0, -0.43), 0.055, 0.045, 0xc9cccc);
  b.ball('metal', V(0, 0, -0.43), 0.07, 0xdfe1e1, 16);
  for (const angle of each(3)) b.cylinder('metal', around(0.05, angle, -0.2), around(0.24, angle, 0.04), 0.016);
}

function ball(b: Builder): void {
  const arc = (from: number, to: number, centre: number): Profile =>
    Array.from({ length: 9 }, (_, i) => {
      const angle = radians(from + ((to - from) * i) / 8);
      return [RADIUS * Math.cos(angle), centre + RADIUS * Math.sin(angle)] as const;
    });
  b.lathe('blanket', [...arc(-48, 0, FRONT), ...arc(0, 58, BACK)], V(), AFT, BLANKET, 44, 2.2);
  for (const z of [FRONT, BACK]) b.ring('blanket', V(0, 0, z), AFT, RADIUS + 0.005, 0.018, SEAM, 44);
  for (const angle of each(4, 0.785)) {
    const seam = [-40, -20, 0].map((tilt) => {
      const t = radians(tilt);
      return around(1.115 * Math.cos(t), angle, FRONT + 1.115 * Math.sin(t));
    });
    b.tube('blanket', [...seam, around(1.115, angle, BACK)], 0.012, SEAM, 10, 4);
  }
}

function sideHatch(b: Builder): void {
  const out = around(1, radians(-100), 0);
  const at = (radius: number) => out.clone().multiplyScalar(radius).setZ(1.38);
  b.cylinder('metal', at(1.06), at(1.14), 0.36, 0.35, 0x8f938e);
  b.ring('metal', at(1.14), out, 0.33, 0.02, 0xc2c4c2);
}

function windows(b: Builder): void {
  for (const angle of [radians(15), radians(195)]) {
    const out = around(1, angle, 0);
    const at = (radius: number) => out.clone().multiplyScalar(radius).setZ(1.38);
    b.ring('metal', at(1.1), out, 0.14, 0.025, 0xa6a9a6, 20);
    b.cylinder('glass', at(1.08), at(1.115), 0.12, 0.12, 0x20242a);
  }
}

export function dish(b: Builder, at: Vector3, towards: Vector3, radius: number): void {
  const deep = radius / 0.25;
  const bowl = lathe([[0.02, 0], [radius * 0.55, 0.06 * deep], [radius, 0.17 * deep]], 20);
  b.add('matte', bowl, along(at, towards), 0xd5d3c8);
  const feed = at.clone().addScaledVector(towards, radius * 0.85);
  b.cylinder('metal', at, feed, 0.008, 0.008, 0x9a9a96);
  b.ball('paint', feed, 0.022, 0x44443f, 8);
}

/** Kurs, the radio that finds the station: two dishes on booms and two small spirals. */
function antennas(b: Builder): void {
  for (const [side, radius] of [[1, 0.22], [-1, 0.16]] as const) {
    b.cylinder('metal', V(side * 0.75, 0.75, 1.0), V(side * 1.22, 1.02, 0.62), 0.022, 0.018, 0xa9aba8);
    dish(b, V(side * 1.22, 1.02, 0.6), FORE, radius);
    b.cylinder('metal', V(side * 0.6, -0.9, 1.0), V(side * 0.8, -1.18, 0.82), 0.016, 0.016, 0xa9aba8);
    b.cylinder('paint', V(side * 0.8, -1.18, 0.84), V(side * 0.8, -1.18, 0.66), 0.03, 0.06, 0xcfcabc);
  }
}

function cameraAndLights(b: Builder): void {
  b.roundBox('paint', V(0.02, -0.93, 0.48), V(0.17, 0.14, 0.26), 0.02, 0xe2e2dc);
  b.cylinder('glass', V(0.02, -0.93, 0.36), V(0.02, -0.93, 0.34), 0.045, 0.045, 0x202428);
  for (const side of [1, -1]) {
    b.cylinder('metal', V(side * 0.5, -0.7, 0.62), V(side * 0.52, -0.78, 0.42), 0.05, 0.075, 0x96989a);
    b.cylinder('glow', V(side * 0.52, -0.783, 0.415), V(side * 0.52, -0.785, 0.41), 0.065, 0.065, 0xfff2d8);
  }
}
