/** The observer's sky: horizon with compass points, the path of the pass, figures, and where the observer stands. */
import { untracked } from '@preact/signals';
import { useState } from 'preact/hooks';
import { groundNow, inSky, skyDirection, type Observer, type SkyPlace } from '../cameras/geodesy';
import { observerNow, watched } from '../cameras/ground';
import {
  atPlace, chosenObserver, typedObserver, usualObserver, whereTheViewerIs, type NamedObserver,
} from '../cameras/observer';
import { AT_HOME } from '../cameras/camera';
import { flight, wish } from '../page/store';
import { pick } from '../page/words';
import { eyeNow, type Eye } from './eye';
import { angle, length, word } from './words';

const PATH_S = 420;
const PATH_STEP_S = 15;

export function GroundSky() {
  const eye = eyeNow();
  if (!eye || eye.shown.sight.overlay !== 'ground') return null;
  const observer = observerNow(eye.scene, eye.now);
  return (
    <div class="skyview">
      <svg width={eye.width} height={eye.height} aria-hidden="true">
        <path class="rim" d={horizon(eye, observer)} />
        <path class="path" d={untracked(() => passPath(eye, observer))} />
        {compass(eye, observer)}
      </svg>
      {eye.shown.live.id === 'ground' && <ObserverPlate eye={eye} observer={observer} />}
    </div>
  );
}

type Pixel = readonly [number, number];

/** Pixels of a direction in the observer's sky, or nothing where it is behind the camera. */
function pixelOf(eye: Eye, observer: Observer, azimuth_deg: number, elevation_deg: number): Pixel | null {
  const way = skyDirection(groundNow(observer, eye.now), azimuth_deg, elevation_deg).multiplyScalar(1e9);
  const [x, y, z] = eye.eye_m;
  const spot = eye.spot([x + way.x, y + way.y, z + way.z]);
  return Number.isFinite(spot.x) && Math.abs(spot.x) < 3 * eye.width ? [spot.x, spot.y] : null;
}

function line(points: readonly (Pixel | null)[]): string {
  let path = '';
  let pen = 'M';
  for (const point of points) {
    if (point) path += `${pen}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
    pen = point ? 'L' : 'M';
  }
  return path;
}

function horizon(eye: Eye, observer: Observer): string {
  return line(Array.from({ length: 121 }, (_, k) => pixelOf(eye, observer, k * 3, 0)));
}

function compass(eye: Eye, observer: Observer) {
  return (['north', 'east', 'south', 'west'] as const).map((point, k) => {
    const at = pixelOf(eye, observer, k * 90, 0);
    return at && <text key={point} x={at[0]} y={Math.min(at[1] + 20, eye.height - 12)}>{word(point)}</text>;
  });
}

interface Pass {
  readonly key: string;
  readonly places: readonly SkyPlace[];
}

let lastPass: Pass = { key: '', places: [] };

/** The craft's way over the observer's sky, some minutes before and after; anew every few seconds of flight. */
function passOf(eye: Eye, observer: Observer): readonly SkyPlace[] {
  const craft = watched(eye.scene, eye.now);
  const flown = flight.peek();
  if (!craft || !flown) return [];
  const middle_s = Math.round(eye.now.t_s / PATH_STEP_S) * PATH_STEP_S;
  const key = [craft.id, middle_s, observer.latitude_deg, observer.longitude_deg, flown.arrived.peek()].join();
  if (lastPass.key === key) return lastPass.places;
  const places: SkyPlace[] = [];
  for (let t_s = middle_s - PATH_S; t_s <= middle_s + PATH_S; t_s += PATH_STEP_S) {
    if (t_s < 0 || t_s > eye.scene.end_s || !flown.has(t_s)) continue;
    const then = flown.now(t_s);
    const there = then.craft.get(craft.id);
    if (there) places.push(inSky(observer, then, there.position_m));
  }
  lastPass = { key, places };
  return places;
}

function passPath(eye: Eye, observer: Observer): string {
  return line(passOf(eye, observer).map((sky) =>
    (sky.elevation_deg > 0 ? pixelOf(eye, observer, sky.azimuth_deg, sky.elevation_deg) : null)));
}

function ObserverPlate({ eye, observer }: { readonly eye: Eye; readonly observer: Observer }) {
  const looked = watched(eye.scene, eye.now)?.id;
  return (
    <div class="observer">
      <dl>
        <dt /><dd>{word('azimuth')}</dd><dd>{word('elevation')}</dd><dd>{word('range')}</dd>
        {eye.scene.craft.map(({ id, name }) => {
          const craft = eye.now.craft.get(id);
          const sky = craft && !craft.port ? inSky(observer, eye.now, craft.position_m) : null;
          return sky && <Figures key={id} name={pick(name)} sky={sky} aside={id !== looked} />;
        })}
      </dl>
      <PlaceChoice eye={eye} />
    </div>
  );
}

interface FiguresProps {
  readonly name: string;
  readonly sky: SkyPlace;
  /** Not the craft that is looked at: a small screen leaves it out. */
  readonly aside: boolean;
}

function Figures({ name, sky, aside }: FiguresProps) {
  const up = sky.elevation_deg > 0;
  const side = aside ? 'aside' : undefined;
  return (
    <>
      <dt class={side} data-azimuth={sky.azimuth_deg} data-elevation={sky.elevation_deg} data-range={sky.range_m}>
        {name}
      </dt>
      <dd class={side}>{angle(sky.azimuth_deg)}</dd>
      <dd class={side}>{angle(sky.elevation_deg)}{!up && <small> {word('below')}</small>}</dd>
      <dd class={side}>{length(sky.range_m)}</dd>
    </>
  );
}

/** A new place looks straight at the craft again; a new wish also asks for a new picture. */
function standAt(observer: NamedObserver | null): void {
  chosenObserver.value = observer;
  wish.value = { ...AT_HOME };
}

/** The places of the flight, any latitude and longitude, or where the browser says the viewer is. */
function PlaceChoice({ eye }: { readonly eye: Eye }) {
  const [fault, setFault] = useState<'no_here' | 'bad_place' | null>(null);
  const [typed, setTyped] = useState({ latitude: '', longitude: '' });
  const chosen = chosenObserver.value;
  const usual = usualObserver(eye.scene, eye.now);
  const pickPlace = (id: string): void => {
    const place = eye.scene.places.find((one) => one.id === id);
    setFault(null);
    standAt(place ? atPlace(place) : null);
  };
  const look = (event: Event): void => {
    event.preventDefault();
    const [latitude, longitude] = [degreesOf(typed.latitude), degreesOf(typed.longitude)];
    const fits = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    setFault(fits ? null : 'bad_place');
    if (fits) standAt(typedObserver(latitude, longitude));
  };
  const here = (): void => whereTheViewerIs(
    (found) => { setFault(null); standAt(found); }, () => setFault('no_here'));
  const value = eye.scene.places.find((place) => chosen && place.name.en === chosen.name.en)?.id ?? '';
  return (
    <details>
      <summary>{word('seen_from')}: {pick((chosen ?? usual).name)}</summary>
      <label>{word('place')}
        <select value={value} onChange={(event) => pickPlace(event.currentTarget.value)}>
          <option value="">{chosen && !value ? pick(chosen.name) : `${word('usual')}: ${pick(usual.name)}`}</option>
          {eye.scene.places.map((place) => <option key={place.id} value={place.id}>{pick(place.name)}</option>)}
        </select>
      </label>
      <form onSubmit={look}>
        {(['latitude', 'longitude'] as const).map((key) => (
          <label key={key}>{word(key)}
            <input
              inputMode="decimal" value={typed[key]}
              onInput={(event) => setTyped({ ...typed, [key]: event.currentTarget.value })}
            />
          </label>
        ))}
        <button type="submit">{word('go')}</button>
        <button type="button" onClick={here}>{word('here')}</button>
        {fault && <p role="alert">{word(fault)}</p>}
      </form>
    </details>
  );
}

/** Accepts a decimal comma and a true minus; anything else is not a number. */
function degreesOf(text: string): number {
  const plain = text.trim().replace(',', '.').replace('\u2212', '-');
  return plain === '' ? NaN : Number(plain);
}
