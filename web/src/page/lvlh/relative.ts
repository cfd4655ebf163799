/** Where a ship is as seen from the station: along the orbit (V-bar) and towards the Earth (R-bar), both along arcs. */
import type { CraftNow, Now, Triple } from '../../flight/now';

export interface Relative {
  readonly t_s: number;
  /** Ahead of the station along its orbit; negative behind. */
  readonly ahead_m: number;
  /** Towards the Earth; positive below the station. */
  readonly below_m: number;
  /** To starboard of the orbit's plane as the station flies. */
  readonly aside_m: number;
  readonly range_m: number;
}

const dot = (a: Triple, b: Triple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Triple, b: Triple): Triple =>
  [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const unit = (a: Triple): Triple => {
  const size = Math.sqrt(dot(a, a)) || 1;
  return [a[0] / size, a[1] / size, a[2] / size];
};

/**
 * Arcs instead of straight axes: far away a ship on the same orbit stays at the same height in the picture. Near the
 * station both are the same.
 */
export function relative(t_s: number, ship: CraftNow, station: CraftNow): Relative {
  const up = unit(station.position_m);
  const normal = unit(cross(station.position_m, station.velocity_m_s));
  const forward = cross(normal, up);
  const [x, r] = [dot(ship.position_m, forward), dot(ship.position_m, up)];
  const home_m = Math.sqrt(dot(station.position_m, station.position_m));
  const [a, b] = [ship.position_m, station.position_m];
  return {
    t_s,
    ahead_m: home_m * Math.atan2(x, r),
    below_m: home_m - Math.hypot(x, r),
    aside_m: -dot(ship.position_m, normal),
    range_m: Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]),
  };
}

/** A ship that flies by itself while the station is known; the station's own docked ships are no visitors. */
export function visitor(now: Now): CraftNow | undefined {
  return [...now.craft.values()].find((craft) => craft.id !== 'station' && craft.port === undefined);
}

const HALF_WIDTHS_M = [1, 10, 100, 1000, 10_000].flatMap((power) => [100 * power, 200 * power, 500 * power]);

/** Half the width of the picture: the first step of 1, 2, 5 in which the ship is well inside. */
export function halfWidth(place: Pick<Relative, 'ahead_m' | 'below_m'>, flatness: number): number {
  const needs = Math.max(Math.abs(place.ahead_m), Math.abs(place.below_m) / flatness) / 0.86;
  return HALF_WIDTHS_M.find((half) => half >= needs) ?? HALF_WIDTHS_M[HALF_WIDTHS_M.length - 1] ?? needs;
}

/** Grid lines at round distances, five or so to each side. */
export const gridStep = (half_m: number): number => half_m / 5;
