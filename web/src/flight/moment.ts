/** One instant of a flight, put together from the index and the legs that are here. */
import { cell, hermite, line, rowAt, shareAt, slerp, turnOf, type Motion, type Table } from './curves';
import { below, earthRate_rad_s } from './earth';
import type { Arc, LegData } from './leg';
import type { CraftNow, Now, PersonNow, Triple, Turn } from './now';
import type { Joined, LegIndex, Scene, Standing } from './scene';
import { add, cross, fromIndex, product, scale, still, turned } from './turns';

/** Samples of neighbouring legs may miss each other by rounding. */
const near_s = 1e-3;
const unknownSun: Triple = [149_597_870, 0, 0];
const earthRate: Triple = [0, 0, earthRate_rad_s];

interface Sky {
  readonly earth: Turn;
  readonly sun_km: Triple;
  readonly moon_km: Triple;
}

interface Posed extends Motion {
  readonly turn: Turn;
  readonly mass_kg: number;
}

export function momentOf(scene: Scene, legs: readonly LegData[], t_s: number): Now {
  const leg = legAt(scene.legs, t_s);
  const sky = skyAt(legs, t_s);
  const arcs = legs.flatMap((one) => one.arcs.filter((arc) => arc.from_s - near_s <= t_s && t_s <= arc.to_s + near_s));
  return {
    t_s,
    utc_ms: utcOf(scene, t_s),
    ...sky,
    craft: craftAt(scene, arcs, sky.earth, t_s),
    people: peopleAt(scene, arcs, t_s),
    holders: holdersAt(scene, t_s),
    step: leg?.step ?? '',
    phase: leg?.phase ?? '',
  };
}

/** The leg being flown; before the first and after the last these stand. */
export function legAt(legs: readonly LegIndex[], t_s: number): LegIndex | undefined {
  return legs.findLast((leg) => leg.from_s <= t_s) ?? legs[0];
}

function utcOf(scene: Scene, t_s: number): number {
  const leapt = scene.leaps.reduce((sum, leap) => sum + (leap.t_s <= t_s ? leap.by_s : 0), 0);
  return Date.parse(scene.start_utc) + (t_s - leapt) * 1000;
}

/** Of the leg that covers the instant, or of the nearest one that is here. */
function skyAt(legs: readonly LegData[], t_s: number): Sky {
  let best: Table | undefined;
  let least = Infinity;
  for (const { sky } of legs) {
    if (sky.rows < 2) continue;
    const away = Math.max(0, cell(sky, 0, 0) - t_s, t_s - cell(sky, sky.rows - 1, 0));
    if (away < least) [best, least] = [sky, away];
  }
  if (!best) return { earth: still, sun_km: unknownSun, moon_km: [0, 0, 0] };
  const row = rowAt(best, t_s);
  const share = shareAt(best, row, t_s);
  return {
    earth: slerp(turnOf(best, row, 1), turnOf(best, row + 1, 1), share),
    sun_km: line(best, row, share, 5),
    moon_km: line(best, row, share, 8),
  };
}

function craftAt(scene: Scene, arcs: readonly Arc[], earth: Turn, t_s: number): Map<string, CraftNow> {
  const found = new Map<string, CraftNow>();
  const station = arcs.findLast((arc) => arc.who === 'station' && arc.frame === 'gcrf');
  const home = station && posedAt(station, t_s);
  for (const { id } of scene.craft) {
    const arc = arcs.findLast((one) => one.who === id && one.frame === 'gcrf');
    const port = scene.joined.find((one) => one.ship === id && one.from_s <= t_s && t_s <= one.to_s);
    const stands = scene.standing.find((one) => one.craft === id && one.from_s <= t_s && t_s <= one.to_s);
    const pose = arc ? posedAt(arc, t_s) : port && home ? docked(port, home) : stands ? standing(stands, earth) : null;
    if (pose) found.set(id, { id, ...pose, ...below(pose.position_m, earth), ...(port ? { port: port.port } : {}) });
  }
  return found;
}

function posedAt(arc: Arc, t_s: number): Posed {
  const row = rowAt(arc.path, t_s);
  const share = shareAt(arc.path, row, t_s);
  const [m0, m1] = [cell(arc.mass_kg, row, 0), cell(arc.mass_kg, row + 1, 0)];
  return {
    ...hermite(arc.path, row, t_s),
    turn: slerp(turnOf(arc.attitude, row), turnOf(arc.attitude, row + 1), share),
    mass_kg: m0 + share * (m1 - m0),
  };
}

/** Carried along by the station, which keeps its axes along its orbit. */
function docked(port: Joined, home: Posed): Posed {
  const offset_m = turned(home.turn, port.position_m);
  const [r, v] = [home.position_m, home.velocity_m_s];
  const rate = scale(cross(r, v), 1 / (r[0] * r[0] + r[1] * r[1] + r[2] * r[2]));
  return {
    position_m: add(r, offset_m),
    velocity_m_s: add(v, cross(rate, offset_m)),
    turn: product(home.turn, fromIndex(port.attitude)),
    mass_kg: NaN,
  };
}

/** Carried along by the turning Earth. */
function standing(row: Standing, earth: Turn): Posed {
  const position_m = turned(earth, row.position_m);
  return {
    position_m,
    velocity_m_s: cross(turned(earth, earthRate), position_m),
    turn: product(earth, fromIndex(row.attitude)),
    mass_kg: NaN,
  };
}

function peopleAt(scene: Scene, arcs: readonly Arc[], t_s: number): Map<string, PersonNow> {
  const found = new Map<string, PersonNow>();
  for (const stay of scene.stays) if (stay.from_s <= t_s) found.set(stay.who, { id: stay.who, where: stay.where });
  for (const arc of arcs) {
    if (arc.frame !== 'station') continue;
    const { position_m, velocity_m_s, turn } = posedAt(arc, t_s);
    const where = found.get(arc.who)?.where ?? 'outside';
    found.set(arc.who, { id: arc.who, where, outside: { position_m, velocity_m_s, turn } });
  }
  return found;
}

function holdersAt(scene: Scene, t_s: number): Map<string, string> {
  const held = new Map<string, string>();
  for (const one of scene.holdings) if (one.from_s <= t_s) held.set(one.item, one.holder);
  return held;
}
