/** The telemetry's own words. */
import type { Text } from '../../flight/scene';

export const WORDS = {
  telemetry: { en: 'Telemetry', ru: 'Телеметрия' },
  simulated: { en: 'simulated', ru: 'расчёт' },
  height: { en: 'height', ru: 'высота' },
  airspeed: { en: 'speed in the air', ru: 'скорость в воздухе' },
  speed: { en: 'speed', ru: 'скорость' },
  sunset: { en: 'to sunset', ru: 'до заката' },
  sunrise: { en: 'to sunrise', ru: 'до восхода' },
  linked: { en: 'ground link until', ru: 'связь с Землёй до' },
  unlinked: { en: 'ground link from', ru: 'связь с Землёй с' },
  large: { en: 'large plot', ru: 'большой график' },
  more: { en: 'Any channel', ru: 'Любой параметр' },
  channel: { en: 'Channel', ru: 'Параметр' },
  close: { en: 'Close', ru: 'Закрыть' },
  limit: { en: 'limit', ru: 'предел' },
  now: { en: 'now', ru: 'сейчас' },
  least: { en: 'least', ru: 'наименьшее' },
  most: { en: 'most', ru: 'наибольшее' },
  phase: { en: 'This phase', ru: 'Этот этап' },
  flight: { en: 'Whole flight', ru: 'Весь полёт' },
  how: { en: 'Click to go there, drag to zoom.', ru: 'Щелчок переходит к моменту, перетаскивание приближает.' },
} satisfies Record<string, Text>;
