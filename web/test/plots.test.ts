/** Curves thinned without losing a peak, limits in the channel's unit, and the ship's place beside the station. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CraftNow, Triple } from '../src/flight/now';
import type { Scene } from '../src/flight/scene';
import { halfWidth, relative } from '../src/page/lvlh/relative';
import { groupsOf } from '../src/page/plots/chosen';
import { valueLimits } from '../src/page/plots/limits';
import { extent, indexAt, pathOf, thinned } from '../src/page/plots/sample';

const t_s = Float64Array.from({ length: 5000 }, (_, i) => i * 0.5);
const value = Float64Array.from(t_s, (at) => (at === 777 ? 50 : Math.sin(at / 60)));
const samples = { t_s, value, step: false };

test('a thinned curve is short, in order, and keeps its one peak', () => {
  const points = thinned(samples, 0, 2499.5, 100);
  assert.ok(points.length <= 4 * 102);
  assert.equal(Math.max(...points.map((point) => point.value)), 50);
  for (const [i, point] of points.entries()) if (i > 0) assert.ok(point.t_s > (points[i - 1]?.t_s ?? 0));
});

test('the range of a stretch includes its ends between samples', () => {
  const line = { t_s: Float64Array.of(0, 10), value: Float64Array.of(0, 100), step: false };
  assert.deepEqual(extent(line, 2.5, 5), [25, 50]);
  assert.equal(extent(line, 20, 30), null);
});

test('the last sample at or before an instant', () => {
  assert.deepEqual([-1, 0, 4.9, 5, 99].map((at) => indexAt([0, 5, 10], at)), [-1, 0, 0, 1, 2]);
});

test('a path breaks at a gap, and a value that holds is drawn as a step', () => {
  const same = (at: number): number => at;
  const points = [{ t_s: 0, value: 1 }, { t_s: 1, value: NaN }, { t_s: 2, value: 3 }, { t_s: 4, value: 5 }];
  assert.equal(pathOf(points, false, same, same), 'M0.0 1.0M2.0 3.0L4.0 5.0');
  assert.equal(pathOf(points.slice(2), true, same, same), 'M2.0 3.0L4.0 3.0L4.0 5.0');
});

test('a limit is drawn in the unit of the channel, for each of the crew', () => {
  const scene = {
    people: [{ id: 'a' }, { id: 'b' }],
    verdicts: [
      { evidence: 'suit.a.metabolic_w', limit: 600, unit: 'W' },
      { evidence: 'ascent.q_pa', limit: 43, unit: 'kPa' },
      { evidence: 'landing.from_zone_m', limit: 28, unit: 'km' },
    ],
  } as unknown as Scene;
  assert.deepEqual(valueLimits(scene, 'suit.b.metabolic_w'), [600]);
  assert.deepEqual(valueLimits(scene, 'ascent.q_pa'), [43_000]);
  assert.deepEqual(valueLimits(scene, 'landing.from_zone_m'), [28_000]);
  assert.deepEqual(valueLimits(scene, 'suit.b.oxygen_kg'), []);
});

test('readings that a flight does not have are left out', () => {
  const scene = { people: [{ id: 'a', walker: 1, short: { en: 'A', ru: 'А' } }] } as unknown as Scene;
  const groups = groupsOf(scene, 'eva', 'ship', (name) => name === 'suit.a.oxygen_kg');
  assert.deepEqual(groups.map((group) => [group.id, group.lines.length]), [['a', 1]]);
  assert.deepEqual(groupsOf(scene, 'nowhere', 'ship', () => true), []);
});

const craft = (position_m: Triple, velocity_m_s: Triple): CraftNow => ({
  id: '', position_m, velocity_m_s, turn: [0, 0, 0, 1], mass_kg: 1, latitude_deg: 0, longitude_deg: 0, height_m: 0,
});
const station = craft([6.8e6, 0, 0], [0, 7660, 0]);

test('ahead is where the station flies, below is the Earth, right is starboard', () => {
  const place = relative(0, craft([6.8e6 - 100, 50, -20], [0, 7660, 0]), station);
  // Arcs differ from straight axes by x^2 / r: micrometres here.
  assert.ok(Math.abs(place.ahead_m - 50) < 1e-3);
  assert.ok(Math.abs(place.below_m - 100) < 1e-3);
  assert.equal(place.aside_m, 20);
});

test('a ship on the same orbit far behind is at the same height', () => {
  const angle = -0.5;
  const place = relative(0, craft([6.8e6 * Math.cos(angle), 6.8e6 * Math.sin(angle), 0], [0, 0, 0]), station);
  assert.ok(Math.abs(place.below_m) < 1e-6);
  assert.ok(Math.abs(place.ahead_m - 6.8e6 * angle) < 1e-6);
});

test('the scale is a round step in which the ship is inside', () => {
  for (const metres of [3, 86, 87, 1999, 52_000, 740_000]) {
    const half_m = halfWidth({ ahead_m: -metres, below_m: 0 }, 0.6);
    assert.ok(half_m > metres);
    assert.ok([1, 2, 5].includes(half_m / 10 ** Math.floor(Math.log10(half_m))));
  }
});
