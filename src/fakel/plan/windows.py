"""All launches of a year: on which days which profile can be flown, and at which second.

Each day the pad meets the station's plane once (a launcher that steers in yaw: twice). Which phase the station then has
is told by mean elements, a state of the station a day: fast, and good to some seconds. Only where a profile takes that
phase, or nearly, is the launch solved in the full model, by the planner of the missions (``plan.launch``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fakel.guidance.mean import INCLINATION, NODE, PHASE, drift
from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S
from fakel.model.epoch import Window
from fakel.model.place import Site
from fakel.model.profile import Profile
from fakel.model.vehicle import Launcher
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.plan import launch
from fakel.plan.burns import mean_elements
from fakel.plan.station_ahead import StationAhead
from fakel.plan.steering import Steering

NEARLY_RAD = np.radians(3.0)
"""A phase so far outside a profile's window is solved all the same: the fast model may be a little off."""
AROUND_S, BEFORE_S = 900.0, 600.0
"""So near to a meeting are the liftoffs of all profiles (a turn of phase is three minutes); each is begun so early."""
SLOPE = 0.00207
"""Node drift for phase, rad for rad (found on flown missions)."""
_TURN = 2 * np.pi


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is to be launched, from where, and by which profiles it may climb."""

    launcher: Launcher
    pad: Site
    profiles: tuple[Profile, ...]
    mass_kg: float
    cd_area_m2: float

    def by(self, profile: Profile) -> launch.Ask:
        return launch.Ask(self.launcher, self.pad, profile, self.mass_kg, self.cd_area_m2)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The pad meets the station's plane, by the fast model: world seconds of a liftoff with this phase (0 to 2 pi)."""

    t_s: float
    phase_rad: float


@dataclass(frozen=True, slots=True)
class Found:
    """A meeting, and what the full model makes of it for each profile that takes its phase or nearly does: liftoffs in
    the days asked for."""

    meeting: Meeting
    solved: tuple[tuple[Profile, launch.Opportunity], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """A launch that the full model has solved, and the station's mean elements then: the next ones follow from it.

    near: the phase is in the profile's window, or nearly.
    """

    t_s: float
    phase_rad: float
    elements: FloatArray
    near: bool


def search(days: Window, asked: Asked, station: StationAhead, progress: Callable[[float], None] = lambda part: None
           ) -> tuple[list[Found], tuple[float, float]]:
    """All meetings of days, in order of time, and by how much the fast model was off the full one at most (s, rad)."""
    first_s, last_s = station.near.seconds(days.start), station.near.seconds(days.stop)
    out, apart = [], np.zeros((1, 2))
    families = _first(first_s - AROUND_S, asked, station)
    for k, (way, known) in enumerate(families):
        for found, off in _family(way, known, first_s, last_s, asked, station):
            out.append(found)
            apart = np.vstack([apart, off])
            progress((k + (found.meeting.t_s - first_s) / (last_s - first_s)) / len(families))
    seconds, phase = np.abs(apart).max(axis=0)
    return sorted(out, key=lambda f: f.meeting.t_s), (float(seconds), float(phase))


def _first(first_s: float, asked: Asked, station: StationAhead) -> list[tuple[Steering | None, dict[str, _Known]]]:
    """The first meetings in the full model, for each profile: of each way, as rockets that steer may go north or
    south."""
    path, world = station.at(first_s)
    ways = launch.ways(asked.by(asked.profiles[0]), path, world)
    return [(way, {p.id: _known(launch.following(first_s, asked.by(p), path, world, way), p, station)
                   for p in asked.profiles}) for way in ways]


def _known(one: launch.Opportunity, profile: Profile, station: StationAhead) -> _Known:
    t_s, near = station.near.seconds(one.liftoff), _concerned(one.phase_rad, profile)
    return _Known(t_s, one.phase_rad, _elements(t_s, station), near)


def _elements(t_s: float, station: StationAhead) -> FloatArray:
    path, world = station.at(t_s)
    return mean_elements(path.y, t_s, path.cd_area_m2, world)


def _family(way: Steering | None, known: dict[str, _Known], first_s: float, last_s: float, asked: Asked,
            station: StationAhead) -> Iterator[tuple[Found, FloatArray]]:
    """Meetings of one kind, a day after another; each solved launch is what the next ones are counted from."""
    latest = known[asked.profiles[0].id]
    t_s = latest.t_s
    while t_s < last_s + AROUND_S:
        x = _elements(t_s, station)
        meeting = _meeting(t_s, x, latest, np.pi)
        solved, off = [], []
        for profile in asked.profiles:
            if not _concerned(meeting.phase_rad, profile):
                continue
            guess = _meeting(t_s, x, known[profile.id], 0.5 * (profile.phase_min_rad + profile.phase_max_rad))
            one = _solved(guess, asked.by(profile), station, way)
            if known[profile.id].near:
                off.append((station.near.seconds(one.liftoff) - guess.t_s, _wrapped(one.phase_rad - guess.phase_rad)))
            known[profile.id] = latest = _known(one, profile, station)
            solved.append((profile, one))
        within = tuple((p, one) for p, one in solved if first_s <= station.near.seconds(one.liftoff) < last_s)
        if within or first_s <= meeting.t_s < last_s:
            yield Found(meeting, within), np.array(off).reshape(-1, 2)
        t_s = meeting.t_s + _day_s(x)


def _day_s(x: FloatArray) -> float:
    """From one meeting to the next: the Earth's turn against the node."""
    rate = (drift(x, DAY_S)[NODE] - x[NODE]) / DAY_S
    return float(_TURN / (EARTH_RATE_RAD_S - rate))


def _meeting(t_s: float, here: FloatArray, known: _Known, middle_rad: float) -> Meeting:
    """The meeting next to an instant, from the station's elements then; its phase is counted in the turn around
    middle_rad."""
    at_s, phase = t_s, middle_rad
    for _ in range(4):
        x = drift(here, at_s - t_s)
        phase = middle_rad + _wrapped(_phase(at_s, x, known) - middle_rad)
        at_s -= _miss(at_s, x, phase, known) / EARTH_RATE_RAD_S
    return Meeting(at_s, float(phase))


def _phase(t_s: float, x: FloatArray, known: _Known) -> float:
    """The station's phase at a liftoff: its mean argument of latitude against a point that turns with the Earth."""
    node = x[NODE] - known.elements[NODE] - EARTH_RATE_RAD_S * (t_s - known.t_s)
    return float(known.phase_rad + x[PHASE] - known.elements[PHASE] + np.cos(x[INCLINATION]) * _wrapped(node))


def _miss(t_s: float, x: FloatArray, phase: float, known: _Known) -> float:
    """By how much a liftoff is too late for the station's plane at docking, rad."""
    node = EARTH_RATE_RAD_S * (t_s - known.t_s) - (x[NODE] - known.elements[NODE])
    return _wrapped(node - SLOPE * (phase - known.phase_rad))


def _concerned(phase_rad: float, profile: Profile) -> bool:
    """Whether a profile takes a phase, or nearly does."""
    return abs(shortfall_rad(phase_rad, profile)) < NEARLY_RAD


def _solved(guess: Meeting, ask: launch.Ask, station: StationAhead, way: Steering | None) -> launch.Opportunity:
    """The launch next to a guess in the full model."""
    path, world = station.at(guess.t_s - BEFORE_S)
    return launch.nearest(guess.t_s, guess.phase_rad, ask, path, world, way)


def shortfall_rad(phase_rad: float, profile: Profile) -> float:
    """How far a phase lies outside a profile's window, in the nearest turn: above it positive, below it negative, 0
    inside."""
    middle, half = 0.5 * (profile.phase_min_rad + profile.phase_max_rad), 0.5 * (profile.phase_max_rad
                                                                                - profile.phase_min_rad)
    away = _wrapped(phase_rad - middle)
    return float(np.sign(away) * max(abs(away) - half, 0.0))


def nearest_day(found: Sequence[Found], profile: Profile) -> tuple[Meeting, float] | None:
    """The meeting whose phase comes nearest to a profile's window, and how far it is outside (rad)."""
    if not found:
        return None
    best = min(found, key=lambda f: abs(shortfall_rad(f.meeting.phase_rad, profile)))
    return best.meeting, shortfall_rad(best.meeting.phase_rad, profile)


def _wrapped(angle_rad: float) -> float:
    return float((angle_rad + np.pi) % _TURN - np.pi)
