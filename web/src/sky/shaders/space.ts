/** GLSL: rays, the WGS 84 ellipsoid and the air. Lengths in km, axes GCRF, the eye at `eye`. */
import { AIR_KM, HAZE, HAZE_KM, OZONE, OZONE_HALF_KM, OZONE_KM, RAYLEIGH, SUNSHINE, TOP_KM } from '../../stage/air';
import { EQUATOR_KM, STRETCH } from '../../stage/ellipsoid';

const number = (value: number): string => value.toExponential(9);
const triple = (v: readonly number[]): string => `vec3(${v.map(number).join(',')})`;

/** One triangle over the whole picture; `ray` is the direction of sight, not yet of length one. */
export const WHOLE_PICTURE = /* glsl */ `
varying vec3 ray;
void main() {
  gl_Position = vec4(position.xy, 0.0, 1.0);
  vec4 q = inverse(projectionMatrix) * vec4(position.xy, 0.0, 1.0);
  ray = transpose(mat3(viewMatrix)) * (q.xyz / q.w);
}`;

/**
 * The eye's squared distance from the sphere is worked out in double precision and given as `eyeOver` (ground) and
 * `eyeOverTop` (top of the air); with it, and roots taken without cancellation, the ground a metre below lies still.
 */
export const ELLIPSOID = /* glsl */ `
uniform vec3 eye;
uniform float eyeOver, eyeOverTop;
const float RADIUS = ${number(EQUATOR_KM)};
const float STRETCH = ${number(STRETCH)};
vec3 stretch(vec3 v) { return vec3(v.xy, v.z * STRETCH); }
vec3 upOf(vec3 p) { return normalize(vec3(p.xy, p.z * STRETCH * STRETCH)); }

struct Ray { float a, b; };
Ray rayAlong(vec3 d) { vec3 D = stretch(d); return Ray(dot(D, D), dot(stretch(eye), D)); }
/** Distance to the ground, or -1. */
float toGround(Ray r) {
  float root = r.b * r.b - r.a * eyeOver;
  return root < 0.0 || r.b >= 0.0 ? -1.0 : eyeOver / (sqrt(root) - r.b);
}
/** Where the ray enters and leaves the air; y < 0 when it never does. */
vec2 throughAir(Ray r) {
  float root = r.b * r.b - r.a * eyeOverTop;
  if (root < 0.0) return vec2(0.0, -1.0);
  root = sqrt(root);
  return vec2(max((-r.b - root) / r.a, 0.0), (root - r.b) / r.a);
}
float heightAt(Ray r, float t) {
  float over = eyeOver + t * (2.0 * r.b + r.a * t);
  return over / (sqrt(RADIUS * RADIUS + over) + RADIUS);
}`;

/** Light scattered by air and haze and thinned by ozone along a ray. Chapman's function after Schueler. */
export const AIR = /* glsl */ `
uniform vec3 sun;
const vec3 RAYLEIGH = ${triple(RAYLEIGH)};
const vec3 OZONE = ${triple(OZONE)};
const float HAZE = ${number(HAZE)}, AIR_KM = ${number(AIR_KM)}, HAZE_KM = ${number(HAZE_KM)};
const float OZONE_KM = ${number(OZONE_KM)}, OZONE_HALF_KM = ${number(OZONE_HALF_KM)};
const float SUNSHINE = ${number(SUNSHINE)}, TOP_KM = ${number(TOP_KM)};

/** How much more air than straight up lies along a slant; x: radius over scale height, c: cosine to the zenith. */
float slant(float x, float c) {
  float k = sqrt(1.5707963 * x);
  if (c >= 0.0) return k / ((k - 1.0) * c + 1.0);
  float x0 = sqrt(max(1.0 - c * c, 0.0)) * x;
  return 2.0 * sqrt(1.5707963 * x0) * exp(min(x - x0, 50.0)) - k / ((k - 1.0) * -c + 1.0);
}
float ozoneAt(float h) { return max(0.0, 1.0 - abs(h - OZONE_KM) / OZONE_HALF_KM); }
/** Ozone towards the Sun, as a thin shell. */
float ozoneToSun(float h, float c) {
  float above = OZONE_HALF_KM * (1.0 - smoothstep(OZONE_KM - OZONE_HALF_KM, OZONE_KM + OZONE_HALF_KM, h));
  float q = (RADIUS + h) / (RADIUS + OZONE_KM);
  return above / sqrt(max(1.0 - q * q * (1.0 - c * c), 0.003));
}
/** What is left of sunlight at a height, c the cosine between zenith and Sun. */
vec3 sunAt(float h, float c) {
  float r = RADIUS + h;
  float air = min(AIR_KM * exp(-h / AIR_KM) * slant(r / AIR_KM, c), 3e4);
  float haze = min(HAZE_KM * exp(-h / HAZE_KM) * slant(r / HAZE_KM, c), 3e4);
  return exp(-(RAYLEIGH * air + HAZE * 1.1 * haze + OZONE * ozoneToSun(h, c)));
}
/** Light scattered before comes from all sides; this share of sunlight, per unit of scattering, stands for it. */
vec3 glowOfSky(float h, float c) {
  float day = pow(max(c + 0.10, 0.0) / 1.1, 0.8);
  return vec3(0.030, 0.038, 0.070) * day * (0.25 + 0.75 * exp(-h / 12.0));
}
/** Steps lie close where the air is thick: near the eye, near the ground, about the lowest point of a limb ray. */
float spaced(float u, bool fromInside, bool toGroundBelow) {
  if (fromInside) return u * u;
  if (toGroundBelow) return 1.0 - (1.0 - u) * (1.0 - u);
  float v = 2.0 * u - 1.0;
  return 0.5 + 0.5 * v * (0.35 + 0.65 * abs(v));
}
vec3 airAlong(Ray r, vec3 d, vec2 span, bool ground, out vec3 left) {
  float air = 0.0, haze = 0.0, ozone = 0.0, before = span.x;
  vec3 byAir = vec3(0.0), byHaze = vec3(0.0), again = vec3(0.0);
  bool inside = eyeOverTop < 0.0;
  for (int i = 0; i < AIR_STEPS; i++) {
    float after = mix(span.x, span.y, spaced((float(i) + 1.0) / float(AIR_STEPS), inside, ground));
    float dt = after - before, t = 0.5 * (before + after);
    before = after;
    float h = max(heightAt(r, t), 0.0);
    float dAir = exp(-h / AIR_KM) * dt, dHaze = exp(-h / HAZE_KM) * dt, dOzone = ozoneAt(h) * dt;
    air += dAir; haze += dHaze; ozone += dOzone;
    vec3 lost = RAYLEIGH * (air - 0.5 * dAir) + HAZE * 1.1 * (haze - 0.5 * dHaze) + OZONE * (ozone - 0.5 * dOzone);
    vec3 here = exp(-lost);
    float c = dot(normalize(eye + d * t), sun);
    again += here * glowOfSky(h, c) * (RAYLEIGH * dAir + HAZE * dHaze);
    here *= sunAt(h, c);
    byAir += here * dAir;
    byHaze += here * dHaze;
  }
  left = exp(-(RAYLEIGH * air + HAZE * 1.1 * haze + OZONE * ozone));
  float mu = dot(d, sun), g = 0.76;
  float airPhase = 0.0597 * (1.0 + mu * mu);
  float hazePhase = 0.1194 * (1.0 - g * g) * (1.0 + mu * mu) / ((2.0 + g * g) * pow(1.0 + g * g - 2.0 * g * mu, 1.5));
  return SUNSHINE * (byAir * RAYLEIGH * airPhase + byHaze * HAZE * hazePhase + again);
}`;

export const NOISE = /* glsl */ `
float hash3(vec3 p) { p = fract(p * 0.1031); p += dot(p, p.zyx + 31.32); return fract((p.x + p.y) * p.z); }
float hash2(vec2 p) {
  vec3 q = fract(vec3(p.xyx) * 0.1031);
  q += dot(q, q.yzx + 33.33);
  return fract((q.x + q.y) * q.z);
}
vec4 corners(vec3 i) {
  return vec4(hash3(i), hash3(i + vec3(1, 0, 0)), hash3(i + vec3(0, 1, 0)), hash3(i + vec3(1, 1, 0)));
}
float noise3(vec3 x) {
  vec3 i = floor(x), f = fract(x);
  f = f * f * (3.0 - 2.0 * f);
  vec4 m = mix(corners(i), corners(i + vec3(0, 0, 1)), f.z);
  vec2 n = mix(m.xz, m.yw, f.x);
  return mix(n.x, n.y, f.y);
}
float noise2(vec2 x) {
  vec2 i = floor(x), f = fract(x);
  f = f * f * (3.0 - 2.0 * f);
  vec2 n = mix(vec2(hash2(i), hash2(i + vec2(0, 1))), vec2(hash2(i + vec2(1, 0)), hash2(i + vec2(1, 1))), f.x);
  return mix(n.x, n.y, f.y);
}
float fractal(vec3 p) {
  float a = 0.5, s = 0.0;
  for (int i = 0; i < OCTAVES; i++) { s += a * noise3(p); p = p * 2.07 + 1.7; a *= 0.5; }
  return s + a;
}`;
