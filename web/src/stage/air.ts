/** The air's numbers, shared by the sky's shader and by the colour of sunlight at the craft; lengths in km. */
import { Color, Vector3 } from 'three';
import { heightOf, meets } from './ellipsoid';

/**
 * Per km at sea level, for red, green and blue: scattering by air (Rayleigh), by haze (Mie), absorption by ozone (green
 * light is a broad band that loses less than its middle: with the peak's value sunsets turn pink).
 */
export const RAYLEIGH = [5.8e-3, 13.5e-3, 33.1e-3] as const;
export const HAZE = 4.0e-3;
export const OZONE = [0.4e-3, 1.1e-3, 0.05e-3] as const;
/** Scale heights of air and haze; middle and half width of the ozone layer. */
export const AIR_KM = 8.4;
export const HAZE_KM = 1.25;
export const OZONE_KM = 25;
export const OZONE_HALF_KM = 15;
/** Nothing scatters visibly above this. */
export const TOP_KM = 100;
/** Sunlight outside the air, in the renderer's units: a white wall facing the Sun then has brightness SUNSHINE / pi. */
export const SUNSHINE = 4.2;

const SUN_RADIUS = 0.00465;
const STEPS = 24;

/** How much of the Sun's disc stands over the ground's rim as seen from here, 0 to 1. */
export function sunAboveRim(position_km: Vector3, sun: Vector3, ground_km = 0): number {
  const distance = position_km.length();
  const height = Math.max(heightOf(position_km) - ground_km, 0.001);
  const dip = Math.acos(Math.min(1, (distance - height) / distance));
  const elevation = Math.asin(Math.min(1, Math.max(-1, position_km.dot(sun) / distance)));
  const share = (elevation + dip) / (2 * SUN_RADIUS) + 0.5;
  return Math.min(1, Math.max(0, share));
}

/** What the air leaves of sunlight on its way to a point, without regard to the ground. */
export function sunThroughAir(position_km: Vector3, sun: Vector3): Color {
  const hit = meets(position_km, sun, TOP_KM);
  if (hit === null || hit[1] <= 0) return new Color(1, 1, 1);
  const start = Math.max(hit[0], 0);
  const step = (hit[1] - start) / STEPS;
  const point = new Vector3();
  let air = 0;
  let haze = 0;
  let ozone = 0;
  for (let i = 0; i < STEPS; i++) {
    const height = Math.max(0, heightOf(point.copy(position_km).addScaledVector(sun, start + (i + 0.5) * step)));
    air += Math.exp(-height / AIR_KM) * step;
    haze += Math.exp(-height / HAZE_KM) * step;
    ozone += Math.max(0, 1 - Math.abs(height - OZONE_KM) / OZONE_HALF_KM) * step;
  }
  const left = (i: 0 | 1 | 2) => Math.exp(-(RAYLEIGH[i] * air + HAZE * 1.1 * haze + OZONE[i] * ozone));
  return new Color(left(0), left(1), left(2));
}
