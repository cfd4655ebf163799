/** Ships, free and docked. Place and attitude are the flight's; only the half metre of the probe is drawn in. */
import { Group, SpotLight, Vector3 } from 'three';
import type { CraftIndex, Joined, Scene } from '../flight/scene';
import { disposeGeometry } from '../models/kit/builder';
import { materialsFor } from '../models/kit/materials';
import type { Materials } from '../models/kit/materials';
import { COLLAR_M, PROBE_M, SOYUZ_POINTS } from '../models/soyuz/axes';
import { makeSoyuz } from '../models/soyuz/soyuz';
import { labelledBox } from '../models/station/plain';
import type { Frame, Layer, LayerMaker } from '../stage/layer';
import { glide, instantOf, quaternionOf, standAt } from './world';

/** After contact the probe draws the ship to the port; when it leaves, springs push it off. Times: about as flown. */
const DRAW_IN_S = 240;
const PUSH_OFF_S = 12;
/** The arrays spring open soon after the ship has left its rocket. */
const UNFOLD_S = 7;
/** The headlight is lit for the last metres. */
const HEADLIGHT_FROM_M = 200;

export const shipsLayer: LayerMaker = (scene, quality) => new ShipsLayer(scene, materialsFor(quality));

class ShipsLayer implements Layer {
  readonly id = 'ships';
  readonly near = new Group();
  private readonly ships: Ship[];
  private readonly models: Models;
  private readonly headlight = new SpotLight(0xfff4e0, 900, 70, 0.18, 0.6, 2);

  constructor(private readonly scene: Scene, materials: Materials) {
    this.models = new Models(materials);
    const ships = scene.craft.filter((craft) => craft.kind === 'ship');
    this.ships = ships.map((craft) => new Ship(scene, craft, this.models));
    for (const ship of this.ships) this.near.add(ship.model);
    this.headlight.visible = false;
    this.near.add(this.headlight, this.headlight.target);
  }

  update(frame: Frame): void {
    for (const ship of this.ships) ship.update(frame);
    this.aimHeadlight(frame);
  }

  dispose(): void {
    this.models.dispose();
  }

  private aimHeadlight(frame: Frame): void {
    const arriving = this.ships.find((ship) => ship.toPort_m(this.scene, frame) < HEADLIGHT_FROM_M);
    this.headlight.visible = arriving !== undefined;
    if (!arriving) return;
    // Dimmed as the port comes near, as a camera's iris would.
    this.headlight.intensity = 900 * Math.min(1, (1 + arriving.toPort_m(this.scene, frame)) / 60);
    const { position, quaternion } = arriving.model;
    const from = SOYUZ_POINTS.headlights[0]!.clone();
    this.headlight.position.copy(from.clone().applyQuaternion(quaternion).add(position));
    this.headlight.target.position.copy(from.add(new Vector3(40, 0, -0.4)).applyQuaternion(quaternion).add(position));
    this.headlight.target.updateMatrixWorld();
  }
}

/** Each kind of ship is built once, when first seen; ships of a kind share its geometry. */
class Models {
  private readonly built = new Map<string, Group>();

  constructor(private readonly materials: Materials) {}

  get(craft: CraftIndex, probeOut: boolean, wingsOut: boolean): Group {
    const known = craft.model.startsWith('soyuz');
    const key = known ? `soyuz ${probeOut} ${wingsOut}` : craft.id;
    let model = this.built.get(key);
    if (!model) {
      model = known ? makeSoyuz(this.materials, probeOut, wingsOut) : labelledBox(craft.name, 7, 2.7, 2.7);
      this.built.set(key, model);
    }
    return model.clone();
  }

  dispose(): void {
    for (const model of this.built.values()) disposeGeometry(model);
  }
}

class Ship {
  readonly model = new Group();
  private readonly joined: readonly Joined[];
  private readonly aboard_until_s: number;
  private readonly apart_s: number;
  private look = '';

  constructor(scene: Scene, private readonly craft: CraftIndex, private readonly models: Models) {
    this.joined = scene.joined.filter((one) => one.ship === craft.id);
    this.aboard_until_s = craft.launcher ? instantOf(scene, 'insertion', craft.id) : -Infinity;
    this.apart_s = instantOf(scene, 'module_separation', craft.id);
    this.model.name = craft.id;
  }

  update(frame: Frame): void {
    const { t_s, craft } = frame.now;
    const own = t_s >= this.aboard_until_s && t_s < this.apart_s && !frame.sight.hidden.includes(this.craft.id);
    if (!own || !standAt(this.model, craft.get(this.craft.id), frame)) {
      this.model.visible = false;
      return;
    }
    this.dressFor(t_s);
    const drawnIn = (PROBE_M - COLLAR_M) * this.drawnIn(t_s);
    this.model.position.add(new Vector3(drawnIn, 0, 0).applyQuaternion(this.model.quaternion));
    this.model.updateMatrixWorld();
  }

  /** How far a ship that is drawn still has to go to its port; Infinity when it goes to none. */
  toPort_m(scene: Scene, frame: Frame): number {
    const ship = frame.now.craft.get(this.craft.id);
    const station = frame.now.craft.get(scene.craft.find((one) => one.kind === 'station')?.id ?? '');
    const next = this.joined.find((one) => one.from_s > frame.now.t_s);
    if (!ship || !station || !next || ship.port || !this.model.visible) return Infinity;
    const berth = new Vector3(...next.position_m).applyQuaternion(quaternionOf(station.turn));
    const [x, y, z] = station.position_m, [sx, sy, sz] = ship.position_m;
    return berth.distanceTo(new Vector3(sx - x, sy - y, sz - z));
  }

  private dressFor(t_s: number): void {
    const probeOut = this.joined.some((one) => t_s < one.from_s + DRAW_IN_S / 2 && one.from_s > 0);
    const wingsOut = t_s >= this.aboard_until_s + UNFOLD_S;
    const look = `${probeOut} ${wingsOut}`;
    if (look === this.look) return;
    this.look = look;
    this.model.clear();
    this.model.add(this.models.get(this.craft, probeOut, wingsOut));
  }

  /** 0 while the probe is out, 1 with the collar at the port. */
  private drawnIn(t_s: number): number {
    for (const { from_s, to_s } of this.joined) {
      if (t_s < from_s || t_s > to_s + PUSH_OFF_S) continue;
      const here = from_s > 0 ? glide(t_s, from_s + 10, from_s + DRAW_IN_S) : 1;
      return here * (1 - glide(t_s, to_s, to_s + PUSH_OFF_S));
    }
    return 0;
  }
}
