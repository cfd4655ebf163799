"""Landing: where, when, and how far from the aim point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fakel.model.flight import Event
from fakel.reports import words
from fakel.reports.charts.axis import clock
from fakel.reports.charts.plane import Path, Point, Ring, Sheet, plane
from fakel.reports.clocks import local_clock, zone_title
from fakel.reports.reading import Reading
from fakel.reports.sections.ground import distance_m, landed, where
from fakel.reports.sections.section import Figure, Section, figure
from fakel.reports.svg import number


def section(reading: Reading) -> Section | None:
    event = reading.first("landing")
    ship = reading.ship("landing", "entry")
    place = event and (landed(event) or (where(reading, ship, event.epoch) if ship else None))
    if event is None or place is None:
        return None
    aim = _aim(reading, event)
    blocks = _zone(reading, ship, place, aim)
    miss = next((float(event.facts[k]) for k in ("from_zone_m", "miss_m") if k in event.facts), None)
    if miss is None and aim:
        miss = float(distance_m(np.array([place[0]]), np.array([place[1]]), aim[0], aim[1])[0])
    text = f"On the ground at {clock(event.epoch, True)} UTC"
    text += f" ({local_clock(event.epoch, reading.zone)[:5]} in {zone_title(reading.zone)})" if reading.zone else ""
    text += f", {words.place(*place)}"
    text += f", {number(miss / 1000, 1)} km from the aim point" if miss is not None else ""
    return Section("landing", "Landing", f"{text}.", tuple(blocks))


def _aim(reading: Reading, event: Event) -> tuple[float, float, str] | None:
    for lat, lon, factor in (
        ("aim_latitude_deg", "aim_longitude_deg", 1.0),
        ("aim_latitude_rad", "aim_longitude_rad", 180 / np.pi),
    ):
        if lat in event.facts and lon in event.facts:
            return float(event.facts[lat]) * factor, float(event.facts[lon]) * factor, "aim point"
    places = reading.mission.get("places") or {}
    for leg in reading.legs("landing", "entry", "deorbit"):
        zone = places.get(leg.plan.get("zone"))
        if zone and "latitude_deg" in zone:
            return float(zone["latitude_deg"]), float(zone["longitude_deg"]), str(zone.get("name", "aim point"))
    return None


def _zone(
    reading: Reading, ship: str | None, place: tuple[float, float], aim: tuple[float, float, str] | None
) -> list[Figure]:
    """A map in kilometres around the aim point (or the landing place): the last of the track, the miss."""
    centre = aim or (*place, "landing")
    east, north = (float(v[0]) for v in _around(np.array([place[0]]), np.array([place[1]]), centre))
    points = [Point(east, north, "Landing", words.place(*place), "diamond")]
    points += [Point(0.0, 0.0, centre[2][:1].upper() + centre[2][1:], "aimed at", "cross")] if aim else []
    half = max(12.0, 1.7 * max(abs(east), abs(north)))
    paths = []
    if ship:
        lat, lon = (
            reading.series(f"{ship}.latitude_deg", "entry", "landing"),
            reading.series(f"{ship}.longitude_deg", "entry", "landing"),
        )
        if len(lat) > 2 and len(lat) == len(lon):
            x, y = _around(lat.values, lon.values, centre)
            near = np.flatnonzero(np.hypot(x, y) < 4 * half)
            if len(near) > 1:
                paths.append(Path(x[near[0] :], y[near[0] :], "ship"))
    rings = tuple(Ring(0, 0, r, r, f"{r:g} km") for r in _rings(half)) if aim else ()
    sheet = Sheet(
        "km east",
        "km north",
        tuple(paths) or (Path(np.array([east]), np.array([north]), "ship"),),
        tuple(points),
        rings,
        equal=True,
        x_span=(-1.9 * half, 1.9 * half),
        y_span=(-half, half),
        zero_lines=False,
    )
    label = "Landing place and aim point, kilometres east and north"
    return [
        figure(
            lambda w: plane(w, label, "landing", sheet), "Dashed circles: distance from the aim point." if aim else ""
        )
    ]


def _rings(half: float) -> Sequence[float]:
    return [r for r in (5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0) if 0.25 * half < r < half][:2]


def _around(lat: np.ndarray, lon: np.ndarray, centre: tuple[float, float, str]) -> tuple[np.ndarray, np.ndarray]:
    km = 6371.0 * np.pi / 180
    return ((lon - centre[1] + 180) % 360 - 180) * km * np.cos(np.radians(centre[0])), (lat - centre[0]) * km
