"""What holds for the lesser forces whatever their numbers are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import worlds
from fakel.physics.force import Forces
from fakel.physics.propagate import coast
from fakel.physics.small_forces import LOVE_K2, radiation, schwarzschild, solid_tide, sunlit_part, third_body

FAR = st.floats(1e8, 1e9)
NEAR = st.floats(-8e6, 8e6)


@given(NEAR, NEAR, FAR, st.floats(-1e9, 1e9))
def test_pulls_turn_with_the_picture(x, y, b, c):
    """A quarter turn about z of place and body turns the pull."""
    z, gm = 7e6, 5e12
    for pull, more in ((third_body, (gm,)), (solid_tide, (gm, LOVE_K2, 6.378e6))):
        ax, ay, az = pull(x, y, z, b, c, 1e8, *more)
        np.testing.assert_allclose(pull(-y, x, z, -c, b, 1e8, *more), (-ay, ax, az), rtol=1e-9, atol=1e-22)


@given(NEAR, NEAR, FAR)
def test_the_tide_is_the_same_on_the_far_side(x, y, b):
    """Degree 2 is even: opposite places feel opposite pulls, and a body on the other side raises the same bulge."""
    one = np.array(solid_tide(x, y, 7e6, b, 0.0, 0.0, 5e12, LOVE_K2, 6.378e6))
    np.testing.assert_allclose(solid_tide(-x, -y, -7e6, b, 0.0, 0.0, 5e12, LOVE_K2, 6.378e6), -one, atol=1e-22)
    np.testing.assert_allclose(solid_tide(x, y, 7e6, -b, 0.0, 0.0, 5e12, LOVE_K2, 6.378e6), one, atol=1e-22)


@given(st.floats(0.0, 6.28), st.floats(6.6e6, 4e7), st.floats(0.1, 100.0))
def test_sunlight_pushes_away_from_the_sun_or_not_at_all(angle, r, area):
    sun = np.array([1.5e11, 0.0, 0.0])
    place = r * np.array([np.cos(angle), np.sin(angle), 0.0])
    push = np.array(radiation(*place, *sun, area, 100.0, sunlit_part(*place, *sun)))
    away = (place - sun) / np.linalg.norm(place - sun)
    assert push @ away >= 0.0
    np.testing.assert_allclose(push, (push @ away) * away, atol=1e-20)
    if np.cos(angle) > 0.0:
        assert push @ away > 0.0


def test_the_shadow_matters():
    """Noon and midnight, 7000 km from the centre."""
    assert sunlit_part(-7e6, 0.0, 0.0, 1.5e11, 0.0, 0.0) == 0.0
    assert sunlit_part(7e6, 0.0, 0.0, 1.5e11, 0.0, 0.0) == 1.0


@given(st.floats(6.6e6, 4e7), st.floats(0.5, 1.4))
def test_relativity_stays_in_the_plane_of_motion(r, speed):
    v = speed * np.sqrt(4e14 / r)
    assert schwarzschild(r, 0.0, 0.0, 0.3 * v, v, 0.0)[2] == 0.0


@settings(max_examples=5)
@given(st.floats(0.2, 3.0))
def test_scales_multiply(scale):
    """Half the area at twice the scale is the same flight."""
    y, field = worlds.orbit(), worlds.full().field
    one = coast(y, 0.0, 7000.0, Forces(3000.0, 1.0, 50.0, 1.0), field)
    other = coast(y, 0.0, 7000.0, Forces(3000.0 / scale, scale, 50.0 / scale, scale), field)
    np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-6)


def test_a_force_that_is_off_is_not_there():
    y, field = worlds.orbit(), worlds.full().field
    for forces in (Forces(drag_scale=5.0), Forces(radiation_scale=5.0)):
        np.testing.assert_array_equal(coast(y, 0.0, 5000.0, forces, field), coast(y, 0.0, 5000.0, 0.0, field))


@pytest.mark.parametrize("forces", [Forces(love_k2=LOVE_K2), Forces(relativity=1.0), Forces(cr_area_m2=500.0)])
def test_there_and_back_again(forces):
    """The forces that keep energy are reversible, and the shadow's edge is crossed at the same places."""
    y, field = worlds.orbit(), worlds.full().field
    back = coast(coast(y, 0.0, 43_200.0, forces, field), 43_200.0, 0.0, forces, field)
    np.testing.assert_allclose(back[:3], y[:3], atol=0.05)
