"""``fakel eva plan`` as people use it: the reference walk, what flies afterwards, planning on, refusals in one line."""

import contextlib
import csv
import io
import json
import sys
import tomllib

import numpy as np
import pytest

from fakel.cli.main import main
from fakel.load.folder import read_flight
from fakel.load.mission import load_mission, missions
from fakel.model.epoch import Epoch
from flights import fakel

pytest.importorskip("ortools", reason="needs OR-tools, the extra eva")


def run(capsys, *words, code=0):
    assert main([str(word) for word in words]) == code
    told = capsys.readouterr()
    return told.out if code != 2 else told.err


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """The reference walk planned with only its date given, and the file that flies it."""
    folder = tmp_path_factory.mktemp("walk")
    out = folder / "planned.toml"
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert main(["eva", "plan", "sochi-torch", "--out", str(out), "--csv", str(folder / "walk.csv"), "--json"]) == 0
    return json.loads(said.getvalue()), out


def test_the_torch_is_seen_as_long_as_the_orbit_lets_it(planned):
    told, _ = planned
    seen = told["seen"]
    assert seen["stop_min"] - seen["start_min"] > 60, "over an hour outside"
    # the bound is the sunlit and relayed stretch of one revolution, whole minutes
    assert seen["good_min"] == seen["orbit_bound_min"] == 67
    assert [goal["proven"] for goal in told["goals"]] == [True] * len(told["goals"])
    assert told["deferred"] == []
    assert all(margin["capacity"] - margin["used"] - margin["kept"] > 0.0 for margin in told["margins"])
    assert {m["what"] for m in told["margins"]} >= {"oxygen", "water", "absorber", "battery", "hatch time"}


def test_the_filled_file_is_a_mission_and_says_the_same_again(planned, capsys):
    told, out = planned
    walk = load_mission(out).steps["walk"].plan
    assert {t.id: t.start_s / 60 for t in walk.tasks} == {d["task"]: d["start_min"] for d in told["doings"]}
    rows = list(csv.DictReader((out.parent / "walk.csv").open()))
    assert [row["task"] for row in rows] == [d["task"] for d in told["doings"]]
    again = json.loads(run(capsys, "eva", "plan", out, "--json"))
    assert again["hatch_open"] == told["hatch_open"] and again["doings"] == told["doings"]


def test_two_tasks_are_put_off_in_mid_walk_and_the_rest_is_planned_again(planned, capsys):
    """The two that were left for another day on the flown walk, each at the minute at which the plan has it begin."""
    told, out = planned
    start = {d["task"]: d["start_min"] for d in told["doings"]}
    first, second = out.with_name("first.toml"), out.with_name("second.toml")
    one = json.loads(run(capsys, "eva", "plan", "sochi-torch", "--was", out, "--now", start["yakor"], "--refuse",
                         "yakor", "--out", first, "--json"))
    begins = {d["task"]: d["start_min"] for d in one["doings"]}
    two = json.loads(run(capsys, "eva", "plan", "sochi-torch", "--was", first, "--now", begins["radiometriya"],
                         "--refuse", "radiometriya", "--out", second, "--json"))
    assert (one["deferred"], two["deferred"]) == (["yakor"], ["yakor", "radiometriya"])
    assert two["walk_min"] < one["walk_min"] < told["walk_min"]
    for plan, now in ((one, start["yakor"]), (two, begins["radiometriya"])):
        past = {d["task"]: (d["start_min"], d["stop_min"]) for d in plan["doings"] if d["start_min"] < now}
        before = {d["task"]: (d["start_min"], d["stop_min"]) for d in told["doings"]}
        assert all(before[name] == span for name, span in past.items() if now == start["yakor"])
        assert {d["state"] for d in plan["doings"] if d["stop_min"] <= now} == {"done"}
    assert {t.id for t in load_mission(second).steps["walk"].plan.tasks if t.deferred} == {"yakor", "radiometriya"}


def test_what_took_longer_and_what_is_left_change_the_plan(planned, capsys):
    told, out = planned
    late = json.loads(run(capsys, "eva", "plan", "sochi-torch", "--was", out, "--now", 110, "--took",
                          "platform=45", "--left", "kotov.oxygen=0.7", "--json"))
    rows = {d["task"]: d for d in late["doings"]}
    assert rows["platform"]["state"] == "under way"
    assert rows["platform"]["stop_min"] - rows["platform"]["start_min"] == 45
    assert rows["handrails"]["start_min"] >= rows["platform"]["stop_min"]
    assert late["walk_min"] > told["walk_min"]
    oxygen = {m["person"]: m["used"] for m in late["margins"] if m["what"] == "oxygen"}
    assert oxygen["kotov"] > oxygen["ryazansky"] + 0.05, "the suit that holds less has less to spare"


def test_a_suit_that_warns_leaves_the_optional_task_out_or_is_told_to_be_too_little(planned, capsys):
    _, out = planned
    on = ("eva", "plan", "sochi-torch", "--was", out, "--now", 188)
    short = json.loads(run(capsys, *on, "--left", "kotov.oxygen=0.24", "--json"))
    assert short["deferred"] == ["survey"]
    assert all(margin["capacity"] - margin["used"] - margin["kept"] >= 0.0 for margin in short["margins"])
    told = run(capsys, *on, "--left", "kotov.oxygen=0.2", code=2)
    assert "kotov: the tasks take" in told and told.count("\n") == 1


@pytest.mark.parametrize(("words", "said"), [
    (("--now", 9999), "--now = 9999 lies after the 390 min that the suits last outside"),
    (("--now", "nan"), "--now = nan lies before the hatch opens"),
    (("--now", 100, "--left", "nobody.oxygen=1"), "--left = 'nobody.oxygen' is not known; write one of: kotov."),
])
def test_what_cannot_have_happened_is_one_line(planned, words, said, capsys):
    told = run(capsys, "eva", "plan", "sochi-torch", "--was", planned[1], *words, code=2)
    assert said in told and told.count("\n") == 1


def test_a_planned_walk_flies_unchanged(tmp_path, capsys):
    out = tmp_path / "hour.toml"
    told = json.loads(run(capsys, "eva", "plan", "torch-walk", "--out", out, "--json"))
    flown = fakel("fly", out, "--out", tmp_path / "flight", "--json")
    assert flown.code == 0, flown.err
    assert flown.epoch("hatch_open").iso(3) == told["hatch_open"]
    assert flown.epoch("hatch_closed").iso(9) == told["hatch_closed"]


@pytest.mark.campaign
def test_the_planned_reference_walk_flies_with_every_start_kept_and_no_rule_failed(planned, tmp_path):
    told, out = planned
    flown = fakel("fly", out, "--out", tmp_path / "flight", "--json", "--no-report")
    assert flown.code == 0, flown.err
    opened = flown.epoch("hatch_open")
    assert opened.iso(3) == told["hatch_open"]
    starts = sorted((e["facts"]["title"], round((Epoch.utc(e["utc"]) - opened) / 60, 6))
                    for e in flown.told["events"] if e["name"] == "task_start")
    assert starts == sorted((d["title"], d["start_min"]) for d in told["doings"])
    assert [v["rule"] for v in flown.told["verdicts"] if v["status"] == "fail"] == []


def own_copy(path, *changes):
    """The smallest walk in a file of its own, each first old text replaced by the new one."""
    text = missions()["torch-walk"].read_text().replace('file = "', f'file = "{missions()["torch-walk"].parent}/')
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text)
    return path


def test_a_spread_is_told_and_padding_plans_each_task_so_much_longer(tmp_path, capsys):
    path = own_copy(tmp_path / "spread.toml", ("duration_min = 16", "duration_min = 16\nspread_min = 3"),
                    ("duration_min = 15", "duration_min = 15\nspread_min = 4"))
    plain, padded = (json.loads(run(capsys, "eva", "plan", path, "--pad", pad, "--json")) for pad in (0, 2))
    assert plain["spread_min"] == pytest.approx(5.0)      # of 3 and 4 min, one after the other
    for told, sigmas in ((plain, 0), (padded, 2)):
        lasts = {d["task"]: d["stop_min"] - d["start_min"] for d in told["doings"]}
        assert lasts == {"out": 16 + 3 * sigmas, "torch-out": 4, "scene-kotov": 20, "scene-ryazansky": 20,
                         "in": 15 + 4 * sigmas}
    assert plain["walk_min"] + 14 == padded["walk_min"]
    assert "--pad changes nothing: no task says its spread_min" in run(capsys, "eva", "plan", "torch-walk", "--pad", 1)


def test_ways_apart_are_gone_before_the_task_and_the_flight_agrees(tmp_path, capsys):
    path, out = tmp_path / "apart.toml", tmp_path / "planned.toml"
    own_copy(path, ('phase = "eva"', 'phase = "eva"\nways_apart = true'),
             ('place = "pirs-ring"\nduration_min = 20', 'place = "zvezda-workstation"\nduration_min = 20'))
    assert run(capsys, "fly", path, "--out", tmp_path / "no", code=2).count("fill the starts with fakel eva plan") == 1
    told = json.loads(run(capsys, "eva", "plan", path, "--out", out, "--json"))
    flown = fakel("fly", out, "--out", tmp_path / "flight", "--json", "--no-report")
    assert flown.code == 0, flown.err
    assert flown.epoch("hatch_closed").iso(9) == told["hatch_closed"]
    walk = read_flight(tmp_path / "flight")[0].legs[0]
    ways, start = walk.studies["ways"], {d["task"]: d["start_min"] for d in told["doings"]}
    rows = list(zip(ways["person"], ways["task"], ways["start_min"], ways["takes_min"], strict=True))
    assert {(person, task) for person, task, *_ in rows} >= {
        (person, task) for person in ("kotov", "ryazansky") for task in ("out", "scene-kotov", "in")}
    settled = [start[task] - begin - takes for _, task, begin, takes in rows]
    assert settled == pytest.approx([1.0] * len(rows))        # the minute of settling at the far end is over
    # the arcs agree: from its begin to its end everybody stays where the task is
    for arc in walk.outside:
        for doing in told["doings"]:
            there = (arc.t_s >= 60 * doing["start_min"]) & (arc.t_s <= 60 * doing["stop_min"])
            assert not there.any() or np.ptp(arc.position_m[there], axis=0).max() < 1e-9


def test_ways_apart_count_the_rails_that_a_task_goes_by(tmp_path, capsys):
    """By a rail of Zvezda the way from the hatch of Pirs to its ring is several metres, not 1.6."""
    out, starts = tmp_path / "planned.toml", []
    for via in ("", 'via = ["zvezda_f-3-1"]\n'):
        path = own_copy(tmp_path / "apart.toml", ('phase = "eva"', 'phase = "eva"\nways_apart = true'),
                        ("duration_min = 16\n", f"duration_min = 16\n{via}"))
        told = json.loads(run(capsys, "eva", "plan", path, "--out", out, "--json"))
        starts.append(next(d["start_min"] for d in told["doings"] if d["task"] == "out"))
        assert {d["place"] for d in told["doings"]} == {"pirs", "pirs-ring"}
        flown = fakel("fly", out, "--out", tmp_path / f"flight{len(starts)}", "--json", "--no-report")
        assert flown.code == 0, flown.err
    ways = read_flight(tmp_path / "flight2")[0].legs[0].studies["ways"]
    takes_min = next(t for t, task in zip(ways["takes_min"], ways["task"], strict=True) if task == "out")
    assert starts[0] == 2 and starts[1] >= takes_min + 1.0 > 2.0      # a minute of settling besides


def test_ways_apart_leave_nobody_outside(tmp_path, capsys):
    path = own_copy(tmp_path / "apart.toml", ('phase = "eva"', 'phase = "eva"\nways_apart = true'),
                    ('place = "pirs"\n', 'place = "pirs-ring"\n'))
    run(capsys, "eva", "plan", path, "--out", tmp_path / "planned.toml")
    told = run(capsys, "plan", tmp_path / "planned.toml", code=2)
    assert "task in: it is the last of kotov, and leaves them at pirs-ring; end the walk with a task at pirs" in told


def test_a_walk_in_a_file_of_its_own_and_other_openings(tmp_path, capsys):
    table = tomllib.loads(missions()["torch-walk"].read_text())
    own = missions()["torch-walk"].read_text()
    head, tasks = own.split("[steps.walk]", 1)
    keys = "\n".join(line for line in tasks.split("[[steps.walk.tasks]]")[0].splitlines()
                     if not line.startswith(("phase", "then", "#", "date")))
    keep = "\n".join(line for line in head.splitlines() if not line.startswith(("first", "last_date", "id ", "title")))
    top, rest = keep.split("[elements]", 1)
    path = tmp_path / "own.toml"
    tle = missions()["torch-walk"].parent / table["elements"]["file"]
    sections = rest.split("\n", 2)[2].split("\n", 1)[1]
    listed = tasks[tasks.index("[[steps.walk.tasks]]"):].replace("steps.walk.", "")
    path.write_text(top + keys + "\n" + sections + listed)
    told = json.loads(run(capsys, "eva", "plan", path, "--tle", tle, "--trades", 3, "--json"))
    assert told["seen"]["good_min"] == 44
    assert len(told["trades"]) == 3 and all((t["show_min"] or 0) <= 44 for t in told["trades"])
    text = run(capsys, "eva", "plan", path, "--tle", tle, "--hatch", "2013-11-09T14:20:00Z..2013-11-09T14:50:00Z",
               "--trades", 2, "--whole")
    assert "what other hatch openings bring" in text and "minutes outside" in text and "proven best" in text


def test_no_conflict_is_said_too(capsys):
    assert "no conflict" in run(capsys, "eva", "plan", "torch-walk", "--why")


def test_a_conflict_has_its_own_exit_code_and_names_wishes(tmp_path, capsys):
    text = missions()["torch-walk"].read_text().replace('file = "', f'file = "{missions()["torch-walk"].parent}/')
    path = tmp_path / "clash.toml"
    path.write_text(text.replace('max_wait_min = 30', 'latest_min = 10'))
    told = run(capsys, "eva", "plan", path, "--why", code=1)
    assert "task torch-out" in told and "over by minute 10" in told and "task out" not in told.replace("task out:", "")
    assert "no plan meets all wishes" in run(capsys, "eva", "plan", path, code=2)


@pytest.mark.parametrize(("words", "said"), [
    (("--goals", "fame"), "fame"), (("--hatch", "soon"), "--hatch"), (("--effort", "0"), "--effort"),
    (("--hatch", "2013-11-09T15:00:00Z..2013-11-09T14:00:00Z"), "swap"), (("--refuse", "out"), "--now"),
    (("--now", "10"), "has blanks"), (("--now", "10", "--took", "out"), "TASK=MINUTES"),
    (("--now", "10", "--left", "kotov=1"), "PERSON.THING"), (("--flight", "nowhere"), "nowhere"),
])
def test_refusals_are_one_line(words, said, capsys):
    told = run(capsys, "eva", "plan", "torch-walk", *words, code=2)
    assert said in told and told.count("\n") == 1


@pytest.mark.parametrize(("old", "new", "said"), [
    ('place = "pirs"', 'place = "garden"', "garden"), ('who = ["kotov", "ryazansky"]', 'who = ["gagarin"]', "gagarin"),
    ("metabolic_w = 350", 'metabolic_w = 350\ntools = ["saw"]', "saw"),
    ("duration_min = 16", "duration_min = 900", "h on"),
    ("metabolic_w = 350", 'metabolic_w = 350\nsame_as = "nobody"', "nobody"),
    ("metabolic_w = 350", "metabolic_w = 350\nchoose = 5", "choose"),
])
def test_bad_walks_are_one_line(old, new, said, tmp_path, capsys):
    text = missions()["torch-walk"].read_text().replace('file = "', f'file = "{missions()["torch-walk"].parent}/')
    path = tmp_path / "bad.toml"
    path.write_text(text.replace(old, new, 1))
    told = run(capsys, "eva", "plan", path, code=2)
    assert said in told and told.count("\n") == 1


def test_without_or_tools_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ortools.sat.python", None)
    assert "pip install 'fakel[eva]'" in run(capsys, "eva", "plan", "torch-walk", code=2)
