/** A line in the sky (kilometres, the camera at the origin) that ends where the Earth hides it. */
import { BufferAttribute, BufferGeometry, Color, LineBasicMaterial, LineSegments, Vector3 } from 'three';
import { hides } from '../../stage/ellipsoid';
import type { Frame } from '../../stage/layer';

export interface Piece {
  readonly from_km: Vector3;
  readonly to_km: Vector3;
  /** 0 unseen, 1 full. */
  readonly strength: number;
}

/** Drawn after the Earth and the air. */
const ORDER = 15;

export class Strands {
  readonly object: LineSegments;
  private readonly place: BufferAttribute;
  private readonly shade: BufferAttribute;

  constructor(most: number, private readonly colour: Color) {
    this.place = new BufferAttribute(new Float32Array(6 * most), 3);
    this.shade = new BufferAttribute(new Float32Array(8 * most), 4);
    const geometry = new BufferGeometry().setAttribute('position', this.place).setAttribute('color', this.shade);
    const material = new LineBasicMaterial({
      vertexColors: true, transparent: true, depthTest: false, depthWrite: false, toneMapped: false,
    });
    this.object = new LineSegments(geometry, material);
    this.object.frustumCulled = false;
    this.object.renderOrder = ORDER;
    this.object.visible = false;
  }

  /** Places from the middle of the Earth, GCRF, kilometres. */
  draw(frame: Frame, pieces: readonly Piece[]): void {
    const eye = frame.lens.eye_km;
    let count = 0;
    for (const { from_km, to_km, strength } of pieces) {
      if (count >= this.place.count / 2 || strength <= 0) continue;
      if (hides(eye, from_km) || hides(eye, to_km)) continue;
      this.put(2 * count, from_km.clone().sub(eye), strength);
      this.put(2 * count + 1, to_km.clone().sub(eye), strength);
      count += 1;
    }
    this.object.geometry.setDrawRange(0, 2 * count);
    this.object.visible = count > 0;
    this.place.needsUpdate = this.shade.needsUpdate = true;
  }

  hide(): void {
    this.object.visible = false;
  }

  dispose(): void {
    this.object.geometry.dispose();
    (this.object.material as LineBasicMaterial).dispose();
  }

  private put(at: number, place: Vector3, strength: number): void {
    this.place.setXYZ(at, place.x, place.y, place.z);
    this.shade.setXYZW(at, this.colour.r, this.colour.g, this.colour.b, strength);
  }
}
