/** What glows about the capsule: shock ahead of the shield, wake behind, the six landing engines. By eye. */
import type { Vector3 } from 'three';
import type { Shell } from '../effects/plume';
import { TURN, V } from '../kit/shapes';

/** Flows along -y; the capsule's wake is turned over, so that it streams past the hatch. */
export const WAKE: readonly Shell[] = [
  { mouth: 1.22, end: 0.7, length: 6, colour: 0xfff0d8, gain: 0.7, edge: 1.4, streaks: 0.5 },
  { mouth: 1.35, end: 1.6, length: 16, colour: 0xff9a4a, gain: 0.75, edge: 1.6, streaks: 0.6 },
  { mouth: 1.6, end: 4.2, length: 46, colour: 0xff5f38, gain: 0.3, edge: 1.5, streaks: 0.5 },
];

export const SHOCK: readonly Shell[] = [
  { mouth: 1.3, end: 0.02, length: 0.62, colour: 0xffe2c0, gain: 0.9, edge: 0.8, streaks: 0.2, bulge: 0.42 },
  { mouth: 1.55, end: 0.02, length: 0.95, colour: 0xff7a48, gain: 0.5, edge: 0.9, streaks: 0.3, bulge: 0.42 },
];

export const LANDING_JETS: readonly Shell[] = [
  { mouth: 0.09, end: 0.5, length: 2.2, colour: 0xffe0a0, gain: 3, edge: 1.4, streaks: 0.4 },
];

export const LANDING_MOUTHS: readonly Vector3[] = Array.from({ length: 6 }, (_, i) => {
  const angle = (i / 6) * TURN + 0.3;
  return V(0.62 * Math.cos(angle), -0.08, 0.62 * Math.sin(angle));
});
