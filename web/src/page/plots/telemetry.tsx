/** Readings at the clock: where the craft is, and the channels that matter in this phase. */
import { useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { earthRate_rad_s } from '../../flight/earth';
import type { CraftNow } from '../../flight/now';
import type { LegIndex, Scene } from '../../flight/scene';
import { utcMinute } from '../format';
import { beat_s, flight, lang, nowRead, scene } from '../store';
import { number, pick } from '../words';
import { BigPlot, plotted } from './bigplot';
import { type Group, type Line, groupsOf } from './chosen';
import { valueLimits } from './limits';
import './plots.css';
import { Spark } from './spark';
import { reading, unitFor } from './units';
import { WORDS } from './words';

const air_m = 100_000;

export function Telemetry() {
  const flown = scene.value;
  const leg = useLeg(flown);
  if (!flown || !leg) return null;
  return (
    <section class="telemetry">
      <h2><span>{pick(WORDS.telemetry)}</span> <span class="simulated">{pick(WORDS.simulated)}</span></h2>
      <Place />
      <Groups scene={flown} leg={leg} />
      <button type="button" class="more" onClick={() => { plotted.value = firstChannel(flown, leg); }}>
        {pick(WORDS.more)}
      </button>
      {plotted.value && <BigPlot />}
    </section>
  );
}

const firstChannel = (flown: Scene, leg: LegIndex): string | null =>
  [leg, ...flown.legs].find((one) => one.channels.length > 0)?.channels[0]?.name ?? null;

/** The leg at the clock; it changes a few times in a flight, so panels below are made anew that seldom. */
function useLeg(flown: Scene | null): LegIndex | undefined {
  const step = useComputed(() => nowRead.value?.step ?? '');
  return flown?.legs.find((leg) => leg.step === step.value);
}

/** The craft that people follow: the ship that flies by itself, else the station. */
function shipOf(leg: LegIndex): string {
  return leg.arcs.find((arc) => arc.frame === 'gcrf' && arc.who !== 'station')?.who ?? 'station';
}

/** Height and speed from the path itself, and how long light and link last. */
function Place() {
  const now = nowRead.value;
  const flown = scene.value;
  if (!now || !flown) return null;
  const leg = flown.legs.find((one) => one.step === now.step);
  const craft = now.craft.get(leg ? shipOf(leg) : 'station') ?? now.craft.get('station');
  const title = flown.craft.find((one) => one.id === craft?.id);
  return (
    <>
      {title && <h3>{pick(title.name)}</h3>}
      <dl class="readings">
        {craft && <Big label={pick(WORDS.height)} {...reading(craft.height_m, 'm')} />}
        {craft && <Speed craft={craft} />}
        <Light flown={flown} t_s={now.t_s} />
        <Link flown={flown} t_s={now.t_s} />
      </dl>
    </>
  );
}

/** In space against the stars, as orbits are told; in the air against the turning Earth, so that what has landed rests. */
function Speed({ craft }: { readonly craft: CraftNow }) {
  const inAir = craft.height_m < air_m;
  const [vx, vy, vz] = craft.velocity_m_s;
  const [x, y] = craft.position_m;
  const speed_m_s = inAir ? Math.hypot(vx + earthRate_rad_s * y, vy - earthRate_rad_s * x, vz) : Math.hypot(vx, vy, vz);
  return <Big label={pick(inAir ? WORDS.airspeed : WORDS.speed)} {...reading(speed_m_s, 'm/s')} />;
}

function Big({ label, value, unit }: { readonly label: string; readonly value: string; readonly unit: string }) {
  return <div><dt>{label}</dt><dd>{value}{unit && <small>{unit}</small>}</dd></div>;
}

function Light({ flown, t_s }: { readonly flown: Scene; readonly t_s: number }) {
  const tracks = new Set(flown.tracks.filter((track) => track.kind === 'light').map((track) => track.id));
  const bars = flown.bars.filter((one) => tracks.has(one.track));
  const bar = bars.find((one) => one.from_s <= t_s && t_s < one.to_s);
  // where the flight, or what is known of it, ends there is no sunset
  const turns = bar && bars.some((one) => one.kind !== bar.kind && Math.abs(one.from_s - bar.to_s) < 60);
  if (!bar || !turns) return null;
  const label = pick(bar.kind === 'day' ? WORDS.sunset : WORDS.sunrise);
  return <Big label={label} {...minutes(bar.to_s - t_s)} />;
}

/** Whole minutes, at the end whole seconds: nobody counts tenths of them. */
function minutes(seconds: number): { value: string; unit: string } {
  const { factor, name } = unitFor('s', Math.min(seconds, 3600));
  return { value: number(seconds * factor, 0), unit: pick(name) };
}

function Link({ flown, t_s }: { readonly flown: Scene; readonly t_s: number }) {
  const bars = flown.bars.filter((one) => one.kind === 'ground' && one.to_s > t_s);
  const bar = bars.find((one) => one.from_s <= t_s) ?? bars[0];
  if (!bar || bar.from_s - t_s > 86400) return null;
  const linked = bar.from_s <= t_s;
  const label = pick(linked ? WORDS.linked : WORDS.unlinked);
  return <Big label={label} value={utcMinute(flown, linked ? bar.to_s : bar.from_s)} unit="" />;
}

function Groups({ scene: flown, leg }: { readonly scene: Scene; readonly leg: LegIndex }) {
  const groups = useMemo(() => {
    const known = new Set(leg.channels.map((channel) => channel.name));
    return groupsOf(flown, leg.phase, shipOf(leg), (name) => known.has(name));
  }, [flown, leg]);
  return <>{groups.map((group) => <GroupRows key={group.id} group={group} leg={leg} />)}</>;
}

function GroupRows({ group, leg }: { readonly group: Group; readonly leg: LegIndex }) {
  const look = group.walker ? `ev${group.walker.walker}` : 'ship';
  return (
    <div class={`group ${look}`}>
      {group.title && <h3>{pick(group.title)}{group.walker?.suit && <small>{suitName(group.walker.suit)}</small>}</h3>}
      {group.lines.map((line) => <Row key={line.channel} line={line} leg={leg} />)}
    </div>
  );
}

const RUSSIAN_SUITS: Readonly<Record<string, string>> = {
  'orlan-m': 'Орлан-М', 'orlan-mk': 'Орлан-МК', 'orlan-mks': 'Орлан-МКС',
};

/** "orlan-mk" is written "Orlan-MK", and in Russian as its makers write it. */
const suitName = (id: string): string => (lang.value === 'ru' && RUSSIAN_SUITS[id]) ||
  id.replace(/(?<=^|-)(\p{L}{1,3}(?=$|-)|\p{L})/gu, (part) => part.toUpperCase());

function Row({ line, leg }: { readonly line: Line; readonly leg: LegIndex }) {
  const samples = flight.value?.channel(line.channel);
  const unit = leg.channels.find((channel) => channel.name === line.channel)?.unit ?? '';
  const limits = useMemo(() => valueLimits(scene.value, line.channel), [scene.value, line.channel]);
  const value = flight.value?.channelAt(line.channel, beat_s.value) ?? NaN;
  const shown = reading(value, unit);
  return (
    <button type="button" class="channel" onClick={() => { plotted.value = line.channel; }}>
      <span>{pick(line.label)}</span>
      {samples
        ? <Spark samples={samples} {...stretch(samples.t_s, leg)} limits={limits} t_s={beat_s.value} value={value} />
        : <i />}
      <b>{shown.value}{shown.unit && <small> {shown.unit}</small>}</b>
      <span class="unseen">{pick(WORDS.large)}</span>
    </button>
  );
}

/** The part of the leg in which the channel was written: a spacewalk's suits speak for six of its twenty hours. */
function stretch(t_s: Float64Array, leg: LegIndex): { from_s: number; to_s: number } {
  const from_s = Math.max(leg.from_s, t_s[0] ?? leg.from_s);
  const to_s = Math.min(leg.to_s, t_s[t_s.length - 1] ?? leg.to_s);
  return from_s < to_s ? { from_s, to_s } : leg;
}
