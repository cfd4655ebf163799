"""Orbits by mean elements: how plane, shape and phase drift under the flattening of the Earth.

An element set x (…, 6) is [a m, e cos w, e sin w, inclination rad, node rad, mean argument of latitude rad], without
singularity at e = 0; it is meant for e < 0.05 and inclinations between 5 and 175 deg. Axes are inertial with z near
the Earth's pole (GCRF serves: 0.1 deg off in 2013, which turns both orbits alike). States are [m, m/s].
"""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.physics.ascent import J2, MU_M3_S2
from fakel.physics.elements import EX, EY, INCLINATION, NODE, PHASE, A, elements, state
from fakel.physics.frames import cross
from fakel.physics.geodesy import RADIUS_M

__all__ = ["EX", "EY", "INCLINATION", "NODE", "PHASE", "A", "apart_m", "averaged", "drift", "elements", "kicked",
           "rates_rad_s", "state"]


def rates_rad_s(x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Secular rates of node, perigee and mean argument of latitude: first order in J2, e = 0 (Kozai 1959)."""
    n = np.sqrt(MU_M3_S2 / x[..., A] ** 3)
    k = 1.5 * J2 * (RADIUS_M / x[..., A]) ** 2 * n
    c = np.cos(x[..., INCLINATION])
    return -k * c, k * (5 * c * c - 1) / 2, n + k * (4 * c * c - 1)


def drift(x: FloatArray, dt_s: FloatArray | float) -> FloatArray:
    """Mean elements (…, 6) after dt_s (…) without thrust or air."""
    node, perigee, phase = rates_rad_s(x)
    turn, out = perigee * dt_s, np.array(x, dtype=float)
    out[..., EX] = np.cos(turn) * x[..., EX] - np.sin(turn) * x[..., EY]
    out[..., EY] = np.sin(turn) * x[..., EX] + np.cos(turn) * x[..., EY]
    out[..., NODE] = x[..., NODE] + node * dt_s
    out[..., PHASE] = x[..., PHASE] + phase * dt_s
    return out


def kicked(x: FloatArray, dv_rtn_m_s: FloatArray) -> FloatArray:
    """Elements (…, 6) after an impulse (…, 3) in the craft's own RTN frame."""
    y = state(x)
    r, v = y[..., :3], y[..., 3:]
    up = r / np.linalg.norm(r, axis=-1, keepdims=True)
    normal = cross(r, v)
    normal = normal / np.linalg.norm(normal, axis=-1, keepdims=True)
    push = (dv_rtn_m_s[..., :1] * up + dv_rtn_m_s[..., 1:2] * cross(normal, up) + dv_rtn_m_s[..., 2:] * normal)
    return elements(np.concatenate([r, v + push], axis=-1))


def averaged(revolution: FloatArray) -> FloatArray:
    """Mean elements (6,) in the middle of one closed revolution of states (n, 6 or more), evenly spaced in time.

    The first and the last sample count half. Short-period terms of J2 fall out to second order.
    """
    x = elements(revolution)
    x[:, NODE:] = np.unwrap(x[:, NODE:], axis=0)
    return np.asarray((x.sum(axis=0) - (x[0] + x[-1]) / 2) / (len(x) - 1))


def apart_m(x: FloatArray, goal: FloatArray) -> FloatArray:
    """How far elements (…, 6) are from a goal (6,), as lengths: height, both parts of e, tilt, node, along track."""
    a_m, tilt = goal[A], goal[INCLINATION]
    d = x - goal
    node = _wrapped(d[..., NODE])
    along = _wrapped(d[..., PHASE] + np.cos(tilt) * node)
    parts = [d[..., A] / a_m, d[..., EX], d[..., EY], d[..., INCLINATION], np.sin(tilt) * node, along]
    return np.asarray(a_m * np.stack(parts, axis=-1))


def _wrapped(angle: FloatArray) -> FloatArray:
    return np.asarray((angle + np.pi) % (2 * np.pi) - np.pi)
