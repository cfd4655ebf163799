/**
 * Coasts of the world, 1:110 million, as one SVG path in units of degrees. Natural Earth (public domain) through the
 * package world-atlas (ISC); its rings run across 180 degrees, so each is unrolled and drawn on both sides of the map.
 */
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import atlas from 'world-atlas/land-110m.json';

type Ring = readonly (readonly number[])[];
type Corner = readonly [number, number];

/** Longitudes made continuous: they may leave the map. */
function unrolled(ring: Ring): Corner[] {
  let turn = 0;
  let before = ring[0]?.[0] ?? 0;
  return ring.map(([longitude = 0, latitude = 0]) => {
    if (longitude - before > 180) turn -= 360;
    if (longitude - before < -180) turn += 360;
    before = longitude;
    return [longitude + turn, latitude];
  });
}

/** A ring around a pole (Antarctica) does not close on the flat map: it is led along the edge. */
function closed(corners: readonly Corner[]): Corner[] {
  const first = corners[0] ?? [0, 0];
  const last = corners[corners.length - 1] ?? first;
  if (Math.abs(last[0] - first[0]) < 180) return [...corners];
  return [...corners, [last[0], -90], [first[0], -90]];
}

function draw(corners: readonly Corner[], shift: number): string {
  const points = corners.map(([longitude, latitude]) =>
    `${(longitude + 180 + shift).toFixed(1)} ${(90 - latitude).toFixed(1)}`);
  return `M${points.join('L')}Z`;
}

function ringPath(ring: Ring): string {
  const corners = closed(unrolled(ring));
  const west = Math.min(...corners.map(([longitude]) => longitude));
  const east = Math.max(...corners.map(([longitude]) => longitude));
  const shifts = [0, ...(west < -180 ? [360] : []), ...(east > 180 ? [-360] : [])];
  return shifts.map((shift) => draw(corners, shift)).join('');
}

function landPath(): string {
  const topology = atlas as unknown as Topology;
  const object = topology.objects['land'];
  if (!object) return '';
  const read = feature(topology, object);
  const shapes = read.type === 'FeatureCollection' ? read.features : [read];
  return shapes.map(({ geometry }) => {
    if (geometry.type === 'Polygon') return geometry.coordinates.map(ringPath).join('');
    if (geometry.type === 'MultiPolygon') return geometry.coordinates.flat().map(ringPath).join('');
    return '';
  }).join('');
}

export const land = landPath();
