/** What a layer of the picture is: a thing in the near world (metres) or the sky (km) that follows the flight. */
import type { Color, Object3D, PerspectiveCamera, Vector3, WebGLRenderer } from 'three';
import type { Sight } from '../cameras/camera';
import type { Now, Triple } from '../flight/now';
import type { Scene } from '../flight/scene';
import type { Lens } from './lens';

/** How much the machine can draw. `low`: Lambert, small shadows, few steps; also what tests use. */
export type Quality = 'low' | 'middle' | 'high';

/** How things look from here, worked out by the stage before layers are updated. */
export interface Light {
  /** Unit vectors, GCRF. */
  readonly sun: Vector3;
  readonly moon: Vector3;
  /** Sunlight at the focus: 0 in the Earth's shadow, 1 outside; the same for the Moon's, by its phase and height. */
  readonly sunlit: number;
  readonly moonlit: number;
  /** Sunlight at the focus after its way through the air: white in space, orange and red at the rim. */
  readonly sunColour: Color;
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
  /** Where that camera is, from the middle of the Earth, GCRF, metres, in double precision. */
  readonly eye_m: Triple;
  /** Everything that the camera asked for: what it leaves out, whose helmet it is. */
  readonly sight: Sight;
  /** The same camera for questions: how far, how many pixels, behind the Earth or not. */
  readonly lens: Lens;
  /** Height of the ground over the ellipsoid under that camera. */
  readonly ground_m: number;
  /** How much of the stars this exposure shows: 0 beside a sunlit hull or under a blue sky. */
  readonly stars: number;
  /** Device pixels of the drawing, both ways. */
  readonly width_px: number;
  readonly height_px: number;
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
  /** Its sky part is so bright (the Sun's disc) that it must not count twice: it is left out of what hulls mirror. */
  readonly dazzles?: boolean;
  /** Resolves when what the first honest picture needs has arrived. */
  readonly ready?: Promise<unknown>;
  /** Free what the graphics card holds. */
  dispose?(): void;
}

/** The flight, for layers that draw what happened before: where a spent stage was dropped. */
export interface Flown {
  readonly scene: Scene;
  now(t_s: number): Now;
  /** A channel's value; NaN where it was not written. Absent while the flight is read by a stand-in. */
  channelAt?(name: string, t_s: number): number;
}

/** `changed` asks for another picture: a texture has arrived. */
export type LayerMaker = (
  scene: Scene, quality: Quality, renderer: WebGLRenderer, changed: () => void, flight: Flown,
) => Layer;
