/** What glows about the capsule: shock ahead of the shield, wake behind, the six landing engines. By eye. */
import type { Vector3 } from 'three';
import type { Shell } from '../effects/plume';
import { TURN, V } from '../kit/shapes';

/** Flows along -y; the capsule's wake is turned over, so that it streams past the hatch. */
export const WAKE: readonly Shell[] = [
  { mouth: 1.15, end: 0.5, length: 7, colour: 0xffd9a8, gain: 0.22, edge: 2.2, streaks: 0.7 },
  { mouth: 1.3, end: 1.5, length: 18, colour: 0xff8f42, gain: 0.3, edge: 2.4, streaks: 0.8 },
  { mouth: 1.5, end: 3.6, length: 46, colour: 0xff5a36, gain: 0.16, edge: 2.6, streaks: 0.7 },
];

export const SHOCK: readonly Shell[] = [
  { mouth: 1.18, end: 0.02, length: 0.5, colour: 0xffe6cc, gain: 0.8, edge: 1.2, streaks: 0.2, bulge: 0.42 },
  { mouth: 1.34, end: 0.02, length: 0.8, colour: 0xff8a50, gain: 0.4, edge: 2.2, streaks: 0.3, bulge: 0.42 },
  { mouth: 1.7, end: 0.02, length: 1.2, colour: 0xff5a36, gain: 0.18, edge: 3, streaks: 0.3, bulge: 0.42 },
];

export const LANDING_JETS: readonly Shell[] = [
  { mouth: 0.09, end: 0.5, length: 2.2, colour: 0xffe0a0, gain: 3, edge: 1.4, streaks: 0.4 },
];

export const LANDING_MOUTHS: readonly Vector3[] = Array.from({ length: 6 }, (_, i) => {
  const angle = (i / 6) * TURN + 0.3;
  return V(0.62 * Math.cos(angle), -0.08, 0.62 * Math.sin(angle));
});
