/** A flight as the page reads it. Reading it inside a signal's effect subscribes to legs that come later. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { joinedChannel, valueAt, type Samples } from './channels';
import { FlightFault } from './fault';
import { fetchScene, Shelf } from './fetching';
import type { LegData } from './leg';
import { legAt, momentOf } from './moment';
import type { Now } from './now';
import type { Scene, Text } from './scene';

export class Flight {
  private readonly index;
  private readonly shelf: Shelf;
  private readonly lost = signal<Text | null>(null);
  private readonly joined = new Map<string, Samples | null>();
  private joinedAt = -1;

  constructor(private readonly base: string, scene: Scene) {
    this.index = signal(scene);
    this.shelf = new Shelf(base);
    this.shelf.add(scene.legs);
  }

  /** The index, which grows while the flight is flown. */
  get scene(): Scene {
    return this.index.value;
  }

  /** What is missing, in words, while the rest is shown: a leg's file, or the connection. */
  get trouble(): Text | null {
    return this.lost.value ?? this.shelf.trouble.value;
  }

  /** How many legs' files have come. */
  get arrived(): ReadonlySignal<number> {
    return this.shelf.arrived;
  }

  /** Whether the leg that covers an instant is here. */
  has(t_s: number): boolean {
    this.shelf.arrived.value;
    const leg = legAt(this.scene.legs, t_s);
    return leg !== undefined && this.shelf.legs.has(leg.file);
  }

  /** Everything true at an instant. A leg that is still to come is brought before the others. */
  now(t_s: number): Now {
    const leg = legAt(this.scene.legs, t_s);
    if (leg && !this.shelf.legs.has(leg.file)) this.shelf.first(leg);
    return momentOf(this.scene, this.legs(), t_s);
  }

  /** A quantity over the whole flight, as far as its legs are here; null where none has it. */
  channel(name: string): Samples | null {
    const arrived = this.shelf.arrived.value;
    if (arrived !== this.joinedAt) this.joined.clear();
    this.joinedAt = arrived;
    const known = this.joined.get(name);
    if (known !== undefined) return known;
    const made = joinedChannel(name, this.legs());
    this.joined.set(name, made);
    return made;
  }

  /** Its value at an instant; NaN where it was not written. */
  channelAt(name: string, t_s: number): number {
    const samples = this.channel(name);
    return samples ? valueAt(samples, t_s) : NaN;
  }

  /** Read the index again: a flight that is being flown has grown. Says whether it changed. */
  async refresh(): Promise<boolean> {
    try {
      const scene = await fetchScene(this.base);
      this.lost.value = null;
      const before = this.index.peek();
      if (scene.id === before.id && scene.end_s === before.end_s && scene.complete === before.complete) return false;
      this.shelf.add(scene.legs);
      this.index.value = scene;
      return true;
    } catch (error) {
      this.lost.value = error instanceof FlightFault ? error.text : null;
      return false;
    }
  }

  private legs(): readonly LegData[] {
    this.shelf.arrived.value;
    return this.scene.legs.flatMap((leg) => this.shelf.legs.get(leg.file) ?? []);
  }
}

/** Read the index of a flight; its legs' files follow by themselves. Throws a FlightFault with words for people. */
export async function loadFlight(base: string): Promise<Flight> {
  return new Flight(base, await fetchScene(base));
}
