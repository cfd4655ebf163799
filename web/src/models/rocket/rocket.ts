/**
 * Soyuz-FG, and as its near twin Soyuz-2.1a, in the parts that it sheds. Drawn with y up and the nozzles' plane at
 * y = 0; `ROCKET_TO_BODY` turns that into body axes (x through the nose). Lengths from general knowledge: 49.5 m.
 */
import { Euler, Group, Matrix4 } from 'three';
import type { Vector3 } from 'three';
import { Builder } from '../kit/builder';
import type { Materials } from '../kit/materials';
import { TURN, V, along, lathe } from '../kit/shapes';
import type { Profile } from '../kit/shapes';

export const ROCKET_TO_BODY = new Matrix4().makeBasis(V(0, 0, 1), V(1, 0, 0), V(0, 1, 0));
/** Where the ship's own origin stands above the nozzles' plane. */
export const SHIP_Y = 40.5;
export const HEIGHT = 49.5;
/** Nozzle planes of the third stage and the core, and the middles of what flies on. */
export const THIRD_NOZZLE_Y = 28.4;

const UP = V(0, 1, 0);
const ORANGE = 0xb08d6c;
const GREY = 0x8b8f87;
const WHITE = 0xe9e9e3;
const GREEN = 0x747a6a;
const DARK = 0x5d605a;

export const BOOSTER_ANGLES = [0, 1, 2, 3].map((i) => (i * Math.PI) / 2 + Math.PI / 4);
export const outward = (angle: number): Vector3 => V(Math.cos(angle), 0, Math.sin(angle));
/** Foot of a booster's axis; it leans in towards the core. */
export const boosterFoot = (angle: number): Vector3 => outward(angle).multiplyScalar(2.42).setY(1.0);

export interface RocketParts {
  readonly core: Group;
  readonly boosters: readonly Group[];
  readonly third: Group;
  /** Three panels around the third stage's engine. */
  readonly aftSection: readonly Group[];
  readonly fairing: readonly Group[];
  readonly tower: Group;
}

export function makeRocket(materials: Materials): RocketParts {
  const build = (draw: (b: Builder) => void): Group => {
    const b = new Builder();
    draw(b);
    return b.build(materials) as Group;
  };
  const booster = build(drawBooster);
  return {
    core: build(drawCore),
    boosters: BOOSTER_ANGLES.map((angle) => {
      const turned = booster.clone();
      turned.rotation.y = -angle;
      return turned;
    }),
    third: build(drawThird),
    aftSection: [0, 1, 2].map((i) => build((b) => drawAftPanel(b, (i * TURN) / 3))),
    fairing: [0, 1].map((i) => build((b) => drawFairingHalf(b, i * Math.PI))),
    tower: build(drawTower),
  };
}

function turned(b: Builder, profile: Profile, colour: number, at = V(), axis = UP, around = 36): void {
  b.lathe('paint', profile, at, axis, colour, around);
}

/** Narrow foot, hammerhead top, open lattice to the stage above. */
function drawCore(b: Builder): void {
  turned(b, [[1.02, 1.2], [1.025, 6], [1.03, 15.6]], GREY);
  turned(b, [[1.03, 15.6], [1.48, 20.2]], ORANGE);
  turned(b, [[1.48, 20.2], [1.48, 23]], WHITE);
  turned(b, [[1.48, 23], [1.33, 27.1], [1.2, 27.2]], GREY);
  b.lathe('metal', [[1.05, 8], [1.06, 8.05], [1.06, 8.3], [1.03, 8.35]], V(), UP, 0x9a9c98, 36);
  b.add('matte', lathe([[0, 0], [1.0, 0.02]], 32), along(V(0, 1.2, 0), V(0, -1, 0)), 0x3d3a36);
  for (let i = 0; i < 16; i++) {
    const a = (i / 16) * TURN, c = a + TURN / 16;
    for (const [p, q] of [[a, c], [c, a]] as const) {
      const low = outward(p).multiplyScalar(1.28).setY(27.1), high = outward(q).multiplyScalar(1.33).setY(28.5);
      b.cylinder('metal', low, high, 0.035);
    }
  }
  engine(b, V(0, 0.6, 0), UP);
}

/** Drawn for angle 0; the other three are turned copies. */
function drawBooster(b: Builder): void {
  const n = outward(0), foot = boosterFoot(0), tip = V(1.18, 20.4, 0), axis = tip.clone().sub(foot).normalize();
  turned(b, [[1.34, 0], [1.34, 1.6], [1.3, 3.4], [1.12, 8]], GREY, foot, axis, 30);
  turned(b, [[1.12, 8], [0.86, 12.2]], ORANGE, foot, axis, 30);
  turned(b, [[0.86, 12.2], [0.36, 18.6], [0.18, 19.3], [0.02, 19.5]], GREY, foot, axis, 30);
  b.lathe('metal', [[1.35, 1.55], [1.36, 1.57], [1.36, 1.75], [1.34, 1.77]], foot, axis, 0x9a9c98, 30);
  b.add('matte', lathe([[0, 0], [1.33, 0.01]], 24), along(foot, axis.clone().negate()), 0x3d3a36);
  engine(b, foot.clone().addScaledVector(axis, -0.4), axis);
  b.box('metal', V(4.05, 1.7, 0), V(0.95, 1.5, 0.05), 0x8c8e88);
  const pipe = [[1.3, 2], [1.08, 8], [0.45, 17]].map(([out, up]) =>
    foot.clone().addScaledVector(n, out!).addScaledVector(axis, up!));
  b.tube('paint', pipe, 0.06, GREEN, 16, 5);
}

/** Four chambers of one engine, and two small ones that steer. */
function engine(b: Builder, at: Vector3, axis: Vector3): void {
  for (let k = 0; k < 4; k++) {
    const side = outward(k * (TURN / 4) + TURN / 8).multiplyScalar(0.48);
    b.lathe('metal', [[0.36, -0.35], [0.22, 0.35], [0.12, 0.75]], at.clone().add(side), axis, 0x7b5f4c, 14);
  }
}

function drawThird(b: Builder): void {
  turned(b, [[1.33, 30], [1.33, 35.2]], WHITE);
  turned(b, [[1.33, 35.2], [1.36, 35.3], [1.36, 36.4], [1.4, 36.5]], GREY);
  for (let k = 0; k < 4; k++) {
    const side = outward((k + 0.5) * (TURN / 4)).multiplyScalar(0.55);
    b.lathe('metal', [[0.34, THIRD_NOZZLE_Y], [0.24, 28.8], [0.1, 29.3], [0.16, 29.5]], side, UP, 0x7a7067, 16);
  }
  b.cylinder('metal', V(0, 29.2, 0), V(0, 30, 0), 0.75, 0.95, 0x5f5c56, { around: 24 });
  b.add('matte', lathe([[0, 0], [1.3, 0.02]], 32), along(V(0, 30, 0), V(0, -1, 0)), 0x55524c);
  b.box('paint', V(0, 33.2, 1.32), V(0.5, 2.6, 0.04), 0x44505f);
}

function drawAftPanel(b: Builder, start: number): void {
  const shell = lathe([[1.335, 28.5], [1.335, 30]], 14, 4, TURN / 3).rotateY(start);
  b.add('matte', shell, undefined, ORANGE);
}

/** Half of the shroud, with two of the four grid fins folded against it. */
function drawFairingHalf(b: Builder, start: number): void {
  const profile = [
    [1.4, 36.5], [1.5, 36.9], [1.5, 41.4], [1.36, 42.6], [1.02, 43.9], [0.62, 44.7], [0.4, 44.9],
  ] as const;
  b.add('matte', lathe(profile, 20, 4, Math.PI).rotateY(start), undefined, WHITE);
  b.add('matte', lathe([[1.515, 39.2], [1.515, 39.5]], 20, 4, Math.PI).rotateY(start), undefined, 0x9da09b);
  for (const quarter of [0.25, 0.75]) {
    const angle = Math.PI / 2 - (start + quarter * Math.PI);
    gridFin(b, angle);
  }
  if (start === 0) b.box('paint', V(1.49, 40.4, 0), V(0.05, 0.9, 0.6), 0x2b53b0);
}

function gridFin(b: Builder, angle: number): void {
  const turn = new Euler(0, -angle, 0), n = outward(angle), at = n.clone().multiplyScalar(1.6).setY(38.1);
  b.box('metal', at, V(0.1, 1.7, 1.05), 0x8f928c, turn);
  for (let k = -3; k <= 3; k++) {
    b.box('metal', at.clone().addScaledVector(n, 0.06).add(V(0, k * 0.22, 0)), V(0.05, 0.03, 1.0), DARK, turn);
  }
}

/** The escape tower on the tip. */
function drawTower(b: Builder): void {
  turned(b, [
    [0.4, 44.9], [0.42, 45.3], [0.42, 45.8], [0.3, 46], [0.3, 47.6], [0.34, 47.7], [0.34, 48.2], [0.16, 48.5],
    [0.14, 49.2], [0.02, 49.5],
  ], 0xdcdcd4, V(), UP, 24);
  for (let i = 0; i < 12; i++) {
    const n = outward((i / 12) * TURN);
    const high = n.clone().multiplyScalar(0.3).setY(46.1), low = n.clone().multiplyScalar(0.52).setY(45.72);
    b.cylinder('metal', high, low, 0.03, 0.06, 0x4e4c48);
  }
}
