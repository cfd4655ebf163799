"""Where craft are over the ground, for maps."""

from __future__ import annotations

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import Event
from fakel.reports.charts.world import Spot, Track
from fakel.reports.reading import Reading
from fakel.reports.timeline import where as told_place


def track(reading: Reading, craft: str, low: float, high: float, css: str) -> Track | None:
    """A craft's ground track between two instants, with the part in shadow."""
    latitude, longitude = (reading.series(f"{craft}.{k}_deg").within(low, high) for k in ("latitude", "longitude"))
    if len(latitude) < 2 or len(latitude) != len(longitude):
        return None
    lit = reading.series(f"{craft}.sunlit").within(low, high)
    dark = np.interp(latitude.t_s, lit.t_s, lit.values) < 0.5 if len(lit) else None
    return finer(Track(latitude.values, longitude.values, css, dark))


def finer(found: Track) -> Track:
    """Between samples far apart the great circle is drawn, so that curves are smooth; it is not data."""
    lat, lon = np.radians(found.latitude_deg), np.radians(found.longitude_deg)
    unit = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    far = np.linalg.norm(np.diff(unit, axis=0), axis=1)
    parts = np.clip(np.nan_to_num(np.ceil(far / 0.05), nan=1.0), 1, 60).astype(int)
    at = np.concatenate([[i + k / p for k in range(p)] for i, p in enumerate(parts)] + [[len(lat) - 1]])
    i = np.minimum(at.astype(int), len(lat) - 2)
    s = (at - i)[:, None]
    mixed = unit[i] * (1 - s) + unit[i + 1] * s
    mixed /= np.linalg.norm(mixed, axis=1)[:, None]
    dark = None if found.dark is None else found.dark[i]
    return Track(np.degrees(np.arcsin(mixed[:, 2])), np.degrees(np.arctan2(mixed[:, 1], mixed[:, 0])), found.css, dark)


def where(reading: Reading, craft: str, epoch: Epoch) -> tuple[float, float] | None:
    """Latitude and longitude of a craft at an instant, from its own channels."""
    t = reading.t(epoch)
    latitude = reading.series(f"{craft}.latitude_deg")
    if not len(latitude):
        return None
    lon = reading.series(f"{craft}.longitude_deg")
    turned = np.interp(t, lon.t_s, np.unwrap(np.radians(np.nan_to_num(lon.values))))
    at = latitude.at(t + 1e-3) if not np.isfinite(latitude.at(t)) else latitude.at(t)
    if not np.isfinite(at):
        at = latitude.at(t - 1e-3)
    if not np.isfinite(at):
        return None
    return at, float((np.degrees(turned) + 180) % 360 - 180)


def network_spots(reading: Reading) -> list[Spot]:
    """Ground stations, when the flight tells where they are."""
    places = (reading.mission.get("places") or {}).values()
    return [
        Spot(float(p["latitude_deg"]), float(p["longitude_deg"]), str(p.get("name", "")), "", "dot")
        for p in places
        if p.get("kind") == "ground" and "latitude_deg" in p
    ]


def distance_m(lat_deg: np.ndarray, lon_deg: np.ndarray, to_lat_deg: float, to_lon_deg: float) -> np.ndarray:
    """Great-circle distance on a sphere of 6371 km (0.3 % from the ellipsoid), for the axes of pictures."""
    a, b = np.radians(lat_deg), np.radians(to_lat_deg)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(to_lon_deg - lon_deg) / 2) ** 2
    return 2 * 6_371_000.0 * np.arcsin(np.sqrt(half))


def landed(event: Event) -> tuple[float, float] | None:
    """The place that a landing itself tells."""
    return told_place(event.facts) if event.name == "landing" else None
