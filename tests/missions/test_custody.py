"""Who had the torch, and where, asked of a flown walk on the command line."""

import csv
import json

import pytest

from fakel.load.cargo import cargo_list
from fakel.model.epoch import Epoch
from flights import fakel, shipped_folder


@pytest.fixture(scope="module")
def walk():
    return shipped_folder("torch-walk")


@pytest.fixture(scope="module")
def handover(walk):
    event = next(e for e in json.loads((walk / "flight.json").read_text())["events"] if e["name"] == "torch_handover")
    return Epoch.utc(event["utc"])


def test_the_torch_is_in_one_hand_before_the_hand_over_and_in_the_other_after(walk, handover):
    told = [json.loads(fakel("where", walk, "torch", "--at", (handover + s).iso(3), "--json").out)
            for s in (-60.0, 60.0)]
    assert [t["holder"] for t in told] == ["kotov", "ryazansky"]
    assert all(t["outside"] and t["craft"] == "station" and t["hooks"] == 1 for t in told)
    assert told[0]["until"] == told[1]["since"] == handover.iso(3)
    assert 400e3 < told[1]["height_m"] < 430e3                              # the station's height of those days


def test_a_bare_clock_is_told_for_each_day_of_the_flight(walk, handover):
    run = fakel("where", walk, "torch", "--at", (handover + 60.0).iso()[11:16])
    assert run.code == 0 and "in the hands of Sergey Ryazansky, outside at" in run.out
    everywhere = fakel("where", walk, "torch").out
    assert all(name in everywhere for name in ("the station", "Oleg Kotov", "Sergey Ryazansky", "Pirs"))


def test_the_inventory_lists_it_once_and_becomes_a_cargo_list(walk, handover, tmp_path):
    told = json.loads(fakel("inventory", walk, "--at", handover.iso(3), "--json").out)
    assert [(i["item"], i["aboard"], i["mass_kg"]) for i in told["items"]] == [("torch", "station", 1.8)]
    assert fakel("inventory", walk, "--csv", tmp_path / "c.csv").code == 0
    assert cargo_list(tmp_path / "c.csv")["torch"]["holder"] == "pirs"
    assert "nothing is held there" in fakel("inventory", walk, "--craft", "earth").out


def test_the_ledger_goes_out_as_csv_and_comes_back(walk, tmp_path):
    path = tmp_path / "ledger.csv"
    assert fakel("ledger", walk, "--csv", path).code == 0
    assert fakel("ledger", walk, "--csv", path).code == 2                   # written over only with --replace
    assert "the same as the flight's" in fakel("ledger", walk, "--verify", path).out
    with path.open() as file:
        rows = list(csv.DictReader(file))
    rows[2]["taker"] = "hopkins"
    with path.open("w") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    run = fakel("ledger", walk, "--verify", path)
    assert run.code == 2 and "entry 3 (torch, kotov > hopkins) was changed since it was written" in run.err


def test_check_says_that_the_ledger_holds_and_the_rules_are_judged(walk):
    run = fakel("check", walk)
    assert run.code == 0 and run.out.rstrip().endswith("ledger: 4 entries, each fits its hash and the flight")
    assert json.loads(fakel("check", walk, "--json").out)["ledger"].startswith("ledger: 4 entries")


@pytest.mark.parametrize(("words", "said"), [
    (("where", "bell"), "item = 'bell' is not known; write one of: torch"),
    (("where", "torch", "--at", "1999-01-01"), "--at 1999-01-01T00:00:00Z lies before the flight, which begins"),
    (("where", "torch", "--at", "noon"), "--at: 'noon' is not a UTC instant"),
    (("where", "torch", "--at", "25:00"), "is not a UTC instant"),
    (("inventory", "--craft", "mir"), "--craft = 'mir' is not known; write one of:"),
    (("ledger", "--verify", "nowhere.csv"), "nowhere.csv: no such file; mend its name"),
])
def test_questions_that_cannot_be(walk, words, said):
    run = fakel(words[0], walk, *words[1:])
    assert run.code == 2 and said in run.err and run.err.count("\n") == 1
