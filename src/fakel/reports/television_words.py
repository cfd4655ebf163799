"""Words of a broadcast in English and Russian."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from fakel.model.contact import REASONS
from fakel.model.epoch import NS_PER_S, Epoch, Window
from fakel.model.flight import Event
from fakel.model.television import (
    AOS,
    AUDIENCE,
    BACKUP,
    BARS,
    BARS_END,
    BELOW,
    COUNT,
    EVENT,
    HAND_OVER,
    LIGHT,
    LINE_UP,
    LINK,
    LOS,
    OFF_AIR,
    ON_AIR,
    OVER,
    RATE,
    REHEARSAL,
    RISE,
    SET,
    TO_END,
    Cue,
    Live,
    Rehearsal,
)
from fakel.reports.sightings import local
from fakel.reports.sky_words import offset, short_date
from fakel.reports.table import NO_BREAK
from fakel.reports.timeline import details, title
from fakel.reports.words import craft as russian
from fakel.reports.words import decimal

RUSSIAN_EVENTS: Mapping[str, str] = {
    "prebreathe_start": "Надеты кислородные маски", "depress_start": "Начат сброс давления", "hatch_open": "Люк открыт",
    "hatch_closed": "Люк закрыт", "repress_start": "Начат наддув", "repress_end": "Наддув окончен",
    "torch_out": "Факел вынесен из люка", "torch_in": "Факел снова внутри", "torch_handover": "Факел передан",
    "item_out": "Предмет вынесен из люка", "item_in": "Предмет снова внутри", "item_handover": "Предмет передан",
    "walk_terminated": "Выход прерван", "suit_alarm": "Сигнал скафандра",
    "liftoff": "Старт", "docking_contact": "Касание", "undocking": "Расстыковка",
    "docking_hooks_closed": "Крюки закрыты", "landing": "Посадка", "task_deferred": "Отложено",
    "crew_transfer": "Переход экипажа", "insertion": "Выход на орбиту",
}
WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Live television", "Прямой эфир"), "run": ("Run-of-show", "Эфирный график"),
    "windows": ("Windows by rank", "Окна по местам"), "wishes": ("What the wishes cost", "Чего стоят пожелания"),
    "minutes": ("Minute by minute", "По минутам"), "scenes": ("The flight’s scenes", "Сцены полёта"),
    "window": ("window", "окно"), "length": ("length", "длина"), "at_home": ("at home", "у экранов"),
    "score": ("score", "балл"), "picture": ("picture", "картинка"), "below": ("below", "внизу"),
    "rehearsal": ("rehearsal", "репетиция"), "backup": ("back-up", "запасное"), "none": ("none", "нет"),
    "utc": ("UTC", "UTC"), "what": ("what", "что"), "detail": ("detail", "подробнее"), "on_air": ("on air", "в эфире"),
    "holds": ("holds, min", "есть, мин"), "alone": ("it alone is missing, min", "нет только его, мин"),
    "wish": ("wish", "пожелание"), "rank": ("rank", "место"), "date": ("date", "дата"), "carrier": ("link", "связь"),
    "light": ("light", "свет"), "sunlit": ("sunlit", "свет"), "dark": ("dark", "тень"), "place": ("place", "место"),
    "sun_below": ("Sun below", "Солнце внизу"), "scene": ("scene", "сцена"), "live": ("live", "в эфире"),
    "holder": ("in whose hands", "у кого"), "item": ("item", "предмет"), "link": ("link", "связь"),
    "bars": ("Sunlight, link and air", "Свет, связь, эфир"),
    "chosen": ("The window", "Окно"), "begin": ("begin", "начало"), "end": ("end", "конец"),
    "map": ("Ground track", "Трасса"),
    "scenes_short": ("scenes", "сцены"), "score_unit": ("score, million people-minutes", "балл, млн человеко-минут"),
    "map_note": ("Blue: this window; grey: other windows on air. Night as at the begin.",
                 "Синее: это окно; серое: другие окна в эфире. Ночь на момент начала."),
    "run_note": ("T counts from the begin of the broadcast. Where the bar on the left is blue, the picture is live.",
                 "T отсчитывается от начала эфира. Синяя полоса слева: картинка в эфире."),
    "rank_note": ("Score: people at home times minutes; a flight’s own scenes count first.",
                  "Балл: люди у экранов, умноженные на минуты; сначала считаются сцены самого полёта."),
    "credit": ("Computed by fakel. Coasts and seas: Natural Earth. Towns and people: GeoNames.",
               "Расчёт: fakel. Берега и моря: Natural Earth. Города и люди: GeoNames."),
}
WISHES = {LINK: ("link", "связь"), LIGHT: ("sunlight on the craft", "свет на аппарате"), BELOW: ("the place below",
          "место внизу"), RATE: ("bit rate", "скорость передачи"), AUDIENCE: ("audience", "зрители"),
          "data": ("what is known of the path", "известный участок пути")}
RUSSIAN_REASONS = {"mask": "маска станции", "terrain": "рельеф", "keyhole": "зенит", "rate": "скорость антенны",
                   "earth": "Земля", "beam": "луч ретранслятора", "structure": "конструкция", "service": "срок службы",
                   "range": "дальность", "data": "данные"}


def word(key: str, language: str) -> str:
    return WORDS[key][language == "ru"]


def called(id: str, names: Mapping[str, str], language: str) -> str:
    """What an id is called: its name, or the id as a word (``Pirs``)."""
    return russian(names.get(id) or id.replace("-", " ").capitalize(), language)


def short(end: str, names: Mapping[str, str]) -> str:
    """A relay or station without what its name has in brackets or after a comma: ``TDRS Zone``."""
    return names.get(end, end).split(" (")[0].split(",")[0]


def craft(id: str, names: Mapping[str, str], language: str) -> str:
    return russian(names.get(id, id), language)


def wish(name: str, label: str, language: str) -> str:
    """English: as asked for; Russian: its kind, with what was asked for."""
    if language == "en":
        return label
    told = label.removeprefix("over ") if name == BELOW else ""
    return WISHES[name][1] + (f": {told}" if told else "")


def clock(epoch: Epoch, zone: tzinfo, seconds: bool = True) -> str:
    """``20:43:05``, to the nearest second or minute."""
    step = NS_PER_S if seconds else 60 * NS_PER_S
    civil, ns = epoch.civil()
    rest = (civil.second * NS_PER_S + ns) % step
    at = local(epoch + ((step - rest) / NS_PER_S if 2 * rest >= step else -rest / NS_PER_S), zone)
    return f"{at:{'%H:%M:%S' if seconds else '%H:%M'}}"


def zone_name(zone: tzinfo, epoch: Epoch, names: Mapping[str, str]) -> str:
    """``Moscow (UTC+4)``; names may call its town otherwise."""
    name = str(zone)
    town = names.get(name, name.split("/")[-1].replace("_", " "))
    return name if name == "UTC" else f"{town} ({offset(local(epoch, zone))})"


def minus(seconds: float) -> str:
    """``T−1:00:00``, ``T+0:05:30``: time from the begin of the broadcast."""
    whole = round(abs(seconds))
    sign = "−" if seconds < 0 and whole else "+"
    return f"T{sign}{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def minutes(seconds: float, language: str = "en") -> str:
    """``30 min``, ``45 s``, ``8.2 min``."""
    s, m = ("s", "min") if language == "en" else ("с", "мин")
    if seconds < 59.5:
        return f"{seconds:.0f}{NO_BREAK}{s}"
    return f"{decimal(seconds / 60, language, 1 if seconds < 6000 else 0)}{NO_BREAK}{m}"


def millions(people: float, language: str = "en") -> str:
    """``88.3 million``, ``640 thousand``."""
    m, k = ("million", "thousand") if language == "en" else ("млн", "тыс.")
    if people >= 999_500:
        return f"{decimal(people / 1e6, language, 1 if people < 99.95e6 else 0)}{NO_BREAK}{m}"
    return f"{people / 1e3:.0f}{NO_BREAK}{k}"


def window(w: Window, zone: tzinfo, language: str, dated: bool = True) -> str:
    """``9 Nov 20:43:05–21:13:09``."""
    day = f"{short_date(local(w.start, zone), language)} " if dated else ""
    return f"{day}{clock(w.start, zone)}–{clock(w.stop, zone)}"


def picture(live: Live, names: Mapping[str, str], language: str) -> str:
    """Who carries it and what the changes cost: ``TDRS West, TDRS East; 1 change, no picture lost``."""
    ends = [names.get(s.other, s.other) for s in live.services]
    changes, lost = len(ends) - 1, live.lost_s
    out = " → ".join(ends)
    if changes <= 0:
        return out
    if language == "en":
        return f"{out}; {changes} change{'s' if changes > 1 else ''}, " + (
            f"{lost:.0f} s of picture lost" if lost >= 0.5 else "both up at each")
    return f"{out}; переходов: {changes}, " + (f"без картинки {lost:.0f} с" if lost >= 0.5 else "без потери картинки")


def rehearsal(found: Rehearsal | None, zone: tzinfo, language: str) -> str:
    if found is None:
        return word("none", language)
    told = {"en": ("same time of day", "the last that is long enough", "shorter: the longest before"),
            "ru": ("то же время суток", "последнее достаточной длины", "короче: самое длинное из прежних")}[language]
    away = f"{found.apart_m / 1000:.0f}{NO_BREAK}" + ("km from its track" if language == "en" else "км от трассы эфира")
    return f"{window(found.window, zone, language)} ({told[0 if found.same_time else 1 if found.whole else 2]}, {away})"


def backup(found: Window | None, live: Live, zone: tzinfo, language: str) -> str:
    if found is None:
        return word("none", language)
    later = minutes(found.start - live.window.stop, language)
    return f"{window(found, zone, language)} " + (f"({later} after the end)" if language == "en" else
                                                   f"(через {later} после конца)")


def cue(c: Cue, names: Mapping[str, str], language: str) -> tuple[str, str]:
    """What a cue says, and its detail."""
    english, f = language == "en", c.facts
    end = short(str(f.get("end", "")), names)
    plain = {
        RISE: ("Sunrise on the craft", "Восход на аппарате"), SET: ("Sunset on the craft", "Заход на аппарате"),
        LINE_UP: ("Line-up", "Проверка канала"), BARS: ("Colour bars and tone", "Настроечная таблица и тон"),
        BARS_END: ("Bars off, picture", "Таблица снята, картинка"), ON_AIR: ("ON AIR", "В ЭФИРЕ"),
        OFF_AIR: ("OFF AIR", "КОНЕЦ ЭФИРА"), AOS: ("AOS", "Связь появилась (AOS)"), LOS: ("LOS", "Связь пропала (LOS)"),
        HAND_OVER: ("Hand-over of the link", "Переход связи"), OVER: ("Below", "Внизу"),
        BACKUP: ("Back-up window opens", "Открывается запасное окно"), REHEARSAL: ("Rehearsal", "Репетиция")}
    if c.kind in (COUNT, TO_END):
        m = f["minutes"]
        if c.kind == COUNT:
            return (f"T minus {m} min" if english else f"до эфира {m} мин"), ""
        return (f"{m} min to the end" if english else f"до конца {m} мин"), ""
    if c.kind == EVENT:
        return _event(f, names, english)
    what = plain[c.kind][not english]
    return what, _detail(c, end, names, language)


def _detail(c: Cue, end: str, names: Mapping[str, str], language: str) -> str:
    english, f = language == "en", c.facts
    match c.kind:
        case "line_up" | "bars" | "bars_end":
            late = f["late"] and c.kind != LINE_UP
            return end + ((" (inside the window: the link comes up with it)" if english else
                           " (уже в окне: связь появляется вместе с ним)") if late else "")
        case "aos" | "los":
            why = REASONS[f["why"]] if english else RUSSIAN_REASONS[f["why"]]
            return end if f["why"] == "earth" else f"{end}: {why}"
        case "hand_over":
            before = short(str(f["from"]), names)
            lost = f["lost_s"]
            cost = (f"{lost:.0f} s without picture" if english else f"{lost:.0f} с без картинки") if lost >= 0.5 else (
                "both up" if english else "видны оба")
            return f"{before} → {end}, {cost}"
        case "over":
            return str(f["names"][not english])
        case "on_air" | "off_air":
            return minutes(f["length_s"], language)
        case "backup":
            return minutes(f["window"].duration_s, language)
        case "rehearsal":
            return minutes(f["rehearsal"].window.duration_s, language)
    return ""


def _event(f: Mapping[str, object], names: Mapping[str, str], english: bool) -> tuple[str, str]:
    event = f["event"]
    assert isinstance(event, Event)
    what = title(event) if english or event.name == "task_start" else RUSSIAN_EVENTS.get(event.name, title(event))
    transfer = f.get("transfer")
    if transfer is not None:
        giver, taker = (called(getattr(transfer, k), names, "en" if english else "ru") for k in ("giver", "taker"))
        return what, f"{giver} → {taker}"
    if english:
        return what, details(event, names).replace(NO_BREAK, " ")
    who = event.facts.get("who")
    return what, " и ".join(names.get(p, p).split()[-1] for p in who) if isinstance(who, list | tuple) else ""
