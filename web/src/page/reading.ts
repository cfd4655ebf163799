/** Read the flight, and say in one sentence what is not as it should be. */
import { FlightFault, loadFlight, type Flight } from '../flight';
import type { Scene } from '../flight/scene';
import { utcStamp } from './format';
import { message, quiet, tell } from './store';
import { both } from './words';

const base = 'data/';
const slow_ms = 6000;
const first_ms = 2000;
const longest_ms = 30_000;

/** Read until it succeeds: a folder may still be empty, a server away. What is wrong stands on the page meanwhile. */
export async function readFlight(failed: (why: string) => void): Promise<Flight> {
  tell('flight', both('loading'));
  for (let wait_ms = first_ms; ; wait_ms = Math.min(wait_ms * 2, longest_ms)) {
    const slow = window.setTimeout(() => tell('flight', both('connection_slow')), slow_ms);
    try {
      const read = await loadFlight(base);
      quiet('flight');
      sayWhatIsMissing(read.scene, true);
      return read;
    } catch (fault) {
      const why = fault instanceof Error ? fault.message : String(fault);
      tell('flight', fault instanceof FlightFault ? fault.text : { en: why, ru: why });
      failed(why);
    } finally {
      window.clearTimeout(slow);
    }
    await new Promise((done) => window.setTimeout(done, wait_ms));
  }
}

/** Craft that stand in the picture as a labelled box. */
function boxed(read: Scene): readonly string[] {
  const ships = read.craft.filter((one) => one.kind === 'ship' && !one.model.startsWith('soyuz'));
  const stations = read.craft.filter((one) => one.kind === 'station' && read.station.solids.length === 0);
  return [...ships, ...stations].map((one) => one.model);
}

/** `first`: also what the viewer may have closed since. */
export function sayWhatIsMissing(read: Scene, first: boolean): void {
  const boxes = boxed(read);
  if (boxes.length > 0 && first) tell('model', both('unknown_model', { model: [...new Set(boxes)].join(', ') }));
  if (read.complete) quiet('half');
  else if (first || message.peek().has('half')) tell('half', both('half_written', { time: minute(read, read.end_s) }));
}

/** 2013-11-07 04:23 UTC, the same in every language. */
function minute(read: Scene, t_s: number): string {
  return `${utcStamp(read, t_s).slice(0, 16).replace('T', ' ')} UTC`;
}
