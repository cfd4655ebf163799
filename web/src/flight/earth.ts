/** Where a place lies over the ellipsoid of WGS 84. */
import type { Triple, Turn } from './now';
import { turned, undone } from './turns';

export const equator_m = 6_378_137;
export const earthRate_rad_s = 7.2921151467e-5;
export const flattening = 1 / 298.257223563;
const squared = flattening * (2 - flattening);

export interface Below {
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  readonly height_m: number;
}

/** Geodetic place of a GCRF position. Bowring's formula, once repeated: below 1e-9 m up to the Moon. */
export function below(position_m: Triple, earth: Turn): Below {
  const [x, y, z] = turned(undone(earth), position_m);
  const axis_m = Math.hypot(x, y);
  let beta = Math.atan2(z, (1 - flattening) * axis_m);
  let latitude = 0;
  for (let k = 0; k < 2; k++) {
    const up = z + (squared / (1 - squared)) * equator_m * (1 - flattening) * Math.sin(beta) ** 3;
    latitude = Math.atan2(up, axis_m - squared * equator_m * Math.cos(beta) ** 3);
    beta = Math.atan2((1 - flattening) * Math.sin(latitude), Math.cos(latitude));
  }
  const curve_m = equator_m * Math.sqrt(1 - squared * Math.sin(latitude) ** 2);
  return {
    latitude_deg: (latitude * 180) / Math.PI,
    longitude_deg: (Math.atan2(y, x) * 180) / Math.PI,
    height_m: axis_m * Math.cos(latitude) + z * Math.sin(latitude) - curve_m,
  };
}
