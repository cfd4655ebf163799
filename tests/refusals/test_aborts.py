"""Ways out that cannot be flown: one line that says where, what, and what to do."""

import pytest

from fakel.cli.main import main
from fakel.load.library import shipped


@pytest.fixture
def told(capsys):
    def run(*words):
        assert main(["aborts", *words]) == 2
        lines = [line for line in capsys.readouterr().err.splitlines() if "warning" not in line]
        assert len(lines) == 1
        return lines[0]
    return run


@pytest.mark.parametrize(("words", "said"), [
    (("--every", "0"), "--every = 0 s cannot be; write 0.1 to 10000"),
    (("--vehicle", "soyuz"), "--vehicle = 'soyuz' is not known; did you mean 'soyuz-fg'?"),
    (("--spacecraft", "shenzhou"), "no ways out are known for Shenzhou; give --ways FILE.toml"),
    (("--pad", "moon"), "--pad = 'moon' is not known"),
    (("--ways", "apollo"), "--ways = 'apollo' is not known"),
    (("--propellant", "9000"), "--propellant = 9000 kg of --mass = 7220 kg cannot be"),
    (("sochi-torch", "--pad", "baikonur-31-6"), "--pad is the mission's own; leave it out, or the mission"),
    (("torch-return",), "begins with undocking, not with an ascent; give a mission with a launch"),
    (("--liftoff", "tomorrow"), "--liftoff"),
    (("--csv", "/nowhere/at/all.csv"), "there is no folder /nowhere/at"),
    (("--map", "map.gif"), "a picture is an .svg or a .png"),
])
def test_refused_in_one_line(told, words, said):
    assert said in told(*words)


def test_a_second_after_cutoff(told):
    assert "--at = 900 s is not during the climb; it lasts from 0 to" in told("--at", "900")


@pytest.mark.parametrize(("old", "new", "said"), [
    ('until = "tower_jettison"', 'until = "lunch"', "until = 'lunch': Soyuz-FG has no such event; it has"),
    ("carries = { fairing_jettison = 0.6 }", "carries = { sofa = 1.0 }",
     "carries = 'sofa': Soyuz-FG has no such event"),
    ('descent = "lift"', 'descent = "prayer"', "descent = 'prayer' is not known; write one of: spin, lift"),
    ('until = "insertion"', 'until = "core_separation"', "the last is not open to the end"),
    ("burn_s = 3\n", "burn_s = 0\n", "burn_s = 0 pushes nobody"),
])
def test_ways_of_ones_own_are_checked(told, tmp_path, old, new, said):
    text = shipped("aborts", "soyuz.toml").read_text(encoding="utf-8")
    assert old in text
    folder = tmp_path / "aborts"
    folder.mkdir()
    (folder / "mine.toml").write_text(text.replace(old, new).replace('id = "soyuz"\n', 'id = "mine"\n'))
    assert said in told("--ways", str(folder / "mine.toml"), "--at", "10")


def test_files_are_not_written_over(told, tmp_path):
    file = tmp_path / "aborts.csv"
    file.write_text("mine")
    assert "is there already; give another name or --replace" in told("--csv", str(file))
    assert file.read_text() == "mine"


def test_ctrl_c_inside_compiled_code_stops_without_files(tmp_path, monkeypatch, capsys):
    """numba wraps it in a SystemError; any other such error is not hidden."""
    import fakel.api.aborts as api

    def wrapped(*_):
        raise SystemError("returned a result with an exception set") from reason
    monkeypatch.setattr(api, "study", wrapped)
    file = tmp_path / "a.csv"
    reason = KeyboardInterrupt()
    assert main(["aborts", "--every", "100", "--csv", str(file)]) == 130
    assert capsys.readouterr().err.splitlines()[-1] == "fakel: stopped" and list(tmp_path.iterdir()) == []
    reason = ValueError()
    with pytest.raises(SystemError):
        main(["aborts", "--every", "100"])


def test_a_ship_too_heavy_is_warned_of(capsys):
    """The study goes on: what the climb of such a rocket comes to has ways out, too."""
    assert main(["aborts", "--mass", "8500", "--at", "100"]) == 0
    assert "Soyuz-FG does not reach its orbit with 8500 kg: nothing is left to burn at" in capsys.readouterr().err


@pytest.mark.parametrize(("old", "new", "said"), [
    ("level = 0.5", "level = -5", "level = -5 from 0 s on cannot be"),
    ("area_m2 = 7.07", "area_m2 = -7", "area_m2 and drag_coefficient are more than 0"),
    ("tower_jettison = 1.0", "tower_jettison = 40", "carries tower_jettison = 40 is no share; write 0 to 1"),
    ("burn_s = 3", "burn_s = 300", "its motors burn 100060 kg, and all that holds them weighs 4400 kg"),
])
def test_ways_that_nobody_can_build(told, tmp_path, old, new, said):
    (tmp_path / "aborts").mkdir()
    text = shipped("aborts", "soyuz.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "aborts" / "mine.toml").write_text(text.replace(old, new))
    assert said in told("--ways", str(tmp_path / "aborts" / "mine.toml"), "--at", "10")
