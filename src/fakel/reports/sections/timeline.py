"""Timeline: the whole visit as a strip, and every event on three clocks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fakel.model.flight import Event, Leg
from fakel.reports import words
from fakel.reports.charts.axis import Utc, clock, day
from fakel.reports.charts.bars import Bar, Row, bars
from fakel.reports.charts.panels import Mark
from fakel.reports.clocks import local_clock, zone_title
from fakel.reports.reading import STATION, Reading
from fakel.reports.sections.ground import where
from fakel.reports.sections.light import flag_bars
from fakel.reports.sections.section import Cell, Figure, Section, Table, figure, n

STRONG = frozenset(
    {
        "liftoff",
        "insertion",
        "docking_contact",
        "hatch_open",
        "hatch_closed",
        "undocking",
        "deorbit_burn_start",
        "landing",
    }
)
QUIET = frozenset({"phase_end", "task_start", "task_end", "burn_end", "separation_burn_end"})
"""Told in the sections of their own; as rows they would drown the rest."""


def section(reading: Reading) -> Section | None:
    told = _told(reading)
    if not told:
        return None
    blocks: list[Figure | Table] = []
    strip = _strip(reading)
    if strip:
        blocks.append(strip)
    blocks.append(_table(reading, told))
    lead = "Mission time (MET) counts from liftoff." if reading.liftoff else ""
    lead += f" {zone_title(reading.zone)} time with +1 is on the day after." if reading.zone else ""
    return Section("timeline", "Timeline", lead.strip(), tuple(blocks))


def _told(reading: Reading) -> list[Event]:
    """Events worth a row: a burn once, where it begins; people who move together once."""
    told: list[Event] = []
    for event in reading.events:
        if event.name in QUIET or _named_twice(reading, event):
            continue
        together = [
            e
            for e in told
            if e.name == event.name == "crew_transfer"
            and e.epoch == event.epoch
            and e.facts.get("to") == event.facts.get("to")
        ]
        if together:
            first = together[0]
            told[told.index(first)] = replace(
                first, facts={**first.facts, "people": [*first.facts["people"], event.subject]}
            )
        else:
            told.append(replace(event, facts={**event.facts, "people": [event.subject]}))
    return told


def _named_twice(reading: Reading, event: Event) -> bool:
    """A burn that another event at the same instant stands for, or one too small to tell."""
    if event.name != "burn_start":
        return False
    small = isinstance(dv := event.facts.get("dv_m_s"), (int, float)) and dv < 0.05
    return small or any(
        e.epoch == event.epoch and e.name.endswith("_start") and e.name != "burn_start" for e in reading.of(event.phase)
    )


def _strip(reading: Reading) -> Figure | None:
    legs = [leg for leg in reading.flight.legs if leg.after.epoch > leg.before.epoch]
    if not legs:
        return None
    first = reading.liftoff or legs[0].before.epoch
    low, high = reading.t(min(first, legs[0].after.epoch)), reading.t(max(leg.after.epoch for leg in legs))
    pad = 0.004 * (high - low)
    axis = Utc(reading.zero, low - pad, high + pad)
    rows = [Row("phases", tuple(bar for leg in legs for bar in _leg_bars(reading, leg, low)), height=22)]
    rows += _crew_rows(reading)
    lit = reading.series("station.sunlit")
    if len(lit):
        rows.append(Row("station in light", (Bar(low, high, "nite"), *flag_bars(lit, "sun", low, high)), height=8))
    label = "The whole visit on one time axis: its phases, who is aboard, and sunlight on the station"
    names = {
        "liftoff": "liftoff",
        "docking_contact": "docking",
        "torch_handover": "torch hand-over",
        "undocking": "undocking",
        "landing": "landing",
    }
    marks = [Mark(reading.t(e.epoch), names[e.name], clock(e.epoch)) for e in reading.events if e.name in names]
    return figure(lambda w: bars(w, label, axis, rows, marks))


def _leg_bars(reading: Reading, leg: Leg, low: float) -> list[Bar]:
    """A leg from its first event on; before it, a spacewalk's or an undocking's leg is still time aboard."""
    start, stop = max(reading.t(leg.before.epoch), low), reading.t(leg.after.epoch)
    first = min((reading.t(e.epoch) for e in leg.events), default=start)
    name = words.phase(leg.phase)

    def bar(a: float, b: float, css: str, text: str) -> Bar:
        return Bar(a, b, css, text, f"{text}: {clock(reading.zero + a)} to {clock(reading.zero + b)} UTC")

    if leg.phase == "stay":
        return [bar(start, stop, "seg2", name)]
    if leg.phase in ("eva", "undocking") and first - start > 600.0:
        return [bar(start, first, "seg2", words.phase("stay")), bar(first, stop, "seg", name)]
    return [bar(start, stop, "seg", name)]


def _crew_rows(reading: Reading) -> list[Row]:
    """When each visiting ship is docked or flying."""
    rows = []
    for ship in reading.mission.get("ships") or {}:
        pieces = []
        for leg in reading.flight.legs:
            start, stop = reading.t(leg.before.epoch), reading.t(leg.after.epoch)
            arc = next((a for a in leg.arcs if a.craft == ship), None)
            before, after = leg.before.joined.get(ship), leg.after.joined.get(ship)
            alone = (reading.t(arc.start), reading.t(arc.stop)) if arc and not (before and after) else (stop, stop)
            contact = next(
                (reading.t(e.epoch) for e in leg.events if e.name == "docking_contact" and e.subject == ship), alone[1]
            )
            if before:
                pieces.append(Bar(start, alone[0], "docked", "", f"docked to {reading.name(before)}"))
            if arc and alone[1] > alone[0]:
                pieces.append(Bar(alone[0], min(contact, alone[1]), "flying", "", "flies alone"))
            if after and not before:
                pieces.append(Bar(min(contact, alone[1]), stop, "docked", "", f"docked to {reading.name(after)}"))
        if any(p.css == "flying" for p in pieces):
            rows.append(Row(reading.name(ship), tuple(pieces), height=12, css="ship-t"))
    return rows


def _table(reading: Reading, told: list[Event]) -> Table:
    has_local = reading.zone is not None
    has_met = reading.liftoff is not None
    heads = [Cell(str(reading.zero.day.year)), Cell("UTC", "n")]
    heads += [Cell("MET, d/h:m:s", "n opt")] if has_met else []
    heads += [Cell(zone_title(reading.zone), "n opt")] if has_local else []
    heads += [Cell("event"), Cell("fact", "n")]
    rows: list[tuple[Cell, ...]] = []
    phase, date = "", ""
    for event in told:
        if event.phase != phase:
            phase, rows = event.phase, rows + [(Cell(words.phase(event.phase)),)]
            date = ""
        today = day(event.epoch)
        row = [Cell(today if today != date else "", "day"), n(clock(event.epoch, True))]
        date = today
        row += [n(words.met(reading.met_s(event.epoch) or 0.0), "dim opt")] if has_met else []
        row += [n(_local(event, reading), "dim opt")] if has_local else []
        look = (
            "torch-t strong"
            if "torch" in event.name or event.name.startswith("item_")
            else "strong"
            if event.name in STRONG
            else ""
        )
        row += [Cell(_what(reading, event), look), n(_fact(reading, event), "dim")]
        rows.append(tuple(row))
    return Table(tuple(heads), tuple(rows), "every event", "tl")


def _local(event: Event, reading: Reading) -> str:
    text = local_clock(event.epoch, reading.zone)
    return text[:5] + text[8:]


def _what(reading: Reading, event: Event) -> str:
    facts = event.facts
    name = words.event(event.name)
    if event.name in ("burn_start", "burn_end", "burn_missed", "burn_short", "burn_inhibited"):
        burn = str(facts.get("burn") or facts.get("name") or "").strip()
        plain = f"{name} {burn}" if len(burn) <= 4 else burn[:1].upper() + burn[1:]
        return plain if burn else name
    if event.name == "crew_transfer":
        return f"{words.listing([reading.name(p) for p in facts['people']])} to {reading.name(facts.get('to', '?'))}"
    if (
        event.name in ("torch_out", "torch_in", "torch_handover", "item_out", "item_in", "item_handover")
        and "taker" in facts
    ):
        return f"{name}: {_short(reading, facts['giver'])} to {_short(reading, facts['taker'])}"
    if event.name == "task_deferred":
        return f"Task deferred: {facts.get('title', event.subject)}"
    if event.name in ("docking_contact", "undocking", "liftoff", "insertion", "landing"):
        port = f", {reading.name(facts['port'])}" if "port" in facts else ""
        return f"{name}, {reading.name(event.subject)}{port}"
    if event.name in ("hatch_open", "hatch_closed", "depress_start", "repress_start", "repress_end"):
        return f"{name}, {reading.name(event.subject)}" if event.name.startswith("hatch") else name
    return name


def _short(reading: Reading, who: str) -> str:
    return reading.surname(who) if who in (reading.mission.get("people") or {}) else reading.name(who)


FACTS = {
    "insertion": ("height_min_m", "height_max_m"),
    "liftoff": (),
    "max_q": ("q_pa",),
    "max_g": ("load_g",),
    "landing": ("from_zone_m",),
    "docking_contact": ("closing_rate_m_s",),
    "hatch_closed": ("outside_s",),
    "burn_start": ("dv_m_s",),
    "undocking": ("spring_m_s",),
    "max_heating": ("heat_w_m2",),
    "deorbit_burn_start": ("dv_m_s",),
    "deorbit_burn_end": ("duration_s",),
    "plasma_start": ("altitude_m", "height_m"),
    "crew_transfer": (),
}
"""Which fact of an event stands in its row; others show the first of altitude and range."""
USUAL = ("dv_m_s", "altitude_m", "height_m", "range_m")


def _fact(reading: Reading, event: Event) -> str:
    facts = event.facts
    if event.name == "insertion" and "height_min_m" in facts and "height_max_m" in facts:
        return f"{words.number(facts['height_min_m'] / 1000)} × {words.number(facts['height_max_m'] / 1000)} km"
    if "latitude_deg" in facts and "longitude_deg" in facts and event.name == "landing":
        return words.place(facts["latitude_deg"], facts["longitude_deg"])
    if event.name in ("torch_out", "torch_handover", "torch_in"):
        spot = where(reading, STATION, event.epoch)
        return words.place(*spot, 1) if spot else ""
    for key in FACTS.get(event.name, USUAL):
        value = facts.get(key)
        if isinstance(value, (int, float)) and np.isfinite(value):
            return words.quantity(key, float(value))
    return ""
