"""NASA's list of sightings beside ours: which of its passes we find, and how far apart they are.

Run as a program for the whole table: python tests/nasa_list.py [cities]. It also fits two numbers for each city: how
far north and east of its town the list was made for.
"""

from __future__ import annotations

import csv
import gzip
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from fakel.load.oem import read_oem
from fakel.load.place_list import made
from fakel.model.epoch import Epoch, Window
from fakel.model.sighting import RULES, Place, SeenWhen
from fakel.physics.passes import sine_of_sun
from fakel.plan.seen_path import SeenPath, path_of_ephemeris
from fakel.plan.sightings import Sightings, find_sightings

HERE = Path(__file__).parent / "authorities"
ELSEWHERE = ("Aguascalientes", "Baghdad", "Penang", "Willemstad", "Fuchu")
"""Cities whose listed passes plainly belong to another place."""
NEAR_S = 300.0
EARTH_M = 6_371_000.0


@dataclass(frozen=True)
class Listed:
    """A line of NASA's list: start cut to the minute, minutes rounded (0: less than one), degrees rounded."""

    city: str
    start: Epoch
    minutes: int
    max_elevation_deg: int
    enters: str
    exits: str


@dataclass
class Score:
    """How one list compares: pairs of a listed pass and the number of ours; listed ones missed; ours that are extra."""

    pairs: list[tuple[Listed, int]]
    missed: list[Listed]
    extra: list[int]
    found: Sightings

    @property
    def listed(self) -> int:
        return len(self.pairs) + len(self.missed)

    def late_s(self) -> np.ndarray:
        """Our start less the listed minute (n,)."""
        epoch = self.found.path.world.epoch
        return np.array([(epoch + float(self.found.rows[k, 1])) - listed.start for listed, k in self.pairs])

    def higher_deg(self) -> np.ndarray:
        """Our highest elevation, rounded as theirs, less the listed one (n,)."""
        return np.array([round(math.degrees(self.found.looks[k, 3])) - listed.max_elevation_deg
                         for listed, k in self.pairs])

    def told(self) -> str:
        late, higher, n = self.late_s(), self.higher_deg(), len(self.pairs)
        within = np.sum((late >= -60.0) & (late < 120.0))
        return (f"{len(self.found.places)} cities, {self.listed} passes: found {100 * n / self.listed:.2f} %, extra "
                f"{100 * len(self.extra) / self.listed:.2f} %, start within a minute {100 * within / n:.2f} % (the "
                f"same minute {100 * np.mean((late >= 0) & (late < 60)):.1f} %), elevation within 1 deg "
                f"{100 * np.mean(np.abs(higher) <= 1):.1f} %")


def nasa_path() -> SeenPath:
    """NASA's own ephemeris of the day on which the list was made."""
    window = Window(Epoch.utc("2022-02-11T12:00Z"), Epoch.utc("2022-02-26T12:00Z"))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "iss_2022-02-11.oem"
        file.write_bytes(gzip.decompress((HERE / "iss_2022-02-11_15_days.oem.gz").read_bytes()))
        return path_of_ephemeris(read_oem(file, "--oem"), "ISS", window)


def nasa_lists(count: int) -> tuple[tuple[Place, ...], dict[str, list[Listed]]]:
    """The first cities, in alphabetical order, that the table of towns (GeoNames) knows, and their lists."""
    text = gzip.decompress((HERE / "nasa_sightings_2022-02-11.csv.gz").read_bytes()).decode()
    lists: dict[str, list[Listed]] = {}
    for row in csv.DictReader(text.splitlines()):
        minutes = 0 if row["minutes"].startswith("<") else int(row["minutes"])
        lists.setdefault(f"{row['city']}, {row['country']}", []).append(
            Listed(row["city"], Epoch.utc(row["start_utc"]), minutes, int(row["max_elevation_deg"]), row["enters"],
                   row["exits"]))
    places = [made(float(row["latitude_deg"]), float(row["longitude_deg"]), 0.0, row["city"], "nasa_cities.csv",
                   id=f"{row['city']}, {row['country']}")
              for row in csv.DictReader((HERE / "nasa_cities.csv").read_text(encoding="utf-8").splitlines())
              if row["city"] not in ELSEWHERE]
    return tuple(places[:count]), lists


def compare(path: SeenPath, places: Sequence[Place], lists: dict[str, list[Listed]],
            rules: SeenWhen = RULES["nasa"]) -> Score:
    """Each listed pass is given the nearest of ours that starts within five minutes; ours are extra when they start
    while the list runs and no listed pass has them."""
    found = find_sightings(path, places, rules)
    starts = [one.start for listed in lists.values() for one in listed]
    first, last = (path.world.seconds(edge) for edge in (min(starts), max(starts)))
    score, taken = Score([], [], [], found), set()
    for number, place in enumerate(places):
        ours = np.flatnonzero(found.rows[:, 0] == number)
        for listed in lists[place.id]:
            off = found.rows[ours, 1] - path.world.seconds(listed.start) - 30.0
            best = int(np.argmin(np.abs(off))) if len(off) else -1
            if best >= 0 and abs(off[best]) < NEAR_S and int(ours[best]) not in taken:
                taken.add(int(ours[best]))
                score.pairs.append((listed, int(ours[best])))
            else:
                score.missed.append(listed)
    inside = (found.rows[:, 1] >= first) & (found.rows[:, 1] <= last + 60.0)
    score.extra = [int(k) for k in np.flatnonzero(inside) if int(k) not in taken]
    return score


def fitted(path: SeenPath, places: Sequence[Place], lists: dict[str, list[Listed]]) -> tuple[Place, ...]:
    """Places moved north and east so that their passes fit the listed ones best: best of nine around, then closer."""
    best, step_m = list(places), 16_000.0
    while step_m > 200.0:
        tries = [(n, e) for n in (0, -1, 1) for e in (0, -1, 1)]
        costs = np.array([_costs(path, [_moved(p, n * step_m, e * step_m) for p in best], lists) for n, e in tries])
        chosen = np.argmin(costs, axis=0)
        best = [_moved(p, tries[c][0] * step_m, tries[c][1] * step_m) for p, c in zip(best, chosen)]
        step_m *= 0.5 if np.all(chosen == 0) or step_m < 16_000.0 else 0.8
    return tuple(best)


def why_missed(path: SeenPath, places: Sequence[Place], listed: Listed) -> str:
    """A missed pass in a line: how far ours falls short of the rules there."""
    place = next(p for p in places if p.name() == listed.city)
    rules = replace(RULES["nasa"], mask_rad=math.radians(7.0), sun_rad=math.radians(-4.0))
    found = find_sightings(path, (place,), rules)
    text = (f"{listed.city:16} {listed.start.iso()[5:16]} listed: {listed.minutes or '<1'} min, "
            f"{listed.max_elevation_deg} deg, {listed.enters} to {listed.exits}; ")
    for k in range(len(found)):
        s = found.record(k, False)
        if abs(s.start.epoch - listed.start - 30.0) < 2 * NEAR_S:
            up = _vertical(place)
            sun = max(math.degrees(math.asin(sine_of_sun(path.grid, path.world.seconds(look.epoch), up)))
                      for look in (s.start, s.end))
            return text + f"ours: lit up to {math.degrees(s.peak.elevation_rad):.2f} deg, Sun at most at {sun:.2f} deg"
    return text + "ours: none near"


def _vertical(place: Place) -> np.ndarray:
    lat, lon = place.latitude_rad, place.longitude_rad
    return np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])


def _costs(path: SeenPath, places: list[Place], lists: dict[str, list[Listed]]) -> np.ndarray:
    """For each place: passes missed and extra, and how far elevations are outside what rounds to the listed ones."""
    score = compare(path, places, lists)
    number = {place.id: i for i, place in enumerate(places)}
    cost = np.zeros(len(places))
    for listed, k in score.pairs:
        off = abs(math.degrees(score.found.looks[k, 3]) - listed.max_elevation_deg)
        cost[int(score.found.rows[k, 0])] += max(off - 0.5, 0.0)
    for k in score.extra:
        cost[int(score.found.rows[k, 0])] += 3.0
    for place in places:
        names = {id(one) for one in lists[place.id]}
        cost[number[place.id]] += 3.0 * sum(id(one) in names for one in score.missed)
    return cost


def _moved(place: Place, north_m: float, east_m: float) -> Place:
    return replace(place, latitude_rad=place.latitude_rad + north_m / EARTH_M,
                   longitude_rad=place.longitude_rad + east_m / EARTH_M / math.cos(place.latitude_rad))


def _apart_km(a: Place, b: Place) -> float:
    north, east = b.latitude_rad - a.latitude_rad, (b.longitude_rad - a.longitude_rad) * math.cos(a.latitude_rad)
    return EARTH_M * math.hypot(north, east) / 1000.0


def main(count: int) -> None:
    path = nasa_path()
    places, lists = nasa_lists(count)
    better = fitted(path, places, lists)
    for what, chosen in (("as the table of towns has them", places), ("two numbers fitted for each city", better)):
        score = compare(path, chosen, lists)
        print(f"{what}: {score.told()}")
        for one in score.missed:
            print(f"  missed  {why_missed(path, chosen, one)}")
        for k in score.extra:
            s = score.found.record(k, False)
            print(f"  extra   {s.place.name():16} {s.start.epoch.iso()[5:19]} ours: "
                  f"{s.end.epoch - s.start.epoch:.0f} s, {math.degrees(s.peak.elevation_rad):.2f} deg, {s.begins}, "
                  f"{s.ends}")
    away = np.array([_apart_km(a, b) for a, b in zip(places, better)])
    print(f"moved by km: median {np.median(away):.1f}, nine of ten below {np.percentile(away, 90):.1f}, most "
          f"{away.max():.1f} ({places[int(np.argmax(away))].name()})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
