"""A sample's path is its own: not a matter of company or of cores."""

import numpy as np
import pytest
from numba import config

import worlds
from fakel.model.errors import FlightError
from fakel.model.frame import Frame
from fakel.model.start import StateVector
from fakel.physics.force import Forces
from fakel.physics.many import coast_many
from fakel.physics.propagate import coast
from fakel.world import build_world

SECONDS = 5400.0


def samples(n):
    y = np.repeat(worlds.orbit()[None], n, axis=0)
    y[:, :6] += np.random.default_rng(5).normal(size=(n, 6)) * np.array([1e3] * 3 + [1.0] * 3)
    return y


def test_one_and_two_thousand_samples_are_bit_for_bit_the_same():
    field, y = worlds.full().field, samples(2000)
    all_at_once = coast_many(y, 0.0, SECONDS, worlds.CD_AREA_M2, field)
    np.testing.assert_array_equal(coast_many(y[7:8], 0.0, SECONDS, worlds.CD_AREA_M2, field), all_at_once[7:8])
    for i in (0, 7, 1999):
        np.testing.assert_array_equal(coast(y[i], 0.0, SECONDS, worlds.CD_AREA_M2, field), all_at_once[i])


def test_so_they_are_in_the_air_of_one_orbit():
    y = samples(20)
    orbit = StateVector(worlds.START, Frame.GCRF, worlds.orbit()[:3], worlds.orbit()[3:6], "test")
    field = build_world(worlds.START, worlds.START + SECONDS, margin_s=60.0, orbit=orbit).field
    all_at_once = coast_many(y, 0.0, SECONDS, worlds.CD_AREA_M2, field)
    for i in (0, 7, 19):
        np.testing.assert_array_equal(coast(y[i], 0.0, SECONDS, worlds.CD_AREA_M2, field), all_at_once[i])


@pytest.mark.skipif(config.NUMBA_NUM_THREADS < 2, reason="one core")
def test_cores_do_not_matter():
    field, y = worlds.full().field, samples(100)
    one, two = (coast_many(y, 0.0, SECONDS, worlds.CD_AREA_M2, field, threads=n) for n in (1, 2))
    np.testing.assert_array_equal(one, two)


def test_each_sample_may_have_its_own_forces():
    field, y = worlds.full().field, np.repeat(worlds.orbit()[None], 2, axis=0)
    heavy, light = coast_many(y, 0.0, SECONDS, [Forces(3000.0, 1.0), Forces(1000.0, 3.0)], field)
    np.testing.assert_allclose(heavy, light, rtol=1e-14)
    assert np.linalg.norm(coast_many(y, 0.0, SECONDS, 0.0, field)[0] - heavy) > 1.0


@pytest.mark.parametrize(("spoil", "told"), [
    ((3, 0, np.nan), "sample 3 is not finite"), ((2, 6, 0.0), r"sample 2: a craft needs a mass .* \(1 of 5"),
    ((1, 5, 1e5), "sample 1: .*escape speed"), ((4, 0, 6.3e6), "sample 4: .*below the ground"),
])
def test_a_sample_that_cannot_fly_is_named(spoil, told):
    y = samples(5)
    y[spoil[:2]] = spoil[2]
    with pytest.raises(FlightError, match=told):
        coast_many(y, 0.0, SECONDS, worlds.CD_AREA_M2, worlds.full().field)


def test_shapes_are_told():
    with pytest.raises(FlightError, match=r"shape \(7,\); give \(n, 7\)"):
        coast_many(worlds.orbit(), 0.0, 1.0, 0.0, worlds.full().field)
    with pytest.raises(FlightError, match="5 samples but 1 records"):
        coast_many(samples(5), 0.0, 1.0, [Forces()], worlds.full().field)
