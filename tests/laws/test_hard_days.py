"""Days on which the air does what no model foretells: the truth is flown with air that wanders, the fit knows a steady
one."""

from functools import cache

import numpy as np
import pytest

import fakel
from fakel.api.doubts import doubts
from fakel.api.forces import Forces
from fakel.estimate.ephemeris import compare, fit_with_short_spans
from fakel.model.ephemeris import Ephemeris
from fakel.model.epoch import Epoch, Window
from fakel.model.frame import Frame
from fakel.physics.propagate import coast_table
from fakel.world import build_world

START, HOURS, PIECE_S = Epoch.utc("2014-02-20"), 12, 600.0      # F10.7 of 156
FITTED = Window(START, START + 9 * 3600.0)
FORCES = Forces(degree=8, mass_kg=450.0, drag_area_m2=1.0, radiation_area_m2=3.0)
Y = np.array([6.82e6, 0.0, 0.0, 0.0, 350.0, 7.64e3, 450.0])     # 440 km


@cache
def world():
    return build_world(START, START + HOURS * 3600.0, degree=8)


@cache
def path(wander: float, light: float = 1.0) -> Ephemeris:
    """Places each minute; the air wanders by that share over the day, and by a fifth of it every revolution; sunlight
    is light times what is usual."""
    rows, y = [Y[:6]], Y
    for k in range(int(HOURS * 3600 / PIECE_S)):
        t = k * PIECE_S
        air = 1.0 + wander * (np.sin(2 * np.pi * t / 86_400.0) + 0.2 * np.sin(2 * np.pi * t / 5_600.0))
        forces = FORCES.numbers._replace(drag_scale=air, radiation_scale=light)
        table = coast_table(y, t, 60.0, int(PIECE_S / 60) + 1, forces, world().field)
        rows, y = rows + list(table[1:, :6]), table[-1]
    states = np.array(rows)
    return Ephemeris("made", "made", Frame.GCRF, START, 60.0 * np.arange(len(states)), states[:, :3], states[:, 3:])


@cache
def fitted(wander: float, enough_m: float = 0.25):
    return fit_with_short_spans(path(wander), FITTED, world(), FORCES.numbers, 450.0, drag_each_s=3 * 3600.0,
                                enough_m=enough_m, radiation=True)


def test_spans_of_drag_are_halved_where_the_air_wanders():
    """A steady scale for three hours leaves metres; the finer one a quarter of a metre."""
    steady, told = fitted(0.4, np.inf)
    assert told == () and steady.rms_m > 0.25
    orbit, told = fitted(0.4)
    assert orbit.rms_m <= 0.25 and len(orbit.unknowns.drag_scales) > 3
    assert len(told) == 1 and "one drag scale per 3 h leaves" in told[0] and "is taken and leaves" in told[0]
    begins_s = np.array([0.0, *orbit.unknowns.drag_starts_s])
    wandered = 1.0 + 0.4 * np.sin(2 * np.pi * (begins_s + 0.5 * begins_s[1]) / 86_400.0)
    assert np.corrcoef(orbit.unknowns.drag_scales, wandered)[0, 1] > 0.8


def test_on_a_calm_day_they_stay():
    orbit, told = fitted(0.0)
    assert told == () and len(orbit.unknowns.drag_scales) == 3
    np.testing.assert_allclose(orbit.unknowns.drag_scales, 1.0, atol=0.02)


def test_a_forecast_into_wandering_air_is_within_its_sigma():
    """Nine tenths of it within three sigmas in each direction: what is left counts as well as the scatter of drag."""
    orbit, _ = fitted(0.4)
    compared = compare(orbit, path(0.4), Window(FITTED.stop, path(0.4).stop), world())
    assert np.all(np.mean(np.abs(compared.off_rtn_m) < 3.0 * compared.sigma_rtn_m, axis=0) > 0.9)


def test_a_fit_without_drag_says_that_something_bends():
    without = FORCES.numbers._replace(cd_area_m2=0.0)
    orbit, _ = fit_with_short_spans(path(0.0), FITTED, world(), without, 450.0, drag_each_s=9 * 3600.0,
                                    enough_m=np.inf, radiation=False)
    (left, bends) = doubts(orbit, Forces(degree=8, mass_kg=450.0), precise=True)
    assert "are left of places that are known to centimetres" in left
    assert "bends over the span: drag is not looked for; give --area" in bends


def test_sunlight_that_no_craft_feels_is_told():
    orbit, _ = fit_with_short_spans(path(0.0, 20.0), FITTED, world(), FORCES.numbers, 450.0, drag_each_s=3 * 3600.0,
                                    enough_m=np.inf, radiation=True)
    assert orbit.unknowns.radiation_scale == pytest.approx(20.0, rel=1e-3)
    (line,) = doubts(orbit, FORCES, precise=True)
    assert "Cr A/m = 0.173 m2/kg" in line and "it takes up another error; raise --degree (now 8)" in line


def test_accelerations_that_stand_for_drag_are_told():
    """What comes back each revolution is all that may answer for drag that is not looked for."""
    without = FORCES.numbers._replace(cd_area_m2=0.0)
    orbit, _ = fit_with_short_spans(path(0.0), FITTED, world(), without, 450.0, drag_each_s=9 * 3600.0,
                                    enough_m=np.inf, radiation=True, empirical=True)
    lines = doubts(orbit, FORCES, precise=True)
    assert any("accelerations that come back each revolution reach" in line for line in lines)


def test_a_forecast_of_years_is_refused():
    with pytest.raises(fakel.InputError, match=r"predict = 2030-01-01T00:00:00Z: \d+ days of air that is only forec"):
        fakel.fit(path(0.0), predict="2030-01-01", forces=FORCES)
