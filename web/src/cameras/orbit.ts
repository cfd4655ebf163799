/** The whole Earth with the track of the orbit: the subject in the middle of the near side, free to turn. */
import { Vector3 } from 'three';
import type { Now } from '../flight/now';
import type { Scene } from '../flight/scene';
import type { Camera, Sight, Wish } from './camera';
import { subjectNow } from './subject';
import { clamp, direction, levelAt, looking, radians, sunAzimuth, vector, type Level } from './space';

const DISTANCE_M = 2.4e7;
/** Aimed so far north of the middle: the Earth stands a little low, and names at its top clear the camera buttons. */
const AIM_NORTH_M = 7e5;
const FIELD_DEG = 42;
/** The eye stands off the subject's zenith towards the day side by this share of the way to the Sun, at most so far. */
const TO_SUN = 0.55;
const TO_SUN_MOST_RAD = radians(58);
const EARTH_RADIUS_M = 6.4e6;
/** Maps have the north above. */
const NORTH = new Vector3(0, 0, 1);

export function makeOrbit(scene: Scene): Camera {
  return {
    id: 'orbit',
    label: { en: 'Orbit', ru: 'Орбита' },
    works: (now) => subjectNow(scene, now) !== undefined,
    sight: (now, wish) => wholeEarth(scene, now, wish),
  };
}

/** Above the subject, leaning towards the Sun; straight under it or opposite, a little back along the path. */
function dayside(level: Level, sun: Vector3): Vector3 {
  const apart = level.up.angleTo(sun);
  const axis = level.up.clone().cross(sun);
  if (axis.length() < 1e-3) return direction(level, 0, radians(70));
  return level.up.clone().applyAxisAngle(axis.normalize(), Math.min(apart * TO_SUN, TO_SUN_MOST_RAD));
}

export function wholeEarth(scene: Scene, now: Now, wish: Wish): Sight {
  const subject = subjectNow(scene, now);
  if (!subject) throw new Error('nothing to look at: no path is known now');
  const level = levelAt(subject.craft);
  const home = dayside(level, vector(now.sun_km).normalize());
  const elevation = clamp(Math.asin(home.dot(level.up)) + wish.elevation_rad, radians(-88), radians(88));
  const away = direction(level, sunAzimuth(level, home) + wish.azimuth_rad, elevation);
  const centre = vector(subject.craft.position_m).negate();
  const distance = Math.max(DISTANCE_M / wish.zoom, EARTH_RADIUS_M + 1e6);
  const eye = centre.clone().addScaledVector(away, distance);
  const aim = centre.clone().addScaledVector(NORTH, AIM_NORTH_M / wish.zoom);
  return {
    focus: subject.craft.id, eye_m: eye, turn: looking(eye, aim, NORTH), field_deg: FIELD_DEG, hidden: [],
  };
}
