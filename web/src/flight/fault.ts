/** What can be wrong with a flight's data, in words for people. */
import type { Text } from './scene';

export type FaultKind = 'absent' | 'lost' | 'torn' | 'version' | 'empty' | 'leg';

export class FlightFault extends Error {
  override readonly name = 'FlightFault';

  constructor(readonly kind: FaultKind, readonly text: Text) {
    super(text.en);
  }
}

const texts: Readonly<Record<FaultKind, (what: string) => Text>> = {
  absent: (what) => ({
    en: `There is no flight here: ${what} was not found. Open a folder that fakel wrote, or wait for its first leg.`,
    ru: `Здесь нет полёта: файл ${what} не найден. Откройте папку, записанную fakel, или дождитесь первого этапа.`,
  }),
  lost: (what) => ({
    en: `The connection is lost: ${what} cannot be fetched. Trying again.`,
    ru: `Нет связи: не удаётся получить ${what}. Идёт повторная попытка.`,
  }),
  torn: (what) => ({
    en: `${what} is only half written or damaged. Load the page again, or write the flight again.`,
    ru: `Файл ${what} записан не полностью или повреждён. Обновите страницу или запишите полёт заново.`,
  }),
  version: (what) => ({
    en: `This flight is for another version of the page (format ${what}). Show it with the program that wrote it.`,
    ru: `Полёт записан для другой версии страницы (формат ${what}). Откройте его программой, которая его записала.`,
  }),
  empty: () => ({
    en: 'This flight holds no paths yet: nothing can be drawn. Wait for its first leg.',
    ru: 'В этом полёте ещё нет траекторий, показывать нечего. Дождитесь первого этапа.',
  }),
  leg: (what) => ({
    en: `A part of the flight is missing (${what}): the rest is shown.`,
    ru: `Часть полёта недоступна (${what}), показано остальное.`,
  }),
};

export function fault(kind: FaultKind, what = ''): FlightFault {
  return new FlightFault(kind, texts[kind](what));
}
