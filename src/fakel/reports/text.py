"""A flight as text for a terminal: timeline, comparison, budgets, verdicts, and where the files are."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from fakel.model.epoch import Epoch
from fakel.model.flight import Flight
from fakel.model.start import age_told
from fakel.model.verdict import Status, Verdict, urgency
from fakel.reports.budgets import budgets
from fakel.reports.clocks import elapsed, liftoff_of, local_clock, utc_clock, utc_day, zone_of, zone_title
from fakel.reports.compare import HEADERS, Comparison, compare
from fakel.reports.table import heading, table
from fakel.reports.timeline import Moment, moments, names

WIDTH = 116
EVENT_WIDTH, TITLE_WIDTH = 38, 36
AS_PLANNED = frozenset({"done", "guided"})
MARKS = {Status.FAIL: "FAIL", Status.UNKNOWN: "unknown", Status.PASS: "pass"}


def render(flight: Flight, verdicts: Iterable[Verdict], folder: str, width: int = WIDTH, reported: bool = True) -> str:
    """The whole report as text, no line longer than width unless a cell is. reported: report files were written."""
    lines = head_lines(flight, width)
    lines += heading("Timeline", width) + timeline_lines(flight, width)
    lines += heading("Planned and flown", width) + comparison_lines(compare(flight), width)
    lines += heading("Budgets", width) + budget_lines(flight, width)
    lines += heading("Flight rules", width) + verdict_lines(verdicts, width)
    lines += heading("Files", width) + file_lines(flight, folder, reported)
    return "\n".join(lines)


def head_lines(flight: Flight, width: int = WIDTH) -> list[str]:
    """Title, what flew it, how old its data are, and how it ended when that was not as planned."""
    made, start = flight.made_by, flight.mission.get("station_start")
    said = [str(made.get("program", "")), f"seed {flight.mission.get('seed', 0)}"]
    if errors := flight.mission.get("dispersions"):
        said.append(f"run {flight.mission.get('run', 0)}, flown with the errors {errors}")
    liftoff = liftoff_of(flight)
    if isinstance(start, Mapping) and start.get("epoch"):
        since = Epoch.utc(start["epoch"])
        first = liftoff or (flight.events[0].epoch if flight.events else since)
        age_h = (first - since) / 3600
        said.append(f"the station known from {since.iso()}, {abs(age_h):.1f} h {'before' if age_h >= 0 else 'after'} "
                    f"{'liftoff' if liftoff else 'the first event'}")
        if "line1" in start:
            said.append(age_told(abs(age_h) * 3600))
    data = made.get("data") or {}
    lines = [str(flight.mission.get("title") or flight.mission.get("id", "")),
             *textwrap.wrap("; ".join(part for part in said if part), width)]
    lines += [line for key, text in data.items() for line in textwrap.wrap(f"{key}: {text}", width)]
    if not flight.complete:
        lines.append("This flight is not complete: only its whole legs are told.")
    off = [f"{leg.step} ({leg.ending.replace('_', ' ')})" for leg in flight.legs if leg.ending not in AS_PLANNED]
    return lines + ([f"Not as planned: {', '.join(off)}."] if off else [])


# ---------------------------------------------------------------- timeline

def timeline_lines(flight: Flight, width: int = WIDTH) -> list[str]:
    """One table; a line with the date before the first event of each UTC day."""
    zone, told = zone_of(flight), named_once(together(moments(flight)), set(flight.mission.get("ships", {})))
    if not told:
        return ["Nothing happened." if flight.complete else "Nothing has happened yet."]
    head = ("UTC", zone_title(zone), "since liftoff", "event", "who and how much")
    rows = [_moment(m, zone) for m in told]
    used = [i for i in range(len(head)) if i > 2 or any(row[i] for row in rows)]   # no zone, no liftoff: no column
    lines = iter(table([head[i] for i in used], [[row[i] for i in used] for row in rows],
                       "".join("lrrll"[i] for i in used), width, caps={len(used) - 2: EVENT_WIDTH}))
    out, day = [next(lines), next(lines)], ""
    stamps = iter(told)
    for line in lines:
        if line[:8].strip():                    # not the second line of a wrapped row
            today = utc_day(next(stamps).epoch)
            out += [today] if today != day else []
            day = today
        out.append(line)
    return out


def _moment(moment: Moment, zone: ZoneInfo | None) -> tuple[str, ...]:
    met = "" if moment.met_s is None else elapsed(moment.met_s)
    who = "" if moment.event.name in ("task_start", "task_deferred") else moment.who
    return (utc_clock(moment.epoch), local_clock(moment.epoch, zone), met, moment.title,
            "; ".join(x for x in (who, moment.detail) if x))


def together(told: Iterable[Moment]) -> list[Moment]:
    """Moments of several people at one instant, with the same title and figures, become one; so do deferred tasks."""
    out: list[Moment] = []
    for moment in told:
        last = out[-1] if out else None
        same = last is not None and (last.epoch, last.event.name) == (moment.epoch, moment.event.name)
        if last and same and moment.event.name == "task_deferred":
            out[-1] = replace(last, detail=f"{last.detail}; {moment.detail}")
        elif last and same and (last.title, last.detail) == (moment.title, moment.detail):
            out[-1] = replace(last, who=f"{last.who}, {moment.who}")
        else:
            out.append(moment)
    return out


def named_once(told: list[Moment], ships: set[str]) -> list[Moment]:
    """A ship is named where it comes on stage, and again only after another one was."""
    out, last = [], ""
    for moment in told:
        ship = moment.event.subject
        out.append(replace(moment, who="") if ship == last else moment)
        last = ship if ship in ships else last
    return out


# ---------------------------------------------------------------- comparison

def comparison_lines(comparison: Comparison, width: int = WIDTH) -> list[str]:
    """The sentence, the table, and how many rows each side wins."""
    lines = [comparison.sentence]
    if not comparison.rows:
        return lines
    lines += ["", *table(HEADERS, [row.cells() for row in comparison.rows], "lrrrrrl", width)]
    judged = [row for row in comparison.rows if row.judged]
    count = {who: sum(row.nearer == who for row in judged) for who in ("program", "null guess", "equal")}
    worse = ", ".join(row.title for row in judged if row.nearer == "null guess")
    said = ("No value here has a null guess. " if not judged else
            f"Of {len(judged)} values with a null guess the program is nearer in {count['program']}, equal in "
            f"{count['equal']}, and the null guess is better in {count['null guess']}{': ' + worse if worse else ''}. "
            "The null guess is the mean of other flights, counted from this plan's own events. ")
    said += "Flown times without seconds are known to the minute."
    return [*lines, *(f"{mark:>2} {text}" for mark, text in comparison.footnotes()), "", *textwrap.wrap(said, width)]


# ---------------------------------------------------------------- budgets

def budget_lines(flight: Flight, width: int = WIDTH) -> list[str]:
    """Delta-v, propellant, oxygen and load."""
    told, cost = names(flight), budgets(flight)
    blocks = [_burn_lines(cost["burns"], told, width), _ship_lines(cost["ships"], told, width),
              _suit_lines(cost["suits"], told, width), _load_lines(cost)]
    lines: list[str] = []
    for block in blocks:
        if block:
            lines += [*([""] if lines else []), *block]
    return lines or ["Nothing was spent."]


def amount(value: float | None, decimals: int, unit: str = "") -> str:
    """A number with its unit, or ``unknown``."""
    return "unknown" if value is None else f"{value:z.{decimals}f}{' ' + unit if unit else ''}"


def _burn_lines(burns: list[dict[str, Any]], told: dict[str, str], width: int) -> list[str]:
    burns = [b for b in burns if b["dv_m_s"] is None or b["dv_m_s"] >= 0.005]      # not those that print as 0.00
    starts = [Epoch.utc(b["start_utc"]) for b in burns]
    rows = [(told.get(b["ship"], b["ship"]), b["phase"], b["burn"].replace("_", " "), utc_day(start), utc_clock(start),
             amount(b["duration_s"], 1) if b["duration_s"] != 0 else "impulse", amount(b["dv_m_s"], 2),
             amount(b["propellant_kg"], 1))
            for b, start in zip(burns, starts)]
    head = ("ship", "phase", "burn", "start", "UTC", "length, s", "delta-v, m/s", "propellant, kg")
    return table(head, rows, "lllllrrr", width) if rows else []


def _ship_lines(ships: dict[str, Any], told: dict[str, str], width: int) -> list[str]:
    rows = [(told.get(ship, ship), "" if row["dv_to_docking_m_s"] is None else amount(row["dv_to_docking_m_s"], 2),
             amount(row["dv_m_s"], 2), *(amount(row[f"propellant_{key}_kg"], 1) for key in ("loaded", "used", "left")))
            for ship, row in ships.items()]
    head = ("ship", "m/s to docking", "m/s in all", "propellant loaded, kg", "used, kg", "left, kg")
    return table(head, rows, "lrrrrr", width) if rows else []


def _suit_lines(suits: dict[str, Any], told: dict[str, str], width: int) -> list[str]:
    rows = [(told.get(who, who), str(row["suit"] or ""),
             *(amount(row[f"oxygen_{key}_kg"], 3) for key in ("full", "used", "left"))) for who, row in suits.items()]
    return table(("outside", "suit", "oxygen, kg", "used, kg", "left, kg"), rows, "llrrr", width) if rows else []


def _load_lines(cost: dict[str, Any]) -> list[str]:
    words = (("peak_up_g", "Highest load on the way up"), ("peak_down_g", "Highest load in the entry"),
             ("peak_parachute_g", "Highest load under the parachute"))
    lines = [f"{text}: {amount(cost['load'][key], 2, 'g')}" for key, text in words if cost["load"][key] is not None]
    left = cost["rocket"]["propellant_left_kg"]
    if left is not None:
        lines.append(f"Propellant left in the rocket at insertion: {amount(left, 0, 'kg')}")
    return lines


# ---------------------------------------------------------------- rules, files

def verdict_lines(verdicts: Iterable[Verdict], width: int = WIDTH) -> list[str]:
    """Failed rules first, then unknown ones, then those kept, by smallest margin against the limit; and a count."""
    ordered = sorted(verdicts, key=urgency)
    if not ordered:
        return ["No flight rule was judged."]
    rows = [(MARKS[v.status], v.rule, v.title, "" if v.margin is None else f"{v.margin:.4g}", v.message)
            for v in ordered]
    count = {status: sum(v.status is status for v in ordered) for status in Status}
    return [*table(("", "rule", "", "margin", "value"), rows, "lllrl", width, caps={2: TITLE_WIDTH}), "",
            f"{len(ordered)} rules: {count[Status.FAIL]} failed, {count[Status.UNKNOWN]} unknown, "
            f"{count[Status.PASS]} kept."]


def file_lines(flight: Flight, folder: str, reported: bool = True) -> list[str]:
    """Where the flight is and what lies in it; reported: with the files that reports write."""
    craft = sorted({arc.craft for leg in flight.legs for arc in leg.arcs})
    kept = (("flight.json", "mission, events, verdicts, budgets"), ("legs/", "arcs, channels and studies of each leg"))
    rows: Sequence[tuple[str, str]] = () if not reported else (
        ("report.html", "the report with pictures"), ("events.csv", "every event"), ("plan.ics", "for a calendar"),
        *((f"{name}.oem", f"CCSDS ephemeris of {names(flight).get(name, name)}") for name in craft))
    return [folder, *table(("", ""), (*kept, *rows), indent=2)]
