/** Lines about the station: corridors before its ports, the zones that guard it, rails and hatches. */
import { Vector3 } from 'three';
import { nearShip, portOf } from '../../cameras/docking';
import { outward } from '../../cameras/solids';
import type { Port } from '../../flight/scene';
import type { LayerMaker } from '../../stage/layer';
import { ring, wireLayer, type Wire } from './wires';

/** The corridor is drawn as a cone of this half angle and length; common figures, not a rule of this flight. */
const CORRIDOR_HALF_ANGLE = 10 * Math.PI / 180;
const CORRIDOR_M = 220;
/** Radius of the sphere and half axes of the approach ellipsoid (4 x 2 x 2 km in all: along the flight, across, up). */
const SPHERE_M = 200;
const ELLIPSOID_M = [2000, 1000, 1000] as const;
const HATCH_M = 0.55;

const CORRIDOR = '#56b4e9';
const ZONE = '#93a3b2';
const RAIL = '#e3d05a';

/** Of the port that a ship comes to or leaves; while none is near, of every port. */
export const makeCorridors: LayerMaker = (scene) => {
  const { ports } = scene.station;
  return wireLayer(scene, 'corridor', ports.map(corridorOf), (frame, index) => {
    const ship = nearShip(scene, frame.now);
    const port = ship && portOf(scene, frame.now, ship.id);
    return !port || port.id === ports[index]?.id;
  });
};

function corridorOf(port: Port): Wire {
  const [tip, axis] = [new Vector3(...port.position_m), new Vector3(...port.axis)];
  const across = Math.abs(axis.x) < 0.8 ? new Vector3(1, 0, 0) : new Vector3(0, 1, 0);
  const along = axis.clone().cross(across);
  const spread = Math.tan(CORRIDOR_HALF_ANGLE);
  const rings = [0.1, 0.25, 0.5, 1].flatMap((share) => {
    const away = share * CORRIDOR_M;
    const middle = tip.clone().addScaledVector(axis, away);
    return ring(middle, across.clone().multiplyScalar(away * spread), along.clone().multiplyScalar(away * spread), 48);
  });
  const sides = Array.from({ length: 8 }, (_, k) => {
    const turn = k * Math.PI / 4;
    const side = across.clone().multiplyScalar(Math.cos(turn)).addScaledVector(along, Math.sin(turn));
    return [tip, tip.clone().addScaledVector(axis, CORRIDOR_M).addScaledVector(side, CORRIDOR_M * spread)];
  });
  return { points: [...rings, ...sides.flat()], colour: CORRIDOR, opacity: 0.55 };
}

export const makeZones: LayerMaker = (scene) => wireLayer(scene, 'zones', [
  { points: cage(new Vector3(SPHERE_M, SPHERE_M, SPHERE_M)), colour: ZONE, opacity: 0.7 },
  { points: cage(new Vector3(...ELLIPSOID_M)), colour: ZONE, opacity: 0.45 },
]);

/** Three rings through the axes and two more each side: enough to see a rounded body. */
function cage(half: Vector3): Vector3[] {
  const [x, y, z] = [new Vector3(half.x, 0, 0), new Vector3(0, half.y, 0), new Vector3(0, 0, half.z)];
  const sliced = [-0.75, -0.4, 0.4, 0.75].flatMap((share) => {
    const thin = (half_axis: Vector3): Vector3 => half_axis.clone().multiplyScalar(Math.sqrt(1 - share * share));
    return ring(x.clone().multiplyScalar(share), thin(y), thin(z), 72);
  });
  const middle = new Vector3();
  return [...ring(middle, x, y, 96), ...ring(middle, x, z, 96), ...ring(middle, y, z, 96), ...sliced];
}

/** Each place that a hand can hold as a short stroke off the hull, and each hatch as a ring. */
export const makeRails: LayerMaker = (scene) => {
  const { rails_m, hatches, solids } = scene.station;
  const strokes = rails_m.flatMap((place) => {
    const at = new Vector3(...place);
    return [at, at.clone().addScaledVector(outward(solids, at), 0.16)];
  });
  const rims = hatches.flatMap(({ position_m }) => {
    const at = new Vector3(...position_m);
    const out = outward(solids, at);
    const across = Math.abs(out.z) < 0.8 ? new Vector3(0, 0, 1) : new Vector3(1, 0, 0);
    const along = out.clone().cross(across).setLength(HATCH_M);
    return ring(at, across.addScaledVector(out, -across.dot(out)).setLength(HATCH_M), along, 40);
  });
  return wireLayer(scene, 'rails', [
    { points: strokes, colour: RAIL, opacity: 0.9 }, { points: rims, colour: RAIL, opacity: 0.95 },
  ]);
};
