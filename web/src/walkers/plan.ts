/** What the flight says of each person's time outside, put in order: tasks with their poses, and each thing's
 * hand-overs. */
import type { Holding, Pose, Scene } from '../flight/scene';

export interface Task {
  readonly doing: Pose;
  readonly from_s: number;
  readonly to_s: number;
}

/** The tasks of a person, in order of time. */
export function tasksOf(scene: Scene, person: string): Task[] {
  const tracks = new Set(scene.tracks.filter((t) => t.kind === 'person' && t.of?.includes(person)).map((t) => t.id));
  return scene.bars
    .filter((bar) => tracks.has(bar.track))
    .map((bar) => ({ doing: bar.pose ?? 'work', from_s: bar.from_s, to_s: bar.to_s }))
    .sort((a, b) => a.from_s - b.from_s);
}

/** A thing goes from one holder to another. */
export interface Passing {
  readonly t_s: number;
  readonly giver: string;
  readonly taker: string;
}

export function passings(holdings: readonly Holding[], item: string): Passing[] {
  const mine = holdings.filter((one) => one.item === item).sort((a, b) => a.from_s - b.from_s);
  return mine.slice(1).map((one, i) => ({ t_s: one.from_s, giver: mine[i]?.holder ?? '', taker: one.holder }))
    .filter((one) => one.giver !== one.taker);
}

/** A thing's time outside: out of a hatch to a person, from person to person, and in again. */
export interface Outing {
  readonly item: string;
  readonly out: Passing;
  readonly between: readonly Passing[];
  readonly back?: Passing;
}

export function outingsOf(scene: Scene, item: string, walkers: ReadonlySet<string>): Outing[] {
  const found: Outing[] = [];
  let open: { out: Passing; between: Passing[] } | undefined;
  for (const passing of passings(scene.holdings, item)) {
    const [from, to] = [walkers.has(passing.giver), walkers.has(passing.taker)];
    if (!from && to) open = { out: passing, between: [] };
    else if (from && to) open?.between.push(passing);
    else if (open) {
      found.push({ item, ...open, back: passing });
      open = undefined;
    }
  }
  return open ? [...found, { item, ...open }] : found;
}
