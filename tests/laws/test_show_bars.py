"""Bars of the timeline lie where they belong: no two days at once, none outside its leg, one holder at each instant."""

from itertools import pairwise

import numpy as np
import pytest

from fakel.show.bars import day_and_night, runs
from fakel.show.words import Words
from make_flight import START, channel, make_flight
from shows import shown

WORDS = Words({})


@pytest.fixture(scope="module")
def scene():
    return shown(make_flight())[0]


def on(scene, track):
    return sorted((bar for bar in scene["bars"] if bar["track"] == track), key=lambda bar: bar["from_s"])


def test_it_is_day_or_night_and_never_both(scene):
    bars = on(scene, "light")
    assert {bar["kind"] for bar in bars} == {"day", "night"}
    for before, after in pairwise(bars):
        assert before["to_s"] <= after["from_s"] + 1e-6


def test_every_bar_lies_inside_the_flight(scene):
    for bar in scene["bars"]:
        assert -1e-6 <= bar["from_s"] <= bar["to_s"] <= scene["end_s"] + 1e-6, bar
        assert bar["track"] in {track["id"] for track in scene["tracks"]}


def test_an_item_has_one_holder_at_every_instant(scene):
    held = [row for row in scene["holdings"] if row["item"] == "torch"]
    bars = on(scene, "item-torch")
    assert [bar["who"] for bar in bars] == [[row["holder"]] for row in held]
    assert all(before["to_s"] == after["from_s"] for before, after in pairwise(bars))


def test_a_switch_changes_half_way_between_its_samples():
    switch = channel("station.sunlit", "", 100.0, np.arange(6) * 60.0, [0, 1, 1, 0, 0, 1])
    assert list(runs(switch, START)) == [(130.0, 250.0), (370.0, 400.0)]


def test_nights_fill_what_days_leave():
    rows = day_and_night([(10.0, 20.0), (30.0, 60.0)], 0.0, 50.0, WORDS)
    assert [(r["kind"], r["from_s"], r["to_s"]) for r in rows] == [
        ("night", 0.0, 10.0), ("day", 10.0, 20.0), ("night", 20.0, 30.0), ("day", 30.0, 50.0)]
