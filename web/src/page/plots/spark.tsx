/** A sparkline of one phase: its shape stands still, a point moves along it. */
import { useMemo } from 'preact/hooks';
import type { Samples } from '../../flight';
import { extent, pathOf, thinned } from './sample';

const WIDE = 92;
const HIGH = 24;
const PAD = 3;

interface Props {
  readonly samples: Samples;
  readonly from_s: number;
  readonly to_s: number;
  readonly limits: readonly number[];
  readonly t_s: number;
  readonly value: number;
}

interface Scale {
  readonly x: (t_s: number) => number;
  readonly y: (value: number) => number;
}

/** A limit belongs into the picture when the curve comes near it; far away it would flatten the curve. */
function scaleOf({ samples, from_s, to_s, limits }: Props): Scale {
  const [low, high] = extent(samples, from_s, to_s) ?? [0, 1];
  const reach = Math.max(high - low, Math.abs(high) * 0.1, 1e-9);
  const near = limits.filter((limit) => limit > low - reach && limit < high + reach);
  const bottom = Math.min(low, ...near);
  const top = Math.max(high, ...near, bottom + 1e-9);
  return {
    x: (t_s) => ((t_s - from_s) / (to_s - from_s || 1)) * WIDE,
    y: (value) => HIGH - PAD - ((value - bottom) / (top - bottom)) * (HIGH - 2 * PAD),
  };
}

export function Spark(props: Props) {
  const { samples, from_s, to_s, limits, t_s, value } = props;
  const { x, y, line } = useMemo(() => {
    const scale = scaleOf(props);
    return { ...scale, line: pathOf(thinned(samples, from_s, to_s, WIDE), samples.step, scale.x, scale.y) };
  }, [samples, from_s, to_s, limits.join()]);
  return (
    <svg class="spark" viewBox={`0 0 ${WIDE} ${HIGH}`} aria-hidden="true">
      {limits.map((limit) => <path key={limit} class="limit" d={`M0 ${y(limit).toFixed(1)}H${WIDE}`} />)}
      <path class="line" d={line} />
      {Number.isFinite(value) && <circle cx={x(t_s)} cy={y(value)} r={2.5} />}
    </svg>
  );
}
