/** What a layer of the picture is: a thing in the near world (metres) or in the sky (kilometres) that follows the flight. */
import type { Object3D, PerspectiveCamera, Vector3, WebGLRenderer } from 'three';
import type { Now } from '../flight/now';
import type { Scene } from '../flight/scene';

/** How much the machine can draw. `low`: Lambert, small shadows, few steps; also what tests use. */
export type Quality = 'low' | 'middle' | 'high';

/** How things look from here, worked out by the stage before layers are updated. */
export interface Light {
  /** Unit vectors, GCRF. */
  readonly sun: Vector3;
  readonly moon: Vector3;
  /** Sunlight at the focus: 0 in the Earth's shadow, 1 outside; and the same for the Moon's, by its phase and height. */
  readonly sunlit: number;
  readonly moonlit: number;
  /** Unit vector away from the Earth at the focus. */
  readonly up: Vector3;
  readonly height_m: number;
}

export interface Frame {
  readonly now: Now;
  readonly light: Light;
  /** The craft that the near world is centred on: its axes are GCRF, its origin that craft's reference point. */
  readonly focus: string;
  /** The camera that draws this picture; its place is in the near world's metres. */
  readonly camera: PerspectiveCamera;
  /** Id of that camera (see cameras/). */
  readonly view: string;
  /** Layers switched on by the viewer. */
  readonly shown: ReadonlySet<string>;
  /** Seconds that flow for plumes and flicker; equal to now.t_s, so that a frozen instant always looks the same. */
  readonly flow_s: number;
}

export interface Layer {
  readonly id: string;
  /** Hung into the near world (metres, GCRF axes, origin at the focus). */
  readonly near?: Object3D;
  /** Hung into the sky (kilometres, GCRF axes, the camera at the origin). */
  readonly sky?: Object3D;
  update(frame: Frame): void;
  /** Free what the graphics card holds. */
  dispose?(): void;
}

export type LayerMaker = (scene: Scene, quality: Quality, renderer: WebGLRenderer) => Layer;
