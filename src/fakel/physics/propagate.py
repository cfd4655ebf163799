"""Motion over time: coasts, burns, dense output and events.

Coasts are flown by collocation (``collocation``), burns by a Runge-Kutta method (``powered``). States are y = [r (m,
GCRF), v (m/s), mass (kg)]; times are TAI seconds since ``World.epoch``. ``forces`` is a ``Forces`` record or, for drag
alone, a craft's drag coefficient times cross-section (m2).

FlightError where the engine cannot vouch for what it would say: beyond the days of the world, below the ground, not
bound to the Earth, a state that is not finite, no mass.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import FlightError
from fakel.model.field import Field
from fakel.physics import collocation
from fakel.physics.dense import Condition, Dense, Found, crossings, joined, sampled, with_events
from fakel.physics.force import Forces, forces_of
from fakel.physics.gauss import rules
from fakel.physics.powered import G0_M_S2, INERTIAL, RTN, Thrust, burn, powered

__all__ = ["G0_M_S2", "INERTIAL", "RTN", "Condition", "Dense", "Found", "Thrust", "burn", "coast", "coast_record",
           "coast_table", "crossings", "flown_path", "propagate", "require_done"]

TROUBLES = {
    collocation.BEYOND_DAYS: "flight leaves the days that the world holds; build the world for longer (a mission: "
                             "a later last_date)",
    collocation.BELOW_GROUND: "a coast goes below the ground; stop it earlier or fly an entry",
    collocation.UNBOUND: "a coast starts faster than escape speed; this engine flies closed orbits of the Earth",
    collocation.UNSETTLED: "a coast does not settle: the air is too dense for an orbit; fly an entry",
    collocation.OTHER_AIR: "a coast leaves the heights, the orbit or the days that the world's air was made for; build "
                           "the world without heights_m and orbit, or for longer",
    collocation.NO_MASS: "a craft needs a mass above 0 kg",
}


def coast(y: FloatArray, t0_s: float, t1_s: float, forces: Forces | float, field: Field) -> FloatArray:
    """State (7,) at t1_s after flight without thrust from y at t0_s, forward or backward."""
    end, how, _, _ = collocation.fly(_state(y), float(t0_s), float(t1_s), forces_of(forces), field, rules(), False)
    require_done(how, end, t0_s, t1_s)
    return np.asarray(end)


def coast_table(y: FloatArray, t0_s: float, step_s: float, n: int, forces: Forces | float, field: Field
                ) -> FloatArray:
    """States (n, 7) at t0_s, t0_s + step_s, … of a coast; step_s may be negative."""
    times = np.asarray(t0_s + step_s * np.arange(n), dtype=float)
    return sampled(coast_record(y, t0_s, float(times[-1]), forces, field), times)


def coast_record(y: FloatArray, t0_s: float, t1_s: float, forces: Forces | float, field: Field) -> FloatArray:
    """A coast as a record for ``gauss.sample``."""
    record, how = _coasted(_state(y), float(t0_s), float(t1_s), forces_of(forces), field)
    require_done(how, record[-1, 1:8], t0_s, t1_s)
    return record


def _coasted(y: FloatArray, t0_s: float, t1_s: float, forces: Forces, field: Field) -> tuple[FloatArray, int]:
    """A coast as a record for ``gauss.sample``, and how it ended."""
    _, how, record, rows = collocation.fly(y, t0_s, t1_s, forces, field, rules(), True)
    if how != collocation.DONE and rows < 2:
        record, rows = np.r_[t0_s, y, np.zeros(3 * collocation.MOST_TERMS)][None], 1
    return np.ascontiguousarray(record[:rows]), int(how)


def _state(y: FloatArray) -> FloatArray:
    """A state as compiled code wants it. FlightError when it has not seven finite numbers."""
    y = np.array(y, dtype=float)
    if y.shape != (7,) or not np.isfinite(y).all():
        raise FlightError("a state is seven finite numbers (r m, v m/s, mass kg), not "
                          f"{np.array2string(y, precision=6)}")
    return y


def require_done(how: int, y: FloatArray, t0_s: float, t1_s: float) -> None:
    """FlightError unless a coast ended as it should; y: the last good state."""
    if how != collocation.DONE:
        km = np.linalg.norm(y[:3]) / 1000
        raise FlightError(f"{TROUBLES[how]} (from {t0_s:.1f} s to {t1_s:.1f} s; last good state {km:.0f} km from the "
                          f"Earth's centre)")


def propagate(y: FloatArray, t0_s: float, t1_s: float, forces: Forces | float, field: Field, *,
              thrust: Sequence[Thrust] | Thrust | None = None, events: Sequence[Condition] = ()) -> Dense:
    """Fly from t0_s to t1_s (backward too, then without thrust) and keep the path.

    thrust: burns in order of time that do not overlap; what lies outside t0_s to t1_s is left out.
    events: looked for as ``dense.crossings`` says and located within 1e-6 s of the path. The path ends at the first
    Condition with stop, and need not be flyable beyond it.
    """
    path, how = flown_path(y, t0_s, t1_s, forces, field, thrust)
    end, path = path.end, with_events(path, events)
    stopped = any(c.stop and f.name == c.name for c in events for f in path.found)
    if not stopped:
        require_done(how, end, t0_s, t1_s)
    return path


def flown_path(y: FloatArray, t0_s: float, t1_s: float, forces: Forces | float, field: Field,
               thrust: Sequence[Thrust] | Thrust | None = None) -> tuple[Dense, int]:
    """The path from t0_s to t1_s, or as far as it can be flown, and how it ended (``TROUBLES``)."""
    burns = (thrust,) if isinstance(thrust, Thrust) else tuple(thrust or ())
    y, how, records = _state(y), collocation.DONE, []
    for start_s, stop_s, push in _stretches(float(t0_s), float(t1_s), burns):
        record, how = _flown(y, start_s, stop_s, push, forces_of(forces), field)
        records.append(record)
        y = record[-1, 1:8].copy()
        if how != collocation.DONE:
            break
    return Dense(joined(records)), how


def _stretches(t0_s: float, t1_s: float, burns: tuple[Thrust, ...]) -> list[tuple[float, float, Thrust | None]]:
    """Cut the time from t0_s to t1_s where burns begin and end."""
    out: list[tuple[float, float, Thrust | None]] = []
    t = t0_s
    for push in burns:
        start_s, stop_s = max(push.start_s, t), min(push.start_s + push.duration_s, t1_s)
        if stop_s <= start_s:
            continue
        if start_s > t:
            out.append((t, start_s, None))
        out.append((start_s, stop_s, push))
        t = stop_s
    if t != t1_s or not out:
        out.append((t, t1_s, None))
    return out


def _flown(y: FloatArray, start_s: float, stop_s: float, push: Thrust | None, forces: Forces, field: Field
           ) -> tuple[FloatArray, int]:
    """Record of one stretch of constant thrust, and how it ended."""
    if push is None:
        return _coasted(y, start_s, stop_s, forces, field)
    along = np.asarray(push.direction, dtype=float)
    along = along / np.linalg.norm(along)
    return powered(y, start_s, stop_s, float(push.thrust_n), float(push.isp_s), along, push.mode, forces, field), 0
