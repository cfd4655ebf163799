/** Read the flight, and say in one sentence what is not as it should be. */
import { FlightFault, loadFlight, type Flight } from '../flight';
import type { Scene } from '../flight/scene';
import { utcStamp } from './format';
import { quiet, tell } from './store';
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
      sayWhatIsMissing(read.scene);
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

export function sayWhatIsMissing(read: Scene): void {
  const boxes = boxed(read);
  if (boxes.length > 0) tell('model', both('unknown_model', { model: [...new Set(boxes)].join(', ') }));
  if (read.complete) quiet('half');
  else tell('half', both('half_written', { time: utcStamp(read, read.end_s) }));
}
