"""Folders that are torn or cannot be written, and terminals that go away: told in one line, without a traceback."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import fakel as package
from flights import copy_of, fakel, shipped_folder

FAKEL = (sys.executable, "-m", "fakel")
HERE = dict(os.environ, PYTHONPATH=str(Path(package.__file__).parents[1]))     # the same fakel from any folder


@pytest.fixture(scope="module")
def landing():
    """A flight of four legs."""
    return shipped_folder("torch-return")


@pytest.fixture
def torn(landing, tmp_path):
    return shutil.copytree(landing, tmp_path / "torn")


def one_line(run, part):
    assert run.code == 2 and run.out == ""
    assert run.err.count("\n") == 1 and part in run.err, run.err


@pytest.mark.parametrize("words, part", [
    (("fly", "torch-walk", "--out", "{file}"), "is a file; give a folder to --out"),
    (("fly", "torch-walk", "--out", "{file}/deeper"), "file is a file; give --out another folder"),
    (("fly", "torch-walk", "--out", "{full}"), "is not empty and holds no flight; give --out another folder"),
    (("plan", "torch-walk", "--out", "{full}"), "is a folder; give a file to --out, such as "),
    (("plan", "torch-walk", "--out", "{file}"), "exists and is no mission file; give --out another file"),
    (("fly", "{file}/x.toml"), "x.toml: no such file; mend its name"),
    (("fly", "{full}"), "full: is a folder; give a .toml file"),
    (("fly", "{latin}"), "is not valid TOML: byte 7 is not UTF-8; save it as UTF-8 text"),
    (("check", "{file}"), "file: is a file; give the folder of a flight"),
    (("report", "{full}"), "holds no flight (no flight.json); give a folder that fakel fly wrote"),
])
def test_a_path_that_cannot_be_used(words, part, tmp_path):
    full, file, latin = tmp_path / "full", tmp_path / "file", tmp_path / "latin.toml"
    full.mkdir()
    (full / "diary.txt").write_text("mine")
    file.write_text("mine")
    latin.write_bytes('id = "\xe9"'.encode("latin-1"))
    one_line(fakel(*(word.format(full=full, file=file, latin=latin) for word in words)), part)
    assert file.read_text() == (full / "diary.txt").read_text() == "mine"


def test_a_plan_does_not_write_over_the_mission_it_is_made_of(tmp_path):
    path, _ = copy_of("torch-walk", tmp_path)
    one_line(fakel("plan", path, "--out", path), "is the mission itself, whose blanks would be lost")


@pytest.mark.parametrize("index, part", [
    ("[]", "flight.json: is not the index of a flight"),
    ('{"format": 1}', "flight.json: is torn (no mission, made_by, legs, complete); fly the mission again"),
    ('{"format": 99}', "has format 99, this program reads format 1; fly the mission again"),
    ('{"format": 1, "leg', "flight.json: is torn ("),
])
def test_a_torn_index(torn, index, part):
    (torn / "flight.json").write_text(index)
    one_line(fakel("check", torn), part)


def test_the_good_legs_of_a_torn_flight_are_judged_and_told(torn):
    gone, cut = torn / "legs" / "03-entry.npz", torn / "legs" / "02-deorbit.npz"
    gone.unlink()
    os.truncate(cut, 1000)
    run = fakel("check", torn)
    assert run.code == 0 and "pass     TOUCHDOWN-SPEED" in run.out
    assert run.err.splitlines() == [
        f"fakel: {cut}: leg deorbit cannot be read (its contents changed since it was written); the other legs are "
        "used",
        f"fakel: {gone}: is gone, and leg entry with it; the other legs are used",
        "fakel: this flight is not complete; only its whole legs are judged"]
    run = fakel("report", torn, "--out", torn / "again")
    assert run.code == 0 and (torn / "again" / "report.html").exists()


@pytest.mark.parametrize("leg", range(4))
def test_a_report_is_made_of_whatever_legs_are_left(torn, leg):
    sorted((torn / "legs").iterdir())[leg].unlink()
    assert fakel("report", torn).code == 0


def heed_ctrl_c():
    """What a shell starts in the background ignores Ctrl-C, and so does all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_keeps_the_good_legs(tmp_path):
    """Stopped in the leg after undocking; on a busy machine the signal may come a leg later."""
    flying = subprocess.Popen((*FAKEL, "fly", "torch-return", "--out", "half"), cwd=tmp_path, text=True, env=HERE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed_ctrl_c)
    told = []
    for line in flying.stderr:
        told.append(line)
        if line.startswith("undock "):
            break
    flying.send_signal(signal.SIGINT)
    out, err = flying.communicate(timeout=300)
    assert flying.returncode == 130 and out == "", "".join(told) + err
    assert "Traceback" not in err
    index = json.loads((tmp_path / "half" / "flight.json").read_text())
    legs = [leg["step"] for leg in index["legs"]]
    assert index["complete"] is False and legs == ["undock", "deorbit", "entry"][:len(legs)] != []
    assert err.splitlines()[-1] == f"fakel: stopped after {legs[-1]}; what was flown until then: fakel report half"
    run = fakel("report", tmp_path / "half")
    assert run.code == 0 and run.err == "fakel: this flight is not complete; only its whole legs are told\n"


def test_a_reader_that_goes_away_is_no_error(landing):
    run = subprocess.run(f"{sys.executable} -m fakel check {landing} | head -1", shell=True, capture_output=True,
                         text=True, env=HERE)
    assert run.stderr == "" and run.stdout.count("\n") == 1


def test_a_terminal_that_knows_ascii_alone(landing):
    plain = dict(HERE, PYTHONIOENCODING="ascii", LC_ALL="C")
    run = subprocess.run((*FAKEL, "check", landing), capture_output=True, env=plain)
    assert run.returncode == 0 and run.stderr == b"" and b"-------" in run.stdout


@pytest.mark.parametrize("words, said", [
    (("flyy",), "fakel: flyy is not a command; did you mean fly?; see: fakel --help\n"),
    (("fly",), "fakel fly: it needs MISSION; see: fakel fly --help\n"),
    (("new", "visit", "--date", "2014-05-28"),
     "fakel new visit: it needs --tle, --pad, --profile; see: fakel new visit --help\n"),
])
def test_a_command_that_is_none(words, said, capsys):
    from fakel.cli.main import main
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2 and capsys.readouterr().err == said


def test_an_older_flight_comes_back_when_its_successor_cannot_be_flown(tmp_path):
    path, text = copy_of("sochi-torch", tmp_path)
    out = shutil.copytree(shipped_folder("torch-walk"), tmp_path / "flight")
    before = {file.name: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    path.write_text(text.replace("duration_min = 40", "duration_min = 500"))
    refused = fakel("fly", path, "--out", out, "--replace", "--quiet")
    assert refused.code == 2
    assert "shorten the tasks" in refused.err
    assert {file.name: file.read_bytes() for file in out.rglob("*") if file.is_file()} == before


def test_of_two_flights_in_one_folder_the_second_stays_alone(tmp_path):
    out = shutil.copytree(shipped_folder("torch-return"), tmp_path / "flight")
    assert fakel("fly", "torch-walk", "--out", out, "--replace", "--quiet", "--no-report").code == 0
    assert sorted(file.name for file in out.iterdir()) == ["flight.json", "legs"]
