/** The people outside at an instant: a pure function of the flight and the time, so that jumping works and a frozen
 * instant always looks the same. Station axes, metres. */
import { Vector3 } from 'three';
import type { Now, PersonNow } from '../flight/now';
import type { Pose, Scene } from '../flight/scene';
import type { Side } from '../models/orlan_bones';
import { smooth } from '../models/smooth';
import { clearOfHull, holdingSide, keepApart, roomier } from './apart';
import { Following } from './following';
import { doorway, holdOf, inDoorway, moving, onTheMove, Rails, vectorOf } from './holds';
import type { Doorway } from './holds';
import { Hull } from './hull';
import { outingsOf, tasksOf } from './plan';
import { REACH_S, alike, steadied } from './steady';
import type { Outing, Task } from './plan';
import {
  axesOfTurn, facingPartner, filming, holdingOn, inScene, mixStances, onTheWay, passing, resting, working,
} from './stance';
import type { Hold, Stance } from './stance';
import { carried, handsOn, nearer } from './carry';
import type { Carried } from './carry';

/** Seconds in which a pose changes into that of the next task. */
const CHANGE_S = 16;
/** A way through a hatch begins so long after its task's start, or ends so long before its end, and takes so long. */
const DOOR_MARGIN_S = 15;
const DOOR_S = 240;
/** People turn to one another so long before a thing is passed out of the hatch. */
const MEET_S = 240;
const TURN_S = 25;
const NEAR_M = 1.7;
/** Nearer than this there is no room to turn to one another. */
const ROOM_M = 0.85;
/** So long after somebody has come people turn to one another, step by step. */
const SETTLE_S = [6, 12, 18, 24] as const;

export interface Figure {
  readonly id: string;
  readonly walker: number;
  readonly hold: Hold;
  readonly stance: Stance;
  /** 0 inside, 1 clear of the hatch. */
  readonly through: number;
  /** 0 staying, 1 on the way. */
  readonly moving: number;
  /** How far turned to the partner for a scene. */
  readonly meeting: number;
  readonly doing: readonly { readonly doing: Pose; readonly share: number }[];
}

export interface Picture {
  readonly figures: ReadonlyMap<string, Figure>;
  readonly carried: readonly Carried[];
}

export class Spacewalk {
  private readonly scene: Scene;
  readonly hull: Hull;
  readonly rails: Rails;
  readonly outings: readonly Outing[];
  private readonly tasks = new Map<string, readonly Task[]>();
  private readonly ranks = new Map<string, number>();
  private moment: ((t_s: number) => Now) | undefined;
  private following: Following | undefined;
  private last: { readonly now: Now; readonly picture: Picture } | undefined;

  constructor(scene: Scene) {
    this.scene = scene;
    this.hull = new Hull(scene.station.solids);
    this.rails = new Rails(scene, this.hull);
    for (const person of scene.people) {
      if (person.walker === 0) continue;
      this.tasks.set(person.id, tasksOf(scene, person.id));
      this.ranks.set(person.id, person.walker);
    }
    const walkers = new Set(this.ranks.keys());
    this.outings = scene.items.flatMap((item) => outingsOf(scene, item.id, walkers));
  }

  at(now: Now): Picture {
    if (this.last?.now !== now) this.last = { now, picture: this.picture(now) };
    return this.last.picture;
  }

  /** Lets bodies follow changes over some seconds: the flight is asked for the instants around. */
  follow(moment: (t_s: number) => Now): void {
    this.moment = moment;
    const [first = '', second = ''] = [...this.ranks].sort((a, b) => a[1] - b[1]).map(([id]) => id);
    const tasks = this.tasks.get(second);
    if (!tasks) return;
    this.following = new Following(tasks, (walker, t_s) => {
      const outside = moment(t_s).people.get(walker === 1 ? first : second)?.outside;
      return outside && vectorOf(outside.position_m);
    });
  }

  /** What the flight says of a person outside now, or of the moment that he is at who follows another. */
  private outside(id: string, now: Now): PersonNow['outside'] {
    const lag_s = this.following?.lag_s(this.ranks.get(id) ?? 0, now.t_s) ?? 0;
    return (lag_s > 0 && this.moment ? this.moment(now.t_s - lag_s) : now).people.get(id)?.outside;
  }

  private picture(now: Now): Picture {
    const figures = this.steady(now, this.bodies(now)), both = this.bothHold(now.t_s);
    const byId = new Map(figures.map((one) => [one.id, one]));
    const things = this.outings.flatMap((one) => carried(one, now.t_s, byId, this.door(one, byId), both) ?? []);
    for (const one of figures) byId.set(one.id, { ...one, stance: handsOn(one, things) });
    return { figures: byId, carried: things };
  }

  private bodies(now: Now): Figure[] {
    const holds = this.holds(now);
    let figures = [...holds.keys()].flatMap((id) => this.figure(now.t_s, id, holds) ?? []);
    const pair = figures.length === 2 ? this.meet(now.t_s, figures) : 0;
    if (pair > 0) figures = figures.map((one) => this.turned(now.t_s, one, figures, pair));
    return keepApart(figures, pair).map((one) => this.outOfHulls(one));
  }

  private steady(now: Now, figures: readonly Figure[]): readonly Figure[] {
    const { moment } = this, taps = new Map<number, readonly Figure[]>();
    if (!moment) return figures;
    const at = (id: string, away_s: number): Figure | undefined => {
      let tap = taps.get(away_s);
      if (!tap) taps.set(away_s, (tap = this.bodies(moment(now.t_s + away_s))));
      return tap.find((one) => one.id === id && one.through === 1);
    };
    return figures.map((one) => {
      const still = [-REACH_S, REACH_S].every((away_s) => alike(one, at(one.id, away_s) ?? one));
      return still || one.through < 1 ? one : this.outOfHulls(steadied(one, (away_s) => at(one.id, away_s)));
    });
  }

  /** Those whom the flight has outside; who is still in the airlock, or in again, is not seen. */
  private holds(now: Now): Map<string, Hold> {
    const holds = new Map<string, Hold>();
    for (const id of this.ranks.keys()) {
      const outside = this.outside(id, now);
      const seen = throughHatch(this.tasks.get(id) ?? [], now.t_s) >= 0;
      if (outside && seen) holds.set(id, holdOf(outside, this.rails, this.hull));
    }
    return holds;
  }

  private figure(t_s: number, id: string, holds: ReadonlyMap<string, Hold>): Figure | undefined {
    const hold = holds.get(id), walker = this.ranks.get(id) ?? 0, tasks = this.tasks.get(id) ?? [];
    if (!hold) return undefined;
    const partner = [...holds].find(([other]) => other !== id)?.[1];
    const through = throughHatch(tasks, t_s), doing = doingAt(tasks, t_s), on = moving(hold);
    let stance = this.staying(this.withRoom(hold), doing, t_s, walker, partner);
    if (on > 0) stance = mixStances(stance, onTheWay(hold, t_s), on);
    const door = through < 1 ? doorway(this.scene, this.hull, hold.at) : undefined;
    if (door) stance = this.comingOut(door, stance, through);
    return { id, walker, hold, stance, through, moving: on, meeting: 0, doing };
  }

  /** Head to the side on which the hulls around leave more room for the body. */
  private withRoom(hold: Hold): Hold {
    const other = { ...hold, head: hold.head.clone().negate() };
    return roomier(holdingOn(hold), holdingOn(other), this.hull) ? other : hold;
  }

  private staying(hold: Hold, doing: Figure['doing'], t_s: number, walker: number, partner?: Hold): Stance {
    const holding = holdingSide(hold, walker, partner);
    let mixed: Stance | undefined, sum = 0;
    for (const { doing: what, share } of doing) {
      const stance = stanceFor(what, hold, t_s, holding);
      sum += share;
      mixed = mixed ? mixStances(mixed, stance, share / sum) : stance;
    }
    return mixed ?? holdingOn(hold);
  }

  private comingOut(door: Doorway, stance: Stance, through: number): Stance {
    const head = axesOfTurn(stance.turn).up;
    const across = head.addScaledVector(door.out, -head.dot(door.out)).normalize();
    return mixStances(inDoorway(door, across.negate(), smooth(through, 0, 0.75)), stance, smooth(through, 0.7, 1));
  }

  private outOfHulls(figure: Figure): Figure {
    return { ...figure, stance: clearOfHull(figure.stance, this.hull, smooth(figure.through, 0.8, 1)) };
  }

  /** How far the two are turned to one another: while a thing is outside and they are at one place. */
  private meet(t_s: number, figures: readonly Figure[]): number {
    const [a, b] = figures;
    if (!a || !b) return 0;
    const far = a.hold.at.distanceTo(b.hold.at);
    const near = smooth(far, ROOM_M, ROOM_M + 0.2) * (1 - smooth(far, NEAR_M, NEAR_M + 0.4));
    const shown = Math.max(0, ...this.outings.map(({ out, back }) => {
      const from_s = out.t_s - MEET_S, to_s = back?.t_s ?? Infinity;
      return smooth(t_s, from_s, from_s + TURN_S) * (1 - smooth(t_s, to_s, to_s + TURN_S));
    }));
    const filmed = Math.min(a.hold.turnedAway, b.hold.turnedAway);
    const still = (1 - Math.max(a.moving, b.moving)) * this.settled(t_s);
    return Math.max(near * shown, filmed) * still * Math.min(a.through, b.through);
  }

  /** From 0 to 1 as both have stayed for a while: people turn to one another slowly. */
  private settled(t_s: number): number {
    const { moment } = this;
    if (!moment) return 1;
    const onTheWay = (away_s: number): number => Math.max(0, ...[...this.ranks.keys()].map((id) => {
      const outside = this.outside(id, moment(t_s + away_s));
      return outside ? onTheMove(vectorOf(outside.velocity_m_s)) : 0;
    }));
    return 1 - SETTLE_S.reduce((sum, s) => sum + onTheWay(-s), 0) / SETTLE_S.length;
  }

  private turned(t_s: number, one: Figure, figures: readonly Figure[], pair: number): Figure {
    const partner = figures.find((other) => other.id !== one.id);
    if (!partner) return one;
    const towards = partner.hold.at.clone().sub(one.hold.at).normalize();
    const first = one.walker < partner.walker ? towards : towards.clone().negate();
    const along = one.hold.out.clone().cross(first).normalize();
    if (along.dot(SAME_WAY) < 0) along.negate();
    const up = along.addScaledVector(one.hold.out, 0.42).normalize();
    let stance = facingPartner(one.hold, towards, up, this.makesRoom(t_s, one.id) * 0.55);
    stance = mixStances(stance, inScene(one.hold), one.hold.turnedAway);
    const reached = Math.max(this.bothHold(t_s), ...this.outings.map((outing) => nearer(outing, t_s)));
    stance = mixStances(stance, passing(one.hold, partner.hold), reached);
    return { ...one, stance: mixStances(one.stance, stance, pair), meeting: pair };
  }

  /** Whoever does not carry the thing back makes room at the hatch. */
  private makesRoom(t_s: number, id: string): number {
    return Math.max(0, ...this.outings.map(({ back }) =>
      (back && back.giver !== id ? smooth(t_s, back.t_s - 330, back.t_s - 290) : 0)));
  }

  private door(outing: Outing, figures: ReadonlyMap<string, Figure>): Doorway | undefined {
    const near = figures.get(outing.out.taker) ?? figures.values().next().value;
    return near && doorway(this.scene, this.hull, near.hold.at);
  }

  /** Share of time in which a task lets everybody hold the thing. */
  private bothHold(t_s: number): number {
    const [tasks] = this.tasks.values();
    const task = tasks?.find((one) => one.doing === 'both' && t_s >= one.from_s && t_s < one.to_s);
    if (!task) return 0;
    const begun = smooth(t_s, task.from_s + 10, task.from_s + 40);
    return begun * (1 - smooth(t_s, task.to_s - 40, task.to_s - 10));
  }
}

/** Of the two ways to hold themselves beside a rail people take the one with the head more to this side: forward. */
const SAME_WAY = new Vector3(1, 0.3, -0.5);

function stanceFor(doing: Pose, hold: Hold, t_s: number, holding: Side): Stance {
  if (doing === 'rest') return resting(hold, t_s, holding);
  if (doing === 'film') return filming(hold, t_s, holding);
  return doing === 'work' ? working(hold, t_s, holding) : holdingOn(hold);
}

/** The tasks now: the present one, and the one before while a pose changes. */
function doingAt(tasks: readonly Task[], t_s: number): Figure['doing'] {
  const i = tasks.findLastIndex((task) => task.from_s <= t_s), task = tasks[i];
  if (!task) return [];
  const share = smooth(t_s, task.from_s, task.from_s + CHANGE_S), before = tasks[i - 1];
  if (!before || share >= 1) return [{ doing: task.doing, share: 1 }];
  return [{ doing: before.doing, share: 1 - share }, { doing: task.doing, share }];
}

/** -1 inside and not seen, 0 to 1 on the way through the hatch, 1 outside. */
function throughHatch(tasks: readonly Task[], t_s: number): number {
  const out = tasks.find((task) => task.doing === 'out'), back = tasks.findLast((task) => task.doing === 'in');
  if (out && t_s < out.from_s + DOOR_MARGIN_S) return -1;
  if (back && t_s > back.to_s - DOOR_MARGIN_S) return -1;
  const takes = (task: Task): number => Math.min(DOOR_S, 0.55 * (task.to_s - task.from_s));
  if (out && t_s < out.to_s) return ramp(t_s - out.from_s - DOOR_MARGIN_S, takes(out));
  if (back && t_s > back.from_s) return ramp(back.to_s - DOOR_MARGIN_S - t_s, takes(back));
  return 1;
}

const ramp = (x: number, whole: number): number => Math.min(Math.max(x / whole, 0), 1);

