"""The page's head: what flew, who, when, and the verdict in a line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fakel.model.epoch import Epoch
from fakel.model.verdict import Status
from fakel.reports import words
from fakel.reports.budgets import budgets
from fakel.reports.charts.axis import MONTHS
from fakel.reports.reading import STATION, Reading


@dataclass(frozen=True, slots=True)
class Head:
    """Title and lines beneath it; facts: (label, value) pairs; crews: (ship, what it does, people)."""

    title: str
    dates: str
    story: str
    crews: tuple[tuple[str, str, str], ...]
    facts: tuple[tuple[str, str], ...]
    warning: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The verdict in a line, how many rules passed, failed and are unknown, and the flight's key figures."""

    line: str
    below: str
    passed: int
    failed: int
    unknown: int
    figures: tuple[tuple[str, str, str], ...]


def head(reading: Reading) -> Head:
    mission = reading.mission
    facts = [("flown by", str(reading.flight.made_by.get("program", "")))]
    if mission.get("id"):
        facts.append(("mission", f"{mission['id']}, seed {mission.get('seed', 0)}"))
    if (age := element_age_s(reading)) is not None:
        facts.append(("element set", f"{words.duration(abs(age))} old at liftoff"))
    warning = (
        ""
        if reading.flight.complete
        else "This flight was not flown to its end: what follows is as much of it as exists."
    )
    return Head(
        str(mission.get("title") or mission.get("id") or "A flight"),
        _dates(reading),
        story(reading),
        _crews(reading),
        tuple(f for f in facts if f[1]),
        warning,
    )


def element_age_s(reading: Reading) -> float | None:
    """Age of the station's start at liftoff."""
    epoch = (reading.mission.get("station_start") or {}).get("epoch")
    if reading.liftoff is None or not isinstance(epoch, str):
        return None
    return reading.liftoff - Epoch.utc(epoch)


def _dates(reading: Reading) -> str:
    epochs = [e.epoch for e in reading.events]
    if not epochs:
        return ""
    first, last = epochs[0].day, epochs[-1].day
    start = (
        f"{first.day}"
        if (first.year, first.month) == (last.year, last.month)
        else f"{first.day} {MONTHS[first.month - 1]}"
    )
    stop = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    return stop if first == last else f"{start} to {stop}"


def _crews(reading: Reading) -> tuple[tuple[str, str, str], ...]:
    up, down = (
        reading.ship("ascent", "phasing", "rendezvous", "docking"),
        reading.ship("undocking", "deorbit", "entry", "landing"),
    )
    ships = reading.mission.get("ships") or {}
    rows = []
    for ship, data in ships.items():
        does = (
            "goes up and comes down"
            if ship == up == down
            else "goes up"
            if ship == up
            else "comes down"
            if ship == down
            else "stays docked"
        )
        crew = [reading.name(p) for p in data.get("crew", ())]
        if crew or ship in (up, down):
            rows.append((reading.name(ship), does, words.listing(crew)))
    named = {p for data in ships.values() for p in data.get("crew", ())}
    others = [reading.name(p) for p in reading.mission.get("people") or {} if p not in named]
    if others:
        rows.append((reading.name(STATION)[:1].upper() + reading.name(STATION)[1:], "aboard", words.listing(others)))
    order = {"goes up": 0, "goes up and comes down": 0, "stays docked": 1, "comes down": 2}
    return tuple(sorted(rows, key=lambda row: order.get(row[1], 1)))


# ---------------------------------------------------------------- the story of what is carried


def story(reading: Reading) -> str:
    """One sentence for each carried item, from the ledger."""
    items = {t.item for t in reading.flight.transfers} & set(
        reading.mission.get("items") or {t.item for t in reading.flight.transfers}
    )
    return " ".join(_item_story(reading, item) for item in sorted(items))


def _item_story(reading: Reading, item: str) -> str:
    found = [t for t in reading.flight.transfers if t.item == item]
    data = (reading.mission.get("items") or {}).get(item, {})
    lit = "flame" in (data.get("hazards") or ())
    what = str(data.get("name", reading.name(item)))
    parts = []
    up, down = reading.ship("ascent"), reading.ship("entry", "landing", "deorbit")
    first = found[0].giver
    if up and first == up:
        parts.append(f"goes up in {reading.name(up)}")
    outside = outside_s(reading, item)
    if outside:
        people = list(
            dict.fromkeys(p for t in found for p in (t.giver, t.taker) if p in (reading.mission.get("people") or {}))
        )
        parts.append(
            f"is outside for {words.duration(outside)} in the hands of "
            f"{words.listing([reading.surname(p) for p in people])}"
            if people
            else f"is outside for {words.duration(outside)}"
        )
    landing = reading.first("landing")
    if landing and down and any(t.taker == down for t in found):
        parts.append(f"lands in {reading.name(down)}")
    count = f"{len(found)} change{'s' if len(found) != 1 else ''} of hands"
    told = f"{words.listing(parts)}: {count}" if parts else f"has {count}"
    return f"{what}, {'lit' if lit else 'unlit'}, {told}."


def outside_s(reading: Reading, item: str) -> float:
    """How long an item was outside, from out and in events."""
    total, since = 0.0, None
    for event in reading.events:
        if event.subject == item and event.name in ("torch_out", "item_out"):
            since = event.epoch
        elif event.subject == item and event.name in ("torch_in", "item_in") and since is not None:
            total, since = total + (event.epoch - since), None
    return total


# ---------------------------------------------------------------- the verdict


def summary(reading: Reading) -> Summary | None:
    """None when no rule was judged and the flight has no key figure."""
    count = Counter(v.status for v in reading.verdicts)
    failed, unknown = count[Status.FAIL], count[Status.UNKNOWN]
    if failed:
        line = f"{failed} rule{'s' if failed > 1 else ''} failed"
        below = "; ".join(v.title for v in reading.verdicts if v.status is Status.FAIL)
    elif count[Status.PASS]:
        line, below = (
            "No rule failed",
            f"{unknown} could not be judged: data is missing." if unknown else "Every rule could be judged.",
        )
    else:
        line, below = ("No rule could be judged", "") if reading.verdicts else ("Not judged", "")
    figures = tuple(f for f in _figures(reading) if f[1])
    if not reading.verdicts and not figures:
        return None
    return Summary(line, below, count[Status.PASS], failed, unknown, figures)


def _figures(reading: Reading) -> list[tuple[str, str, str]]:
    docking, opened, closed = (
        reading.first("docking_contact"),
        reading.first("hatch_open", "eva"),
        reading.first("hatch_closed", "eva"),
    )
    found = [
        (
            "liftoff to contact",
            words.duration(docking.epoch - reading.liftoff) if docking and reading.liftoff else "",
            "",
        )
    ]
    cost = budgets(reading.flight)
    to_dock = [row["dv_to_docking_m_s"] for row in cost["ships"].values() if row["dv_to_docking_m_s"] is not None]
    found.append(("to the port", f"{words.number(to_dock[0], 1)} m/s" if to_dock else "", ""))
    found.append(("hatch open", words.duration(closed.epoch - opened.epoch) if opened and closed else "", ""))
    for item in reading.mission.get("items") or {}:
        outside = outside_s(reading, item)
        found.append(
            (
                f"{reading.name(item)} outside"
                if len(reading.mission["items"]) > 1
                else "torch outside"
                if "torch" in item
                else f"{reading.name(item)} outside",
                words.duration(outside) if outside else "",
                "torch-t",
            )
        )
    peak = cost["load"]["peak_down_g"]
    found.append(("peak load on entry", f"{words.number(peak, 1)} g" if peak is not None else "", ""))
    landing = reading.first("landing")
    miss = (
        next((float(landing.facts[k]) for k in ("from_zone_m", "miss_m") if k in landing.facts), None)
        if landing
        else None
    )
    found.append(("from the aim point", f"{words.number(miss / 1000, 1)} km" if miss is not None else "", ""))
    return found
