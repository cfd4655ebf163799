"""The sky over a place: stars, Sun, Moon and planets stand where almanacs say."""

from __future__ import annotations

from math import degrees

import numpy as np
import pytest

from fakel.load.sky import star_map
from fakel.model.epoch import Epoch, Window
from fakel.physics.planets import NAMES, planets
from fakel.plan.seen_path import small_world
from fakel.plan.sky import sky_above
from skies import place


def sky_at(when, where):
    epoch = Epoch.utc(when)
    return sky_above(small_world(Window(epoch, epoch + 1.0)), where, epoch)


def star(name):
    stars = star_map()
    return stars.directions[next(k for k, names in stars.names.items() if dict(names)["en"] == name)]


def apart_deg(a, b):
    return degrees(np.arccos(np.clip(a @ b, -1, 1)))


@pytest.mark.parametrize(("latitude", "longitude"), [(43.6, 39.7), (0.0, -78.5), (78.2, 15.6)])
def test_polaris_stands_as_high_as_the_latitude(latitude, longitude):
    # Polaris is 0.7 degrees from the pole (its declination of J2000 is 89.26)
    line = sky_at("2013-11-12T03:16:30Z", place(latitude, longitude)).turn @ star("Polaris")
    assert degrees(np.arcsin(line[2])) == pytest.approx(latitude, abs=0.8)


def test_the_cross_is_never_seen_from_moscow_and_always_from_sydney():
    for hour in range(0, 24, 3):
        when = f"2024-03-20T{hour:02d}:00:00Z"
        assert (sky_at(when, place(55.75, 37.6)).turn @ star("Acrux"))[2] < 0
        assert (sky_at(when, place(-33.9, 151.2)).turn @ star("Acrux"))[2] > 0     # declination -63.1 < -90 + 33.9


def test_noon_of_the_equinox_at_greenwich():
    # 2024-03-20 03:06 UTC; the equation of time is -7.4 min, so the Sun is south at 12:07:24; its declination is 0.15
    sun = sky_at("2024-03-20T12:07:24Z", place(51.4769, 0.0)).body("sun")
    assert degrees(sun.azimuth_rad) == pytest.approx(180.0, abs=0.1)
    assert degrees(sun.elevation_rad) == pytest.approx(90 - 51.4769 + 0.15, abs=0.02)


def test_great_conjunction_of_2020():
    # Jupiter and Saturn 6.1' apart on 2020-12-21 at 18:20 UTC (Sky & Telescope; JPL Horizons)
    directions, magnitudes = planets(Epoch.utc("2020-12-21T18:20:00Z").mjd_tt)
    found = dict(zip(NAMES, directions, strict=True))
    assert 60 * apart_deg(found["jupiter"], found["saturn"]) == pytest.approx(6.1, abs=0.5)
    told = dict(zip(NAMES, magnitudes, strict=True))
    assert told["jupiter"] == pytest.approx(-2.0, abs=0.1) and told["saturn"] == pytest.approx(0.6, abs=0.2)


def test_venus_before_the_sun_in_2012():
    # Closest to the Sun's middle, 9.24', at 01:29:36 UTC on 2012-06-06 (Espenak, NASA); light time moves it 0.5'
    epoch = Epoch.utc("2012-06-06T01:29:36Z")
    world = small_world(Window(epoch, epoch + 1.0))
    sun = world.sun_gcrf_m(0.0)[0]
    venus = planets(epoch.mjd_tt)[0][NAMES.index("venus")]
    assert 60 * apart_deg(venus, sun / np.linalg.norm(sun)) == pytest.approx(9.24, abs=0.7)


def test_full_moon_of_november_2013():
    moon = sky_at("2013-11-17T15:16:00Z", place()).body("moon")
    assert moon.lit > 0.995


def test_stars_and_figures():
    stars = star_map()
    assert len(stars.constellations) == 88 and stars.magnitudes[0] == -1.44 and len(stars.magnitudes) > 1600
    np.testing.assert_allclose(np.linalg.norm(stars.directions, axis=1), 1.0, atol=1e-12)
    ends = np.concatenate([line for figure in stars.constellations if figure.rank == 1 for line in figure.lines])
    near = np.max(ends @ stars.directions.T, axis=1)
    assert np.mean(np.degrees(np.arccos(np.clip(near, -1, 1))) < 0.1) > 0.95, "figures join stars"
    assert dict(stars.names[0]) == {"en": "Sirius", "ru": "Сириус"}
