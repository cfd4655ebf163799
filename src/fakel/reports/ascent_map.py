"""A climb over the ground: its track, where engines that stopped would let it fall, and where its parts come down."""

from __future__ import annotations

import numpy as np

from fakel.model.climb import Ascent
from fakel.model.ground_map import GroundMap
from fakel.reports.aborts_map import EARTH_KM, MARGIN, Sheet, flat, shown
from fakel.reports.ascents import part_name, title
from fakel.reports.svg import Places, Svg, path_data, text_width

WIDE, TALL, TOP, FOOT = 1040.0, 520.0, 62.0, 64.0
LENGTHS_KM = (10, 20, 50, 100, 200, 500, 1000, 2000)
AHEAD = 1.35                   # impact points are shown that many times as far as the rest
MARKED_S = (60.0, 120.0, 180.0, 240.0, 300.0, 360.0, 420.0, 480.0, 540.0, 600.0)
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:16px;font-weight:600}
.dim{fill:#666}.sea{fill:#cfdde6}.land{fill:#f2eee3;stroke:#8a9aa3;stroke-width:.7}.border{fill:none;stroke:#b09a76;
stroke-width:.7;stroke-dasharray:4 3}.climb{fill:none;stroke:#006ca8;stroke-width:2}.tick{fill:#006ca8}
.iip{fill:none;stroke:#a32608;stroke-width:1.6;stroke-dasharray:5 3}.part{fill:#a32608;stroke:#fff;stroke-width:1}
.pad{stroke:#111;stroke-width:1.8;fill:none}.abort{fill:#7a3fa0;stroke:#fff;stroke-width:1}.frame{fill:none;stroke:#777}
.bar{stroke:#222;stroke-width:2;fill:none}.s{font-size:11px}.small{font-size:11px;fill:#00507d}
.halo{paint-order:stroke;stroke:#fbfaf7;stroke-width:3px;stroke-opacity:.9}
</style>"""


def picture(found: Ascent, ground: GroundMap) -> str:
    """SVG text."""
    name = f"{found.vehicle} on {found.launcher}: ground track and impact points"
    pen = Svg(WIDE, TOP + TALL + FOOT, name)
    pen.text(MARGIN, 26, name, "h")
    pen.text(MARGIN, 46, f"from {found.pad.name}; numbers along the track: seconds after liftoff", "dim")
    sheet = _sheet(found)
    pen.clip("climb", MARGIN, TOP, sheet.width, sheet.height)
    pen.rect(MARGIN, TOP, sheet.width, sheet.height, "sea")
    for rings, look in ((ground.land, "land"), (ground.countries, "border")):
        data = "".join(path_data(*sheet.at(ring[:, 1], ring[:, 0]), True) for ring in rings if shown(ring, sheet))
        pen.shape("path", f'd="{data}" class="{look}" fill-rule="evenodd"')
    pen.path(*sheet.at(*np.degrees(found.impact).T), "iip", title="instantaneous impact point")
    pen.path(*sheet.at(*np.degrees(found.track).T), "climb", title="ground track")
    _marks(pen, found, sheet)
    pen.end()
    pen.rect(MARGIN, TOP, sheet.width, sheet.height, "frame")
    _foot(pen, sheet, found)
    return str(pen).replace("</title>", "</title>" + _STYLE, 1) + "\n"


def _places_deg(found: Ascent) -> np.ndarray:
    """Latitudes and longitudes (2, n) that the sheet holds."""
    fixed = [np.degrees(found.track[::20]), np.degrees(found.track[-1:])]
    fixed += [np.degrees([[f.latitude_rad, f.longitude_rad]]) for f in found.falls]
    if found.flown_to is not None:
        fixed.append(np.degrees([[found.flown_to.latitude_rad, found.flown_to.longitude_rad]]))
    places = np.concatenate(fixed)
    pad = np.degrees([found.pad.latitude_rad, found.pad.longitude_rad])
    far = np.hypot(*flat(*places.T, *pad)).max() * AHEAD
    falls = np.degrees(found.impact)
    near = falls[np.hypot(*flat(*falls.T, *pad)) < far] if len(falls) else falls
    return np.asarray(np.concatenate([pad[None], places, near]).T)


def _sheet(found: Ascent) -> Sheet:
    lat, lon = _places_deg(found)
    lon = np.degrees(np.unwrap(np.radians(lon)))
    lat0, lon0, width = float((lat.min() + lat.max()) / 2), float((lon.min() + lon.max()) / 2), WIDE - 2 * MARGIN
    for _ in range(3):                                      # the middle of the sheet to the middle of what it shows
        north, east = flat(lat, lon, lat0, lon0)
        lat0 += float(np.degrees((north.min() + north.max()) / 2 / EARTH_KM))
        lon0 += float(np.degrees((east.min() + east.max()) / 2 / EARTH_KM)) / max(np.cos(np.radians(lat0)), 0.2)
    north, east = flat(lat, lon, lat0, lon0)
    px = min(0.88 * width / max(float(np.ptp(east)), 100.0), 0.66 * TALL / max(float(np.ptp(north)), 100.0))
    return Sheet(lat0, lon0, px, width, TALL, TOP)


def _marks(pen: Svg, found: Ascent, sheet: Sheet) -> None:
    """The pad, parts on the ground, an abort, seconds along the track."""
    places = Places((MARGIN + 2, TOP + 2, MARGIN + sheet.width - 2, TOP + sheet.height - 2))
    for latlon in np.degrees(found.track[::12]):
        x, y = _at(sheet, *latlon)
        places.block(x - 2, y - 2, x + 2, y + 2)
    spots = [(*_at(sheet, np.degrees(found.pad.latitude_rad), np.degrees(found.pad.longitude_rad)), found.pad.name,
              "pad")]
    spots += [(*_at(sheet, np.degrees(f.latitude_rad), np.degrees(f.longitude_rad)),
               f"{part_name(f.part)}, {f.downrange_m / 1000:.0f} km", "part") for f in found.falls]
    if found.flown_to is not None:
        row = found.flown_to
        spots.append((*_at(sheet, np.degrees(row.latitude_rad), np.degrees(row.longitude_rad)),
                      f"crew after the abort, {row.from_pad_m / 1000:.0f} km", "abort"))
    for x, y, _, look in spots:
        if look == "pad":
            pen.cross(x, y, look, 6.0)
        else:
            pen.diamond(x, y, look)
        places.block(x - 5, y - 5, x + 5, y + 5)
    for x, y, words, _ in spots:
        spot = places.beside(x, y, text_width(words), 14.0, gaps=(9, 18, 30, 46, 64))
        if spot is not None:
            pen.text(spot[0], spot[1] + 11, words, "halo")
    _events(pen, found, sheet, places)


def _events(pen: Svg, found: Ascent, sheet: Sheet, places: Places) -> None:
    """Even minutes on the track, and its end."""
    seconds = [(t, f"{t:.0f}") for t in MARKED_S if t < found.cutoff_s - 20.0]
    for t_s, words in (*seconds, (found.cutoff_s, f"{title('cutoff') if found.ending == 'inserted' else 'engines out'} "
                                                  f"{found.cutoff_s:.0f} s")):
        lat, lon = (float(np.interp(t_s, found.t_s, np.degrees(np.unwrap(column)))) for column in found.track.T)
        x, y = _at(sheet, lat, lon)
        pen.circle(x, y, 2.6, "tick", f"{t_s:.0f} s")
        spot = places.beside(x, y, text_width(words, 11), 12.0, gaps=(6, 12, 20))
        if spot is not None:
            pen.text(spot[0], spot[1] + 10, words, "small halo")


def _at(sheet: Sheet, latitude_deg: float, longitude_deg: float) -> tuple[float, float]:
    x, y = sheet.at(np.array([latitude_deg]), np.array([longitude_deg]))
    return float(x[0]), float(y[0])


def _foot(pen: Svg, sheet: Sheet, found: Ascent) -> None:
    """A bar of a round length, and what the lines are."""
    length = max(v for v in LENGTHS_KM if v * sheet.px_km <= sheet.width / 5 or v == LENGTHS_KM[0])
    y = TOP + sheet.height + 18
    pen.line(MARGIN, y, MARGIN + length * sheet.px_km, y, "bar")
    pen.text(MARGIN + length * sheet.px_km + 8, y + 4, f"{length} km", "dim")
    x = MARGIN + length * sheet.px_km + 90
    for look, words in (("climb", "ground track"), ("iip", "where it would come down without engines (no air)")):
        pen.line(x, y, x + 30, y, look)
        pen.text(x + 38, y + 4, words, "dim")
        x += 38 + text_width(words) + 28
    pen.diamond(x, y, "part")
    pen.text(x + 12, y + 4, "dropped parts on the ground", "dim")
    if found.flown_to is not None:
        pen.diamond(MARGIN + 5, y + 24, "abort")
        pen.text(MARGIN + 17, y + 28, "the crew on the ground", "dim")
