/** Values as people read them: SI inside, km, kPa, minutes and degrees outside, with units in both languages. */
import type { Text } from '../../flight/scene';
import { number, pick } from '../words';

export interface Unit {
  /** Multiply the SI value by this. */
  readonly factor: number;
  readonly name: Text;
}

export interface Reading {
  readonly value: string;
  readonly unit: string;
}

const unit = (factor: number, en: string, ru: string): Unit => ({ factor, name: { en, ru } });
const DEGREES = 180 / Math.PI;

/** For each unit of a channel: what it becomes, and from which value (SI) on. The last that fits is taken. */
const LADDERS: Readonly<Record<string, readonly (readonly [number, Unit])[]>> = {
  m: [[0, unit(1, 'm', 'м')], [1000, unit(1e-3, 'km', 'км')]],
  'm/s': [[0, unit(1, 'm/s', 'м/с')], [1000, unit(1e-3, 'km/s', 'км/с')]],
  s: [[0, unit(1, 's', 'с')], [120, unit(1 / 60, 'min', 'мин')], [7200, unit(1 / 3600, 'h', 'ч')]],
  Pa: [[0, unit(1e-3, 'kPa', 'кПа')]],
  rad: [[0, unit(DEGREES, '°', '°')]],
  deg: [[0, unit(1, '°', '°')]],
  kg: [[0, unit(1, 'kg', 'кг')], [10_000, unit(1e-3, 't', 'т')]],
  W: [[0, unit(1, 'W', 'Вт')]],
  'W/m2': [[0, unit(1e-3, 'kW/m²', 'кВт/м²')]],
  'kg/m3': [[0, unit(1, 'kg/m³', 'кг/м³')]],
  g: [[0, unit(1, 'g', 'g')]],
  K: [[0, unit(1, 'K', 'К')]],
  points: [[0, unit(1, 'points', 'точки')]],
};
const PLAIN = unit(1, '', '');
const YES_NO = '0 or 1';
const YES: Text = { en: 'yes', ru: 'да' };
const NO: Text = { en: 'no', ru: 'нет' };
const NONE: Text = { en: 'no data', ru: 'нет данных' };

/** The unit in which a value of this size is read. */
export function unitFor(si: string, size: number): Unit {
  const steps = LADDERS[si] ?? [[0, si && si !== YES_NO ? unit(1, si, si) : PLAIN]];
  return steps.findLast(([from]) => Math.abs(size) >= from)?.[1] ?? steps[0]?.[1] ?? PLAIN;
}

/** Three figures, but no more than two decimals, and whole numbers above a hundred. */
export function digitsOf(value: number): number {
  const size = Math.abs(value);
  return size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
}

export const isSwitch = (si: string): boolean => si === YES_NO;

export function reading(value: number, si: string): Reading {
  if (!Number.isFinite(value)) return { value: pick(NONE), unit: '' };
  if (isSwitch(si)) return { value: pick(value > 0.5 ? YES : NO), unit: '' };
  const { factor, name } = unitFor(si, value);
  const shown = value * factor;
  return { value: number(shown, si === 'points' ? 0 : digitsOf(shown)), unit: pick(name) };
}
