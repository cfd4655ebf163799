"""Make skyfield_observers.json with Skyfield: where places on the ground are in GCRS, and their horizons' axes.

    pip install skyfield skyfield-data
    python make_skyfield_observers.py
"""

from __future__ import annotations

import json
from pathlib import Path

from skyfield.api import load, wgs84

TIMES = ((2013, 11, 9, 14, 45, 0), (2013, 11, 9, 15, 20, 0), (2013, 11, 9, 15, 40, 30))
PLACES = ((45.920278, 63.342222), (-33.9, 18.4), (51.48, 0.0), (19.8, -155.5))
HEIGHT_M = 2.0


def main() -> None:
    clock = load.timescale(builtin=True)
    rows = []
    for when in TIMES:
        t = clock.utc(*when)
        for latitude_deg, longitude_deg in PLACES:
            place = wgs84.latlon(latitude_deg, longitude_deg, elevation_m=HEIGHT_M)
            rows.append({"utc": t.utc_iso(), "latitude_deg": latitude_deg, "longitude_deg": longitude_deg,
                         "place_m": place.at(t).position.m.tolist(), "horizon": place.rotation_at(t).tolist()})
    told = {"what": "Writes skyfield_observers.json: places two metres above WGS 84 in GCRS, metres, and the rows of "
                    "the matrix from GCRS to north, east and up, by Skyfield.", "rows": rows}
    Path(__file__).with_name("skyfield_observers.json").write_text(json.dumps(told) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
