"""Probabilities of collision against published ones."""

import numpy as np
import pytest

from fakel.physics.conjunction import foster


def test_the_probability_of_nasas_own_test_case():
    """Unit test of Pc2D_Foster in NASA's CARA Analysis Tools (Omitron case 1, circle): 2.70601573490125e-05, there held
    to 1e-3. States km and km/s, covariances km^2, combined radius 20 m."""
    r1, v1 = np.array([378.39559, 4305.721887, 5752.767554]), np.array([2.360800244, 5.580331936, -4.322349039])
    r2, v2 = np.array([374.5180598, 4307.560983, 5751.130418]), np.array([-5.388125081, -3.946827739, 3.322820358])
    c1 = np.array([[44.5757544811362, 81.6751751052616, -67.8687662707124],
                   [81.6751751052616, 158.453402956163, -128.616921644857],
                   [-67.8687662707124, -128.616921644858, 105.490542562701]])
    c2 = np.array([[2.31067077720423, 1.69905293875632, -1.4170164577661],
                   [1.69905293875632, 1.24957388457206, -1.04174164279599],
                   [-1.4170164577661, -1.04174164279599, 0.869260558223714]])
    p = foster((r2 - r1) * 1e3, (v2 - v1) * 1e3, (c1 + c2) * 1e6, 20.0)
    assert p == pytest.approx(2.70601573490125e-05, rel=1e-4)


def test_a_round_covariance_without_a_miss_has_a_formula():
    """1 - exp(-R^2 / 2 s^2): Rayleigh's distribution."""
    p = foster(np.zeros(3), np.array([0.0, 14e3, 0.0]), np.diag([100.0**2] * 3), 30.0)
    assert p == pytest.approx(1.0 - np.exp(-0.5 * 0.3**2), rel=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_against_drawing_lots(seed):
    """Two million points: 0.5 % of a probability near 2 %."""
    dice = np.random.default_rng(seed)
    velocity, miss = dice.normal(size=3) * 7e3, dice.normal(size=3) * 40.0
    root = dice.normal(size=(3, 3)) * 60.0
    along = velocity / np.linalg.norm(velocity)
    drawn = miss + dice.standard_normal((2_000_000, 3)) @ root.T
    off = np.linalg.norm(drawn - (drawn @ along)[:, None] * along, axis=1)
    p = foster(miss, velocity, root @ root.T, 20.0)
    assert p == pytest.approx((off < 20.0).mean(), abs=5 * np.sqrt(p / 2e6))


def test_nothing_uncertain_is_yes_or_no():
    for miss, p in ((10.0, 1.0), (30.0, 0.0)):
        assert foster(np.array([miss, 0.0, 0.0]), np.array([0.0, 1e4, 0.0]), np.zeros((3, 3)), 20.0) == p
