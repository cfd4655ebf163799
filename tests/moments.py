"""The instants of the reference mission that everybody wants to see, found in a flight by its events and its light."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import Arc, Flight

UP, DOWN = "soyuz-tma-11m", "soyuz-tma-09m"


@dataclass(frozen=True)
class Moment:
    """An instant and the camera that shows it."""

    name: str
    epoch: Epoch
    view: str

    @property
    def utc(self) -> str:
        return self.epoch.iso(3)


def whole(epoch: Epoch) -> Epoch:
    """The whole millisecond before it: a browser's clock knows no finer."""
    return Epoch(epoch.tai_ns // 1_000_000 * 1_000_000)


def moments(flight: Flight) -> list[Moment]:
    """In the order of the flight."""
    day, night = sunrise(flight, "hatch_open"), sunset(flight, "torch_in")
    found = [
        Moment("liftoff", event(flight, "liftoff") + 7.0, "chase"),
        Moment("staging", event(flight, "booster_separation") + 2.5, "chase"),
        Moment("insertion", event(flight, "insertion") + 6.0, "chase"),
        Moment("approach-at-sunset", sunset(flight, "autonomous_start") + -60.0, "chase"),
        Moment("docking-5-m", between(flight, 5.0), "docking"),
        Moment("torch-out", event(flight, "torch_out") + 60.0, "station"),
        Moment("handover-kotov", event(flight, "torch_handover") + -3.0, "kotov"),
        Moment("handover-ryazansky", event(flight, "torch_handover") + -3.0, "ryazansky"),
        Moment("night-work", night + 900.0, "ryazansky"),
        Moment("sunrise", day + 40.0, "chase"),
        Moment("undocking", event(flight, "undocking") + 50.0, "chase"),
        Moment("plasma", event(flight, "plasma_start") + 90.0, "chase"),
        Moment("parachute", event(flight, "main_parachute_open") + 20.0, "chase"),
        Moment("landing", event(flight, "landing") + -6.0, "chase"),
    ]
    return sorted((replace(one, epoch=whole(one.epoch)) for one in found), key=lambda one: one.epoch)


def event(flight: Flight, name: str) -> Epoch:
    return whole(next(one.epoch for one in flight.events if one.name == name))


def sunset(flight: Flight, after: str) -> Epoch:
    """When the station next goes into the Earth's shadow."""
    return _change(flight, event(flight, after), down=True)


def sunrise(flight: Flight, after: str) -> Epoch:
    return _change(flight, event(flight, after), down=False)


def _change(flight: Flight, after: Epoch, down: bool) -> Epoch:
    for leg in flight.legs:
        for channel in leg.channels:
            if channel.name != "station.sunlit":
                continue
            lit = channel.values > 0.5
            flips = np.flatnonzero(lit[:-1] != lit[1:])
            for k in flips:
                at = channel.start + float(channel.t_s[k + 1])
                if bool(lit[k]) is down and at > after:
                    return at
    raise AssertionError(f"no change of light after {after.iso(0)}")


def arc_of(flight: Flight, craft: str, epoch: Epoch) -> Arc:
    """The path of a craft at an instant."""
    return next(arc for leg in flight.legs for arc in leg.arcs
                if arc.craft == craft and arc.start <= epoch <= arc.stop)


def place_of(flight: Flight, craft: str, epoch: Epoch) -> tuple[np.ndarray, np.ndarray]:
    """Position and velocity (3,), GCRF."""
    arc = arc_of(flight, craft, epoch)
    position_m, velocity_m_s = arc.at(epoch - arc.start)
    return np.asarray(position_m).reshape(-1, 3)[0], np.asarray(velocity_m_s).reshape(-1, 3)[0]


def between(flight: Flight, distance_m: float, name: str = "docking_contact") -> Epoch:
    """When the ship that comes is so far from where it will be docked."""
    contact = event(flight, name)
    docked_m = np.linalg.norm(apart(flight, contact))
    early, late = contact + -600.0, contact
    for _ in range(40):
        middle = early + (late - early) / 2
        if np.linalg.norm(apart(flight, middle)) - docked_m > distance_m:
            early = middle
        else:
            late = middle
    return whole(late)


def apart(flight: Flight, epoch: Epoch) -> np.ndarray:
    return place_of(flight, UP, epoch)[0] - place_of(flight, "station", epoch)[0]
