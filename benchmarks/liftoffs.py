"""Liftoffs predicted from public orbits, a date, a pad and a profile alone, beside those flown.

    .venv/bin/python benchmarks/liftoffs.py docs/launch.md

Writes the section "Flown liftoffs" of that page, and leaves the rest of it as it is. For a launcher with a constant of
its own (the inclination of its insertion), the constant is fitted for each flight on the *other* flights, by code.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

import fakel
from fakel.api.rendezvous import Target, target_from_state
from fakel.api.rendezvous import ship_of as ship
from fakel.estimate.elements import epoch_of, satrec_from_lines
from fakel.load.library import Library
from fakel.model.day import DAY_S, day_window
from fakel.model.epoch import Epoch
from fakel.model.launcher import Launcher, OrbitTarget, SeparationTarget
from fakel.model.place import Site
from fakel.model.profile import Profile
from fakel.plan import launch
from fakel.plan.craft import Path as Free
from fakel.plan.craft import cd_area_m2
from fakel.plan.insertion import inclination_of, turned_to
from fakel.world import World, build_world

FLOWN = Path(fakel.__file__).parent / "data" / "flown" / "liftoffs.csv"
TITLE = "## Flown liftoffs"
NULL_S = 188.0
TURN_S, OLDEST_S = 184.5, 130 * DAY_S
"""What one more turn of phase takes off the second of a Soyuz; sets farther away are not asked."""
STEPS_RAD = {SeparationTarget: np.radians(0.005), OrbitTarget: np.radians(0.5)}
SHIPS = {"falcon-9": "crew-dragon", "falcon-9-land": "crew-dragon"}
LONG = ("soyuz-two-day",)
JUDGED = ("Soyuz MS-17", "Soyuz MS-19", "Crew-8")
"""Not among the flights on which the constants in data/launchers are fitted: they are judged on these."""


@dataclass(frozen=True)
class Flight:
    """A row of the table: what was flown, and what is asked."""

    name: str
    group: str
    ask: launch.Ask
    target: Target
    flown: Epoch
    status: str
    world: World

    @property
    def station(self) -> Free:
        at = day_window(self.day).start
        station = self.target.station
        return Free(self.world.seconds(at), self.target.at(at, self.world), cd_area_m2(station))

    @property
    def day(self) -> date:
        return self.flown.day

    def chance(self, constant_rad: float = 0.0) -> launch.Opportunity:
        """The day's first liftoff that the profile accepts, or its first, with a launcher's one constant.

        That is how much steeper than the published vector its insertion is or, of a launcher that steers, how far its
        plane of fire is turned from the target's.
        """
        found = launch.opportunities(day_window(self.day), with_constant(self.ask, constant_rad), self.station,
                                     self.world)
        return next((one for one in found if one.accepted), found[0])


def with_constant(ask: launch.Ask, constant_rad: float) -> launch.Ask:
    """The same question to the launcher with nothing fitted but that."""
    launcher = ask.launcher
    if isinstance(launcher.target, SeparationTarget):
        own = replace(launcher, target=turned_to(launcher.target, published_rad() + constant_rad))
    else:
        own = replace(launcher, programme=replace(launcher.programme, offset_rad=constant_rad))
    return replace(ask, launcher=own)


@cache
def published_rad() -> float:
    """The inclination of the separation vector as it was published: all Soyuz take it over."""
    source: Launcher = Library().find(Launcher, "soyuz-fg", "benchmark")
    assert isinstance(source.target, SeparationTarget)
    return inclination_of(source.target)


@dataclass(frozen=True)
class Result:
    """late_s: predicted less flown, with nothing fitted; slope_s_rad: of that over the launcher's constant."""

    flight: Flight
    age_days: float
    phase_deg: float
    accepted: bool
    late_s: float
    slope_s_rad: float
    null_s: float
    over_s: float


def flights() -> list[Flight]:
    with FLOWN.open(encoding="utf-8") as file:
        return [flight_of(row) for row in csv.DictReader(file)]


def flight_of(row: dict[str, str]) -> Flight:
    """A row of the table, with the world of its days."""
    library, flown = Library(), Epoch.utc(row["liftoff_utc"])
    start, target = day_window(flown.day).start, _target(row, flown)
    world = build_world(min(start, target.epoch) + -0.6 * DAY_S, max(start + 2 * DAY_S, target.epoch + DAY_S))
    craft = ship(SHIPS.get(row["launcher"], "soyuz-tma-m"))
    launcher = library.find(Launcher, row["launcher"], "benchmark")
    ask = launch.Ask(launcher, library.find(Site, row["pad"], "benchmark"),
                     library.find(Profile, row["profile"], "benchmark"), craft.mass_kg, cd_area_m2(craft))
    return Flight(row["flight"], launcher.name, ask, target, flown, row["status"], world)


def _target(row: dict[str, str], wanted: Epoch) -> Target:
    if row["state"]:
        return target_from_state(row["state"])
    satellite = satrec_from_lines(row["line1"], row["line2"])
    return Target(target_from_state("2013-11-07T00:00:00Z GCRF 6798e3 0 0 0 4.75e3 6.0e3").station,
                  (row["line1"], row["line2"]), epoch_of(satellite))


def result(flight: Flight) -> Result:
    plain, step = flight.chance(), STEPS_RAD[type(flight.ask.launcher.target)]
    slope = (flight.chance(step).liftoff - plain.liftoff) / step
    told = launch.opportunity_at(flight.flown, flight.ask, flight.station, flight.world)
    return Result(flight, (flight.flown - flight.target.epoch) / DAY_S, float(np.degrees(plain.phase_rad)),
                  plain.accepted, plain.liftoff - flight.flown, slope, told.plane_over_pad_s - NULL_S,
                  told.plane_over_pad_s)


def others(results: list[Result], one: Result) -> list[Result]:
    """The flights of the same launcher whose second is known, without this one."""
    return [r for r in results if r.flight.group == one.flight.group and r.flight.name != one.flight.name
            and counts(r)]


def counts(one: Result) -> bool:
    return one.flight.status != "recalled"


def fitted_rad(results: list[Result]) -> float:
    """The constant that makes the mean miss of some flights vanish."""
    return float(-np.mean([r.late_s for r in results]) / np.mean([r.slope_s_rad for r in results]))


def late_with_constant_s(results: list[Result], one: Result) -> float:
    known = others(results, one)
    return one.flight.chance(fitted_rad(known)).liftoff - one.flight.flown if known else float("nan")


def null_of_others_s(results: list[Result], one: Result) -> float:
    """The plane's crossing less the mean lead of the other flights of the launcher by the same profile."""
    known = [r.over_s for r in others(results, one) if r.flight.ask.profile.id == one.flight.ask.profile.id]
    return one.over_s - float(np.mean(known)) if known else float("nan")


def spread(values: list[float]) -> str:
    x = np.array([v for v in values if np.isfinite(v)])
    if not len(x):
        return "- | - | - | -"
    return f"{len(x)} | {x.mean():+.1f} | {x.std(ddof=1) if len(x) > 1 else 0.0:.1f} | {np.abs(x).max():.1f}"


HEAD = """\
Written by `benchmarks/liftoffs.py`; no input but the orbit (a public element set, or a state of NASA's ephemeris), the
UTC day, the pad and the profile. Positive: predicted too late. "Nothing fitted" takes the published separation vector
as it is, or an offset of 0; "the constant of the others" is one inclination of insertion (or, of a launcher that
steers, one turn of its plane of fire), fitted on the other flights of that launcher. The null guesses are the instant
at which the station's plane reaches the pad, less 188 s or less the mean lead of the other flights of that launcher and
profile. `*` announced, not measured; `**` the second is recalled, in no mean.
"""
TAIL = """
Soyuz: what is left, 1 s (0.004 deg of node), is the scatter of element sets and of the second itself. Why crews
on the Soyuz-2.1a leave 9 s before what the vector says, and Progress ships on the same rocket do not, is not published.
Falcon 9: propellant is flat about its best (1 deg of azimuth, 37 s of liftoff, costs 4 kg), so the rocket's own
programme decides; the boosters that land at sea and those that come back are two programmes. Within each the flights
scatter by 12 s and by a few seconds: what else SpaceX weighs is not known.
"""
MARK = {"flown": "", "planned": " *", "recalled": " **"}


def section(results: list[Result], fits: dict[int, float]) -> str:
    lines = ["| flight | launcher | way | orbit older by | phase | here less flown | with the constant of the others | "
             "null: crossing - 188 s | null: mean of the others |", "|---|---|---" + "|--:" * 6 + "|"]
    for r in results:
        name, f = r.flight.name + MARK[r.flight.status], r.flight
        lines.append(f"| {name} | {f.group} | {f.ask.profile.revolutions} rev | {r.age_days:.1f} d | "
                     f"{r.phase_deg:.0f} deg | {r.late_s:+.1f} s | {_s(fits[id(r)])} | {_s(r.null_s)} | "
                     f"{_s(null_of_others_s(results, r))} |")
    told = [r for r in results if counts(r)]
    rows = ["", "| flights | number | bias, s | scatter, s | worst, s |", "|---" + "|--:" * 4 + "|"]
    for name, group in groups(told):
        rows.append(f"| {name}, nothing fitted | {spread([r.late_s for r in group])} |")
        rows.append(f"| {name}, constant of the others | {spread([fits[id(r)] for r in group])} |")
        rows.append(f"| {name}, null of 188 s | {spread([r.null_s for r in group])} |")
        rows.append(f"| {name}, null of the others | {spread([null_of_others_s(results, r) for r in group])} |")
    return "\n".join([*lines, *rows])


def groups(told: list[Result]) -> list[tuple[str, list[Result]]]:
    names = sorted({r.flight.group for r in told})
    out = [(name, [r for r in told if r.flight.group == name]) for name in names]
    long = [r for r in told if r.flight.ask.profile.id in LONG]
    return [*out, ("all ways of two days", long)]


def _s(value: float) -> str:
    return f"{value:+.1f} s" if np.isfinite(value) else "-"


def constants(results: list[Result]) -> list[str]:
    out = []
    for name in sorted({r.flight.group for r in results}):
        known = [r for r in results if r.flight.group == name and counts(r) and r.flight.name not in JUDGED]
        turn = np.degrees(fitted_rad(known))
        if isinstance(known[0].flight.ask.launcher.target, SeparationTarget):
            out.append(f"- {name}: inclination {np.degrees(published_rad()) + turn:.4f} deg ({turn:+.4f} against the "
                       f"published vector), {len(known)} flights")
        else:
            out.append(f"- {name}: plane of fire {turn:+.2f} deg clockwise of the target's, {len(known)} flights")
    return out


def aged() -> list[tuple[float, float, float]]:
    """The same launches from older and newer sets than their own: age in days, how far the second moves beside whole
    turns of phase, and how far the phase is off, deg."""
    with FLOWN.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    sets = [(epoch_of(satrec_from_lines(row["line1"], row["line2"])), row) for row in rows if row["line1"]]
    launches = {row["flight"]: row for row in rows if row["launcher"].startswith("soyuz") and row["line1"]}
    out = []
    for row in launches.values():
        flown = Epoch.utc(row["liftoff_utc"])
        near = sorted(((abs(flown - epoch), flown - epoch, other) for epoch, other in sets
                       if abs(flown - epoch) < OLDEST_S), key=lambda pair: pair[:2])
        chances = [flight_of({**row, "line1": o["line1"], "line2": o["line2"]}).chance() for _, _, o in near]
        for (_, age_s, _), chance in list(zip(near, chances, strict=True))[1:]:
            moved = chance.liftoff - chances[0].liftoff
            phase = np.degrees(chance.phase_rad - chances[0].phase_rad)
            out.append((age_s / DAY_S, moved - TURN_S * round(moved / TURN_S), float(phase)))
    return out


def ages_told(found: list[tuple[float, float, float]]) -> str:
    lines = ["### What age costs", "", "The same Soyuz launches from sets of other flights' days: the second, beside "
             f"{TURN_S:g} s for each whole turn", "by which the phase is miscounted, and the phase.", "",
             "| set is older or newer by | pairs | second, rms | second, worst | phase, worst |",
             "|---|--:|--:|--:|--:|"]
    for low, high in ((0, 30), (30, 75), (75, 130)):
        some = np.array([(second, phase) for age, second, phase in found if low <= abs(age) < high])
        if len(some):
            lines.append(f"| {low} to {high} d | {len(some)} | {np.sqrt(np.mean(some[:, 0] ** 2)):.1f} s | "
                         f"{np.abs(some[:, 0]).max():.1f} s | {np.abs(some[:, 1]).max():.0f} deg |")
    return "\n".join([*lines, ""])


def main() -> None:
    found = []
    for flight in flights():
        found.append(result(flight))
        print(f"{flight.name}: {found[-1].late_s:+.2f} s", file=sys.stderr, flush=True)
    fits = {id(r): late_with_constant_s(found, r) for r in found}
    asked = f"What the flights ask for, without {', '.join(JUDGED[:-1])} and {JUDGED[-1]}:"
    text = "\n".join([TITLE, "", HEAD, section(found, fits), "", asked, "", *constants(found), TAIL, ages_told(aged())])
    if len(sys.argv) > 1:
        put(Path(sys.argv[1]), text)
    else:
        print(text)


def put(page: Path, text: str) -> None:
    """The page with this section in place of the old one, up to the next heading of its level."""
    old = page.read_text(encoding="utf-8") if page.exists() else ""
    before, _, rest = old.partition(TITLE)
    after = rest[rest.index("\n## ") + 1:] if "\n## " in rest else ""
    page.write_text(f"{before.rstrip()}\n\n{text}{chr(10) + after if after else ''}".lstrip(), encoding="utf-8")


if __name__ == "__main__":
    main()
