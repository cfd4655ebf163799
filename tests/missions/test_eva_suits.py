"""``fakel eva suits``, ``decompression`` and ``margins`` from the command line."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

from fakel.cli.main import main
from flights import shipped_folder


@pytest.fixture(scope="module")
def walk():
    return shipped_folder("torch-walk")


def told(capsys, *words):
    capsys.readouterr()
    assert main(["eva", *words]) == 0
    return capsys.readouterr().out


def test_a_suit_minute_by_minute(capsys):
    found = json.loads(told(capsys, "suits", "emu", "--watts", "372", "--json"))
    hours = {s["name"]: s["lasts_s"] / 3600 for s in found["stores"]}
    assert hours["CO2 absorber"] == pytest.approx(5.9, abs=0.05)
    assert hours["primary oxygen"] == pytest.approx(5.5, abs=0.05)
    minutes = found["minute_by_minute"]
    assert len(minutes["t_s"]) == len(minutes["oxygen_kg"]) == 7 * 60 + 1
    assert "sun_w" in found["assumed"] and found["numbers"]["leak_kg_s"]["confidence"] == "medium"


def test_a_number_of_ones_own_counts_and_is_no_longer_assumed(capsys):
    text = told(capsys, "suits", "orlan-mk", "--set", "co2_capacity_kg=0.5")
    assert "absorber's capacity" not in text.splitlines()[-1] and "given with --set" in text


def test_a_protocol_says_that_it_is_no_medical_advice(capsys):
    assert "limit of EMU: 1.65, EXCEEDED" in told(capsys, "decompression", "orlan-30", "--suit", "emu")
    text = told(capsys, "decompression", "orlan-30")
    assert "not medical advice" in text and "1.850 before venting" in text and "about 1.85" in text
    found = json.loads(told(capsys, "decompression", "isle", "--break", "130:3", "--json"))
    assert "not medical advice" in found["what"] and found["paid_back_s"] == 360.0
    assert found["airlock"]["id"] == "quest" and found["airlock"]["lost_kg"] == 1.82


def test_margins_of_a_flown_walk_and_their_picture(walk, capsys, tmp_path):
    target = tmp_path / "margins.svg"
    text = told(capsys, "margins", str(walk), "--plot", str(target), "--at", "30")
    assert "makes it" in text and "Trouble at minute 30" in text and "assumed (Orlan-MK)" in text
    root = ET.parse(target).getroot()
    assert root.tag.endswith("svg") and "Infinity" not in target.read_text(encoding="utf-8")
    found = json.loads(told(capsys, "margins", str(walk), "--json", "--case", "leak", "--set", "leak_kg_h=1.9"))
    assert {row["person"] for row in found["worst"]} == {"kotov", "ryazansky"}
    assert found["supposed"]["leak_kg_s"] == pytest.approx(1.9 / 3600)
    assert len(found["curves"][0]["inside_s"]) == len(found["minute"])
    assert main(["eva", "margins", str(walk), "--plot", str(target)]) == 2        # it is there already
