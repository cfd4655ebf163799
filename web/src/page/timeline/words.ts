/** The timeline's own words. */
import type { Text } from '../../flight/scene';
import type { Zoom } from './windows';

export const WORDS = {
  timeline: { en: 'Timeline: arrow keys move from mark to mark, Enter goes there',
    ru: 'Шкала времени: стрелки ведут от отметки к отметке, Enter переходит к ней' },
  zoom: { en: 'zoom', ru: 'масштаб' },
  closer: { en: 'Show less time', ru: 'Показать меньше времени' },
  further: { en: 'Show more time', ru: 'Показать больше времени' },
  to: { en: '{from} to {to}', ru: 'с {from} до {to}' },
  night: { en: 'night', ru: 'ночь' },
  pass: { en: 'kept', ru: 'соблюдено' },
  fail: { en: 'broken', ru: 'нарушено' },
  unknown: { en: 'no data', ru: 'нет данных' },
} satisfies Record<string, Text>;

export const ZOOM_NAMES: Record<Zoom, Text> = {
  mission: { en: 'Mission', ru: 'Полёт' },
  day: { en: 'Day', ru: 'Сутки' },
  phase: { en: 'Phase', ru: 'Этап' },
  walk: { en: 'Spacewalk', ru: 'Выход' },
  minutes: { en: '10 min', ru: '10 мин' },
};
