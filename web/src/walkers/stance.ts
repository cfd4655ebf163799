/** How a body is held at a rail: where the torso is, how it is turned, what each hand does. Station axes, metres. */
import { Matrix4, Quaternion, Vector3 } from 'three';
import { FLOATING } from '../models/orlan_rig';
import { smooth } from '../models/smooth';
import { mixTurns } from './turns';
import type { Legs } from '../models/orlan_rig';
import { sign } from '../models/orlan_bones';
import type { Side } from '../models/orlan_bones';

export interface Hand {
  /** Middle of what the fist holds. */
  readonly at: Vector3;
  /** Its direction, to the thumb's side. */
  readonly rod: Vector3;
  readonly eitherWay: boolean;
  readonly grip: number;
  /** 1: it stays where it is when the body is moved; 0: it goes with the body. */
  readonly fixed: number;
}

export type Hands = Readonly<Record<Side, Hand>>;

export interface Stance {
  readonly torso: Vector3;
  /** Suit axes (x left, y head, z face) to station axes. */
  readonly turn: Quaternion;
  readonly hands: Hands;
  readonly legs: Legs;
}

/** Where the hands of a person are, as the flight says: at a rail, with the head on the side that goes first. */
export interface Hold {
  readonly at: Vector3;
  readonly velocity: Vector3;
  /** Away from the hull, towards the head, and along the rail. */
  readonly out: Vector3;
  readonly head: Vector3;
  readonly rail: Vector3;
  /** How the flight turns the body, suit axes, and how far that is away from facing the hull: 1 in a filmed scene. */
  readonly body: Axes;
  readonly turnedAway: number;
}

export interface Axes {
  readonly left: Vector3;
  readonly up: Vector3;
  readonly face: Vector3;
}

/** Axes with the face exactly so and the head as near to `up` as that allows. */
export function axesOf(face: Vector3, up: Vector3): Axes {
  const ahead = face.clone().normalize(), left = up.clone().cross(ahead).normalize();
  return { left, up: ahead.clone().cross(left), face: ahead };
}

export function turnOf(axes: Axes): Quaternion {
  return new Quaternion().setFromRotationMatrix(new Matrix4().makeBasis(axes.left, axes.up, axes.face));
}

export function axesOfTurn(turn: Quaternion): Axes {
  const of = (x: number, y: number, z: number): Vector3 => new Vector3(x, y, z).applyQuaternion(turn);
  return { left: of(1, 0, 0), up: of(0, 1, 0), face: of(0, 0, 1) };
}

/** A point given in suit axes. */
export function from(torso: Vector3, axes: Axes, left: number, up: number, ahead: number): Vector3 {
  return torso.clone().addScaledVector(axes.left, left).addScaledVector(axes.up, up).addScaledVector(axes.face, ahead);
}

/** The torso's place for which a hold is so far to the left, up and ahead of it. */
function torsoFor(hold: Vector3, axes: Axes, left: number, up: number, ahead: number): Vector3 {
  return from(hold, axes, -left, -up, -ahead);
}

function railHand(hold: Hold, along_m: number, out_m = 0, grip = 1): Hand {
  const at = hold.at.clone().addScaledVector(hold.rail, along_m).addScaledVector(hold.out, out_m);
  return { at, rod: hold.rail, eitherWay: true, grip, fixed: 1 };
}

/** Hands beside one another on a rail: half the width of a glove to each side of the place. */
const BESIDE_M = 0.058;

/** Facing the hull, the body along it, the feet nearer to it than the head; turned by `yaw` to the wearer's right. */
function facingHull(hold: Hold, yaw = 0): Axes {
  const up = hold.head.clone().addScaledVector(hold.out, 0.26);
  const axes = axesOf(hold.head.clone().multiplyScalar(0.2).sub(hold.out), up);
  const face = axes.face.clone().multiplyScalar(Math.cos(yaw)).addScaledVector(axes.left, -Math.sin(yaw));
  return axesOf(face, axes.up);
}

/** Hands of somebody who holds on with one of them. */
function oneHand(holding: Side, held: Hand, free: Hand): Hands {
  return holding === 'L' ? { L: held, R: free } : { L: free, R: held };
}

export function holdingOn(hold: Hold): Stance {
  const axes = facingHull(hold), torso = torsoFor(hold.at, axes, 0, 0.2, 0.55);
  const leftFirst = hold.rail.dot(axes.left) >= 0 ? BESIDE_M : -BESIDE_M;
  return {
    torso, turn: turnOf(axes), legs: FLOATING,
    hands: { L: railHand(hold, leftFirst), R: railHand(hold, -leftFirst) },
  };
}

/** One hand on the rail, the other at the work beside it: small turns of a tool. */
export function working(hold: Hold, t_s: number, holding: Side): Stance {
  const s = sign(holding), axes = facingHull(hold, 0.42 * s), torso = torsoFor(hold.at, axes, 0.2 * s, 0.18, 0.54);
  const swing = 0.02 * Math.sin(t_s * 0.9) + 0.012 * Math.sin(t_s * 0.37);
  const at = from(torso, axes, s * (swing - 0.22), 0.14 + 0.6 * swing, 0.58);
  const rod = axes.up.clone().addScaledVector(axes.left, 0.35 * s);
  return {
    torso, turn: turnOf(axes), legs: { ...FLOATING, hipL: [30, 10], kneeL: 46 },
    hands: oneHand(holding, railHand(hold, 0), { at, rod, eitherWay: false, grip: 0.95, fixed: 0 }),
  };
}

/** One hand on the rail, the body let go outward, looking past the hull. */
export function resting(hold: Hold, t_s: number, holding: Side): Stance {
  const s = sign(holding), axes = facingHull(hold, 0.9 * s), sway = 0.02 * Math.sin(t_s * 0.11);
  const torso = torsoFor(hold.at, axes, 0.5 * s, 0.02 + sway, 0.2);
  const at = from(torso, axes, -0.36 * s, -0.16 + sway, 0.36);
  return {
    torso, turn: turnOf(axes), legs: FLOATING,
    hands: oneHand(holding, railHand(hold, 0), { at, rod: axes.up, eitherWay: false, grip: 0.4, fixed: 0 }),
  };
}

/** Where a stills camera is held so that the helmet's own camera sees past it; on the free hand's side. */
export function filmingPoint(torso: Vector3, axes: Axes, holding: Side): Vector3 {
  return from(torso, axes, -sign(holding) * 0.25, 0.17, 0.42);
}

export function filming(hold: Hold, t_s: number, holding: Side): Stance {
  const s = sign(holding), axes = facingHull(hold, s * (0.55 + 0.1 * Math.sin(t_s * 0.06)));
  const torso = torsoFor(hold.at, axes, 0.36 * s, 0.02, 0.4);
  const at = filmingPoint(torso, axes, holding);
  return {
    torso, turn: turnOf(axes), legs: FLOATING,
    hands: oneHand(holding, railHand(hold, 0), { at, rod: axes.up, eitherWay: false, grip: 0.85, fixed: 0 }),
  };
}

/** Beside a partner: turned to one another, the hand at the hull on the rail, the other one free. `aside_m` moves the
 * body along itself, to make room at the hold. */
export function facingPartner(hold: Hold, towards: Vector3, up: Vector3, aside_m = 0): Stance {
  const axes = axesOf(towards, up), s = axes.left.dot(hold.out) < 0 ? 1 : -1;
  return besideRail(hold, axes, torsoFor(hold.at, axes, 0.54 * s, aside_m - 0.08, 0.36));
}

/** From the rail to the chest, and how far above or below straight away from the hull the arm points, in a scene as the
 * flight plans it (src/fakel/plan/stance.py). */
const SCENE_ARM_M = 0.6;
const SCENE_LEAN = (40 * Math.PI) / 180;
const ZENITH = new Vector3(0, 0, -1);

/** Turned as the flight says, to be filmed: whoever looks down floats high, whoever looks up hangs low. */
export function inScene(hold: Hold): Stance {
  const level = hold.out.clone().addScaledVector(ZENITH, -hold.out.dot(ZENITH));
  const high = Math.min(Math.max(-hold.body.face.dot(ZENITH) / 0.25, -1), 1), lean = SCENE_LEAN * high;
  const way = level.lengthSq() < 0.01 ? hold.out.clone()
    : level.normalize().multiplyScalar(Math.cos(lean)).addScaledVector(ZENITH, Math.sin(lean));
  return besideRail(hold, hold.body, hold.at.clone().addScaledVector(way, SCENE_ARM_M));
}

/** Half of the distance between two who pass a thing on, how far off the hull they are then, and how far below it. */
const PASS_HALF_M = 0.61;
const PASS_OUT_M = 0.8;
const PASS_DOWN_M = 0.15;

/** Before a partner, so near that both reach the same thing. */
export function passing(hold: Hold, partner: Hold): Stance {
  const out = hold.out.clone().add(partner.out).normalize(), towards = partner.at.clone().sub(hold.at);
  towards.addScaledVector(out, -towards.dot(out)).normalize();
  const up = hold.body.up.clone().add(partner.body.up);
  const torso = hold.at.clone().lerp(partner.at, 0.5).addScaledVector(out, PASS_OUT_M)
    .addScaledVector(towards, -PASS_HALF_M);
  const axes = axesOf(towards, up);
  return besideRail(hold, axes, torso.addScaledVector(axes.up, -PASS_DOWN_M));
}

/** The hand at the hull on the rail, the other one free. */
function besideRail(hold: Hold, axes: Axes, torso: Vector3): Stance {
  const holding: Side = axes.left.dot(hold.out) < 0 ? 'L' : 'R', s = sign(holding);
  const at = from(torso, axes, -0.34 * s, -0.1, 0.38);
  return {
    torso, turn: turnOf(axes), legs: { ...FLOATING, waist: [4, 0], kneeL: 40, kneeR: 34 },
    hands: oneHand(holding, railHand(hold, 0), { at, rod: axes.up, eitherWay: false, grip: 0.4, fixed: 0 }),
  };
}

/** Seconds of a full cycle of both hands, and the part of it in which a hand holds on. */
const CYCLE_S = 6;
const HELD = 0.6;

/** Head first along the hull; sideways around it. */
export function onTheWay(hold: Hold, t_s: number): Stance {
  const speed = Math.max(hold.velocity.length(), 1e-6), ahead = hold.velocity.dot(hold.head) / speed;
  const back = { ...hold, head: hold.head.clone().negate() };
  return mixStances(handOverHand(back, t_s), handOverHand(hold, t_s), smooth(ahead, -0.75, -0.25));
}

/** Hand over hand: a hand that holds stays where it is on the rail while the body goes by; then it is brought ahead. */
function handOverHand(hold: Hold, t_s: number): Stance {
  const base = holdingOn(hold), axes = axesOfTurn(base.turn);
  const hands = { L: swinging(hold, t_s, 0), R: swinging(hold, t_s, 0.5) };
  const sway = Math.sin((2 * Math.PI * t_s) / CYCLE_S);
  return {
    torso: base.torso.clone().addScaledVector(axes.left, 0.03 * sway), turn: base.turn, hands,
    legs: {
      waist: [4, 2 * sway], hipL: [12 + 5 * sway, 6], hipR: [12 - 5 * sway, 6],
      kneeL: 30 + 8 * sway, kneeR: 30 - 8 * sway,
    },
  };
}

function swinging(hold: Hold, t_s: number, later: number): Hand {
  const part = t_s / CYCLE_S + later, phase = part - Math.floor(part);
  const cycle = hold.velocity.clone().multiplyScalar(CYCLE_S);
  const back = (phase - HELD) / (1 - HELD);
  const ahead = back < 0 ? HELD / 2 - phase : HELD * (smooth(back, 0, 1) - 0.5);
  const lift = back < 0 ? 0 : Math.sin(Math.PI * back);
  const at = hold.at.clone().addScaledVector(cycle, ahead).addScaledVector(hold.out, 0.09 * lift);
  return { at, rod: hold.rail, eitherWay: true, grip: 1 - 0.6 * lift, fixed: 1 };
}

export function mixStances(a: Stance, b: Stance, part: number): Stance {
  if (part <= 0) return a;
  if (part >= 1) return b;
  const both = (x: number, y: number): number => x + (y - x) * part;
  return {
    torso: a.torso.clone().lerp(b.torso, part), turn: mixTurns(a.turn, b.turn, part),
    hands: { L: changeHands(a.hands.L, b.hands.L, part), R: changeHands(a.hands.R, b.hands.R, part) },
    legs: {
      waist: [both(a.legs.waist[0], b.legs.waist[0]), both(a.legs.waist[1], b.legs.waist[1])],
      hipL: [both(a.legs.hipL[0], b.legs.hipL[0]), both(a.legs.hipL[1], b.legs.hipL[1])],
      hipR: [both(a.legs.hipR[0], b.legs.hipR[0]), both(a.legs.hipR[1], b.legs.hipR[1])],
      kneeL: both(a.legs.kneeL, b.legs.kneeL), kneeR: both(a.legs.kneeR, b.legs.kneeR),
    },
  };
}

/** A hand that is going to hold on does so in the first half of a change; one that lets go waits for the second. */
function changeHands(a: Hand, b: Hand, part: number): Hand {
  if (b.fixed > a.fixed + 0.5) return mixHands(a, b, smooth(part, 0, 0.5));
  return b.fixed < a.fixed - 0.5 ? mixHands(a, b, smooth(part, 0.5, 1)) : mixHands(a, b, part);
}

/** The body somewhere else; hands that hold on stay. */
export function moved(stance: Stance, by: Vector3): Stance {
  const hand = (one: Hand): Hand => ({ ...one, at: one.at.clone().addScaledVector(by, 1 - one.fixed) });
  const hands = { L: hand(stance.hands.L), R: hand(stance.hands.R) };
  return { ...stance, hands, torso: stance.torso.clone().add(by) };
}

/** The body swung about its own length, round the hold: its hands keep their reach. */
export function swung(stance: Stance, hold: Vector3, angle: number): Stance {
  const swing = new Quaternion().setFromAxisAngle(axesOfTurn(stance.turn).up, angle);
  const round = (point: Vector3): Vector3 => point.clone().sub(hold).applyQuaternion(swing).add(hold);
  const hand = (one: Hand): Hand => ({ ...one, at: round(one.at).lerp(one.at, one.fixed) });
  return {
    ...stance, torso: round(stance.torso), turn: swing.clone().multiply(stance.turn),
    hands: { L: hand(stance.hands.L), R: hand(stance.hands.R) },
  };
}

export function mixHands(a: Hand, b: Hand, part: number): Hand {
  if (part <= 0) return a;
  if (part >= 1) return b;
  const rod = b.rod.clone();
  if ((a.eitherWay || b.eitherWay) && rod.dot(a.rod) < 0) rod.negate();
  rod.multiplyScalar(part).addScaledVector(a.rod, 1 - part);
  return {
    at: a.at.clone().lerp(b.at, part), rod, eitherWay: part < 0.5 ? a.eitherWay : b.eitherWay,
    grip: a.grip + (b.grip - a.grip) * part, fixed: a.fixed + (b.fixed - a.fixed) * part,
  };
}
