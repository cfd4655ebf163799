/** Names on the map: each beside its place on the first side that is free; those that find none are left out. */

export interface Named {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly wide: number;
}

export interface Label extends Named {
  readonly at: 'start' | 'end';
  readonly dy: number;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const BESIDE = 7;
/** Shares of a line's height that a label stands lower than its place. */
const SIDES: readonly { readonly at: 'start' | 'end'; readonly down: number }[] = [0.3, -0.55, 1.1].flatMap((down) =>
  [{ at: 'start', down }, { at: 'end', down }] as const);

const meet = (a: Box, b: Box): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
const boxOf = (name: Named, side: Omit<Label, keyof Named>, line: number): Box => ({
  x: side.at === 'start' ? name.x + BESIDE : name.x - BESIDE - name.wide,
  y: name.y + side.dy - line * 0.8,
  w: name.wide,
  h: line,
});

/** The first names of the list are placed first; `line` is the height of a line of text. */
export function placed(names: readonly Named[], width: number, height: number, line: number): Label[] {
  const sides = SIDES.map(({ at, down }) => ({ at, dy: down * line }));
  const taken: Box[] = names.map(({ x, y }) => ({ x: x - 4, y: y - 4, w: 8, h: 8 }));
  const labels: Label[] = [];
  for (const name of names) {
    const side = sides.find((one) => {
      const box = boxOf(name, one, line);
      const inside = box.x >= 0 && box.x + box.w <= width && box.y >= 0 && box.y + box.h <= height;
      return inside && !taken.some((other) => meet(box, other));
    });
    if (!side) continue;
    taken.push(boxOf(name, side, line));
    labels.push({ ...name, ...side });
  }
  return labels;
}

export const textX = (label: Label): number => (label.at === 'start' ? label.x + BESIDE : label.x - BESIDE);
