/** Stars to magnitude 6 and the Milky Way's outline from the npm package d3-celestial (BSD-3; stars: XHIP, V/137D). */
import { readFileSync } from 'node:fs';
import { inside } from './images.ts';
import type { Grid, Ring } from './images.ts';

interface Star {
  readonly properties: { readonly mag: number; readonly bv: string };
  readonly geometry: { readonly coordinates: readonly [number, number] };
}

interface Outline {
  readonly geometry: { readonly coordinates: readonly (readonly Ring[])[] };
}

const WHITE = 0.6;

/** Four little-endian float32 for each star: right ascension and declination (J2000, degrees), magnitude, B-V. */
export function starTable(file: string): Uint8Array {
  const { features } = JSON.parse(readFileSync(file, 'utf8')) as { features: readonly Star[] };
  const out = Buffer.alloc(16 * features.length);
  features.forEach(({ properties, geometry }, i) => {
    const [longitude, declination] = geometry.coordinates;
    const colour = Number.parseFloat(properties.bv);
    const row = [(longitude + 360) % 360, declination, properties.mag, Number.isFinite(colour) ? colour : WHITE];
    row.forEach((value, k) => out.writeFloatLE(value, 16 * i + 4 * k));
  });
  return out;
}

/** Brightness of the Milky Way: five nested outlines, added and smoothed; right ascension from -180 to 180 degrees. */
export function milkyWay(file: string, width: number, height: number): Grid {
  const { features } = JSON.parse(readFileSync(file, 'utf8')) as { features: readonly Outline[] };
  const sum = new Float32Array(width * height);
  for (const { geometry } of features) {
    const level = inside(geometry.coordinates.flat(), width, height);
    level.forEach((value, i) => (sum[i] = sum[i]! + value));
  }
  let soft: Float32Array = sum;
  for (let i = 0; i < 6; i++) soft = smoothed(soft, width, height);
  const most = features.length;
  return { width, height, data: Uint8Array.from(soft, (value) => Math.min(255, Math.round((255 * value) / most))) };
}

function smoothed(grid: Float32Array, width: number, height: number): Float32Array {
  return grid.map((_, i) => {
    const x = i % width;
    const y = (i - x) / width;
    let sum = 0;
    for (let dy = -2; dy <= 2; dy++) {
      const row = Math.min(height - 1, Math.max(0, y + dy)) * width;
      for (let dx = -2; dx <= 2; dx++) sum += grid[row + ((x + dx + width) % width)]!;
    }
    return sum / 25;
  });
}
