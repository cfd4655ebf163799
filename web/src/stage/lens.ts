/** The camera of a picture: a lens for the sky (km, at the origin), one for the near world, and where points fall. */
import { PerspectiveCamera, Vector3 } from 'three';
import type { Sight } from '../cameras/camera';
import type { CraftNow, Now, Triple } from '../flight/now';
import { hides, placeAt, quaternion, vector } from './ellipsoid';
import type { Place } from '../flight/scene';

/** A pixel of the page's picture (CSS pixels from its upper left corner). */
export interface Spot {
  readonly x: number;
  readonly y: number;
  /** Inside the picture, in front of the camera and not behind the Earth. */
  readonly visible: boolean;
}

/** Craft farther than this from the camera, besides the focus, are points in the sky. */
const NEAR_WORLD_M = 30e3;
/** Room around a craft's reference point that its model, the pad or a plume fills. */
const ROOM_M = 130;

export class Lens {
  readonly near = new PerspectiveCamera();
  readonly sky = new PerspectiveCamera();
  eye_m: Triple = [0, 0, 0];
  private width = 1;
  private height = 1;

  resize(width: number, height: number): void {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
  }

  /** Stand where the sight says; all differences of places are taken here, in double precision. */
  take(now: Now, sight: Sight, focus: CraftNow): void {
    const [x, y, z] = focus.position_m;
    this.eye_m = [x + sight.eye_m.x, y + sight.eye_m.y, z + sight.eye_m.z];
    const distance = sight.eye_m.length();
    this.near.near = Math.max(0.05, 0.02 * (this.nearest(now) - ROOM_M));
    this.near.far = distance + NEAR_WORLD_M;
    this.near.position.copy(sight.eye_m);
    this.sky.position.set(0, 0, 0);
    this.sky.near = 1;
    this.sky.far = 1e6;
    for (const camera of [this.near, this.sky]) {
      camera.quaternion.copy(sight.turn);
      camera.fov = sight.field_deg;
      camera.aspect = this.width / this.height;
      camera.updateProjectionMatrix();
      camera.updateMatrixWorld();
    }
  }

  get eye_km(): Vector3 {
    return vector(this.eye_m).multiplyScalar(1e-3);
  }

  distanceTo(craft: CraftNow): number {
    const [x, y, z] = craft.position_m;
    return Math.hypot(x - this.eye_m[0], y - this.eye_m[1], z - this.eye_m[2]);
  }

  /** A craft that the near pass would clip or show too small to be seen. */
  isFar(craft: CraftNow, focus: string): boolean {
    const distance = this.distanceTo(craft);
    return (craft.id !== focus && distance > NEAR_WORLD_M) || this.pixelsOf(20, distance) < 6;
  }

  /** How many pixels a length across the sight takes at a distance. */
  pixelsOf(length_m: number, distance_m: number): number {
    return (length_m / distance_m / (2 * Math.tan((this.near.fov * Math.PI) / 360))) * this.height;
  }

  hidesCraft(craft: CraftNow): boolean {
    return hides(this.eye_km, vector(craft.position_m).multiplyScalar(1e-3));
  }

  /** Pixel of a place in space; the one projection behind labels, tests and marks. */
  spotOf(target_m: Triple): Spot {
    const [x, y, z] = this.eye_m;
    const away = new Vector3(target_m[0] - x, target_m[1] - y, target_m[2] - z);
    const seen = away.clone().applyQuaternion(this.sky.quaternion.clone().invert());
    if (seen.z >= 0) return { x: NaN, y: NaN, visible: false };
    const scale = this.height / (2 * Math.tan((this.sky.fov * Math.PI) / 360));
    const px = this.width / 2 + (seen.x / -seen.z) * scale;
    const py = this.height / 2 - (seen.y / -seen.z) * scale;
    const inside = px >= 0 && px <= this.width && py >= 0 && py <= this.height;
    const free = !hides(this.eye_km, vector(target_m).multiplyScalar(1e-3));
    return { x: px, y: py, visible: inside && free };
  }

  private nearest(now: Now): number {
    let least = Infinity;
    for (const craft of now.craft.values()) least = Math.min(least, this.distanceTo(craft));
    return least;
  }
}

/** Where a named thing is, GCRF metres: a craft, the Sun or Moon, a place on the Earth, or a person outside. */
export function whereabouts(id: string, now: Now, places: readonly Place[]): Triple | null {
  if (id === 'sun' || id === 'moon') {
    const [x, y, z] = id === 'sun' ? now.sun_km : now.moon_km;
    return [x * 1000, y * 1000, z * 1000];
  }
  const craft = now.craft.get(id);
  if (craft) return craft.position_m;
  const place = places.find((candidate) => candidate.id === id);
  if (place) {
    const fixed = placeAt(place.latitude_deg, place.longitude_deg, (place.height_m ?? 0) / 1000);
    const v = fixed.applyQuaternion(quaternion(now.earth));
    return [v.x * 1000, v.y * 1000, v.z * 1000];
  }
  const outside = now.people.get(id)?.outside;
  const station = now.craft.get('station');
  if (!outside || !station) return null;
  const v = vector(outside.position_m).applyQuaternion(quaternion(station.turn));
  return [v.x + station.position_m[0], v.y + station.position_m[1], v.z + station.position_m[2]];
}
