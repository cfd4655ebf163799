/** Where rows and marks stand, in pixels, for one width, one window of time and one size of letters. */
import type { Lane } from './lay';
import { lanes } from './lay';
import type { Mark, Row } from './rows';
import { type Axis, type Range, xOf } from './scale';

export interface Size {
  readonly width: number;
  /** Root font size over 16: 1 on a desk, 1.375 on a wall. */
  readonly k: number;
  /** One column: names above the bars, rows as tall as a finger. */
  readonly narrow: boolean;
  /** Little height: closer rows. */
  readonly low: boolean;
  /** Width of the longest row name. */
  readonly names: number;
}

export interface Place {
  readonly row: Row;
  readonly y: number;
  readonly height: number;
  /** Top and height of a bar. */
  readonly bar: number;
  readonly thick: number;
  readonly marks: readonly Lane<Mark>[];
  readonly deep: number;
}

export interface Board {
  readonly axis: Axis;
  readonly size: Size;
  readonly places: readonly Place[];
  readonly top: number;
  readonly height: number;
}

const AXIS_HEIGHT = 24;
const EDGE = 16;
const CURVE_ROWS = 2;
const FINGER_ROW = 40;
const CLOSE_ROW = 18;
const ROW = 20;
/** Kinds whose bars may be about several things at once; light and links follow each other by nature. */
const STACKED = new Set(['person', 'item', 'phase']);

const columnOf = (size: Size): number => (size.narrow ? 0 : Math.ceil(size.names) + 12 * size.k);

export const axisOf = (size: Size, range: Range): Axis => {
  const left = columnOf(size) + EDGE * size.k;
  return { ...range, left, width: Math.max(40, size.width - left - EDGE * size.k) };
};

/** Bars of one row that overlap (two tasks at once) share its height; more than three lanes are not told apart. */
function placeOf(row: Row, y: number, size: Size): Place {
  const plain = (size.narrow ? FINGER_ROW : size.low ? CLOSE_ROW : ROW) * size.k;
  const height = row.curves.length > 0 ? plain * (size.narrow ? 1.5 : CURVE_ROWS) : plain;
  const name = size.narrow ? 15 * size.k : 0;
  const thick = row.curves.length > 0 ? height - name - 6 * size.k : (size.narrow ? 20 : size.low ? 14 : 15) * size.k;
  const bar = y + name + (height - name - thick) / 2;
  const marks = STACKED.has(row.kind) ? lanes(row.marks) : row.marks.map((item) => ({ item, lane: item.lane ?? 0 }));
  const deep = Math.min(3, Math.max(1, ...marks.map((one) => one.lane + 1)));
  return { row, y, height, bar, thick, marks, deep };
}

export function boardOf(rows: readonly Row[], range: Range, size: Size): Board {
  const top = AXIS_HEIGHT * size.k;
  let y = top;
  const places = rows.map((row) => {
    const place = placeOf(row, y, size);
    y += place.height;
    return place;
  });
  return { axis: axisOf(size, range), size, places, top, height: y + 6 * size.k };
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The part of a mark that is inside the window; null outside. Links and television are thinner than work and light. */
export function boxOf(board: Board, place: Place, mark: Lane<Mark>): Box | null {
  const { axis } = board;
  if (mark.item.to_s < axis.from_s || mark.item.from_s > axis.to_s) return null;
  const right = axis.left + axis.width;
  const from = Math.max(axis.left, xOf(axis, mark.item.from_s));
  const to = Math.min(right, xOf(axis, mark.item.to_s));
  const gap = to - from > 4 ? 1 : 0;
  const thin = place.row.kind === 'link' || place.row.kind === 'television';
  const lane = place.thick / place.deep;
  const height = thin ? lane * 0.5 : lane - (place.deep > 1 ? 1 : 0);
  const y = place.bar + Math.min(mark.lane, place.deep - 1) * lane + (thin ? lane * 0.25 : 0);
  return { x: from, y, width: Math.max(1, to - from - gap), height };
}
