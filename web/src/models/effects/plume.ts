/** Exhaust: nested shells whose light fades along their length and towards their silhouettes. A picture, not a flow. */
import { AdditiveBlending, Color, Group, Mesh, ShaderMaterial } from 'three';
import type { IUniform, Vector3 } from 'three';
import { lathe } from '../kit/shapes';
import type { Profile } from '../kit/shapes';

export interface Shell {
  /** Metres: at the nozzle, at the end, and from one to the other. */
  readonly mouth: number;
  readonly end: number;
  readonly length: number;
  readonly colour: number;
  readonly gain: number;
  /** How fast it fades towards its silhouette, and how streaky it is (0 to 1). */
  readonly edge: number;
  readonly streaks: number;
  /** How its outline runs from end to mouth: above 1 hollow as a jet's, below 1 round as a shock's. */
  readonly bulge?: number;
}

const VERTEX = /* glsl */ `
  uniform float spread, size;
  varying vec3 vNormal, vEye, vAlong;
  void main() {
    vec3 p = position;
    float s = clamp(-p.y / size, 0.0, 1.0);
    p.xz *= mix(1.0, spread, s);
    vAlong = vec3(atan(p.x, p.z), s, p.y);
    vec4 seen = modelViewMatrix * vec4(p, 1.0);
    vEye = -seen.xyz;
    vNormal = normalMatrix * normal;
    gl_Position = projectionMatrix * seen;
  }`;

const FRAGMENT = /* glsl */ `
  uniform vec3 colour;
  uniform float gain, power, time, edge, streaks, room;
  varying vec3 vNormal, vEye, vAlong;
  float hash(vec2 p) { return fract(sin(dot(p, vec2(12.98, 78.23))) * 43758.5); }
  float noise(vec2 p) {
    vec2 i = floor(p), f = fract(p);
    f = f * f * (3.0 - 2.0 * f);
    return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
  }
  void main() {
    float facing = abs(dot(normalize(vNormal), normalize(vEye)));
    float w = noise(vec2(vAlong.x * 6.0, vAlong.z * 0.12 + time * 9.0)) * 0.6
            + noise(vec2(vAlong.x * 17.0, vAlong.z * 0.5 + time * 21.0)) * 0.4;
    float a = pow(facing, edge) * pow(1.0 - vAlong.y, 1.6) * mix(1.0, 0.35 + 1.3 * w, streaks);
    a *= 1.0 - smoothstep(room * 0.75, room, -vAlong.z);
    gl_FragColor = vec4(colour * gain * power * a, 1.0);
    #include <tonemapping_fragment>
    #include <colorspace_fragment>
  }`;

/**
 * Flows along -y from its origin; `set` says how hard it burns (0 is off), how the thin air lets it widen, and how
 * far it may go before it meets the ground.
 */
export class Plume {
  readonly group = new Group();
  private readonly time: IUniform<number> = { value: 0 };
  private readonly spread: IUniform<number> = { value: 1 };
  private readonly room: IUniform<number> = { value: 1e4 };
  private readonly power: IUniform<number> = { value: 1 };

  constructor(shells: readonly Shell[], mouths: readonly Vector3[]) {
    for (const shell of shells) {
      const geometry = lathe(profileOf(shell), 32), material = this.material(shell);
      for (const at of mouths) {
        const mesh = new Mesh(geometry, material);
        mesh.position.copy(at);
        mesh.frustumCulled = false;
        this.group.add(mesh);
      }
    }
    this.group.visible = false;
  }

  set(power: number, flow_s: number, spread = 1, room_m = 1e4): void {
    this.group.visible = power > 0.005;
    this.power.value = power;
    // The noise repeats unseen; small numbers keep its grain on every graphics card.
    this.time.value = flow_s % 100;
    this.spread.value = spread;
    this.room.value = room_m;
  }

  dispose(): void {
    this.group.traverse((part) => {
      if (!(part instanceof Mesh)) return;
      part.geometry.dispose();
      (part.material as ShaderMaterial).dispose();
    });
  }

  private material(shell: Shell): ShaderMaterial {
    const { time, spread, room, power } = this;
    return new ShaderMaterial({
      transparent: true,
      depthWrite: false,
      blending: AdditiveBlending,
      uniforms: {
        time, spread, room, power,
        size: { value: shell.length },
        colour: { value: new Color(shell.colour) },
        gain: { value: shell.gain },
        edge: { value: shell.edge },
        streaks: { value: shell.streaks },
      },
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
    });
  }
}

function profileOf({ mouth, end, length, bulge = 1.7 }: Shell): Profile {
  return Array.from({ length: 17 }, (_, i) => {
    const t = i / 16;
    return [end + (mouth - end) * t ** bulge, -length * (1 - t)] as const;
  });
}
