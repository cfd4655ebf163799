/** Places on the station in GCRF metres. */
import { Vector3 } from 'three';
import { ofBody } from '../cameras/space';
import { stationNow } from '../cameras/subject';
import type { Now, Triple } from '../flight/now';
import type { Port, Scene } from '../flight/scene';

export function portPlace(scene: Scene, now: Now, port: Port): Triple | null {
  const station = stationNow(scene, now);
  if (!station) return null;
  const at = ofBody(station, new Vector3(...port.position_m));
  const [x, y, z] = station.position_m;
  return [x + at.x, y + at.y, z + at.z];
}
