"""What a campaign of dispersed flights cannot use, in one line each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispersions import NAVIGATION
from fakel.api.disperse import disperse
from fakel.campaign.rendezvous import case_of
from fakel.load.library import Library
from fakel.load.mission import load_mission, missions
from fakel.model.errors import InputError
from fakel.model.navigation import Fault, Navigation
from fakel.plan.start import mission_world
from flights import fakel

SOCHI = str(missions()["sochi-torch"])
TEXT = (missions()["sochi-torch"].parents[1] / "data" / "navigation" / "soyuz-2013.toml").read_text()


def refused(*words: str) -> str:
    run = fakel("rendezvous", "disperse", *words)
    assert run.code == 2 and run.err.count("\n") == 1
    return run.err


def test_numbers_that_cannot_be():
    assert "--runs 0 cannot be; write 1 to 1000000" in refused("sochi-torch", "--runs", "0")
    assert "--workers 0 cannot be" in refused("sochi-torch", "--workers", "0")
    assert "--seed -1 is negative" in refused("sochi-torch", "--seed", "-1")
    assert "--missed-share 2 is no share" in refused("sochi-torch", "--missed-share", "2")
    with pytest.raises(InputError, match="--runs 0 cannot be"):
        disperse("sochi-torch", runs=0)


def test_dispersions_that_are_not_there():
    line = refused("sochi-torch", "--dispersions", "soyuz-2012", "--runs", "1", "--quiet")
    assert "--dispersions = 'soyuz-2012' is not known; did you mean 'soyuz-2013'?" in line


def test_a_run_of_no_campaign():
    run = fakel("fly", SOCHI, "--run", "3")
    assert run.code == 2 and "--run says which flight of a dispersed mission; write --dispersions soyuz-2013" in run.err


def test_a_folder_of_another_campaign(tmp_path):
    (tmp_path / "campaign.json").write_text('{"seed": 1}')
    assert "holds the flights of another campaign" in refused("sochi-torch", "--out", str(tmp_path), "--quiet")


@pytest.mark.parametrize(("old", "new", "told"), [
    ("height_speed_correlation = -0.9", "height_speed_correlation = -1.9", "height_speed_correlation = -1.9 is none"),
    ("along_m = 500", "along = 500", "along = 500 has no unit; write along_m"),
    ('network = "iss-2013"', 'network = "iss-2031"', "'iss-2031' is not known"),
    ("[insertion]", '[[faults]]\nsensor = "sonar"\noffset_m = 1\n\n[insertion]', "sensor = 'sonar' is not known"),
])
def test_a_navigation_file_that_cannot_be(tmp_path, old, new, told):
    folder = tmp_path / "navigation"
    folder.mkdir()
    assert old in TEXT
    (folder / "mine.toml").write_text(TEXT.replace(old, new, 1).replace('id = "soyuz-2013"', 'id = "mine"'))
    with pytest.raises(InputError) as complaint:
        Library(tmp_path).find(Navigation, "mine", "--dispersions")
    assert told in str(complaint.value) and "\n" not in str(complaint.value)


def test_a_fault_of_a_sensor_that_is_none():
    with pytest.raises(InputError, match="write one of: radar, tracking"):
        Fault("sonar", 1.0)


def test_a_mission_without_a_climb():
    mission = load_mission(missions()["sochi-torch"])
    steps = {**mission.steps, "approach": replace(mission.steps["approach"], then={"done": "end",
                                                                                   "missed_burn": "end"})}
    with pytest.raises(InputError, match="a campaign flies phasing, rendezvous and docking"):
        case_of(replace(mission, steps=steps), mission_world(mission), NAVIGATION, 1)
