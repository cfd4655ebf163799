/** What is drawn of things that no model is known for: clean grey solids, or a box with the thing's name on it. */
import { BoxGeometry, CanvasTexture, Group, Mesh, MeshLambertMaterial, SRGBColorSpace } from 'three';
import type { Solid, Text } from '../../flight/scene';
import type { Builder } from '../kit/builder';
import { V } from '../kit/shapes';
import { hullOf, onAxis } from './hull';

const PLAIN = 0xc9cccd;

export function plainSolid(b: Builder, solid: Solid): void {
  if (solid.kind === 'box') {
    b.box('paint', V(...solid.centre_m), V(...solid.size_m), PLAIN);
    return;
  }
  const hull = hullOf(solid);
  b.cylinder('paint', hull.from, onAxis(hull, hull.length), hull.radius, hull.radius, PLAIN);
}

/** A grey box of these sides with the name on each face: both languages, as the picture does not follow the page's. */
export function labelledBox(name: Text, x: number, y: number, z: number): Group {
  const material = new MeshLambertMaterial({ map: nameplate(name) });
  const mesh = new Mesh(new BoxGeometry(x, y, z), material);
  mesh.castShadow = mesh.receiveShadow = true;
  return new Group().add(mesh);
}

function nameplate(name: Text): CanvasTexture {
  const canvas = document.createElement('canvas');
  canvas.width = 512;
  canvas.height = 256;
  const brush = canvas.getContext('2d');
  if (brush) {
    brush.fillStyle = '#b9bec1';
    brush.fillRect(0, 0, 512, 256);
    brush.strokeStyle = '#5d6468';
    brush.lineWidth = 6;
    brush.strokeRect(8, 8, 496, 240);
    brush.fillStyle = '#20262a';
    brush.textAlign = 'center';
    const lines = name.en === name.ru ? [name.en] : [name.en, name.ru];
    lines.forEach((line, i) => {
      brush.font = `600 ${Math.min(64, Math.floor(800 / Math.max(8, line.length)))}px sans-serif`;
      brush.fillText(line, 256, lines.length === 1 ? 146 : 110 + i * 76);
    });
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}
