/** The way of the craft that flies free and of the station: behind them faint, ahead bright, as it was flown. */
import { Color, Vector3 } from 'three';
import { flight } from '../../page/store';
import { stationNow, freeShips } from '../../cameras/subject';
import type { Scene } from '../../flight/scene';
import type { Frame, LayerMaker } from '../../stage/layer';
import { vector } from '../../stage/ellipsoid';
import { Strands, type Piece } from './strand';

const BEHIND_S = 1500;
const AHEAD_S = 5700;
const STEP_S = 45;
/** Samples are taken anew when the instant has moved by so much. */
const FRESH_S = 30;
/** From so far the orbit is what there is to see: its line is drawn without being asked for. */
const FAR_KM = 12000;
const COLOURS = { ship: new Color('#56b4e9'), station: new Color('#d7dee5') } as const;

interface Sampled {
  readonly at_s: number;
  readonly craft: string;
  readonly points: readonly { readonly t_s: number; readonly place_km: Vector3 }[];
}

export const makeTrackLayer: LayerMaker = (scene) => {
  const count = Math.ceil((BEHIND_S + AHEAD_S) / STEP_S) + 2;
  const strands = { ship: new Strands(count, COLOURS.ship), station: new Strands(count, COLOURS.station) };
  strands.station.object.add(strands.ship.object);
  const sampled = new Map<string, Sampled>();
  const show = (kind: 'ship' | 'station', frame: Frame): void => {
    const craft = kind === 'ship' ? freeShips(scene, frame.now)[0]?.id : stationNow(scene, frame.now)?.id;
    const wanted = frame.shown.has('track') || frame.lens.eye_km.length() > FAR_KM;
    if (!wanted || craft === undefined) return strands[kind].hide();
    const old = sampled.get(kind);
    const fresh = old && old.craft === craft && Math.abs(old.at_s - frame.now.t_s) < FRESH_S;
    const way = fresh ? old : sample(scene, craft, frame);
    sampled.set(kind, way);
    strands[kind].draw(frame, piecesOf(way, frame));
  };
  return {
    id: 'track',
    sky: strands.station.object,
    dazzles: true,
    update(frame) {
      show('station', frame);
      show('ship', frame);
      // The ship's line hangs below the station's object, which must stay visible for it.
      if (strands.ship.object.visible && !strands.station.object.visible) {
        strands.station.object.geometry.setDrawRange(0, 0);
        strands.station.object.visible = true;
      }
    },
    dispose() {
      strands.ship.dispose();
      strands.station.dispose();
    },
  };
};

function sample(scene: Scene, craft: string, frame: Frame): Sampled {
  const flown = flight.peek();
  const points: { t_s: number; place_km: Vector3 }[] = [];
  const middle = Math.round(frame.now.t_s / STEP_S) * STEP_S;
  for (let t_s = middle - BEHIND_S; t_s <= middle + AHEAD_S; t_s += STEP_S) {
    if (!flown || t_s < 0 || t_s > scene.end_s || !flown.has(t_s)) continue;
    const there = flown.now(t_s).craft.get(craft);
    if (there && !there.port) points.push({ t_s, place_km: vector(there.position_m).multiplyScalar(1e-3) });
  }
  return { at_s: frame.now.t_s, craft, points };
}

function piecesOf(way: Sampled, frame: Frame): Piece[] {
  return way.points.slice(1).flatMap((to, k) => {
    const from = way.points[k]!;
    if (to.t_s - from.t_s > STEP_S * 1.5) return [];
    const since = to.t_s - frame.now.t_s;
    const strength = since < 0 ? 0.4 * (1 + since / BEHIND_S) : 0.95 - 0.6 * (since / AHEAD_S);
    return [{ from_km: from.place_km, to_km: to.place_km, strength }];
  });
}
