/** The flat map: coasts, night, tracks of the last and the next revolution, places and who sees the station. */
import { useComputed } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Now } from '../../flight/now';
import type { Place } from '../../flight/scene';
import { ends, jump } from '../clock';
import { beat_s, flight, lang, nowRead, scene } from '../store';
import { useWidth } from '../plots/width';
import { rootScale, useMeasure } from '../timeline/size';
import { number, pick } from '../words';
import { type Named, placed, textX } from './labels';
import './map.css';
import { type LonLat, circle, night, path, reach_deg, split, subsolar, sunHeight_deg } from './sphere';
import { type Track, flying, instantNear, tracksAround } from './track';
import { WORDS } from './words';

const NORTH = 80;
const SOUTH = -64;
const MASK_DEG = 5;
/** Below this width only what matters most is named. */
const ROOMY_PX = 640;
const NEAR_PX = 14;
const LINE_PX = 14;
const TRACK_EVERY_S = 60;

interface View {
  readonly width: number;
  readonly height: number;
  /** Pixels per degree. */
  readonly scale: number;
}

const xOf = (view: View, place: LonLat): number => (place.longitude_deg + 180) * view.scale;
const yOf = (view: View, place: LonLat): number => (NORTH - place.latitude_deg) * view.scale;

export function GroundTrack() {
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const scale = width / 360;
  const view = { width, scale, height: Math.round((NORTH - SOUTH) * scale) };
  return (
    <section class="map">
      <h2>{pick(WORDS.title)}</h2>
      <div ref={host}>{width > 0 && nowRead.value && <Drawing view={view} now={nowRead.value} />}</div>
    </section>
  );
}

function Drawing({ view, now }: { readonly view: View; readonly now: Now }) {
  const coast = useCoast();
  const tracks = useTracks();
  const sun = subsolar(now.earth, now.sun_km);
  const click = (event: MouseEvent): void => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const place = {
      longitude_deg: ((event.clientX - box.left) / box.width) * 360 - 180,
      latitude_deg: NORTH - ((event.clientY - box.top) / box.height) * (NORTH - SOUTH),
    };
    const instant_s = instantNear(tracks, place, NEAR_PX / view.scale);
    if (instant_s !== null) jump(instant_s);
  };
  return (
    <svg width={view.width} height={view.height} viewBox={`0 0 ${view.width} ${view.height}`} role="img"
      aria-label={told(now, sun)} onClick={click}>
      <rect class="sea" width={view.width} height={view.height} />
      <g transform={`scale(${view.scale}) translate(0 ${NORTH - 90})`}>
        <path class="land" d={coast} />
        <path class="grid" d={GRID} />
        <path class="night" d={`${path([night(sun)])}Z`} />
        <Rings places={scene.value?.places ?? []} now={now} />
        <Tracks tracks={tracks} />
      </g>
      <Places view={view} now={now} sun={sun} />
    </svg>
  );
}

const GRID = [-150, -120, -90, -60, -30, 0, 30, 60, 90, 120, 150].map((longitude) => `M${longitude + 180} 0V180`)
  .concat([-60, -30, 0, 30, 60].map((latitude) => `M0 ${90 - latitude}H360`)).join('');

const lookOf = (craft: string): string => (craft === 'station' ? 'station' : 'ship');

function Tracks({ tracks }: { readonly tracks: readonly Track[] }) {
  return (
    <>
      {tracks.map(({ craft, past, next }) => {
        const [before, after] = [path(split(past)), path(split(next))];
        return (
          <g key={craft} class={`track ${lookOf(craft)}`}>
            <path class="halo" d={before} />
            <path class="past" d={before} />
            <path class="next" d={after} />
          </g>
        );
      })}
    </>
  );
}

/** Ground stations see the station inside their ring; the ring of one that sees it now is drawn full. */
function Rings({ places, now }: { readonly places: readonly Place[]; readonly now: Now }) {
  const station = now.craft.get('station');
  if (!station || station.height_m <= 0) return null;
  const radius = reach_deg(station.height_m / 1000, MASK_DEG);
  return (
    <>
      {places.filter(isGround).map((place) => {
        // The Sun's height formula serves any point overhead: 90 degrees less the distance.
        const away = 90 - sunHeight_deg(station, place);
        const sees = away <= radius;
        return <path key={place.id} class={sees ? 'ring sees' : 'ring'} d={path(split(circle(place, radius)))} />;
      })}
    </>
  );
}

const isGround = (place: Place): boolean => /ground/.test(place.kind);

function Places({ view, now, sun }: { readonly view: View; readonly now: Now; readonly sun: LonLat }) {
  const measure = useMeasure();
  const places = scene.value?.places ?? [];
  const crafts = flying(now).flatMap((id) => now.craft.get(id) ?? []);
  const roomy = view.width >= ROOMY_PX;
  const name = (id: string, place: LonLat, text: string): Named =>
    ({ id, x: xOf(view, place), y: yOf(view, place), text, wide: measure(text) });
  const names = [
    ...crafts.map((craft) => name(craft.id, craft, craftName(craft.id))),
    ...(roomy ? [name('sun', sun, pick(WORDS.sun))] : []),
    ...places.filter((place) => !isGround(place)).map((place) => name(place.id, place, shortName(place))),
    ...(roomy ? places.filter(isGround).map((place) => name(place.id, place, shortName(place))) : []),
  ];
  return (
    <>
      <Sun x={xOf(view, sun)} y={yOf(view, sun)} />
      {places.map((place) => <Spot key={place.id} place={place} x={xOf(view, place)} y={yOf(view, place)} />)}
      {crafts.map((craft) => (
        <circle key={craft.id} class={`craft ${lookOf(craft.id)}`} cx={xOf(view, craft)} cy={yOf(view, craft)} r={5} />
      ))}
      {placed(names, view.width, view.height, LINE_PX * rootScale()).map((label) => (
        <text key={label.id} class={now.craft.has(label.id) ? 'name strong' : 'name'} x={textX(label)}
          y={label.y + label.dy} text-anchor={label.at}>{label.text}</text>
      ))}
    </>
  );
}

/** "Kolpashevo", not "Kolpashevo (OKIK-12)": what stands in brackets is for lists. */
const shortName = (place: Place): string => pick(place.name).replace(/\s*\(.*\)$/, '');

function craftName(id: string): string {
  if (id === 'station') return pick(WORDS.station);
  const craft = scene.value?.craft.find((one) => one.id === id);
  return craft ? pick(craft.name) : id;
}

function Spot({ place, x, y }: { readonly place: Place; readonly x: number; readonly y: number }) {
  if (place.kind === 'pad') return <rect class="spot" x={x - 3} y={y - 3} width={6} height={6} />;
  return <circle class={isGround(place) ? 'spot ground' : 'spot'} cx={x} cy={y} r={isGround(place) ? 2 : 3} />;
}

function Sun({ x, y }: { readonly x: number; readonly y: number }) {
  const rays = Array.from({ length: 8 }, (_, i) => {
    const [c, s] = [Math.cos((i * Math.PI) / 4), Math.sin((i * Math.PI) / 4)];
    return `M${x + 6.5 * c} ${y + 6.5 * s}L${x + 9 * c} ${y + 9 * s}`;
  });
  return <g class="sun"><circle cx={x} cy={y} r={4.5} /><path d={rays.join('')} /></g>;
}

function degrees(place: LonLat): string {
  const [latitude, longitude] = [Math.abs(place.latitude_deg), Math.abs(place.longitude_deg)];
  const ns = pick(place.latitude_deg >= 0 ? WORDS.north : WORDS.south);
  const ew = pick(place.longitude_deg >= 0 ? WORDS.east : WORDS.west);
  return `${number(latitude, 0)}° ${ns} ${number(longitude, 0)}° ${ew}`;
}

/** The map in words. */
function told(now: Now, sun: LonLat): string {
  const craft = flying(now).flatMap((id) => now.craft.get(id) ?? []).map((one) =>
    pick(WORDS.over).replace('{name}', craftName(one.id))
      .replace('{place}', `${degrees(one)} ${pick(sunHeight_deg(sun, one) > 0 ? WORDS.day : WORDS.night)}`)
      .replace('{height}', number(one.height_m / 1000, 0)));
  return pick(WORDS.told).replace('{sun}', degrees(sun)).replace('{craft}', craft.join(' '));
}

/** Coasts come apart from the page's first script: the map is never the first thing seen. */
function useCoast(): string {
  const [coast, setCoast] = useState('');
  useEffect(() => {
    void import('./land').then(({ land }) => setCoast(land));
  }, []);
  return coast;
}

/** Tracks are worked out once a minute of the flight, not with every beat. */
function useTracks(): readonly Track[] {
  const minute = useComputed(() => Math.floor(beat_s.value / TRACK_EVERY_S));
  const flown = flight.value;
  const arrived = flown?.arrived.value;
  return useMemo(() => {
    if (!flown) return [];
    const [from_s, to_s] = ends();
    return tracksAround({ at: (t_s) => flown.now(t_s), from_s, to_s }, beat_s.peek());
  }, [minute.value, flown, arrived, lang.value]);
}
