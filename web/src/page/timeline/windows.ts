/** The named zooms: which stretch of time each shows when the clock stands at `t_s`. */
import type { Scene } from '../../flight/scene';
import { DAY_S, type Range, holds, padded, span } from './scale';

export const ZOOMS = ['mission', 'day', 'phase', 'walk', 'minutes'] as const;
export type Zoom = (typeof ZOOMS)[number];

const TEN_MINUTES_S = 600;
const BESIDE_WALK_S = 900;
const LEAST_S = 120;
const BUSY_SHARE = 0.5;

/** The mission with a little air on both sides. */
export const wholeOf = (scene: Scene): Range => padded({ from_s: 0, to_s: Math.max(scene.end_s, 60) }, 0.01);

/** The UTC day, or the ten minutes by the UTC clock, around `t_s`: the window changes only when the clock leaves it. */
function page(t_s: number, length_s: number, zero_ms: number): Range {
  const zero_s = zero_ms / 1000;
  const from_s = Math.floor((zero_s + t_s) / length_s) * length_s - zero_s;
  return { from_s, to_s: from_s + length_s };
}

/**
 * The leg flown at `t_s`. Of a leg that mostly waits (hours on the pad, a day before the undocking) only the part where
 * something happens is shown while the clock is there.
 */
function leg(scene: Scene, t_s: number): Range | undefined {
  const flown = scene.legs.findLast((one) => one.from_s <= t_s) ?? scene.legs[0];
  if (!flown) return undefined;
  const times = scene.events.filter((event) => event.step === flown.step && event.rank <= 2).map((event) => event.t_s);
  const busy = padded({ from_s: Math.min(...times), to_s: Math.max(...times) }, 0.1);
  const short = times.length > 1 && span(busy) > LEAST_S && span(busy) < BUSY_SHARE * span(flown);
  return short && holds(busy, t_s) ? busy : flown;
}

/** From the first to the last task of the spacewalk nearest to `t_s`. */
function walk(scene: Scene, t_s: number): Range | undefined {
  const people = new Set(scene.tracks.filter((track) => track.kind === 'person').map((track) => track.id));
  const walks = scene.legs.filter((one) => one.phase === 'eva').flatMap((one) => {
    const bars = scene.bars.filter((bar) => people.has(bar.track) && bar.to_s > one.from_s && bar.from_s < one.to_s);
    if (bars.length === 0) return [];
    const from_s = Math.min(...bars.map((bar) => bar.from_s)) - BESIDE_WALK_S;
    return [{ from_s, to_s: Math.max(...bars.map((bar) => bar.to_s)) + BESIDE_WALK_S }];
  });
  const away = (range: Range): number =>
    (holds(range, t_s) ? 0 : Math.min(Math.abs(t_s - range.from_s), Math.abs(t_s - range.to_s)));
  return walks.sort((a, b) => away(a) - away(b))[0];
}

export const hasWalk = (scene: Scene): boolean => walk(scene, 0) !== undefined;

/** Always a window: a zoom that the flight cannot give (no spacewalk) shows the mission. */
export function windowOf(zoom: Zoom, scene: Scene, t_s: number, zero_ms: number): Range {
  switch (zoom) {
    case 'mission': return wholeOf(scene);
    case 'day': return page(t_s, DAY_S, zero_ms);
    case 'minutes': return page(t_s, TEN_MINUTES_S, zero_ms);
    case 'phase': {
      const flown = leg(scene, t_s);
      return flown ? padded(flown, 0.02) : wholeOf(scene);
    }
    case 'walk': return walk(scene, t_s) ?? wholeOf(scene);
  }
}
