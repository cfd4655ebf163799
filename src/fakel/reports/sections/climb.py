"""The way to the station: ground track, heights, phasing, burns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.reports import words
from fakel.reports.budgets import total
from fakel.reports.charts.axis import Utc, clock
from fakel.reports.charts.panels import Line, Mark, Panel, panels
from fakel.reports.charts.plane import Point, Sheet, plane
from fakel.reports.charts.way import phasing
from fakel.reports.charts.world import Spot, world_map
from fakel.reports.reading import STATION, Reading, Relative
from fakel.reports.sections import knowledge
from fakel.reports.sections.burns import burn_name, burn_table, burns
from fakel.reports.sections.ground import network_spots, track, where
from fakel.reports.sections.section import Cell, Figure, Section, Table, figure, heads, n
from fakel.reports.svg import NARROW, Svg, number

UP = ("ascent", "phasing", "rendezvous", "docking")
LEAST_TOLD_M_S = 0.05


def section(reading: Reading) -> Section | None:
    ship = reading.ship(*UP)
    if ship is None or not reading.legs("phasing", "rendezvous", "docking"):
        return None
    blocks: list[Figure | Table] = []
    blocks += _map(reading, ship)
    blocks += _heights(reading, ship)
    blocks += _phasing(reading, ship)
    blocks += knowledge.figures(reading)
    blocks += burn_table(burns(reading, *UP), "burns on the way up")
    blocks += _drift(reading)
    return Section("rendezvous", "Rendezvous", _lead(reading), tuple(blocks)) if blocks else None


def _lead(reading: Reading) -> str:
    spent = total(b.dv_m_s for b in burns(reading, *UP))
    contact = reading.first("docking_contact")
    text = f"{number(spent, 1)} m/s in all" if spent else ""
    if contact and reading.liftoff:
        text = (
            text + ", " if text else ""
        ) + f"{words.duration(contact.epoch - reading.liftoff)} from liftoff to contact"
    return text[:1].upper() + text[1:] + "." if text else ""


def _drift(reading: Reading) -> list[Table]:
    """How near the ship comes within a day when each burn fails (study ``free_drift``): the worst of its cases."""
    rows = []
    for leg in reading.legs("phasing", "rendezvous", "docking"):
        table = leg.studies.get("free_drift") or {}
        if "least_range_m" not in table:                 # an older version kept other columns
            continue
        names = [str(name) for name in table.get("burn", ())]
        for name in dict.fromkeys(names):
            mine = [i for i, other in enumerate(names) if other == name]
            i = min(mine, key=lambda k, t=table: float(t["least_range_m"][k]))  # type: ignore[misc]
            rows.append(
                (
                    Cell("no burn missed, then drift" if name == "none missed" else burn_name(name)),
                    Cell(str(table["case"][i])),
                    n(number(float(table["least_range_m"][i]) / 1000, 1 if table["least_range_m"][i] > 10e3 else 2)),
                    n(number(float(table["least_after_h"][i]), 1)),
                    n(number(min(float(table["worst_range_m"][k]) for k in mine) / 1000, 2)),
                )
            )
    return (
        [
            Table(
                heads("if this burn fails and nothing is done for a day", "worst case", "closest to the station, km>",
                      "hours later>", "three sigma, km>"),
                tuple(rows),
                "free drift",
                "small",
            )
        ]
        if rows
        else []
    )


LONG_S, ENDS_S = 8 * 3600.0, 3 * 3600.0
"""Of a way longer than the first, a map shows only so much of its begin and end."""


def _map(reading: Reading, ship: str) -> list[Figure]:
    legs = reading.legs(*UP)
    contact = reading.first("docking_contact")
    low = reading.t(reading.liftoff or legs[0].before.epoch)
    high = reading.t(contact.epoch if contact else legs[-1].after.epoch)
    long = high - low > LONG_S
    spans = [(low, low + ENDS_S), (high - ENDS_S, high)] if long else [(low, high)]
    paths = [path for a, b in spans if (path := track(reading, ship, a, b, "ship")) is not None]
    if not paths:
        return []
    spots, key = [], []
    names = {"liftoff": "Liftoff", "insertion": "Separation", "docking_contact": "Docking"}
    told = [(e.epoch, names[e.name]) for e in reading.of(*UP) if e.name in names]
    told += [(b.start, b.name) for b in burns(reading, "phasing", "rendezvous") if (b.dv_m_s or 0.0) >= 2.0]
    for epoch, name in sorted(told):
        place = where(reading, ship, epoch)
        if place is None or not any(a - 1.0 <= reading.t(epoch) <= b + 1.0 for a, b in spans):
            continue
        note = _met(reading, epoch)
        shape = {"Liftoff": "square", "Docking": "diamond"}.get(name, "circle")
        spots.append(Spot(*place, name, note, shape, "ink-f" if name == "Liftoff" else "ship-f"))
        key.append((name, note))
    spots += network_spots(reading)
    last = max((e for e in reading.of(*UP) if e.name in names), key=lambda e: e.epoch, default=None)
    sun = reading.sun_deg(last.epoch) if last else None
    label = f"Ground track of {reading.name(ship)} from liftoff to docking on a world map"
    shade = (
        f" Night is shaded as it is at {clock(last.epoch)} UTC ({words.event(last.name).lower()})."
        if last and sun
        else ""
    )
    part = " Only the first and the last three hours are drawn." if long else ""
    dots = " Small dots: ground stations." if any(s.shape == "dot" for s in spots) else ""
    return [
        figure(
            lambda w: world_map(w, label, "map-up", paths, spots, sun),
            "Ground track, with time since liftoff at each event; dashed where the ship is in the Earth's shadow."
            f"{part}{shade}{dots} Coast: Natural Earth.",
            key,
        )
    ]


def _met(reading: Reading, epoch: Epoch) -> str:
    met_s = reading.met_s(epoch)
    if met_s is None:
        return clock(epoch)
    return f"{round(met_s / 60) // 60}:{round(met_s / 60) % 60:02d}"


# ---------------------------------------------------------------- how high, how far behind


def _heights(reading: Reading, ship: str) -> list[Figure]:
    legs = reading.legs(*UP)
    contact = reading.first("docking_contact")
    low, high = (
        reading.t(reading.liftoff or legs[0].before.epoch),
        reading.t(contact.epoch if contact else legs[-1].after.epoch),
    )
    own, station = (reading.series(f"{c}.height_m").within(low, high) for c in (ship, STATION))
    if len(own) < 2:
        return []
    lines = [Line(own.t_s, own.values / 1000, "ship", reading.name(ship))]
    if len(station):
        lines.append(Line(station.t_s, station.values / 1000, "station", "station"))
    shown = [Panel("Height", "km above the ellipsoid", tuple(lines), 170, zero=True)]
    seen = reading.relative(ship, "phasing", "rendezvous", "docking")
    if seen is not None:
        seen = seen.within(low, high)
        shown.append(Panel("Station ahead", "°", (Line(seen.t_s, _ahead_deg(seen), "ship"),), 120, zero=True))
        shown.append(
            Panel(
                "Distance",
                "km, logarithmic",
                (Line(seen.t_s, np.maximum(seen.range_m, 1.0) / 1000, "ship"),),
                130,
                log=True,
            )
        )
    left = reading.series(f"{ship}.propellant_kg", *UP).within(low, high)
    if len(left) > 1:
        shown.append(Panel("Propellant", "kg", (Line(left.t_s, left.values, "ship"),), 90, zero=True))
    marks = [
        Mark(reading.t(b.start), b.name, f"{number(b.dv_m_s, 1)} m/s")
        for b in burns(reading, "phasing", "rendezvous")
        if b.dv_m_s is not None and b.dv_m_s >= LEAST_TOLD_M_S
    ]
    marks += [Mark(reading.t(contact.epoch), "Contact", clock(contact.epoch))] if contact else []
    label = ("Heights of ship and station, the angle by which the station is ahead, their distance and the ship's "
             "propellant, until docking")
    return [
        figure(
            lambda w: panels(w, label, Utc(reading.zero, low, high), shown, marks),
            "Burns are marked with their delta-v. The angle is about the orbit normal; the distance is a "
            "straight line.",
            marks,
        )
    ]


def _ahead_deg(seen: Relative) -> FloatArray:
    """The station's angle ahead without jumps, counted so that the way ends near zero."""
    angle = np.degrees(np.unwrap(seen.phase_rad))
    return np.asarray(angle - 360.0 * np.round(angle[-1] / 360.0))


def _phasing(reading: Reading, ship: str) -> list[Figure]:
    """Phase angle against height difference: the staircase to the station, and its last steps."""
    seen = reading.relative(ship, "phasing", "rendezvous")
    if seen is None or len(seen.t_s) < 3 or np.ptp(seen.phase_rad) < np.radians(1.0):
        return []
    angle, below = _ahead_deg(seen), seen.below_m / 1000
    fresh = reading.first("insertion") is not None
    points = [Point(float(angle[0]), float(below[0]), "Separation", f"{number(float(angle[0]), 1)}°")] if fresh else []
    for burn in burns(reading, "phasing", "rendezvous"):
        t = reading.t(burn.start)
        if (burn.dv_m_s or 0.0) >= LEAST_TOLD_M_S and seen.t_s[0] <= t <= seen.t_s[-1]:
            x, y = (float(np.interp(t, seen.t_s, values)) for values in (angle, below))
            points.append(Point(x, y, burn.name, f"{number(burn.dv_m_s or 0.0, 1)} m/s"))
    for event in reading.of("phasing", "rendezvous"):
        t = reading.t(event.epoch)
        if event.name in ("burn_missed", "burn_short", "burn_inhibited") and seen.t_s[0] <= t <= seen.t_s[-1] + 1.0:
            x, y = (float(np.interp(t, seen.t_s, values)) for values in (angle, below))
            what = f"{burn_name(str(event.facts.get('burn', '')))} {event.name.removeprefix('burn_')}"
            points.append(Point(x, y, what, shape="cross"))
    window = next((leg.studies["phase_window"] for leg in reading.legs("phasing") if "phase_window" in leg.studies),
                  None)
    band = None if window is None else (float(window["least_deg"][0]), float(window["most_deg"][0]),
                                        "the profile's window")
    sheet, near = phasing(angle, below, points, band)
    label = "Phasing: how far the ship is below the station against how far the station is ahead"
    said = "Time runs from right to left: the lower the ship, the faster it catches up."
    shaded = "" if window is None or band is None else (
        f" Shaded: where {window['profile'][0]} takes the station at separation, {band[0]:g} to {band[1]:g}°.")
    figures = [figure(lambda w: _staircase(w, label, "phasing", sheet),
                      f"{said}{shaded} Heights are differences of the distances from the Earth's centre.",
                      [(p.name, p.note) for p in sheet.points])]
    if near is not None:
        figures.append(figure(lambda w: _staircase(w, f"{label}: the end", "phasing-end", near), "The end of it.",
                              [(p.name, p.note) for p in near.points]))
    return figures


def _staircase(width: float, label: str, name: str, sheet: Sheet) -> tuple[Svg, bool]:
    """On a phone the points have their names alone, and a list below has the rest."""
    narrow = width <= NARROW
    bare = replace(sheet, points=tuple(replace(p, note="") for p in sheet.points)) if narrow else sheet
    return plane(width, label, name, bare), narrow
