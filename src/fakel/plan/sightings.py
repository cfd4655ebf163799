"""Who can see a craft: its passes over places, the part of each that is in sunlight under a dark sky."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import overload

import numpy as np
from numba import get_num_threads

from fakel.model.arrays import FloatArray
from fakel.model.sighting import BEGINS, ENDS, GLOWS, Look, Place, SeenWhen, Sighting
from fakel.physics import brightness, passes
from fakel.physics.geodesy import itrf_from_geodetic
from fakel.plan.seen_path import SeenPath, lit_stretches

STATION_MAGNITUDE = -1.8
"""Of the space station, at 1000 km and half lit: the figure that Heavens-Above publishes and observers use."""
SHARE = 64                   # places that one thread takes at a time
PATH_STEP_S = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Sightings(Sequence[Sighting]):
    """Sightings in order of place and time; each is made into a record when it is asked for.

    rows (m, ``passes.ROW``) and looks (m, ``brightness.LOOKS``) as the compiled kernels give them; sigma_s (m,).
    """

    path: SeenPath
    places: tuple[Place, ...]
    rules: SeenWhen
    rows: FloatArray
    looks: FloatArray
    sigma_s: FloatArray
    magnitude: float
    light: str

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, i: int) -> Sighting: ...
    @overload
    def __getitem__(self, i: slice) -> list[Sighting]: ...

    def __getitem__(self, i: int | slice) -> Sighting | list[Sighting]:
        if isinstance(i, slice):
            return [self.record(k) for k in range(len(self))[i]]
        return self.record(range(len(self))[i])

    def __iter__(self) -> Iterator[Sighting]:
        return (self.record(k) for k in range(len(self)))

    def record(self, k: int, with_path: bool = True) -> Sighting:
        """One sighting; without its path in a hundredth of the time."""
        row, looks = self.rows[k].tolist(), self.looks[k].tolist()
        epoch, glows = self.path.world.epoch, self.light in GLOWS
        begins, ends = (4 if glows and code == passes.DATA_ENDS else int(code) for code in row[4:6])
        start, peak, end = (Look(epoch + row[1 + w], *looks[3 * w:3 * w + 3]) for w in range(3))
        return Sighting(
            self.places[int(row[0])], self.path.craft, start, peak, end, BEGINS[begins], ENDS[ends],
            looks[9] if self.light == "sunlight" else np.nan, looks[10], looks[12], looks[13], looks[14], looks[15],
            float(self.sigma_s[k]), self._path(k) if with_path else np.zeros((0, 6)), self.light)

    def _path(self, k: int) -> FloatArray:
        a_s, b_s = self.rows[k, 1], self.rows[k, 3]
        t_s = np.linspace(a_s, b_s, max(int(np.ceil((b_s - a_s) / PATH_STEP_S)), 1) + 1)
        out, lines = np.empty((len(t_s), 4)), np.empty((len(t_s), 3))
        sites, ups = sites_of((self.places[int(self.rows[k, 0])],))
        brightness.follow(self.path.grid, t_s, sites[0], ups[0], self.magnitude, out, lines)
        if self.rules.refraction:
            out[:, 1] += brightness.lifted_rad(out[:, 1])
        x, y, z = np.einsum("nji,nj->in", self.path.world.itrf_from_gcrf(t_s), lines)
        return np.stack([t_s - a_s, out[:, 0], out[:, 1], np.arctan2(y, x) % (2 * np.pi), np.arcsin(np.clip(z, -1, 1)),
                         out[:, 3] if self.light == "sunlight" else np.full(len(t_s), np.nan)], axis=1)


def find_sightings(path: SeenPath, places: Sequence[Place], rules: SeenWhen | None = None, *,
                   magnitude: float = STATION_MAGNITUDE, light: str = "sunlight",
                   progress: Callable[[float], None] | None = None) -> Sightings:
    """Passes of a path over places that meet the rules and touch the path's window, widened by two sigma.

    magnitude: standard magnitude of the craft (1000 km, half lit). progress: called with the part that is done. Rise,
    set and culmination within 1 ms of the path, light within 10 ms. Source of the rules: docs/sightings.md.
    """
    rules, places = rules or SeenWhen(), tuple(places)
    sites, ups = sites_of(places)
    grid = path.grid._replace(lit=lit_stretches(path, rules.shell_m))
    limits, most = _limits(path, rules), _revolutions(path) + 8
    shares = [slice(i, i + SHARE) for i in range(0, len(places), SHARE)]
    found: list[tuple[FloatArray, FloatArray]] = []
    pool = ThreadPoolExecutor(get_num_threads())
    try:
        work = [pool.submit(_share, grid, sites[s], ups[s], limits, most,
                            magnitude if light == "sunlight" and rules.sunlight else np.nan) for s in shares]
        for done, one in enumerate(work, 1):
            found.append(one.result())
            if progress is not None:
                progress(done / len(shares))
    finally:
        pool.shutdown(cancel_futures=True)
    for (rows, _), s in zip(found, shares):
        rows[:, 0] += s.start
    rows, looks = (np.concatenate([one[j] for one in found]) for j in (0, 1))
    if rules.refraction:
        looks[:, brightness.ELEVATIONS] += brightness.lifted_rad(looks[:, brightness.ELEVATIONS])
    sigma_s = _sigmas(path, rows[:, 2])
    a_s, b_s = path.world.seconds(path.window.start), path.world.seconds(path.window.stop)
    keep = (rows[:, 3] > a_s - 2 * sigma_s) & (rows[:, 1] < b_s + 2 * sigma_s)
    return Sightings(path, places, rules, rows[keep], looks[keep], sigma_s[keep], magnitude, light)


def _share(grid: passes.Grid, sites: FloatArray, ups: FloatArray, limits: passes.Limits, most: int, magnitude: float
           ) -> tuple[FloatArray, FloatArray]:
    """Rows and looks of some places."""
    rows = np.empty((most * len(sites), passes.ROW))
    count = passes.passes(grid, sites, ups, limits, rows)
    if count > len(rows):
        rows = np.empty((count, passes.ROW))
        passes.passes(grid, sites, ups, limits, rows)
    rows = rows[:count].copy()
    looks = np.empty((count, brightness.LOOKS))
    brightness.describe(grid, rows, sites, ups, magnitude, looks)
    return rows, looks


def sites_of(places: Sequence[Place]) -> tuple[FloatArray, FloatArray]:
    """Places (n, 3) m in ITRF and their verticals (n, 3)."""
    lat, lon, height = np.array([[p.latitude_rad, p.longitude_rad, p.height_m] for p in places]).T
    up = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    return itrf_from_geodetic(lat, lon, height), np.ascontiguousarray(up)


def _true_mask_rad(rules: SeenWhen) -> float:
    """The mask without refraction: air lifts what stands there to the mask that is asked for."""
    true_rad = rules.mask_rad
    for _ in range(8 if rules.refraction else 0):
        true_rad = rules.mask_rad - float(brightness.lifted_rad(np.array([true_rad]))[0])
    return true_rad


def _limits(path: SeenPath, rules: SeenWhen) -> passes.Limits:
    r2 = np.sum(path.grid.place**2, axis=1)
    moves = np.linalg.norm(np.cross(path.grid.place, path.grid.velocity), axis=1) / r2
    return passes.Limits(math.sin(_true_mask_rad(rules)), math.sin(rules.sun_rad), 1.02 * float(moves.max()) + 1e-7,
                         1.001 * float(np.sqrt(r2.max())), rules.sunlight, rules.night, rules.whole_night)


def _revolutions(path: SeenPath) -> int:
    """How often the path goes round the turning Earth."""
    unit = path.grid.place / np.linalg.norm(path.grid.place, axis=1, keepdims=True)
    turn = np.arccos(np.clip(np.sum(unit[1:] * unit[:-1], axis=1), -1, 1)).sum()
    return int(turn / (2 * np.pi))


def _sigmas(path: SeenPath, t_s: FloatArray) -> FloatArray:
    """Sigma of the instants (n,), by straight lines between hours."""
    if not len(t_s):
        return np.zeros(0)
    hours = np.arange(t_s.min(), t_s.max() + 3600.0, 3600.0)
    return np.interp(t_s, hours, [path.sigma_s(path.world.epoch + float(h)) for h in hours])
