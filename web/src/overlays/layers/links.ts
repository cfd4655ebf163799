/** Lines of sight from the station to the ground stations that see it. */
import { Color } from 'three';
import { inSky, placeNow } from '../../cameras/geodesy';
import { stationNow } from '../../cameras/subject';
import type { Place, Scene } from '../../flight/scene';
import type { Frame, LayerMaker } from '../../stage/layer';
import { vector } from '../../stage/ellipsoid';
import { Strands, type Piece } from './strand';

/** The mask that the flight's networks assume. */
const MASK_DEG = 5;
const COLOUR = new Color('#7fb4e0');

export const makeLinks: LayerMaker = (scene) => {
  const grounds = scene.places.filter((place) => place.kind === 'ground');
  const strands = new Strands(Math.max(1, grounds.length), COLOUR);
  return {
    id: 'links',
    sky: strands.object,
    dazzles: true,
    update(frame) {
      if (frame.shown.has('links')) strands.draw(frame, seen(scene, frame, grounds));
      else strands.hide();
    },
    dispose: () => strands.dispose(),
  };
};

function seen(scene: Scene, frame: Frame, grounds: readonly Place[]): Piece[] {
  const station = stationNow(scene, frame.now);
  if (!station) return [];
  return grounds.flatMap((ground) => {
    const observer = { ...ground, height_m: 0 };
    if (inSky(observer, frame.now, station.position_m).elevation_deg < MASK_DEG) return [];
    const [from_km, to_km] = [vector(station.position_m), placeNow(observer, frame.now)];
    return [{ from_km: from_km.multiplyScalar(1e-3), to_km: to_km.multiplyScalar(1e-3), strength: 0.9 }];
  });
}
