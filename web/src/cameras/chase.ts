/** Follows the subject of the moment from outside and keeps the horizon level. */
import { Vector3 } from 'three';
import type { Now } from '../flight/now';
import type { Scene } from '../flight/scene';
import type { Camera, Sight, Wish } from './camera';
import { placeAt } from '../stage/ellipsoid';
import { groundHeight } from '../stage/ground';
import { outOf } from './solids';
import { stationNow, subjectNow, walkersNow, type Subject, type SubjectKind } from './subject';
import { USUAL_OUTSIDE, seenOutside, type Outside } from './walk';
import {
  between, clamp, direction, ease, levelAt, looking, ofBody, radians, sunAzimuth, toBody, vector, type Level,
} from './space';

/** Where a camera stands beside its subject. */
export interface Framing {
  /** 0 behind, 90 to starboard of the path. */
  readonly azimuth_deg: number;
  /** Above the level of the subject. */
  readonly elevation_deg: number;
  /** In sizes of the subject. */
  readonly distance: number;
  readonly field_deg: number;
  /** While the Sun stands near the rim of the Earth: look towards its glow instead, past the subject. */
  readonly glow?: boolean;
  /** The point looked at, from the subject's middle, metres: to starboard, up, forward. */
  readonly aim_m?: readonly [number, number, number];
}

const FRAMINGS: Readonly<Record<SubjectKind, Framing>> = {
  rocket: { azimuth_deg: 62, elevation_deg: 4, distance: 3.2, field_deg: 42 },
  ship: { azimuth_deg: 38, elevation_deg: 14, distance: 3, field_deg: 42 },
  capsule: { azimuth_deg: 40, elevation_deg: 18, distance: 5.5, field_deg: 42 },
  parachute: { azimuth_deg: 50, elevation_deg: -6, distance: 2.9, field_deg: 44 },
  walkers: { azimuth_deg: 120, elevation_deg: -8, distance: 3.4, field_deg: 48 },
  station: { azimuth_deg: 48, elevation_deg: 24, distance: 1.7, field_deg: 44 },
};

/** Least height of an eye above the ground, and its distance from a hull. */
const LEAST_HEIGHT_M = 2;
const HULL_MARGIN_M = 0.5;
const EARTH_M = 6371e3;
/** The glow is worth looking at while the Sun is within this of the rim; it is kept beside the subject. */
const GLOW_RAD = radians(9);
const GLOW_ASIDE_RAD = radians(20);

export function makeChase(scene: Scene): Camera {
  return {
    id: 'chase',
    label: { en: 'Chase', ru: 'Рядом' },
    works: (now) => subjectNow(scene, now) !== undefined,
    sight: (now, wish) => walkersFromOutside(scene, now, wish) ?? besideSubject(scene, now, wish),
  };
}

/** People outside are seen from off the hull, where nothing hides them. */
function walkersFromOutside(scene: Scene, now: Now, wish: Wish): Sight | undefined {
  const subject = subjectNow(scene, now);
  if (subject?.kind !== 'walkers') return undefined;
  return seenOutside(scene, now, subject.craft, peopleOutside(scene, now, subject), USUAL_OUTSIDE, wish);
}

export function peopleOutside(scene: Scene, now: Now, walkers: Subject): Outside {
  const parts = walkersNow(scene, now).map((one) => one.position_m);
  return { place_m: toBody(walkers.craft, walkers.middle_m), size_m: walkers.size_m, parts };
}

/** The view of the subject of the moment from beside it. */
export function besideSubject(scene: Scene, now: Now, wish: Wish, framing?: Framing): Sight {
  const subject = subjectNow(scene, now);
  if (!subject) throw new Error('nothing to look at: no path is known now');
  return beside(scene, now, wish, subject, framing ?? FRAMINGS[subject.kind]);
}

/** The view of any subject with a given framing, turned and brought nearer as the viewer wishes. */
export function beside(scene: Scene, now: Now, wish: Wish, subject: Subject, framing: Framing): Sight {
  const level = levelAt(subject.craft);
  const elevation = clamp(radians(framing.elevation_deg) + wish.elevation_rad, radians(-88), radians(88));
  const home = radians(framing.azimuth_deg);
  const azimuth = framing.glow ? towardsGlow(level, now, subject, home) : home;
  const away = direction(level, azimuth + wish.azimuth_rad, elevation);
  const [right, up, ahead] = framing.aim_m ?? [0, 0, 0];
  const aim = subject.middle_m.clone()
    .addScaledVector(level.starboard, right).addScaledVector(level.up, up).addScaledVector(level.forward, ahead);
  const wanted = aim.clone().addScaledVector(away, framing.distance * subject.size_m / wish.zoom);
  const eye = offHull(scene, now, subject, aboveGround(scene, subject, wanted));
  return {
    focus: subject.craft.id, eye_m: eye, turn: looking(eye, aim, level.up), field_deg: framing.field_deg,
    away_m: eye.distanceTo(aim), hidden: [],
  };
}

/** Sunrise and sunset: turned so far from the usual azimuth that the glow on the rim comes into the picture. */
function towardsGlow(level: Level, now: Now, subject: Subject, home: number): number {
  const sun = vector(now.sun_km).normalize();
  const dip = Math.acos(Math.min(1, EARTH_M / (EARTH_M + Math.max(0, subject.craft.height_m))));
  const fromRim = Math.abs(Math.asin(sun.dot(level.up)) + dip);
  const share = 1 - ease(fromRim, GLOW_RAD, 2 * GLOW_RAD);
  const turn = sunAzimuth(level, sun) + Math.PI + GLOW_ASIDE_RAD - home;
  return home + share * Math.atan2(Math.sin(turn), Math.cos(turn));
}

/** Raises an eye that would be below the ground under the subject (a plane is enough within the few hundred metres). */
function aboveGround(scene: Scene, subject: Subject, eye: Vector3): Vector3 {
  const { craft } = subject;
  const up = levelAt(craft).up;
  const ground_m = groundHeight(placeAt(craft.latitude_deg, craft.longitude_deg), scene.places);
  const short = ground_m + LEAST_HEIGHT_M - (craft.height_m + eye.dot(up));
  return short > 0 ? eye.clone().addScaledVector(up, short) : eye;
}

function offHull(scene: Scene, now: Now, subject: Subject, eye: Vector3): Vector3 {
  const station = stationNow(scene, now);
  if (!station || now.phase === 'ascent') return eye;
  const offset = between(station, subject.craft);
  if (offset.length() > 2000) return eye;
  const free = outOf(scene.station.solids, toBody(station, eye.clone().add(offset)), HULL_MARGIN_M);
  return ofBody(station, free).sub(offset);
}
