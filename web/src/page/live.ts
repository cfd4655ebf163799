/** Follow a flight that is still being flown: read its index again and again, and stay near its end. */
import { effect } from '@preact/signals';
import type { Flight } from '../flight';
import { ends } from './clock';
import { sayWhatIsMissing } from './reading';
import { beat_s, live, playing, quiet, rate, scene, t_s, tell } from './store';
import { both } from './words';

const usual_ms = 3000;
const longest_ms = 15_000;
const slow_ms = 3000;
/** When the end runs further ahead than this, time leaps after it; less is simply played. */
const lag_s = 10;

export function goLive(): void {
  if (scene.peek()?.complete) return tell('live', both('nothing_live'));
  live.value = true;
  rate.value = 1;
  playing.value = true;
  catchUp();
}

function catchUp(): void {
  const [, last] = ends();
  if (live.peek() && last - t_s.peek() > lag_s) t_s.value = last - lag_s;
}

/** Say so when the leg on the screen takes long to come, unless more is known of why. */
function watchLegs(read: Flight): void {
  let timer = 0;
  effect(() => {
    const here = read.has(beat_s.value);
    window.clearTimeout(here ? timer : 0);
    if (here) {
      timer = 0;
      quiet('slow');
    } else timer ||= window.setTimeout(() => { if (!read.trouble) tell('slow', both('connection_slow')); }, slow_ms);
  });
}

/** Read again until the flight is complete; a lost connection is said, and tried again ever more seldom. */
export function followGrowth(read: Flight): void {
  watchLegs(read);
  effect(() => {
    if (read.trouble) tell('connection', read.trouble);
    else quiet('connection');
  });
  let wait_ms = usual_ms;
  const again = async (): Promise<void> => {
    const grown = await read.refresh();
    if (grown) {
      sayWhatIsMissing(read.scene, false);
      catchUp();
    }
    if (read.scene.complete) return;
    wait_ms = read.trouble ? Math.min(wait_ms * 2, longest_ms) : usual_ms;
    window.setTimeout(() => void again(), wait_ms);
  };
  if (!read.scene.complete) window.setTimeout(() => void again(), wait_ms);
}
