"""What a file may not say, and the one line that answers."""

from dataclasses import dataclass

import pytest

from fakel.load.reader import read
from fakel.model.blank import PLAN, Blank
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError


@dataclass(frozen=True, slots=True)
class Courier:
    name: str
    mass_kg: float
    start: Epoch | Blank
    reach_m: float = 1.0
    seats: int = 3


GOOD = {"name": "c", "mass_kg": 6200, "start": "plan"}


def refused(**changes):
    table = {k: v for k, v in {**GOOD, **changes}.items() if v is not None}
    with pytest.raises(InputError) as told:
        read(Courier, table, "courier.toml:")
    return str(told.value)


def test_a_value_may_come_in_another_unit():
    courier = read(Courier, {**GOOD, "reach_km": 2}, "courier.toml:")
    assert courier.reach_m == 2000.0
    assert courier.start is PLAN


def test_a_value_without_its_unit_is_told_the_unit():
    assert refused(mass_kg=None, mass=6200) == (
        "courier.toml: mass = 6200 has no unit; write mass_kg (or mass_g, mass_t)")
    assert refused(reach=5) == "courier.toml: reach has no unit; write reach_m"


def test_a_misspelt_key_is_told_its_likely_name():
    assert refused(seets=2) == "courier.toml: seets is not known; did you mean seats?"
    assert refused(mass_kg=None, masss_kg=1.0) == "courier.toml: masss_kg is not known; did you mean mass_kg?"


def test_an_unknown_key_is_told_the_known_ones():
    assert refused(colour="red") == (
        "courier.toml: colour is not known; write one of: mass_kg, name, reach_m, seats, start")


def test_a_missing_value_is_named():
    assert refused(mass_kg=None) == "courier.toml: mass_kg is missing; write it (or mass_g, mass_t)"


def test_wrong_types_are_named():
    assert refused(mass_kg="heavy") == "courier.toml: mass_kg = 'heavy' is not a number"
    assert refused(seats=2.5) == "courier.toml: seats = 2.5 is not a whole number"
    assert refused(name=4) == "courier.toml: name = 4 is not text in quotes"
    assert refused(start="tomorrow") == (
        "courier.toml: start: 'tomorrow' is not a UTC instant; write it like 2015-01-31T12:00:15Z")


def test_a_value_that_may_not_be_blank_says_so():
    assert refused(mass_kg="plan") == "courier.toml: mass_kg = 'plan' is not a number"
