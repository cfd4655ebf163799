/** The words of the plot beside the station. */
import type { Text } from '../../flight/scene';

export const WORDS = {
  title: { en: 'Beside the station', ru: 'Относительно станции' },
  ahead: { en: 'ahead', ru: 'впереди' },
  behind: { en: 'behind', ru: 'позади' },
  above: { en: 'above', ru: 'выше' },
  below: { en: 'below', ru: 'ниже' },
  left: { en: 'left', ru: 'левее' },
  right: { en: 'right', ru: 'правее' },
  range: { en: 'range', ru: 'дальность' },
  zones: { en: 'Safety zones', ru: 'Зоны безопасности' },
  sphere: { en: 'keep-out sphere 200 m', ru: 'запретная сфера 200 м' },
  ellipsoid: { en: 'approach ellipsoid 4 × 2 × 2 km', ru: 'эллипсоид сближения 4 × 2 × 2 км' },
  station: { en: 'station', ru: 'станция' },
  flight: { en: 'flight', ru: 'полёт' },
  earth: { en: 'Earth', ru: 'Земля' },
  told: { en: '{ship} is {ahead} {x} and {below} {z}, range {range}.',
    ru: '{ship}: {ahead} на {x}, {below} на {z}, дальность {range}.' },
} satisfies Record<string, Text>;
