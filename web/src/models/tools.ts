/** What people carry outside: a stills camera in its white cover, a cordless driver, a small bag with a label. */
import { CanvasTexture, CylinderGeometry, Group, Mesh, MeshBasicMaterial, PlaneGeometry, SRGBColorSpace } from 'three';
import { Builder } from './kit/builder';
import type { Materials } from './kit/materials';
import { V, place } from './kit/shapes';

/** Lens along +Z; the origin is on the grip at its right side, whose rod is +Y. */
export function makeCamera(materials: Materials): Group {
  const builder = new Builder(), group = new Group();
  builder.roundBox('paint', V(0.075, 0.02, 0.01), V(0.17, 0.12, 0.09), 0.02, 0xe2e0d8);
  builder.cylinder('paint', V(0.085, 0.02, 0.05), V(0.085, 0.02, 0.15), 0.042, 0.046, 0x26282a);
  builder.cylinder('paint', V(0.085, 0.02, 0.15), V(0.085, 0.02, 0.152), 0.038, 0.038, 0x1a2230);
  builder.roundBox('paint', V(0.08, 0.1, 0), V(0.06, 0.05, 0.05), 0.01, 0x2a2c2e);
  builder.cylinder('paint', V(0, -0.05, 0), V(0, 0.07, 0), 0.02, 0.02, 0x3a3c3e);
  builder.build(materials, group);
  return group;
}

/** A driver: the bit along +Z, the handle along -Y with the origin in its middle. */
export function makeDriver(materials: Materials): Group {
  const builder = new Builder(), group = new Group();
  builder.cylinder('paint', V(0, -0.07, 0), V(0, 0.07, 0), 0.019, 0.021, 0x33363a);
  builder.roundBox('paint', V(0, -0.09, 0.01), V(0.07, 0.05, 0.11), 0.015, 0xd8a318);
  const body = new CylinderGeometry(0.036, 0.04, 0.17, 14).rotateX(Math.PI / 2);
  builder.add('paint', body, place(V(0, 0.09, 0.03)), 0xdcdad0);
  builder.cylinder('paint', V(0, 0.09, 0.115), V(0, 0.09, 0.16), 0.026, 0.014, 0x6a6d70);
  builder.cylinder('paint', V(0, 0.09, 0.16), V(0, 0.09, 0.26), 0.007, 0.007, 0xb9bcbf);
  builder.build(materials, group);
  return group;
}

/** A cloth bag, its strap above; origin at the strap. `label` is sewn on both flat sides. */
export function makeBag(materials: Materials, label: string): Group {
  const builder = new Builder(), group = new Group();
  builder.roundBox('cloth', V(0, -0.2, 0), V(0.28, 0.3, 0.15), 0.035, 0xd6d2c4);
  builder.box('paint', V(0, -0.06, 0), V(0.285, 0.022, 0.155), BAG_BAND);
  const strap = [V(-0.09, -0.06, 0), V(-0.06, -0.01, 0), V(0.06, -0.01, 0), V(0.09, -0.06, 0)];
  builder.tube('paint', strap, 0.009, 0x55595c, 12, 5);
  builder.build(materials, group);
  for (const side of [1, -1]) {
    const sewn = new Mesh(new PlaneGeometry(0.2, 0.1), labelMaterial(label));
    sewn.position.set(0, -0.2, side * 0.0765);
    if (side < 0) sewn.rotation.y = Math.PI;
    group.add(sewn);
  }
  return group;
}

const BAG_BAND = 0x2450b8;
const labels = new Map<string, MeshBasicMaterial>();

function labelMaterial(text: string): MeshBasicMaterial {
  let material = labels.get(text);
  if (!material) {
    material = new MeshBasicMaterial({ map: written(text), color: 0x9a9a96 });
    labels.set(text, material);
  }
  return material;
}

function written(text: string): CanvasTexture {
  const canvas = document.createElement('canvas');
  canvas.width = 256;
  canvas.height = 128;
  const brush = canvas.getContext('2d');
  if (brush) {
    brush.fillStyle = '#f4f2ea';
    brush.fillRect(0, 0, 256, 128);
    brush.fillStyle = '#1c2430';
    brush.font = '600 44px "IBM Plex Sans", sans-serif';
    brush.textAlign = 'center';
    brush.textBaseline = 'middle';
    brush.fillText(text, 128, 66, 236);
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}
