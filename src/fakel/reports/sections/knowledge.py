"""How well a ship is known on its way, and how far it may be off the plan: study ``knowledge`` of dispersed flights."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.reports.charts.axis import Utc
from fakel.reports.charts.panels import Mark, panels
from fakel.reports.charts.plane import Path, Point, Ring, Sheet, plane
from fakel.reports.charts.way import ellipse, sigma_panels
from fakel.reports.reading import Reading, Relative
from fakel.reports.sections.burns import burn_name
from fakel.reports.sections.section import Figure, figure

COLUMNS = tuple(f"{kind}_{axis}_m" for kind in ("known", "plan") for axis in ("radial", "along_track", "normal"))
TIED = ("known_radial_with_along", "plan_radial_with_along")


def figures(reading: Reading) -> list[Figure]:
    """Sigmas along the way, and the ellipses after each burn; empty for a flight without errors."""
    t_s, what, kind, rows = _rows(reading)
    if len(t_s) < 3:
        return []
    marks = [Mark(t, burn_name(name)) for t, name, k in zip(t_s, what, kind, strict=True) if k == "burn"]
    shown = sigma_panels(t_s, rows)
    label = "How well the ship is known and how far it may be off the plan, one sigma in three axes, along the way"
    out = [figure(lambda w: panels(w, label, Utc(reading.zero, float(t_s[0]), float(t_s[-1])), shown, marks),
                  "Linear covariance after each tracking pass, radar fix and burn, in the station's axes; both "
                  "scales are logarithmic.", marks)]
    return [*out, *_ellipses(t_s, what, kind, rows)]


def _rows(reading: Reading) -> tuple[FloatArray, list[str], list[str], dict[str, FloatArray]]:
    tables = [leg.studies["knowledge"] for leg in reading.legs("phasing", "rendezvous") if
              COLUMNS[0] in leg.studies.get("knowledge", {})]
    t_s = np.array([reading.t(Epoch.utc(utc)) for t in tables for utc in t["utc"]])
    what, kind = ([str(x) for t in tables for x in t[name]] for name in ("what", "kind"))
    rows = {name: np.array([float(x) for t in tables for x in t[name]]) for name in (*COLUMNS, *TIED)}
    return t_s, what, kind, rows


def _ellipses(t_s: FloatArray, what: list[str], kind: list[str], rows: dict[str, FloatArray]) -> list[Figure]:
    """Three sigma of what is known in the orbit's plane after each burn, all about one centre."""
    burns = [i for i, k in enumerate(kind) if k == "burn"]
    if len(burns) < 2:
        return []
    rings = [ellipse(0, 0, rows["known_along_track_m"][i], rows["known_radial_m"][i],
                     -rows["known_radial_with_along"][i], "spread") for i in burns]
    points = tuple(Point(ring.half_x * np.cos(ring.turn_rad), ring.half_x * np.sin(ring.turn_rad), burn_name(what[i]),
                         shape="none") for i, ring in zip(burns, rings, strict=True))
    wide, tall = (3.3 * float(rows[f"known_{axis}_m"][burns].max()) for axis in ("along_track", "radial"))
    none = Path(np.zeros(1), np.zeros(1), "ship")
    sheet = Sheet("m along the track from where it is believed to be", "m below", (none,), points, tuple(rings), True,
                  True, x_span=(-wide, wide), y_span=(-tall, tall), zero_lines=True, most_px=330.0)
    label = "Ellipses of three sigma of what is known in the orbit's plane, after each burn"
    return [figure(lambda w: plane(w, label, "ellipses", sheet),
                   "Where the ship may be about where it is believed to be: three sigma in the orbit's plane after "
                   "each burn, the Earth below.")]


def rings_km(reading: Reading, seen: Relative, most_km: float = 1.5) -> tuple[Ring, ...]:
    """Three sigma of where the ship may be about the plan, at burns and fixes beside the station; km of LVLH."""
    t_s, _, _, rows = _rows(reading)
    out = []
    for i, t in enumerate(t_s):
        along, down = (rows[f"plan_{axis}_m"][i] / 1000 for axis in ("along_track", "radial"))
        if seen.t_s[0] <= t <= seen.t_s[-1] and 3 * max(along, down) <= most_km:
            x, z = (float(np.interp(t, seen.t_s, seen.position_m[:, k])) / 1000 for k in (0, 2))
            out.append(ellipse(x, z, along, down, -rows["plan_radial_with_along"][i], "spread"))
    return tuple(out)


