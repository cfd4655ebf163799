/** One channel large, in a dialog: limits, the clock, a chooser for every channel of the flight. */
import { effect, signal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChannelIndex, Scene } from '../../flight/scene';
import { beat_s, flight, lang, scene, theme } from '../store';
import { pick } from '../words';
import type { Chart } from './chart';
import { limitsOf } from './limits';
import { extent } from './sample';
import { reading } from './units';
import { WORDS } from './words';

/** The channel shown large; null while the dialog is closed. */
export const plotted = signal<string | null>(null);

const close = (): void => { plotted.value = null; };

/** Every channel once, in the order of the flight. */
function channelsOf(flown: Scene): ChannelIndex[] {
  const found = new Map<string, ChannelIndex>();
  for (const channel of flown.legs.flatMap((leg) => leg.channels)) {
    if (!found.has(channel.name)) found.set(channel.name, channel);
  }
  return [...found.values()];
}

export function BigPlot() {
  const dialog = useRef<HTMLDialogElement>(null);
  const flown = scene.value;
  const name = plotted.value;
  const channels = useMemo(() => (flown ? channelsOf(flown) : []), [flown]);
  const channel = channels.find((one) => one.name === name);
  const [whole, setWhole] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  if (!flown || !channel) return null;
  return (
    <dialog ref={dialog} class="bigplot" aria-labelledby="bigplot-title" onClose={close}
      onClick={(event) => { if (event.target === dialog.current) close(); }}>
      <header>
        <h2 id="bigplot-title">{pick(channel.label)}</h2>
        <span class="simulated">{pick(WORDS.simulated)}</span>
        <button type="button" class="close" onClick={() => dialog.current?.close()}>{pick(WORDS.close)}</button>
        <label><span>{pick(WORDS.channel)}</span> <Chooser channels={channels} name={channel.name} /></label>
        <div class="stretch">
          <button type="button" aria-pressed={!whole} onClick={() => setWhole(false)}>{pick(WORDS.phase)}</button>
          <button type="button" aria-pressed={whole} onClick={() => setWhole(true)}>{pick(WORDS.flight)}</button>
        </div>
      </header>
      <Plot channel={channel} whole={whole} />
      <Figures channel={channel} />
    </dialog>
  );
}

function Chooser({ channels, name }: { readonly channels: readonly ChannelIndex[]; readonly name: string }) {
  const sorted = [...channels].sort((a, b) => pick(a.label).localeCompare(pick(b.label), lang.value));
  return (
    <select value={name} onChange={(event) => { plotted.value = event.currentTarget.value; }}>
      {sorted.map((one) => <option key={one.name} value={one.name}>{pick(one.label)}</option>)}
    </select>
  );
}

/** uPlot comes when the first large plot is asked for. */
function Plot({ channel, whole }: { readonly channel: ChannelIndex; readonly whole: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  const samples = flight.value?.channel(channel.name) ?? null;
  const key = `${lang.value} ${theme.value}`;
  useEffect(() => {
    let chart: Chart | null = null;
    let gone = false;
    let stop = (): void => undefined;
    void import('./chart').then(({ drawChart }) => {
      if (gone || !host.current || !samples || !scene.peek()) return;
      chart = drawChart(host.current, channel, samples, whole);
      stop = effect(() => chart?.clock(beat_s.value));
    });
    return () => {
      gone = true;
      stop();
      chart?.remove();
    };
  }, [channel, samples, whole, key]);
  return <div class="plot" ref={host} aria-hidden="true" />;
}

/** The same in numbers, for those who do not see the plot. */
function Figures({ channel }: { readonly channel: ChannelIndex }) {
  const samples = flight.value?.channel(channel.name);
  const limits = limitsOf(scene.value, channel.name);
  const range = samples ? extent(samples, -Infinity, Infinity) : null;
  const words = (value: number): string => {
    const { value: shown, unit } = reading(value, channel.unit);
    return `${shown} ${unit}`.trim();
  };
  return (
    <footer>
      <span>{pick(WORDS.now)} <b>{words(flight.value?.channelAt(channel.name, beat_s.value) ?? NaN)}</b></span>
      {range && <span>{pick(WORDS.least)} <b>{words(range[0])}</b></span>}
      {range && <span>{pick(WORDS.most)} <b>{words(range[1])}</b></span>}
      {limits.map(({ value, verdict }) => (
        <span key={verdict.rule} class="limit">{pick(WORDS.limit)} <b>{words(value)}</b> ({pick(verdict.title)})</span>
      ))}
      <span class="how">{pick(WORDS.how)}</span>
    </footer>
  );
}
