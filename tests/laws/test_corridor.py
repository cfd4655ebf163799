"""What the corridor holds, whichever port: the whole way in, and little else of the keep-out sphere."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import near_station as near
from fakel.guidance.corridor import corridor_to, distance_to_way_m, outside_corridor_in_sphere
from fakel.guidance.proximity import FINAL, FLYAROUND, HOLD, route
from fakel.physics.frames import rtn_from_lvlh

ALL = pytest.mark.parametrize("port", list(near.PORTS))


def corridor(port: str):
    place = near.PORTS[port]
    axis = rtn_from_lvlh(place.axis_lvlh)
    return corridor_to(rtn_from_lvlh(place.position_lvlh_m) + 3.7 * axis, axis)


@ALL
def test_fly_around_hold_and_final_approach_lie_in_the_corridor(port):
    shape = corridor(port)
    ways = [w for w in route(shape.centre_m, shape.axis, 2400.0, 0.12, 0.00113) if w.leg in (FLYAROUND, HOLD, FINAL)]
    assert shape.inside(np.array([w.position_m for w in ways])).all()


@ALL
def test_no_more_than_a_part_of_the_sphere_lies_in_it(port):
    # A cone of 10 deg is 0.8 % of all directions and the tube may cut the sphere's edge; 10 % would be no corridor.
    shape = corridor(port)
    rng = np.random.default_rng(1)
    ball = rng.normal(size=(20_000, 3))
    ball *= (200.0 * rng.random(20_000) ** (1 / 3) / np.linalg.norm(ball, axis=1))[:, None]
    assert outside_corridor_in_sphere(ball, shape, 200.0).mean() > 0.9


@ALL
def test_the_far_side_of_the_station_is_outside(port):
    shape = corridor(port)
    assert not shape.inside(shape.centre_m - 100.0 * shape.axis)


@settings(max_examples=50)
@given(st.floats(0.0, 270.0), st.floats(0.0, 2 * np.pi))
def test_the_cone_ends_at_its_radius(along_m, turn_rad):
    shape = corridor("nadir")
    bare = type(shape)(shape.centre_m, shape.axis, np.empty((0, 3)))
    side = np.array([0.0, np.cos(turn_rad), np.sin(turn_rad)])
    on = bare.centre_m + along_m * bare.axis + float(bare.radius_m(along_m)) * side
    assert bare.inside(on - 0.01 * side) and not bare.inside(on + 0.01 * side)


@settings(max_examples=50)
@given(st.tuples(*[st.floats(-300.0, 300.0)] * 3).map(np.array))
def test_the_distance_to_a_line_is_that_to_its_nearest_of_many_points(place_m):
    line = np.array([[0.0, 0.0, 0.0], [100.0, 0.0, 0.0], [100.0, 200.0, 50.0]])
    dense = np.vstack([a + np.linspace(0, 1, 2001)[:, None] * (b - a) for a, b in pairwise(line)])
    least = np.linalg.norm(dense - place_m, axis=1).min()
    assert distance_to_way_m(place_m[None], line)[0] == pytest.approx(least, abs=0.06)   # points lie 0.11 m apart
