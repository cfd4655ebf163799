/** Two who set out together along the same rails would be in one another: where the flight has them so near that bodies
 * meet, one of the two follows some seconds later than it says. */
import type { Vector3 } from 'three';
import type { Task } from './plan';

/** Hands of two who pass one another are to be so far apart. */
const ROOM_M = 0.7;
/** Seconds that the second person follows later; below zero the first does. The least that gives room is taken. */
const LAGS_S = [0, 16, -16, 24, -24, 32, -32, 40, -40] as const;
const MOST_S = 40;
/** Ways take less than this; they are looked at every few seconds. */
const WAY_S = 400;
const STRIDE_S = 3;
const STILL_M = 0.05;

/** Where the hands of the first and the second are, where they are outside. */
export type HandsAt = (walker: 1 | 2, t_s: number) => Vector3 | undefined;

export class Following {
  private readonly lags = new Map<number, number>();

  constructor(private readonly tasks: readonly Task[], private readonly at: HandsAt) {}

  /** How many seconds later than the flight says a walker is where he is. */
  lag_s(walker: number, t_s: number): number {
    const task = this.tasks.findLast((one) => one.from_s <= t_s);
    if (!task || t_s >= task.to_s || task.doing === 'out' || task.doing === 'in') return 0;
    let lag = this.lags.get(task.from_s);
    if (lag === undefined) this.lags.set(task.from_s, (lag = this.chosen(task)));
    return Math.max(0, walker === 1 ? -lag : lag);
  }

  private chosen(task: Task): number {
    const room = LAGS_S.map((lag) => (this.canWait(task, lag) ? this.room(task, lag) : -1));
    const wanted = Math.min(ROOM_M, Math.max(...room));
    return LAGS_S[room.findIndex((metres) => metres >= wanted)] ?? 0;
  }

  /** Who waits has to stand still before the task, and to have arrived long enough before its end. */
  private canWait(task: Task, lag: number): boolean {
    const walker = lag < 0 ? 1 : 2, later = Math.abs(lag);
    return lag === 0 || [task.from_s, task.to_s].every((end_s) => {
      const [before, then] = [this.at(walker, end_s - later), this.at(walker, end_s - 0.5)];
      return before !== undefined && then !== undefined && before.distanceTo(then) < STILL_M;
    });
  }

  /** The least distance of their hands while anybody is on the way. */
  private room(task: Task, lag: number): number {
    let least = Infinity, last: readonly Vector3[] = [];
    for (let t_s = task.from_s; t_s < Math.min(task.to_s, task.from_s + WAY_S + MOST_S); t_s += STRIDE_S) {
      const first = this.at(1, t_s + Math.min(lag, 0)), second = this.at(2, t_s - Math.max(lag, 0));
      if (!first || !second) return -1;
      const gone = Math.max(0, ...[first, second].map((one, k) => last[k]?.distanceTo(one) ?? 0));
      if (gone > STILL_M) least = Math.min(least, first.distanceTo(second));
      last = [first, second];
    }
    return least;
  }
}
