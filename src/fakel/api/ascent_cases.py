"""One climb flown many times over, each time a little otherwise than planned; those that fail go on to their aborts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from fakel.api.ascent import Coming, Ready, ready_of, trouble_of
from fakel.load.library import Library
from fakel.model.arrays import FloatArray
from fakel.model.climb import AscentRun, Ascents, AscentSpread
from fakel.model.errors import InputError
from fakel.plan.ascent import check_lift, fly_ascent, steering_of
from fakel.plan.climb_cases import NEAR_M, NEAR_RAD, Case, errors_of, failed, fly_cases, quantile
from fakel.plan.scatter_figures import share_of

MOST_RUNS, MOST_JOBS = 1_000_000, 64
QUANTILES = (0.01, 0.05, 0.5, 0.95, 0.99)
FIGURES = ("propellant_left_kg", "cutoff_s", "height_m", "speed_m_s", "inclination_rad", "perigee_off_m",
           "apogee_off_m")


def ascent_cases(mission: str | Path | None = None, *, runs: int = 1000, seed: int = 1, jobs: int = 2,
                 dispersions: str = "rockets", launcher: str = "soyuz-fg", spacecraft: str = "soyuz-ms",
                 pad: str = "baikonur-1-5", liftoff: str | None = None, day: str | None = None,
                 mass_kg: float | None = None, propellant_kg: float | None = None, inclination_deg: float = 51.64,
                 tle: str | Path | None = None, oem: str | Path | None = None, profile: str = "soyuz-four-orbit",
                 wind: str | Path | None = None, engine_out: str | None = None, anyway: bool = False,
                 progress: Callable[[int], None] = lambda done: None) -> Ascents:
    """A launch flown runs times with errors drawn for each; the other arguments as those of ``ascent``.

    A run's errors hang on seed and its number alone, not on jobs. KeyboardInterrupt ends it with what is flown (runs
    fewer than wanted). Raises InputError for what cannot be used.
    """
    for name, value, low, high in (("runs", runs, 1, MOST_RUNS), ("jobs", jobs, 1, MOST_JOBS)):
        if not low <= value <= high:
            raise InputError(f"--{name} = {value} cannot be; write {low} to {high}")
    if seed < 0:
        raise InputError(f"--seed = {seed} is below zero; give 0 or more")
    spread = _spread(dispersions)
    ready = ready_of(mission, launcher=launcher, spacecraft=spacecraft, pad=pad, liftoff=liftoff, day=day,
                     mass_kg=mass_kg, propellant_kg=propellant_kg, inclination_deg=inclination_deg, tle=tle, oem=oem,
                     profile=profile, wind=wind, engine_out=engine_out)
    who = ready.who
    if not anyway:
        check_lift(who.launcher, who.pad, who.mass_kg, ready.plane)
    case = case_of(ready, spread)
    nominal = fly_ascent(who.launcher, who.pad, who.mass_kg, ready.plane, rows=False)
    done, told = _fly(case, ready, seed, range(runs), jobs, progress)
    return _told(ready, case, seed, runs, nominal.propellant_left_kg, done, (*ready.told, *told))


def _spread(name: str) -> AscentSpread:
    if name.endswith(".toml"):
        found: AscentSpread = Library().load(AscentSpread, Path(name))
    else:
        found = Library().find(AscentSpread, name, "--dispersions")
    return found


def case_of(ready: Ready, spread: AscentSpread) -> Case:
    """What all runs share."""
    who = ready.who
    steering = steering_of(who.launcher, who.pad, who.mass_kg, ready.aim, ready.fails)
    return Case(who.launcher, who.pad, who.mass_kg, steering, spread, ready.wind, ready.fails)


def _fly(case: Case, ready: Ready, seed: int, numbers: range, jobs: int, progress: Callable[[int], None]
         ) -> tuple[list[AscentRun], list[str]]:
    done: list[AscentRun] = []
    coming, told = Coming(ready), []
    try:
        for run, flown in fly_cases(case, seed, numbers, jobs):
            if failed(run):
                down, words = coming.down(flown)
                told += [word for word in words if word not in told]
                run = replace(run, abort=down, trouble=trouble_of(flown, ready.aim))
            done.append(run)
            progress(len(done))
    except (KeyboardInterrupt, SystemError) as stop:
        if not isinstance(stop, KeyboardInterrupt) and not isinstance(stop.__cause__, KeyboardInterrupt):
            raise                                        # numba wraps Ctrl-C in compiled code in a SystemError
        if not done:
            raise KeyboardInterrupt from stop
    return done, told


def _told(ready: Ready, case: Case, seed: int, wanted: int, margin_kg: float, done: list[AscentRun],
          told: tuple[str, ...]) -> Ascents:
    who, inserted = ready.who, [run for run in done if not failed(run)]
    quantiles = {}
    for name in FIGURES:
        values = np.array([getattr(run, name) for run in (done if name == "propellant_left_kg" else inserted)])
        quantiles[name] = {q: quantile(values, q) for q in QUANTILES} if len(values) else {}
    return Ascents(who.launcher.name, who.vehicle.name, who.pad, who.liftoff, who.mass_kg, case.spread, seed, wanted,
                   NEAR_M, NEAR_RAD, margin_kg, tuple(done), share_of(sum(r.within for r in done), len(done)),
                   quantiles, causes(case, seed, done), told)


def causes(case: Case, seed: int, done: list[AscentRun]) -> dict[str, float]:
    """Share of the variance of the propellant left that each error explains, the greatest first, by a linear fit to
    the runs that had some left."""
    used = [run for run in done if run.propellant_left_kg > 1.0]
    stages = [s.id for s in case.launcher.stages]
    names = [*(f"{what} of {s}" for what in ("thrust", "impulse", "load") for s in stages), "drag"]
    if len(used) < 5 * len(names):
        return {}
    drawn: list[Any] = [errors_of(seed, run.run, case) for run in used]
    columns: FloatArray = np.array([[*e.thrust, *e.isp, *e.load, e.drag] for e in drawn])
    columns = columns - columns.mean(axis=0)
    left = np.array([run.propellant_left_kg for run in used])
    slopes = np.linalg.lstsq(columns, left - left.mean(), rcond=None)[0]
    part = (slopes * columns.std(axis=0)) ** 2 / left.var()
    return {names[k]: float(part[k]) for k in np.argsort(-part)}
