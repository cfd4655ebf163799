/** Just enough of image files for the sky's maps: JPEG through jpeg-js, grey PNG by hand, halving, outlines filled. */
import { crc32, deflateSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import jpeg from 'jpeg-js';

/** Grey values or RGBA, row after row, north first, from 180 W to 180 E. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export type Ring = readonly (readonly [number, number])[];

export function readJpeg(file: string): Grid {
  const { width, height, data } = jpeg.decode(readFileSync(file), { useTArray: true, maxMemoryUsageInMB: 1024 });
  return { width, height, data };
}

export const jpegOf = (grid: Grid, quality: number): Uint8Array => jpeg.encode(grid, quality).data;

/** Half as wide and half as high: the mean of each four pixels. */
export function halved(grid: Grid, channels = 4): Grid {
  const width = grid.width >> 1;
  const height = grid.height >> 1;
  const row = grid.width * channels;
  const data = new Uint8Array(width * height * channels);
  for (let y = 0, out = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 2 * y * row + 2 * x * channels;
      for (let c = 0; c < channels; c++, out++) {
        const i = at + c;
        const upper = grid.data[i]! + grid.data[i + channels]!;
        data[out] = (upper + grid.data[i + row]! + grid.data[i + row + channels]! + 2) >> 2;
      }
    }
  }
  return { width, height, data };
}

export function greyToRgba(grid: Grid): Grid {
  const data = new Uint8Array(grid.data.length * 4);
  grid.data.forEach((value, i) => data.fill(value, 4 * i, 4 * i + 3));
  return { ...grid, data };
}

function chunk(kind: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(body.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc32(named), named.length + 4);
  return out;
}

/** Eight-bit grey PNG; each row is stored as differences from the row above, which suits smooth maps. */
export function pngOf(grid: Grid): Uint8Array {
  const { width, height, data } = grid;
  const raw = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    raw[y * (width + 1)] = 2;
    for (let x = 0; x < width; x++) {
      const above = y > 0 ? data[(y - 1) * width + x]! : 0;
      raw[y * (width + 1) + x + 1] = data[y * width + x]! - above;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const body = chunk('IDAT', deflateSync(raw, { level: 9 }));
  return Buffer.concat([signature, chunk('IHDR', header), body, chunk('IEND', Buffer.alloc(0))]);
}

/**
 * Which pixel centres lie inside an odd number of rings (longitude and latitude in degrees): 1 inside, 0 outside.
 * Counted along each meridian from the north pole, which lies outside, so rings may run around the whole sphere.
 */
export function inside(rings: readonly Ring[], width: number, height: number): Uint8Array {
  const crossings: number[][] = Array.from({ length: width }, () => []);
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i++) {
      const [x0, y0] = toPixel(ring[i]!, width, height);
      const [wrapped, y1] = toPixel(ring[i + 1]!, width, height);
      const x1 = wrapped - width * Math.round((wrapped - x0) / width);
      const to = Math.ceil(Math.max(x0, x1) - 0.5);
      for (let x = Math.ceil(Math.min(x0, x1) - 0.5); x < to; x++) {
        crossings[(x + width) % width]!.push(y0 + ((x + 0.5 - x0) / (x1 - x0)) * (y1 - y0));
      }
    }
  }
  const out = new Uint8Array(width * height);
  crossings.forEach((ys, x) => {
    ys.sort((a, b) => a - b);
    for (let i = 0; i < ys.length; i += 2) {
      const to = Math.min(height, Math.ceil((ys[i + 1] ?? height) - 0.5));
      for (let y = Math.max(0, Math.ceil(ys[i]! - 0.5)); y < to; y++) out[y * width + x] = 1;
    }
  });
  return out;
}

export const toPixel = (point: readonly [number, number], width: number, height: number): [number, number] => [
  ((point[0] + 180) / 360) * width,
  ((90 - point[1]) / 180) * height,
];
