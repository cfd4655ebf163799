"""Our dynamics follow SGP4 where SGP4 is good."""

import numpy as np
import pytest

import worlds
from fakel.estimate.elements import fit_elements, satrec_from_lines, sgp4_gcrf, state_from_elements
from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError, InputError
from fakel.physics.force import Forces
from fakel.physics.frames import relative_rtn
from fakel.physics.propagate import coast_table
from fakel.world import build_world

LINE1 = "1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002"
LINE2 = "2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788"
LATER = ("1 25544U 98067A   13315.62124936  .00007508  00000-0  13914-3 0  9953",
         "2 25544  51.6490  97.8906 0000903  85.4294 338.5297 15.50050758857575")


STATION = (Forces(worlds.CD_AREA_M2), worlds.STATION_KG, "test")


def fitted(world, line1=LINE1, line2=LINE2, *, with_drag=False, **more):
    return fit_elements(satrec_from_lines(line1, line2), world, *STATION, with_drag=with_drag, **more)


def test_a_fitted_path_follows_sgp4_for_a_day():
    """SGP4 has no tesseral harmonics but resonant ones: with the drag they move the station by some 500 m rms."""
    fit = fitted(worlds.full())
    assert 50.0 < fit.rms_m < 800.0
    assert fit.epoch.iso() == "2013-11-06T12:23:28Z" and fit.drag_scale == 1.0


def test_drag_takes_after_the_decay_that_a_set_shows():
    """The set of the eve has a placeholder for a drag term; a body with none at all loses no height by SGP4."""
    world = worlds.full()
    assert 0.0 < fitted(world, with_drag=True, half_span_s=86_400.0).drag_scale < 0.8
    none = LINE1.replace(".00016717", ".00000000").replace("10270-3", "00000-0")
    assert fitted(world, none, with_drag=True, half_span_s=86_400.0).drag_scale == pytest.approx(0.0, abs=0.25)


def test_the_fit_is_where_its_slopes_vanish():
    """Least squares: moving the state any way by 100 m or 0.1 m/s makes it worse."""
    world = worlds.full()
    fit = fitted(world)
    t0 = world.seconds(fit.epoch)
    wanted = sgp4_gcrf(satrec_from_lines(LINE1, LINE2), world, t0 + 600.0 * np.arange(-72, 73))[:, :3]

    def rms(y):
        back = coast_table(y, t0, -600.0, 73, worlds.CD_AREA_M2, world.field)
        on = coast_table(y, t0, 600.0, 73, worlds.CD_AREA_M2, world.field)
        return np.sqrt(np.mean(np.sum((np.vstack([back[:0:-1], on])[:, :3] - wanted) ** 2, axis=1)))

    least = rms(fit.y)
    assert least == pytest.approx(fit.rms_m, rel=1e-4)     # flown from the other end
    for step in np.diag([100.0] * 3 + [0.1] * 3):
        for sign in (1, -1):
            assert rms(fit.y + sign * np.append(step, 0.0)) > least


def test_two_element_sets_of_one_object_meet():
    """Carried on for 4.5 days by our own drag (estimated area, observed space weather), the set of the eve meets the
    one fitted after the landing within 100 km, 13 s, along the track, and 3 km across."""
    world = build_world(Epoch.utc("2013-11-06"), Epoch.utc("2013-11-12"))
    at = Epoch.utc("2013-11-11")
    a, b = (state_from_elements(*lines, at, world, worlds.CD_AREA_M2, worlds.STATION_KG)
            for lines in ((LINE1, LINE2), LATER))
    apart = relative_rtn(a, b)
    assert abs(apart[0]) < 3e3 and abs(apart[1]) < 100e3 and abs(apart[2]) < 3e3


def test_an_element_set_outside_the_world_is_told():
    old = ("1 25544U 98067A   13080.79204657  .00024647  00000-0  40606-3 0  4540",
           "2 25544  51.6478 182.2316 0011718  59.7125  80.2831 15.52100765821132")
    with pytest.raises(InputError, match="begin it at the set's epoch or use a newer set"):
        fitted(worlds.full(), *old)


def test_a_decayed_object_is_told():
    fast = LINE1.replace("10270-3", "99999+0")
    with pytest.raises(FlightError, match=r"SGP4 gives error \d for catalogue number 25544"):
        sgp4_gcrf(satrec_from_lines(fast, LINE2), worlds.full(), np.linspace(0.0, 4 * 86_400.0, 50))
