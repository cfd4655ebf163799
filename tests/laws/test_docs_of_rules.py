"""The examples of docs/rules.md do what the page says."""

import contextlib
import io
import re
from pathlib import Path

from fakel.load import folder
from fakel.rules import judge, read_rules
from fakel.rules.words import WORDS
from walks import flight, flown

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")


def block(language):
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.S)[1]


def test_the_example_runs_and_judges_as_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    leg = flown()
    folder.begin(Path("flights/torch-walk"), flight(leg).mission, {}, replace=True)
    folder.write_leg(Path("flights/torch-walk"), leg)
    folder.finish(Path("flights/torch-walk"), (), {}, complete=True)
    Path("own.toml").write_text(block("toml"), encoding="utf-8")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(block("python"), "docs/rules.md", "exec"), {})
    own = [line for line in said.getvalue().splitlines() if "| OWN-" in line]
    assert own == ["pass | OWN-1 | 75 min; the rule says at most 80 min | hatch_open to hatch_closed",
                   "fail | OWN-2 | 0.8874 kg; the rule says at least 1 kg | suit.kotov.oxygen_kg"]


def test_the_example_over_time_runs_too(tmp_path):
    (tmp_path / "own.toml").write_text(re.findall(r"```toml\n(.*?)```", PAGE, re.S)[1], encoding="utf-8")
    (found,) = judge(flight(flown()), read_rules(tmp_path / "own.toml"))
    assert (found.rule, found.status.value, found.channel) == ("OWN-3", "pass", "airlock.pirs.pressure_pa")
    assert (found.limit, found.unit) == (0.1, "kPa")


def test_every_word_is_on_the_page():
    assert {word for word in WORDS if f"{word}(" not in PAGE and f"`{word}`" not in PAGE} == set()
