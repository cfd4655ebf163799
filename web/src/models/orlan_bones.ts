/** The jointed body in a suit: bones, where they rest, and where on them hands and hooks are. Suit axes: +Y to the
 * head, +Z out of the face, +X to the wearer's left; origin in the middle of the hard torso. Metres. At rest arms and
 * legs hang straight down. */
import { Bone, Vector3 } from 'three';

export type Side = 'L' | 'R';
export const SIDES: readonly Side[] = ['L', 'R'];
/** +1 on the wearer's left, -1 on the right. */
export const sign = (side: Side): 1 | -1 => (side === 'L' ? 1 : -1);

export const UPPER_ARM_M = 0.31;
export const FOREARM_M = 0.28;
export const THIGH_M = 0.39;
export const SHIN_M = 0.39;
const SHOULDER = [0.285, 0.2, 0.01] as const;
const HIP = [0.125, -0.18, 0.01] as const;

/** Middle of the helmet. */
export const HELMET = new Vector3(0, 0.47, 0.03);
/** The helmet camera: just before the visor, so that nothing of the own helmet is in its picture. */
export const HELMET_EYE = new Vector3(0, 0.5, 0.29);
/** From the wrist to the middle of a rod held in the fist, hand axes of the left (mirror x for the right). */
export const PALM = new Vector3(-0.045, -0.085, 0);

type Place = readonly [number, number, number];

export type JointName = 'shoulder' | 'elbowMid' | 'elbow' | 'wrist' | 'fing1' | 'fing2' | 'thumb'
  | 'hip' | 'kneeMid' | 'knee' | 'ankle';
export type BoneName = 'torso' | 'waist' | `${JointName}${Side}`;

interface Rest {
  readonly name: BoneName;
  readonly parent?: BoneName;
  readonly at: Place;
}

/** `elbowMid` and `kneeMid` turn half as far as the joint that they share a place with: cloth between them does not
 * pinch. */
function limbs(side: Side): Rest[] {
  const s = sign(side);
  return [
    { name: `shoulder${side}`, parent: 'torso', at: [s * SHOULDER[0], SHOULDER[1], SHOULDER[2]] },
    { name: `elbowMid${side}`, parent: `shoulder${side}`, at: [0, -UPPER_ARM_M, 0] },
    { name: `elbow${side}`, parent: `shoulder${side}`, at: [0, -UPPER_ARM_M, 0] },
    { name: `wrist${side}`, parent: `elbow${side}`, at: [0, -FOREARM_M, 0] },
    { name: `fing1${side}`, parent: `wrist${side}`, at: [0, -0.108, 0] },
    { name: `fing2${side}`, parent: `fing1${side}`, at: [0, -0.046, 0] },
    { name: `thumb${side}`, parent: `wrist${side}`, at: [0, -0.035, 0.038] },
    { name: `hip${side}`, parent: 'waist', at: [s * HIP[0], HIP[1], HIP[2]] },
    { name: `kneeMid${side}`, parent: `hip${side}`, at: [0, -THIGH_M, 0] },
    { name: `knee${side}`, parent: `hip${side}`, at: [0, -THIGH_M, 0] },
    { name: `ankle${side}`, parent: `knee${side}`, at: [0, -SHIN_M, 0] },
  ];
}

const RESTS: readonly Rest[] = [
  { name: 'torso', at: [0, 0, 0] },
  { name: 'waist', parent: 'torso', at: [0, -0.28, 0] },
  ...limbs('L'),
  ...limbs('R'),
];

const indices = new Map(RESTS.map((rest, i) => [rest.name, i]));
const places = new Map<BoneName, Vector3>();
for (const rest of RESTS) {
  const from = rest.parent ? restAt(rest.parent) : new Vector3();
  places.set(rest.name, new Vector3(...rest.at).add(from));
}

export const boneIndex = (name: BoneName): number => indices.get(name) ?? 0;

/** Where a bone rests, in suit axes. */
export function restAt(name: BoneName): Vector3 {
  return places.get(name)?.clone() ?? new Vector3();
}

export type Bones = Readonly<Record<BoneName, Bone>>;

/** A fresh skeleton in its rest pose; the first bone is the root. */
export function makeBones(): { readonly list: Bone[]; readonly bones: Bones } {
  const list = RESTS.map((rest) => Object.assign(new Bone(), { name: rest.name }));
  RESTS.forEach((rest, i) => {
    list[i]?.position.set(...rest.at);
    const parent = rest.parent && list[boneIndex(rest.parent)], bone = list[i];
    if (parent && bone) parent.add(bone);
  });
  return { list, bones: Object.fromEntries(list.map((bone) => [bone.name, bone])) as Record<BoneName, Bone> };
}
