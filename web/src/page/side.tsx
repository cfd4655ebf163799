/** The right side: telemetry, rules, the map and all events, one at a time; on a wall screen the first two together. */
import { slots } from './slots';
import { flatOnly, onWall, scene, side, standsFlat, type Side } from './store';
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
  const chosen = offered().some((one) => one.id === side.value) ? side.value : 'telemetry';
  const shows = (id: Side): boolean => (onWall.value ? id === 'telemetry' || id === 'rules' : chosen === id);
  return (
    <aside class="side right" aria-label={say('telemetry')}>
      <Choice chosen={chosen} />
      {shows('rules') && <Verdicts />}
      {shows('telemetry') && <Telemetry />}
      {shows('telemetry') && !flatOnly.value && <Lvlh />}
      {shows('map') && <GroundTrack />}
      {shows('events') && <Events />}
    </aside>
  );
}

/** What stands large in place of the picture need not stand here too. */
function offered(): typeof panels {
  return panels.filter((one) => one.id !== 'map' || !standsFlat.value);
}

function Choice({ chosen }: { readonly chosen: Side }) {
  return (
    <div class="choice" role="group" aria-label={say('panels')}>
      {offered().map(({ id, word }) => (
        <button key={id} aria-pressed={chosen === id} data-side={id} onClick={() => { side.value = id; }}>
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
