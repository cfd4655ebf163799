/** What a camera should look at: rocket, ship under way, capsule, people outside, or else the station. */
import { Vector3 } from 'three';
import { rocketExtent } from '../craft/rise';
import type { CraftNow, Now } from '../flight/now';
import type { Scene } from '../flight/scene';
import { spacewalkOf } from '../walkers';
import { ease, mix, ofBody, vector } from './space';

export type SubjectKind = 'rocket' | 'ship' | 'capsule' | 'parachute' | 'walkers' | 'station';

export interface Subject {
  readonly kind: SubjectKind;
  readonly craft: CraftNow;
  /** Its middle, from the craft's reference point, metres, GCRF axes. */
  readonly middle_m: Vector3;
  /** About how far it reaches, metres. */
  readonly size_m: number;
}

/** The parachutes reach so high above the capsule, and the main one takes so long to stream out. */
const CANOPY_TOP_M = 48;
const DROGUE_TOP_M = 19;
const STREAM_S = 6;
/** Half of the capsule's height. */
const STANDING_M = 1.1;
/** From a body's root to its chest, in the body's axes. */
const CHEST_M = new Vector3(0, -0.05, 0);
/** The middle of the station's modules and truss, in its axes. */
const STATION_MIDDLE_M = new Vector3(-9, 0, 3);

/** The first instant of an event of this name about this craft. */
export function instantOf(scene: Scene, name: string, subject?: string): number | undefined {
  return scene.events.find((event) => event.name === name && (!subject || event.subject === subject))?.t_s;
}

/** Ships that fly free now. */
export function freeShips(scene: Scene, now: Now): CraftNow[] {
  const flying: CraftNow[] = [];
  for (const { id, kind } of scene.craft) {
    const craft = now.craft.get(id);
    if (kind === 'ship' && craft && !craft.port) flying.push(craft);
  }
  return flying;
}

export function stationNow(scene: Scene, now: Now): CraftNow | undefined {
  const id = scene.craft.find((craft) => craft.kind === 'station')?.id;
  return id === undefined ? undefined : now.craft.get(id);
}

/** The chests of those outside, in station axes. */
export function walkersNow(scene: Scene, now: Now): { id: string; position_m: Vector3 }[] {
  return [...spacewalkOf(scene).at(now).figures.values()].filter((figure) => figure.through > 0.35)
    .map(({ id, stance }) => ({
      id, position_m: CHEST_M.clone().applyQuaternion(stance.turn).add(stance.torso),
    }));
}

/** The subject of the moment, or nothing while no path is known. */
export function subjectNow(scene: Scene, now: Now): Subject | undefined {
  const ship = freeShips(scene, now)[0];
  if (ship) return shipSubject(scene, now, ship);
  const station = stationNow(scene, now);
  if (!station) return undefined;
  return walkersSubject(scene, now, station) ?? stationSubject(station);
}

export function stationSubject(station: CraftNow): Subject {
  return { kind: 'station', craft: station, middle_m: ofBody(station, STATION_MIDDLE_M), size_m: 60 };
}

export function walkersSubject(scene: Scene, now: Now, station: CraftNow): Subject | undefined {
  const walkers = walkersNow(scene, now);
  if (walkers.length === 0) return undefined;
  const middle = walkers.reduce((sum, one) => sum.add(one.position_m), new Vector3()).divideScalar(walkers.length);
  const reach = Math.max(...walkers.map((one) => one.position_m.distanceTo(middle)));
  return { kind: 'walkers', craft: station, middle_m: ofBody(station, middle), size_m: 1.2 + reach };
}

function shipSubject(scene: Scene, now: Now, ship: CraftNow): Subject {
  if (now.phase === 'ascent') return rocketSubject(scene, now, ship);
  const parachute_s = instantOf(scene, 'drogue_open', ship.id) ?? Infinity;
  const landed_s = instantOf(scene, 'landing', ship.id) ?? Infinity;
  if (now.t_s >= parachute_s && now.t_s < landed_s + 6) {
    const main_s = instantOf(scene, 'main_parachute_open', ship.id) ?? parachute_s;
    return underParachute(now, ship, { parachute_s, main_s, landed_s });
  }
  if (now.t_s >= landed_s) return onTheGround(ship);
  const apart_s = instantOf(scene, 'module_separation', ship.id) ?? Infinity;
  const kind = now.t_s > apart_s + 20 ? 'capsule' : 'ship';
  return { kind, craft: ship, middle_m: new Vector3(), size_m: kind === 'capsule' ? 2 : 6 };
}

/** What still flies together: the whole rocket on the pad, the ship at last. */
function rocketSubject(scene: Scene, now: Now, ship: CraftNow): Subject {
  const { middle_m, half_m } = rocketExtent(scene, now, ship.id);
  return { kind: 'rocket', craft: ship, middle_m: ofBody(ship, new Vector3(middle_m, 0, 0)), size_m: half_m + 1 };
}

/** The flight moves the foot of a capsule that stands. */
function onTheGround(ship: CraftNow): Subject {
  return { kind: 'capsule', craft: ship, middle_m: vector(ship.position_m).setLength(STANDING_M), size_m: 2 };
}

interface Opening {
  readonly parachute_s: number;
  readonly main_s: number;
  readonly landed_s: number;
}

function underParachute(now: Now, ship: CraftNow, { parachute_s, main_s, landed_s }: Opening): Subject {
  const up = vector(ship.position_m).normalize();
  const open = ease(now.t_s, parachute_s, parachute_s + 4) * (1 - ease(now.t_s, landed_s, landed_s + 6));
  const top_m = mix(DROGUE_TOP_M, CANOPY_TOP_M, ease(now.t_s, main_s - 2, main_s + STREAM_S));
  const half_m = top_m / 2 * open;
  return { kind: 'parachute', craft: ship, middle_m: up.multiplyScalar(half_m), size_m: Math.max(3, half_m) };
}
