/** What the camera on a walker's helmet sees, for cameras/. Station axes, metres. */
import { Matrix4, Quaternion, Vector3 } from 'three';
import type { Now } from '../flight/now';
import type { Scene } from '../flight/scene';
import { HELMET, HELMET_EYE } from '../models/orlan_bones';
import { TORCH_MIDDLE } from '../models/torch_points';
import type { Carried, Place } from './carry';
import { Spacewalk } from './spacewalk';
import type { Figure, Picture } from './spacewalk';
import { axesOfTurn, from } from './stance';
import type { Axes } from './stance';

export interface HelmetView {
  readonly eye_m: Vector3;
  /** Camera axes (x right, y up, looking along -z) to station axes. */
  readonly turn: Quaternion;
  /** The camera's whole picture. */
  readonly across_deg: number;
  readonly down_deg: number;
}

/** Where the flight does not say what the camera's picture is: a lens of 3.5 mm before a sensor of 4.8 x 3.6 mm. */
const USUAL_CAMERA = { across_deg: 69, down_deg: 54 };
/** Of the gaze in a scene: the share of the partner, the rest is the torch's. */
const PARTNER_SHARE = 0.5;

const spacewalks = new WeakMap<Scene, Spacewalk>();

/** The one spacewalk of a scene, shared by the layer and the cameras. */
export function spacewalkOf(scene: Scene): Spacewalk {
  let spacewalk = spacewalks.get(scene);
  if (!spacewalk) spacewalks.set(scene, (spacewalk = new Spacewalk(scene)));
  return spacewalk;
}

/** Where a person's helmet camera is and looks; undefined while the person is not seen outside. To be drawn with the
 * person's id in `hidden` of the sight: the visor is left out then, the arms stay in the picture. */
export function helmetEye(scene: Scene, id: string, now: Now): HelmetView | undefined {
  const picture = spacewalkOf(scene).at(now), figure = picture.figures.get(id);
  if (!figure) return undefined;
  const axes = axesOfTurn(figure.stance.turn);
  const eye_m = HELMET_EYE.clone().applyQuaternion(figure.stance.turn).add(figure.stance.torso);
  const gaze = atWork(figure, axes, eye_m).lerp(atPartner(figure, picture, eye_m, axes), figure.meeting).normalize();
  const { across_deg, down_deg } = scene.people.find((one) => one.id === id)?.camera ?? USUAL_CAMERA;
  return { eye_m, turn: lookingAlong(gaze, axes.up), across_deg, down_deg };
}

/** The torch where it is seen outside, station axes. */
export function torchPlace(scene: Scene, now: Now): Place | undefined {
  return spacewalkOf(scene).at(now).carried[0];
}

/** Ahead and at the hands. */
function atWork(figure: Figure, axes: Axes, eye: Vector3): Vector3 {
  const hands = figure.stance.hands.L.at.clone().lerp(figure.stance.hands.R.at, 0.5).sub(eye).normalize();
  return hands.multiplyScalar(0.55).addScaledVector(axes.face, 0.45).normalize();
}

/** At the partner's helmet and, while it is out, at the thing that they pass. */
function atPartner(figure: Figure, picture: Picture, eye: Vector3, axes: Axes): Vector3 {
  const partner = [...picture.figures.values()].find((other) => other.id !== figure.id);
  if (!partner) return axes.face;
  const to = headOf(partner).sub(eye).normalize(), thing = picture.carried[0];
  if (!thing) return to;
  const held = Math.max(0, ...thing.hands.values()), share = (1 - PARTNER_SHARE) * held;
  return to.multiplyScalar(1 - share).addScaledVector(lookedAt(thing).sub(eye).normalize(), share).normalize();
}

/** Just below its middle: the partner's helmet and the hands on it are both in the picture then. */
const lookedAt = (thing: Carried): Vector3 => middleOf(thing).lerp(thing.at, 0.25);

export function headOf(figure: Figure): Vector3 {
  return HELMET.clone().applyQuaternion(figure.stance.turn).add(figure.stance.torso);
}

export function chestOf(figure: Figure): Vector3 {
  return from(figure.stance.torso, axesOfTurn(figure.stance.turn), 0, 0.3, 0.1);
}

export function middleOf(thing: Carried): Vector3 {
  return TORCH_MIDDLE.clone().applyQuaternion(thing.turn).add(thing.at);
}

function lookingAlong(gaze: Vector3, up: Vector3): Quaternion {
  const back = gaze.clone().negate(), right = up.clone().cross(back).normalize();
  return new Quaternion().setFromRotationMatrix(new Matrix4().makeBasis(right, back.clone().cross(right), back));
}
