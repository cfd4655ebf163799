/** Somebody on the ground who looks up: at the rocket or the capsule, at the station and the ship as they pass. */
import type { Vector3 } from 'three';
import type { CraftNow, Now } from '../flight/now';
import type { Scene } from '../flight/scene';
import type { Camera, Sight, Wish } from './camera';
import { groundNow, inSky, placeNow, skyDirection, type Observer } from './geodesy';
import { chosenObserver, usualObserver } from './observer';
import { panned } from './station';
import { clamp, degrees, vector } from './space';
import { freeShips, stationNow, subjectNow } from './subject';

const WIDE_FIELD_DEG = 62;
/** Close things are brought nearer until they fill this much of the picture's height. */
const FILL = 0.3;
const LEAST_FIELD_DEG = 6;
/** High under its parachute a capsule is shown small, with the sky of its morning about it. */
const LEAST_FIELD_LANDING_DEG = 18;
/** A craft below the horizon is looked for just above it. */
const LEAST_ELEVATION_DEG = 8;

export function makeGround(scene: Scene): Camera {
  return {
    id: 'ground',
    label: { en: 'Ground', ru: 'С земли' },
    works: (now) => watched(scene, now) !== undefined,
    sight: (now, wish) => fromGround(scene, now, wish, observerNow(scene, now)),
  };
}

export const observerNow = (scene: Scene, now: Now): Observer => chosenObserver.value ?? usualObserver(scene, now);

/** The craft that the observer looks for: the one that flies free, else the station. */
export function watched(scene: Scene, now: Now): CraftNow | undefined {
  return freeShips(scene, now)[0] ?? stationNow(scene, now);
}

/** The view from a place on the ground towards the craft, or towards the horizon below which it is. */
export function fromGround(scene: Scene, now: Now, wish: Wish, observer: Observer): Sight {
  const craft = watched(scene, now);
  if (!craft) throw new Error('no craft now');
  const eye = placeNow(observer, now).sub(vector(craft.position_m));
  const ground = groundNow(observer, now);
  const sky = inSky(observer, now, craft.position_m);
  const least = now.phase === 'landing' ? LEAST_FIELD_LANDING_DEG : LEAST_FIELD_DEG;
  const field = clamp(fieldFor(sky.range_m, sizeOf(now), least) / wish.zoom, 1, 100);
  const elevation = Math.max(sky.elevation_deg, Math.min(LEAST_ELEVATION_DEG, field * 0.13));
  const ahead = skyDirection(ground, sky.azimuth_deg, elevation);
  const aim = elevation > sky.elevation_deg ? ahead : towards(scene, now, craft, eye) ?? ahead;
  return {
    focus: craft.id,
    eye_m: eye,
    turn: panned(eye, eye.clone().add(aim), ground.up, wish),
    field_deg: field,
    away_m: sky.range_m,
    hidden: [],
    overlay: 'ground',
  };
}

/** The middle of the rocket, or of the parachute with its capsule, not just the point that the flight moves. */
function towards(scene: Scene, now: Now, craft: CraftNow, eye: Vector3): Vector3 | undefined {
  const subject = subjectNow(scene, now);
  return subject?.craft.id === craft.id ? subject.middle_m.clone().sub(eye).normalize() : undefined;
}

/** The rocket with some sky, the parachute, or a craft in orbit as a point. */
function sizeOf(now: Now): number {
  if (now.phase === 'ascent') return 48;
  return now.phase === 'landing' ? 60 : 10;
}

function fieldFor(range_m: number, size_m: number, least_deg: number): number {
  const fit = degrees(2 * Math.atan(size_m / FILL / 2 / range_m));
  return fit < 0.4 ? WIDE_FIELD_DEG : clamp(fit, least_deg, WIDE_FIELD_DEG);
}
