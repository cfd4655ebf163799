/** The station from its own solids, seen from the left: flight to the right, Earth below; who is outside, and where. */
import { useRef } from 'preact/hooks';
import type { Now } from '../flight/now';
import type { Scene, Solid, Text } from '../flight/scene';
import { useWidth } from './plots/width';
import { nowRead, scene } from './store';
import { rootScale } from './timeline/size';
import { pick } from './words';

const WORDS = {
  title: { en: 'The station from the left', ru: 'Станция слева' },
  flight: { en: 'flight ›', ru: 'полёт ›' },
  earth: { en: 'Earth below', ru: 'Земля внизу' },
  outside: { en: 'Outside: {who}.', ru: 'Снаружи: {who}.' },
  nobody: { en: 'Nobody is outside.', ru: 'Снаружи никого нет.' },
  docked: { en: 'Docked: {ships}.', ru: 'Пристыкованы: {ships}.' },
} satisfies Record<string, Text>;

const AIR_M = 5;
const LETTER_PX = 12;
const SHIP_M = { long: 7, wide: 2.6 };

/** Half the length of a solid along one of the axes x, y, z. */
const half = (solid: Solid, axis: 0 | 2): number => solid.size_m[axis] / 2;

/** The farther to port the nearer to the eye: drawn last. */
const byDepth = (solids: readonly Solid[]): Solid[] => [...solids].sort((a, b) => b.centre_m[1] - a.centre_m[1]);

/** Left, top, width and height of all solids in metres, with air for those who float beside them. */
function frame(solids: readonly Solid[]): string {
  const left = Math.min(...solids.map((solid) => solid.centre_m[0] - half(solid, 0))) - AIR_M - SHIP_M.long;
  const right = Math.max(...solids.map((solid) => solid.centre_m[0] + half(solid, 0))) + AIR_M;
  const top = Math.min(...solids.map((solid) => solid.centre_m[2] - half(solid, 2))) - AIR_M - SHIP_M.long;
  const bottom = Math.max(...solids.map((solid) => solid.centre_m[2] + half(solid, 2))) + AIR_M + 3;
  return `${left} ${top} ${right - left} ${bottom - top}`;
}

export function Sketch() {
  const flown = scene.value;
  const now = nowRead.value;
  if (!flown || !now || flown.station.solids.length === 0) return null;
  return (
    <section class="sketch">
      <h2>{pick(WORDS.title)}</h2>
      <Drawing scene={flown} now={now} />
    </section>
  );
}

function Drawing({ scene: flown, now }: { readonly scene: Scene; readonly now: Now }) {
  const host = useRef<HTMLDivElement>(null);
  const wide = useWidth(host);
  const box = frame(flown.station.solids);
  const [left = 0, top = 0, width = 0, height = 0] = box.split(' ').map(Number);
  // The drawing's unit is the metre: letters keep the page's size.
  const letter_m = (LETTER_PX * rootScale() * width) / Math.max(wide, 1);
  return (
    <div ref={host}>
      {wide > 0 && (
        <svg viewBox={box} role="img" aria-label={told(flown, now)} font-size={letter_m}>
          {byDepth(flown.station.solids).map((solid) => <Shape key={solid.id} solid={solid} />)}
          <Ships scene={flown} now={now} />
          {flown.station.hatches.map(({ id, position_m: [x, , z] }) =>
            <circle key={id} class="hatch" cx={x} cy={z} r={0.6} />)}
          <People scene={flown} now={now} letter_m={letter_m} />
          <text class="say" x={left + width - letter_m / 2} y={top + letter_m * 1.3} text-anchor="end">
            {pick(WORDS.flight)}
          </text>
          <text class="say" x={left + letter_m / 2} y={top + height - letter_m / 2}>{pick(WORDS.earth)}</text>
        </svg>
      )}
    </div>
  );
}

/** The truss and the arrays cross the picture's depth: outlines only. */
function Shape({ solid }: { readonly solid: Solid }) {
  const thin = solid.kind === 'box' && solid.size_m[1] > 20;
  const [wide, high] = [half(solid, 0), half(solid, 2)];
  return (
    <rect class={thin ? 'solid thin' : 'solid'} x={solid.centre_m[0] - wide} y={solid.centre_m[2] - high}
      width={wide * 2} height={high * 2} rx={0.5} />
  );
}

function Ships({ scene: flown, now }: { readonly scene: Scene; readonly now: Now }) {
  return (
    <>
      {[...now.craft.values()].map(({ id, port }) => {
        const place = flown.station.ports.find((one) => one.id === port);
        if (!place) return null;
        const [x, , z] = place.position_m;
        const [ax, , az] = place.axis;
        const angle = (Math.atan2(az, ax) * 180) / Math.PI;
        return (
          <rect key={id} class="ship" width={SHIP_M.long} height={SHIP_M.wide} y={-SHIP_M.wide / 2} rx={0.9}
            transform={`translate(${x} ${z}) rotate(${angle})`} />
        );
      })}
    </>
  );
}

function People({ scene: flown, now, letter_m }: {
  readonly scene: Scene; readonly now: Now; readonly letter_m: number;
}) {
  const holders = new Set(flown.items.map((item) => now.holders.get(item.id)));
  return (
    <>
      {flown.people.map((person, i) => {
        const outside = now.people.get(person.id)?.outside;
        if (!outside) return null;
        const [x, , z] = outside.position_m;
        const up = i % 2 === 0;
        return (
          <g key={person.id}>
            {holders.has(person.id) && <circle class="torch" cx={x} cy={z} r={1.7} />}
            <circle class={`ev${person.walker}`} cx={x} cy={z} r={1} />
            <text x={x + (up ? 2.4 : -2.4)} y={z + (up ? -0.2 : 0.9) * letter_m} text-anchor={up ? 'start' : 'end'}>
              {pick(person.short)}
            </text>
          </g>
        );
      })}
    </>
  );
}

function told(flown: Scene, now: Now): string {
  const out = flown.people.filter((person) => now.people.get(person.id)?.outside).map((person) => pick(person.name));
  const docked = flown.craft.filter((craft) => now.craft.get(craft.id)?.port !== undefined);
  const people = out.length > 0 ? pick(WORDS.outside).replace('{who}', out.join(', ')) : pick(WORDS.nobody);
  const ships = pick(WORDS.docked).replace('{ships}', docked.map((craft) => pick(craft.name)).join(', '));
  return `${pick(WORDS.title)}. ${people} ${docked.length > 0 ? ships : ''}`;
}
