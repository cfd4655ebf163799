"""Dispersed climbs told: the share that is inserted and what limits it, quantiles, and what became of the others."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from fakel.model.climb import AscentRun, Ascents
from fakel.model.dispersions import Figure
from fakel.reports.ascents import ENDINGS, abort_data
from fakel.reports.picture import stacked
from fakel.reports.rows_csv import rows_csv
from fakel.reports.svg import WIDE, Scale, Svg, number, room, ticks
from fakel.reports.table import heading, table

TOLD = {"propellant_left_kg": ("propellant left, kg", 1.0, 0), "cutoff_s": ("cutoff, s", 1.0, 2),
        "height_m": ("height at cutoff, km", 1e-3, 2), "speed_m_s": ("inertial speed, m/s", 1.0, 2),
        "inclination_rad": ("inclination, deg", 180 / np.pi, 4), "perigee_off_m": ("perigee off the aim, km", 1e-3, 3),
        "apogee_off_m": ("apogee off the aim, km", 1e-3, 3)}
MOST_FAILED = 12


def as_data(found: Ascents) -> dict[str, Any]:
    """Shares with their 95 % intervals; kg, s, km, m/s, deg."""
    runs = found.runs
    return {
        "launcher": found.launcher, "vehicle": found.vehicle, "pad": found.pad.id,
        "liftoff_utc": None if found.liftoff is None else found.liftoff.iso(3), "mass_kg": found.mass_kg,
        "dispersions": found.spread.id, "confidence": found.spread.confidence, "seed": found.seed, "runs": len(runs),
        "wanted": found.wanted, "near_km": found.near_m / 1000, "near_deg": float(np.degrees(found.near_rad)),
        "inserted": _share(found.within), "endings": dict(Counter(run.ending for run in runs)),
        "limited_by": limited_by(found), "left_without_errors_kg": round(found.margin_kg, 2),
        "causes": {name: round(part, 4) for name, part in found.causes.items()},
        "quantiles": {name: {f"{q:g}": _scaled(figure, TOLD[name][1]) for q, figure in rows.items()}
                      for name, rows in found.quantiles.items()},
        "failed": [run_data(run) for run in runs if not run.within]}


def _share(figure: Figure) -> dict[str, float]:
    return {"share": figure.value, "low": figure.low, "high": figure.high}


def _scaled(figure: Figure, factor: float) -> dict[str, float | None]:
    """An end that the runs do not bound is null."""
    return {name: round(value * factor, 5) if np.isfinite(value) else None for name, value in
            (("value", figure.value), ("low", figure.low), ("high", figure.high))}


def run_data(run: AscentRun) -> dict[str, Any]:
    """One run; its abort where it failed."""
    return {"run": run.run, "ending": run.ending, "within": run.within,
            "propellant_left_kg": round(max(run.propellant_left_kg, 0.0), 2), "cutoff_s": round(run.cutoff_s, 3),
            "height_km": round(run.height_m / 1000, 4), "speed_m_s": round(run.speed_m_s, 3),
            "perigee_off_km": round(run.perigee_off_m / 1000, 4), "apogee_off_km": round(run.apogee_off_m / 1000, 4),
            "inclination_deg": round(float(np.degrees(run.inclination_rad)), 6),
            "off_plane_deg": round(float(np.degrees(run.off_plane_rad)), 7), "trouble": run.trouble or None,
            "abort": None if run.abort is None else abort_data(run.abort)}


def as_csv(found: Ascents) -> str:
    """One row a run, in order."""
    rows = []
    for run in found.runs:
        data = run_data(run)
        abort = data.pop("abort") or {}
        keys = ("way", "peak_g", "lat_deg", "lon_deg", "from_pad_km", "place")
        rows.append(data | {f"abort_{key}": abort.get(key, "") for key in keys})
    return rows_csv(rows)


def limited_by(found: Ascents) -> str:
    """In words what keeps the others out."""
    others = [run for run in found.runs if not run.within]
    dry = sum(run.ending != "inserted" and run.propellant_left_kg < 1.0 for run in others)
    lost = sum(bool(run.trouble) for run in others)
    off = sum(run.ending == "inserted" for run in others)
    told = ((dry, "ran out of propellant"), (lost, "whose guidance lost its way"), (off, "cut off beside the aim"))
    parts = [f"{count} {words}" for count, words in told if count]
    return ", ".join(parts) if parts else "nothing in these runs"


def lines(found: Ascents, width: int) -> list[str]:
    """The answer in text."""
    runs, share = found.runs, found.within
    when = "" if found.liftoff is None else f", liftoff {found.liftoff.iso(1)}"
    told = [f"{found.vehicle} on {found.launcher} from {found.pad.name}, {found.mass_kg:.0f} kg{when}: "
            f"{len(runs)} climbs" + (f" of {found.wanted}, then stopped" if len(runs) < found.wanted else ""),
            f"differing  {found.spread.name} ({found.spread.confidence}), seed {found.seed}",
            f"inserted   {100 * share.value:.1f} % with perigee and apogee within {found.near_m / 1000:g} km and the "
            f"plane within {np.degrees(found.near_rad):g} deg ({100 * share.low:.1f} to {100 * share.high:.1f} %)",
            f"limited    by {limited_by(found)}; {found.margin_kg:.0f} kg are left without errors"]
    if found.causes:
        first = list(found.causes.items())[:4]
        told.append("causes     " + ", ".join(f"{name} {100 * part:.0f} %" for name, part in first)
                    + " of the variance of the propellant left")
    told += heading("Quantiles", width) + _quantiles(found, width)
    others = [run for run in runs if not run.within]
    if others:
        told += heading("What became of the others", width) + _others(others[:MOST_FAILED], width)
        told += [f"and {len(others) - MOST_FAILED} more (--csv, --json)"] if len(others) > MOST_FAILED else []
    return told


def _quantiles(found: Ascents, width: int) -> list[str]:
    rows, shares = [], next((list(rows) for rows in found.quantiles.values() if rows), [])
    for name, figures in found.quantiles.items():
        words, factor, digits = TOLD[name]
        if figures:
            last = figures[shares[0]]
            ends = [_plain(end * factor, digits) if np.isfinite(end) else "?" for end in (last.low, last.high)]
            rows.append([words, *(_plain(figures[q].value * factor, digits) for q in shares), " to ".join(ends)])
    head = ["", *(f"{100 * q:g} %" for q in shares), f"{100 * shares[0]:g} %, 95 % sure" if shares else ""]
    return table(head, rows, "lrrrrrr", width)


def _plain(value: float, digits: int) -> str:
    """Without a sign before a zero."""
    return f"{round(value, digits) + 0.0:.{digits}f}"


def _others(runs: list[AscentRun], width: int) -> list[str]:
    rows = []
    for run in runs:
        down = run.abort
        told = "" if down is None else (f"{down.way}, {down.peak_g:.1f} g, {down.from_pad_m / 1000:.0f} km from the "
                                        f"pad, {down.country[0]}{', ' + down.zone if down.zone else ''}")
        rows.append([str(run.run), ENDINGS[run.ending], f"{run.cutoff_s:.1f}", f"{run.perigee_off_m / 1000:.1f}",
                     f"{run.apogee_off_m / 1000:.1f}", told or run.trouble])
    return table(["run", "ending", "s", "perigee off km", "apogee off km", "the crew"], rows, "rlrrrl", width)


# ---------------------------------------------------------------- picture

BINS, TALL, LEFT = 40, 190.0, 58.0


def picture(found: Ascents) -> str:
    """SVG text: how many climbs have how much left, and when they are cut off."""
    left = np.array([max(run.propellant_left_kg, 0.0) for run in found.runs])
    cutoff = np.array([run.cutoff_s for run in found.runs])
    told = (f"{100 * found.within.value:.1f} % inserted ({100 * found.within.low:.1f} to "
            f"{100 * found.within.high:.1f} %); errors {found.spread.id} ({found.spread.confidence}), seed "
            f"{found.seed}")
    charts = [("Climbs, by propellant left at cutoff", _bars(left, "kg", found.margin_kg, "without errors")),
              ("Climbs, by when engines are cut off, or run dry", _bars(cutoff, "s after liftoff", None, ""))]
    return stacked(f"{len(found.runs)} dispersed climbs of {found.vehicle} on {found.launcher}", told, charts)


def _bars(values: np.ndarray, unit: str, mark: float | None, words: str) -> Svg:
    pen = Svg(WIDE, TALL + 44, unit)
    low, high = room(float(values.min()), float(values.max()), 8)
    count, edges = np.histogram(values, bins=BINS, range=(low, high))
    top = float(count.max()) * 1.08
    across, up = Scale(low, high, LEFT, WIDE - 10.0), Scale(0.0, top, TALL, 8.0)
    for value, label in ticks(0.0, top, 4):
        pen.line(LEFT, float(up(value)), WIDE - 10.0, float(up(value)), "grid")
        pen.text(LEFT - 8, float(up(value)) + 4, label, "tick", "end")
    for value, label in ticks(low, high, 10):
        pen.text(float(across(value)), TALL + 17, label, "tick", "middle")
    for n, a, b in zip(count, edges[:-1], edges[1:], strict=True):
        if n:
            x, y = float(across(a)), float(up(n))
            pen.rect(x, y, float(across(b)) - x - 0.8, TALL - y, "bar")
    pen.line(LEFT, TALL, WIDE - 10.0, TALL, "axis")
    if mark is not None:
        x = float(across(mark))
        pen.line(x, 8.0, x, TALL, "limit-h")
        pen.text(x + 6, 20.0, f"{words}: {number(mark)} {unit}", "b halo-t")
    pen.text(WIDE - 10.0, TALL + 36, unit, "unit", "end")
    return pen
