/** The bar on top: the mission, one large UTC clock with its relatives, live or replay, language and sharing. */
import emblem from '../art/emblem.svg';
import { ends } from './clock';
import { clockTime, localTime, utcDate, utcTime } from './format';
import { toggleFullScreen, isFull } from './full';
import { Icon } from './icons';
import { goLive } from './live';
import { shareMoment } from './share';
import { beat_s, dialog, lang, live, playing, rate, remember, scene, theme } from './store';
import { number, pick, say } from './words';

export function Header() {
  const flown = scene.value;
  return (
    <header class="bar">
      <div class="brand"><img src={emblem} alt="" /><b>{flown ? pick(flown.title) : 'fakel'}</b></div>
      {flown && <Clocks />}
      <div class="mode">
        {flown && <Mode />}
        <LanguageButton />
        <button class="only-wide" aria-label={say('theme')} title={say('theme')} onClick={switchTheme}><Icon name="theme" /></button>
        <button class="only-wide" aria-label={say(isFull.value ? 'leave_full_screen' : 'full_screen')}
          title={say(isFull.value ? 'leave_full_screen' : 'full_screen')} onClick={toggleFullScreen}><Icon name="full" /></button>
        <button class="help-button" aria-label={say('help')} title={say('help')} aria-haspopup="dialog"
          onClick={() => { dialog.value = 'help'; }}><Icon name="help" /></button>
        <button class="only-wide" aria-label={say('share')} title={say('share')} onClick={shareMoment}><Icon name="share" /></button>
      </div>
    </header>
  );
}

function Clocks() {
  const flown = scene.value;
  if (!flown) return null;
  const at_s = beat_s.value;
  const relatives = flown.clocks.map((clock) => ({ id: clock.id, label: clock.id === 'zone' ? pick(clock.label) : clock.id.toUpperCase(), title: pick(clock.label), time: clockTime(flown, clock, at_s) }));
  const since = relatives.filter((one) => one.id !== 'zone');
  const zones = relatives.filter((one) => one.id === 'zone');
  return (
    <div class="clocks" role="group" aria-label={say('clocks')}>
      <div class="clock main"><span>UTC</span><b>{utcTime(flown, at_s)}</b><small>{utcDate(flown, at_s)}</small></div>
      <div class="pair since">
        {since.map((one) => one.time !== null && <Clock key={one.id} label={one.label} title={one.title} time={one.time} kind={one.id} />)}
      </div>
      <div class="pair zones">
        {zones.map((one) => one.time !== null && <Clock key={one.label} label={one.label} time={one.time} kind="zone" />)}
        <Clock label={say('here')} time={localTime(flown, at_s)} kind="here" />
      </div>
    </div>
  );
}

interface ClockProps {
  readonly label: string;
  /** What an abbreviation stands for. */
  readonly title?: string;
  readonly time: string;
  readonly kind: string;
}

function Clock({ label, title, time, kind }: ClockProps) {
  return (
    <div class={`clock clock-${kind}`}>
      <span>{title ? <abbr title={title}>{label}</abbr> : label}</span><b>{time}</b>
    </div>
  );
}

function stateWord(): string {
  if (live.value) return say('live');
  if (playing.value) return say('replay', { rate: number(rate.value, rate.value < 1 ? 1 : 0) });
  return say(beat_s.value >= ends()[1] ? 'at_end' : 'paused');
}

/** What the clock does, and for a flight that still grows the way to its end. */
function Mode() {
  return (
    <>
      <span class="state">{stateWord()}</span>
      {scene.value && !scene.value.complete && (
        <button class="live" aria-pressed={live.value} title={say('go_live_why')} onClick={goLive}>
          {say(live.value ? 'live' : 'go_live')}
        </button>
      )}
    </>
  );
}

function LanguageButton() {
  const other = lang.value === 'en' ? 'ru' : 'en';
  return (
    <button class="language" lang={other} onClick={() => chooseLanguage(other)}>{say('other_language')}</button>
  );
}

export function chooseLanguage(next: 'en' | 'ru'): void {
  lang.value = next;
  remember('lang', next);
}

export function switchTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  remember('theme', theme.value);
}
