/** People outside: hands on their rails, the torch in a palm and in both helmet pictures, nobody in a hull. The places
 * are those of the reference flight's hand-over outside Pirs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Quaternion, Vector3 } from 'three';
import type { Now, Triple, Turn } from '../src/flight/now';
import type { Pose, Scene } from '../src/flight/scene';
import { HELMET, SIDES } from '../src/models/orlan_bones';
import { Rig } from '../src/models/orlan_rig';
import { freeSide, gripOf } from '../src/walkers/carry';
import { chestOf, headOf, helmetEye, middleOf, spacewalkOf } from '../src/walkers/helmet';
import type { HelmetView } from '../src/walkers/helmet';
import type { Figure } from '../src/walkers/spacewalk';

const text = (en: string) => ({ en, ru: en });
const PASSED_S = 2000;
const BACK_S = 4000;
const KOTOV: Triple = [-23.2607, 1.3493, 6.0784];
const RYAZANSKY: Triple = [-24.8534, 0.8316, 6.0784];
const HULLS = [
  ['pirs', 'z', [-23.701, -0.006, 7.29], 4.037, 2.55], ['zvezda_f', 'x', [-26.184, 0, 4.264], 6.9, 2.9],
  ['zarya', 'x', [-16.189, 0, 4.071], 12.99, 4.1],
] as const;

const task = (track: string, from_s: number, to_s: number, pose: Pose) =>
  ({ track, from_s, to_s, kind: 'scene', label: text(''), pose });
const SCENE = {
  craft: [{ id: 'station', kind: 'station' }],
  people: [{ id: 'a', walker: 1 }, { id: 'b', walker: 2 }],
  items: [{ id: 'torch', name: text('Torch'), model: 'sochi-torch' }],
  station: {
    solids: HULLS.map(([id, axis, centre_m, length_m, diameter_m]) =>
      ({ id, kind: 'cylinder', axis, centre_m, length_m, diameter_m, size_m: [0, 0, 0] })),
    rails_m: [KOTOV, RYAZANSKY], hatches: [{ id: 'pirs', name: text('Pirs'), position_m: [-23.7, 1.43, 7.6] }],
  },
  tracks: ['a', 'b'].map((id) => ({ id, kind: 'person', label: text(id), of: [id] })),
  bars: ['a', 'b'].flatMap((track) => [
    task(track, 0, 480, 'out'), task(track, 480, 760, 'work'), task(track, 760, PASSED_S, 'film'),
    task(track, PASSED_S, 2600, 'film'), task(track, 2600, 3000, 'both'), task(track, 3000, BACK_S, 'film'),
  ]),
  holdings: [['station', 0], ['a', 1000], ['b', PASSED_S], ['station', BACK_S]].map(([holder, from_s]) =>
    ({ item: 'torch', from_s, holder, label: text(''), why: text('') })),
} as unknown as Scene;

const turned = (...turn: [number, number, number, number]): Turn =>
  new Quaternion(...turn).normalize().toArray() as unknown as Turn;
const LOW_A = turned(0.16, 0.03, -0.97, 0.15), HIGH_B = turned(0.03, -0.16, 0.15, 0.97);
const HIGH_A = turned(-0.16, -0.03, -0.97, 0.15), LOW_B = turned(-0.03, 0.16, 0.15, 0.97);

function now(t_s: number): Now {
  const first = t_s < PASSED_S, still: Triple = [0, 0, 0];
  const person = (id: string, position_m: Triple, turn: Turn) =>
    [id, { id, where: 'outside', outside: { position_m, velocity_m_s: still, turn } }] as const;
  const people = new Map([
    person('a', KOTOV, first ? LOW_A : HIGH_A), person('b', RYAZANSKY, first ? HIGH_B : LOW_B),
  ]);
  return { t_s, people } as unknown as Now;
}

/** In parts of half the picture's height and width; 9 behind the camera. */
function seen(view: HelmetView, point: Vector3): number {
  const at = point.clone().sub(view.eye_m).applyQuaternion(view.turn.clone().invert());
  const half = (field_deg: number): number => Math.tan((field_deg * Math.PI) / 360) * -at.z;
  return at.z > -0.05 ? 9 : Math.max(Math.abs(at.x) / half(view.across_deg), Math.abs(at.y) / half(view.down_deg));
}

function everyFigure(from_s: number, to_s: number, look: (figure: Figure, at: Now) => void): void {
  for (let t_s = from_s; t_s < to_s; t_s++) {
    const at = now(t_s);
    for (const figure of spacewalkOf(SCENE).at(at).figures.values()) look(figure, at);
  }
}

const rig = new Rig();

/** Where a palm comes to be, station axes. */
function palm(figure: Figure, side: 'L' | 'R'): Vector3 {
  const { torso, turn, hands } = figure.stance, back = turn.clone().invert();
  const { at, rod, eitherWay, grip } = hands[side];
  rig.root.position.copy(torso);
  rig.root.quaternion.copy(turn);
  const inSuit = at.clone().sub(torso).applyQuaternion(back);
  rig.reach(side, { at: inSuit, rod: rod.clone().applyQuaternion(back), eitherWay, grip });
  return rig.palm(side).at;
}

test('both helmet pictures hold the partner and the torch in every second of the scenes', () => {
  everyFigure(800, 3900, (figure, at) => {
    const picture = spacewalkOf(SCENE).at(at), view = helmetEye(SCENE, figure.id, at);
    const partner = [...picture.figures.values()].find((other) => other.id !== figure.id), thing = picture.carried[0];
    assert.ok(view && partner);
    const people = [headOf(partner), chestOf(partner)];
    const held = thing && Math.max(...thing.hands.values()) === 1 ? [middleOf(thing)] : [];
    for (const point of [...people, ...held]) {
      assert.ok(seen(view, point) < 1, `${figure.id} at ${at.t_s} s: ${seen(view, point)}`);
    }
  });
});

test('a hand holds the rail where the flight says, and another the torch that the ledger gives it', () => {
  everyFigure(800, 3700, (figure, at) => {
    const free = freeSide(figure), thing = spacewalkOf(SCENE).at(at).carried[0];
    const holding = SIDES.find((side) => side !== free) ?? 'L';
    assert.ok(palm(figure, holding).distanceTo(figure.hold.at) < 0.03, `${figure.id} at ${at.t_s} s lets go`);
    if (!thing || thing.hands.get(figure.id) !== 1) return;
    const grip = new Vector3(0, gripOf(figure.walker), 0).applyQuaternion(thing.turn).add(thing.at);
    assert.ok(palm(figure, free).distanceTo(grip) < 0.1, `${figure.id} at ${at.t_s} s misses the torch`);
  });
});

test('two hands and two tethers hold the torch as it changes hands', () => {
  const [thing] = spacewalkOf(SCENE).at(now(PASSED_S)).carried;
  assert.deepEqual([...(thing?.hands ?? [])].sort(), [['a', 1], ['b', 1]]);
  assert.deepEqual([...(thing?.tethers ?? [])].sort(), ['a', 'b']);
  assert.deepEqual(spacewalkOf(SCENE).at(now(1500)).carried[0]?.tethers, ['a']);
  assert.deepEqual(spacewalkOf(SCENE).at(now(2500)).carried[0]?.tethers, ['b']);
  assert.equal(spacewalkOf(SCENE).at(now(BACK_S)).carried.length, 0);
});

test('nobody is in a hull, and nobody is seen before the hatch lets them out', () => {
  assert.equal(spacewalkOf(SCENE).at(now(5)).figures.size, 0);
  const { hull } = spacewalkOf(SCENE);
  everyFigure(600, 3900, (figure, at) => {
    for (const point of [HELMET, new Vector3(), new Vector3(0, 0.1, -0.34)]) {
      const gap = hull.gap_m(point.clone().applyQuaternion(figure.stance.turn).add(figure.stance.torso));
      assert.ok(gap > 0.2, `${figure.id} at ${at.t_s} s: ${gap} m`);
    }
  });
});

test('an instant always looks the same', () => {
  const later = spacewalkOf(SCENE).at(now(1990)), first = JSON.stringify(later.carried);
  spacewalkOf(SCENE).at(now(300));
  assert.equal(JSON.stringify(spacewalkOf(SCENE).at(now(1990)).carried), first);
});
