"""A page that plays for long and jumps about does not grow: memory, elements, and what the graphics card holds."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from browsing import Visit
from fakel.load.folder import read_flight
from moments import Moment, moments

SIZE = (480, 320)
MB = 1e6
FEW = 4
"""What is drawn for the first time while time runs may come a round later: 132 geometries become 134, and stay."""
MOST_PROGRAMS = 36
"""Each kind of surface and light compiles once, when it is first seen: 29 in all."""


@dataclass(frozen=True)
class Held:
    """What a page holds after its rubbish was collected."""

    heap_bytes: int
    nodes: int
    listeners: int
    geometries: int
    textures: int
    programs: int


def held(seen: Visit, devtools: Any, here: Moment) -> Held:
    """Always at the same instant, as different things are drawn at different ones."""
    seen.at(here.utc, here.view)
    for _ in range(2):                                    # the second takes what the first has let go of
        devtools.send("HeapProfiler.collectGarbage")
    heap, dom = devtools.send("Runtime.getHeapUsage"), devtools.send("Memory.getDOMCounters")
    stat = seen.page.evaluate("fakel.stat()")
    return Held(int(heap["usedSize"]), dom["nodes"], dom["jsEventListeners"], stat["geometries"], stat["textures"],
                stat["programs"])


def go_round(seen: Visit, stops: list[Moment], each_s: float) -> None:
    """Jump to every stop and play on from there at the rate of the link."""
    for stop in stops:
        seen.at(stop.utc, stop.view)
        seen.page.keyboard.press("Space")
        seen.page.wait_for_timeout(each_s * 1000)
    seen.page.keyboard.press("Space")


def played(visit: Any, mission: Any, stops: slice, each_s: float, wall_s: float) -> list[Held]:
    """What the page holds after each round through the mission at 100x."""
    seen = visit("lang=en&rate=100&view=chase", SIZE, flown="sochi-torch")
    seen.whole()
    devtools = seen.page.context.new_cdp_session(seen.page)
    devtools.send("HeapProfiler.enable")
    all_stops = moments(read_flight(mission)[0])
    found, end = [], time.monotonic() + wall_s
    while time.monotonic() < end or len(found) < 3:
        go_round(seen, all_stops[stops], each_s)
        found.append(held(seen, devtools, all_stops[-1]))
    return found


def test_a_page_that_plays_and_jumps_does_not_grow(visit, mission):
    """The first round draws everything once and fills what is kept on purpose; after it nothing may be added."""
    _, first, *_, last = played(visit, mission, slice(None, None, 2), 0.4, 0.0)
    assert last.geometries <= first.geometries + FEW and last.textures <= first.textures + FEW
    assert last.programs <= MOST_PROGRAMS
    assert last.listeners <= first.listeners + 10 and last.nodes <= first.nodes * 1.1
    assert last.heap_bytes < first.heap_bytes + 2 * MB


@pytest.mark.campaign
def test_ten_minutes_of_replay_at_100_times_do_not_grow(visit, mission):
    """Seventeen hours of flight, a jump every two seconds; the line through the later rounds must be flat."""
    _, *rounds = played(visit, mission, slice(None), 2.0, 600.0)
    heap = np.array([one.heap_bytes for one in rounds]) / MB
    slope = np.polyfit(np.arange(len(heap)), heap, 1)[0]
    print(f"{len(rounds)} rounds, heap {heap[0]:.1f} to {heap[-1]:.1f} MB, {slope * 1000:.0f} kB a round, {rounds[-1]}")
    assert abs(slope) * len(heap) < 2.0, f"{slope:.3f} MB a round"
    for name in ("geometries", "textures"):
        assert getattr(rounds[-1], name) <= getattr(rounds[0], name) + FEW, name
    assert rounds[-1].programs <= MOST_PROGRAMS
    assert rounds[-1].nodes <= rounds[0].nodes * 1.1 and rounds[-1].listeners <= rounds[0].listeners + 10
