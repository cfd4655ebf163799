/** Arms with gloves, legs with boots: bellows at the joints, bands of colour, rings of metal. */
import { CapsuleGeometry, Euler, SphereGeometry } from 'three';
import { V, place } from './kit/shapes';
import type { Profile } from './kit/shapes';
import { FOREARM_M, SHIN_M, THIGH_M, UPPER_ARM_M, restAt, sign } from './orlan_bones';
import type { BoneName, Side } from './orlan_bones';
import { PAINTS, banded, softLathe } from './orlan_skin';
import type { Binding, SuitSkin } from './orlan_skin';
import { smooth } from './smooth';

/** Half of the length over which cloth bends with an elbow or a knee. */
const BEND_M = 0.11;
const PIECES = 30;

export function addLimbs(skin: SuitSkin, side: Side, stripe: number): void {
  addArm(skin, side, stripe);
  addGlove(skin, side);
  addLeg(skin, side, stripe);
  addBoot(skin, side);
}

/** Shares of the bones on both sides of a joint and of the one between them, by height. */
function bend(
  y: number, joint_y: number, above: BoneName, middle: BoneName, below: BoneName,
): [BoneName, BoneName, number] {
  const gone = smooth(-y, -joint_y - BEND_M, -joint_y + BEND_M);
  return gone < 0.5 ? [above, middle, 2 * gone] : [middle, below, 2 * gone - 1];
}

const bump = (y: number, at: number, width: number): number => Math.exp(-(((y - at) / width) ** 2));

/** Radius by height below the shoulder: a cone with bellows, tight at the wrist, closed over the shoulder. */
function armRadius(y: number): number {
  const elbow = bump(y, -UPPER_ARM_M, 0.08);
  const folds = (0.0045 + 0.006 * elbow) * Math.sin(y * 125) * smooth(y, -0.52, -0.44);
  return 0.068 + 0.05 * smooth(y, -0.58, -0.02) - 0.004 * elbow + folds - 0.055 * smooth(y, 0.05, 0.1);
}

function profile(from_y: number, to_y: number, radius: (y: number) => number): Profile {
  return Array.from({ length: PIECES + 1 }, (_, i) => {
    const y = from_y + ((to_y - from_y) * i) / PIECES;
    return [radius(y), y] as const;
  });
}

function addArm(skin: SuitSkin, side: Side, stripe: number): void {
  const shoulder = restAt(`shoulder${side}`), elbow = restAt(`elbow${side}`), wrist = restAt(`wrist${side}`);
  const sleeve = banded(softLathe(profile(-(UPPER_ARM_M + FOREARM_M), 0.1, armRadius), 14), (y) => {
    if (y < -0.56) return PAINTS.grey;
    return y < -0.41 && y > -0.47 ? stripe : PAINTS.white;
  });
  const bound: Binding = (at) => (at.y > shoulder.y - 0.14
    ? [`shoulder${side}`, 'torso', 0.55 * smooth(at.y, shoulder.y - 0.05, shoulder.y + 0.1)]
    : bend(at.y, elbow.y, `shoulder${side}`, `elbowMid${side}`, `elbow${side}`));
  skin.put('cloth', sleeve, bound, PAINTS.white, place(shoulder));
  const cap = new SphereGeometry(0.135, 14, 8).scale(0.95, 1, 0.98);
  skin.put('cloth', cap, 'torso', PAINTS.white, place(shoulder.clone().add(V(-sign(side) * 0.02, 0, 0))));
  skin.ring('paint', wrist.clone().add(V(0, 0.012, 0)), 0.068, 0.012, `elbow${side}`, PAINTS.metal);
  skin.ring('paint', shoulder.clone().add(V(0, -0.105, 0)), 0.118, 0.008, `shoulder${side}`, PAINTS.metal);
  const mirror = elbow.clone().add(V(sign(side) * 0.068, -0.15, 0));
  skin.box('paint', mirror, V(0.012, 0.055, 0.05), `elbow${side}`, 0x3a3d40);
}

/** Gauntlet, palm with a grip pad, four fingers of two joints, a thumb; the palm faces the body. */
function addGlove(skin: SuitSkin, side: Side): void {
  const s = sign(side), wrist = restAt(`wrist${side}`), on: BoneName = `wrist${side}`;
  skin.put('cloth', softLathe([[0.05, -0.07], [0.058, -0.05], [0.064, -0.02], [0.067, 0.02]], 14), on, PAINTS.white,
    place(wrist));
  skin.box('cloth', wrist.clone().add(V(s * 0.004, -0.072, 0)), V(0.056, 0.1, 0.108), on, PAINTS.glove, 0.026);
  skin.box('cloth', wrist.clone().add(V(-s * 0.025, -0.075, 0)), V(0.012, 0.07, 0.084), on, PAINTS.pad);
  for (let finger = 0; finger < 4; finger++) {
    const across = 0.039 - finger * 0.026, long = [0.044, 0.05, 0.047, 0.038][finger] ?? 0.044;
    const near = new CapsuleGeometry(0.0158, long - 0.008, 2, 8), far = new CapsuleGeometry(0.0146, long * 0.7, 2, 8);
    const knuckle = restAt(`fing1${side}`), middle = restAt(`fing2${side}`);
    skin.put('cloth', near, `fing1${side}`, PAINTS.glove, place(knuckle.add(V(0, -long / 2, across))));
    skin.put('cloth', far, `fing2${side}`, PAINTS.pad, place(middle.add(V(0, -long * 0.42, across))));
  }
  const thumb = restAt(`thumb${side}`).add(V(-s * 0.012, -0.03, 0.016));
  skin.put('cloth', new CapsuleGeometry(0.0175, 0.05, 2, 8), `thumb${side}`, PAINTS.glove,
    place(thumb, new Euler(-0.5, 0, 0)));
}

function legRadius(y: number): number {
  const knee = bump(y, -THIGH_M, 0.08);
  const folds = (0.004 + 0.007 * knee) * Math.sin(y * 105);
  return 0.086 + 0.046 * smooth(y, -0.8, 0) + 0.006 * knee + folds - 0.02 * smooth(y, 0.03, 0.08);
}

function addLeg(skin: SuitSkin, side: Side, stripe: number): void {
  const hip = restAt(`hip${side}`), knee = restAt(`knee${side}`), ankle = restAt(`ankle${side}`);
  const trouser = banded(softLathe(profile(-(THIGH_M + SHIN_M), 0.08, legRadius), 14),
    (y) => (y < -0.56 && y > -0.625 ? stripe : PAINTS.white));
  const bound: Binding = (at) => (at.y > knee.y + 0.15
    ? [`hip${side}`, 'waist', 0.5 * smooth(at.y, hip.y - 0.04, hip.y + 0.08)]
    : bend(at.y, knee.y, `hip${side}`, `kneeMid${side}`, `knee${side}`));
  skin.put('cloth', trouser, bound, PAINTS.white, place(hip));
  skin.ring('paint', hip.clone().add(V(0, -0.13, 0)), 0.124, 0.008, `hip${side}`, PAINTS.metal);
  skin.ring('cloth', ankle.clone().add(V(0, 0.02, 0)), 0.088, 0.012, `knee${side}`, PAINTS.grey);
}

function addBoot(skin: SuitSkin, side: Side): void {
  const ankle = restAt(`ankle${side}`), on: BoneName = `ankle${side}`;
  const heel = new SphereGeometry(0.088, 12, 7).scale(1, 0.95, 1.05);
  skin.put('cloth', heel, on, 0xd8d6cc, place(ankle.clone().add(V(0, -0.03, 0.005))));
  skin.box('cloth', ankle.clone().add(V(0, -0.075, 0.055)), V(0.155, 0.1, 0.29), on, 0xd8d6cc, 0.045);
  skin.box('paint', ankle.clone().add(V(0, -0.128, 0.055)), V(0.15, 0.03, 0.28), on, 0x6f726f);
  skin.box('cloth', ankle.clone().add(V(0, -0.05, 0.1)), V(0.162, 0.03, 0.09), on, PAINTS.grey);
}
