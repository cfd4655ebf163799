/** Stars to magnitude 6 and the Milky Way, at their catalogue places (J2000: GCRF to a fraction of an arc second). */
import {
  AdditiveBlending, BufferAttribute, BufferGeometry, DoubleSide, Mesh, Points, ShaderMaterial, Sphere, Vector3,
} from 'three';
import type { LayerMaker } from '../stage/layer';
import { wholePicture } from './earth';
import { WHOLE_PICTURE } from './shaders/space';
import { mapUniform, skyFile } from './textures';

const VERTEX = /* glsl */ `
attribute vec3 tint;
attribute float size;
uniform float grain;
varying vec3 shine;
void main() {
  shine = tint;
  gl_Position = projectionMatrix * vec4(mat3(viewMatrix) * position * 1000.0, 1.0);
  gl_PointSize = size * grain;
}`;

const FRAGMENT = /* glsl */ `
uniform float gain;
varying vec3 shine;
void main() {
  float r = length(gl_PointCoord - 0.5) * 2.0;
  gl_FragColor = vec4(min(shine * gain, vec3(1.0)) * exp(-r * r * 2.6), 1.0);
}`;

/** Colour of a star from its B-V: temperature after Ballesteros, then a rough black body, brought to full strength. */
function tintOf(blueMinusVisual: number): readonly [number, number, number] {
  const kelvin = 4600 * (1 / (0.92 * blueMinusVisual + 1.7) + 1 / (0.92 * blueMinusVisual + 0.62));
  const warm = Math.min(1, Math.max(0, (kelvin - 3000) / 4000));
  const hot = Math.min(1, Math.max(0, (kelvin - 7000) / 8000));
  return [1 - 0.32 * hot, 0.66 + 0.34 * warm - 0.16 * hot, 0.42 + 0.58 * warm];
}

function starGeometry(table: Float32Array): BufferGeometry {
  const count = table.length / 4;
  const place = new Float32Array(3 * count);
  const tint = new Float32Array(3 * count);
  const size = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const [ascension = 0, declination = 0, magnitude = 6, colour = 0.6] = table.subarray(4 * i, 4 * i + 4);
    const a = (ascension * Math.PI) / 180;
    const d = (declination * Math.PI) / 180;
    place.set([Math.cos(d) * Math.cos(a), Math.cos(d) * Math.sin(a), Math.sin(d)], 3 * i);
    // an eye's response: five magnitudes, a factor of 100 in light, still fit into one picture
    const light = 10 ** (-0.4 * magnitude);
    const strength = Math.min(1, 0.10 + 0.95 * light ** 0.42);
    tintOf(colour).forEach((value, k) => (tint[3 * i + k] = value * strength));
    size[i] = 1.5 + 2.6 * light ** 0.3;
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(place, 3));
  geometry.setAttribute('tint', new BufferAttribute(tint, 3));
  geometry.setAttribute('size', new BufferAttribute(size, 1));
  geometry.boundingSphere = new Sphere(new Vector3(), 1);
  return geometry;
}

export const makeStars: LayerMaker = (_scene, _quality, _renderer, changed) => {
  const given = { gain: { value: 0 }, grain: { value: 1 } };
  const material = new ShaderMaterial({
    uniforms: given, vertexShader: VERTEX, fragmentShader: FRAGMENT,
    transparent: true, depthTest: false, depthWrite: false, blending: AdditiveBlending,
  });
  const points = new Points(new BufferGeometry(), material);
  points.frustumCulled = false;
  points.renderOrder = -30;
  points.visible = false;
  let there = false;
  const ready = fetch(skyFile('stars.bin'))
    .then(async (answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      points.geometry = starGeometry(new Float32Array(await answer.arrayBuffer()));
      there = true;
      changed();
    })
    .catch(() => console.warn('sky/stars.bin did not come; the picture goes on without stars'));
  return {
    id: 'stars',
    sky: points,
    ready,
    update(frame) {
      points.visible = there && frame.stars > 0.01;
      given.gain.value = frame.stars;
      given.grain.value = Math.max(1, frame.height_px / 720);
    },
    dispose() {
      points.geometry.dispose();
      material.dispose();
    },
  };
};

const MILKY_WAY = /* glsl */ `
uniform sampler2D map;
uniform float gain;
varying vec3 ray;
void main() {
  vec3 d = normalize(ray);
  vec2 uv = vec2(atan(d.y, d.x) / 6.2831853 + 0.5, asin(clamp(d.z, -1.0, 1.0)) / 3.14159265 + 0.5);
  float light = pow(texture2D(map, uv, -20.0).r, 1.35);
  gl_FragColor = vec4(mix(vec3(0.055, 0.065, 0.085), vec3(0.16, 0.145, 0.125), light) * light * gain, 1.0);
}`;

export const makeMilkyWay: LayerMaker = (_scene, quality, renderer, changed) => {
  const map = mapUniform('milkyway', quality, renderer, changed);
  const given = { map: map.uniform, gain: { value: 0 } };
  const material = new ShaderMaterial({
    uniforms: given, vertexShader: WHOLE_PICTURE, fragmentShader: MILKY_WAY, side: DoubleSide,
    transparent: true, depthTest: false, depthWrite: false, blending: AdditiveBlending,
  });
  const mesh = new Mesh(wholePicture(), material);
  mesh.frustumCulled = false;
  mesh.renderOrder = -40;
  return {
    id: 'milky-way',
    sky: mesh,
    ready: map.ready,
    update(frame) {
      mesh.visible = frame.stars > 0.05;
      given.gain.value = 0.55 * frame.stars;
    },
    dispose() {
      mesh.geometry.dispose();
      material.dispose();
    },
  };
};
