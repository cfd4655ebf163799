/** How craft stand in the near world: places are subtracted in double precision, before anything is a float. */
import { Quaternion, Vector3 } from 'three';
import type { Object3D } from 'three';
import type { CraftNow, Triple, Turn } from '../flight/now';
import type { Scene } from '../flight/scene';
import type { Frame } from '../stage/layer';

/** Beyond this the near pass ends; farther craft are points in the sky, drawn by others, and so are specks. */
const NEAR_WORLD_M = 30e3;
const HULL_M = 20;
const SPECK_PX = 1.4;

export const vectorOf = ([x, y, z]: Triple): Vector3 => new Vector3(x, y, z);
export const quaternionOf = ([x, y, z, w]: Turn): Quaternion => new Quaternion(x, y, z, w);

/** From the origin of the near world, metres; nothing when the focus has no place. */
export function fromFocus(position_m: Triple, frame: Frame): Vector3 | undefined {
  const focus = frame.now.craft.get(frame.focus);
  if (!focus) return undefined;
  const [x, y, z] = focus.position_m;
  return new Vector3(position_m[0] - x, position_m[1] - y, position_m[2] - z);
}

/** Put a model where its craft is and turn it; hides it and says false when it cannot be seen from here. */
export function standAt(model: Object3D, craft: CraftNow | undefined, frame: Frame): boolean {
  const place = craft && fromFocus(craft.position_m, frame);
  model.visible = place !== undefined && craft !== undefined && near(craft, frame);
  if (!model.visible || !place || !craft) return false;
  model.position.copy(place);
  model.quaternion.copy(quaternionOf(craft.turn));
  return true;
}

function near(craft: CraftNow, frame: Frame): boolean {
  const distance_m = frame.lens.distanceTo(craft);
  if (frame.lens.pixelsOf(HULL_M, distance_m) < SPECK_PX) return false;
  return craft.id === frame.focus || distance_m < NEAR_WORLD_M;
}

/** The first instant of an event; Infinity when the flight has none, so that it is never reached. */
export function instantOf(scene: Scene, name: string, subject?: string): number {
  return scene.events.find((e) => e.name === name && (subject === undefined || e.subject === subject))?.t_s ?? Infinity;
}

/** Spans between the start and the end of an event's two halves, in order. */
export function spansOf(scene: Scene, start: string, end: string, subject: string): [number, number, string][] {
  const spans: [number, number, string][] = [];
  const ends = scene.events.filter((e) => e.name === end && e.subject === subject);
  for (const event of scene.events) {
    if (event.name !== start || event.subject !== subject) continue;
    const until = ends.find((e) => e.t_s >= event.t_s)?.t_s ?? Infinity;
    spans.push([event.t_s, until, event.step]);
  }
  return spans;
}

/** From 0 at `from` to 1 at `to`, without a jerk. */
export function glide(t: number, from: number, to: number): number {
  if (t <= from || t >= to) return t <= from ? 0 : 1;
  const share = (t - from) / (to - from);
  return share * share * (3 - 2 * share);
}
