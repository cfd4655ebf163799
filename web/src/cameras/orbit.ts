/** The whole Earth with the track of the orbit: the subject in the middle of the near side, free to turn. */
import type { Now } from '../flight/now';
import type { Scene } from '../flight/scene';
import type { Camera, Sight, Wish } from './camera';
import { subjectNow } from './subject';
import { clamp, direction, levelAt, looking, radians, vector } from './space';

const DISTANCE_M = 2.1e7;
const FIELD_DEG = 42;
/** The eye stands above and behind the subject, so that its path runs up the picture. */
const HOME_AZIMUTH_RAD = radians(20);
const HOME_ELEVATION_RAD = radians(52);
const EARTH_RADIUS_M = 6.4e6;

export function makeOrbit(scene: Scene): Camera {
  return {
    id: 'orbit',
    label: { en: 'Orbit', ru: 'Орбита' },
    works: (now) => subjectNow(scene, now) !== undefined,
    sight: (now, wish) => wholeEarth(scene, now, wish),
  };
}

export function wholeEarth(scene: Scene, now: Now, wish: Wish): Sight {
  const subject = subjectNow(scene, now);
  if (!subject) throw new Error('nothing to look at: no path is known now');
  const level = levelAt(subject.craft);
  const elevation = clamp(HOME_ELEVATION_RAD + wish.elevation_rad, radians(-88), radians(88));
  const away = direction(level, HOME_AZIMUTH_RAD + wish.azimuth_rad, elevation);
  const centre = vector(subject.craft.position_m).negate();
  const distance = Math.max(DISTANCE_M / wish.zoom, EARTH_RADIUS_M + 1e6);
  const eye = centre.clone().addScaledVector(away, distance);
  return {
    focus: subject.craft.id, eye_m: eye, turn: looking(eye, centre, level.forward), field_deg: FIELD_DEG, hidden: [],
  };
}
