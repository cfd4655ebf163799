"""Falcon 9 with Demo-2's ship climbs as published (NASA blog of 2020-05-30). Times of staging are inputs, as in the
launcher's file; the greatest pressure and the second engine's cutoff are not.

58 s greatest pressure, 153 s first cutoff, 156 s separation, 164 s second start, 527 s its cutoff, 720 s separation.
"""

from functools import cache

import numpy as np
import pytest

from fakel.load.library import Library
from fakel.model.launcher import EngineOut, Launcher
from fakel.model.place import Site
from fakel.physics.ascent import DRAG_N, PUSH_N, Q_PA
from fakel.physics.geodesy import RADIUS_M, geodetic_from_itrf
from fakel.plan.ascent import fly_ascent, itrf_from_launch, loads
from fakel.plan.insertion import cutoff_in_plane, plane_normal

SHIP_KG, TILT = 12_519.0, np.radians(51.64)
FALCON, PAD = Library().find(Launcher, "falcon-9", "test"), Library().find(Site, "ksc-39a", "test")


@cache
def climb():
    """In the plane that costs least: its node 25.0 deg west of the pad at liftoff."""
    normal = plane_normal(float(TILT), PAD.longitude_rad - np.radians(25.0))
    return normal, fly_ascent(FALCON, PAD, SHIP_KG, normal)


def test_events_come_in_time():
    """12 s on the cutoff: propellant, throttle and load limit are not published; 10 s on the greatest pressure, which
    is flat while engines are throttled."""
    flown = climb()[1]
    assert flown.ending == "inserted"
    assert flown.cutoff_s == pytest.approx(527.0, abs=12.0)
    assert flown.cutoff_s + FALCON.coast_to_separation_s == pytest.approx(720.0, abs=12.0)
    told = loads(flown.rocket, flown.table)
    assert flown.table[np.argmax(told[:, Q_PA]), 0] == pytest.approx(58.0, abs=10.0)
    load_g = (told[:, PUSH_N] - told[:, DRAG_N]) / flown.table[:, 7] / 9.80665
    assert load_g[flown.table[:, 0] < 153.0].max() == pytest.approx(3.5, abs=0.05) and load_g.max() < 4.01


def test_the_first_stage_keeps_enough_to_land():
    """Separates 60 to 90 km high at 2 to 2.5 km/s, with 10 to 35 t for its landing: published flights that land at sea
    part at 60 to 80 km and 1.6 to 2.4 km/s (github shahar603/Telemetry-Data)."""
    flown = climb()[1]
    first = flown.dropped[0]
    line = flown.table[np.searchsorted(flown.table[:, 0], first.at_s - 1e-6)]
    fixed, air = itrf_from_launch(line[:1], line[None, 1:4], line[None, 4:7])
    assert 60e3 < geodetic_from_itrf(fixed[0])[2] < 90e3
    assert 2000.0 < np.linalg.norm(air) < 2500.0
    assert 10e3 < first.mass_kg - FALCON.stages[0].dry_mass_kg < 35e3


def test_the_orbit_is_the_files_in_the_plane_given():
    """At perigee, 190 km above the equatorial radius, to 10 m; 0.1 m/s of climb; 0.001 deg of plane."""
    normal, flown = climb()
    y = flown.state
    r = np.linalg.norm(y[:3])
    assert r == pytest.approx(RADIUS_M + 190e3, abs=10.0)
    assert abs(y[:3] @ y[3:6] / r) < 0.1
    h = np.cross(y[:3], y[3:6])
    assert np.degrees(np.arccos(h @ normal / np.linalg.norm(h))) < 1e-3


def test_the_file_tells_when_and_where_it_is_cut_off():
    """Planners use met_s and range_deg without flying: 2 s and 0.2 deg are 0.1 deg of phase."""
    normal, flown = climb()
    place, _ = cutoff_in_plane(FALCON.target, PAD, normal)
    assert flown.cutoff_s == pytest.approx(FALCON.target.met_s, abs=2.0)
    y = flown.state[:3] / np.linalg.norm(flown.state[:3])
    assert np.degrees(np.arccos(y @ place / np.linalg.norm(place))) < 0.2


def test_it_reaches_orbit_with_an_engine_out():
    """As the flight of October 2012 did, which lost one of nine at 79 s (commonly quoted): the others burn longer, the
    second stage starts later; the orbit is the same and the second stage has as much left, to 1 t."""
    normal, whole = climb()
    out = fly_ascent(FALCON, PAD, SHIP_KG, normal, fails=EngineOut("first", 79.0))
    assert out.ending == "inserted" and not out.trouble
    assert out.dropped[0].at_s == pytest.approx(156.0 + (153.0 - 79.0) / 8, abs=1e-9)
    assert 5.0 < out.cutoff_s - whole.cutoff_s < 15.0
    assert out.propellant_left_kg == pytest.approx(whole.propellant_left_kg, abs=1000.0)
    assert abs(out.miss[0]) < 10.0
