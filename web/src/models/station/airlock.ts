/** Pirs and Poisk: a barrel between two docking ports, with an exit hatch on each side of which one can open. */
import { BoxGeometry, BufferGeometry, Float32BufferAttribute, Group, PointLight } from 'three';
import type { Vector3 } from 'three';
import type { Solid } from '../../flight/scene';
import { Builder, RAIL_YELLOW } from '../kit/builder';
import type { Materials } from '../kit/materials';
import { Seeded } from '../kit/seed';
import { TURN, V, along as alongMatrix, axesAt, insideOut, lathe, radians } from '../kit/shapes';
import { GREY, RING, RUSSIAN_WHITE, dockingTarget, hullOf, onAxis, onSkin, outward } from './hull';
import type { Hull } from './hull';
import { portCone } from './russian';

/** The barrel between the end cones. */
const BARREL_FROM = 0.5;
const BARREL_END = 0.5;
const HOLE = 0.56;
const CLEAR = 0.5;

export interface Airlock {
  readonly group: Group;
  /** 0 shut, 1 open; the light inside is seen through it, dimmer at night when the picture opens up. */
  open(share: number, sunlit: number): void;
}

/** `hatch` is where the flight has it, station axes; the door is drawn in the nearest side of the barrel. */
export function makeAirlock(materials: Materials, solid: Solid, hatch: Vector3, outerEndHigh: boolean): Airlock {
  const hull = hullOf(solid, !outerEndHigh), b = new Builder();
  const s = Math.min(Math.max(hatch.clone().sub(hull.from).dot(hull.along), 1.5), hull.length - 1.4);
  const angle = sideOf(hull, hatch);
  const sides = [angle, angle + Math.PI];
  barrel(b, hull, s, sides);
  ends(b, hull);
  room(b, hull, s, angle);
  for (const side of sides) rim(b, hull, s, side);
  shutDoor(b, hull, s, angle + Math.PI);
  boxes(b, hull, angle);
  dockingTarget(b, onSkin(hull, hull.length - 0.32, angle + Math.PI / 2, 1.0), hull.along, outward(hull, angle));
  const group = b.build(materials) as Group;
  const frame = doorFrame(hull, s, angle), leaf = doorLeaf(materials), lamp = cabinLamp(hull, s, angle);
  group.add(frame.add(leaf), lamp);
  return {
    group,
    open(share, sunlit) {
      // Hinged on the inner side and swung in: assumed, nobody published it.
      leaf.rotation.y = radians(105) * share;
      lamp.intensity = share * (0.45 + 3.5 * sunlit);
      lamp.visible = share > 0;
    },
  };
}

function sideOf(hull: Hull, hatch: Vector3): number {
  const out = hatch.clone().sub(hull.from);
  return Math.atan2(out.dot(hull.side), out.dot(hull.up)) > Math.PI / 2 ? Math.PI : 0;
}

/** The skin, left open where the hatches are; the rim hides the ragged edge. */
function barrel(b: Builder, hull: Hull, hatch: number, sides: readonly number[]): void {
  const columns = 96, rows = 44, from = BARREL_FROM, to = hull.length - BARREL_END;
  const positions: number[] = [], normals: number[] = [], uvs: number[] = [], triangles: number[] = [];
  for (let j = 0; j <= rows; j++) {
    for (let i = 0; i <= columns; i++) {
      const angle = (i / columns) * TURN, s = from + ((to - from) * j) / rows;
      positions.push(...onSkin(hull, s, angle).toArray());
      normals.push(...outward(hull, angle).toArray());
      uvs.push((i / columns) * 4, (s - from) / 2);
    }
  }
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const middle = onSkin(hull, from + ((to - from) * (j + 0.5)) / rows, ((i + 0.5) / columns) * TURN);
      if (sides.some((angle) => fromAxisOfHatch(hull, hatch, angle, middle) < HOLE)) continue;
      const a = j * (columns + 1) + i, above = a + columns + 1;
      triangles.push(a, a + 1, above + 1, a, above + 1, above);
    }
  }
  const skin = new BufferGeometry();
  skin.setAttribute('position', new Float32BufferAttribute(positions, 3));
  skin.setAttribute('normal', new Float32BufferAttribute(normals, 3));
  skin.setAttribute('uv', new Float32BufferAttribute(uvs, 2));
  skin.setIndex(triangles);
  b.add('blanket', skin, undefined, RUSSIAN_WHITE);
}

/** Distance from the line through a hatch, or far away on the other side of the barrel. */
function fromAxisOfHatch(hull: Hull, hatch: number, angle: number, point: Vector3): number {
  const from = point.clone().sub(onAxis(hull, hatch)), out = outward(hull, angle);
  const depth = from.dot(out);
  return depth < 0 ? Infinity : from.addScaledVector(out, -depth).length();
}

function ends(b: Builder, hull: Hull): void {
  const { from, along, radius, length } = hull;
  const inner = [[0.72, 0], [0.8, 0.15], [1.0, 0.28], [radius - 0.015, 0.46], [radius, 0.51]] as const;
  b.lathe('blanket', inner, from, along, RUSSIAN_WHITE, 44);
  const outer = onAxis(hull, length - BARREL_END);
  const cone = [[radius, 0], [1.2, 0.08], [0.85, 0.32], [0.68, 0.36], [0.68, 0.5]] as const;
  b.lathe('blanket', cone, outer, along, RUSSIAN_WHITE, 44);
  b.cylinder('metal', onAxis(hull, length - 0.11), onAxis(hull, length), 0.68, 0.66, GREY);
  portCone(b, onAxis(hull, length), along);
  for (const s of [BARREL_FROM, length - 1.0, length - BARREL_END]) {
    b.ring('blanket', onAxis(hull, s), along, radius + 0.01, 0.035, RING, 44);
  }
}

/** What is seen through the open hatch: a lining, bags, cables, lamps. */
function room(b: Builder, hull: Hull, hatch: number, angle: number): void {
  const lining = insideOut(lathe([[0.02, 0], [1.12, 0.02], [1.2, 0.2], [1.2, 2.4], [1.1, 2.55], [0.02, 2.57]], 28, 2));
  // Seen from within only: the near wall must not close the hatch.
  b.add('paint', lining, alongMatrix(onAxis(hull, 0.7), hull.along), 0x9aa08c);
  const random = new Seeded(13);
  for (let i = 0; i < 26; i++) {
    const beside = angle + random.range(0.7, TURN - 0.7), s = random.range(0.9, 3.0);
    const size = V(0.16, random.range(0.12, 0.42), random.range(0.12, 0.4));
    const out = outward(hull, beside);
    const where = axesAt(onSkin(hull, s, beside, 1.08), out, hull.along, out.clone().cross(hull.along));
    const bag = new BoxGeometry(size.x, size.y, size.z);
    b.add('matte', bag, where, random.pick([0xe2dcc8, 0x7c8a70, 0xb6b2a2, 0x4a5250, 0xc8b88c]));
  }
  for (let i = 0; i < 3; i++) {
    const s = hatch - 0.6 + (i % 2) * 1.2, beside = angle + Math.PI - 0.5 + i * 0.5;
    b.cylinder('glow', onSkin(hull, s, beside, 0.98), onSkin(hull, s + 0.25, beside, 0.98), 0.03, 0.03, 0xfff0cc);
  }
}

/** The raised edge of a hatch with its round handrail. */
function rim(b: Builder, hull: Hull, hatch: number, angle: number): void {
  const out = outward(hull, angle), centre = onSkin(hull, hatch, angle, hull.radius + 0.085);
  b.lathe('metal', [
    [0.7, -0.5], [0.66, -0.3], [0.62, -0.06], [0.6, 0], [0.52, 0], [CLEAR, -0.04], [CLEAR, -0.5],
  ], centre, out, 0xb0b2b0, 44);
    b.ring('paint', centre.clone().addScaledVector(out, 0.07), out, 0.7, 0.0175, RAIL_YELLOW, 44);
  const across = hull.along.clone().cross(out);
  for (let k = 0; k < 8; k++) {
    const turn = (k + 0.5) * (TURN / 8);
    const way = across.clone().multiplyScalar(Math.cos(turn)).addScaledVector(hull.along, Math.sin(turn));
    const top = centre.clone().addScaledVector(way, 0.7).addScaledVector(out, 0.07);
    const foot = centre.clone().addScaledVector(way, 0.66).addScaledVector(out, -0.2);
    b.cylinder('paint', top, foot, 0.015, 0.015, RAIL_YELLOW);
  }
}

function shutDoor(b: Builder, hull: Hull, hatch: number, angle: number): void {
  const out = outward(hull, angle), centre = onSkin(hull, hatch, angle, hull.radius + 0.02);
  b.lathe('metal', [[0.5, -0.06], [0.3, -0.02], [0, 0]], centre, out, 0xc7c8c2, 36);
}

/** Axes of the door's hinge: x across the opening, y along the barrel, z out. */
function doorFrame(hull: Hull, hatch: number, angle: number): Group {
  const frame = new Group(), z = outward(hull, angle), x = hull.along.clone().cross(z);
  const hinge = onSkin(hull, hatch, angle, hull.radius - 0.02).addScaledVector(x, -CLEAR);
  axesAt(hinge, x, hull.along, z).decompose(frame.position, frame.quaternion, frame.scale);
  return frame;
}

function doorLeaf(materials: Materials): Group {
  const b = new Builder(), out = V(0, 0, 1), middle = V(CLEAR, 0, 0);
  b.lathe('metal', [[0.47, -0.05], [0.49, -0.02], [0.48, 0.02], [0.3, 0.045], [0, 0.05]], middle, out, 0xd6d7d0, 36);
  b.lathe('matte', [[0.46, 0.04], [0.3, 0.07], [0, 0.08]], middle, out.clone().negate(), 0xa9ad9e, 36);
  const hub = middle.clone().add(V(0, 0, 0.03));
  for (let k = 0; k < 6; k++) {
    const turn = (k * TURN) / 6;
    const end = middle.clone().add(V(0.44 * Math.cos(turn), 0.44 * Math.sin(turn), 0.02));
    b.cylinder('metal', hub, end, 0.018, 0.014, 0x9a9c98);
  }
  b.cylinder('metal', hub, hub.clone().add(V(0, 0, 0.08)), 0.05, 0.05, 0x8d8f8b);
  return b.build(materials) as Group;
}

function cabinLamp(hull: Hull, hatch: number, angle: number): PointLight {
  const lamp = new PointLight(0xffdfae, 0, 4.5, 1.6);
  lamp.position.copy(onSkin(hull, hatch - 0.2, angle + Math.PI, 0.35));
  return lamp;
}

function boxes(b: Builder, hull: Hull, angle: number): void {
  const random = new Seeded(2001);
  for (let i = 0; i < 14; i++) {
    const beside = angle + (i % 2 ? 0 : Math.PI) + random.pick([-1, 1]) * random.range(0.8, 2.2);
    const out = outward(hull, beside), s = random.range(1.0, hull.length - 0.95);
    const where = axesAt(onSkin(hull, s, beside, hull.radius + 0.05), out, hull.along, out.clone().cross(hull.along));
    const size = V(0.13, random.range(0.12, 0.35), random.range(0.1, 0.4));
    const geometry = new BoxGeometry(size.x, size.y, size.z);
    b.add(i % 3 ? 'blanket' : 'paint', geometry, where, random.pick([0xe3e0d2, 0xb8b8b0, 0x7a7c78]));
  }
}
