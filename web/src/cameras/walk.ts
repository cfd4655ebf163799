/** People outside, seen from a few metres off the hull: where nothing hides them and the Earth is behind. */
import { Vector3 } from 'three';
import type { CraftNow, Now } from '../flight/now';
import type { Scene, Solid } from '../flight/scene';
import type { Sight, Wish } from './camera';
import { hides, outOf, outward, withSweeps } from './solids';
import { clamp, looking, ofBody, radians, toBody, vector } from './space';

export interface Outside {
  /** In station axes, metres. */
  readonly place_m: Vector3;
  readonly size_m: number;
  /** What should not be hidden: chests, a hatch. Their middle may well lie inside a hull. */
  readonly parts: readonly Vector3[];
}

/** How a picture of people outside is taken: turned from the straight way off the hull, and how near. */
export interface OutsideFraming {
  /** Towards the side from which the Sun shines; it swings over slowly as the Sun does. */
  readonly aside_deg: number;
  readonly above_deg: number;
  readonly distance: number;
  readonly field_deg: number;
}

export const USUAL_OUTSIDE: OutsideFraming = { aside_deg: 38, above_deg: 14, distance: 2.6, field_deg: 46 };
/** Tried in turn until nothing hides the people: turned by so much, raised by so much (degrees). */
const TRIES: readonly (readonly [number, number])[] = [
  [0, 0], [-76, 0], [-38, 0], [-38, 18], [30, 20], [-100, 10], [0, -40], [-76, -40], [-38, 60],
];
const HULL_MARGIN_M = 0.35;
const ZENITH = new Vector3(0, 0, -1);

export function seenOutside(
  scene: Scene, now: Now, station: CraftNow, action: Outside, framing: OutsideFraming, wish: Wish,
): Sight {
  const solids = withSweeps(scene.station.solids);
  const distance = framing.distance * action.size_m / wish.zoom;
  const sunny = sunSide(scene.station.solids, action.place_m, toBody(station, vector(now.sun_km).normalize()));
  const eyes = TRIES.map(([aside, above]) => {
    const turn_deg = sunny * (framing.aside_deg + aside);
    const away = awayFromHull(scene, action.place_m, turn_deg, framing.above_deg + above, wish);
    return outOf(solids, action.place_m.clone().addScaledVector(away, distance), HULL_MARGIN_M);
  });
  const eye = mostSeen(solids, eyes, action.parts);
  return {
    focus: station.id,
    eye_m: ofBody(station, eye),
    turn: looking(ofBody(station, eye), ofBody(station, action.place_m), ofBody(station, ZENITH)),
    field_deg: framing.field_deg,
    away_m: eye.distanceTo(action.place_m),
    hidden: [],
  };
}

/** The first of the places from which the most of the parts are seen. */
export function mostSeen(solids: readonly Solid[], eyes: readonly Vector3[], parts: readonly Vector3[]): Vector3 {
  const seen = eyes.map((eye) => parts.filter((part) => !hides(solids, eye, part, 0.6)).length);
  return eyes[seen.indexOf(Math.max(...seen))]!;
}

/** From -1 to 1: on which side of the straight way off the hull the Sun stands. */
function sunSide(solids: readonly Solid[], place: Vector3, sun: Vector3): number {
  const out = outward(solids, place).setZ(0);
  if (out.length() < 0.2) out.set(0, 1, 0);
  const aside = new Vector3(-out.y, out.x, 0).normalize();
  return clamp(3 * sun.dot(aside), -1, 1);
}

/** A direction in station axes: out from the hull, turned aside about the vertical, then raised above the level. */
function awayFromHull(scene: Scene, place: Vector3, aside_deg: number, above_deg: number, wish: Wish): Vector3 {
  const out = outward(scene.station.solids, place);
  const flat = Math.hypot(out.x, out.y) > 0.2 ? Math.atan2(out.y, out.x) : Math.PI / 2;
  const azimuth = flat + radians(aside_deg) - wish.azimuth_rad;
  const level = Math.asin(clamp(-out.z, -1, 1)) * 0.6;
  const raised = clamp(level + radians(above_deg) + wish.elevation_rad, radians(-85), radians(85));
  return new Vector3(Math.cos(raised) * Math.cos(azimuth), Math.cos(raised) * Math.sin(azimuth), -Math.sin(raised));
}
