/**
 * Weather invented from noise: no satellite image of known origin was at hand. It follows the climate's large shapes:
 * storm belts with turning lows and fronts, broken clouds along the thermal equator, clear subtropics and deserts (read
 * from the day map's sand colours).
 */
import type { Grid } from './images.ts';

type Point = [number, number, number];

const TURN = Math.PI / 180;

/** One number in 0..1 for each corner of a lattice of whole numbers. */
function corner(x: number, y: number, z: number): number {
  let h = Math.imul(x, 0x8da6b343) ^ Math.imul(y, 0xd8163841) ^ Math.imul(z, 0xcb1ab31f);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}

const ease = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);
const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
const step = (from: number, to: number, x: number): number => ease(Math.min(1, Math.max(0, (x - from) / (to - from))));

function noise(x: number, y: number, z: number): number {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const k = Math.floor(z);
  const u = ease(x - i);
  const v = ease(y - j);
  const w = ease(z - k);
  const plane = (c: number) =>
    mix(mix(corner(i, j, c), corner(i + 1, j, c), u), mix(corner(i, j + 1, c), corner(i + 1, j + 1, c), u), v);
  return mix(plane(k), plane(k + 1), w);
}

function fractal(p: Point, scale: number, octaves: number, rough = 0.52): number {
  let sum = 0;
  let weight = 1;
  let total = 0;
  let s = scale;
  for (let i = 0; i < octaves; i++) {
    sum += weight * noise(p[0] * s + 11.3 * i, p[1] * s - 7.1 * i, p[2] * s + 3.7 * i);
    total += weight;
    weight *= rough;
    s *= 2.13;
  }
  return sum / total;
}

interface Low {
  readonly at: Point;
  readonly size: number;
  readonly spin: number;
}

const onSphere = (latitude: number, longitude: number): Point => [
  Math.cos(latitude * TURN) * Math.cos(longitude * TURN),
  Math.cos(latitude * TURN) * Math.sin(longitude * TURN),
  Math.sin(latitude * TURN),
];

/** Lows of the storm belts, spaced unevenly around the Earth; they turn against the clock in the north. */
function lows(): Low[] {
  const out: Low[] = [];
  for (let i = 0; i < 26; i++) {
    const south = i % 2 === 1;
    const latitude = (south ? -1 : 1) * (44 + 18 * corner(i, 1, 5));
    const longitude = (i >> 1) * 27.7 + 16 * corner(i, 2, 9) - 180;
    const turn = 1.1 + 1.4 * corner(i, 4, 4);
    out.push({ at: onSphere(latitude, longitude), size: 0.09 + 0.09 * corner(i, 3, 2), spin: south ? turn : -turn });
  }
  return out;
}

/** Turn a point around the lows near it: noise read from the turned place is wound into spirals. */
function wound(p: Point, all: readonly Low[]): { readonly p: Point; readonly storm: number } {
  let [x, y, z] = p;
  let storm = 0;
  for (const { at, size, spin } of all) {
    const near = 1 - (p[0] * at[0] + p[1] * at[1] + p[2] * at[2]);
    const pull = Math.exp(-near / (size * size));
    if (pull < 0.01) continue;
    storm = Math.max(storm, pull);
    const angle = spin * pull;
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    const d = (at[0] * x + at[1] * y + at[2] * z) * (1 - c);
    [x, y, z] = [
      x * c + (at[1] * z - at[2] * y) * s + at[0] * d,
      y * c + (at[2] * x - at[0] * z) * s + at[1] * d,
      z * c + (at[0] * y - at[1] * x) * s + at[2] * d,
    ];
  }
  return { p: [x, y, z], storm };
}

/** How much of the sky is covered at a latitude, in early November. */
function climate(latitude: number): number {
  const bell = (middle: number, width: number) => Math.exp(-(((latitude - middle) / width) ** 2));
  const storms = 0.25 * bell(57, 13) + 0.34 * bell(-54, 14) + 0.1 * bell(85, 14);
  return 0.27 + 0.28 * bell(6, 6) + storms - 0.16 * bell(24, 9) - 0.14 * bell(-22, 9);
}

/** Sand in the day map: bright and more red than blue. */
function sandAt(day: Grid, u: number, v: number): number {
  const x = Math.min(day.width - 1, Math.floor(u * day.width));
  const y = Math.min(day.height - 1, Math.floor(v * day.height));
  const i = 4 * (y * day.width + x);
  const red = day.data[i]!;
  const blue = day.data[i + 2]!;
  return step(20, 75, red - blue) * step(90, 170, red);
}

/** Cover as grey values; `day` is any size of the day map. */
export function cloudMap(width: number, height: number, day: Grid): Grid {
  const data = new Uint8Array(width * height);
  const all = lows();
  for (let j = 0; j < height; j++) {
    const latitude = 90 - ((j + 0.5) / height) * 180;
    for (let i = 0; i < width; i++) {
      const longitude = ((i + 0.5) / width) * 360 - 180;
      const sand = sandAt(day, (i + 0.5) / width, (j + 0.5) / height);
      data[j * width + i] = Math.round(255 * coverAt(onSphere(latitude, longitude), latitude, sand, all));
    }
  }
  return { width, height, data };
}

function coverAt(place: Point, latitude: number, sand: number, all: readonly Low[]): number {
  const { p, storm } = wound(place, all);
  const half: Point = [(p[0] + place[0]) / 2, (p[1] + place[1]) / 2, (p[2] + place[2]) / 2];
  const bend = fractal(p, 3.1, 3) - 0.5;
  const sheared: Point = [p[0] + 0.2 * bend, p[1] - 0.2 * bend, p[2] * 1.25 + 0.25 * bend];
  const mass = fractal(sheared, 3.4, 4);
  const detail = fractal([half[0] + 0.05 * bend, half[1], half[2]], 13, 6, 0.6);
  const puffs = fractal(place, 60, 4, 0.7);
  // fronts: thin where a slow field crosses its middle value, wound by the lows
  const belt = step(26, 40, Math.abs(latitude)) * (1 - step(66, 78, Math.abs(latitude)));
  const front = belt * Math.max(0, 1 - Math.abs(fractal([p[0] + 5, p[1], p[2] * 1.6], 2.3, 3) - 0.5) / 0.05);
  const amount = climate(latitude) * (1 - 0.9 * sand) + 0.18 * storm + 0.26 * front;
  const broken = 1 - step(0.35, 0.75, amount);
  const dense = 0.46 * mass + (0.36 - 0.1 * broken) * detail + (0.18 + 0.1 * broken) * puffs;
  const edge = 0.635 - 0.30 * amount;
  return step(edge - 0.045, edge + 0.17, dense) * Math.min(1, 0.12 + 0.75 * detail + 0.65 * puffs + 0.15 * front);
}
