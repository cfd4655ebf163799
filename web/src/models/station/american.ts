/** The modules with berthing ports: barrels of bolted panels. Shapes below the size of a module are invented. */
import { Euler } from 'three';
import type { Solid } from '../../flight/scene';
import type { Builder } from '../kit/builder';
import { Seeded } from '../kit/seed';
import { V, radians } from '../kit/shapes';
import { AMERICAN_WHITE, GOLD, GREY, dress, hullOf, onAxis } from './hull';

export function berthedModule(b: Builder, solid: Solid): void {
  const hull = hullOf(solid), { length, radius, from, along } = hull, cone = Math.min(0.85, length * 0.16);
  b.lathe('panel', [
    [0.95, 0], [1.0, 0.12], [radius * 0.93, cone], [radius, cone + 0.08], [radius, length - cone - 0.08],
    [radius * 0.93, length - cone], [1.0, length - 0.12], [0.95, length],
  ], from, along, AMERICAN_WHITE, 40);
  for (const s of [cone + 0.06, length / 2, length - cone - 0.06]) {
    b.ring('metal', onAxis(hull, s), along, radius + 0.005, 0.035, GREY, 40);
  }
  for (const s of [0.02, length - 0.02]) {
    b.ring('metal', onAxis(hull, s), along, 0.98, 0.06, 0x9b9ea1, 32);
    b.cylinder('paint', onAxis(hull, s - 0.02), onAxis(hull, s + 0.02), 0.95, 0.95, 0x8f9396, { around: 28 });
  }
  const random = new Seeded(solid.id.length * 31 + Math.round(length * 10));
  dress(b, hull, cone + 0.2, length - cone - 0.2, random, { boxes: 14, cables: 3, american: true });
}

/** A dark cone between two kinds of ports; its wide end is towards `wideAtHigh`. */
export function matingAdapter(wideAtHigh: boolean): (b: Builder, solid: Solid) => void {
  return (b, solid) => {
    const hull = hullOf(solid), wide = 1.1, narrow = 0.75;
    const [low, high] = wideAtHigh ? [narrow, wide] : [wide, narrow];
    b.cylinder('paint', hull.from, onAxis(hull, hull.length), low, high, 0x3b3d40);
    for (const s of [0.05, hull.length - 0.05]) b.ring('metal', onAxis(hull, s), hull.along, 0.85, 0.05, 0x9b9ea1, 32);
  };
}

/** Tranquility with the adapter that stood on its port end in 2013. */
export function tranquility(b: Builder, solid: Solid): void {
  berthedModule(b, solid);
  const end = V(...solid.centre_m).add(V(0, -solid.length_m / 2, 0));
  b.cylinder('paint', end, end.clone().add(V(0, -1.86, 0)), 1.1, 0.75, 0x3b3d40);
}

/** Six windows around a seventh, their shutters open. */
export function cupola(b: Builder, solid: Solid): void {
  const hull = hullOf(solid), top = V(...solid.centre_m).addScaledVector(hull.along, -0.65);
  b.lathe('panel', [[1.45, 0], [1.47, 0.3], [1.4, 0.45], [0.75, 1.3], [0, 1.31]], top, hull.along, 0xe9e9e6, 6, 3);
  for (let i = 0; i < 6; i++) {
    const angle = (i * Math.PI) / 3 + Math.PI / 6;
    const at = top.clone().add(V(1.0 * Math.sin(angle), 1.0 * Math.cos(angle), 0.87));
    b.box('glass', at, V(0.68, 0.05, 0.62), 0x18202a, new Euler(radians(-48), 0, -angle, 'ZXY'));
    const shutter = top.clone().add(V(1.62 * Math.sin(angle), 1.62 * Math.cos(angle), 0.75));
    b.box('paint', shutter, V(0.72, 0.05, 0.66), 0xcfcfca, new Euler(radians(20), 0, -angle, 'ZXY'));
  }
  b.cylinder('glass', top.clone().add(V(0, 0, 1.3)), top.clone().add(V(0, 0, 1.33)), 0.5, 0.5, 0x18202a);
}

/** Kibo's porch with its experiments, and the arm that serves it. */
export function exposedFacility(b: Builder, solid: Solid): void {
  const centre = V(...solid.centre_m), [x, y, z] = solid.size_m;
  b.roundBox('panel', centre, V(x * 0.86, y, z * 0.62), 0.15, 0xf0f0ec);
  for (let i = 0; i < 8; i++) {
    const at = centre.clone().add(V((i % 2 ? 1 : -1) * x * 0.36, ((i >> 1) - 1.5) * y * 0.26, -z * 0.42));
    b.roundBox('panel', at, V(0.9, 1.1, 1.5), 0.06, [0xdad7cc, GOLD, 0xf4f4f2, 0xb9bcc0][i % 4]);
  }
  const elbow = centre.clone().add(V(1.2, -1.3, -5.4)), foot = centre.clone().add(V(-1.1, 3.0, -4.3));
  b.cylinder('paint', foot, elbow, 0.19, 0.19, 0xeeeeea);
  b.cylinder('paint', elbow, centre.clone().add(V(-2.8, -3.0, -3.6)), 0.16, 0.16, 0xeeeeea);
  b.ball('paint', elbow, 0.3, 0xd9d9d4, 14);
}

/** The long arm, folded between Destiny and the truss; where it stood that day is not known. */
export function stationArm(b: Builder, solid: Solid): void {
  const top = V(...solid.centre_m).add(V(0, 0, -solid.diameter_m / 2));
  const joints = [V(-0.1, 1.2, 0.2), V(1.3, 2.6, -4.4), V(6.5, 4.4, -7.2), V(10.8, 2.8, -2.8)].map((p) => p.add(top));
  for (let i = 0; i + 1 < joints.length; i++) {
    b.cylinder('paint', joints[i]!, joints[i + 1]!, 0.19, 0.19, 0xf2f2ee);
  }
  for (const joint of joints) b.roundBox('paint', joint, V(0.62, 0.62, 0.62), 0.16, 0xd9d9d4);
}
