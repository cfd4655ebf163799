"""Where the crew comes down for every second of a launch: the whole way, and the part near the pad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from fakel.model.abort import Abort, Aborts
from fakel.model.arrays import FloatArray
from fakel.model.ground_map import GroundMap
from fakel.model.place import Site
from fakel.reports.aborts import clock
from fakel.reports.svg import Places, Svg, path_data, text_width

WIDE, FAR_TALL, NEAR_TALL, MARGIN, TOP, GAP, FOOT = 1040.0, 430.0, 330.0, 16.0, 84.0, 40.0, 40.0
EARTH_KM = 6371.0
NEAR_KM = 1000.0
COLOURS = ("#b5532a", "#3a86b8", "#3f8f4f", "#8a4fa3", "#7a6a1f", "#555555")
MARKED_S = 20.0
NEAREST_PX = 25.0              # landings nearer to the pad have no number: they lie on one another
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:16px;font-weight:600}
.dim{fill:#666}.sea{fill:#cfdde6}.land{fill:#f2eee3;stroke:#8a9aa3;stroke-width:.7}.border{fill:none;stroke:#b09a76;
stroke-width:.7;stroke-dasharray:4 3}.climb{fill:none;stroke:#222;stroke-width:1.2;stroke-dasharray:2 3}
.pad{stroke:#111;stroke-width:1.8;fill:none}.zone{fill:none;stroke:#111;stroke-width:1.3}.frame{fill:none;stroke:#777}
.bar{stroke:#222;stroke-width:2;fill:none}.box{fill:none;stroke:#222;stroke-width:.8}.s{font-size:11px}
.halo{paint-order:stroke;stroke:#fbfaf7;stroke-width:3px;stroke-opacity:.85}
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of the Earth, distances true from its middle (azimuthal equidistant), north up there; px.

    >>> Sheet(0.0, 0.0, 0.1, 500.0, 300.0, 0.0).at(np.array([0.0]), np.array([0.0]))[0][0]
    266.0
    """

    latitude_deg: float
    longitude_deg: float
    px_km: float
    width: float
    height: float
    top: float

    def at(self, latitude_deg: FloatArray, longitude_deg: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Pixels of places (n,)."""
        north, east = flat(np.asarray(latitude_deg), np.asarray(longitude_deg), self.latitude_deg, self.longitude_deg)
        return MARGIN + self.width / 2 + east * self.px_km, self.top + self.height / 2 - north * self.px_km


def flat(latitude_deg: FloatArray, longitude_deg: FloatArray, lat0_deg: float, lon0_deg: float
          ) -> tuple[FloatArray, FloatArray]:
    """Kilometres north and east of a place, as that place sees them."""
    lat, lat0 = np.radians(latitude_deg), np.radians(lat0_deg)
    apart = np.radians(longitude_deg - lon0_deg)
    cosine = np.sin(lat0) * np.sin(lat) + np.cos(lat0) * np.cos(lat) * np.cos(apart)
    away = np.arccos(np.clip(cosine, -1.0, 1.0))
    scale = EARTH_KM * away / np.maximum(np.sin(away), 1e-9)
    north = scale * (np.cos(lat0) * np.sin(lat) - np.sin(lat0) * np.cos(lat) * np.cos(apart))
    return north, scale * np.cos(lat) * np.sin(apart)


def picture(found: Aborts, ground: GroundMap) -> str:
    """SVG text."""
    title = f"{found.vehicle} on {found.launcher}: where the crew comes down"
    pen = Svg(WIDE, TOP + FAR_TALL + GAP + NEAR_TALL + FOOT, title)
    pen.text(MARGIN, 26, title, "h")
    pen.text(MARGIN, 46, f"a failure every {_every(found):g} s from {found.pad.name} to cutoff at "
             f"{found.cutoff_s:.0f} s; numbers: seconds after liftoff at which the engines are lost", "dim")
    ways = list(dict.fromkeys(row.way for row in found.rows))
    css = {way: f"w{k}" for k, way in enumerate(ways)}
    _legend(pen, found, css)
    far = _sheet([(r.latitude_rad, r.longitude_rad) for r in found.rows], found.pad, FAR_TALL, TOP)
    near_rows = [r for r in found.rows if r.from_pad_m < NEAR_KM * 1000]
    near = _sheet([(r.latitude_rad, r.longitude_rad) for r in near_rows], found.pad, NEAR_TALL, TOP + FAR_TALL + GAP)
    for name, sheet, rows, step_s in (("far", far, found.rows, 40.0), ("near", near, near_rows, MARKED_S)):
        _draw(pen, name, sheet, rows, found, ground, css, step_s)
    style = _STYLE + "".join(f".{c}{{fill:{COLOURS[k % len(COLOURS)]}}}\n" for k, c in enumerate(css.values()))
    return str(pen).replace("</title>", "</title>" + style + "</style>", 1) + "\n"


def _every(found: Aborts) -> float:
    return found.rows[1].failure_s - found.rows[0].failure_s if len(found.rows) > 1 else 0.0


def titles(found: Aborts) -> dict[str, str]:
    """Ways by their id."""
    return {way.id: way.title for way in found.ways.ways} | {"orbit": "To orbit with the ship's engine"}


def _legend(pen: Svg, found: Aborts, css: dict[str, str]) -> None:
    x = MARGIN
    for way, rows in groupby(found.rows, key=lambda row: row.way):
        mine = list(rows)
        words = f"{titles(found)[way]}, {mine[0].failure_s:g} to {mine[-1].failure_s:g} s"
        pen.circle(x + 5, 66, 4.5, css[way])
        pen.text(x + 15, 70, words)
        x += text_width(words) + 38


def _sheet(places_rad: Sequence[tuple[float, float]], pad: Site, tall: float, top: float) -> Sheet:
    """The sheet that holds all places and the pad."""
    lat, lon = np.degrees(np.array([(pad.latitude_rad, pad.longitude_rad), *places_rad]).T)
    east = np.degrees(np.unwrap(np.radians(lon)))
    lat0, lon0, width = float((lat.min() + lat.max()) / 2), float((east.min() + east.max()) / 2), WIDE - 2 * MARGIN
    for _ in range(3):                                      # the middle of the sheet to the middle of what it shows
        north, across = flat(lat, lon, lat0, lon0)
        lat0 += float((north.min() + north.max()) / 2) / EARTH_KM * 57.3
        lon0 += float((across.min() + across.max()) / 2) / EARTH_KM * 57.3 / max(np.cos(np.radians(lat0)), 0.2)
    north, across = flat(lat, lon, lat0, lon0)
    px = min(0.86 * width / max(float(np.ptp(across)), 60.0), 0.72 * tall / max(float(np.ptp(north)), 60.0))
    return Sheet(lat0, lon0, px, width, tall, top)


def _draw(pen: Svg, name: str, sheet: Sheet, rows: Sequence[Abort], found: Aborts, ground: GroundMap,
          css: dict[str, str], step_s: float) -> None:
    pen.clip(f"aborts-{name}", MARGIN, sheet.top, sheet.width, sheet.height)
    pen.rect(MARGIN, sheet.top, sheet.width, sheet.height, "sea")
    for rings, look in ((ground.land, "land"), (ground.countries, "border")):
        data = "".join(path_data(*sheet.at(ring[:, 1], ring[:, 0]), True) for ring in rings if shown(ring, sheet))
        pen.shape("path", f'd="{data}" class="{look}" fill-rule="evenodd"')
    pen.path(*sheet.at(*np.degrees(found.track[:, :2]).T), "climb", title="ground track of the climb")
    places = Places((MARGIN + 2, sheet.top + 2, MARGIN + sheet.width - 2, sheet.top + sheet.height - 2))
    spots = []
    for row in rows:
        x, y = (float(v[0]) for v in sheet.at(np.degrees([row.latitude_rad]), np.degrees([row.longitude_rad])))
        pen.circle(x, y, 3.0, css[row.way], f"{row.failure_s:g} s: {row.from_pad_m / 1000:.0f} km from the pad, "
                   f"{row.peak_g:.1f} g, lands {clock(row.landing_s)} after liftoff, {row.country[0]}")
        places.block(x - 3, y - 3, x + 3, y + 3)
        apart = row.from_pad_m / 1000 * sheet.px_km > NEAREST_PX
        if abs(row.failure_s / step_s - round(row.failure_s / step_s)) < 1e-9 and apart and not row.zone:
            spots.append((x, y, f"{row.failure_s:g}"))
    _sites(pen, sheet, found, places)
    for x, y, words in spots:
        spot = places.beside(x, y, text_width(words, 11), 13.0, gaps=(6, 12, 20))
        if spot is not None:
            pen.text(spot[0], spot[1] + 10, words, "s halo")
    pen.end()
    pen.rect(MARGIN, sheet.top, sheet.width, sheet.height, "frame")
    _scale(pen, sheet)


def shown(ring: FloatArray, sheet: Sheet) -> bool:
    """Not what lies beside the sheet, nor on the far side of the Earth, which it would turn inside out."""
    north, east = flat(ring[:, 1], ring[:, 0], sheet.latitude_deg, sheet.longitude_deg)
    away, half_km = np.hypot(north, east), (sheet.width / 2 / sheet.px_km, sheet.height / 2 / sheet.px_km)
    if (east.max() < -half_km[0] or east.min() > half_km[0] or north.max() < -half_km[1] or north.min() > half_km[1]):
        return False
    turned = away.max() >= 0.93 * np.pi * EARTH_KM
    return bool(away.min() < (0.4 if turned else 0.6) * np.pi * EARTH_KM)


def _sites(pen: Svg, sheet: Sheet, found: Aborts, places: Places) -> None:
    """The pad, and the zones that a ship in orbit brakes for."""
    zones = found.ways.to_orbit.zones if found.ways.to_orbit is not None else ()
    for site, look in ((found.pad, "pad"), *((zone, "zone") for zone in zones)):
        x, y = (float(v[0]) for v in sheet.at(np.degrees([site.latitude_rad]), np.degrees([site.longitude_rad])))
        if not (MARGIN < x < MARGIN + sheet.width and sheet.top < y < sheet.top + sheet.height):
            continue
        if look == "pad":
            pen.cross(x, y, look, 6.0)
        else:
            pen.rect(x - 5, y - 5, 10, 10, look)
        places.block(x - 6, y - 6, x + 6, y + 6)
        spot = places.beside(x, y, text_width(site.name), 14.0, gaps=(8, 16, 24))
        if spot is not None:
            pen.text(spot[0], spot[1] + 11, site.name, "halo")


def _scale(pen: Svg, sheet: Sheet) -> None:
    """A bar of a round length below the sheet."""
    length = max(v for v in (10, 20, 50, 100, 200, 500, 1000, 2000) if v * sheet.px_km <= sheet.width / 5 or v == 10)
    y = sheet.top + sheet.height + 16
    pen.line(MARGIN, y, MARGIN + length * sheet.px_km, y, "bar")
    pen.text(MARGIN + length * sheet.px_km + 8, y + 4, f"{length} km; cross: pad, squares: landing zones, dotted: the "
             "climb", "dim")
