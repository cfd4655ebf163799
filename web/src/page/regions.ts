/** What lies below a point of the Earth, from the same map of seas and lands that the program uses. */
import { signal } from '@preact/signals';
import map from '../../../src/fakel/data/map/regions.json?url';
import type { Text } from '../flight/scene';
import { lang } from './store';

interface Region {
  readonly id: string;
  readonly kind: string;
  readonly en?: string;
  readonly ru?: string;
  /** Longitude and latitude in turn, degrees. */
  readonly rings: readonly (readonly number[])[];
  readonly box: readonly [number, number, number, number];
}

const regions = signal<readonly Region[]>([]);
/** The first kind that holds the point names it. */
const inOrder = ['country', 'water', 'land', 'continent'] as const;

/** The map comes after the first picture; nothing waits for it. */
export async function loadRegions(): Promise<void> {
  const { regions: read } = (await (await fetch(map)).json()) as { readonly regions: readonly Omit<Region, 'box'>[] };
  const boxed = read.map((region) => ({ ...region, box: boxOf(region.rings) }));
  regions.value = inOrder.flatMap((kind) => boxed.filter((region) => region.kind === kind));
}

function boxOf(rings: Region['rings']): Region['box'] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i += 2) {
      const [x, y] = [ring[i] ?? 0, ring[i + 1] ?? 0];
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  return box;
}

/** Even-odd crossing count over all rings: holes and islands come out right. */
function holds(region: Region, x: number, y: number): boolean {
  const [west, south, east, north] = region.box;
  if (x < west || x > east || y < south || y > north) return false;
  let inside = false;
  for (const ring of region.rings) {
    for (let i = 0, j = ring.length - 2; i + 1 < ring.length; j = i, i += 2) {
      const [xi, yi, xj, yj] = [ring[i] ?? 0, ring[i + 1] ?? 0, ring[j] ?? 0, ring[j + 1] ?? 0];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}

/** The name of what lies below, or nothing while the map is not here. */
export function below(latitude_deg: number, longitude_deg: number): string {
  const region = regions.value.find((one) => holds(one, longitude_deg, latitude_deg));
  return region ? nameOf(region) : '';
}

function nameOf(region: Region): string {
  const told: Partial<Text> = region;
  return told[lang.value] ?? new Intl.DisplayNames(lang.value, { type: 'region' }).of(region.id) ?? region.id;
}
