/** What the rules say: broken first, unknown dashed, kept quiet; each opens its evidence and goes to its instant. */
import { useSignal } from '@preact/signals';
import type { Scene, VerdictRow } from '../flight/scene';
import { ends, jump } from './clock';
import { utcMinute } from './format';
import { Icon } from './icons';
import { beat_s, onWall, scene } from './store';
import { amount, count, isCounted, pick, say } from './words';

const order = { fail: 0, unknown: 1, pass: 2 } as const;

export function Verdicts() {
  const flown = scene.value;
  const all = useSignal(false);
  const open = useSignal<VerdictRow | null>(null);
  if (!flown) return null;
  const rows = [...flown.verdicts].sort((a, b) => order[a.status] - order[b.status] || a.from_s - b.from_s);
  const shown = rows.filter((row) => all.value || row.status === 'fail' || (!onWall.value && timely(flown, row)));
  return (
    <section class="verdicts" aria-labelledby="verdicts-head">
      <h2 id="verdicts-head">{say('verdicts')}<span>{summary(rows)}</span></h2>
      {rows.length === 0 && <p class="quiet">{say('no_verdicts')}</p>}
      <ul>
        {shown.map((row) => (
          <Verdict key={`${row.rule} ${row.from_s} ${row.evidence}`} flown={flown} row={row} open={open.value === row}
            press={() => { open.value = open.value === row ? null : row; }} />
        ))}
      </ul>
      {rows.length > shown.length || all.value ? (
        <button class="all" aria-expanded={all.value} onClick={() => { all.value = !all.value; }}>
          {all.value ? say('fewer_rules') : say('all_rules', { n: rows.length })}
        </button>
      ) : null}
    </section>
  );
}

function summary(rows: readonly VerdictRow[]): string {
  const number = (status: VerdictRow['status']): number => rows.filter((row) => row.status === status).length;
  const parts = [
    number('fail') > 0 ? count('broken', number('fail')) : '',
    number('unknown') > 0 ? count('unclear', number('unknown')) : '',
    number('pass') > 0 ? count('kept', number('pass')) : '',
  ];
  return parts.filter(Boolean).join(', ');
}

/** Not known, or judged in the phase that is being flown, its last instant included. */
function timely(flown: Scene, row: VerdictRow): boolean {
  const leg = flown.legs.find((one) => beat_s.value < one.to_s) ?? flown.legs.at(-1);
  if (row.status === 'unknown') return true;
  return leg !== undefined && row.from_s <= leg.to_s && row.to_s >= leg.from_s;
}

/** About the whole flight: there is no instant to go to. */
function spansAll(row: VerdictRow): boolean {
  const [first, last] = ends();
  return row.from_s <= first && row.to_s >= last;
}

interface VerdictProps {
  readonly flown: Scene;
  readonly row: VerdictRow;
  readonly open: boolean;
  readonly press: () => void;
}

function Verdict({ flown, row, open, press }: VerdictProps) {
  const go = (): void => {
    if (!open && !spansAll(row)) jump(row.from_s);
    press();
  };
  return (
    <li class={`verdict-${row.status}`}>
      <button aria-expanded={open} onClick={go}>
        <span class="chip"><Icon name={row.status} /><span class="unseen">{say(row.status)}</span></span>
        <span>{pick(row.title)}</span>
        <span class="margin">{marginOf(row)}</span>
      </button>
      {open && <Evidence flown={flown} row={row} />}
    </li>
  );
}

/** What is left, beside the rule; where the rule only counts or asks yes or no, its tick says all. */
function marginOf(row: VerdictRow): string {
  if (row.status === 'unknown') return say('no_data');
  const unit = row.unit ?? '';
  return row.margin === undefined || isCounted(unit) ? '' : amount(row.margin, unit, true);
}

function Evidence({ flown, row }: { readonly flown: Scene; readonly row: VerdictRow }) {
  const unit = row.unit ?? '';
  const times = spansAll(row) ? say('whole_flight') : row.to_s - row.from_s > 60
    ? say('from_to', { from: utcMinute(flown, row.from_s), to: utcMinute(flown, row.to_s) })
    : utcMinute(flown, row.from_s);
  return (
    <div class="evidence">
      <p>{pick(row.message)}</p>
      <dl>
        {row.value !== undefined && <><dt>{say('value')}</dt><dd>{amount(row.value, unit)}</dd></>}
        {row.limit !== undefined && <><dt>{say('limit')}</dt><dd>{amount(row.limit, unit)}</dd></>}
        {row.margin !== undefined && <><dt>{say('margin')}</dt><dd>{amount(row.margin, unit, true)}</dd></>}
        {row.evidence && <><dt>{say('channel')}</dt><dd class="code">{row.evidence}</dd></>}
        <dt>{say('time_utc')}</dt><dd>{times}</dd>
        <dt>{say('rule')}</dt><dd class="code">{row.rule}</dd>
        <dt>{say('source')}</dt><dd>{row.source}</dd>
      </dl>
    </div>
  );
}
