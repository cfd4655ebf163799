/** Who looks up from the ground: a place of the flight, a place that was typed, or where the viewer is. */
import { signal } from '@preact/signals';
import type { Now } from '../flight/now';
import type { Place, Scene, Text } from '../flight/scene';
import type { Lang } from '../page/store';
import { numberIn } from '../page/words';
import type { Observer } from './geodesy';
import { clamp } from './space';
import { freeShips, instantOf } from './subject';

export interface NamedObserver extends Observer {
  readonly name: Text;
}

/** The viewer's choice; nothing chosen: the place where the flight is seen best. */
export const chosenObserver = signal<NamedObserver | null>(null);

const EYES_M = 2;

export const atPlace = (place: Place): NamedObserver => ({
  latitude_deg: place.latitude_deg, longitude_deg: place.longitude_deg, name: place.name,
  height_m: (place.height_m ?? 0) + EYES_M,
});

export function typedObserver(latitude_deg: number, longitude_deg: number): NamedObserver {
  const name = (of: Lang): string => `${numberIn(of, latitude_deg, 2)}°, ${numberIn(of, longitude_deg, 2)}°`;
  return { latitude_deg, longitude_deg, height_m: EYES_M, name: { en: name('en'), ru: name('ru') } };
}

/** The pad while the rocket flies, the landing place from the entry on, else the first place of the flight. */
export function usualObserver(scene: Scene, now: Now): NamedObserver {
  const pad = scene.places.find((place) => place.kind === 'pad');
  const zone = scene.places.find((place) => place.kind === 'landing zone');
  const first = scene.places[0];
  if (now.phase === 'ascent' && pad) return besideThePad(pad);
  if (now.phase === 'entry' || now.phase === 'landing') return underTheCapsule(scene, now) ?? atPlace(zone ?? first!);
  const place = now.phase === 'deorbit' ? zone : pad;
  return place ?? first ? atPlace(place ?? first!) : typedObserver(0, 0);
}

const METRES_A_DEGREE = 111320;

function moved(from: Observer, east_m: number, north_m: number): Observer {
  const across = METRES_A_DEGREE * Math.cos(from.latitude_deg * Math.PI / 180);
  return {
    latitude_deg: from.latitude_deg + north_m / METRES_A_DEGREE,
    longitude_deg: from.longitude_deg + east_m / across,
    height_m: from.height_m,
  };
}

/** The viewing place a kilometre and a half from the pad. */
function besideThePad(pad: Place): NamedObserver {
  return { ...moved(atPlace(pad), 950, -1150), name: pad.name };
}

/** Beside the capsule under its parachute; it drifts with the wind, and the observer with it. */
function underTheCapsule(scene: Scene, now: Now): NamedObserver | undefined {
  const capsule = freeShips(scene, now)[0];
  const open_s = capsule && instantOf(scene, 'drogue_open', capsule.id);
  const zone = scene.places.find((place) => place.kind === 'landing zone');
  if (!capsule || open_s === undefined || now.t_s < open_s) return undefined;
  const name = zone?.name ?? { en: 'landing place', ru: 'место посадки' };
  // as far off as it is high, and more: straight above, there would be nothing but sky about it
  const ground_m = zone?.height_m ?? 0, far = clamp((capsule.height_m - ground_m) / 180, 1, 24);
  return { ...moved({ ...capsule, height_m: ground_m + EYES_M }, -260 * far, -180 * far), name };
}

/** Ask the browser where it is; nothing is sent anywhere. */
export function whereTheViewerIs(found: (observer: NamedObserver) => void, refused: () => void): void {
  if (!('geolocation' in navigator)) {
    refused();
    return;
  }
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => found({
      ...typedObserver(coords.latitude, coords.longitude),
      height_m: coords.altitude ?? EYES_M,
      name: { en: 'where you are', ru: 'где вы сейчас' },
    }),
    refused,
    { timeout: 10000, maximumAge: 600000 },
  );
}
