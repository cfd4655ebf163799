/** The flat map's own words. */
import type { Text } from '../../flight/scene';

export const WORDS = {
  title: { en: 'Ground track', ru: 'Трасса полёта' },
  sun: { en: 'Sun overhead', ru: 'Солнце в зените' },
  station: { en: 'Station', ru: 'Станция' },
  told: { en: 'The Sun is overhead at {sun}. {craft}', ru: 'Солнце в зените над {sun}. {craft}' },
  over: { en: '{name} is over {place}, {height} km high.', ru: '{name}: над точкой {place}, высота {height} км.' },
  day: { en: 'by day', ru: 'днём' },
  night: { en: 'by night', ru: 'ночью' },
  north: { en: 'N', ru: 'с. ш.' },
  south: { en: 'S', ru: 'ю. ш.' },
  east: { en: 'E', ru: 'в. д.' },
  west: { en: 'W', ru: 'з. д.' },
} satisfies Record<string, Text>;
