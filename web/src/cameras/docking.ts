/** The ship's own docking camera: beside the docking mechanism, along the nose, at the port's target. */
import { Quaternion, Matrix4, Vector3 } from 'three';
import type { CraftNow, Now } from '../flight/now';
import type { Port, Scene } from '../flight/scene';
import type { Camera, Sight, Wish } from './camera';
import { between, clamp, degrees, ofBody, toBody, turnOf, vector } from './space';
import { freeShips, stationNow } from './subject';

/** In the ship's body (x is the nose) from its reference point: beside the orbital module, behind the docking plane. */
const EYE_BODY_M = new Vector3(3.35, 0, 0.93);
/** From the ship's centre to its docking plane at contact. */
const REACH_M = 3.7;
const FIELD_DEG = 18;
const SEEN_M = 20000;
/** Camera axes in the ship's body: it looks along x, the top of its picture is z. */
const MOUNT = new Quaternion().setFromRotationMatrix(
  new Matrix4().makeBasis(new Vector3(0, -1, 0), new Vector3(0, 0, 1), new Vector3(-1, 0, 0)),
);

/** What the cross-hairs' figures say. */
export interface DockingReading {
  readonly port: Port;
  /** From the ship's docking plane to the port's. */
  readonly range_m: number;
  /** Negative while coming nearer. */
  readonly rate_m_s: number;
  /** Sideways from the port's axis, in the camera's picture: right and up. */
  readonly off_m: readonly [number, number];
  /** Between the ship's nose and the port's axis. */
  readonly tilt_deg: number;
  /** About the nose: 0 as it will stand docked. */
  readonly roll_deg: number;
}

export function makeDocking(scene: Scene): Camera {
  return {
    id: 'docking',
    label: { en: 'Docking', ru: 'Стыковка' },
    works: (now) => nearShip(scene, now) !== undefined,
    otherwise: {
      en: 'No ship is near the port now: the docking camera shows nothing.',
      ru: 'Сейчас у причала нет корабля: стыковочной камере нечего показать.',
    },
    sight(now, wish) {
      const ship = nearShip(scene, now);
      const station = stationNow(scene, now);
      if (!ship || !station) throw new Error('no ship near the station now');
      return alongNose(ship, station, wish);
    },
  };
}

/** The free ship within sight of the station. */
export function nearShip(scene: Scene, now: Now): CraftNow | undefined {
  const station = stationNow(scene, now);
  if (!station || now.phase === 'ascent') return undefined;
  return freeShips(scene, now).find((ship) => between(station, ship).length() < SEEN_M);
}

function alongNose(ship: CraftNow, station: CraftNow, wish: Wish): Sight {
  return {
    focus: station.id,
    eye_m: ofBody(ship, EYE_BODY_M).add(between(station, ship)),
    turn: turnOf(ship.turn).multiply(MOUNT),
    field_deg: clamp(FIELD_DEG / wish.zoom, 4, 60),
    hidden: [ship.id],
    away_m: between(ship, station).length(),
    overlay: 'docking',
  };
}

/** The port a ship comes to or has left: the one it is joined to next, or was last. */
export function portOf(scene: Scene, now: Now, ship: string): Port | undefined {
  const stays = scene.joined.filter((joined) => joined.ship === ship);
  const next = stays.find((joined) => joined.from_s >= now.t_s - 1);
  const last = stays.filter((joined) => joined.to_s <= now.t_s + 1).at(-1);
  const id = (next ?? last)?.port;
  return scene.station.ports.find((port) => port.id === id);
}

/** The figures of the docking camera, or nothing when no ship is near a known port. */
export function dockingReading(scene: Scene, now: Now): DockingReading | undefined {
  const ship = nearShip(scene, now);
  const station = stationNow(scene, now);
  const port = ship && portOf(scene, now, ship.id);
  if (!ship || !station || !port) return undefined;
  const axis = new Vector3(...port.axis);
  const nose = toBody(station, ofBody(ship, new Vector3(1, 0, 0)));
  const place = toBody(station, between(station, ship));
  const tip = place.clone().addScaledVector(nose, REACH_M).sub(new Vector3(...port.position_m));
  const speed = toBody(station, vector(ship.velocity_m_s).sub(vector(station.velocity_m_s)));
  speed.sub(carried(station, place));
  const off = tip.clone().addScaledVector(axis, -tip.dot(axis)).negate();
  const inShip = toBody(ship, ofBody(station, off));
  return {
    port,
    range_m: tip.dot(axis),
    rate_m_s: speed.dot(axis),
    off_m: [-inShip.y, inShip.z],
    tilt_deg: degrees(Math.acos(clamp(-nose.dot(axis), -1, 1))),
    roll_deg: rollOf(ship, station, axis),
  };
}

/** The station's axes turn once an orbit: what a point fixed to them seems to move by, in those axes. */
function carried(station: CraftNow, place: Vector3): Vector3 {
  const position = vector(station.position_m);
  const spin = position.clone().cross(vector(station.velocity_m_s)).divideScalar(position.lengthSq());
  return toBody(station, spin).cross(place);
}

/** How far the ship's own "up" is turned about its nose from where it stands when docked (starboard of the station, or
 * down for ports that look along the flight). */
function rollOf(ship: CraftNow, station: CraftNow, axis: Vector3): number {
  const home = Math.abs(axis.y) < 0.5 && Math.abs(axis.z) > 0.5 ? new Vector3(0, 1, 0) : new Vector3(0, 0, 1);
  const seen = toBody(ship, ofBody(station, home));
  return degrees(Math.atan2(seen.y, seen.z));
}
