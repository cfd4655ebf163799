"""Docking: the last kilometres in the station's own axes, distance and closing speed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fakel.model.epoch import Epoch
from fakel.reports import words
from fakel.reports.charts.axis import Utc, clock
from fakel.reports.charts.panels import Line, Mark, Panel, panels
from fakel.reports.charts.plane import Path, Point, Ring, plane
from fakel.reports.charts.way import ELLIPSOID_M, KEEP_OUT_M, beside, cone, span, zones_km
from fakel.reports.reading import Reading, Relative
from fakel.reports.sections.burns import burns
from fakel.reports.sections.flown_ranges import dots, flown_table
from fakel.reports.sections.knowledge import rings_km
from fakel.reports.sections.section import Block, Cell, Figure, Pair, Section, Table, figure, heads, n
from fakel.reports.svg import number

STEPS = (
    "aim_point",
    "flyaround_start",
    "flyaround_end",
    "station_keeping_start",
    "final_approach_start",
    "docking_contact",
)
LOG_S = 42 * 60.0
"""Flown logs begin so long before contact."""


def section(reading: Reading) -> Section | None:
    ship = reading.ship("docking")
    if ship is None:
        return None
    seen = reading.relative(ship, "rendezvous", "docking")
    if seen is None or len(seen.t_s) < 5:
        return None
    contact = reading.first("docking_contact")
    if contact:                                          # to the first sample that is not before it
        after = int(np.searchsorted(seen.t_s, reading.t(contact.epoch) - 1e-6))
        seen = seen.within(seen.t_s[0], seen.t_s[min(after, len(seen.t_s) - 1)])
    far = _far(reading, ship, seen)
    views = (*far[:1], *_near(reading, ship, seen))
    blocks: list[Block] = [Pair(views)] if len(views) > 1 else list(views)
    blocks += far[1:]
    blocks += _closing(reading, seen)
    blocks += _table(reading, seen)
    blocks += flown_table(reading, seen)
    return Section("docking", "Docking", _lead(reading, ship), tuple(blocks)) if blocks else None


def _lead(reading: Reading, ship: str) -> str:
    contact = reading.first("docking_contact")
    if contact is None:
        return f"{reading.name(ship)} does not dock."
    port = f" at {reading.name(contact.facts['port'])}" if "port" in contact.facts else ""
    rate = next((contact.facts[k] for k in ("closing_rate_m_s", "rate_m_s", "closing_m_s") if k in contact.facts), None)
    speed = f", closing at {number(float(rate), 2)} m/s" if rate is not None else ""
    return f"Contact{port} at {clock(contact.epoch, True)} UTC{speed}."


def _points(reading: Reading, seen: Relative, scale: float, told: Sequence[tuple[Epoch, str]], down: int = 2
            ) -> list[Point]:
    out = []
    for epoch, name in told:
        t = reading.t(epoch)
        if seen.t_s[0] - 1 <= t <= seen.t_s[-1] + 1:
            x, z = (float(np.interp(t, seen.t_s, seen.position_m[:, k])) / scale for k in (0, down))
            out.append(
                Point(x, z, name, clock(epoch), "diamond" if name == words.event("docking_contact") else "hollow")
            )
    return out


def _far(reading: Reading, ship: str, seen: Relative) -> list[Figure]:
    part = _last(seen, 6_000.0)
    if len(part.t_s) < 5 or part.range_m.max() < 1_000:
        return []
    x, z = part.position_m[:, 0] / 1000, part.position_m[:, 2] / 1000
    aims = [e.epoch for e in reading.of("rendezvous", "docking") if e.name == "aim_point"]
    told = [(b.start, b.name) for b in burns(reading, "rendezvous", "docking")
            if (b.dv_m_s or 0.0) >= 0.3 and b.duration_s < 60.0 and all(abs(b.start - aim) > 30.0 for aim in aims)]
    told += [(aim, words.event("aim_point")) for aim in aims]
    spread = rings_km(reading, part)
    x_span, z_span = span(x, 2.3, 0.4), span(z, 1.4, 0.4)
    sheet = beside("km", [Path(x, z, "ship")], _points(reading, part, 1000.0, told), (*zones_km(), *spread), x_span,
                   z_span)
    half_x, half_z = (h / 1000 for h in ELLIPSOID_M)
    label = f"The last kilometres of {reading.name(ship)} from the side: flight direction to the right, Earth below"
    return [
        figure(
            lambda w: plane(w, label, "far", sheet),
            "The station flies to the right at the origin; the Earth is below; both axes have one scale. "
            f"Dashed: approach ellipsoid, {2 * half_x:g} by {2 * half_z:g} km. Red: keep-out sphere, "
            f"{KEEP_OUT_M:g} m."
            + (" Blue ellipses: where the ship may be about the plan, three sigma." if spread else ""),
            wide=520,
        ),
        _from_above(reading, ship, part, x_span, told),
    ]


def _from_above(reading: Reading, ship: str, part: Relative, x_span: tuple[float, float],
                told: Sequence[tuple[Epoch, str]]) -> Figure:
    """The other plane of LVLH: seen from above, starboard below."""
    x, y = part.position_m[:, 0] / 1000, part.position_m[:, 1] / 1000
    sheet = beside("km", [Path(x, y, "ship")], _points(reading, part, 1000.0, told, 1), zones_km(), x_span,
                   span(y, 1.4, 0.4), "starboard of", 260.0)
    label = f"The last kilometres of {reading.name(ship)} from above: flight direction to the right, starboard below"
    return figure(lambda w: plane(w, label, "above", sheet),
                  "The same way from above: starboard is below. The zones are the same.")


def _last(seen: Relative, range_m: float) -> Relative:
    """From the last time that the craft was farther away than a distance."""
    beyond = np.flatnonzero(seen.range_m > range_m)
    return seen.within(seen.t_s[beyond[-1]] if len(beyond) else seen.t_s[0], seen.t_s[-1])


def _near(reading: Reading, ship: str, seen: Relative) -> list[Figure]:
    part = _last(seen, 450.0)
    if len(part.t_s) < 5 or part.range_m.min() > 400:
        return []
    x, z = part.position_m[:, 0], part.position_m[:, 2]
    told = [
        (e.epoch, words.event(e.name))
        for e in reading.of("docking")
        if e.name in STEPS and e.name not in ("aim_point", "station_keeping_start")
    ]
    rings = (Ring(0, 0, KEEP_OUT_M, KEEP_OUT_M, "keep-out sphere, 200 m", "zone1"),)
    walls = next((cone(leg.studies["handover"]) for leg in reading.legs("docking") if "handover" in leg.studies), ())
    sheet = beside("m", [*walls, Path(x, z, "ship")], _points(reading, part, 1.0, told), rings, span(x, 230.0, 30.0),
                   span(z, 230.0, 30.0))
    label = f"The last hundred metres of {reading.name(ship)} from the side: flight direction to the right, Earth below"
    return [
        figure(
            lambda w: plane(w, label, "near", sheet),
            "The same view, closer. The origin is the station's reference point, not the port."
            + (" Dashed: the approach corridor." if walls else ""),
            wide=382,
        )
    ]


def _closing(reading: Reading, seen: Relative) -> list[Figure]:
    part = _last(seen, 10_000.0)
    docking = reading.legs("docking")
    if docking:
        start = min(reading.t(docking[0].before.epoch), float(seen.t_s[-1]) - LOG_S)
        part = part if part.t_s[0] > start else seen.within(start, seen.t_s[-1])
    if len(part.t_s) < 5:
        return []
    marks = [
        Mark(reading.t(e.epoch), words.event(e.name), clock(e.epoch))
        for e in reading.of("rendezvous", "docking")
        if e.name in STEPS and part.t_s[0] <= reading.t(e.epoch) <= part.t_s[-1] + 1
    ]
    far, rate = dots(reading, part)
    shown = [
        Panel("Distance", "m, logarithmic", (Line(part.t_s, np.maximum(part.range_m, 1.0), "ship"),), 150, log=True,
              dots=far),
        Panel("Range rate", "m/s", (Line(part.t_s, part.range_rate_m_s, "ship"),), 110, zero=True, dots=rate),
    ]
    label = "Distance to the station and its rate of change during the last kilometres"
    return [
        figure(
            lambda w: panels(w, label, Utc(reading.zero, float(part.t_s[0]), float(part.t_s[-1])), shown, marks),
            "Between the reference points of both craft; a negative rate is closing."
            + (f" Rings: the log of {far[0].words.split(':')[0]}, to the minute." if far else ""),
            marks,
        )
    ]


def _table(reading: Reading, seen: Relative) -> list[Table]:
    rows = []
    for event in reading.of("rendezvous", "docking"):
        t = reading.t(event.epoch)
        if event.name in STEPS and seen.t_s[0] - 1 <= t <= seen.t_s[-1] + 1:
            x, y, z = (float(np.interp(t, seen.t_s, seen.position_m[:, k])) for k in range(3))
            rate = float(
                seen.range_rate_m_s[max(int(np.searchsorted(seen.t_s, t - 1e-3)) - 1, 0)]
            )  # before an impulse there
            rows.append(
                (
                    Cell(words.event(event.name)),
                    n(clock(event.epoch, True)),
                    n(number(x)),
                    n(number(y), "opt"),
                    n(number(z)),
                    n(number(float(np.sqrt(x * x + y * y + z * z))), "opt"),
                    n(number(rate, 2)),
                )
            )
    if not rows:
        return []
    return [
        Table(
            heads(
                "step", "UTC>", "ahead, m>", "starboard, m>?", "below, m>", "distance, m>?", "range rate before, m/s>"
            ),
            tuple(rows),
            "steps of the docking",
            "more",
        )
    ]
