/** WGS 84 in double precision, for what shaders cannot say exactly: who is behind the Earth, where a place is. */
import { Matrix3, Matrix4, Quaternion, Vector3 } from 'three';
import type { Triple, Turn } from '../flight/now';

export const EQUATOR_KM = 6378.137;
export const POLE_KM = 6356.752314245;
/** z times this makes the ellipsoid a sphere with the equator's radius. */
export const STRETCH = EQUATOR_KM / POLE_KM;
const SQUARED_ECCENTRICITY = 1 - (POLE_KM / EQUATOR_KM) ** 2;

export const stretched = (v: Vector3): Vector3 => new Vector3(v.x, v.y, v.z * STRETCH);

/** Outward normal of the ellipsoid below a point: exact on the ground, within 0.01 deg of the geodetic in low orbit. */
export const upAt = (position: Vector3): Vector3 =>
  new Vector3(position.x, position.y, position.z * STRETCH * STRETCH).normalize();

/** Height over the ellipsoid along the stretched radius: within metres of the geodetic one up to low orbits. */
export function heightOf(position_km: Vector3): number {
  const s = stretched(position_km).length();
  return (s - EQUATOR_KM) * (position_km.length() / s);
}

/** Where a ray meets the ellipsoid grown by `more_km`, in units of `along`; null when it misses. */
export function meets(from_km: Vector3, along: Vector3, more_km = 0): readonly [number, number] | null {
  const o = stretched(from_km);
  const d = stretched(along);
  const radius = EQUATOR_KM + more_km;
  const a = d.dot(d);
  const b = o.dot(d);
  const c = (o.length() - radius) * (o.length() + radius);
  const root = b * b - a * c;
  if (root < 0) return null;
  return [(-b - Math.sqrt(root)) / a, (-b + Math.sqrt(root)) / a];
}

/** Whether the ground hides one point from another (km). A metre of grace lets feet stand on the ground. */
export function hides(from_km: Vector3, to_km: Vector3): boolean {
  const hit = meets(from_km, to_km.clone().sub(from_km), -0.005);
  return hit !== null && hit[0] > 0 && hit[0] < 0.9999;
}

/** A place on the Earth, km, ITRF. */
export function placeAt(latitude_deg: number, longitude_deg: number, height_km = 0): Vector3 {
  const latitude = (latitude_deg * Math.PI) / 180;
  const longitude = (longitude_deg * Math.PI) / 180;
  const n = EQUATOR_KM / Math.sqrt(1 - SQUARED_ECCENTRICITY * Math.sin(latitude) ** 2);
  const flat = (n + height_km) * Math.cos(latitude);
  return new Vector3(
    flat * Math.cos(longitude),
    flat * Math.sin(longitude),
    (n * (1 - SQUARED_ECCENTRICITY) + height_km) * Math.sin(latitude),
  );
}

export const vector = (v: Triple): Vector3 => new Vector3(v[0], v[1], v[2]);
export const quaternion = (q: Turn): Quaternion => new Quaternion(q[0], q[1], q[2], q[3]);
export const matrixOf = (q: Quaternion): Matrix3 =>
  new Matrix3().setFromMatrix4(new Matrix4().makeRotationFromQuaternion(q));
