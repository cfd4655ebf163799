"""What it is worth: beside what was flown, budgets, rules, data and method."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from fakel.model.epoch import Epoch
from fakel.model.verdict import Status, Verdict, urgency
from fakel.reports import words
from fakel.reports.budgets import budgets
from fakel.reports.charts.axis import clock, day
from fakel.reports.compare import FOOTNOTES, PUT_IN_MARK, Row, compare
from fakel.reports.reading import Reading
from fakel.reports.sections.section import Cell, Section, Table, heads, n
from fakel.reports.svg import Svg, number


def comparison(reading: Reading) -> Section | None:
    """Planned here, flown, and the null guess."""
    found = compare(reading.flight)
    if not found.rows:
        return None
    rows, date = [], ""
    for row in found.rows:
        today = day(Epoch.utc(row.utc))
        rows.append(
            (
                Cell(today if today != date else "", "day"),
                Cell(row.title, "", "" if row.status == "flown" else row.status),
                n(row.planned_text),
                n(row.flown),
                n(row.difference_text, "strong"),
                Cell("", "strip opt", strip(row)),
                n(row.null or "–", "dim opt"),
                n(row.null_difference_text, "dim opt"),
                Cell(
                    {"null better": "null guess"}.get(row.verdict, row.verdict),
                    "worse" if row.nearer == "null guess" else "dim",
                ),
            )
        )
        date = today
    lead = (
        f"{found.sentence} Difference is planned here minus flown. The null guess is what the mean of other flights "
        "says, counted from this plan's own earlier events; where it is nearer than the program, the row says so. "
        + " ".join(
            f"{mark[:1].upper()}{mark[1:]}: {text}."
            for mark, text in FOOTNOTES.items()
            if any(r.status == mark for r in found.rows)
        )
        + "".join(f" {PUT_IN_MARK}: {text}." for mark, text in found.footnotes() if mark == PUT_IN_MARK)
    )
    table = Table(
        (
            *heads(found.rows[0].utc[:4], "event", "planned here>", "flown>", "difference>"),
            Cell("early | late, to 1 h", "strip opt"),
            *heads("null guess>?", "its difference>?", "nearer"),
        ),
        tuple(rows),
        "planned and flown",
        "pf",
    )
    return Section("flown", "Planned and flown", lead, (table,))


def strip(row: Row) -> str:
    """A small picture: dot, planned here; cross, null guess; the flown time in the middle, logarithmic to an hour."""
    if row.unit != "s":
        return ""
    pen = Svg(
        160,
        18,
        f"{row.title}: {row.difference_text}" + (f", null guess {row.null_difference_text}" if row.null else ""),
    )
    pen.line(0, 9, 160, 9, "grid")
    known = 76 * _signed_log(row.resolution)
    if row.resolution >= 1.0:
        pen.rect(80 - known, 5, 2 * known, 8, "band", title="as finely as the flown time is known")
    ours = 80 + _signed_log(row.difference) * 76
    pen.line(80, 9, ours, 9, "dl")
    pen.line(80, 3, 80, 15, "axis0")
    if row.null_difference is not None:
        pen.cross(80 + _signed_log(row.null_difference) * 76, 9, "cross")
    pen.circle(ours, 9, 4, "ship-f")
    return str(pen)


def _signed_log(seconds: float) -> float:
    """-1 to 1 for an hour early to an hour late; a second is a hardly visible step."""
    size = min(math.log10(1 + abs(seconds)) / math.log10(3601), 1.0)
    return math.copysign(size, seconds)


# ---------------------------------------------------------------- budgets


def costs(reading: Reading) -> Section | None:
    cost = budgets(reading.flight)
    tables = [
        *_dv(reading, cost["ships"]),
        *_propellant(reading, cost["ships"]),
        *_oxygen(reading, cost["suits"]),
        *_loads(cost),
    ]
    return (
        Section("budgets", "Budgets", "A dash is a number that the flight does not tell.", tuple(tables), "pairs")
        if tables
        else None
    )


def _dv(reading: Reading, ships: Mapping[str, Any]) -> list[Table]:
    rows: list[tuple[Cell, ...]] = []
    for ship, row in ships.items():
        phases = list(row["dv_by_phase_m_s"].items())
        rows += [
            (Cell(reading.name(ship) if i == 0 else ""), Cell(words.phase(phase)), n(_known(dv, 2)))
            for i, (phase, dv) in enumerate(phases)
        ]
        if len(phases) > 1:
            rows.append((Cell("", "sum"), Cell("all", "sum"), n(_known(row["dv_m_s"], 2), "sum")))
    return [Table(heads("delta-v", "phase", "m/s>"), tuple(rows), "delta-v by ship and phase")] if rows else []


def _propellant(reading: Reading, ships: Mapping[str, Any]) -> list[Table]:
    keys = ("propellant_loaded_kg", "propellant_used_kg", "propellant_left_kg")
    rows = tuple((Cell(reading.name(ship)), *(n(_known(row[key], 1)) for key in keys)) for ship, row in ships.items())
    return [Table(heads("propellant", "loaded, kg>", "used, kg>", "left, kg>"), rows, "propellant")] if rows else []


def _oxygen(reading: Reading, suits: Mapping[str, Any]) -> list[Table]:
    keys = ("oxygen_full_kg", "oxygen_used_kg", "oxygen_left_kg")
    rows = tuple((Cell(reading.name(who)), *(n(_known(row[key], 3)) for key in keys)) for who, row in suits.items())
    return (
        [Table(heads("suit's oxygen", "full, kg>", "used, kg>", "left, kg>"), rows, "oxygen of the suits")]
        if rows
        else []
    )


def _loads(cost: Mapping[str, Any]) -> list[Table]:
    told = (
        ("peak_up_g", "greatest load on the way up"),
        ("peak_down_g", "in the entry"),
        ("peak_parachute_g", "under the parachute"),
    )
    rows = [
        (Cell(text), n(f"{number(cost['load'][key], 2)} g")) for key, text in told if cost["load"].get(key) is not None
    ]
    left = cost["rocket"]["propellant_left_kg"]
    rows += [(Cell("propellant left in the rocket"), n(f"{number(left)} kg"))] if left is not None else []
    return [Table(heads("loads and rocket", "value>"), tuple(rows), "loads")] if rows else []


def _known(value: float | None, digits: int) -> str:
    return "–" if value is None else number(value, digits)


# ---------------------------------------------------------------- rules


def rules(reading: Reading) -> Section | None:
    if not reading.verdicts:
        return None
    ordered = sorted(reading.verdicts, key=urgency)
    rows = tuple(
        (
            Cell(v.status.value, f"chip {v.status.value}"),
            Cell(v.title, "", _evidence(v)),
            n(_value(v), "strong"),
            n(_limit(v)),
            n(_margin(v), "opt"),
            Cell(v.source, "source opt"),
        )
        for v in ordered
    )
    lead = (
        f"{len(ordered)} rules were judged from the flight alone: failed first, then unknown, then passed by smallest "
        "margin. What cannot be judged for want of data is unknown, never passed."
    )
    return Section(
        "rules",
        "Flight rules",
        lead,
        (
            Table(
                heads("verdict", "rule and evidence", "value>", "limit>", "margin>?", "source?"),
                rows,
                "flight rules",
                "rules",
            ),
        ),
    )


def _evidence(verdict: Verdict) -> str:
    parts = [
        verdict.rule,
        "" if asked(verdict) else verdict.message,
        verdict.evidence if verdict.evidence != verdict.message else "",
    ]
    if verdict.instead_of:
        parts.append(f"sources differ: {verdict.instead_of}")
    if verdict.window is not None and verdict.window.duration_s > 0:
        parts.append(f"{clock(verdict.window.start, True)} to {clock(verdict.window.stop, True)} UTC")
    return " · ".join(p for p in parts if p)


def asked(verdict: Verdict) -> str:
    """``at least 30 min`` from a message like ``41 min; the rule says at least 30 min``; empty for other messages."""
    return verdict.message.partition("; the rule says ")[2]


def _amount(value: float | None, unit: str) -> str:
    if value is None or not math.isfinite(value):
        return "–"
    size = abs(value)
    digits = 0 if size >= 1000 or float(value).is_integer() else 1 if size >= 100 else 2 if size >= 1 else 3
    return f"{number(value, digits)} {unit}".strip()


def _value(verdict: Verdict) -> str:
    return _amount(verdict.value, verdict.unit)


def _limit(verdict: Verdict) -> str:
    if asked(verdict):
        return asked(verdict)
    return (
        _amount(verdict.limit, verdict.unit)
        if verdict.limit is not None
        else "not public"
        if verdict.status is Status.UNKNOWN
        else "–"
    )


def _margin(verdict: Verdict) -> str:
    if verdict.margin is None:
        return "–"
    text = _amount(verdict.margin, verdict.unit)
    return f"+{text}" if verdict.margin > 0 else text


# ---------------------------------------------------------------- data and method


def data(reading: Reading) -> Section | None:
    made = reading.flight.made_by
    rows = [(Cell("program"), Cell(str(made["program"])))] if made.get("program") else []
    rows += [(Cell("Python"), Cell(str(made["python"])))] if made.get("python") else []
    libraries = made.get("libraries") or {}
    rows += [(Cell("libraries"), Cell(", ".join(f"{k} {v}" for k, v in libraries.items())))] if libraries else []
    rows += [(Cell(str(k).replace("_", " ")), Cell(_told(v))) for k, v in (made.get("data") or {}).items()]
    start = reading.mission.get("station_start") or {}
    if start.get("epoch"):
        rows.append((Cell("station known at"), Cell(str(start["epoch"]).replace("T", " ").replace("Z", " UTC"))))
    if start.get("source"):
        rows.append((Cell("station from"), Cell(str(start["source"]))))
    if "seed" in reading.mission:
        rows.append((Cell("seed, run"), Cell(f"{reading.mission['seed']}, {reading.mission.get('run', 0)}")))
    return (
        Section(
            "data",
            "Data and versions",
            "The same program, data and mission file give the same flight.",
            (Table(heads("what", "which"), tuple(rows), "data and versions", "plain"),),
        )
        if rows
        else None
    )


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{str(k).replace('_', ' ')} {_told(v)}" for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_told(v) for v in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
