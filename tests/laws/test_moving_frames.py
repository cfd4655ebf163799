"""What holds in every frame that rides with a craft, and between the frames of the world."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import worlds
from fakel.model.errors import InputError
from fakel.model.frame import Frame
from fakel.physics import moving
from fakel.physics.frames import relative_rtn

parts = st.floats(-1.0, 1.0)
vectors = st.tuples(parts, parts, parts).map(np.array)
sizeable = vectors.filter(lambda v: np.linalg.norm(v) > 0.1)
quaternions = st.tuples(parts, parts, parts, parts).map(np.array).filter(lambda q: np.linalg.norm(q) > 0.1).map(
    lambda q: q / np.linalg.norm(q))
moments = st.floats(-86_400.0, 4 * 86_400.0)
WORLDLY = (Frame.GCRF, Frame.EME2000, Frame.TEME, Frame.ITRF)
TARGET = worlds.orbit()[:6]


def there_and_back(frame, apart, closing):
    """A craft within 10 km and 10 m/s of the target comes back within a micrometre."""
    position, velocity = TARGET[:3] + 1e4 * apart, TARGET[3:] + 10 * closing
    back = frame.out_of(*frame.into(position, velocity))
    np.testing.assert_allclose(back[0], position, atol=1e-6)
    np.testing.assert_allclose(back[1], velocity, atol=1e-9)


def velocity_is_the_change_of_place(at, position, velocity):
    """at(t) is the frame at time t; a place that moves evenly in GCRF."""
    h = 0.05
    before, after = (at(d).into(position + d * velocity, velocity)[0] for d in (-h, h))
    # Third derivative: turns of up to 0.17 rad/s over 2 km: 10 m/s3 h^2 / 6.
    np.testing.assert_allclose(at(0.0).into(position, velocity)[1], (after - before) / (2 * h), atol=0.01)


@pytest.mark.parametrize("make", [moving.rtn, moving.lvlh])
@given(apart=vectors, closing=vectors)
def test_local_frames_and_back(make, apart, closing):
    there_and_back(make(TARGET[:3], TARGET[3:]), apart, closing)


@given(vectors, vectors, quaternions, vectors)
def test_body_and_back(apart, closing, attitude, rate):
    there_and_back(moving.body(TARGET[:3], TARGET[3:], attitude, 0.1 * rate), apart, closing)


@given(vectors, vectors, quaternions, vectors, vectors, sizeable)
def test_port_and_back(apart, closing, attitude, rate, place, axis):
    if np.linalg.norm(np.cross(axis, [0.0, 0.0, 1.0])) < 1e-3:
        axis = np.array([1.0, 0.0, 0.0])
    port = moving.body(TARGET[:3], TARGET[3:], attitude, 0.1 * rate).place(30 * place, axis)
    there_and_back(port, apart, closing)
    np.testing.assert_allclose(port.matrix @ port.matrix.T, np.eye(3), atol=1e-12)


@given(quaternions, vectors, vectors, sizeable)
def test_a_port_is_where_the_body_carries_it(attitude, rate, place, axis):
    if np.linalg.norm(np.cross(axis, [0.0, 0.0, 1.0])) < 1e-3:
        axis = np.array([1.0, 0.0, 0.0])
    body = moving.body(TARGET[:3], TARGET[3:], attitude, 0.1 * rate)
    port = body.place(30 * place, axis)
    np.testing.assert_allclose(body.into(*port.out_of(np.zeros(3), np.zeros(3)))[0], 30 * place, atol=1e-6)
    along = body.into(*port.out_of([1.0, 0.0, 0.0], np.zeros(3)))[0] - 30 * place
    np.testing.assert_allclose(along, axis / np.linalg.norm(axis), atol=1e-6)
    # What rests in the port rests in the body.
    np.testing.assert_allclose(body.into(*port.out_of([5.0, 1.0, 2.0], np.zeros(3)))[1], 0.0, atol=1e-9)


@settings(max_examples=30)
@given(vectors, vectors, quaternions, vectors)
def test_velocity_in_a_body_is_the_change_of_place(apart, closing, attitude, rate):
    rate = 0.1 * rate

    def at(t):
        angle = np.linalg.norm(rate) * t
        axis = rate / max(np.linalg.norm(rate), 1e-12)
        turned = multiplied(attitude, np.r_[np.cos(angle / 2), np.sin(angle / 2) * axis])
        return moving.body(TARGET[:3] + t * TARGET[3:], TARGET[3:], turned, rate)
    velocity_is_the_change_of_place(at, TARGET[:3] + 1e3 * apart, TARGET[3:] + 10 * closing)


def multiplied(first, then):
    """Quaternion of the turn first and after it the turn then about axes of the turned body."""
    w = first[0] * then[0] - first[1:] @ then[1:]
    return np.r_[w, first[0] * then[1:] + then[0] * first[1:] + np.cross(first[1:], then[1:])]


@given(vectors, vectors)
def test_rtn_is_that_of_the_approach(apart, closing):
    chaser = TARGET + np.r_[1e4 * apart, 10 * closing]
    seen = np.concatenate(moving.rtn(TARGET[:3], TARGET[3:]).into(chaser[:3], chaser[3:]))
    np.testing.assert_allclose(seen, relative_rtn(chaser, TARGET), atol=1e-9)


def test_a_port_needs_a_direction_beside_its_axis():
    frame = moving.lvlh(TARGET[:3], TARGET[3:])
    with pytest.raises(ValueError, match="choose another beside"):
        frame.place(np.zeros(3), [0.0, 0.0, -2.0])


def test_many_at_once_are_as_one_by_one():
    places = np.array([TARGET, worlds.orbit(inclination_rad=0.3)[:6]])
    many = moving.lvlh(places[:, :3], places[:, 3:]).into(places[:, :3] + 100.0, places[:, 3:])
    for i, one in enumerate(places):
        single = moving.lvlh(one[:3], one[3:]).into(one[:3] + 100.0, one[3:])
        np.testing.assert_allclose([m[i] for m in many], single, atol=1e-12)


@pytest.mark.parametrize("source", WORLDLY)
@pytest.mark.parametrize("target", WORLDLY)
@settings(max_examples=10)
@given(t_s=moments, place=vectors, speed=vectors)
def test_between_the_worlds_frames_and_back(source, target, t_s, place, speed):
    position, velocity = 7e6 * place[None], 8e3 * speed[None]
    world = worlds.full()
    back = world.convert(t_s, *world.convert(t_s, position, velocity, source, target), target, source)
    # Polar motion to first order is a turn but for 1e-12 of the length.
    np.testing.assert_allclose(back[0], position, atol=2e-5)
    np.testing.assert_allclose(back[1], velocity, atol=2e-8)


@pytest.mark.parametrize("frame", WORLDLY[1:])
@settings(max_examples=15)
@given(t_s=moments, place=sizeable, speed=vectors)
def test_velocity_in_a_frame_of_the_world_is_the_change_of_place(frame, t_s, place, speed):
    world, h = worlds.full(), 1.0
    position, velocity = 7e6 * place, 8e3 * speed
    before, after = (world.convert(t_s + d, position + d * velocity, velocity, Frame.GCRF, frame)[0][0]
                     for d in (-h, h))
    seen = world.convert(t_s, position, velocity, Frame.GCRF, frame)[1][0]
    # Third derivative: (7.3e-5)^2 (3 v + 7.3e-5 r) / 6 = 2e-5 m/s; round-off of 7e6 m over 2 s 1e-9.
    np.testing.assert_allclose(seen, (after - before) / (2 * h), atol=3e-5)


def test_one_time_and_many_give_the_same_digits():
    world, t_s = worlds.full(), np.random.default_rng(3).uniform(-86_400.0, 4 * 86_400.0, 2000)
    many = world.itrf_from_gcrf(t_s)
    for i in range(0, 2000, 97):
        np.testing.assert_array_equal(world.itrf_from_gcrf(t_s[i])[0], many[i])


@pytest.mark.parametrize("frame", [Frame.RTN, Frame.LVLH, Frame.PORT, Frame.BODY])
def test_the_world_does_not_know_local_frames(frame):
    with pytest.raises(InputError, match="is local to a craft; write one of: GCRF, EME2000, TEME, ITRF"):
        worlds.full().convert(0.0, np.ones(3), np.ones(3), Frame.GCRF, frame)
