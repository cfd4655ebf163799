/** The picture without WebGL, and the map view with it: a large map, motion beside the station, a sketch of it. */
import type { Text } from '../flight/scene';
import './flat.css';
import { GroundTrack } from './map';
import { Lvlh } from './lvlh';
import { Sketch } from './sketch';
import { flatOnly } from './store';
import { pick } from './words';

const WORDS = {
  flat: { en: 'The flight in flat drawings', ru: 'Полёт в плоских рисунках' },
  map: { en: 'The flight on the map', ru: 'Полёт на карте' },
  why: {
    en: 'This browser or machine draws nothing in 3D (no WebGL). Everything else on this page works.',
    ru: 'Этот браузер или компьютер не рисует трёхмерную графику (нет WebGL). Всё остальное на странице работает.',
  },
} satisfies Record<string, Text>;

export function Flat() {
  const whole = flatOnly.value;
  return (
    <div class={whole ? 'flat' : 'flat only-map'} role="region" tabIndex={0}
      aria-label={pick(whole ? WORDS.flat : WORDS.map)}>
      <GroundTrack />
      {whole && <div class="pair"><Lvlh /><Sketch /></div>}
      {whole && <p>{pick(WORDS.why)}</p>}
    </div>
  );
}
