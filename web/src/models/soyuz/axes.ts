/**
 * How the Soyuz is written down. Its parts are drawn in hull axes: z runs from the docking plane (z = 0) to the engine,
 * x through the two arrays, y away from the periscope. Body axes, which the flight's attitude turns, have x through the
 * nose and z on the periscope's side. The body's origin is what the flight moves: 3.7 m behind the head of the probe.
 * Lengths are from general knowledge (7 m long, 2.72 m wide at the skirt, arrays 10.6 m from tip to tip).
 */
import { Matrix4, Vector3 } from 'three';
import { TURN, V } from '../kit/shapes';

/** The docking plane ahead of the body's origin: the probe reaches half a metre beyond it. */
export const COLLAR_M = 3.2;
export const PROBE_M = 3.7;

export const HULL_TO_BODY = new Matrix4().makeBasis(V(0, 1, 0), V(0, 0, -1), V(-1, 0, 0)).setPosition(COLLAR_M, 0, 0);

export const hullToBody = (point: Vector3): Vector3 => point.clone().applyMatrix4(HULL_TO_BODY);

/** The direction in which the hull grows from the docking plane. */
export const AFT = V(0, 0, 1);
export const FORE = V(0, 0, -1);

export const around = (radius: number, angle: number, z: number): Vector3 =>
  V(radius * Math.cos(angle), radius * Math.sin(angle), z);

export const each = (count: number, start = 0): number[] =>
  Array.from({ length: count }, (_, i) => start + (i / count) * TURN);

export const BLANKET = 0x8f9585;
export const JACKET = 0x6e6a5f;
export const SEAM = 0x62675c;
export const STEEL = 0xa8abab;

/** What others hang on the ship, in body axes. */
export const SOYUZ_POINTS = {
  /** The television camera that looks along the nose, and the periscope that looks the same way beside the hull. */
  camera: hullToBody(V(0.02, -0.93, 0.3)),
  periscope: hullToBody(V(0, -1.32, 3.58)),
  headlights: [hullToBody(V(0.52, -0.785, 0.4)), hullToBody(V(-0.52, -0.785, 0.4))],
  collar: V(COLLAR_M, 0, 0),
  probe: V(PROBE_M, 0, 0),
  mainEngine: hullToBody(V(0, 0, 7.18)),
  /** Half of the longest side: how far a camera must stand back. */
  radius: 5.4,
  /** From the body's origin to the middle of the ship. */
  middle: V(COLLAR_M - 3.5, 0, 0),
} as const;

/** Attitude thrusters of the instrument module: place and the way the jet leaves, body axes. */
export const JETS: readonly { readonly at: Vector3; readonly way: Vector3 }[] = [5.14, 6.87].flatMap((z) =>
  each(4).map((angle) => ({
    at: hullToBody(around(z < 6 ? 1.15 : 1.4, angle, z)),
    way: around(1, angle, 0).transformDirection(HULL_TO_BODY),
  })),
);
