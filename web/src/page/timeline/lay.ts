/** Which labels and marks fit: nothing is cut, nothing lies over another; what has no room is told when asked. */

export interface Placed {
  readonly x: number;
  readonly wide: number;
}

/** Width of a text in pixels at the timeline's label size. */
export type Measure = (text: string) => number;

const BESIDE_TEXT = 8;

/** Whether a text fits inside a bar with air at both ends. */
export const fits = (text: string, wide: number, measure: Measure): boolean =>
  text !== '' && wide >= 18 && measure(text) + BESIDE_TEXT <= wide;

/** The first of several wordings, longest first, that fits. */
export const wording = (texts: readonly string[], wide: number, measure: Measure): string | null =>
  texts.find((text) => fits(text, wide, measure)) ?? null;

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

/** Of labels that stand right of their marks, those that reach neither the next mark nor the right edge. */
export function labelled(xs: readonly number[], texts: readonly string[], right: number, measure: Measure): boolean[] {
  return xs.map((x, i) => {
    const text = texts[i] ?? '';
    return text !== '' && x + 8 + measure(text) + 6 <= Math.min(xs[i + 1] ?? right, right);
  });
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
