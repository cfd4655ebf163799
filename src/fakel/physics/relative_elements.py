"""Relative orbital elements: a chaser's orbit less the target's, carried on under J2 and differential drag.

q (6,) is [da, dlambda, dex, dey, dix, diy], without unit, of MEAN elements (``physics.mean_elements``); times the
target's semi-major axis they are metres (D'Amico 2010, Autonomous formation flying in low Earth orbit):

- da: semi-major axis, relative; dlambda: mean argument of latitude + node x cos i, so how far ahead along the track;
- (dex, dey): difference of eccentricity vectors: the football in the orbit's plane, height +-a de, along +-2 a de;
- (dix, diy): inclination, node x sin i: the swing across the plane.

Carried on by the transition matrix of Koenig, Guffanti & D'Amico 2017, New state transition matrices for spacecraft
relative motion in perturbed orbits, J. Guid. Control Dyn. 40(7), eq. A6 (J2, any eccentricity). With drag the state is
q and three constant rates (9,): da', dex', dey', as they propose when the air is unknown; ``drag_rates`` guesses them.
"""

from __future__ import annotations

import math

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.physics.ascent import J2, MU_M3_S2
from fakel.physics.elements import EX, EY, INCLINATION, NODE, PHASE, A, elements, state
from fakel.physics.frames import relative_rtn
from fakel.physics.geodesy import RADIUS_M
from fakel.physics.mean_elements import mean_of, osculating_of
from fakel.physics.relative import Limits

LIMITS = Limits(50_000.0, 10.0, 0.2, 0.003)
"""Of ``later`` between ``between`` and ``states_of``, against the full model without air: at most 0.1 % over 240 random
starts. ``transition`` is its linear part: 2 % at 5 km, 8 % at 50 km, for second-order terms of da are left out; it is
meant for covariances and small corrections."""
LIMITS_RTN = Limits(2_500.0, 1.0, 0.1, 0.01)
"""Of ``transition_rtn``: at most 0.8 % over 450 random starts. Within a quarter of a revolution it holds 5 km to 0.2 %,
for it knows J2; over longer drifts the second order of range limits it, as it does any linear model."""


STEP = 1e-6


def relative_elements(chaser: FloatArray, target: FloatArray) -> FloatArray:
    """q (6,) of element sets (6,), both mean or both osculating."""
    return np.array([(chaser[A] - target[A]) / target[A],
                     _wrapped(chaser[PHASE] - target[PHASE])
                     + _wrapped(chaser[NODE] - target[NODE]) * math.cos(target[INCLINATION]),
                     chaser[EX] - target[EX], chaser[EY] - target[EY], chaser[INCLINATION] - target[INCLINATION],
                     _wrapped(chaser[NODE] - target[NODE]) * math.sin(target[INCLINATION])])


def absolute_elements(q: FloatArray, target: FloatArray) -> FloatArray:
    """The chaser's element set (6,); undoes ``relative_elements``."""
    node = q[5] / math.sin(target[INCLINATION])
    return np.array([target[A] * (1 + q[0]), target[EX] + q[2], target[EY] + q[3], target[INCLINATION] + q[4],
                     target[NODE] + node, target[PHASE] + q[1] - node * math.cos(target[INCLINATION])])


def between(chaser: FloatArray, target: FloatArray) -> tuple[FloatArray, FloatArray]:
    """q (6,) of mean elements, and the target's mean elements (6,), from states (6 or more,) in GCRF."""
    there = mean_of(elements(np.asarray(target[:6])))
    return relative_elements(mean_of(elements(np.asarray(chaser[:6]))), there), there


def states_of(q: FloatArray, target: FloatArray) -> tuple[FloatArray, FloatArray]:
    """States (6,) in GCRF of chaser and target from q and the target's mean elements; undoes ``between``."""
    return state(osculating_of(absolute_elements(q, target))), state(osculating_of(target))


def secular_rates(x: FloatArray) -> tuple[float, float, float]:
    """Rates (rad/s) of node, perigee and mean argument of latitude of mean elements under J2, any eccentricity."""
    k, eta, c = _kappa(x), math.sqrt(1 - x[EX] ** 2 - x[EY] ** 2), math.cos(x[INCLINATION])
    perigee = k * (5 * c * c - 1)
    n = math.sqrt(MU_M3_S2 / x[A] ** 3)
    return -2 * k * c, perigee, n + k * eta * (3 * c * c - 1) + perigee


def carried(x: FloatArray, t_s: float) -> FloatArray:
    """Mean elements (6,) after t_s under J2."""
    node, perigee, phase = secular_rates(x)
    c, s, out = math.cos(perigee * t_s), math.sin(perigee * t_s), np.array(x, dtype=float)
    out[EX], out[EY] = c * x[EX] - s * x[EY], s * x[EX] + c * x[EY]
    out[NODE] += node * t_s
    out[PHASE] += phase * t_s
    return out


def later(q: FloatArray, x: FloatArray, t_s: float) -> FloatArray:
    """q (6,) after t_s under J2 without linearising: both orbits are carried on and compared again."""
    return relative_elements(carried(absolute_elements(q, x), t_s), carried(x, t_s))


def transition(x: FloatArray, t_s: float) -> FloatArray:
    """Matrix (6, 6) that takes q over t_s; x: the target's mean elements at the begin (eq. A6)."""
    k, e2 = _kappa(x), x[EX] ** 2 + x[EY] ** 2
    eta = math.sqrt(1 - e2)
    tilt = x[INCLINATION]
    grow, n = 1 / (1 - e2), math.sqrt(MU_M3_S2 / x[A] ** 3)
    big_e, big_f = 1 + eta, 4 + 3 * eta
    p, q = 3 * math.cos(tilt) ** 2 - 1, 5 * math.cos(tilt) ** 2 - 1
    s, t = math.sin(2 * tilt), math.sin(tilt) ** 2
    turn = k * q * t_s
    c, w = math.cos(turn), math.sin(turn)
    xi, yi = x[EX], x[EY]
    xf, yf = c * xi - w * yi, w * xi + c * yi
    kt = k * t_s
    return np.array([
        [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [-(1.5 * n * t_s + 3.5 * kt * big_e * p), 1.0, kt * xi * big_f * grow * p, kt * yi * big_f * grow * p,
         -kt * big_f * s, 0.0],
        [3.5 * kt * yf * q, 0.0, c - 4 * kt * xi * yf * grow * q, -w - 4 * kt * yi * yf * grow * q, 5 * kt * yf * s,
         0.0],
        [-3.5 * kt * xf * q, 0.0, w + 4 * kt * xi * xf * grow * q, c + 4 * kt * yi * xf * grow * q, -5 * kt * xf * s,
         0.0],
        [0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
        [3.5 * kt * s, 0.0, -4 * kt * xi * grow * s, -4 * kt * yi * grow * s, 2 * kt * t, 1.0]])


def rtn_of_elements(x: FloatArray) -> FloatArray:
    """Matrix (6, 6) from q to place (m) and rate (m/s) in RTN beside a target with mean elements x.

    Central differences of 1e-6 (7 m): the second order falls out, what is left is 1e-8 of the matrix.
    """
    moved = [absolute_elements(sign * STEP * np.eye(6)[k], x) for sign in (1.0, -1.0) for k in range(6)]
    rows = state(osculating_of(np.array([*moved, x])))
    seen = relative_rtn(rows[:12], np.broadcast_to(rows[12], (12, 6)))
    return np.asarray((seen[:6] - seen[6:]).T / (2 * STEP))


def transition_rtn(x: FloatArray, t0_s: float, t1_s: float) -> FloatArray:
    """Matrix (6, 6) that takes place (m) and rate (m/s) in RTN from t0_s to t1_s under J2: to elements, over the time,
    and back. x: the target's mean elements at 0."""
    begin, end = carried(x, t0_s), carried(x, t1_s)
    return np.asarray(rtn_of_elements(end) @ transition(begin, t1_s - t0_s) @ np.linalg.inv(rtn_of_elements(begin)))


def transition_with_drag(x: FloatArray, t_s: float) -> FloatArray:
    """Matrix (9, 9) that takes q and the rates da', dex', dey' (1/s) over t_s; the rates stay.

    A rate that begins at s works through the J2 matrix for t_s - s; the sum over s is Gauss's with 8 places, exact to
    round-off for days.
    """
    out = np.eye(9)
    out[:6, :6] = transition(x, t_s)
    places, weights = np.polynomial.legendre.leggauss(8)
    for place, weight in zip(places, weights, strict=True):
        since_s = t_s * (1 + float(place)) / 2
        later = transition(carried(x, since_s), t_s - since_s)
        out[:6, 6:] += weight * t_s / 2 * later[:, (0, 2, 3)]
    return out


def drag_rates(chaser_m2_kg: float, target_m2_kg: float, density_kg_m3: float, x: FloatArray) -> FloatArray:
    """Rates [da', dex', dey'] (1/s) on a near circle from Cd A / m of both and the air's density.

    da/dt = -rho Cd A/m sqrt(mu a); even air makes no eccentricity. The turning of the air with the Earth (some 8 %) is
    left out, so a density fitted to a decay is the better input.
    """
    n = math.sqrt(MU_M3_S2 / x[A] ** 3)
    return np.array([-density_kg_m3 * (chaser_m2_kg - target_m2_kg) * n * x[A], 0.0, 0.0])


def rtn_near_circle(q: FloatArray, a_m: float, latitude_rad: float) -> FloatArray:
    """Place (3,) m in RTN at an argument of latitude, for e = 0 and small q: what the elements look like.

    R = a (da - dex cos u - dey sin u), T = a (dlambda + 2 dex sin u - 2 dey cos u), N = a (dix sin u - diy cos u).
    """
    c, s = math.cos(latitude_rad), math.sin(latitude_rad)
    return a_m * np.array([q[0] - q[2] * c - q[3] * s, q[1] + 2 * q[2] * s - 2 * q[3] * c, q[4] * s - q[5] * c])


def _kappa(x: FloatArray) -> float:
    """3/4 J2 R^2 sqrt(mu) / (a^3.5 eta^4)."""
    e2 = x[EX] ** 2 + x[EY] ** 2
    return float(0.75 * J2 * RADIUS_M**2 * math.sqrt(MU_M3_S2) / (x[A] ** 3.5 * (1 - e2) ** 2))


def _wrapped(angle: float) -> float:
    return (angle + math.pi) % (2 * math.pi) - math.pi
