/** Where craft were and will be over the ground: the last revolution and the next. */
import type { Now } from '../../flight/now';
import type { LonLat } from './sphere';

export interface TrackPoint extends LonLat {
  readonly t_s: number;
}

export interface Track {
  readonly craft: string;
  readonly past: readonly TrackPoint[];
  readonly next: readonly TrackPoint[];
}

/** A revolution of the station: about 92.7 minutes. */
export const REVOLUTION_S = 5560;
const STEP_S = 40;

interface Known {
  readonly at: (t_s: number) => Now;
  readonly from_s: number;
  readonly to_s: number;
}

/** Craft that fly by themselves at an instant; one at a port moves with the station and needs no line of its own. */
export const flying = (now: Now): string[] =>
  [...now.craft.values()].filter((craft) => craft.port === undefined).map((craft) => craft.id);

/** One line per craft, broken off where it docks, lands, or the flight does not know it. */
export function tracksAround(known: Known, t_s: number): Track[] {
  const crafts = flying(known.at(t_s));
  const lines = crafts.map((craft) => ({ craft, past: [] as TrackPoint[], next: [] as TrackPoint[] }));
  walk(known, t_s, -STEP_S, lines, 'past');
  walk(known, t_s, STEP_S, lines, 'next');
  return lines.map((line) => ({ ...line, past: line.past.reverse() }));
}

function walk(
  known: Known, t_s: number, step_s: number, lines: { craft: string; past: TrackPoint[]; next: TrackPoint[] }[],
  side: 'past' | 'next',
): void {
  const open = new Set(lines);
  for (let away = 0; Math.abs(away) <= REVOLUTION_S && open.size > 0; away += step_s) {
    const instant_s = t_s + away;
    if (instant_s < known.from_s || instant_s > known.to_s) return;
    const now = known.at(instant_s);
    for (const line of open) {
      const craft = now.craft.get(line.craft);
      if (!craft || craft.port !== undefined || !Number.isFinite(craft.latitude_deg)) open.delete(line);
      else line[side].push({ t_s: instant_s, longitude_deg: craft.longitude_deg, latitude_deg: craft.latitude_deg });
    }
  }
}

/** The instant of the track point nearest to a place on the map; null further away than `within_deg`. */
export function instantNear(tracks: readonly Track[], place: LonLat, within_deg: number): number | null {
  let best: number | null = null;
  let least = within_deg;
  for (const point of tracks.flatMap((track) => [...track.past, ...track.next])) {
    const away = Math.hypot(point.longitude_deg - place.longitude_deg, point.latitude_deg - place.latitude_deg);
    if (away < least) [best, least] = [point.t_s, away];
  }
  return best;
}
