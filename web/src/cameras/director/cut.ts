/** What the director shows from an instant on, and how cuts are kept apart when time runs fast. */
import type { Framing } from '../chase';
import type { OutsideFraming } from '../walk';

export type Take =
  | { readonly kind: 'camera'; readonly view: string }
  | { readonly kind: 'beside'; readonly framing: Framing }
  | { readonly kind: 'station'; readonly framing: Framing }
  | { readonly kind: 'past' }
  | { readonly kind: 'port'; readonly port: string }
  | { readonly kind: 'hatch'; readonly hatch: string; readonly framing: OutsideFraming }
  | { readonly kind: 'walkers'; readonly framing: OutsideFraming };

export interface Cut {
  readonly from_s: number;
  readonly take: Take;
  /** 1 must be seen, 2 should be, 3 only fills the time. */
  readonly rank: 1 | 2 | 3;
}

/** Cuts at least `least_s` apart: one that comes too soon waits; one that must be seen takes the place of a lesser. */
export function apart(cuts: readonly Cut[], least_s: number): Cut[] {
  const kept: Cut[] = [];
  for (const cut of [...cuts].sort((a, b) => a.from_s - b.from_s)) {
    let last = kept.at(-1);
    const soon = last !== undefined && cut.from_s < last.from_s + least_s;
    if (last && soon && (cut.rank < last.rank || cut.from_s <= last.from_s)) {
      if (cut.rank > last.rank) continue;
      kept.pop();
      last = kept.at(-1);
    }
    const from_s = last ? Math.max(cut.from_s, last.from_s + least_s) : cut.from_s;
    kept.push({ ...cut, from_s });
  }
  return kept;
}

/** The last cut at or before the instant. */
export function cutAt(cuts: readonly Cut[], t_s: number): Cut | undefined {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]!.from_s <= t_s) low = middle + 1;
    else high = middle;
  }
  return cuts[low - 1] ?? cuts[0];
}
