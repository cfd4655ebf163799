/** The sky's maps, kept once for each renderer: a change of quality or a rebuilt layer finds them there. */
import {
  DataTexture, ImageBitmapLoader, LinearMipmapLinearFilter, NoColorSpace, RepeatWrapping, SRGBColorSpace, Texture,
} from 'three';
import type { IUniform, WebGLRenderer } from 'three';
import { grades } from '../stage/quality';
import type { Quality } from '../stage/layer';

export type MapName = 'day' | 'night' | 'clouds' | 'coast' | 'milkyway';

const files: Readonly<Record<MapName, readonly [small: string, large: string]>> = {
  day: ['day-small.jpg', 'day.jpg'],
  night: ['night-small.jpg', 'night.jpg'],
  clouds: ['clouds-small.jpg', 'clouds.jpg'],
  coast: ['coast-small.png', 'coast.png'],
  milkyway: ['milkyway.png', 'milkyway.png'],
};

/** Shown until the map is here, and for good when it cannot be had: open sea, no lights, no clouds. */
const stopgaps: Readonly<Record<MapName, readonly [number, number, number]>> = {
  day: [10, 30, 70],
  night: [0, 0, 0],
  clouds: [0, 0, 0],
  coast: [0, 0, 0],
  milkyway: [0, 0, 0],
};

export const skyFile = (name: string): string => new URL(`sky/${name}`, document.baseURI).href;

const shelves = new WeakMap<WebGLRenderer, Map<string, Promise<Texture>>>();

function fetchMap(renderer: WebGLRenderer, file: string): Promise<Texture> {
  const shelf = shelves.get(renderer) ?? new Map<string, Promise<Texture>>();
  shelves.set(renderer, shelf);
  const known = shelf.get(file);
  if (known) return known;
  const loader = new ImageBitmapLoader().setOptions({ imageOrientation: 'flipY', premultiplyAlpha: 'none' });
  const texture = loader.loadAsync(skyFile(file)).then((image) => {
    const made = new Texture(image);
    made.flipY = false;
    made.wrapS = RepeatWrapping;
    made.generateMipmaps = true;
    made.minFilter = LinearMipmapLinearFilter;
    return made;
  });
  shelf.set(file, texture);
  return texture;
}

function stopgap(name: MapName): DataTexture {
  const texture = new DataTexture(new Uint8Array([...stopgaps[name], 255]), 1, 1);
  texture.needsUpdate = true;
  return texture;
}

export interface MapUniform {
  readonly uniform: IUniform<Texture>;
  /** Resolves when the small map is there, or is known not to come. */
  readonly ready: Promise<void>;
}

/** A uniform that shows the small map first and, where the quality asks for it, the large one after it. */
export function mapUniform(name: MapName, quality: Quality, renderer: WebGLRenderer, changed: () => void): MapUniform {
  const grade = grades[quality];
  const uniform: IUniform<Texture> = { value: stopgap(name) };
  const show = (texture: Texture) => {
    texture.colorSpace = name === 'day' || name === 'night' ? SRGBColorSpace : NoColorSpace;
    texture.anisotropy = grade.anisotropy;
    texture.needsUpdate = true;
    uniform.value = texture;
    changed();
  };
  const [small, large] = files[name];
  const missing = () => console.warn(`sky/${small} did not come; the picture goes on without it`);
  const ready = fetchMap(renderer, small).then(show, missing);
  const more = () => fetchMap(renderer, large).then(show, () => undefined);
  if (grade.largeTextures && large !== small) void ready.then(more);
  return { uniform, ready };
}
