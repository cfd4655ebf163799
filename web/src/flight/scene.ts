/**
 * What the program writes for the page (src/fakel/show): one small index, `scene.json`, that may grow while a flight is
 * flown, and for each leg one file of numbers that never changes. Times are TAI seconds after `start_utc`.
 */

/** A text for people, in every language of the page. */
export interface Text {
  readonly en: string;
  readonly ru: string;
}

/** Where an array lies in a leg's file: little-endian numbers from byte `at` on, row after row. */
export interface Block {
  readonly at: number;
  readonly rows: number;
  readonly columns: number;
  readonly kind: 'f64' | 'f32';
}

/** The path of one craft (GCRF, metres) or of a person outside (station axes: x forward, y starboard, z nadir). */
export interface ArcIndex {
  readonly who: string;
  readonly frame: 'gcrf' | 'station';
  /** t_s, then position_m (3), then velocity_m_s (3): seven columns of f64. */
  readonly path: Block;
  /** Quaternions (w, x, y, z): components go from the arc's frame to the body by the matrix of q. */
  readonly attitude: Block;
  readonly mass_kg: Block;
}

export interface ChannelIndex {
  readonly name: string;
  readonly unit: string;
  readonly label: Text;
  /** Seconds after the leg's `from_s`, and the values then: single precision, good enough for plots. Channels that were
   * written together share one block of times. */
  readonly times: Block;
  readonly values: Block;
  /** A value that holds until the next sample (link, light), not a line between samples. */
  readonly step: boolean;
}

export interface LegIndex {
  readonly step: string;
  readonly phase: string;
  readonly title: Text;
  readonly from_s: number;
  readonly to_s: number;
  readonly ending: string;
  readonly file: string;
  readonly bytes: number;
  readonly arcs: readonly ArcIndex[];
  readonly channels: readonly ChannelIndex[];
  /** Earth and sky, a sample every ten minutes or so: t_s; quaternion ITRF to GCRF (w, x, y, z); Sun and Moon from the
   * middle of the Earth in km, GCRF (3 + 3): eleven columns. */
  readonly sky: Block;
}

/** A bar on the timeline. `track` is one of the ids in `Scene.tracks`. */
export interface Bar {
  readonly track: string;
  readonly from_s: number;
  readonly to_s: number;
  readonly kind: string;
  readonly label: Text;
  /** Who this is about, where the track does not say it. */
  readonly who?: readonly string[];
  /** A person's task: how the body is held in it. */
  readonly pose?: Pose;
}

/** On the way out of a hatch or in, at work, letting go, with a camera up, or both at one thing. */
export type Pose = 'out' | 'in' | 'work' | 'rest' | 'film' | 'both';

export interface Track {
  readonly id: string;
  readonly kind: 'phase' | 'light' | 'link' | 'television' | 'person' | 'item' | 'consumable' | 'rules';
  readonly label: Text;
  /** For a person: the id; for a consumable: names of channels. */
  readonly of?: readonly string[];
}

export interface SceneEvent {
  readonly t_s: number;
  readonly name: string;
  readonly subject: string;
  readonly step: string;
  readonly title: Text;
  /** One sentence that says what happens, for the caption and the screen reader; never words of real people. */
  readonly sentence: Text;
  /** What previous and next event stop at, and what the director turns to: 1 the whole mission, 2 a phase, 3 detail. */
  readonly rank: 1 | 2 | 3;
  readonly facts: readonly { readonly label: Text; readonly value: Text }[];
}

export interface VerdictRow {
  readonly rule: string;
  readonly title: Text;
  readonly status: 'pass' | 'fail' | 'unknown';
  readonly from_s: number;
  readonly to_s: number;
  readonly message: Text;
  /** The channel, fact or table that was judged; plots draw `limit` into the channel of this name. */
  readonly evidence: string;
  /** As the rule counts them, in `unit` (which may be km or kPa where the channel has m or Pa). */
  readonly value?: number;
  readonly limit?: number;
  /** What is left until the limit; below zero where the rule is broken. */
  readonly margin?: number;
  readonly unit?: string;
  readonly source: string;
}

export interface CraftIndex {
  readonly id: string;
  readonly name: Text;
  readonly kind: 'station' | 'ship';
  /** Which model draws it: `iss-2013-11`, `soyuz-tma-m`; one that the page does not know becomes a labelled box. */
  readonly model: string;
  /** Which rocket carries it up, where the flight has a launch. */
  readonly launcher?: string;
}

export interface PersonIndex {
  readonly id: string;
  readonly name: Text;
  /** The name on a camera's button: the family name. */
  readonly short: Text;
  /** 1 or 2 for the walkers in order, 0 for the others. */
  readonly walker: 0 | 1 | 2;
  readonly suit?: string;
  /** The whole picture of the camera on the helmet. */
  readonly camera?: { readonly across_deg: number; readonly down_deg: number };
}

/** From `from_s` on, `who` is at `where` (a craft, a volume, "ground" or "outside"). */
export interface Stay {
  readonly who: string;
  readonly from_s: number;
  readonly where: string;
  readonly label: Text;
}

/** From `from_s` on, `item` is with `holder`: a person, a craft, a volume or a place. */
export interface Holding {
  readonly item: string;
  readonly from_s: number;
  readonly holder: string;
  readonly label: Text;
  readonly why: Text;
}

/** A ship is at a port of the station from `from_s` to `to_s`. */
export interface Joined {
  readonly ship: string;
  readonly port: string;
  readonly from_s: number;
  readonly to_s: number;
  /** Its reference point in station axes, and the quaternion (w, x, y, z) that takes station components to the body. */
  readonly position_m: readonly [number, number, number];
  readonly attitude: readonly [number, number, number, number];
}

/** A craft stands still on the Earth (on its pad, after its landing) from `from_s` to `to_s`: ITRF, metres. */
export interface Standing {
  readonly craft: string;
  readonly from_s: number;
  readonly to_s: number;
  readonly position_m: readonly [number, number, number];
  readonly attitude: readonly [number, number, number, number];
}

export interface Port {
  readonly id: string;
  readonly name: Text;
  readonly position_m: readonly [number, number, number];
  readonly axis: readonly [number, number, number];
}

/** A solid of the station's outside, station axes: a cylinder along x, y or z, or a box. */
export interface Solid {
  readonly id: string;
  readonly kind: 'cylinder' | 'box';
  readonly centre_m: readonly [number, number, number];
  readonly axis: 'x' | 'y' | 'z';
  readonly length_m: number;
  readonly diameter_m: number;
  readonly size_m: readonly [number, number, number];
}

export interface Spot {
  readonly id: string;
  readonly name: Text;
  readonly position_m: readonly [number, number, number];
}

export interface Place {
  readonly id: string;
  readonly name: Text;
  readonly kind: string;
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  /** Height of the ground over the ellipsoid, where a craft of the flight stands on it. */
  readonly height_m?: number;
}

/** A photo or television moment found by the planner: the gallery shows what each camera sees then. */
export interface Shot {
  readonly id: string;
  readonly t_s: number;
  readonly to_s: number;
  /** Whose helmet camera takes it. */
  readonly by: string;
  readonly subject: string;
  readonly kind: string;
  readonly title: Text;
  readonly sun_deg: number;
  readonly distance_m: number;
  readonly place: Text;
}

/** A clock beside UTC. */
export interface ClockIndex {
  readonly id: 'met' | 'pet' | 'zone';
  readonly label: Text;
  /** Zero of MET and PET; for a zone: 0. */
  readonly from_s: number;
  readonly to_s: number;
  /** Hours ahead of UTC (zone). */
  readonly ahead_h: number;
}

export interface Scene {
  readonly format: 1;
  readonly id: string;
  readonly title: Text;
  readonly start_utc: string;
  /** End of what is written so far. */
  readonly end_s: number;
  readonly complete: boolean;
  /** Leap seconds inside the flight: from t_s on, UTC lags by so much more. */
  readonly leaps: readonly { readonly t_s: number; readonly by_s: number }[];
  readonly clocks: readonly ClockIndex[];
  readonly craft: readonly CraftIndex[];
  readonly people: readonly PersonIndex[];
  readonly items: readonly { readonly id: string; readonly name: Text; readonly model: string }[];
  readonly station: {
    readonly ports: readonly Port[];
    readonly solids: readonly Solid[];
    readonly rails_m: readonly (readonly [number, number, number])[];
    readonly hatches: readonly Spot[];
    /** Where people work outside: wished places, near the hull. */
    readonly worksites: readonly Spot[];
  };
  readonly places: readonly Place[];
  readonly legs: readonly LegIndex[];
  readonly tracks: readonly Track[];
  readonly bars: readonly Bar[];
  readonly events: readonly SceneEvent[];
  readonly verdicts: readonly VerdictRow[];
  readonly stays: readonly Stay[];
  readonly holdings: readonly Holding[];
  readonly joined: readonly Joined[];
  readonly standing: readonly Standing[];
  readonly shots: readonly Shot[];
  readonly made_by: string;
}
