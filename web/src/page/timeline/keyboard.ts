/** Arrow keys on the timeline: along a row from mark to mark, up and down to the nearest mark of another row. */
import { type Mark, type Row, nearest } from './rows';
import { type Range, holds } from './scale';

const last = <Item>(items: readonly Item[]): Item | undefined => items[items.length - 1];

function along(row: Row, from: Mark, step: number): Mark {
  const at = row.marks.findIndex((mark) => mark.id === from.id);
  return row.marks[Math.min(Math.max(at + step, 0), row.marks.length - 1)] ?? from;
}

/** Up and down stay where the eye is: at the mark's beginning, or at the edge of the window that cuts it. */
function across(rows: readonly Row[], from: Mark, step: number, shown: Range): Mark {
  const cut = from.from_s < shown.from_s && holds(from, shown.from_s);
  const marked = rows.filter((row) => row.marks.length > 0);
  const at = marked.findIndex((row) => row.id === from.row);
  const row = marked[Math.min(Math.max(at + step, 0), marked.length - 1)];
  return (row && nearest(row, cut ? shown.from_s : from.from_s)) ?? from;
}

/** The mark that a key leads to; null where the key means nothing here. */
export function markFor(key: string, rows: readonly Row[], from: Mark, shown: Range): Mark | null {
  const row = rows.find((one) => one.id === from.row);
  if (!row) return null;
  switch (key) {
    case 'ArrowRight': return along(row, from, 1);
    case 'ArrowLeft': return along(row, from, -1);
    case 'ArrowDown': return across(rows, from, 1, shown);
    case 'ArrowUp': return across(rows, from, -1, shown);
    case 'PageDown': return along(row, from, 10);
    case 'PageUp': return along(row, from, -10);
    case 'Home': return row.marks[0] ?? from;
    case 'End': return last(row.marks) ?? from;
    default: return null;
  }
}

/** Where the keyboard begins: in the row it was in last, at the clock. */
export function firstMark(rows: readonly Row[], before: Mark | null, t_s: number): Mark | null {
  const row = rows.find((one) => one.id === before?.row) ?? rows.find((one) => one.marks.length > 0);
  return (row && nearest(row, t_s)) ?? null;
}
