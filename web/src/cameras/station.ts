/** The station's own cameras: a few fixed places outside (our choice); the one that sees the action shows it. */
import { Vector3 } from 'three';
import type { CraftNow, Now } from '../flight/now';
import type { Scene } from '../flight/scene';
import type { Camera, Sight, Wish } from './camera';
import { outOf } from './solids';
import { between, clamp, degrees, looking, ofBody, radians, toBody } from './space';
import { freeShips, stationNow, walkersNow } from './subject';
import { mostSeen, type Outside } from './walk';

/** Mounts in station axes (x forward, y starboard, z nadir), metres. */
const MOUNTS: readonly Vector3[] = [
  new Vector3(-17.5, 3.1, 7.2),     // beside Zarya, towards Pirs and Rassvet
  new Vector3(-17.5, -3.1, 7.2),
  new Vector3(-30.5, 3.2, 7.4),     // under Zvezda, forward
  new Vector3(-34.9, 2.5, 1.6),     // Zvezda's aft rim
  new Vector3(-22.0, 2.6, -1.2),    // beside Poisk
  new Vector3(-9.0, 3.0, 8.0),      // under Unity's starboard side
  new Vector3(1.6, 13.5, 2.4),      // truss, starboard and port, lower
  new Vector3(1.6, -13.5, 2.4),
];
/** What the action should fill of the picture's height, and how far the lens zooms. */
const FILL = 0.42;
const FIELD_DEG = [5, 62] as const;
const SHIP_NEAR_M = 3000;
/** A camera this close to the action is of no use. */
const TOO_NEAR_M = 2.2;
/** What the station shows of itself while nothing happens: aft along the modules from the truss, the Earth below. */
const AT_REST = { mount: new Vector3(8, 15, 9), aim: new Vector3(-24, -4, 6) };

export function makeStationCamera(scene: Scene): Camera {
  return {
    id: 'station',
    label: { en: 'Station', ru: 'Станция' },
    works: (now) => stationNow(scene, now) !== undefined && now.phase !== 'ascent',
    otherwise: {
      en: 'The station is not in this part of the flight.',
      ru: 'Станции нет в этой части полёта.',
    },
    sight(now, wish) {
      const station = stationNow(scene, now);
      if (!station) throw new Error('no station now');
      return fromMount(scene, now, station, wish);
    },
  };
}

/** The ship that comes or goes, else the walkers, in station axes. */
function actionNow(scene: Scene, now: Now, station: CraftNow): Outside | undefined {
  for (const ship of freeShips(scene, now)) {
    const place_m = toBody(station, between(station, ship));
    if (place_m.length() < SHIP_NEAR_M) return { place_m, size_m: 6, parts: [place_m] };
  }
  const parts = walkersNow(scene, now).map((one) => one.position_m);
  if (parts.length === 0) return undefined;
  const place_m = parts.reduce((sum, one) => sum.add(one), new Vector3()).divideScalar(parts.length);
  return { place_m, size_m: 2.4 + 2 * Math.max(...parts.map((one) => one.distanceTo(place_m))), parts };
}

/** The nearest of the mounts that see most. */
function bestMount(scene: Scene, action: Outside): Vector3 {
  const solids = scene.station.solids;
  const away = (mount: Vector3): number => mount.distanceTo(action.place_m);
  const mounts = MOUNTS.map((mount) => outOf(solids, mount, 0.4)).sort((a, b) => away(a) - away(b));
  const useful = mounts.filter((mount) => away(mount) > TOO_NEAR_M + action.size_m / 4);
  return mostSeen(solids, useful.length > 0 ? useful : mounts, action.parts);
}

function fromMount(scene: Scene, now: Now, station: CraftNow, wish: Wish): Sight {
  const busy = actionNow(scene, now, station);
  const action = busy ?? { place_m: AT_REST.aim, size_m: 60, parts: [AT_REST.aim] };
  const mount = busy ? bestMount(scene, busy) : AT_REST.mount;
  const eye = ofBody(station, mount);
  const up = ofBody(station, new Vector3(0, 0, -1));
  const target = ofBody(station, action.place_m);
  const fit = degrees(2 * Math.atan(action.size_m / FILL / 2 / mount.distanceTo(action.place_m)));
  return {
    focus: station.id,
    eye_m: eye,
    turn: panned(eye, target, up, wish),
    away_m: mount.distanceTo(action.place_m),
    field_deg: clamp(clamp(fit, ...FIELD_DEG) / wish.zoom, FIELD_DEG[0] / 2, 90),
    hidden: [],
  };
}

/** A camera on its mount turns in place: drags pan it instead of carrying it round. */
export function panned(eye: Vector3, target: Vector3, up: Vector3, wish: Wish): Sight['turn'] {
  const ahead = target.clone().sub(eye).normalize();
  const right = ahead.clone().cross(up).normalize();
  const tilt = clamp(wish.elevation_rad, radians(-80), radians(80));
  const turned = ahead.applyAxisAngle(right, tilt).applyAxisAngle(up, -wish.azimuth_rad);
  return looking(eye, eye.clone().add(turned), up);
}
