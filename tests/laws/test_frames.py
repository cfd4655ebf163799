"""What holds for every place, state and turn."""

import erfa
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import worlds
from fakel.physics.frames import (
    from_relative_rtn,
    lvlh_from_gcrf,
    matrix_from_quaternion,
    quaternion_from_matrix,
    quaternion_product,
    relative_rtn,
)
from fakel.physics.geodesy import geodetic_from_itrf, geodetic_of, itrf_from_geodetic, look, surface_distance_m

latitudes, longitudes = st.floats(-np.pi / 2, np.pi / 2), st.floats(-np.pi, np.pi)
moments = st.floats(-86_400.0, 4 * 86_400.0)
parts = st.floats(-1.0, 1.0)
quaternions = st.tuples(parts, parts, parts, parts).map(np.array).filter(lambda q: np.linalg.norm(q) > 0.1).map(
    lambda q: q / np.linalg.norm(q))


@given(moments, st.tuples(parts, parts, parts), st.tuples(parts, parts, parts))
def test_to_itrf_and_back_is_the_same_state(t_s, place, speed):
    position, velocity = 7e6 * np.array([place]), 8e3 * np.array([speed])
    back = worlds.full().to_gcrf(t_s, *worlds.full().to_itrf(t_s, position, velocity))
    # Polar motion to first order is a turn but for 1e-12 of the length: 10 um.
    np.testing.assert_allclose(back[0], position, atol=2e-5)
    np.testing.assert_allclose(back[1], velocity, atol=2e-8)


@given(moments)
def test_velocity_in_itrf_is_the_change_of_place(t_s):
    world, y = worlds.full(), worlds.orbit()
    h = 0.5
    moved = [world.to_itrf(t_s + d, (y[:3] + d * y[3:6])[None], y[None, 3:6])[0][0] for d in (-h, h)]
    _, velocity = world.to_itrf(t_s, y[None, :3], y[None, 3:6])
    # The turn is taken as steady about the pole of date: 1e-5 m/s; the difference quotient adds 1e-6.
    np.testing.assert_allclose(velocity[0], (moved[1] - moved[0]) / (2 * h), atol=5e-5)


@given(latitudes, longitudes, st.floats(-10e3, 1e6))
def test_geodetic_and_back_is_the_same_place(lat, lon, height):
    place = itrf_from_geodetic(lat, lon, height)
    sofa = erfa.gd2gc(1, lon, lat, height)
    np.testing.assert_allclose(place, sofa, atol=1e-6)
    back = geodetic_from_itrf(place)
    np.testing.assert_allclose(itrf_from_geodetic(*back), place, atol=1e-6)
    assert abs(back[2] - height) < 1e-6
    fast = geodetic_of(*place)
    assert abs(fast[2] - height) < 1e-4 and abs(fast[0] - lat) < 2e-9        # one step of Bowring, as it says


@given(latitudes, longitudes, st.floats(0.01, np.pi / 2 - 0.01), st.floats(0, 2 * np.pi - 1e-6), st.floats(1e3, 1e6))
def test_a_place_built_from_elevation_azimuth_and_range_is_seen_there(lat, lon, elevation, azimuth, distance):
    site = itrf_from_geodetic(lat, lon, 100.0)
    east = np.array([-np.sin(lon), np.cos(lon), 0.0])
    up = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    north = np.cross(up, east)
    place = site + distance * (np.sin(elevation) * up + np.cos(elevation) * (
        np.sin(azimuth) * east + np.cos(azimuth) * north))
    seen = look(place[None], lat, lon, 100.0)
    np.testing.assert_allclose([seen[0][0], seen[2][0]], [elevation, distance], rtol=1e-9)
    assert abs((seen[1][0] - azimuth + np.pi) % (2 * np.pi) - np.pi) < 1e-6


@given(latitudes, longitudes, st.floats(100.0, 100e3))
def test_ground_distance_along_a_meridian(lat, lon, length):
    lat = lat * 0.9
    radius = 6_371_008.8
    there = lat + length / radius
    # Mean sphere against the ellipsoid's meridian: its radius of curvature differs by up to 0.9 %.
    assert abs(surface_distance_m(lat, lon, there, lon) / length - 1) < 0.01


@given(quaternions, quaternions)
def test_quaternions_and_matrices_tell_the_same_turns(first, then):
    for q in (first, then):
        m = matrix_from_quaternion(q)
        np.testing.assert_allclose(m @ m.T, np.eye(3), atol=1e-12)
        back = quaternion_from_matrix(m)
        np.testing.assert_allclose(back * np.sign(back @ q), q, atol=1e-9)
    both = matrix_from_quaternion(quaternion_product(first, then))
    np.testing.assert_allclose(both, matrix_from_quaternion(then) @ matrix_from_quaternion(first), atol=1e-12)


@settings(max_examples=50)
@given(st.tuples(parts, parts, parts), st.tuples(parts, parts, parts))
def test_relative_motion_and_back_is_the_same_state(apart, closing):
    target = worlds.orbit()[:6]
    relative = np.r_[1e4 * np.array(apart), 10 * np.array(closing)]
    chaser = from_relative_rtn(relative, target)
    np.testing.assert_allclose(relative_rtn(chaser, target), relative, atol=2e-8)
    np.testing.assert_allclose(np.linalg.norm(chaser[:3] - target[:3]), np.linalg.norm(relative[:3]), atol=1e-6)


def test_lvlh_looks_forward_starboard_and_down():
    y = worlds.orbit(inclination_rad=0.0)                        # over the equator, eastward
    np.testing.assert_allclose(lvlh_from_gcrf(y[:3], y[3:6]), [[0, 1, 0], [0, 0, -1], [-1, 0, 0]], atol=1e-15)
