/** The flat map: night, circles, lines cut at 180 degrees, tracks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CraftNow, Now } from '../src/flight/now';
import { placed } from '../src/page/map/labels';
import { circle, night, reach_deg, split, subsolar, sunHeight_deg, terminator } from '../src/page/map/sphere';
import { instantNear, tracksAround } from '../src/page/map/track';

const ROUNDING_DEG = 1e-9;

test('the Sun stands on the horizon all along the terminator, in every season', () => {
  for (const latitude_deg of [-23.4, -0.5, 0.5, 11, 23.4]) {
    const sun = { longitude_deg: 71, latitude_deg };
    for (const place of terminator(sun)) assert.ok(Math.abs(sunHeight_deg(sun, place)) < ROUNDING_DEG);
  }
});

test('night is closed along the pole that has no day', () => {
  assert.equal(night({ longitude_deg: 0, latitude_deg: -17 })[0]?.latitude_deg, 90);
  assert.equal(night({ longitude_deg: 0, latitude_deg: 17 })[0]?.latitude_deg, -90);
});

test('the point below the Sun follows the turn of the Earth', () => {
  const quarter = Math.SQRT1_2;
  const below = subsolar([0, 0, quarter, quarter], [1.5e8, 0, 0]);
  assert.ok(Math.abs(below.longitude_deg + 90) < ROUNDING_DEG);
  assert.ok(Math.abs(below.latitude_deg) < ROUNDING_DEG);
});

test('a circle keeps its distance, also over the pole and over 180 degrees', () => {
  const middle = { longitude_deg: 158, latitude_deg: 75 };
  for (const place of circle(middle, 20)) {
    assert.ok(Math.abs(90 - sunHeight_deg(middle, place) - 20) < 1e-6);
    assert.ok(Math.abs(place.longitude_deg) <= 180);
  }
});

test('from 418 km the horizon is 20.2 degrees away, and nearer for a higher mask', () => {
  // acos(6371 / 6789), the book formula for a sphere.
  assert.ok(Math.abs(reach_deg(418, 0) - 20.2105) < 1e-3);
  assert.ok(reach_deg(418, 5) < reach_deg(418, 0));
});

test('a line over 180 degrees is cut on the edge, at the latitude where it leaves', () => {
  const [west, east] = split([{ longitude_deg: 170, latitude_deg: 0 }, { longitude_deg: -170, latitude_deg: 10 }]);
  assert.deepEqual(west?.at(-1), { longitude_deg: 180, latitude_deg: 5 });
  assert.deepEqual(east?.[0], { longitude_deg: -180, latitude_deg: 5 });
});

function moment(t_s: number, docks_s: number): Now {
  const craft = (id: string, port?: string): CraftNow => ({
    id, position_m: [0, 0, 0], velocity_m_s: [0, 0, 0], turn: [0, 0, 0, 1], mass_kg: 1,
    latitude_deg: 0, longitude_deg: t_s / 100, height_m: 0, ...(port && { port }),
  });
  const ship = craft('ship', t_s >= docks_s ? 'port' : undefined);
  return {
    t_s, utc_ms: 0, earth: [0, 0, 0, 1], sun_km: [1, 0, 0], moon_km: [0, 1, 0], step: '', phase: '',
    craft: new Map([['station', craft('station')], ['ship', ship]]), people: new Map(), holders: new Map(),
  };
}

test('a ship has a track of its own until it docks; a click finds the instant', () => {
  const tracks = tracksAround({ at: (t_s) => moment(t_s, 1000), from_s: 0, to_s: 9000 }, 500);
  const ship = tracks.find((track) => track.craft === 'ship');
  assert.ok((ship?.next.at(-1)?.t_s ?? 0) < 1000);
  assert.ok((tracks.find((track) => track.craft === 'station')?.next.at(-1)?.t_s ?? 0) > 5000);
  assert.equal(instantNear(tracks, { longitude_deg: 9.1, latitude_deg: 0.5 }, 3), 900);
  assert.equal(instantNear(tracks, { longitude_deg: 9.1, latitude_deg: 40 }, 3), null);
});

test('names on the map never lie over one another, nor leave it', () => {
  const names = Array.from({ length: 30 }, (_, i) => ({
    id: String(i), x: (i * 37) % 300, y: (i * 53) % 120, text: 'name', wide: 40,
  }));
  const line = 14;
  const boxes = placed(names, 300, 120, line).map((label) => {
    const left = label.at === 'start' ? label.x + 7 : label.x - 7 - label.wide;
    return { left, right: left + label.wide, top: label.y + label.dy - line * 0.8, bottom: label.y + label.dy + line * 0.2 };
  });
  assert.ok(boxes.length > 3);
  for (const [i, a] of boxes.entries()) {
    assert.ok(a.left >= 0 && a.right <= 300 && a.top >= 0 && a.bottom <= 120);
    for (const b of boxes.slice(i + 1)) {
      assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top);
    }
  }
});
