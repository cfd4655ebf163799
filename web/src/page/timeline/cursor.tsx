/** The clock on the timeline. With each picture only this moves: a line, its label, and the edge of what is past. */
import { effect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { utcMinute, utcTime } from '../format';
import { scene, t_s } from '../store';
import type { Axis } from './scale';
import { span, xOf } from './scale';

const SECONDS_BELOW_S = 7200;
const BESIDE_PX = 6;

interface Props {
  readonly axis: Axis;
  readonly height: number;
  /** The drawing of what is past, whose right edge is the clock. */
  readonly past: RefObject<HTMLDivElement | null>;
}

export function Cursor({ axis, height, past }: Props) {
  const line = useRef<HTMLDivElement>(null);
  const label = useRef<HTMLSpanElement>(null);
  useEffect(() => effect(() => {
    const x = Math.round(xOf(axis, t_s.value) * 2) / 2;
    const edge = Math.min(Math.max(x, axis.left), axis.left + axis.width);
    if (past.current) past.current.style.width = `${edge}px`;
    if (line.current) {
      line.current.style.transform = `translateX(${x}px)`;
      line.current.hidden = edge !== x;
    }
    write(label.current, axis);
    hideTicks(line.current, x);
  }), [axis.from_s, axis.to_s, axis.left, axis.width]);
  return (
    <div class="tl-cursor" ref={line} style={{ height: `${height}px` }} aria-hidden="true"><span ref={label} /></div>
  );
}

function write(label: HTMLSpanElement | null, axis: Axis): void {
  const flown = scene.value;
  if (!label || !flown) return;
  const text = span(axis) < SECONDS_BELOW_S ? utcTime(flown, t_s.value) : utcMinute(flown, t_s.value);
  if (label.textContent !== text) label.textContent = text;
}

/** The clock's label takes the place of the ticks that it would cover. */
function hideTicks(line: HTMLElement | null, x: number): void {
  const half = (line?.firstElementChild?.clientWidth ?? 0) / 2;
  for (const tick of line?.parentElement?.querySelectorAll<SVGTextElement>('.tl-ticks text') ?? []) {
    const near = Math.abs(Number(tick.getAttribute('x')) - x) < half + Number(tick.dataset['half']) + BESIDE_PX;
    const visibility = near ? 'hidden' : '';
    if (tick.style.visibility !== visibility) tick.style.visibility = visibility;
  }
}
