/** Who is doing what outside at this instant, from the timeline's bars of persons. */
import type { Bar, PersonIndex } from '../flight/scene';
import { beat_s, scene } from './store';
import { pick } from './words';

function taskOf(person: PersonIndex, at_s: number): Bar | undefined {
  const flown = scene.value;
  const tracks = flown?.tracks.filter((track) => track.kind === 'person' && track.of?.includes(person.id)) ?? [];
  return flown?.bars.find(
    (bar) => bar.kind !== 'item' && bar.from_s <= at_s && at_s < bar.to_s && tracks.some((track) => track.id === bar.track),
  );
}

export function Tasks() {
  const walkers = scene.value?.people.filter((person) => person.walker > 0) ?? [];
  const busy = walkers.flatMap((person) => {
    const task = taskOf(person, beat_s.value);
    return task ? [{ person, task }] : [];
  });
  if (busy.length === 0) return null;
  return (
    <ul class="tasks">
      {busy.map(({ person, task }) => (
        <li key={person.id}><b class={`ev${person.walker}`}>{pick(person.short)}</b> {pick(task.label)}</li>
      ))}
    </ul>
  );
}
