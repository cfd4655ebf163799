"""A mission may begin anywhere on the way home: from a state vector to the ground, through the loader and the loop."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fakel.fly import fly_legs
from fakel.load.mission import mission_from
from fakel.plan.start import mission_window
from fakel.world import build_world
from going_home import SETS, SHIP, home

DAY = "2013-11-11"
STEPS = {
    "deorbit": {"phase": "deorbit", "ship": SHIP, "zone": "zhezkazgan", "date": None,
                "then": {**dict.fromkeys(("done", "backup", "short_burn", "late_separation"), "entry"),
                         "engine_failure": "end"}},
    "entry": {"phase": "entry", "ship": SHIP, "zone": "zhezkazgan",
              "then": {"guided": "landing", "ballistic": "landing"}},
    "landing": {"phase": "landing", "ship": SHIP, "zone": "zhezkazgan",
                "then": dict.fromkeys(("done", "reserve", "hard"), "end")},
}


def mission(first: str, state):
    steps = dict(list(STEPS.items())[list(STEPS).index(first):])
    if "deorbit" in steps:
        steps["deorbit"] = {**steps["deorbit"], "date": date.fromisoformat(DAY)}
    vector = {"epoch": state.epoch.iso(9), "frame": "GCRF", "position_m": state.position_m.tolist(),
              "velocity_m_s": state.velocity_m_s.tolist()}
    table = {"title": "Home", "date": date.fromisoformat("2013-11-10"), "last_date": date.fromisoformat(DAY),
             "station": "iss-2013-11", "first": first,
             "elements": {"line1": SETS[DAY][0], "line2": SETS[DAY][1], "max_age_days": 3},
             "people": {"anna": {"name": "Anna", "place": SHIP}},
             "ships": {SHIP: {"vehicle": "soyuz-tma-m", "crew": ["anna"], "mass_kg": state.mass_kg,
                              "propellant_kg": 500.0, "state": vector}},
             "steps": steps}
    return mission_from(table, Path("home.toml"))


@pytest.mark.parametrize(("first", "leg"), [("deorbit", 0), ("entry", 1), ("landing", 2)])
def test_the_rest_of_a_return_lands_where_the_whole_one_did(first, leg):
    whole = home(DAY)
    state = replace(whole.legs[leg].after.craft[SHIP], craft=SHIP)
    plan = mission(first, state)
    window = mission_window(plan)
    world = build_world(window.start, window.stop)
    legs = list(fly_legs(plan, world))
    landed = next(event for flown in legs for event in flown.events if event.name == "landing")
    # The world is another (its tables begin on another day), the state is printed to the nanosecond: 0.5 s and 50 m.
    assert abs(landed.epoch - whole.event("landing").epoch) < 0.5
    for name in ("latitude_deg", "longitude_deg"):
        assert landed.facts[name] == pytest.approx(whole.event("landing").facts[name], abs=5e-4)
    assert legs[-1].after.places["anna"] == "ground"
