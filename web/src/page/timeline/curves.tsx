/** Consumables as small curves from zero to what was full, each with its limit. */
import type { Samples } from '../../flight';
import { valueLimits } from '../plots/limits';
import { extent, pathOf, thinned } from '../plots/sample';
import { flight, scene } from '../store';
import type { Board, Place } from './board';
import { type Look, lookOfPerson } from './rows';
import { xOf } from './scale';

interface Props {
  readonly board: Board;
  readonly place: Place;
}

interface Curve {
  readonly name: string;
  readonly samples: Samples;
  readonly look: Look;
}

/** The crew member is the part of the name that is a person's id: `suit.kotov.oxygen_kg`. */
function lookOfChannel(name: string): Look {
  const flown = scene.value;
  const id = flown?.people.find((person) => name.split('.').includes(person.id))?.id;
  return flown && id ? lookOfPerson(flown, id) : 'plain';
}

function curvesOf(names: readonly string[]): Curve[] {
  return names.flatMap((name) => {
    const samples = flight.value?.channel(name);
    return samples ? [{ name, samples, look: lookOfChannel(name) }] : [];
  });
}

/** Each curve is the share of what was full at its highest: litres, kilograms and seconds lie on one scale. */
export function Curves({ board, place }: Props) {
  const { axis } = board;
  const foot = place.bar + place.thick;
  const x = (t_s: number): number => xOf(axis, t_s);
  return (
    <g class="tl-curves" clip-path="url(#tl-window)" data-row={place.row.id}>
      <rect class="ground" x={axis.left} y={place.y} width={axis.width} height={place.height} />
      <path class="limit" d={`M${axis.left} ${foot}h${axis.width}`} />
      {curvesOf(place.row.curves).map(({ name, samples, look }) => {
        const full = extent(samples, -Infinity, Infinity)?.[1] ?? 1;
        const y = (value: number): number => foot - place.thick * (value / (full || 1));
        const points = thinned(samples, axis.from_s, axis.to_s, Math.ceil(axis.width / 2));
        return (
          <g key={name} class={look}>
            <path class={`curve ${kindOf(name)}`} d={pathOf(points, samples.step, x, y)} />
            <Limits name={name} full={full} samples={samples} x={x} y={y} />
          </g>
        );
      })}
    </g>
  );
}

const kindOf = (name: string): string => /oxygen|water|battery|propellant/.exec(name)?.[0] ?? '';

/** Drawn only as far as the curve reaches: outside the walk a limit says nothing. */
function Limits({ name, full, samples, x, y }: {
  readonly name: string;
  readonly full: number;
  readonly samples: Samples;
  readonly x: (t_s: number) => number;
  readonly y: (value: number) => number;
}) {
  const from = samples.t_s[0] ?? 0;
  const to = samples.t_s[samples.t_s.length - 1] ?? from;
  const values = valueLimits(scene.value, name).filter((value) => value > 0 && value <= full);
  return <>{values.map((value) => <path key={value} class="limit" d={`M${x(from)} ${y(value)}H${x(to)}`} />)}</>;
}
