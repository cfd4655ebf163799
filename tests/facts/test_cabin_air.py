"""Cabin air against published numbers and closed formulas."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from time import process_time

import numpy as np
import pytest

from fakel.api.air import cabin_of
from fakel.load.library import Library
from fakel.model.place import Station
from fakel.physics.gas import (
    CO2,
    CV_J_KG_K,
    GAS_J_KG_K,
    H2O,
    N2,
    O2,
    TORR_PA,
    filling_kg,
    hole_m3_s,
    leak_area_m2,
    saturation_pa,
)
from fakel.plan.cabin import DAY_S, Air, Stretch, course, fresh, one_room
from fakel.plan.cabin_leak import leak

STATION = cabin_of("iss-2013-11")
NINE_W = 9 * 136.8


def test_nine_people_in_916_m3_as_facts_eva_says():
    room = one_room(916.0)
    told = course(room, fresh(room), [Stretch(DAY_S, {"cabin": NINE_W})])
    people = told.books["people and fires"][0]
    assert people[CO2] == pytest.approx(8.98, abs=0.005)                   # 9 x 0.998 kg: BVAD
    assert people[O2] == pytest.approx(-7.52, abs=0.006)                   # 9 x 0.835 kg
    co2 = told.partial_pa[:, 0, CO2] / TORR_PA
    assert (co2[-1] - co2[0]) / 24 == pytest.approx(0.171, abs=0.0005)     # facts/eva: +0.171 mmHg/h
    o2 = told.partial_pa[:, 0, O2] / 1000
    assert o2[0] - o2[-1] == pytest.approx(0.629, rel=0.03)                # of a cabin at 22 degC; ours warms


def test_whole_cabin_and_pirs_hold_what_facts_eva_says():
    air = np.zeros(8)
    air[O2], air[N2] = 0.21 * 101_325, 0.79 * 101_325
    assert filling_kg(13.0, air, 295.15).sum() == pytest.approx(15.5, abs=0.1)
    assert filling_kg(916.0, air, 295.15).sum() == pytest.approx(1095, rel=0.005)


def test_station_has_fifteen_rooms_of_916_m3_and_its_airlocks():
    station: Station = Library(None).find(Station, "iss-2013-11", "station")
    assert station.cabin is not None and len(station.cabin.rooms) == 15
    assert station.cabin.volume_m3 == pytest.approx(station.pressurised_volume_m3, abs=1e-9)


def test_a_crew_day_is_nasas():
    effort = STATION.effort
    assert np.mean([effort.at_w(60.0 * m) for m in range(1440)]) == pytest.approx(136.8, abs=0.05)


def test_saturated_water_as_steam_tables_say():
    for celsius, pa in ((0.01, 611.66), (20.0, 2339.3), (37.0, 6281.8)):   # IAPWS 1995
        assert saturation_pa(celsius + 273.15) == pytest.approx(pa, rel=0.004)


def test_a_choked_hole_as_fliegner_says():
    # 0.0404 kg sqrt(K) / (s N): dry air, gamma 1.4 (Fliegner 1877, as in gas dynamics texts)
    specific = 287.05 * 300.0
    q = hole_m3_s(1.0, 1e5, 0.0, specific, 1.4)
    assert q * 1e5 / specific * math.sqrt(300.0) / 1e5 == pytest.approx(0.0404, rel=2e-3)
    assert hole_m3_s(1.0, 1e5, 5.0e4, specific, 1.4) == pytest.approx(q)              # below 52.8 % nothing changes
    assert hole_m3_s(1.0, 1e5, 0.99e5, specific, 1.4) < 0.3 * q


def test_adiabatic_blowdown_as_the_closed_formula_says():
    room, area = one_room(13.0), 6.1e-4
    bare = replace(room, rooms={"cabin": replace(room.rooms["cabin"], wall_w_k=0.0)}, h2o_pa=0.0)
    start = fresh(bare)
    told = course(bare, start, [Stretch(120.0, holes=(("cabin", "space", area),))], 20.0)
    kg = start.mass_kg["cabin"]
    gas, gamma = float(kg @ GAS_J_KG_K / kg.sum()), 1.0 + float(kg @ GAS_J_KG_K / (kg @ CV_J_KG_K))
    speed = math.sqrt(gamma * gas * 295.15) * (2 / (gamma + 1)) ** ((gamma + 1) / (2 * (gamma - 1)))
    cool = 1.0 + (gamma - 1) / 2 * speed * area / 13.0 * told.t_s
    assert told.pressure_pa[:, 0] / 101_325.0 == pytest.approx(cool ** (-2 * gamma / (gamma - 1)), rel=5e-4)
    assert told.temperature_k[:, 0] / 295.15 == pytest.approx(cool**-2.0, rel=5e-4)


def test_leak_of_2011_is_lost_in_a_day():
    told = course(STATION, fresh(STATION), [Stretch(DAY_S)])
    assert told.books["leak"][0].sum() == pytest.approx(0.227, rel=0.02)             # moist air, a little below 1 atm
    assert leak_area_m2(0.227 / DAY_S) == pytest.approx(1.1e-8, rel=0.05)


def test_a_leak_of_a_hole_by_hand_and_its_search():
    found = leak(STATION, "kibo", 0.005, 9, 900.0)
    by_hand = 0.61 * math.pi / 4 * 0.005**2 * 101_325 * 0.0404 / math.sqrt(295.15)
    assert found.first_kg_s == pytest.approx(by_hand, rel=0.02)
    assert found.found == "kibo" and [t.hatch for t in found.tests] == ["unity-destiny", "harmony-kibo", "kibo-store"]
    # oxygen falls as the air does, less what the generators still give: at least ln(21.4 / 15.17) of the volume's time
    assert found.reserve_s > math.log(21.4 / 15.168) * 1095 / by_hand


@pytest.mark.parametrize("room", list(STATION.rooms))
def test_every_leaking_room_is_found(room):
    found = leak(STATION, room, 0.02, 9, 900.0)
    assert found.found == room and found.margin_s > 0.0


def test_a_month_of_fifteen_rooms_is_kept_to_a_billionth_in_three_seconds():
    watts = {room: NINE_W * part for room, part in STATION.people.items()}
    days = [Stretch(h * 3600.0, {r: w * k for r, w in watts.items()}) for _ in range(30)
            for h, k in ((6.0, 84 / 136.8), (15.5, 165.8 / 136.8), (2.5, 84 / 136.8))]
    course(STATION, fresh(STATION), days[:1])                               # compiles
    began = process_time()
    told = course(STATION, fresh(STATION), days)
    assert process_time() - began < 3.0
    kg0, kg1, joule0, joule1 = (told.mass_kg[0].sum(), told.mass_kg[-1].sum(), told.energy_j[0], told.energy_j[-1])
    gained = {n: (kg.sum(), j) for n, (kg, j) in told.books.items() if not n.startswith("hatch")}
    into = ("people and fires", *STATION.generators)
    signs = {n: 1.0 if n in into else -1.0 for n in gained}
    assert abs(kg1 - kg0 - sum(signs[n] * v[0] for n, v in gained.items())) < 1e-9 * kg0
    assert abs(joule1 - joule0 - sum(signs[n] * v[1] for n, v in gained.items())) < 1e-9 * joule0
    assert told.books["people and fires"][0][H2O] > 0.0


def test_venting_an_airlock_is_what_the_airlocks_own_formula_says():
    from fakel.plan import airlock
    lock = Library(None).find(Station, "iss-2013-11", "station").airlocks["pirs"]
    vent = lock.volume_m3 / airlock.vent_constant_s(lock)
    told = course(STATION, fresh(STATION), [Stretch(1200.0, shut=frozenset({"zvezda-pirs"}),
                                                    pumps=(("pirs", "space", vent),))], 60.0)
    pressure = told.pressure_pa[:, told.rooms.index("pirs")]
    # the network's walls give heat at a finite rate (0.1 K), and its steps are good to 3e-4
    assert pressure == pytest.approx(airlock.pressure_pa(lock, told.t_s), rel=2e-3)
    lost = told.books["pump pirs to space"][0].sum()
    assert lost == pytest.approx(15.5, abs=0.1)                             # facts/eva, 13 m3


def test_air_of_an_airlock_that_nobody_names_stays_as_it_was():
    start = fresh(STATION)
    assert isinstance(start, Air) and start.mass_kg["pirs"].sum() == pytest.approx(15.45, abs=0.05)


def test_a_vented_room_does_not_flatten_the_picture_of_the_others():
    """Its pressure is drawn, its gases only while it is not vented."""
    from fakel.api.air import cabin_air
    from fakel.reports.air_plot import picture
    flown = cabin_air(STATION, 9, 136.8, 7200.0)
    lock, half = flown.rooms.index("pirs"), flown.t_s > 3600.0
    empty = {name: getattr(flown, name).copy() for name in ("o2_pa", "co2_pa", "pressure_pa")}
    for values in empty.values():
        values[half, lock] = 0.0
    told = picture(replace(flown, **empty))
    assert "nan" not in told and told.count("<title>pirs</title>") == 3
    labels = re.findall(r">(\d+)</text>", told[told.index("Oxygen, kPa"):told.index("Pressure, kPa")])
    assert "23" in labels and "0" not in labels[:6]                       # the panel's own scale, which stands first
    assert ">0</text>" in told[told.index("Pressure, kPa"):]
