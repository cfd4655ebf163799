/** The events of the phase that is being flown; each is a way to its instant. */
import { useEffect, useRef } from 'preact/hooks';
import type { LegIndex, Scene, SceneEvent } from '../flight/scene';
import { jump } from './clock';
import { utcMinute } from './format';
import { lastEvent } from './now';
import { beat_s, scene } from './store';
import { pick } from './words';

/** Too many details make a list that nobody reads. */
const fullEnough = 6;

function eventsOf(flown: Scene, leg: LegIndex): readonly SceneEvent[] {
  const all = flown.events.filter((event) => event.step === leg.step);
  const worth = all.filter((event) => event.rank <= 2);
  return worth.length >= fullEnough ? worth : all.length <= 2 * fullEnough ? all : worth;
}

export function Steps() {
  const flown = scene.value;
  const list = useRef<HTMLOListElement | null>(null);
  const at_s = beat_s.value;
  const leg = flown?.legs.find((one) => at_s < one.to_s) ?? flown?.legs.at(-1);
  const events = flown && leg ? eventsOf(flown, leg) : [];
  const current = events.findLast((event) => event.t_s <= at_s + 0.05) ?? lastEvent(at_s);
  useEffect(() => keepInSight(list.current), [current, leg]);
  if (!flown || !leg || events.length === 0) return null;
  return (
    <section class="events-of" aria-labelledby="steps-head">
      <h2 id="steps-head">{pick(leg.title)}</h2>
      <ol class="steps" ref={list}>
        {events.map((event) => (
          <li key={`${event.t_s} ${event.name} ${event.subject}`} class={event.t_s <= at_s ? 'done' : ''}>
            <button aria-current={event === current ? 'step' : undefined} onClick={() => jump(event.t_s)}>
              <time>{utcMinute(flown, event.t_s)}</time><i /><span>{pick(event.title)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Scroll the list, and only the list, so that the current step stays in it. */
function keepInSight(list: HTMLOListElement | null): void {
  const current = list?.querySelector<HTMLElement>('[aria-current]');
  if (!list || !current || list.matches(':hover, :focus-within')) return;
  // The list is the offset parent of its buttons.
  list.scrollTop = current.offsetTop - (list.clientHeight - current.offsetHeight) / 2;
}
