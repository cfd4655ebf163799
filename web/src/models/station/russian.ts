/** Zarya, Zvezda and Rassvet: barrels in quilted blankets. Shapes below the size of a module are invented. */
import { BoxGeometry } from 'three';
import type { Vector3 } from 'three';
import type { Solid } from '../../flight/scene';
import type { Builder } from '../kit/builder';
import { Seeded } from '../kit/seed';
import { TURN, V, along as alongMatrix, lathe, place, stretchTexture } from '../kit/shapes';
import { GOLD, GREY, RING, RUSSIAN_WHITE, dockingTarget, dress, hullOf, onAxis, onSkin, outward } from './hull';
import type { Hull } from './hull';

/** From aft: a fat barrel behind, a slimmer one with tanks outside, the ball whose nadir port carries Rassvet. */
export function zarya(b: Builder, solid: Solid): void {
  const hull = hullOf(solid), { from, along, length, radius } = hull;
  const slim = radius - 0.28;
  b.lathe('blanket', [
    [0.75, 0], [0.8, 0.25], [slim - 0.1, 0.8], [slim, 1.1], [slim, 3.6], [radius - 0.1, 4.1], [radius - 0.1, 9.3],
    [1.55, 9.9], [1.0, 10.4],
  ], from, along, RUSSIAN_WHITE, 44);
  const ball = onAxis(hull, length - 1.45);
  b.ball('blanket', ball, 1.18, RUSSIAN_WHITE, 32);
  b.cylinder('metal', onAxis(hull, length - 0.4), onAxis(hull, length), 0.82, 0.78, GREY);
  b.cylinder('blanket', ball.clone().add(V(0, 0, 0.9)), ball.clone().add(V(0, 0, 1.25)), 0.8, 0.72, RUSSIAN_WHITE);
  for (let i = 0; i < 16; i++) {
    const foot = onSkin(hull, 4.4, (i / 16) * TURN + 0.2, radius - 0.16);
    b.lathe('blanket', [[0.02, 0], [0.2, 0.15], [0.22, 4.2], [0.2, 4.35], [0.02, 4.5]], foot, along,
      i % 2 ? 0xd8d5c6 : RUSSIAN_WHITE, 12, 2);
  }
  for (const side of [1, -1]) foldedArray(b, onAxis(hull, 9.3), side);
  const random = new Seeded(1998);
  dress(b, hull, 4.4, 9.2, random, { boxes: 14, cables: 5, radius: radius - 0.08 });
  dress(b, hull, 1.2, 3.4, random, { boxes: 10, cables: 2, radius: slim });
  foldedCrane(b, onSkin(hull, 3.8, -2.4), 5.2);
}

/** Zarya's arrays have been folded like a fan since 2007. */
function foldedArray(b: Builder, root: Vector3, side: number): void {
  b.cylinder('metal', root.clone().add(V(0, side * 1.6, 0)), root.clone().add(V(0, side * 2.5, 0)), 0.14, 0.1, GREY);
  for (let k = 0; k < 7; k++) {
    b.box('cells', root.clone().add(V(0, side * (2.55 + k * 0.075), 0)), V(3.2, 0.05, 0.75), 0xcfd2da);
  }
  b.box('metal', root.clone().add(V(0, side * 3.1, 0)), V(3.3, 0.05, 0.8), GREY);
}

/** A Strela crane, drawn in: base, boom and its grey end. In 2013 one was on Zarya and one on Poisk. */
export function foldedCrane(b: Builder, base: Vector3, length: number): void {
  const post = base.clone().add(V(0, Math.sign(base.y) * 0.45, 0));
  b.cylinder('paint', base, post, 0.17, 0.13, 0xd9d7ce);
  b.cylinder('paint', post, post.clone().add(V(-length, 0, 0)), 0.095, 0.075, 0xf0eee6);
  b.cylinder('metal', post.clone().add(V(-length, 0, 0)), post.clone().add(V(-length - 0.5, 0, 0)), 0.06, 0.05, GREY);
}

/** The small section of Zvezda, with the ball ahead of it that carries Pirs, Poisk and Zarya. */
export function zvezdaFront(b: Builder, solid: Solid): void {
  const hull = hullOf(solid), { from, along, length, radius } = hull;
  b.ball('blanket', onAxis(hull, length - 0.967).add(V(0, 0, -0.117)), 1.13, RUSSIAN_WHITE, 36);
  b.lathe('blanket', [
    [radius, 0], [radius, 4.75], [1.2, 5.2], [0.95, 5.35],
  ], from, along, RUSSIAN_WHITE, 44);
  for (const s of [1.2, 4.65]) b.ring('paint', onAxis(hull, s), along, radius + 0.01, 0.04, RING, 44);
  dress(b, hull, 0.2, 4.6, new Seeded(2000), { boxes: 18, cables: 5 });
  const hinge = onAxis(hull, 2.134);
  for (const side of [1, -1]) zvezdaArray(b, hinge, side, radius);
}

/** 29.73 m from tip to tip, 3.6 m wide, taken as level. */
function zvezdaArray(b: Builder, hinge: Vector3, side: number, radius: number): void {
  const at = (x: number, y: number, z = 0) => hinge.clone().add(V(x, side * y, z));
  b.cylinder('metal', at(0, radius - 0.05), at(0, 3.2), 0.13, 0.1, GREY);
  for (let k = 0; k < 5; k++) {
    const y = 3.25 + 1.16 + k * 2.32;
    b.add('cells', stretchTexture(new BoxGeometry(3.54, 2.24, 0.03), 3, 2), place(at(0, y)));
    for (const x of [-1.77, 0, 1.77]) b.box('metal', at(x, y, 0.026), V(0.05, 2.3, 0.05), 0xb9bcbe);
  }
}

/** The large section of Zvezda: shoulder ahead, rim with engines and the aft port behind. */
export function zvezdaAft(b: Builder, solid: Solid): void {
  const hull = hullOf(solid), { from, along, length, radius } = hull;
  b.lathe('blanket', [
    [1.0, 0.02], [1.0, 0.4], [1.6, 0.5], [radius - 0.1, 0.55], [radius, 0.7], [radius, length - 0.25],
    [radius - 0.18, length - 0.1], [1.4, length + 0.45],
  ], from, along, RUSSIAN_WHITE, 48);
  for (const s of [0.75, length / 2, length - 0.3]) {
    b.ring('paint', onAxis(hull, s), along, radius + 0.01, 0.04, RING, 48);
  }
  aftPort(b, hull);
  dress(b, hull, 0.9, length - 0.4, new Seeded(26), { boxes: 24, cables: 6 });
  for (const side of [1, -1]) dishAndWhips(b, hull, side);
}

function aftPort(b: Builder, hull: Hull): void {
  b.cylinder('metal', onAxis(hull, -0.02), onAxis(hull, 0.3), 0.72, 0.9, GREY);
  b.ring('metal', onAxis(hull, 0), hull.along, 0.66, 0.05, 0xb9bbbb, 40);
  for (let i = 0; i < 4; i++) {
    const angle = Math.PI / 4 + (i * Math.PI) / 2;
    b.cylinder('metal', onSkin(hull, 0.3, angle, 1.55), onSkin(hull, -0.12, angle, 1.6), 0.12, 0.2, 0x7b756d);
  }
  const out = hull.along.clone().negate();
  portCone(b, onAxis(hull, 0), out);
  dockingTarget(b, onSkin(hull, -0.02, 0, 1.12), out, outward(hull, 0));
}

function dishAndWhips(b: Builder, hull: Hull, side: number): void {
  const arm = onSkin(hull, 1.6, side * 2.2), dish = onSkin(hull, 0.9, side * 2.2, hull.radius + 1.4);
  b.cylinder('metal', arm, dish, 0.03, 0.03, GREY);
  const bowl = lathe([[0.04, 0], [0.3, 0.07], [0.5, 0.22]], 20);
  b.add('matte', bowl, alongMatrix(dish, V(-0.5, side * 0.5, -0.6)), 0xe2dfd2);
  for (const s of [2.2, 5.2]) {
    const root = onSkin(hull, s, side * 0.6), bow = onSkin(hull, s - 0.2, side * 0.7, hull.radius + 0.6);
    b.tube('paint', [root, bow, bow.clone().add(V(-0.1, side * 0.4, 0.2))], 0.02, GOLD, 10, 5);
  }
}

/** The hollow that catches an arriving ship's probe. */
export function portCone(b: Builder, at: Vector3, out: Vector3): void {
  b.lathe('matte', [[0, -0.5], [0.1, -0.46], [0.64, -0.02]], at, out, 0x55595a, 28);
  b.ring('metal', at.clone().addScaledVector(out, -0.02), out, 0.58, 0.03, 0xb9bbbb, 36);
}

/** The small research module below Zarya; the spare airlock and radiator for Nauka ride on it. */
export function rassvet(b: Builder, solid: Solid): void {
  const hull = hullOf(solid), { from, along, length, radius } = hull;
  b.lathe('blanket', [
    [0.72, 0], [0.8, 0.3], [radius - 0.05, 0.75], [radius, 0.85], [radius, length - 0.75],
    [radius - 0.1, length - 0.65], [0.75, length - 0.25], [0.68, length - 0.2], [0.68, length],
  ], from, along, RUSSIAN_WHITE, 40);
  b.ring('metal', onAxis(hull, length - 0.03), along, 0.62, 0.05, GREY);
  portCone(b, onAxis(hull, length), along);
  for (const s of [0.85, length - 0.75]) b.ring('blanket', onAxis(hull, s), along, radius + 0.01, 0.035, RING, 40);
  const airlock = onSkin(hull, 1.6, 2.4, radius + 0.42);
  b.lathe('blanket', [[0.4, 0], [0.46, 0.1], [0.46, 1.6], [0.3, 1.8]], airlock, along, 0xdedbcd, 20, 2);
  b.roundBox('panel', onSkin(hull, 3.2, Math.PI, radius + 0.3), V(1.1, 0.16, 2.2), 0.05, 0xdad9d2);
  dress(b, hull, 0.95, length - 0.8, new Seeded(2010), { boxes: 14, cables: 4 });
  // On the starboard side, where the camera of an arriving ship looks: ships come with their periscope that way.
  dockingTarget(b, onSkin(hull, length - 0.3, 0, 0.93), along, outward(hull, 0));
}
