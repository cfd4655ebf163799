"""What cannot be breathed is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

import fakel as package
from flights import fakel

CABIN = Path(package.__file__).parent / "data" / "cabins" / "iss-2013-11.toml"


def changed(tmp_path, old, new):
    text = CABIN.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "own.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(("old", "new", "said"), [
    ('between = ["zvezda", "pirs"]', 'between = ["zvezda", "nowhere"]', "'nowhere', which is no room"),
    ('between = ["zvezda", "pirs"]', 'between = ["zvezda", "zvezda"]', "to itself"),
    ("flow_m3_s = 0.0075", "flow_m3_s = 0", "cleans nothing"),
    ("efficiency = 0.75", "efficiency = 1.2", "efficiency = 1.2 cannot be"),
    ("volume_m3 = 75.0", "volume_m3 = -75.0", "volume_m3 = -75 cannot be"),
    ("leak_kg_s = 2.627e-6", "leak_kg_s = -1", "is negative"),
    ("o2_pa = 21400", "o2_pa = 121400", "oxygen cannot be above 100 %"),
    ("co2_mmhg = 2.5", "co2_mmhg = 700", "its gases are more than"),
    ("zvezda = 0.35", "zvezda = 0.5", "they must make 1"),
    ("zvezda = 0.35", "attic = 0.35", "'attic', which is no room"),
    ("none_pa = 21900", "none_pa = 20000", "must be above full_pa"),
    ('room = "tranquility"', 'room = "cellar"', "'cellar', which is no room"),
])
def test_a_cabin_that_cannot_be_is_told_in_one_line(tmp_path, old, new, said):
    run = fakel("air", "--cabin", changed(tmp_path, old, new), "--people", "3")
    assert run.code == 2 and said in run.err and run.err.count("\n") == 1 and "Traceback" not in run.err


@pytest.mark.parametrize(("words", "said"), [
    (("--people", "-1"), "--people -1 is negative"),
    (("--volume", "-5"), "--volume -5 cannot be"),
    (("--volume", "nan"), "--volume nan cannot be"),
    (("--oxygen", "120"), "--oxygen 120 cannot be"),
    (("--watts", "0"), "--watts 0 cannot be"),
    (("--hours", "inf"), "--hours inf cannot be"),
    (("--off", "vozduh"), "vozduh"),
    (("--shut", "backdoor"), "backdoor"),
    (("--cabin", "mir"), "'mir' is not known"),
    (("leak", "--hole", "-3"), "a hole of -3 mm cannot be"),
    (("leak", "--room", "attic"), "attic"),
    (("leak", "--evacuate", "0"), "--evacuate 0 cannot be"),
    (("no-such-flight",), "no-such-flight"),
])
def test_a_question_that_cannot_be_is_told_in_one_line(words, said):
    run = fakel("air", *words)
    assert run.code == 2 and said in run.err and run.err.count("\n") == 1 and "Traceback" not in run.err
