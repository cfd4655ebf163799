/**
 * The descent module by itself. y is up, through the hatch; y = 0 is the plane of its base. `CAPSULE_TO_BODY` turns
 * that into body axes. 2.2 m wide and 2.1 m high; what is smaller is invented.
 */
import { Group, Matrix4 } from 'three';
import { Builder } from '../kit/builder';
import type { Materials } from '../kit/materials';
import { TURN, V, along, lathe } from '../kit/shapes';

export const CAPSULE_TO_BODY = new Matrix4().makeBasis(V(0, 0, 1), V(1, 0, 0), V(0, 1, 0));
/** Where the parachute's riser starts, from a side near the top. */
export const RISER = V(0.35, 1.98, 0.45);

const UP = V(0, 1, 0);

export interface Capsule {
  readonly group: Group;
  /** Antennas of the beacon, which spring out under the parachute. */
  readonly whips: Group;
  readonly shield: Group;
}

export function makeCapsule(materials: Materials): Capsule {
  const b = new Builder(), s = new Builder(), w = new Builder();
  bell(b);
  base(b);
  fittings(b);
  const dish = lathe([[0, 0], [0.5, 0.06], [0.85, 0.17], [1.05, 0.33]], 40, 2.3);
  s.add('scorch', dish, along(V(0, -0.31, 0), UP), 0x7a6a58);
  s.add('matte', lathe([[0, 0], [1.04, 0.01]], 40), along(V(0, 0.02, 0), UP), 0x9a8f80);
  for (const side of [1, -1]) {
    w.cylinder('paint', V(side * 0.45, 2.15, 0.2), V(side * 0.8, 3.2, 0.3), 0.012, 0.006, 0xd8d2c2);
  }
  const group = b.build(materials) as Group, whips = w.build(materials) as Group;
  group.add(whips);
  return { group, whips, shield: s.build(materials) as Group };
}

function bell(b: Builder): void {
  b.lathe('scorch', [
    [1.02, 0], [1.09, 0.05], [1.1, 0.22], [1.05, 0.68], [0.95, 1.28], [0.84, 1.78], [0.72, 2.03], [0.6, 2.13],
  ], V(), UP, 0xd8cbb8, 44, 2.3);
  b.lathe('matte', [[0.12, 2.09], [0.5, 2.1], [0.5, 2.16], [0.6, 2.13]], V(), UP, 0x38322b, 32);
  b.ring('matte', V(0, 2.14, 0), UP, 0.55, 0.035, 0x2c2722, 36);
  b.ring('matte', V(0, 0.05, 0), UP, 1.085, 0.02, 0x191614, 44);
}

/** Seen after the shield has gone: the six soft-landing engines and the altimeter. */
function base(b: Builder): void {
  b.add('matte', lathe([[0, 0], [1.03, 0.01]], 40), along(V(0, 0.03, 0), V(0, -1, 0)), 0xb5ada0);
  for (let i = 0; i < 6; i++) {
    const angle = (i / 6) * TURN + 0.3, x = 0.62 * Math.cos(angle), z = 0.62 * Math.sin(angle);
    b.cylinder('metal', V(x, 0.03, z), V(x, -0.06, z), 0.11, 0.09, 0x7c7268);
  }
  b.cylinder('metal', V(0, 0.03, 0), V(0, -0.09, 0), 0.2, 0.16, 0x9c948a);
}

function fittings(b: Builder): void {
  for (const angle of [0.6, 2.6]) {
    const way = V(Math.cos(angle), 0.18, Math.sin(angle)), at = (r: number, y: number) =>
      V(r * Math.cos(angle), y, r * Math.sin(angle));
    b.ring('metal', at(0.99, 1.12), way, 0.15, 0.03, 0x3a342e, 20);
    b.cylinder('glass', at(0.96, 1.11), at(0.99, 1.125), 0.13, 0.13, 0x191410);
  }
  b.lathe('scorch', [[0.46, 0], [0.44, 0.05], [0, 0.06]], V(0, 1.52, 0.86), V(0, 0.22, 1).normalize(), 0x9a8a76, 28, 1);
  for (let i = 0; i < 8; i++) {
    const angle = (i * TURN) / 8 + 0.2, y = i % 2 ? 0.3 : 0.6;
    const at = (r: number) => V(r * Math.cos(angle), y, r * Math.sin(angle));
    b.cylinder('metal', at(1.06), at(1.12), 0.035, 0.05, 0x2a2522);
  }
}
