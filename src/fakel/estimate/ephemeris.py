"""An orbit fitted to the ephemeris of a file, and set against the rest of that file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fakel.estimate.empirical import NAMES
from fakel.estimate.fit import Orbit, fit_orbit, forecast
from fakel.estimate.model_path import Unknowns
from fakel.model.arrays import FloatArray
from fakel.model.ephemeris import Announced, Ephemeris
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.frame import Frame
from fakel.physics.force import Forces
from fakel.physics.frames import rtn_from_gcrf
from fakel.physics.small_forces import EARTH_GM_M3_S2
from fakel.world import World

SHORTEST_DRAG_S = 2700.0    # half a revolution
SPACING_S = 60.0            # places closer together than that are thinned: they tell a fit nothing new


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The forecast less the file's own later places: hours_h (n,) after the fitted span, off_rtn_m (n, 3) radial,
    along track, across, and the sigma that the fit foretold in each of these (n, 3)."""

    hours_h: FloatArray
    off_rtn_m: FloatArray
    sigma_rtn_m: FloatArray

    def by_hour(self) -> list[tuple[int, float, float, float]]:
        """Hour (1: the first), rms distance in it, largest offset along track (m, signed), its foretold sigma."""
        hour = np.maximum(np.ceil(self.hours_h - 1e-9).astype(int), 1)
        out = []
        for h in np.unique(hour):
            off, sigma = self.off_rtn_m[hour == h], self.sigma_rtn_m[hour == h]
            worst = int(np.argmax(np.abs(off[:, 1])))
            out.append((int(h), float(np.sqrt(np.mean(np.sum(off**2, axis=1)))), float(off[worst, 1]),
                        float(sigma[worst, 1])))
        return out


def places_gcrf(ephemeris: Ephemeris, world: World) -> FloatArray:
    """States (n, 6) of the file in GCRF; velocities are NaN where it has none."""
    t_s = ephemeris.t_s + world.seconds(ephemeris.start)
    try:
        given = world.convert(t_s, ephemeris.position_m, ephemeris.velocity_m_s, ephemeris.frame, Frame.GCRF)
    except InputError as error:
        raise InputError(f"{ephemeris.source}: {error}") from None
    return np.concatenate(given, axis=1)


def cut(ephemeris: Ephemeris, window: Window) -> Ephemeris:
    """The states of a window, its end included. InputError when it holds fewer than two."""
    inside = (ephemeris.t_s >= window.start - ephemeris.start - 1e-6) & (
        ephemeris.t_s <= window.stop - ephemeris.start + 1e-6)
    if inside.sum() < 2:
        raise InputError(f"{ephemeris.source}: {int(inside.sum())} states lie between {window.start.iso()} and "
                         f"{window.stop.iso()}; it holds {ephemeris.start.iso()} to {ephemeris.stop.iso()}")
    return replace(ephemeris, t_s=ephemeris.t_s[inside], position_m=ephemeris.position_m[inside],
                   velocity_m_s=ephemeris.velocity_m_s[inside])


def drag_starts(start_s: float, stop_s: float, each_s: float) -> tuple[float, ...]:
    """Where the second and later spans of drag begin; a last piece shorter than half a span joins the one before."""
    count = max(1, int((stop_s - start_s) / each_s + 0.5))
    return tuple(start_s + each_s * k for k in range(1, count))


def fit_ephemeris(ephemeris: Ephemeris, window: Window, world: World, forces: Forces, mass_kg: float, *,
                  drag_each_s: float, radiation: bool, burns: tuple[Announced, ...] = (),
                  empirical: bool = False) -> Orbit:
    """Fit the states of a window: state, one drag scale for each drag_each_s, the radiation scale, given burns,
    accelerations that come back each revolution.

    Without air on it (forces.cd_area_m2 = 0) no drag is found. A burn counts as a steady push; places while it lasts
    are left out. InputError as from ``fit_orbit``.
    """
    part = cut(ephemeris, window)
    t_s = part.t_s + world.seconds(part.start)
    states = places_gcrf(part, world)
    keep = _thinned(t_s)
    for burn in burns:
        keep &= (t_s < world.seconds(burn.epoch)) | (t_s > world.seconds(burn.stop))
    t_s, states = t_s[keep], states[keep]
    pushes = tuple((world.seconds(burn.epoch), world.seconds(burn.stop)) for burn in burns)
    drag = forces.cd_area_m2 > 0.0
    starts = drag_starts(float(t_s[0]), float(t_s[-1]), drag_each_s) if drag else ()
    unknowns = Unknowns((1.0,) * (len(starts) + 1), starts, radiation, 1.0, pushes,
                        tuple((0.0, burn.dv_m_s, 0.0) for burn in burns), (0.0,) * len(NAMES) if empirical else (),
                        drag)
    y = np.append(states[0, :3], [*_first_velocity(t_s, states), mass_kg])
    where = f"{part.source} from {window.start.iso()} to {window.stop.iso()}"
    return fit_orbit(t_s, states[:, :3], y, unknowns, forces, world, where)


def fit_with_short_spans(ephemeris: Ephemeris, window: Window, world: World, forces: Forces, mass_kg: float, *,
                         drag_each_s: float, enough_m: float, **how: Any) -> tuple[Orbit, tuple[str, ...]]:
    """As ``fit_ephemeris``, with the spans of drag halved where the air asks for it; and what to tell of that.

    They are halved while more than enough_m is left, and a third of it goes with each halving, down to
    SHORTEST_DRAG_S. An information criterion (Schwarz's) halved them always: on calm days the extra scales, of -26 to
    10, took up what other forces leave out.
    """
    first = orbit = fit_ephemeris(ephemeris, window, world, forces, mass_kg, drag_each_s=drag_each_s, **how)
    each_s = drag_each_s
    while orbit.unknowns.drag and orbit.rms_m > enough_m and each_s / 2 >= SHORTEST_DRAG_S:
        finer = fit_ephemeris(ephemeris, window, world, forces, mass_kg, drag_each_s=each_s / 2, **how)
        if finer.rms_m > 2 / 3 * orbit.rms_m:
            break
        orbit, each_s = finer, each_s / 2
    if orbit is first:
        return orbit, ()
    return orbit, (f"one drag scale per {drag_each_s / 3600:g} h leaves {first.rms_m:.2f} m; one per "
                   f"{each_s / 3600:g} h is taken and leaves {orbit.rms_m:.2f} m: the air changes fast, and the "
                   "forecast is less sure",)


def compare(orbit: Orbit, ephemeris: Ephemeris, window: Window, world: World) -> Compared:
    """Set the forecast against the states of the file in a window after the fitted span."""
    part = cut(ephemeris, window)
    t_s = part.t_s + world.seconds(part.start)
    keep = _thinned(t_s) & (t_s > orbit.t_s[-1])
    given, t_s = places_gcrf(part, world)[keep], t_s[keep]
    states, covariance = forecast(orbit, t_s, world)
    turn = rtn_from_gcrf(states[:, :3], states[:, 3:6])
    off = np.einsum("nij,nj->ni", turn, states[:, :3] - given[:, :3])
    spread = np.einsum("nij,njk,nik->ni", turn, covariance[:, :3, :3], turn)
    return Compared((t_s - orbit.t_s[-1]) / 3600.0, off, np.sqrt(np.maximum(spread, 0.0)))


def state_at(orbit: Orbit, epoch: Epoch, world: World) -> tuple[FloatArray, FloatArray]:
    """State (6,) GCRF and covariance (6, 6) at an epoch after the start of the fitted span."""
    states, covariance = forecast(orbit, np.array([world.seconds(epoch)]), world)
    return states[0], covariance[0]


def _thinned(t_s: FloatArray) -> np.ndarray:
    """True for a first place and each next one that is SPACING_S or more after the last that is kept."""
    keep, last = np.zeros(len(t_s), bool), -np.inf
    for i, t in enumerate(t_s):
        if t - last >= SPACING_S - 1e-3:
            keep[i], last = True, t
    return keep


def _first_velocity(t_s: FloatArray, states: FloatArray) -> FloatArray:
    """The file's own velocity, or that of the conic near the first two places (f and g: Bate et al. 1971, ch. 5)."""
    if np.isfinite(states[0, 3:]).all():
        return states[0, 3:]
    h = float(t_s[1] - t_s[0])
    r0, r1 = np.linalg.norm(states[:2, :3], axis=1)
    angle = np.arccos(np.clip(states[0, :3] @ states[1, :3] / r0 / r1, -1, 1))
    a = 0.5 * (r0 + r1)
    f, g = 1 - a / r0 * (1 - np.cos(angle)), h - (angle - np.sin(angle)) * np.sqrt(a**3 / EARTH_GM_M3_S2)
    return np.asarray((states[1, :3] - f * states[0, :3]) / g)
