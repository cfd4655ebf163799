/** Geometry of the flat map: where the Sun stands, where night is, circles and tracks cut at 180 degrees. Degrees. */
import type { Triple, Turn } from '../../flight/now';
import { turned, undone } from '../../flight/turns';

export interface LonLat {
  readonly longitude_deg: number;
  readonly latitude_deg: number;
}

/** Mean radius; circles of visibility do not ask for more. */
const EARTH_KM = 6371;
const DEG = Math.PI / 180;

/** Components in the frame that `turn` leads from. */
export const turnedBack = (turn: Turn, vector: Triple): Triple => turned(undone(turn), vector);

/** Where the Sun stands overhead: geodetic, since the normal of the ellipsoid there points at a Sun this far away. */
export function subsolar(earth: Turn, sun: Triple): LonLat {
  const [x, y, z] = turnedBack(earth, sun);
  return { longitude_deg: Math.atan2(y, x) / DEG, latitude_deg: Math.atan2(z, Math.hypot(x, y)) / DEG };
}

export const wrapped = (longitude_deg: number): number => ((((longitude_deg + 180) % 360) + 360) % 360) - 180;

/** Where the middle of the Sun is on the horizon (no refraction), from west to east, a point every `step_deg`. */
export function terminator(sun: LonLat, step_deg = 2): LonLat[] {
  const least = 0.01;
  const declination = Math.abs(sun.latitude_deg) < least ? Math.sign(sun.latitude_deg || 1) * least : sun.latitude_deg;
  const points: LonLat[] = [];
  for (let longitude_deg = -180; longitude_deg <= 180; longitude_deg += step_deg) {
    const away = (longitude_deg - sun.longitude_deg) * DEG;
    points.push({ longitude_deg, latitude_deg: Math.atan(-Math.cos(away) / Math.tan(declination * DEG)) / DEG });
  }
  return points;
}

/** The dark part of the map as one ring: the terminator closed along the pole that has night. */
export function night(sun: LonLat): LonLat[] {
  const pole = sun.latitude_deg >= 0 ? -90 : 90;
  return [{ longitude_deg: -180, latitude_deg: pole }, ...terminator(sun), { longitude_deg: 180, latitude_deg: pole }];
}

/** Height of the Sun above the horizon at a place. */
export function sunHeight_deg(sun: LonLat, place: LonLat): number {
  const [a, b] = [sun.latitude_deg * DEG, place.latitude_deg * DEG];
  const away = (sun.longitude_deg - place.longitude_deg) * DEG;
  return Math.asin(Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(away)) / DEG;
}

/** How far from a ground station, in degrees of arc, a craft still stands `elevation_deg` above its horizon. */
export function reach_deg(height_km: number, elevation_deg: number): number {
  const elevation = elevation_deg * DEG;
  return (Math.acos((EARTH_KM / (EARTH_KM + height_km)) * Math.cos(elevation)) - elevation) / DEG;
}

/** The circle of so many degrees around a place. */
export function circle(middle: LonLat, radius_deg: number, points = 72): LonLat[] {
  const [latitude, radius] = [middle.latitude_deg * DEG, radius_deg * DEG];
  return Array.from({ length: points + 1 }, (_, i) => {
    const bearing = (i / points) * 2 * Math.PI;
    const z = Math.sin(latitude) * Math.cos(radius) + Math.cos(latitude) * Math.sin(radius) * Math.cos(bearing);
    const east = Math.sin(bearing) * Math.sin(radius) * Math.cos(latitude);
    const away = Math.atan2(east, Math.cos(radius) - Math.sin(latitude) * z);
    return { longitude_deg: wrapped(middle.longitude_deg + away / DEG), latitude_deg: Math.asin(z) / DEG };
  });
}

/** A line in pieces, none of which jumps over 180 degrees: each piece ends and begins on the edge of the map. */
export function split<Point extends LonLat>(line: readonly Point[]): LonLat[][] {
  const pieces: LonLat[][] = [];
  let piece: LonLat[] = [];
  line.forEach((point, i) => {
    const before = line[i - 1];
    if (before && Math.abs(point.longitude_deg - before.longitude_deg) > 180) {
      const side = before.longitude_deg > 0 ? 180 : -180;
      const latitude_deg = crossing(before, point, side);
      piece.push({ longitude_deg: side, latitude_deg });
      pieces.push(piece);
      piece = [{ longitude_deg: -side, latitude_deg }];
    }
    piece.push(point);
  });
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

/** Latitude at the edge of the map, on the straight line between two points beside it. */
function crossing(before: LonLat, after: LonLat, side: number): number {
  const unrolled = after.longitude_deg + 2 * side;
  const share = (side - before.longitude_deg) / (unrolled - before.longitude_deg || 1);
  return before.latitude_deg + share * (after.latitude_deg - before.latitude_deg);
}

/** SVG path in a drawing of 360 by 180 units, west and north at the origin. */
export const path = (pieces: readonly (readonly LonLat[])[]): string => pieces.map(linePath).join('');

const linePath = (points: readonly LonLat[]): string =>
  points.map(({ longitude_deg, latitude_deg }, i) =>
    `${i === 0 ? 'M' : 'L'}${(longitude_deg + 180).toFixed(2)} ${(90 - latitude_deg).toFixed(2)}`).join('');
