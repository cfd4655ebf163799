"""``fakel link`` and ``fakel downlink`` as people use them: an orbit of the reference station, text, JSON, files."""

import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

import fakel
from fakel.cli.main import main

TLE = Path(fakel.__file__).parent / "missions" / "iss-2013-11-06.tle"
WINDOW = ("--tle", TLE, "--from", "2013-11-09T12:00:00Z", "--to", "2013-11-09T18:00:00Z")
KU = ("link", "station-ku-return", "--set", "transmitter.eirp_dbw=53.4", *WINDOW)


def run(capsys, *words):
    assert main([str(word) for word in words]) == 0
    return capsys.readouterr().out


@pytest.fixture
def along(capsys):
    return json.loads(run(capsys, *KU, "--json"))


def test_a_budget_in_text_and_json(capsys):
    text = run(capsys, "link", "example-emwin-n")
    assert "C/N0 through the relay" in text and "closes: 7.66 dB left, 0 dB wanted" in text
    (found,) = json.loads(run(capsys, "link", "example-emwin-n", "--json"))
    assert found["closes"] and found["margin_db"] == pytest.approx(7.66, abs=0.01)
    assert {line["key"] for line in found["lines"]} >= {"hops.1.free_space", "hops.2.c_n0", "c_n0", "margin"}


def test_the_list_names_every_link(capsys):
    from fakel.load.library import Library
    from fakel.model.radio import Link
    assert {row["id"] for row in json.loads(run(capsys, "link", "--json"))} == set(Library().paths(Link))


def test_the_margin_along_passes_is_that_of_each_range(along):
    assert {p["with"] for p in along["passes"]} == {"tdrs-east", "tdrs-west", "tdrs-zone"}
    for one in along["passes"]:
        distance = np.array(one["range_m"])
        # 53.4 - 0.5 - 0.2 + 24.4 + 228.599 - 20 log(4 pi r f / c): the file's numbers, by hand
        by_hand = 53.4 - 0.7 + 24.4 + 228.599 - 20 * np.log10(4 * np.pi * distance * 15.0034e9 / 299_792_458.0)
        assert np.abs(by_hand - one["c_n0_db_hz"]).max() < 1e-3                 # k to three decimals
        fast = by_hand - 10 * np.log10(300e6) - 9.588 >= 3.0
        rate = np.array(one["bit_rate_bit_s"])
        assert np.mean(rate == np.where(fast, 300e6, 50e6)) > 0.98              # but for samples at the very edge
        assert one["bits"] == pytest.approx(np.sum(np.minimum(rate[1:], rate[:-1]) * np.diff(one["t_s"])))


def test_worst_and_best_are_the_ends_of_what_the_passes_show(capsys, along):
    margins = [m for p in along["passes"] for m in p["margin_db"]]
    for at, wanted in (("worst", min(margins)), ("best", max(margins))):
        assert json.loads(run(capsys, *KU, "--at", at, "--json"))["margin_db"] == pytest.approx(wanted)
    some = along["passes"][1]["from"]
    assert run(capsys, *KU, "--at", some).startswith("station-ku-return: Ku band")


def test_samples_and_picture_are_written(capsys, tmp_path, along):
    table, picture = tmp_path / "ku.csv", tmp_path / "ku.svg"
    run(capsys, *KU, "--csv", table, "--plot", picture)
    rows = list(csv.DictReader(table.open()))
    assert len(rows) == sum(len(p["t_s"]) for p in along["passes"])
    assert ET.fromstring(picture.read_text()).tag.endswith("svg") and "tdrs-zone" in picture.read_text()
    assert main([str(word) for word in (*KU, "--csv", table)]) == 2
    assert "is there already" in capsys.readouterr().err


def test_a_ground_station_in_clear_air(capsys):
    day = ("--tle", TLE, "--from", "2013-11-09", "--to", "2013-11-09T12:00:00Z")
    one = ("--only", "shchyolkovo", "--no-weather")
    found = json.loads(run(capsys, "link", "example-s-band-5m", *day, *one, "--json"))
    assert len(found["passes"]) == 5                                             # as fakel coverage counts them
    for one in found["passes"]:
        assert min(one["elevation_deg"]) >= 4.99
        middle = int(np.argmin(one["range_m"]))
        assert one["margin_db"][middle] == max(one["margin_db"])


CAMERAS = """
title = "cameras"
source = "test"
storage_gbyte = 2
[[recordings]]
name = "one"
start = 2013-11-09T13:00:00Z
stop = 2013-11-09T14:00:00Z
bit_rate_mbit_s = 3
priority = 2
[[recordings]]
name = "two"
start = 2013-11-09T13:00:00Z
stop = 2013-11-09T14:00:00Z
bit_rate_mbit_s = 3
"""


def test_recordings_come_down_over_a_link(capsys, tmp_path):
    file, picture = tmp_path / "cameras.toml", tmp_path / "down.svg"
    file.write_text(CAMERAS)
    link = ("--link", "station-ku-return", "--set", "transmitter.eirp_dbw=60", *WINDOW)
    words = ("downlink", file, *link, "--share", "0.01")
    found = json.loads(run(capsys, *words, "--json", "--plot", picture))
    assert ET.fromstring(picture.read_text()).tag.endswith("svg")
    # 10.8 Gbit each at 3 Mbit/s (1 % of 300, one relay or another always in reach): an hour each, the urgent first
    done = {r["name"]: r["complete"] for r in found["recordings"]}
    assert done == {"two": "2013-11-09T15:00:00.000Z", "one": "2013-11-09T16:00:00.000Z"}
    assert found["most_bit"] == pytest.approx(21.6e9)
    assert found["overflow"] == "2013-11-09T13:44:26.667Z"                      # 16 Gbit at 6 Mbit/s
    assert "overflow    from 2013-11-09T13:44:27Z" in run(capsys, *words)
