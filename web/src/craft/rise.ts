/** Where the rocket stands about the point that the flight moves: its foot on the pad, the ship itself at insertion. */
import type { Now } from '../flight/now';
import type { Scene } from '../flight/scene';
import { HEIGHT, SHIP_Y, THIRD_NOZZLE_Y } from '../models/rocket/rocket';
import { glide, instantOf } from './world';

/** How much of the flame belongs into a picture of the rocket. */
const FLAME_M = 24;

export interface Ascent {
  readonly ship: string;
  readonly liftoff_s: number;
  readonly tower_s: number;
  readonly boosters_s: number;
  readonly fairing_s: number;
  readonly core_s: number;
  readonly aft_s: number;
  readonly cutoff_s: number;
  readonly insertion_s: number;
}

export function ascentOf(scene: Scene, ship: string): Ascent {
  const at = (name: string) => instantOf(scene, name, ship);
  return {
    ship,
    liftoff_s: at('liftoff'),
    tower_s: at('tower_jettison'),
    boosters_s: at('booster_separation'),
    fairing_s: at('fairing_jettison'),
    core_s: at('core_separation'),
    aft_s: at('aft_section_jettison'),
    cutoff_s: at('cutoff'),
    insertion_s: at('insertion'),
  };
}

/**
 * Body x of the nozzles' plane. The flight moves one point: on the pad it is the foot, after insertion the ship's own
 * origin. Between them the rocket is drawn sliding by its 40 m, too slowly to be seen.
 */
export function footAhead_m(ascent: Ascent, t_s: number): number {
  const end = Number.isFinite(ascent.cutoff_s) ? ascent.cutoff_s : ascent.liftoff_s + 520;
  return -SHIP_Y * glide(t_s, ascent.liftoff_s + 5, end);
}

/** Body x of the middle of what still flies together with the root of its flame, and half its length: for cameras. */
export function rocketExtent(scene: Scene, now: Now, ship: string): { middle_m: number; half_m: number } {
  const ascent = ascentOf(scene, ship), t = now.t_s;
  const flame = FLAME_M * after(t, ascent.liftoff_s) * (1 - 0.7 * after(t, ascent.core_s));
  const foot = THIRD_NOZZLE_Y * after(t, ascent.core_s) - flame, top = HEIGHT - 5 * after(t, ascent.tower_s);
  return { middle_m: footAhead_m(ascent, t) + (foot + top) / 2, half_m: (top - foot) / 2 };
}

/** 0 at an event and 1 soon after it, so that a camera does not jump. */
const after = (t: number, event_s: number): number =>
  Number.isFinite(event_s) ? glide(t, event_s + 3, event_s + 18) : 0;
