"""Spacewalks: tasks per person with light and links, suits, where it was over the Earth, why the hatch opened then."""

from __future__ import annotations

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import Event, Leg
from fakel.reports import words
from fakel.reports.charts.axis import Utc, clock
from fakel.reports.charts.bars import Bar, Row, bars
from fakel.reports.charts.panels import Line, Mark, Panel, panels
from fakel.reports.charts.world import Spot, world_map
from fakel.reports.reading import STATION, Reading, Series
from fakel.reports.sections.ground import network_spots, track, where
from fakel.reports.sections.light import rows_for
from fakel.reports.sections.section import Cell, Figure, Section, Table, figure, heads, n
from fakel.reports.sections.walk_margins import margin_table, words_of
from fakel.reports.svg import number

CSS = ("ev1", "ev2", "ship", "station")


def sections(reading: Reading) -> list[Section]:
    """One section for each walk that was flown."""
    legs = reading.legs("eva")
    out = []
    for i, leg in enumerate(legs):
        found = _section(reading, leg, f"walk{i + 1}" if len(legs) > 1 else "walk")
        out += [found] if found else []
    return out


def _section(reading: Reading, leg: Leg, key: str) -> Section | None:
    opened, closed = _event(leg, "hatch_open"), _event(leg, "hatch_closed")
    if opened is None:
        return None
    people = [str(p) for p in opened.facts.get("walkers", ())] or sorted(
        {p for e in leg.events for p in e.facts.get("who", ())}
    )
    stop = closed.epoch if closed else leg.after.epoch
    low, high = reading.t(opened.epoch) - 1500.0, reading.t(stop) + 900.0
    tasks = _tasks(leg)
    blocks: list[Figure | Table] = [_gantt(reading, leg, people, tasks, (low, high))]
    blocks += _suits(reading, leg, people, (low, high), [e for e in (opened, closed) if e])
    blocks += _map(reading, leg, key, reading.t(opened.epoch), reading.t(stop))
    blocks += _choice(reading, leg)
    blocks += _suit_table(reading, leg) + margin_table(reading, leg) + _task_table(reading, tasks)
    who = words.listing([reading.name(p) for p in people])
    lead = (
        f"{who} leave through {reading.name(opened.subject)}: hatch open at {clock(opened.epoch, True)} UTC"
        if who
        else ""
    )
    if closed and lead:
        lead += f", closed at {clock(closed.epoch, True)}, {words.duration(closed.epoch - opened.epoch)} later"
    told = " ".join(text for text in (f"{lead}." if lead else "", words_of(leg)) if text)
    return Section(key, "Spacewalk", told, tuple(blocks))


def _event(leg: Leg, name: str) -> Event | None:
    return next((e for e in sorted(leg.events, key=lambda e: e.epoch) if e.name == name), None)


def _tasks(leg: Leg) -> list[tuple[Event, Epoch]]:
    """Start event and end of each task, in order."""
    ends = {e.subject: e.epoch for e in leg.events if e.name == "task_end"}
    starts = sorted((e for e in leg.events if e.name == "task_start"), key=lambda e: e.epoch)
    return [(e, ends.get(e.subject, e.epoch)) for e in starts]


def _gantt(
    reading: Reading, leg: Leg, people: list[str], tasks: list[tuple[Event, Epoch]], span: tuple[float, float]
) -> Figure:
    rows = rows_for(reading, *span)
    for i, person in enumerate(people):
        css = CSS[i % len(CSS)]
        found = []
        for k, (event, stop) in enumerate(tasks):
            if person in event.facts.get("who", ()):
                title = str(event.facts.get("title", event.subject))
                told = f"{k + 1}. {title}, {clock(event.epoch)} to {clock(stop)} UTC"
                found.append(Bar(reading.t(event.epoch), reading.t(stop), f"task {css}-b", title, told, str(k + 1)))
        rows.append(Row(reading.surname(person), tuple(found), f"EV{i + 1}", 22, f"b {css}-t"))
    rows += _held(reading, leg)
    shown = [e for e in leg.events if e.name in ("hatch_open", "hatch_closed", "torch_handover", "item_handover")]
    marks = [
        Mark(
            reading.t(e.epoch),
            {"hatch_open": "hatch open", "hatch_closed": "hatch closed"}.get(e.name, "hand-over"),
            clock(e.epoch),
        )
        for e in shown
    ]
    axis = Utc(reading.zero, *span)
    label = "Light, links and the tasks of each walker on one time axis"
    return figure(
        lambda w: bars(w, label, axis, rows, marks),
        "Numbers are those of the task table below. Television wants light and a relay.",
    )


def _held(reading: Reading, leg: Leg) -> list[Row]:
    """A row for each item that walkers hold: the one solid bar."""
    people = reading.mission.get("people") or {}
    rows = []
    for item in sorted({t.item for t in leg.transfers}):
        found, given = [], sorted((t for t in leg.transfers if t.item == item), key=lambda t: t.epoch)
        for now, later in zip(given, [*given[1:], None], strict=True):
            if now.taker in people:
                stop = later.epoch if later else leg.after.epoch
                found.append(
                    Bar(
                        reading.t(now.epoch),
                        reading.t(stop),
                        "torchbar",
                        reading.surname(now.taker),
                        f"{reading.name(now.taker)} holds it from {clock(now.epoch)} to {clock(stop)} UTC",
                        reading.surname(now.taker)[:1],
                    )
                )
        if found:
            minutes = sum(b.stop - b.start for b in found)
            rows.append(
                Row(
                    "torch outside" if "torch" in item else reading.name(item),
                    tuple(found),
                    words.duration(minutes),
                    22,
                    "torch-t",
                )
            )
    return rows


def _suits(
    reading: Reading, leg: Leg, people: list[str], span: tuple[float, float], events: list[Event]
) -> list[Figure]:
    shown = []
    for name, title, unit in (
        ("oxygen_kg", "Oxygen left", "kg"),
        ("co2_kg", "Carbon dioxide taken up", "kg"),
        ("water_kg", "Cooling water left", "kg"),
        ("metabolic_w", "Metabolic rate", "W"),
    ):
        lines = []
        for i, person in enumerate(people):
            series = reading.series(f"suit.{person}.{name}").within(*span)
            if len(series) > 1:
                lines.append(Line(series.t_s, series.values, CSS[i % len(CSS)], reading.surname(person)))
        if lines:
            limits = _capacity(reading, people) if name == "co2_kg" else ()
            shown.append(Panel(title, unit, tuple(lines), 90, zero=True, limits=limits))
    shown += _way_back(reading, leg, people)
    if not shown:
        return []
    marks = [Mark(reading.t(e.epoch), words.event(e.name), clock(e.epoch)) for e in events]
    label = "What is left in each suit, and how hard each walker works"
    return [
        figure(
            lambda w: panels(w, label, Utc(reading.zero, *span), shown, marks), _suit_caption(reading, people), marks
        )
    ]


def _way_back(reading: Reading, leg: Leg, people: list[str]) -> list[Panel]:
    """How long each walker's oxygen would last beyond the way back to the hatch, begun at each minute."""
    table, opened = leg.studies.get("walking_back") or {}, _event(leg, "hatch_open")
    if opened is None or not {"minute", "person", "spare_min"} <= table.keys():
        return []
    who = np.array([str(p) for p in table["person"]])
    minute, spare = (np.array([np.nan if v is None else float(v) for v in table[k]]) for k in ("minute", "spare_min"))
    lines = tuple(
        Line(
            reading.t(opened.epoch) + 60 * minute[who == p], spare[who == p] / 60, CSS[i % len(CSS)], reading.surname(p)
        )
        for i, p in enumerate(people)
        if (who == p).sum() > 1
    )
    return [Panel("Oxygen beyond the way back", "h", lines, 90, zero=True)] if lines else []


def _capacity(reading: Reading, people: list[str]) -> tuple[tuple[float, str], ...]:
    known = {
        float(s["co2_capacity_kg"])
        for p in people
        if (s := (reading.mission.get("suits") or {}).get(p)) and s.get("co2_capacity_kg")
    }
    return tuple((value, "capacity") for value in sorted(known))


def _suit_caption(reading: Reading, people: list[str]) -> str:
    suits = [(reading.mission.get("suits") or {}).get(p) or {} for p in people]
    unknown = [
        text
        for key, text in (
            ("co2_capacity_kg", "the absorber's capacity"),
            ("battery_s", "the battery's"),
            ("leak_kg_s", "the leak"),
        )
        if suits and all(s and s.get(key) is None for s in suits)
    ]
    return f"No public value was found for {words.listing(unknown)}." if unknown else ""


def _map(reading: Reading, leg: Leg, key: str, start: float, stop: float) -> list[Figure]:
    path = track(reading, STATION, start, stop, "station")
    if path is None:
        return []
    spots, marks = [], []
    names = {
        "hatch_open": "Hatch open",
        "hatch_closed": "Hatch closed",
        "torch_out": "Torch out",
        "torch_handover": "Hand-over",
        "torch_in": "Torch in",
    }
    for event in sorted(leg.events, key=lambda e: e.epoch):
        place = where(reading, STATION, event.epoch) if event.name in names else None
        if place:
            css = "torch-f" if "torch" in event.name else "ink-f"
            spots.append(Spot(*place, names[event.name], clock(event.epoch), "circle", css))
            marks.append((names[event.name], f"{clock(event.epoch)}, {words.place(*place, 1)}"))
    hands = [e for e in leg.events if e.name == "torch_handover"]
    moment = hands[0] if hands else _event(leg, "hatch_open")
    sun = reading.sun_deg(moment.epoch) if moment else None
    spots += network_spots(reading)
    label = "Ground track of the station while the hatch is open"
    shade = f" Night is shaded as it is at {clock(moment.epoch)} UTC." if moment and sun else ""
    return [
        figure(
            lambda w: world_map(w, label, f"map-{key}", [path], spots, sun),
            "The station's ground track while the hatch is open, dashed in the Earth's shadow."
            f"{shade} Coast: Natural Earth.",
            marks,
        )
    ]


def _choice(reading: Reading, leg: Leg) -> list[Figure]:
    table = leg.studies.get("hatch_choice") or {}
    times = [reading.t(Epoch.utc(str(t))) for t in table.get("hatch_utc", ())]
    if len(times) < 3:
        return []
    scene = np.array([float(v) for v in table["scene_lit_linked_min"]])
    chosen = [i for i, yes in enumerate(table.get("chosen", ())) if yes]
    marks = [Mark(times[i], "chosen", clock(reading.zero + times[i])) for i in chosen[:1]]
    series = Series(np.array(times), scene)
    shown = [Panel("Scenes in light with a relay", "min", (Line(series.t_s, series.values, "ship"),), 110, zero=True)]
    label = "For every hatch opening that the crew's day allows: minutes of the scenes with light and a relay"
    return [
        figure(
            lambda w: panels(w, label, Utc(reading.zero, times[0], times[-1], "UTC of hatch opening"), shown, marks),
            "Why the hatch opens when it does: every opening of the crew's day was tried.",
            marks,
        )
    ]


def _suit_table(reading: Reading, leg: Leg) -> list[Table]:
    table = leg.studies.get("suits") or {}
    rows = []
    for i, person in enumerate(table.get("person", ())):

        def cell(name: str, digits: int, css: str = "", i: int = i) -> Cell:
            values = table.get(name, ())
            value = float(values[i]) if i < len(values) and values[i] is not None else float("nan")
            return n(number(value, digits) if np.isfinite(value) else "not public" if "capacity" in name else "–", css)

        rows.append(
            (
                Cell(reading.name(person)),
                Cell(str(table.get("suit", [""] * 9)[i]), "opt"),
                cell("hours", 2, "opt"),
                cell("mean_metabolic_w", 0, "opt"),
                cell("oxygen_used_kg", 3, "opt"),
                cell("oxygen_left_kg", 3),
                cell("co2_used_kg", 3),
                cell("co2_capacity_kg", 2, "opt"),
                cell("water_left_kg", 2),
            )
        )
    if not rows:
        return []
    return [
        Table(
            heads(
                "walker",
                "suit?",
                "in the suit, h>?",
                "mean rate, W>?",
                "oxygen used, kg>?",
                "oxygen left, kg>",
                "CO₂ made, kg>",
                "CO₂ capacity, kg>?",
                "water left, kg>",
            ),
            tuple(rows),
            "suits",
        )
    ]


def _task_table(reading: Reading, tasks: list[tuple[Event, Epoch]]) -> list[Table]:
    rows = []
    for k, (event, stop) in enumerate(tasks):
        facts = event.facts
        who = words.listing([reading.surname(p) for p in facts.get("who", ())])
        wish = ", ".join(facts.get("must", ()))
        wish += "" if facts.get("granted", True) or not wish else " (not for the whole task)"
        lit = facts.get("lit_share")
        rows.append(
            (
                n(str(k + 1), "dim"),
                n(clock(event.epoch)),
                n(number((stop - event.epoch) / 60)),
                Cell(str(facts.get("title", event.subject))),
                Cell(who, "opt"),
                n(number(100 * lit) if isinstance(lit, (int, float)) else "–"),
                Cell(wish, "dim opt"),
            )
        )
    if not rows:
        return []
    return [
        Table(heads("no.>", "UTC>", "min>", "task", "who?", "lit, %>", "wants?"), tuple(rows), "tasks", "tasks more")
    ]
