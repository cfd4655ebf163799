/** Every word of the page in the language chosen: texts of the flight, words of the table, numbers and plurals. */
import type { Text } from '../flight/scene';
import { lang, type Lang } from './store';
import { en, type Forms, type Words } from './words/en';
import { ru } from './words/ru';

const tables: Readonly<Record<Lang, Words>> = { en, ru };

type KeyOf<Kind> = { [Key in keyof Words]: Words[Key] extends Kind ? Key : never }[keyof Words];
export type Word = KeyOf<string>;
export type Counted = KeyOf<Forms>;
type Values = Readonly<Record<string, string | number>>;

const minus = '\u2212';

function fill(pattern: string, values: Values, of: Lang): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? numberIn(of, value) : value;
  });
}

/** As `number`, in a language that need not be the chosen one. */
export function numberIn(of: Lang, value: number, digits = 0): string {
  const text = new Intl.NumberFormat(of === 'en' ? 'en-GB' : 'ru-RU', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
  return text.replace(/^-/, /[1-9]/.test(text) ? minus : '');
}

/** The word of the table for a key, with `{names}` filled in. */
export function say(key: Word, values: Values = {}): string {
  return fill(tables[lang.value][key], values, lang.value);
}

/** The same in every language at once, for what is kept (messages). */
export function both(key: Word, values: Values = {}): Text {
  return { en: fill(en[key], values, 'en'), ru: fill(ru[key], values, 'ru') };
}

/** "3 events", "5 событий": the number with the word in the form it asks for. */
export function count(key: Counted, value: number): string {
  const forms = tables[lang.value][key];
  const rule = new Intl.PluralRules(lang.value).select(value);
  return fill(forms[rule === 'one' || rule === 'few' || rule === 'many' ? rule : 'other'], { n: value }, lang.value);
}

/** A text of the flight, or one that a panel brings along, in the language chosen. */
export function pick(text: Text): string {
  return text[lang.value];
}

/** A number as people of this language write it: decimal comma in Russian, a true minus, none before a rounded zero. */
export function number(value: number, digits = 0): string {
  return Number.isFinite(value) ? numberIn(lang.value, value, digits) : say('no_data');
}

const russianUnits: Readonly<Record<string, string>> = {
  m: 'м', km: 'км', s: 'с', min: 'мин', h: 'ч', kg: 'кг', l: 'л', K: 'К', rad: 'рад', dB: 'дБ',
  W: 'Вт', kW: 'кВт', Wh: 'Вт·ч', 'W/m2': 'Вт/м²', MJ: 'МДж', Pa: 'Па', kPa: 'кПа', N: 'Н', kN: 'кН',
  mmHg: 'мм рт. ст.', ppm: 'млн⁻¹', '1/m': '1/м', cycles: 'циклов',
  'm/s': 'м/с', 'km/s': 'км/с', 'mm/s': 'мм/с', 'deg/s': '°/с', 'rad/s': 'рад/с',
  burns: 'имп.', seats: 'мест', items: 'предметов', people: 'чел.', points: 'точки', breaks: 'разрывов',
  hooks: 'карабинов', hands: 'рук',
  'hand-overs': 'передач', terminations: 'прекращений', 'of the hatch': 'ширины люка',
};
const everywhere: Readonly<Record<string, string>> = { deg: '°', 'deg/s': '°/s', 'W/m2': 'W/m²', percent: '%' };

/** A unit as people of this language write it. */
export function unitOf(unit: string): string {
  return (lang.value === 'ru' ? russianUnits[unit] : undefined) ?? everywhere[unit] ?? unit;
}

/** Things that are counted; what is left of them until a limit says little. */
const counted = new Set(
  ['burns', 'seats', 'items', 'people', 'points', 'breaks', 'hand-overs', 'terminations', 'cycles',
    'hooks', 'hands']);

export function isCounted(unit: string): boolean {
  return counted.has(unit);
}

/** A value with its unit, to three or so figures; `signed` writes a plus before a margin. */
export function amount(value: number, unit: string, signed = false): string {
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.995 ? 2 : 3;
  const text = number(value, digits);
  const plus = signed && value > 0 && /[1-9]/.test(text) ? '+' : '';
  const written = unitOf(unit);
  const gap = written === '' || written === '°' ? '' : '\u00a0';
  return `${plus}${text}${gap}${written}`;
}
