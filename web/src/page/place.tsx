/** Where the picture is over the Earth, on its own plate; and the whole scene in words, for those who do not see it. */
import type { CraftNow, Now } from '../flight/now';
import type { PersonIndex, Scene } from '../flight/scene';
import { below } from './regions';
import { nowRead, scene, sight } from './store';
import { number, pick, say } from './words';

/** The craft that the picture is about. */
function subject(now: Now): CraftNow | undefined {
  const focus = sight.value?.sight.focus;
  return (focus !== undefined ? now.craft.get(focus) : undefined) ?? [...now.craft.values()][0];
}

function coordinates(craft: CraftNow): string {
  const north = number(Math.abs(craft.latitude_deg), 1) + say(craft.latitude_deg < 0 ? 'south' : 'north');
  const east = number(Math.abs(craft.longitude_deg), 1) + say(craft.longitude_deg < 0 ? 'west' : 'east');
  return `${north} ${east}`;
}

export function PlacePlate() {
  const now = nowRead.value;
  const craft = now && subject(now);
  if (!craft) return null;
  const name = below(craft.latitude_deg, craft.longitude_deg);
  return <p class="place">{name}<span>{coordinates(craft)}</span></p>;
}

/** Sunlight by the timeline's bars of light. */
function lightWord(flown: Scene, at_s: number): string {
  const tracks = flown.tracks.filter((track) => track.kind === 'light').map((track) => track.id);
  const bar = flown.bars.find((one) => tracks.includes(one.track) && one.from_s <= at_s && at_s < one.to_s);
  return bar ? pick(bar.label) : '';
}

function whereabouts(flown: Scene, now: Now, person: PersonIndex): string {
  const stay = flown.stays.findLast((one) => one.who === person.id && one.from_s <= now.t_s);
  const carried = flown.items.filter((item) => now.holders.get(item.id) === person.id).map((item) => pick(item.name));
  const parts = [stay ? pick(stay.label) : '', ...carried].filter(Boolean);
  return parts.length > 0 ? `${pick(person.name)}: ${parts.join(', ')}.` : '';
}

/** Changes with places, hands and light, not with numbers. Not a live region: it is read when one comes to it. */
export function SceneInWords() {
  const flown = scene.value;
  const now = nowRead.value;
  if (!flown || !now) return null;
  const craft = subject(now);
  const name = craft && below(craft.latitude_deg, craft.longitude_deg);
  const light = lightWord(flown, now.t_s);
  const sentences = [
    sight.value ? say('seen_by', { camera: pick(sight.value.live.label) }) : '',
    ...flown.people.map((person) => whereabouts(flown, now, person)),
    light && say('light_is', { light }),
    name ? say('below_is', { place: name }) : '',
  ];
  return <p class="unseen" id="scene-in-words">{sentences.filter(Boolean).join(' ')}</p>;
}
