"""All cases of a dispersed landing on a map: far off with what the bank can reach, and near with the ellipses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.dispersions import Cases
from fakel.model.ground_map import GroundMap
from fakel.reports.svg import Places, Svg, path_data, text_width

SIDE, GAP, TOP, FOOT, MARGIN = 560.0, 20.0, 64.0, 64.0, 16.0
KM_DEG = 111.195
MOST_TOWNS = 12
SHADES = {0.5: "e0", 0.9: "e1", 0.95: "e2", 0.997: "e3"}
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:16px;font-weight:600}
.dim{fill:#666}.sea{fill:#cfdde6}.land{fill:#f2eee3;stroke:#8a9aa3;stroke-width:.8}.border{fill:none;stroke:#b09a76;
stroke-dasharray:5 3}.lake{fill:#cfdde6;stroke:#8a9aa3;stroke-width:.6}.case{fill:#b5532a;fill-opacity:.55}
.spun{fill:#5b2a8c}.town{fill:#444}.zone{stroke:#111;stroke-width:1.6;fill:none}.reach{fill:#3a86b8;fill-opacity:.12;
stroke:#3a86b8}.circle{fill:none;stroke:#111;stroke-dasharray:2 3}.e0,.e1,.e2,.e3{fill:none;stroke:#b5532a}
.e0{stroke-width:2}.e1{stroke-width:1.5}.e2{stroke-width:1.1}.e3{stroke-width:.8}.frame{fill:none;stroke:#777}
.bar{stroke:#222;stroke-width:2;fill:none}</style>"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A square part of the Earth around a place (deg), half_km to each side; its left upper corner on the picture."""

    latitude_deg: float
    longitude_deg: float
    half_km: float
    left: float
    top: float = TOP

    @property
    def px_km(self) -> float:
        return SIDE / (2 * self.half_km)

    def at(self, latitude_deg: FloatArray, longitude_deg: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Pixels: true to scale at the middle."""
        narrow = np.cos(np.radians(self.latitude_deg))
        east = (np.asarray(longitude_deg) - self.longitude_deg) * KM_DEG * narrow
        north = (np.asarray(latitude_deg) - self.latitude_deg) * KM_DEG
        return self.left + SIDE / 2 + east * self.px_km, self.top + SIDE / 2 - north * self.px_km


def box_deg(found: Cases) -> tuple[float, float, float, float]:
    """West, east, south, north of what the picture shows."""
    far = _sheets(found)[0]
    tall = far.half_km / KM_DEG
    wide = tall / np.cos(np.radians(far.latitude_deg))
    return (far.longitude_deg - wide, far.longitude_deg + wide, far.latitude_deg - tall, far.latitude_deg + tall)


def _sheets(found: Cases) -> tuple[Sheet, Sheet]:
    zone = (float(np.degrees(found.zone.latitude_rad)), float(np.degrees(found.zone.longitude_rad)))
    reach = np.degrees(found.footprint if len(found.footprint) else found.places)
    low, high = reach.min(axis=0), reach.max(axis=0)
    middle = (low + high) / 2
    tall_km = (high - low) / 2 * KM_DEG * np.array([1.0, np.cos(np.radians(middle[0]))])
    far = Sheet(float(middle[0]), float(middle[1]), 1.2 * float(max(tall_km.max(), 60.0)), MARGIN)
    near_km = 1.1 * max(float(np.hypot(found.east_m, found.north_m).max()), found.radius_m) / 1000
    return far, Sheet(*zone, near_km, MARGIN + SIDE + GAP)


def picture(found: Cases, ground: GroundMap) -> str:
    """SVG text."""
    pen = Svg(2 * MARGIN + 2 * SIDE + GAP, TOP + SIDE + FOOT,
              f"{len(found.guided)} landings of {found.vehicle} at {found.zone.name}")
    pen.text(MARGIN, 26, f"{found.vehicle}: {len(found.guided)} returns to {found.zone.name}", "h")
    pen.text(MARGIN, 46, f"burn {found.burn_start.iso()}; {found.dispersions}, all assumed; seed {found.seed}", "dim")
    far, near = _sheets(found)
    for name, sheet in (("far", far), ("near", near)):
        pen.clip(f"cases-{name}", sheet.left, sheet.top, SIDE, SIDE)
        _ground(pen, sheet, ground)
        if name == "far" and len(found.footprint) > 2:
            hull = _hull(np.degrees(found.footprint)[:, ::-1])
            pen.path(*sheet.at(hull[:, 1], hull[:, 0]), "reach", closed=True)
        if name == "near":
            _ellipses(pen, sheet, found)
        _marks(pen, sheet, found, ground, 1.6 if name == "near" else 1.0)
        pen.end()
        pen.rect(sheet.left, sheet.top, SIDE, SIDE, "frame")
        _scale(pen, sheet)
    pen.text(MARGIN, TOP + SIDE + 46, "blue: what bank and one reversal reach as planned, without wind; red: "
             "landings", "dim")
    pen.text(near.left, TOP + SIDE + 46, "ellipses of 50, 90, 95 and 99.7 %; dotted: "
             f"{found.radius_m / 1000:.0f} km around the zone's centre", "dim")
    return str(pen).replace("</title>", "</title>" + _STYLE, 1) + "\n"


def _ground(pen: Svg, sheet: Sheet, ground: GroundMap) -> None:
    pen.rect(sheet.left, sheet.top, SIDE, SIDE, "sea")
    for rings, css in ((ground.land, "land"), (ground.countries, "border"), (ground.lakes, "lake")):
        data = "".join(path_data(*sheet.at(ring[:, 1], ring[:, 0]), True) for ring in rings)
        if data:
            pen.shape("path", f'd="{data}" class="{css}" fill-rule="evenodd"')


def _ellipses(pen: Svg, sheet: Sheet, found: Cases) -> None:
    turn = np.linspace(0.0, 2 * np.pi, 91)
    centre = np.degrees(found.places).mean(axis=0)
    x0, y0 = (float(v[0]) for v in sheet.at(centre[:1], centre[1:]))
    for share, (long, short, bearing) in found.ellipses.items():
        a, b = long / 1000 * np.cos(turn), short / 1000 * np.sin(turn)
        east, north = a * np.sin(bearing) + b * np.cos(bearing), a * np.cos(bearing) - b * np.sin(bearing)
        pen.path(x0 + east * sheet.px_km, y0 - north * sheet.px_km, SHADES.get(share, "e3"), closed=True,
                 title=f"{100 * share:g} %")
    pen.circle(sheet.left + SIDE / 2, sheet.top + SIDE / 2, found.radius_m / 1000 * sheet.px_km, "circle")


def _marks(pen: Svg, sheet: Sheet, found: Cases, ground: GroundMap, size: float) -> None:
    x, y = sheet.at(*np.degrees(found.places).T)
    for a, b, guided in zip(x, y, found.guided, strict=True):
        pen.circle(float(a), float(b), size, "case" if guided else "spun")
    places = Places((sheet.left + 2, sheet.top + 2, sheet.left + SIDE - 2, sheet.top + SIDE - 2))
    zone = np.degrees([found.zone.latitude_rad]), np.degrees([found.zone.longitude_rad])
    zx, zy = (float(v[0]) for v in sheet.at(*zone))
    pen.cross(zx, zy, "zone", 6.0)
    places.block(zx - 12, zy - 12, zx + 12, zy + 12)
    shown = 0
    for town in ground.towns:
        tx, ty = (float(v[0]) for v in sheet.at(np.array([town.latitude_deg]), np.array([town.longitude_deg])))
        if not (sheet.left + 4 < tx < sheet.left + SIDE - 4 and sheet.top + 4 < ty < sheet.top + SIDE - 4):
            continue
        spot = places.beside(tx, ty, text_width(town.name, 12), 14.0, gaps=(6, 12))
        if spot is None:
            continue
        pen.circle(tx, ty, 2.5, "town")
        pen.text(spot[0], spot[1] + 11, town.name)
        shown += 1
        if shown == MOST_TOWNS:
            break


def _scale(pen: Svg, sheet: Sheet) -> None:
    """A bar of a round length below the sheet."""
    length_km = max(v for v in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if v <= sheet.half_km / 2 or v == 1)
    y = sheet.top + SIDE + 18
    pen.line(sheet.left, y, sheet.left + length_km * sheet.px_km, y, "bar")
    pen.text(sheet.left + length_km * sheet.px_km + 8, y + 4, f"{length_km} km")


def _hull(points: FloatArray) -> FloatArray:
    """The convex hull of points (n, 2), in order (Andrew 1979)."""
    ordered = sorted({(float(x), float(y)) for x, y in points})

    def half(run: list[tuple[float, float]]) -> list[tuple[float, float]]:
        out: list[tuple[float, float]] = []
        for p in run:
            while len(out) > 1 and ((out[-1][0] - out[-2][0]) * (p[1] - out[-2][1])
                                    - (out[-1][1] - out[-2][1]) * (p[0] - out[-2][0])) <= 0:
                out.pop()
            out.append(p)
        return out[:-1]
    return np.array(half(ordered) + half(ordered[::-1]))
