"""Writes skyfield_transits.json: how near the station comes to Sun and Moon over ten places, by Skyfield.

Developers only: pip install skyfield skyfield-data; python tests/authorities/make_skyfield_transits.py
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from skyfield.api import EarthSatellite, Loader, wgs84
from skyfield_data import get_skyfield_data_path

LINES = ("1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002",
         "2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788")
START, DAYS, NEAR_DEG = datetime(2013, 11, 6, 12, tzinfo=UTC), 10, 5.0


def main() -> None:
    load = Loader(get_skyfield_data_path(), expire=False, verbose=False)
    clock, planets = load.timescale(builtin=True), load("de421.bsp")
    satellite, first = EarthSatellite(*LINES, "ISS", clock), clock.from_datetime(START)
    last = clock.from_datetime(START + timedelta(days=DAYS))
    dice = np.random.default_rng(3)
    places = np.stack([dice.uniform(-55, 55, 10), dice.uniform(-180, 180, 10)], axis=1).round(4).tolist()
    found = []
    for number, (lat, lon) in enumerate(places):
        site = wgs84.latlon(lat, lon)
        times, events = satellite.find_events(site, first, last, altitude_degrees=0.0)
        for top in (times[events == 1] - first) * 86_400.0:
            for body in ("Sun", "Moon"):
                found += [[number, body, *one] for one in near(clock, planets, satellite, site, body, float(top))]
    out = {"what": __doc__.splitlines()[0], "lines": LINES, "start": START.isoformat(), "places_deg": places,
           "near": sorted(found)}
    Path(__file__).with_name("skyfield_transits.json").write_text(json.dumps(out) + "\n", encoding="utf-8")
    print(len(found))


def near(clock, planets, satellite, site, body: str, top_s: float) -> list[tuple[float, float]]:
    """Instant (s after start, 1 ms) and least angle (deg) around a culmination, where below NEAR_DEG."""
    def apart(t_s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        t = clock.tt_jd(clock.from_datetime(START).tt + np.asarray(t_s) / 86_400.0)
        seen = (planets["earth"] + site).at(t).observe(planets[body.lower()]).apparent()
        craft = (satellite - site).at(t)
        return craft.separation_from(seen).degrees, np.minimum(seen.altaz()[0].degrees, craft.altaz()[0].degrees)
    coarse = top_s + np.arange(-330.0, 331.0, 3.0)
    angle, _ = apart(coarse)
    i = int(np.argmin(angle))
    if angle[i] > 10.0 or i in (0, len(coarse) - 1):
        return []
    middle, step = coarse[i], 3.0
    while step > 5e-4:
        fine = middle + np.linspace(-step, step, 21)
        angle, height = apart(fine)
        middle, step = fine[int(np.argmin(angle))], step / 8
    least, height = apart(np.array([middle, middle + 1e-3]))
    return [(round(float(middle), 3), round(float(least[0]), 5))] if least[0] < NEAR_DEG and height[0] > 0.5 else []


if __name__ == "__main__":
    main()
