/** The Earth and its air: one triangle over the whole picture, whose pixels look for the ground themselves. */
import {
  BufferGeometry, CustomBlending, DoubleSide, Float32BufferAttribute, Matrix3, Mesh, OneFactor, OneMinusSrcAlphaFactor,
  ShaderMaterial, Vector2, Vector3,
} from 'three';
import type { Quaternion } from 'three';
import { TOP_KM } from '../stage/air';
import { EQUATOR_KM, heightOf, matrixOf, placeAt, quaternion, stretched, upAt, vector } from '../stage/ellipsoid';
import { smooth } from '../stage/light';
import { grades } from '../stage/quality';
import type { Frame, Layer, LayerMaker, Quality } from '../stage/layer';
import type { Place } from '../flight/scene';
import { EARTH_MAIN, FAR_GROUND, NEAR_GROUND } from './shaders/ground';
import { AIR, ELLIPSOID, NOISE, WHOLE_PICTURE } from './shaders/space';
import { mapUniform } from './textures';
import type { MapUniform } from './textures';

/** Ground detail hangs on the nearest pad or landing zone within this distance: a place always looks the same. */
const ANCHOR_KM = 150;
/** Ice clouds are read from one large sheet, folded at this size. */
const WEATHER_KM = 823;

export const wholePicture = (): BufferGeometry =>
  new BufferGeometry().setAttribute('position', new Float32BufferAttribute([-1, -1, 0, 3, -1, 0, -1, 3, 0], 3));

/** Squared distance from a sphere in stretched space, as the shader wants it; doubles, for its terms nearly cancel. */
function over(eye_km: Vector3, more_km: number): number {
  const length = stretched(eye_km).length();
  return (length - EQUATOR_KM - more_km) * (length + EQUATOR_KM + more_km);
}

function uniforms(maps: Record<'day' | 'night' | 'clouds' | 'coast', MapUniform>) {
  return {
    eye: { value: new Vector3() },
    eyeOver: { value: 1 },
    eyeOverTop: { value: 1 },
    sun: { value: new Vector3(1, 0, 0) },
    moon: { value: new Vector3(1, 0, 0) },
    moonlit: { value: 0 },
    cloudFade: { value: 1 },
    toEarth: { value: new Matrix3() },
    pixelAngle: { value: 0.001 },
    anchorEast: { value: new Vector3() },
    anchorNorth: { value: new Vector3() },
    eyeFromAnchor: { value: new Vector2() },
    weather: { value: new Vector2() },
    dayMap: maps.day.uniform,
    nightMap: maps.night.uniform,
    cloudMap: maps.clouds.uniform,
    coastMap: maps.coast.uniform,
  };
}

function material(quality: Quality, given: ReturnType<typeof uniforms>): ShaderMaterial {
  const grade = grades[quality];
  const parts = [ELLIPSOID, AIR, NOISE, NEAR_GROUND, FAR_GROUND].join('\n');
  return new ShaderMaterial({
    defines: {
      AIR_STEPS: grade.airSteps,
      OCTAVES: grade.octaves,
      RELIEFS: grade.reliefs,
      RELIEF_STEP: grade.reliefStep,
    },
    uniforms: given,
    vertexShader: WHOLE_PICTURE,
    fragmentShader: EARTH_MAIN.replace('__PARTS__', parts),
    side: DoubleSide,
    transparent: true,
    depthTest: false,
    depthWrite: false,
    blending: CustomBlending,
    blendSrc: OneFactor,
    blendDst: OneMinusSrcAlphaFactor,
  });
}

export const makeEarth: LayerMaker = (scene, quality, renderer, changed) => {
  const load = (name: 'day' | 'night' | 'clouds' | 'coast') => mapUniform(name, quality, renderer, changed);
  const maps = { day: load('day'), night: load('night'), clouds: load('clouds'), coast: load('coast') };
  const given = uniforms(maps);
  const mesh = new Mesh(wholePicture(), material(quality, given));
  mesh.frustumCulled = false;
  mesh.renderOrder = 0;
  const layer: Layer = {
    id: 'earth',
    sky: mesh,
    ready: Promise.all([maps.day.ready, maps.night.ready, maps.clouds.ready, maps.coast.ready]),
    update: (frame) => follow(given, frame, scene.places),
    dispose() {
      mesh.geometry.dispose();
      mesh.material.dispose();
    },
  };
  return layer;
};

function follow(given: ReturnType<typeof uniforms>, frame: Frame, places: readonly Place[]): void {
  const eye = frame.lens.eye_km;
  const earth = quaternion(frame.now.earth);
  const height_km = heightOf(eye);
  given.eye.value.copy(eye);
  // a camera is never underground, whatever the flight's heights and the ellipsoid disagree about
  given.eyeOver.value = Math.max(over(eye, frame.ground_m / 1000), 0.02);
  given.eyeOverTop.value = over(eye, TOP_KM);
  given.sun.value.copy(vector(frame.now.sun_km).sub(eye).normalize());
  given.moon.value.copy(frame.light.moon);
  given.moonlit.value = (1 - given.sun.value.dot(frame.light.moon)) / 2;
  given.cloudFade.value = smooth(6, 16, height_km);
  given.toEarth.value.copy(matrixOf(earth.clone().invert()));
  given.pixelAngle.value = (2 * Math.tan((frame.sight.field_deg * Math.PI) / 360)) / frame.height_px;
  anchor(given, eye, earth, places);
}

function anchor(given: ReturnType<typeof uniforms>, eye: Vector3, earth: Quaternion, places: readonly Place[]): void {
  const fixed = anchorNear(eye.clone().applyQuaternion(earth.clone().invert()), places);
  // every place has other clouds overhead, and always the same
  given.weather.value.set(fixed.x % WEATHER_KM, fixed.y % (WEATHER_KM - 6));
  const at = fixed.applyQuaternion(earth);
  const up = upAt(at);
  const east = new Vector3(0, 0, 1).applyQuaternion(earth).cross(up).normalize();
  const north = up.clone().cross(east);
  const away = eye.clone().sub(at);
  given.anchorEast.value.copy(east);
  given.anchorNorth.value.copy(north);
  given.eyeFromAnchor.value.set(away.dot(east), away.dot(north));
}

/** A pad or landing zone near the point below the eye, else the nearest crossing of whole degrees; ITRF, km. */
function anchorNear(eyeFixed: Vector3, places: readonly Place[]): Vector3 {
  const below = eyeFixed.clone().setLength(EQUATOR_KM);
  for (const place of places) {
    const at = placeAt(place.latitude_deg, place.longitude_deg);
    if (at.distanceTo(below) < ANCHOR_KM && place.kind !== 'ground') return at;
  }
  const latitude = Math.round((Math.asin(below.z / EQUATOR_KM) * 180) / Math.PI);
  const longitude = Math.round((Math.atan2(below.y, below.x) * 180) / Math.PI);
  return placeAt(latitude, longitude);
}
