"""Every command and the Python of docs/fire.md runs, and its pictures and numbers are whole."""

import json
import re
import shlex
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from flights import fakel

PAGE = (Path(__file__).parents[2] / "docs" / "fire.md").read_text(encoding="utf-8")
COMMANDS = [line for line in re.findall(r"(?m)^fakel (burn.*)$", PAGE)
            if "--flight" not in line and "--plot" not in line]


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_of_the_page_run(line):
    done = fakel(*shlex.split(line))
    assert done.code == 0 and done.err == "" and len(done.out) > 300
    assert max(len(row) for row in done.out.splitlines()) <= 120 or "--json" in line


def test_the_python_of_the_page_runs(capsys):
    code = re.findall(r"(?ms)^```python\n(.*?)^```", PAGE)[0]
    exec(compile(code, "fire.md", "exec"), {})
    told = capsys.readouterr().out
    assert "It would burn" in told and "9.63" in told and "Soyuz TMA-11M" in told


def test_picture_and_json(tmp_path):
    file = tmp_path / "flame.svg"
    done = fakel("burn", "--fuel", "propane", "--mass-g", "100", "--place", "pirs", "--hours", "3", "--json", "--plot",
                 str(file))
    told = json.loads(done.out)
    assert [s["name"] for s in told["scenarios"]] == ["hatches closed", "hatches open",
                                                      "hatches open, fans off at the alarm"]
    assert told["rules"][0] == "FLAME"
    paths = ElementTree.parse(file).getroot().findall("{http://www.w3.org/2000/svg}path")
    assert sum(p.get("class") == "k0" for p in paths) == 10                 # five panels, two spans
    assert "NaN" not in done.out and "nan" not in file.read_text(encoding="utf-8")
    again = fakel("burn", "--plot", str(file))
    assert again.code == 2 and again.err.strip().endswith("is there already; give another name or --replace")


def test_a_flame_burns_nowhere_outside_and_breaks_no_rule_on_the_ground():
    outside, ground = (json.loads(fakel("burn", "--place", place, "--json").out) for place in ("outside", "ground"))
    assert outside["answer"].startswith("It cannot burn") and outside["scenarios"] == outside["rules"] == []
    assert ground["answer"].startswith("Yes") and ground["rules"] == []
    assert ground["air_m3"] == pytest.approx(1.3, abs=0.05)


@pytest.mark.parametrize("options", ["--o2-percent 0", "--o2-percent 12", "--mass-g 0"])
def test_what_cannot_burn_changes_no_air(options):
    told = json.loads(fakel("burn", *options.split(), "--json").out)
    assert told["scenarios"] == told["rules"] == [] and len(told["why"]) == 1
