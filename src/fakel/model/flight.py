"""What a flight leaves behind: states, arcs, channels, events, transfers, legs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray, frozen
from fakel.model.epoch import Epoch
from fakel.model.frame import Frame
from fakel.model.profile import Fallback

STATION = "station"
"""The id of the station among the craft."""


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Where one craft is, how it moves and how it points, at one instant.

    position_m, velocity_m_s (3,) in frame; rate_rad_s (3,) in body axes.
    attitude: quaternion (4,), scalar first, that carries the axes of frame onto the body's: components go from frame to
    body by ``physics.frames.matrix_from_quaternion``.
    """

    craft: str
    epoch: Epoch
    frame: Frame
    position_m: FloatArray
    velocity_m_s: FloatArray
    attitude: FloatArray
    rate_rad_s: FloatArray
    mass_kg: float

    def __post_init__(self) -> None:
        for name, size in (("position_m", 3), ("velocity_m_s", 3), ("attitude", 4), ("rate_rad_s", 3)):
            object.__setattr__(self, name, frozen(getattr(self, name), (size,), name))


@dataclass(frozen=True, slots=True, eq=False)
class Arc:
    """The path of one craft through one phase: samples that Hermite pieces join.

    t_s (n,) rises and counts from start; position_m and velocity_m_s (n, 3) in frame, attitude (n, 4) as in ``State``,
    mass_kg (n,).
    """

    phase: str
    craft: str
    frame: Frame
    start: Epoch
    t_s: FloatArray
    position_m: FloatArray
    velocity_m_s: FloatArray
    attitude: FloatArray
    mass_kg: FloatArray

    def __post_init__(self) -> None:
        n = len(self.t_s)
        for name, shape in (("t_s", (n,)), ("position_m", (n, 3)), ("velocity_m_s", (n, 3)),
                            ("attitude", (n, 4)), ("mass_kg", (n,))):
            object.__setattr__(self, name, frozen(getattr(self, name), shape, name))
        if n < 2 or np.any(np.diff(self.t_s) < 0):
            raise ValueError(f"an arc needs two samples or more in rising time; {self.craft} in {self.phase} has {n}")

    @property
    def stop(self) -> Epoch:
        return self.start + float(self.t_s[-1])

    def at(self, t_s: FloatArray | float) -> tuple[FloatArray, FloatArray]:
        """Position (n, 3) m and velocity (n, 3) m/s at seconds after start, by cubic Hermite pieces.

        Error between samples 30 s apart in low orbit: 0.03 m. Raises ValueError outside the arc.
        """
        t = np.atleast_1d(np.asarray(t_s, dtype=float))
        if t.size and (t.min() < self.t_s[0] - 1e-6 or t.max() > self.t_s[-1] + 1e-6):
            raise ValueError(f"{self.craft} in {self.phase} is known from {self.start} to {self.stop} only")
        i = np.clip(np.searchsorted(self.t_s, t, side="right") - 1, 0, len(self.t_s) - 2)
        h = np.maximum(self.t_s[i + 1] - self.t_s[i], 1e-12)[:, None]
        s = (t - self.t_s[i])[:, None] / h
        p0, p1 = self.position_m[i], self.position_m[i + 1]
        m0, m1 = self.velocity_m_s[i] * h, self.velocity_m_s[i + 1] * h
        position = ((2 * s**3 - 3 * s**2 + 1) * p0 + (s**3 - 2 * s**2 + s) * m0
                    + (3 * s**2 - 2 * s**3) * p1 + (s**3 - s**2) * m1)
        velocity = ((6 * s**2 - 6 * s) * (p0 - p1) + (3 * s**2 - 4 * s + 1) * m0 + (3 * s**2 - 2 * s) * m1) / h
        return position, velocity

    def state(self, epoch: Epoch) -> State:
        """The craft at one instant, with the attitude of the nearest sample."""
        t = epoch - self.start
        position, velocity = self.at(t)
        nearest = int(np.argmin(np.abs(self.t_s - t)))
        mass_kg = float(np.interp(t, self.t_s, self.mass_kg))
        return State(self.craft, epoch, self.frame, position[0], velocity[0],
                     self.attitude[nearest], np.zeros(3), mass_kg)


@dataclass(frozen=True, slots=True, eq=False)
class Channel:
    """One measured or computed quantity over time, such as ``suit.kotov.oxygen_kg``.

    The last part of the name is the unit's spelling in identifiers; unit is for people.
    """

    name: str
    unit: str
    start: Epoch
    t_s: FloatArray
    values: FloatArray
    kind: str = "simulated"

    def __post_init__(self) -> None:
        values = np.asarray(self.values, dtype=float)
        object.__setattr__(self, "t_s", frozen(self.t_s, (len(values),), f"{self.name}: t_s"))
        object.__setattr__(self, "values", frozen(values, values.shape, self.name))

    def at(self, epoch: Epoch) -> float:
        """The value at one instant, by straight lines between samples; NaN outside."""
        return float(np.interp(epoch - self.start, self.t_s, self.values, left=np.nan, right=np.nan))


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at one instant; name comes from ``EVENT_NAMES``."""

    epoch: Epoch
    name: str
    subject: str
    phase: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.name not in EVENT_NAMES:
            raise ValueError(f"{self.name!r} is not an event name; add it to EVENT_NAMES in model/flight.py")


PHASE_NAMES = ("ascent", "phasing", "rendezvous", "docking", "stay", "eva", "relocation", "undocking", "deorbit",
               "entry", "landing")
"""The phases that a leg may be of, in the order of a visit."""

EVENT_NAMES = frozenset({
    "liftoff", "tower_jettison", "booster_separation", "fairing_jettison", "core_separation",
    "stage_separation", "aft_section_jettison", "max_q", "cutoff", "insertion",
    "burn_start", "burn_end", "burn_missed", "burn_short", "burn_inhibited", "sensors_disagree",
    "autonomous_start", "aim_point",
    "station_keeping_start", "flyaround_start", "flyaround_end", "final_approach_start",
    "docking_contact", "docking_hooks_closed", "no_capture",
    "crew_transfer",
    "hatch_open", "hatch_closed", "depress_start", "repress_start", "task_start", "task_end", "task_deferred",
    "torch_out", "torch_in", "torch_handover", "walk_terminated", "suit_alarm",
    "prebreathe_start", "repress_end", "item_out", "item_in", "item_handover",
    "relocation_start", "undocking", "separation_burn_start", "separation_burn_end",
    "deorbit_burn_start", "deorbit_burn_end",
    "backup_burn_start", "backup_burn_end", "main_parachute_failed", "reserve_parachute_open", "rescue_arrives",
    "module_separation", "entry_interface", "plasma_start", "plasma_end", "guidance_start", "bank_reversal",
    "ballistic_spin",
    "max_g", "max_heating", "parachute_open", "drogue_open", "main_parachute_open", "heat_shield_jettison",
    "soft_landing_engines", "landing", "hatch_open_on_ground", "custody_to_rescue",
    "phase_end",
})


@dataclass(frozen=True, slots=True)
class Transfer:
    """An item changes hands. Exactly one holder has each item at every instant."""

    epoch: Epoch
    item: str
    giver: str
    taker: str
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """What is known of one craft: a state and its covariance (6, 6) in the state's frame, SI."""

    state: State
    covariance: FloatArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "covariance", frozen(self.covariance, (6, 6), "covariance"))


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """Everything true, and everything known, at the border between two legs.

    craft and knowledge are keyed by craft id (``station`` is the station); joined maps a docked craft
    to its port; air maps a volume to its gas state; places maps a person to a craft or volume;
    holders maps an item to a person, craft or place; suits maps a person to what is left in the suit;
    clocks maps ``liftoff`` and ``docking`` to the instants that a visit's clocks count from, once they are known;
    planned maps craft to where the plan has them, with the covariance of what is known about that, where both differ
    (dispersed flights alone); fallback is what a profile says follows the burn that has just failed.
    """

    epoch: Epoch
    craft: Mapping[str, State]
    knowledge: Mapping[str, Estimate]
    joined: Mapping[str, str]
    air: Mapping[str, Mapping[str, float]]
    places: Mapping[str, str]
    suits: Mapping[str, Mapping[str, float]]
    holders: Mapping[str, str]
    clocks: Mapping[str, Epoch]
    planned: Mapping[str, Estimate] = field(default_factory=dict)
    fallback: Fallback | None = None


Table = Mapping[str, Any]
"""A study: column name (with its unit) to a sequence of equal length."""


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """One phase, flown: what was planned, what was before and after, and all it left behind.

    outside: paths of people on the station's hull, in its LVLH axes about its reference point: where the hands are, and
    how the body is turned. Their craft is the person's id; mass_kg is the suit's.
    """

    step: str
    phase: str
    plan: Mapping[str, Any]
    before: Situation
    after: Situation
    ending: str
    arcs: tuple[Arc, ...]
    channels: tuple[Channel, ...]
    events: tuple[Event, ...]
    transfers: tuple[Transfer, ...]
    studies: Mapping[str, Table]
    outside: tuple[Arc, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Flight:
    """A whole flight, or as much of it as is written: the only thing reports, rules and shows read."""

    mission: Mapping[str, Any]
    legs: tuple[Leg, ...]
    made_by: Mapping[str, Any]
    complete: bool

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(sorted((e for leg in self.legs for e in leg.events), key=lambda e: e.epoch))

    @property
    def transfers(self) -> tuple[Transfer, ...]:
        return tuple(sorted((t for leg in self.legs for t in leg.transfers), key=lambda t: t.epoch))

    @property
    def channels(self) -> tuple[Channel, ...]:
        return tuple(c for leg in self.legs for c in leg.channels)

    def arcs(self, craft: str) -> tuple[Arc, ...]:
        """The arcs of one craft in order of time."""
        found = [a for leg in self.legs for a in leg.arcs if a.craft == craft]
        return tuple(sorted(found, key=lambda a: a.start))

    def event(self, name: str, subject: str | None = None) -> Event | None:
        """The first event of that name (and subject), or None."""
        return next((e for e in self.events if e.name == name and subject in (None, e.subject)), None)
