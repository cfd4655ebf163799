/** Words and numbers over the picture. */
import type { Text } from '../flight/scene';
import { number, pick } from '../page/words';

/** 23.4 m, 812 m, 20.3 km: three figures are enough for an eye. */
export function length(metres: number): string {
  const size = Math.abs(metres);
  if (size < 100) return `${number(metres, 1)} ${pick(units.m)}`;
  if (size < 1000) return `${number(metres)} ${pick(units.m)}`;
  return `${number(metres / 1000, size < 99500 ? 1 : 0)} ${pick(units.km)}`;
}

/** Centimetres count. */
export const fine = (metres: number): string => `${number(metres, 2)} ${pick(units.m)}`;
export const speed = (metres_s: number): string => `${number(metres_s, 2)} ${pick(units.m_s)}`;
export const angle = (angle_deg: number, digits = 1): string => `${number(angle_deg, digits)}°`;

const units: Readonly<Record<'m' | 'km' | 'm_s', Text>> = {
  m: { en: 'm', ru: 'м' },
  km: { en: 'km', ru: 'км' },
  m_s: { en: 'm/s', ru: 'м/с' },
};

export const texts = {
  layers: { en: 'Lines and names', ru: 'Линии и имена' },
  range: { en: 'range', ru: 'дальность' },
  rate: { en: 'range rate', ru: 'скорость' },
  roll: { en: 'roll', ru: 'крен' },
  off: { en: 'off axis', ru: 'смещение' },
  tilt: { en: 'tilt', ru: 'наклон' },
  port: { en: 'port', ru: 'узел' },
  helmet: { en: 'helmet camera', ru: 'камера на шлеме' },
  sun: { en: 'Sun', ru: 'Солнце' },
  moon: { en: 'Moon', ru: 'Луна' },
  azimuth: { en: 'azimuth', ru: 'азимут' },
  elevation: { en: 'elevation', ru: 'высота' },
  seen_from: { en: 'Seen from', ru: 'Вид из' },
  place: { en: 'Place', ru: 'Место' },
  usual: { en: 'best place', ru: 'лучшее место' },
  latitude: { en: 'Latitude', ru: 'Широта' },
  longitude: { en: 'Longitude', ru: 'Долгота' },
  go: { en: 'Look from there', ru: 'Смотреть оттуда' },
  here: { en: 'Where I am', ru: 'Где я сейчас' },
  no_here: { en: 'The browser does not say where you are.', ru: 'Браузер не сообщает, где вы.' },
  bad_place: {
    en: 'Latitude is from −90 to 90, longitude from −180 to 180 degrees.',
    ru: 'Широта от −90 до 90, долгота от −180 до 180 градусов.',
  },
  below: { en: 'below the horizon', ru: 'под горизонтом' },
  north: { en: 'N', ru: 'С' },
  east: { en: 'E', ru: 'В' },
  south: { en: 'S', ru: 'Ю' },
  west: { en: 'W', ru: 'З' },
} as const satisfies Readonly<Record<string, Text>>;

export const word = (key: keyof typeof texts): string => pick(texts[key]);
