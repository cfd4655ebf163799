"""``fakel.ascent`` beside what is published, event by event, and the share of dispersed climbs that is inserted."""

import numpy as np
import pytest
from tests.ascents import WITH_RESERVE, runs

import fakel
from fakel.reports.ascents import beside

# How far from what is published (report.md section 7; frames not stated: 150 m/s; Demo-2's masses are not published,
# so 10 s on its cutoff and separation; the highest pressure is flat for seconds).
NEAR = {"t_s": 12.0, "altitude_km": 10.0, "speed_air_m_s": 150.0, "downrange_km": 40.0, "load_g": 0.4}
ROUNDED = {("insertion", "altitude_km"): 20.0}                     # ESA's 210 km is round; the vector lies at 193.5


@pytest.mark.parametrize("what", [{}, {"launcher": "soyuz-2-1a", "pad": "baikonur-31-6"},
                                  {"launcher": "falcon-9", "spacecraft": "crew-dragon", "pad": "ksc-39a"}],
                         ids=["soyuz-fg", "soyuz-2-1a", "falcon-9"])
def test_every_published_event_is_met(what):
    rows = beside(fakel.ascent(**what))
    assert len(rows) >= 2
    for row in rows:
        known = row.published
        assert abs(row.difference) <= ROUNDED.get((known.event, known.quantity), NEAR[known.quantity]), known
    assert any(not row.put_in and row.published.quantity == "t_s" for row in rows)


def test_what_a_climb_tells():
    """Insertion to a metre (steering rests for the last 4 s), propellant between none and a tenth of the stage's."""
    found = fakel.ascent()
    assert found.ending == "inserted" and found.trouble == "" and found.flown_to is None
    assert 0.0 < found.propellant_left_kg < 2289.0
    assert abs(found.orbit.perigee_m - found.aim.perigee_m) < 10.0 and found.off_plane_rad < 1e-6
    assert abs(found.orbit.apogee_m - found.aim.apogee_m) < 100.0
    names = [m.name for m in found.moments]
    assert names[0] == "liftoff" and names[-1] == "cutoff" and {"max_q", "max_g", "core_separation"} <= set(names)
    assert [f.part for f in found.falls] == ["tower_jettison", "boosters", "fairing_jettison", "core",
                                             "aft_section_jettison"]
    for limit in found.limits:
        assert limit.bound is None or limit.value <= limit.bound * 1.001, limit


def test_the_share_that_is_inserted():
    """With public masses some 310 kg are left; 0.5 % of thrust of the core alone moves that by 110 kg. 98.8 % of a
    thousand (seed 1) reach the orbit; of these two hundred 97 to all."""
    flown = runs()
    good = sum(run.within for run in flown)
    assert 0.97 * len(flown) <= good <= len(flown)
    for run in flown:
        if not run.within:                                         # propellant is what limits, not guidance
            assert run.propellant_left_kg < 1.0 and run.ending in ("low_orbit", "short") and run.trouble == ""
    left = np.array([run.propellant_left_kg for run in flown])
    assert 250.0 < np.median(left) < 370.0 and 100.0 < left.std() < 220.0


def test_700_kg_more_reserve_insert_all_of_some():
    """At least 99.7 %: here none of 200 may fail (expected: none in a thousand)."""
    assert all(run.within and run.ending == "inserted" for run in runs(WITH_RESERVE))


@pytest.mark.campaign
@pytest.mark.parametrize("seed", [1, 2])
def test_700_kg_more_reserve_insert_997_of_a_thousand(seed):
    assert sum(run.within for run in runs(WITH_RESERVE, seed, 1000)) >= 997
