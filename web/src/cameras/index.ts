/** All cameras of a flight, in the order of their buttons and number keys. */
import type { CameraMaker } from './camera';
import { makeChase } from './chase';
import { makeOrbit } from './orbit';

export const makeCameras: CameraMaker = (scene) => [makeChase(scene), makeOrbit(scene)];
