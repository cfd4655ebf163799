/** Where light comes from at one instant, and the lamps that bring it into the near world: Sun, Moon, Earth, night. */
import { Color, DirectionalLight, HemisphereLight, Quaternion, Scene, Vector3 } from 'three';
import type { OrthographicCamera, Texture } from 'three';
import type { Sight } from '../cameras/camera';
import type { Now } from '../flight/now';
import { SUNSHINE, sunAboveRim, sunThroughAir } from './air';
import { heightOf, upAt, vector } from './ellipsoid';
import type { Grade } from './quality';
import type { Light } from './layer';

/** Shadows are cast by what stands within this distance of the sight's middle, towards the Sun. */
const REACH_M = 160;

export const smooth = (from: number, to: number, x: number): number => {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

/** Light at a point of space (km from the middle of the Earth, GCRF). */
export function lightAt(now: Now, position_km: Vector3): Light {
  const sun = vector(now.sun_km).sub(position_km).normalize();
  const moon = vector(now.moon_km).sub(position_km).normalize();
  const up = upAt(position_km);
  const phase = (1 - sun.dot(moon)) / 2;
  return {
    sun,
    moon,
    up,
    sunlit: sunAboveRim(position_km, sun),
    moonlit: sunAboveRim(position_km, moon) * phase,
    sunColour: sunThroughAir(position_km, sun),
    height_m: heightOf(position_km) * 1000,
  };
}

/** How bright a picture is made, and how much of the stars it can show. */
export interface Exposure {
  readonly exposure: number;
  readonly stars: number;
}

/**
 * In space the hull decides: where the Sun shines on it, no camera sees stars. Under the air the sky decides, as for
 * eyes that follow dusk down to the dark.
 */
export function exposureFor(eye: Light, focus: Light): Exposure {
  const elevation = Math.asin(Math.min(1, Math.max(-1, eye.up.dot(eye.sun))));
  const space = { exposure: 0.86 + 1.4 * (1 - focus.sunlit), stars: 1.6 * (1 - smooth(0, 0.6, focus.sunlit)) };
  const dim = 1 - smooth(0, 0.3, elevation);
  const dark = 1 - smooth(-0.21, 0.02, elevation);
  const ground = { exposure: 1.5 + 0.7 * dim + 2.6 * dark, stars: 1.6 * (1 - smooth(-0.24, -0.1, elevation)) };
  // from far out the whole Earth is the subject, and its day side must not burn
  const far = smooth(1500e3, 6000e3, eye.height_m);
  const between = (a: number, b: number, share: number) => a + (b - a) * share;
  const share = smooth(20e3, 90e3, eye.height_m);
  return {
    exposure: between(between(ground.exposure, space.exposure, share), 0.95, far),
    stars: between(between(ground.stars, space.stars, share), 0.35, far),
  };
}

/** The lamps of the near world. */
export class Rig {
  private readonly sun = new DirectionalLight(0xffffff, 0);
  private readonly moon = new DirectionalLight(0xa9c4ff, 0);
  private readonly around = new HemisphereLight(0x000000, 0x000000, 1);
  /** The hemisphere's share of the light of Earth and sky; the environment map brings the rest. */
  private shine = 1;

  constructor(private readonly near: Scene) {
    this.sun.castShadow = true;
    this.sun.shadow.autoUpdate = false;
    near.add(this.sun, this.sun.target, this.moon, this.moon.target, this.around);
  }

  grade(grade: Grade): void {
    this.sun.shadow.mapSize.set(grade.shadow_px, grade.shadow_px);
    this.letGo();
    // Lambert surfaces know no environment map: on slow machines the hemisphere alone brings the Earth's light
    this.shine = grade.environment_px > 0 ? 0.8 : 1;
    if (grade.environment_px === 0) this.near.environment = null;
  }

  /** Free the shadow map; the next picture makes it anew. */
  letGo(): void {
    this.sun.shadow.map?.dispose();
    this.sun.shadow.map = null;
  }

  /** What metal mirrors and the Earth shines: the sky drawn into a small cube. */
  surround(environment: Texture): void {
    this.near.environment = environment;
  }

  update(light: Light, sight: Sight): void {
    const middle = shadowMiddle(sight);
    this.sun.color.copy(light.sunColour);
    this.sun.intensity = SUNSHINE * light.sunlit;
    this.aim(this.sun, light.sun, middle.at);
    this.sun.shadow.needsUpdate = light.sunlit > 0.002;
    this.frameShadow(middle.reach_m);
    // Moonlight is 400 000 times fainter than sunlight; a picture that opens up at night shows it about like this
    this.moon.intensity = (1 - light.sunlit) * light.moonlit * 0.6;
    this.aim(this.moon, light.moon, middle.at);
    this.fill(light, viewersFill(light, sight));
  }

  private aim(lamp: DirectionalLight, towards: Vector3, at: Vector3): void {
    lamp.position.copy(at).addScaledVector(towards, REACH_M);
    lamp.target.position.copy(at);
    lamp.target.updateMatrixWorld();
  }

  private frameShadow(reach_m: number): void {
    const eye: OrthographicCamera = this.sun.shadow.camera;
    eye.left = eye.bottom = -reach_m;
    eye.right = eye.top = reach_m;
    eye.near = 1;
    eye.far = 2 * REACH_M;
    eye.updateProjectionMatrix();
    const texel_m = (2 * reach_m) / this.sun.shadow.mapSize.x;
    this.sun.shadow.normalBias = Math.min(0.12, 0.004 + 1.2 * texel_m);
    this.sun.shadow.bias = -0.0002;
  }

  /** Light from below (the Earth's day side) and from above (the blue sky), and a little so that night is not black. */
  private fill(light: Light, viewers: number): void {
    const height = light.up.dot(light.sun);
    const day = smooth(-0.12, 0.35, height);
    const inAir = 1 - smooth(8e3, 60e3, light.height_m);
    const night = 1 - smooth(-0.25, 0, height);
    const dusk = smooth(-0.2, 0.1, height);
    this.around.position.copy(light.up);
    this.around.color.setRGB(0.32, 0.52, 0.95).multiplyScalar(this.shine * inAir * (0.95 * day + 0.22 * dusk));
    this.around.color.add(new Color(0.034, 0.046, 0.070).multiplyScalar(1 + 2 * night));
    const ground = new Color(0.30, 0.42, 0.62).multiplyScalar(this.shine * 1.25 * day * (1 - inAir));
    ground.add(new Color(0.40, 0.33, 0.22).multiplyScalar(this.shine * 0.7 * day * inAir));
    this.around.groundColor.copy(ground.add(new Color(0.036, 0.042, 0.060).multiplyScalar(1 + 1.5 * night)));
    this.around.color.add(new Color(0.46, 0.52, 0.66).multiplyScalar(viewers));
    this.around.groundColor.add(new Color(0.17, 0.20, 0.28).multiplyScalar(viewers));
  }
}

/**
 * A faint light that no flight has, so that a hull in shadow, in the Earth's too, or with the Sun behind it, is seen at
 * all. In a helmet the lamps alone light the night.
 */
function viewersFill(light: Light, sight: Sight): number {
  const inSpace = smooth(30e3, 90e3, light.height_m), inShade = 0.15 * light.sunlit * inSpace;
  if (sight.wearer !== undefined) return inShade;
  const ahead = new Vector3(0, 0, -1).applyQuaternion(new Quaternion().copy(sight.turn));
  const againstSun = light.sunlit * smooth(0.35, 0.95, ahead.dot(light.sun));
  return inShade + inSpace * (1 - light.sunlit) + (0.3 + 0.4 * inSpace) * againstSun;
}

/** What the shadow map must cover: arms and hull before a helmet, the whole station from afar. */
function shadowMiddle(sight: Sight): { readonly at: Vector3; readonly reach_m: number } {
  const forward = new Vector3(0, 0, -1).applyQuaternion(new Quaternion().copy(sight.turn));
  if (sight.wearer !== undefined) return { at: sight.eye_m.clone().addScaledVector(forward, 3), reach_m: 6 };
  const distance = sight.eye_m.length();
  const width = distance * Math.tan((sight.field_deg * Math.PI) / 360) * 1.7;
  const reach_m = Math.min(75, Math.max(6, width));
  const along = Math.max(0, -sight.eye_m.dot(forward));
  const seen = sight.eye_m.clone().addScaledVector(forward, along);
  // far away the whole craft is small in the picture: cover it, wherever the camera points
  return { at: seen.multiplyScalar(smooth(400, 60, distance)), reach_m };
}
