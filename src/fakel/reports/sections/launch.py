"""Launch: the climb from the pad to separation."""

from __future__ import annotations

import numpy as np

from fakel.reports import words
from fakel.reports.charts.axis import Utc, clock
from fakel.reports.charts.panels import Line, Mark, Panel, panels
from fakel.reports.reading import EMPTY, Reading, Series
from fakel.reports.sections.launch_map import ground_figures
from fakel.reports.sections.section import Cell, Section, Table, figure, heads, n
from fakel.reports.svg import number

SHOWN = (
    "liftoff",
    "booster_separation",
    "tower_jettison",
    "fairing_jettison",
    "core_separation",
    "stage_separation",
    "aft_section_jettison",
    "max_q",
    "cutoff",
    "insertion",
)
UPRIGHT_RAD = np.radians(88.0)
"""A nose that points straight up has no yaw."""


def section(reading: Reading) -> Section | None:
    altitude = reading.series("ascent.altitude_m")
    if not len(altitude):
        return None
    shown = _panels(reading)
    axis = Utc(reading.zero, float(altitude.t_s[0]), float(altitude.t_s[-1]))
    events = [e for e in reading.of("ascent") if e.name in SHOWN]
    marks = [
        Mark(reading.t(e.epoch), words.event(e.name), f"{e.epoch - (reading.liftoff or e.epoch):.0f} s") for e in events
    ]
    label = "Altitude, speed, dynamic pressure, load, attitude and mass from liftoff to separation from the rocket"
    picture = figure(
        lambda w: panels(w, label, axis, shown, marks),
        "The climb in universal time; events in seconds after "
        "liftoff. Speed over the ground is relative to the turning air.",
        marks,
    )
    return Section("launch", "Launch", _lead(reading),
                   (picture, *ground_figures(reading), *_events(reading), *_window(reading)))


def _line(series: Series, factor: float, css: str, label: str = "") -> Line:
    return Line(series.t_s, series.values * factor, css, label)


def _panels(reading: Reading) -> list[Panel]:
    def get(name: str) -> Series:
        return reading.series(f"ascent.{name}")

    rows = [
        ("Altitude", "km", (("altitude_m", 1e-3, ""),), 120.0),
        ("Speed", "m/s", (("speed_inertial_m_s", 1.0, "inertial"), ("speed_air_m_s", 1.0, "over ground")), 110.0),
        ("Dynamic pressure", "kPa", (("q_pa", 1e-3, ""),), 80.0),
        ("Load", "g", (("load_g", 1.0, ""),), 80.0),
        ("Pitch above the horizon", "°", (("pitch_rad", 180 / np.pi, ""),), 80.0),
        ("Yaw, east of north", "°", (("yaw_rad", 180 / np.pi, ""),), 70.0),
        ("Angle of attack in the air", "°", (("alpha_rad", 180 / np.pi, ""),), 60.0),
        ("Mass", "t", (("mass_kg", 1e-3, ""),), 80.0),
    ]
    out = []
    for title, unit, lines, height in rows:
        found = [(get(name), factor, label) for name, factor, label in lines]
        if title.startswith("Yaw") and len(get("pitch_rad")) == len(found[0][0]):
            upright = get("pitch_rad").values > UPRIGHT_RAD
            found = [(Series(s.t_s, np.where(upright, np.nan, s.values)), f, label) for s, f, label in found]
        drawn = tuple(
            _line(s, f, "ship" if i == 0 else "second", label)
            for i, (s, f, label) in enumerate(found)
            if s is not EMPTY
        )
        if drawn:
            out.append(Panel(title, unit, drawn, height, zero=title != "Yaw, east of north"))
    return out


def _lead(reading: Reading) -> str:
    ship, liftoff = reading.ship("ascent"), reading.liftoff
    if not ship or not liftoff:
        return ""
    pads = [str(leg.plan["pad"]) for leg in reading.legs("ascent") if leg.plan.get("pad")]
    pad = f" from {reading.name(pads[0])}" if pads else ""
    text = f"{reading.name(ship)} lifts off{pad} at {liftoff.iso(1).replace('T', ' ').replace('Z', '')} UTC"
    insertion = reading.first("insertion")
    if insertion and "height_min_m" in insertion.facts:
        facts = insertion.facts
        text += (
            f" and is left {words.duration(insertion.epoch - liftoff)} later on an orbit of "
            f"{number(facts['height_min_m'] / 1000, 1)} × {number(facts['height_max_m'] / 1000, 1)} km"
        )
        inclination = facts.get("inclination_mean_rad", facts.get("inclination_rad"))
        if inclination is not None:
            text += f", inclined by {number(float(np.degrees(inclination)), 2)}°"
    return text + "."


def _events(reading: Reading) -> list[Table]:
    rows = []
    for event in reading.of("ascent"):
        facts = event.facts
        if event.name in SHOWN + ("max_g",) and "altitude_m" in facts:
            rows.append(
                (
                    Cell(words.event(event.name)),
                    n(clock(event.epoch, True), "opt"),
                    n(number(event.epoch - (reading.liftoff or event.epoch), 1)),
                    n(number(facts["altitude_m"] / 1000, 1)),
                    n(_fact(facts, "downrange_m", 1e-3, 0), "opt"),
                    n(_fact(facts, "speed_inertial_m_s", 1.0, 0)),
                    n(_fact(facts, "load_g", 1.0, 2)),
                    n(_fact(facts, "mass_kg", 1e-3, 2), "opt"),
                )
            )
    if not rows:
        return []
    return [
        Table(
            heads(
                "event",
                "UTC>?",
                "after liftoff, s>",
                "altitude, km>",
                "from the pad, km>?",
                "inertial speed, m/s>",
                "load, g>",
                "mass, t>?",
            ),
            tuple(rows),
            "events of the climb",
            "more",
        )
    ]


def _fact(facts: object, key: str, factor: float, digits: int) -> str:
    value = facts.get(key)  # type: ignore[attr-defined]
    return number(float(value) * factor, digits) if isinstance(value, (int, float)) else ""


def _window(reading: Reading) -> list[Table]:
    for leg in reading.legs("ascent"):
        table = leg.studies.get("launch_window")
        if table and len(table.get("liftoff_utc", ())):
            names = (
                ("phase_deg", "station ahead at separation", "°", 2),
                ("plane_over_pad_s", "station's plane passes over the pad", "s after liftoff", 1),
                ("pad_off_plane_deg", "pad off the plane at liftoff", "°", 2),
                ("node_drift_to_docking_deg", "node's drift until docking", "°", 2),
                ("station_highest_elevation_deg", "station above the pad's horizon at most", "°", 1),
            )
            rows = tuple(
                (Cell(words_), n(number(float(table[key][0]), digits)), Cell(unit, "dim"))
                for key, words_, unit, digits in names
                if key in table
            )
            return [Table(heads("launch window", "value>", "unit"), rows, "the launch window", "small")] if rows else []
    return []
