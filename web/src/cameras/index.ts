/** All cameras of a flight, in the order of their buttons and number keys, and which one shows now. */
import type { Now } from '../flight/now';
import type { Scene, Text } from '../flight/scene';
import type { Camera, Sight, Wish } from './camera';
import { rate as pageRate } from '../page/store';
import { makeChase } from './chase';
import { makeDirector } from './director/director';
import { makeDocking } from './docking';
import { makeGround } from './ground';
import { makeHelmets } from './helmet';
import { makeOrbit } from './orbit';
import { makeStationCamera } from './station';

/** `rate` says how fast time runs: the director cuts more slowly when it runs fast. */
export function makeCameras(scene: Scene, rate: () => number = () => pageRate.peek()): readonly Camera[] {
  const orbit = makeOrbit(scene);
  const cameras: Camera[] = [
    makeChase(scene), ...makeHelmets(scene), makeStationCamera(scene), makeDocking(scene), makeGround(scene), orbit,
    // The map is drawn flat by the page; behind it, and without it, stands the whole Earth.
    { ...orbit, id: 'map', label: { en: 'Map', ru: 'Карта' } },
  ];
  return [makeDirector(scene, cameras, rate), ...cameras];
}

export interface LiveSight {
  readonly sight: Sight;
  /** The camera that shows: the one asked for, or the one that stands in for it. */
  readonly live: Camera;
  /** What to call the picture: the live camera, or the one that the director has chosen. */
  readonly label: Text;
  /** Why another camera shows than the one asked for. */
  readonly note?: Text;
}

const unknownView: Text = { en: 'There is no such camera here.', ru: 'Такой камеры здесь нет.' };

/** The view by its id at this instant; the chase camera stands in for one that shows nothing, which is said. */
export function lookThrough(
  cameras: readonly Camera[], view: string, now: Now, wish: Wish, aspect: number,
): LiveSight | undefined {
  const asked = cameras.find((camera) => camera.id === view);
  const works = asked?.works(now) ?? false;
  const live = works ? asked : cameras.find((camera) => camera.id === 'chase' && camera.works(now));
  if (!live) return undefined;
  const note = works ? undefined : asked ? asked.otherwise : unknownView;
  const label = live.shows?.(now) ?? live.label;
  return { sight: live.sight(now, wish, aspect), live, label, ...(note && { note }) };
}
