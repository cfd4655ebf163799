/** The coast as a map of distances: between its pixels the shader finds a line sharper than any mask of that size. */
import { readFileSync } from 'node:fs';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { inside, toPixel } from './images.ts';
import type { Grid, Ring } from './images.ts';

/** Distances are kept up to so many pixels on both sides; 0 far at sea, 255 far inland, 127.5 on the line. */
const REACH_PX = 2.5;

function landRings(file: string): Ring[] {
  const world = JSON.parse(readFileSync(file, 'utf8')) as Topology<{ land: GeometryCollection }>;
  const rings: Ring[] = [];
  for (const { geometry } of feature(world, world.objects.land).features) {
    if (geometry.type !== 'MultiPolygon') continue;
    for (const polygon of geometry.coordinates) for (const ring of polygon) rings.push(ring as unknown as Ring);
  }
  return rings;
}

export function coastMap(file: string, width: number, height: number): Grid {
  const rings = landRings(file);
  const far = new Float32Array(width * height).fill(REACH_PX);
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i++) measure(far, width, height, ring[i]!, ring[i + 1]!);
  }
  const land = inside(rings, width, height);
  const data = Uint8Array.from(far, (d, i) => Math.round(127.5 + ((land[i] ? d : -d) * 127.5) / REACH_PX));
  return { width, height, data };
}

/** Lower the distances of pixels around one piece of coast. The edge along the antimeridian is no coast. */
function measure(far: Float32Array, width: number, height: number, from: Ring[0], to: Ring[0]): void {
  if (!from || !to || (Math.abs(from[0]) > 179.99 && Math.abs(to[0]) > 179.99) || to[1] < -89.9) return;
  const [x0, y0] = toPixel(from, width, height);
  const [x1, y1] = toPixel(to, width, height);
  const ex = x1 - x0;
  const ey = y1 - y0;
  const square = ex * ex + ey * ey || 1e-12;
  const bottom = Math.min(height - 1, Math.floor(Math.max(y0, y1) + REACH_PX));
  const right = Math.min(width - 1, Math.floor(Math.max(x0, x1) + REACH_PX));
  for (let y = Math.max(0, Math.floor(Math.min(y0, y1) - REACH_PX)); y <= bottom; y++) {
    for (let x = Math.max(0, Math.floor(Math.min(x0, x1) - REACH_PX)); x <= right; x++) {
      const px = x + 0.5 - x0;
      const py = y + 0.5 - y0;
      const along = Math.min(1, Math.max(0, (px * ex + py * ey) / square));
      const distance = Math.hypot(px - along * ex, py - along * ey);
      const i = y * width + x;
      if (distance < far[i]!) far[i] = distance;
    }
  }
}
