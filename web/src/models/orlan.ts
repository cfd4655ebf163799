/** An Orlan-MK suit: one skinned body in four draw calls. Any suit that the page does not know is drawn as this one, as
 * its shape is the only one here. */
import { Group, Matrix4, Skeleton, SkinnedMesh, SpotLight } from 'three';
import type { BufferGeometry, Mesh } from 'three';
import type { Materials } from './kit/materials';
import { addBody } from './orlan_body';
import { addLimbs } from './orlan_limbs';
import { Rig } from './orlan_rig';
import { SUIT_MATERIALS, SuitSkin } from './orlan_skin';
import type { SuitMaterial } from './orlan_skin';

export type Stripe = 'red' | 'blue';
const STRIPES: Record<Stripe, number> = { red: 0xc01f24, blue: 0x2450b8 };
const LAMP_CANDELA = 2.2;

/** Suits of one stripe share their geometry. */
const shapes = new Map<Stripe, ReadonlyMap<SuitMaterial, BufferGeometry>>();

function shapeOf(stripe: Stripe): ReadonlyMap<SuitMaterial, BufferGeometry> {
  let shape = shapes.get(stripe);
  if (!shape) {
    const skin = new SuitSkin();
    addBody(skin, STRIPES[stripe]);
    addLimbs(skin, 'L', STRIPES[stripe]);
    addLimbs(skin, 'R', STRIPES[stripe]);
    shapes.set(stripe, (shape = skin.build()));
  }
  return shape;
}

export class Orlan {
  readonly group = new Group();
  readonly rig = new Rig();
  private readonly head: Mesh[] = [];
  private readonly lamps: Mesh[] = [];
  private readonly lamp = new SpotLight(0xfff0d8, LAMP_CANDELA, 14, 0.72, 1, 1.3);

  constructor(materials: Materials, stripe: Stripe) {
    this.group.add(this.rig.root);
    this.group.updateMatrixWorld(true);
    const skeleton = new Skeleton(this.rig.list), shape = shapeOf(stripe);
    for (const material of SUIT_MATERIALS) {
      const geometry = shape.get(material);
      if (geometry) this.hang(geometry, material, materials, skeleton);
    }
    this.lamp.position.set(0, 0.6, 0.15);
    this.lamp.target.position.set(0, -0.6, 3);
    this.rig.root.add(this.lamp, this.lamp.target);
    this.light(false);
  }

  /** Lamps on the helmet; a light that is off is taken out, as every light costs each pixel. */
  light(on: boolean): void {
    this.lamp.visible = on;
    for (const lamp of this.lamps) lamp.visible = on;
  }

  /** Seen from the own helmet camera: the visor is left out, arms stay in the picture. */
  wear(worn: boolean): void {
    for (const part of this.head) part.visible = !worn;
  }

  private hang(geometry: BufferGeometry, name: SuitMaterial, materials: Materials, skeleton: Skeleton): void {
    const mesh = new SkinnedMesh(geometry, materials.get(name));
    mesh.name = name;
    mesh.castShadow = mesh.receiveShadow = name !== 'glow';
    mesh.frustumCulled = false;                       // its bounds are those of the rest pose
    mesh.bind(skeleton, new Matrix4());
    if (name === 'glow') this.lamps.push(mesh);
    if (name === 'visor') this.head.push(mesh);
    this.group.add(mesh);
  }
}
