/** Everything that is true at one instant, interpolated once for each picture; all parts of the page read this. */

/** Three numbers in double precision; three.js vectors are doubles too, but these say what they mean. */
export type Triple = readonly [number, number, number];
/** Quaternion (x, y, z, w) as in three.js: it turns body components into the parent's (GCRF, or station axes). */
export type Turn = readonly [number, number, number, number];

export interface CraftNow {
  readonly id: string;
  /** GCRF, metres from the middle of the Earth. */
  readonly position_m: Triple;
  readonly velocity_m_s: Triple;
  /** Body to GCRF. Body x is the nose of a ship; the station's axes are x forward, y starboard, z nadir. */
  readonly turn: Turn;
  /** NaN for a craft that does not fly by itself (docked, on its pad). */
  readonly mass_kg: number;
  /** The port it is docked at. */
  readonly port?: string;
  /** Where it is over the Earth. */
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  readonly height_m: number;
}

export interface PersonNow {
  readonly id: string;
  /** Where the hands are, in station axes, and how the body is turned (suit to station axes); absent when inside. */
  readonly outside?: { readonly position_m: Triple; readonly velocity_m_s: Triple; readonly turn: Turn };
  readonly where: string;
}

export interface Now {
  readonly t_s: number;
  readonly utc_ms: number;
  /** ITRF to GCRF. */
  readonly earth: Turn;
  /** From the middle of the Earth, km, GCRF. */
  readonly sun_km: Triple;
  readonly moon_km: Triple;
  /** Craft whose path is known at this instant, docked ones included. */
  readonly craft: ReadonlyMap<string, CraftNow>;
  readonly people: ReadonlyMap<string, PersonNow>;
  /** Item to holder. */
  readonly holders: ReadonlyMap<string, string>;
  /** The step being flown. */
  readonly step: string;
  readonly phase: string;
}
