/** What a mark says: beside the pointer, and to those who hear the page. */
import type { ReadonlySignal } from '@preact/signals';
import { utcDate, utcTime } from '../format';
import { reading } from '../plots/units';
import { flight, scene } from '../store';
import { pick } from '../words';
import type { Board } from './board';
import type { Mark, Row } from './rows';
import { tOf, xOf } from './scale';
import { WORDS } from './words';

export interface Tipped {
  readonly marks: readonly Mark[];
  /** Where the pointer is; the keyboard has none. */
  readonly x?: number;
  /** The row of curves under the pointer. */
  readonly row?: string;
}

const MOST = 6;

function timesOf(mark: Mark): string {
  const flown = scene.value;
  if (!flown) return '';
  const from = utcTime(flown, mark.from_s);
  if (mark.to_s - mark.from_s < 1) return from;
  const day = utcDate(flown, mark.to_s);
  const to = `${day === utcDate(flown, mark.from_s) ? '' : `${day}, `}${utcTime(flown, mark.to_s)}`;
  return pick(WORDS.to).replace('{from}', from).replace('{to}', to);
}

const statusOf = (mark: Mark): string => (mark.status ? pick(WORDS[mark.status]) : '');

/** "Kotov: torch out, 9 Nov 2013, 14:51:00 to 15:10:00". */
function nameOf(row: Row, mark: Mark): string {
  const flown = scene.value;
  const day = flown ? utcDate(flown, mark.from_s) : '';
  const told = [pick(mark.label), statusOf(mark), mark.more ? pick(mark.more) : ''].filter(Boolean).join(', ');
  return `${pick(row.label)}: ${told}, ${day}, ${timesOf(mark)} UTC`;
}

interface TipProps {
  readonly board: Board;
  readonly tip: ReadonlySignal<Tipped | null>;
  readonly host: { readonly current: HTMLElement | null };
}

/** Rows may scroll, and what a mark says may be taller than the rows: it stands free on the screen, above its row. */
export function Tip({ board, tip, host }: TipProps) {
  const first = tip.value?.marks[0];
  const place = board.places.find(({ row }) => row.id === (first?.row ?? tip.value?.row));
  const box = host.current?.getBoundingClientRect();
  if (!tip.value || !place || !box) return null;
  const { axis } = board;
  const inside = (x: number): number => Math.min(Math.max(x, axis.left), axis.left + axis.width);
  const own = first ? xOf(axis, first.from_s) : tip.value.x ?? axis.left;
  const at = box.left + inside(tip.value.x ?? own);
  const style = {
    bottom: `${innerHeight - box.top - place.y + (host.current?.scrollTop ?? 0) + 3}px`,
    ...(at > innerWidth / 2 ? { right: `${innerWidth - at - 8}px` } : { left: `${at - 8}px` }),
  };
  const mark = { left: `${inside(own)}px`, top: `${place.y}px`, height: `${place.height}px` };
  return (
    <>
      <div class="tl-mark" style={mark} />
      <div class="tl-tip" style={style} aria-hidden="true">
        {first ? <Said marks={tip.value.marks} /> : <Read names={place.row.curves} t_s={tOf(axis, inside(own))} />}
      </div>
    </>
  );
}

/** One mark is told in full, several as a list. */
function Said({ marks }: { readonly marks: readonly Mark[] }) {
  return (
    <>
      {marks.slice(0, MOST).map((mark) => (
        <p key={mark.id} class={mark.status}>
          <time>{timesOf(mark)}</time> <b>{pick(mark.label)}</b>
          {mark.status && <> {statusOf(mark)}</>}
          {marks.length === 1 && mark.more && <span>{pick(mark.more)}</span>}
        </p>
      ))}
      {marks.length > MOST && <p>+ {marks.length - MOST}</p>}
    </>
  );
}

/** Curves in numbers at the pointer's instant. */
function Read({ names, t_s }: { readonly names: readonly string[]; readonly t_s: number }) {
  const flown = scene.value;
  const channels = flown?.legs.flatMap((leg) => leg.channels) ?? [];
  const values = names.flatMap((name) => {
    const value = flight.value?.channelAt(name, t_s) ?? NaN;
    const channel = channels.find((one) => one.name === name);
    if (!channel || !Number.isFinite(value)) return [];
    return [{ name, label: pick(channel.label), ...reading(value, channel.unit) }];
  });
  return (
    <>
      <p><time>{flown && utcTime(flown, t_s)}</time></p>
      {values.map(({ name, label, value, unit }) => <p key={name}>{label} <b>{value} {unit}</b></p>)}
    </>
  );
}

/** The marks around the active one as options, unseen: the drawing has no elements for marks outside its window. */
export function Options({ rows, active }: {
  readonly rows: readonly Row[];
  readonly active: ReadonlySignal<Mark | null>;
}) {
  const at = active.value ?? rows.find((row) => row.marks.length > 0)?.marks[0];
  const row = rows.find((one) => one.id === at?.row);
  if (!at || !row) return null;
  const index = row.marks.findIndex((mark) => mark.id === at.id);
  const from = Math.max(0, index - 1);
  return (
    <>
      {row.marks.slice(from, index + 2).map((mark, i) => (
        <div key={mark.id} id={`option-${mark.id}`} role="option" class="unseen" aria-selected={mark.id === at.id}
          aria-posinset={from + i + 1} aria-setsize={row.marks.length}>
          {nameOf(row, mark)}
        </div>
      ))}
    </>
  );
}
