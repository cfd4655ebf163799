"""What holds of every flame: atoms and heat in balance, oxygen first, order of rooms."""

import importlib.util

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fakel.api.burn import burn, cabin_of, drill_of, flame_of, record
from fakel.api.retreat import retreat
from fakel.model.fire import Fuel
from fakel.physics.flame import ATOM_KG, FORMATION_J_MOL, MADE_KG, heat_j_kg, made_kg_kg, molar_kg
from fakel.physics.gas import SPECIES
from fakel.plan.flame import burn as burn_in
from fakel.plan.flame import running_mean

ATOMS = st.fixed_dictionaries({"C": st.floats(0.5, 30), "H": st.floats(0.5, 60), "O": st.floats(0, 3),
                               "N": st.floats(0, 2)})
IN_EACH = {"C": (0, 0, 1, 0, 1, 1), "H": (0, 0, 0, 2, 0, 0), "O": (2, 0, 2, 1, 1, 0), "N": (0, 2, 0, 0, 0, 0)}
"""Atoms in each gas of MADE."""


@given(ATOMS, st.floats(0, 0.05), st.floats(0, 0.05))
def test_atoms_and_mass_are_kept(atoms, soot, co):
    try:
        made = made_kg_kg(atoms, soot, co)
    except ValueError:
        assume(False)
    mols = made / MADE_KG * molar_kg(atoms)
    for symbol, in_each in IN_EACH.items():
        assert mols @ np.array(in_each) == pytest.approx(atoms[symbol], abs=1e-9)
    assert made.sum() == pytest.approx(1.0, abs=2e-4)         # mol masses of gases are rounded to 1 mg


@given(ATOMS, st.floats(-1e6, 1e6), st.floats(0, 0.02))
def test_heat_is_what_the_formation_of_the_fuel_has_above_that_of_its_smoke(atoms, formation, soot):
    try:
        made = made_kg_kg(atoms, soot, soot)
    except ValueError:
        assume(False)
    back = heat_j_kg(atoms, formation, made) + made @ (FORMATION_J_MOL / MADE_KG)
    assert back * molar_kg(atoms) == pytest.approx(formation, rel=1e-9, abs=1e-3)
    assert heat_j_kg(atoms, formation, made) <= heat_j_kg(atoms, formation, made_kg_kg(atoms)) + 1e-6


def test_mol_masses_of_gases_are_sums_of_their_atoms():
    for symbol_counts, mass in zip(zip(*IN_EACH.values(), strict=True), MADE_KG, strict=True):
        assert sum(n * ATOM_KG[s] for s, n in zip(IN_EACH, symbol_counts, strict=True)) == pytest.approx(mass, abs=2e-6)


@pytest.mark.skipif(importlib.util.find_spec("cantera") is None, reason="the extra 'fire' is not installed")
@settings(max_examples=15, deadline=None)
@given(st.floats(1.0, 10.0), st.floats(2.0, 4.0))
def test_more_nitrogen_makes_a_cooler_flame(nitrogen, more):
    from fakel.physics.flame_heat import adiabatic
    fuel = record(Fuel, "propane", "fuel")
    hot, cool = (adiabatic(fuel.atoms, fuel.formation_j_mol, 5.0, {"N2": n}).temperature_k
                 for n in (nitrogen, nitrogen + more))
    assert 298.0 < cool < hot < 3200.0


@settings(max_examples=6, deadline=None)
@given(st.floats(1.0, 3000.0), st.sampled_from(["propane", "hydrogen", "wax", "torch-mix"]), st.booleans())
def test_what_the_air_gains_is_what_was_burnt(grams, fuel, sealed):
    """With nobody breathing, nothing cleaned and no leak, the difference between the two courses is the flame's gas."""
    from dataclasses import replace
    cabin = replace(cabin_of("iss-2013-11"), scrubbers={}, generators={}, condensers={}, leak_kg_s=0.0)
    lit = flame_of(fuel=fuel, mass_kg=1e-3 * grams, burn_s=300.0)
    found = burn_in(cabin, "pirs", lit, drill_of(cabin.id), people=0, sealed=sealed, closed_s=300.0, hours=0.1)
    more = (found.air.mass_kg[-1] - found.without.mass_kg[-1]).sum(axis=0)
    for name, kg in zip(("o2", "co2", "co", "soot"), found.flame.made_kg[[0, 2, 4, 5]], strict=True):
        assert more[SPECIES.index(name)] == pytest.approx(kg, abs=1e-9 * cabin.volume_m3)
    assert 0.0 < found.out_s <= 300.0 and found.starved == (found.out_s < 300.0)


def test_with_more_fuel_than_air_the_flame_dies_at_its_limit():
    found = burn(flame_of(fuel="propane", mass_kg=2.0, burn_s=600.0), "pirs", hours=2.0).scenarios[0]
    assert found.starved
    i = int(np.argmin(np.abs(found.t_s - found.out_s)))
    assert found.air["o2_percent"][i] == pytest.approx(12.7, abs=0.05)
    assert found.flame.fuel_kg == pytest.approx(0.39, abs=0.04)        # by hand 0.406 kg, with water dry


def test_running_mean_of_a_straight_line():
    t_s = np.linspace(0.0, 100.0, 11)
    told = running_mean(t_s, 3.0 * t_s, 20.0)
    assert told[5] == pytest.approx(3.0 * 40.0)
    assert told[0] == 0.0 and told[1] == pytest.approx(3.0 * 10.0 / 4.0)
    assert running_mean(t_s, 3.0 * t_s, 0.0)[4] == pytest.approx(120.0)


def test_limits_of_the_drill_are_those_of_the_rules():
    """A limit that has the id of a rule has its number."""
    from fakel.rules import load_rules
    rules = {rule.id: rule for rule in load_rules()}
    limits = drill_of("iss-2013-11").limits
    same = [name for name in limits if name in rules and isinstance(rules[name].limit, float)]
    assert len(same) >= 3
    assert all(rules[name].limit == limits[name].limit for name in same)


def test_a_fire_in_zvezda_leaves_each_crew_alone():
    """Poisk and the aft port hang on Zvezda, Rassvet on Zarya: the map of the station in November 2013."""
    found = retreat("zvezda")
    cut = {s: {w.from_room for w in found.ways if w.ship == s and w.way is None} for s in found.ships}
    assert cut["soyuz-tma-11m"] == {"poisk", "pirs"}
    assert "poisk" not in cut["soyuz-tma-10m"] and "zarya" in cut["soyuz-tma-10m"]
    assert {"poisk", "pirs", "zarya", "destiny"} < cut["soyuz-tma-09m"]


def test_no_way_leads_through_the_fire_and_a_fire_at_an_end_cuts_nobody_off():
    for room in ("zarya", "unity", "zvezda"):
        assert all(w.way is None or room not in w.way or w.from_room == room for w in retreat(room).ways)
    assert all(w.way is not None for w in retreat("kibo-store").ways)


def test_who_is_docked_is_told_at_an_instant(tmp_path):
    """A ship counts from its hooks to its parting; a vented airlock is no way."""
    from dataclasses import replace

    from fakel.api.retreat import _at
    from make_flight import START, event, leg, make_flight, situation
    before = replace(situation(0.0), joined={"one": "zvezda-aft"})
    stay = replace(leg("stay", "eva", 0.0, 1000.0), before=before, plan={"airlock": "pirs"}, events=(
        event(100.0, "docking_hooks_closed", "two", "eva", port="rassvet-nadir"),
        event(200.0, "depress_start", "pirs", "eva"), event(500.0, "repress_end", "pirs", "eva"),
        event(700.0, "undocking", "one", "eva")))
    flight = replace(make_flight(), legs=(stay,))
    told = {t: _at(flight, (START + t).iso(), tmp_path)[1:3] for t in (50.0, 150.0, 300.0, 600.0, 800.0)}
    both = {"one": "zvezda-aft", "two": "rassvet-nadir"}
    assert told == {50.0: ({"one": "zvezda-aft"}, ()), 150.0: (both, ()), 300.0: (both, ("pirs",)), 600.0: (both, ()),
                    800.0: ({"two": "rassvet-nadir"}, ())}


@settings(max_examples=8, deadline=None)
@given(st.floats(1.0, 300.0), st.sampled_from(["propane", "wax", "ethanol"]))
def test_a_closed_rooms_energy_is_the_flames_heat_less_what_the_walls_took(grams, name):
    """First law: to round-off, 1e-9 of what the room holds."""
    from fakel.plan.cabin import Stretch, course, fresh, one_room
    from fakel.plan.flame import per_kg
    cabin, fuel = one_room(40.0), record(Fuel, name, "fuel")
    made, heat = per_kg(fuel)
    supply = np.zeros(len(SPECIES))
    supply[[SPECIES.index(s) for s in ("o2", "n2", "co2", "h2o", "co", "soot")]] = made * 1e-3 * grams / 600.0
    told = course(cabin, fresh(cabin), [Stretch(600.0, supply={"cabin": supply},
                                                heat_w={"cabin": heat * 1e-3 * grams / 600.0})], 60.0)
    given_j, walls_j, film_j = (told.books[k][1] for k in ("people and fires", "walls", "film on walls"))
    gained_j = told.energy_j[-1] - told.energy_j[0]
    assert gained_j == pytest.approx(given_j - walls_j - film_j, abs=1e-9 * told.energy_j[0])
    assert given_j > 0.9 * heat * 1e-3 * grams


def test_the_air_is_told_to_be_fit_and_clean_again():
    """Carbon monoxide: 916 m3 by 4.6 * 0.95 + 27 * 0.8 m3/h is 35 h, times ln 10 is 81 h, and some for mixing."""
    for scenario in burn(flame_of("sochi-torch"), "pirs").scenarios:
        broken = [c for c in scenario.crossings if c.broken and not c.before]
        assert scenario.fit_s == max(c.until_s for c in broken) > scenario.out_s
        clean = scenario.cleaned_s
        assert clean["soot"] < clean["co2"] < clean["co"] and 80.0 < clean["co"] / 3600.0 < 95.0


def test_a_burning_ship_takes_its_seats_and_walkers_wait_for_their_airlock():
    from fakel.api.retreat import _walkers
    burning = retreat("soyuz-tma-09m")
    assert burning.words[-1].startswith("6 seats are left for 9 people: Fyodor Yurchikhin, ")
    assert not any("seats are left" in line for line in retreat("kibo").words)
    cabin, out = cabin_of("iss-2013-11"), ("Oleg Kotov", "Sergey Ryazansky")
    assert _walkers(retreat("zarya"), cabin, ("pirs",), out) == [
        "Oleg Kotov, Sergey Ryazansky: outside or in Pirs, no way to a ship before it is filled again; then "
        "Soyuz TMA-10M can be reached."]
    assert _walkers(retreat("zvezda"), cabin, ("pirs",), out)[0].endswith("own ship cannot be reached then either.")
    assert _walkers(retreat("pirs"), cabin, ("pirs",), out)[0].endswith("another airlock is their way in.")
