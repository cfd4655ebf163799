/** Places on the WGS 84 ellipsoid, turned with the Earth, and where a thing stands in the sky seen from one. */
import { Vector3 } from 'three';
import type { Now, Triple } from '../flight/now';
import { degrees, radians, turnOf, vector } from './space';

const EQUATOR_M = 6378137;
const FLATTENING = 1 / 298.257223563;
const ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING);

export interface Observer {
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  /** Above the ellipsoid. */
  readonly height_m: number;
}

/** Where something stands in the sky. Azimuth from north through east; no refraction. */
export interface SkyPlace {
  readonly azimuth_deg: number;
  readonly elevation_deg: number;
  readonly range_m: number;
}

/** Unit vectors at a place. */
export interface Ground {
  readonly east: Vector3;
  readonly north: Vector3;
  readonly up: Vector3;
}

/** Earth-fixed place (ITRF), metres. */
export function fixedPlace(observer: Observer): Vector3 {
  const latitude = radians(observer.latitude_deg);
  const longitude = radians(observer.longitude_deg);
  const across = EQUATOR_M / Math.sqrt(1 - ECCENTRICITY_2 * Math.sin(latitude) ** 2);
  const flat = (across + observer.height_m) * Math.cos(latitude);
  const along = (across * (1 - ECCENTRICITY_2) + observer.height_m) * Math.sin(latitude);
  return new Vector3(flat * Math.cos(longitude), flat * Math.sin(longitude), along);
}

function fixedGround(observer: Observer): Ground {
  const latitude = radians(observer.latitude_deg);
  const longitude = radians(observer.longitude_deg);
  const [sinLat, cosLat] = [Math.sin(latitude), Math.cos(latitude)];
  const [sinLon, cosLon] = [Math.sin(longitude), Math.cos(longitude)];
  return {
    east: new Vector3(-sinLon, cosLon, 0),
    north: new Vector3(-sinLat * cosLon, -sinLat * sinLon, cosLat),
    up: new Vector3(cosLat * cosLon, cosLat * sinLon, sinLat),
  };
}

/** The observer's place in GCRF at this instant, metres from the middle of the Earth. */
export const placeNow = (observer: Observer, now: Now): Vector3 =>
  fixedPlace(observer).applyQuaternion(turnOf(now.earth));

/** East, north and up at the observer in GCRF at this instant. */
export function groundNow(observer: Observer, now: Now): Ground {
  const turn = turnOf(now.earth);
  const { east, north, up } = fixedGround(observer);
  return { east: east.applyQuaternion(turn), north: north.applyQuaternion(turn), up: up.applyQuaternion(turn) };
}

/** Where a place (GCRF, metres from the middle of the Earth) stands in the observer's sky. Light time is left out: by it a
 * craft in low orbit seems at most v/c = 2.6e-5 rad = 0.0015 deg behind, a thirtieth of what is asked of this (0.05 deg). */
export function inSky(observer: Observer, now: Now, target_m: Triple): SkyPlace {
  const way = vector(target_m).sub(placeNow(observer, now));
  const { east, north, up } = groundNow(observer, now);
  const range_m = way.length();
  const azimuth = degrees(Math.atan2(way.dot(east), way.dot(north)));
  return {
    azimuth_deg: (azimuth + 360) % 360,
    elevation_deg: degrees(Math.asin(way.dot(up) / range_m)),
    range_m,
  };
}

/** A direction in GCRF from azimuth and elevation at a place. */
export function skyDirection(ground: Ground, azimuth_deg: number, elevation_deg: number): Vector3 {
  const azimuth = radians(azimuth_deg);
  const flat = Math.cos(radians(elevation_deg));
  return new Vector3()
    .addScaledVector(ground.east, flat * Math.sin(azimuth))
    .addScaledVector(ground.north, flat * Math.cos(azimuth))
    .addScaledVector(ground.up, Math.sin(radians(elevation_deg)));
}
