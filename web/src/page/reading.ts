/** Read the flight, look at what it is, and say in one sentence what is not as it should be. */
import { utcStamp } from './format';
import { loadFlight } from '../flight';
import type { Scene } from '../flight/scene';
import { flight, quiet, scene, tell } from './store';
import { both } from './words';

const base = 'data/';
const slow_ms = 8000;

/** The first reading. Returns what went wrong, or nothing. */
export async function readFlight(): Promise<string | null> {
  tell('flight', both('loading'));
  const slow = window.setTimeout(() => tell('flight', both('connection_slow')), slow_ms);
  try {
    const read = await loadFlight(base);
    if (!understood(read.scene)) return `format ${String(read.scene.format)}`;
    flight.value = read;
    quiet('flight');
    sayWhatIsMissing(read.scene);
    return null;
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    tell('flight', both('no_flight', { file: `${base}scene.json`, why }));
    return why;
  } finally {
    window.clearTimeout(slow);
  }
}

/** Another program may have written it: then nothing of it is to be trusted. */
function understood(read: Scene): boolean {
  const format: number = read.format;
  if (format === 1) return true;
  tell('flight', both('other_version', { format: String(format) }));
  return false;
}

function sayWhatIsMissing(read: Scene): void {
  const flown = read.legs.some((leg) => leg.arcs.length > 0);
  if (!flown) tell('arcs', both('no_arcs'));
  else quiet('arcs');
  if (!read.complete && flown) tell('half', both('half_written', { time: utcStamp(read, read.end_s) }));
  else quiet('half');
}

/** Read a growing flight again; legs that are here already stay. */
export async function refreshFlight(): Promise<void> {
  const before = scene.peek();
  const read = await loadFlight(base);
  if (before && read.scene.end_s === before.end_s && read.scene.complete === before.complete) return;
  flight.value = read;
  sayWhatIsMissing(read.scene);
}
