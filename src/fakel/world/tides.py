"""What the ocean tides of a day and half a day do to the Earth's rotation; daily bulletins cannot hold it."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import erfa
import numpy as np

from fakel.model.arrays import FloatArray, frozen

DAYS_A_CENTURY = 36_525.0
_MICROARCSEC = np.pi / 648_000_000_000


def ocean_tides(tt: tuple[float, FloatArray], ut1: tuple[float, FloatArray]) -> FloatArray:
    """Pole x, y (rad) and UT1 (s) to add (3, n) at Julian dates in two parts, TT and UT1.

    IERS Conventions 2010, sect. 8.2: 71 terms, up to 3e-9 rad and 6e-5 s. Left out: libration (sect. 5.5.1 and 5.5.3;
    2e-10 rad, 1 mm).
    """
    multiples, sizes = _tables()
    t = (tt[0] - 2_451_545.0 + tt[1]) / DAYS_A_CENTURY
    moon_and_sun = [f(t) for f in (erfa.fal03, erfa.falp03, erfa.faf03, erfa.fad03, erfa.faom03)]
    angle = multiples @ np.array([erfa.gmst06(*ut1, *tt) + np.pi, *moon_and_sun])
    sin, cos = np.sin(angle), np.cos(angle)
    return np.array([sizes[0] @ sin + sizes[1] @ cos, sizes[2] @ sin + sizes[3] @ cos, sizes[4] @ sin + sizes[5] @ cos])


@cache
def _tables() -> tuple[FloatArray, FloatArray]:
    """Multiples of the arguments (71, 6); sizes (6, 71) of sine and cosine in x, y (rad) and UT1 (s)."""
    with as_file(files("fakel") / "data" / "earth" / "ocean_tides_in_rotation.csv") as path:
        rows = np.loadtxt(path, delimiter=",", skiprows=4)
    units = np.array([_MICROARCSEC] * 4 + [1e-6] * 2)
    multiples, sizes = rows[:, :6], (rows[:, 6:] * units).T
    return frozen(multiples, multiples.shape, "multiples"), frozen(sizes, sizes.shape, "sizes")
