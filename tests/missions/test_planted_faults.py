"""Ten faults planted into the flown reference mission: each caught by its rule, at its second, and by no other."""

from __future__ import annotations

import pytest

from fakel.load.folder import read_flight
from fakel.model.verdict import Status
from fakel.rules import judge, load_rules
from flights import reference_flight
from planted import at, channel, event, lost, moved, told, with_leg

RULES = load_rules()


@pytest.fixture(scope="module")
def sound():
    return read_flight(reference_flight())[0]


def when(flight, name):
    return flight.event(name).epoch


# Each takes the sound flight: the spoilt one, the rule that is meant, and the instants from and to which it is broken.

def torch_lit(flight):
    out = when(flight, "torch_out")
    return with_leg(flight, "eva", lambda leg: event(leg, "torch_out", told(lit=True))), "TORCH-UNLIT", out, out


def tether_dropped(flight):
    """A tether off for 90 s, told by samples of a second."""
    off = when(flight, "torch_handover") + 417.0
    spoilt = with_leg(flight, "eva", lambda leg: channel(leg, "eva.tethers.kotov", lambda c: at(
        c, (off, 1.0), (off + 45.0, 1.0), (off + 90.0, 2.0))))
    return spoilt, "WALK-TETHERS", off, off + 90.0


def item_lost(flight):
    slipped = when(flight, "torch_handover") + 333.0
    return with_leg(flight, "eva", lambda leg: lost(leg, "torch", "ryazansky", slipped)), "ONE-HOLDER", slipped, slipped


def keep_out_entered(flight):
    """A straight dip from 500 m to 100 m and back in 400 s: below 200 m from 300 s to 500 s."""
    start = when(flight, "aim_point") + -3000.0
    spoilt = with_leg(flight, "rendezvous", lambda leg: channel(leg, "relative.range_m", lambda c: at(
        c, (start, 500.0), (start + 400.0, 100.0), (start + 800.0, 500.0))))
    return spoilt, "KEEP-OUT", start + 300.0, start + 500.0


def suit_low(flight):
    """From 40 kPa to 36 kPa in 400 s: below 38 kPa after 200 s, for 200 s; pumped up again at once."""
    start = when(flight, "torch_in") + 1000.0
    spoilt = with_leg(flight, "eva", lambda leg: channel(leg, "suit.kotov.pressure_pa", lambda c: at(
        c, (start, 40e3), (start + 400.0, 36e3), (start + 400.0, 40e3))))
    return spoilt, "SUIT-PRESSURE", start + 200.0, start + 400.0


def hatch_early(flight):
    """Ten minutes early: broken until the airlock is down to 250 Pa, on the straight line between two samples."""
    opened = when(flight, "hatch_open") + -600.0
    lock = next(c for c in flight.channels if c.name == "airlock.pirs.pressure_pa")
    i = next(i for i, t in enumerate(lock.t_s) if lock.start + float(t) > opened and lock.values[i] <= 250.0)
    share = (lock.values[i - 1] - 250.0) / (lock.values[i - 1] - lock.values[i])
    down_s = float(lock.t_s[i - 1] + share * (lock.t_s[i] - lock.t_s[i - 1]))
    spoilt = with_leg(flight, "eva", lambda leg: event(leg, "hatch_open", moved(-600.0)))
    return spoilt, "HATCH-SHUT", opened, lock.start + down_s


def oxygen_high(flight):
    """From 0.2 to 0.4 of the air in 1000 s and back: 0.3 is passed half way, both ways."""
    start = when(flight, "docking_contact") + 20_000.0
    spoilt = with_leg(flight, "stay", lambda leg: channel(leg, "air.crew.o2_part", lambda c: at(
        c, (start, 0.2), (start + 1000.0, 0.4), (start + 2000.0, 0.2))))
    return spoilt, "AIR-O2-HIGH", start + 500.0, start + 1500.0


def late_burn(flight):
    planned = when(flight, "deorbit_burn_start")
    spoilt = with_leg(flight, "deorbit", lambda leg: event(leg, "deorbit_burn_start", moved(47.0)))
    return spoilt, "BURN-ON-TIME", planned, planned + 47.0


def hard_landing(flight):
    down = when(flight, "landing")
    spoilt = with_leg(flight, "landing", lambda leg: event(leg, "landing", told(speed_m_s=4.1)))
    return spoilt, "TOUCHDOWN-SPEED", down, down


def decompression_short(flight):
    """The masks are on 12 min later; the airlock is vented as planned."""
    masks, vent = when(flight, "prebreathe_start") + 720.0, when(flight, "depress_start")
    spoilt = with_leg(flight, "eva", lambda leg: event(leg, "prebreathe_start", moved(720.0)))
    return spoilt, "PREBREATHE", masks, vent


FAULTS = [torch_lit, tether_dropped, item_lost, keep_out_entered, suit_low, hatch_early, oxygen_high, late_burn,
          hard_landing, decompression_short]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_caught_by_its_rule_at_its_second(sound, fault):
    before = {v.rule: v.status for v in judge(sound, RULES)}
    spoilt, rule, start, stop = fault(sound)
    after = {v.rule: v for v in judge(spoilt, RULES)}
    assert before[rule] is Status.PASS
    assert {name for name, v in after.items() if v.status is not before[name]} == {rule}
    found = after[rule]
    assert found.status is Status.FAIL
    # Instants are in whole samples of these tests, or lie on straight lines: a hundredth of a second is round-off.
    assert found.violations[0].start - start == pytest.approx(0.0, abs=0.01)
    assert found.violations[-1].stop - stop == pytest.approx(0.0, abs=0.01)
    assert start <= found.at + 1.0 and found.at <= stop + 1.0
    assert found.margin is None or found.margin < 0


def test_the_sound_flight_breaks_nothing_that_a_fault_may_hide_behind(sound):
    broken = [v.rule for v in judge(sound, RULES) if v.status is Status.FAIL]
    assert broken == ["GROUND-PASSES"]                     # tests/missions/test_verdict_table.py says why
