/** The right side: telemetry, rules, the map and all events, one at a time; on a wall screen the first two together. */
import { slots } from './slots';
import { onWall, scene, side, type Side } from './store';
import { Verdicts } from './verdicts';
import { say, type Word } from './words';

const panels: readonly { readonly id: Side; readonly word: Word }[] = [
  { id: 'telemetry', word: 'readings' },
  { id: 'rules', word: 'verdicts' },
  { id: 'map', word: 'map' },
  { id: 'events', word: 'events' },
];

export function RightSide() {
  const { telemetry: Telemetry, events: Events, groundTrack: GroundTrack, lvlh: Lvlh } = slots;
  const shows = (id: Side): boolean => (onWall.value ? id === 'telemetry' || id === 'rules' : side.value === id);
  return (
    <aside class="side right" aria-label={say('telemetry')}>
      <Choice />
      {shows('rules') && <Verdicts />}
      {shows('telemetry') && Telemetry && <Telemetry />}
      {shows('telemetry') && Lvlh && <Lvlh />}
      {shows('map') && GroundTrack && <GroundTrack />}
      {shows('events') && Events && <Events />}
    </aside>
  );
}

function Choice() {
  return (
    <div class="choice" role="group" aria-label={say('panels')}>
      {panels.map(({ id, word }) => (
        <button key={id} aria-pressed={side.value === id} data-side={id} onClick={() => { side.value = id; }}>
          {say(word)}{id === 'rules' && <Broken />}
        </button>
      ))}
    </div>
  );
}

/** Broken rules are seen even while another panel stands there. */
function Broken() {
  const broken = scene.value?.verdicts.filter((row) => row.status === 'fail').length ?? 0;
  return broken > 0 ? <span class="broken">{broken}<span class="unseen"> {say('fail')}</span></span> : null;
}
