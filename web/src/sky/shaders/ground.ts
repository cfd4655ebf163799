/** GLSL: what lies on the ground, from continents down to the stones of the steppe, by day and by night. */

/** Ground near the eye. `q` is km east and north of an anchor fixed to the Earth, `px` a pixel's size there in km. */
export const NEAR_GROUND = /* glsl */ `
uniform vec3 anchorEast, anchorNorth;
uniform vec2 eyeFromAnchor, weather;
vec2 fromAnchor(vec3 away) { return eyeFromAnchor + vec2(dot(away, anchorEast), dot(away, anchorNorth)); }
/** Invented relief of all sizes from 6 km down, those finer than a pixel left out; about 0 in the mean. */
float relief(vec2 q, float px) {
  float sum = 0.0, size = 6.0, weight = 0.42;
  for (int i = 0; i < RELIEFS; i++) {
    float seen = 1.0 - smoothstep(0.2, 0.6, px / size);
    if (seen > 0.01) sum += seen * weight * (noise2(q / size + float(i) * 17.3) - 0.5);
    size *= RELIEF_STEP;
    weight *= 0.84;
    q = vec2(0.8 * q.x - 0.6 * q.y, 0.6 * q.x + 0.8 * q.y);
  }
  return sum;
}
float line(float distance, float width, float px) {
  return (1.0 - smoothstep(width, width + px, abs(distance))) * clamp(3.0 * width / px, 0.0, 1.0);
}
float tracks(vec2 q, float px) {
  float first = line(q.y - 0.23 * q.x - 0.45 * sin(q.x * 0.6) - 2.1, 0.006, px);
  return min(first + line(q.x + 0.31 * q.y - 0.3 * sin(q.y * 0.7) - 3.4, 0.005, px), 1.0);
}
vec3 fields(vec2 q, float px) {
  vec2 cell = floor(vec2(0.94 * q.x - 0.34 * q.y, 0.34 * q.x + 0.94 * q.y) / vec2(1.9, 0.9));
  float ploughed = smoothstep(0.55, 0.62, noise2(q / 9.0 + 3.0)) * (1.0 - smoothstep(0.4, 2.0, px));
  return mix(vec3(1.0), mix(vec3(0.78, 0.74, 0.68), vec3(1.22, 1.20, 1.08), hash2(cell)), ploughed * 0.75);
}
/** Steppe: straw and dust, gullies, old fields, a few tracks, laid over the day map's own colour. */
vec3 steppe(vec3 base, vec2 q, float px, float lowSun) {
  vec2 sunward = normalize(vec2(dot(sun, anchorEast), dot(sun, anchorNorth)) + 1e-4);
  float k = relief(q, px);
  float slope = relief(q + sunward * max(0.02, 2.0 * px), px) - k;
  float patches = noise2(q / 2.7) * 0.6 + noise2(q / 0.9 + 7.0) * 0.4;
  vec3 c = base * (0.95 + 0.36 * (patches - 0.5) + 0.62 * k) * fields(q, px);
  float gully = 1.0 - smoothstep(0.0, 0.035 + 0.2 * px, abs(noise2(q / 1.6 + 0.6 * k) - 0.5));
  c *= 1.0 - 0.24 * gully * (1.0 - smoothstep(0.012, 0.09, px));
  c = mix(c, vec3(0.34, 0.28, 0.20), 0.5 * tracks(q, px));
  return max(c, vec3(0.01)) * clamp(1.0 - 1.5 * slope * lowSun, 0.6, 1.4);
}`;

export const FAR_GROUND = /* glsl */ `
uniform sampler2D dayMap, nightMap, cloudMap, coastMap;
uniform vec3 moon;
uniform float moonlit, cloudFade;
uniform mat3 toEarth;
/** A point of the ground: its vertical in both frames, its place on the maps, the size of a pixel there (km). */
struct Spot { vec3 up, fixedUp; vec2 uv, dx, dy; float px, fine; };

Spot spotAt(vec3 p) {
  Spot s;
  s.up = upOf(p);
  s.fixedUp = toEarth * s.up;
  s.uv = vec2(atan(s.fixedUp.y, s.fixedUp.x) / 6.2831853, asin(clamp(s.fixedUp.z, -1.0, 1.0)) / 3.14159265) + 0.5;
  s.dx = dFdx(s.uv);
  s.dy = dFdy(s.uv);
  // no seam where longitude jumps
  s.dx.x -= floor(s.dx.x + 0.5);
  s.dy.x -= floor(s.dy.x + 0.5);
  return s;
}
/** 1 on the sea, 0 on land; detail bends the line where it is seen from close by. */
float seaAt(Spot s, float bend) {
  float inland = (textureGrad(coastMap, s.uv, s.dx, s.dy).r - 0.5) * 5.0 + bend;
  float width = clamp(0.6 * s.px / 9.8, 0.05, 1.5);
  return 1.0 - smoothstep(-width, width, inland);
}
vec3 landColour(vec3 day) {
  // the map's land is a little dull and its coasts are mixed with sea: lift it and take the blue out
  float snow = smoothstep(0.3, 0.55, min(day.r, day.g));
  float blue = smoothstep(0.0, 0.03, day.b - max(day.r, day.g) * 0.9) * (1.0 - snow);
  vec3 land = mix(day, vec3(0.5, 0.55, 0.35) * max(day.g, 0.06), blue);
  vec3 lifted = mix(vec3(dot(land, vec3(0.3, 0.6, 0.1))), land, 0.80) * vec3(1.09, 1.22, 1.03) + 0.010;
  return mix(lifted, vec3(1.05, 1.08, 1.12) * day.g, snow);
}
/** Cover, thickness, and thickness a little towards the Sun, which shades what lies behind. */
vec3 cloudsAt(Spot s, float detail) {
  vec3 east = normalize(vec3(-s.fixedUp.y, s.fixedUp.x, 0.0));
  vec3 sunFixed = toEarth * sun;
  float low = max(dot(sunFixed, s.fixedUp), 0.18);
  float perTurn = 6.2831853 * max(length(s.fixedUp.xy), 0.05);
  vec2 shift = vec2(dot(sunFixed, east) / perTurn, dot(sunFixed, cross(s.fixedUp, east)) / 3.14159265);
  float here = textureGrad(cloudMap, s.uv, s.dx, s.dy).r;
  float there = textureGrad(cloudMap, s.uv + shift * 0.0011 / low, s.dx, s.dy).r;
  float torn = clamp(here + (detail - 0.5) * 1.1 * here * (1.35 - here), 0.0, 1.0);
  float cover = mix(here, smoothstep(0.08, 0.75, torn), s.fine);
  return vec3(cover, mix(here, torn, s.fine), there) * cloudFade;
}
vec3 cityLights(Spot s, float cover, float detail) {
  vec3 night = textureGrad(nightMap, s.uv, s.dx, s.dy).rgb;
  float lamp = max(night.r - 0.45 * night.b - 0.012, 0.0);
  float grain = 1.0;
  if (s.fine > 0.01) {
    float streets = noise3(s.fixedUp * 2900.0), lamps = noise3(s.fixedUp * 8300.0 + 9.0);
    float mixed = 0.5 * streets + 0.5 * lamps + 0.25 * (detail - 0.5);
    float dots = smoothstep(0.52 - 1.5 * lamp, 0.95 - 0.8 * lamp, mixed);
    grain = mix(1.0, 0.45 + 2.2 * dots, s.fine * (1.0 - smoothstep(0.25, 0.7, lamp)));
  }
  vec3 tint = mix(vec3(1.0, 0.68, 0.38), vec3(1.0, 0.90, 0.72), smoothstep(0.04, 0.4, lamp));
  return tint * (pow(lamp, 1.35) * 17.0 * grain) * (1.0 - 0.85 * cover);
}
/** The Sun in the sea: a narrow and a wide spread of wave slopes, and the sky mirrored where the sight is flat. */
vec3 glint(Spot s, vec3 d, vec3 sunshine, vec3 skylight, float slantness) {
  vec3 halfway = normalize(sun - d);
  float facet = max(dot(s.up, halfway), 0.0);
  float mirror = 0.02 + 0.98 * pow(1.0 - max(dot(-d, halfway), 0.0), 5.0);
  float spread = (pow(facet, 300.0) * 20.0 + pow(facet, 60.0) * 2.6) * mix(1.0, 0.4, smoothstep(6.0, 30.0, s.px));
  float sky = 0.02 + 0.5 * pow(1.0 - slantness, 5.0);
  return sunshine * smoothstep(-0.02, 0.1, dot(s.up, sun)) * spread * mirror + sky * skylight * 1.6;
}
vec3 landAt(Spot s, vec3 day, float detail, vec2 q) {
  vec3 land = landColour(day) * mix(1.0, 0.72 + 0.56 * detail, s.fine);
  float close = 1.0 - smoothstep(0.3, 1.6, s.px);
  if (close < 0.01) return land;
  return mix(land, steppe(land, q, s.px, 1.0 - smoothstep(0.1, 0.6, dot(s.up, sun))), close);
}
vec3 byNight(Spot s, vec3 albedo, float cover, float detail) {
  float nightfall = 1.0 - smoothstep(-0.14, 0.01, dot(s.up, sun));
  if (nightfall <= 0.0) return vec3(0.0);
  float moonshine = moonlit * max(dot(s.up, moon), 0.0) * (eyeOverTop < 0.0 ? 0.035 : 0.10);
  vec3 faint = vec3(0.0022, 0.0032, 0.0052) * (eyeOverTop < 0.0 ? 0.4 : 1.0 + 2.0 * cover);
  vec3 moonlight = moonshine * mix(albedo * 0.6, vec3(0.85), cover) * vec3(0.75, 0.87, 1.0);
  return (cityLights(s, cover, detail) + faint + moonlight) * nightfall;
}
vec3 groundColour(Spot s, vec3 d, float t) {
  // a pixel's size over the ground: across the sight, and stretched along it where the sight is flat
  float slantness = max(-dot(d, s.up), 0.02);
  s.px = t * pixelAngle / sqrt(slantness);
  s.fine = 1.0 - smoothstep(3.0, 22.0, s.px);
  float c = dot(s.up, sun);
  float detail = s.fine > 0.01 && s.px > 0.05 ? fractal(s.fixedUp * 420.0) : 0.5;
  float shreds = s.fine > 0.01 && cloudFade > 0.01 ? fractal(s.fixedUp * 1500.0 + 3.0) : 0.5;
  vec3 day = textureGrad(dayMap, s.uv, s.dx, s.dy).rgb;
  float sea = seaAt(s, s.fine * (detail - 0.5) * 0.9);
  vec3 water = mix(vec3(0.004, 0.016, 0.040), day * 0.8, 0.35);
  vec3 albedo = mix(landAt(s, day, detail, fromAnchor(d * t)), water, sea);
  vec3 clouds = cloudFade > 0.01 ? cloudsAt(s, 0.6 * detail + 0.4 * shreds) : vec3(0.0);

  vec3 sunshine = sunAt(0.0, c) * SUNSHINE * 0.3183;
  float dusk = smoothstep(-0.16, 0.30, c) * (0.4 + 0.6 * smoothstep(-0.05, 0.4, c));
  vec3 skylight = vec3(0.055, 0.085, 0.13) * dusk * SUNSHINE * 0.3183;
  // grass and stones stand up: land catches a low Sun better than a flat sheet would
  float facing = max(c, 0.0) + 0.13 * (1.0 - sea) * smoothstep(-0.01, 0.12, c) * (1.0 - smoothstep(0.1, 0.7, c));
  vec3 colour = albedo * (facing * sunshine * (1.0 - 0.62 * clouds.z) + skylight);
  colour += sea * glint(s, d, sunshine * (1.0 - clouds.z), skylight, slantness);
  float shade = clamp(1.0 - 0.75 * (clouds.z - clouds.y), 0.5, 1.25);
  float billow = mix(1.0, 0.70 + 0.60 * (0.5 * detail + 0.5 * shreds), s.fine);
  vec3 onTop = max(0.90 * c + 0.05, 0.0) * sunshine * (0.55 + 0.47 * clouds.y) * shade * billow + skylight * 1.5;
  return mix(colour, vec3(0.86, 0.88, 0.88) * onTop, clouds.x * 0.96) + byNight(s, albedo, clouds.x, detail);
}`;

export const EARTH_MAIN = /* glsl */ `
uniform float pixelAngle;
const float CIRRUS_KM = 9.5;
varying vec3 ray;
__PARTS__
/** Green line of oxygen at 95 km, and a breath of light over it, seen edge-on at night. */
vec3 airglow(Ray r, vec3 d) {
  float t = -r.b / r.a;
  if (t < 0.0 || eyeOverTop < 0.0) return vec3(0.0);
  float h = heightAt(r, t), band = (h - 94.0) / 5.5;
  float night = 1.0 - smoothstep(-0.28, -0.02, dot(normalize(eye + d * t), sun));
  vec3 line = vec3(0.10, 0.22, 0.07) * exp(-band * band);
  return (line + vec3(0.045, 0.055, 0.035) * exp(-max(h - 25.0, 0.0) / 40.0)) * 0.11 * night;
}
/** Thin ice clouds overhead, as strands drawn out by the wind; w is how much they cover. */
vec4 cirrus(Ray r, vec3 d) {
  float over = eyeOver - CIRRUS_KM * (2.0 * RADIUS + CIRRUS_KM);
  if (over > 0.0) return vec4(0.0);
  float t = (sqrt(max(r.b * r.b - r.a * over, 0.0)) - r.b) / r.a;
  vec2 q = fromAnchor(d * t) + weather;
  vec2 along = vec2(0.86 * q.x + 0.5 * q.y, -0.5 * q.x + 0.86 * q.y);
  along += 5.0 * vec2(noise2(q / 23.0), noise2(q / 23.0 + 40.0));
  float strands = 0.55 * noise2(along / vec2(26.0, 5.0)) + 0.30 * noise2(along / vec2(9.0, 1.7));
  strands += 0.15 * noise2(along / vec2(3.0, 0.6));
  float field = smoothstep(0.42, 0.85, noise2(q / 60.0 + 11.0));
  float cover = smoothstep(0.44, 0.88, strands) * field * (1.0 - smoothstep(60.0, 240.0, t));
  vec3 p = normalize(eye + d * t);
  float towards = 0.75 + 1.3 * pow(max(dot(d, sun), 0.0), 8.0);
  vec3 light = sunAt(CIRRUS_KM, dot(p, sun)) * 0.24 * towards + glowOfSky(CIRRUS_KM, dot(p, sun)) * 4.0;
  return vec4(light * SUNSHINE, cover * 0.42);
}
void main() {
  vec3 d = normalize(ray);
  Ray r = rayAlong(d);
  float t = toGround(r);
  vec2 span = throughAir(r);
  bool ground = t > 0.0;
  // derivatives must be taken by all pixels of a block, before any is given up
  Spot s = spotAt(eye + d * (ground ? t : max(-r.b / r.a, 0.01)));
  if (!ground && span.y < 0.0) discard;
  if (ground) span.y = t;
  vec3 left;
  vec3 colour = airAlong(r, d, span, ground, left);
  float alpha = 1.0;
  if (ground) colour += groundColour(s, d, t) * left;
  else {
    alpha = clamp(1.0 - dot(left, vec3(0.3333)), 0.0, 1.0);
    colour += airglow(r, d);
    vec4 ice = cirrus(r, d);
    colour = mix(colour, ice.rgb, ice.w);
    // seen from below, the night's sky is not quite black
    float dark = 1.0 - smoothstep(-0.25, -0.05, dot(normalize(eye), sun));
    if (eyeOverTop < 0.0) colour += vec3(0.0032, 0.0042, 0.0062) * dark;
  }
  gl_FragColor = vec4(colour, alpha);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
  // half a step of noise hides the steps of eight bits in dusk and limb
  gl_FragColor.rgb += (hash2(gl_FragCoord.xy) - 0.5) / 255.0;
}`;
