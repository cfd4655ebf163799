"""Exactly one holder at every instant: the ledger keeps it, the rules notice when it is not kept."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import Event, Flight, Leg, Situation, Transfer
from fakel.phases.custody import entrust, hand_all, hand_over, require_holders
from fakel.rules import custody
from walks import flown

START = Epoch.utc("2020-01-01")
NAMES = ("ann", "bob", "station", "pirs")


def ledger(hands):
    """Transfers of a lamp that each are good: it starts with ann; hands are the takers."""
    holders, out = {"lamp": "ann"}, []
    for i, taker in enumerate(hands):
        transfer = Transfer(START + 10.0 * (i + 1), "lamp", holders["lamp"], taker, "test")
        holders = hand_over(holders, transfer)
        out.append(transfer)
    return out, holders


def flight(transfers, last, places=None, events=(), first="ann"):
    air = {"station": {}, "pirs": {}}
    before = Situation(START, {}, {}, {"ship": "aft"}, air, places or {}, {}, {"lamp": first}, {})
    after = replace(before, epoch=START + 1e4, holders={"lamp": last} if last else {})
    leg = Leg("walk", "eva", {}, before, after, "done", (), (), tuple(events), tuple(transfers), {})
    return Flight({}, (leg,), {}, True)


@given(st.lists(st.sampled_from(NAMES), max_size=20))
def test_a_good_ledger_has_one_holder_after_every_entry(hands):
    transfers, holders = ledger(hands)
    assert holders["lamp"] == (hands[-1] if hands else "ann")
    assert hand_all({"lamp": "ann"}, reversed(transfers)) == holders          # in order of time, however listed
    assert custody.breaks(flight(transfers, holders["lamp"]), "*") == []


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=12), st.data())
def test_one_wrong_giver_is_refused_and_noticed(hands, data):
    transfers, holders = ledger(hands)
    i = data.draw(st.integers(0, len(transfers) - 1))
    wrong = data.draw(st.sampled_from([n for n in NAMES if n != transfers[i].giver]))
    spoilt = [*transfers[:i], replace(transfers[i], giver=wrong), *transfers[i + 1:]]
    with pytest.raises(InputError, match=f"lamp is held by {transfers[i].giver}, not by {wrong}"):
        hand_all({"lamp": "ann"}, spoilt)
    assert custody.breaks(flight(spoilt, holders["lamp"]), "*")


def test_what_changes_hands_without_an_entry_is_noticed():
    assert custody.breaks(flight([], "bob"), "lamp") == ["lamp: walk ends with bob, not with ann"]
    assert custody.breaks(flight([], None), "lamp") == ["lamp: walk ends with nobody, not with ann"]


def test_nothing_is_known_of_an_item_without_holder():
    assert custody.breaks(flight([], "ann"), "torch") is None


@pytest.mark.parametrize(("call", "said"), [
    (lambda: require_holders(("lamp",), {}), "lamp is held by nobody; name its holder where the mission starts"),
    (lambda: hand_over({"lamp": "ann"}, Transfer(START, "lamp", "ann", "", "lost")),
     r"lamp is given to nobody \(lost\); name who takes it"),
    (lambda: entrust(START, {}, "lamp", "ann", "found"),
     "lamp is held by nobody; name its holder where the mission starts"),
])
def test_refusals_of_the_ledger(call, said):
    with pytest.raises(InputError, match=f"^{said}$"):
        call()


def at(name, subject, after_s, **facts):
    return Event(START + after_s, name, subject, "eva", facts)


def apart(giver, taker, places, events=()):
    transfer = Transfer(START + 100.0, "lamp", giver, taker, "test")
    return custody.apart(flight([transfer], taker, places, events, giver), "*")


def test_people_hand_over_only_where_both_are():
    together = at("task_start", "a", 50.0, who=["ann", "bob"], place="ring", from_hatch_m=9.0)
    away = at("task_start", "b", 80.0, who=["bob"], place="aft", from_hatch_m=13.0)
    assert apart("ann", "bob", {"ann": "station", "bob": "station"}) == []
    assert apart("ann", "bob", {"ann": "station", "bob": "station"}, [together]) == []
    assert apart("ann", "bob", {"ann": "station", "bob": "station"}, [together, away]) == [
        "lamp: giver ann in ring, taker bob in aft"]


def test_the_hatch_is_reached_from_its_ring_only():
    near = at("task_start", "a", 50.0, who=["ann"], place="ring", from_hatch_m=1.6)
    far = at("task_start", "a", 50.0, who=["ann"], place="aft", from_hatch_m=13.0)
    assert apart("ann", "pirs", {"ann": "station"}, [near]) == []
    assert apart("ann", "pirs", {"ann": "station"}, [far])


def test_a_docked_ship_opens_on_the_station_and_a_free_one_does_not():
    assert apart("station", "ship", {}) == []
    moved = at("crew_transfer", "ann", 50.0, to="ship")
    assert apart("ann", "station", {"ann": "station"}, [moved]) == []


def test_the_torch_of_a_real_walk_is_in_one_hand_every_second():
    leg = flown()
    t = leg.before.epoch
    table = leg.studies["custody"]
    spans = list(zip(table["start_utc"], table["stop_utc"], table["holder"], strict=True))
    assert spans[0][0] == t.iso()
    assert all(a[1] == b[0] for a, b in itertools.pairwise(spans))       # no gap and no overlap
    assert [holder for *_, holder in spans] == ["station", "kotov", "ryazansky", "pirs"]
    assert leg.after.holders["torch"] == "pirs"
