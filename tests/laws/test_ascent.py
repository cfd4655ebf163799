"""Doors of the ascent: change a number by a hundredth, and cutoff moves the right way by the right size."""

from dataclasses import replace

import numpy as np
import pytest

from fakel.guidance.ascent import ascend
from fakel.load.library import Library
from fakel.model.errors import InputError
from fakel.model.place import Site
from fakel.model.vehicle import Launcher
from fakel.plan.ascent import aim, check_lift, empty_mass_kg, liftoff_state, rocket

LIBRARY = Library()
FG, PAD = LIBRARY.find(Launcher, "soyuz-fg", "test"), LIBRARY.find(Site, "baikonur-1-5", "test")
SHIP_KG = 7220.0


def last(**changes):
    """The launcher with its last stage changed."""
    return replace(FG, stages=(*FG.stages[:-1], replace(FG.stages[-1], **changes)))


def flown(launcher=FG, ship_kg=SHIP_KG, true=None):
    """Cutoff s, propellant left kg, misses, of a launcher; true: what really flies, when guidance is mistaken."""
    numbers = rocket(launcher)
    told = ascend(liftoff_state(launcher, PAD, ship_kg), numbers, rocket(true or launcher), aim(launcher, PAD))
    return told.table[-1, 0], told.table[-1, 7] - empty_mass_kg(launcher, ship_kg), told.miss


NOMINAL_S, LEFT_KG, _ = flown()
THRUST_N, BURN_S = FG.stages[-1].thrust_vacuum_n, NOMINAL_S - FG.stages[-1].ignition_s


def test_one_percent_more_thrust_cuts_off_one_percent_of_the_burn_earlier():
    cutoff, left, _ = flown(last(thrust_vacuum_n=1.01 * THRUST_N, thrust_sea_level_n=1.01 * THRUST_N))
    assert NOMINAL_S - cutoff == pytest.approx(0.01 * BURN_S, rel=0.25)
    assert 0.0 < left - LEFT_KG < 50.0                           # less time for gravity to take


def test_one_percent_more_impulse_leaves_half_a_percent_of_the_propellant():
    """dv is the same, so burnt is m0 (1 - exp(-dv / c)): it falls by m1 dv / c per cent of c, 115 kg here."""
    _, left, _ = flown(last(isp_vacuum_s=1.01 * FG.stages[-1].isp_vacuum_s))
    c = FG.stages[-1].isp_vacuum_s * 9.80665
    m1 = empty_mass_kg(FG, SHIP_KG) + LEFT_KG
    dv = c * np.log((m1 + 22_700.0) / m1)
    assert left - LEFT_KG == pytest.approx(0.01 * m1 * dv / c, rel=0.15)


def test_more_mass_cuts_off_later():
    """1 % of the ship must be carried by all stages; 1 % of the last stage's dry mass counts alike, kilogram for
    kilogram."""
    heavy_s, heavy_left, _ = flown(ship_kg=1.01 * SHIP_KG)
    _, dry_left, _ = flown(last(dry_mass_kg=FG.stages[-1].dry_mass_kg * 1.01))
    assert 0.2 < heavy_s - NOMINAL_S < 2.0
    assert (LEFT_KG - heavy_left) / (0.01 * SHIP_KG) == pytest.approx((LEFT_KG - dry_left) / 19.69, rel=0.05)
    assert 0.5 < (LEFT_KG - heavy_left) / (0.01 * SHIP_KG) < 1.5


def test_more_drag_cuts_off_later():
    """Drag takes some 80 m/s in all; a tenth more costs 8 m/s, some 25 kg at the end, part of it steered away."""
    cutoff, left, _ = flown(replace(FG, aero=replace(FG.aero, cd0=tuple(1.1 * cd for cd in FG.aero.cd0))))
    assert 0.02 < cutoff - NOMINAL_S < 0.5
    assert 5.0 < LEFT_KG - left < 40.0


def test_guidance_that_is_mistaken_still_arrives():
    """The last stage pushes 1 % more than guidance believes; it solves again as it goes, and misses by what comes
    after its last solution: below 100 m and 1 m/s."""
    wrong = last(thrust_vacuum_n=1.01 * THRUST_N, thrust_sea_level_n=1.01 * THRUST_N)
    cutoff, _, miss = flown(true=wrong)
    assert cutoff == pytest.approx(flown(wrong)[0], abs=0.1)
    assert 0.01 < np.abs(miss).max() < 1000.0                    # rates are told times 1000 s


def test_a_ship_that_is_too_heavy_is_refused_in_one_line():
    with pytest.raises(InputError) as caught:
        check_lift(FG, PAD, 7600.0)
    assert str(caught.value) == ("Soyuz-FG lifts 7429 kg to its target from Baikonur Site 1/5; 7600 kg is 171 kg too "
                                 "much: take mass out of the ship or another launcher")


@pytest.mark.parametrize("ship_kg, refused", [(7400.0, False), (7428.0, False), (7429.5, True), (50_000.0, True)])
def test_the_limit_is_the_limit(ship_kg, refused):
    if refused:
        with pytest.raises(InputError):
            check_lift(FG, PAD, ship_kg)
    else:
        check_lift(FG, PAD, ship_kg)
