/** The relay torch of 2014 as a likeness, from general knowledge and not from the protected design: a feather of
 * polished metal about 0.95 m long with a red inlay, thin at the foot, widest at two thirds, cut aslant at the burner.
 * It is never lit: there is no flame in this model, nor a switch for one. Axes: +Y from foot to burner, origin at the
 * grip, +X the way the feather bends, +Z its flat red face. */
import { BufferAttribute, CircleGeometry, Group, PlaneGeometry, TorusGeometry, Vector3 } from 'three';
import { Builder } from './kit/builder';
import type { Materials } from './kit/materials';
import { TURN, V, along } from './kit/shapes';
import { smooth } from './smooth';
import { GRIP_M, LENGTH_M } from './torch_points';

const RED = 0xc4101c;

/** Sideways bend at height t (0 foot, 1 burner). */
const spine = (t: number): number => 0.055 * Math.sin(Math.PI * (t * 1.25 - 0.12)) + 0.045 * t ** 3;

function halfWidth(t: number): number {
  const swell = Math.sin(Math.PI * Math.min(0.97, 0.05 + t * 0.72)) ** 1.1;
  return 0.012 + 0.062 * swell * (0.42 + 0.68 * smooth(t, 0.1, 0.62));
}

const halfDepth = (t: number): number => 0.01 + 0.019 * Math.sin(Math.PI * Math.min(0.95, 0.12 + t * 0.66));

/** A point of the skin at height t and an angle round the section; the outer edge rises above the inner one. */
function skin(t: number, angle: number, grow = 1): Vector3 {
  const width = halfWidth(t) * grow, depth = halfDepth(t) * grow, cosine = Math.cos(angle), sine = Math.sin(angle);
  const slant = 0.085 * smooth(t, 0.6, 1) * cosine;
  const x = spine(t) + width * Math.sign(cosine) * Math.abs(cosine) ** 0.8;
  return V(x, t * LENGTH_M - GRIP_M + slant, depth * Math.sign(sine) * Math.abs(sine) ** 1.15);
}

interface Patch {
  readonly heights: readonly [number, number];
  readonly angles: readonly [number, number];
  readonly rows: number;
  readonly columns: number;
  readonly grow: number;
}

function loft({ heights, angles, rows, columns, grow }: Patch): PlaneGeometry {
  const shape = new PlaneGeometry(1, 1, columns, rows), places = shape.getAttribute('position');
  for (let j = 0; j <= rows; j++) {
    for (let i = 0; i <= columns; i++) {
      const t = heights[1] + ((heights[0] - heights[1]) * j) / rows;
      const angle = angles[1] + ((angles[0] - angles[1]) * i) / columns;
      const at = skin(t, angle, grow);
      places.setXYZ(j * (columns + 1) + i, at.x, at.y, at.z);
    }
  }
  shape.computeVertexNormals();
  return shape;
}

export function makeTorch(materials: Materials): Group {
  const builder = new Builder(), group = new Group();
  const body = loft({ heights: [0, 1], angles: [0, TURN], rows: 30, columns: 24, grow: 1 });
  builder.add('chrome', body, undefined, 0xe6e9ee);
  for (const side of [1, -1]) addInlay(builder, (side * Math.PI) / 2);
  addMouth(builder);
  builder.cylinder('chrome', V(0, -GRIP_M - 0.015, 0), V(0, -GRIP_M + 0.02, 0), 0.011, 0.013, 0x9aa0a6);
  builder.add('chrome', new TorusGeometry(0.016, 0.003, 5, 14), along(V(0, -GRIP_M - 0.028, 0), V(0, 1, 0)), 0xb8bcc2);
  builder.build(materials, group);
  return group;
}

/** The red vane of one flat face, a little proud of the metal, and the quill along its middle. */
function addInlay(builder: Builder, middle: number): void {
  const vane = loft({ heights: [0.1, 0.93], angles: [middle - 0.8, middle + 0.8], rows: 26, columns: 6, grow: 1.025 });
  builder.add('paint', vane, undefined, RED);
  const angles = [middle - 0.07, middle + 0.07] as const;
  const quill = loft({ heights: [0.08, 0.95], angles, rows: 24, columns: 2, grow: 1.055 });
  builder.add('chrome', quill, undefined, 0xf4f6fa);
}

/** The burner's mouth: a dark floor below the rim, and a cold ring of nozzles. */
function addMouth(builder: Builder): void {
  const centre = (t: number): Vector3 => skin(t, Math.PI / 2).add(skin(t, -Math.PI / 2)).multiplyScalar(0.5);
  const around = 28, floor = new CircleGeometry(1, around), places = floor.getAttribute('position') as BufferAttribute;
  places.setXYZ(0, ...centre(0.95).toArray());
  for (let i = 0; i <= around; i++) places.setXYZ(i + 1, ...skin(0.95, (-i / around) * TURN, 0.98).toArray());
  floor.computeVertexNormals();
  builder.add('paint', floor, undefined, 0x26211f);
  const top = centre(0.985);
  const nozzle = top.clone().add(V(0.004, 0.004, 0));
  builder.cylinder('paint', top.clone().add(V(0, -0.05, 0)), nozzle, 0.019, 0.021, 0x2a2623);
  for (let i = 0; i < 6; i++) {
    const angle = (i / 6) * TURN, foot = top.clone().add(V(0.012 * Math.cos(angle), 0, 0.012 * Math.sin(angle)));
    builder.cylinder('paint', foot, foot.clone().add(V(0, 0.01, 0)), 0.003, 0.003, 0x6a6a6a, { around: 5 });
  }
}
