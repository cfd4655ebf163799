"""Cargo, manifests and questions that cannot be, each in one line."""

import re
import tomllib

import pytest

from fakel.load.library import read_toml
from fakel.load.mission import mission_from, missions
from fakel.model.errors import InputError
from flights import copy_of, fakel
from walks import mission as walk_mission
from walks import tasks

HEAD = "id,holder,name,mass_kg,length_m,width_m,depth_m,hazards\n"
SHIP = "soyuz-tma-11m"


def thing(**values):
    return {"holder": SHIP, "name": "thing", "mass_kg": 1.0, "length_m": 0.1, "width_m": 0.1, "depth_m": 0.1,
            "hazards": [], "source": "test", **values}


def refused(edit):
    path = missions()["sochi-torch"]
    table = read_toml(path)
    edit(table)
    with pytest.raises(InputError) as told:
        mission_from(table, path)
    said = str(told.value)
    assert "\n" not in said
    return said


@pytest.mark.parametrize(("item", "said"), [
    (thing(holder=["kotov", "tyurin"]),
     "[items.x] holder = ['kotov', 'tyurin']: x has 2 holders; an item has exactly one"),
    (thing(holder=None), "[items.x]: x is held by nobody; write holder = one of: hopkins"),
    (thing(holder="mars"), "[items.x] holder = 'mars' is not known"),
    (thing(mass_kg=-1.0), "[items.x]: mass_kg = -1 cannot be; write 0 or more"),
    (thing(mass_kg=150.0), "[ships.soyuz-tma-11m]: 151.8 kg of cargo, Soyuz TMA-M takes 100 kg up; leave 51.8 kg out "
                           "(the heaviest is x, 150 kg)"),
    (thing(length_m=2.0, width_m=0.9, depth_m=0.9),
     "[ships.soyuz-tma-11m]: x (2 x 0.9 x 0.9 m) does not pass the hatch of Soyuz TMA-M, 0.8 m across; leave it out or "
     "make it smaller"),
    (thing(hazards=["fuel"]), "[ships.soyuz-tma-11m]: x brings fuel, which the cabin of Soyuz TMA-M does not take; "
                              "leave it out or take the hazard off it"),
])
def test_an_item_that_cannot_be(item, said):
    assert said in refused(lambda table: table["items"].update(x=item))


def brings(**values):
    def edit(table):
        table["items"]["x"] = thing(holder="station", **values)
        table["steps"]["undock"]["brings"] = ["torch", "x"]
    return edit


def moved(table):
    table["items"]["x"] = thing(holder="station", hazards=["toxic"])
    table["steps"]["visit"]["moves"].append({"item": "x", "from": "station", "to": SHIP, "after_h": 4})


@pytest.mark.parametrize(("edit", "said"), [
    (brings(mass_kg=55.0), "[steps.undock] brings: 56.8 kg of cargo, Soyuz TMA-M takes 50 kg down; leave 6.8 kg out"),
    (brings(length_m=0.7, width_m=0.5, depth_m=0.5),
     "[steps.undock] brings: no room for x (1 kg, 175 l) in beside-seats, over-the-crew; leave something out"),
    (moved, "[steps.visit] moves: x brings toxic, which the cabin of Soyuz TMA-M does not take"),
    (lambda t: t["steps"]["undock"].update(stow={"torch": "orbital-module"}),
     "stow: torch = 'orbital-module' is not known; write one of: beside-seats, over-the-crew"),
    (lambda t: t["onward"][0].update(item="bell"), "[[onward]] 1 item = 'bell' is not known; write one of: torch"),
    (lambda t: t["onward"][1].update({"from": "mars"}),
     "[[onward]] 2: torch is held by organising-committee, not by mars; mend the order of [[onward]]"),
    (lambda t: t["onward"][0].update(after_h=-1), "after_h = -1 lies before the landing; write 0 or more"),
    (lambda t: t["onward"][0].pop("after_h"), "takes either after_h (since the landing) or date; write one"),
    (lambda t: t["onward"][0].pop("source"), "[[onward]] 1 source is missing"),
    (lambda t: t.update(cargo="nowhere.csv"), "nowhere.csv: no such file; mend its name"),
])
def test_a_manifest_that_cannot_be(edit, said):
    assert said in refused(edit)


@pytest.mark.parametrize(("lines", "said"), [
    ("torch,soyuz-tma-11m,Torch,1.8,1,0.1,0.1,\n",
     "torch has two holders, soyuz-tma-11m and soyuz-tma-11m; name it once"),
    ("a,station,A,1,1,1,1,\na,kotov,A,1,1,1,1,\n", "line 3: a has two holders, station and kotov; an item has one"),
    ("a,,A,1,1,1,1,\n", "line 2: a is held by nobody; write its holder"),
    ("a,station,A,,1,1,1,\n", "line 2: a has no mass_kg; write it"),
    ("a,station,A,-2,1,1,1,\n", "mass_kg = -2 cannot be; write 0 or more"),
    ("a,station,A,much,1,1,1,\n", "line 2 mass_kg = 'much' is not a number"),
    ("a,station,A\n", "line 2 does not have 8 cells like the first line"),
])
def test_a_cargo_list_that_cannot_be(tmp_path, lines, said):
    path, text = copy_of("sochi-torch", tmp_path)
    (tmp_path / "cargo.csv").write_text(HEAD + lines)
    path.write_text(text.replace('first = "launch"', 'first = "launch"\ncargo = "cargo.csv"', 1))
    run = fakel("fly", path, "--out", tmp_path / "f")
    assert run.code == 2 and said in run.err and run.err.count("\n") == 1


def test_a_cargo_list_is_read(tmp_path):
    (tmp_path / "cargo.csv").write_text(HEAD + "letters,soyuz-tma-11m,Letters,0.4,0.3,0.2,0.05,\n")
    path, text = copy_of("sochi-torch", tmp_path)
    path.write_text(text.replace('first = "launch"', 'first = "launch"\ncargo = "cargo.csv"', 1))
    made = mission_from(read_toml(path), path)
    assert made.items["letters"].mass_kg == 0.4 and made.holders["letters"] == SHIP


def with_moves(tmp_path, text):
    (tmp_path / "moves.csv").write_text(text)
    path, mission = copy_of("sochi-torch", tmp_path)
    table = tomllib.loads(mission)
    table["steps"]["visit"]["moves"] = "moves.csv"
    return mission_from(table, path)


def test_the_moves_of_a_stay_are_read_from_a_list(tmp_path):
    made = with_moves(tmp_path, "item,from,to,after_h\ntorch,soyuz-tma-11m,kotov,2.5\n")
    (move,) = made.steps["visit"].plan.moves
    assert (move.item, move.from_, move.to, move.after_s) == ("torch", SHIP, "kotov", 9000.0)


@pytest.mark.parametrize(("line", "said"), [
    ("torch,soyuz-tma-11m,kotov,", "line 2: torch has no after_h; write it"),
    ("torch,soyuz-tma-11m,kotov,soon", "line 2 after_h = 'soon' is not a number"),
    ("torch,soyuz-tma-11m,mars,2", "moves of torch: to = 'mars' is not known; write one of: "),
])
def test_a_list_of_moves_that_cannot_be(tmp_path, line, said):
    with pytest.raises(InputError, match=re.escape(said)):
        with_moves(tmp_path, f"item,from,to,after_h\n{line}\n")


def test_who_is_elsewhere_gives_nothing_outside():
    def edit(table):
        scene = tasks(table)["scene-kotov"]
        scene["who"], scene["gives"] = ["ryazansky"], [{"item": "torch", "from": "kotov", "to": "ryazansky"}]
    with pytest.raises(InputError, match="task scene-kotov: kotov cannot give or take torch, being elsewhere; add"):
        walk_mission(edit)


def test_two_holders_and_none_word_by_word():
    where = missions()["sochi-torch"]
    two, none = (refused(lambda table, h=holder: table["items"].update(x=thing(holder=h)))
                 for holder in (["kotov", "tyurin"], None))
    assert two == f"{where}: [items.x] holder = ['kotov', 'tyurin']: x has 2 holders; an item has exactly one"
    assert none.startswith(f"{where}: [items.x]: x is held by nobody; write holder = one of: hopkins, kotov, ")
