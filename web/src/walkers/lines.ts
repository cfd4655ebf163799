/** Where tethers run: two from each suit to rails (1 m and 3 m), and a yellow one from what is carried to whoever
 * hooked it on. The flight tells how many points hold a person, not where the hooks are: the nearest rails are
 * taken. */
import { Vector3 } from 'three';
import type { Line } from '../models/tether';
import { TORCH_EYE } from '../models/torch_points';
import { sign } from '../models/orlan_bones';
import { freeSide } from './carry';
import type { Carried } from './carry';
import type { Rails } from './holds';
import type { Figure, Picture } from './spacewalk';
import { axesOfTurn, from } from './stance';
import type { Axes } from './stance';

const SHORT_M = 1;
const LONG_M = 3;
const ITEM_M = 0.95;
/** The long tether's hook is left so far behind the hands. */
const BEHIND_M = 1.3;
const WHITE = 0xd9d4c4;
const YELLOW = 0xe8c43a;
/** A slack line turns over in about this time. */
const DRIFT_S = 47;

export function linesOf(picture: Picture, rails: Rails, t_s: number): Line[] {
  const lines: Line[] = [];
  for (const figure of picture.figures.values()) lines.push(...suitLines(figure, rails, t_s));
  for (const thing of picture.carried) {
    for (const id of thing.tethers) {
      const figure = picture.figures.get(id);
      if (figure) lines.push(itemLine(figure, thing, t_s));
    }
  }
  return lines;
}

function suitLines(figure: Figure, rails: Rails, t_s: number): Line[] {
  const axes = axesOfTurn(figure.stance.turn), hullSide = -sign(freeSide(figure)) as 1 | -1;
  const behind = figure.hold.at.clone().addScaledVector(figure.hold.head, -BEHIND_M);
  const near: Line = {
    from: hip(figure, axes, hullSide), to: rails.hook(figure.hold.at), length_m: SHORT_M, colour: WHITE,
    slack: drifting(axes, figure.hold.out, t_s, figure.walker),
  };
  const far: Line = {
    from: hip(figure, axes, -hullSide as 1 | -1), to: rails.hook(behind), length_m: LONG_M * 0.62, colour: WHITE,
    slack: drifting(axes, figure.hold.out, t_s, figure.walker + 2.5),
  };
  return [near, far];
}

/** A hook on the front of a hip: 1 left, -1 right. */
const hip = (figure: Figure, axes: Axes, side: 1 | -1): Vector3 =>
  from(figure.stance.torso, axes, 0.19 * side, -0.3, 0.23);

function drifting(axes: Axes, out: Vector3, t_s: number, apart: number): Vector3 {
  const angle = (2 * Math.PI * t_s) / DRIFT_S + apart;
  return axes.up.clone().multiplyScalar(-0.9).addScaledVector(out, 0.35)
    .addScaledVector(axes.left, 0.45 * Math.sin(angle)).addScaledVector(axes.face, 0.25 * Math.cos(angle));
}

function itemLine(figure: Figure, thing: Carried, t_s: number): Line {
  const axes = axesOfTurn(figure.stance.turn), side = sign(freeSide(figure));
  const eye = TORCH_EYE.clone().applyQuaternion(thing.turn).add(thing.at), at = hip(figure, axes, side);
  const angle = (2 * Math.PI * t_s) / DRIFT_S + figure.walker;
  const slack = axes.up.clone().negate().addScaledVector(axes.face, 0.5)
    .addScaledVector(axes.left, side * (0.4 + 0.3 * Math.sin(angle)));
  return { from: eye, to: at, length_m: ITEM_M, slack, colour: YELLOW };
}
