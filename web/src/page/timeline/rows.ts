/** What stands on the timeline, row after row: made once for a scene, independent of zoom and clock. */
import type { Bar, Scene, SceneEvent, Text, Track, VerdictRow } from '../../flight/scene';

export type Look =
  | 'phase' | 'day' | 'night' | 'link' | 'television'
  | 'ev1' | 'ev2' | 'crew' | 'torch' | 'plain' | 'event' | 'verdict';

/** A thing on a row: a stretch of time, or an instant where both ends are equal. */
export interface Mark {
  readonly id: string;
  readonly row: string;
  readonly look: Look;
  readonly from_s: number;
  readonly to_s: number;
  readonly label: Text;
  /** A second thing to tell: the verdict's evidence, the event's sentence. */
  readonly more?: Text;
  readonly status?: VerdictRow['status'];
  readonly rank?: SceneEvent['rank'];
  /** Which of the tracks that share the row it is from. */
  readonly lane?: number;
}

export interface Row {
  readonly id: string;
  readonly kind: Track['kind'] | 'events';
  readonly label: Text;
  /** In order of time. */
  readonly marks: readonly Mark[];
  /** Names of the channels drawn as curves. */
  readonly curves: readonly string[];
  readonly look: Look;
}

type Kind = Row['kind'];

const NIGHTS = new Set(['night', 'shadow', 'dark', 'umbra', 'penumbra']);
/** Row names: short, since they stand left of every row; a kind that is missing here takes its track's label. */
const NAMES: Partial<Record<Kind, Text>> & { readonly events: Text } = {
  events: { en: 'events', ru: 'события' },
  phase: { en: 'phase', ru: 'этап' },
  light: { en: 'light', ru: 'свет' },
  link: { en: 'link', ru: 'связь' },
  television: { en: 'television', ru: 'телевидение' },
  consumable: { en: 'supplies', ru: 'запасы' },
  rules: { en: 'rules', ru: 'правила' },
};
const TORCH: Text = { en: 'torch', ru: 'факел' };
/** Kinds whose tracks share one row. */
const SHARED: ReadonlySet<Kind> = new Set<Kind>(['link', 'consumable', 'light', 'television']);

/** Crew colours follow the walkers; whoever stays inside is drawn in grey. */
export function lookOfPerson(scene: Scene, id: string | undefined): Look {
  const walker = scene.people.find((person) => person.id === id)?.walker;
  return walker === 1 ? 'ev1' : walker === 2 ? 'ev2' : 'crew';
}

function lookOfTrack(scene: Scene, track: Track): Look {
  switch (track.kind) {
    case 'phase': return 'phase';
    case 'light': return 'day';
    case 'link': return 'link';
    case 'television': return 'television';
    case 'person': return lookOfPerson(scene, track.of?.[0] ?? track.id);
    case 'item': return 'torch';
    case 'rules': return 'verdict';
    case 'consumable': return 'plain';
  }
}

function barMark(bar: Bar, at: number, tracks: readonly [Track, ...Track[]], look: Look): Mark {
  const [{ id: row, kind }] = tracks;
  const own = kind === 'light' && NIGHTS.has(bar.kind) ? 'night' : look;
  const lane = tracks.findIndex((track) => track.id === bar.track);
  return { id: `${row}-${at}`, row, look: own, from_s: bar.from_s, to_s: bar.to_s, label: bar.label, lane };
}

const verdictMark = (verdict: VerdictRow, at: number, row: string): Mark => ({
  id: `${row}-${at}`, row, look: 'verdict', from_s: verdict.to_s, to_s: verdict.to_s,
  label: verdict.title, more: verdict.message, status: verdict.status,
});

const eventMark = (event: SceneEvent, at: number): Mark => ({
  id: `event-${at}`, row: 'events', look: 'event', from_s: event.t_s, to_s: event.t_s,
  label: event.title, more: event.sentence, rank: event.rank,
});

const inTime = (marks: readonly Mark[]): Mark[] => [...marks].sort((a, b) => a.from_s - b.from_s);

function nameOf(scene: Scene, track: Track): Text {
  const id = track.of?.[0] ?? track.id;
  if (track.kind === 'person') return scene.people.find((person) => person.id === id)?.short ?? track.label;
  if (track.kind === 'item' && id === 'torch') return TORCH;
  return NAMES[track.kind] ?? track.label;
}

/** Used up, not filled: what grows (carbon dioxide in its absorber) has no known end and stays in the telemetry. */
const isSupply = (channel: string): boolean => !/co2|absorber/.test(channel);

function rowOf(scene: Scene, tracks: readonly [Track, ...Track[]]): Row {
  const [first] = tracks;
  const look = lookOfTrack(scene, first);
  const ids = new Set(tracks.map((track) => track.id));
  const marks = first.kind === 'rules'
    ? scene.verdicts.map((verdict, i) => verdictMark(verdict, i, first.id))
    : scene.bars.filter((bar) => ids.has(bar.track)).map((bar, i) => barMark(bar, i, tracks, look));
  const curves = first.kind === 'consumable' ? tracks.flatMap((track) => track.of ?? []).filter(isSupply) : [];
  return { id: first.id, kind: first.kind, label: nameOf(scene, first), marks: inTime(marks), curves, look };
}

/** Events first, then the scene's tracks; a crew member who has nothing to do in the whole flight has no row. */
export function rowsOf(scene: Scene): Row[] {
  const events: Row = {
    id: 'events', kind: 'events', label: NAMES.events, marks: inTime(scene.events.map(eventMark)), curves: [],
    look: 'event',
  };
  const groups = new Map<string, [Track, ...Track[]]>();
  for (const track of scene.tracks) {
    const key = SHARED.has(track.kind) ? track.kind : track.id;
    const group = groups.get(key);
    if (group) group.push(track);
    else groups.set(key, [track]);
  }
  return [events, ...[...groups.values()].map((tracks) => rowOf(scene, tracks))]
    .filter((row) => row.marks.length > 0 || row.curves.length > 0);
}

/** The mark of a row that is at, or nearest to, an instant. */
export function nearest(row: Row, t_s: number): Mark | undefined {
  const away = (mark: Mark): number => (mark.from_s <= t_s && t_s <= mark.to_s ? 0 : Math.abs(mark.from_s - t_s));
  const nearer = (best: Mark | undefined, mark: Mark): Mark => (best && away(best) <= away(mark) ? best : mark);
  return row.marks.reduce<Mark | undefined>(nearer, undefined);
}
