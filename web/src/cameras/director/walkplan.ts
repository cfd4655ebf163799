/** The director's script of a spacewalk: the hatch, hand-overs through both helmets, work from near and from afar. */
import type { LegIndex, Scene } from '../../flight/scene';
import { USUAL_OUTSIDE, type OutsideFraming } from '../walk';
import type { Cut, Take } from './cut';

const HATCH: OutsideFraming = { aside_deg: 34, above_deg: 12, distance: 3.4, field_deg: 44 };
const CLOSE: OutsideFraming = { aside_deg: 24, above_deg: 10, distance: 2.1, field_deg: 46 };
const WIDE: OutsideFraming = { aside_deg: 46, above_deg: 16, distance: 3.4, field_deg: 46 };
/** From the other side, and so high that the Earth is behind. */
const ABOVE: OutsideFraming = { aside_deg: -40, above_deg: 34, distance: 2.7, field_deg: 48 };

/** How long each take lasts while a thing is shown outside, and while people work. */
const SHOW_S = 60;
const WORK_S = 150;
/** People are watched from near so long before a thing is in somebody's hands. */
const COMES_S = 480;
/** Around a hand-over: outside, giver, taker, outside again (seconds from the hand-over). */
const HANDOVER_S = [-60, -16, 2, 20] as const;

export function walkCuts(scene: Scene): Cut[] {
  return scene.legs.filter((leg) => leg.phase === 'eva').flatMap((leg) => {
    const open_s = eventTime(scene, leg, 'hatch_open');
    if (open_s === undefined) return [];
    const closed_s = eventTime(scene, leg, 'hatch_closed') ?? leg.to_s;
    const passed = passings(scene, leg);
    const hatch = hatchOf(scene, leg);
    const shown = heldOutside(scene, leg).map(({ from_s, to_s }) => ({ from_s: from_s - COMES_S, to_s }));
    const near: Take = { kind: 'hatch', hatch, framing: HATCH };
    return [
      { from_s: open_s - 600, rank: 3, take: near },
      { from_s: open_s - 15, rank: 1, take: near },
      ...workCuts(scene, open_s + 480, closed_s - 1200).filter(outsideOf(shown)),
      ...shown.slice(0, 1).map(({ from_s }): Cut => ({ from_s, rank: 2, take: { kind: 'walkers', framing: CLOSE } })),
      ...showCuts(scene, leg).filter(outsideOf(passed.map(aroundPassing))),
      ...passed.flatMap(handover),
      { from_s: closed_s - 700, rank: 2, take: near },
      { from_s: closed_s + 60, rank: 2, take: { kind: 'camera', view: 'orbit' } },
    ];
  });
}

function eventTime(scene: Scene, leg: LegIndex, name: string): number | undefined {
  return scene.events.find((event) => event.step === leg.step && event.name === name)?.t_s;
}

function hatchOf(scene: Scene, leg: LegIndex): string {
  return scene.events.find((event) => event.step === leg.step && event.name === 'hatch_open')?.subject ?? '';
}

type CameraTake = Extract<Take, { readonly kind: 'camera' }>;
const camera = (view: string): CameraTake => ({ kind: 'camera', view });

function helmets(scene: Scene): CameraTake[] {
  return scene.people.filter((person) => person.walker > 0).sort((a, b) => a.walker - b.walker)
    .map((person) => camera(person.id));
}

function inTurn(takes: readonly Take[], from_s: number, to_s: number, each_s: number, rank: 2 | 3): Cut[] {
  const cuts: Cut[] = [];
  for (let k = 0; from_s + k * each_s < to_s; k++) {
    cuts.push({ from_s: from_s + k * each_s, rank, take: takes[k % takes.length]! });
  }
  return cuts;
}

function workCuts(scene: Scene, from_s: number, to_s: number): Cut[] {
  const outside = [USUAL_OUTSIDE, WIDE, CLOSE, ABOVE].map((framing): Take => ({ kind: 'walkers', framing }));
  const takes = helmets(scene).flatMap((helmet) => [...outside, helmet]);
  return inTurn(takes.length > 0 ? takes : outside, from_s, to_s, WORK_S, 3);
}

/** While an item is in somebody's hands outside, the takes change faster; most often it is seen as the partner's helmet
 * sees it. */
function showCuts(scene: Scene, leg: LegIndex): Cut[] {
  return heldOutside(scene, leg).flatMap(({ holder, from_s, to_s }) => {
    const [near, wide] = [CLOSE, WIDE].map((framing): Take => ({ kind: 'walkers', framing }));
    const filming = helmets(scene).filter((take) => take.view !== holder);
    const takes = [near!, ...filming, wide!, ...filming, near!, camera(holder)];
    return inTurn(takes, from_s, to_s, SHOW_S, 2)
      .map((cut, k) => (faceToFace(scene, cut.from_s) ? cut : { ...cut, take: [near!, wide!][k % 2]! }));
  });
}

/** Helmets show somebody where two film each other; at other work, and with both at one thing, they are too near. */
function faceToFace(scene: Scene, t_s: number): boolean {
  return scene.bars.some((bar) => bar.kind === 'scene' && bar.pose !== undefined && bar.pose !== 'both'
    && bar.from_s <= t_s && t_s < bar.to_s);
}

interface Span {
  readonly from_s: number;
  readonly to_s: number;
}

/** A stretch in which a walker holds an item. */
interface Held extends Span {
  readonly holder: string;
}

const outsideOf = (spans: readonly Span[]) => (cut: Cut): boolean =>
  !spans.some((span) => span.from_s <= cut.from_s && cut.from_s < span.to_s);

function heldOutside(scene: Scene, leg: LegIndex): Held[] {
  const walkers = new Set(scene.people.filter((person) => person.walker > 0).map((person) => person.id));
  return scene.items.flatMap(({ id }) => {
    const chain = scene.holdings.filter((one) => one.item === id).sort((a, b) => a.from_s - b.from_s);
    return chain.flatMap((one, k) => {
      const to_s = chain[k + 1]?.from_s ?? leg.to_s;
      return walkers.has(one.holder) && one.from_s >= leg.from_s && one.from_s < leg.to_s
        ? [{ holder: one.holder, from_s: one.from_s, to_s }] : [];
    });
  });
}

/** Other cuts keep away from a hand-over. */
const aroundPassing = ({ from_s }: Passing): Span => ({ from_s: from_s - 75, to_s: from_s + 50 });

interface Passing {
  readonly from_s: number;
  readonly before: string;
  readonly after: string;
}

/** Hand-overs from one walker to another. */
function passings(scene: Scene, leg: LegIndex): Passing[] {
  const walkers = new Set(scene.people.filter((person) => person.walker > 0).map((person) => person.id));
  return scene.items.flatMap(({ id }) => {
    const chain = scene.holdings.filter((one) => one.item === id).sort((a, b) => a.from_s - b.from_s);
    return chain.slice(1).flatMap(({ from_s, holder }, k) => {
      const before = chain[k]!.holder;
      const here = from_s >= leg.from_s && from_s <= leg.to_s;
      return here && walkers.has(before) && walkers.has(holder) ? [{ from_s, before, after: holder }] : [];
    });
  });
}

function handover({ from_s, before, after }: Passing): Cut[] {
  const takes: Take[] = [
    { kind: 'walkers', framing: CLOSE }, camera(after), camera(before),
    { kind: 'walkers', framing: USUAL_OUTSIDE },
  ];
  return takes.map((take, k) => ({ from_s: from_s + HANDOVER_S[k]!, rank: 1, take }));
}
