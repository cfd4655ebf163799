"""What a docking may not be asked for, and the one line that answers."""

from dataclasses import replace

import numpy as np
import pytest

import near_station as near
from fakel.model.errors import FlightError, InputError
from fakel.model.place import Port
from fakel.plan.port_corridor import blocked_by


def refused(plan, before):
    with pytest.raises(InputError) as told:
        near.docking.fill(plan, before, near.world())
    return str(told.value)


def test_a_taken_port_names_its_ship_and_the_free_ones():
    before = near.situation(joined={"soyuz-tma-10m": "rassvet-nadir", "progress": "pirs-nadir"})
    assert refused(near.plan(), before) == ("docking: port = 'rassvet-nadir' is taken by soyuz-tma-10m; write one of: "
                                            "poisk-zenith, zvezda-aft")


def test_a_docked_ship_does_not_dock_again():
    assert refused(near.plan(), near.situation(joined={near.SHIP: "pirs-nadir"})) == (
        "docking: Courier is still docked at pirs-nadir; undock first")


def test_a_contact_too_soon_is_told_the_earliest():
    assert refused(near.plan(docking=near.START + 1200.0), near.situation()) == (
        "docking: contact at 2015-03-01T06:20:00Z is 20.0 min after the aim point; the way in takes 32.5 min, "
        "so write 2015-03-01T06:32:30Z or later")


def test_a_ship_far_away_needs_a_rendezvous_first():
    before = near.situation(near.AIM + np.array([0.0, -30_000.0, 0.0, 0.0, 0.0, 0.0]))
    assert refused(near.plan(), before) == (
        "docking: Courier is 32.5 km from the station; put a rendezvous that ends within 5 km before this step")


def test_a_ship_on_the_ground_cannot_dock():
    before = near.situation()
    before = replace(before, craft={"station": before.craft["station"]})
    assert refused(near.plan(), before) == (
        "docking: Courier is not in orbit; let an ascent come before, or give its state")


def test_a_vehicle_without_a_mechanism_is_refused_when_loaded():
    bare = replace(near.COURIER, vehicle=replace(near.VEHICLE, docking=None))
    with pytest.raises(InputError) as told:
        near.docking.check(replace(near.plan(), ship=bare), "m.toml: [steps.dock]")
    assert str(told.value) == ("m.toml: [steps.dock] Soyuz TMA-M has no [docking] table and cannot dock; write one in "
                               "its vehicle file or choose another ship")


def test_a_closing_rate_away_from_the_port_is_refused_when_loaded():
    with pytest.raises(InputError) as told:
        near.docking.check(near.plan(closing_rate_m_s=-0.1), "m.toml: [steps.dock]")
    assert str(told.value) == "m.toml: [steps.dock] closing_rate_m_s = -0.1 is no approach; write 0 to 1 m/s"


def test_too_little_propellant_stops_the_flight():
    with pytest.raises(FlightError) as told:
        near.flown(near.situation(mass_kg=6345.0), near.plan())
    assert str(told.value).startswith("docking: courier lacks ")
    assert str(told.value).endswith(" kg of propellant at the port; load more or arrive nearer")


SIDE = Port("tranquility-port", "Tranquility, port", np.array([-4.46, -9.0, 4.85]), np.array([0.0, -1.0, 0.0]), "test")


def test_a_port_whose_corridor_the_truss_blocks_names_it_when_loaded():
    with pytest.raises(InputError) as told:
        near.docking.check(near.plan(SIDE), "m.toml: [steps.dock]")
    assert str(told.value) == (
        "m.toml: [steps.dock] port = 'tranquility-port' cannot be reached: truss stands in its approach corridor "
        "(10 deg about the axis), 13 m out; write one of: rassvet-nadir, poisk-zenith, pirs-nadir, zvezda-aft")


def test_a_docked_ship_in_the_corridor_is_named():
    # A port 3 m beside that of Rassvet: a ship 2.8 m wide that is docked there stands in the way of one 2.72 m wide.
    beside = Port("beside", "Beside", np.array([-13.9, 0.0, 11.3]), np.array([0.0, 0.0, 1.0]), "test")
    with pytest.raises(InputError, match=r"soyuz-tma-11m at rassvet-nadir stands in its approach corridor .*, 0 m out"):
        near.docking.fill(near.plan(beside), near.situation(joined={"soyuz-tma-11m": "rassvet-nadir"}), near.world())
    assert blocked_by(beside, near.STATION, {}, 1.36) is None


def test_all_ports_that_ship_are_open_with_all_others_taken():
    for port in near.STATION.ports.values():
        others = {f"ship at {name}": name for name in near.STATION.ports if name != port.id}
        assert blocked_by(port, near.STATION, others, 1.36) is None
