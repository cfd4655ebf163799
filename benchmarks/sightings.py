"""Passes of the station over many places beside Skyfield (and brahe), in turn. Prints a table.

Run: python benchmarks/sightings.py [rounds]. Needs ``pip install ".[peers]"``: skyfield with skyfield-data (DE421, so
that nothing is downloaded), brahe if there. 100 random places, ten days, all passes above 10 degrees, and which of them
can be seen. ``--fixture FILE`` writes Skyfield's passes of ten places for the tests; ``--process NAME`` is one process
of the second table: start of Python to answer, compiled code cached.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

LINES = ("1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002",
         "2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788")
"""The station on the eve of the visit (NASA/JSC, 2013-11-06)."""
START, DAYS, MASK_DEG = datetime(2013, 11, 6, 12, tzinfo=UTC), 10, 10.0
SUN_DEG = -6.0
Table = list[list[tuple[float, float, float, bool]]]
"""For each place its passes: rise, culmination, set (s after START), and whether it can be seen at culmination."""


def places_deg(count: int) -> np.ndarray:
    """Latitude and longitude (n, 2) of random places, even over the ground between 58 S and 58 N."""
    dice = np.random.default_rng(20131106)
    limit = np.sin(np.radians(58.0))
    return np.stack([np.degrees(np.arcsin(dice.uniform(-limit, limit, count))), dice.uniform(-180, 180, count)], axis=1)


def fakels(rules: str = "") -> Callable[[np.ndarray], Any]:
    """Ours: all passes and, in a second search, the visible ones (or by some rules alone); only arrays are made."""
    from fakel.estimate.elements import satrec_from_lines
    from fakel.load.place_list import made
    from fakel.model.epoch import Epoch, Window
    from fakel.model.sighting import RULES
    from fakel.plan.seen_path import path_of_elements
    from fakel.plan.sightings import find_sightings
    start = Epoch.from_civil(START.replace(tzinfo=None))

    def find(where: np.ndarray) -> Any:
        path = path_of_elements(satrec_from_lines(*LINES), "station", Window(start, start + DAYS * 86_400.0))
        places = [made(lat, lon, 0.0, f"{i}", "") for i, (lat, lon) in enumerate(where.tolist())]
        if rules:
            return find_sightings(path, places, RULES[rules])
        return find_sightings(path, places, RULES["all"]), find_sightings(path, places), path.world.seconds(start)
    return find


def skyfields() -> Callable[[np.ndarray], Table]:
    """Its own loop as its manual shows it: find_events, then light and the Sun at culmination."""
    from skyfield.api import EarthSatellite, Loader, wgs84
    from skyfield_data import get_skyfield_data_path
    load = Loader(get_skyfield_data_path(), expire=False, verbose=False)
    clock, planets = load.timescale(builtin=True), load("de421.bsp")
    earth, sun = planets["earth"], planets["sun"]
    first, last = clock.from_datetime(START), clock.from_datetime(START + timedelta(days=DAYS))

    def find(where: np.ndarray) -> Table:
        satellite, out = EarthSatellite(*LINES, "ISS", clock), []
        for lat, lon in where:
            site = wgs84.latlon(lat, lon)
            times, events = satellite.find_events(site, first, last, altitude_degrees=MASK_DEG)
            tops = times[events == 1]
            seen = (satellite.at(tops).is_sunlit(planets)
                    & ((earth + site).at(tops).observe(sun).apparent().altaz()[0].degrees < SUN_DEG))
            out.append(_joined((times - first) * 86_400.0, events, seen))
        return out
    return find


def _joined(t_s: np.ndarray, events: np.ndarray, seen: np.ndarray) -> list[tuple[float, float, float, bool]]:
    """Whole passes of a row of rises (0), culminations (1) and sets (2)."""
    found, tops = [], np.flatnonzero(events == 1)
    for number, i in enumerate(tops):
        if 0 < i < len(events) - 1 and events[i - 1] == 0 and events[i + 1] == 2:
            found.append((float(t_s[i - 1]), float(t_s[i]), float(t_s[i + 1]), bool(seen[number])))
    return found


def brahes() -> Callable[[np.ndarray], Table]:
    """Its compiled search for access windows; no light."""
    import brahe as bh
    bh.set_global_eop_provider(bh.StaticEOPProvider.from_zero())
    first = bh.Epoch.from_datetime(START.year, START.month, START.day, START.hour, 0, 0.0, 0.0, bh.TimeSystem.UTC)

    def find(where: np.ndarray) -> Table:
        satellite = bh.SGPPropagator.from_tle(*LINES, 60.0)
        sites = [bh.PointLocation(float(lon), float(lat), 0.0).with_name(str(i)) for i, (lat, lon) in enumerate(where)]
        out: Table = [[] for _ in sites]
        for window in bh.location_accesses(sites, [satellite], first, first + DAYS * 86_400.0,
                                           bh.ElevationConstraint(min_elevation_deg=MASK_DEG)):
            out[int(window.location_name)].append((window.start - first, np.nan, window.end - first, False))
        return out
    return find


TOOLS: dict[str, Callable[[], Callable[[np.ndarray], Any]]] = {
    "fakel": fakels, "skyfield": skyfields, "brahe": brahes}


def apart(found: Any, table: Table) -> dict[str, Any]:
    """How far a peer's passes are from ours: largest and median difference of rise, culmination and set (s); passes
    that only one of the two has, but for those at the edges of the window."""
    every, visible, start_s = found
    off: list[list[float]] = [[], [], []]
    lost, ours_only = [], 0
    for number, passes in enumerate(table):
        rows = every.rows[every.rows[:, 0] == number]
        mine = rows[:, [6, 7, 8]] - start_s
        taken = set()
        for rise, top, fall, _ in passes:
            middle = 0.5 * (rise + fall)
            best = int(np.argmin(np.abs(0.5 * (mine[:, 0] + mine[:, 2]) - middle)))
            if abs(0.5 * (mine[best, 0] + mine[best, 2]) - middle) > 60.0:
                lost.append((number, rise, fall - rise))
                continue
            taken.add(best)
            for column, theirs in enumerate((rise, top, fall)):
                off[column].append(float(mine[best, column]) - theirs)
        whole = [k for k in range(len(rows)) if mine[k, 0] > 0 and mine[k, 2] < DAYS * 86_400.0]
        ours_only += sum(k not in taken for k in whole)
    seen = sum(one[3] for passes in table for one in passes)
    tops = every.rows[:, 7]
    mine_seen = sum(bool(np.any((visible.rows[:, 0] == p) & (visible.rows[:, 1] <= t) & (visible.rows[:, 3] >= t)))
                    for p, t in zip(every.rows[:, 0], tops))
    return {"passes": sum(map(len, table)), "ours": len(every), "lost": lost, "ours_only": ours_only, "seen": seen,
            "ours_seen": mine_seen, "median_s": [float(np.median(np.abs(x))) for x in off],
            "worst_s": [float(np.max(np.abs(x))) for x in off]}


def in_turn(rounds: int) -> None:
    where, tools = places_deg(100), {}
    for name, make in TOOLS.items():
        try:
            tools[name] = make()
        except ImportError as error:
            print(f"{name} is left out: {error}")
    found = {name: tool(where) for name, tool in tools.items()}            # warm, and compiled
    spent: dict[str, list[float]] = {name: [] for name in tools}
    for _ in range(rounds):
        for name, tool in tools.items():
            since = time.perf_counter()
            tool(where)
            spent[name].append(time.perf_counter() - since)
    for name in tools:
        ratio = median(theirs / ours for theirs, ours in zip(spent[name], spent["fakel"]))
        print(f"{name:10} {median(spent[name]):7.3f} s   {ratio:6.1f} times fakel's")
        if name != "fakel":
            print("          ", apart(found["fakel"], found[name]))
    for what, rules in (("what can be seen", "nasa"), ("every pass", "all")):
        since = time.perf_counter()
        print(f"10 000 places, {what}: {len(fakels(rules)(places_deg(10_000)))} in {time.perf_counter() - since:.1f} s")


def processes(rounds: int) -> None:
    """Fresh processes in turn: the first call in each, and the whole from start to answer; the first round is for the
    caches."""
    first: dict[str, list[float]] = {"fakel": [], "skyfield": []}
    whole: dict[str, list[float]] = {"fakel": [], "skyfield": []}
    for _ in range(rounds + 1):
        for name in first:
            since = time.perf_counter()
            done = subprocess.run([sys.executable, "-W", "ignore", __file__, "--process", name], check=True,
                                  capture_output=True, text=True)
            whole[name].append(time.perf_counter() - since)
            first[name].append(float(done.stdout))
    for what, spent in (("first call in a process", first), ("whole process, start to answer", whole)):
        ours, theirs = spent["fakel"][1:], spent["skyfield"][1:]
        print(f"{what}: fakel {median(ours):.2f} s, skyfield {median(theirs):.2f} s, "
              f"{median(b / a for a, b in zip(ours, theirs)):.1f} times")


def main(words: list[str]) -> None:
    if words[:1] == ["--process"]:
        tool, where = TOOLS[words[1]](), places_deg(100)
        since = time.perf_counter()
        tool(where)
        print(time.perf_counter() - since)
    elif words[:1] == ["--fixture"]:
        where = places_deg(10)
        Path(words[1]).write_text(json.dumps({
            "what": "passes above 10 deg of an element set over ten places in ten days: rise, culmination, set (s "
                    "after start), seen at culmination; by Skyfield (benchmarks/sightings.py --fixture)",
            "start": START.isoformat(), "lines": LINES, "places_deg": where.round(6).tolist(),
            "passes": [[(round(a, 3), round(b, 3), round(c, 3), d) for a, b, c, d in passes]
                       for passes in skyfields()(where.round(6))]}, indent=None) + "\n", encoding="utf-8")
    else:
        rounds = int(words[0]) if words else 5
        in_turn(rounds)
        processes(rounds)


if __name__ == "__main__":
    main(sys.argv[1:])
