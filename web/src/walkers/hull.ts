/** The station's hulls as distances: how far a point is from them, and which way leads out. Station axes, metres. */
import { Vector3 } from 'three';
import type { Solid } from '../flight/scene';

const AXES = { x: 0, y: 1, z: 2 } as const;
/** Step of the difference that gives a hull's outward direction. */
const STEP_M = 1e-3;
/** Where two hulls meet, directions pass from one to the other over about this distance. */
const MEET_M = 0.12;

/** Negative inside. */
export function gap_m(solid: Solid, at: Vector3): number {
  const from = at.clone().sub(new Vector3(...solid.centre_m));
  if (solid.kind === 'box') return boxGap(from, new Vector3(...solid.size_m).multiplyScalar(0.5));
  const axis = AXES[solid.axis], along = Math.abs(from.getComponent(axis)) - solid.length_m / 2;
  const across = from.setComponent(axis, 0).length() - solid.diameter_m / 2;
  return Math.min(Math.max(along, across), 0) + Math.hypot(Math.max(along, 0), Math.max(across, 0));
}

function boxGap(from: Vector3, half: Vector3): number {
  const [x, y, z] = [Math.abs(from.x) - half.x, Math.abs(from.y) - half.y, Math.abs(from.z) - half.z];
  return Math.min(Math.max(x, y, z), 0) + Math.hypot(Math.max(x, 0), Math.max(y, 0), Math.max(z, 0));
}

/** Solar wings are told as boxes through the hull; what turns begins farther out, and people keep away from it. */
const THINNEST_M = 0.5;

export class Hull {
  private readonly solids: readonly Solid[];

  constructor(solids: readonly Solid[]) {
    this.solids = solids.filter((solid) => solid.kind !== 'box' || Math.min(...solid.size_m) > THINNEST_M);
  }

  /** The solid next to a point. */
  nearest(at: Vector3): { readonly solid: Solid; readonly gap_m: number } | undefined {
    let best: { solid: Solid; gap_m: number } | undefined;
    for (const solid of this.solids) {
      const gap = gap_m(solid, at);
      if (!best || gap < best.gap_m) best = { solid, gap_m: gap };
    }
    return best;
  }

  gap_m(at: Vector3): number {
    return this.nearest(at)?.gap_m ?? Infinity;
  }

  /** Unit vector away from the nearest hull. */
  out(at: Vector3): Vector3 {
    const solid = this.nearest(at)?.solid;
    if (!solid) return new Vector3(0, 0, 1);
    const slope = (step: Vector3): number => gap_m(solid, at.clone().add(step)) - gap_m(solid, at.clone().sub(step));
    const out = new Vector3(
      slope(new Vector3(STEP_M, 0, 0)), slope(new Vector3(0, STEP_M, 0)), slope(new Vector3(0, 0, STEP_M)),
    );
    return out.lengthSq() > 0 ? out.normalize() : new Vector3(0, 0, 1);
  }

  /** The axis of the hull beside a point; where two hulls meet one passes into the other. */
  softAxis(at: Vector3): Vector3 {
    const sum = new Vector3();
    for (const solid of this.solids) {
      const axis = AXES[solid.axis], near = Math.exp(-gap_m(solid, at) / MEET_M);
      sum.setComponent(axis, sum.getComponent(axis) + near);
    }
    return sum.normalize();
  }

  /** Direction of a round hull's axis: handrails lie along it. */
  axis(at: Vector3): Vector3 {
    return new Vector3().setComponent(AXES[this.nearest(at)?.solid.axis ?? 'x'], 1);
  }
}
