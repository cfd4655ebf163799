/** What stands on the timeline, row after row: made once for a scene, independent of zoom and clock. */
import type { Bar, Scene, SceneEvent, Text, Track, VerdictRow } from '../../flight/scene';

export type Look =
  | 'phase' | 'day' | 'night' | 'link' | 'television' | 'ev1' | 'ev2' | 'crew' | 'torch' | 'plain' | 'event' | 'verdict';

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

const NIGHTS = new Set(['night', 'shadow', 'dark', 'umbra', 'penumbra']);
const EVENTS: Text = { en: 'events', ru: 'события' };

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

function barMark(bar: Bar, at: number, track: Track, look: Look): Mark {
  const own = track.kind === 'light' && NIGHTS.has(bar.kind) ? 'night' : look;
  return { id: `${track.id}-${at}`, row: track.id, look: own, from_s: bar.from_s, to_s: bar.to_s, label: bar.label };
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

function rowOf(scene: Scene, track: Track): Row {
  const look = lookOfTrack(scene, track);
  const marks = track.kind === 'rules'
    ? scene.verdicts.map((verdict, i) => verdictMark(verdict, i, track.id))
    : scene.bars.filter((bar) => bar.track === track.id).map((bar, i) => barMark(bar, i, track, look));
  const curves = track.kind === 'consumable' ? track.of ?? [] : [];
  return { id: track.id, kind: track.kind, label: track.label, marks: inTime(marks), curves, look };
}

/** Events first, then the scene's tracks; a crew member who has nothing to do in the whole flight has no row. */
export function rowsOf(scene: Scene): Row[] {
  const events: Row = {
    id: 'events', kind: 'events', label: EVENTS, marks: inTime(scene.events.map(eventMark)), curves: [], look: 'event',
  };
  const tracks = scene.tracks.map((track) => rowOf(scene, track));
  return [events, ...tracks].filter((row) => row.marks.length > 0 || row.curves.length > 0);
}

/** The mark of a row that is at, or nearest to, an instant. */
export function nearest(row: Row, t_s: number): Mark | undefined {
  const away = (mark: Mark): number => (mark.from_s <= t_s && t_s <= mark.to_s ? 0 : Math.abs(mark.from_s - t_s));
  return [...row.marks].sort((a, b) => away(a) - away(b))[0];
}
