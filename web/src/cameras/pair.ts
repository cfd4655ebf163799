/** Ship and station in one picture: from behind the ship, past it, at the station; or a port from the side. */
import { Vector3 } from 'three';
import type { CraftNow, Now } from '../flight/now';
import type { Port, Scene } from '../flight/scene';
import type { Sight, Wish } from './camera';
import { outOf } from './solids';
import { between, levelAt, looking, ofBody, radians, toBody, vector } from './space';

const BEHIND_M = 19;
const FIELD_DEG = 40;
const HULL_MARGIN_M = 0.6;
const ZENITH = new Vector3(0, 0, -1);

/** From behind and above the ship, with the station beyond it. */
export function pastShip(scene: Scene, ship: CraftNow, station: CraftNow, wish: Wish): Sight {
  const level = levelAt(ship);
  const ahead = between(ship, station).normalize();
  const right = ahead.clone().cross(level.up);
  if (right.length() < 0.2) right.copy(level.starboard);
  right.normalize();
  const top = right.clone().cross(ahead);
  const eye = ahead.clone().negate()
    .applyAxisAngle(right, radians(-13) - wish.elevation_rad).applyAxisAngle(top, radians(16) - wish.azimuth_rad)
    .multiplyScalar(BEHIND_M / wish.zoom);
  const aim = ahead.clone().multiplyScalar(9);
  const offset = between(station, ship);
  const free = outOf(scene.station.solids, toBody(station, eye.clone().add(offset)), HULL_MARGIN_M);
  const place = ofBody(station, free).sub(offset);
  return {
    focus: ship.id, eye_m: place, turn: looking(place, aim, top), field_deg: FIELD_DEG, away_m: place.length(),
    hidden: [],
  };
}

/** A port from beside its axis, on the sunny side: contact, undocking. */
export function besidePort(scene: Scene, now: Now, station: CraftNow, port: Port, wish: Wish): Sight {
  const axis = new Vector3(...port.axis);
  const sunny = toBody(station, vector(now.sun_km)).y < 0 ? -1 : 1;
  const side = new Vector3(0, sunny, 0);
  const over = side.clone().cross(axis).normalize();
  const middle = new Vector3(...port.position_m).addScaledVector(axis, 2.6);
  const eye = side.multiplyScalar(16).addScaledVector(ZENITH, 3.5).add(new Vector3(5, 0, 0))
    .applyAxisAngle(axis, wish.azimuth_rad).applyAxisAngle(over, wish.elevation_rad)
    .multiplyScalar(1 / wish.zoom).add(middle);
  const free = ofBody(station, outOf(scene.station.solids, eye, HULL_MARGIN_M));
  const up = ofBody(station, ZENITH);
  return {
    focus: station.id, eye_m: free, turn: looking(free, ofBody(station, middle), up), field_deg: FIELD_DEG,
    away_m: free.distanceTo(ofBody(station, middle)), hidden: [],
  };
}
