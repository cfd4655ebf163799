"""Docking times, wishes, the tracked way of Soyuz TMA-10M and the time a plan takes: a part of docs/validation.md.

    .venv/bin/python benchmarks/rendezvous.py docs/validation.md

Writes its part of that page anew. No flown clock time goes into a plan but where the table says "wish".
"""

from __future__ import annotations

import csv
import gzip
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from fakel.api.rendezvous import (
    Target,
    launch_of,
    launched_visit,
    port_of,
    profiles,
    ship_of,
    target_from_ephemeris,
    way_up,
    world_for,
)
from fakel.cli.rendezvous_plan import profile_of
from fakel.estimate.elements import epoch_of, satrec_from_lines
from fakel.load.library import Library
from fakel.model.day import midnight
from fakel.model.epoch import Epoch
from fakel.model.frame import Frame
from fakel.model.profile import Profile
from fakel.model.start import StateVector
from fakel.model.way_up import WayUp
from fakel.physics.propagate import propagate
from fakel.plan.arrival import Wishes
from fakel.plan.burns import Burn, Climb, plan_burns, thrusts
from fakel.plan.craft import cd_area_m2
from fakel.plan.docking_time import default_docking
from fakel.plan.way_up import Visit, way_of
from fakel.reports.compare import flown_flights
from fakel.reports.table import signed
from fakel.world import World

ROOT = Path(__file__).parents[1]
HERE = ROOT / "tests/authorities"
TITLE = "## The way up"
PORT = "rassvet-nadir"
ANNOUNCED = (("Soyuz MS-19", "2", "baikonur-31-6", "2021-10-05T08:55:05Z", "2021-10-05T12:12:00Z"),
             ("Progress MS-19", "34", "baikonur-31-6", "2022-02-15T04:25:40Z", "2022-02-17T07:06:29Z"))
"""65S and 80P of NASA's ephemerides of 2021-10-01 and 2022-02-11: liftoff and docking as announced there."""
MS19 = StateVector(Epoch.utc("2021-10-04"), Frame.EME2000, np.array([-5127431.0461, 3605549.0385, -2638434.8898]),
                   np.array([-4755.039657, -2951.956990, 5224.158569]), "NASA/JSC ephemeris of 2021-10-01")
TRACKED = ((32.0, "210 km, 22.5 deg"), (186.0, "317 km, 6.2 deg"), (279.0, "the station's orbit"))
"""Minutes after liftoff of Soyuz TMA-10M, and what its element sets gave (facts of flown missions, rule 12)."""


@dataclass(frozen=True)
class Case:
    """A flight, its profile by revolutions, and when it docked after liftoff; missed: the burn that was not made."""

    flight: str
    orbits: str
    day: str
    pad: str
    lifted: Epoch
    took_s: float | None
    target: Target
    announced: bool = False
    missed: str = ""


def cases() -> list[Case]:
    with (HERE / "launch_geometry.csv").open() as file:
        rows = {row["flight"]: row for row in csv.DictReader(line for line in file if not line.startswith("#"))}
    flown = {f.name: f for f in flown_flights()}
    out = []
    for name, row in rows.items():
        station = Library().find(*_station())
        epoch = epoch_of(satrec_from_lines(row["line1"], row["line2"]))
        target = Target(station, (row["line1"], row["line2"]), epoch)
        lifted = flown[name].instant("liftoff") or Epoch.utc(row["liftoff_utc"])
        docked = flown[name].instant("docking_contact")
        late = docked is not None and docked - lifted > 86_400.0
        out.append(Case(name, row["orbits"], row["liftoff_utc"][:10], row["pad"], lifted,
                        docked - lifted if docked else None, target, missed="DV3" if late else ""))
    for name, orbits, pad, liftoff, docking in ANNOUNCED:
        lifted = Epoch.utc(liftoff)
        if name == "Soyuz MS-19":
            target = Target(Library().find(*_station()), MS19, MS19.epoch)
        else:
            target = _from_nasa(HERE / "iss_2022-02-11_15_days.oem.gz", midnight(lifted.day))
        out.append(Case(name, orbits, liftoff[:10], pad, lifted, Epoch.utc(docking) - lifted, target, True))
    return out


def _from_nasa(file: Path, wanted: Epoch) -> Target:
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / file.stem
        plain.write_bytes(gzip.decompress(file.read_bytes()))
        return target_from_ephemeris(plain, wanted)


def _station() -> tuple[type, str, str]:
    from fakel.model.place import Station
    return Station, "iss-2013-11", "benchmark"


def visit_of(case: Case) -> tuple[Visit, Profile, World]:
    asked = launch_of(case.day, case.pad, "soyuz-2-1a-cargo" if case.flight.startswith("Progress") else "")
    ship, port = ship_of("soyuz-tma-m"), port_of(case.target.station, PORT)
    world = world_for(case.target, midnight(asked.day))
    visit, profile = launched_visit(case.target, ship, port, asked, profile_of(case.orbits), world, profiles())
    return visit, profile, world


def way_at(case: Case, visit: Visit, profile: Profile, world: World, docking: Epoch | None) -> WayUp:
    """The way up, by the profile's own instant or to a wished one; after a missed burn by what follows it."""
    if not case.missed:
        return way_up(visit, profile, world, Wishes(docking))
    first = way_up(visit, profile, world)
    fallback = profile.after(case.missed)
    assert fallback is not None
    two = profile_of(fallback.profile).fallen_back_to(fallback)
    done = tuple(Burn(b.name, b.ignition, b.dv_rtn_m_s) for b in first.burns)
    at = next(b for b in first.burns if b.name == case.missed)
    done = done[:[b.name for b in done].index(case.missed)]
    stop = at.ignition + at.duration_s
    push = thrusts(done, float(visit.ship_y[6]), visit.ship.vehicle, world)
    y = propagate(visit.ship_y, world.seconds(visit.at), world.seconds(stop), cd_area_m2(visit.ship), world.field,
                  thrust=push).end
    there = visit.station_path(world).at(world.seconds(stop), world).y
    contact = docking or default_docking(two, visit.liftoff, visit.phase(two), visit.station_y, visit.at,
                                         cd_area_m2(visit.station), world)
    climb = Climb(visit.ship, visit.station, two, stop, y, there, visit.liftoff, contact, True)
    way = way_of(climb, plan_burns(climb, world), visit.port, "after a miss", world)
    return replace(way, to_aim_m_s=way.to_aim_m_s + sum(b.dv_m_s for b in done), floor_m_s=first.floor_m_s)


def null_s(case: Case, all_: list[Case]) -> float | None:
    """The mean over the other flights of the same way; two-day flights count those after a missed burn."""
    def kind(c: Case) -> str:
        return "34" if c.missed else c.orbits
    others = {c.flight: c.took_s for c in all_ if c.flight != case.flight and kind(c) == kind(case) and c.took_s}
    if kind(case) == "34":
        old = next(f for f in flown_flights() if f.name == "Soyuz TMA-10")
        others[old.name] = old.instant("docking_contact") - old.instant("liftoff")
    return float(np.mean(list(others.values()))) if others else None


def minutes(seconds: float | None) -> str:
    return "–" if seconds is None else signed(seconds / 60, 1)


def docking_table() -> tuple[str, dict[str, tuple[Visit, Profile, World]]]:
    all_, rows, visits = cases(), [], {}
    for case in all_:
        visit, profile, world = visits[case.flight] = visit_of(case)
        way = way_at(case, visit, profile, world, None)
        off = None if case.took_s is None else way.docking - case.lifted - case.took_s
        guess = null_s(case, all_)
        null = None if guess is None or case.took_s is None else guess - case.took_s
        wish = None if case.took_s is None else way_at(case, visit, profile, world, case.lifted + case.took_s)
        over = "–"
        if wish is not None:
            over = f"{wish.total_m_s:.1f} = {wish.floor_m_s:.1f} + {wish.total_m_s - wish.floor_m_s:.1f}"
        took = "–" if case.took_s is None else f"{case.took_s / 3600:.3f} h" + (" \\*" if case.announced else "")
        name = f"{case.flight}, {case.missed} missed" if case.missed else case.flight
        rows.append(f"| {name} | {case.orbits if not case.missed else '4, then 34'} | "
                    f"{np.degrees(way.phase_rad if not case.missed else visit.phase(profile)):.1f} | "
                    f"{signed(visit.liftoff - case.lifted, 1)} | {took} | {minutes(off)} | {minutes(null)} | {over} |")
    head = ("flight", "orbits", "phase, deg", "liftoff here less flown, s", "docked after", "here less flown, min",
            "mean of the others, min", "wish for the flown instant, m/s")
    return "\n".join([f"| {' | '.join(head)} |", "|---" + "|--:" * 7 + "|", *rows]), visits


def tracked_table(visit: Visit, profile: Profile, world: World) -> str:
    docked = next(f for f in flown_flights() if f.name == "Soyuz TMA-10M").instant("docking_contact")
    way = way_up(visit, profile, world, Wishes(docked))
    burns = tuple(Burn(b.name, b.ignition, b.dv_rtn_m_s) for b in way.burns)
    push = thrusts(burns, float(visit.ship_y[6]), visit.ship.vehicle, world)
    path = propagate(visit.ship_y, world.seconds(visit.at), world.seconds(way.aim), cd_area_m2(visit.ship), world.field,
                     thrust=push)
    lines = ["| after liftoff, min | tracked | plan |", "|--:|---|---|"]
    from fakel.physics.frames import phase_ahead_rad
    from fakel.plan.climbing import mean_height_m
    for minute, told in TRACKED:
        t_s = world.seconds(visit.liftoff) + 60.0 * minute
        y, its = path.at(t_s)[0], visit.station_path(world).at(t_s, world).y
        mine, other = (mean_height_m(x, t_s, area, world) / 1e3
                       for x, area in ((y, cd_area_m2(visit.ship)), (its, cd_area_m2(visit.station))))
        here = f"{mine:.0f} km, {np.degrees(phase_ahead_rad(y, its)):.1f} deg ({other - mine:.0f} km below the station)"
        lines.append(f"| {minute:.0f} | {told} | {here} |")
    return "\n".join(lines)


def speed(visit: Visit, profile: Profile, world: World, rounds: int = 7) -> list[float]:
    """Seconds of a whole plan to contact, the first (with what was compiled before) left out."""
    out = []
    for _ in range(rounds + 1):
        begin = time.perf_counter()
        way_up(visit, profile, world)
        out.append(time.perf_counter() - begin)
    return sorted(out[1:])


def section() -> str:
    """The part of docs/validation.md."""
    table, visits = docking_table()
    took = speed(*visits["Soyuz TMA-11M"])
    middle = took[len(took) // 2]
    return f"""{TITLE}

Written by `benchmarks/rendezvous.py`. Each launch from an element set or an ephemeris, a date, a pad and a profile
alone: liftoff, phase and docking come out. The null guess is the mean of the *other* flights of the same way, by code.
The last column takes the flown docking as a wish: delta-v to contact, n da/2 on mean semi-major axes, what is above
it.

{table}

`*` as announced in NASA's ephemeris before the flight. Two-day flights are guessed with Soyuz TMA-10 (2007) among the
others.

Soyuz TMA-10M was tracked on its way; its plan with its docking instant as the wish. How the way is shared among the
burns is set by the profile, by a rule for all flights (what comes from tracking is a correction, held a fifth dearer):

{tracked_table(*visits["Soyuz TMA-10M"])}

A plan of the reference flight from separation to contact takes {middle:.2f} s (median of {len(took)}, {took[0]:.2f}
to {took[-1]:.2f} s), once the world is built and all is compiled.
"""


def written(page: str, part: str) -> str:
    """The page with its part put in anew, before the bar at its end when it was not there."""
    if TITLE + "\n" in page:
        before, rest = page.split(TITLE + "\n", 1)
        after = rest[rest.index("\n## ") + 1:] if "\n## " in rest else ""
    else:
        i = page.index("## How high the bar is")
        before, after = page[:i], page[i:]
    return f"{before}{part}\n{after}"


if __name__ == "__main__":
    text = section()
    if len(sys.argv) > 1:
        file = Path(sys.argv[1])
        file.write_text(written(file.read_text(encoding="utf-8"), text), encoding="utf-8")
    print(text)
