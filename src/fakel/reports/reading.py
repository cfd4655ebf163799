"""How the page reads a flight: names, one clock, quantities joined over the legs, one craft seen from another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.day import midnight
from fakel.model.epoch import Epoch
from fakel.model.flight import STATION, Arc, Event, Flight, Leg
from fakel.model.frame import Frame
from fakel.model.verdict import Verdict
from fakel.reports.clocks import liftoff_of, zone_of


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A quantity over the whole flight; t_s counts from the reading's zero. Gaps between pieces are NaN samples."""

    t_s: FloatArray
    values: FloatArray

    def __len__(self) -> int:
        return len(self.t_s)

    def within(self, low: float, high: float) -> Series:
        inside = (self.t_s >= low - 1e-6) & (self.t_s <= high + 1e-6)
        return Series(self.t_s[inside], self.values[inside])

    def at(self, t_s: float) -> float:
        """By straight lines; NaN outside or in a gap."""
        return float(np.interp(t_s, self.t_s, self.values, left=np.nan, right=np.nan)) if len(self.t_s) else np.nan


EMPTY = Series(np.zeros(0), np.zeros(0))


@dataclass(frozen=True, slots=True, eq=False)
class Relative:
    """A craft seen from the station in its LVLH axes (x forward, y starboard, z down), metres, m/s."""

    t_s: FloatArray
    position_m: FloatArray
    velocity_m_s: FloatArray
    phase_rad: FloatArray
    below_m: FloatArray

    @property
    def range_m(self) -> FloatArray:
        return np.linalg.norm(self.position_m, axis=1)

    @property
    def range_rate_m_s(self) -> FloatArray:
        return np.sum(self.position_m * self.velocity_m_s, axis=1) / np.maximum(self.range_m, 1e-9)

    def within(self, low: float, high: float) -> Relative:
        i = (self.t_s >= low) & (self.t_s <= high)
        return Relative(self.t_s[i], self.position_m[i], self.velocity_m_s[i], self.phase_rad[i], self.below_m[i])


@dataclass(eq=False)
class Reading:
    """A flight with its verdicts. zero: the UTC midnight before its first instant."""

    flight: Flight
    verdicts: Sequence[Verdict]

    @cached_property
    def mission(self) -> Mapping[str, Any]:
        return self.flight.mission

    @cached_property
    def events(self) -> tuple[Event, ...]:
        return self.flight.events

    @cached_property
    def zero(self) -> Epoch:
        first = min([leg.before.epoch for leg in self.flight.legs] + [e.epoch for e in self.events], default=Epoch(0))
        return midnight(first.day)

    def t(self, epoch: Epoch) -> float:
        return epoch - self.zero

    # ------------------------------------------------------------------ names

    @cached_property
    def _names(self) -> dict[str, str]:
        mission, names = self.mission, {}
        station = mission.get("station") or {}
        names[STATION] = station.get("short") or "station"
        for group in ("ports", "airlocks"):
            names |= {k: str(v) for k, v in (station.get(group) or {}).items()}
        names["rescue"] = "rescue team"
        for group in ("people", "ships", "items", "places"):
            names |= {key: str(value.get("name", key)) for key, value in (mission.get(group) or {}).items()}
        return names

    def name(self, key: Any) -> str:
        """What people call something that a record names by its id."""
        text = str(key)
        return self._names.get(text) or text.replace("-", " ").replace("_", " ").capitalize()

    def surname(self, person: str) -> str:
        return self.name(person).split(" ")[-1]

    def craft_css(self, craft: str) -> str:
        return "station" if craft == STATION else "ship"

    # ------------------------------------------------------------------ legs and events

    def legs(self, *phases: str) -> list[Leg]:
        return [leg for leg in self.flight.legs if leg.phase in phases]

    def of(self, *phases: str) -> Iterator[Event]:
        """Events of phases, in order of time."""
        return (e for e in self.events if e.phase in phases)

    def first(self, name: str, *phases: str) -> Event | None:
        return next((e for e in self.events if e.name == name and (not phases or e.phase in phases)), None)

    def ship(self, *phases: str) -> str | None:
        """The ship that flies in the first leg of these phases: the one the plan names, or the one with an arc."""
        for leg in self.legs(*phases):
            named = leg.plan.get("ship")
            if isinstance(named, str):
                return named
            found = [a.craft for a in leg.arcs if a.craft != STATION]
            if found:
                return found[0]
        return None

    @cached_property
    def liftoff(self) -> Epoch | None:
        return liftoff_of(self.flight)

    def met_s(self, epoch: Epoch) -> float | None:
        return None if self.liftoff is None else epoch - self.liftoff

    @cached_property
    def zone(self) -> ZoneInfo | None:
        """The mission's own clock; None when it is UTC."""
        return zone_of(self.flight)

    # ------------------------------------------------------------------ quantities

    def series(self, name: str, *phases: str) -> Series:
        """A channel joined over the legs (of these phases, if given), in order of time."""
        pieces = sorted(
            (
                (self.t(c.start) + c.t_s, c.values)
                for leg in self.flight.legs
                for c in leg.channels
                if c.name == name and c.values.ndim == 1 and len(c.t_s) and (not phases or leg.phase in phases)
            ),
            key=lambda piece: piece[0][0],
        )
        if not pieces:
            return EMPTY
        times: list[FloatArray] = []
        values: list[FloatArray] = []
        for t, v in pieces:
            if times and t[0] > times[-1][-1] + max(1.0, 3 * float(np.median(np.diff(t))) if len(t) > 1 else 1.0):
                times.append(np.array([times[-1][-1] + 1e-3]))
                values.append(np.array([np.nan]))
            times.append(t)
            values.append(v)
        return Series(np.concatenate(times), np.concatenate(values))

    def any_series(self, *names: str) -> Series:
        """The first of several channels that the flight has."""
        return next((found for name in names if len(found := self.series(name))), EMPTY)

    def arcs(self, craft: str, *phases: str) -> list[Arc]:
        found = [
            a for leg in self.flight.legs if not phases or leg.phase in phases for a in leg.arcs if a.craft == craft
        ]
        return sorted(found, key=lambda a: a.start)

    def relative(self, craft: str, *phases: str) -> Relative | None:
        """The craft seen from the station wherever both have arcs (GCRF) in the same legs."""
        pieces = [
            p
            for arc in self.arcs(craft, *phases)
            for other in self.arcs(STATION, *phases)
            if (p := _seen_from(arc, other, self.zero)) is not None
        ]
        if not pieces:
            return None
        return Relative(
            *(
                np.concatenate([getattr(p, f) for p in pieces])
                for f in ("t_s", "position_m", "velocity_m_s", "phase_rad", "below_m")
            )
        )

    def sun_deg(self, epoch: Epoch) -> tuple[float, float] | None:
        """Latitude and longitude under the Sun (to 0.3 degrees), when the flight tells the Earth's turn."""
        t = self.t(epoch)
        x, y, z = (self.series(f"sun.direction_{axis}").at(t) for axis in "xyz")
        turn = self.series("earth.angle_rad").at(t)
        if not np.isfinite(x + y + z + turn):
            return None
        longitude = np.degrees(np.arctan2(y, x) - turn)
        return float(np.degrees(np.arcsin(np.clip(z, -1, 1)))), float((longitude + 180.0) % 360.0 - 180.0)


def _seen_from(arc: Arc, station: Arc, zero: Epoch) -> Relative | None:
    start, stop = max(arc.start + float(arc.t_s[0]), station.start + float(station.t_s[0])), min(arc.stop, station.stop)
    if stop <= start or arc.frame is not station.frame or arc.frame is Frame.ITRF:
        return None
    own = arc.t_s[(arc.t_s >= start - arc.start) & (arc.t_s <= stop - arc.start)]
    even = np.linspace(start - arc.start, stop - arc.start, min(400, int((stop - start) / 20) + 3))
    t = np.unique(np.clip(np.r_[own, even], start - arc.start, stop - arc.start))
    r, v = arc.at(t)
    rs, vs = station.at(np.clip(t + (arc.start - station.start), station.t_s[0], station.t_s[-1]))
    normal = np.cross(rs, vs)
    down, star = -_unit(rs), -_unit(normal)
    forward = np.cross(star, down)
    axes = np.stack([forward, star, down], axis=1)
    rate = np.einsum("nij,nj->ni", axes, normal / np.sum(rs * rs, axis=1)[:, None])
    position = np.einsum("nij,nj->ni", axes, r - rs)
    velocity = np.einsum("nij,nj->ni", axes, v - vs) - np.cross(rate, position)
    inplane = r - np.sum(r * star, axis=1)[:, None] * star
    phase = np.arctan2(-np.sum(inplane * forward, axis=1), -np.sum(inplane * down, axis=1))
    below = np.linalg.norm(rs, axis=1) - np.linalg.norm(r, axis=1)
    return Relative(arc.start - zero + t, position, velocity, phase, below)


def _unit(vectors: FloatArray) -> FloatArray:
    return vectors / np.linalg.norm(vectors, axis=1)[:, None]
