/** The caption below the picture, and the same for those who listen. Events only: numbers would never be silent. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SceneEvent } from '../flight/scene';
import { lastEvent } from './now';
import { beat_s, captions, playing, rate } from './store';
import { pick } from './words';

/** A caption stays for so many seconds of the viewer, and of the flight when it stands still or runs slowly. */
const stays_s = 30;
/** At higher rates only great events are read out: speech is slower than the flight. */
const hurried = 20;

function captionAt(at_s: number): SceneEvent | undefined {
  const event = lastEvent(at_s);
  return event && at_s - event.t_s <= stays_s * Math.max(1, rate.value) ? event : undefined;
}

export function Caption() {
  const event = captions.value ? captionAt(beat_s.value) : undefined;
  return (
    <>
      <p class="caption" aria-hidden="true" hidden={!event}>{event && pick(event.sentence)}</p>
      <Spoken event={event} />
    </>
  );
}

/** A live region must stand in the page before its words do; it changes with events only. */
function Spoken({ event }: { readonly event: SceneEvent | undefined }) {
  const said = useSignal<SceneEvent | undefined>(undefined);
  useEffect(() => {
    const hurry = playing.value && rate.value > hurried;
    if (event && (!hurry || event.rank === 1)) said.value = event;
  }, [event]);
  return <p class="unseen" aria-live="polite">{captions.value && said.value ? pick(said.value.sentence) : ''}</p>;
}
