/** Fetching the index and the legs: retried, a few at a time, the leg on the screen first. */
import { signal } from '@preact/signals';
import { fault, type FlightFault } from './fault';
import { readLeg, type LegData } from './leg';
import type { LegIndex, Scene, Text } from './scene';

const together = 3;
const tries = 3;
const pause_ms = 500;
const later_ms = 10_000;

/** `scene.json`, checked. Throws a FlightFault that says in words what is wrong. */
export async function fetchScene(base: string): Promise<Scene> {
  const file = `${base}scene.json`;
  const answer = await fetch(file, { cache: 'no-cache' }).catch(() => null);
  if (!answer) throw fault('lost', file);
  if (!answer.ok) throw fault(answer.status === 404 ? 'absent' : 'lost', file);
  const read: unknown = await answer.json().catch(() => null);
  return checked(read, file);
}

function checked(read: unknown, file: string): Scene {
  if (typeof read !== 'object' || read === null || !('format' in read)) throw fault('torn', file);
  if (read.format !== 1) throw fault('version', String(read.format));
  const scene = read as Scene;
  if (!Array.isArray(scene.legs) || !Array.isArray(scene.events)) throw fault('torn', file);
  if (!scene.legs.some((leg) => leg.arcs.length > 0)) throw fault('empty');
  return scene;
}

/** Legs as they come. `arrived` counts them, so that what was drawn from signals is drawn again. */
export class Shelf {
  readonly legs = new Map<string, LegData>();
  readonly arrived = signal(0);
  /** What is missing, in words; null while nothing is. */
  readonly trouble = signal<Text | null>(null);
  private readonly waiting: LegIndex[] = [];
  private readonly known = new Set<string>();
  private readonly missing = new Map<string, FlightFault>();
  private busy = 0;

  constructor(private readonly base: string) {}

  add(legs: readonly LegIndex[]): void {
    for (const leg of legs) {
      if (this.known.has(leg.file)) continue;
      this.known.add(leg.file);
      this.waiting.push(leg);
    }
    this.pull();
  }

  /** Bring one leg before the others. */
  first(leg: LegIndex): void {
    const at = this.waiting.indexOf(leg);
    if (at > 0) this.waiting.unshift(...this.waiting.splice(at, 1));
  }

  private pull(): void {
    while (this.busy < together) {
      const leg = this.waiting.shift();
      if (!leg) return;
      this.busy++;
      void this.bring(leg).finally(() => {
        this.busy--;
        this.pull();
      });
    }
  }

  private async bring(leg: LegIndex): Promise<void> {
    for (let n = 0; n < tries; n++) {
      if (n > 0) await rest(pause_ms * 2 ** n);
      try {
        this.legs.set(leg.file, readLeg(leg, await bytesOf(`${this.base}${leg.file}`)));
        this.tell(leg, null);
        this.arrived.value++;
        return;
      } catch (error) {
        this.tell(leg, error instanceof Error && 'text' in error ? (error as FlightFault) : fault('leg', leg.file));
      }
    }
    setTimeout(() => {
      this.waiting.push(leg);
      this.pull();
    }, later_ms);
  }

  private tell(leg: LegIndex, found: FlightFault | null): void {
    if (found) this.missing.set(leg.file, found);
    else this.missing.delete(leg.file);
    this.trouble.value = [...this.missing.values()][0]?.text ?? null;
  }
}

async function bytesOf(file: string): Promise<ArrayBuffer> {
  const answer = await fetch(file).catch(() => null);
  if (!answer) throw fault('lost', file);
  if (!answer.ok) throw fault('leg', file);
  return answer.arrayBuffer();
}

function rest(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
