/** What the gallery shows: the moments the planner found for the helmet cameras, and great instants of the flight. */
import type { Scene, SceneEvent, Text } from '../flight/scene';

export interface Exhibit {
  readonly id: string;
  readonly t_s: number;
  readonly view: string;
  readonly title: Text;
  /** What lies below, where planned. */
  readonly place?: Text;
  /** Angle at the subject between camera and Sun (0: light from behind the camera), and distance, where planned. */
  readonly sun_deg?: number;
  readonly distance_m?: number;
}

interface Wanted {
  readonly event: string;
  readonly after_s: number;
  readonly view: string;
  readonly title?: Text;
}

const director = 'director';
/** Great instants by event; a flight shows those that it has. */
const WANTED: readonly Wanted[] = [
  { event: 'liftoff', after_s: 7, view: director },
  { event: 'booster_separation', after_s: 2.5, view: director },
  { event: 'insertion', after_s: 6, view: director },
  { event: 'docking_contact', after_s: -50, view: 'docking',
    title: { en: 'Five metres before contact', ru: 'Пять метров до касания' } },
  { event: 'hatch_open', after_s: 300, view: director },
  { event: 'undocking', after_s: 50, view: director },
  { event: 'module_separation', after_s: 4, view: director },
  { event: 'plasma_start', after_s: 90, view: director, title: { en: 'Plasma', ru: 'Плазма' } },
  { event: 'main_parachute_open', after_s: 20, view: director },
  { event: 'landing', after_s: -6, view: director },
];

export function plannedShots(scene: Scene): Exhibit[] {
  return scene.shots.map((shot) => ({
    id: shot.id, t_s: (shot.t_s + shot.to_s) / 2, view: shot.by, title: shot.title, place: shot.place,
    sun_deg: shot.sun_deg, distance_m: shot.distance_m,
  }));
}

export function greatInstants(scene: Scene): Exhibit[] {
  const found = WANTED.flatMap((wanted) => {
    const event = scene.events.find((one) => one.name === wanted.event);
    return event ? [exhibitOf(event, wanted)] : [];
  });
  return [...found, ...handover(scene), ...ofLight(scene)].sort((a, b) => a.t_s - b.t_s);
}

function exhibitOf(event: SceneEvent, wanted: Wanted): Exhibit {
  return { id: wanted.event, t_s: event.t_s + wanted.after_s, view: wanted.view, title: wanted.title ?? event.title };
}

/** Something that goes from one walker to the other is shown through both helmets. */
function handover(scene: Scene): Exhibit[] {
  const walkers = scene.people.filter((person) => person.walker > 0);
  const isWalker = (id: string): boolean => walkers.some((person) => person.id === id);
  for (const { id } of scene.items) {
    const chain = scene.holdings.filter((one) => one.item === id).sort((a, b) => a.from_s - b.from_s);
    const after = chain.find((one, k) => isWalker(one.holder) && isWalker(chain[k - 1]?.holder ?? ''));
    if (!after) continue;
    return walkers.map((person) => ({
      id: `handover-${person.id}`, t_s: after.from_s - 3, view: person.id, title: after.why,
    }));
  }
  return [];
}

/** Work by lamp, and the Sun coming up, while people are outside. */
function ofLight(scene: Scene): Exhibit[] {
  const tracks = new Set(scene.tracks.filter((track) => track.kind === 'light').map((track) => track.id));
  const open_s = scene.events.find((event) => event.name === 'hatch_open')?.t_s;
  const closed_s = scene.events.find((event) => event.name === 'hatch_closed' && event.t_s > (open_s ?? Infinity))?.t_s;
  if (open_s === undefined || closed_s === undefined) return [];
  const inside = scene.bars.filter((bar) => tracks.has(bar.track) && bar.from_s > open_s + 1800 && bar.to_s < closed_s);
  const [night, day] = [inside.find((bar) => bar.kind === 'night'), inside.find((bar) => bar.kind === 'day')];
  const exhibit = (id: string, t_s: number, title: Text): Exhibit => ({ id, t_s, view: director, title });
  return [
    ...(night ? [exhibit('night', (night.from_s + night.to_s) / 2, { en: 'Night work', ru: 'Работа ночью' })] : []),
    ...(day ? [exhibit('sunrise', day.from_s + 50, { en: 'Sunrise', ru: 'Восход' })] : []),
  ];
}
