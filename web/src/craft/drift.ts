/**
 * Parts that were shed: they go on with the speed that the craft had and fall freely, pushed off a little, tumbling.
 * A picture, not a computed path: no air, a push and a spin by eye. Only the instant of parting is the flight's.
 */
import { Group, Quaternion, Vector3 } from 'three';
import type { Object3D } from 'three';
import type { CraftNow, Triple } from '../flight/now';
import type { Flown, Frame } from '../stage/layer';
import { fromFocus, quaternionOf, vectorOf } from './world';

const EARTH_M3_S2 = 3.986004418e14;
const FAR_M = 25e3;

export interface Shed {
  readonly part: Object3D;
  readonly at_s: number;
  /** How long it is worth drawing. */
  readonly for_s: number;
  /** In the model's own axes: the middle it tumbles about, m; the push, m/s; the axis and rate of tumbling, rad/s. */
  readonly middle: Vector3;
  readonly push: Vector3;
  readonly axis: Vector3;
  readonly rate: number;
}

/** How the craft flew at an event; kept once its leg is here. */
export class Memory {
  private readonly known = new Map<number, CraftNow>();

  constructor(private readonly flight: Flown, private readonly craft: string) {}

  at(t_s: number): CraftNow | undefined {
    const known = this.known.get(t_s);
    if (known || !Number.isFinite(t_s)) return known;
    const found = this.flight.now(t_s).craft.get(this.craft);
    if (found) this.known.set(t_s, found);
    return found;
  }
}

/** `modelToBody` and `foot` say how the model stood in the craft's axes when the part came off. */
export function drift(shed: Shed, memory: Memory, frame: Frame, modelToBody: Quaternion, foot: Vector3): void {
  const { part, at_s, for_s } = shed, since = frame.now.t_s - at_s;
  const craft = since >= 0 && since < for_s ? memory.at(at_s) : undefined;
  const place = craft && fromFocus(falling(craft, since), frame);
  part.visible = place !== undefined && place.distanceTo(frame.camera.position) < FAR_M;
  if (!part.visible || !craft || !place) return;
  const body = quaternionOf(craft.turn), still = body.clone().multiply(modelToBody);
  const turning = still.clone().multiply(new Quaternion().setFromAxisAngle(shed.axis, shed.rate * since));
  const middle = shed.middle.clone().addScaledVector(shed.push, since).applyQuaternion(still);
  part.quaternion.copy(turning);
  part.position.copy(place).add(foot.clone().applyQuaternion(body)).add(middle)
    .sub(shed.middle.clone().applyQuaternion(turning));
}

function falling({ position_m, velocity_m_s }: CraftNow, since: number): Triple {
  const place = vectorOf(position_m), r = place.length();
  const pull = (-EARTH_M3_S2 / r ** 3) * 0.5 * since * since;
  return [0, 1, 2].map((k) => position_m[k]! + velocity_m_s[k]! * since + pull * position_m[k]!) as unknown as Triple;
}

/** A group that holds one part, so that tumbling does not touch the part's own placing. */
export function loose(part: Object3D): Group {
  const group = new Group();
  group.visible = false;
  return group.add(part);
}
