/** Bars of a row, twice: tinted where they are still plan, solid in a second drawing that is clipped at the clock. */
import { pick } from '../words';
import { type Board, type Box, type Place, boxOf } from './board';
import { type Measure, fits } from './lay';
import type { Mark } from './rows';
import { WORDS } from './words';

const ROUND = 2;
const EDGED = new Set(['ev1', 'ev2', 'crew', 'torch', 'plain']);

interface Drawn {
  readonly mark: Mark;
  readonly box: Box;
  readonly label: string | null;
}

/** Links say nothing inside their thin bars, daylight needs no word; a label that does not fit is left out. */
function labelOf(mark: Mark, box: Box, measure: Measure): string | null {
  if (mark.look === 'day' || mark.look === 'link' || mark.look === 'television' || box.height < 12) return null;
  const text = pick(mark.look === 'night' ? WORDS.night : mark.label);
  return fits(text, box.width, measure) ? text : null;
}

function drawn(board: Board, place: Place, measure: Measure): Drawn[] {
  return place.marks.flatMap((lane) => {
    const box = boxOf(board, place, lane);
    return box ? [{ mark: lane.item, box, label: labelOf(lane.item, box, measure) }] : [];
  });
}

function Bar({ mark, box, label, past, k }: Drawn & { readonly past: boolean; readonly k: number }) {
  return (
    <g class={`tl-bar ${mark.look}`} data-mark={mark.id}>
      <rect class="fill" {...box} rx={Math.min(ROUND, box.width / 2)} />
      {!past && EDGED.has(mark.look) && box.width > 3
        && <rect class="edge" x={box.x} y={box.y} width={2.5} height={box.height} />}
      {label && (
        <text x={box.x + box.width / 2} y={box.y + box.height / 2 + 4 * k} text-anchor="middle">{label}</text>
      )}
    </g>
  );
}

interface Props {
  readonly board: Board;
  readonly place: Place;
  readonly measure: Measure;
  readonly past: boolean;
}

export function Bars({ board, place, measure, past }: Props) {
  const bars = drawn(board, place, measure);
  return <g>{bars.map((one) => <Bar key={one.mark.id} {...one} past={past} k={board.size.k} />)}</g>;
}
