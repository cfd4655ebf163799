"""Small accelerations that come back each revolution: what the forces leave out, such as ocean tides and light from the
Earth, found by a fit rather than modelled."""

from __future__ import annotations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.physics.frames import rtn_from_gcrf

NAMES = ("along_cos_m_s2", "along_sin_m_s2", "across_cos_m_s2", "across_sin_m_s2")
STEP_S = 60.0
ALONG, ACROSS = 1, 2


def grid(t0_s: float, times_s: FloatArray) -> FloatArray:
    """Times from t0_s to the last of times_s, those among them, no two more than STEP_S apart."""
    return np.unique(np.concatenate([np.arange(t0_s, times_s[-1], STEP_S), times_s, [t0_s]]))


def slopes(t_s: FloatArray, states: FloatArray, transition: FloatArray) -> FloatArray:
    """How states (n, 6) at t_s (n,) answer to the four accelerations: (n, 6, 4), by 1 m/s2 each.

    Along track and across it, cos and sin of the angle from the ascending node. transition (n, 6, 6): of the states,
    from t_s[0]. An acceleration moves a later state by the integral of transition(t, s) B(s) over s (Montenbruck &
    Gill 2000, sect. 7.2); the trapezes, a minute wide, are off by 4e-4 of the effect.
    """
    angle = _from_node_rad(states)
    turn = rtn_from_gcrf(states[:, :3], states[:, 3:6])
    kicks = np.zeros((len(t_s), 6, len(NAMES)))
    for i, (axis, wave) in enumerate(((ALONG, np.cos), (ALONG, np.sin), (ACROSS, np.cos), (ACROSS, np.sin))):
        kicks[:, 3:, i] = turn[:, axis] * wave(angle)[:, None]
    pulled_back = np.linalg.solve(transition, kicks)
    pieces = 0.5 * np.diff(t_s)[:, None, None] * (pulled_back[1:] + pulled_back[:-1])
    sums = np.concatenate([np.zeros((1, 6, len(NAMES))), np.cumsum(pieces, axis=0)])
    return np.asarray(transition @ sums)


def _from_node_rad(states: FloatArray) -> FloatArray:
    """Angle (n,) from the node on the equator of GCRF."""
    normal = np.cross(states[:, :3], states[:, 3:6])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    node = np.cross([0.0, 0.0, 1.0], normal)
    node /= np.maximum(np.linalg.norm(node, axis=1, keepdims=True), 1e-12)
    ahead = np.cross(normal, node)
    return np.asarray(np.arctan2(np.sum(ahead * states[:, :3], axis=1), np.sum(node * states[:, :3], axis=1)))
