/** A camera says, for each instant, where it stands, where it looks and what it leaves out. */
import type { Quaternion, Vector3 } from 'three';
import type { Now } from '../flight/now';
import type { Scene, Text } from '../flight/scene';

/** What was dragged, pinched or typed; each camera uses what it needs. */
export interface Wish {
  /** Turns about the subject, radians, and the zoom factor (1 as the camera was made). */
  readonly azimuth_rad: number;
  readonly elevation_rad: number;
  readonly zoom: number;
}

export const AT_HOME: Wish = { azimuth_rad: 0, elevation_rad: 0, zoom: 1 };

export interface Sight {
  /** The craft at the origin of the near world. */
  readonly focus: string;
  /** In metres from the focus, GCRF axes. */
  readonly eye_m: Vector3;
  /** Camera axes (x right, y up, looking along -z) to GCRF. */
  readonly turn: Quaternion;
  /** Vertical field of view. */
  readonly field_deg: number;
  /** How far away what it looks at is; left out where it looks at nothing in particular. */
  readonly away_m?: number;
  /** Subjects not drawn, as the camera sits in them. */
  readonly hidden: readonly string[];
  /** What lies over the picture. */
  readonly overlay?: 'docking' | 'helmet' | 'ground';
  /** A person whose lamps and vignette count. */
  readonly wearer?: string;
}

export interface Camera {
  readonly id: string;
  readonly label: Text;
  /** Whether it can show anything at this instant. */
  works(now: Now): boolean;
  /** What to say when it shows nothing and another camera stands in for it. */
  readonly otherwise?: Text;
  /** The director: the name of the camera that it has chosen. */
  shows?(now: Now): Text;
  sight(now: Now, wish: Wish, aspect: number): Sight;
}

export type CameraMaker = (scene: Scene) => readonly Camera[];
