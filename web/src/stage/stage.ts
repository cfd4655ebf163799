/**
 * The stage draws one instant: first the sky (kilometres, the camera at the origin), then, over a cleared depth, the
 * near world (metres, a craft at the origin). It owns renderer, lamps and layers, and knows no layer by name.
 */
import { ACESFilmicToneMapping, PCFShadowMap, PMREMGenerator, Scene as World, Vector2, WebGLRenderer } from 'three';
import type { WebGLRenderTarget } from 'three';
import type { Sight } from '../cameras/camera';
import type { CraftNow, Now, Triple, Turn } from '../flight/now';
import { layerMakers } from './layers';
import { Lens, whereabouts } from './lens';
import type { Spot } from './lens';
import { Rig, exposureFor, lightAt } from './light';
import { quaternion, vector } from './ellipsoid';
import { groundHeight } from './ground';
import { Pace, drawnBySoftware, grades } from './quality';
import type { Flown, Frame, Layer, Light, Quality } from './layer';

export interface StageOptions {
  /** Keep this quality; without it the machine's speed decides, from low upwards. */
  readonly quality?: Quality;
  /** Another picture is wanted: a texture has arrived, the quality changed, the graphics card came back. */
  readonly changed?: () => void;
  /** The graphics card was taken away (true) or given back (false). */
  readonly lost?: (gone: boolean) => void;
}

export interface Stat {
  readonly triangles: number;
  readonly calls: number;
  readonly quality: Quality;
  readonly textures: number;
  readonly geometries: number;
  readonly programs: number;
  /** The camera of the last picture: place (GCRF, m, from the middle of the Earth), axes to GCRF, vertical field. */
  readonly eye_m: Triple;
  readonly turn: Turn;
  readonly field_deg: number;
}

export interface Stage {
  readonly quality: Quality;
  /** Keep a quality from now on; null lets the machine's speed decide again. */
  pin(quality: Quality | null): void;
  draw(now: Now, sight: Sight, view: string, shown: ReadonlySet<string>): void;
  /** CSS pixels, and device pixels for each of them. */
  resize(width: number, height: number, ratio: number): void;
  /** Where a craft, `sun`, `moon`, a place or a person outside is in the last picture. */
  project(id: string): Spot;
  /** The last picture as PNG. */
  capture(): Promise<Blob>;
  /** Resolves when all that an honest picture needs (small textures, stars) has arrived; draw again after it. */
  ready(): Promise<void>;
  /** What the last picture took, all passes and shadows included. */
  stat(): Stat;
  dispose(): void;
}

/** The Earth's light on hulls changes slowly: the surroundings are drawn anew after so many seconds of flight. */
const SURROUND_S = 45;
/** Once the quality is found, one picture in so many is still timed. */
const TIME_ONE_IN = 40;
const NOWHERE: Spot = { x: NaN, y: NaN, visible: false };

/** Throws an Error in words for people where the browser offers no WebGL 2. */
export function createStage(canvas: HTMLCanvasElement, flight: Flown, options: StageOptions = {}): Stage {
  return new TwoPassStage(canvas, flight, options);
}

interface Picture {
  readonly now: Now;
  readonly sight: Sight;
  readonly view: string;
  readonly shown: ReadonlySet<string>;
}

class TwoPassStage implements Stage {
  quality: Quality;
  private readonly renderer: WebGLRenderer;
  private readonly software: boolean;
  private readonly near = new World();
  private readonly sky = new World();
  private readonly lens = new Lens();
  private readonly rig = new Rig(this.near);
  private layers: Layer[] = [];
  private readonly broken = new Set<string>();
  private pinned: boolean;
  private pace = new Pace();
  private drawn = 0;
  private last: Picture | null = null;
  private size = { width: 1, height: 1, ratio: 1 };
  private mirror: PMREMGenerator | null = null;
  private surroundings: WebGLRenderTarget | null = null;
  private surround_s = -Infinity;
  private gone = false;

  constructor(canvas: HTMLCanvasElement, private readonly flight: Flown, private readonly options: StageOptions) {
    this.quality = options.quality ?? 'low';
    this.pinned = options.quality !== undefined;
    this.renderer = openRenderer(canvas, this.quality, this.pinned);
    this.software = drawnBySoftware(this.renderer.getContext());
    if (this.software) this.pinned = true;
    canvas.addEventListener('webglcontextlost', this.onLost);
    canvas.addEventListener('webglcontextrestored', this.onRestored);
    this.build();
  }

  pin(quality: Quality | null): void {
    this.pinned = quality !== null || this.software;
    this.pace = new Pace();
    if (quality !== null) this.change(quality);
    this.options.changed?.();
  }

  resize(width: number, height: number, ratio: number): void {
    this.size = { width: Math.max(1, width), height: Math.max(1, height), ratio };
    this.renderer.setPixelRatio(Math.min(ratio, grades[this.quality].ratio));
    this.renderer.setSize(this.size.width, this.size.height, false);
    this.lens.resize(this.size.width, this.size.height);
  }

  draw(now: Now, sight: Sight, view: string, shown: ReadonlySet<string>): void {
    this.last = { now, sight, view, shown };
    if (this.gone) return;
    const began = performance.now();
    if (!this.paint(this.last)) return;
    this.watch(began);
  }

  project(id: string): Spot {
    if (!this.last) return NOWHERE;
    const target = whereabouts(id, this.last.now, this.flight.scene.places);
    return target ? this.lens.spotOf(target) : NOWHERE;
  }

  capture(): Promise<Blob> {
    // the picture is gone from the canvas after it was shown: draw and read in one turn
    if (this.last && !this.gone) this.paint(this.last);
    return new Promise((resolve, reject) =>
      this.renderer.domElement.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
    );
  }

  async ready(): Promise<void> {
    await Promise.allSettled(this.layers.map((layer) => layer.ready));
    this.surround_s = -Infinity;
  }

  stat(): Stat {
    const { render, memory, programs } = this.renderer.info;
    return {
      triangles: render.triangles,
      calls: render.calls,
      quality: this.quality,
      textures: memory.textures,
      geometries: memory.geometries,
      programs: programs?.length ?? 0,
      eye_m: this.lens.eye_m,
      turn: this.lens.sky.quaternion.toArray(),
      field_deg: this.lens.sky.fov,
    };
  }

  dispose(): void {
    this.renderer.domElement.removeEventListener('webglcontextlost', this.onLost);
    this.renderer.domElement.removeEventListener('webglcontextrestored', this.onRestored);
    this.clear();
    this.surroundings?.dispose();
    this.mirror?.dispose();
    this.renderer.dispose();
  }

  /** False when there is nothing to stand beside: the focus has no place at this instant. */
  private paint(picture: Picture): boolean {
    const { now, sight } = picture;
    const focus = now.craft.get(sight.focus);
    if (!focus) return false;
    this.lens.take(now, sight, focus);
    const light = lightAt(now, vector(focus.position_m).multiplyScalar(1e-3));
    const exposure = exposureFor(lightAt(now, this.lens.eye_km), light);
    this.renderer.toneMappingExposure = exposure.exposure;
    this.update(this.frameOf(picture, light, exposure.stars));
    this.rig.update(light, sight);
    this.renderer.info.reset();
    this.surround(now);
    this.renderer.clear();
    this.renderer.render(this.sky, this.lens.sky);
    this.renderer.clearDepth();
    if (this.standsFree(focus)) this.renderer.render(this.near, this.lens.near);
    return true;
  }

  private frameOf({ now, sight, view, shown }: Picture, light: Light, stars: number): Frame {
    const eyeFixed = this.lens.eye_km.applyQuaternion(quaternion(now.earth).invert());
    const { x, y } = this.renderer.getDrawingBufferSize(new Vector2());
    return {
      now, light, sight, view, shown, stars,
      focus: sight.focus,
      camera: this.lens.near,
      lens: this.lens,
      eye_m: this.lens.eye_m,
      ground_m: groundHeight(eyeFixed, this.flight.scene.places),
      width_px: x,
      height_px: y,
      flow_s: now.t_s,
    };
  }

  /** A layer that fails is left out and said once; the others go on. */
  private update(frame: Frame): void {
    for (const layer of this.layers) {
      if (this.broken.has(layer.id)) continue;
      try {
        layer.update(frame);
      } catch (error) {
        this.broken.add(layer.id);
        console.error(`layer ${layer.id} is left out:`, error);
      }
    }
  }

  /** The near world does not know the ground: from afar, what is behind the Earth is not drawn. */
  private standsFree(focus: CraftNow): boolean {
    return this.lens.distanceTo(focus) < 5000 || !this.lens.hidesCraft(focus);
  }

  private surround(now: Now): void {
    const size = grades[this.quality].environment_px;
    if (size === 0 || Math.abs(now.t_s - this.surround_s) < SURROUND_S) return;
    this.surround_s = now.t_s;
    const mirror = (this.mirror ??= new PMREMGenerator(this.renderer));
    const old = this.surroundings;
    const noSun = this.layers.filter((layer) => layer.sky && layer.dazzles);
    for (const layer of noSun) if (layer.sky) layer.sky.visible = false;
    this.surroundings = mirror.fromScene(this.sky, 0, 1, 1e6, { size });
    for (const layer of noSun) if (layer.sky) layer.sky.visible = true;
    this.rig.surround(this.surroundings.texture);
    old?.dispose();
  }

  /** Time a picture, the graphics card's share included, until the right quality is found; then now and again. */
  private watch(began_ms: number): void {
    this.drawn += 1;
    if (this.pinned || (this.pace.settled && this.drawn % TIME_ONE_IN !== 0)) return;
    const gl = this.renderer.getContext();
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    const next = this.pace.note(performance.now() - began_ms, this.quality);
    if (next !== this.quality) this.change(next);
    if (!this.pace.settled) this.options.changed?.();
  }

  private change(quality: Quality): void {
    if (quality === this.quality) return;
    this.quality = quality;
    this.clear();
    this.build();
    this.resize(this.size.width, this.size.height, this.size.ratio);
    void this.ready().then(() => this.options.changed?.());
  }

  private build(): void {
    const changed = () => {
      this.surround_s = -Infinity;
      this.options.changed?.();
    };
    this.rig.grade(grades[this.quality]);
    this.layers = layerMakers.map((make) => make(this.flight.scene, this.quality, this.renderer, changed, this.flight));
    for (const layer of this.layers) {
      if (layer.near) this.near.add(layer.near);
      if (layer.sky) this.sky.add(layer.sky);
    }
    this.surround_s = -Infinity;
  }

  private clear(): void {
    for (const layer of this.layers) {
      layer.near?.removeFromParent();
      layer.sky?.removeFromParent();
      layer.dispose?.();
    }
    this.layers = [];
    this.broken.clear();
  }

  private readonly onLost = (event: Event): void => {
    event.preventDefault();
    this.gone = true;
    // what the card held went with it: let go of it now, for a new card would not know it
    this.clear();
    this.surroundings?.dispose();
    this.mirror?.dispose();
    this.surroundings = this.mirror = null;
    this.rig.letGo();
    this.options.lost?.(true);
  };

  private readonly onRestored = (): void => {
    this.gone = false;
    this.build();
    this.options.lost?.(false);
    void this.ready().then(() => this.options.changed?.());
  };
}

function openRenderer(canvas: HTMLCanvasElement, quality: Quality, pinned: boolean): WebGLRenderer {
  let renderer: WebGLRenderer;
  try {
    const antialias = wantsSmoothEdges(quality, pinned);
    renderer = new WebGLRenderer({ canvas, antialias, powerPreference: 'high-performance' });
  } catch {
    throw new Error('This browser offers no WebGL 2, so the picture in three dimensions cannot be drawn.');
  }
  renderer.toneMapping = ACESFilmicToneMapping;
  renderer.autoClear = false;
  renderer.info.autoReset = false;
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = PCFShadowMap;
  return renderer;
}

/** Antialiasing can only be asked for when a canvas is opened, so a second canvas is asked first who will draw. */
function wantsSmoothEdges(quality: Quality, pinned: boolean): boolean {
  if (pinned) return quality !== 'low';
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return false;
  const slow = drawnBySoftware(gl);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !slow;
}
