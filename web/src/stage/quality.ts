/** What each quality spends, and how the stage finds the one that the machine can keep up with. */
import type { Quality } from './layer';

export interface Grade {
  /** Cap on device pixels per CSS pixel. */
  readonly ratio: number;
  readonly shadow_px: number;
  /** Steps of light through the air, octaves of invented detail, texture filtering along slanted ground. */
  readonly airSteps: number;
  readonly octaves: number;
  /** Sizes of invented ground near the eye, and how much each is smaller than the last. */
  readonly reliefs: number;
  readonly reliefStep: number;
  readonly anisotropy: number;
  readonly largeTextures: boolean;
  /** Side of the small cube that hulls mirror; 0 where surfaces are drawn so simply that they mirror nothing. */
  readonly environment_px: number;
}

export const grades: Readonly<Record<Quality, Grade>> = {
  low: {
    ratio: 1, shadow_px: 2048, airSteps: 5, octaves: 3, reliefs: 6, reliefStep: 0.16,
    anisotropy: 1, largeTextures: false, environment_px: 0,
  },
  middle: {
    ratio: 1.5, shadow_px: 2048, airSteps: 10, octaves: 4, reliefs: 7, reliefStep: 0.24,
    anisotropy: 4, largeTextures: true, environment_px: 128,
  },
  high: {
    ratio: 2, shadow_px: 4096, airSteps: 16, octaves: 5, reliefs: 9, reliefStep: 0.31,
    anisotropy: 8, largeTextures: true, environment_px: 256,
  },
};

const ladder: readonly Quality[] = ['low', 'middle', 'high'];
const FAST_MS = 11;
const SLOW_MS = 38;
/** The first pictures of a grade compile shaders and send textures: they say nothing about speed. */
const WARMING = 3;
const SAMPLES = 6;

/** Whether pictures are drawn by the processor: then antialiasing and everything above low is out of reach. */
export function drawnBySoftware(gl: WebGLRenderingContext | WebGL2RenderingContext): boolean {
  const more = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(more ? more.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}

/** Watches how long pictures take and says when another quality suits; it steps up at most once to each grade. */
export class Pace {
  private times_ms: number[] = [];
  private warm = 0;
  private ceiling = ladder.length - 1;

  /** Whether there is still something to learn from drawing. */
  settled = false;

  note(taken_ms: number, quality: Quality): Quality {
    if (++this.warm <= WARMING) return quality;
    this.times_ms.push(taken_ms);
    if (this.times_ms.length < SAMPLES) return quality;
    const middle = [...this.times_ms].sort((a, b) => a - b)[SAMPLES >> 1] ?? 0;
    const step = ladder.indexOf(quality);
    const next = middle > SLOW_MS ? Math.max(0, step - 1) : middle < FAST_MS ? Math.min(this.ceiling, step + 1) : step;
    if (next < step) this.ceiling = next;
    this.settled = next === step;
    this.times_ms = [];
    if (next !== step) this.warm = 0;
    return ladder[next] ?? quality;
  }
}
