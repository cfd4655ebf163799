/** All cameras of a flight, in the order of their buttons and number keys, and which one shows now. */
import type { Now } from '../flight/now';
import type { Scene, Text } from '../flight/scene';
import type { Camera, Sight, Wish } from './camera';
import { makeChase } from './chase';
import { makeDocking } from './docking';
import { makeGround } from './ground';
import { makeHelmets } from './helmet';
import { makeOrbit } from './orbit';
import { makeStationCamera } from './station';

export function makeCameras(scene: Scene): readonly Camera[] {
  const orbit = makeOrbit(scene);
  return [
    makeChase(scene), ...makeHelmets(scene), makeStationCamera(scene), makeDocking(scene), makeGround(scene), orbit,
    // The map is drawn flat by the page; behind it, and without it, stands the whole Earth.
    { ...orbit, id: 'map', label: { en: 'Map', ru: 'Карта' } },
  ];
}

export interface LiveSight {
  readonly sight: Sight;
  /** The camera that shows: the one asked for, or the one that stands in for it. */
  readonly live: Camera;
  /** Why another camera shows than the one asked for. */
  readonly note?: Text;
}

const unknownView: Text = { en: 'There is no such camera here.', ru: 'Такой камеры здесь нет.' };

/** The view by its id at this instant; a camera that shows nothing is stood in for by the chase camera, which is said. */
export function lookThrough(
  cameras: readonly Camera[], view: string, now: Now, wish: Wish, aspect: number,
): LiveSight | undefined {
  const asked = cameras.find((camera) => camera.id === view);
  if (asked?.works(now)) return { sight: asked.sight(now, wish, aspect), live: asked };
  const live = cameras.find((camera) => camera.works(now));
  if (!live) return undefined;
  const note = asked ? asked.otherwise : unknownView;
  return { sight: live.sight(now, wish, aspect), live, ...(note && { note }) };
}
