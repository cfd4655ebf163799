/** The bar on top: the mission, one large UTC clock with its relatives, live or replay, language and sharing. */
import emblem from '../art/emblem.svg';
import { utcTime } from './format';
import { beat_s, scene } from './store';
import { pick, say } from './words';

export function Header() {
  const flown = scene.value;
  return (
    <header class="bar">
      <div class="brand"><img src={emblem} alt="" /><b>{flown ? pick(flown.title) : 'fakel'}</b></div>
      <div class="clocks" role="group" aria-label={say('clocks')}>
        <div class="clock main"><span>UTC</span><b>{flown ? utcTime(flown, beat_s.value) : ''}</b></div>
      </div>
    </header>
  );
}
