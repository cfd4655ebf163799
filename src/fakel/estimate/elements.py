"""From a two-line element set to a state that our own dynamics can carry on."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from sgp4.api import WGS72, Satrec

from fakel.estimate.fit import HOPELESS_M, fit_orbit
from fakel.estimate.model_path import Unknowns
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import FlightError, InputError
from fakel.physics.force import Forces
from fakel.physics.propagate import coast
from fakel.world import World

HALF_SPAN_S = 43_200.0
SAMPLE_S = 600.0
STATION_NUMBER = 25544


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Our state (7,) in GCRF at the set's own epoch, the drag scale that goes with it, and how well our path follows
    SGP4 around it.

    rms_m: of the distance to SGP4 over the fitted span. SGP4's own error (1 km, growing 1-3 km a day) is not in it.
    """

    epoch: Epoch
    y: FloatArray
    drag_scale: float
    rms_m: float


def satrec_from_lines(line1: str, line2: str) -> Satrec:
    """The element set as the package sgp4 reads it (its check of digits is the loader's work)."""
    return Satrec.twoline2rv(line1, line2, WGS72)


def name_of(satellite: Satrec) -> str:
    """What people call it, or the number that the catalogue gives it."""
    return "ISS" if satellite.satnum == STATION_NUMBER else f"object {satellite.satnum}"


def epoch_of(satellite: Satrec) -> Epoch:
    """Epoch of an element set (UTC)."""
    return Epoch.from_mjd_utc(satellite.jdsatepoch - 2_400_000.5, satellite.jdsatepochF)


def sgp4_gcrf(satellite: Satrec, world: World, t_s: FloatArray | float) -> FloatArray:
    """States (n, 6) of SGP4 in GCRF at world times (n,). FlightError where SGP4 gives up (decay)."""
    t = np.atleast_1d(np.asarray(t_s, dtype=float))
    back = np.swapaxes(world.teme_from_gcrf(t), 1, 2)
    turned = [np.einsum("nij,nj->ni", back, vectors) for vectors in sgp4_teme(satellite, world, t)]
    return np.concatenate(turned, axis=1)


def sgp4_teme(satellite: Satrec, world: World, t_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Places and velocities (n, 3) of SGP4 in its own frame at world times (n,). FlightError where SGP4 gives up."""
    from_set_s = t_s + (world.epoch - epoch_of(satellite))
    days = np.full(len(t_s), satellite.jdsatepoch)
    fault, position_km, velocity_km_s = satellite.sgp4_array(days, satellite.jdsatepochF + from_set_s / 86_400)
    if fault.any():
        raise FlightError(f"SGP4 gives error {fault[fault != 0][0]} for catalogue number {satellite.satnum}; "
                          f"use an element set nearer to the flight")
    return position_km * 1000.0, velocity_km_s * 1000.0


def fit_elements(satellite: Satrec, world: World, forces: Forces, mass_kg: float, where: str, *, with_drag: bool,
                 half_span_s: float = HALF_SPAN_S, hopeless_m: float = HOPELESS_M) -> Fit:
    """Fit our dynamics to SGP4 from half_span_s before the set's epoch to as long after it: state, drag too if asked.

    Least squares of positions, every 10 min. Twelve hours to either side settle the state; a day shows the decay to
    about a quarter. A drag scale below zero counts as none. InputError, with where, when the world does not hold that
    span or no coast of ours follows the set.
    """
    epoch, n = epoch_of(satellite), int(half_span_s / SAMPLE_S)
    if not (world.window.start <= epoch + -half_span_s and epoch + half_span_s <= world.window.stop):
        raise InputError(f"{where}: the element set is of {epoch}, the world holds {world.window.start} to "
                         f"{world.window.stop}; begin it at the set's epoch or use a newer set")
    t0_s = world.seconds(epoch)
    t_s = t0_s + SAMPLE_S * np.arange(-n, n + 1, dtype=float)
    wanted = sgp4_gcrf(satellite, world, t_s)
    guess, unknowns = np.append(wanted[0], mass_kg), Unknowns(drag=with_drag)
    orbit = fit_orbit(t_s, wanted[:, :3], guess, unknowns, forces, world, where, hopeless_m)
    if orbit.unknowns.drag_scales[0] < 0.0:
        orbit = fit_orbit(t_s, wanted[:, :3], orbit.y, replace(unknowns, drag_scales=(0.0,), drag=False), forces, world,
                          where, hopeless_m)
    scale = orbit.unknowns.drag_scales[0]
    y = coast(orbit.y, orbit.t0_s, t0_s, forces._replace(drag_scale=forces.drag_scale * scale), world.field)
    return Fit(epoch, np.asarray(y), scale, orbit.rms_m)


def state_from_elements(line1: str, line2: str, epoch: Epoch, world: World, cd_area_m2: float,
                        mass_kg: float) -> FloatArray:
    """GCRF state y (7,) at an epoch: ``fit_elements``, then flown there, forward or backward, in our dynamics.

    The drag area stays as given: three pairs of the station's sets, 5 to 36 days apart, are carried on better so (75
    against 153 km, 3900 against 4200, 2000 against 2500), as the drag term of a set is no measurement of one day.
    """
    forces = Forces(cd_area_m2)
    fit = fit_elements(satrec_from_lines(line1, line2), world, forces, mass_kg, "element set", with_drag=False,
                       hopeless_m=np.inf)             # a study leaves forces out: then no coast follows the set
    return np.asarray(coast(fit.y, world.seconds(fit.epoch), world.seconds(epoch), forces, world.field))
