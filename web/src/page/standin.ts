/** A thin stand-in for the reader of a flight: the index and what follows from it, without paths or channels. */
import type { Now } from '../flight/now';
import type { Scene } from '../flight/scene';

export interface Flight {
  readonly scene: Scene;
  now(t_s: number): Now;
}

export async function loadFlight(base: string): Promise<Flight> {
  const answer = await fetch(`${base}scene.json`);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const scene = (await answer.json()) as Scene;
  return { scene, now: (t_s) => nowOf(scene, t_s) };
}

function nowOf(scene: Scene, t_s: number): Now {
  const leg = scene.legs.find((one) => one.from_s <= t_s && t_s <= one.to_s) ?? scene.legs[0];
  const holders = new Map<string, string>();
  for (const one of scene.holdings) if (one.from_s <= t_s) holders.set(one.item, one.holder);
  const people = new Map<string, { id: string; where: string }>();
  for (const one of scene.stays) if (one.from_s <= t_s) people.set(one.who, { id: one.who, where: one.where });
  return {
    t_s,
    utc_ms: Date.parse(scene.start_utc) + t_s * 1000,
    earth: [0, 0, 0, 1],
    sun_km: [1.5e8, 0, 0],
    moon_km: [0, 3.8e5, 0],
    craft: new Map(),
    people,
    holders,
    step: leg?.step ?? '',
    phase: leg?.phase ?? '',
  };
}
