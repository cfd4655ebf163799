/** Marks and names of things too far or too small to be known by sight. */
import type { Triple } from '../flight/now';
import { layers } from '../page/store';
import { pick } from '../page/words';
import { whereabouts } from '../stage/lens';
import { portPlace } from './places';
import type { Spot } from '../stage/lens';
import { eyeNow, type Eye } from './eye';
import { length, word } from './words';

interface Label {
  readonly id: string;
  readonly name: string;
  readonly place_m: Triple;
  /** Shown beside the name. */
  readonly detail?: string;
  /** Its name goes to the other side, so that two who work together do not cover one another's. */
  readonly second?: boolean;
  readonly kind: 'craft' | 'person' | 'port' | 'body' | 'place';
}

/** Parts of the station and people are named from so near only. */
const NAMED_WITHIN_M = 500;
/** A craft larger than this on the screen needs no mark. */
const PLAIN_PX = 46;
/** A rocket, or a capsule with its parachute. */
const TALL_M = 50;
/** A mark nearer to the picture's edge than this would be cut. */
const EDGE_PX = 12;
const LINE_PX = 22;
/** About what a letter takes, and the mark, the plate's edges and the gap before the detail. */
const LETTER_PX = 7.4;
const ROOM_PX = 44;
const CRAFT_SIZE_M = { station: 90, ship: 8 } as const;

export function Labels() {
  const eye = eyeNow();
  if (!eye) return null;
  const on = layers.value;
  const all = [
    ...(on.has('labels') ? craftLabels(eye) : []),
    ...(on.has('people') ? peopleLabels(eye) : []),
    ...(on.has('ports') ? portLabels(eye) : []),
    ...(on.has('bodies') ? bodyLabels(eye) : []),
    ...(on.has('places') ? placeLabels(eye) : []),
  ];
  return <>{placed(eye, all).map((one) => <Mark key={one.label.id} eye={eye} {...one} />)}</>;
}

interface Placed {
  readonly label: Label;
  readonly spot: Spot;
  /** How far the name is moved down, so that it does not cover another. */
  readonly down_px: number;
}

function placed(eye: Eye, labels: readonly Label[]): Placed[] {
  const done: Placed[] = [];
  for (const label of labels) {
    const spot = eye.spot(label.place_m);
    if (!spot.visible || spot.y < EDGE_PX || spot.y > eye.height - EDGE_PX) continue;
    const near = done.filter((one) => Math.abs(one.spot.x - spot.x) < 120 && Math.abs(one.spot.y - spot.y) < LINE_PX);
    done.push({ label, spot, down_px: near.length * LINE_PX });
  }
  return done;
}

function Mark({ eye, label, spot, down_px }: Placed & { readonly eye: Eye }) {
  const wide_px = ROOM_PX + LETTER_PX * (label.name.length + (label.detail?.length ?? 0));
  const left = spot.x > eye.width - wide_px || label.second === true;
  const place = `translate(${spot.x.toFixed(1)}px, ${spot.y.toFixed(1)}px)`;
  return (
    <div class={`mark ${label.kind}${left ? ' left' : ''}`} style={{ transform: place }}>
      <i aria-hidden="true" />
      <span style={{ marginTop: `${down_px}px` }}><b>{label.name}</b>{label.detail && <small>{label.detail}</small>}</span>
    </div>
  );
}

function craftLabels(eye: Eye): Label[] {
  const labels: Label[] = [];
  for (const { id, name, kind } of eye.scene.craft) {
    const craft = eye.now.craft.get(id);
    if (!craft || craft.port || eye.shown.sight.hidden.includes(id)) continue;
    const away = eye.distance(craft.position_m);
    const tall = kind === 'ship' && (eye.now.phase === 'ascent' || eye.now.phase === 'landing');
    const size_m = tall ? TALL_M : CRAFT_SIZE_M[kind];
    if (eye.pixels(size_m, away) > PLAIN_PX) continue;
    labels.push({ id, name: pick(name), place_m: craft.position_m, detail: length(away), kind: 'craft' });
  }
  return labels;
}

function peopleLabels(eye: Eye): Label[] {
  return eye.scene.people.flatMap(({ id, short, walker }) => {
    const place_m = eye.shown.sight.hidden.includes(id) ? null : whereabouts(id, eye.now, []);
    return place_m && eye.distance(place_m) < NAMED_WITHIN_M
      ? [{ id, name: pick(short), place_m, second: walker === 2, kind: 'person' as const }] : [];
  });
}

function portLabels(eye: Eye): Label[] {
  return eye.scene.station.ports.flatMap((port) => {
    const place_m = portPlace(eye.scene, eye.now, port);
    return place_m && eye.distance(place_m) < NAMED_WITHIN_M
      ? [{ id: port.id, name: pick(port.name), place_m, kind: 'port' as const }] : [];
  });
}

function bodyLabels(eye: Eye): Label[] {
  return (['sun', 'moon'] as const).flatMap((id) => {
    const place_m = whereabouts(id, eye.now, []);
    return place_m ? [{ id, name: word(id), place_m, kind: 'body' as const }] : [];
  });
}

function placeLabels(eye: Eye): Label[] {
  return eye.scene.places.flatMap(({ id, name }) => {
    const place_m = whereabouts(id, eye.now, eye.scene.places);
    return place_m ? [{ id, name: pick(name), place_m, kind: 'place' as const }] : [];
  });
}
