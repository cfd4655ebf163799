/** The rocket's flames, and how they widen and pale as the air thins. Shapes and strengths by eye. */
import type { Shell } from '../effects/plume';

const BRIGHT: Shell = { mouth: 0.9, end: 1.5, length: 22, colour: 0xffc078, gain: 0.8, edge: 2.4, streaks: 0.45 };

export const FIRST_STAGE_JET: readonly Shell[] = [BRIGHT];

export const FIRST_STAGE_SHELL: readonly Shell[] = [
  { mouth: 2.6, end: 10, length: 95, colour: 0xff8c38, gain: 0.42, edge: 2.8, streaks: 0.65 },
  { mouth: 3.4, end: 42, length: 230, colour: 0xcf8a66, gain: 0.16, edge: 1.5, streaks: 0.35 },
  { mouth: 1.7, end: 2.4, length: 56, colour: 0xffd498, gain: 0.6, edge: 2.6, streaks: 0.4 },
];

export const CORE_JET: readonly Shell[] = [
  BRIGHT,
  { mouth: 1.2, end: 12, length: 70, colour: 0xffb070, gain: 0.3, edge: 2, streaks: 0.45 },
];

export const THIRD_JET: readonly Shell[] = [
  { mouth: 0.9, end: 2.2, length: 6, colour: 0xffe0c0, gain: 0.55, edge: 1.8, streaks: 0.15 },
  { mouth: 1.0, end: 26, length: 60, colour: 0x9db2e0, gain: 0.1, edge: 1.4, streaks: 0.15 },
];

/** Widening and strength by height: a narrow torch at the ground, a pale fan above the air. */
export function jetLook(height_m: number): { readonly spread: number; readonly power: number } {
  const thin = 1 - Math.exp(-Math.max(0, height_m) / 42e3);
  return { spread: 1 + 3.2 * thin * thin, power: 1 - 0.78 * thin };
}
