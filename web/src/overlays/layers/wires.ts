/** Thin lines in the near world, fixed to the station: metres in its axes. */
import { BufferGeometry, Group, LineBasicMaterial, LineSegments, Vector3 } from 'three';
import { between, turnOf } from '../../cameras/space';
import { stationNow } from '../../cameras/subject';
import type { Scene } from '../../flight/scene';
import type { Frame, Layer } from '../../stage/layer';

export interface Wire {
  /** Ends of straight pieces, two by two. */
  readonly points: readonly Vector3[];
  readonly colour: string;
  readonly opacity?: number;
}

/** An ellipse about a middle, in the plane of its two half axes, as straight pieces. */
export function ring(middle: Vector3, across: Vector3, along: Vector3, parts = 64): Vector3[] {
  const at = (k: number): Vector3 => {
    const turn = 2 * Math.PI * k / parts;
    return middle.clone().addScaledVector(across, Math.cos(turn)).addScaledVector(along, Math.sin(turn));
  };
  return Array.from({ length: parts }, (_, k) => [at(k), at(k + 1)]).flat();
}

/** A layer of wires that ride on the station and are shown when their switch is on: all of them, or those chosen. */
export function wireLayer(
  scene: Scene, id: string, wires: readonly Wire[], chosen?: (frame: Frame, index: number) => boolean,
): Layer {
  const group = new Group();
  group.visible = false;
  for (const { points, colour, opacity = 0.8 } of wires) {
    const material = new LineBasicMaterial({
      color: colour, transparent: true, opacity, depthWrite: false, toneMapped: false,
    });
    group.add(new LineSegments(new BufferGeometry().setFromPoints([...points]), material));
  }
  return {
    id,
    near: group,
    update(frame) {
      const station = stationNow(scene, frame.now);
      const focus = frame.now.craft.get(frame.focus);
      group.visible = frame.shown.has(id) && station !== undefined && focus !== undefined;
      if (!station || !focus || !group.visible) return;
      group.children.forEach((wire, index) => {
        wire.visible = chosen?.(frame, index) ?? true;
      });
      group.position.copy(between(focus, station));
      group.quaternion.copy(turnOf(station.turn));
    },
    dispose() {
      for (const child of group.children) {
        if (!(child instanceof LineSegments)) continue;
        child.geometry.dispose();
        (child.material as LineBasicMaterial).dispose();
      }
    },
  };
}
