"""``fakel eva`` says in one line what cannot be."""

import pytest

from fakel.cli.main import main
from fakel.model.outfit import HelmetCamera


def said(capsys, *words):
    assert main(["eva", *words]) == 2
    text = capsys.readouterr().err
    assert text.count("\n") == 1
    return text.removeprefix("fakel: ").rstrip("\n")


@pytest.mark.parametrize(("words", "line"), [
    (("decompression", "--oxygen", "20"),
     "a pre-breathe of 20 min is too short: Orlan, 30 min takes 30 min of oxygen; breathe it 10 min longer"),
    (("decompression", "isle", "--oxygen", "150"),
     "a pre-breathe of 150 min is too short: Light exercise in the suit (ISLE) takes 165 min of oxygen; breathe it 15 "
     "min longer"),
    (("decompression", "--vent", "5"),
     "airlock Pirs: after 5 min of venting 20892 Pa are left, and its hatch opens at 250 Pa or less; vent it 19.0 min"),
    (("decompression", "--break", "35:12"),
     "a break at 35 min of 12 min restarts the pre-breathe: more than 10 min; begin again, or take another protocol"),
    (("decompression", "--break", "5:2"),
     "a break at 5 min breaks no oxygen: that is 'Suit-up and checks in cabin air'; put it into an oxygen stage"),
    (("decompression", "--break", "500:2"),
     "a break at 500 min is not in the pre-breathe, which lasts 61 min; put it there"),
    (("decompression", "--break", "35:0"), "a break at 35 min cannot last 0 min; make it longer, or leave it out"),
    (("decompression", "--break", "35"), "--break 35: write AT:MIN in minutes, such as 20:5"),
    (("decompression", "orlan"), "protocol = 'orlan' is not known; did you mean 'orlan-30'?"),
    (("decompression", "--airlock", "quist"), "--airlock = 'quist' is not known; did you mean 'quest'?"),
    (("suits", "orlan"), "suit = 'orlan' is not known; did you mean 'orlan-mk'?"),
    (("suits", "--watts", "-3"), "--watts -3 cannot be; flown walks have 116 to 581"),
    (("suits", "--lit", "120"), "--lit 120 cannot be; write 0 to 100 percent"),
    (("suits", "--set", "leak_g_h=-10"), "--set leak_g_h=-10: -10 cannot be; write 0 or more"),
    (("suits", "--set", "oxygen_kg=nan"), "--set oxygen_kg=nan: nan cannot be; write 0 or more"),
    (("decompression", "--oxygen", "nan"), "--oxygen nan cannot be; write 0 or more minutes"),
    (("decompression", "--vent", "-5"), "--vent -5 cannot be; write 0 or more minutes"),
    (("suits", "--set", "leak_g_h=much"),
     "--set leak_g_h=much: 'much' is not a number; write NAME=VALUE such as leak_g_h=10"),
])
def test_one_line(capsys, words, line):
    assert said(capsys, *words) == line


@pytest.mark.parametrize(("words", "line"), [
    ((), "which walk? give a folder that fakel fly wrote, or --suit for a walk without a plan"),
    (("--suit", "emu", "--case", "fire"), "--case fire is not known; write one of: terminate, abort, carried, leak, "
     "absorber, fan, cooling, water, silence, stuck, item"),
    (("--suit", "emu", "--set", "react_min=soon"),
     "--set react_min=soon: 'soon' is not a number; write NAME=VALUE such as react_min=5"),
    (("--suit", "emu", "--set", "react_min=-1"), "--set react_min=-1: -1 cannot be; write 0 or more"),
    (("--suit", "emu", "--set", "carry_share=0"), "carry_share = 0 cannot be; write more than 0"),
    (("--suit", "emu", "--suit-set", "helmet_water_limit_l=-1"),
     "--suit-set helmet_water_limit_l=-1: -1 cannot be; write 0 or more"),
    (("--suit", "emu", "--minutes", "nan"), "--minutes nan cannot be; write more than 0"),
    (("--suit", "emu", "--minutes", "1e5"), "--minutes 100000 is longer than a day; write at most 1440"),
    (("--suit", "emu", "--way", "far"), "--way far: write minutes to the hatch, one number or two with a comma"),
    (("--suit", "emu", "--at", "900"), "--at 900 is not in the walk, which lasts 360 min"),
    (("--suit", "emu", "--watts", "0"), "--watts 0 cannot be; write more than 0"),
])
def test_margins_in_one_line(capsys, words, line):
    assert said(capsys, "margins", *words) == line


def test_an_unknown_supposition_lists_those_there_are(capsys):
    line = said(capsys, "margins", "--suit", "emu", "--set", "panic=1")
    assert line.startswith("--set panic=1: panic is not known; write one of: react_s, tidy_s,")


def test_shots_without_a_walk_are_refused_in_one_line(capsys, tmp_path):
    assert said(capsys, "shots", "torch-return") == (
        "torch-return: holds no spacewalk; give a mission or a flight that has one")
    assert said(capsys, "shots", "torch-wlak") == (
        "torch-wlak: no such mission file or shipped mission; did you mean torch-walk?")
    there = tmp_path / "list.csv"
    there.write_text("mine")
    assert said(capsys, "shots", "torch-walk", "--csv", str(there)) == (
        f"{there} is there already; give another name or --replace")
    assert there.read_text() == "mine"


def test_a_camera_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="camera: across_rad = 0 cannot be; write more than 0 and less than 180 deg"):
        HelmetCamera(across_rad=0.0)
    with pytest.raises(ValueError, match="camera: turn_rad = 2 cannot be; write more than 0 and less than 90 deg"):
        HelmetCamera(turn_rad=2.0)
