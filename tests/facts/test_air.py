"""Air against the printed standard and against NRLMSIS itself."""

import numpy as np
import pytest

import worlds
from fakel.physics.air import air
from fakel.physics.force import density
from fakel.world import upper_air
from fakel.world.weather import read_weather

# US Standard Atmosphere 1976 (NOAA/NASA/USAF, table I): geometric km, K, Pa, kg/m3.
TABLE = [
    (0, 288.150, 1.01325e5, 1.2250), (1, 281.651, 8.9876e4, 1.1117), (5, 255.676, 5.4048e4, 7.3643e-1),
    (11, 216.774, 2.2699e4, 3.6480e-1), (20, 216.650, 5.5293e3, 8.8910e-2), (32, 228.490, 8.8906e2, 1.3555e-2),
    (50, 270.650, 7.9779e1, 1.0269e-3), (70, 219.585, 5.2209e0, 8.2829e-5), (80, 198.639, 1.0524e0, 1.8458e-5),
    (86, 186.87, 3.7338e-1, 6.958e-6), (100, 195.08, 3.2011e-2, 5.604e-7), (120, 360.00, 2.5382e-3, 2.222e-8),
    (200, 854.56, 8.4736e-5, 2.541e-10), (400, 995.83, 1.4518e-6, 2.803e-12)]


@pytest.mark.parametrize("km, kelvin, pascal, kg_m3", TABLE)
def test_standard_atmosphere_is_as_printed(km, kelvin, pascal, kg_m3):
    """To the five digits printed, and 1e-3 where the standard's molecular weight begins to fall (80 to 86 km)."""
    rho, p, t, _ = air(km * 1000.0)
    loose = 1e-3 if km >= 80 else 2e-4
    assert (t, p, rho) == (pytest.approx(kelvin, rel=loose), pytest.approx(pascal, rel=loose),
                           pytest.approx(kg_m3, rel=loose))


def test_speed_of_sound_at_sea_level():
    assert air(0.0)[3] == pytest.approx(340.294, abs=0.01)       # as printed in the standard


def test_standard_atmosphere_has_no_step():
    h = np.arange(0.0, 200e3, 50.0)
    rho = np.array([air(x)[0] for x in h])
    # The steepest fall is 1/5.4 km (at 90 km): 0.93 % over 50 m; a step at a seam would show beyond 1.1 %.
    assert np.all(np.abs(np.diff(np.log(rho))) < 0.011)


def test_upper_air_follows_nrlmsis_at_random_points():
    """Against pymsis asked directly between the knots: 1 % rms, 5 % at worst (model error itself: 15 %)."""
    world, rng = worlds.full(), np.random.default_rng(5)
    n = 400
    t_s, height = rng.uniform(-86_400.0, 3 * 86_400.0, n), rng.uniform(150e3, 480e3, n)
    lat, lon = np.arcsin(rng.uniform(-1, 1, n)), rng.uniform(-np.pi, np.pi, n)
    weather = read_weather(sum(world.window.start.mjd_utc), sum(world.window.stop.mjd_utc))
    wanted = upper_air.density(world.epoch, t_s, lat, lon, height, weather)
    got = np.array([density(*where, world.field) for where in zip(t_s, lat, lon, height, strict=True)])
    off = np.log(got / wanted)
    assert np.sqrt(np.mean(off**2)) < 0.01
    assert np.abs(off).max() < 0.05


def test_density_at_the_station_has_the_right_size():
    """Orbit decay of the station in November 2013 was some 50 to 100 m a day: 2 to 6e-12 kg/m3 at 415 km."""
    rho = density(0.0, 0.3, 1.0, 415e3, worlds.full().field)
    assert 1e-12 < rho < 8e-12
