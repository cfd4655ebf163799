"""Several craft in one flight, and events of two of them, against an independent integrator."""

from functools import partial

import numpy as np
import pytest
from scipy.optimize import brentq

import worlds
from fakel.model.errors import FlightError
from fakel.physics import conditions as when
from fakel.physics.frames import from_relative_rtn, relative_rtn
from fakel.physics.powered import INERTIAL, RTN, Thrust, burn
from fakel.physics.propagate import coast, propagate
from fakel.physics.together import Craft, Pair, propagate_together

HOURS_S = 3 * 3600.0
SHIP_CD_AREA_M2 = 2.2 * 10.0


def pair_of_craft():
    """A station, and a ship 5 km below and 80 km behind it that is lifted by a burn on the way."""
    field = worlds.full().field
    ship = coast(worlds.orbit(height_m=405e3), 0.0, -11.0, SHIP_CD_AREA_M2, field)
    ship[6] = 7000.0
    push = Thrust(2000.0, 47.0, 3000.0, 302.0, (0.0, 1.0, 0.0), RTN)
    return Craft(worlds.orbit(), worlds.CD_AREA_M2), Craft(ship, SHIP_CD_AREA_M2, (push,))


def apart_by_another_hand(t_s):
    """Both craft by Runge-Kutta of order 8 with 10 s steps all the way (the coast by a thrust of 1e-9 N): place and
    velocity of the ship less those of the station."""
    station, ship = pair_of_craft()
    field, none, push = worlds.full().field, np.array([0.0, 1.0, 0.0]), ship.thrust[0]
    target = burn(station.y, 0.0, t_s, 1e-9, 300.0, none, RTN, station.forces, field)
    y = ship.y
    for start, stop, thrust in ((0.0, 2000.0, 1e-9), (2000.0, 2047.0, push.thrust_n), (2047.0, HOURS_S, 1e-9)):
        if t_s > start:
            y = burn(y, start, min(stop, t_s) - start, thrust, push.isp_s, none, RTN, ship.forces, field)
    return y[:6] - target[:6]


def test_range_and_range_rate_are_where_another_integrator_has_them():
    """Within 1 ms. Two integrators differ by 0.1 mm here; at some m/s of range rate that is 0.05 ms, and at 1e-3 m/s2
    of its slope 1e-7 m/s are 0.1 ms."""
    craft = pair_of_craft()
    _, met = propagate_together(craft, 0.0, HOURS_S, worlds.full().field, [
        Pair(1, 0, lambda other: when.distance(other, 60e3)),
        Pair(0, 1, lambda other: when.closing_speed(other, -2.0))])
    assert {f.name for _, f in met} == {"distance", "closing_speed"}

    def value(t_s, name):
        apart = apart_by_another_hand(t_s)
        r = np.linalg.norm(apart[:3])
        return r - 60e3 if name == "distance" else apart[:3] @ apart[3:] / r + 2.0
    for _, found in met:
        root = brentq(partial(value, name=found.name), found.t_s - 1.0, found.t_s + 1.0, xtol=1e-6)
        assert abs(root - found.t_s) < 1e-3, found.name


def two_that_burn():
    """A ship that comes to 700 m of a station; each burns three times, once at the same time as the other."""
    field = worlds.full().field
    station = worlds.orbit()
    ship = np.r_[from_relative_rtn(np.array([-1500.0, -2500.0, 60.0, 0.3, 2.0, 0.0]), station), 7000.0]
    pushes = (Thrust(250.0, 30.0, 500.0, 285.0, (1.0, 2.0, 0.3), RTN), Thrust(900.0, 60.0, 500.0, 285.0,
              (1.0, 0.4, 0.0), RTN), Thrust(1300.0, 25.0, 500.0, 285.0, (-1.0, -3.0, 0.5), RTN))
    lifts = (Thrust(100.0, 40.0, 4000.0, 290.0, (0.0, 1.0, 0.0), RTN), Thrust(910.0, 80.0, 4000.0, 290.0,
             (0.2, 1.0, 0.0), RTN), Thrust(1310.0, 30.0, 4000.0, 290.0, (0.0, 0.0, 1.0), INERTIAL))
    return field, Craft(ship, SHIP_CD_AREA_M2, pushes), Craft(station, worlds.CD_AREA_M2, lifts)


def by_short_steps(craft: Craft, field, t_s: float):
    """A craft (6,) by Runge-Kutta of order 8 all the way, its coasts by a thrust of 1e-9 N."""
    y, t = craft.y, 0.0
    nothing = Thrust(0.0, 0.0, 1e-9, 300.0, (0.0, 1.0, 0.0), RTN)
    edges = sorted({0.0, t_s, *(x for p in craft.thrust for x in (p.start_s, p.start_s + p.duration_s) if x < t_s)})
    for stop in edges[1:]:
        push = next((p for p in craft.thrust if p.start_s <= t < p.start_s + p.duration_s), nothing)
        direction = np.asarray(push.direction) / np.linalg.norm(push.direction)
        y = burn(y, t, stop - t, push.thrust_n, push.isp_s, direction, push.mode, craft.forces, field)
        t = stop
    return y[:6]


def test_events_of_two_craft_that_both_burn_are_met_within_a_millisecond():
    """Range, range rate, nearest, sphere and ellipsoid, some of them while both burn, against another integrator.

    The two integrators differ by under 0.1 mm and 1e-6 m/s; with 0.1 m/s of range rate and 1e-2 m/s2 of its slope
    that is at most 1 ms and here below 0.2 ms.
    """
    field, ship, station = two_that_burn()
    wanted = {"distance": lambda o: when.distance(o, 1400.0), "sphere": lambda o: when.distance(o, 1000.0),
              "in_burns": lambda o: when.distance(o, 600.0),
              "closing_speed": lambda o: when.closing_speed(o, -4.0), "nearest": lambda o: when.closing_speed(o),
              "ellipsoid": lambda o: when.ellipsoid(o, 1000.0, 2000.0, 1000.0)}

    def value(t_s, name):
        x = relative_rtn(by_short_steps(ship, field, t_s), by_short_steps(station, field, t_s))
        r, rate = np.linalg.norm(x[:3]), x[:3] @ x[3:] / np.linalg.norm(x[:3])
        return {"distance": r - 1400.0, "sphere": r - 1000.0, "in_burns": r - 600.0, "closing_speed": rate + 4.0,
                "nearest": rate, "ellipsoid": np.linalg.norm(x[:3] / [1000.0, 2000.0, 1000.0]) - 1.0}[name]
    pairs = {name: Pair(0, 1, of) for name, of in wanted.items()}
    _, met = propagate_together([ship, station], 0.0, 2400.0, field, list(pairs.values()))
    names = {id(pair): name for name, pair in pairs.items()}
    found = [(names[id(pair)], f.t_s) for pair, f in met]
    assert {name for name, _ in found} == set(wanted)
    both = [t for _, t in found if any(p.start_s < t < p.start_s + p.duration_s for p in ship.thrust)
            and any(p.start_s < t < p.start_s + p.duration_s for p in station.thrust)]
    assert both                                                          # at least one while both engines burn
    for name, t_s in found:
        root = brentq(partial(value, name=name), t_s - 0.5, t_s + 0.5, xtol=1e-6)
        assert abs(root - t_s) < 1e-3, (name, t_s, root - t_s)


def test_one_event_of_two_ends_all():
    """Each path up to there is the one it flies alone; the event's instant is the end of both."""
    station, ship = pair_of_craft()
    field = worlds.full().field
    paths, met = propagate_together([station, ship], 0.0, HOURS_S, field, [
        Pair(0, 1, lambda other: when.distance(other, 60e3, stop=True))])
    assert met[-1][1].t_s == paths[0].t_s[-1] == paths[1].t_s[-1] < HOURS_S
    alone = propagate(ship.y, 0.0, HOURS_S, ship.forces, field, thrust=ship.thrust)
    t = np.linspace(0.0, met[-1][1].t_s, 40)
    np.testing.assert_allclose(paths[1].at(t)[:, :3], alone.at(t)[:, :3], atol=1e-6)
    whole, _ = propagate_together([station, ship], 0.0, HOURS_S, field)
    np.testing.assert_array_equal(whole[1].record, alone.record)


def test_a_fast_pass_is_not_missed():
    """Two orbits that cross at 9 km/s: the other is nearer than 2 km for 0.4 s, between two looks."""
    field = worlds.round_field()
    here, other = worlds.orbit(), worlds.orbit(inclination_rad=2.2)
    speed = np.linalg.norm((here - other)[3:6])                # where they cross, at 1000.3 s
    here, other = coast(here, 0.0, -1000.3, 0.0, field), coast(other, 0.0, -1000.3, 0.0, field)
    _, met = propagate_together([Craft(here, 0.0), Craft(other, 0.0)], 0.0, 2000.0, field, [
        Pair(0, 1, lambda path: when.distance(path, 2e3)), Pair(0, 1, lambda path: when.closing_speed(path))])
    assert [f.name for _, f in met] == ["distance", "closing_speed", "distance"]
    assert met[1][1].t_s == pytest.approx(1000.3, abs=1e-4)
    assert met[2][1].t_s - met[0][1].t_s == pytest.approx(4e3 / speed, rel=1e-4)


def test_a_craft_that_fails_is_named_unless_all_have_stopped_before():
    field = worlds.full().field
    falls = worlds.orbit(height_m=300e3, speed=0.95)
    both = [Craft(worlds.orbit(), 0.0), Craft(falls, 0.0, name="ship")]
    with pytest.raises(FlightError, match="ship: a coast goes below the ground"):
        propagate_together(both, 0.0, HOURS_S, field)
    paths, _ = propagate_together([both[0], Craft(falls, 0.0, (), (when.height(120e3, field, -1, stop=True),))], 0.0,
                                  HOURS_S, field)
    assert paths[0].t_s[-1] == paths[1].t_s[-1] == paths[1].found[-1].t_s


@pytest.mark.parametrize("load_g", [3e-8, 1.5e-8])
def test_a_load_is_felt_where_air_has_that_density(load_g):
    """Within a millisecond of where the difference of two accelerations, with and without air, says so."""
    from fakel.physics.force import SERIES, TERMS, acceleration, forces_of
    field, y0 = worlds.full().field, worlds.orbit(speed=1.004)
    path = propagate(y0, 0.0, 12 * 3600.0, worlds.CD_AREA_M2, field,
                     events=[when.load(load_g, worlds.CD_AREA_M2, field)])
    assert len(path.found) >= 2

    def felt(t_s):
        y, now, m = path.at(t_s)[0], np.zeros(SERIES + TERMS), np.zeros((3, 3))
        with_air, without = (np.array(acceleration(t_s, y, forces_of(f), field, now, m))
                             for f in (worlds.CD_AREA_M2, 0.0))
        return np.linalg.norm(with_air - without) - load_g * 9.80665
    for found in path.found:
        before, after = felt(found.t_s - 1e-3), felt(found.t_s + 1e-3)
        assert before * after < 0


def test_a_burn_is_felt_from_its_first_instant_to_its_last():
    """Jumps at both ends; between, the load rises as mass goes: T / m = g x load gives the instant."""
    field, y = worlds.full().field, worlds.orbit()
    push = Thrust(1234.5, 300.0, 50e3, 300.0, (1.0, 2.0, 0.0), RTN)
    path = propagate(y, 0.0, 3000.0, 0.0, field, thrust=push, events=[when.load(0.001, 0.0, field, [push])])
    assert [f.t_s for f in path.found] == pytest.approx([1234.5, 1534.5], abs=1e-6)
    start_g, flow = push.thrust_n / y[6] / 9.80665, push.thrust_n / (push.isp_s * 9.80665)
    wanted_g = 1.005 * start_g
    path = propagate(y, 0.0, 3000.0, 0.0, field, thrust=push, events=[when.load(wanted_g, 0.0, field, [push], 1)])
    by_hand = push.start_s + (y[6] - push.thrust_n / (wanted_g * 9.80665)) / flow
    assert [f.t_s for f in path.found] == pytest.approx([by_hand], abs=1e-5)
