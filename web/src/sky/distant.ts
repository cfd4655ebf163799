/** Craft too far away to be drawn as bodies: points of light where they truly are, so that nothing vanishes. */
import { AdditiveBlending, BufferAttribute, BufferGeometry, Points, ShaderMaterial } from 'three';
import type { CraftNow } from '../flight/now';
import type { Frame, LayerMaker } from '../stage/layer';
import { sunAboveRim } from '../stage/air';
import { vector } from '../stage/ellipsoid';

const MOST = 32;
/** Sunlit area for the brightness of a point, m2. */
const AREA_M2 = { station: 900, ship: 25 } as const;

const VERTEX = /* glsl */ `
attribute float strength;
uniform float grain;
varying float shine;
void main() {
  shine = min(strength, 1.0);
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
  gl_PointSize = (2.4 + 2.2 * clamp(strength - 1.0, 0.0, 1.5)) * grain;
}`;

const FRAGMENT = /* glsl */ `
varying float shine;
void main() {
  float r = length(gl_PointCoord - 0.5) * 2.0;
  gl_FragColor = vec4(vec3(1.0, 0.97, 0.9) * shine * exp(-r * r * 2.2), 1.0);
}`;

export const makeDistant: LayerMaker = (scene) => {
  const kinds = new Map(scene.craft.map((craft) => [craft.id, craft.kind]));
  const place = new BufferAttribute(new Float32Array(3 * MOST), 3);
  const strength = new BufferAttribute(new Float32Array(MOST), 1);
  const geometry = new BufferGeometry().setAttribute('position', place).setAttribute('strength', strength);
  const given = { grain: { value: 1 } };
  const material = new ShaderMaterial({
    uniforms: given, vertexShader: VERTEX, fragmentShader: FRAGMENT,
    transparent: true, depthTest: false, depthWrite: false, blending: AdditiveBlending,
  });
  const points = new Points(geometry, material);
  points.frustumCulled = false;
  points.renderOrder = 20;

  function add(craft: CraftNow, frame: Frame, at: number): void {
    const eye = frame.lens.eye_km;
    const away = vector(craft.position_m).multiplyScalar(1e-3).sub(eye);
    const distance_km = away.length();
    away.setLength(1000);
    place.setXYZ(at, away.x, away.y, away.z);
    const lit = sunAboveRim(vector(craft.position_m).multiplyScalar(1e-3), frame.light.sun);
    const area = AREA_M2[kinds.get(craft.id) ?? 'ship'];
    // the station at 400 km counts 1; an eye's response, and never less than a faint point
    const light = ((area / AREA_M2.station) * (400 / distance_km) ** 2) ** 0.3;
    strength.setX(at, Math.max(0.16, (0.12 + 0.88 * lit) * Math.min(2.5, light)));
  }

  return {
    id: 'distant',
    sky: points,
    update(frame) {
      let count = 0;
      for (const craft of frame.now.craft.values()) {
        const beside = craft.port !== undefined && frame.now.craft.has('station');
        if (beside || count >= MOST || frame.sight.hidden.includes(craft.id)) continue;
        if (!frame.lens.isFar(craft, frame.focus) || frame.lens.hidesCraft(craft)) continue;
        add(craft, frame, count++);
      }
      geometry.setDrawRange(0, count);
      points.visible = count > 0;
      place.needsUpdate = strength.needsUpdate = true;
      given.grain.value = Math.max(1, frame.height_px / 720);
    },
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
};
