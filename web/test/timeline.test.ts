/** The timeline's arithmetic: scales, windows, which labels fit, and the way of the arrow keys. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scene } from '../src/flight/scene';
import { firstMark, markFor } from '../src/page/timeline/keyboard';
import { clusters, lanes, stand } from '../src/page/timeline/lay';
import { type Mark, nearest, rowsOf } from '../src/page/timeline/rows';
import { holds, kept, span, tOf, ticks, turnedTo, xOf, zoomed } from '../src/page/timeline/scale';
import { ZOOMS, windowOf } from '../src/page/timeline/windows';

const ZERO_MS = Date.parse('2013-11-07T00:00:00Z');
const text = (en: string) => ({ en, ru: en });

const SCENE = {
  end_s: 300_000,
  legs: [
    { step: 'up', phase: 'ascent', from_s: 0, to_s: 16_000 },
    { step: 'walk', phase: 'eva', from_s: 16_000, to_s: 300_000 },
  ],
  tracks: [
    { id: 'light', kind: 'light', label: text('Light') },
    { id: 'a', kind: 'person', label: text('A'), of: ['a'] },
    { id: 'b', kind: 'person', label: text('B'), of: ['b'] },
    { id: 'oxygen', kind: 'consumable', label: text('Oxygen'), of: ['suit.a.oxygen_kg'] },
    { id: 'co2', kind: 'consumable', label: text('CO2'), of: ['suit.a.co2_kg'] },
  ],
  bars: [
    { track: 'light', from_s: 0, to_s: 20_000, kind: 'night', label: text('night') },
    { track: 'light', from_s: 20_000, to_s: 300_000, kind: 'day', label: text('day') },
    { track: 'a', from_s: 100_000, to_s: 110_000, kind: 'task', label: text('one') },
    { track: 'a', from_s: 110_000, to_s: 120_000, kind: 'task', label: text('two') },
  ],
  events: [
    { t_s: 15_000, step: 'up', rank: 1, title: text('off'), sentence: text('off') },
    { t_s: 15_500, step: 'up', rank: 2, title: text('in'), sentence: text('in') },
    { t_s: 100_000, step: 'walk', rank: 1, title: text('out'), sentence: text('out') },
  ],
  verdicts: [],
  people: [{ id: 'a', walker: 1, short: text('A') }, { id: 'b', walker: 0, short: text('B') }],
} as unknown as Scene;

test('pixels and instants lead to each other', () => {
  const axis = { from_s: -50, to_s: 7000, left: 118, width: 900 };
  for (const t_s of [-50, 0, 1234.5, 7000]) assert.ok(Math.abs(tOf(axis, xOf(axis, t_s)) - t_s) < 1e-9);
});

test('ticks are round in UTC and stand apart, whatever the window', () => {
  for (const length of [20, 90, 600, 4000, 30_000, 86_400, 400_000, 5e6]) {
    const axis = { from_s: 777, to_s: 777 + length, left: 100, width: 900 };
    const found = ticks(axis, ZERO_MS, 76);
    assert.ok(found.length >= 1, `${length} s`);
    for (const [i, tick] of found.entries()) {
      assert.equal(tick.utc_ms % 1000, 0);
      assert.ok(holds(axis, tick.t_s));
      const before = found[i - 1];
      if (before) assert.ok(xOf(axis, tick.t_s) - xOf(axis, before.t_s) >= 76);
    }
  }
});

test('a window that is moved or zoomed never leaves the flight and never shows less than can be read', () => {
  const whole = { from_s: -100, to_s: 10_100 };
  assert.deepEqual(kept({ from_s: -9e9, to_s: 9e9 }, whole), whole);
  assert.equal(span(kept(zoomed({ from_s: 0, to_s: 100 }, 50, 1e-6), whole)), 20);
  const far = kept({ from_s: 50_000, to_s: 51_000 }, whole);
  assert.ok(far.from_s < whole.to_s && span(far) === 1000);
});

test('a turned page holds the clock', () => {
  assert.ok(holds(turnedTo({ from_s: 0, to_s: 600 }, 1234), 1234));
});

test('every named zoom has a window, and all but the spacewalk hold the clock', () => {
  for (let t_s = 0; t_s <= 300_000; t_s += 3333) {
    for (const zoom of ZOOMS) {
      const shown = windowOf(zoom, SCENE, t_s, ZERO_MS);
      assert.ok(span(shown) > 0);
      if (zoom !== 'walk') assert.ok(holds(shown, t_s), `${zoom} at ${t_s}`);
    }
  }
});

test('of a leg that waits for hours the phase zoom shows the busy part while the clock is in it', () => {
  assert.ok(span(windowOf('phase', SCENE, 15_200, ZERO_MS)) < 1000);
  assert.ok(span(windowOf('phase', SCENE, 4000, ZERO_MS)) > 15_000);
});

test('rows: no row for who has nothing to do; supplies share one, what only grows stays out of it', () => {
  const rows = rowsOf(SCENE);
  assert.deepEqual(rows.map((row) => row.id), ['events', 'light', 'a', 'oxygen']);
  assert.deepEqual(rows[3]?.curves, ['suit.a.oxygen_kg']);
  assert.deepEqual(rows[1]?.marks.map((mark) => mark.look), ['night', 'day']);
});

test('marks that would touch become one', () => {
  const found = clusters([40, 1, 9, 100], (x) => x, 15);
  assert.deepEqual(found.map((one) => one.marks), [[1, 9], [40], [100]]);
});

test('things at the same time lie in lanes of their own', () => {
  const items = [{ from_s: 0, to_s: 10 }, { from_s: 5, to_s: 7 }, { from_s: 10, to_s: 12 }];
  assert.deepEqual(lanes(items).map((one) => one.lane), [0, 1, 0]);
});

test('labels of points never touch another label, nor a mark that matters as much', () => {
  const measure = (label: string): number => label.length * 7;
  const labels = Array.from({ length: 40 }, (_, i) => ({ x: 10 + i * 23, text: 'word '.repeat(1 + (i % 3)), weight: 1 + (i % 3) }));
  const stands = stand(labels, 0, 1000, measure);
  const boxes = [...stands].flatMap(([i, side]) => {
    const { x = 0, text: word = '' } = labels[i] ?? {};
    return side === 'right' ? [[x, x + measure(word)]] : side === 'left' ? [[x - measure(word), x]] : [];
  }).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  assert.ok(boxes.length >= 5);
  for (const [i, box] of boxes.entries()) {
    const after = boxes[i + 1];
    if (after) assert.ok((box[1] ?? 0) <= (after[0] ?? 0));
  }
});

test('arrow keys: along a row, between rows at the same instant, to both ends; the rest is not the timeline\'s', () => {
  const rows = rowsOf(SCENE);
  const shown = { from_s: 0, to_s: 300_000 };
  const start = firstMark(rows, null, 99_000);
  assert.equal(start?.label.en, 'out');
  const go = (key: string, from: Mark | null) => from && markFor(key, rows, from, shown);
  assert.equal(go('ArrowLeft', start)?.label.en, 'in');
  assert.equal(go('ArrowRight', start)?.label.en, 'out');
  assert.equal(go('Home', start)?.label.en, 'off');
  assert.equal(go('ArrowDown', start)?.label.en, 'day');
  assert.equal(go('ArrowDown', go('ArrowDown', start))?.row, 'a');
  assert.equal(go('x', start), null);
});

test('the nearest mark is the one that runs at the instant', () => {
  const row = rowsOf(SCENE).find((one) => one.id === 'a');
  assert.equal(row && nearest(row, 115_000)?.label.en, 'two');
  assert.equal(row && nearest(row, 1)?.label.en, 'one');
});
