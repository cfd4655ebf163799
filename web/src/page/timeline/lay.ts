/** Which labels and marks fit: nothing is cut, nothing lies over another; what has no room is told when asked. */

export interface Placed {
  readonly x: number;
  readonly wide: number;
}

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

/** Beside which side of its mark a label has room: it may touch no other mark and no other label. */
export function sides(labels: readonly Labelled[], left: number, right: number, measure: Measure): Side[] {
  const taken: [number, number][] = labels.map(({ x }) => [x - MARK_PX, x + MARK_PX]);
  const free = (from: number, to: number, own: number): boolean =>
    from >= left && to <= right && taken.every(([a, b], i) => i === own || to <= a || from >= b);
  const found: Side[] = labels.map(() => null);
  const order = labels.map((_, i) => i).sort((a, b) => (labels[a]?.weight ?? 0) - (labels[b]?.weight ?? 0));
  for (const i of order) {
    const label = labels[i];
    if (!label || label.text === '') continue;
    const wide = measure(label.text) + MARK_PX;
    const side = free(label.x, label.x + wide, i) ? 'right' : free(label.x - wide, label.x, i) ? 'left' : null;
    found[i] = side;
    if (side) taken.push(side === 'right' ? [label.x, label.x + wide + 4] : [label.x - wide - 4, label.x]);
  }
  return found;
}

export interface Lane<Item> {
  readonly item: Item;
  readonly lane: number;
}

/** Overlapping stretches side by side, each in the first lane that is free. */
export function lanes<Item extends { readonly from_s: number; readonly to_s: number }>(items: readonly Item[]): Lane<Item>[] {
  const free_s: number[] = [];
  return [...items].sort((a, b) => a.from_s - b.from_s).map((item) => {
    const found = free_s.findIndex((end_s) => end_s <= item.from_s + 0.5);
    const lane = found < 0 ? free_s.length : found;
    free_s[lane] = item.to_s;
    return { item, lane };
  });
}
