/** Consumables as small curves from zero to what was full, each with its limit. */
import { valueLimits } from '../plots/limits';
import { type Samples, extent, pathOf, thinned } from '../plots/sample';
import { channelSamples } from '../plots/series';
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
    const samples = flight.value ? channelSamples(flight.value, name) : null;
    return samples ? [{ name, samples, look: lookOfChannel(name) }] : [];
  });
}

export function Curves({ board, place }: Props) {
  const { axis } = board;
  const curves = curvesOf(place.row.curves);
  const full = Math.max(0, ...curves.map(({ samples }) => extent(samples, -Infinity, Infinity)?.[1] ?? 0));
  if (full <= 0) return null;
  const x = (t_s: number): number => xOf(axis, t_s);
  const y = (value: number): number => place.bar + place.thick * (1 - value / (full * 1.04));
  return (
    <g class="tl-curves" clip-path="url(#tl-window)">
      <Limits names={place.row.curves} full={full} curves={curves} x={x} y={y} />
      {curves.map(({ name, samples, look }) => {
        const points = thinned(samples, axis.from_s, axis.to_s, Math.ceil(axis.width / 2));
        return <path key={name} class={`curve ${look}`} d={pathOf(points, samples.step, x, y)} />;
      })}
    </g>
  );
}

/** Drawn only as far as the curves reach: outside the walk a limit says nothing. */
function Limits({ names, full, curves, x, y }: {
  readonly names: readonly string[];
  readonly full: number;
  readonly curves: readonly Curve[];
  readonly x: (t_s: number) => number;
  readonly y: (value: number) => number;
}) {
  const from = Math.min(...curves.map(({ samples }) => samples.t_s[0] ?? Infinity));
  const to = Math.max(...curves.map(({ samples }) => samples.t_s[samples.t_s.length - 1] ?? -Infinity));
  const values = new Set(names.flatMap((name) => valueLimits(scene.value, name)).filter((value) => value <= full));
  if (!(from < to)) return null;
  return <>{[...values].map((value) => <path key={value} class="limit" d={`M${x(from)} ${y(value)}H${x(to)}`} />)}</>;
}
