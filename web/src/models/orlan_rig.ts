/** Moves the bones of a suit: legs and waist by angles, each arm by where its hand must be. No drawing is needed. */
import { Matrix4, Quaternion, Vector3 } from 'three';
import type { Bone } from 'three';
import { FOREARM_M, PALM, SIDES, UPPER_ARM_M, makeBones, sign } from './orlan_bones';
import type { Bones, Side } from './orlan_bones';
import { radians } from './kit/shapes';

/** Degrees. Legs: flexed forward, spread. */
export interface Legs {
  readonly waist: readonly [number, number];
  readonly hipL: readonly [number, number];
  readonly hipR: readonly [number, number];
  readonly kneeL: number;
  readonly kneeR: number;
}

/** What a hand does, suit axes. */
export interface Reach {
  /** Middle of the rod in the fist. */
  readonly at: Vector3;
  /** The rod's direction, to the thumb's side; a rail may lie either way. */
  readonly rod?: Vector3;
  readonly eitherWay?: boolean;
  /** 0 open, 1 fist. */
  readonly grip: number;
}

/** Half-seated, as a body floats when nothing holds it. */
export const FLOATING: Legs = { waist: [8, 0], hipL: [22, 8], hipR: [14, 8], kneeL: 34, kneeR: 26 };

/** How far a wrist bends off the forearm. */
const WRIST_SINE = Math.sin((50 * Math.PI) / 180);
const ARM_M = UPPER_ARM_M + FOREARM_M - 0.004;
const ROUNDS = 14;
const EASED = 0.75;
const EXACT_M = 0.002;
const NEAR_ENOUGH_M = 0.025;

export class Rig {
  readonly bones: Bones;
  readonly list: Bone[];

  constructor() {
    ({ bones: this.bones, list: this.list } = makeBones());
  }

  get root(): Bone {
    return this.bones.torso;
  }

  stand(legs: Legs): void {
    this.bones.waist.rotation.set(-radians(legs.waist[0]), 0, radians(legs.waist[1]));
    for (const side of SIDES) {
      const [flexed, spread] = side === 'L' ? legs.hipL : legs.hipR, knee = side === 'L' ? legs.kneeL : legs.kneeR;
      this.bones[`hip${side}`].rotation.set(-radians(flexed), 0, radians(spread * sign(side)), 'ZXY');
      this.bones[`kneeMid${side}`].rotation.x = radians(knee / 2);
      this.bones[`knee${side}`].rotation.x = radians(knee);
      this.bones[`ankle${side}`].rotation.x = radians(6 + 0.15 * knee);
    }
  }

  /** Brings a hand to its place; the elbow falls outward and down. Returns how far the palm stays from it, metres. */
  reach(side: Side, wish: Reach): number {
    const shoulder = this.bones[`shoulder${side}`].position;
    let best: Solved | undefined;
    for (const rod of waysToHold(wish)) {
      const solved = solve(shoulder, side, wish.at, rod);
      if (!best || solved.miss < best.miss) best = solved;
      if (best.miss < NEAR_ENOUGH_M) break;
    }
    if (!best) return Infinity;
    this.setArm(side, best.arm, best.hand);
    this.close(side, wish.grip);
    return best.miss;
  }

  /** Middle of the rod in a fist, and its direction to the thumb's side, in the axes that the root hangs in. */
  palm(side: Side): { readonly at: Vector3; readonly rod: Vector3 } {
    this.root.updateMatrixWorld(true);
    const hand = this.bones[`wrist${side}`], turn = hand.getWorldQuaternion(new Quaternion());
    return { at: hand.localToWorld(mirrored(PALM, side)), rod: new Vector3(0, 0, 1).applyQuaternion(turn) };
  }

  private setArm(side: Side, arm: Arm, hand: Quaternion): void {
    const elbow = arm.upper.clone().invert().multiply(arm.fore);
    this.bones[`shoulder${side}`].quaternion.copy(arm.upper);
    this.bones[`elbow${side}`].quaternion.copy(elbow);
    this.bones[`elbowMid${side}`].quaternion.identity().slerp(elbow, 0.5);
    this.bones[`wrist${side}`].quaternion.copy(arm.fore).invert().multiply(hand);
  }

  private close(side: Side, grip: number): void {
    const s = -sign(side);
    this.bones[`fing1${side}`].rotation.z = s * radians(78 * grip);
    this.bones[`fing2${side}`].rotation.z = s * radians(92 * grip);
    this.bones[`thumb${side}`].rotation.set(radians(18 - 20 * grip), 0, s * radians(10 + 48 * grip));
  }
}

/** A rail may be held from either side; where no wrist bends so far, any way will do. */
function waysToHold({ rod, eitherWay }: Reach): readonly (Vector3 | undefined)[] {
  if (!rod) return [undefined];
  return eitherWay ? [rod, rod.clone().negate(), undefined] : [rod, undefined];
}

interface Solved {
  readonly arm: Arm;
  readonly hand: Quaternion;
  readonly miss: number;
}

/** The wrist is moved until the palm, whose turn depends on the arm, lies at the place. */
function solve(shoulder: Vector3, side: Side, at: Vector3, rod: Vector3 | undefined): Solved {
  const palm = mirrored(PALM, side), wrist = at.clone();
  let best: Solved | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const arm = twoBones(shoulder, wrist, side), hand = handTurn(arm.fore, rod);
    const missing = at.clone().sub(palm.clone().applyQuaternion(hand).add(arm.wrist));
    if (!best || missing.length() < best.miss) best = { arm, hand, miss: missing.length() };
    if (best.miss < EXACT_M) break;
    wrist.addScaledVector(missing, EASED);
  }
  return best ?? solve(shoulder, side, at, undefined);
}

function mirrored(point: Vector3, side: Side): Vector3 {
  return new Vector3(point.x * sign(side), point.y, point.z);
}

interface Arm {
  /** Suit axes. */
  readonly upper: Quaternion;
  readonly fore: Quaternion;
  readonly wrist: Vector3;
}

/** Upper arm and forearm to a wrist's place; too far: straight towards it. */
function twoBones(shoulder: Vector3, wrist: Vector3, side: Side): Arm {
  const way = wrist.clone().sub(shoulder), long = Math.min(Math.max(way.length(), 0.16), ARM_M);
  way.normalize();
  const cosine = (UPPER_ARM_M ** 2 + long ** 2 - FOREARM_M ** 2) / (2 * UPPER_ARM_M * long);
  const angle = Math.acos(Math.min(Math.max(cosine, -1), 1));
  const pole = new Vector3(sign(side) * 0.8, -1, -0.25);
  pole.addScaledVector(way, -pole.dot(way)).normalize();
  const upper = way.clone().multiplyScalar(Math.cos(angle)).addScaledVector(pole, Math.sin(angle));
  const fore = way.clone().multiplyScalar(long).addScaledVector(upper, -UPPER_ARM_M).normalize();
  const bent = fore.clone().addScaledVector(upper, -fore.dot(upper));
  const ahead = bent.lengthSq() > 1e-8 ? bent.normalize() : anyAhead(upper);
  const across = upper.clone().negate().cross(ahead);
  return {
    upper: boneTurn(upper, across), fore: boneTurn(fore, across),
    wrist: shoulder.clone().addScaledVector(upper, UPPER_ARM_M).addScaledVector(fore, FOREARM_M),
  };
}

/** Which way an outstretched arm would bend. */
function anyAhead(upper: Vector3): Vector3 {
  return new Vector3(0, 0, 1).addScaledVector(upper, -upper.z).normalize();
}

/** A limb bone lies along its -Y; the joint bends about its X. */
function boneTurn(limb: Vector3, across: Vector3): Quaternion {
  const y = limb.clone().negate();
  return new Quaternion().setFromRotationMatrix(new Matrix4().makeBasis(across, y, across.clone().cross(y)));
}

/** The hand goes on in the forearm's line, turned about it and bent so far that the rod lies in the fist. */
function handTurn(fore: Quaternion, rod: Vector3 | undefined): Quaternion {
  if (!rod) return fore.clone();
  const arm = new Vector3(0, 1, 0).applyQuaternion(fore), thumb = rod.clone().normalize();
  const tilt = thumb.dot(arm), allowed = Math.min(Math.max(tilt, -WRIST_SINE), WRIST_SINE);
  thumb.addScaledVector(arm, -tilt);
  if (thumb.lengthSq() < 1e-6) thumb.set(0, 0, 1).applyQuaternion(fore);
  thumb.normalize().multiplyScalar(Math.sqrt(1 - allowed ** 2)).addScaledVector(arm, allowed);
  const y = arm.clone().addScaledVector(thumb, -arm.dot(thumb)).normalize();
  return new Quaternion().setFromRotationMatrix(new Matrix4().makeBasis(y.clone().cross(thumb), y, thumb));
}
