"""What README and docs show is run: commands are parsed, files exist, mission pieces load, Python examples fly."""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from fakel.cli.main import main, parser
from fakel.load.mission import load_mission, missions
from fakel.phases import PHASES
from flights import SHIPPED, shipped_folder

HOUSE = Path(__file__).parents[2]
PAGES = sorted((HOUSE / "README.md", HOUSE / "ARCHITECTURE.md", *(HOUSE / "docs").glob("*.md")))
MISSION_FILE = (HOUSE / "docs" / "mission-file.md").read_text(encoding="utf-8")
GIVEN = {"station", "network", "people", "ships", "suits", "items", "places", "surroundings", "chance",
         "aborts"}
"""Fields of a plan that the mission itself fills."""


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"))


def commands(page: Path) -> list[str]:
    """Command lines of fakel in fences and in backticks; those with an ellipsis only name a command."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"`(fakel [^`\n]+)`", text) + re.findall(r"(?m)^(fakel .+)$", "".join(blocks(page, "")))
    return [line for line in found if not line.endswith("…")]


def test_commands_are_understood():
    told = [line for page in PAGES for line in commands(page)]
    assert len(told) > 8
    for line in told:
        words = shlex.split(line)[1:]
        if len(words) > 1 and words != ["new", "visit"]:       # not a command that is only named
            assert parser().parse_args(words).command == words[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_linked_files_exist(page):
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert link.startswith("http") or (page.parent / link).exists(), link


def test_the_readme_names_every_page_or_its_folder():
    assert "docs/mission-file.md" in (HOUSE / "README.md").read_text(encoding="utf-8")


def test_the_peers_stand_beside_what_was_flown():
    """One table, measured once: docs/validation.md shows the rows of docs/benchmarks.md."""
    measured, shown = ((HOUSE / "docs" / name).read_text(encoding="utf-8")
                       for name in ("benchmarks.md", "validation.md"))
    section = measured[measured.index("## The same day beside Orekit"):].split("\n\n")[2]
    assert "Orekit" in section and section in shown, "run benchmarks/validation.py"
    assert "](benchmarks.md)" in shown


# ---------------------------------------------------------------- docs/mission-file.md

def test_its_pieces_make_a_mission_that_loads(tmp_path):
    head, elements, state, _, people, free, raised, visit, walk = blocks(HOUSE / "docs" / "mission-file.md", "toml")
    assert "[elements]" in elements and "RTN" in free
    steps = """
[steps.launch]
phase = "ascent"
ship = "visitor"
launcher = "soyuz-fg"
pad = "baikonur-1-5"
profile = "soyuz-four-orbit"
then.done = "raise"

[steps.approach]
phase = "rendezvous"
ship = "visitor"
profile = "soyuz-four-orbit"
port = "rassvet-nadir"
then.done = "visit"
then.missed_burn = "end"
"""
    path = tmp_path / "visit.toml"
    path.write_text("\n".join((head, state, people, free, raised, visit, walk, steps)), encoding="utf-8")
    mission = load_mission(path)
    assert mission.steps["walk"].plan.tasks[0].gives and mission.ship_starts["visitor"].frame.name == "RTN"


def test_its_table_of_phases_is_that_of_the_program():
    rows = {row[0]: row[1:] for row in re.findall(r"(?m)^\| `(\w+)` \| (.*?) \| (.*?) \| (.*?) \|$", MISSION_FILE)}
    assert list(rows) == list(PHASES)
    for name, (endings, must, may) in rows.items():
        plan = [f for f in fields(PHASES[name].Plan) if f.name not in GIVEN]
        needed = {f.name for f in plan if f.default is MISSING and f.default_factory is MISSING}
        assert tuple(endings.split(", ")) == PHASES[name].ENDINGS
        told = set(must.replace(" or ", ", ").split(", "))
        assert (told == needed) or name == "stay"
        assert told | set(may.split(", ")) == {f.name for f in plan}, name


def test_every_blank_is_named():
    for module in PHASES.values():
        for f in fields(module.Plan):
            assert "Blank" not in str(f.type) or f"`{f.name}`" in MISSION_FILE


@pytest.mark.parametrize("name", missions())
def test_every_shipped_mission_loads_and_says_how_to_fly_it(name):
    assert load_mission(SHIPPED[name]).id == name
    assert f"fakel fly {name}" in SHIPPED[name].read_text(encoding="utf-8")


# ---------------------------------------------------------------- Python

def test_the_python_of_the_readme_flies(capsys):
    (code,) = blocks(HOUSE / "README.md", "python")
    exec(compile(code.replace("sochi-torch", "torch-return"), "README.md", "exec"), {})
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()] == [
        ["undock", "done"], ["deorbit", "done"], ["entry", "guided"], ["landing", "done"]]


def test_the_python_of_the_flight_folder_reads(tmp_path, monkeypatch):
    (code,) = blocks(HOUSE / "docs" / "flight-folder.md", "python")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(shipped_folder("torch-walk"), "flights/sochi-torch")
    names: dict[str, object] = {}
    exec(compile(code.replace("soyuz-tma-11m", "station"), "flight-folder.md", "exec"), names)
    assert names["complaints"] == () and names["position_m"].shape == (1, 3)


def test_the_way_home_page_runs(tmp_path, monkeypatch, capsys):
    from landing_sets import set_file
    page = HOUSE / "docs" / "way-home.md"
    monkeypatch.chdir(tmp_path)
    set_file(1, tmp_path).rename("iss.tle")
    (code,), names = blocks(page, "python"), {}
    exec(compile(code, "way-home.md", "exec"), names)
    assert {one.zone.id for one in names["found"].opportunities} >= {"zhezkazgan"}
    first, month = (shlex.split(line)[1:] for line in blocks(page, "")[0].splitlines()[:2])
    assert main(first) == 0 and '"burn_start_utc": "2013-11-11T01:55:' in capsys.readouterr().out
    short = [word.replace("2013-12-12", "2013-11-14") for word in month]
    assert main(short) == 0
    assert all((tmp_path / f"landings.{kind}").stat().st_size > 1000 for kind in ("svg", "ics", "csv"))
