"""Orbital elements without singularity at e = 0, from states and back.

An element set x (…, 6) is [a m, e cos w, e sin w, inclination rad, node rad, mean argument of latitude rad]; it is
meant for e < 0.3 and inclinations between 5 and 175 deg. States are [m, m/s] in inertial axes.
"""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.physics.ascent import MU_M3_S2
from fakel.physics.frames import cross

A, EX, EY, INCLINATION, NODE, PHASE = range(6)


def elements(y: FloatArray) -> FloatArray:
    """Osculating elements (…, 6) of states (…, 6 or more)."""
    r, v = y[..., :3], y[..., 3:6]
    distance = np.linalg.norm(r, axis=-1)
    h = cross(r, v)
    spin = np.linalg.norm(h, axis=-1)
    a_m = 1 / (2 / distance - np.sum(v * v, axis=-1) / MU_M3_S2)
    inclination = np.arccos(h[..., 2] / spin)
    node = np.arctan2(h[..., 0], -h[..., 1])
    latitude = np.arctan2(r[..., 2] / np.sin(inclination), r[..., 0] * np.cos(node) + r[..., 1] * np.sin(node))
    e_cos = spin**2 / MU_M3_S2 / distance - 1                   # e cos and e sin of the true anomaly
    e_sin = np.sum(r * v, axis=-1) / distance * spin / MU_M3_S2
    perigee = latitude - np.arctan2(e_sin, e_cos)
    e = np.minimum(np.hypot(e_cos, e_sin), 0.999)               # a solver's wild guess is no reason to stop
    eccentric = 2 * np.arctan2(np.sqrt(1 - e) * np.sin((latitude - perigee) / 2),
                               np.sqrt(1 + e) * np.cos((latitude - perigee) / 2))
    phase = perigee + eccentric - e * np.sin(eccentric)
    return np.stack([a_m, e * np.cos(perigee), e * np.sin(perigee), inclination, node, phase], axis=-1)


def state(x: FloatArray) -> FloatArray:
    """States (…, 6) of osculating elements (…, 6); undoes ``elements``."""
    e, perigee = np.hypot(x[..., EX], x[..., EY]), np.arctan2(x[..., EY], x[..., EX])
    mean = x[..., PHASE] - perigee
    eccentric = mean
    for _ in range(6):                       # Newton on Kepler's equation; e < 0.05 needs three, 0.3 five
        eccentric = eccentric - (eccentric - e * np.sin(eccentric) - mean) / (1 - e * np.cos(eccentric))
    true = 2 * np.arctan2(np.sqrt(1 + e) * np.sin(eccentric / 2), np.sqrt(1 - e) * np.cos(eccentric / 2))
    u, r_m = true + perigee, x[..., A] * (1 - e * np.cos(eccentric))
    pace = np.sqrt(MU_M3_S2 / (x[..., A] * (1 - e * e)))
    tilt, node = x[..., INCLINATION], x[..., NODE]
    to_node = np.stack([np.cos(node), np.sin(node), np.zeros_like(node)], axis=-1)
    ahead = np.stack([-np.sin(node) * np.cos(tilt), np.cos(node) * np.cos(tilt), np.sin(tilt)], axis=-1)

    def along(p: FloatArray, q: FloatArray) -> FloatArray:
        return np.asarray(p[..., None] * to_node + q[..., None] * ahead)
    return np.concatenate([along(r_m * np.cos(u), r_m * np.sin(u)),
                           along(-pace * (np.sin(u) + x[..., EY]), pace * (np.cos(u) + x[..., EX]))], axis=-1)
