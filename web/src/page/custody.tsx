/** Who has each carried thing now, since when, and by whose hands it goes from the pad to the landing. */
import type { Holding, Scene } from '../flight/scene';
import { jump } from './clock';
import { utcDate, utcMinute } from './format';
import { beat_s, scene } from './store';
import { pick, say } from './words';

const row_px = 15;
const top_px = 8;
const left_px = 96;
const width_px = 260;

export function Custody() {
  const flown = scene.value;
  if (!flown) return null;
  return <>{flown.items.map((item) => <ItemCustody key={item.id} flown={flown} id={item.id} />)}</>;
}

function ItemCustody({ flown, id }: { readonly flown: Scene; readonly id: string }) {
  const item = flown.items.find((one) => one.id === id);
  const story = flown.holdings.filter((one) => one.item === id);
  const at = story.findLastIndex((one) => one.from_s <= beat_s.value);
  const holding = story[Math.max(at, 0)];
  if (!item || !holding) return null;
  const name = pick(item.name);
  const colour = item.model.includes('torch') ? 'var(--torch-fill)' : 'var(--ink2)';
  return (
    <section class="custody" style={{ '--carried': colour }} aria-labelledby={`custody-${id}`}>
      <h2 id={`custody-${id}`}>{question(flown, holding, item.model.includes('torch') ? say('torch') : name)}</h2>
      <button class="holder" onClick={() => jump(holding.from_s)}>
        <i />
        <span><b>{pick(holding.label)}</b><span>{since(flown, holding)}</span></span>
      </button>
      {story.length > 1 && <History flown={flown} story={story} at={at} name={name} />}
    </section>
  );
}

/** In words that suit a holder who is a person and one that is a room; both ask for a name in its first case. */
function question(flown: Scene, holding: Holding, item: string): string {
  const room = [...flown.craft, ...flown.station.hatches].some((one) => one.id === holding.holder);
  return say(room ? 'item_in' : 'item_with', { item });
}

function since(flown: Scene, holding: Holding): string {
  const start_s = flown.legs[0]?.from_s ?? 0;
  if (holding.from_s <= start_s) return say('from_start');
  const day = utcDate(flown, holding.from_s);
  const time = utcMinute(flown, holding.from_s);
  return say('since', { time: day === utcDate(flown, beat_s.value) ? time : `${day}, ${time}` });
}

interface HistoryProps {
  readonly flown: Scene;
  readonly story: readonly Holding[];
  readonly at: number;
  readonly name: string;
}

function shortName(flown: Scene, one: Holding): string {
  return pick(flown.people.find((person) => person.id === one.holder)?.short ?? one.label);
}

/** A row for each holder, a column for each holding: the order of hands, not the length of time. */
function History({ flown, story, at, name }: HistoryProps) {
  const holders = [...new Map(story.map((one) => [one.holder, shortName(flown, one)]))];
  const column_px = (width_px - left_px - 8) / story.length;
  const height_px = top_px + holders.length * row_px;
  const x = (column: number): number => left_px + column * column_px;
  const y = (one: Holding): number => top_px + holders.findIndex(([id]) => id === one.holder) * row_px;
  const line = (from: number, to: number): string =>
    story.slice(from, to + 1).map((one, i) => `${i ? 'V' : `M${x(from)} `}${y(one)}H${x(from + i + 1)}`).join('');
  const current = story[Math.max(at, 0)];
  const list = story.map((one) => `${pick(one.label)}, ${utcMinute(flown, one.from_s)}`).join('; ');
  return (
    <svg class="history" viewBox={`0 0 ${width_px} ${height_px}`} role="img"
      aria-label={say('custody_history', { item: name, list })}>
      {holders.map(([id, label], row) => (
        <g key={id}>
          <text x="0" y={top_px + row * row_px + 4}>{label}</text>
          <path class="rule" d={`M${left_px} ${top_px + row * row_px}H${width_px}`} />
        </g>
      ))}
      {at + 1 < story.length && <path class="later" d={line(Math.max(at, 0), story.length - 1)} />}
      <path class="past" d={line(0, Math.max(at, 0))} />
      {current && <circle class="here" cx={x(Math.max(at, 0) + 1)} cy={y(current)} r="4.5" />}
      {story.map((one, column) => (
        <rect key={one.from_s} class="press" x={x(column)} y="0" width={column_px} height={height_px}
          onClick={() => jump(one.from_s)}>
          <title>{`${pick(one.label)}, ${utcMinute(flown, one.from_s)}: ${pick(one.why)}`}</title>
        </rect>
      ))}
    </svg>
  );
}
