"""What pulls on a craft that is flown in the Earth's own axes: the engine's gravity, Sun and Moon."""

from __future__ import annotations

from typing import NamedTuple

from numba import njit

from fakel.model.arrays import FloatArray
from fakel.physics.gravity import acceleration_itrf
from fakel.physics.small_forces import third_body


class Earth(NamedTuple):
    """The Earth as it stands during one short flight; ITRF.

    gravity, radius_m: as in ``model.field.Field``. spin_rad_s (3,): how it turns. bodies (n, 4): places (m) and GM
    (m3/s2) of Sun and Moon, held still in these axes: in 10 min they turn by 2.5 deg, of a pull of 1e-6 m/s2.
    """

    gravity: FloatArray
    radius_m: float
    spin_rad_s: FloatArray
    bodies: FloatArray


@njit(cache=True, inline="always")
def pull_m_s2(x: float, y: float, z: float, earth: Earth) -> tuple[float, float, float]:
    """Acceleration by Earth, Sun and Moon at a place in ITRF, without what its turning adds."""
    ax, ay, az = acceleration_itrf(x, y, z, earth.gravity, earth.radius_m)
    b = earth.bodies
    for i in range(b.shape[0]):
        fx, fy, fz = third_body(x, y, z, b[i, 0], b[i, 1], b[i, 2], b[i, 3])
        ax, ay, az = ax + fx, ay + fy, az + fz
    return ax, ay, az
