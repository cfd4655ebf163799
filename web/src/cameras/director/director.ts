/** The director: an automatic choice of camera, subject and framing that follows the events of the flight. */
import { Vector3 } from 'three';
import type { Now } from '../../flight/now';
import type { Scene, Text } from '../../flight/scene';
import type { Camera, Sight, Wish } from '../camera';
import { beside, besideSubject, peopleOutside } from '../chase';
import { nearShip } from '../docking';
import { besidePort, pastShip } from '../pair';
import { stationNow, stationSubject, walkersSubject } from '../subject';
import { seenOutside, type Outside } from '../walk';
import { apart, cutAt, type Cut, type Take } from './cut';
import { planCuts } from './plan';

/** Viewers need this long to read a picture, in their own seconds. */
const LEAST_LOOK_S = 4;
const CHASE: Text = { en: 'Chase', ru: 'Рядом' };

/** A director for the given cameras; `rate` says how fast time runs when a picture is drawn. */
export function makeDirector(scene: Scene, cameras: readonly Camera[], rate: () => number): Camera {
  const cutNow = scriptOf(scene, rate);
  const stand = (now: Now): Camera | undefined => cameras.find((camera) => camera.works(now));
  const chosen = (now: Now): Camera | undefined => cameraOf(cutNow(now)?.take, cameras, now);
  return {
    id: 'director',
    label: { en: 'Director', ru: 'Режиссёр' },
    works: (now) => stand(now) !== undefined,
    shows: (now) => chosen(now)?.label ?? CHASE,
    sight(now, wish, aspect) {
      const cut = cutNow(now);
      const sight = cut && sightOf(scene, cameras, cut.take, now, wish, aspect);
      return sight ?? stand(now)!.sight(now, wish, aspect);
    },
  };
}

/** The cut in force: a pure function of the instant and of how fast time runs. */
function scriptOf(scene: Scene, rate: () => number): (now: Now) => Cut | undefined {
  const whole = planCuts(scene);
  const kept = new Map<number, readonly Cut[]>();
  return (now) => {
    const least_s = LEAST_LOOK_S * Math.max(1, rate());
    const cuts = kept.get(least_s) ?? apart(whole, least_s);
    kept.set(least_s, cuts);
    return cutAt(cuts, now.t_s);
  };
}

function cameraOf(take: Take | undefined, cameras: readonly Camera[], now: Now): Camera | undefined {
  if (take?.kind !== 'camera') return undefined;
  const camera = cameras.find((one) => one.id === take.view);
  return camera?.works(now) ? camera : undefined;
}

/** The take's picture, or nothing where what it needs is not there. */
function sightOf(
  scene: Scene, cameras: readonly Camera[], take: Take, now: Now, wish: Wish, aspect: number,
): Sight | undefined {
  const station = stationNow(scene, now);
  switch (take.kind) {
    case 'camera': return cameraOf(take, cameras, now)?.sight(now, wish, aspect);
    case 'beside': return besideNow(scene, cameras, take, now, wish);
    case 'station': return station && beside(scene, now, wish, stationSubject(station), take.framing);
    case 'past': {
      const ship = nearShip(scene, now);
      return ship && station && pastShip(scene, ship, station, wish);
    }
    case 'port': {
      const port = scene.station.ports.find((one) => one.id === take.port);
      return port && station && besidePort(scene, now, station, port, wish);
    }
    case 'hatch': {
      const hatch = scene.station.hatches.find((one) => one.id === take.hatch);
      return hatch && station && seenOutside(scene, now, station, around(hatch.position_m), take.framing, wish);
    }
    case 'walkers': {
      const walkers = station && walkersSubject(scene, now, station);
      return walkers && seenOutside(scene, now, station, peopleOutside(scene, now, walkers), take.framing, wish);
    }
  }
}

/** A hatch, with room for who comes out of it. */
function around(place: readonly [number, number, number]): Outside {
  const place_m = new Vector3(...place);
  return { place_m, size_m: 1.7, parts: [place_m] };
}

function besideNow(
  scene: Scene, cameras: readonly Camera[], take: Extract<Take, { kind: 'beside' }>, now: Now, wish: Wish,
): Sight | undefined {
  return cameras.some((camera) => camera.id === 'chase' && camera.works(now))
    ? besideSubject(scene, now, wish, take.framing) : undefined;
}
