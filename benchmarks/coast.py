"""A day in low orbit, and many samples at once: our coasts against satkit's, in turn on one core. Prints tables.

Run: taskset -c 1 python benchmarks/coast.py [rounds]. Without satkit and satkit-data its columns are left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from typing import Any

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.frame import Frame
from fakel.model.start import StateVector
from fakel.physics.many import coast_many
from fakel.physics.propagate import RTN, burn, coast, coast_table
from fakel.world import World, build_world

START, DAY_S, ORBITS, SAMPLES = Epoch.utc("2013-11-07T04:00:00Z"), 86_400.0, 12, 512
CD_AREA_M2, MASS_KG = 2.2 * 1500.0, 420_000.0
Run = Callable[[], Any]
PROCESS = """
import sys; sys.path.insert(0, {here!r})
import coast
{line}
"""


def state(a_m: float, e: float, node: float, perigee: float, mean: float) -> np.ndarray:
    """GCRF state (7,) of an orbit inclined by 51.6 deg."""
    mu, i, x = 3.986004415e14, np.radians(51.6), mean
    for _ in range(50):
        x -= (x - e * np.sin(x) - mean) / (1 - e * np.cos(x))
    flat = np.array([np.cos(x) - e, np.sqrt(1 - e * e) * np.sin(x)])
    fast = np.array([-np.sin(x), np.sqrt(1 - e * e) * np.cos(x)]) * np.sqrt(mu / a_m) / (1 - e * np.cos(x))
    across, up = np.array([np.cos(node), np.sin(node), 0.0]), np.array([0.0, 0.0, 1.0])
    along = np.cos(i) * np.cross(up, across) + np.sin(i) * up
    p, q = (np.cos(perigee) * across + np.sin(perigee) * along, np.cos(perigee) * along - np.sin(perigee) * across)
    return np.concatenate([a_m * (flat[0] * p + flat[1] * q), fast[0] * p + fast[1] * q, [MASS_KG]])


def orbits(n: int) -> list[np.ndarray]:
    """Orbits such as the station's: 405 to 425 km, e below 0.001."""
    rng = np.random.default_rng(3)
    return [state(rng.uniform(6783e3, 6803e3), rng.uniform(0, 1e-3), *rng.uniform(0, 2 * np.pi, 3)) for _ in range(n)]


def our_errors_m(y: np.ndarray, world: World, cd_area_m2: float) -> tuple[float, float]:
    """Largest error over a day and the last, against another method: Runge-Kutta of order 8 with steps of 10 s (thrust
    1e-9 N)."""
    other, t, worst = y, 0.0, 0.0
    rows = coast_table(y, 0.0, 600.0, 145, cd_area_m2, world.field)
    for row in rows[1:]:
        other = burn(other, t, 600.0, 1e-9, 300.0, np.array([0.0, 1.0, 0.0]), RTN, cd_area_m2, world.field)
        t += 600.0
        worst = max(worst, float(np.linalg.norm(row[:3] - other[:3])))
    return worst, float(np.linalg.norm(coast(y, 0.0, DAY_S, cd_area_m2, world.field)[:3] - other[:3]))


@cache
def with_data() -> Any:
    """satkit, given the files of satkit-data and the Earth orientation that fakel reads, from one folder."""
    import astropy_iers_data
    import satkit
    import satkit_data

    folder = Path(mkdtemp())
    found = [*(Path(satkit_data.__file__).parent / "data").iterdir(),
             Path(astropy_iers_data.__file__).parent / "data" / "finals2000A.all"]
    for file in found:
        (folder / file.name).symlink_to(file)
    satkit.utils.set_datadir(str(folder))
    return satkit


def satkits(y: np.ndarray, degree: int, cd_area_m2: float, error: float | None, seconds: float = DAY_S) -> Run:
    """satkit with the same forces and no dense output: Runge-Kutta 9(8) to an error, or (None) Gauss-Jackson, 30 s."""
    satkit = with_data()
    begin = satkit.time.from_rfc3339(START.iso(3))
    method = {"integrator": satkit.integrator.gauss_jackson8, "gj_step_seconds": 30.0} if error is None else {
        "abs_error": error, "rel_error": error}
    settings = satkit.propsettings(
        gravity_degree=degree, tide_model=satkit.tidemodel.none, use_relativistic_correction=False,
        enable_interp=False, **method)
    settings.precompute_terms(begin, begin + satkit.duration(days=1))
    body = satkit.satproperties(cdaoverm=cd_area_m2 / MASS_KG) if cd_area_m2 else None
    return lambda: np.asarray(satkit.propagate(y[:6], begin, duration_secs=seconds, propsettings=settings,
                                               satproperties=body).pos)


def in_turn(runs: dict[str, Run], rounds: int, clock: Callable[[], float] = time.process_time
            ) -> dict[str, list[float]]:
    """Milliseconds of each run, taken in turn: of the processor, so that other work on the machine does not count, or
    of another clock where a run has several threads or processes."""
    took: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():
        run()
    for _ in range(rounds):
        for name, run in runs.items():
            began = clock()
            run()
            took[name].append(1e3 * (clock() - began))
    return took


def day(degree: int, cd_area_m2: float, rounds: int, peer: bool) -> str:
    """One row for ours and one for each of satkit's methods."""
    world, many = build_world(START, START + DAY_S, degree=degree), orbits(ORBITS)
    y = state(6_798_000.0, 0.0008, *np.radians([120.0, 80.0, 10.0]))
    runs: dict[str, Run] = {"fakel": lambda: coast(y, 0.0, DAY_S, cd_area_m2, world.field)}
    over, last = zip(*(our_errors_m(o, world, cd_area_m2) for o in many), strict=True)
    told = {"fakel": [f"{x:.1g}" for x in (median(last), max(last), max(over))]}
    for name, error in (("satkit GJ8 30 s", None), ("satkit rkv98 1e-8", 1e-8)) if peer else ():
        runs[name] = satkits(y, degree, cd_area_m2, error)
        ends = [float(np.linalg.norm(satkits(o, degree, cd_area_m2, error)()
                                     - satkits(o, degree, cd_area_m2, 1e-14)())) for o in many]
        told[name] = [f"{median(ends):.1g}", f"{max(ends):.1g}", ""]
    took = in_turn(runs, rounds)
    air = "air" if cd_area_m2 else "no air"
    ratio = {name: median(b / a for a, b in zip(took["fakel"], each, strict=True)) for name, each in took.items()}
    return "\n".join(f"| {degree} x {degree}, {air} | {name} | {median(each):.2f} | {ratio[name]:.1f} | "
                     f"{' | '.join(told[name])} |" for name, each in took.items())


def samples(rounds: int, peer: bool) -> str:
    """512 samples of 6 h: samples a second on one core and on two, and satkit's loop over 64 of them."""
    world = build_world(START, START + DAY_S)
    y = np.repeat(orbits(1)[0][None], SAMPLES, axis=0)
    y[:, :6] += np.random.default_rng(1).normal(size=(SAMPLES, 6)) * np.array([100.0] * 3 + [0.1] * 3)
    runs: dict[str, Run] = {f"fakel, {n} core{'s' * (n > 1)}": lambda n=n: coast_many(
        y, 0.0, 21_600.0, CD_AREA_M2, world.field, threads=n) for n in (1, 2) if n <= len(os.sched_getaffinity(0))}
    count = dict.fromkeys(runs, SAMPLES)
    if peer:
        each = [satkits(s, 20, CD_AREA_M2, 1e-8, 21_600.0) for s in y[:64]]
        runs["satkit rkv98 1e-8, a loop"], count["satkit rkv98 1e-8, a loop"] = lambda: [run() for run in each], 64
    took = in_turn(runs, max(3, rounds // 5), time.perf_counter)
    return "\n".join(f"| {name} | {1e3 * count[name] / median(each):.0f} |" for name, each in took.items())


def processes(rounds: int, peer: bool) -> str:
    """Seconds from starting an interpreter to the state after a day, compiled code cached."""
    lines = {"fakel": "w = coast.build_world(coast.START, coast.START + coast.DAY_S)\n"
                      "coast.coast(coast.orbits(1)[0], 0.0, coast.DAY_S, coast.CD_AREA_M2, w.field)"}
    if peer:
        lines["satkit GJ8 30 s"] = "coast.satkits(coast.orbits(1)[0], 20, coast.CD_AREA_M2, None)()"
    here = str(Path(__file__).parent)
    runs = {name: (lambda line=line: subprocess.run([sys.executable, "-c", PROCESS.format(here=here, line=line)],
                                                    check=True)) for name, line in lines.items()}
    took = in_turn(runs, max(3, rounds // 5), time.perf_counter)
    return "\n".join(f"| {name} | {median(each) / 1e3:.2f} |" for name, each in took.items())


def new_epoch(rounds: int, peer: bool) -> str:
    """Milliseconds for a day at an epoch that was not prepared: all tables and the flight."""
    y = orbits(1)[0]
    orbit = StateVector(START, Frame.GCRF, y[:3], y[3:6], "benchmark")

    def ours(**air: Any) -> np.ndarray:
        return coast(y, 0.0, DAY_S, CD_AREA_M2, build_world(START, START + DAY_S, **air).field)
    runs: dict[str, Run] = {
        "fakel, NRLMSISE-00, air of one orbit": lambda: ours(margin_s=60.0, orbit=orbit, air="msis00"),
        "fakel, NRLMSIS 2.1, air of one orbit": lambda: ours(margin_s=60.0, orbit=orbit),
        "fakel, NRLMSIS 2.1, a band of heights": lambda: ours(margin_s=60.0, heights_m=(395e3, 435e3)),
        "fakel, NRLMSIS 2.1, any flight (four days)": ours}
    if peer:
        runs["satkit GJ8 30 s, NRLMSISE-00"] = lambda: satkits(y, 20, CD_AREA_M2, None)()
    took = in_turn(runs, rounds)
    first = next(iter(took.values()))
    return "\n".join(f"| {name} | {median(each):.1f} | {median(b / a for a, b in zip(first, each, strict=True)):.2f} |"
                     for name, each in took.items())


def main(rounds: int) -> None:
    try:
        with_data()
        peer = True
    except ImportError:
        peer = False
        print("satkit or satkit-data is not installed; its rows are left out\n")
    print("| a day of | by | ms (median) | to fakel | last error, median of 12, m | worst | worst over the day |\n"
          "|---|---|--:|--:|--:|--:|--:|")
    for degree, area in ((20, CD_AREA_M2), (20, 0.0), (70, CD_AREA_M2)):
        print(day(degree, area, rounds, peer), flush=True)
    print("\n| 6 h, 20 x 20, air, many samples | samples a second |\n|---|--:|")
    print(samples(rounds, peer), flush=True)
    print("\n| a day at a new epoch, tables included | ms | to fakel's first |\n|---|--:|--:|")
    print(new_epoch(rounds, peer), flush=True)
    print("\n| whole process, compiled code cached | s |\n|---|--:|")
    print(processes(rounds, peer))
    names = ("numpy", "numba", "pymsis", *(("satkit", "satkit-data") if peer else ()))
    print("\nPython " + sys.version.split()[0] + ", " + ", ".join(f"{n} {version(n)}" for n in names) + ".")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
