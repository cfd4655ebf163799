/** The descent module as it flies in orbit: bell under its jacket, periscope, windows, the neck to its neighbour. */
import type { Builder } from '../kit/builder';
import { V, radians } from '../kit/shapes';
import { AFT, JACKET, around } from './axes';

export function descentModule(b: Builder): void {
  b.lathe('metal', [[0.56, 2.5], [0.62, 2.52], [0.62, 2.7], [0.58, 2.74]], V(), AFT, 0x8b8d8a, 36);
  bell(b);
  periscope(b);
  for (const angle of [radians(60), radians(120)]) {
    b.ring('metal', around(0.99, angle, 3.7), around(1, angle, -0.2), 0.13, 0.022, 0x84847e, 18);
    b.cylinder('glass', around(0.96, angle, 3.7), around(0.985, angle, 3.695), 0.12, 0.12, 0x171a1e);
  }
}

function bell(b: Builder): void {
  const profile = [
    [0.58, 2.68], [0.7, 2.74], [0.82, 3.0], [0.93, 3.5], [1.03, 4.1], [1.085, 4.55], [1.085, 4.72], [1.02, 4.8],
  ] as const;
  b.lathe('blanket', profile, V(), AFT, JACKET, 44, 1.8);
  for (let i = 0; i < 3; i++) b.ring('metal', V(0, 0, 3.1 + i * 0.55), AFT, 0.86 + i * 0.093, 0.01, 0x6d6b64, 44);
}

function periscope(b: Builder): void {
  b.cylinder('paint', V(0, -0.85, 3.75), V(0, -1.3, 3.62), 0.1, 0.085, 0x33332f);
  b.ball('glass', V(0, -1.32, 3.61), 0.07, 0x20242a, 12);
}
