"""Ways out of a launch told: a table for people, JSON and CSV for programs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np

from fakel.model.abort import Abort, Aborts
from fakel.reports.rows_csv import rows_csv
from fakel.reports.table import heading, table

MOST_ROWS = 36
TOLD = {"command": "command", "motors_off": "motors off", "let_go": "capsule let go", "parachute": "parachute command",
        "touchdown": "touchdown", "orbit": "in orbit", "braking": "braking burn begins",
        "separation": "modules part"}


def as_data(found: Aborts) -> dict[str, Any]:
    """UTC, km, deg, g, s; what is not known is null."""
    return {
        "launcher": found.launcher, "vehicle": found.vehicle, "pad": found.pad.id, "ways_of": found.ways.id,
        "liftoff_utc": None if found.liftoff is None else found.liftoff.iso(1),
        "cutoff_s": round(found.cutoff_s, 1), "climb_ending": found.ending,
        "ways": [{"id": way.id, "title": way.title, "title_ru": way.title_ru, "until": way.until,
                  "delay_s": way.delay_s, "descent": way.descent, "confidence": way.confidence, "source": way.source}
                 for way in found.ways.ways],
        "aborts": [row_data(row, found) for row in found.rows]}


def row_data(row: Abort, found: Aborts) -> dict[str, Any]:
    """One failure and its way out."""
    landing = None if found.liftoff is None else (found.liftoff + row.landing_s).iso(1)
    return {
        "failure_s": row.failure_s, "way": row.way, "height_km": _km(row.height_m),
        "speed_m_s": round(row.speed_m_s, 1),
        "peak_g": round(row.peak_g, 2), "motors_g": round(row.motors_g, 2), "entry_g": round(row.entry_g, 2),
        "canopy_g": round(row.canopy_g, 2), "apogee_km": _km(row.apogee_m),
        "lat_deg": round(_deg(row.latitude_rad), 4), "lon_deg": round(_deg(row.longitude_rad), 4),
        "ground_m": round(row.ground_m, 1), "from_pad_km": _km(row.from_pad_m), "place": row.country[0],
        "place_ru": row.country[1], "water": row.water, "zone": row.zone, "landing_s": round(row.landing_s, 1),
        "from_failure_s": round(row.landing_s - row.failure_s, 1), "landing_utc": landing,
        "steps": [{"what": step.what, "t_s": round(step.t_s, 2), "height_km": _km(step.height_m),
                   "speed_m_s": round(step.speed_m_s, 1), "load_g": round(step.load_g, 2)} for step in row.steps]}


def _km(metres: float) -> float:
    return round(metres / 1000, 3)


def _deg(angle_rad: float) -> float:
    return float(np.degrees(angle_rad))


def as_csv(found: Aborts) -> str:
    """One row a failure."""
    rows = []
    for row in found.rows:
        data = row_data(row, found)
        data.pop("steps")
        rows.append(data)
    return rows_csv(rows)


# ---------------------------------------------------------------- text

def lines(found: Aborts, width: int = 110) -> list[str]:
    """For people: the ways out, the worst of each, failures in even steps; a few failures are told in full."""
    when = "" if found.liftoff is None else f", liftoff {found.liftoff.iso()}"
    out = [f"{found.vehicle} on {found.launcher} from {found.pad.name}{when}",
           f"climb      {found.cutoff_s:.1f} s to cutoff ({found.ending.replace('_', ' ')})",
           f"ways out   {found.ways.name}; engines lost at a second, no push from then on"]
    if len(found.rows) <= 3:
        for row in found.rows:
            out += _one(row, found, width)
        return out
    out += heading("Ways out", width) + _ways_table(found, width)
    out += heading("Failures", width) + _failures_table(_chosen(found.rows), width)
    return [*out, "g: of the escape motors, of the air on the way down; canopies jerk for a moment beside that"]


def _title(row: Abort, found: Aborts) -> str:
    return next((way.title for way in found.ways.ways if way.id == row.way), "To orbit with the ship's engine")


def _ways_table(found: Aborts, width: int) -> list[str]:
    rows = []
    for _, group in groupby(found.rows, key=lambda row: row.way):
        mine = list(group)
        wet = sum(bool(row.water) for row in mine)
        rows.append([_title(mine[0], found), f"{mine[0].failure_s:g} to {mine[-1].failure_s:g}",
                     _range([r.motors_g for r in mine], 1), _range([r.entry_g for r in mine], 1),
                     _range([r.apogee_m / 1000 for r in mine], 0), _range([r.from_pad_m / 1000 for r in mine], 0),
                     _range([(r.landing_s - r.failure_s) / 60 for r in mine], 0),
                     f"{wet} of {len(mine)}" if wet else "-"])
    return table(["way out", "failure s", "motors g", "air g", "apogee km", "from pad km", "min down", "in water"],
                 rows, "llrrrrrl", width)


def _range(values: Sequence[float], digits: int) -> str:
    low, high = f"{min(values):.{digits}f}", f"{max(values):.{digits}f}"
    return low if low == high else f"{low} to {high}"


def _chosen(rows: Sequence[Abort]) -> list[Abort]:
    """Even steps that fit, the first and last of each way, and where the load is highest."""
    step = max(1, -(-len(rows) // MOST_ROWS))
    kept = {*range(0, len(rows), step), len(rows) - 1}
    kept |= {k for k in range(1, len(rows)) if rows[k].way != rows[k - 1].way}
    kept |= {max(range(len(rows)), key=lambda k: rows[k].peak_g)}
    return [rows[k] for k in sorted(kept)]


def _failures_table(rows: Sequence[Abort], width: int) -> list[str]:
    told = [[f"{r.failure_s:g}", r.way, f"{r.height_m / 1000:.1f}", f"{r.speed_m_s:.0f}", f"{r.motors_g:.1f}",
             f"{r.entry_g:.1f}", f"{r.apogee_m / 1000:.1f}", f"{r.from_pad_m / 1000:.0f}", place(r),
             clock(r.landing_s), _where(r)] for r in rows]
    return table(["s", "way", "km", "m/s", "motors g", "air g", "apogee km", "from pad km", "N, E", "lands", "in"],
                 told, "rlrrrrrrlrl", width)


def place(row: Abort) -> str:
    """``47.69, 67.92``."""
    return f"{_deg(row.latitude_rad):.2f}, {_deg(row.longitude_rad):.2f}"


def clock(t_s: float) -> str:
    """Minutes and seconds after liftoff; with hours when it is long."""
    whole = round(t_s)
    if whole >= 3600:
        return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return f"{whole // 60}:{whole % 60:02d}"


def _where(row: Abort) -> str:
    """Country or water, and the zone that it was braked for."""
    lake = f"{row.water}, " if row.water and row.water != "sea" else ""
    return f"{lake}{row.country[0]}" + (f" ({row.zone})" if row.zone else "")


def _one(row: Abort, found: Aborts, width: int) -> list[str]:
    out = heading(f"Engines lost at {row.failure_s:g} s, {row.height_m / 1000:.1f} km high at {row.speed_m_s:.0f} m/s",
                  width)
    out += [f"way out    {_title(row, found)}",
            f"load       {row.peak_g:.1f} g (motors {row.motors_g:.1f}, air {row.entry_g:.1f}; canopies "
            f"{row.canopy_g:.1f})",
            f"apogee     {row.apogee_m / 1000:.1f} km",
            f"lands      {place(row)} ({_where(row)}, ground {row.ground_m:.0f} m), "
            f"{row.from_pad_m / 1000:.0f} km from the pad",
            f"time       {clock(row.landing_s)} after liftoff, "
            f"{clock(row.landing_s - row.failure_s)} after the failure"]
    steps = [[TOLD[s.what], f"{s.t_s:.1f}", f"{s.height_m / 1000:.2f}", f"{s.speed_m_s:.0f}", f"{s.load_g:.1f}"]
             for s in row.steps]
    return [*out, "", *table(["", "s", "km", "m/s", "g until then"], steps, "lrrrr", width)]
