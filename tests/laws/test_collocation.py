"""Coasts against another method, and what root finders need of them."""

from functools import cache

import numpy as np
import pytest

import worlds
from fakel.physics.force import Forces
from fakel.physics.gauss import END_R, END_V, NODE, ONCE, SERIES, SIZES, TWICE, rules
from fakel.physics.propagate import RTN, burn, coast, coast_table, propagate
from fakel.world import build_world


@cache
def fine():
    return build_world(worlds.START, worlds.START + 43_200.0, degree=120)


def by_runge_kutta(y, t_s, forces, field):
    """The other method: order 8, steps of 10 s, a push of a nanonewton."""
    return burn(y, 0.0, t_s, 1e-9, 300.0, np.array([0.0, 1.0, 0.0]), RTN, forces, field)


@pytest.mark.parametrize("which", range(len(SIZES)))
def test_rules_integrate_every_power_that_they_must(which):
    """Once and twice at the nodes to degree n - 1, at the end to 2 n - 1 and 2 n - 2 (Gauss); coefficients of P_k."""
    n, rule = SIZES[which], rules()[which]
    t = rule[NODE, :n]
    for k in (0, 1, 2, n - 1):
        np.testing.assert_allclose(t**k @ rule[ONCE:ONCE + n, :n], t ** (k + 1) / (k + 1), atol=1e-14)
        np.testing.assert_allclose(t**k @ rule[TWICE:TWICE + n, :n], t ** (k + 2) / ((k + 1) * (k + 2)), atol=1e-14)
        legendre = np.polynomial.legendre.legval(2 * t - 1, np.eye(n)[k])
        np.testing.assert_allclose(rule[SERIES:SERIES + n, :n] @ legendre, np.eye(n)[k], atol=1e-13)
    assert t ** (2 * n - 1) @ rule[END_V, :n] == pytest.approx(1 / (2 * n), rel=1e-12)
    assert t ** (2 * n - 2) @ rule[END_R, :n] == pytest.approx(1 / (2 * n - 1) / (2 * n), rel=1e-12)


CASES = {                                    # orbit, forces, whether 120 x 120; what the two methods may differ by, m
    "the station, 20 x 20": (worlds.orbit(), Forces(worlds.CD_AREA_M2), False, 1e-3),
    # Here the shadow's edge counts, which the other method, too, steps over.
    "the station, all forces": (worlds.orbit(), Forces(worlds.CD_AREA_M2, 1.1, 3000.0, 1.3, 0.3, 1.0), False, 1e-2),
    "120 x 120": (worlds.orbit(), Forces(worlds.CD_AREA_M2), True, 3e-2),
    "insertion, 195 x 245 km": (worlds.orbit(height_m=195e3, speed=1.00375), Forces(22.0), False, 2e-2),
    "transfer, 200 x 36 000 km": (worlds.orbit(height_m=200e3, speed=1.3144), Forces(22.0), False, 2e-2),
    "decay from 130 km": (np.r_[worlds.orbit(height_m=130e3)[:6], 7000.0], Forces(22.0), False, 5e-1),
}


@pytest.mark.parametrize("name", CASES)
def test_three_hours_by_two_methods(name):
    """Runge-Kutta with 10 s steps is good to 1e-5 m here; what differs is the collocation's."""
    y, forces, detailed, bar_m = CASES[name]
    field = fine().field if detailed else worlds.full().field
    stop_s = 2700.0 if "decay" in name else 10_800.0
    off = np.linalg.norm((coast(y, 0.0, stop_s, forces, field) - by_runge_kutta(y, stop_s, forces, field))[:3])
    assert off < bar_m


@pytest.mark.parametrize("turn_rad", [0.0, 2.0, 4.0])
def test_a_day_without_air_is_good_to_a_tenth_of_a_millimetre(turn_rad):
    """Ends: 0.04 mm at worst over twelve orbits. Between the nodes of the series 0.25 mm."""
    c, s = np.cos(turn_rad), np.sin(turn_rad)
    about = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    start, field = worlds.orbit(height_m=400e3 + 5e3 * turn_rad), worlds.full().field
    y = np.r_[about @ start[:3], about @ start[3:6], start[6]]
    path, other = propagate(y, 0.0, 86_400.0, 0.0, field), y
    for hour in range(24):
        other = burn(other, 3600.0 * hour, 3600.0, 1e-9, 300.0, np.array([0.0, 1.0, 0.0]), RTN, 0.0, field)
        assert np.linalg.norm(path.at(3600.0 * (hour + 1))[0, :3] - other[:3]) < 3e-4
    assert np.linalg.norm(coast(y, 0.0, 86_400.0, 0.0, field)[:3] - other[:3]) < 1e-4


def test_the_end_is_a_smooth_function_of_its_instant():
    """Around the length where one segment becomes two and where nodes are added, ends lie on the path of a longer
    coast: no step above 0.1 mm and 5 um/s (what a series of 16 terms leaves between its nodes)."""
    y, field = worlds.orbit(), worlds.full().field
    path = propagate(y, 0.0, 2000.0, worlds.CD_AREA_M2, field)
    for t_s in np.r_[np.linspace(1.0, 880.0, 40), np.linspace(1044.0, 1046.0, 9), np.linspace(1900.0, 1990.0, 9)]:
        off = coast(y, 0.0, t_s, worlds.CD_AREA_M2, field) - path.at(t_s)[0]
        assert np.abs(off[:3]).max() < 1e-4 and np.abs(off[3:6]).max() < 5e-6, t_s


def test_a_table_holds_what_coasts_hold():
    y, field = worlds.orbit(), worlds.full().field
    for step_s in (60.0, -60.0):
        rows = coast_table(y, 0.0, step_s, 100, worlds.CD_AREA_M2, field)
        for i in (0, 1, 37, 99):
            np.testing.assert_allclose(rows[i], coast(y, 0.0, i * step_s, worlds.CD_AREA_M2, field), rtol=0, atol=1e-3)
