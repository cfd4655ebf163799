/** Points of the torch, in its axes (see torch.ts), metres. */
import { Vector3 } from 'three';

export const LENGTH_M = 0.95;
/** The grip is so far above the foot. */
export const GRIP_M = 0.3;
/** The eye for the tether, put on the foot for the spacewalk. */
export const TORCH_EYE = new Vector3(0, -GRIP_M - 0.03, 0);
/** The middle of what is seen of it, and its upper end. */
export const TORCH_MIDDLE = new Vector3(0.02, LENGTH_M / 2 - GRIP_M, 0);
export const TORCH_TOP = new Vector3(0.03, LENGTH_M - GRIP_M, 0);
