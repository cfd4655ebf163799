"""The comparison as Markdown, for a page of the documentation: the table, and how high its bar is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fakel.model.epoch import Epoch
from fakel.reports.clocks import elapsed
from fakel.reports.compare import EARTH_RADIUS_M, HEADERS, Comparison
from fakel.reports.null_guess import Flown, Known, leave_one_out, null_guess, null_place
from fakel.reports.table import signed
from fakel.reports.timeline import TITLES


def comparison_as_markdown(comparison: Comparison) -> str:
    """The table, how each null guess was made, and what the flown values rest on."""
    if not comparison.rows:
        return f"{comparison.sentence}\n"
    lines = [comparison.sentence, "", *_table(HEADERS, [row.cells() for row in comparison.rows])]
    if comparison.footnotes():
        lines += ["", "  \n".join(f"`{mark}` {text}" for mark, text in comparison.footnotes())]
    lines += _list("How each null guess was made:", [(r.title, r.null_how) for r in comparison.rows])
    lines += _list("What is known of the flown values:", [(r.title, r.note) for r in comparison.rows if r.unit == "s"])
    return "\n".join(lines) + "\n"


def bar_as_markdown(flights: Iterable[Flown]) -> str:
    """How far the null guess is off when each flight is guessed from the others, counted from its own flown anchor."""
    told = leave_one_out(flights)
    rows = []
    for event in dict.fromkeys(one.event for one in told):
        errors = [abs(one.error_s) for one in told if one.event == event]
        mean_s = sum(errors) / len(errors)
        rows.append((TITLES.get(event, event), str(len(errors)), elapsed(mean_s), elapsed(max(errors))))
    return "\n".join(_table(("event", "flights", "mean error", "largest"), rows)) + "\n"


def off_s(here: Epoch, known: Known) -> float:
    """How far an instant is from a published one: a time to the minute is any instant of that minute."""
    late = here - known.epoch
    spare = known.resolution_s if known.resolution_s >= 60.0 else 0.0
    return late if late < 0.0 else max(late - spare, 0.0)


RETURN_HEAD = ("flight", "set is older by", "burn flown", "here off by", "landing flown", "here off by", "null off by",
               "burn to landing here, flown, null", "from the place flown", "null place")


def returns_as_markdown(told: Iterable[tuple[str, float, Mapping[str, Any]]], flights: Sequence[Flown]) -> str:
    """Landings of ``fakel land`` (flight, age of the set in days, one landing as JSON) beside what was flown.

    The null guess of a landing is the burn found here and the mean time from burn to landing of the other flights.
    """
    return "\n".join(_table(RETURN_HEAD, [return_cells(*one, flights) for one in told])) + "\n"


def return_cells(name: str, age_days: float, landing: Mapping[str, Any], flights: Sequence[Flown]) -> tuple[str, ...]:
    """One row; a dash where nothing is known."""
    own = next(flight for flight in flights if flight.name == name)
    burn, down = (Epoch.utc(landing[key]) for key in ("burn_start_utc", "landing_utc"))
    known_burn, known_down = own.events.get("deorbit_burn_start"), own.events["landing"]
    guess = null_guess(flights, own)["landing"]
    spot = null_place(flights, own)
    told_s = math.nan
    if known_burn is not None and max(known_burn.resolution_s, known_down.resolution_s) < 60.0:
        told_s = known_down.epoch - known_burn.epoch
    spans = (down - burn, told_s, guess.offset_s)
    lit = ("–", "–") if known_burn is None else (_clock(known_burn), f"{signed(off_s(burn, known_burn), 1)} s")
    spots = (landing["lat_deg"], landing["lon_deg"]), spot[:2] if spot else None
    apart = (f"{apart_km(one, own.landing_deg):.1f} km" if one and own.landing_deg else "–" for one in spots)
    return (name, f"{signed(age_days, 1)} d", *lit, _clock(known_down), f"{signed(off_s(down, known_down), 1)} s",
            f"{signed(off_s(burn + guess.offset_s, known_down), 1)} s",
            ", ".join("–" if math.isnan(span) else f"{span:.0f}" for span in spans) + " s", *apart)


def _clock(known: Known) -> str:
    text = known.epoch.iso()[11:19]
    return text[:5] if known.resolution_s >= 60.0 else text


def apart_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance of two places (latitude, longitude, deg) along the mean sphere."""
    (p, x), (q, y) = ((math.radians(lat), math.radians(lon)) for lat, lon in (a, b))
    chord = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin((y - x) / 2) ** 2
    return 2e-3 * EARTH_RADIUS_M * math.asin(math.sqrt(chord))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "/").replace("*", "\\*") for cell in cells) + " |"
    return [line(head), "|---|" + "--:|" * (len(head) - 1), *map(line, rows)]


def _list(text: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    told = [f"- {title}: {said}" for title, said in rows if said]
    return ["", text, "", *told] if told else []
