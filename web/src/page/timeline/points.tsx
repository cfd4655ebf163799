/** Events and rules: marks at instants. Those that would touch become one; labels stand where there is room. */
import { pick } from '../words';
import type { Board, Place } from './board';
import { type Cluster, type Measure, type Side, clusters, stand } from './lay';
import type { Mark } from './rows';
import { holds, xOf } from './scale';

const APART = 15;
const DAY_S = 86400;
const DETAIL_S = 7200;

interface Props {
  readonly board: Board;
  readonly place: Place;
  readonly measure: Measure;
}

/** No verdict hides another. */
const weightOf = (mark: Mark): number => (mark.status === undefined ? weight(mark) : 0);

const weight = (mark: Mark): number =>
  mark.status === undefined ? mark.rank ?? 3 : { fail: 0, unknown: 1, pass: 2 }[mark.status];

/** The mark that speaks for a cluster: the event that matters most, the verdict that is worst. */
function speaker(cluster: Cluster<Mark>): Mark {
  return cluster.marks.reduce((best, mark) => (weight(mark) < weight(best) ? mark : best));
}

/** Small things are left out of long windows; tasks, which are detail, have bars of their own. */
const worthy = (mark: Mark, shown_s: number): boolean =>
  mark.rank === undefined || mark.rank === 1 || shown_s < (mark.rank === 2 ? 3 * DAY_S : DETAIL_S);

export function Points({ board, place, measure }: Props) {
  const { axis, size } = board;
  const y = place.bar + place.thick / 2;
  const shown = place.row.marks.filter((mark) =>
    holds(axis, mark.from_s) && worthy(mark, axis.to_s - axis.from_s));
  const groups = clusters(shown, (mark) => xOf(axis, mark.from_s), APART * size.k);
  const labels = groups.map((group) => ({ x: group.x, text: wordOf(group), weight: weightOf(speaker(group)) }));
  const stands = stand(labels, axis.left, axis.left + axis.width, measure);
  return (
    <g>
      {groups.map((group, i) => stands.has(i) && (
        <Point key={speaker(group).id} group={group} y={y} k={size.k} text={labels[i]?.text ?? ''}
          side={stands.get(i) ?? null} />
      ))}
    </g>
  );
}

/** Events are named, several at once by the one that matters most; rules only where they are broken. */
function wordOf(group: Cluster<Mark>): string {
  const mark = speaker(group);
  if (mark.status === undefined || mark.status === 'fail') return pick(mark.label);
  return group.marks.length > 1 ? String(group.marks.length) : '';
}

interface PointProps {
  readonly group: Cluster<Mark>;
  readonly y: number;
  readonly k: number;
  readonly text: string;
  readonly side: Side;
}

function Point({ group, y, k, text, side }: PointProps) {
  const mark = speaker(group);
  const many = group.marks.length > 1;
  return (
    <g class={`tl-point ${mark.look} ${mark.status ?? ''} ${many ? 'many' : ''}`} data-mark={mark.id}
      data-marks={[mark, ...group.marks.filter((one) => one !== mark)].map((one) => one.id).join(' ')}>
      <rect class="hit" x={group.x - 9 * k} y={y - 9 * k} width={18 * k} height={18 * k} />
      <g transform={`translate(${group.x.toFixed(1)} ${y.toFixed(1)}) scale(${k})`}><Sign mark={mark} /></g>
      {side && (
        <text x={group.x + (side === 'right' ? 8 : -8) * k} y={y + 4 * k}
          text-anchor={side === 'right' ? 'start' : 'end'}>{text}</text>
      )}
    </g>
  );
}

/** A pass is a tick, a failure is filled and crossed, an unknown is dashed; an event is a diamond. */
function Sign({ mark }: { mark: Mark }) {
  switch (mark.status) {
    case 'pass': return <path class="tick" d="M-4 0l3 3 6-7" />;
    case 'unknown': return <rect class="dashed" x={-5.5} y={-5.5} width={11} height={11} rx={2} />;
    case 'fail': return (
      <>
        <rect class="filled" x={-7} y={-7} width={14} height={14} rx={2} />
        <path class="cross" d="M-3-3l6 6m0-6l-6 6" />
      </>
    );
    default: return <path class="diamond" d={mark.rank === 3 ? 'M0-3.2L3.2 0 0 3.2-3.2 0z' : 'M0-5L5 0 0 5-5 0z'} />;
  }
}
