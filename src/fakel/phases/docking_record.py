"""What a flown way in leaves behind: arcs, channels, events, studies, and whether the mechanism captured."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from fakel.guidance.corridor import corridor_to
from fakel.guidance.proximity import BACKING, FINAL, FLYAROUND, HOLD, HOPS, Way
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError
from fakel.model.flight import STATION, Arc, Channel, Event, Table
from fakel.model.frame import Frame
from fakel.model.handover import Handover
from fakel.model.structure import Structure
from fakel.model.vehicle import Docking, Ship
from fakel.physics.frames import attitude_along, attitude_lvlh, from_relative_rtn, relative_rtn, rtn_from_gcrf
from fakel.physics.propagate import G0_M_S2
from fakel.plan.beside import beside_channels, spending_channels
from fakel.plan.craft import propellant_left_kg
from fakel.plan.passive import Door, study_way
from fakel.plan.proximity import Approach, Bodies, Pair

RATE_QUOTED_TO_M_S = 0.001
"""A closing rate is judged to the millimetre a second, so that round-off at a limit decides nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """A port seen from the station, RTN: axis (3,), place of the ship's centre at contact (3,) m, what it takes."""

    port: str
    axis: FloatArray
    centre_m: FloatArray
    limits: Docking

    @property
    def plane_m(self) -> FloatArray:
        """Centre of the port's plane (3,), RTN."""
        return np.asarray(self.centre_m - self.limits.probe_ahead_m * self.axis)


@dataclass(frozen=True, eq=False)
class Record:
    """Everything that is told of one approach that began at start."""

    ship: Ship
    start: Epoch
    gate: Gate
    flown: Approach
    planned: Approach
    structure: Structure | None = None

    @cached_property
    def relative(self) -> FloatArray:
        """Rows (n, 6) in the station's RTN."""
        return relative_rtn(self.flown.ship, self.flown.station)

    @cached_property
    def t_s(self) -> FloatArray:
        """Seconds (n,) after start."""
        return np.asarray(self.flown.t_s - self.flown.t_s[0])

    @property
    def propellant_kg(self) -> FloatArray:
        """What is left in the tanks (n,)."""
        return np.asarray(propellant_left_kg(self.ship, self.flown.ship[:, 6]))

    def require_propellant(self) -> None:
        """Raises FlightError when more is burnt than there is."""
        if self.propellant_kg[-1] < 0.0:
            raise FlightError(f"docking: {self.ship.id} lacks {-self.propellant_kg[-1]:.1f} kg of propellant at the "
                              "port; load more or arrive nearer")

    def touch(self, approach: Approach) -> tuple[float, float]:
        """Closing rate (m/s) and lateral offset (m) at contact; NaN when there was none."""
        if approach.contact is None:
            return float("nan"), float("nan")
        x = approach.contact.relative
        off_m = x[:3] - self.gate.centre_m
        off_m = off_m - (off_m @ self.gate.axis) * self.gate.axis
        return float(-x[3:] @ self.gate.axis), float(np.linalg.norm(off_m))

    @cached_property
    def no_capture(self) -> str | None:
        """Why the mechanism did not capture, or None when it did."""
        rate_m_s, lateral_m = self.touch(self.flown)
        limits = self.gate.limits
        if self.flown.contact is None:
            return "the ship did not reach the port's plane"
        if rate_m_s < limits.closing_rate_min_m_s - RATE_QUOTED_TO_M_S:
            return f"closing rate {rate_m_s:.3f} m/s is below {limits.closing_rate_min_m_s:.3f} m/s"
        if rate_m_s > limits.closing_rate_max_m_s + RATE_QUOTED_TO_M_S:
            return f"closing rate {rate_m_s:.3f} m/s is above {limits.closing_rate_max_m_s:.3f} m/s"
        if lateral_m > limits.lateral_max_m:
            return f"lateral offset {lateral_m:.3f} m is above {limits.lateral_max_m:.3f} m"
        return None

    def arcs(self, hooked: tuple[FloatArray, FloatArray] | None) -> tuple[Arc, Arc]:
        """Ship and station; hooked: seconds after contact (m,) and the station's states (m, 7) while they are joined.

        The ship's nose points at the port, its back to the orbit's normal (radial where the port looks that way).
        """
        t_s, ship, station = self.t_s, self.flown.ship, self.flown.station
        if hooked is not None:
            place = np.broadcast_to(np.r_[self.gate.centre_m, np.zeros(3)], (len(hooked[0]), 6))
            joined = np.c_[from_relative_rtn(place, hooked[1]), np.full(len(place), ship[-1, 6])]
            t_s = np.concatenate([t_s, t_s[-1] + hooked[0]])
            ship, station = np.vstack([ship, joined]), np.vstack([station, hooked[1]])
        rtn = rtn_from_gcrf(station[:, :3], station[:, 3:6])
        nose = self.gate.plane_m - relative_rtn(ship, station)[:, :3]
        up = rtn[:, 0] if abs(self.gate.axis[2]) > 0.7 else rtn[:, 2]
        towards = np.einsum("nij,ni->nj", rtn, nose / np.linalg.norm(nose, axis=1)[:, None])
        return (_arc(self.ship.id, self.start, t_s, ship, attitude_along(towards, up)),
                _arc(STATION, self.start, t_s, station, attitude_lvlh(station[:, :3], station[:, 3:6])))

    def channels(self, arcs: tuple[Arc, Arc]) -> tuple[Channel, ...]:
        """``relative.*`` and what is spent, as on the way here; and ``docking.*`` to contact, counted from the port.

        to_port: along the axis between probe and port; off_axis: from the axis; dv_used: thrusters', since the aim.
        """
        ship, station = arcs
        away_m = self.relative[:, :3] - self.gate.centre_m
        along_m = away_m @ self.gate.axis
        off_axis_m = np.linalg.norm(away_m - along_m[:, None] * self.gate.axis, axis=1)
        exhaust_m_s = self.ship.vehicle.thrusters.isp_s * G0_M_S2
        rows = (("to_port_m", "m", along_m), ("off_axis_m", "m", off_axis_m),
                ("dv_used_m_s", "m/s", exhaust_m_s * np.log(self.flown.ship[0, 6] / self.flown.ship[:, 6])))
        return (*beside_channels(ship, station), *spending_channels(self.ship, ship),
                *(Channel(f"docking.{name}", unit, self.start, self.t_s, values) for name, unit, values in rows))

    def events(self, ways: Sequence[Way], stop: Epoch) -> tuple[Event, ...]:
        """What happened, in order of time."""
        ends = {way.leg: way.t_s for way in ways}                     # the last of each leg stands
        times = (("flyaround_start", ends.get(HOPS[-1], ends.get(BACKING, 0.0))), ("flyaround_end", ends[FLYAROUND]),
                 ("station_keeping_start", ends[FLYAROUND]), ("final_approach_start", ends[HOLD]))
        out = [Event(self.start + t, name, self.ship.id, "docking", self._facts(t)) for name, t in times]
        out = sorted([*out, *self._burns()], key=lambda event: event.epoch)
        rate_m_s, lateral_m = self.touch(self.flown)
        facts = {"closing_rate_m_s": rate_m_s, "lateral_m": lateral_m, "port": self.gate.port,
                 "mass_kg": float(self.flown.ship[-1, 6]), "propellant_kg": float(self.propellant_kg[-1]),
                 "dv_m_s": self.flown.dv_m_s}
        end = self.start + float(self.t_s[-1])
        if self.no_capture is not None:
            return (*out, Event(end, "no_capture", self.ship.id, "docking", {**facts, "why": self.no_capture}))
        return (*out, Event(end, "docking_contact", self.ship.id, "docking", facts),
                Event(stop, "docking_hooks_closed", self.ship.id, "docking", {"port": self.gate.port}))

    def _burns(self) -> list[Event]:
        """Start and end of each hop's impulses, and of the trains of impulses after them."""
        out = []
        for leg in dict.fromkeys(p.leg for p in self.flown.pulses):
            train = [p for p in self.flown.pulses if p.leg == leg]
            facts = {"burn": leg, "impulses": len(train), "dv_m_s": float(sum(np.linalg.norm(p.dv_m_s) for p in train)),
                     "propellant_kg": float(sum(p.before.ship[6] - p.after.ship[6] for p in train))}
            for name, pulse in (("burn_start", train[0]), ("burn_end", train[-1])):
                out.append(Event(self._epoch(pulse.before), name, self.ship.id, "docking", facts))
        return out

    def _facts(self, t_s: float) -> dict[str, float]:
        """Where the ship is and what it has used just before an instant."""
        i = max(int(np.searchsorted(self.t_s, t_s - 1e-6)), 0)
        x = self.relative[i]
        return {"range_m": float(np.linalg.norm(x[:3])), "speed_m_s": float(np.linalg.norm(x[3:])),
                "to_port_m": float((x[:3] - self.gate.centre_m) @ self.gate.axis),
                "propellant_kg": float(self.propellant_kg[i])}

    def studies(self, bodies: Bodies, stop_s: float, known: FloatArray | None = None) -> dict[str, Table]:
        """Tables ``pulses`` and ``contact`` (flown and planned), ``handover``, those of ``plan.passive``. known (6, 6):
        covariance of what is known at the aim point."""
        door = Door(self.gate.centre_m, self.gate.axis, self.structure)
        study = study_way(self.flown, bodies, door, self.ship.vehicle.thrusters, self.ship.vehicle.navigation, stop_s,
                          known=known)
        return {"pulses": self._pulses(), "contact": self._contacts(), **study.tables(self._utc_of),
                "handover": self.handover.table()}

    @property
    def handover(self) -> Handover:
        """Where an approach with attitude would take over: at the hold, before the ship pushes off."""
        pulse = next(p for p in self.flown.pulses if p.leg == FINAL)
        x, limits = pulse.before.relative, self.gate.limits
        shape = corridor_to(self.gate.centre_m, self.gate.axis)
        return Handover(self._utc(pulse.before), self.gate.port, x[:3], x[3:], float(pulse.before.ship[6]),
                        float(propellant_left_kg(self.ship, pulse.before.ship[6])), shape.centre_m, shape.axis,
                        math.degrees(shape.half_angle_rad), shape.offset_m, shape.reach_m, limits.closing_rate_m_s,
                        limits.lateral_max_m)

    def _pulses(self) -> Table:
        planned = {(p.leg, round(p.before.t_s, 3)): p.dv_m_s for p in self.planned.pulses}
        none = np.full(3, np.nan)
        rows = [(p, planned.get((p.leg, round(p.before.t_s, 3)), none)) for p in self.flown.pulses]
        table: dict[str, Any] = {"utc": [self._utc(p.before) for p, _ in rows], "leg": [p.leg for p, _ in rows],
                                 "range_m": [_range_m(p.before) for p, _ in rows],
                                 "dv_m_s": [float(np.linalg.norm(p.dv_m_s)) for p, _ in rows]}
        for i, name in enumerate(("radial", "along_track", "normal")):
            table[f"dv_{name}_m_s"] = [float(p.dv_m_s[i]) for p, _ in rows]
            table[f"planned_dv_{name}_m_s"] = [float(plan[i]) for _, plan in rows]
        return table | {"mass_kg": [float(p.after.ship[6]) for p, _ in rows]}

    def _contacts(self) -> Table:
        both = (self.planned, self.flown)
        touches = [self.touch(a) for a in both]
        return {"case": ["as planned", "as flown"], "utc": [self._utc(a.contact) if a.contact else "" for a in both],
                "closing_rate_m_s": [t[0] for t in touches], "lateral_m": [t[1] for t in touches],
                "dv_m_s": [a.dv_m_s for a in both], "mass_kg": [float(a.ship[-1, 6]) for a in both]}

    def _utc(self, pair: Pair) -> str:
        return self._epoch(pair).iso(3)

    def _epoch(self, pair: Pair) -> Epoch:
        return self._at(pair.t_s)

    def _utc_of(self, t_s: float) -> str:
        return self._at(t_s).iso(3)

    def _at(self, t_s: float) -> Epoch:
        return self.start + (t_s - float(self.flown.t_s[0]))


def _arc(craft: str, start: Epoch, t_s: FloatArray, y: FloatArray, attitude: FloatArray) -> Arc:
    return Arc("docking", craft, Frame.GCRF, start, t_s, y[:, :3], y[:, 3:6], attitude, y[:, 6])


def _range_m(pair: Pair) -> float:
    return float(np.linalg.norm(pair.relative[:3]))
