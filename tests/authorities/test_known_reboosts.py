"""A reboost that an element set does not know, named beforehand: one of 1.7 m/s in NASA's ephemeris of 2024."""

from functools import cache
from pathlib import Path

import numpy as np
from scipy.optimize import least_squares
from sgp4.api import WGS72, Satrec

from fakel.api.start import UNKNOWN
from fakel.load.oem import read_oem
from fakel.model.ephemeris import Ephemeris
from fakel.model.epoch import Epoch, Window
from fakel.model.frame import Frame
from fakel.plan.pushed_path import path_with_pushes, pushes_in
from fakel.plan.seen_path import SeenPath, path_of_elements, path_of_ephemeris, small_world

EPOCH = Epoch.utc("2024-02-23T12:00Z")
LATER = Window(Epoch.utc("2024-02-24T06:00Z"), Epoch.utc("2024-02-27T12:00Z"))


@cache
def ephemeris() -> Ephemeris:
    return read_oem(Path(__file__).parent / "iss_2024-02-23.oem", "--oem")


@cache
def elements() -> Satrec:
    """The SGP4 set that follows the ephemeris best on the day before the burn."""
    given = ephemeris()
    before = (given.t_s < given.burns[0].epoch - given.start) & (given.t_s > 0.0)
    t_s = given.t_s[before][::4]
    world = small_world(Window(given.start, given.start + float(t_s[-1])))
    states = given.position_m[before][::4], given.velocity_m_s[before][::4]
    place, _ = world.convert(t_s, *states, given.frame, Frame.TEME)
    day = sum(EPOCH.mjd_utc) - 33281.0                                    # days since 1949-12-31
    julian, part = 2_400_000.5 + EPOCH.mjd_utc[0], EPOCH.mjd_utc[1] + (t_s - (EPOCH - given.start)) / 86_400.0

    def made(x: np.ndarray) -> Satrec:
        satellite = Satrec()
        ecc, perigee = float(np.hypot(x[3], x[4])), float(np.arctan2(x[4], x[3]))
        satellite.sgp4init(WGS72, "i", 25544, day, x[6] * 1e-3, 0.0, 0.0, ecc, perigee % (2 * np.pi), x[1],
                           (x[5] - perigee) % (2 * np.pi), x[0], x[2] % (2 * np.pi))
        return satellite

    def off(x: np.ndarray) -> np.ndarray:
        _, at, _ = made(x).sgp4_array(np.full(len(t_s), julian), part)
        return np.nan_to_num(at - place / 1000.0, nan=1e4).ravel()
    best = None
    for angle in np.arange(0.0, 2 * np.pi, 0.5):                        # which way round is not known
        r, v = place[0], place[1] - place[0]
        h = np.cross(r, v)
        start = np.array([15.5 * 2 * np.pi / 1440, np.arccos(h[2] / np.linalg.norm(h)), np.arctan2(h[0], -h[1]), 0.0005,
                          0.0, angle, 0.1])
        found = least_squares(off, start, x_scale=[1e-5, 1e-4, 1e-4, 1e-4, 1e-4, 1e-3, 1.0], max_nfev=60)
        if best is None or found.cost < best.cost:
            best = found
        if np.sqrt(2 * best.cost / len(t_s)) < 3.0:
            break
    assert best is not None and np.sqrt(2 * best.cost / len(t_s)) < 3.0     # km: SGP4 follows it so well
    return made(best.x)


def off_km(path: SeenPath) -> np.ndarray:
    """How far a path is from the ephemeris at its own nodes."""
    flown = path_of_ephemeris(ephemeris(), "ISS", LATER)
    n = min(len(path.grid.place), len(flown.grid.place))
    assert abs(path.start - flown.start) < 1e-6 and abs(path.grid.step_s - flown.grid.step_s) < 1e-9
    return np.linalg.norm(path.grid.place[:n] - flown.grid.place[:n], axis=1) / 1000.0


def test_a_known_reboost_takes_most_of_the_error_away() -> None:
    satellite = elements()
    world = UNKNOWN.world(EPOCH + -86_400.0, LATER.stop, margin_s=7200.0)
    pushes = pushes_in(ephemeris().burns, satellite, LATER)
    assert [p.dv_m_s for p in pushes] == [1.7]
    without = path_of_elements(satellite, "ISS", LATER)
    known = path_with_pushes(satellite, "ISS", LATER, pushes, world, UNKNOWN.numbers, UNKNOWN.mass_kg, "test")
    # 1.7 m/s move the station 3 x 1.7 m a second back along track: 1500 km in three and a half days.
    assert off_km(without)[-1] > 1000.0
    assert off_km(known)[-1] < 0.06 * off_km(without)[-1]
    assert off_km(known)[-1] * 1000.0 < 2 * known.error_m(LATER.stop)       # and the error bar says so
    assert any("1.7 m/s" in line for line in known.told)
