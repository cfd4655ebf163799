/** Which labels and marks fit: nothing is cut, nothing lies over another; what has no room is told when asked. */
import type { Range } from './scale';

/** Width of a text in pixels at the timeline's label size. */
export type Measure = (text: string) => number;

const BESIDE_TEXT = 8;
/** Half a mark and the air beside it. */
const MARK_PX = 9;

/** Whether a text fits inside a bar with air at both ends. */
export const fits = (text: string, wide: number, measure: Measure): boolean =>
  text !== '' && wide >= 18 && measure(text) + BESIDE_TEXT <= wide;

export interface Cluster<Mark> {
  readonly x: number;
  readonly marks: readonly [Mark, ...Mark[]];
}

/** Marks closer than `apart` pixels to the first of their group become one, so that each can be hit. */
export function clusters<Mark>(marks: readonly Mark[], x: (mark: Mark) => number, apart: number): Cluster<Mark>[] {
  const groups: { x: number; marks: [Mark, ...Mark[]] }[] = [];
  for (const mark of [...marks].sort((a, b) => x(a) - x(b))) {
    const at = x(mark);
    const last = groups[groups.length - 1];
    if (last && at - last.x < apart) last.marks.push(mark);
    else groups.push({ x: at, marks: [mark] });
  }
  return groups;
}

export interface Labelled {
  readonly x: number;
  readonly text: string;
  /** Smaller is more important: it is given room first. */
  readonly weight: number;
}

export type Side = 'right' | 'left' | null;

type Interval = readonly [number, number];

const clear = (taken: readonly Interval[], from: number, to: number): boolean =>
  taken.every(([a, b]) => to <= a || from >= b);

/**
 * Marks and their labels, the most important first: a label touches no other label and no mark as important as its own;
 * a lesser mark that would lie under it is left out (closer zooms show it).
 */
export function stand(labels: readonly Labelled[], left: number, right: number, measure: Measure): Map<number, Side> {
  const found = new Map<number, Side>();
  const taken: Interval[] = [];
  for (const weight of [...new Set(labels.map((label) => label.weight))].sort((a, b) => a - b)) {
    const ranked = labels.flatMap((label, i) => (label.weight === weight ? [{ ...label, i }] : []))
      .filter(({ x }) => clear(taken, x - MARK_PX / 2, x + MARK_PX / 2));
    const marks = new Map(ranked.map(({ x, i }): [number, Interval] => [i, [x - MARK_PX, x + MARK_PX]]));
    for (const { x, text, i } of ranked) {
      const others = [...taken, ...[...marks].flatMap(([j, mark]) => (j === i ? [] : [mark]))];
      const wide = measure(text) + MARK_PX;
      const side = text === '' ? null
        : x + wide <= right && clear(others, x, x + wide) ? 'right'
          : x - wide >= left && clear(others, x - wide, x) ? 'left' : null;
      found.set(i, side);
      if (side) taken.push(side === 'right' ? [x, x + wide + 4] : [x - wide - 4, x]);
    }
    taken.push(...marks.values());
  }
  return found;
}

export interface Lane<Item> {
  readonly item: Item;
  readonly lane: number;
}

/** Overlapping stretches side by side, each in the first lane that is free. */
export function lanes<Item extends Range>(items: readonly Item[]): Lane<Item>[] {
  const free_s: number[] = [];
  return [...items].sort((a, b) => a.from_s - b.from_s).map((item) => {
    const found = free_s.findIndex((end_s) => end_s <= item.from_s + 0.5);
    const lane = found < 0 ? free_s.length : found;
    free_s[lane] = item.to_s;
    return { item, lane };
  });
}
