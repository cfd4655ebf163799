/** The timeline below the picture: zoom buttons, rows of marks, the clock moving over them. */
import { useComputed, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { jump } from '../clock';
import { scene, t_s, zoom } from '../store';
import { pick } from '../words';
import { Bars } from './bars';
import { type Board, boardOf } from './board';
import { Cursor } from './cursor';
import { Curves } from './curves';
import { Names, Ticks, Window } from './grid';
import { firstMark, markFor } from './keyboard';
import type { Measure } from './lay';
import { hands, reveal } from './pointer';
import { Points } from './points';
import { type Mark, type Row, rowsOf } from './rows';
import { tOf } from './scale';
import { useMeasure, useSize } from './size';
import { follow, range, startWith } from './state';
import { Options, Tip, type Tipped } from './telling';
import './timeline.css';
import { WORDS } from './words';

/** A bar narrower than this is an instant for a pointer: a click goes to its beginning. */
const POINT_PX = 24;

export function Timeline() {
  const flown = scene.value;
  const rows = useMemo(() => (flown ? rowsOf(flown) : []), [flown]);
  useEffect(() => {
    if (!flown) return undefined;
    startWith(flown, zoom.peek());
    return follow();
  }, [flown !== null]);
  if (!flown) return null;
  return <div class="timeline"><Rows rows={rows} /></div>;
}

function Rows({ rows }: { readonly rows: readonly Row[] }) {
  const host = useRef<HTMLDivElement>(null);
  const past = useRef<HTMLDivElement>(null);
  const measure = useMeasure();
  const names = rows.map((row) => pick(row.label));
  const size = useSize(host, names, measure);
  const board = size ? boardOf(rows, range.value, size) : null;
  const tip = useSignal<Tipped | null>(null);
  const active = useSignal<Mark | null>(null);
  const axis = useRef(board?.axis);
  axis.current = board?.axis;
  const byId = useMemo(() => new Map(rows.flatMap((row) => row.marks.map((mark) => [mark.id, mark] as const))), [rows]);
  const ways = useMemo(() => hands(
    () => axis.current ?? { from_s: 0, to_s: 1, left: 0, width: 1 },
    (event) => tap(event, byId, axis.current),
  ), [byId]);
  useWheel(host, ways.wheel);
  const keyed = useComputed(() => active.value?.id ?? '');

  return (
    <div class="tl-rows" ref={host} role="listbox" aria-label={pick(WORDS.timeline)} tabIndex={0}
      aria-activedescendant={keyed.value ? `option-${keyed.value}` : undefined}
      onPointerDown={ways.down} onPointerUp={ways.up} onPointerCancel={ways.cancel}
      onPointerMove={(event) => {
        ways.move(event);
        tip.value = under(event, byId);
      }}
      onPointerLeave={() => { tip.value = null; }}
      onBlur={() => { tip.value = null; }}
      onFocus={() => { active.value = firstMark(rows, active.peek(), t_s.peek()); }}
      onKeyDown={(event) => {
        const next = keyPressed(event, rows, active.peek());
        if (event.key === 'Escape') tip.value = null;
        if (!next) return;
        active.value = next;
        tip.value = { marks: [next] };
      }}>
      {board && <Drawing board={board} measure={measure} past={past} />}
      {board && <Cursor axis={board.axis} height={board.height} past={past} />}
      {board && <Tip board={board} tip={tip} host={host} />}
      <Options rows={rows} active={active} />
    </div>
  );
}

const hasPoints = (row: Row): boolean => row.kind === 'events' || row.kind === 'rules';

/** Two drawings of the same size: all of it, and what is past, cut off at the clock by its box. */
function Drawing({ board, measure, past }: {
  readonly board: Board;
  readonly measure: Measure;
  readonly past: RefObject<HTMLDivElement | null>;
}) {
  return useMemo(() => {
    const { width } = board.size;
    const box = { width, height: board.height, viewBox: `0 0 ${width} ${board.height}`, 'aria-hidden': true } as const;
    const bars = board.places.filter(({ row }) => !hasPoints(row) && row.curves.length === 0);
    return (
      <>
        <svg class="tl-plan" {...box}>
          <Window board={board} />
          <Ticks board={board} />
          <Names board={board} />
          {board.places.map((place) => {
            const props = { board, place, measure };
            if (place.row.curves.length > 0) return <Curves key={place.row.id} {...props} />;
            if (hasPoints(place.row)) return <Points key={place.row.id} {...props} />;
            return <Bars key={place.row.id} {...props} past={false} />;
          })}
        </svg>
        <div class="tl-past" ref={past} style={{ height: `${board.height}px` }}>
          <svg {...box}>
            {bars.map((place) => <Bars key={place.row.id} board={board} place={place} measure={measure} past />)}
          </svg>
        </div>
      </>
    );
  }, [board, measure]);
}

function marksOf(target: EventTarget | null, byId: ReadonlyMap<string, Mark>): Mark[] {
  const drawn = target instanceof Element ? target.closest<SVGElement>('[data-mark]') : null;
  const ids = drawn?.dataset['marks']?.split(' ') ?? [drawn?.dataset['mark'] ?? ''];
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What the pointer is over: marks, or a row of curves, which are read at the pointer's instant. */
function under(event: PointerEvent, byId: ReadonlyMap<string, Mark>): Tipped | null {
  if (event.pointerType === 'touch' || !(event.target instanceof Element)) return null;
  const x = event.clientX - (event.currentTarget as Element).getBoundingClientRect().left;
  const row = event.target.closest<SVGElement>('[data-row]')?.dataset['row'];
  const marks = marksOf(event.target, byId);
  return marks.length > 0 || row ? { marks, x, ...(row && { row }) } : null;
}

/** A point or a narrow bar takes the clock to its beginning; a wide bar, and the empty ground, to the place touched. */
function tap(event: PointerEvent, byId: ReadonlyMap<string, Mark>, axis: Board['axis'] | undefined): void {
  if (!axis) return;
  const x = event.clientX - (event.currentTarget as Element).getBoundingClientRect().left;
  const [mark] = marksOf(event.target, byId);
  const wide = mark ? ((mark.to_s - mark.from_s) / (axis.to_s - axis.from_s)) * axis.width : Infinity;
  if (mark && wide < POINT_PX) jump(mark.from_s);
  else if (x >= axis.left - 4) jump(Math.min(Math.max(tOf(axis, x), axis.from_s), axis.to_s));
}

/** Moves the active mark or jumps to it; null where the key is not the timeline's. */
function keyPressed(event: KeyboardEvent, rows: readonly Row[], from: Mark | null): Mark | null {
  if (event.ctrlKey || event.altKey || event.metaKey || !from) return null;
  const goes = event.key === 'Enter' || event.key === ' ';
  const next = goes ? from : markFor(event.key, rows, from, range.peek());
  if (!next) return null;
  event.preventDefault();
  event.stopPropagation();
  if (goes) jump(next.from_s);
  else reveal(next.from_s, next.to_s);
  return next;
}

/** Preact listens passively to wheels; a zoom must keep the page from scrolling. */
function useWheel(host: RefObject<HTMLDivElement | null>, turned: (event: WheelEvent) => void): void {
  useEffect(() => {
    const element = host.current;
    element?.addEventListener('wheel', turned, { passive: false });
    return () => element?.removeEventListener('wheel', turned);
  }, [turned]);
}
