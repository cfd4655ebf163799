/** What the camera on each walker's helmet sees. The gaze follows the work: the partner while near, else the hands. */
import { Vector3 } from 'three';
import type { CraftNow, Now, PersonNow } from '../flight/now';
import type { PersonIndex, Scene } from '../flight/scene';
import type { Camera, Sight, Wish } from './camera';
import { outOf } from './solids';
import { panned } from './station';
import { clamp, ofBody, vector, turnOf } from './space';
import { stationNow } from './subject';

/** In the suit (x out of the chest, y to the right hand, z to the feet), from the hands: the camera beside the visor. */
const EYE_SUIT_M = new Vector3(-0.42, 0.12, -0.38);
/** Where the eyes rest at work: a little below the hands, on the hull. */
const HANDS_SUIT_M = new Vector3(0.6, 0, 0.1);
const FIELD_DEG = 66;
const PARTNER_NEAR_M = 6;
const HULL_MARGIN_M = 0.2;

export function makeHelmets(scene: Scene): Camera[] {
  const walkers = scene.people.filter((person) => person.walker > 0).sort((a, b) => a.walker - b.walker);
  return walkers.map((person) => helmetOf(scene, person));
}

function helmetOf(scene: Scene, person: PersonIndex): Camera {
  return {
    id: person.id,
    label: person.short,
    works: (now) => now.people.get(person.id)?.outside !== undefined && stationNow(scene, now) !== undefined,
    otherwise: {
      en: `${person.short.en} is not outside now: the helmet camera is off.`,
      ru: `${person.short.ru}: сейчас не снаружи, камера на шлеме выключена.`,
    },
    sight(now, wish) {
      const station = stationNow(scene, now);
      const walker = now.people.get(person.id);
      if (!station || !walker?.outside) throw new Error(`${person.id} is not outside now`);
      return fromHelmet(scene, now, station, walker, wish);
    },
  };
}

function fromHelmet(scene: Scene, now: Now, station: CraftNow, walker: PersonNow, wish: Wish): Sight {
  const eye = outOf(scene.station.solids, eyeOf(walker), HULL_MARGIN_M);
  const feet = inSuit(walker, new Vector3(0, 0, 1));
  const at = gaze(now, walker, eye);
  const ofStation = (point: Vector3): Vector3 => ofBody(station, point);
  return {
    focus: station.id,
    eye_m: ofStation(eye),
    turn: panned(ofStation(eye), ofStation(at), ofStation(feet).negate(), wish),
    away_m: eye.distanceTo(at),
    field_deg: clamp(FIELD_DEG / wish.zoom, 20, 100),
    hidden: [walker.id],
    overlay: 'helmet',
    wearer: walker.id,
  };
}

const inSuit = (walker: PersonNow, direction: Vector3): Vector3 =>
  direction.clone().applyQuaternion(turnOf(walker.outside!.turn));

const eyeOf = (walker: PersonNow): Vector3 => vector(walker.outside!.position_m).add(inSuit(walker, EYE_SUIT_M));

function gaze(now: Now, walker: PersonNow, eye: Vector3): Vector3 {
  for (const other of now.people.values()) {
    if (other.id === walker.id || !other.outside) continue;
    const chest = vector(other.outside.position_m).add(inSuit(other, new Vector3(-0.3, 0, 0)));
    if (chest.distanceTo(eye) < PARTNER_NEAR_M && chest.distanceTo(eye) > 0.6) return chest;
  }
  return vector(walker.outside!.position_m).add(inSuit(walker, HANDS_SUIT_M));
}
