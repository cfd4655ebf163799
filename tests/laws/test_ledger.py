"""The ledger's laws: one holder always, mass conserved, and any edit of any entry is noticed and named."""

import hashlib
import json
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakel.load.folder import begin, finish, read_flight, write_leg
from fakel.load.ledger import as_csv, compare, from_csv, verified
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import Event, Flight, Leg, Situation, Transfer
from fakel.model.ledger import (
    FLOWN,
    NOTHING_BEFORE,
    PLANNED,
    Entry,
    broken,
    chained,
    differs,
    faults,
    holders_at,
    holds,
    ledger_of,
)
from flights import fakel

START = Epoch.utc("2020-01-01")
NAMES = ("ann", "bob", "station", "pirs", "ship")
THINGS = ("lamp", "rope", "map")
MASSES = {"lamp": 1.8, "rope": 0.25, "map": 0.0}

moves = st.lists(st.tuples(st.sampled_from(THINGS), st.sampled_from(NAMES), st.integers(0, 500)), max_size=15)


def flight(hands, onward=()):
    """A flight in which things go to the takers named, each after some seconds."""
    holders, transfers, t = dict.fromkeys(THINGS, "station"), [], 0.0
    for item, taker, after_s in hands:
        t += after_s
        transfers.append(Transfer(START + t, item, holders[item], taker, f"to {taker}"))
        holders[item] = taker
    before = Situation(START, {}, {}, {"ship": "aft"}, {"station": {}, "pirs": {}}, {"ann": "station", "bob": "ship"},
                       {}, dict.fromkeys(THINGS, "station"), {})
    after = replace(before, epoch=START + t + 1.0, holders=holders)
    leg = Leg("stay", "stay", {}, before, after, "done", (), (), (), tuple(transfers), {})
    mission = {"items": {k: {"mass_kg": m} for k, m in MASSES.items()}, "onward": list(onward)}
    return Flight(mission, (leg,), {}, True)


@given(moves, st.integers(0, 8000))
def test_one_holder_always_and_mass_conserved(hands, after_s):
    flown = flight(hands)
    entries, now = ledger_of(flown), START + float(after_s)
    assert faults(entries) == [] and broken(entries) is None
    held = holders_at(entries, now)
    assert set(held) == set(THINGS)
    for item in THINGS:
        spans = [h for h in holds(entries, item) if h.start <= now and (h.stop is None or now < h.stop)]
        assert [h.holder for h in spans] == [held[item]]
        own = holds(entries, item)
        assert all(a.stop == b.start for a, b in pairwise(own)) and own[-1].stop is None
    by_holder = {}
    for item, holder in held.items():
        by_holder[holder] = by_holder.get(holder, 0.0) + MASSES[item]
    assert sum(by_holder.values()) == pytest.approx(sum(MASSES.values()), abs=1e-12)   # 3 sums of doubles


EDITS = {"utc": "2020-01-01T09:09:09.009Z", "item": "gold", "giver": "eve", "taker": "eve", "why": "nothing to see",
         "kind": "planned", "mass_kg": 99.0, "number": 77, "previous": "f" * 64, "sha256": "0" * 63 + "1"}


@given(moves, st.data())
def test_any_edit_of_an_entry_is_noticed_and_named(hands, data):
    entries = ledger_of(flight(hands))
    i = data.draw(st.integers(0, len(entries) - 1))
    name = data.draw(st.sampled_from(sorted(EDITS)))
    forged = [*entries[:i], replace(entries[i], **{name: EDITS[name]}), *entries[i + 1:]]
    found = broken(forged)
    assert found is not None and found[0] is forged[i]


@given(moves.filter(lambda hands: len(hands) > 0), st.data())
def test_an_edit_with_all_hashes_made_anew_differs_from_the_flight(hands, data):
    true = ledger_of(flight(hands))
    i = data.draw(st.integers(0, len(true) - 1))
    name = data.draw(st.sampled_from(("utc", "item", "giver", "taker", "why", "kind", "mass_kg")))
    forged = chained([*true[:i], replace(true[i], **{name: EDITS[name]}), *true[i + 1:]])
    assert broken(forged) is None
    said = differs(forged, true)
    assert said is not None and f"entry {i + 1} " in said[0]


@given(moves, st.data())
def test_an_entry_taken_out_moved_or_put_in_is_noticed(hands, data):
    true = ledger_of(flight(hands))
    i = data.draw(st.integers(0, len(true) - 1))
    shorter = [*true[:i], *true[i + 1:]]
    assert broken(shorter) is not None or i == len(true) - 1
    assert differs(shorter, true) is not None
    longer = (*true, *chained([Entry(0, true[-1].utc, "lamp", "eve", "mallory", "stolen", FLOWN, 1.8)], true))
    assert broken(longer) is None and differs(longer, true) == (longer[-1].said, "is not in the flight")


def test_the_hash_can_be_made_by_hand():
    first = ledger_of(flight([]))[0]
    text = NOTHING_BEFORE + '\n[1,"2020-01-01T00:00:00.000Z","lamp","","station","there when the mission begins",' \
                            '"start",1.8]'
    assert first.sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def folder(tmp_path):
    flown = flight([("lamp", "ann", 60), ("lamp", "bob", 60), ("rope", "ship", 5)])
    begin(tmp_path / "f", flown.mission, {}, replace=False)
    write_leg(tmp_path / "f", flown.legs[0])
    finish(tmp_path / "f", [], {}, complete=True)
    return tmp_path / "f"


def check(folder):
    flown, told = read_flight(folder)
    return verified(folder, flown, not told)


def edited(folder, change):
    path = folder / "flight.json"
    index = json.loads(path.read_text())
    change(index)
    path.write_text(json.dumps(index))


def test_a_folder_keeps_its_ledger_and_check_says_so(folder):
    assert check(folder) == "ledger: 6 entries, each fits its hash and the flight"
    assert "6 entries" in fakel("check", folder).out


@pytest.mark.parametrize(("change", "said"), [
    (lambda i: i["ledger"][4].update(taker="eve"),
     r"ledger entry 5 \(lamp, ann > eve\) was changed since it was written: its hash does not fit"),
    (lambda i: i["ledger"].pop(), r"ledger entry 6 \(rope, station > ship\) is missing"),
    (lambda i: i["ledger"].pop(2), r"ledger entry 4 \(lamp, station > ann\) stands where entry 3 belongs"),
    (lambda i: i["ledger"][0].pop("item"), "ledger entry 1 is torn"),
    (lambda i: i["transfers"][1].update(giver="eve"), "ledger transfer 2 of its list transfers is not what the flight"),
    (lambda i: i["mission"]["items"]["lamp"].update(mass_kg=2.0),
     r"ledger entry 1 \(lamp, nobody > station\) says mass_kg = 1.8, the flight says 2.0"),
])
def test_an_edited_folder_is_bad_input_and_the_entry_is_named(folder, change, said):
    edited(folder, change)
    with pytest.raises(InputError, match=said):
        check(folder)
    run = fakel("check", folder)
    assert run.code == 2 and run.err.count("\n") == 1 and "Traceback" not in run.err


def test_an_older_folder_is_said_and_not_refused(folder):
    edited(folder, lambda index: index.pop("ledger"))
    run = fakel("check", folder)
    assert run.code == 0 and "written before ledgers were chained; its entries are not verified" in run.err


def test_csv_out_and_in_again(folder, tmp_path):
    flown, _ = read_flight(folder)
    path = tmp_path / "l.csv"
    path.write_text(as_csv(ledger_of(flown)))
    assert from_csv(path) == ledger_of(flown)
    assert compare(path, flown).endswith("6 entries, the same as the flight's")
    by_hand = "utc,item,giver,taker\n" + "".join(
        f"{e.utc[:19]}Z,{e.item},{e.giver},{e.taker}\n" for e in ledger_of(flown))
    path.write_text(by_hand)
    assert "the same" in compare(path, flown)


@pytest.mark.parametrize(("line", "said"), [
    ("2020-01-01T00:01:00Z,lamp,bob,ann,1.8", r"entry 4 \(lamp, bob > ann\): lamp is held by station, not by bob"),
    ("2020-01-01,lamp,,bob,1.8", "lamp has two holders, station and bob"),
    ("2020-01-01T00:01:00Z,gold,ann,bob,1.8", "gold is held by nobody"),
    ("2020-01-01T00:01:00Z,lamp,station,,1.8", "lamp is given to nobody"),
    ("2020-01-01T00:01:00Z,lamp,station,ann,-1", "line 5 mass_kg = -1 cannot be"),
    ("2020-01-01T00:01:00Z,lamp,station,ann,heavy", "line 5 mass_kg = 'heavy' is not a number"),
    ("yesterday,lamp,station,ann,1.8", "line 5: 'yesterday' is not a UTC instant"),
    ("2020-01-01T00:01:00Z,lamp,station", "line 5 does not have 5 cells"),
    ("2020-01-01T00:01:00Z,lamp,station,bob,1.8", r"entry 4 \(lamp, station > bob\) is not the flight's entry 4"),
])
def test_refusals_of_a_ledger_from_elsewhere(tmp_path, line, said):
    path = tmp_path / "l.csv"
    path.write_text("utc,item,giver,taker,mass_kg\n2020-01-01,lamp,,station,1.8\n2020-01-01,map,,station,0\n"
                    f"2020-01-01,rope,,station,0.25\n{line}\n")
    with pytest.raises(InputError, match=said):
        compare(path, flight([("lamp", "ann", 60)]))


ONWARD = ({"item": "lamp", "from": "rescue", "to": "museum", "after_s": 1800.0, "why": "given", "date": None},
          {"item": "lamp", "from": "museum", "to": "stadium", "date": "2020-02-07", "after_s": None, "why": "shown"})


def landed(taker):
    flown = flight([("lamp", taker, 60)], ONWARD)
    leg = flown.legs[0]
    landing = Event(leg.after.epoch, "landing", "ship", "landing", {})
    return replace(flown, legs=(replace(leg, events=(landing,)),))


def test_what_is_planned_after_the_landing_follows_the_chain():
    entries = ledger_of(landed("rescue"))
    assert [(e.taker, e.kind) for e in entries[-2:]] == [("museum", PLANNED), ("stadium", PLANNED)]
    assert entries[-1].utc == "2020-02-07T12:00:00.000Z" and faults(entries) == [] and broken(entries) is None
    assert entries[-2].epoch - START == 61.0 + 1800.0


def test_what_stays_in_orbit_or_does_not_land_goes_nowhere():
    assert all(e.kind != PLANNED for e in ledger_of(landed("station")))
    assert all(e.kind != PLANNED for e in ledger_of(flight([("lamp", "rescue", 60)], ONWARD)))
    assert all(e.kind != PLANNED for e in ledger_of(replace(landed("rescue"), complete=False)))
