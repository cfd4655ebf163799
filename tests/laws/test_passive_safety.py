"""Passive safety: nearest places between steps, growth of errors, aborts, exhaust, and a fault planted into a plan."""

from dataclasses import replace

import numpy as np
import pytest

import climbs
import near_station as near
from fakel.guidance.proximity import hops, route
from fakel.model.flight import Flight
from fakel.model.verdict import Status
from fakel.phases import docking, rendezvous
from fakel.physics.dense import Dense
from fakel.physics.frames import from_relative_rtn, relative_rtn
from fakel.physics.nearest import ellipsoid_foot, from_centre, from_ellipsoid, levels, nearest, pieces
from fakel.physics.plume import flux_kg_s_sr, limit_rad, pressure_pa, spread
from fakel.physics.propagate import coast_record
from fakel.physics.relative import transition
from fakel.physics.spread import place_rows, reach_m, start_to_centre, worst_start
from fakel.plan.drift import Drifts, Move
from fakel.plan.hops import HopJudge
from fakel.plan.plume import plume_table
from fakel.plan.proximity import ELLIPSOID_M, Bodies, Pair, approach, pushed, rate_of
from fakel.rules import judge, load_rules

RATE = 1.13e-3
RULES = {rule.id: rule for rule in load_rules()}


def linear(start, t_s):
    return np.array([transition(RATE, t) @ start for t in t_s])


@pytest.mark.parametrize("seed", range(6))
def test_the_nearest_place_is_found_between_samples(seed):
    """Against half-second sampling of the same motion: at 3 m/s a sample misses the least by at most 1 mm here."""
    dice = np.random.default_rng(seed)
    start = np.r_[dice.normal(size=3) * 900.0, dice.normal(size=3) * 0.8]
    coarse, fine = 60.0 * np.arange(721), np.arange(0.0, 43_200.0, 0.5)
    path, close = pieces(coarse, linear(start, coarse)), linear(start, fine)[:, :3]
    for away in (from_centre, from_ellipsoid(ELLIPSOID_M), levels(ELLIPSOID_M)):
        found, sampled = nearest(path, away), away(close)
        assert found.away_m <= sampled.min() + 0.011                     # its own tolerance is 0.01 m
        # two metres along the path lie within one sample, so the sampled least is no more than that above
        assert found.away_m == pytest.approx(sampled.min(), abs=0.02)
        assert away(np.atleast_2d(found.place_m))[0] == pytest.approx(found.away_m, abs=1e-9)


def test_a_dip_that_every_sample_misses_is_found():
    """Straight past the centre at 4 m/s, 7 m off, midway between two samples a minute apart, which are 120 m away."""
    t_s = 60.0 * np.arange(5)
    none = np.zeros(5)
    path = np.column_stack([np.full(5, 7.0), 4.0 * (t_s - 90.0), none, none, np.full(5, 4.0), none])
    found = nearest(pieces(t_s, path), from_centre)
    assert (found.away_m, found.t_s) == (pytest.approx(7.0, abs=0.01), pytest.approx(90.0, abs=0.5))
    cut = pieces(t_s, path).first(80.0)
    assert nearest(cut, from_centre).away_m == pytest.approx(np.hypot(7.0, 40.0), abs=0.01)
    assert nearest(pieces(t_s, path).after(100.0), from_centre).away_m == pytest.approx(np.hypot(7.0, 40.0), abs=0.01)


def test_distance_to_the_ellipsoid_is_square_to_it():
    dice = np.random.default_rng(1)
    places = dice.normal(size=(200, 3)) * [1500.0, 2500.0, 1500.0]
    foot = ellipsoid_foot(places, ELLIPSOID_M)
    assert np.abs(np.linalg.norm(foot / ELLIPSOID_M, axis=1) - 1.0).max() < 1e-9
    normal = foot / ELLIPSOID_M**2
    across = np.cross(places - foot, normal / np.linalg.norm(normal, axis=1, keepdims=True))
    assert np.abs(across).max() < 1e-2                              # metres; the foot is at most so far from square
    away = from_ellipsoid(ELLIPSOID_M)
    assert away(np.array([[0.0, 0.0, 0.0], [0.0, 2500.0, 0.0], [0.0, 0.0, 900.0]])) == pytest.approx(
        [-1000.0, 500.0, -100.0], abs=1e-6)


def test_errors_grow_in_the_linear_equations_as_in_the_full_model():
    """A deviation of 10 m and 2 cm/s about a coelliptic path for a day: within 3 % of what it has become."""
    world, situation = near.world(), near.situation()
    at_s = world.seconds(situation.epoch)
    station = np.r_[situation.craft["station"].position_m, situation.craft["station"].velocity_m_s, 419e3]
    t_s = 600.0 * np.arange(140)

    def flown(relative):
        ship = np.r_[from_relative_rtn(relative, station), 7e3]
        both = [Dense(coast_record(y, at_s, at_s + t_s[-1], 22.0, world.field)).at(at_s + t_s) for y in (ship, station)]
        return relative_rtn(*both)[:, :3]
    start, off = np.array([-1000.0, -2000.0, 0.0, 0.0, 1.7, 0.0]), np.array([10.0, 10.0, 10.0, 0.02, 0.02, 0.02])
    real = flown(start + off) - flown(start)
    told = place_rows(rate_of(station), t_s) @ off
    grown = np.maximum(np.linalg.norm(real, axis=1), 100.0)
    assert (np.linalg.norm(told - real, axis=1) / grown).max() < 0.03


def test_the_worst_start_is_three_sigma_and_goes_the_farthest():
    dice = np.random.default_rng(2)
    root = dice.normal(size=(6, 6)) * np.r_[np.full(3, 5.0), np.full(3, 0.01)][:, None]
    covariance, rows = root @ root.T, place_rows(RATE, np.array([3000.0]))
    away = np.array([0.6, 0.8, 0.0])
    worst = worst_start(rows[0], covariance, away, 3.0)
    assert worst @ np.linalg.solve(covariance, worst) == pytest.approx(9.0)
    assert away @ rows[0] @ worst == pytest.approx(-3.0 * reach_m(rows, covariance, away[None])[0])


def test_the_start_that_leads_to_the_centre_is_the_likeliest():
    dice = np.random.default_rng(3)
    root = dice.normal(size=(6, 6)) * np.r_[np.full(3, 50.0), np.full(3, 0.1)][:, None]
    covariance, rows = root @ root.T, place_rows(RATE, np.array([2000.0, 3000.0]))
    places = np.array([[900.0, 900.0, 900.0], [100.0, -50.0, 20.0]])
    start = start_to_centre(rows, covariance, places, 50.0)
    assert rows[1] @ start == pytest.approx(-places[1], abs=1e-6)
    for other in dice.normal(size=(20, 6)):                       # any other that also gets there is less likely
        lost = other - np.linalg.pinv(rows[1]) @ (rows[1] @ other)
        sigmas = [d @ np.linalg.solve(covariance, d) for d in (start, start + 1e-2 * lost)]
        assert sigmas[0] <= sigmas[1] * (1.0 + 1e-9)
    short = start_to_centre(rows, covariance, 100.0 * places, 3.0)
    assert short @ np.linalg.solve(covariance, short) == pytest.approx(9.0)


def test_every_abort_flown_again_leaves_the_sphere_and_stays_out():
    """From the tables alone: the impulse, flown as an impulse, is out of the sphere from half an hour on for a day."""
    leg, world = near.visit("nadir"), near.world()
    table, start = leg.studies["aborts"], leg.before.epoch
    assert min(table["clears"]) == 1.0 and {"fly-around", "station-keeping", "final approach"} == set(table["burn"])
    ship, station = leg.arcs
    for i in (0, len(table["utc"]) // 2, len(table["utc"]) - 1):
        at_s = near.Epoch.utc(table["utc"][i]) - start
        row = int(np.flatnonzero(np.abs(ship.t_s - at_s) < 2e-3)[-1])
        pair = Pair(world.seconds(start) + at_s, *(np.r_[a.position_m[row], a.velocity_m_s[row], a.mass_kg[row]]
                                                  for a in (ship, station)))
        dv = np.array([table[f"dv_{axis}_m_s"][i] for axis in ("radial", "along_track", "normal")])
        bodies = Bodies(22.0, 2.2 * near.STATION.drag_area_m2, 285.0, world.field)
        after = pushed(pair, dv, "abort", bodies).after
        t_s = np.arange(1800.0, 86_000.0, 60.0)
        end_s = pair.t_s + t_s[-1]
        both = [Dense(coast_record(y, pair.t_s, end_s, area, world.field)).at(pair.t_s + t_s)
                for y, area in ((after.ship, 22.0), (after.station, bodies.station_cd_area_m2))]
        assert np.linalg.norm(relative_rtn(*both)[:, :3], axis=1).min() > 200.0


def test_a_plan_whose_missed_burn_enters_is_caught_by_the_rule_meant():
    """An aim on the station's own height just behind it, reached at rest: without the brake the ship flies on into the
    sphere. The same plan to the shipped aim passes."""
    first, good = climbs.climb(30.0)
    profile = replace(climbs.profile("soyuz-four-orbit"), aim_rtn_m=np.array([0.0, -100.0, 0.0]),
                      aim_rate_rtn_m_s=np.zeros(3))
    bad = climbs.flown(rendezvous, first.after, replace(climbs.rendezvous_plan(), profile=profile))
    for leg, wanted in ((good, Status.PASS), (bad, Status.FAIL)):
        for rule in ("DRIFT-FAR", "DRIFT-ZONE", "DRIFT-ZONE-3S"):
            assert judge(Flight({}, (leg,), {}, True), [RULES[rule]])[0].status is wanted
    table = bad.studies["free_drift"]
    brake = [(case, r) for burn, case, r in zip(table["burn"], table["case"], table["least_range_m"], strict=True)
             if burn == "brake"]
    assert min(r for case, r in brake if case == "missed") < 200.0


def test_a_hop_through_the_station_is_caught(monkeypatch):
    """Waypoints that look right (flown ranges from behind) pass 25 m from the centre if the next burn is missed."""
    from fakel.guidance import proximity
    monkeypatch.setitem(proximity._HOPS, (-1, 0), ((-30.0, -1170.0), (-20.0, -700.0), 32.0))
    leg = near.flown(near.situation(), near.plan())
    assert judge(Flight({}, (leg,), {}, True), [RULES["DRIFT-NEAR"]])[0].status is Status.FAIL
    assert judge(Flight({}, (near.visit("nadir"),), {}, True), [RULES["DRIFT-NEAR"]])[0].status is Status.PASS


@pytest.mark.parametrize("axis", [(-1.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, -1.0, 0.0), (0.0, 1.0, 0.0)])
def test_the_table_of_hops_clears_with_three_sigma_of_the_filter(axis):
    """About the planned aim, with what the filter of the reference mission's climb knows there (rounded from
    plan.burn_covariance; m, m/s). A row too near fails by metres, so rounding decides nothing."""
    axis, sigma = np.array(axis), np.array([6.131, 4.987, 5.817, 0.03831, 0.02896, 0.04644])
    tied = np.array([[1.0, 0.0, 0.0, 0.632, -0.491, 0.001],
                     [0.0, 1.0, -0.001, -0.216, 0.466, -0.001],
                     [0.0, -0.001, 1.0, 0.001, -0.002, 0.703],
                     [0.632, -0.216, 0.001, 1.0, -0.701, 0.001],
                     [-0.491, 0.466, -0.002, -0.701, 1.0, -0.003],
                     [0.001, -0.001, 0.703, 0.001, -0.003, 1.0]])
    known = tied * np.outer(sigma, sigma)
    _, worst = HopJudge(near.plan().ship.vehicle.navigation, known, RATE).of(
        np.array([-1500.0, -2500.0, 0.0, 0.3, 2.0, 0.0]), hops(axis))
    assert len(worst) == 6 and min(worst.values()) >= 200.0


def test_a_way_outside_the_corridor_is_caught():
    """Straight at the port from the side: inside the sphere and outside the corridor."""
    plan = docking.fill(near.plan(), near.situation(), near.world())
    flown = near.visit("nadir").studies["corridor"]["margin_m"]
    assert flown[0] >= 0.0 and plan is not None
    from fakel.plan.passive import Door, _corridor_m
    way = docking.way_in(near.situation(), plan, near.world())
    ways = [replace(w, position_m=w.position_m + [0.0, 0.0, 60.0]) if w.leg == "final approach" else w
            for w in route(way.gate.centre_m, way.gate.axis, plan.docking - near.START, 0.12, RATE)]
    aside = approach(way.known, ways[:-1], way.gate.axis, np.zeros(6), way.bodies)
    assert _corridor_m(aside, Door(way.gate.centre_m, way.gate.axis, None)) < -10.0


def test_no_errors_are_no_errors():
    world, situation = near.world(), near.situation()
    pair = docking._pair(situation.craft[near.SHIP], situation.craft["station"], near.START, world)
    drifts = Drifts(pair, pair.t_s, Bodies(22.0, 22.0, 285.0, world.field), None, world.seconds(world.window.stop))
    assert not drifts.spread(np.array([-1500.0, -2500.0, 0.0]), np.ones(3), True).any()


def test_what_is_known_badly_comes_nearer():
    """Three sigma of 1.5 km reach the station from a drift that passes it at 393 m. The whole deviation would lead past
    it, to the other side: the one that ends at the station is flown too."""
    world, situation = near.world(), near.situation()
    pair = docking._pair(situation.craft[near.SHIP], situation.craft["station"], near.START, world)
    first = near.visit("nadir").studies["pulses"]
    dv = np.array([first[f"dv_{axis}_m_s"][0] for axis in ("radial", "along_track", "normal")])
    bodies = Bodies(22.0, 22.0, 285.0, world.field)
    after = pushed(pair, dv, "hop 1", bodies).after
    drifts = Drifts(pair, pair.t_s, bodies, None, world.seconds(world.window.stop), flown=True)
    badly, well = (np.diag([s**2] * 3 + [(1e-3 * s) ** 2] * 3) for s in (500.0, 1.0))
    found = {sigma: drifts.of([Move("hop 1", after, after, after, np.zeros(3), pair.t_s + 600.0, spreads=(c, c))])[0]
             for sigma, c in ((500.0, badly), (1.0, well))}
    assert found[1.0].worst_centre_m > found[1.0].centre.away_m - 60.0
    assert found[500.0].worst_centre_m < 10.0            # the linear equations err by 1 % of some hundred metres


def test_the_plume_carries_all_that_is_burnt_and_no_more():
    limit = limit_rad(1.25, 4.0)
    angles = np.linspace(0.0, limit, 4001)
    flux = flux_kg_s_sr(510.0, 285.0, 1.25, limit) * spread(angles, 1.25, limit)
    whole = 2 * np.pi * np.trapezoid(flux * np.sin(angles), angles)
    assert whole == pytest.approx(510.0 / 285.0 / 9.80665, rel=1e-5)
    assert spread(np.array([limit, np.pi]), 1.25, limit) == pytest.approx([0.0, 0.0], abs=1e-12)
    near_by, far = pressure_pa(np.array([10.0, 20.0]), np.zeros(2), np.zeros(2), 510.0, 285.0, 1.25, 4.0)
    assert near_by == pytest.approx(4.0 * far)
    # Prandtl-Meyer in air at Mach 2 has turned 26.4 deg of 130.5 (tables), so 104.1 deg are left
    assert np.degrees(limit_rad(1.4, 2.0)) == pytest.approx(130.45 - 26.38, abs=0.02)


def test_exhaust_is_told_for_impulses_near_the_wings():
    way = docking.way_in(near.situation(), docking.fill(near.plan(), near.situation(), near.world()), near.world())
    flown = approach(way.known, way.ways, way.gate.axis, np.zeros(6), way.bodies)
    table = plume_table(flown.pulses, near.VEHICLE.thrusters, near.STATION.structure, str)
    assert len(table["utc"]) > 40 and max(table["range_m"]) <= 1000.0
    assert max(table["pressure_pa"]) > 0.1 and min(table["distance_m"]) > 5.0
