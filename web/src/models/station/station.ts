/**
 * A space station from the flight's own solids, hatches and rails (station axes: x forward, y starboard, z nadir), so
 * that spacewalkers' ways fit it. Modules that this file knows are modelled; any other solid is drawn as it is.
 */
import { Group, Vector3 } from 'three';
import type { Scene, Solid } from '../../flight/scene';
import { Builder } from '../kit/builder';
import type { Materials } from '../kit/materials';
import { V } from '../kit/shapes';
import { makeAirlock } from './airlock';
import type { Airlock } from './airlock';
import * as american from './american';
import { plainSolid } from './plain';
import { makeRails } from './rails';
import * as russian from './russian';
import { fixedTruss, radiatorSet } from './truss';
import { makeWings } from './wings';
import type { Wings } from './wings';

type Draw = (b: Builder, solid: Solid) => void;

/** At this distance a handrail is a tenth of a pixel thick. */
const RAILS_SEEN_M = 70;

const NOTHING: Draw = () => undefined;

const MODULES: Readonly<Record<string, Draw>> = {
  destiny: (b, solid) => {
    american.berthedModule(b, solid);
    american.stationArm(b, solid);
  },
  unity: american.berthedModule,
  harmony: american.berthedModule,
  tranquility: american.tranquility,
  cupola: american.cupola,
  quest: american.berthedModule,
  columbus: american.berthedModule,
  kibo: american.berthedModule,
  elm_ps: american.berthedModule,
  pmm: american.berthedModule,
  pma1: american.matingAdapter(true),
  pma2: american.matingAdapter(false),
  jem_ef: american.exposedFacility,
  zarya: russian.zarya,
  zvezda_f: russian.zvezdaFront,
  zvezda_a: russian.zvezdaAft,
  rassvet: russian.rassvet,
  truss: fixedTruss,
  rsa: NOTHING, // Zvezda's arrays: drawn with its small section
  pirs: NOTHING, // airlocks are groups of their own, as their doors move
  poisk: NOTHING,
};

export interface Station {
  readonly group: Group;
  /** By the name that the flight's events use. */
  readonly airlocks: ReadonlyMap<string, Airlock>;
  /** Thin things that only glitter from afar: drawn when the camera is this near to the middle of the modules. */
  near(distance_m: number): void;
  /** Turn arrays and radiators by the Sun's direction in station axes. */
  follow(sun: Vector3): void;
}

export function makeStation(materials: Materials, place: Scene['station'], known: boolean): Station {
  const group = new Group(), b = new Builder();
  for (const solid of place.solids) ((known && MODULES[solid.id]) || plainSolid)(b, solid);
  if (known) poiskCrane(b, place.solids);
  b.build(materials, group);
  const airlocks = new Map<string, Airlock>();
  let wings: Wings | undefined;
  const radiators: Group[] = [];
  if (known) {
    addAirlocks(materials, place, group, airlocks);
    if (place.solids.some((solid) => solid.id === 'truss')) {
      wings = makeWings(materials);
      group.add(wings.group);
      for (const side of [1, -1]) radiators.push(radiator(materials, group, side));
    }
  }
  const rails = place.rails_m.length > 0 ? makeRails(materials, place) : undefined;
  if (rails) group.add(rails);
  return {
    group,
    airlocks,
    near(distance_m) {
      if (rails) rails.visible = distance_m < RAILS_SEEN_M;
    },
    follow(sun) {
      wings?.follow(sun);
      // Edge on to the Sun, as radiators want; the hinge turns them about x.
      const turn = Math.atan(-sun.y / (Math.abs(sun.z) < 1e-6 ? 1e-6 : sun.z));
      for (const set of radiators) set.rotation.x = turn;
    },
  };
}

function addAirlocks(materials: Materials, place: Scene['station'], group: Group, found: Map<string, Airlock>): void {
  for (const id of ['pirs', 'poisk']) {
    const solid = place.solids.find((one) => one.id === id);
    if (!solid) continue;
    const hatch = place.hatches.find((one) => one.id === id);
    const at = hatch ? V(...hatch.position_m) : V(...solid.centre_m).add(V(0, solid.diameter_m / 2, 0));
    const airlock = makeAirlock(materials, solid, at, id === 'pirs');
    airlock.open(0, 1);
    group.add(airlock.group);
    found.set(id, airlock);
  }
}

function radiator(materials: Materials, group: Group, side: number): Group {
  const b = new Builder();
  radiatorSet(b);
  const set = b.build(materials) as Group;
  set.position.set(-1.9, side * 14.7, 0);
  group.add(set);
  return set;
}

function poiskCrane(b: Builder, solids: readonly Solid[]): void {
  const poisk = solids.find((solid) => solid.id === 'poisk');
  if (poisk) russian.foldedCrane(b, V(...poisk.centre_m).add(V(-0.6, -1.2, 0.8)), 4.6);
}
