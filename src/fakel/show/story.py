"""The events of a flight in words: a title, a sentence for the caption, and the figures that people ask for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from fakel.model.epoch import Epoch
from fakel.model.flight import Event, Flight, Leg
from fakel.show.quantities import Text, place, quantity
from fakel.show.words import LANGUAGES, Words, pair, spelt, table

DETAIL = 3
SMALL_M_S = 0.05
"""A burn below this corrects next to nothing: a detail."""
TOLD = {"who": (), "q": ("q_pa",), "load": ("load_g",), "speed": ("speed_m_s", "speed_inertial_m_s"),
        "height": ("height_m", "altitude_m"), "dv": ("dv_m_s",), "dur": ("duration_s",), "heat": ("heat_w_m2",),
        "range": ("range_m",), "rate": ("closing_rate_m_s",), "outside": ("outside_s",)}
"""What a sentence may ask for, and the facts that it is read from."""
NAMED = ("giver", "taker", "from", "to", "port")


def events(flight: Flight, start: Epoch, words: Words) -> list[dict[str, Any]]:
    """Every event in order of time."""
    rows = [event_row(event, leg, start, words) for leg in flight.legs for event in leg.events]
    return sorted(rows, key=lambda row: row["t_s"])


def event_row(event: Event, leg: Leg, start: Epoch, words: Words) -> dict[str, Any]:
    entry = entry_of(event, words)
    fields = {lang: told(event, words, lang) for lang in LANGUAGES}
    plain = {lang: spelt(event.name) for lang in LANGUAGES}
    title = filled(entry.get("title"), fields) or plain
    return {"t_s": event.epoch - start, "name": event.name, "subject": event.subject, "step": leg.step, "title": title,
            "sentence": filled(entry.get("say"), fields) or {lang: f"{title[lang]}." for lang in LANGUAGES},
            "rank": rank(event, entry), "facts": facts(event, words)}


def entry_of(event: Event, words: Words) -> Mapping[str, Any]:
    """What the table says of an event; a ship's hatch is not an airlock's, and pulses of thrusters are no burn."""
    ship = event.subject in (words.mission.get("ships") or {})
    pulse = event.name in table()["pulse"] and "impulses" in event.facts
    own = table()["pulse"][event.name] if pulse else table()["ship_hatch"].get(event.name) if ship else None
    found: Mapping[str, Any] = own or table()["events"].get(event.name, {})
    return found


def rank(event: Event, entry: Mapping[str, Any]) -> int:
    dv_m_s = event.facts.get("dv_m_s")
    small = event.name == "burn_start" and isinstance(dv_m_s, (int, float)) and dv_m_s < SMALL_M_S
    return DETAIL if small else int(entry.get("rank", DETAIL))


def told(event: Event, words: Words, lang: str) -> dict[str, str]:
    """What stands for the braces of a sentence in one language."""
    out = {"who": words.name(event.subject)[lang]}
    given = event.facts
    for field, keys in TOLD.items():
        value = next((given[key] for key in keys if isinstance(given.get(key), (int, float))), None)
        key = next((key for key in keys if isinstance(given.get(key), (int, float))), "")
        shown = quantity(key, float(value), table()["units"]) if value is not None else None
        if shown is not None:
            out[field] = shown[lang]
    out |= {key: words.name(str(given[key]))[lang] for key in NAMED if given.get(key)}
    if isinstance(given.get("title"), str):
        out["title"] = words.text(given["title"])[lang]
    if given.get("burn"):
        out["burn"] = words_of_burn(str(given["burn"]))[lang]
    people = given.get("walkers") or given.get("who")
    if isinstance(people, (list, tuple)):
        out["people"] = words.listed(str(p) for p in people)[lang]
    return out | orbit(given, lang) | spot(given, lang)


def words_of_burn(name: str) -> Text:
    """Braking and hops have words; burns by number keep their name."""
    return pair("burns", name) or {lang: name.replace("_", " ") for lang in LANGUAGES}


def orbit(given: Mapping[str, Any], lang: str) -> dict[str, str]:
    """``193 x 245 km``."""
    if "height_min_m" not in given or "height_max_m" not in given:
        return {}
    low, high = (round(float(given[key]) / 1000.0) for key in ("height_min_m", "height_max_m"))
    return {"orbit": f"{low} × {high} {'km' if lang == 'en' else 'км'}"}


def spot(given: Mapping[str, Any], lang: str) -> dict[str, str]:
    """``47.37° N 69.62° E``."""
    pairs = [(given.get(f"latitude_{u}"), given.get(f"longitude_{u}"), f) for u, f in
             (("deg", 1.0), ("rad", math.degrees(1.0)))]
    found = next(((a * f, b * f) for a, b, f in pairs if isinstance(a, (int, float)) and isinstance(b, (int, float))),
                 None)
    return {"place": place(*found)[lang]} if found else {}


def filled(both: Any, fields: Mapping[str, Mapping[str, str]]) -> Text | None:
    """A pair of the table with its braces filled; None where one lacks what it asks for."""
    try:
        return {lang: sentence(text.format(**fields[lang])) for lang, text in zip(LANGUAGES, both or ())} or None
    except KeyError:
        return None


def sentence(text: str) -> str:
    """With a capital, and one full stop after an abbreviation."""
    return text[:1].upper() + text[1:].replace("..", ".")


def facts(event: Event, words: Words) -> list[dict[str, Text]]:
    """The figures of an event that have a name for people."""
    rows = []
    for key in table()["facts"]:
        value = event.facts.get(key)
        shown = (quantity(key, float(value), table()["units"]) if isinstance(value, (int, float))
                 else words.text(value) if isinstance(value, str) and value else None)
        if shown is not None:
            rows.append({"label": words.pair("facts", key), "value": shown})
    return rows
