/** Torso, helmet, backpack and chest of the suit. Shapes and sizes are from general knowledge: no drawing was read. */
import {
  CircleGeometry, CylinderGeometry, Euler, SphereGeometry, TorusGeometry,
} from 'three';
import type { Vector3 } from 'three';
import { V, along, place } from './kit/shapes';
import { HELMET, restAt } from './orlan_bones';
import { PAINTS, softLathe } from './orlan_skin';
import type { SuitSkin } from './orlan_skin';
import { smooth } from './smooth';

/** The oval of chest and waist: wider than deep. */
const OVAL = [1.08, 0.86] as const;
const TORSO = [
  [0.2, -0.31], [0.255, -0.27], [0.275, -0.18], [0.285, -0.02], [0.295, 0.1], [0.285, 0.22], [0.235, 0.31],
  [0.15, 0.36], [0.02, 0.38],
] as const;
const BRIEFS = [
  [0.1, -0.56], [0.17, -0.545], [0.225, -0.48], [0.235, -0.42], [0.222, -0.37], [0.236, -0.335], [0.222, -0.3],
  [0.24, -0.26],
] as const;

export function addBody(skin: SuitSkin, stripe: number): void {
  addTorso(skin, stripe);
  addHelmet(skin);
  addBackpack(skin, stripe);
  addChestPanel(skin);
  addHoses(skin);
  for (const side of [1, -1]) {
    const eye = new TorusGeometry(0.024, 0.006, 4, 10);
    skin.put('paint', eye, 'torso', PAINTS.metal, place(V(side * 0.19, -0.275, 0.2)));
  }
}

function addTorso(skin: SuitSkin, stripe: number): void {
  const waist_y = restAt('waist').y;
  skin.put('cloth', softLathe(TORSO, 26).scale(OVAL[0], 1, OVAL[1]), 'torso', PAINTS.white);
  skin.put('cloth', softLathe(BRIEFS, 22).scale(OVAL[0], 1, OVAL[1]),
    (at) => ['waist', 'torso', smooth(at.y, waist_y - 0.09, waist_y + 0.03)], PAINTS.white);
  skin.ring('paint', V(0, -0.265, 0), 0.245, 0.014, 'torso', PAINTS.metal, [1.1, 0.88]);
  skin.ring('cloth', V(0, -0.225, 0), 0.268, 0.022, 'torso', stripe, [1.1, 0.88]);
  skin.ring('paint', V(0, 0.3, 0.02), 0.205, 0.02, 'torso', PAINTS.metal);
  for (const side of [1, -1]) {
    const strap = new TorusGeometry(0.29, 0.022, 5, 14, 2.2).rotateY(Math.PI / 2);
    skin.put('cloth', strap, 'torso', 0xc9c7bd, along(V(side * 0.175, 0.12, -0.03), V(0, 1, 0)));
  }
}

/** Shell, hood over its back, gold visor in a rim, the small window above, four lamps. */
function addHelmet(skin: SuitSkin): void {
  const from = (x: number, y: number, z: number): Vector3 => HELMET.clone().add(V(x, y, z));
  skin.put('paint', new SphereGeometry(0.197, 24, 14).scale(1, 1.05, 1), 'torso', 0xe2e1db, place(HELMET));
  const hood = new SphereGeometry(0.214, 22, 12, Math.PI, Math.PI * 2, 0, 1.4).rotateX(-0.95).scale(1, 1.04, 1.05);
  skin.put('cloth', hood, 'torso', PAINTS.white, place(HELMET));
  const visor = new SphereGeometry(0.212, 28, 12, 0, Math.PI * 2, 0, 1.02).rotateX(Math.PI / 2 - 0.06);
  skin.put('visor', visor.scale(0.96, 0.96, 1.06), 'torso', 0xffffff, place(from(0, -0.008, 0.006)));
  const rim = new TorusGeometry(0.178, 0.014, 6, 30).scale(0.98, 1, 1);
  skin.put('paint', rim, 'torso', 0xd9d8d2, place(from(0, -0.012, 0.112), new Euler(-0.06, 0, 0)));
  const window = new SphereGeometry(0.2335, 12, 4, 0, Math.PI * 2, 0, 0.2).rotateX(0.6);
  skin.put('visor', window, 'torso', 0x30343a, place(HELMET));
  for (const side of [1, -1]) {
    for (const [up, ahead] of [[0.1, 0.08], [-0.03, 0.07]] as const) {
      const housing = new CylinderGeometry(0.03, 0.026, 0.075, 12).rotateX(Math.PI / 2);
      skin.put('paint', housing, 'torso', PAINTS.grey, place(from(side * 0.222, up, ahead)));
      skin.put('glow', new CircleGeometry(0.024, 12), 'torso', 0xfff4dc, place(from(side * 0.222, up, ahead + 0.0385)));
    }
  }
}

/** It is the door by which one gets into the suit: seam, hinges, latch handle; a stripe and an antenna. */
function addBackpack(skin: SuitSkin, stripe: number): void {
  skin.box('cloth', V(0, 0.1, -0.345), V(0.6, 0.98, 0.27), 'torso', PAINTS.white, 0.07);
  skin.box('cloth', V(0, 0.02, -0.21), V(0.56, 0.8, 0.1), 'torso', 0xdedcd2, 0.04);
  skin.box('paint', V(0, 0.06, -0.222), V(0.615, 0.9, 0.014), 'torso', PAINTS.metal);
  skin.box('paint', V(0, 0.12, -0.475), V(0.46, 0.62, 0.03), 'torso', 0xdddbd2);
  skin.box('paint', V(0, -0.28, -0.465), V(0.4, 0.14, 0.05), 'torso', 0xcfcdc4);
  skin.box('cloth', V(0, 0.46, -0.46), V(0.5, 0.05, 0.06), 'torso', stripe);
  for (const y of [-0.22, 0.02, 0.34]) {
    skin.box('paint', V(-0.315, y, -0.225), V(0.035, 0.09, 0.05), 'torso', PAINTS.metal);
  }
  const handle = place(V(0.318, 0.02, -0.27), new Euler(Math.PI / 2, Math.PI / 2, 0));
  skin.put('paint', new TorusGeometry(0.07, 0.009, 6, 16, Math.PI), 'torso', 0xd8a318, handle);
  skin.put('paint', new CylinderGeometry(0.006, 0.006, 0.2, 6), 'torso', PAINTS.dark, place(V(0.22, 0.66, -0.36)));
}

/** Levers, lamps, pressure gauge, and the red and blue hand wheels. */
function addChestPanel(skin: SuitSkin): void {
  skin.box('paint', V(0, -0.005, 0.262), V(0.3, 0.2, 0.085), 'torso', 0xc9cac6);
  skin.box('paint', V(0, 0.01, 0.307), V(0.26, 0.13, 0.008), 'torso', 0x55595c);
  for (let i = 0; i < 6; i++) {
    const x = -0.1 + i * 0.04, lever = new CylinderGeometry(0.006, 0.008, 0.03, 6).rotateX(Math.PI / 2);
    skin.put('paint', lever, 'torso', i % 3 ? 0xe6e6e2 : 0xc22a22, place(V(x, 0.045, 0.32)));
    skin.box('paint', V(x, 0.005, 0.312), V(0.024, 0.016, 0.004), 'torso', i % 2 ? 0xd8d8d2 : 0x9cc4a0);
  }
  const gauge = new CylinderGeometry(0.03, 0.03, 0.03, 16).rotateX(Math.PI / 2);
  skin.put('paint', gauge, 'torso', 0xf2f2ee, place(V(0.085, -0.065, 0.302)));
  skin.box('paint', V(-0.03, -0.15, 0.255), V(0.2, 0.1, 0.07), 'torso', 0xb5b7b4);
  for (const [x, colour] of [[0.16, 0x2a57c0], [-0.17, 0xb52222]] as const) {
    skin.put('paint', new TorusGeometry(0.028, 0.009, 4, 10), 'torso', colour, place(V(x, -0.13, 0.262)));
  }
}

function addHoses(skin: SuitSkin): void {
  skin.hose([V(0.14, -0.04, 0.26), V(0.25, -0.1, 0.22), V(0.31, -0.1, 0.05), V(0.31, -0.05, -0.2)], PAINTS.hose);
  skin.hose([V(-0.14, -0.04, 0.26), V(-0.25, -0.13, 0.22), V(-0.315, -0.16, 0.05), V(-0.31, -0.12, -0.2)], PAINTS.hose);
  skin.hose([V(-0.06, -0.19, 0.28), V(0.02, -0.24, 0.27), V(0.14, -0.2, 0.25), V(0.25, -0.22, 0.12),
    V(0.29, -0.2, -0.15)], 0x55585a);
}
