/** Who is doing what outside at this instant, from the timeline's bars of persons. */
import type { Bar, PersonIndex } from '../flight/scene';
import { beat_s, scene } from './store';
import { pick } from './words';

export function taskOf(person: PersonIndex, at_s: number): Bar | undefined {
  const flown = scene.value;
  const tracks = flown?.tracks.filter((track) => track.kind === 'person' && track.of?.includes(person.id)) ?? [];
  return flown?.bars.find(
    (bar) => bar.from_s <= at_s && at_s < bar.to_s && tracks.some((track) => track.id === bar.track),
  );
}

/** One line for each task, with all who share it. */
function shared(people: readonly PersonIndex[], at_s: number): readonly (readonly [string, readonly PersonIndex[]])[] {
  const lines = new Map<string, PersonIndex[]>();
  for (const person of people) {
    const task = taskOf(person, at_s);
    if (task) lines.set(pick(task.label), [...(lines.get(pick(task.label)) ?? []), person]);
  }
  return [...lines];
}

interface TasksProps {
  /** What stands above already: then the names are enough. */
  readonly known: string;
}

export function Tasks({ known }: TasksProps) {
  const walkers = scene.value?.people.filter((person) => person.walker > 0) ?? [];
  const lines = shared(walkers, beat_s.value);
  if (lines.length === 0) return null;
  return (
    <ul class="tasks">
      {lines.map(([label, people]) => (
        <li key={label}>
          {people.map((person) => <b key={person.id} class={`ev${person.walker}`}>{pick(person.short)}</b>)}
          {label !== known && <span>{label}</span>}
        </li>
      ))}
    </ul>
  );
}
