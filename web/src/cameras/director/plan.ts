/** The director's script: for each leg and each event a take, from the events of the flight alone. */
import type { LegIndex, Scene, SceneEvent } from '../../flight/scene';
import type { Framing } from '../chase';
import type { Cut, Take } from './cut';
import { walkCuts } from './walkplan';

const camera = (view: string): Take => ({ kind: 'camera', view });
const past: Take = { kind: 'past' };

function beside(azimuth_deg: number, elevation_deg: number, distance: number, field_deg = 42,
  aim_m?: Framing['aim_m']): Take {
  return { kind: 'beside', framing: { azimuth_deg, elevation_deg, distance, field_deg, ...(aim_m && { aim_m }) } };
}

/** A burn from beside, towards the glow where the Sun is about to rise or has just set. */
const burn: Take = {
  kind: 'beside', framing: { azimuth_deg: 34, elevation_deg: 12, distance: 3, field_deg: 42, glow: true },
};

/** The capsule, which is smaller than a ship, before the morning into which it falls. */
const firstAir: Take = {
  kind: 'beside', framing: { azimuth_deg: 34, elevation_deg: 12, distance: 4.8, field_deg: 42, glow: true },
};

const aroundStation = (azimuth_deg: number, elevation_deg: number, distance: number): Take =>
  ({ kind: 'station', framing: { azimuth_deg, elevation_deg, distance, field_deg: 44 } });

/** What follows an event: a take from `after_s` (negative: before it) on. */
interface Cue {
  readonly after_s: number;
  readonly rank: 1 | 2 | 3;
  readonly take: Take;
}
const cue = (after_s: number, rank: 1 | 2 | 3, take: Take): Cue => ({ after_s, rank, take });

/** Quiet hours are filled by these in turn. */
const QUIET_S = 1200;
/** They end so long before a hatch opens or a ship leaves. */
const STIR_S = 1200;
const QUIET: readonly Take[] = [
  aroundStation(48, 24, 1.7), camera('orbit'), aroundStation(140, 12, 1.5), camera('station'),
  aroundStation(-60, 40, 1.9),
];
/** Every sunrise and sunset of the quiet hours, from so long before to so long after. */
const GLOW_S = [150, 330] as const;
const GLOW: Take = {
  kind: 'station', framing: { azimuth_deg: 48, elevation_deg: 13, distance: 1.8, field_deg: 44, glow: true },
};

/** What each kind of leg begins with. */
const OPENINGS: Readonly<Record<string, Take>> = {
  ascent: beside(62, 4, 3.4),
  phasing: camera('orbit'),
  rendezvous: camera('orbit'),
  docking: past,
  stay: QUIET[0]!,
  eva: QUIET[0]!,
  undocking: QUIET[0]!,
  deorbit: camera('orbit'),
  entry: beside(64, 16, 3.6),
  landing: beside(50, -8, 3.2, 44),
};

const CUES: Readonly<Record<string, Readonly<Record<string, readonly Cue[]>>>> = {
  ascent: {
    liftoff: [
      cue(-30, 1, camera('ground')), cue(-8, 1, beside(62, 3, 3.7)), cue(9, 2, camera('ground')),
      cue(24, 2, beside(62, -6, 3.3)), cue(42, 3, beside(28, -20, 3.6)),
    ],
    max_q: [cue(-6, 2, beside(100, 8, 3.4))],
    tower_jettison: [cue(-4, 2, beside(66, 10, 2.5))],
    booster_separation: [cue(-3, 1, beside(30, 12, 3, 44)), cue(11, 2, beside(130, 14, 3.2))],
    fairing_jettison: [cue(-4, 1, beside(112, 8, 2.4)), cue(14, 3, beside(40, 22, 4))],
    core_separation: [cue(-60, 3, camera('orbit')), cue(-6, 1, beside(58, 14, 3.4)), cue(40, 3, beside(140, 18, 4))],
    cutoff: [cue(-14, 2, beside(36, 14, 4)), cue(0, 1, beside(50, 16, 4))],
    insertion: [cue(-1, 1, beside(64, 18, 4.4))],
  },
  phasing: {
    burn_start: [cue(-25, 2, burn)],
    burn_end: [cue(25, 3, camera('orbit'))],
  },
  rendezvous: {
    burn_start: [cue(-25, 2, burn)],
    burn_end: [cue(25, 3, camera('orbit'))],
    aim_point: [cue(-420, 2, past)],
  },
  docking: {
    flyaround_start: [cue(0, 2, past), cue(150, 3, beside(-70, 16, 3.2))],
    station_keeping_start: [cue(0, 2, past)],
    final_approach_start: [cue(0, 2, camera('station')), cue(240, 3, past)],
    docking_contact: [
      cue(-170, 1, camera('docking')), cue(-9, 1, { kind: 'port', port: '' }), cue(110, 2, aroundStation(60, -18, 1)),
    ],
    docking_hooks_closed: [cue(0, 2, aroundStation(60, -18, 1.2))],
  },
  undocking: {
    hatch_closed: [cue(0, 3, aroundStation(30, 20, 1.1))],
    undocking: [cue(-20, 1, { kind: 'port', port: '' }), cue(40, 2, camera('station')), cue(120, 2, past)],
    separation_burn_start: [cue(-6, 2, beside(36, 14, 3.2))],
    separation_burn_end: [cue(12, 3, past)],
  },
  deorbit: {
    deorbit_burn_start: [cue(-20, 1, beside(150, 12, 3)), cue(80, 3, beside(38, 16, 3.4))],
    deorbit_burn_end: [cue(-12, 2, beside(150, 12, 3)), cue(20, 3, camera('orbit'))],
    module_separation: [cue(-12, 1, beside(64, 16, 3.4))],
  },
  entry: {
    entry_interface: [cue(0, 2, firstAir)],
    plasma_start: [cue(-3, 1, beside(64, 10, 8.5))],
    max_heating: [cue(-10, 1, beside(128, 14, 8))],
    plasma_end: [cue(0, 2, beside(40, 14, 5))],
  },
  landing: {
    drogue_open: [cue(-2, 1, beside(50, -8, 3.4, 44))],
    main_parachute_open: [cue(-2, 1, beside(70, -8, 4.2, 44)), cue(40, 3, beside(120, 14, 3.8, 44))],
    heat_shield_jettison: [
      cue(-5, 1, beside(56, -4, 0.6, 46, [0, -22, 0])), cue(20, 3, beside(140, -6, 4, 44)),
      cue(260, 3, beside(40, 12, 3.9, 44)),
    ],
    soft_landing_engines: [cue(-70, 2, beside(100, 6, 2.9, 44)), cue(-24, 1, camera('ground'))],
    landing: [cue(14, 2, beside(-65, 6, 4.8, 42))],
    hatch_open_on_ground: [cue(-8, 1, beside(110, 9, 5, 42))],
  },
};

export function planCuts(scene: Scene): Cut[] {
  const cuts = scene.legs.flatMap((leg) => [...openings(leg), ...quiet(scene, leg), ...cuesOf(scene, leg)]);
  return [...cuts, ...walkCuts(scene)].sort((a, b) => a.from_s - b.from_s);
}

function openings(leg: LegIndex): Cut[] {
  const take = OPENINGS[leg.phase] ?? QUIET[0]!;
  return [{ from_s: leg.from_s, rank: 2, take }];
}

/** Long quiet stretches change the view now and then, until something is about to happen. */
function quiet(scene: Scene, leg: LegIndex): Cut[] {
  const stirs = { stay: '', eva: 'hatch_open', undocking: 'undocking' }[leg.phase];
  if (stirs === undefined) return [];
  const stir = scene.events.find((event) => event.step === leg.step && event.name === stirs);
  const end_s = stir ? stir.t_s - STIR_S : leg.to_s;
  const count = Math.max(0, Math.floor((end_s - leg.from_s) / QUIET_S));
  const turns: Cut[] = Array.from({ length: count }, (_, k) => ({
    from_s: leg.from_s + (k + 1) * QUIET_S, rank: 3, take: QUIET[(k + 1) % QUIET.length]!,
  }));
  const glows = rims(scene, leg.from_s + GLOW_S[0], end_s - GLOW_S[1]);
  const clear = turns.filter(({ from_s }) =>
    !glows.some((t_s) => from_s > t_s - GLOW_S[0] && from_s < t_s + GLOW_S[1]));
  return [...clear, ...glows.flatMap((t_s, k): Cut[] => [
    { from_s: t_s - GLOW_S[0], rank: 2, take: GLOW },
    { from_s: t_s + GLOW_S[1], rank: 3, take: QUIET[(k + 1) % QUIET.length]! },
  ])];
}

/** When the Sun rises or sets for the station: the ends of its nights. */
function rims(scene: Scene, from_s: number, to_s: number): number[] {
  const tracks = new Set(scene.tracks.filter((track) => track.kind === 'light').map((track) => track.id));
  const nights = scene.bars.filter((bar) => tracks.has(bar.track) && bar.kind === 'night');
  return nights.flatMap((bar) => [bar.from_s, bar.to_s])
    .filter((t_s) => t_s > from_s && t_s < to_s).sort((a, b) => a - b);
}

function cuesOf(scene: Scene, leg: LegIndex): Cut[] {
  const table = CUES[leg.phase];
  if (!table) return [];
  return scene.events.filter((event) => event.step === leg.step).flatMap((event) =>
    (table[event.name] ?? []).map(({ after_s, rank, take }) => ({
      from_s: Math.max(event.t_s + after_s, leg.from_s + 0.001), rank, take: withPort(scene, event, take),
    })));
}

/** A port's take learns which port it is from the ship's docking or undocking. */
function withPort(scene: Scene, event: SceneEvent, take: Take): Take {
  if (take.kind !== 'port') return take;
  const joined = scene.joined.find((one) => one.ship === event.subject
    && (Math.abs(one.from_s - event.t_s) < 900 || Math.abs(one.to_s - event.t_s) < 900));
  return { ...take, port: joined?.port ?? '' };
}
