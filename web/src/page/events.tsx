/** All events of the flight, found by words in either language and by phase; a click goes there. */
import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Scene, SceneEvent, Text } from '../flight/scene';
import { jump } from './clock';
import './events.css';
import { utcDate, utcTime } from './format';
import { beat_s, scene } from './store';
import { pick } from './words';

const WORDS = {
  events: { en: 'All events', ru: 'Все события' },
  search: { en: 'Search events', ru: 'Поиск событий' },
  phase: { en: 'Phase', ru: 'Этап' },
  all: { en: 'whole flight', ru: 'весь полёт' },
  none: { en: 'No event has these words.', ru: 'Таких событий нет.' },
  found: { en: '{n} of {all}', ru: '{n} из {all}' },
} satisfies Record<string, Text>;

/** "ё" is written "е" by most people, and capitals by nobody. */
const plain = (text: string): string => text.toLocaleLowerCase('ru').replaceAll('ё', 'е');

const wordsOf = (event: SceneEvent): string =>
  plain([event.title.en, event.title.ru, event.sentence.en, event.sentence.ru, event.name, event.subject].join(' '));

/** Every word typed must be somewhere in the event, in whichever language. */
export function found(events: readonly SceneEvent[], typed: string, steps: ReadonlySet<string> | null): SceneEvent[] {
  const asked = plain(typed).split(/\s+/).filter(Boolean);
  return events.filter((event) => {
    if (steps && !steps.has(event.step)) return false;
    const words = asked.length > 0 ? wordsOf(event) : '';
    return asked.every((word) => words.includes(word));
  });
}

export function Events() {
  const flown = scene.value;
  const typed = useSignal('');
  const step = useSignal('');
  if (!flown || flown.events.length === 0) return null;
  const shown = found(flown.events, typed.value, step.value ? new Set([step.value]) : null);
  const told = pick(WORDS.found).replace('{n}', String(shown.length)).replace('{all}', String(flown.events.length));
  return (
    <section class="events" aria-label={pick(WORDS.events)}>
      <h2>{pick(WORDS.events)} <span role="status">{told}</span></h2>
      <div class="asked">
        <input type="search" aria-label={pick(WORDS.search)} placeholder={pick(WORDS.search)} value={typed.value}
          onInput={(event) => { typed.value = event.currentTarget.value; }}
          onKeyDown={(event) => event.stopPropagation()} />
        <select aria-label={pick(WORDS.phase)} value={step.value}
          onChange={(event) => { step.value = event.currentTarget.value; }}>
          <option value="">{pick(WORDS.all)}</option>
          {flown.legs.map((leg) => <option key={leg.step} value={leg.step}>{pick(leg.title)}</option>)}
        </select>
      </div>
      {shown.length > 0 ? <List flown={flown} events={shown} /> : <p>{pick(WORDS.none)}</p>}
    </section>
  );
}

/** The last event of the list that has happened; the list is drawn anew only when this changes. */
function useCurrent(events: readonly SceneEvent[]): number {
  const list = useRef(events);
  list.current = events;
  const current = useComputed(() => list.current.findLastIndex((event) => event.t_s <= beat_s.value + 0.5));
  const index = current.value;
  return events[index] ? index : events.findLastIndex((event) => event.t_s <= beat_s.peek() + 0.5);
}

function List({ flown, events }: { readonly flown: Scene; readonly events: readonly SceneEvent[] }) {
  const host = useRef<HTMLOListElement>(null);
  const current = useCurrent(events);
  useEffect(() => keepInView(host.current), [current, events.length]);
  const dates = useMemo(() => events.map((event) => utcDate(flown, event.t_s)), [flown, events]);
  return (
    <ol ref={host} tabIndex={0} aria-label={pick(WORDS.events)}>
      {events.map((event, i) => (
        <li key={`${event.t_s} ${event.name} ${event.subject}`}>
          {dates[i] !== dates[i - 1] && <h3>{dates[i]}</h3>}
          <button type="button" class={`rank-${event.rank}`} aria-current={i === current ? 'true' : undefined}
            onClick={() => jump(event.t_s)}>
            <time>{utcTime(flown, event.t_s)}</time><span>{pick(event.title)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Scroll the list, never the page, and not under the hands of somebody who reads it. */
function keepInView(list: HTMLOListElement | null): void {
  const current = list?.querySelector<HTMLElement>('[aria-current]');
  if (!list || !current || list.matches(':hover, :focus-within')) return;
  const [top, bottom] = [current.offsetTop - list.offsetTop, current.offsetTop - list.offsetTop + current.offsetHeight];
  if (top >= list.scrollTop && bottom <= list.scrollTop + list.clientHeight) return;
  list.scrollTop = top - list.clientHeight / 3;
}
