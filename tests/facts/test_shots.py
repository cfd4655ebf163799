"""What a helmet camera sees, by geometry that can be drawn on paper; and the pair of the torch where it stands."""

import numpy as np
import pytest

from fakel.load.library import Library
from fakel.load.places_below import PlacesBelow
from fakel.model.outfit import Suit
from fakel.model.place import Station
from fakel.physics.blockage import Body
from fakel.physics.view import before_earth, hidden, horizon_dip_rad, in_picture
from fakel.plan.rails import rails_of
from fakel.plan.stance import ARM_M, CLEAR_M, face_to_face, partner_rail, view

RAILS = rails_of(Library().find(Station, "iss-2013-11", "station").structure)
CAMERA = Library().find(Suit, "orlan-mk", "suit").camera
TORCH_M = 0.95
RIGHT = np.pi / 2


def test_a_square_picture_of_90_degrees_holds_what_is_as_far_away_as_it_is_aside():
    edge = 1.0 - 1e-9
    assert in_picture(np.array([[1.0, edge, 0.0], [1.0, -edge, 0.0]]), RIGHT, RIGHT, 0.0)
    assert not in_picture(np.array([[1.0, 1.001, 0.0], [1.0, -1.0, 0.0]]), RIGHT, RIGHT, 0.0)


def test_a_camera_that_may_turn_30_degrees_has_one_thing_75_degrees_aside_in_its_picture_and_not_more():
    def aside(deg):
        return np.array([[np.cos(np.radians(deg)), np.sin(np.radians(deg)), 0.0]])
    assert in_picture(aside(74.9), RIGHT, RIGHT, np.radians(30.0))
    assert not in_picture(aside(75.1), RIGHT, RIGHT, np.radians(30.0))


def test_nothing_behind_the_camera_is_in_its_picture():
    assert not in_picture(np.array([[-1.0, 0.0, 0.0]]), RIGHT, RIGHT, 0.5)


def test_a_wall_between_hides_and_a_wall_behind_does_not():
    wall = Body(np.array([2.0, 0.0, 0.0]), np.array([0.1, 1.0, 1.0]), -1)
    eye = np.zeros(3)
    assert hidden(eye, np.array([[3.0, 0.0, 0.0]]), (wall,))
    assert not hidden(eye, np.array([[1.5, 0.0, 0.0]]), (wall,))
    assert not hidden(eye, np.array([[3.0, 2.0, 0.0]]), (wall,))
    assert before_earth(eye, np.array([[1.0, 0.0, 1.0]]), 0.35, ())
    assert not before_earth(eye, np.array([[1.0, 0.0, 1.0]]), 0.35, (Body(np.array([5.0, 0.0, 5.0]), np.ones(3), -1),))


def test_the_horizon_lies_a_fifth_of_a_right_angle_down_from_the_station():
    """415 km up over 6378 km: cos of the dip is 6378/6793, 20.1 deg."""
    dip = float(horizon_dip_rad(np.array([6793e3]), 6378e3)[0])
    assert np.degrees(dip) == pytest.approx(20.1, abs=0.05)
    below, above = np.tan(dip + 1e-6), np.tan(dip - 1e-6)
    assert before_earth(np.zeros(3), np.array([[1.0, 0.0, below]]), dip, ())
    assert not before_earth(np.zeros(3), np.array([[1.0, 0.0, above]]), dip, ())


def test_the_pair_of_the_torch_hangs_beside_pirs_face_to_face_and_either_has_the_torch_before_the_earth():
    place = RAILS.index("pirs-ring")
    other = partner_rail(RAILS, place, CAMERA, TORCH_M)
    assert other is not None
    for low_rail, high_rail in ((place, other), (other, place)):
        low, high = face_to_face(RAILS, low_rail, high_rail)
        line = high.chest_m - low.chest_m
        for stance, way in ((low, line), (high, -line)):
            ahead = stance.at((1.0, 0.0, 0.0)) - stance.chest_m
            assert np.allclose(ahead, way / np.linalg.norm(way), atol=1e-12)          # both look at each other
            assert (stance.at((0.0, 0.0, -1.0)) - stance.chest_m)[2] < 0.0            # heads up: z is down
        assert np.linalg.norm(low.chest_m - RAILS.at_m[low_rail]) == pytest.approx(ARM_M)
        assert low.chest_m[2] > high.chest_m[2]
        upper, middle, lower = low.thing(TORCH_M)
        assert np.linalg.norm(upper - lower) == pytest.approx(TORCH_M)
        assert np.allclose(middle, (upper + lower) / 2)
        seen = view(CAMERA, high, low, low.thing(TORCH_M), RAILS)
        assert seen.in_frame and seen.earth_behind
        assert 1.0 < seen.distance_m < 2.0                                            # arm's length apart, not farther
        radius_m = np.hypot(low.chest_m[0] + 23.701, low.chest_m[1] + 0.006)          # Pirs stands upright, 2.55 m wide
        assert radius_m - 1.275 > CLEAR_M


def test_a_torch_twice_as_long_as_the_picture_is_high_is_not_in_it():
    low, high = face_to_face(RAILS, RAILS.index("pirs-ring"), partner_rail(RAILS, RAILS.index("pirs-ring"), CAMERA,
                                                                           TORCH_M))
    distance_m = view(CAMERA, high, low, low.thing(TORCH_M), RAILS).distance_m
    assert not view(CAMERA, high, low, low.thing(4 * distance_m * np.tan(CAMERA.down_rad / 2)), RAILS).in_frame


@pytest.mark.parametrize(("latitude", "longitude", "name", "russian", "town"), [
    (55.75, 37.62, "Moscow, Russia", "Москва, Россия", True),
    (40.0, -35.0, "North Atlantic Ocean", "Северная Атлантика", False),
    (-29.9, 31.0, "Durban, South Africa", "Дурбан, Южно-Африканская Республика", True)])
def test_places_below_have_their_names(latitude, longitude, name, russian, town):
    found, = PlacesBelow().below(np.radians([latitude]), np.radians([longitude]))
    assert (*found.names, found.town) == (name, russian, town)
