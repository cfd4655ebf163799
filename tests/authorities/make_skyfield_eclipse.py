"""Make skyfield_eclipse.json with Skyfield: when is_sunlit changes along SGP4's path of the station, three days.

    pip install skyfield skyfield-data
    python tests/authorities/make_skyfield_eclipse.py

Run by hand: the test reads only what this writes. Skyfield counts the Sun as a point, the Earth as a sphere.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from skyfield.api import EarthSatellite, Loader
from skyfield_data import get_skyfield_data_path

FOLDER = Path(__file__).parent
CASES = [
    ("2013-11-09", "1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002",
     "2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788", 2),
    # The same orbit three weeks on, when the Sun stands high over its plane.
    ("2013-11-29", "1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002",
     "2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788", 1),
]


def changes(satellite: Any, planets: Any, scale: Any, day: str, days: int) -> list[list[float]]:
    """Seconds of UTC after the day's begin, and 1 where it gets light."""
    year, month, date = (int(part) for part in day.split("-"))

    def lit(seconds: Any) -> Any:
        when = scale.utc(year, month, date, 0, 0, np.atleast_1d(seconds))
        return np.atleast_1d(satellite.at(when).is_sunlit(planets))
    t = np.arange(0.0, days * 86_400.0, 20.0)
    now = lit(t)
    i = np.flatnonzero(now[1:] != now[:-1])
    low, high = t[i], t[i + 1]
    for _ in range(18):
        middle = 0.5 * (low + high)
        same = lit(middle) == now[i]
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return [[round(float(s), 3), int(on)] for s, on in zip(0.5 * (low + high), now[i + 1], strict=True)]


def main() -> None:
    load = Loader(get_skyfield_data_path())
    scale, planets = load.timescale(builtin=True), load("de421.bsp")
    rows = [{"day": day, "days": days, "lines": [a, b],
             "events": changes(EarthSatellite(a, b, "ISS", scale), planets, scale, day, days)}
            for day, a, b, days in CASES]
    made = {"made_by": "make_skyfield_eclipse.py", "skyfield": version("skyfield"), "rows": rows}
    (FOLDER / "skyfield_eclipse.json").write_text(json.dumps(made, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
