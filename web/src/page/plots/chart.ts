/** A channel drawn by uPlot: time in UTC, limits dashed, the clock as a line, a click goes to its instant. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Samples } from '../../flight';
import type { ChannelIndex } from '../../flight/scene';
import { jump } from '../clock';
import { instantOf, utcOf } from '../format';
import { beat_s, scene, t_s } from '../store';
import { number, pick } from '../words';
import { valueLimits } from './limits';
import { extent } from './sample';
import { unitFor } from './units';

export interface Chart {
  /** Move the clock's line. */
  clock(instant_s: number): void;
  remove(): void;
}

const CLICK_PX = 4;
const AXIS_FONT = '12px "IBM Plex Sans", sans-serif';

/** A colour of the page's tokens. */
const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The colour of the crew member whose id is a part of the name, else the ship's. */
function lineColour(channel: ChannelIndex): string {
  const parts = channel.name.split('.');
  const walker = scene.peek()?.people.find((person) => person.walker > 0 && parts.includes(person.id))?.walker;
  return colour(walker ? `--ev${walker}` : '--ship');
}

/** UTC seconds of an instant, as uPlot wants its x. */
function utc_s(instant_s: number): number {
  const flown = scene.peek();
  return flown ? utcOf(flown, instant_s).ms / 1000 : instant_s;
}

/** Values in the unit of the plot; gaps are null. A switch is drawn as steps by its two corners. */
function columns(samples: Samples, factor: number): [number[], (number | null)[]] {
  const x: number[] = [];
  const y: (number | null)[] = [];
  samples.t_s.forEach((instant_s, i) => {
    const value = samples.value[i] ?? NaN;
    const before = y[y.length - 1];
    if (samples.step && typeof before === 'number') {
      x.push(utc_s(instant_s));
      y.push(before);
    }
    x.push(utc_s(instant_s));
    y.push(Number.isFinite(value) ? value * factor : null);
  });
  return [x, y];
}

/** The leg at the clock, or all that was written. */
function stretchOf(samples: Samples, whole: boolean): [number, number] {
  const [first, last] = [samples.t_s[0] ?? 0, samples.t_s[samples.t_s.length - 1] ?? 1];
  const leg = scene.peek()?.legs.findLast((one) => one.from_s <= beat_s.peek());
  if (whole || !leg || leg.to_s <= first || leg.from_s >= last) return [first, last];
  return [Math.max(first, leg.from_s), Math.min(last, leg.to_s)];
}

/** As many decimals as the step between two marks has. */
const decimals = (step: number): number =>
  [0, 1, 2, 3, 4].find((digits) => Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) < 1e-6) ?? 5;

function axes(unit: string): uPlot.Axis[] {
  const look = { stroke: colour('--ink3'), font: AXIS_FONT, grid: { stroke: colour('--line'), width: 0.75 } };
  const time = (utc: number, seconds: boolean): string => {
    const text = new Date(utc * 1000).toISOString();
    const [month, day] = [text.slice(5, 7), text.slice(8, 10)];
    return utc % 86400 === 0 ? `${day}.${month}` : text.slice(11, seconds ? 19 : 16);
  };
  return [
    { ...look, values: (_plot, marks, _axis, _space, step) => marks.map((mark) => time(mark, step < 60)), space: 80 },
    {
      ...look, size: 64, label: unit, labelFont: AXIS_FONT, labelSize: 18,
      values: (_plot, marks, _axis, _space, step) => marks.map((mark) => number(mark, decimals(step))),
    },
  ];
}

function line(plot: uPlot, x0: number, y0: number, x1: number, y1: number, stroke: string, dash: number[]): void {
  const pen = plot.ctx;
  pen.save();
  pen.strokeStyle = stroke;
  pen.lineWidth = 1.25 * devicePixelRatio;
  pen.setLineDash(dash.map((part) => part * devicePixelRatio));
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
  pen.restore();
}

/** Limits inside the picture, and the clock. */
function overlay(plot: uPlot, limits: readonly number[], clock_utc: number): void {
  const { left, top, width, height } = plot.bbox;
  for (const limit of limits) {
    const y = plot.valToPos(limit, 'y', true);
    if (y >= top && y <= top + height) line(plot, left, y, left + width, y, colour('--fail'), [5, 4]);
  }
  const x = plot.valToPos(clock_utc, 'x', true);
  if (x >= left && x <= left + width) line(plot, x, top, x, top + height, colour('--ink'), []);
}

/** A limit is worth showing when it lies within the curve's own height of the curve. */
function rangeWith(low: number, high: number, limits: readonly number[]): [number, number] {
  const reach = Math.max(high - low, Math.abs(high) * 0.2, 1e-6);
  const near = limits.filter((limit) => limit > low - reach && limit < high + reach);
  const [bottom, top] = [Math.min(low, ...near), Math.max(high, ...near)];
  const air = Math.max((top - bottom) * 0.06, 1e-6);
  return [bottom >= 0 && bottom < reach ? Math.min(0, bottom) : bottom - air, top + air];
}

export function drawChart(host: HTMLElement, channel: ChannelIndex, samples: Samples, whole: boolean): Chart {
  const [low, high] = extent(samples, -Infinity, Infinity) ?? [0, 1];
  const unit = unitFor(channel.unit, Math.max(Math.abs(low), Math.abs(high)));
  const limits = valueLimits(scene.peek(), channel.name).map((limit) => limit * unit.factor);
  let clock_utc = utc_s(t_s.peek());
  const [from_s, to_s] = stretchOf(samples, whole);
  const plot = new uPlot({
    width: host.clientWidth, height: host.clientHeight, legend: { show: false },
    cursor: { y: false, points: { size: 7 } },
    scales: {
      x: { time: true, min: utc_s(from_s), max: utc_s(to_s) },
      y: { range: (_plot, a, b) => rangeWith(a, b, limits) },
    },
    series: [{}, { stroke: lineColour(channel), width: 1.75, points: { show: false } }],
    axes: axes(pick(unit.name)),
    hooks: { draw: [(drawn) => overlay(drawn, limits, clock_utc)] },
  }, columns(samples, unit.factor), host);
  goByClick(plot);
  const watch = new ResizeObserver(() => plot.setSize({ width: host.clientWidth, height: host.clientHeight }));
  watch.observe(host);
  return {
    clock(instant_s) {
      clock_utc = utc_s(instant_s);
      plot.redraw(false, false);
    },
    remove() {
      watch.disconnect();
      plot.destroy();
    },
  };
}

/** A click that was no drag. */
function goByClick(plot: uPlot): void {
  let from_x = 0;
  plot.over.addEventListener('pointerdown', (event) => { from_x = event.clientX; });
  plot.over.addEventListener('click', (event) => {
    const flown = scene.peek();
    if (!flown || Math.abs(event.clientX - from_x) > CLICK_PX) return;
    const left = event.clientX - plot.over.getBoundingClientRect().left;
    jump(instantOf(flown, plot.posToVal(left, 'x') * 1000));
  });
}
