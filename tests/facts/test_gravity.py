"""Gravity against a closed form, an independent sum, and known values."""

import math

import numpy as np
import pytest
from scipy.special import lpmv

import worlds
from fakel.model.errors import InputError
from fakel.physics.gravity import acceleration_itrf
from fakel.world.gravity import gravity_table

PLACES = np.random.default_rng(3).normal(size=(12, 3))
PLACES = PLACES / np.linalg.norm(PLACES, axis=1)[:, None] * np.linspace(6.45e6, 8e6, 12)[:, None]


def potential(place, c, s, degree, mu, radius):
    """V of fully normalised coefficients, term by term with scipy's Legendre functions."""
    r = float(np.linalg.norm(place))
    sine, lon = place[2] / r, math.atan2(place[1], place[0])
    total = mu / r
    for n in range(2, degree + 1):
        for m in range(n + 1):
            norm = math.sqrt((2 - (m == 0)) * (2 * n + 1) * math.factorial(n - m) / math.factorial(n + m))
            p = (-1) ** m * lpmv(m, n, sine)                      # scipy counts the Condon-Shortley sign
            total += mu / r * (radius / r) ** n * norm * p * (c[n, m] * math.cos(m * lon) + s[n, m] * math.sin(m * lon))
    return total


@pytest.mark.parametrize("degree", [8, 20])
def test_acceleration_is_the_gradient_of_the_potential(degree):
    from importlib.resources import files
    with (files("fakel") / "data" / "earth" / "egm2008_120.npz").open("rb") as file:
        table = dict(np.load(file))
    gravity, radius = gravity_table(degree)
    h = 20.0
    for place in PLACES:
        def v(step, place=place):
            return potential(place + step, table["c"], table["s"], degree, float(table["mu_m3_s2"]), radius)
        slope = [(8 * (v(d) - v(-d)) - (v(2 * d) - v(-2 * d))) / (12 * h) for d in h * np.eye(3)]
        # V is 6e7 m2/s2 and rounds to 1e-8, so the quotient to 1e-9 m/s2.
        np.testing.assert_allclose(acceleration_itrf(*place, gravity, radius), slope, atol=5e-9)


def test_j2_is_the_closed_form():
    """Vallado, section 8.6.1, written out."""
    gravity, radius = gravity_table(20, "j2")
    for place in PLACES:
        got = np.array(acceleration_itrf(*place, gravity, radius))
        r = np.linalg.norm(place)
        mu, j2 = worlds.MU_M3_S2, 1.0826261738522e-3              # EGM2008, tide free: -sqrt(5) C20
        k = 1.5 * j2 * mu * radius**2 / r**4
        z2 = (place[2] / r) ** 2
        closed = -mu * place / r**3 - k * place / r * np.array([1 - 5 * z2, 1 - 5 * z2, 3 - 5 * z2])
        np.testing.assert_allclose(got, closed, atol=1e-9)


def test_gravity_at_the_equator_and_the_pole_is_that_of_the_normal_earth():
    """Normal gravity of WGS 84: 9.7803253 and 9.8321849 m/s2; at the equator the turn takes 0.0339157 away.
    The real field differs by 50 mGal = 5e-4 m/s2."""
    gravity, radius = gravity_table(36)
    pole = -acceleration_itrf(0.0, 0.0, 6_356_752.3, gravity, radius)[2]
    equator = -acceleration_itrf(6_378_137.0, 0.0, 0.0, gravity, radius)[0] - 0.0339157
    assert pole == pytest.approx(9.8321849, abs=1e-3)
    assert equator == pytest.approx(9.7803253, abs=1e-3)


@pytest.mark.parametrize("degree", [1, 121])
def test_a_degree_that_is_not_there_is_told(degree):
    with pytest.raises(InputError, match=f"degree = {degree}; the table that ships takes 2 to 120"):
        gravity_table(degree)
