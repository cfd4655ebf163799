"""Passes of a craft over ground stations, relays and other craft, sunlight, and the geometry along each pass.

All edges are where a smooth function of time crosses zero, located within 1e-3 s on the arc's own path.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from fakel.model.antenna import Antenna
from fakel.model.arrays import FloatArray
from fakel.model.contact import CRAFT, GROUND, RELAY, Contact, Pass
from fakel.model.epoch import Window, Windows, union
from fakel.model.place import Network
from fakel.physics import geodesy, light, link
from fakel.physics.spans import Rows, peaks, sample_times, spans_of_samples, spans_within
from fakel.plan.ends import End, Scene, ends_of

GRID_S, FINE_S = 30.0, 2.0                  # between samples: where functions are smooth, where masks have corners
MOST_SAMPLES = 2_000_000


@dataclass(frozen=True, slots=True)
class Limit:
    """What cuts passes: free where of(t_s (k,), end (k,)) > 0, for the ends numbered in ends; sampled every step_s."""

    reason: str
    of: Callable[[FloatArray, Rows], FloatArray]
    ends: tuple[int, ...]
    step_s: float = GRID_S


@dataclass(frozen=True, slots=True, eq=False)
class _Free:
    """Stretches (n,) of ends, and why each begins and ends."""

    end: Rows
    start_s: FloatArray
    stop_s: FloatArray
    begins: np.ndarray
    ends: np.ndarray

    def cut(self, limit: Limit) -> _Free:
        """What a limit leaves of them."""
        hit = np.isin(self.end, limit.ends)
        rows = np.flatnonzero(hit)
        if not len(rows):
            return self
        ends = self.end[rows]
        found = spans_within(lambda t, row: limit.of(t, ends[row]), self.start_s[rows], self.stop_s[rows], limit.step_s)
        was = rows[found.row]
        left = np.flatnonzero(~hit)
        return _Free(np.concatenate([self.end[left], self.end[was]]),
                     np.concatenate([self.start_s[left], found.start_s]),
                     np.concatenate([self.stop_s[left], found.stop_s]),
                     np.concatenate([self.begins[left], np.where(found.opens, limit.reason, self.begins[was])]),
                     np.concatenate([self.ends[left], np.where(found.closes, limit.reason, self.ends[was])]))


def passes(scene: Scene, network: Network, ends: Sequence[End] | None = None) -> tuple[Pass, ...]:
    """Every pass over the ground stations and relays of a network (or only these ends of it), in order of time."""
    ends = ends_of(network, scene) if ends is None else ends
    found = [*ground_passes(scene, [e for e in ends if e.kind == GROUND], network),
             *relay_passes(scene, [e for e in ends if e.kind == RELAY], network)]
    return in_order(found)


def windows_of(found: Sequence[Pass], *kinds: str) -> Windows:
    """When the craft is in reach of any end of these kinds (of any at all, if none is named): windows that do not
    touch, for ``model.epoch.intersection`` and ``gaps``."""
    return union(tuple(p.window for p in found if not kinds or p.kind in kinds))


def in_order(found: Sequence[Pass]) -> tuple[Pass, ...]:
    return tuple(sorted(found, key=lambda p: (p.window.start, p.other)))


# ---------------------------------------------------------------- ground stations

def ground_passes(scene: Scene, ends: Sequence[End], network: Network) -> tuple[Pass, ...]:
    """Passes over ground stations: above the mask (and the terrain), outside the zone overhead that the antenna cannot
    follow, not hidden by the craft's structure, and not shorter than the shortest pass that the network takes."""
    if not ends:
        return ()
    ground = _Ground.of(scene, ends, network)
    free = _first_ground(scene, ground)
    for limit in (*ground.limits(), *_hidden(scene, ends, network, GROUND)):
        free = free.cut(limit)
    shortest = np.array([network.shortest_pass_s if e.site.shortest_pass_s is None else e.site.shortest_pass_s
                         for e in ends if e.site is not None])
    return _as_passes(scene, ends, free, ground.elevation_rad, shortest)


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """Ground stations as arrays (m, …) in ITRF."""

    scene: Scene
    ends: Sequence[End]
    place_m: FloatArray
    enu: FloatArray
    mask_rad: FloatArray

    @classmethod
    def of(cls, scene: Scene, ends: Sequence[End], network: Network) -> _Ground:
        sites = [end.site for end in ends if end.site is not None]
        place = np.array([geodesy.itrf_from_geodetic(s.latitude_rad, s.longitude_rad, s.height_m) for s in sites])
        enu = np.array([geodesy.enu_from_itrf(s.latitude_rad, s.longitude_rad) for s in sites])
        mask = np.array([network.elevation_mask_rad if s.elevation_mask_rad is None else s.elevation_mask_rad
                         for s in sites])
        return cls(scene, ends, place, enu, mask)

    def local(self, t_s: FloatArray, end: Rows) -> tuple[FloatArray, FloatArray]:
        """Place and velocity (k, 3) of the craft in east, north, up of each station."""
        position, velocity = self.scene.fixed.at(t_s)
        turn = self.enu[end]
        return (np.einsum("kij,kj->ki", turn, position - self.place_m[end]), np.einsum("kij,kj->ki", turn, velocity))

    def elevation_rad(self, t_s: FloatArray, end: Rows) -> FloatArray:
        local, _ = self.local(t_s, end)
        return np.asarray(np.arctan2(local[:, 2], np.hypot(local[:, 0], local[:, 1])))

    def over_mask(self, t_s: FloatArray, end: Rows) -> FloatArray:
        """Sine of the elevation less that of the mask."""
        away = self.scene.fixed.at(t_s)[0] - self.place_m[end]
        return np.asarray(np.sum(away * self.enu[end, 2], axis=1) / np.linalg.norm(away, axis=1)
                          - np.sin(self.mask_rad[end]))

    def grid(self, t_s: FloatArray, first: int, last: int) -> FloatArray:
        """``over_mask`` of stations first to last at shared times: (last - first, n)."""
        position, place = self.scene.fixed.at(t_s)[0], self.place_m[first:last]
        up = self.enu[first:last, 2]
        height = up @ position.T - np.sum(up * place, axis=1)[:, None]
        squared = (np.sum(position**2, axis=1)[None] - 2 * place @ position.T + np.sum(place**2, axis=1)[:, None])
        return np.asarray(height / np.sqrt(np.maximum(squared, 1.0)) - np.sin(self.mask_rad[first:last])[:, None])

    def limits(self) -> tuple[Limit, ...]:
        """Terrain, the zone overhead and the speed of turning, for the stations whose data give them."""
        sites = [end.site for end in self.ends if end.site is not None]
        terrain = tuple(i for i, s in enumerate(sites) if s.terrain_mask_rad)
        keyhole = tuple(i for i, s in enumerate(sites) if s.keyhole_rad)
        slow = tuple(i for i, s in enumerate(sites) if s.azimuth_rate_rad_s)
        tables = [np.array(s.terrain_mask_rad).reshape(-1, 2) for s in sites]
        overhead = np.array([np.pi / 2 - (s.keyhole_rad or 0.0) for s in sites])
        fastest = np.array([s.azimuth_rate_rad_s or np.inf for s in sites])

        def over_terrain(t_s: FloatArray, end: Rows) -> FloatArray:
            local, _ = self.local(t_s, end)
            return link.over_terrain_rad(local, tables, end)

        def outside_keyhole(t_s: FloatArray, end: Rows) -> FloatArray:
            return overhead[end] - self.elevation_rad(t_s, end)

        def slow_enough(t_s: FloatArray, end: Rows) -> FloatArray:
            return np.asarray(1.0 - np.abs(link.azimuth_rate_rad_s(*self.local(t_s, end))) / fastest[end])
        return (Limit("terrain", over_terrain, terrain, FINE_S), Limit("keyhole", outside_keyhole, keyhole, 5.0),
                Limit("rate", slow_enough, slow, FINE_S))


def _first_ground(scene: Scene, ground: _Ground) -> _Free:
    """Stretches above the plain masks, of all stations: samples at shared times, some stations at once."""
    first, last = scene.span_s
    t_s = np.linspace(first, last, max(4, int(np.ceil((last - first) / GRID_S))) + 1)
    count, each = len(ground.ends), max(1, MOST_SAMPLES // len(t_s))
    parts = []
    for low in range(0, count, each):
        high = min(low + each, count)
        value, row = ground.grid(t_s, low, high), np.repeat(np.arange(low, high), len(t_s))
        found = spans_of_samples(ground.over_mask, np.tile(t_s, high - low), row, value.ravel())
        parts.append((found.row, found.start_s, found.stop_s, np.where(found.opens, "mask", "data"),
                      np.where(found.closes, "mask", "data")))
    return _Free(*(np.concatenate(column) for column in zip(*parts, strict=True)))


# ---------------------------------------------------------------- relays and craft

def relay_passes(scene: Scene, ends: Sequence[End], network: Network) -> tuple[Pass, ...]:
    """When relays are in reach: the line clears the air, the relay's antenna reaches the craft, nothing of the craft is
    in the way."""
    beams = tuple(i for i, e in enumerate(ends)
                  if e.relay is not None and e.relay.beam_east_west_rad and e.relay.beam_north_south_rad)

    def in_beam(t_s: FloatArray, end: Rows) -> FloatArray:
        def one(t: FloatArray, e: End) -> FloatArray:
            assert e.relay is not None
            return link.inside_beam_rad(scene.fixed.at(t)[0], e.itrf(t)[0], e.relay.beam_east_west_rad or np.pi,
                                        e.relay.beam_north_south_rad or np.pi)
        return _each(t_s, end, ends, one)
    limits = (_past_earth(scene, ends, network.grazing_height_m), Limit("beam", in_beam, beams),
              *_hidden(scene, ends, network, RELAY))
    return _cut_all(scene, ends, limits)


def craft_passes(scene: Scene, ends: Sequence[End], grazing_m: float, range_m: float | None = None
                 ) -> tuple[Pass, ...]:
    """When other craft are in reach: the line clears the air, and they are no farther than range_m."""
    def near(t_s: FloatArray, end: Rows) -> FloatArray:
        return _each(t_s, end, ends, lambda t, e: (range_m or np.inf) - np.linalg.norm(
            scene.fixed.at(t)[0] - e.itrf(t)[0], axis=1))
    everyone = tuple(range(len(ends))) if range_m else ()
    return _cut_all(scene, ends, (_past_earth(scene, ends, grazing_m), Limit("range", near, everyone)))


def _past_earth(scene: Scene, ends: Sequence[End], grazing_m: float) -> Limit:
    def clear(t_s: FloatArray, end: Rows) -> FloatArray:
        return _each(t_s, end, ends, lambda t, e: link.clearance_m(scene.fixed.at(t)[0], e.itrf(t)[0], grazing_m))
    return Limit("earth", clear, tuple(range(len(ends))))


def _cut_all(scene: Scene, ends: Sequence[End], limits: Sequence[Limit]) -> tuple[Pass, ...]:
    if not ends:
        return ()
    start = np.array([e.serves.start - scene.arc.start for e in ends])
    stop = np.array([e.serves.stop - scene.arc.start for e in ends])
    why = [np.array(["data" if getattr(e.serves, edge) == getattr(scene.window, edge) or e.kind == CRAFT else "service"
                     for e in ends]) for edge in ("start", "stop")]
    free = _Free(np.arange(len(ends)), start, stop, *why)
    for limit in limits:
        free = free.cut(limit)

    def elevation(t_s: FloatArray, end: Rows) -> FloatArray:
        return _each(t_s, end, ends, lambda t, e: link.local_angles(scene.fixed.at(t)[0], e.itrf(t)[0])[0])
    return _as_passes(scene, ends, free, elevation, np.zeros(len(ends)))


def _each(t_s: FloatArray, end: Rows, ends: Sequence[End], of: Callable[[FloatArray, End], FloatArray]) -> FloatArray:
    """Values (k,) of the ends numbered (k,), each end asked once."""
    out = np.empty(len(t_s))
    for i in np.unique(end):
        here = end == i
        out[here] = of(t_s[here], ends[i])
    return out


def _hidden(scene: Scene, ends: Sequence[End], network: Network, kind: str) -> tuple[Limit, ...]:
    """The craft's own structure: one of its antennas for this kind of link must see the other end."""
    antennas = _antennas(network, kind)
    if not antennas:
        return ()

    def seen(t_s: FloatArray, end: Rows) -> FloatArray:
        return _each(t_s, end, ends, lambda t, e: np.max(
            [_clear_rad(a, _body_line(scene, e, t)) for a in antennas], axis=0))
    return (Limit("structure", seen, tuple(range(len(ends))), FINE_S),)


def _antennas(network: Network, kind: str) -> tuple[Antenna, ...]:
    return tuple(a for a in network.antennas.antennas if a.to == kind) if network.antennas else ()


def _clear_rad(antenna: Antenna, line: FloatArray) -> FloatArray:
    clock, cone = link.clock_and_cone(line, antenna.axis_lvlh, antenna.zero_lvlh)
    if not antenna.field_of_view_rad:
        return antenna.reach_rad - cone
    table = np.array(antenna.field_of_view_rad)
    return np.asarray(np.interp(clock, table[:, 0], table[:, 1]) - cone)


def _body_line(scene: Scene, end: End, t_s: FloatArray) -> FloatArray:
    """Lines (n, 3) from the craft to another end, in the craft's body axes."""
    away = end.gcrf(t_s)[0] - scene.arc.at(t_s)[0]
    return np.asarray(np.einsum("nij,nj->ni", scene.body_from_gcrf(t_s), away))


def _as_passes(scene: Scene, ends: Sequence[End], free: _Free, elevation: Callable[[FloatArray, Rows], FloatArray],
               shortest_s: FloatArray) -> tuple[Pass, ...]:
    """Records of stretches that are long enough, with their highest points."""
    keep = np.flatnonzero(free.stop_s - free.start_s >= np.maximum(shortest_s[free.end], 1e-3))
    if not len(keep):
        return ()
    end, start, stop = free.end[keep], free.start_s[keep], free.stop_s[keep]
    t_s, row = sample_times(start, stop, 120.0, 8)
    height = elevation(t_s, end[row])
    best = _argmax_rows(height, row, len(keep))
    before, behind = np.maximum(best - 1, 0), np.minimum(best + 1, len(t_s) - 1)
    low = np.where(row[before] == row[best], t_s[before], start)
    high = np.where(row[behind] == row[best], t_s[behind], stop)
    at, top = peaks(lambda t, r: elevation(t, end[r]), low, high, np.arange(len(keep)))
    zero = scene.arc.start
    found = [Pass(scene.arc.craft, ends[e].kind, ends[e].id, Window(zero + float(a), zero + float(b)),
                  zero + float(t), float(h), str(why), str(because))
             for e, a, b, t, h, why, because in zip(end, start, stop, at, top, free.begins[keep], free.ends[keep],
                                                    strict=True)]
    return in_order(found)


def _argmax_rows(value: FloatArray, row: Rows, rows: int) -> Rows:
    """Index of the greatest value of each row; rows follow one another."""
    order = np.lexsort((value, row))
    last = np.searchsorted(row[order], np.arange(rows), side="right") - 1
    return np.asarray(order[last])


# ---------------------------------------------------------------- sunlight

def sunlight(scene: Scene, shadow: str = "umbra") -> Windows:
    """Stretches of sunlight; shadow is a key of ``light.SHADOWS`` that says what counts as dark."""
    of = light.SHADOWS[shadow]

    def lit(t_s: FloatArray, row: Rows) -> FloatArray:
        return of(scene.arc.at(t_s)[0], scene.world.sun_gcrf_m(scene.world_s(t_s)))
    first, last = scene.span_s
    found = spans_within(lit, np.array([first]), np.array([last]), GRID_S)
    return tuple(Window(scene.arc.start + float(a), scene.arc.start + float(b))
                 for a, b in zip(found.start_s, found.stop_s, strict=True))


# ---------------------------------------------------------------- geometry along a pass

def contact(scene: Scene, end: End, window: Window, network: Network | None = None, step_s: float = 10.0) -> Contact:
    """The geometry of a link over one window, every step_s or closer, both ends included.

    Where the network describes antennas for that kind of link, the one that sees the other end with the widest margin
    in the middle of the window is used.
    """
    first = window.start - scene.arc.start
    t_s, _ = sample_times(np.array([first]), np.array([window.stop - scene.arc.start]), step_s, 2)
    (here, speed), (there, drift) = scene.fixed.at(t_s), end.itrf(t_s)
    away, closing = there - here, drift - speed
    range_m = np.linalg.norm(away, axis=1)
    if end.site is not None:
        site = end.site
        elevation, azimuth, _ = geodesy.look(here, site.latitude_rad, site.longitude_rad, site.height_m)
    else:
        elevation, azimuth = link.local_angles(here, there)
    none = np.full(len(t_s), np.nan)
    far = link.angle_rad(-there, -away) if end.kind == RELAY else none
    name, off = "", none
    antennas = _antennas(network, end.kind) if network is not None else ()
    if antennas:
        line = _body_line(scene, end, t_s)
        used = max(antennas, key=lambda a: float(_clear_rad(a, line[len(line) // 2:len(line) // 2 + 1])[0]))
        name, off = used.id, link.angle_rad(np.broadcast_to(used.axis_lvlh, line.shape), line)
    return Contact(scene.arc.craft, end.kind, end.id, name, window, t_s - first, range_m,
                   np.sum(away * closing, axis=1) / range_m, elevation, azimuth, off, far)
