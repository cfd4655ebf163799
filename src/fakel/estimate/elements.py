"""From a two-line element set to a state that our own dynamics can carry on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sgp4.api import WGS72, Satrec

from fakel.estimate.fit import fit_orbit
from fakel.estimate.model_path import Unknowns
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError, InputError
from fakel.physics.force import Forces
from fakel.physics.propagate import coast, coast_table
from fakel.world import World

HALF_SPAN_S = 43_200.0
SAMPLE_S = 600.0
_STEPS = np.array([10.0, 10.0, 10.0, 0.01, 0.01, 0.01])


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Our state (7,) in GCRF at the set's own epoch, and how well our path follows SGP4 around it.

    rms_m: of the distance to SGP4 over the fitted span; covariance (6, 6) in GCRF, from the residuals, for what it
    is worth: SGP4's own error (about 1 km, growing 1-3 km a day) is not in it.
    """

    epoch: Epoch
    y: FloatArray
    rms_m: float
    covariance: FloatArray


def satrec_from_lines(line1: str, line2: str) -> Satrec:
    """The element set as the package sgp4 reads it (its check of digits is the loader's work)."""
    return Satrec.twoline2rv(line1, line2, WGS72)


def epoch_of(satellite: Satrec) -> Epoch:
    """Epoch of an element set (UTC)."""
    return Epoch.from_mjd_utc(satellite.jdsatepoch - 2_400_000.5, satellite.jdsatepochF)


def sgp4_gcrf(satellite: Satrec, world: World, t_s: FloatArray | float) -> FloatArray:
    """States (n, 6) of SGP4 in GCRF at world times (n,). FlightError where SGP4 gives up (decay)."""
    t = np.atleast_1d(np.asarray(t_s, dtype=float))
    from_set_s = t + (world.epoch - epoch_of(satellite))
    days = np.full(len(t), satellite.jdsatepoch)
    fault, position_km, velocity_km_s = satellite.sgp4_array(days, satellite.jdsatepochF + from_set_s / 86_400)
    if fault.any():
        raise FlightError(f"SGP4 gives error {fault[fault != 0][0]} for catalogue number {satellite.satnum}; "
                          f"use an element set nearer to the flight")
    back = np.swapaxes(world.teme_from_gcrf(t), 1, 2)
    turned = [np.einsum("nij,nj->ni", back, vectors * 1000.0) for vectors in (position_km, velocity_km_s)]
    return np.concatenate(turned, axis=1)


def fit_elements(line1: str, line2: str, world: World, cd_area_m2: float, mass_kg: float,
                 half_span_s: float = HALF_SPAN_S) -> Fit:
    """Fit our dynamics to SGP4 from half_span_s before the set's epoch to as long after it.

    Least squares of positions, every 10 min, by Gauss-Newton with difference quotients; the drag area is not fitted.
    InputError when the world does not hold that span.
    """
    satellite = satrec_from_lines(line1, line2)
    epoch = epoch_of(satellite)
    if not (world.window.start <= epoch + -half_span_s and epoch + half_span_s <= world.window.stop):
        raise InputError(f"element set of {epoch}: the world holds {world.window.start} to {world.window.stop}; "
                         f"begin it at the set's epoch or use a newer set")
    t0_s, n = world.seconds(epoch), int(half_span_s / SAMPLE_S)
    wanted = sgp4_gcrf(satellite, world, t0_s + SAMPLE_S * np.arange(-n, n + 1, dtype=float))[:, :3]
    start = sgp4_gcrf(satellite, world, t0_s)[0]

    def path(x: FloatArray) -> FloatArray:
        y = np.append(x, mass_kg)
        before = coast_table(y, t0_s, -SAMPLE_S, n + 1, cd_area_m2, world.field)
        after = coast_table(y, t0_s, SAMPLE_S, n + 1, cd_area_m2, world.field)
        return np.concatenate([before[:0:-1, :3], after[:, :3]]).ravel()

    x, left, slopes = _gauss_newton(path, wanted.ravel(), start)
    rms_m = float(np.sqrt(np.sum(left**2) / len(wanted)))
    covariance = np.linalg.inv(slopes.T @ slopes) * np.sum(left**2) / (len(left) - 6)
    return Fit(epoch, np.append(x, mass_kg), rms_m, (covariance + covariance.T) / 2)


def _gauss_newton(path: Callable[[FloatArray], FloatArray], wanted: FloatArray, x: FloatArray
                  ) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Least-squares state, what is left over, and the slopes of the path.

    The slopes are taken once, at the start: some kilometres away they differ by 1e-3, so each round gains three digits.
    """
    slopes = np.stack([(path(x + step) - path(x - step)) / (2 * step.sum()) for step in np.diag(_STEPS)], axis=1)
    left = wanted - path(x)
    for _ in range(8):
        change = np.linalg.lstsq(slopes, left, rcond=None)[0]
        x = x + change
        left = wanted - path(x)
        if np.abs(change / _STEPS).max() < 1e-3:
            break
    return x, left, slopes


def state_from_elements(line1: str, line2: str, epoch: Epoch, world: World, cd_area_m2: float,
                        mass_kg: float) -> FloatArray:
    """GCRF state y (7,) at an epoch: ``fit_elements``, then flown there, forward or backward, in our dynamics."""
    fit = fit_elements(line1, line2, world, cd_area_m2, mass_kg)
    return np.asarray(coast(fit.y, world.seconds(fit.epoch), world.seconds(epoch), cd_area_m2, world.field))


@dataclass(frozen=True, slots=True, eq=False)
class WithDrag:
    """Our state (7,) GCRF at a set's epoch, the drag scale that follows its decay, and the rms distance to SGP4."""

    y: FloatArray
    drag_scale: float
    rms_m: float


def fit_with_drag(satellite: Satrec, world: World, forces: Forces, mass_kg: float, with_drag: bool, where: str,
                  half_span_s: float = 86_400.0) -> WithDrag:
    """Fit our dynamics to SGP4 from half_span_s before the set's epoch to as long after it, drag too if asked.

    A day to either side shows the decay to about a quarter; a scale below zero counts as none. InputError with where.
    """
    t0_s = world.seconds(epoch_of(satellite))
    t_s = t0_s + SAMPLE_S * np.arange(-int(half_span_s / SAMPLE_S), int(half_span_s / SAMPLE_S) + 1, dtype=float)
    wanted = sgp4_gcrf(satellite, world, t_s)
    orbit = fit_orbit(t_s, wanted[:, :3], np.append(wanted[0], mass_kg), Unknowns(drag=with_drag), forces, world, where)
    scale = max(orbit.unknowns.drag_scales[0], 0.0)
    if scale != orbit.unknowns.drag_scales[0]:
        orbit = fit_orbit(t_s, wanted[:, :3], orbit.y, Unknowns((0.0,), drag=False), forces, world, where)
    y = coast(orbit.y, orbit.t0_s, t0_s, forces._replace(drag_scale=forces.drag_scale * scale), world.field)
    return WithDrag(y, scale, orbit.rms_m)
