/** Sun and Moon: discs of their true size at their true places, as seen from the camera. */
import {
  AdditiveBlending, CustomBlending, Mesh, OneFactor, OneMinusSrcAlphaFactor, PlaneGeometry, ShaderMaterial, Vector3,
} from 'three';
import type { Color } from 'three';
import { SUNSHINE, sunAboveRim, sunThroughAir } from '../stage/air';
import { EQUATOR_KM, STRETCH, stretched, vector } from '../stage/ellipsoid';
import type { Frame, LayerMaker } from '../stage/layer';

const SUN_KM = 695_700;
const MOON_KM = 1737.4;
/** Where the squares that carry them hang; only their direction and angle count. */
const HUNG_KM = 20_000;
/** The glare reaches so many times farther than the disc. */
const GLARE = 44;

const VERTEX = /* glsl */ `
varying vec2 at;
varying vec3 ray;
void main() {
  at = position.xy * 2.0;
  vec4 p = modelMatrix * vec4(position, 1.0);
  ray = p.xyz;
  gl_Position = projectionMatrix * viewMatrix * p;
}`;

const SUN = /* glsl */ `
uniform vec3 eyeStretched, colour;
uniform float eyeOver, free;
varying vec2 at;
varying vec3 ray;
void main() {
  vec3 d = normalize(ray);
  vec3 D = vec3(d.xy, d.z * ${STRETCH.toFixed(9)});
  float a = dot(D, D), b = dot(eyeStretched, D);
  bool ground = b < 0.0 && b * b - a * eyeOver > 0.0;
  float r = length(at) * ${GLARE.toFixed(1)};
  float disc = ground ? 0.0 : 1.0 - smoothstep(0.9, 1.15, r);
  float edge = 1.0 - smoothstep(0.55, 1.0, length(at));
  float spikes = pow(max(0.0, 1.0 - abs(at.x * at.y) * 60.0), 3.0) * 0.25;
  float glare = free * edge * (0.9 / (0.6 + r * r * 0.16) + 0.10 / (1.0 + 0.16 * r) + spikes * 0.3 / (0.4 + 0.1 * r));
  vec3 light = colour * (disc * 3.0 + glare);
  gl_FragColor = vec4(light / (1.0 + 0.25 * light), 1.0);
}`;

const MOON = /* glsl */ `
uniform vec3 sunSeen;
uniform float bright;
varying vec2 at;
float patches(vec2 p) {
  float across = sin(p.x * 5.1 + 1.7 * sin(p.y * 3.3)), along = sin(p.y * 4.3 + 1.3 * sin(p.x * 4.7 + 1.0));
  return 0.5 + 0.25 * (across + along);
}
void main() {
  float square = dot(at, at);
  if (square > 1.0) discard;
  vec3 normal = vec3(at, sqrt(1.0 - square));
  float lit = smoothstep(-0.02, 0.10, dot(normal, sunSeen));
  float grey = mix(0.62, 1.0, smoothstep(0.25, 0.6, patches(at)));
  gl_FragColor = vec4(vec3(1.0, 0.98, 0.93) * grey * (lit * bright + 0.004), 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`;

function hang(mesh: Mesh, towards: Vector3, radius_km: number): void {
  mesh.position.copy(towards).multiplyScalar(HUNG_KM);
  mesh.lookAt(0, 0, 0);
  mesh.scale.setScalar(2 * radius_km);
}

/** The square's radius for a body of that size at that distance, seen from the camera. */
const apparent = (radius_km: number, distance_km: number): number =>
  HUNG_KM * Math.tan(Math.asin(radius_km / distance_km));

export const makeSun: LayerMaker = () => {
  const given = {
    eyeStretched: { value: new Vector3() },
    eyeOver: { value: 1 },
    free: { value: 1 },
    colour: { value: new Vector3(1, 1, 1) },
  };
  const material = new ShaderMaterial({
    uniforms: given, vertexShader: VERTEX, fragmentShader: SUN,
    transparent: true, depthTest: false, depthWrite: false, blending: AdditiveBlending,
  });
  const mesh = new Mesh(new PlaneGeometry(1, 1), material);
  mesh.frustumCulled = false;
  mesh.renderOrder = 10;
  return {
    id: 'sun',
    sky: mesh,
    dazzles: true,
    update(frame) {
      const eye = frame.lens.eye_km;
      const away = vector(frame.now.sun_km).sub(eye);
      const distance = away.length();
      away.normalize();
      hang(mesh, away, GLARE * apparent(SUN_KM, distance));
      const long = stretched(eye).length();
      const rim = EQUATOR_KM + frame.ground_m / 1000;
      given.eyeStretched.value.copy(stretched(eye));
      given.eyeOver.value = Math.max(0.02, (long - rim) * (long + rim));
      given.free.value = sunAboveRim(eye, away, frame.ground_m / 1000);
      given.colour.value.copy(glowing(sunThroughAir(eye, away)));
      mesh.visible = given.free.value > 0;
    },
    dispose() {
      mesh.geometry.dispose();
      material.dispose();
    },
  };
};

/** The disc is too bright for any picture: only its hue is left of its colour, until the air has dimmed it far down. */
function glowing(colour: Color): Vector3 {
  const most = Math.max(colour.r, colour.g, colour.b, 1e-6);
  const strength = Math.min(1, 0.12 + most ** 0.35);
  return new Vector3(colour.r / most, (colour.g / most) ** 0.7, (colour.b / most) ** 0.7).multiplyScalar(strength);
}

export const makeMoon: LayerMaker = () => {
  const given = { sunSeen: { value: new Vector3() }, bright: { value: 1 } };
  const material = new ShaderMaterial({
    uniforms: given, vertexShader: VERTEX, fragmentShader: MOON, transparent: true, depthTest: false, depthWrite: false,
    blending: CustomBlending, blendSrc: OneFactor, blendDst: OneMinusSrcAlphaFactor,
  });
  const mesh = new Mesh(new PlaneGeometry(1, 1), material);
  mesh.frustumCulled = false;
  mesh.renderOrder = -20;
  return {
    id: 'moon',
    sky: mesh,
    update(frame: Frame) {
      const moon = vector(frame.now.moon_km);
      const away = moon.clone().sub(frame.lens.eye_km);
      const distance = away.length();
      hang(mesh, away.normalize(), apparent(MOON_KM, distance));
      const sun = vector(frame.now.sun_km).sub(moon).normalize();
      given.sunSeen.value.copy(sun.applyQuaternion(mesh.quaternion.clone().invert()));
      given.bright.value = SUNSHINE * 0.3183 * 0.4 * (1 + frame.stars);
    },
    dispose() {
      mesh.geometry.dispose();
      material.dispose();
    },
  };
};
