/** Drogue and main parachute: a lobed canopy in orange and white gores, lines and risers, blown up by one number. */
import {
  BufferGeometry, Color, DoubleSide, Float32BufferAttribute, Group, LineBasicMaterial, LineSegments, Mesh,
  MeshLambertMaterial,
} from 'three';
import { TURN, V } from '../kit/shapes';
import { RISER } from './capsule';

export interface ParachuteSize {
  readonly radius: number;
  readonly high: number;
  /** From the capsule's base to the hem. */
  readonly hem: number;
  readonly gores: number;
}

/** 1000 m2 of cloth: 35.7 m across when flat, about two thirds of that when full. Drogue: 24 m2. */
export const MAIN: ParachuteSize = { radius: 12.3, high: 8.4, hem: 41, gores: 60 };
export const DROGUE: ParachuteSize = { radius: 1.9, high: 1.3, hem: 16, gores: 24 };

const ORANGE = new Color(0xe8621c);
const WHITE = new Color(0xf3f0e6);
/** Half the height of the emptied cloth on the ground. */
const LYING_M = 1;
const ROWS = 12;
const PER_GORE = 4;

export class Parachute {
  readonly group = new Group();
  private readonly canopy: Mesh<BufferGeometry, MeshLambertMaterial>;
  private readonly lines: LineSegments<BufferGeometry, LineBasicMaterial>;

  constructor(size: ParachuteSize) {
    const shape = canopy(size);
    this.canopy = new Mesh(shape, new MeshLambertMaterial({ vertexColors: true, side: DoubleSide }));
    this.canopy.castShadow = true;
    this.lines = new LineSegments(lines(size, shape), new LineBasicMaterial({ color: 0xd9d2c0 }));
    this.group.add(this.canopy, this.lines);
    this.group.visible = false;
  }

  /** 0 packed, 1 full. It streams out first and fills then, breathing a little. */
  open(share: number, flow_s: number): void {
    this.group.visible = share > 0;
    const filled = Math.max(0.06, (share - 0.3) / 0.7), breath = 1 + 0.015 * Math.sin(flow_s * 1.7) * filled;
    const far = Math.min(1, 0.25 + share * 2.5);
    this.group.scale.set(filled * breath, far, filled * breath);
    this.group.position.copy(RISER).multiplyScalar(1 - filled);
  }

  /** 0 overhead, 1 lying on the ground beside the capsule, emptied. */
  fall(share: number): void {
    this.group.rotation.z = -(Math.PI / 2) * share;
    this.group.scale.x *= 1 - 0.92 * share;
    this.group.scale.z *= 1 - 0.6 * share;
    this.group.position.y = LYING_M * share;
  }

  dispose(): void {
    for (const part of [this.canopy, this.lines]) {
      part.geometry.dispose();
      part.material.dispose();
    }
  }
}

function canopy({ radius, high, hem, gores }: ParachuteSize): BufferGeometry {
  const positions: number[] = [], colours: number[] = [], triangles: number[] = [], columns = gores * PER_GORE;
  for (let j = 0; j <= ROWS; j++) {
    for (let i = 0; i <= columns; i++) {
      const share = 0.05 + (0.95 * j) / ROWS, angle = (i / columns) * TURN;
      const lobe = Math.abs(Math.sin((angle * gores) / 2)), dip = share * 1.68;
      const r = radius * Math.sin(dip) * (1 + 0.022 * lobe * share);
      const y = hem + high * Math.cos(dip) + high * 0.026 * lobe * share;
      positions.push(r * Math.cos(angle), y, r * Math.sin(angle));
      const colour = stripe(Math.min(gores - 1, Math.floor(i / PER_GORE)), j), shade = 0.82 + 0.18 * lobe;
      colours.push(colour.r * shade, colour.g * shade, colour.b * shade);
    }
  }
  for (let j = 0; j < ROWS; j++) {
    for (let i = 0; i < columns; i++) {
      const a = j * (columns + 1) + i, below = a + columns + 1;
      triangles.push(a, a + 1, below, below, a + 1, below + 1);
    }
  }
  const shape = new BufferGeometry();
  shape.setAttribute('position', new Float32BufferAttribute(positions, 3));
  shape.setAttribute('color', new Float32BufferAttribute(colours, 3));
  shape.setIndex(triangles);
  shape.computeVertexNormals();
  return shape;
}

const stripe = (gore: number, row: number): Color =>
  row === 9 ? WHITE : row === 4 ? ORANGE : gore % 4 < 2 ? ORANGE : WHITE;

/** From each seam of the hem to a knot, and from there two risers to the capsule. */
function lines({ gores, hem }: ParachuteSize, shape: BufferGeometry): BufferGeometry {
  const position = shape.getAttribute('position'), knot = RISER.clone().add(V(0, hem * 0.22, 0));
  const ends: number[] = [], first = ROWS * (gores * PER_GORE + 1);
  for (let k = 0; k < gores; k++) {
    const i = first + k * PER_GORE;
    ends.push(...knot.toArray(), position.getX(i), position.getY(i), position.getZ(i));
  }
  ends.push(...knot.toArray(), ...RISER.toArray(), ...knot.toArray(), -0.5, 2, 0.1);
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(ends, 3));
  return geometry;
}
