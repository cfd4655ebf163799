/** What the camera on each walker's helmet sees; where it stands and looks is worked out with the bodies themselves. */
import { Vector3 } from 'three';
import type { CraftNow, Now } from '../flight/now';
import type { PersonIndex, Scene } from '../flight/scene';
import { helmetEye, spacewalkOf, type HelmetView } from '../walkers';
import type { Camera, Sight, Wish } from './camera';
import { outOf } from './solids';
import { panned } from './station';
import { clamp, ofBody, radians, turnOf } from './space';
import { stationNow } from './subject';

const HULL_MARGIN_M = 0.12;
const AHEAD = new Vector3(0, 0, -1);
const TOP = new Vector3(0, 1, 0);

export function makeHelmets(scene: Scene): Camera[] {
  const walkers = scene.people.filter((person) => person.walker > 0).sort((a, b) => a.walker - b.walker);
  return walkers.map((person) => helmetOf(scene, person));
}

function helmetOf(scene: Scene, person: PersonIndex): Camera {
  return {
    id: person.id,
    label: person.short,
    works: (now) => stationNow(scene, now) !== undefined && helmetEye(scene, person.id, now) !== undefined,
    otherwise: {
      en: `${person.short.en} is not outside now: the helmet camera is off.`,
      ru: `${person.short.ru}: сейчас не снаружи, камера на шлеме выключена.`,
    },
    sight(now, wish, aspect) {
      const station = stationNow(scene, now);
      const sight = station && fromHelmet(scene, now, station, person.id, wish, aspect);
      if (!sight) throw new Error(`${person.id} is not outside now`);
      return sight;
    },
  };
}

function fromHelmet(
  scene: Scene, now: Now, station: CraftNow, id: string, wish: Wish, aspect: number,
): Sight | undefined {
  const view = helmetEye(scene, id, now);
  if (!view) return undefined;
  const turn = turnOf(station.turn).multiply(view.turn);
  const eye = ofBody(station, outOf(scene.station.solids, view.eye_m, HULL_MARGIN_M));
  const [ahead, top] = [AHEAD.clone().applyQuaternion(turn), TOP.clone().applyQuaternion(turn)];
  const partner = partnerAway(scene, now, id, view.eye_m);
  return {
    focus: station.id,
    eye_m: eye,
    turn: panned(eye, eye.clone().add(ahead), top, wish),
    field_deg: clamp(holding(view, aspect) / wish.zoom, 20, 100),
    ...(partner !== undefined && { away_m: partner }),
    hidden: [id],
    overlay: 'helmet',
    wearer: id,
  };
}

/** The vertical field that holds the camera's whole picture, however wide or narrow the page's own is. */
function holding({ across_deg, down_deg }: HelmetView, aspect: number): number {
  const tall = Math.tan(radians(across_deg) / 2) / aspect;
  return Math.max(down_deg, 2 * Math.atan(tall) * 180 / Math.PI);
}

/** How far the other walker's body is from this one's camera. */
function partnerAway(scene: Scene, now: Now, id: string, eye: Vector3): number | undefined {
  const others = [...spacewalkOf(scene).at(now).figures.values()].filter((figure) => figure.id !== id);
  return others[0]?.stance.torso.distanceTo(eye);
}
