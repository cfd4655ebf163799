"""A way through the catalogue in text and as data."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from fakel.model.plain import plain
from fakel.model.screening import Screening
from fakel.reports.table import heading, signed, table


def lines(found: Screening, width: int) -> list[str]:
    """Text for a terminal, the most probable first marked."""
    listed, high, met = found.counts
    out = [*heading(f"{found.ship} against the catalogue: within {found.near_m / 1000:g} km", width),
           *wrap(f"{found.start.iso()} to {found.stop.iso()}: {listed} objects, {high} at its heights, {met} may come "
                 f"near, {len(found.passings)} passings", width), ""]
    rows = [(p.epoch.iso(1), p.name[:24], p.number, f"{p.miss_m / 1000:.2f} km", signed(p.miss_rtn_m[0] / 1000, 1),
             signed(p.miss_rtn_m[1] / 1000, 1), signed(p.miss_rtn_m[2] / 1000, 1), f"{p.speed_m_s / 1000:.1f} km/s",
             told(p.probability), f"{p.age_days:.1f} d") for p in found.passings]
    if rows:
        out += table(("UTC", "object", "number", "miss", "R", "T", "N, km", "speed", "probability", "set is old"), rows,
                     "lllrrrrrrr", width)
    if found.beside:
        out += ["", f"flies with the station: {', '.join(found.beside)}"]
    e = found.errors
    notes = ("probability: Foster and Estes 1992. Element sets carry no covariance; assumed (R, T, N): "
             f"{_three(e.sigma_rtn_m)} m and {_three(e.growth_rtn_m_day)} m more a day; radii {e.own_radius_m:g} and "
             f"{e.radius_m:g} m. {e.source}", *found.told)
    return [*out, "", *(line for note in notes for line in wrap(note, width))]


def told(p: float) -> str:
    """A probability; below 1e-12 it is none."""
    return "0" if p < 1e-12 else f"{p:.1e}"


def _three(values: Any) -> str:
    return ", ".join(f"{v:g}" for v in values)


def data(found: Screening) -> dict[str, Any]:
    """What ``--json`` prints."""
    keys = ("number", "name", "designator", "miss_m", "speed_m_s", "probability", "age_days")
    return {"ship": found.ship, "start": found.start.iso(3), "stop": found.stop.iso(3), "near_m": found.near_m,
            "objects": dict(zip(("listed", "at_heights", "may_meet"), found.counts, strict=True)),
            "passings": [{"utc": p.epoch.iso(3), **{k: plain(getattr(p, k)) for k in keys},
                          "miss_rtn_m": plain(p.miss_rtn_m), "velocity_rtn_m_s": plain(p.velocity_rtn_m_s)}
                         for p in found.passings], "beside": list(found.beside), "errors": plain(found.errors),
            "told": list(found.told)}
