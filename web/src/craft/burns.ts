/** Engines of free ships while the flight says that they burn: the main engine, or puffs of small thrusters. */
import { Group } from 'three';
import type { CraftIndex, Scene } from '../flight/scene';
import { Plume } from '../models/effects/plume';
import type { Shell } from '../models/effects/plume';
import { Seeded } from '../models/kit/seed';
import { V, along } from '../models/kit/shapes';
import { JETS, SOYUZ_POINTS } from '../models/soyuz/axes';
import type { Frame, LayerMaker } from '../stage/layer';
import { spansOf, standAt } from './world';

/** In space a flame is hardly seen: a short bright root and a faint wide cone. By eye. */
const MAIN: readonly Shell[] = [
  { mouth: 0.3, end: 0.5, length: 1.4, colour: 0xffd8b0, gain: 1.2, edge: 1.5, streaks: 0.1 },
  { mouth: 0.32, end: 5.5, length: 14, colour: 0xa8b8e8, gain: 0.13, edge: 1.3, streaks: 0.15 },
];
const SMALL: readonly Shell[] = [
  { mouth: 0.04, end: 0.75, length: 2.2, colour: 0xd8e2ff, gain: 0.35, edge: 1.2, streaks: 0.1 },
];
/** One puff in so many seconds, this long: the flight tells how many impulses a leg of the approach took, not when. */
const PULSE_EVERY_S = 11;
const PULSE_S = 0.7;
/** Where thrusters do the work; elsewhere it is the main engine. */
const THRUSTER_PHASES = new Set(['docking', 'relocation', 'undocking']);

export const burnsLayer: LayerMaker = (scene) => {
  const near = new Group();
  const ships = scene.craft.filter((craft) => craft.kind === 'ship').map((craft) => new Burning(scene, craft, near));
  return {
    id: 'burns',
    near,
    update: (frame) => ships.forEach((ship) => ship.update(frame)),
    dispose: () => ships.forEach((ship) => ship.dispose()),
  };
};

interface Burn {
  readonly from_s: number;
  readonly to_s: number;
  readonly main: boolean;
  /** A steady burn of thrusters or single pulses. */
  readonly pulsed: boolean;
}

class Burning {
  private readonly group = new Group();
  private readonly burns: readonly Burn[];
  private readonly main = new Plume(MAIN, [V()]);
  private readonly small: readonly Plume[];

  constructor(scene: Scene, private readonly craft: CraftIndex, near: Group) {
    this.burns = burnsOf(scene, craft.id);
    this.main.group.applyMatrix4(along(SOYUZ_POINTS.mainEngine, V(1, 0, 0)));
    this.small = JETS.map(({ at, way }) => {
      const jet = new Plume(SMALL, [V()]);
      jet.group.applyMatrix4(along(at, way.clone().negate()));
      return jet;
    });
    this.group.add(this.main.group, ...this.small.map((jet) => jet.group));
    near.add(this.group);
  }

  update(frame: Frame): void {
    const t = frame.now.t_s, burn = this.burns.find(({ from_s, to_s }) => t >= from_s && t <= to_s);
    const hidden = frame.sight.hidden.includes(this.craft.id);
    this.group.visible = false;
    if (!burn || hidden || !standAt(this.group, frame.now.craft.get(this.craft.id), frame)) return;
    this.main.set(burn.main ? 1 : 0, frame.flow_s);
    const firing = burn.main ? new Set<number>() : jetsAt(burn, t);
    this.small.forEach((jet, i) => jet.set(firing.has(i) ? 1 : 0, frame.flow_s));
  }

  dispose(): void {
    for (const jet of [this.main, ...this.small]) jet.dispose();
  }
}

function burnsOf(scene: Scene, ship: string): Burn[] {
  const phases = new Map(scene.legs.map((leg) => [leg.step, leg.phase]));
  const spans = (name: string) => spansOf(scene, `${name}_start`, `${name}_end`, ship);
  const burns = spans('burn').map(([from_s, to_s, step]): Burn => {
    const main = !THRUSTER_PHASES.has(phases.get(step) ?? '');
    return { from_s, to_s: Math.max(to_s, from_s + (main ? 0 : 1.5)), main, pulsed: to_s - from_s > 20 };
  });
  for (const [from_s, to_s] of spans('deorbit_burn')) burns.push({ from_s, to_s, main: true, pulsed: false });
  for (const [from_s, to_s] of spans('separation_burn')) burns.push({ from_s, to_s, main: false, pulsed: false });
  return burns;
}

/** Two thrusters of one belt, the same ones at the same instant each time. */
function jetsAt({ from_s, pulsed }: Burn, t: number): Set<number> {
  const pulse = pulsed ? Math.floor((t - from_s) / PULSE_EVERY_S) : 0;
  if (pulsed && t - from_s - pulse * PULSE_EVERY_S > PULSE_S) return new Set();
  const random = new Seeded(Math.round(from_s) * 131 + pulse * 7919);
  random.next();
  const belt = JETS.length / 2, first = random.whole(belt);
  return new Set([first, belt + first]);
}

