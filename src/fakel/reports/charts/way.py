"""The way to a station in planes: phase against height difference, and beside the station in its own axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.flight import Table
from fakel.reports.charts.panels import Line, Panel
from fakel.reports.charts.plane import Path, Point, Ring, Sheet
from fakel.reports.svg import room

KEEP_OUT_M, ELLIPSOID_M = 200.0, (2000.0, 1000.0)
"""The station's keep-out sphere, and the half axes of its approach ellipsoid along and across the path: SSP 50808."""
NEAR_SHARE = 0.06
"""Of the phase at the begin: what happens nearer to the station gets a second sheet."""
SIGMAS = 3.0
DOWN, SIDE = "radial", "normal"


def phasing(angle_deg: FloatArray, below_km: FloatArray, points: Sequence[Point],
            window: tuple[float, float, str] | None = None) -> tuple[Sheet, Sheet | None]:
    """Phase against height difference as a whole, and the end of it; points in order of time, x and y in the units.

    window: phases that the profile takes, at the right end.
    """
    far = NEAR_SHARE * float(angle_deg.max())
    whole, close = [p for p in points if p.x > far], [p for p in points if p.x <= far]
    right = max(float(angle_deg.max()), window[1] if window else 0.0)
    first = _staircase(angle_deg, below_km, whole, right, () if window is None else (window,))
    near = angle_deg <= max([p.x for p in close], default=0.0) * 1.25 + 0.05
    if len(close) < 2 or near.sum() < 3:
        return _staircase(angle_deg, below_km, points, right, first.bands), None
    i = max(int(np.argmax(near)) - 1, 0)
    return first, _staircase(angle_deg[i:], below_km[i:], close, float(angle_deg[i]), ())


def _staircase(angle: FloatArray, below: FloatArray, points: Sequence[Point], right: float,
               bands: tuple[tuple[float, float, str], ...]) -> Sheet:
    low = float(angle.min())
    x, y = room(low if low < -NEAR_SHARE * right else 0.0, right, 8), room(0.0, float(below.max()), 5)
    return Sheet("station ahead, °", "km below the station", (Path(angle, below, "ship"),), tuple(points), y_down=True,
                 height=240, x_span=x, y_span=y, bands=bands)


def beside(unit: str, paths: Sequence[Path], points: Sequence[Point], rings: Sequence[Ring],
           x_span: tuple[float, float], y_span: tuple[float, float], down: str = "below", most_px: float = 400.0
           ) -> Sheet:
    """The station at the origin, flight direction to the right, Earth (or starboard) below, both axes in one scale."""
    return Sheet(f"{unit} ahead of the station", f"{unit} {down} the station", tuple(paths), tuple(points),
                 tuple(rings), equal=True, y_down=True, x_span=x_span, y_span=y_span, zero_lines=True, most_px=most_px)


def zones_km() -> tuple[Ring, Ring]:
    """Approach ellipsoid and keep-out sphere; the same from the side and from above."""
    half = [h / 1000 for h in ELLIPSOID_M]
    return (Ring(0, 0, half[0], half[1], "approach ellipsoid"),
            Ring(0, 0, KEEP_OUT_M / 1000, KEEP_OUT_M / 1000, "", "zone1"))


def span(values: FloatArray, least: float, pad: float) -> tuple[float, float]:
    """From lowest to highest with some air, and least to either side of zero at least."""
    return min(-least, float(values.min()) - pad), max(least, float(values.max()) + pad)


def cone(handover: Table, down: str = DOWN) -> tuple[Path, ...]:
    """The walls of the approach corridor (study ``handover``) in a plane of LVLH, m: along over down or starboard."""
    contact, axis = (_lvlh(np.asarray(handover[name][0], float), down) for name in ("contact_m", "axis"))
    size = float(np.linalg.norm(axis))
    if size < 0.5:                                                    # it looks out of this plane
        return ()
    axis, side = axis / size, np.array([-axis[1], axis[0]]) / size
    reach, offset = float(handover["reach_m"][0]), float(handover["offset_m"][0])
    wide = offset + reach * np.tan(np.radians(float(handover["half_angle_deg"][0])))
    walls = [np.stack([contact + sign * offset * side, contact + reach * axis + sign * wide * side])
             for sign in (1, -1)]
    return tuple(Path(wall[:, 0], wall[:, 1], "second shade") for wall in walls)


def _lvlh(rtn: FloatArray, down: str) -> FloatArray:
    """Along and down (or starboard) of a vector in RTN."""
    return np.array([rtn[1], -rtn[0] if down == DOWN else -rtn[2]])


def ellipse(x: float, y: float, along: float, down: float, tied: float, css: str, words: str = "") -> Ring:
    """Three sigma of a place in the plane: sigmas along x and y (down), tied: their correlation."""
    covariance = np.array([[along**2, tied * along * down], [tied * along * down, down**2]])
    values, axes = np.linalg.eigh(covariance)
    half = SIGMAS * np.sqrt(np.maximum(values, 0.0))
    return Ring(x, y, float(half[1]), float(half[0]), words, css, float(np.arctan2(axes[1, 1], axes[0, 1])))


def sigma_panels(t_s: FloatArray, columns: Mapping[str, FloatArray]) -> tuple[Panel, Panel]:
    """How well the ship is known, and how far it may be off the plan: one sigma of three axes (study ``knowledge``)."""
    axes = (("along_track", "ship", "along track"), ("radial", "ev1", "radial"), ("normal", "second", "across"))
    return (Panel("Known to", "m, one sigma",
                  tuple(Line(t_s, columns[f"known_{axis}_m"], css, name) for axis, css, name in axes), 130, log=True),
            Panel("Off the plan by", "m, one sigma",
                  tuple(Line(t_s, columns[f"plan_{axis}_m"], css, name) for axis, css, name in axes), 130, log=True))
