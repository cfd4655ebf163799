"""One day in low orbit: our march against satkit and against scipy's DOP853 with our force. Prints a table.

Run: python benchmarks/propagate.py [rounds]. satkit and satkit-data are needed for its rows.
"""

from __future__ import annotations

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
from scipy.integrate import DOP853

from fakel.model.epoch import Epoch
from fakel.physics.force import acceleration
from fakel.physics.propagate import coast
from fakel.world import World, build_world

START, DAY_S = Epoch.utc("2013-11-07T04:00:00Z"), 86_400.0
DEGREE, CD_AREA_M2, MASS_KG = 20, 2.2 * 1500.0, 420_000.0
Run = Callable[[], np.ndarray]


def first_state() -> np.ndarray:
    """The station's orbit in round numbers: 420 km, 51.6 deg, e 0.0008; y (7,), GCRF."""
    a, e, i, node = 6_798_000.0, 0.0008, np.radians(51.6), np.radians(120.0)
    mu = 3.986004415e14
    r, v = a * (1 - e), np.sqrt(mu / a * (1 + e) / (1 - e))
    across, up = np.array([np.cos(node), np.sin(node), 0.0]), np.array([0.0, 0.0, 1.0])
    along = np.cos(i) * np.cross(up, across) + np.sin(i) * up
    return np.concatenate([r * across, v * along, [MASS_KG]])


def ours(world: World, cd_area_m2: float, step_s: float = DAY_S) -> Run:
    """Our coast; a step_s below 90 s makes it finer."""
    def run() -> np.ndarray:
        y, t = first_state(), 0.0
        while t < DAY_S:
            y, t = coast(y, t, t + step_s, cd_area_m2, world.field), t + step_s
        return y[:3]
    return run


def scipys(world: World, cd_area_m2: float, rtol: float) -> Run:
    """scipy's variable-step DOP853, calling our compiled force."""
    now, matrix = np.zeros(27), np.zeros((3, 3))

    def slope(t: float, x: np.ndarray) -> np.ndarray:
        y = np.append(x, MASS_KG)
        return np.concatenate([x[3:], acceleration(t, y, cd_area_m2, world.field, now, matrix)])

    def run() -> np.ndarray:
        solver = DOP853(slope, 0.0, first_state()[:6], DAY_S, rtol=rtol, atol=rtol * 1e6)
        while solver.status == "running":
            solver.step()
        return solver.y[:3]
    return run


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


def satkits(cd_area_m2: float, error: float) -> Run:
    """satkit with the same forces, without dense output; what it can compute beforehand, it has."""
    satkit = with_data()
    begin = satkit.time.from_rfc3339(START.iso(3))
    settings = satkit.propsettings(
        abs_error=error, rel_error=error, gravity_degree=DEGREE, tide_model=satkit.tidemodel.none,
        use_relativistic_correction=False, enable_interp=False)
    settings.precompute_terms(begin, begin + satkit.duration(days=1))
    body = satkit.satproperties(cdaoverm=cd_area_m2 / MASS_KG)

    def run() -> np.ndarray:
        told = satkit.propagate(first_state()[:6], begin, duration_secs=DAY_S, propsettings=settings,
                                satproperties=body)
        return np.asarray(told.pos)
    return run


def contenders(world: World) -> dict[str, tuple[Run, Run]]:
    """Name to the run that is timed and the finer run that it is measured against."""
    fine = ours(world, CD_AREA_M2, 30.0)
    rows = {"fakel": (ours(world, CD_AREA_M2), fine),
            "scipy DOP853 1e-10 on fakel's force": (scipys(world, CD_AREA_M2, 1e-10), fine)}
    try:
        for error in (1e-8, 1e-10, 1e-12):
            rows[f"satkit rkv98 {error:.0e}"] = (satkits(CD_AREA_M2, error), satkits(CD_AREA_M2, 1e-15))
    except ImportError:
        print("satkit is not installed; its rows are left out\n")
    return rows


def main(rounds: int) -> None:
    began = time.perf_counter()
    build_world(START, START + DAY_S, degree=DEGREE)
    first_s = time.perf_counter() - began
    began = time.perf_counter()
    world = build_world(START, START + DAY_S, degree=DEGREE)
    built_s = time.perf_counter() - began
    rows = contenders(world)
    errors = {name: float(np.linalg.norm(run() - fine())) for name, (run, fine) in rows.items()}
    times: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(rounds):
        for name, (run, _) in rows.items():
            began = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - began)
    base = median(times["fakel"])
    print("| what | ms a day (median) | to fakel | error m |\n|---|---|---|---|")
    for name, each in times.items():
        print(f"| {name} | {1e3 * median(each):.1f} | {median(each) / base:.2f} | {errors[name]:.2g} |")
    print(f"\nBuilding the world (Earth orientation, Sun, Moon, air of four days): {built_s:.2f} s, "
          f"the first time in a process {first_s:.2f} s.")
    if len(rows) > 2:
        free, slowed = (np.linalg.norm(ours(world, area)() - satkits(area, 1e-12)()) for area in (0.0, CD_AREA_M2))
        drag = np.linalg.norm(ours(world, CD_AREA_M2)() - ours(world, 0.0)())
        print(f"After a day fakel and satkit are {free:.3f} m apart without air and {slowed:.0f} m with it "
              f"(drag moves the craft by {drag:.0f} m; NRLMSIS 2.1 and NRLMSISE-00).")
    names = ("numpy", "numba", "scipy", "pymsis", *(("satkit",) if len(rows) > 2 else ()))
    print("Versions: Python " + sys.version.split()[0] + ", " + ", ".join(f"{n} {version(n)}" for n in names) + ".")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
