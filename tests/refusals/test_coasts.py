"""A coast says where it cannot vouch for itself."""

import numpy as np
import pytest

import worlds
from fakel.model.errors import FlightError, InputError
from fakel.model.frame import Frame
from fakel.model.start import StateVector
from fakel.physics import conditions
from fakel.physics.many import coast_many
from fakel.physics.propagate import Thrust, burn, coast, coast_table, propagate
from fakel.world import build_world


def spoilt(at, value):
    y = worlds.orbit()
    y[at] = value
    return y


CASES = {
    "not a number": (spoilt(1, np.nan), "seven finite numbers"),
    "infinite": (spoilt(4, np.inf), "seven finite numbers"),
    "six numbers": (worlds.orbit()[:6], "seven finite numbers"),
    "no mass": (spoilt(6, 0.0), "mass above 0 kg"),
    "negative mass": (spoilt(6, -5.0), "mass above 0 kg"),
    "below the ground": (spoilt(0, 6.3e6), "below the ground"),
    "hyperbolic": (spoilt(4, 12e3), "escape speed"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_bad_start_is_told(name):
    y, told = CASES[name]
    for fly in (lambda: coast(y, 0.0, 60.0, 0.0, worlds.full().field),
                lambda: coast_table(y, 0.0, 60.0, 5, 0.0, worlds.full().field),
                lambda: propagate(y, 0.0, 60.0, 0.0, worlds.full().field)):
        with pytest.raises(FlightError, match=told):
            fly()


def falling():
    """Half of orbital speed at 400 km: down within twenty minutes."""
    y = worlds.orbit(height_m=400e3)
    return np.concatenate([y[:3], 0.5 * y[3:6], y[6:]])


def test_a_coast_into_the_ground_is_told_with_its_place():
    with pytest.raises(FlightError, match=r"below the ground.*last good state \d{4} km"):
        coast(falling(), 0.0, 3000.0, 0.0, worlds.full().field)


def test_a_stop_before_the_ground_spares_the_refusal():
    field = worlds.full().field
    stop = conditions.height(150e3, field, -1, stop=True)
    path = propagate(falling(), 0.0, 3000.0, 0.0, field, events=[stop])
    assert path.found[-1].name == "height" and path.t_s[-1] < 600.0
    with pytest.raises(FlightError, match="below the ground"):
        propagate(falling(), 0.0, 3000.0, 0.0, field, events=[conditions.height(500e3, field, stop=True)])


def test_days_that_the_world_does_not_hold():
    with pytest.raises(FlightError, match="build the world for longer"):
        coast(worlds.orbit(), 0.0, -9e5, 0.0, worlds.full().field)
    push = Thrust(9e5, 10.0, 100.0, 300.0, (1.0, 0.0, 0.0))
    with pytest.raises(FlightError, match="build the world for longer"):
        propagate(worlds.orbit(), 9e5, 9e5 + 10.0, 0.0, worlds.full().field, thrust=push)


def test_a_burn_that_empties_the_craft():
    y = np.r_[worlds.orbit()[:6], 100.0]
    with pytest.raises(FlightError, match="mass runs out"):
        burn(y, 0.0, 500.0, 3000.0, 300.0, np.array([0.0, 1.0, 0.0]), 2, 0.0, worlds.full().field)


def test_a_world_of_some_heights_serves_them_and_refuses_the_rest():
    """Within its band the air is that of the whole table (1e-4 of a day's drag, 1 m), outside it is refused."""
    stop = worlds.START + 43_200.0
    low = build_world(worlds.START, stop, margin_s=60.0, heights_m=(390e3, 440e3)).field
    y = worlds.orbit()
    ends = [coast(y, 0.0, 43_200.0, worlds.CD_AREA_M2, field) for field in (low, worlds.full().field)]
    np.testing.assert_allclose(*[end[:3] for end in ends], atol=1.0)
    with pytest.raises(FlightError, match="leaves the heights"):
        coast(worlds.orbit(height_m=300e3), 0.0, 600.0, worlds.CD_AREA_M2, low)
    with pytest.raises(FlightError, match="does not stay finite"):
        burn(worlds.orbit(height_m=300e3), 0.0, 10.0, 3000.0, 300.0, y[3:6] / 8e3, 1, worlds.CD_AREA_M2, low)
    with pytest.raises(FlightError, match="build the world for longer"):
        coast(y, 0.0, 3 * 86_400.0, worlds.CD_AREA_M2, low)


def one_orbit(days=1.0, **more):
    y = worlds.orbit()
    orbit = StateVector(worlds.START, Frame.GCRF, y[:3], y[3:6], "test")
    return build_world(worlds.START, worlds.START + days * 86_400.0, margin_s=60.0, orbit=orbit, **more)


@pytest.mark.parametrize(("y", "until_s"), [
    (worlds.orbit(inclination_rad=0.9013 + np.radians(1.0)), 3600.0),          # another plane
    (worlds.orbit(height_m=500e3), 600.0), (worlds.orbit(height_m=300e3), 600.0), (worlds.orbit(), 43_200.0 * 1.9)])
def test_a_world_of_one_orbit_refuses_another(y, until_s):
    """Other planes, heights and days; 0.4 degrees beside it, a craft of its heights is flown. Without drag it has no
    opinion."""
    field = one_orbit(0.5).field
    with pytest.raises(FlightError, match="leaves the heights, the orbit or the days"):
        coast(y, 0.0, until_s, worlds.CD_AREA_M2, field)
    with pytest.raises(FlightError, match=r"sample .: a coast leaves the heights, the orbit or the days"):
        coast_many(np.array([worlds.orbit(), y]), 0.0, until_s, worlds.CD_AREA_M2, field)
    coast(y, 0.0, until_s, 0.0, field)
    coast(worlds.orbit(inclination_rad=0.9013 + np.radians(0.4)), 0.0, 3600.0, worlds.CD_AREA_M2, field)


def test_an_orbit_that_its_own_table_cannot_serve_gets_air_for_all():
    far = worlds.orbit(height_m=200e3, speed=1.3)
    orbit = StateVector(worlds.START, Frame.GCRF, far[:3], far[3:6], "test")
    sky = build_world(worlds.START, worlds.START + 3600.0, margin_s=60.0, orbit=orbit)
    assert sky.field.air_grid[8] == 0.0 and "one orbit" not in sky.ages["air"]
    coast(far, 0.0, 3600.0, worlds.CD_AREA_M2, sky.field)


def test_models_of_the_air_are_named():
    with pytest.raises(InputError, match="air 'jb2008' is not known; write one of: msis21, msis00"):
        one_orbit(air="jb2008")
