/** Play, speed, and the ways from event to event. */
import { changeRate, eventFrom, jump, jumpBy, jumpToEvent, rates, setRate, togglePlay } from './clock';
import { shortSpan, utcMinute } from './format';
import { Icon, type IconName } from './icons';
import { slots } from './slots';
import { beat_s, playing, rate, scene } from './store';
import { number, pick, say, type Word } from './words';

export function Transport() {
  const { timelineTools: Tools } = slots;
  return (
    <div class="transport" role="group" aria-label={say('transport')}>
      <Step icon="previous" word="previous_event" act={() => jumpToEvent(-1)} />
      <Step icon="back" word="back_60" act={() => jumpBy(-60)} extra />
      <Step icon="back_one" word="back_10" act={() => jumpBy(-10)} />
      <PlayButton />
      <Step icon="on_one" word="on_10" act={() => jumpBy(10)} />
      <Step icon="on" word="on_60" act={() => jumpBy(60)} extra />
      <Step icon="next" word="next_event" act={() => jumpToEvent(1)} />
      <Rate />
      <NextEvent />
      <span class="gap" />
      <Tools />
    </div>
  );
}

interface StepProps {
  readonly icon: IconName;
  readonly word: Word;
  readonly act: () => void;
  readonly extra?: boolean;
}

function Step({ icon, word, act, extra = false }: StepProps) {
  return (
    <button class={extra ? 'square extra' : 'square'} aria-label={say(word)} title={say(word)} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}

export function PlayButton() {
  const word = say(playing.value ? 'pause' : 'play');
  return (
    <button class="play" aria-label={word} title={word} onClick={togglePlay}>
      <Icon name={playing.value ? 'pause' : 'play'} />
      <span>{word}</span>
    </button>
  );
}

function Rate() {
  const known = rates.some((one) => one === rate.value);
  return (
    <span class="rate" role="group" aria-label={say('speed')}>
      <button class="square" aria-label={say('slower')} title={say('slower')} onClick={() => changeRate(-1)}>−</button>
      <select aria-label={say('speed')} value={rate.value}
        onChange={(event) => setRate(Number(event.currentTarget.value))}>
        {!known && <option value={rate.value}>{rateText(rate.value)}</option>}
        {rates.map((one) => <option key={one} value={one}>{rateText(one)}</option>)}
      </select>
      <button class="square" aria-label={say('faster')} title={say('faster')} onClick={() => changeRate(1)}>+</button>
    </span>
  );
}

const rateText = (value: number): string => say('times', { rate: number(value, value < 1 ? 1 : 0) });

/** What comes next, and how long until then; a press goes there. */
function NextEvent() {
  const flown = scene.value;
  const event = eventFrom(beat_s.value, 1);
  if (!flown || !event) return <span class="next" />;
  return (
    <button class="next" onClick={() => jump(event.t_s)}>
      {say('next_is')} <b>{pick(event.title)}, {utcMinute(flown, event.t_s)}</b>{' '}
      {say('in_time', { time: shortSpan(Math.ceil(event.t_s - beat_s.value)) })}
    </button>
  );
}
