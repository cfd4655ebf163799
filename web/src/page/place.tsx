/** Where the picture is over the Earth, on its own plate; and the whole scene in words, for those who do not see it. */
import type { CraftNow, Now } from '../flight/now';
import type { Scene } from '../flight/scene';
import { below } from './regions';
import { nowRead, scene, sight } from './store';
import { taskOf } from './tasks';
import { number, pick, say } from './words';

/** The craft that the picture is about; without a picture the ship that flies alone, else the station. */
function subject(flown: Scene, now: Now): CraftNow | undefined {
  const focus = sight.value?.sight.focus;
  if (focus !== undefined) return now.craft.get(focus);
  const ships = flown.craft.filter((one) => one.kind === 'ship').flatMap((one) => now.craft.get(one.id) ?? []);
  return ships.find((one) => one.port === undefined) ?? [...now.craft.values()][0];
}

function coordinates(craft: CraftNow): string {
  const north = number(Math.abs(craft.latitude_deg), 1) + say(craft.latitude_deg < 0 ? 'south' : 'north');
  const east = number(Math.abs(craft.longitude_deg), 1) + say(craft.longitude_deg < 0 ? 'west' : 'east');
  return `${north} ${east}`;
}

export function PlacePlate() {
  const [flown, now] = [scene.value, nowRead.value];
  const craft = flown && now && subject(flown, now);
  // Seen from the ground, the observer's place counts, which stands in its own box.
  if (!craft || sight.value?.sight.overlay === 'ground') return null;
  const name = below(craft.latitude_deg, craft.longitude_deg);
  return <p class="place">{name}<span>{coordinates(craft)}</span></p>;
}

/** Sunlight by the timeline's bars of light. */
function lightWord(flown: Scene, at_s: number): string {
  const tracks = flown.tracks.filter((track) => track.kind === 'light').map((track) => track.id);
  const bar = flown.bars.find((one) => tracks.includes(one.track) && one.from_s <= at_s && at_s < one.to_s);
  return bar ? pick(bar.label) : '';
}

/** Who is where, a sentence for each place; those outside one by one, with their task and what they hold. */
function whereabouts(flown: Scene, now: Now): readonly string[] {
  const places = new Map<string, string[]>();
  const alone: string[] = [];
  for (const person of flown.people) {
    const stay = flown.stays.findLast((one) => one.who === person.id && one.from_s <= now.t_s);
    const carried = flown.items.filter((item) => now.holders.get(item.id) === person.id).map((item) => pick(item.name));
    const task = taskOf(person, now.t_s);
    if (!stay) continue;
    const place = pick(stay.label);
    if (!task && carried.length === 0) places.set(place, [...(places.get(place) ?? []), pick(person.short)]);
    else alone.push(`${pick(person.name)}: ${[place, ...carried, ...(task ? [pick(task.label)] : [])].join(', ')}.`);
  }
  return [...alone, ...[...places].map(([place, names]) => `${place}: ${names.join(', ')}.`)];
}

/** Changes with places, hands and light, not with numbers. Not a live region: it is read when one comes to it. */
export function SceneInWords() {
  const flown = scene.value;
  const now = nowRead.value;
  if (!flown || !now) return null;
  const craft = subject(flown, now);
  const name = craft && below(craft.latitude_deg, craft.longitude_deg);
  const light = lightWord(flown, now.t_s);
  const sentences = [
    sight.value ? say('seen_by', { camera: pick(sight.value.live.label) }) : '',
    ...whereabouts(flown, now),
    light && say('light_is', { light }),
    name ? say('below_is', { place: name }) : '',
  ];
  return <p class="unseen" id="scene-in-words">{sentences.filter(Boolean).join(' ')}</p>;
}
