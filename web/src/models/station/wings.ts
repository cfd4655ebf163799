/** The eight main arrays. They follow the Sun by two joints as the real ones do: alpha turns an end of the truss about
 * its length, beta tilts each pair of wings about their own. */
import { Group, PlaneGeometry, Vector3 } from 'three';
import { Builder } from '../kit/builder';
import type { Materials } from '../kit/materials';
import { TURN, V, place, stretchTexture } from '../kit/shapes';
import { GREY } from './hull';
import { ALPHA_Y, lattice } from './truss';

const LENGTH = 33.5;
const ROOT = 3.0;
const BLANKET_WIDE = 4.5;
const GAP = 1.05;
/** Where along the truss the wings stand, and where it ends. */
const STANDS = [33.4, 46.4] as const;
const TIP_Y = 48.76;

export interface Wings {
  readonly group: Group;
  /** The Sun's direction in station axes. */
  follow(sun: Vector3): void;
}

export function makeWings(materials: Materials): Wings {
  const group = new Group(), alphas: Group[] = [], betas: Group[] = [];
  const pair = wingPair(materials);
  for (const side of [1, -1]) {
    const alpha = turningEnd(materials, side);
    for (const y of STANDS) {
      const beta = new Group().add(pair.clone());
      beta.position.set(0, side * y, 0);
      alpha.add(beta);
      betas.push(beta);
    }
    group.add(alpha);
    alphas.push(alpha);
  }
  return {
    group,
    follow(sun) {
      // Wings lie along x and face z in their own axes: alpha brings the Sun into their x-y-free plane, beta meets it.
      const alpha = Math.atan2(sun.x, sun.z), beta = -Math.asin(Math.max(-1, Math.min(1, sun.y)));
      for (const end of alphas) end.rotation.y = alpha;
      for (const wing of betas) wing.rotation.x = beta;
    },
  };
}

/** The truss beyond the alpha joint, with the batteries' radiators. */
function turningEnd(materials: Materials, side: number): Group {
  const b = new Builder();
  b.cylinder('metal', V(0, side * ALPHA_Y, 0), V(0, side * (ALPHA_Y + 0.9), 0), 1.45, 1.2, GREY);
  lattice(b, side * (ALPHA_Y + 0.9), side * TIP_Y, 1.25, 1.1, side > 0 ? 31 : 32);
  for (const y of STANDS) {
    for (let j = 0; j < 6; j++) {
      b.box('paint', V(0, side * (y - 3.4), -2.2 - j * 1.85), V(3.2, 0.07, 1.8), 0xe0e0dc);
    }
    b.cylinder('metal', V(0, side * (y - 3.4), -1.0), V(0, side * (y - 3.4), -13.2), 0.06, 0.06, GREY);
  }
  return b.build(materials) as Group;
}

/** Two wings out of one stand, along +x and -x, cells towards +z. */
function wingPair(materials: Materials): Group {
  const b = new Builder();
  b.cylinder('paint', V(0, 0, -0.8), V(0, 0, 0.8), 0.7, 0.7, GREY);
  for (const way of [1, -1]) wing(b, way);
  return b.build(materials) as Group;
}

function wing(b: Builder, way: number): void {
  const middle = way * (ROOT + LENGTH / 2), outer = way * (ROOT + LENGTH);
  for (const side of [1, -1]) {
    const at = V(middle, side * (GAP / 2 + BLANKET_WIDE / 2), 0);
    b.add('cells', stretchTexture(new PlaneGeometry(LENGTH, BLANKET_WIDE), 20, 2.7), place(at));
    const back = stretchTexture(new PlaneGeometry(LENGTH, BLANKET_WIDE).rotateX(Math.PI), 8, 1.1);
    b.add('kapton', back, place(at));
    for (const x of [way * ROOT, outer]) b.box('metal', V(x, at.y, 0), V(0.35, BLANKET_WIDE, 0.3), 0xb9b6a8);
  }
  mast(b, way * 0.5, outer);
}

/** The folding mast between the two blankets: three rods and their frames. */
function mast(b: Builder, from: number, to: number): void {
  for (let k = 0; k < 3; k++) {
    const angle = (k / 3) * TURN, y = 0.36 * Math.cos(angle), z = -0.3 + 0.36 * Math.sin(angle);
    b.cylinder('metal', V(from, y, z), V(to, y, z), 0.035, 0.035, 0xc5c2b4, { around: 4, open: true });
  }
  const frames = 30;
  for (let k = 0; k <= frames; k++) {
    b.cylinder('metal', V(from + ((to - from) * k) / frames, -0.36, -0.3),
      V(from + ((to - from) * (k + 0.5)) / frames, 0.36, -0.3), 0.02, 0.02, 0xb5b2a4, { around: 3, open: true });
  }
  b.box('metal', V(to, 0, -0.2), V(0.4, 1.0, 0.6), GREY);
}
