/** The ship beside the station: flight to the right, Earth below, equal scales; steps of scale follow the ship. */
import { signal, useComputed } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { Flight } from '../../flight';
import type { Now } from '../../flight/now';
import type { LegIndex, Scene } from '../../flight/scene';
import { jump } from '../clock';
import { indexAt } from '../plots/sample';
import { reading } from '../plots/units';
import { useWidth } from '../plots/width';
import { flight, nowRead } from '../store';
import { pick } from '../words';
import './lvlh.css';
import { type Relative, gridStep, halfWidth, relative, visitor } from './relative';
import { WORDS } from './words';

const PHASES: ReadonlySet<string> = new Set(['phasing', 'rendezvous', 'docking', 'relocation', 'undocking', 'deorbit']);
const FLATNESS = 0.62;
const MOST_SAMPLES = 900;
const FINGER_PX = 16;
const BURN = /^(burn_start|separation_burn|deorbit_burn_start)/;
const SPHERE_M = 200;
/** Semi-axes along the orbit and across it: the ellipsoid is 4 by 2 by 2 km long. */
const ELLIPSOID_M = [2000, 1000] as const;
/** Beyond this a ship going home is no longer beside the station. */
const FAR_M = 6_000_000;

const zones = signal(true);

export function Lvlh() {
  const flown = flight.value;
  const now = nowRead.value;
  const step = useComputed(() => nowRead.value?.step ?? '');
  const leg = flown?.scene.legs.find((one) => one.step === step.value);
  const path = usePath(flown, leg);
  const ship = now && visitor(now);
  const station = now?.craft.get('station');
  if (!flown || !now || !leg || !PHASES.has(leg.phase) || !ship || !station) return null;
  const place = relative(now.t_s, ship, station);
  if (!(place.range_m < FAR_M)) return null;
  return (
    <section class="lvlh">
      <header>
        <h2>{pick(WORDS.title)}</h2>
        <button type="button" aria-pressed={zones.value} onClick={() => { zones.value = !zones.value; }}>
          {pick(WORDS.zones)}
        </button>
      </header>
      <Picture scene={flown.scene} path={path} place={place} ship={ship.id} />
      <Figures place={place} />
    </section>
  );
}

/** The way of the whole leg, worked out once; it grows when the leg's numbers come. */
function usePath(flown: Flight | null, leg: LegIndex | undefined): readonly Relative[] {
  const arrived = flown?.arrived.value;
  return useMemo(() => {
    if (!flown || !leg || !PHASES.has(leg.phase)) return [];
    return pathOf((t_s) => flown.now(t_s), leg);
  }, [flown, leg, arrived]);
}

function pathOf(at: (t_s: number) => Now, leg: LegIndex): Relative[] {
  const arc = leg.arcs.find((one) => one.who !== 'station' && one.frame === 'gcrf');
  if (!arc) return [];
  // Near the station the ship turns in minutes, far away in hours.
  const step_s = Math.max(4, (leg.to_s - leg.from_s) / MOST_SAMPLES);
  const points: Relative[] = [];
  for (let t_s = leg.from_s; t_s <= leg.to_s; t_s += step_s) {
    const now = at(t_s);
    const [ship, station] = [now.craft.get(arc.who), now.craft.get('station')];
    if (ship && station && ship.port === undefined) points.push(relative(t_s, ship, station));
  }
  return points;
}

interface PictureProps {
  readonly scene: Scene;
  readonly path: readonly Relative[];
  readonly place: Relative;
  readonly ship: string;
}

function Picture({ scene: flown, path, place, ship }: PictureProps) {
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const height = Math.round(width * FLATNESS);
  const half_m = halfWidth(place, FLATNESS);
  const scale = width / 2 / half_m;
  const x = (metres: number): number => width / 2 + metres * scale;
  const y = (metres: number): number => height / 2 + metres * scale;
  const name = flown.craft.find((one) => one.id === ship);
  const click = (event: MouseEvent): void => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const ahead_m = (event.clientX - box.left - width / 2) / scale;
    const below_m = (event.clientY - box.top - height / 2) / scale;
    const instant_s = nearest(path, ahead_m, below_m, FINGER_PX / scale);
    if (instant_s !== null) jump(instant_s);
  };
  return (
    <div ref={host}>
      {width > 0 && (
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" onClick={click}
          aria-label={told(name ? pick(name.name) : ship, place)}>
          <Grid half_m={half_m} width={width} height={height} x={x} y={y} />
          {zones.value && <Zones scale={scale} x={x(0)} y={y(0)} width={width} height={height} />}
          <Way path={path} t_s={place.t_s} x={x} y={y} />
          <Burns scene={flown} ship={ship} path={path} x={x} y={y} />
          <path class="station" d={`M${x(0) - 6} ${y(0)}h12M${x(0)} ${y(0) - 4}v8`} />
          <circle class="ship" cx={x(place.ahead_m)} cy={y(place.below_m)} r={5} />
        </svg>
      )}
    </div>
  );
}

type Put = (metres: number) => number;

function Grid({ half_m, width, height, x, y }: {
  readonly half_m: number; readonly width: number; readonly height: number; readonly x: Put; readonly y: Put;
}) {
  const step = gridStep(half_m);
  const lines = [-4, -3, -2, -1, 1, 2, 3, 4].map((i) => i * step);
  const unit = reading(step, 'm');
  return (
    <>
      <path class="grid" d={lines.map((at) => `M${x(at)} 0V${height}M0 ${y(at)}H${width}`).join('')} />
      <path class="axis" d={`M0 ${y(0)}H${width}M${x(0)} 0V${height}`} />
      <g class="scale" transform={`translate(${width - 10 - (x(step) - x(0))} ${height - 8})`}>
        <path d={`M0-4V0H${x(step) - x(0)}V-4`} />
        <text x={(x(step) - x(0)) / 2} y={-7} text-anchor="middle">
          {unit.value.replace(/[.,]0+$/, '')} {unit.unit}
        </text>
      </g>
      <text class="way" x={width - 8} y={y(0) - 6} text-anchor="end">{pick(WORDS.flight)} ›</text>
      <text class="way" x={x(0) + 6} y={height - 8}>{pick(WORDS.earth)}</text>
    </>
  );
}

/** Zones that are larger than the picture, or smaller than a point, are left out. */
function Zones({ scale, x, y, width, height }: {
  readonly scale: number; readonly x: number; readonly y: number; readonly width: number; readonly height: number;
}) {
  const [along, across] = [ELLIPSOID_M[0] * scale, ELLIPSOID_M[1] * scale];
  const sphere = SPHERE_M * scale;
  return (
    <g class="zones">
      {along > 12 && along < width && <ellipse class="ellipsoid" cx={x} cy={y} rx={along} ry={across} />}
      {along > 90 && along < width * 0.6 && <ZoneName x={x} y={y - across} text={pick(WORDS.ellipsoid)} />}
      {sphere > 3 && sphere < width && <circle class="sphere" cx={x} cy={y} r={sphere} />}
      {sphere > 40 && sphere < height && <ZoneName x={x} y={y - sphere} text={pick(WORDS.sphere)} />}
    </g>
  );
}

const ZoneName = ({ x, y, text }: { readonly x: number; readonly y: number; readonly text: string }) =>
  <text x={x} y={Math.max(12, y - 5)} text-anchor="middle">{text}</text>;

function Way({ path, t_s, x, y }: {
  readonly path: readonly Relative[]; readonly t_s: number; readonly x: Put; readonly y: Put;
}) {
  const times = useMemo(() => path.map((point) => point.t_s), [path]);
  const at = indexAt(times, t_s);
  const draw = (points: readonly Relative[]): string =>
    points.map((point, i) => `${i ? 'L' : 'M'}${x(point.ahead_m).toFixed(1)} ${y(point.below_m).toFixed(1)}`).join('');
  return (
    <>
      <path class="next" d={draw(path.slice(Math.max(0, at)))} />
      <path class="past" d={draw(path.slice(0, at + 1))} />
    </>
  );
}

/** Hollow points where the ship's engines change its way. */
function Burns({ scene: flown, ship, path, x, y }: {
  readonly scene: Scene; readonly ship: string; readonly path: readonly Relative[]; readonly x: Put; readonly y: Put;
}) {
  const times = useMemo(() => path.map((point) => point.t_s), [path]);
  const burns = flown.events.filter(({ subject, name }) => subject === ship && BURN.test(name));
  return (
    <>
      {burns.map((burn) => {
        const point = path[indexAt(times, burn.t_s)];
        if (!point || burn.t_s > (times[times.length - 1] ?? 0)) return null;
        return (
          <circle key={burn.t_s} class="burn" cx={x(point.ahead_m)} cy={y(point.below_m)} r={3.6}>
            <title>{pick(burn.title)}</title>
          </circle>
        );
      })}
    </>
  );
}

function nearest(path: readonly Relative[], ahead_m: number, below_m: number, within_m: number): number | null {
  let best: number | null = null;
  let least = within_m;
  for (const point of path) {
    const away = Math.hypot(point.ahead_m - ahead_m, point.below_m - below_m);
    if (away < least) [best, least] = [point.t_s, away];
  }
  return best;
}

const metres = (value: number): string => {
  const { value: shown, unit } = reading(Math.abs(value), 'm');
  return `${shown} ${unit}`;
};
const aheadWord = (place: Relative): string => pick(place.ahead_m >= 0 ? WORDS.ahead : WORDS.behind);
const belowWord = (place: Relative): string => pick(place.below_m >= 0 ? WORDS.below : WORDS.above);

const told = (ship: string, place: Relative): string => pick(WORDS.told)
  .replace('{ship}', ship).replace('{ahead}', aheadWord(place)).replace('{x}', metres(place.ahead_m))
  .replace('{below}', belowWord(place)).replace('{z}', metres(place.below_m)).replace('{range}', metres(place.range_m));

function Figures({ place }: { readonly place: Relative }) {
  return (
    <dl>
      <div><dt>{aheadWord(place)}</dt><dd>{metres(place.ahead_m)}</dd></div>
      <div><dt>{belowWord(place)}</dt><dd>{metres(place.below_m)}</dd></div>
      <div><dt>{pick(place.aside_m >= 0 ? WORDS.right : WORDS.left)}</dt><dd>{metres(place.aside_m)}</dd></div>
      <div><dt>{pick(WORDS.range)}</dt><dd>{metres(place.range_m)}</dd></div>
    </dl>
  );
}
