/** What is drawn over the picture needs the picture's own lens: pixels of any place, from the camera that shows. */
import type { Now, Triple } from '../flight/now';
import type { Scene } from '../flight/scene';
import type { LiveSight } from '../cameras';
import { now, scene, sight } from '../page/store';
import { Lens, type Spot } from '../stage/lens';

export interface Eye {
  readonly scene: Scene;
  readonly now: Now;
  readonly shown: LiveSight;
  readonly width: number;
  readonly height: number;
  readonly eye_m: Triple;
  /** Pixel of a place, GCRF metres from the middle of the Earth. */
  spot(target_m: Triple): Spot;
  distance(target_m: Triple): number;
  pixels(length_m: number, distance_m: number): number;
}

const lens = new Lens();

/** The lens of the picture drawn last; nothing while there is no picture. Reads signals: call it inside a component. */
export function eyeNow(): Eye | null {
  const [flown, instant, shown] = [scene.value, now.value, sight.value];
  const focus = shown && instant?.craft.get(shown.sight.focus);
  const box = document.getElementById('picture');
  if (!flown || !instant || !shown || !focus || !box) return null;
  lens.resize(box.clientWidth, box.clientHeight);
  lens.take(instant, shown.sight, focus);
  const [x, y, z] = lens.eye_m;
  return {
    scene: flown, now: instant, shown, width: box.clientWidth, height: box.clientHeight, eye_m: lens.eye_m,
    spot: (target) => lens.spotOf(target),
    distance: (target) => Math.hypot(target[0] - x, target[1] - y, target[2] - z),
    pixels: (length, distance) => lens.pixelsOf(length, distance),
  };
}
