"""The station's outside beside its published ports and sizes, and the ways from the hatch beside a first sketch."""

import numpy as np
import pytest

from fakel.load.library import Library
from fakel.model.place import Station
from fakel.plan.rails import rails_of, travel_table

STATION = Library().find(Station, "iss-2013-11", "station")
RAILS = rails_of(STATION.structure)
SOLIDS = {s.id: s for s in STATION.structure.solids}


@pytest.mark.parametrize(("port", "solid", "axis", "end"), [
    ("pirs-nadir", "pirs", 2, 1), ("poisk-zenith", "poisk", 2, -1), ("rassvet-nadir", "rassvet", 2, 1),
    ("zvezda-aft", "zvezda_a", 0, -1)])
def test_a_hull_ends_at_its_port(port, solid, axis, end):
    hull = SOLIDS[solid]
    at_m = hull.centre_lvlh_m[axis] + end * hull.half_m[axis]
    assert at_m == pytest.approx(STATION.ports[port].position_lvlh_m[axis], abs=0.15)   # docking gear and rounding


def test_the_pressurised_row_is_as_long_as_published():
    """PMA-2's forward end at X 15.427 to the aft port at X -35.691: 51.12 m (JSC 26557)."""
    row = [s for s in SOLIDS.values() if s.kind == "cylinder" and s.along == 0]
    first = max(s.centre_lvlh_m[0] + s.half_m[0] for s in row)
    last = min(s.centre_lvlh_m[0] - s.half_m[0] for s in row)
    assert first - last == pytest.approx(51.12, abs=0.6)      # outlines overlap their ports by some decimetres


@pytest.mark.parametrize(("site", "length_m"), [
    ("pirs-ring", 1.6), ("poisk", 7.2), ("zvezda-workstation", 9.1), ("zvezda-aft", 13.5)])
def test_ways_from_the_hatch_are_those_of_another_graph(site, length_m):
    """A separate sketch, with rails 1.0 m apart, found these lengths; a rail's spacing is how far they may differ."""
    assert RAILS.from_m("pirs")[RAILS.index(site)] == pytest.approx(length_m, abs=STATION.structure.moving.spacing_m)


def test_no_rail_of_the_russian_segment_is_farther_than_18_m_from_pirs():
    russian = [i for i, name in enumerate(RAILS.names) if name.split("-")[0] in
               ("pirs", "poisk", "rassvet", "zarya", "zvezda_f", "zvezda_a")]
    assert len(russian) > 500
    assert np.max(RAILS.from_m("pirs")[russian]) < 18.0


def test_worksites_and_hatches_stand_at_rails_within_half_a_metre_of_where_they_were_wished():
    spots = {**STATION.structure.hatches, **STATION.structure.worksites}
    for name, spot in spots.items():
        far_m = np.linalg.norm(RAILS.at_m[RAILS.index(name)] - spot.position_lvlh_m)
        assert far_m < 0.5, name                              # half a spacing each way: 0.64 m at most


def test_each_of_three_airlocks_has_a_hatch_and_a_way_to_each_other():
    table = travel_table(RAILS, ("pirs", "poisk", "quest"))
    assert set(RAILS.hatches) == {"pirs", "poisk", "quest"}
    assert all(np.isfinite(table[a][b]) for a in table for b in table)
    assert table["pirs"]["quest"] == pytest.approx(24.7 / 0.10 + 60.0, abs=10.0)   # length read off the graph, 1 m
