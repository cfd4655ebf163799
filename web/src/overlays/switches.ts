/** Lines and names over the picture that the viewer can switch; ids are what deep links hold. */
import type { Text } from '../flight/scene';

export interface Switch {
  readonly id: string;
  readonly label: Text;
}

export const switches: readonly Switch[] = [
  { id: 'labels', label: { en: 'Far craft', ru: 'Далёкие корабли' } },
  { id: 'people', label: { en: 'Names of people', ru: 'Имена людей' } },
  { id: 'ports', label: { en: 'Ports', ru: 'Стыковочные узлы' } },
  { id: 'bodies', label: { en: 'Sun and Moon', ru: 'Солнце и Луна' } },
  { id: 'places', label: { en: 'Places on Earth', ru: 'Места на Земле' } },
  { id: 'track', label: { en: 'Track of the orbit', ru: 'Линия орбиты' } },
  { id: 'corridor', label: { en: 'Approach corridor', ru: 'Коридор сближения' } },
  { id: 'zones', label: { en: 'Safety zones', ru: 'Зоны безопасности' } },
  { id: 'rails', label: { en: 'Handrails and hatches', ru: 'Поручни и люки' } },
  { id: 'links', label: { en: 'Ground links', ru: 'Связь с Землёй' } },
];
