"""Entry: altitude, speed, load, heat and bank from the separation of the modules to the ground."""

from __future__ import annotations

import numpy as np

from fakel.reports import words
from fakel.reports.charts.axis import Utc, clock
from fakel.reports.charts.panels import Line, Mark, Panel, panels
from fakel.reports.charts.plane import Path, Point, Sheet, plane
from fakel.reports.reading import Reading
from fakel.reports.sections.ground import distance_m
from fakel.reports.sections.section import Cell, Figure, Section, Table, figure, heads, n
from fakel.reports.svg import number, room

STEPS = (
    "deorbit_burn_start",
    "deorbit_burn_end",
    "backup_burn_start",
    "backup_burn_end",
    "module_separation",
    "entry_interface",
    "plasma_start",
    "max_g",
    "plasma_end",
    "parachute_open",
    "landing",
)


def section(reading: Reading) -> Section | None:
    ship = reading.ship("entry", "landing")
    if ship is None or not reading.legs("entry", "landing"):
        return None
    span = _span(reading)
    if span is None:
        return None
    marks = [
        Mark(reading.t(e.epoch), words.event(e.name), clock(e.epoch))
        for e in reading.of("deorbit", "entry", "landing")
        if e.name in STEPS
    ]
    marks = sorted((m for m in marks if span[0] <= m.x <= span[1]), key=lambda m: m.x)
    shown = _profile(reading, ship, span)
    blocks: list[Figure | Table] = []
    if shown:
        label = "Altitude, speed, load, heating and bank angle from separation of the modules to the ground"
        blocks.append(
            figure(
                lambda w: panels(w, label, Utc(reading.zero, *span), shown, marks),
                "Universal time. Shaded: no radio, for the plasma around the capsule."
                if any(p.bands for p in shown)
                else "Universal time.",
                marks,
            )
        )
    blocks += _corridor(reading, ship, span)
    blocks += _steps(reading)
    blocks += _modules(reading)
    return Section("entry", "Entry", _entry_lead(reading), tuple(blocks)) if blocks else None


def _span(reading: Reading) -> tuple[float, float] | None:
    start = reading.first("module_separation") or reading.first("entry_interface")
    legs = reading.legs("entry", "landing")
    low = reading.t(start.epoch if start else legs[0].before.epoch)
    high = reading.t(legs[-1].after.epoch)
    landing = reading.first("landing")
    high = min(high, reading.t(landing.epoch)) if landing else high
    return (low, high) if high > low else None


def _entry_lead(reading: Reading) -> str:
    legs = reading.legs("entry")
    load = reading.series("entry.load_g")
    text = f"The entry is {legs[0].ending}" if legs and legs[0].ending in ("guided", "ballistic") else ""
    if len(load) and np.isfinite(load.values).any():
        text = f"{text}; the" if text else "The"
        text += f" load peaks at {number(float(np.nanmax(load.values)), 2)} g"
    return f"{text}." if text else ""


def _profile(reading: Reading, ship: str, span: tuple[float, float]) -> list[Panel]:
    """Panels of the fall; load and speed go on under the parachute."""
    bands = _blackout(reading)
    rows = (
        ("Altitude", "km", (f"{ship}.height_m",), 1e-3, 130.0),
        ("Speed", "m/s, in the air", ("entry.speed_m_s", "parachute.speed_m_s"), 1.0, 90.0),
        ("Load", "g", ("entry.load_g", "parachute.load_g"), 1.0, 100.0),
        ("Heat flux", "kW/m²", ("entry.heat_w_m2",), 1e-3, 90.0),
        ("Bank angle", "°", ("entry.bank_rad",), 180 / np.pi, 90.0),
    )
    out = []
    for title, unit, names, factor, size in rows:
        found = [s for name in names if len(s := reading.series(name).within(*span)) > 1]
        if found:
            out.append(
                Panel(
                    title,
                    unit,
                    tuple(Line(s.t_s, s.values * factor, "ship") for s in found),
                    size,
                    zero=True,
                    bands=bands,
                )
            )
            bands = tuple((a, b, "") for a, b, _ in bands)  # named once
    return out


def _blackout(reading: Reading) -> tuple[tuple[float, float, str], ...]:
    start, stop = reading.first("plasma_start"), reading.first("plasma_end")
    return ((reading.t(start.epoch), reading.t(stop.epoch), "no radio"),) if start and stop else ()


def _corridor(reading: Reading, ship: str, span: tuple[float, float]) -> list[Figure]:
    """Altitude against the distance still to go over the ground."""
    lat, lon, height = (
        reading.series(f"{ship}.{k}").within(*span) for k in ("latitude_deg", "longitude_deg", "height_m")
    )
    if len(lat) < 5 or not len(lat) == len(lon) == len(height):
        return []
    good = np.isfinite(lat.values) & np.isfinite(lon.values) & np.isfinite(height.values)
    to_go = (
        distance_m(lat.values[good], lon.values[good], float(lat.values[good][-1]), float(lon.values[good][-1])) / 1000
    )
    up = height.values[good] / 1000
    t = lat.t_s[good]
    points = [
        Point(
            float(np.interp(reading.t(e.epoch), t, to_go)),
            float(np.interp(reading.t(e.epoch), t, up)),
            words.event(e.name),
            clock(e.epoch, True),
        )
        for e in reading.of("entry", "landing")
        if e.name in STEPS and span[0] <= reading.t(e.epoch) <= span[1]
    ]
    label = "Altitude against the distance over the ground that is still to go to the landing place"
    sheet = Sheet(
        "km to go over the ground",
        "km of altitude",
        (Path(to_go, up, "ship"),),
        tuple(points),
        height=230,
        x_span=(room(0.0, float(to_go.max()))[1], 0.0),
        y_span=(0.0, room(0.0, float(up.max()))[1]),
    )
    return [
        figure(
            lambda w: plane(w, label, "corridor", sheet),
            "The same fall over the ground; the landing is at zero, on the right.",
        )
    ]


def _steps(reading: Reading) -> list[Table]:
    rows = []
    burn = reading.first("deorbit_burn_start")
    for event in reading.of("deorbit", "entry", "landing"):
        if event.name in STEPS or (
            event.phase in ("entry", "landing") and event.name not in ("phase_end", "bank_reversal")
        ):
            facts = event.facts
            height = next((facts[k] for k in ("altitude_m", "height_m") if k in facts), None)
            speed = next((facts[k] for k in ("speed_air_m_s", "speed_m_s", "speed_inertial_m_s") if k in facts), None)
            rows.append(
                (
                    Cell(words.event(event.name)),
                    n(clock(event.epoch, True)),
                    n(number((event.epoch - burn.epoch) / 60, 2) if burn else "", "opt"),
                    n(number(height / 1000, 2) if height is not None else ""),
                    n(number(speed) if speed is not None else ""),
                    n(number(facts["load_g"], 2) if "load_g" in facts else ""),
                )
            )
    return (
        [
            Table(
                heads("event", "UTC>", "after burn start, min>?", "altitude, km>", "speed, m/s>", "load, g>"),
                tuple(rows),
                "events of the return",
                "more",
            )
        ]
        if rows
        else []
    )


def _modules(reading: Reading) -> list[Table]:
    """Where the pieces of the other modules fall."""
    out = []
    for leg in reading.legs("entry"):
        table = leg.studies.get("modules_fall") or {}
        columns = ("module", "piece", "falls_utc", "latitude_deg", "longitude_deg", "short_of_zone_km", "speed_m_s")
        rows = [(Cell(module), Cell(piece), n(utc[11:19]), n(number(lat, 3)), n(number(lon, 3)), n(number(short)),
                 n(number(speed)))
                for module, piece, utc, lat, lon, short, speed
                in zip(*(table.get(column, []) for column in columns), strict=True)]
        if rows:
            titles = heads("module", "piece", "falls, UTC>", "lat, °>", "lon, °>", "short of the zone, km>", "m/s>")
            out.append(Table(titles, tuple(rows), "where the other modules fall", "more"))
    return out
