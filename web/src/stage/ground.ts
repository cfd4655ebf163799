/** How high the ground lies over the ellipsoid: known where a craft of the flight stands on it, 0 elsewhere. */
import type { Vector3 } from 'three';
import type { Place } from '../flight/scene';
import { placeAt } from './ellipsoid';

/** Within the first distance the ground is as high as at the place; by the second it has sunk to the ellipsoid. */
const LEVEL_KM = 60;
const SUNK_KM = 250;

/** At a point fixed to the Earth (ITRF, km), metres. */
export function groundHeight(pointFixed_km: Vector3, places: readonly Place[]): number {
  let height = 0;
  for (const place of places) {
    if (place.height_m === undefined) continue;
    const away = placeAt(place.latitude_deg, place.longitude_deg).distanceTo(pointFixed_km);
    height = Math.max(height, place.height_m * Math.min(1, Math.max(0, (SUNK_KM - away) / (SUNK_KM - LEVEL_KM))));
  }
  return height;
}
