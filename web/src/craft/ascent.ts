/** The rocket from the pad to insertion: what still flies together follows the arc, what was shed drifts away. */
import { Group, Quaternion, Vector3 } from 'three';
import type { CraftIndex } from '../flight/scene';
import { Plume } from '../models/effects/plume';
import { disposeGeometry } from '../models/kit/builder';
import { materialsFor } from '../models/kit/materials';
import type { Materials } from '../models/kit/materials';
import { V } from '../models/kit/shapes';
import { CORE_JET, FIRST_STAGE_JET, FIRST_STAGE_SHELL, THIRD_JET, jetLook } from '../models/rocket/jets';
import * as rocket from '../models/rocket/rocket';
import { makeSoyuz } from '../models/soyuz/soyuz';
import { labelledBox } from '../models/station/plain';
import type { Flown, Frame, Layer, LayerMaker } from '../stage/layer';
import { Memory, drift, loose } from './drift';
import type { Shed } from './drift';
import { ascentOf, footAhead_m } from './rise';
import type { Ascent } from './rise';
import { glide, standAt } from './world';

/** How long the spent third stage is drawn near the ship. */
const AFTER_S = 600;
const IGNITION_S = 15;
/** How far flames are seen below the table before they are lost in smoke. */
const PIT_M = 9;
const TO_BODY = new Quaternion().setFromRotationMatrix(rocket.ROCKET_TO_BODY);

export const ascentLayer: LayerMaker = (scene, quality, _renderer, _changed, flight) => {
  const near = new Group(), risers: Riser[] = [];
  for (const craft of scene.craft) {
    if (!craft.launcher) continue;
    risers.push(new Riser(craft, ascentOf(scene, craft.id), near, materialsFor(quality), flight));
  }
  const layer: Layer = {
    id: 'ascent',
    near,
    update: (frame) => risers.forEach((riser) => riser.update(frame)),
    dispose: () => risers.forEach((riser) => riser.dispose()),
  };
  return layer;
};

/** One ship on its way up. Its rocket is built when it is first seen. */
class Riser {
  private stack: Stack | undefined;
  private readonly memory: Memory;

  constructor(
    private readonly craft: CraftIndex, private readonly ascent: Ascent, private readonly near: Group,
    private readonly materials: Materials, flight: Flown,
  ) {
    this.memory = new Memory(flight, craft.id);
  }

  update(frame: Frame): void {
    const { ascent } = this, t = frame.now.t_s, ship = frame.now.craft.get(ascent.ship);
    const end = Number.isFinite(ascent.insertion_s) ? ascent.insertion_s + AFTER_S : Infinity;
    const body = new Group();
    const seen = t < end && Number.isFinite(ascent.liftoff_s) && standAt(body, ship, frame);
    if (!seen || !ship) {
      this.stack?.hide();
      return;
    }
    this.stack ??= this.build();
    const hidden = frame.sight.hidden.includes(ascent.ship);
    this.stack.stand(body, footAhead_m(ascent, t), t < ascent.insertion_s && !hidden);
    const ground_m = this.memory.at(ascent.liftoff_s)?.height_m ?? 0;
    const room_m = Math.max(PIT_M, ship.height_m - ground_m + PIT_M / 2);
    this.stack.burn(t, ship.height_m, room_m, hidden ? 0 : 1);
    this.stack.shed(this.memory, frame);
  }

  dispose(): void {
    this.stack?.dispose();
  }

  private build(): Stack {
    const known = this.craft.launcher?.startsWith('soyuz');
    const stack = known ? new SoyuzStack(this.materials, this.ascent) : new PlainStack(this.craft);
    this.near.add(stack.group);
    return stack;
  }
}

interface Stack {
  readonly group: Group;
  hide(): void;
  stand(body: Group, foot: number, together: boolean): void;
  /** `room_m` from the nozzles to the ground; `share` 0 hides the flames. */
  burn(t_s: number, height_m: number, room_m: number, share: number): void;
  shed(memory: Memory, frame: Frame): void;
  dispose(): void;
}

/** A rocket that no model is known for. */
class PlainStack implements Stack {
  readonly group = new Group();

  constructor(craft: CraftIndex) {
    const name = craft.launcher ?? craft.id;
    const box = labelledBox({ en: name, ru: name }, 46, 4, 4);
    box.position.x = 23;
    this.group.add(box);
  }

  hide(): void {
    this.group.visible = false;
  }

  stand(body: Group, foot: number, together: boolean): void {
    this.group.visible = together;
    this.group.quaternion.copy(body.quaternion);
    this.group.position.copy(new Vector3(foot, 0, 0).applyQuaternion(body.quaternion).add(body.position));
  }

  burn(): void {}

  shed(): void {}

  dispose(): void {
    disposeGeometry(this.group);
  }
}

interface Piece {
  readonly own: Group;
  readonly shed: Shed;
}

class SoyuzStack implements Stack {
  readonly group = new Group();
  /** In rocket axes, foot at the origin: what still flies together. */
  private readonly together = new Group();
  private readonly pieces: Piece[];
  private readonly ship: Group;
  private readonly boosterJets: Plume;
  private readonly boosterShell: Plume;
  private readonly coreJet: Plume;
  private readonly thirdJet: Plume;

  constructor(materials: Materials, private readonly ascent: Ascent) {
    const parts = rocket.makeRocket(materials);
    this.pieces = piecesOf(parts, ascent);
    this.ship = makeSoyuz(materials, false, false);
    this.ship.quaternion.copy(TO_BODY).invert();
    this.ship.position.y = rocket.SHIP_Y;
    const feet = rocket.BOOSTER_ANGLES.map((angle) => rocket.boosterFoot(angle).setY(0.3));
    this.boosterJets = new Plume(FIRST_STAGE_JET, feet);
    this.boosterShell = new Plume(FIRST_STAGE_SHELL, [V(0, 0.2, 0)]);
    this.coreJet = new Plume(CORE_JET, [V(0, 0.2, 0)]);
    this.thirdJet = new Plume(THIRD_JET, [V(0, rocket.THIRD_NOZZLE_Y, 0)]);
    this.together.add(this.ship, ...this.plumes().map((plume) => plume.group));
    this.group.add(this.together);
  }

  hide(): void {
    this.group.visible = false;
  }

  stand(body: Group, foot: number, together: boolean): void {
    this.group.visible = true;
    this.together.visible = together;
    this.together.quaternion.copy(body.quaternion).multiply(TO_BODY);
    this.together.position.copy(new Vector3(foot, 0, 0).applyQuaternion(body.quaternion).add(body.position));
  }

  burn(t: number, height_m: number, room_m: number, share: number): void {
    const { liftoff_s, boosters_s, core_s, cutoff_s } = this.ascent;
    const look = jetLook(height_m);
    const idle = glide(t, liftoff_s - IGNITION_S, liftoff_s - IGNITION_S + 3);
    const lit = 0.35 * idle + 0.65 * glide(t, liftoff_s - 2, liftoff_s + 3);
    const first = t < boosters_s ? lit * share : 0, core = t < core_s ? lit * share : 0;
    this.boosterJets.set(first * look.power, t, look.spread, room_m);
    this.boosterShell.set(first * look.power, t, look.spread, room_m);
    this.coreJet.set(core * look.power, t, look.spread, room_m);
    this.thirdJet.set(t >= core_s - 1.3 && t < cutoff_s ? share : 0, t);
  }

  shed(memory: Memory, frame: Frame): void {
    const t = frame.now.t_s;
    this.ship.visible = t >= this.ascent.fairing_s;
    for (const { own, shed } of this.pieces) {
      if (t < shed.at_s) {
        if (own.parent !== this.together) this.together.add(own);
        own.position.set(0, 0, 0);
        own.quaternion.identity();
        own.visible = true;
      } else {
        if (own.parent !== this.group) this.group.add(own);
        drift(shed, memory, frame, TO_BODY, V(footAhead_m(this.ascent, shed.at_s), 0, 0));
      }
    }
  }

  dispose(): void {
    for (const plume of this.plumes()) plume.dispose();
    disposeGeometry(this.group);
  }

  private plumes(): Plume[] {
    return [this.boosterJets, this.boosterShell, this.coreJet, this.thirdJet];
  }
}

/** When each part comes off, and how it leaves: pushes and spins by eye, after what films show. */
function piecesOf(parts: rocket.RocketParts, ascent: Ascent): Piece[] {
  const piece = (
    part: Group, at_s: number, for_s: number, middle: Vector3, push: Vector3, axis: Vector3, rate: number,
  ): Piece => {
    const own = loose(part);
    return { own, shed: { part: own, at_s, for_s, middle, push, axis, rate } };
  };
  const boosters = parts.boosters.map((part, i) => {
    const out = rocket.outward(rocket.BOOSTER_ANGLES[i]!), middle = out.clone().multiplyScalar(1.9).setY(8);
    // The Korolev cross: noses swing outwards while all four fall behind.
    const push = out.clone().multiplyScalar(7).setY(-3);
    return piece(part, ascent.boosters_s, 90, middle, push, V(0, 1, 0).cross(out), 0.17);
  });
  const fairing = parts.fairing.map((part, i) => {
    const side = i === 0 ? 1 : -1;
    return piece(part, ascent.fairing_s, 60, V(side, 41, 0), V(side * 6, -1, 0), V(0, 0, -side), 0.3);
  });
  const aft = parts.aftSection.map((part, i) => {
    const angle = ((i + 0.5) * 2 * Math.PI) / 3, out = V(Math.sin(angle), 0, Math.cos(angle));
    const middle = out.clone().setY(29.2);
    return piece(part, ascent.aft_s, 60, middle, out.clone().multiplyScalar(4), V(0, 1, 0).cross(out), 0.5);
  });
  return [
    ...boosters,
    ...fairing,
    ...aft,
    piece(parts.tower, ascent.tower_s, 40, V(0, 47, 0), V(9, 55, 4), V(0, 0, 1), -0.2),
    piece(parts.core, ascent.core_s, 150, V(0, 15, 0), V(0, -3, 0), V(1, 0, 0), 0.02),
    piece(parts.third, ascent.insertion_s, AFTER_S, V(0, 33, 0), V(0, -0.8, 0), V(1, 0, 0.3).normalize(), 0.012),
  ];
}
