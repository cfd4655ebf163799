/** Play, speed, and the ways from event to event. */
import { jumpToEvent, togglePlay } from './clock';
import { Icon } from './icons';
import { playing } from './store';
import { say } from './words';

export function Transport() {
  return (
    <div class="transport" role="group" aria-label={say('play')}>
      <button class="square" aria-label={say('previous_event')} onClick={() => jumpToEvent(-1)}><Icon name="previous" /></button>
      <button class="play" aria-label={say(playing.value ? 'pause' : 'play')} onClick={togglePlay}>
        <Icon name={playing.value ? 'pause' : 'play'} />
      </button>
      <button class="square" aria-label={say('next_event')} onClick={() => jumpToEvent(1)}><Icon name="next" /></button>
    </div>
  );
}
