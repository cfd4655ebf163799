"""Planned here, flown, and the null guess, side by side. The only reader of what was flown."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import Event, Flight
from fakel.reports.budgets import burns
from fakel.reports.clocks import elapsed, utc_clock, utc_day
from fakel.reports.null_guess import (
    PLANE_OVER_PAD,
    Flown,
    Guess,
    Known,
    Published,
    null_dv_m_s,
    null_guess,
    null_place,
)
from fakel.reports.table import signed
from fakel.reports.timeline import TITLES, place, where

HEADERS = ("event", "planned here", "flown", "difference", "null guess", "null off by", "nearer")
MARKS = {"flown": "", "planned": " *", "standard": " **"}
FOOTNOTES = {"planned": "announced before the flight, not measured", "standard": "the generic timeline, not measured"}
DELTA_V = "deorbit_delta_v"
PUT_IN = {
    "torch_out": "the hatch opening and task durations of the mission file",
    "torch_handover": "the hatch opening and task durations of the mission file",
    "torch_in": "the hatch opening and task durations of the mission file",
    "hatch_closed": "the hatch opening and task durations of the mission file",
    "undocking": "the braking burn and the vehicle's usual time before it",
    "custody_to_rescue": "the landing and a usual time after it",
    DELTA_V: "the vehicle's value for this height",
}
"""What is no prediction: a value of a file, or an interval of a file counted from an event that was computed."""
PUT_IN_MARK, PUT_IN_TEXT = "†", "put in, not predicted: a file's value, or its interval counted from a computed event"
SOME_DAYS_S = 2 * 86_400.0
"""A ship of the same name is on the same flight when one of its events is less than this apart."""
UP = ("liftoff", "booster_separation", "fairing_jettison", "core_separation", "insertion", "docking_contact")
OUTSIDE = ("hatch_open", "torch_out", "torch_handover", "torch_in", "hatch_closed")
DOWN = ("undocking", "deorbit_burn_start", "deorbit_burn_end", "module_separation", "entry_interface", "parachute_open",
        "landing", "custody_to_rescue")
ANCHORS = {PLANE_OVER_PAD: "the plane over the pad", "deorbit_burn_start": "the deorbit burn"}
EARTH_RADIUS_M = 6_371_000.0
DV_KNOWN_M_S = 0.5
"""Published burns are given in whole m/s or converted from whole miles an hour."""


@dataclass(frozen=True, slots=True)
class Row:
    """One value compared. Numbers are in unit (s, m or m/s) and None where there is none; texts are ready to print.

    difference: planned here less what was flown (for a place: the distance). resolution: how finely the flown value
    is known; nearer: "program", "null guess", "equal", or "" where it cannot be said.
    """

    flight: str
    event: str
    title: str
    utc: str
    unit: str
    planned: str
    flown: str
    difference: float
    resolution: float
    null: str
    null_difference: float | None
    null_how: str
    nearer: str
    status: str
    note: str
    source: str

    @property
    def put_in(self) -> str:
        """What the planned value rests on when it is no prediction; such a row is never won."""
        return PUT_IN.get(DELTA_V if self.unit == "m/s" else self.event, "")

    @property
    def planned_text(self) -> str:
        return f"{self.planned} {PUT_IN_MARK}" if self.put_in else self.planned

    @property
    def difference_text(self) -> str:
        return _shown(self.difference, self.unit, self.resolution)

    @property
    def null_difference_text(self) -> str:
        return "" if self.null_difference is None else _shown(self.null_difference, self.unit, self.resolution)

    @property
    def judged(self) -> bool:
        """Whether program and null guess are told apart: both predict, and the flown value is a measurement."""
        return bool(self.nearer) and self.status != "standard"

    @property
    def verdict(self) -> str:
        """In words which is nearer to what was flown."""
        if not self.judged:
            return ""
        return {"program": "program", "null guess": "null better", "equal": "equal"}[self.nearer]

    def cells(self) -> tuple[str, ...]:
        """The row as text, one cell for each of HEADERS."""
        return (self.title, self.planned_text, self.flown + MARKS[self.status], self.difference_text,
                self.null or "none", self.null_difference_text, self.verdict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows of a flight, and one sentence that says with what it was compared, or why with nothing."""

    flights: tuple[Flown, ...]
    rows: tuple[Row, ...]
    sentence: str

    def footnotes(self) -> list[tuple[str, str]]:
        """Mark and meaning, for each mark that the rows use."""
        used = {row.status for row in self.rows}
        told = [(MARKS[status].strip(), text) for status, text in FOOTNOTES.items() if status in used]
        return told + ([(PUT_IN_MARK, PUT_IN_TEXT)] if any(row.put_in for row in self.rows) else [])


# ---------------------------------------------------------------- reading

def flown_flights() -> tuple[Flown, ...]:
    """The flown flights that ship with the program. Raises InputError for a row that cannot be used."""
    folder = files("fakel") / "data" / "flown"
    with (folder / "events.csv").open(encoding="utf-8") as file:
        events = list(csv.DictReader(file))
    with (folder / "flights.csv").open(encoding="utf-8") as file:
        return tuple(_flown(row, events) for row in csv.DictReader(file))


@dataclass(frozen=True, slots=True)
class FlownRange:
    """A reading of a flown log: seconds before contact (None: not told), range, closing rate (None: not told)."""

    flight: str
    before_contact_s: float | None
    range_m: float
    closing_m_s: float | None
    what: str


def flown_ranges() -> tuple[FlownRange, ...]:
    """Flown logs of the last kilometres, in order of time. Raises InputError for a row that cannot be used."""
    with (files("fakel") / "data" / "flown" / "ranges.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    try:
        return tuple(FlownRange(r["flight"], _number(r["before_contact_s"]), float(r["range_m"]),
                                _number(r["closing_m_s"]), r["what"]) for r in rows)
    except (KeyError, ValueError) as error:
        raise InputError(f"data/flown/ranges.csv: {error}; mend that row") from error


def flown_ascents(launcher: str) -> tuple[Published, ...]:
    """What is published of a launcher's climbs, by its id. Raises InputError for a row that cannot be used."""
    with (files("fakel") / "data" / "flown" / "ascents.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["launcher"] == launcher]
    try:
        return tuple(Published(**{**row, "value": float(row["value"])}) for row in rows)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise InputError(f"data/flown/ascents.csv: {error}; mend that row") from error


def _flown(row: Mapping[str, str], events: Iterable[Mapping[str, str]]) -> Flown:
    try:
        known = {e["event"]: Known(Epoch.utc(e["utc"]), float(e["resolution_s"]), e["status"], e["note"], e["source"])
                 for e in events if e["flight"] == row["flight"]}
        latitude, longitude = _number(row["landing_latitude_deg"]), _number(row["landing_longitude_deg"])
        spot = None if latitude is None or longitude is None else (latitude, longitude)
        revolutions = int(row["revolutions"]) if row["revolutions"] else None
        return Flown(row["flight"], row["launcher"], row["pad"], revolutions, row["zone"], row["entry"],
                     _number(row["plane_over_pad_s"]), spot, _number(row["deorbit_dv_m_s"]), known, row["note"],
                     row["source"])
    except (KeyError, ValueError) as error:
        raise InputError(f"data/flown: {row.get('flight')}: {error}; mend that row") from error


def _number(text: str) -> float | None:
    return float(text) if text else None


# ---------------------------------------------------------------- which flight is which

def compare(flight: Flight, flights: Iterable[Flown] | None = None) -> Comparison:
    """Every event that the flight holds and that is known of the same flight as it was flown.

    A ship is matched by its name, else by the day of its liftoff (and its pad) or landing; a spacewalk by its day.
    """
    known = tuple(flown_flights() if flights is None else flights)
    rows: list[Row] = []
    found: list[Flown] = []
    for ship in flight.mission.get("ships", {}):
        for names in (UP, DOWN):
            match = _match_ship(flight, ship, names, known)
            if match is not None:
                found.append(match)
                rows += _ship_rows(flight, ship, match, names, known)
    walk = _match_walk(flight, known)
    if walk is not None:
        found.append(walk)
        rows += [row for name in OUTSIDE if (row := _time_row(flight, _outside(flight, name), walk, {})) is not None]
    rows.sort(key=lambda row: row.utc)
    told = tuple(dict.fromkeys(f.name for f in found if any(r.flight == f.name for r in rows)))
    by_name = {f.name: f for f in found}
    return Comparison(tuple(by_name[name] for name in told), tuple(rows), _sentence(told, flight))


def _sentence(told: tuple[str, ...], flight: Flight) -> str:
    if told:
        return f"Compared with {', '.join(told)} as flown."
    if flight.events:
        return "No flown flight of these ships or of this day is known, so there is nothing to compare with."
    return "Nothing has been flown yet, so there is nothing to compare."


def _match_ship(flight: Flight, ship: str, names: tuple[str, ...], flights: tuple[Flown, ...]) -> Flown | None:
    mine = [e for e in flight.events if e.subject == ship and e.name in names]
    name = str(flight.mission["ships"][ship].get("name", ""))
    for known in flights:
        if known.name == name and any(_apart_s(e, known) < SOME_DAYS_S for e in mine):
            return known
    if name in {known.name for known in flights}:
        return None
    return next((known for known in flights
                 if any(_same_day(e, known) for e in mine) and _same_pad(flight, ship, known)), None)


def _apart_s(event: Event, known: Flown) -> float:
    epoch = known.instant(event.name)
    return math.inf if epoch is None else abs(event.epoch - epoch)


def _same_day(event: Event, known: Flown) -> bool:
    epoch = known.instant(event.name)
    return event.name in ("liftoff", "landing") and epoch is not None and epoch.day == event.epoch.day


def _same_pad(flight: Flight, ship: str, known: Flown) -> bool:
    pads = {str(step["plan"]["pad"]) for step in flight.mission.get("steps", {}).values()
            if step.get("plan", {}).get("ship") == ship and "pad" in step["plan"]}
    return not pads or not known.pad or known.pad in pads


def _outside(flight: Flight, name: str) -> Event | None:
    return next((e for e in flight.events if e.name == name and e.phase == "eva"), None)


def _match_walk(flight: Flight, flights: tuple[Flown, ...]) -> Flown | None:
    opened = _outside(flight, "hatch_open")
    days = ((known, known.instant("hatch_open")) for known in flights)
    return next((known for known, at in days if opened and at and at.day == opened.epoch.day), None)


# ---------------------------------------------------------------- rows

def _ship_rows(flight: Flight, ship: str, match: Flown, names: Iterable[str], flights: tuple[Flown, ...]) -> list[Row]:
    guesses = null_guess(flights, match)
    rows = [_time_row(flight, _own_event(flight, name, ship), match, guesses) for name in names]
    if "landing" in names:
        rows += [_dv_row(flight, ship, match, flights), _place_row(flight, ship, match, flights)]
    return [row for row in rows if row is not None]


def _own_event(flight: Flight, name: str, ship: str) -> Event | None:
    """A ship's event; an item that the rescue team takes is the subject of its own."""
    return flight.event(name) if name == "custody_to_rescue" else flight.event(name, ship)


def _time_row(flight: Flight, event: Event | None, match: Flown, guesses: Mapping[str, Guess]) -> Row | None:
    known = match.events.get(event.name) if event else None
    if event is None or known is None or abs(event.epoch - known.epoch) > 10 * SOME_DAYS_S:
        return None
    guess = guesses.get(event.name)
    null = _null_instant(flight, event.subject, guess) if guess else None
    how, null_s = "", None
    if guess and null:
        side = "after" if guess.offset_s >= 0 else "before"
        how = (f"{elapsed(abs(guess.offset_s))} {side} {ANCHORS.get(guess.anchor, guess.anchor)}, "
               f"mean over {guess.among} ({guess.count})")
        null_s = null - known.epoch
    difference_s = event.epoch - known.epoch
    return Row(match.name, event.name, TITLES.get(event.name, event.name), event.epoch.iso(3), "s",
               _instant(event.epoch, known), _flown_instant(known), difference_s, known.resolution_s,
               _instant(null, known) if null else "", null_s, how,
               "" if event.name in PUT_IN else _nearer(difference_s, null_s, known.resolution_s),
               known.status, known.note, known.source)


def _null_instant(flight: Flight, ship: str, guess: Guess) -> Epoch | None:
    if guess.anchor == PLANE_OVER_PAD:
        anchor = _plane_over_pad(flight, ship)
    else:
        event = flight.event(guess.anchor, ship)
        anchor = event.epoch if event else None
    return anchor + guess.offset_s if anchor else None


def _plane_over_pad(flight: Flight, ship: str) -> Epoch | None:
    """From the flight's own study: the liftoff it chose, and how long after it the plane reaches the pad."""
    liftoff = flight.event("liftoff", ship)
    for leg in flight.legs:
        table = leg.studies.get("launch_window", {})
        if liftoff in leg.events and "plane_over_pad_s" in table:
            return liftoff.epoch + float(table["plane_over_pad_s"][0]) if liftoff else None
    return None


def _nearer(ours: float, null: float | None, resolution: float) -> str:
    """Whose distance from the flown value is smaller; what lies within the flown resolution counts as no distance."""
    if null is None:
        return ""
    mine, its = (max(0.0, abs(x) - resolution) for x in (ours, null))
    return "equal" if mine == its else "program" if mine < its else "null guess"


def _dv_row(flight: Flight, ship: str, match: Flown, flights: tuple[Flown, ...]) -> Row | None:
    event = flight.event("deorbit_burn_end", ship)
    ours = next((b["dv_m_s"] for b in burns(flight) if (b["ship"], b["burn"]) == (ship, "deorbit")), None)
    if event is None or ours is None or match.deorbit_dv_m_s is None:
        return None
    null = null_dv_m_s(flights, match)
    difference = ours - match.deorbit_dv_m_s
    null_difference = null[0] - match.deorbit_dv_m_s if null else None
    shown, how = (f"{null[0]:.1f} m/s", f"mean over returns to the same zone ({null[1]})") if null else ("", "")
    return Row(match.name, event.name, "Deorbit delta-v", event.epoch.iso(3), "m/s", f"{ours:.1f} m/s",
               f"{match.deorbit_dv_m_s:.1f} m/s", difference, DV_KNOWN_M_S, shown, null_difference, how,
               "", "planned", match.note, match.source)


def _place_row(flight: Flight, ship: str, match: Flown, flights: tuple[Flown, ...]) -> Row | None:
    landing = flight.event("landing", ship)
    spot = where(landing.facts) if landing else None
    if landing is None or spot is None or match.landing_deg is None:
        return None
    null = null_place(flights, match)
    away_m = _apart_m(spot, match.landing_deg)
    null_m = _apart_m((null[0], null[1]), match.landing_deg) if null else None
    shown, how = (place(null[0], null[1]), f"mean over returns to the same zone ({null[2]})") if null else ("", "")
    return Row(match.name, "landing", "Landing place", landing.epoch.iso(3), "m", place(*spot),
               place(*match.landing_deg), away_m, 0.0, shown, null_m, how, _nearer(away_m, null_m, 0.0),
               "flown", match.note, match.source)


def _apart_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance over a round Earth, metres (within 0.5 % of the ellipsoid's); degrees in."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(half))


# ---------------------------------------------------------------- words

def _instant(epoch: Epoch, known: Known) -> str:
    """To the second; with the day of the month when it is not the flown day."""
    same = utc_day(epoch) == utc_day(known.epoch)
    return utc_clock(epoch) if same else f"{utc_day(epoch)[8:]}. {utc_clock(epoch)}"


def _flown_instant(known: Known) -> str:
    return (known.epoch + 30.0).iso()[11:16] if known.resolution_s >= 60 else utc_clock(known.epoch)


def _shown(value: float, unit: str, resolution: float) -> str:
    """A difference with its unit, no finer than the flown value is known."""
    if unit == "m":
        return f"{value / 1000:.1f} km"
    if unit == "m/s":
        return f"{signed(value, 1)} m/s".replace("-", "\u2212")
    if abs(value) <= resolution and resolution >= 1.0:
        return "under 1 min" if resolution >= 60 else "under 1 s"
    sign = "" if abs(value) < 0.05 else "+" if value > 0 else "\u2212"
    if resolution >= 60:
        hours, minutes = divmod(round(abs(value) / 60), 60)
        return f"{sign}{hours} h {minutes:02d} min" if hours else f"{sign}{minutes} min"
    if abs(value) < 120:
        return f"{sign}{abs(value):.1f} s"
    return f"{sign}{elapsed(abs(value))}"


def comparison_as_data(comparison: Comparison) -> dict[str, Any]:
    """Plain data for ``--json``: the sentence, and each row's numbers with their units."""
    rows = [{"flight": r.flight, "event": r.event, "title": r.title, "unit": r.unit, "planned": r.planned,
             "as_flown": r.flown, "status": r.status, "difference": r.difference, "resolution": r.resolution,
             "null_guess": r.null or None, "null_difference": r.null_difference, "null_how": r.null_how or None,
             "nearer": r.nearer or None, "put_in": r.put_in or None, "note": r.note, "source": r.source}
            for r in comparison.rows]
    return {"sentence": comparison.sentence, "rows": rows}
