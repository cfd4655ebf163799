"""Rules of launch, rendezvous, docking, stay and return: each passes just inside its limit and fails just outside."""

import math
from dataclasses import replace

import numpy as np
import pytest

from fakel.model.epoch import Epoch
from fakel.model.flight import Channel, Event, Flight, Leg, Situation
from fakel.model.verdict import Status
from fakel.rules import judge, load_rules

START = Epoch.utc("2020-01-01")
RULES = {rule.id: rule for rule in load_rules()}


def leg(phase, *, channels=None, events=None, studies=None, plan=None):
    before = Situation(START, {}, {}, {}, {}, {}, {}, {}, {})
    made = tuple(Channel(name, "", START, np.array([0.0]), np.array([value]))
                 for name, value in (channels or {}).items())
    told = tuple(Event(START, name, "ship", phase, facts) for name, facts in (events or {}).items())
    return Leg(phase, phase, plan or {}, before, before, "done", (), made, told, (), studies or {})


def channel(phase, name):
    return lambda value: [leg(phase, channels={name: value})]


def fact(phase, event, key, **others):
    return lambda value: [leg(phase, events={event: {key: value, **others}})]


def column(phase, study, name):
    return lambda value: [leg(phase, studies={study: {name: [1e9, value]}})]


def failing(name):
    """One failure of a launch, which is the worst; it stands for a second."""
    return lambda value: [leg("ascent", studies={"launch_aborts": {name: [value], "lasts_s": [1.0]}})]


def landing_light(wanted):
    return lambda value: [leg("undocking", plan={"daylight": wanted}),
                          leg("landing", events={"landing": {"sun_elevation_deg": value}})]


def late_burn(value):
    planned = START + 1000.0
    burn = Event(planned + (value if value == value else 0.0), "deorbit_burn_start", "ship", "deorbit", {})
    made = leg("deorbit", plan={"burn_start": planned.iso(3) if value == value else None})
    return [replace(made, events=(burn,))]


def suit_pressure(value):
    return [leg("eva", channels={"suit.ann.pressure_pa": value}, events={"hatch_open": {}})]


RAD = math.pi / 180
CASES = [
    ("ASCENT-LOAD", channel("ascent", "ascent.load_g"), 4.2, 4.4),
    ("ORBIT-LOW", fact("ascent", "insertion", "height_min_m"), 181e3, 179e3),
    ("ORBIT-INCLINATION", fact("ascent", "insertion", "inclination_mean_rad"), 51.71 * RAD, 51.73 * RAD),
    ("ORBIT-INCLINATION", fact("ascent", "insertion", "inclination_mean_rad"), 51.61 * RAD, 51.59 * RAD),
    ("ASCENT-PROPELLANT", fact("ascent", "insertion", "propellant_left_kg"), 0.1, 0.0),
    ("LAUNCH-WINDOW", lambda value: [leg("ascent", studies={"launch_window": {"accepted": [value]}})], True, False),
    ("ESCAPE-LOAD", failing("peak_g"), 19.9, 20.1),
    ("ESCAPE-CANOPY", failing("sink_m_s"), 9.9, 10.1),
    ("ESCAPE-LAND", failing("water_s"), 0.049, 0.051),
    ("DRIFT-FAR", column("rendezvous", "free_drift", "least_range_m"), 201.0, 199.0),
    ("DRIFT-FAR", column("phasing", "free_drift", "least_range_m"), 201.0, 199.0),
    ("DRIFT-ZONE", column("phasing", "free_drift", "ellipsoid_margin_m"), 1.0, -1.0),
    ("DRIFT-ZONE-3S", column("rendezvous", "radar_drift", "worst_ellipsoid_m"), 1.0, -1.0),
    ("DRIFT-NEAR", column("docking", "free_drift", "worst_range_m"), 201.0, 199.0),
    ("CORRIDOR", column("docking", "corridor", "margin_m"), 0.1, -0.1),
    ("ABORT-CLEARS", column("docking", "aborts", "clears"), 1.0, 0.0),
    ("CONTACT-RATE-MAX", fact("docking", "docking_contact", "closing_rate_m_s"), 0.34, 0.36),
    ("CONTACT-RATE-MIN", fact("docking", "docking_contact", "closing_rate_m_s"), 0.10, 0.098),
    ("CONTACT-LATERAL", fact("docking", "docking_contact", "lateral_m"), 0.33, 0.35),
    # 6900 kg (1 - exp(-140 / 2961.6)) = 318.6 kg
    ("DOCKED-PROPELLANT", fact("docking", "docking_contact", "propellant_kg", mass_kg=6_900.0), 320.0, 318.0),
    ("SEATS", column("stay", "lifeboats", "spare"), 0, -1),
    ("RELAY-COVERAGE", channel("stay", "station.link_relay"), 0.86, 0.84),
    ("LEAVING-CLEAR", column("undocking", "clearance", "range_km"), 0.21, 0.19),
    ("DEORBIT-RANGE", fact("deorbit", "deorbit_burn_start", "range_to_station_m"), 4_100.0, 3_900.0),
    ("DEORBIT-PROPELLANT", fact("deorbit", "deorbit_burn_end", "propellant_left_kg"), 1.0, 0.0),
    ("ENTRY-LOAD", channel("entry", "entry.load_g"), 9.9, 10.1),
    ("ENTRY-LOAD", channel("landing", "parachute.load_g"), 9.9, 10.1),
    ("ENTRY-LOAD-NOMINAL", channel("entry", "entry.load_g"), 4.9, 5.1),
    ("PARACHUTE-HEIGHT", fact("entry", "parachute_open", "height_m", command_height_m=10_700.0), 9_100.0, 8_900.0),
    ("PARACHUTE-HEIGHT", fact("entry", "parachute_open", "height_m", command_height_m=5_500.0), 5_500.0, 3_700.0),
    ("TOUCHDOWN-SPEED", fact("landing", "landing", "speed_m_s", touchdown_max_m_s=2.6), 2.5, 2.7),
    ("TOUCHDOWN-SPEED", fact("landing", "landing", "speed_m_s", touchdown_max_m_s=8.0), 7.6, 8.1),
    ("LANDING-WIND", fact("landing", "landing", "wind_ground_m_s"), 14.9, 15.1),
    ("LANDING-DRY", fact("landing", "landing", "in_water", splashdown_zone=0.0), 0.0, 1.0),
    ("LANDING-TOWN", fact("landing", "landing", "town_m"), 5001.0, 4999.0),
    ("RESCUE-TIME", fact("landing", "hatch_open_on_ground", "after_landing_s"), 3599.0, 3601.0),
    ("LANDING-PLACE", fact("landing", "landing", "from_zone_m"), 27e3, 29e3),
    ("LANDING-LIGHT", landing_light(True), 0.1, -0.1),
    ("KEEP-OUT", channel("phasing", "relative.range_m"), 201.0, 199.0),
    ("KEEP-OUT", channel("rendezvous", "relative.range_m"), 201.0, 199.0),
    ("TORCH-UNLIT", fact("eva", "torch_handover", "lit"), False, True),
    ("BURN-ON-TIME", late_burn, 3.7, 3.9),
    ("BURN-ON-TIME", late_burn, -3.7, -3.9),
    ("AIR-O2-HIGH", channel("stay", "air.crew.o2_part"), 0.299, 0.301),
    ("AIR-O2-LOW", channel("eva", "air.crew.o2_pa"), 15_200.0, 15_100.0),
    ("AIR-PRESSURE", channel("docking", "air.crew.pressure_pa"), 20_700.0, 20_600.0),
    ("AIR-CO2", channel("stay", "air.crew.co2_pa"), 533.0, 534.0),               # 4 mmHg = 533.3 Pa
    ("AIR-CO", channel("stay", "air.crew.co_ppm"), 424.0, 426.0),
    ("AIR-CO-DAY", channel("stay", "air.crew.co_ppm"), 99.0, 101.0),
    ("SMOKE", channel("stay", "air.pirs.extinction_1_m"), 0.032, 0.033),
    ("RETURN-CARGO", fact("undocking", "hatch_closed", "cargo_kg", cargo_limit_kg=50.0), 50.0, 50.1),
    ("SUIT-PRESSURE", suit_pressure, 38_100.0, 37_900.0),
    ("WALK-ANCHOR", lambda value: [leg("eva", studies={"ways": {"stretch_m": [1.0, value]}})], 2.9, 3.1),
    ("ITEM-TETHERED", column("eva", "loose_items", "hooks"), 1, 0),
]


def status(rule, legs):
    mission = {"suits": {"ann": {"pressure_pa": 40_000.0}}}
    return judge(Flight(mission, tuple(legs), {}, True), [RULES[rule]])[0].status


@pytest.mark.parametrize(("rule", "legs", "good", "bad"), CASES, ids=[case[0] for case in CASES])
def test_a_limit_stands_where_it_says(rule, legs, good, bad):
    assert status(rule, legs(good)) is Status.PASS
    assert status(rule, legs(bad)) is Status.FAIL
    assert status(rule, legs(float("nan"))) is Status.UNKNOWN


def test_a_night_landing_is_no_fault_where_nobody_asked_for_daylight():
    assert status("LANDING-LIGHT", landing_light(False)(-40.0)) is Status.PASS


def test_the_worst_leg_counts():
    legs = [made for phase, value in (("phasing", 5e3), ("rendezvous", 50.0))
            for made in column(phase, "free_drift", "least_range_m")(value)]
    assert status("DRIFT-FAR", legs) is Status.FAIL


def test_a_missed_burn_breaks_its_rule():
    assert status("BURNS-DONE", [leg("phasing")]) is Status.PASS
    for name in ("burn_missed", "burn_short", "burn_inhibited"):
        assert status("BURNS-DONE", [leg("phasing", events={name: {}})]) is Status.FAIL


def test_a_ship_whose_engine_fails_is_not_on_its_way_down():
    assert status("BRAKED", [leg("deorbit", events={"module_separation": {}})]) is Status.PASS
    assert status("BRAKED", [leg("deorbit", events={"deorbit_burn_end": {}})]) is Status.FAIL


def passes(hours, minutes):
    """A stay of some hours whose every hour begins with a pass of some minutes."""
    t_s = np.array([3600.0 * h + s for h in range(hours) for s in (0.0, 60.0 * minutes)] + [3600.0 * hours])
    seen = Channel("station.link_ground", "0 or 1", START, t_s, np.array([1.0, 0.0] * hours + [0.0]))
    one = leg("stay")
    return [replace(one, channels=(seen,), after=replace(one.after, epoch=START + 3600.0 * hours))]


def test_passes_are_counted_over_whole_days():
    assert status("GROUND-PASSES", passes(30, 6.0)) is Status.PASS           # 144 min a day, of 150
    assert status("GROUND-PASSES", passes(30, 6.5)) is Status.FAIL           # 156 min
    assert status("GROUND-PASSES", passes(5, 10.0)) is Status.PASS           # 240 min a day, were there a day


@pytest.mark.parametrize(("hands", "hooks", "wanted"), [
    (2.0, 2.0, Status.PASS), (2.0, 1.0, Status.FAIL), (1.0, 1.0, Status.PASS), (1.0, 0.0, Status.PASS)])
def test_hands_are_free_only_on_two_hooks(hands, hooks, wanted):
    """Both just at their limits: the one that is true decides."""
    legs = [leg("eva", channels={"eva.hands_free.ann": hands, "eva.hooks.ann": hooks})]
    assert status("WALK-HANDS", legs) is wanted


def test_what_has_no_public_limit_is_unknown():
    assert status("ASCENT-Q", channel("ascent", "ascent.q_pa")(40e3)) is Status.UNKNOWN
    assert status("BETA", channel("stay", "station.beta_rad")(1.0)) is Status.UNKNOWN


NO_DATA = {"ATTITUDE", "GROUND-ELEVATION"}


def test_every_rule_outside_a_walk_is_tried():
    of_a_walk = {rule.id for rule in RULES.values() if rule.phases == ("eva",)}      # tests/laws/test_walk_rules.py
    of_custody = {"FLAME", "ONE-HOLDER", "HANDED-IN-PLACE"}                          # there, and test_custody.py
    tried = {case[0] for case in CASES} | {"BRAKED", "BURNS-DONE", "GROUND-PASSES"}
    assert set(RULES) - of_a_walk - of_custody - tried == {"ASCENT-Q", "BETA", *NO_DATA}
