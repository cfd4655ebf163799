/** The truss: a lattice with equipment inside, its fixed middle and the two ends that turn with the wings. */
import { Euler } from 'three';
import type { Builder } from '../kit/builder';
import { Seeded } from '../kit/seed';
import { V, along, lathe } from '../kit/shapes';
import { AMERICAN_WHITE, GOLD, GREY } from './hull';

/** Where the turning ends begin, metres from the middle: the alpha joints. */
export const ALPHA_Y = 27;
const BAY = 1.536;

/** Between two places along y: four longerons, frames, diagonals, boxes inside, panels on some faces. */
export function lattice(b: Builder, from: number, to: number, halfX: number, halfZ: number, seed: number): void {
  const random = new Seeded(seed), bays = Math.max(1, Math.round(Math.abs(to - from) / BAY));
  const corners = [[halfX, halfZ], [halfX, -halfZ], [-halfX, -halfZ], [-halfX, halfZ]] as const;
  const tube = { around: 5, open: true };
  for (const [x, z] of corners) b.cylinder('metal', V(x, from, z), V(x, to, z), 0.09, 0.09, 0xa6a9ac, tube);
  for (let i = 0; i < bays; i++) {
    const y0 = from + ((to - from) * i) / bays, y1 = from + ((to - from) * (i + 1)) / bays;
    corners.forEach(([x, z], k) => {
      const [x2, z2] = corners[(k + 1) % 4]!;
      b.cylinder('paint', V(x, y0, z), V(x2, y0, z2), 0.055, 0.055, 0xcfd1d2, tube);
      if (i % 2 === k % 2) b.cylinder('paint', V(x, y0, z), V(x2, y1, z2), 0.045, 0.045, 0xcfd1d2, tube);
    });
    equipment(b, random, (y0 + y1) / 2, halfX, halfZ);
  }
}

function equipment(b: Builder, random: Seeded, y: number, halfX: number, halfZ: number): void {
  const colour = () => random.pick([0xffffff, 0xe6e6e2, 0xd9d9d6, GOLD, 0xb9bcc0]);
  if (random.next() < 0.8) {
    const at = V(random.range(-0.25, 0.25) * halfX, y, random.range(-0.2, 0.2) * halfZ);
    const size = V(random.range(0.9, 1.5) * halfX, random.range(1.0, 1.45), random.range(0.8, 1.4) * halfZ);
    b.box('panel', at, size, colour());
  }
  for (const face of [1, -1]) {
    if (random.next() < 0.4) b.box('panel', V(face * halfX, y, 0), V(0.06, BAY * 0.94, halfZ * 1.8), colour());
    if (random.next() < 0.3) b.box('panel', V(0, y, face * halfZ), V(halfX * 1.8, BAY * 0.94, 0.06), colour());
  }
}

/** The part that does not turn, what hangs on it, and the foot that joins it to Destiny. */
export function fixedTruss(b: Builder): void {
  lattice(b, -ALPHA_Y, ALPHA_Y, 1.55, 1.45, 12);
  for (const side of [1, -1]) {
    b.cylinder('metal', V(0, side * (ALPHA_Y - 0.9), 0), V(0, side * ALPHA_Y, 0), 1.6, 1.6, 0x9a9da0);
    b.cylinder('paint', V(side * 1.1, side * 0.6, 1.3), V(side * 1.4, side * 0.9, 2.75), 0.14, 0.14, GREY);
    b.cylinder('paint', V(-side * 1.1, side * 0.8, 1.3), V(-side * 1.4, side * 1.0, 2.75), 0.14, 0.14, GREY);
  }
  zenithBox(b);
  carriers(b);
  spectrometer(b);
}

/** Z1 over Unity, with the dish that talks to the relay satellites. */
function zenithBox(b: Builder): void {
  b.roundBox('panel', V(-4.75, 0, 0.9), V(3.0, 3.2, 3.4), 0.2, AMERICAN_WHITE);
  b.cylinder('metal', V(-4.75, 0, -0.8), V(-4.75, 0, -5.0), 0.07, 0.06, GREY);
  b.add('matte', lathe([[0.05, 0], [0.55, 0.1], [0.92, 0.32]], 28), along(V(-4.75, 0, -5.0), V(0.3, 0, -1)), 0xe8e8e4);
  b.cylinder('metal', V(-4.75, 0, -5.0), V(-4.52, 0, -5.75), 0.02, 0.02, GREY);
}

/** Platforms for spare parts, above and below the truss. */
function carriers(b: Builder): void {
  const random = new Seeded(4);
  for (const [y, z] of [[-24.4, 4.6], [24.7, -4.6], [-24.0, -4.6], [21.1, 4.6]] as const) {
    const out = Math.sign(z);
    b.box('paint', V(-0.86, y, z), V(4.3, 3.6, 0.25), 0xd6d6d2);
    b.cylinder('metal', V(-0.86, y, out * 1.4), V(-0.86, y, z), 0.14, 0.14, GREY);
    for (let k = 0; k < 6; k++) {
      const at = V(-2.5 + (k % 3) * 1.5, y + (k < 3 ? -0.9 : 0.9), z + out * random.range(0.5, 0.8));
      b.box('panel', at, V(1.1, 1.3, random.range(0.8, 1.4)), random.pick([0xffffff, GOLD, 0xdadad4]));
    }
  }
}

/** The particle spectrometer on the starboard side. */
function spectrometer(b: Builder): void {
  const at = V(-0.864, 19.6, -3.4);
  b.lathe('panel', [[0.4, -1.7], [1.6, -1.4], [1.75, 0], [1.6, 1.4], [0.4, 1.7]], at, V(0, 0, -1), 0xe9eae8, 24, 2);
  for (const side of [1, -1]) b.box('panel', at.clone().add(V(side * 1.9, 0, 0)), V(0.25, 2.8, 3.0), 0xd8d4c4);
}

/** One of two sets of three long white radiators behind the truss, about the middle of its hinge, aft along -x. */
export function radiatorSet(b: Builder): void {
  b.cylinder('metal', V(0, 0, -5.4), V(0, 0, 5.4), 0.18, 0.18, GREY);
  for (let row = -1; row <= 1; row++) {
    for (let j = 0; j < 8; j++) {
      const fold = j % 2 ? 0.05 : -0.05;
      const at = V(-1.6 - j * 2.72, fold, row * 3.75);
      b.box('paint', at, V(2.66, 0.06, 3.35), 0xe4e4e0, new Euler(0, 0, j % 2 ? 0.04 : -0.04));
    }
    b.box('metal', V(-12.4, -0.13, row * 3.75), V(21.6, 0.06, 0.06), 0xb5b8ba);
  }
}
