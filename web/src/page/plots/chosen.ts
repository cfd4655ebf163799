/** Which channels matter in which phase. What a flight does not have is left out; everything else is in the chooser. */
import type { PersonIndex, Scene, Text } from '../../flight/scene';

export interface Line {
  readonly channel: string;
  readonly label: Text;
}

export interface Group {
  readonly id: string;
  readonly title?: Text;
  /** The crew member it is about; colours the lines. */
  readonly walker?: PersonIndex;
  readonly lines: readonly Line[];
}

const line = (channel: string, en: string, ru: string): Line => ({ channel, label: { en, ru } });

const RELATIVE = [
  line('relative.range_m', 'range', 'дальность'),
  line('relative.range_rate_m_s', 'range rate', 'скорость дальности'),
];
const BURNT = [
  line('{ship}.dv_used_m_s', 'Δv used', 'израсходовано Δv'),
  line('{ship}.propellant_kg', 'propellant', 'топливо'),
];
const HEIGHT = line('{ship}.height_m', 'height', 'высота');
const STATION = [line('station.beta_rad', 'Sun to orbit plane', 'Солнце к орбите')];

const PHASES: Readonly<Record<string, readonly Line[]>> = {
  ascent: [
    line('ascent.altitude_m', 'height', 'высота'),
    line('ascent.speed_inertial_m_s', 'speed', 'скорость'),
    line('ascent.load_g', 'load', 'перегрузка'),
    line('ascent.q_pa', 'dynamic pressure', 'скоростной напор'),
    line('ascent.downrange_m', 'downrange', 'удаление'),
  ],
  phasing: [...RELATIVE, line('relative.height_difference_m', 'height difference', 'разность высот'), ...BURNT],
  rendezvous: [...RELATIVE, line('relative.height_difference_m', 'height difference', 'разность высот'), ...BURNT],
  docking: [
    line('docking.to_port_m', 'to the port', 'до причала'),
    line('relative.range_rate_m_s', 'range rate', 'скорость дальности'),
    line('docking.off_axis_m', 'off the axis', 'от оси причала'),
    ...BURNT,
  ],
  stay: STATION,
  eva: ['pirs', 'poisk', 'quest'].map((id) => line(`airlock.${id}.pressure_pa`, 'airlock pressure', 'давление в отсеке')),
  undocking: [HEIGHT],
  deorbit: [
    HEIGHT,
    line('deorbit.range_to_station_m', 'from the station', 'от станции'),
    line('deorbit.mass_kg', 'mass', 'масса'),
  ],
  entry: [
    line('entry.load_g', 'load', 'перегрузка'),
    line('entry.altitude_m', 'height', 'высота'),
    line('entry.speed_m_s', 'speed', 'скорость'),
    line('entry.heat_w_m2', 'heat flux', 'тепловой поток'),
    line('entry.bank_rad', 'bank', 'крен'),
  ],
  landing: [
    line('parachute.height_above_ground_m', 'above ground', 'над землёй'),
    line('parachute.descent_rate_m_s', 'descent', 'снижение'),
    line('parachute.load_g', 'load', 'перегрузка'),
    line('parachute.from_zone_m', 'from the zone', 'от центра района'),
  ],
};

const SUIT = [
  line('suit.{person}.oxygen_kg', 'oxygen', 'кислород'),
  line('suit.{person}.pressure_pa', 'suit pressure', 'давление'),
  line('suit.{person}.co2_kg', 'CO₂ absorbed', 'поглощено CO₂'),
  line('suit.{person}.metabolic_w', 'work rate', 'энерготраты'),
  line('suit.{person}.water_kg', 'water', 'вода'),
  line('suit.{person}.battery_s', 'battery', 'батарея'),
  line('eva.to_hatch_s.{person}', 'way back', 'путь назад'),
];

const named = (lines: readonly Line[], key: string, value: string): Line[] =>
  lines.map((one) => ({ ...one, channel: one.channel.replace(`{${key}}`, value) }));

/** The readings of a phase, those that `has` finds in the flight. */
export function groupsOf(scene: Scene, phase: string, ship: string, has: (channel: string) => boolean): Group[] {
  const flight: Group = { id: 'flight', lines: named(PHASES[phase] ?? [], 'ship', ship) };
  const walkers = phase === 'eva' ? scene.people.filter((person) => person.walker > 0) : [];
  const suits = walkers.map((walker): Group => ({
    id: walker.id, title: walker.short, walker, lines: named(SUIT, 'person', walker.id),
  }));
  return [...suits, flight]
    .map((group) => ({ ...group, lines: group.lines.filter((one) => has(one.channel)) }))
    .filter((group) => group.lines.length > 0);
}
