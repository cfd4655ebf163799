/** A thing outside: how it comes out of the hatch, is held, goes from hand to hand, and is put in again. */
import { Quaternion, Vector3 } from 'three';
import { sign } from '../models/orlan_bones';
import type { Side } from '../models/orlan_bones';
import { smooth } from '../models/smooth';
import type { Doorway } from './holds';
import type { Outing, Passing } from './plan';
import type { Figure } from './spacewalk';
import { axesOf, axesOfTurn, filmingPoint, from, mixHands, turnOf } from './stance';
import type { Hand, Stance } from './stance';

/** Where a thing is: its grip, and its turn (x across, y from foot to top, z its flat face) to station axes. */
export interface Place {
  readonly at: Vector3;
  readonly turn: Quaternion;
}

export interface Carried extends Place {
  readonly item: string;
  /** By person: how firmly a hand is on it (0 to 1), and whether a tether holds it. */
  readonly hands: ReadonlyMap<string, number>;
  readonly tethers: readonly string[];
}

/** Seconds about a hand-over; it is said to happen at 0. */
const OVER = { reach: [-45, -28], meet: [-75, -45], hook: -26, letGo: [5, 12], unhook: 12, part: [10, 24] } as const;
/** Coming out: drawn by its tether, taken in hand, brought before the chest. */
const OUT = { begin: -170, drawn: -80, take: [-45, -20], brought: 0 } as const;
/** Going in: held to the hatch, let go, slid in. */
const BACK = { point: [-130, -85], letGo: [-50, -38], slide: [-48, -4] } as const;
/** Grips of the first and of the other walker along the thing, metres from its own grip. */
const GRIPS_M = [0.01, -0.13] as const;

export const gripOf = (walker: number): number => GRIPS_M[walker === 1 ? 0 : 1];

/** The hand away from the hull. */
export function freeSide(figure: Figure): Side {
  return axesOfTurn(figure.stance.turn).left.dot(figure.hold.out) > 0 ? 'L' : 'R';
}

/** `both`: how far a task lets both hold it. */
export function carried(
  outing: Outing, t_s: number, figures: ReadonlyMap<string, Figure>, door: Doorway | undefined, both: number,
): Carried | undefined {
  const end_s = outing.back?.t_s ?? Infinity;
  if (!door || t_s < outing.out.t_s + OUT.begin || t_s >= end_s) return undefined;
  const hands = new Map<string, number>(), tethers = new Set<string>();
  const holderBy = [outing.out, ...outing.between];
  const past = holderBy.findLast((one) => one.t_s <= t_s) ?? outing.out, holder = figures.get(past.taker);
  if (!holder) return undefined;
  hands.set(holder.id, 1);
  tethers.add(holder.id);
  let place = held(holder, partnerOf(holder, figures));
  const next = holderBy.find((one) => one.t_s > t_s && one !== outing.out);
  for (const passing of [past, next]) {
    if (passing && passing !== outing.out) place = passedOver(passing, t_s, figures, place, hands, tethers);
  }
  const partner = partnerOf(holder, figures);
  if (both > 0 && partner) {
    place = mixPlaces(place, between(holder, partner), both);
    hands.set(partner.id, Math.max(hands.get(partner.id) ?? 0, both));
  }
  place = mixPlaces(place, atBelt(holder), holder.moving);
  if (t_s < outing.out.t_s + OUT.brought) place = drawnOut(outing.out, t_s, pastFeet(door, holder), place, hands);
  if (outing.back) place = putIn(outing.back, t_s, door, holder, place, hands);
  for (const [id, firm] of hands) hands.set(id, firm * (1 - holder.moving));
  return { item: outing.item, ...place, hands, tethers: [...tethers] };
}

/** How far the two lean to one another so that both reach the thing. */
export function nearer(outing: Outing, t_s: number): number {
  return Math.max(0, ...outing.between.map(({ t_s: at_s }) =>
    smooth(t_s - at_s, ...OVER.meet) * (1 - smooth(t_s - at_s, ...OVER.part))));
}

function partnerOf(one: Figure, figures: ReadonlyMap<string, Figure>): Figure | undefined {
  return [...figures.values()].find((other) => other.id !== one.id);
}

function mixPlaces(a: Place, b: Place, part: number): Place {
  if (part <= 0) return a;
  return part >= 1 ? b : { at: a.at.clone().lerp(b.at, part), turn: a.turn.clone().slerp(b.turn, part) };
}

/** Upright before the chest, on the free hand's side, its flat face to the partner. */
function held(figure: Figure, partner: Figure | undefined): Place {
  const axes = axesOfTurn(figure.stance.turn), side = sign(freeSide(figure));
  const at = from(figure.stance.torso, axes, side * 0.22, 0.04, 0.58);
  const rod = axes.up.clone().addScaledVector(axes.face, 0.3).addScaledVector(axes.left, 0.12 * side).normalize();
  const eye = partner ? partner.stance.torso.clone().sub(at) : axes.face;
  const place = { at, turn: turnOf(axesOf(flatTo(eye, rod), rod)) };
  return alongGrip(place, -gripOf(figure.walker));
}

function flatTo(eye: Vector3, rod: Vector3): Vector3 {
  return eye.clone().addScaledVector(rod, -eye.dot(rod)).normalize();
}

function alongGrip(place: Place, metres: number): Place {
  const rod = new Vector3(0, 1, 0).applyQuaternion(place.turn);
  return { at: place.at.clone().addScaledVector(rod, metres), turn: place.turn };
}

/** Between the two, in reach of both. */
function between(giver: Figure, taker: Figure): Place {
  const [a, b] = giver.walker < taker.walker ? [giver, taker] : [taker, giver];
  const axes = axesOfTurn(a.stance.turn), out = sign(freeSide(a));
  const middle = a.stance.torso.clone().lerp(b.stance.torso, 0.5);
  const at = middle.addScaledVector(axes.up, 0.07).addScaledVector(axes.left, 0.23 * out);
  const rod = axes.up.clone().addScaledVector(axes.left, 0.3 * out).normalize();
  return { at, turn: turnOf(axesOf(flatTo(b.stance.torso.clone().sub(at), rod), rod)) };
}

function passedOver(
  passing: Passing, t_s: number, figures: ReadonlyMap<string, Figure>, before: Place, hands: Map<string, number>,
  tethers: Set<string>,
): Place {
  const giver = figures.get(passing.giver), taker = figures.get(passing.taker), since = t_s - passing.t_s;
  if (!giver || !taker) return before;
  const giving = 1 - smooth(since, ...OVER.letGo), taking = smooth(since, ...OVER.reach);
  if (giving > 0) hands.set(giver.id, giving);
  hands.set(taker.id, taking);
  if (since < OVER.unhook) tethers.add(giver.id);
  if (since >= OVER.hook) tethers.add(taker.id);
  const middle = between(giver, taker);
  if (since < 0) return mixPlaces(held(giver, taker), middle, smooth(since, ...OVER.meet));
  return mixPlaces(middle, held(taker, giver), smooth(since, ...OVER.part));
}

/** At the belt, along the body, while both hands go along the rails. */
function atBelt(figure: Figure): Place {
  const axes = axesOfTurn(figure.stance.turn), side = sign(freeSide(figure));
  const at = from(figure.stance.torso, axes, side * 0.42, -0.5, 0.06);
  return { at, turn: turnOf(axesOf(axes.left.clone().multiplyScalar(side), axes.up)) };
}

/** A line through the hatch on the side away from the feet of whoever stands by it. */
function pastFeet(door: Doorway, figure: Figure): Doorway {
  const feet = from(figure.stance.torso, axesOfTurn(figure.stance.turn), 0, -1.2, 0);
  const away = door.at.clone().sub(feet);
  away.addScaledVector(door.out, -away.dot(door.out)).normalize();
  return { at: door.at.clone().addScaledVector(away, 0.27), out: door.out };
}

/** The foot comes first, by the tether; then it is brought round, away from the hull, to the hand. */
function drawnOut(out: Passing, t_s: number, door: Doorway, goal: Place, hands: Map<string, number>): Place {
  const since = t_s - out.t_s, inward = door.out.clone().negate();
  const turn = turnOf(axesOf(new Vector3(0, 0, 1).applyQuaternion(goal.turn).cross(inward).normalize(), inward));
  const slid = -0.75 + 1.75 * smooth(since, OUT.begin, OUT.drawn), way = smooth(since, OUT.drawn, OUT.brought);
  const outside = door.at.clone().addScaledVector(door.out, slid);
  const high = outside.clone().lerp(goal.at, 0.5).addScaledVector(door.out, 0.55);
  const at = outside.clone().multiplyScalar((1 - way) ** 2).addScaledVector(high, 2 * way * (1 - way))
    .addScaledVector(goal.at, way ** 2);
  hands.set(out.taker, smooth(since, ...OUT.take));
  return { at, turn: turn.slerp(goal.turn, way) };
}

/** Top first: pointed at the opening by an outstretched arm, then slid in. */
function putIn(
  back: Passing, t_s: number, door: Doorway, holder: Figure, before: Place, hands: Map<string, number>,
): Place {
  const since = t_s - back.t_s;
  if (since < BACK.point[0]) return before;
  const axes = axesOfTurn(holder.stance.turn), side = sign(freeSide(holder));
  const at = from(holder.stance.torso, axes, side * 0.1, 0.25, 0.6);
  const inside = door.at.clone().addScaledVector(door.out, -0.7);
  const way = inside.clone().sub(at).normalize(), turn = turnOf(axesOf(flatTo(axes.up, way), way));
  const pointed = mixPlaces(before, { at, turn }, smooth(since, ...BACK.point));
  hands.set(holder.id, 1 - smooth(since, ...BACK.letGo));
  return mixPlaces(pointed, { at: inside, turn }, smooth(since, ...BACK.slide));
}

/** Hands brought to what they hold; the hand that is free films meanwhile, where somebody else holds the thing. */
export function handsOn(figure: Figure, things: readonly Carried[]): Stance {
  const side = freeSide(figure);
  let hands = figure.stance.hands;
  if (figure.meeting > 0) {
    const up = mixHands(hands[side], cameraHand(figure, side), filmingShare(figure, things));
    hands = { ...hands, [side]: up };
  }
  for (const thing of things) {
    const firm = thing.hands.get(figure.id) ?? 0;
    if (firm > 0) hands = { ...hands, [side]: mixHands(hands[side], gripping(figure, thing), firm) };
  }
  return { ...figure.stance, hands };
}

function gripping(figure: Figure, thing: Carried): Hand {
  const rod = new Vector3(0, 1, 0).applyQuaternion(thing.turn);
  return { at: thing.at.clone().addScaledVector(rod, gripOf(figure.walker)), rod, eitherWay: false, grip: 1, fixed: 1 };
}

function cameraHand(figure: Figure, free: Side): Hand {
  const axes = axesOfTurn(figure.stance.turn);
  const at = filmingPoint(figure.stance.torso, axes, free === 'L' ? 'R' : 'L');
  return { at, rod: axes.up, eitherWay: false, grip: 0.85, fixed: 0 };
}

/** How far a camera is up before the face: never while a hand is wanted at the thing. */
export function filmingShare(figure: Figure, things: readonly Carried[]): number {
  if (things.length === 0) return 0;
  const films = figure.doing.reduce((sum, one) => sum + (one.doing === 'film' ? one.share : 0), 0);
  const busy = Math.max(...things.map((thing) => thing.hands.get(figure.id) ?? 0));
  return films * (1 - smooth(busy, 0, 0.02));
}
