"""Light and link of a real orbit in the real world, against computations that share no code with the program."""

import math
from pathlib import Path

import erfa
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sgp4.api import Satrec

import fakel
from fakel.load.library import Library
from fakel.model.epoch import Epoch, gaps
from fakel.model.flight import State
from fakel.model.frame import Frame
from fakel.model.place import Network, Station
from fakel.physics import geodesy, light, link
from fakel.plan import coverage
from fakel.plan.coasting import coast_arc
from fakel.world import build_world

START, STOP = Epoch.utc("2013-11-09"), Epoch.utc("2013-11-10")
LINES = (Path(fakel.__file__).parent / "missions" / "iss-2013-11-06.tle").read_text().splitlines()
LINES = [line for line in LINES if line[:2] in ("1 ", "2 ")]
EARTH_M, FLATTENING = 6_378_137.0, 1 / 298.257223563


@pytest.fixture(scope="module")
def world():
    return build_world(Epoch.utc("2013-11-06"), STOP, drag=False)


def shipped(kind, name):
    return Library().find(kind, name, "test")


def start_state(world):
    """The station at START by SGP4 alone."""
    from fakel.estimate.elements import state_from_elements
    station = shipped(Station, "iss-2013-11")
    y = state_from_elements(*LINES[:2], START, world, 0.0, station.mass_kg)
    return State("station", START, Frame.GCRF, y[:3], y[3:6], np.array([1.0, 0, 0, 0]), np.zeros(3), station.mass_kg)


@pytest.fixture(scope="module")
def arc(world):
    return coast_arc(start_state(world), "stay", STOP, 60.0, shipped(Station, "iss-2013-11"), world)


@pytest.fixture(scope="module")
def sky(arc, world):
    return coverage.sky_over(arc, shipped(Network, "iss-2013"), world, step_s=10.0)


def almanac_sun(days):
    """Direction (n, 3) of the Sun, mean equator and equinox of date, days (n,) of UT after J2000.

    Low-precision formula of the Astronomical Almanac: 0.01 deg between 1950 and 2050.
    """
    g, mean = np.radians(357.528 + 0.9856003 * days), 280.460 + 0.9856474 * days
    long = np.radians(mean + 1.915 * np.sin(g) + 0.020 * np.sin(2 * g))
    tilt = np.radians(23.439 - 4e-7 * days)
    return np.stack([np.cos(long), np.cos(tilt) * np.sin(long), np.sin(tilt) * np.sin(long)], axis=-1)


def days_at(t_s):
    whole, fraction = START.mjd_utc
    return whole + fraction - 51544.5 + np.asarray(t_s) / 86400


def sgp4_teme_m(t_s):
    satellite = Satrec.twoline2rv(*LINES[:2])
    whole, fraction = START.mjd_utc
    jd = np.full(len(t_s), 2_400_000.5 + whole)
    _, r, _ = satellite.sgp4_array(jd, fraction + np.asarray(t_s) / 86400)
    return r * 1000.0


# ---------------------------------------------------------------- Sun and shadow

def test_the_sun_stands_where_the_almanac_says(world):
    # The almanac counts from the equinox of date: 13.86 years of precession, 50.29 arc seconds each, is 0.194 deg.
    t_s = np.linspace(0.0, 86_400.0, 25)
    of_date = almanac_sun(days_at(t_s))
    back = np.radians(50.29 / 3600 * 13.86)
    tilt = np.radians(23.439)
    x, y, z = of_date.T
    ecliptic = np.stack([x, np.cos(tilt) * y + np.sin(tilt) * z, np.cos(tilt) * z - np.sin(tilt) * y])
    turned = np.stack([np.cos(back) * ecliptic[0] + np.sin(back) * ecliptic[1],
                       np.cos(back) * ecliptic[1] - np.sin(back) * ecliptic[0], ecliptic[2]])
    j2000 = np.stack([turned[0], np.cos(tilt) * turned[1] - np.sin(tilt) * turned[2],
                      np.cos(tilt) * turned[2] + np.sin(tilt) * turned[1]], axis=-1)
    ours = world.sun_gcrf_m(world.seconds(START) + t_s)
    apart = np.degrees(np.arccos(np.clip(np.sum(ours * j2000, axis=1) / np.linalg.norm(ours, axis=1), -1, 1)))
    assert apart.max() < 0.02                                # the almanac's 0.01 deg and the plain precession


def cylinder_dark(position, sun):
    """Behind the Earth and inside the cylinder that its ellipsoid throws, Sun infinitely far."""
    stretch = np.array([1.0, 1.0, 1 / (1 - FLATTENING)])
    p, s = position * stretch, sun * stretch
    s = s / np.linalg.norm(s, axis=1)[:, None]
    along = np.sum(p * s, axis=1)
    return (along < 0) & (np.linalg.norm(p - along[:, None] * s, axis=1) < EARTH_M)


def test_sunrise_and_sunset_follow_from_sgp4_the_almanac_and_a_cylinder(sky):
    t_s = np.arange(0.0, 86_400.0, 5.0)
    dark = cylinder_dark(sgp4_teme_m(t_s), almanac_sun(days_at(t_s)))
    edges = t_s[1:][np.diff(dark.astype(int)) != 0]
    ours = [edge for window in coverage.windows(sky, sky.sunlit)
            for edge in (window.start - START, window.stop - START) if 60 < edge < 86_300]
    edges = [edge for edge in edges if 60 < edge < 86_300]
    assert len(ours) == len(edges) >= 29
    # Our Sun is a disc whose first ray counts (half of it takes 4 s to rise at these beta angles), samples are 10 s
    # and 5 s apart, and the element set's path differs from the flown one by some km of 7.6 km/s.
    assert np.abs(np.array(ours) - np.array(edges)).max() < 22.0


@pytest.mark.parametrize("beta_deg", [0.0, 30.0, 60.0, 80.0])
def test_the_dark_part_of_a_circular_orbit_has_its_textbook_length(beta_deg):
    # f = acos(sqrt(h^2 + 2 R h) / ((R + h) cos beta)) / pi: facts/eva, section 3. Sun straight along x, sphere.
    height_m = 418_000.0
    angle = np.linspace(0.0, 2 * np.pi, 20_000, endpoint=False)
    b = math.radians(beta_deg)
    in_plane = np.array([math.cos(b), 0.0, math.sin(b)])
    orbit = (EARTH_M + height_m) * (np.outer(np.cos(angle), in_plane) + np.outer(np.sin(angle), [0.0, 1.0, 0.0]))
    sun = np.tile([1.496e11, 0.0, 0.0], (len(angle), 1))
    orbit[:, 2] *= 1 - FLATTENING                             # the program stretches the ellipsoid to a sphere
    lit = light.sunlit(orbit, sun)
    wanted = math.sqrt(height_m**2 + 2 * EARTH_M * height_m) / ((EARTH_M + height_m) * math.cos(b))
    dark = math.acos(wanted) / math.pi if wanted < 1 else 0.0
    half_lit = np.mean(lit < 0.5)
    assert half_lit == pytest.approx(dark, abs=0.002)          # the cone is 0.27 deg narrower on each side: 0.0015


@given(st.floats(-1, 1), st.floats(0, 2 * math.pi), st.floats(100e3, 2_000e3))
def test_the_lit_part_grows_from_the_umbra_outwards(up, turn, height_m):
    """Moving straight away from the shadow's axis never makes it darker."""
    sun = np.array([[1.496e11, 0.0, 0.0]])
    away = np.linspace(0.0, 1.5 * EARTH_M, 300)
    side = np.array([0.0, math.cos(turn), math.sin(turn)])
    places = np.array([-(EARTH_M + height_m), 0.0, 0.0]) + np.outer(away, side)
    lit = light.sunlit(places, np.repeat(sun, len(away), axis=0))
    assert np.all(np.diff(lit) >= -1e-9)
    assert lit[0] == 0.0 and lit[-1] == 1.0


def test_beta_is_what_node_inclination_and_the_suns_place_give(arc, sky, world):
    i = np.arange(0, len(arc.t_s), 60)
    r, v = arc.position_m[i], arc.velocity_m_s[i]
    h = np.cross(r, v)
    inclination = np.arccos(h[:, 2] / np.linalg.norm(h, axis=1))
    node = np.arctan2(h[:, 0], -h[:, 1])
    sun = world.sun_gcrf_m(world.seconds(arc.start) + arc.t_s[i])
    ascension, declination = np.arctan2(sun[:, 1], sun[:, 0]), np.arcsin(sun[:, 2] / np.linalg.norm(sun, axis=1))
    beta = np.arcsin(np.cos(declination) * np.sin(inclination) * np.sin(node - ascension)
                     + np.sin(declination) * np.cos(inclination))
    ours = np.interp(arc.t_s[i], sky.t_s, sky.beta_rad)
    assert np.abs(ours - beta).max() < 1e-7                    # linear between samples 10 s apart


# ---------------------------------------------------------------- ground stations

def test_elevation_is_the_rate_at_which_height_grows_towards_the_craft(arc, world):
    """sin(elevation) = d(height)/d(way), by erfa's geodetic heights a metre apart."""
    i = np.arange(0, len(arc.t_s), 20)
    fixed, _ = world.to_itrf(world.seconds(arc.start) + arc.t_s[i], arc.position_m[i], arc.velocity_m_s[i])
    for site in shipped(Network, "iss-2013").ground:
        place = erfa.gd2gc(1, site.longitude_rad, site.latitude_rad, site.height_m)
        towards = (fixed - place) / np.linalg.norm(fixed - place, axis=1)[:, None]
        rise = (erfa.gc2gd(1, place + 10.0 * towards)[2] - erfa.gc2gd(1, place - 10.0 * towards)[2]) / 20.0
        ours, _, _ = geodesy.look(fixed, site.latitude_rad, site.longitude_rad, site.height_m)
        assert np.abs(np.sin(ours) - rise).max() < 1e-5        # 20 m of chord over the curved Earth: 2e-6


def test_one_russian_pass_in_the_nine_hours_of_the_walk(sky):
    # An independent sketch with SGP4, whole minutes and the same 5 deg mask: one pass, 19:32 to 19:36.
    table = coverage.ground_table(sky)
    during = [(a, b) for a, b in zip(table["start_utc"], table["stop_utc"], strict=True)
              if "2013-11-09T12:00" <= a <= "2013-11-09T21:00"]
    first, last = min(a for a, _ in during)[11:16], max(b for _, b in during)[11:16]
    assert "19:30" <= first <= "19:33" and "19:35" <= last <= "19:38"


# ---------------------------------------------------------------- relays

PLACES = st.tuples(st.floats(-1.5, 1.5), st.floats(-3.1, 3.1), st.floats(200e3, 1_000e3))


@given(PLACES, PLACES)
def test_seeing_is_mutual(a, b):
    one, other = (geodesy.itrf_from_geodetic(*place)[None] for place in (a, b))
    assert link.clearance_m(one, other, 0.0)[0] == pytest.approx(link.clearance_m(other, one, 0.0)[0], abs=1e-6)


@given(PLACES, st.floats(-3.1, 3.1))
def test_the_line_to_a_relay_is_as_low_as_its_lowest_of_many_points(place, longitude):
    here, relay = geodesy.itrf_from_geodetic(*place), link.geostationary_itrf_m(longitude)
    way = np.linspace(0.0, 1.0, 20_001)[:, None]
    points = here + way * (relay - here)
    lowest = float(np.min(erfa.gc2gd(1, points)[2])) if np.min(np.linalg.norm(points, axis=1)) > 5.0e6 else -1e6
    ours = float(link.clearance_m(here[None], relay, 0.0)[0])
    if abs(ours) < 500e3:
        assert ours == pytest.approx(lowest, abs=0.0034 * abs(lowest) + 500.0)   # as stated; points 2 km apart
    else:
        assert (ours > 0) == (lowest > 0)


def test_a_relay_overhead_is_seen_and_one_below_is_not():
    here = geodesy.itrf_from_geodetic(0.0, 0.3, 400e3)[None]
    assert link.clearance_m(here, link.geostationary_itrf_m(0.3), 100e3)[0] > 0.0
    assert not link.clearance_m(here, link.geostationary_itrf_m(0.3 + math.pi), 100e3)[0] > 0.0


def test_the_ring_turns_with_the_earth():
    rate = 7.292115e-5
    assert pytest.approx((3.986004418e14 / rate**2) ** (1 / 3), rel=1e-6) == link.GEOSTATIONARY_M


def test_two_relays_see_more_than_nine_tenths_of_the_day_and_three_all_of_it(sky):
    # A sketch (SGP4, same ring and grazing height) found 91.7 % for East and West over the walk, 100 % with the third.
    east_west = sky.relays["tdrs-east"] | sky.relays["tdrs-west"]
    assert 0.88 < east_west.mean() < 0.95
    assert sky.relay.mean() > 0.99


# ---------------------------------------------------------------- windows

@pytest.mark.parametrize("wish", ["light", "link", "relay", "ground", "tv"])
def test_windows_and_their_gaps_fill_the_day(sky, wish):
    from fakel.model.epoch import Window
    day = Window(sky.start, sky.start + float(sky.t_s[-1]))
    found = coverage.windows(sky, sky.flags(wish))
    rest = gaps(found, day)
    assert sum(w.duration_s for w in (*found, *rest)) == pytest.approx(day.duration_s)
    assert sum(w.duration_s for w in found) == pytest.approx(sky.flags(wish)[:-1].sum() * sky.step_s)


def test_light_is_not_dark_and_television_needs_both(sky):
    assert np.array_equal(sky.flags("dark"), ~sky.flags("light"))
    assert np.array_equal(sky.flags("tv"), sky.flags("light") & sky.flags("relay"))
    assert np.all(sky.flags("link") >= sky.flags("ground"))
