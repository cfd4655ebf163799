"""Passes over ground stations and relays against Orekit's own SGP4, frames and detectors (make_orekit_coverage.py)."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from fakel.api.coverage import coverage
from fakel.api.track import Track, arc_of
from fakel.estimate.elements import satrec_from_lines, sgp4_gcrf
from fakel.model.contact import REASONS
from fakel.model.epoch import Epoch, Window
from fakel.model.place import Network, Relay, Site
from fakel.plan.seen_path import small_world

MADE = json.loads((Path(__file__).parent / "orekit" / "coverage.json").read_text())
START = Epoch.utc(MADE["start_utc"])
WINDOW = Window(START, START + MADE["hours"] * 3600.0)
# Orekit's TEME leaves the corrections of the old nutation out and its ITRF has ocean tides off: some metres of 7 km/s.
NEAR_S = 0.02


def site(row):
    table = tuple((math.radians(a), math.radians(e)) for a, e in row.get("terrain_deg", ()))
    return Site(row["id"], "ground", row["id"], math.radians(row["latitude_deg"]), math.radians(row["longitude_deg"]),
                row["height_m"], "", "", elevation_mask_rad=math.radians(row.get("mask_deg", -1.0)),
                terrain_mask_rad=table)


@pytest.fixture(scope="module")
def path():
    world = small_world(WINDOW)
    t_s = np.arange(0.0, WINDOW.duration_s + 1.0, 30.0)
    states = sgp4_gcrf(satrec_from_lines(*MADE["station"]), world, t_s)
    return Track("station", "SGP4", (arc_of("station", START, t_s, states),), world)


def edges(passes):
    """As Orekit tells events: seconds, and 1 where the craft comes into view."""
    found = [(p.window.start - START, 1) for p in passes if p.begins != "data"]
    return sorted(found + [(p.window.stop - START, 0) for p in passes if p.ends != "data"])


def compare(found, events, near_s):
    ours = edges(found)
    assert [kind for _, kind in ours] == [kind for _, kind in events]
    off = [abs(a - b) for (a, _), (b, _) in zip(ours, events, strict=True)]
    assert len(off) > 10 and max(off) < near_s, max(off)
    return max(off)


@pytest.mark.parametrize("row", MADE["ground"], ids=[row["id"] for row in MADE["ground"]])
def test_passes_over_ground_stations_begin_and_end_as_orekit_says(path, row):
    network = Network("test", "test", (site(row),), (), 0.0, 0.0, "")
    found = coverage(path, network).passes
    compare(found, row["events"], NEAR_S)
    assert {p.begins for p in found} <= {"mask", "terrain", "data"} <= set(REASONS)


@pytest.mark.parametrize("row", MADE["relays"], ids=[row["id"] for row in MADE["relays"]])
def test_relays_are_in_reach_when_orekit_says(path, row):
    relay = Relay(row["id"], row["id"], "", "", "", elements=tuple(row["lines"]))
    network = Network("test", "test", (), (relay,), 0.0, row["grazing_height_m"], "")
    compare(coverage(path, network).passes, row["events"], NEAR_S)
