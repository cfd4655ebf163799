"""The law that steers a climb from what is known, its gains, and the linear covariance of the same law.

At each burn the flight is predicted from what is known with the planned burns that are left; the miss at the aim, an
offset (6,) as in ``knowing``, is taken away by changing those burns as little as can be (weighted as in
``phasing.correct``). The gains belong to the planned way and are computed once: so the law is linear about it, and its
covariance is a product of matrices. Source of the method: Geller 2006, Linear covariance techniques for orbital
rendezvous analysis and autonomous onboard mission planning.

Covariances here are (12, 12): of the true ship's offset from the planned one, and of the known one's.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fakel.guidance.knowing import Fix
from fakel.guidance.phasing import SHARE_M_S
from fakel.model.arrays import FloatArray

GOOD_M, GOOD_M_S, ROUNDS = 1.0, 1e-4, 6
_SINGULAR = 1e-9


def gains(slopes: FloatArray, dv_m_s: FloatArray) -> FloatArray:
    """Least change (3k, 6) of burns dv (k, 3) for each metre of miss; slopes (6, 3k) of the end by the burns.

    One burn alone cannot meet six conditions: then the miss that is left is least.
    """
    weight = np.repeat(np.sqrt(np.sum(dv_m_s**2, axis=1) + SHARE_M_S**2), 3)
    return np.asarray(weight[:, None] * (slopes.T @ np.linalg.pinv((slopes * weight) @ slopes.T, _SINGULAR)))


def retarget(miss: Callable[[FloatArray], FloatArray], dv_m_s: FloatArray, gain: FloatArray, longest_m_s: float
             ) -> tuple[FloatArray, FloatArray]:
    """Burns (k, 3) near the planned dv that lead to the goal, and the miss (6,) that is left.

    miss(dv) flies them. A few rounds with the same gain: the first does what the linear law says, the others what is
    curved in it. No component changes by more than longest_m_s.
    """
    out = dv_m_s
    left = miss(out)
    for _ in range(ROUNDS):
        step = gain @ left
        out = out - step.reshape(out.shape)
        out = np.clip(out, dv_m_s - longest_m_s, dv_m_s + longest_m_s)
        left = miss(out)
        if np.abs(step).max() < GOOD_M_S or np.linalg.norm(left) < GOOD_M:
            break
    return out, left


def together(error: FloatArray, strayed: FloatArray | None = None) -> FloatArray:
    """The (12, 12) of a ship known with a covariance (6, 6) of error, its known place strayed from the plan by another.

    What is known best errs independently of where that is. Nothing strayed: it is known to be where it is planned.
    """
    out = np.zeros((12, 12))
    out[:6, :6] = error
    if strayed is not None:
        out += np.kron(np.ones((2, 2)), strayed)
    return out


def error(both: FloatArray) -> FloatArray:
    """Covariance (6, 6) of true minus known."""
    return np.asarray(both[:6, :6] - both[:6, 6:] - both[6:, :6] + both[6:, 6:])


def carried(both: FloatArray, transition: FloatArray) -> FloatArray:
    """After free flight."""
    m = np.kron(np.eye(2), transition)
    return np.asarray(m @ both @ m.T)


def fixed(both: FloatArray, what: Fix) -> FloatArray:
    """After a fix."""
    m = np.eye(12)
    m[6:, :6] += what.gain @ what.slopes
    m[6:, 6:] -= what.gain @ what.slopes
    out = m @ both @ m.T
    out[6:, 6:] += what.gain @ what.noise @ what.gain.T
    return np.asarray((out + out.T) / 2)


def pushed(both: FloatArray, transition: FloatArray, by_burn: FloatArray, law: FloatArray, execution: FloatArray
           ) -> tuple[FloatArray, FloatArray]:
    """After a burn, and the covariance (3, 3) of what was burnt.

    transition (6, 6) and by_burn (6, 3): the offset at its end by that at its ignition and by its vector; law (3, 6):
    how the command follows the known offset; execution (3, 3): covariance of what the engine adds.
    """
    m = np.kron(np.eye(2), transition)
    m[:6, 6:] += by_burn @ law
    m[6:, 6:] += by_burn @ law
    out = m @ both @ m.T
    out[:6, :6] += by_burn @ execution @ by_burn.T
    return np.asarray((out + out.T) / 2), np.asarray(law @ both[6:, 6:] @ law.T + execution)
