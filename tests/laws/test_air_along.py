"""The air of a leg follows its events: hatches, people and the airlock."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fakel.load.mission import load_mission, missions
from fakel.model.day import midnight
from fakel.model.flight import STATION, Event, Leg, Situation
from fakel.plan.air_along import first_air, with_air

MISSION = load_mission(missions()["sochi-torch"])
START = midnight(MISSION.date)
WALKERS = ["kotov", "ryazansky"]


def situation(**other):
    docked = {s.id: s.docked for s in MISSION.ships.values() if s.docked} | {"soyuz-tma-11m": "rassvet-nadir"}
    places = {p.id: p.place for p in MISSION.people.values()}
    return replace(Situation(START, {}, {}, docked, first_air(MISSION), places, {}, {}, {}), **other)


def leg(phase, hours, events, plan=None, before=None):
    before = before or situation()
    return with_air(Leg(phase, phase, plan or {}, before, replace(before, epoch=before.epoch + 3600.0 * hours), "done",
                        (), (), tuple(Event(START + 3600.0 * h, name, who, phase, facts)
                                      for h, name, who, facts in events), (), {}), MISSION)


def channel(flown, name):
    return next(c for c in flown.channels if c.name == name)


def border(flown, name):
    table = flown.studies["cabin_air"]
    i = table["border"].index(name)
    return {gas: table[f"{gas}_kg"][i] for gas in ("o2", "n2", "co2", "h2o", "co")}


def test_nine_people_breathe_for_a_day_wherever_they_are():
    flown = leg("stay", 24.0, [(2.5, "crew_transfer", who, {"from": "soyuz-tma-11m", "to": STATION})
                               for who in ("tyurin", "mastracchio", "wakata")])
    people = border(flown, "people and fires")
    assert people["co2"] == pytest.approx(8.98, abs=0.01) and people["o2"] == pytest.approx(-7.52, abs=0.01)


def test_a_ship_keeps_its_own_air_until_somebody_opens_its_hatch():
    flown = leg("stay", 12.0, [(6.0, "crew_transfer", "tyurin", {"from": "soyuz-tma-11m", "to": STATION})])
    ship, room = (channel(flown, f"air.{r}.pressure_pa") for r in ("soyuz-tma-11m", "rassvet"))
    apart = np.abs(ship.values - room.values)
    assert apart[ship.t_s < 6 * 3600.0].max() > 20.0 and apart[ship.t_s > 6.5 * 3600.0].max() < 1.0
    assert flown.after.air["soyuz-tma-11m"]["hatch_open"] == 1.0


def walk():
    facts = dict.fromkeys(("air_lost_kg", "air_needed_kg"), 0.0)
    return leg("eva", 12.0, [(1.0, "prebreathe_start", "pirs", {}), (1.5, "depress_start", "pirs", facts),
                             (1.5 + 1 / 3, "hatch_open", "pirs", {}), (7.0, "hatch_closed", "pirs", {}),
                             (7.0, "repress_start", "pirs", facts), (7.0 + 1 / 6, "repress_end", "pirs", {})],
               {"airlock": "pirs", "walkers": WALKERS})


def test_the_airlock_is_vented_filled_and_opened():
    flown = walk()
    lost = sum(sum(border(flown, f"{kind} pirs to space").values()) for kind in ("pump", "hole"))
    assert lost == pytest.approx(15.5, abs=0.1)                             # facts/eva: 15.5 kg at 13 m3
    told = {e.name: e.facts for e in flown.events}
    assert told["depress_start"]["air_lost_kg"] == pytest.approx(lost, abs=1e-9)
    pirs = channel(flown, "air.pirs.pressure_pa")
    outside = (pirs.t_s > 2.0 * 3600) & (pirs.t_s < 6.9 * 3600)
    assert pirs.values[outside].max() < 1.0 and pirs.values.min() >= 0.0
    station = flown.after.air
    assert station["pirs"]["pressure_pa"] == pytest.approx(station["zvezda"]["pressure_pa"], abs=1.0)
    # 15.4 kg of 1090 kg went into Pirs again
    assert station["zvezda"]["pressure_pa"] == pytest.approx(101_325.0 * (1 - 15.5 / 1090), rel=3e-3)


def test_nobody_is_said_to_breathe_vacuum():
    assert channel(walk(), "air.crew.pressure_pa").values.min() > 95_000.0


def test_a_station_without_a_cabin_is_left_as_it_is():
    bare = replace(MISSION, station=replace(MISSION.station, cabin=None))
    before = situation(air=first_air(bare))
    one = Leg("stay", "stay", {}, before, replace(before, epoch=START + 3600.0), "done", (), (), (), (), {})
    assert with_air(one, bare) is one
