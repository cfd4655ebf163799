/** The bar on top: the mission, one large UTC clock with its relatives, live or replay, language and sharing. */
import emblem from '../art/emblem.svg';
import type { ClockIndex } from '../flight/scene';
import { ends } from './clock';
import { clockTime, localTime, utcDate, utcTime } from './format';
import { toggleFullScreen, isFull } from './full';
import { Icon, type IconName } from './icons';
import { goLive } from './live';
import { shareMoment } from './share';
import { beat_s, dialog, lang, live, playing, rate, remember, scene, theme } from './store';
import { number, pick, say, type Word } from './words';

export function Header() {
  const flown = scene.value;
  return (
    <header class="bar">
      <div class="brand"><img src={emblem} alt="" /><b>{flown ? pick(flown.title) : 'fakel'}</b></div>
      {flown && <Clocks />}
      <div class="mode">
        {flown && <Mode />}
        <LanguageButton />
        <Tool icon="gallery" word="gallery" act={() => { dialog.value = 'gallery'; }} opens />
        <Tool icon="theme" word="theme" act={switchTheme} />
        <Tool icon="full" word={isFull.value ? 'leave_full_screen' : 'full_screen'} act={toggleFullScreen} />
        <Tool icon="share" word="share" act={() => void shareMoment()} />
        <Tool icon="help" word="help" act={() => { dialog.value = 'help'; }} opens />
      </div>
    </header>
  );
}

interface ToolProps {
  readonly icon: IconName;
  readonly word: Word;
  readonly act: () => void;
  /** A dialog. */
  readonly opens?: boolean;
}

function Tool({ icon, word, act, opens = false }: ToolProps) {
  return (
    <button class={`tool tool-${icon}`} aria-label={say(word)} title={say(word)}
      aria-haspopup={opens ? 'dialog' : undefined} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}

function Clocks() {
  const flown = scene.value;
  if (!flown) return null;
  const at_s = beat_s.value;
  const zones = flown.clocks.filter((one) => one.id === 'zone');
  const since = flown.clocks.filter((one) => one.id !== 'zone');
  return (
    <div class="clocks" role="group" aria-label={say('clocks')}>
      <div class="clock main"><span>UTC</span><b>{utcTime(flown, at_s)}</b><small>{utcDate(flown, at_s)}</small></div>
      <div class="pair since">
        {since.map((one) => <Clock key={one.id} of={one} at_s={at_s} />)}
      </div>
      <div class="pair zones">
        {zones.map((one) => <Clock key={one.label.en} of={one} at_s={at_s} />)}
        <div class="clock"><span>{say('here')}</span><b>{localTime(flown, at_s)}</b></div>
      </div>
    </div>
  );
}

/** A clock beside UTC; one that does not run yet, or no more, is not there. */
function Clock({ of, at_s }: { readonly of: ClockIndex; readonly at_s: number }) {
  const time = scene.value && clockTime(scene.value, of, at_s);
  if (!time) return null;
  const name = pick(of.label);
  return (
    <div class="clock">
      <span>{of.id === 'zone' ? name : <abbr title={name}>{of.id.toUpperCase()}</abbr>}</span><b>{time}</b>
    </div>
  );
}

function stateWord(): string {
  if (live.value) return '';
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
