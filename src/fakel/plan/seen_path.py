"""The path of a craft over the turning Earth, with Sun and Moon, as the finder of passes wants it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sgp4.api import Satrec

from fakel.estimate.elements import epoch_of, sgp4_teme
from fakel.estimate.ephemeris import places_gcrf
from fakel.model.arrays import FloatArray
from fakel.model.ephemeris import Ephemeris
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.flight import Arc
from fakel.model.frame import Frame
from fakel.model.start import HALF_ORBIT_M, age_error_m
from fakel.physics.light import above_shadow_rad
from fakel.physics.passes import Grid
from fakel.world import World, build_world

STEP_S = 60.0
MARGIN_S = 1800.0            # a pass that has begun before the window, or ends after it, is told whole
SUNLIGHT_S = 499.0           # on its way: the Sun is seen where it stood then
SLACK_S = 7200.0
SPIN_RAD_S = 7.2921150e-5     # of the Earth; that it spins about a pole 1e-6 rad away is 0.5 mm/s
ISSUE_M, ISSUE_M_DAY2 = 100.0, 500.0
"""How NASA's ephemeris disagrees with its own next issues, along track: 1 to 10 km after 2 to 4 days, tens of km after
a week."""


@dataclass(frozen=True, slots=True, eq=False)
class SeenPath:
    """A craft's path; grid counts seconds of world. window: what was asked for. error_m: sigma along track at an
    instant; told: what a person should know, in one line each."""

    craft: str
    world: World
    window: Window
    grid: Grid
    error_m: Callable[[Epoch], float]
    told: tuple[str, ...] = ()

    @property
    def start(self) -> Epoch:
        return self.world.epoch + self.grid.t0_s

    @property
    def stop(self) -> Epoch:
        return self.start + (len(self.grid.place) - 1) * self.grid.step_s

    def sigma_s(self, epoch: Epoch) -> float:
        """One sigma of the instants of a pass."""
        speed = float(np.linalg.norm(self.grid.velocity[len(self.grid.velocity) // 2]))
        return self.error_m(epoch) / speed


def small_world(window: Window) -> World:
    """How the Earth turns and where Sun and Moon stand, without forces."""
    return build_world(window.start, window.stop, gravity="point", degree=2, drag=False, margin_s=SLACK_S)


def path_of_elements(satellite: Satrec, craft: str, window: Window, world: World | None = None) -> SeenPath:
    """SGP4's path over a window and half an hour to either side. FlightError where SGP4 gives up."""
    world = world or small_world(window)
    epoch = epoch_of(satellite)
    t_s = _times(world, window, STEP_S)
    turn = world.itrf_from_gcrf(t_s)
    from_teme = np.einsum("nij,nkj->nik", turn, world.teme_from_gcrf(t_s))
    place, velocity = (np.einsum("nij,nj->ni", from_teme, x) for x in sgp4_teme(satellite, world, t_s))
    velocity += SPIN_RAD_S * np.stack([place[:, 1], -place[:, 0], np.zeros(len(place))], axis=1)
    return SeenPath(craft, world, window, _grid(world, t_s, place, velocity, turn),
                    lambda at: min(age_error_m(abs(at - epoch)), HALF_ORBIT_M))


def path_of_ephemeris(ephemeris: Ephemeris, craft: str, window: Window, world: World | None = None) -> SeenPath:
    """The states of a file, joined by polynomials that do not reach over a change of step (where the craft is pushed).

    Cut to what the file holds. InputError when it holds nothing of the window.
    """
    held = window & Window(ephemeris.start, ephemeris.stop)
    if held is None:
        raise InputError(f"{ephemeris.source} holds {ephemeris.start.iso()} to {ephemeris.stop.iso()}, nothing of "
                         f"{window.start.iso()} to {window.stop.iso()}; choose a window in it")
    world = world or small_world(held)
    begin_s, end_s = world.seconds(ephemeris.start), world.seconds(ephemeris.stop)
    t_s = _times(world, held, STEP_S, begin_s, end_s)
    states = between(world.seconds(ephemeris.start) + ephemeris.t_s, places_gcrf(ephemeris, _wide(world, ephemeris)),
                     t_s)
    place, velocity = world.to_itrf(t_s, states[:, :3], states[:, 3:])
    told: tuple[str, ...] = () if window.stop <= ephemeris.stop else (
        f"{ephemeris.source} ends at {ephemeris.stop.iso()}, before {window.stop.iso()}; later passes are not "
        "listed",)
    if window.start < ephemeris.start:
        told += (f"{ephemeris.source} begins at {ephemeris.start.iso()}, after {window.start.iso()}; earlier passes "
                 "are not listed",)
    made = min(ephemeris.created or ephemeris.start, ephemeris.stop)
    return SeenPath(craft, world, held, _grid(world, t_s, place, velocity),
                    lambda at: ISSUE_M + ISSUE_M_DAY2 * (max(at - made, 0.0) / 86_400.0) ** 2, (*ephemeris.told, *told))


def path_of_arcs(arcs: Sequence[Arc], craft: str, world: World, window: Window, step_s: float) -> SeenPath:
    """Arcs of one craft (GCRF) that follow one another without a break and hold the window; nothing beside it."""
    count = max(int(np.ceil(window.duration_s / step_s)), 2)
    t_s = np.linspace(world.seconds(window.start), world.seconds(window.stop), count + 1)
    position, velocity = np.zeros((len(t_s), 3)), np.zeros((len(t_s), 3))
    for arc in arcs:
        since = t_s + (world.epoch - arc.start)
        inside = (since >= arc.t_s[0] - 1e-3) & (since <= arc.t_s[-1] + 1e-3)
        position[inside], velocity[inside] = arc.at(np.clip(since[inside], arc.t_s[0], arc.t_s[-1]))
    place, moves = world.to_itrf(t_s, position, velocity)
    return SeenPath(craft, world, window, _grid(world, t_s, place, moves), lambda at: 0.0)


def with_places(path: SeenPath, place: FloatArray, velocity: FloatArray) -> SeenPath:
    """The same path at other places and velocities (n, 3) in ITRF."""
    return replace(path, grid=path.grid._replace(place=np.ascontiguousarray(place),
                                                 velocity=np.ascontiguousarray(velocity)))


def lit_stretches(path: SeenPath, shell_m: float) -> FloatArray:
    """Begin and end (2, k) of the stretches in which the path is outside the umbra, s, within 1e-4 s."""
    grid = path.grid
    t = grid.t0_s + grid.step_s * np.arange(len(grid.place))
    clear = above_shadow_rad(grid.place, grid.sun, True, shell_m)
    i = np.flatnonzero((clear[1:] > 0) != (clear[:-1] > 0))
    low, high, f_low, f_high = t[i], t[i + 1], clear[i], clear[i + 1]
    for _ in range(8):                       # regula falsi, an end that stays put counts half (Illinois)
        new = (low * f_high - high * f_low) / (f_high - f_low)
        f_new = above_shadow_rad(*_at(grid, new), True, shell_m) if len(new) else new
        left = (f_new > 0) == (f_low > 0)
        low, high = np.where(left, new, low), np.where(left, high, new)
        f_low, f_high = np.where(left, f_new, f_low / 2), np.where(left, f_high / 2, f_new)
    cross = np.where(np.abs(f_low) < np.abs(f_high), low, high)
    edges = np.concatenate([t[:1] if clear[0] > 0 else t[:0], cross, t[-1:] if clear[-1] > 0 else t[:0]])
    return np.ascontiguousarray(edges.reshape(-1, 2).T)


def between(node_s: FloatArray, states: FloatArray, t_s: FloatArray) -> FloatArray:
    """States (n, 6) at t_s of a path given by states (m, 6) at node_s: the polynomial of degree 7 through places and
    velocities of four neighbours (of two, where a stretch has no four), with no change of step between them."""
    steps = np.diff(node_s)
    change = np.flatnonzero(np.abs(np.log(steps[1:] / steps[:-1])) > np.log(1.5)) + 1
    edges = np.unique(np.r_[0, change, len(node_s) - 1])
    i = np.clip(np.searchsorted(node_s, t_s, side="right") - 1, 0, len(node_s) - 2)
    piece = np.clip(np.searchsorted(edges, i, side="right") - 1, 0, len(edges) - 2)
    first, last = edges[piece], edges[piece + 1]
    out = np.empty((len(t_s), 6))
    for size, chosen in ((4, last - first >= 3), (2, last - first < 3)):
        k = np.clip(i[chosen] - size // 2 + 1, first[chosen], last[chosen] - size + 1) if size == 4 else i[chosen]
        out[chosen] = _hermite(node_s, states, t_s[chosen], k, size)
    return out


def _hermite(node_s: FloatArray, states: FloatArray, t_s: FloatArray, first: np.ndarray, size: int) -> FloatArray:
    """Newton's divided differences with every node taken twice (Hermite interpolation)."""
    nodes = first[:, None] + np.arange(size)
    base = node_s[first]
    x = np.repeat(node_s[nodes] - base[:, None], 2, axis=1)
    f = np.repeat(states[nodes, :3], 2, axis=1)
    table, column = [f[:, 0]], f
    for order in range(1, 2 * size):
        gap = (x[:, order:] - x[:, :-order])[:, :, None]
        column = (column[:, 1:] - column[:, :-1]) / np.where(gap == 0.0, 1.0, gap)
        if order == 1:
            column[:, ::2] = states[nodes, 3:6]
        table.append(column[:, 0])
    value, rate, s = table[-1], np.zeros_like(table[-1]), (t_s - base)[:, None]
    for order in range(2 * size - 2, -1, -1):
        rate = rate * (s - x[:, order:order + 1]) + value
        value = value * (s - x[:, order:order + 1]) + table[order]
    return np.concatenate([value, rate], axis=1)


def _times(world: World, window: Window, step_s: float, first_s: float = -np.inf, last_s: float = np.inf) -> FloatArray:
    """An even grid over a window and its margin, within what is known."""
    a, b = max(world.seconds(window.start) - MARGIN_S, first_s), min(world.seconds(window.stop) + MARGIN_S, last_s)
    return np.linspace(a, b, max(int(np.ceil((b - a) / step_s)), 1) + 1)


def _grid(world: World, t_s: FloatArray, place: FloatArray, velocity: FloatArray, turn: FloatArray | None = None
          ) -> Grid:
    turn = world.itrf_from_gcrf(t_s) if turn is None else turn
    sun, moon = (np.einsum("nij,nj->ni", turn, body) for body in (
        world.sun_gcrf_m(t_s - SUNLIGHT_S), world.moon_gcrf_m(t_s)))
    place, velocity, sun, moon = (np.ascontiguousarray(a) for a in (place, velocity, sun, moon))
    return Grid(float(t_s[0]), float(t_s[1] - t_s[0]), place, velocity, sun, moon, np.zeros((2, 0)))


def _at(grid: Grid, t_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Place and Sun (n, 3) at instants."""
    u = (t_s - grid.t0_s) / grid.step_s
    i = np.clip(u.astype(int), 0, len(grid.place) - 2)
    s, h = (u - i)[:, None], grid.step_s
    place = ((1 + 2 * s) * (1 - s) ** 2 * grid.place[i] + s * (1 - s) ** 2 * h * grid.velocity[i]
             + s * s * (3 - 2 * s) * grid.place[i + 1] + s * s * (s - 1) * h * grid.velocity[i + 1])
    return place, grid.sun[i] + s * (grid.sun[i + 1] - grid.sun[i])


def _wide(world: World, ephemeris: Ephemeris) -> World:
    """A world that holds the whole file, where its frame turns with the Earth."""
    return small_world(Window(ephemeris.start, ephemeris.stop)) if ephemeris.frame is Frame.ITRF else world
