/** On a phone: one panel at a time, and play at the right thumb. */
import { togglePlay } from './clock';
import { Icon, type IconName } from './icons';
import { playing, tab, type Tab } from './store';
import { say, type Word } from './words';

const tabs: readonly { readonly id: Tab; readonly icon: IconName; readonly word: Word }[] = [
  { id: 'now', icon: 'now', word: 'now' },
  { id: 'data', icon: 'data', word: 'data' },
  { id: 'time', icon: 'time', word: 'timeline' },
];

export function Tabs() {
  return (
    <nav class="tabs" aria-label={say('panels')}>
      {tabs.map(({ id, icon, word }) => (
        <button key={id} aria-pressed={tab.value === id} onClick={() => { tab.value = id; }}>
          <Icon name={icon} />{say(word)}
        </button>
      ))}
      <button class="thumb" onClick={togglePlay}>
        <Icon name={playing.value ? 'pause' : 'play'} />{say(playing.value ? 'pause' : 'play')}
      </button>
    </nav>
  );
}
