/** Smoke and dust: soft billboards born at set times, pure functions of the time since an event; one draw call. */
import {
  Color, Float32BufferAttribute, InstancedBufferAttribute, InstancedBufferGeometry, Mesh, ShaderMaterial,
} from 'three';
import type { BufferGeometry, IUniform, Texture, Vector3 } from 'three';
import { puffColour } from '../kit/paint';

export interface Puff {
  readonly from: Vector3;
  /** Metres a second at birth; the air stops it within some seconds. */
  readonly velocity: Vector3;
  readonly born_s: number;
  readonly life_s: number;
  readonly size: number;
  readonly grown: number;
  /** 0 to 1: which piece of the cloud it shows and how it is turned. */
  readonly seed: number;
}

const VERTEX = /* glsl */ `
  attribute vec3 origin, velocity;
  attribute vec4 times;
  attribute float seed;
  uniform float time;
  uniform vec3 up;
  varying vec2 vAt;
  varying float vAlpha;
  void main() {
    float age = time - times.x, share = age / times.y;
    float alive = step(0.0, age) * step(share, 1.0);
    vec3 place = origin + velocity * 2.5 * (1.0 - exp(-age / 2.5)) + up * (0.6 * age);
    float size = alive * mix(times.z, times.w, sqrt(clamp(share, 0.0, 1.0)));
    float turn = seed * 6.283 + age * 0.12 * (seed - 0.5);
    vec2 corner = mat2(cos(turn), sin(turn), -sin(turn), cos(turn)) * position.xy;
    vec4 seen = modelViewMatrix * vec4(place, 1.0);
    seen.xy += corner * size;
    vAt = position.xy + 0.5;
    vAlpha = alive * smoothstep(0.0, 0.06, share) * pow(1.0 - clamp(share, 0.0, 1.0), 1.3);
    gl_Position = projectionMatrix * seen;
  }`;

const FRAGMENT = /* glsl */ `
  uniform sampler2D cloud;
  uniform vec3 colour;
  uniform float opacity;
  varying vec2 vAt;
  varying float vAlpha;
  void main() {
    vec4 soft = texture2D(cloud, vAt);
    gl_FragColor = vec4(colour * soft.rgb, soft.a * vAlpha * opacity);
    if (gl_FragColor.a < 0.004) discard;
    #include <tonemapping_fragment>
    #include <colorspace_fragment>
  }`;

let cloud: Texture | undefined;

export class Puffs {
  readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;
  private readonly time: IUniform<number> = { value: 0 };
  private readonly colour: IUniform<Color> = { value: new Color() };
  private readonly last_s: number;

  constructor(puffs: readonly Puff[], up: Vector3, opacity: number) {
    cloud ??= puffColour();
    const material = new ShaderMaterial({
      transparent: true,
      depthWrite: false,
      uniforms: {
        time: this.time, colour: this.colour, up: { value: up }, cloud: { value: cloud }, opacity: { value: opacity },
      },
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
    });
    this.mesh = new Mesh(instances(puffs), material);
    this.mesh.frustumCulled = false;
    this.mesh.visible = false;
    this.last_s = Math.max(...puffs.map((puff) => puff.born_s + puff.life_s));
  }

  /** Seconds since the event, and what light falls on the cloud. */
  set(since_s: number, colour: Color): void {
    this.mesh.visible = since_s > 0 && since_s < this.last_s;
    this.time.value = since_s;
    this.colour.value.copy(colour);
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

function instances(puffs: readonly Puff[]): InstancedBufferGeometry {
  const shape = new InstancedBufferGeometry();
  const corners = [-0.5, -0.5, 0, 0.5, -0.5, 0, 0.5, 0.5, 0, -0.5, 0.5, 0];
  shape.setAttribute('position', new Float32BufferAttribute(corners, 3));
  shape.setIndex([0, 1, 2, 0, 2, 3]);
  const each = (size: number, of: (puff: Puff) => number[]) =>
    new InstancedBufferAttribute(new Float32Array(puffs.flatMap(of)), size);
  shape.setAttribute('origin', each(3, (puff) => puff.from.toArray()));
  shape.setAttribute('velocity', each(3, (puff) => puff.velocity.toArray()));
  shape.setAttribute('times', each(4, (puff) => [puff.born_s, puff.life_s, puff.size, puff.grown]));
  shape.setAttribute('seed', each(1, (puff) => [puff.seed]));
  shape.instanceCount = puffs.length;
  return shape;
}
