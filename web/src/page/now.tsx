/** What is being flown: the phase, what happens now as a sentence, and how far it has come. */
import type { SceneEvent } from '../flight/scene';
import { eventsWorth } from './clock';
import { utcMinute, utcTime } from './format';
import { Tasks } from './tasks';
import { beat_s, scene } from './store';
import { pick, say } from './words';

/** What lasts less than this is told to the second. */
const secondsMatter_s = 600;

/** The event that last happened at an instant. */
export function lastEvent(at_s: number): SceneEvent | undefined {
  return eventsWorth().findLast((one) => one.t_s <= at_s + 0.05);
}

/** A sentence that only repeats the title says nothing. */
function says(event: SceneEvent): boolean {
  return pick(event.sentence).replace(/\.$/, '') !== pick(event.title);
}

export function NowPanel() {
  const flown = scene.value;
  if (!flown) return null;
  const at_s = beat_s.value;
  const event = lastEvent(at_s);
  const leg = flown.legs.find((one) => at_s < one.to_s) ?? flown.legs.at(-1);
  return (
    <section class="now" aria-labelledby="now-head">
      <h2 id="now-head">{say('now')}{leg && <span>{pick(leg.title)}</span>}</h2>
      <b>{event ? pick(event.title) : leg && pick(leg.title)}</b>
      {event && says(event) && <p>{pick(event.sentence)}</p>}
      <Progress event={event} at_s={at_s} />
      <Tasks known={event ? pick(event.title) : ''} />
    </section>
  );
}

function Progress({ event, at_s }: { readonly event: SceneEvent | undefined; readonly at_s: number }) {
  const flown = scene.value;
  if (!flown) return null;
  const next = eventsWorth().find((one) => one.t_s > at_s + 0.05);
  const from_s = event?.t_s ?? flown.legs[0]?.from_s ?? 0;
  if (!next) return <p class="quiet">{say(flown.complete ? 'nothing_more' : 'more_to_come')}</p>;
  const written = next.t_s - from_s < secondsMatter_s ? utcTime : utcMinute;
  const share = Math.min(1, Math.max(0, (at_s - from_s) / (next.t_s - from_s || 1)));
  return (
    <>
      <div class="progress" role="progressbar" aria-label={say('progress')}
        aria-valuenow={Math.round(share * 100)} aria-valuemin={0} aria-valuemax={100}>
        <i style={{ width: `${(share * 100).toFixed(2)}%` }} />
      </div>
      <div class="progress-ends">
        <span>{written(flown, from_s)}</span>
        <span>{say('from_until', { time: written(flown, next.t_s) })}</span>
      </div>
    </>
  );
}
