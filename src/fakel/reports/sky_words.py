"""Words of the sky in English and Russian: winds, dates, brightness, phases of the Moon."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from math import degrees, isfinite

from fakel.model.sighting import GLOWS, Look, Sighting
from fakel.reports.sightings import GLOW, WHY, local, wind

LANGUAGES = ("en", "ru")
SURE_S = 30.0
"""Clocks show seconds while one sigma is below this."""
WORDS: Mapping[str, tuple[str, str]] = {
    "north": ("North", "север"), "east": ("East", "восток"), "south": ("South", "юг"), "west": ("West", "запад"),
    "moon": ("Moon", "Луна"), "sun": ("Sun", "Солнце"), "daylight": ("by day: no stars", "днём звёзд не видно"),
    "mercury": ("Mercury", "Меркурий"), "venus": ("Venus", "Венера"),
    "mars": ("Mars", "Марс"), "jupiter": ("Jupiter", "Юпитер"), "saturn": ("Saturn", "Сатурн"),
    "magnitude": ("magnitude", "звёздная величина"),
    "mag": ("mag", "зв. вел."),
    "seen": ("seen", "видно"), "in_shadow": ("in shadow", "в тени"), "low": ("too low to be listed", "слишком низко"),
    "minutes": ("tick: a full minute", "штрих: целая минута"),
    "overhead": ("Hold it overhead: east is on the left when you face south.",
                 "Держите над головой: если смотреть на юг, восток слева."),
    "stars": ("stars to magnitude", "звёзды до величины"),
    "local_time": ("local time", "местное время"),
    "no_refraction": ("Directions without refraction.", "Направления без рефракции."),
    "uncertain": ("times", "моменты"),
    "station": ("space station", "космическая станция"),
    "credit": ("Computed by fakel. Stars: XHIP. Towns: GeoNames.", "Расчёт: fakel. Звёзды: XHIP. Города: GeoNames."),
}
WEEKDAYS = (("Monday", "понедельник"), ("Tuesday", "вторник"), ("Wednesday", "среда"), ("Thursday", "четверг"),
            ("Friday", "пятница"), ("Saturday", "суббота"), ("Sunday", "воскресенье"))
SHORT_WEEKDAYS = (("Mon", "пн"), ("Tue", "вт"), ("Wed", "ср"), ("Thu", "чт"), ("Fri", "пт"), ("Sat", "сб"),
                  ("Sun", "вс"))
MONTHS = (("January", "января"), ("February", "февраля"), ("March", "марта"), ("April", "апреля"), ("May", "мая"),
          ("June", "июня"), ("July", "июля"), ("August", "августа"), ("September", "сентября"),
          ("October", "октября"), ("November", "ноября"), ("December", "декабря"))
SHORT_MONTHS = (("Jan", "янв."), ("Feb", "февр."), ("Mar", "марта"), ("Apr", "апр."), ("May", "мая"), ("June", "июня"),
                ("July", "июля"), ("Aug", "авг."), ("Sept", "сент."), ("Oct", "окт."), ("Nov", "нояб."),
                ("Dec", "дек."))
BRIGHT: tuple[tuple[float, tuple[str, str]], ...] = (
    (-3.9, ("as bright as Venus", "яркостью с Венеру")),
    (-2.9, ("brighter than Jupiter", "ярче Юпитера")),
    (-1.8, ("as bright as Jupiter", "яркостью с Юпитер")),
    (-0.7, ("as bright as Sirius", "яркостью с Сириус")),
    (0.8, ("like the brightest stars", "как самые яркие звёзды")),
    (2.6, ("like the stars of the Plough", "как звёзды Ковша")),
    (4.5, ("faint", "слабая звёздочка")),
    (99.0, ("hardly to be seen", "едва заметна")),
)
"""Up to which magnitude which words hold. Venus is -4.9 to -3.9, Jupiter -2.9 to -1.8, Sirius -1.4."""
MOON: tuple[tuple[float, tuple[str, str]], ...] = (
    (0.03, ("new Moon", "новолуние")), (0.42, ("crescent Moon", "серп Луны")), (0.58, ("half Moon", "половина Луны")),
    (0.97, ("gibbous Moon", "неполная Луна")), (1.1, ("full Moon", "полная Луна")))


def word(key: str, language: str) -> str:
    return WORDS[key][LANGUAGES.index(language)]


def why(reason: str, language: str) -> str:
    """Why what is seen begins or ends."""
    return WHY[language][reason]


def _of(pair: tuple[str, str], language: str) -> str:
    return pair[LANGUAGES.index(language)]


def date(at: datetime, language: str, year: bool = True) -> str:
    """``Saturday, 9 November 2013``; ``суббота, 9 ноября 2013 г.``"""
    end = f" {at.year}" + (" г." if language == "ru" else "") if year else ""
    return f"{_of(WEEKDAYS[at.weekday()], language)}, {at.day} {_of(MONTHS[at.month - 1], language)}{end}"


def short_date(at: datetime, language: str) -> str:
    """``Sat 9 Nov``; ``сб, 9 нояб.``"""
    comma = "," if language == "ru" else ""
    return (f"{_of(SHORT_WEEKDAYS[at.weekday()], language)}{comma} {at.day} "
            f"{_of(SHORT_MONTHS[at.month - 1], language)}")


def offset(at: datetime) -> str:
    """``UTC+4``, ``UTC−3:30``, ``UTC``."""
    minutes = round((at.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" if not minutes else f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02d}" if rest else "")


def bright(magnitude: float, language: str) -> str:
    """Brightness by things that people know; empty when it is not known."""
    if not isfinite(magnitude):
        return ""
    return _of(next(words for limit, words in BRIGHT if magnitude <= limit), language)


def seen_as(s: Sighting, language: str) -> str:
    """How bright it is in words, or by what it glows."""
    return GLOW[language][s.light] if s.light in GLOWS else bright(s.magnitude, language)


def moon(lit: float, language: str) -> str:
    return _of(next(words for limit, words in MOON if lit < limit), language)


def counted(n: int, language: str) -> str:
    """``1 pass``, ``5 passes``; ``1 пролёт``, ``2 пролёта``, ``5 пролётов``."""
    if language == "en":
        return f"{n} pass" if n == 1 else f"{n} passes"
    few = n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14)
    return f"{n} {'пролёт' if n % 10 == 1 and n % 100 != 11 else 'пролёта' if few else 'пролётов'}"


def span(seconds: float, language: str) -> str:
    """``6 min``, ``40 s``; rounded to what people wait for."""
    if seconds < 59.5:
        return f"{round(seconds)} {'s' if language == 'en' else 'с'}"
    return f"{round(seconds / 60)} {'min' if language == 'en' else 'мин'}"


def beside(later_s: float, language: str) -> str:
    """``1 min 55 s ahead``, ``на 2 с позже``: when another craft passes."""
    minutes, seconds = divmod(round(abs(later_s)), 60)
    minute, second = ("min", "s") if language == "en" else ("мин", "с")
    time = " ".join(([f"{minutes} {minute}"] if minutes else []) + ([f"{seconds} {second}"] if seconds else []))
    if not time:
        return "with it" if language == "en" else "вместе с ней"
    if language == "en":
        return f"{time} {'behind' if later_s > 0 else 'ahead'}"
    return f"на {time} {'позже' if later_s > 0 else 'раньше'}"


def error(sigma_s: float, language: str) -> str:
    """``±2 s``, ``±3 min``: one sigma of the instants, not below a second."""
    s, minute = ("s", "min") if language == "en" else ("с", "мин")
    return f"±{max(round(sigma_s), 1)} {s}" if sigma_s < 90 else f"±{round(sigma_s / 60)} {minute}"


def height(look: Look) -> str:
    return f"{round(degrees(look.elevation_rad))}°"


def course(s: Sighting, language: str) -> list[tuple[Look, str]]:
    """How the pass goes, instant by instant: begin, peak, end; the peak with its neighbour where they are one."""
    at, top = ("in the", "highest") if language == "en" else ("на", "выше всего")
    steps = [[s.start, why(s.begins, language)], [s.peak, top], [s.end, why(s.ends, language)]]
    for k in (0, 2):
        if abs(s.peak.epoch - steps[k][0].epoch) < 5.0:
            steps[k][1] = f"{steps[k][1]}, {top}" if k == 0 else f"{top}, {steps[k][1]}"
            del steps[1]
            break
    return [(look, f"{text} {at} {wind(look.azimuth_rad, language)}, {height(look)}") for look, text in steps]


def clock(look: Look, zone: tzinfo, seconds: bool = False) -> str:
    return f"{local(look.epoch, zone):{'%H:%M:%S' if seconds else '%H:%M'}}"


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
