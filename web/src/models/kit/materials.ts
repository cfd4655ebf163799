/** The few materials that all models share; colours come from the vertices, so that one material serves many paints. */
import { DoubleSide, FrontSide, MeshBasicMaterial, MeshLambertMaterial, MeshStandardMaterial } from 'three';
import type { Material, Side, Texture } from 'three';
import type { Quality } from '../../stage/layer';
import * as paint from './paint';

export type MaterialName =
  | 'blanket' | 'panel' | 'paint' | 'matte' | 'metal' | 'chrome' | 'cells' | 'kapton' | 'cloth' | 'scorch' | 'visor'
  | 'glow' | 'glass';

interface Recipe {
  readonly roughness: number;
  readonly metalness?: number;
  readonly side?: Side;
  readonly map?: () => Texture;
  readonly bump?: () => Texture;
  readonly bumpScale?: number;
  readonly colour?: number;
  readonly emissive?: number;
}

const RECIPES: Record<Exclude<MaterialName, 'glow'>, Recipe> = {
  blanket: { roughness: 0.82, map: paint.blanketColour, bump: paint.blanketBump, bumpScale: 3 },
  panel: { roughness: 0.45, metalness: 0.2, map: paint.panelColour, bump: paint.panelBump, bumpScale: 1.2 },
  paint: { roughness: 0.55 },
  matte: { roughness: 0.9, side: DoubleSide },
  metal: { roughness: 0.32, metalness: 0.85 },
  chrome: { roughness: 0.2, metalness: 0.72 },
  cells: { roughness: 0.28, metalness: 0.35, map: paint.cellColour },
  kapton: { roughness: 0.5, metalness: 0.25, map: paint.kaptonColour },
  cloth: { roughness: 0.92, bump: paint.clothBump, bumpScale: 2.2 },
  scorch: { roughness: 0.88, map: paint.scorchColour, bump: paint.blanketBump, bumpScale: 1 },
  visor: { roughness: 0.08, metalness: 0.84, colour: 0xe2a43c, emissive: 0x1c0f00 },
  glass: { roughness: 0.06, metalness: 0.6 },
};

/** Materials of one quality, each made when first asked for. */
export class Materials {
  private readonly made = new Map<MaterialName, Material>();
  private readonly textures = new Map<() => Texture, Texture>();

  readonly quality: Quality;

  constructor(quality: Quality) {
    this.quality = quality;
  }

  get(name: MaterialName): Material {
    let material = this.made.get(name);
    if (!material) {
      material = name === 'glow' ? new MeshBasicMaterial({ vertexColors: true }) : this.cook(RECIPES[name]);
      material.name = name;
      this.made.set(name, material);
    }
    return material;
  }

  dispose(): void {
    for (const material of this.made.values()) material.dispose();
    for (const texture of this.textures.values()) texture.dispose();
    this.made.clear();
    this.textures.clear();
  }

  private cook(recipe: Recipe): Material {
    const plain = {
      vertexColors: true,
      side: recipe.side ?? FrontSide,
      color: recipe.colour ?? 0xffffff,
      emissive: recipe.emissive ?? 0,
      ...(recipe.map && { map: this.texture(recipe.map) }),
    };
    if (this.quality === 'low') return new MeshLambertMaterial(plain);
    return new MeshStandardMaterial({
      ...plain,
      roughness: recipe.roughness,
      metalness: recipe.metalness ?? 0,
      ...(recipe.bump && { bumpMap: this.texture(recipe.bump), bumpScale: recipe.bumpScale ?? 1 }),
    });
  }

  private texture(made: () => Texture): Texture {
    let texture = this.textures.get(made);
    if (!texture) {
      this.textures.set(made, (texture = made()));
      // Mesa's software drawing never comes back from some hulls seen edge-on with a filter along the slant
      texture.anisotropy = this.quality === 'low' ? 1 : 4;
    }
    return texture;
  }
}

const shared = new Map<Quality, Materials>();

/** All layers of one quality share these; they live as long as the page and are never many. */
export function materialsFor(quality: Quality): Materials {
  let materials = shared.get(quality);
  if (!materials) shared.set(quality, (materials = new Materials(quality)));
  return materials;
}
