/** Behind the rows: their names and lines, the grid of round instants and its labels. */
import { Fragment } from 'preact';
import { lang, scene } from '../store';
import { pick } from '../words';
import type { Board } from './board';
import { type Tick, ticks, xOf } from './scale';
import { zeroOf } from './state';

const APART = 76;

function tickText(tick: Tick): string {
  const date = new Date(tick.utc_ms);
  if (tick.says === 'date') {
    const form = { timeZone: 'UTC', day: 'numeric', month: 'short' } as const;
    return new Intl.DateTimeFormat(lang.value === 'en' ? 'en-GB' : 'ru-RU', form).format(date);
  }
  return date.toISOString().slice(11, tick.says === 'second' ? 19 : 16);
}

/** Labels stay inside the picture, and are drawn above the rows only. */
export function Ticks({ board }: { readonly board: Board }) {
  const flown = scene.value;
  if (!flown) return null;
  const { axis, size, top, height } = board;
  const right = size.width - 2;
  return (
    <g class="tl-ticks">
      {ticks(axis, zeroOf(flown), APART * size.k).map((tick) => {
        const x = xOf(axis, tick.t_s);
        const text = tickText(tick);
        const half = text.length * 3.4 * size.k;
        return (
          <Fragment key={tick.t_s}>
            <path class={tick.says === 'date' ? 'day-line' : 'line'} d={`M${x} ${top - 4}V${height - 6}`} />
            {x + half <= right && (
              <text class={tick.says} x={x} y={14 * size.k} text-anchor="middle" data-half={half}>{text}</text>
            )}
          </Fragment>
        );
      })}
    </g>
  );
}

/** Curves run beyond the window; this cuts them. */
export function Window({ board: { axis, height } }: { readonly board: Board }) {
  return <clipPath id="tl-window"><rect x={axis.left} y={0} width={axis.width} height={height} /></clipPath>;
}

export function Names({ board }: { readonly board: Board }) {
  const { size, axis } = board;
  return (
    <g class="tl-names">
      {board.places.map(({ row, y, height }, i) => {
        const at = size.narrow
          ? { x: axis.left, y: y + 11 * size.k, 'text-anchor': 'start' } as const
          : { x: axis.left - 12 * size.k, y: y + height / 2 + 4 * size.k, 'text-anchor': 'end' } as const;
        return (
          <Fragment key={row.id}>
            {i > 0 && !size.narrow && <path class="line" d={`M${axis.left} ${y}H${axis.left + axis.width}`} />}
            <text class={row.look} {...at}>{pick(row.label)}</text>
          </Fragment>
        );
      })}
    </g>
  );
}
