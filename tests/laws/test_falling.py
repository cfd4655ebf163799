"""Where a rocket and its parts come down, against free fall and by size."""

import numpy as np
import pytest

from fakel.load.library import Library
from fakel.model.launcher import Impact, Launcher
from fakel.model.place import Site
from fakel.physics.entry import Body, descend
from fakel.physics.geodesy import geodetic_from_itrf, surface_distance_m
from fakel.plan.ascent import fly_ascent, itrf_from_launch
from fakel.plan.falling import falls, impact_points, still_air

FG, PAD = Library().find(Launcher, "soyuz-fg", "test"), Library().find(Site, "baikonur-1-5", "test")


@pytest.fixture(scope="module")
def climb():
    return fly_ascent(FG, PAD, 7220.0)


@pytest.mark.parametrize("after_s, near_m", [(60.0, 100.0), (120.0, 500.0), (300.0, 4e3), (450.0, 20e3)])
def test_the_instantaneous_impact_point_is_that_of_free_fall(climb, after_s, near_m):
    """A body without drag, flown in the whole gravity: a Kepler ellipse misses by what the bulge pulls meanwhile."""
    line = climb.table[np.searchsorted(climb.table[:, 0], after_s)]
    lat, lon, at_s = impact_points(line[:1], line[None, 1:4], line[None, 4:7])[0]
    position, velocity = itrf_from_launch(line[:1], line[None, 1:4], line[None, 4:7])
    body = Body(np.array([[0.0, 0.0, 0.0]]), 0.0, np.zeros((1, 4)), 1.0)
    stop_s, y, _, _ = descend(line[0], np.concatenate([position[0], velocity[0]]), body, still_air(), 0.0, 4000.0, 5.0,
                              1.0, np.zeros((0, 10)))
    there = geodetic_from_itrf(y[:3])
    assert surface_distance_m(lat, lon, there[0], there[1]) < near_m
    assert at_s == pytest.approx(stop_s, abs=0.1 + near_m / 1e3)


def test_the_point_runs_away_until_there_is_none(climb):
    """It moves downrange faster and faster, and is gone when the perigee is above the ground: in the last seconds."""
    t_s = climb.table[:, 0]
    points = impact_points(t_s, climb.table[:, 1:4], climb.table[:, 4:7])
    there = np.isfinite(points).all(axis=1)
    assert there[(t_s > 5.0) & (t_s < 520.0)].all() and not there[-1]
    away = surface_distance_m(PAD.latitude_rad, PAD.longitude_rad, points[:, 0], points[:, 1])
    assert (np.diff(away[(t_s > 20.0) & (t_s < 500.0)]) > -1.0).all()


def test_parts_fall_where_the_air_lets_them(climb):
    """Boosters some 350 km, the core some 1500 km from the pad (the fields of the launches from Baikonur, commonly
    quoted; 60 km, for how they tumble is assumed), each short of its vacuum point; in the order of time."""
    found = {x.part: x for x in falls(climb, FG, PAD)}
    assert found["boosters"].downrange_m == pytest.approx(350e3, abs=60e3)
    assert found["core"].downrange_m == pytest.approx(1500e3, abs=60e3)
    t_s = climb.table[:, 0]
    for part in found.values():
        k = np.searchsorted(t_s, part.dropped_s - 1e-6)
        lat, lon, at_s = impact_points(t_s[k:k + 1], climb.table[k:k + 1, 1:4], climb.table[k:k + 1, 4:7])[0]
        bare_m = float(surface_distance_m(PAD.latitude_rad, PAD.longitude_rad, lat, lon))
        assert part.downrange_m < bare_m + 10e3 and part.impact_s > at_s
        assert part.speed_m_s < 100.0                            # all are at their falling speed


def test_a_denser_part_falls_farther(climb):
    from dataclasses import replace
    dense = replace(FG, stages=(replace(FG.stages[0], impact=Impact(500.0, "test", "test")), *FG.stages[1:]))
    light, heavy = (next(x for x in falls(climb, f, PAD) if x.part == "boosters") for f in (FG, dense))
    assert light.downrange_m + 5e3 < heavy.downrange_m and heavy.impact_s < light.impact_s
