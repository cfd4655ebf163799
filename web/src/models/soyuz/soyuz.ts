/** Soyuz TMA-M, whole (a handful of draw calls) or as its modules, which part before entry. Body axes: axes.ts. */
import { Euler, Group } from 'three';
import { Builder } from '../kit/builder';
import type { Materials } from '../kit/materials';
import { Seeded } from '../kit/seed';
import { TURN, V } from '../kit/shapes';
import { HULL_TO_BODY, around } from './axes';
import { descentModule } from './descent';
import { instrumentModule } from './instrument';
import { orbitalModule } from './orbital';

export interface SoyuzParts {
  readonly orbital: Group;
  readonly instrument: Group;
}

/** `probeOut` as it arrives; a docked or leaving ship has drawn it in. */
export function makeSoyuz(materials: Materials, probeOut: boolean, wingsOut = true): Group {
  const b = new Builder(HULL_TO_BODY);
  orbitalModule(b, probeOut);
  descentModule(b);
  instrumentModule(b, wingsOut);
  fittings(b);
  return b.build(materials) as Group;
}

/** The two modules that burn up; the third is the capsule. */
export function makeSoyuzParts(materials: Materials): SoyuzParts {
  const front = new Builder(HULL_TO_BODY), back = new Builder(HULL_TO_BODY);
  orbitalModule(front, false);
  instrumentModule(back);
  return { orbital: front.build(materials) as Group, instrument: back.build(materials) as Group };
}

/** Small boxes and cables, so that the wraps do not read as plastic. Their places are invented. */
function fittings(b: Builder): void {
  const random = new Seeded(77);
  const belts = [[1.38, 1.11], [3.4, 0.92], [4.3, 1.05], [5.14, 1.11], [6.5, 1.29]] as const;
  for (let i = 0; i < 26; i++) {
    const angle = random.next() * TURN, [z, radius] = random.pick(belts);
    const size = V(0.05, random.range(0.06, 0.2), random.range(0.06, 0.22));
    const colour = random.pick([0x9a9e92, 0x6c7066, 0xbcbcb0]);
    b.box('paint', around(radius, angle, z), size, colour, new Euler(0, 0, angle));
  }
  for (let i = 0; i < 5; i++) {
    const angle = random.next() * TURN;
    const way = [around(1.0, angle, 2.2), around(0.72, angle + 0.1, 2.6), around(0.8, angle + 0.1, 2.95)];
    b.tube('matte', [...way, around(1.0, angle + 0.14, 3.9)], 0.018, 0x3c3d38, 14, 5);
  }
}
