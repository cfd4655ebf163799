/** Places and directions in double precision: what cameras need of geometry. Metres, GCRF axes unless said. */
import { Matrix4, Quaternion, Vector3 } from 'three';
import type { CraftNow, Triple, Turn } from '../flight/now';

export const vector = (v: Triple): Vector3 => new Vector3(v[0], v[1], v[2]);
export const turnOf = (q: Turn): Quaternion => new Quaternion(q[0], q[1], q[2], q[3]);

/** From one craft's reference point to another's; subtracted in doubles. */
export function between(from: CraftNow, to: CraftNow): Vector3 {
  return vector(to.position_m).sub(vector(from.position_m));
}

/** A point or direction of the craft's body, seen from its reference point. */
export const ofBody = (craft: CraftNow, point: Vector3): Vector3 => point.clone().applyQuaternion(turnOf(craft.turn));

/** The other way: from GCRF axes into the craft's body. */
export const toBody = (craft: CraftNow, point: Vector3): Vector3 =>
  point.clone().applyQuaternion(turnOf(craft.turn).invert());

/** Level axes at a craft: forward along the path over ground or orbit, starboard to its right, up from the Earth. */
export interface Level {
  readonly forward: Vector3;
  readonly starboard: Vector3;
  readonly up: Vector3;
}

export function levelAt(craft: CraftNow): Level {
  const up = vector(craft.position_m).normalize();
  const starboard = vector(craft.velocity_m_s).cross(up).normalize();
  return { up, starboard, forward: up.clone().cross(starboard) };
}

/** The azimuth (see `direction`) from which the Sun shines. */
export function sunAzimuth(level: Level, sun: Vector3): number {
  return Math.atan2(sun.dot(level.starboard), -sun.dot(level.forward));
}

/** A unit vector: azimuth 0 is behind, a quarter turn is to starboard; elevation is above the level. */
export function direction(level: Level, azimuth_rad: number, elevation_rad: number): Vector3 {
  const flat = Math.cos(elevation_rad);
  return new Vector3()
    .addScaledVector(level.forward, -flat * Math.cos(azimuth_rad))
    .addScaledVector(level.starboard, flat * Math.sin(azimuth_rad))
    .addScaledVector(level.up, Math.sin(elevation_rad));
}

/** Camera axes that look from one point to another with `up` as near the top as it can be. */
export function looking(eye: Vector3, target: Vector3, up: Vector3): Quaternion {
  const back = eye.clone().sub(target).normalize();
  const steady = Math.abs(back.dot(up)) > 0.9995 ? anyAcross(back) : up;
  const right = steady.clone().cross(back).normalize();
  return new Quaternion().setFromRotationMatrix(new Matrix4().makeBasis(right, back.clone().cross(right), back));
}

function anyAcross(v: Vector3): Vector3 {
  return Math.abs(v.x) < 0.8 ? new Vector3(1, 0, 0) : new Vector3(0, 1, 0);
}

export const radians = (degrees: number): number => degrees * Math.PI / 180;
export const degrees = (angle_rad: number): number => angle_rad * 180 / Math.PI;
export const clamp = (x: number, least: number, most: number): number => Math.min(Math.max(x, least), most);
export const mix = (a: number, b: number, part: number): number => a + (b - a) * part;

/** 0 before `from`, 1 after `to`, and a soft way between. */
export function ease(x: number, from: number, to: number): number {
  const part = clamp((x - from) / (to - from), 0, 1);
  return part * part * (3 - 2 * part);
}
