"""A fit gives back what was put in, and says rightly how sure it is."""

from functools import cache

import numpy as np
import pytest

from fakel.estimate.fit import fit_orbit, forecast
from fakel.estimate.model_path import Unknowns, path_with_slopes
from fakel.model.dice import dice
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.physics.force import Forces
from fakel.world import build_world

START = Epoch.utc("2015-03-01")
FORCES = Forces(cd_area_m2=4.0, cr_area_m2=4.0)
Y = np.array([6.8e6, 0.0, 1e5, -50.0, 4.75e3, 6.0e3, 400.0])
T_S = np.arange(0.0, 10 * 3600.0 + 1, 120.0)
NOISE_M = 0.5


@cache
def world():
    return build_world(START, START + 86_400.0, degree=4)


@cache
def truth() -> Unknowns:
    return Unknowns((1.3, 0.8), (5 * 3600.0,), True, 1.7, ((9000.0, 9600.0),), ((0.02, 0.5, -0.1),))


def asked(**changes) -> Unknowns:
    return Unknowns((1.0, 1.0), (5 * 3600.0,), True, 1.0, ((9000.0, 9600.0),), ((0.0, 0.4, 0.0),), **changes)


def path(unknowns: Unknowns, times_s=T_S):
    return path_with_slopes(Y, 0.0, times_s, unknowns, FORCES, world().field)


def near_guess():
    return Y + np.array([300.0, -200.0, 100.0, 0.3, -0.2, 0.1, 0.0])


@cache
def fitted(seed: int):
    noise = NOISE_M * dice(1, seed, "fit").standard_normal((len(T_S), 3))
    return fit_orbit(T_S, path(truth())[0][:, :3] + noise, near_guess(), asked(), FORCES, world(), "test")


def test_without_noise_everything_comes_back():
    orbit = fit_orbit(T_S, path(truth())[0][:, :3], near_guess(), asked(), FORCES, world(), "test")
    assert orbit.rms_m < 1e-3
    np.testing.assert_allclose(orbit.y[:6], Y[:6], atol=1e-2)
    assert orbit.unknowns.drag_scales == pytest.approx((1.3, 0.8), abs=1e-4)
    assert orbit.unknowns.radiation_scale == pytest.approx(1.7, abs=1e-2)
    np.testing.assert_allclose(orbit.unknowns.pushes_m_s[0], truth().pushes_m_s[0], atol=1e-5)


def test_the_covariance_is_that_of_the_errors():
    """Chi-squared of 12 unknowns, mean over 8 fits: 12 with a spread of 1.7; correlations among few residuals may widen
    the covariance by a tenth."""
    real = truth().values(Y)
    chi2 = []
    for seed in range(8):
        orbit = fitted(seed)
        off = orbit.unknowns.values(orbit.y) - real
        chi2.append(off @ np.linalg.solve(orbit.covariance, off))
    assert 6.0 < np.mean(chi2) < 17.0
    assert fitted(0).rms_m == pytest.approx(NOISE_M * np.sqrt(3), rel=0.1)


def test_slopes_are_those_of_the_path():
    """Central differences, with steps that move the path by metres. The quadrature of the empirical ones is off by
    4e-4, that by sunlight by some per cent, as the variational equations see the shadow at their nodes only: enough to
    converge by."""
    unknowns = Unknowns((1.3, 0.8), (5 * 3600.0,), True, 1.7, ((9000.0, 9600.0),), ((0.02, 0.5, -0.1),), (1e-8,) * 4)
    x = unknowns.values(Y)
    steps = np.array([1.0] * 3 + [1e-3] * 3 + [1e-2] * 2 + [1.0] + [1e-3] * 3 + [1e-8] * 4)
    slopes = path(unknowns)[1]
    assert slopes.shape == (len(T_S), 6, len(x)) and len(unknowns.names) == len(x)
    for j, step in enumerate(steps):
        sides = [path_with_slopes(np.append((x + s * step * (np.arange(len(x)) == j))[:6], Y[6]), 0.0, T_S,
                                  unknowns.with_values(x + s * step * (np.arange(len(x)) == j)), FORCES,
                                  world().field)[0] for s in (-1, 1)]
        by_difference = (sides[1] - sides[0])[:, :3] / (2 * step)
        scale = np.abs(by_difference).max()
        near = 0.1 if unknowns.names[j] == "radiation_scale" else 2e-3
        np.testing.assert_allclose(slopes[:, :3, j], by_difference, atol=near * scale, err_msg=unknowns.names[j])


def test_few_wild_places_are_thrown_out_and_told():
    places = path(truth())[0][:, :3] + NOISE_M * dice(1, 50, "fit").standard_normal((len(T_S), 3))
    places[[40, 41, 200]] += [[30.0, 0, 0], [0, -40.0, 0], [0, 0, 500.0]]
    orbit = fit_orbit(T_S, places, near_guess(), asked(), FORCES, world(), "test")
    assert np.flatnonzero(~orbit.used).tolist() == [40, 41, 200]
    assert orbit.rms_m == pytest.approx(NOISE_M * np.sqrt(3), rel=0.1)


def test_a_forecast_goes_on_from_the_mean_drag_and_widens():
    orbit = fitted(0)
    scale, sigma = orbit.drag_forecast
    assert 0.8 < scale < 1.3 and sigma == pytest.approx(np.std(orbit.unknowns.drag_scales, ddof=1), rel=0.01)
    later_s = np.array([T_S[-1] + 600.0, T_S[-1] + 6 * 3600.0, T_S[-1] + 12 * 3600.0])
    states, covariance = forecast(orbit, later_s, world())
    off = np.linalg.norm((states - path(truth(), later_s)[0])[:, :3], axis=1)
    spread = np.sqrt(np.trace(covariance[:, :3, :3], axis1=1, axis2=2))
    assert np.all(np.diff(spread) > 0) and np.all(off < 3 * spread)


def test_what_cannot_be_fitted_is_said_in_one_line():
    with pytest.raises(InputError, match=r"test: 3 places are too few for 12 unknowns"):
        fit_orbit(T_S[:3], path(truth())[0][:3, :3], Y, asked(), FORCES, world(), "test")
    scattered = 7e6 * dice(1, 1, "no orbit").standard_normal((len(T_S), 3))
    with pytest.raises(InputError, match=r"test: (the fit does not converge|no coast follows)") as error:
        fit_orbit(T_S, scattered, Y, asked(), FORCES, world(), "test")
    assert "\n" not in str(error.value)
