"""A landing flown many times over, each time a little otherwise than planned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from fakel.api.forces import as_epoch
from fakel.api.land import OLDEST_DAYS, Ship, checked_orbit, ship_of, window_of
from fakel.load.library import Library
from fakel.load.zones import zones_of
from fakel.model.dispersions import Cases, Dispersions
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError, NoWindow
from fakel.model.place import Site
from fakel.physics.geodesy import geodetic_from_itrf
from fakel.physics.propagate import G0_M_S2
from fakel.plan.deorbit import aimed
from fakel.plan.return_effects import BEFORE_S
from fakel.plan.returns import opportunities
from fakel.plan.scatter import Fallen, Nominal, fly_cases, footprint, from_zone_m, linear_error_m, nominal_of
from fakel.plan.scatter_figures import SHARES, ellipse, radius, share_of

MOST_RUNS, FEWEST_RUNS = 100_000, 20
CIRCLE_M = 28_000.0
"""RSC Energia: automatic landings of Soyuz fall within 28 km of the aim with a probability of 0.9997."""


def landing_cases(zone: str | Site = "zhezkazgan", *, tle: str | Path | None = None, oem: str | Path | None = None,
                  spacecraft: str | Ship = "soyuz-tma-m", start: str, stop: str, runs: int = 1000, seed: int = 1,
                  dispersions: str = "soyuz-return", dv_m_s: float | None = None, max_age_days: float = OLDEST_DAYS,
                  workers: int = 2, progress: Callable[[float], None] = lambda part: None) -> Cases:
    """The first landing between start and stop, flown runs times from its burn to touchdown with errors drawn for each.

    A run's errors hang on seed and its number alone. Broken off with Ctrl-C it tells of the runs that are done, when
    they are enough. Raises NoWindow when there is no landing, InputError for what cannot be used.
    """
    if not FEWEST_RUNS <= runs <= MOST_RUNS:
        raise InputError(f"--runs = {runs} says little or lasts long; give {FEWEST_RUNS} to {MOST_RUNS}")
    if seed < 0:
        raise InputError(f"--seed = {seed} is below zero; give 0 or more")
    ship = ship_of(spacecraft) if isinstance(spacecraft, str) else spacecraft
    given: Dispersions = Library().find(Dispersions, dispersions, "--dispersions")
    window = window_of(as_epoch(start, "--from"), as_epoch(stop, "--to"))
    site = zone if isinstance(zone, Site) else zones_of([zone])[0]
    known = checked_orbit(tle, oem, window, ship, max_age_days, (site,), dv_m_s)
    earliest_s = known.world.seconds(window.start)
    found, _, _ = opportunities(known.orbit, window, (site,), ship.vehicle, dv_m_s, earliest_s, None, known.world)
    if not found:
        raise NoWindow(f"no orbit reaches {site.id} from {window.start.iso()} to {window.stop.iso()}; fakel land "
                       "without --runs tells the nearest miss and what comes next")
    one = found[0]
    start_s = known.world.seconds(one.burn_start)
    path = known.orbit.path(start_s - BEFORE_S)
    landed = aimed(path, start_s, one.dv_m_s, ship.vehicle, site, known.world)
    if landed is None:
        raise NoWindow(f"the landing at {site.id} of {one.landing.iso()} is at the edge of the orbit that is known; "
                       "begin the window earlier")
    case = nominal_of(path, landed, ship.vehicle, site, given, known.world)
    fallen = fly_cases(case, seed, range(runs), workers, lambda done: progress(done / runs))
    if len(fallen) < min(runs, FEWEST_RUNS):
        raise KeyboardInterrupt
    broken_off = (f"broken off after {len(fallen)} of {runs} runs",) if len(fallen) < runs else ()
    return _told(case, fallen, seed, known.world.epoch + landed.braking.start_s, one.landing,
                 linear_error_m(case, path, known.world), (*known.told, *known.world.warnings, *broken_off))


def _told(case: Nominal, fallen: list[Fallen], seed: int, burn: Epoch, landing: Epoch, error_m: float,
          told: tuple[str, ...]) -> Cases:
    places = np.array([one.place for one in fallen])
    lat, lon, _ = geodetic_from_itrf(places)
    east, north = from_zone_m(places, case.zone).T
    away = np.hypot(east, north)
    return Cases(case.zone, case.vehicle.name, case.given.name, burn, landing, seed, np.column_stack([lat, lon]), east,
                 north, np.array([one.peak_m_s2 for one in fallen]) / G0_M_S2,
                 np.array([one.speed_m_s for one in fallen]), np.array([one.guided for one in fallen]), footprint(case),
                 (float(east.mean()), float(north.mean())),
                 {share: radius(away, share) for share in SHARES},
                 {share: ellipse(east, north, share) for share in SHARES}, error_m, CIRCLE_M,
                 share_of(int((away <= CIRCLE_M).sum()), len(away)), told)
