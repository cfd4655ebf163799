/** What the models promise: arrays face the Sun, hatches and rails stand where the flight has them, budgets hold. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InstancedMesh, Mesh, MeshBasicMaterial, Vector3 } from 'three';
import type { Object3D } from 'three';
import { footAhead_m, ascentOf, rocketExtent } from '../src/craft/rise';
import { glide, instantOf, spansOf } from '../src/craft/world';
import type { Now } from '../src/flight/now';
import type { Scene, Solid } from '../src/flight/scene';
import type { Materials } from '../src/models/kit/materials';
import { lathe } from '../src/models/kit/shapes';
import { HEIGHT, SHIP_Y } from '../src/models/rocket/rocket';
import { COLLAR_M, HULL_TO_BODY, SOYUZ_POINTS } from '../src/models/soyuz/axes';
import { makeSoyuz } from '../src/models/soyuz/soyuz';
import { makeStation } from '../src/models/station/station';
import { makeWings } from '../src/models/station/wings';

/** Without a canvas no texture can be painted: plain materials stand in. */
const plain = new Map<string, MeshBasicMaterial>();
const materials = {
  quality: 'low',
  get(name: string) {
    const known = plain.get(name) ?? new MeshBasicMaterial({ name });
    plain.set(name, known);
    return known;
  },
} as unknown as Materials;

const cylinder = (id: string, axis: 'x' | 'y' | 'z', centre_m: readonly [number, number, number], length_m: number,
  diameter_m: number): Solid => ({ id, kind: 'cylinder', axis, centre_m, length_m, diameter_m, size_m: [0, 0, 0] });
const PIRS = cylinder('pirs', 'z', [-23.701, -0.006, 7.2895], 4.037, 2.55);
const TRUSS: Solid = {
  id: 'truss', kind: 'box', axis: 'x', centre_m: [0, 0, 0], length_m: 0, diameter_m: 0, size_m: [4.5, 97.53, 4.5],
};
const NAME = { en: 'Pirs', ru: 'Пирс' };
const station = (solids: readonly Solid[]): Scene['station'] => ({
  ports: [],
  solids,
  rails_m: [[-22.3, 0, 7], [-23.7, 1.43, 7.6], [-25.1, 0, 7]],
  hatches: [{ id: 'pirs', name: NAME, position_m: [-23.7, 1.43, 7.6] }],
  worksites: [],
});

function triangles(model: Object3D): number {
  let count = 0;
  model.traverse((part) => {
    if (!(part instanceof Mesh)) return;
    const copies = part instanceof InstancedMesh ? part.count : 1;
    count += ((part.geometry.index?.count ?? part.geometry.attributes.position.count) / 3) * copies;
  });
  return count;
}

const event = (name: string, t_s: number, subject = 'ship') => ({ name, t_s, subject, step: 'launch' });
const flown = {
  events: [
    event('liftoff', 100), event('core_separation', 387), event('cutoff', 629), event('insertion', 632),
    event('hatch_open', 700, 'pirs'), event('hatch_closed', 800, 'pirs'), event('hatch_open', 900, 'pirs'),
  ],
} as unknown as Scene;

test('the main arrays meet the Sun wherever it stands', () => {
  const wings = makeWings(materials);
  for (const [x, y, z] of [[1, 0, 0], [0, 0, -1], [0.3, 0.8, -0.5], [-0.6, -0.7, 0.2], [0.1, 0.98, 0.05]] as const) {
    const sun = new Vector3(x, y, z).normalize();
    wings.follow(sun);
    wings.group.updateMatrixWorld(true);
    let seen = 0;
    wings.group.traverse((part) => {
      if (!(part instanceof Mesh) || part.name !== 'cells') return;
      const facing = new Vector3(0, 0, 1).transformDirection(part.matrixWorld);
      assert.ok(facing.dot(sun) > 0.9999, `cells look ${facing.toArray()}, the Sun is at ${sun.toArray()}`);
      seen += 1;
    });
    assert.equal(seen, 4);
  }
});

test('an airlock opens where the flight has its hatch, and no rail crosses it', () => {
  const made = makeStation(materials, station([PIRS, TRUSS]), true);
  const airlock = made.airlocks.get('pirs');
  assert.ok(airlock);
  airlock.open(1, 1);
  const rails: InstancedMesh[] = [];
  made.group.traverse((part) => {
    if (part instanceof InstancedMesh) rails.push(part);
  });
  assert.deepEqual(rails.map((mesh) => mesh.count), [2, 2]);
  made.near(1000);
  assert.ok(rails.every((mesh) => !mesh.parent?.visible));
});

test('a station of an unknown kind is drawn from its solids alone', () => {
  const made = makeStation(materials, station([cylinder('lab', 'x', [0, 0, 0], 8, 4), TRUSS]), false);
  made.follow(new Vector3(0, 0, 1));
  assert.equal(made.airlocks.size, 0);
  assert.ok(triangles(made.group) < 1000);
});

test('a ship is small enough to be drawn four times', () => {
  assert.ok(triangles(makeSoyuz(materials, true)) < 20000);
});

test('the ship looks along +x with its camera on the +z side', () => {
  const nose = new Vector3(0, 0, -1).transformDirection(HULL_TO_BODY);
  assert.ok(nose.distanceTo(new Vector3(1, 0, 0)) < 1e-12);
  assert.ok(SOYUZ_POINTS.camera.z > 0.9 && SOYUZ_POINTS.camera.x < COLLAR_M);
});

test('the rocket stands on the path at liftoff and the ship flies on it at insertion', () => {
  const ascent = ascentOf(flown, 'ship');
  assert.equal(footAhead_m(ascent, 0), -0);
  assert.equal(footAhead_m(ascent, 632), -SHIP_Y);
  const onPad = rocketExtent(flown, { t_s: 50 } as Now, 'ship');
  assert.deepEqual(onPad, { middle_m: HEIGHT / 2, half_m: HEIGHT / 2 });
});

test('an event that never comes is never reached; openings without an end stay open', () => {
  assert.equal(instantOf(flown, 'landing', 'ship'), Infinity);
  const spans = spansOf(flown, 'hatch_open', 'hatch_closed', 'pirs');
  assert.deepEqual(spans.map(([from, to]) => [from, to]), [[700, 800], [900, Infinity]]);
  assert.deepEqual([glide(5, 0, 10), glide(-1, 0, 10), glide(11, 0, 10), glide(1, Infinity, Infinity)], [0.5, 0, 1, 0]);
});

test('a lathe keeps a sharp corner sharp', () => {
  const shape = lathe([[1, 0], [1, 1], [0, 1]], 8), normal = shape.getAttribute('normal');
  const kinds = new Set(Array.from({ length: normal.count }, (_, i) => normal.getY(i).toFixed(3)));
  assert.deepEqual([...kinds].sort(), ['0.000', '1.000']);
});
