"""A small flight made by hand, for tests of what reads flights: no physics, and every number can be checked by eye.

Two craft on circles in one plane; a visit from the pad to the port, a short walk with the torch, and a way home.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import Arc, Channel, Event, Flight, Leg, Situation, Transfer
from fakel.model.frame import Frame
from fakel.model.verdict import Status, Verdict

MU_M3_S2 = 3.986004418e14
START = Epoch.utc("2013-11-07T03:00:00Z")
LIFTOFF_S = 4_440.0                                     # 04:14:00 UTC
DOCKING_S = LIFTOFF_S + 6 * 3600.0
WALK_S = 2.5 * 86400.0
UNDOCKING_S = 3.85 * 86400.0
BURN_S = UNDOCKING_S + 9_000.0
LANDING_S = BURN_S + 3_210.0
UP, DOWN = "soyuz-tma-11m", "soyuz-tma-09m"


def circle(craft: str, phase: str, start_s: float, stop_s: float, radius_m: float, mass_kg: tuple[float, float],
           step_s: float = 60.0, ahead_rad: float = 0.0) -> Arc:
    """A circular arc inclined by 51.6 degrees; mass falls in a straight line."""
    t_s = np.append(np.arange(0.0, stop_s - start_s, step_s), stop_s - start_s)
    rate = np.sqrt(MU_M3_S2 / radius_m**3)
    angle = ahead_rad + rate * (start_s + t_s)
    x, y = np.array([1.0, 0.0, 0.0]), np.array([0.0, np.cos(0.9), np.sin(0.9)])
    position_m = radius_m * (np.outer(np.cos(angle), x) + np.outer(np.sin(angle), y))
    velocity_m_s = radius_m * rate * (np.outer(np.cos(angle), y) - np.outer(np.sin(angle), x))
    return Arc(phase, craft, Frame.GCRF, START + start_s, t_s, position_m, velocity_m_s,
               np.tile([1.0, 0.0, 0.0, 0.0], (len(t_s), 1)), np.linspace(*mass_kg, len(t_s)))


def channel(name: str, unit: str, start_s: float, t_s: Any, values: Any) -> Channel:
    return Channel(name, unit, START + start_s, np.asarray(t_s, float), np.asarray(values, float))


def track(arc: Arc) -> list[Channel]:
    """The channels that the loop adds to each arc, roughly: the Earth stands still here."""
    x, y, z = arc.position_m.T
    r = np.linalg.norm(arc.position_m, axis=1)
    lit = (x > -0.3 * r).astype(float)
    rows = (("latitude_deg", "deg", np.degrees(np.arcsin(z / r))),
            ("longitude_deg", "deg", np.degrees(np.arctan2(y, x))),
            ("height_m", "m", r - 6_371_000.0), ("sunlit", "", lit))
    return [Channel(f"{arc.craft}.{name}", unit, arc.start, arc.t_s, values) for name, unit, values in rows]


def event(at_s: float, name: str, subject: str, phase: str, **facts: Any) -> Event:
    return Event(START + at_s, name, subject, phase, facts)


def situation(at_s: float) -> Situation:
    return Situation(START + at_s, {}, {}, {}, {}, {}, {}, {}, {"liftoff": START + LIFTOFF_S})


def leg(step: str, phase: str, start_s: float, stop_s: float, ending: str = "done", arcs: tuple[Arc, ...] = (),
        channels: tuple[Channel, ...] = (), events: tuple[Event, ...] = (), transfers: tuple[Transfer, ...] = (),
        studies: dict[str, Any] | None = None) -> Leg:
    told = (*channels, *(c for arc in arcs for c in track(arc)))
    return Leg(step, phase, {}, situation(start_s), situation(stop_s), ending, arcs, told, events, transfers,
               studies or {})


def ascent() -> Leg:
    t_s = np.linspace(0.0, 528.0, 67)
    stop_s = LIFTOFF_S + 528.0
    return leg(
        "launch", "ascent", 0.0, stop_s,
        arcs=(circle(UP, "ascent", LIFTOFF_S, stop_s, 6_580_000.0, (300_000.0, 7_220.0), 8.0),
              circle("station", "ascent", 0.0, stop_s, 6_790_000.0, (410_000.0, 410_000.0))),
        channels=(channel("ascent.load_g", "g", LIFTOFF_S, t_s, 1.2 + 2.5 * np.sin(np.pi * t_s / 528.0)),
                  channel("ascent.altitude_m", "m", LIFTOFF_S, t_s, 200_000.0 * np.sin(np.pi * t_s / 1056.0)),
                  channel("ascent.q_pa", "Pa", LIFTOFF_S, t_s, 35_000.0 * np.exp(-((t_s - 70) / 30) ** 2)),
                  channel("ascent.speed_inertial_m_s", "m/s", LIFTOFF_S, t_s, 400.0 + 14.0 * t_s)),
        events=(event(LIFTOFF_S, "liftoff", UP, "ascent", met_s=0.0),
                event(LIFTOFF_S + 118.0, "booster_separation", UP, "ascent", met_s=118.0, altitude_m=48_000.0),
                event(stop_s, "insertion", UP, "ascent", height_min_m=193_000.0, height_max_m=245_000.0,
                      inclination_mean_rad=0.9013, propellant_left_kg=350.0)),
        studies={"launch_window": {"liftoff_utc": [(START + LIFTOFF_S).iso(3)], "phase_deg": [38.6],
                                   "plane_over_pad_s": [190.0]}})


def climb() -> Leg:
    start_s, stop_s = LIFTOFF_S + 528.0, DOCKING_S
    burns = ((3_000.0, 40.0, 60.0, 150.0), (18_000.0, 30.0, 62.0, 155.0))
    events = []
    for i, (at_s, length_s, dv_m_s, kg) in enumerate(burns):
        facts = {"burn": f"dv{i + 1}", "dv_m_s": dv_m_s, "duration_s": length_s, "propellant_kg": kg}
        events += [event(start_s + at_s, "burn_start", UP, "phasing", **facts),
                   event(start_s + at_s + length_s, "burn_end", UP, "phasing", **facts)]
    events.append(event(DOCKING_S, "docking_contact", UP, "docking", port="rassvet-nadir", closing_rate_m_s=0.1))
    return leg("raise", "phasing", start_s, stop_s,
               arcs=(circle(UP, "phasing", start_s, stop_s, 6_700_000.0, (7_220.0, 6_915.0), ahead_rad=-0.3),
                     circle("station", "phasing", start_s, stop_s, 6_790_000.0, (410_000.0, 410_000.0))),
               events=tuple(events))


def walk() -> Leg:
    start_s, stop_s = WALK_S - 3_600.0, WALK_S + 4 * 3600.0
    t_s = np.linspace(0.0, 4 * 3600.0, 49)
    give = Transfer(START + WALK_S + 2_400.0, "torch", "kotov", "ryazansky", "Kotov passes the torch to Ryazansky")
    facts = {"title": give.why, "who": ["kotov", "ryazansky"], "place": "pirs-ring", "lit_share": 1.0}
    channels = [channel(f"suit.{who}.oxygen_kg", "kg", WALK_S, t_s, 1.0 - rate * t_s / t_s[-1])
                for who, rate in (("kotov", 0.42), ("ryazansky", 0.45))]
    return leg("walk", "eva", start_s, stop_s,
               arcs=(circle("station", "eva", start_s, stop_s, 6_790_000.0, (410_000.0, 410_000.0)),),
               channels=tuple(channels), transfers=(give,),
               events=(event(WALK_S, "hatch_open", "pirs", "eva", walkers=["kotov", "ryazansky"]),
                       event(WALK_S + 1_200.0, "task_start", "torch-handover", "eva", **facts),
                       event(WALK_S + 2_400.0, "task_end", "torch-handover", "eva", **facts),
                       event(WALK_S + 2_400.0, "torch_handover", "torch", "eva", giver="kotov", taker="ryazansky"),
                       event(WALK_S + 4 * 3600.0, "hatch_closed", "pirs", "eva", outside_s=4 * 3600.0)))


def home() -> Leg:
    t_s = np.linspace(0.0, LANDING_S - BURN_S, 108)
    start = circle(DOWN, "deorbit", UNDOCKING_S, BURN_S + 1_680.0, 6_790_000.0, (6_850.0, 6_550.0))
    facts = {"burn": "deorbit", "dv_m_s": 128.0, "duration_s": 285.0, "propellant_kg": 290.0}
    return leg("deorbit", "deorbit", UNDOCKING_S, LANDING_S,
               arcs=(start, circle(DOWN, "entry", BURN_S + 1_680.0, LANDING_S, 6_480_000.0, (2_850.0, 2_850.0), 10.0)),
               channels=(channel("entry.load_g", "g", BURN_S, t_s, 4.2 * np.exp(-((t_s - 2_200) / 100) ** 2)),),
               events=(event(UNDOCKING_S, "undocking", DOWN, "undocking", port="zvezda-aft"),
                       event(BURN_S, "deorbit_burn_start", DOWN, "deorbit", **facts),
                       event(BURN_S + 285.0, "deorbit_burn_end", DOWN, "deorbit", **facts),
                       event(BURN_S + 1_680.0, "module_separation", DOWN, "entry"),
                       event(LANDING_S, "landing", DOWN, "landing", latitude_deg=47.3, longitude_deg=69.5)))


def mission() -> dict[str, Any]:
    """What a flight keeps of its mission (see ``cli/fly.py``)."""
    people = {"tyurin": "Mikhail Tyurin", "kotov": "Oleg Kotov", "ryazansky": "Sergey Ryazansky",
              "yurchikhin": "Fyodor Yurchikhin"}
    suit = {"id": "orlan-mk", "name": "Orlan-MK", "oxygen_kg": 1.0, "oxygen_reserve_kg": 1.0}

    def ship(name: str, crew: str, docked: str | None) -> dict[str, Any]:
        return {"name": name, "vehicle": "soyuz-tma-m", "vehicle_name": "Soyuz TMA-M", "crew": [crew], "seats": 3,
                "mass_kg": 7220.0, "propellant_kg": 880.0 if docked is None else 510.0, "docked": docked}
    return {
        "id": "by-hand", "title": "A flight made by hand", "date": "2013-11-07", "last_date": "2013-11-11",
        "time_zone": "Europe/Moscow", "seed": 1, "run": 0,
        "station": {"id": "iss-2013-11", "name": "International Space Station",
                    "ports": {"rassvet-nadir": "Rassvet, nadir", "zvezda-aft": "Zvezda, aft"}},
        "station_start": {"line1": "1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002",
                          "epoch": "2013-11-06T12:23:28.000Z"},
        "people": {who: {"id": who, "name": name, "place": "station", "role": ""} for who, name in people.items()},
        "ships": {UP: ship("Soyuz TMA-11M", "tyurin", None), DOWN: ship("Soyuz TMA-09M", "yurchikhin", "zvezda-aft")},
        "suits": {"kotov": suit, "ryazansky": suit},
        "items": {"torch": {"id": "torch", "name": "Olympic torch of Sochi 2014", "mass_kg": 1.8}},
        "holders": {"torch": "station"}, "first": "launch",
        "steps": {"launch": {"phase": "ascent", "plan": {"ship": UP, "launcher": "soyuz-fg", "pad": "baikonur-1-5",
                                                         "profile": "soyuz-four-orbit"}, "then": {"done": "raise"}},
                  "raise": {"phase": "phasing", "plan": {"ship": UP}, "then": {"done": "walk"}},
                  "walk": {"phase": "eva", "plan": {"airlock": "pirs"}, "then": {"done": "deorbit"}},
                  "deorbit": {"phase": "deorbit", "plan": {"ship": DOWN, "zone": "zhezkazgan"},
                              "then": {"done": "end"}}},
        "gravity": "full", "drag": True,
    }


def make_flight(**changes: Any) -> Flight:
    """The whole flight by hand; changes replace entries of its mission."""
    made_by = {"program": "fakel by hand", "data": {}}
    return Flight({**mission(), **changes}, (ascent(), climb(), walk(), home()), made_by, True)


def make_verdicts() -> tuple[Verdict, ...]:
    """One of each kind: passed, failed, and not known."""
    source = "made up for a test"
    return (
        Verdict("DOCK-1", "Closing speed at contact", Status.PASS, None, 0.1, 0.15, 0.05, "m/s", "docking_contact",
                "0.1 m/s, wanted <= 0.15 m/s", source),
        Verdict("ENTRY-1", "Load on the way down", Status.FAIL, None, 4.2, 4.0, -0.2, "g", "entry.load_g",
                "4.2 g, wanted <= 4 g", source),
        Verdict("SUIT-3", "Battery of the suit", Status.UNKNOWN, None, None, None, None, "Ah", "",
                "no channel suit.kotov.battery", source))
