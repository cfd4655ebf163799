"""Flight under thrust: an explicit Runge-Kutta method of order 8 with fixed steps of 10 s at most.

Fixed steps make the result a smooth function of its inputs, which root finders need. States are y = [r (m, GCRF),
v (m/s), mass (kg)]; times are TAI seconds since ``World.epoch``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import njit

from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError
from fakel.model.field import Field
from fakel.physics.dop853 import NODES, STEP, stage_place
from fakel.physics.force import FAST, SERIES, TERMS, Forces, acceleration, forces_of, holds
from fakel.physics.frames import rtn_from_gcrf, rtn_of

G0_M_S2 = 9.80665
INERTIAL, RTN = 1, 2
STEP_S = 10.0
_NO_TRACE = np.zeros((0, 11))


@dataclass(frozen=True, slots=True)
class Thrust:
    """Constant thrust from start_s for duration_s; mode INERTIAL or RTN says in which frame direction (3,) is."""

    start_s: float
    duration_s: float
    thrust_n: float
    isp_s: float
    direction: tuple[float, float, float]
    mode: int = INERTIAL


def along(push: Thrust, y: FloatArray) -> FloatArray:
    """Unit vectors (n, 3), GCRF, of a burn's push at states (n, 6 or more)."""
    given = np.asarray(push.direction, dtype=float)
    given = given / np.linalg.norm(given)
    if push.mode == RTN:
        return np.asarray(np.einsum("nij,i->nj", rtn_from_gcrf(y[:, :3], y[:, 3:6]), given))
    return np.broadcast_to(given, (len(y), 3))


@njit(cache=True, fastmath=FAST)
def march(y: FloatArray, t0_s: float, t1_s: float, thrust_n: float, isp_s: float, direction: FloatArray, mode: int,
          forces: Forces, field: Field, trace: FloatArray) -> tuple[FloatArray, int]:
    """Fly from t0_s to t1_s (either direction in time) with constant thrust along direction (3,).

    trace (n, 11): takes t, y, acceleration at every step while there is room. Returns the last state (7,) and the
    number of rows written (steps + 1). FlightError outside the days of the field.
    """
    if not (holds(t0_s, field) and holds(t1_s, field)):
        raise FlightError("flight leaves the days that the world holds; build the world for longer")
    if not (y[6] > 0.0 and y[6] - thrust_n / (isp_s * G0_M_S2) * (t1_s - t0_s) > 0.0):
        raise FlightError("burn: the craft's mass runs out; shorten the burn or give it more mass")
    now, m = np.zeros(SERIES + TERMS), np.zeros((3, 3))
    y, trial, k, t, row = y.copy(), np.empty(7), np.zeros((STEP, 7)), t0_s, 0
    while True:
        left = t1_s - t
        h = left / max(1.0, math.ceil(abs(left) / STEP_S - 1e-9))
        last = abs(left) <= STEP_S * (1 + 1e-9)
        for s in range(STEP if left != 0.0 else 1):
            stage_place(s, h, y, k, trial)
            ax, ay, az = acceleration(t + NODES[s] * h, trial, forces, field, now, m)
            k[s, 0], k[s, 1], k[s, 2] = trial[3], trial[4], trial[5]
            push = thrust_n / trial[6]
            dx, dy, dz = direction[0], direction[1], direction[2]
            if mode == RTN:
                f = rtn_of(trial)
                dx, dy, dz = (f[0, 0] * direction[0] + f[1, 0] * direction[1] + f[2, 0] * direction[2],
                              f[0, 1] * direction[0] + f[1, 1] * direction[1] + f[2, 1] * direction[2],
                              f[0, 2] * direction[0] + f[1, 2] * direction[1] + f[2, 2] * direction[2])
            ax, ay, az = ax + push * dx, ay + push * dy, az + push * dz
            k[s, 6] = -thrust_n / (isp_s * G0_M_S2)
            k[s, 3], k[s, 4], k[s, 5] = ax, ay, az
            if s == 0 and row < trace.shape[0]:
                trace[row, 0] = t
                for j in range(7):           # loops, not slices: a slice brings a second of compiling with it
                    trace[row, 1 + j] = y[j]
                for j in range(3):
                    trace[row, 8 + j] = k[0, 3 + j]
                row += 1
        if left == 0.0:
            return y, row
        stage_place(STEP, h, y, k, y)
        t = t1_s if last else t + h
        if last and trace.shape[0] == 0:
            return y, row


def burn(y: FloatArray, t0_s: float, duration_s: float, thrust_n: float, isp_s: float, direction: FloatArray,
         mode: int, forces: Forces | float, field: Field) -> FloatArray:
    """State (7,) after a burn of constant thrust.

    direction: unit vector (3,) of the push, in GCRF (mode INERTIAL) or in the turning RTN frame (mode RTN).
    """
    end, _ = march(np.array(y, dtype=float), float(t0_s), float(t0_s + duration_s), float(thrust_n), float(isp_s),
                   np.array(direction, dtype=float), mode, forces_of(forces), field, _NO_TRACE)
    return _finite(np.asarray(end))


def powered(y: FloatArray, start_s: float, stop_s: float, thrust_n: float, isp_s: float, direction: FloatArray,
            mode: int, forces: Forces, field: Field) -> FloatArray:
    """A burn's path as a record for ``gauss.sample`` (steps + 1, 8 + 3 * 4), exact at its steps, 1 mm between.

    The cubic acceleration of each step meets the acceleration at both its ends and the changes of velocity and place.
    """
    trace = np.zeros((int(abs(stop_s - start_s) / STEP_S) + 4, 11))
    end, n = march(y, start_s, stop_s, thrust_n, isp_s, direction, mode, forces, field, trace)
    _finite(end)
    t_s, r, v, a = trace[:n, 0], trace[:n, 1:4], trace[:n, 4:7], trace[:n, 8:11]
    h = np.diff(t_s)[:, None]
    mean, bend = np.diff(v, axis=0) / h, (np.diff(r, axis=0) - h * v[:-1]) / h**2
    slope = 3 * mean - 6 * bend
    series = np.stack([mean, slope, (a[:-1] + a[1:]) / 2 - mean, (a[1:] - a[:-1]) / 2 - slope], axis=2)
    record = np.zeros((n, 8 + 12))
    record[:, :8], record[:-1, 8:] = trace[:n, :8], series.reshape(n - 1, 12)
    return record


def _finite(y: FloatArray) -> FloatArray:
    """The state itself. FlightError when it is not finite."""
    if not np.isfinite(y).all():
        raise FlightError("burn: the state does not stay finite; check state, thrust and the world's heights of air")
    return y
