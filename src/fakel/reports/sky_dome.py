"""The sky as a disc: zenith in the middle, north up, east on the left, as one sees it lying on one's back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import atan, atan2, cos, hypot, pi, radians, sin, tan

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.sky import Body, Constellation, SkyAbove, StarMap
from fakel.reports.sightings import WINDS
from fakel.reports.sky_words import word
from fakel.reports.svg import Places, Svg, text_width
from fakel.reports.words import decimal

SHOWN = ("mercury", "venus", "mars", "jupiter", "saturn")
LOWEST_RAD = radians(1.0)


@dataclass(slots=True)
class Dome:
    """Where the disc lies in a picture and what is taken already. px: size of its text; scale: of stars and strokes."""

    svg: Svg
    x: float
    y: float
    radius: float
    px: float
    language: str
    scale: float = 1.0
    id: str = "sky"
    places: Places = field(init=False)

    def __post_init__(self) -> None:
        self.places = Places((4.0, 4.0, self.svg.width - 4.0, self.svg.height - 4.0))

    def at(self, azimuth_rad: float, elevation_rad: float) -> tuple[float, float]:
        """Stereographic: shapes of constellations stay. Undone by ``seen``."""
        r = self.radius * tan((pi / 2 - elevation_rad) / 2)
        return self.x - r * sin(azimuth_rad), self.y - r * cos(azimuth_rad)

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Azimuth and elevation of a point."""
        right, down = self.x - x, self.y - y
        return atan2(right, down) % (2 * pi), pi / 2 - 2 * atan(hypot(right, down) / self.radius)

    def all_at(self, directions: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Points of unit vectors east, north, up (n, 3); the nadir is far out."""
        up = np.maximum(1.0 + directions[..., 2], 1e-6)
        return (self.x - self.radius * directions[..., 0] / up, self.y - self.radius * directions[..., 1] / up)

    def inside(self, box: tuple[float, float, float, float], gap: float = 2.0) -> bool:
        """Whether a box lies in the disc."""
        return all(hypot(x - self.x, y - self.y) < self.radius - gap for x in box[::2] for y in box[1::2])

    def label(self, x: float, y: float, text: str, css: str, gap: float, *, px: float = 0.0, must: bool = False
              ) -> bool:
        """A text in the disc, beside a point, where there is room; farther off where it must be."""
        px = px or self.px
        width, high = text_width(text, px, must), px * 1.15
        for far in (gap, gap + 0.6 * px, *((gap + 1.4 * px, gap + 2.4 * px) if must else ())):
            for dx, dy in ((far, -high / 2), (-far - width, -high / 2), (-width / 2, far), (-width / 2, -far - high),
                           (far * 0.8, far * 0.8), (-far * 0.8 - width, far * 0.8), (far * 0.8, -far * 0.8 - high),
                           (-far * 0.8 - width, -far * 0.8 - high)):
                box = (x + dx, y + dy, x + dx + width, y + dy + high)
                if self.places.free(box) and self.inside(box):
                    self.places.block(*box)
                    left = box[2] <= x                      # wider letters grow away from the point
                    self.svg.text(box[2 if left else 0], box[1] + px * 0.9, text, css, "end" if left else "start")
                    return True
        return False


def faintest(sun_elevation_rad: float) -> float:
    """Which stars come out: 2.5 at the end of civil twilight, 5 in the night (a rule of thumb)."""
    return float(np.interp(np.degrees(sun_elevation_rad), [-18, -12, -6, -1], [5.0, 4.3, 2.8, -1.5]))


def by_day(sky: SkyAbove) -> bool:
    """Whether the Sun drowns all stars."""
    return sky.body("sun").elevation_rad > radians(-1.0)


def ground(dome: Dome, sky: SkyAbove) -> None:
    """The disc with twilight, circles of 30 and 60 degrees, the horizon with its winds."""
    sun = sky.body("sun")
    svg, glow = dome.svg, float(np.clip((np.degrees(sun.elevation_rad) + 18) / 14, 0, 1))
    svg.circle(dome.x, dome.y, dome.radius, "k-sky")
    if glow > 0.02:
        x, y = dome.at(sun.azimuth_rad, max(sun.elevation_rad, 0.0))
        svg.parts.append(
            f'<radialGradient id="{dome.id}-glow" gradientUnits="userSpaceOnUse" cx="{x:.1f}" cy="{y:.1f}" '
            f'r="{dome.radius * 1.15:.1f}"><stop offset="0" class="k-glow" stop-opacity="{0.75 * glow:.2f}"/>'
            f'<stop offset="1" class="k-glow" stop-opacity="0"/></radialGradient>')
        svg.parts.append(f'<circle cx="{dome.x:.1f}" cy="{dome.y:.1f}" r="{dome.radius:.1f}" '
                         f'fill="url(#{dome.id}-glow)"/>')
    for elevation in (30, 60):
        svg.circle(dome.x, dome.y, dome.radius * tan(radians(90 - elevation) / 2), "k-grid")
    svg.line(dome.x - 4, dome.y, dome.x + 4, dome.y, "k-grid")
    svg.line(dome.x, dome.y - 4, dome.x, dome.y + 4, "k-grid")
    svg.circle(dome.x, dome.y, dome.radius, "k-ring")


def ring(dome: Dome, words: bool) -> None:
    """Ticks of 10 degrees and the names of eight winds around the horizon; the four main ones as words."""
    px = dome.px * 1.08
    for ten in range(36):
        a, long = radians(10 * ten), 7 if ten % 9 == 0 else 4
        (x1, y1), (x2, y2) = dome.at(a, 0.0), _out(dome, a, long * dome.px / 12)
        dome.svg.line(x1, y1, x2, y2, "k-tick")
    for k in range(0, 16, 2):
        a, main = k * pi / 8, k % 4 == 0
        text = word(("north", "east", "south", "west")[k // 4], dome.language) if main and words else (
            WINDS[dome.language][k])
        width = text_width(text, px, main)
        x, y = _out(dome, a, px * (1.15 if k % 8 == 0 else 0.9) + (abs(sin(a)) * width / 2 if k % 8 else 0))
        dome.svg.text(x, y + px * 0.36, text, "k-wind k-b" if main else "k-wind", "middle")
        dome.places.block(x - width / 2 - 2, y - px * 0.7, x + width / 2 + 2, y + px * 0.7)


def _out(dome: Dome, azimuth: float, far: float) -> tuple[float, float]:
    return dome.x - (dome.radius + far) * sin(azimuth), dome.y - (dome.radius + far) * cos(azimuth)


def circles_named(dome: Dome, away_rad: float) -> None:
    """30° and 60° on their circles, on the side that away_rad (an azimuth) names."""
    px = dome.px * 0.85
    for elevation in (30, 60):
        for turn in (0.0, 0.3, -0.3, 0.6, -0.6, 1.0, -1.0):
            x, y = dome.at(away_rad + turn, radians(elevation))
            width = text_width(f"{elevation}°", px)
            box = (x - width / 2, y - px * 0.6, x + width / 2, y + px * 0.6)
            if dome.places.free(box):
                dome.places.block(*box)
                dome.svg.text(x, y + px * 0.35, f"{elevation}°", "k-small", "middle")
                break


def figures(dome: Dome, sky: SkyAbove, stars: StarMap) -> None:
    """Lines of the constellations, cut at the horizon."""
    parts = []
    for figure in stars.constellations:
        for line in figure.lines:
            local = line @ sky.turn.T
            x, y = dome.all_at(local)
            parts += [_clipped(dome, local[k:k + 2], x[k:k + 2], y[k:k + 2]) for k in range(len(x) - 1)
                      if max(local[k:k + 2, 2]) > 0]
    dome.svg.parts.append(f'<path d="{"".join(parts)}" class="k-figure"/>')


def _clipped(dome: Dome, local: FloatArray, x: FloatArray, y: FloatArray) -> str:
    """One stroke as path data; the part under the horizon is left out."""
    if local[:, 2].min() < 0:
        s = local[0, 2] / (local[0, 2] - local[1, 2])
        edge = local[0] + s * (local[1] - local[0])
        ex, ey = dome.all_at(edge / np.linalg.norm(edge))
        k = int(np.argmin(local[:, 2]))
        x, y = x.copy(), y.copy()
        x[k], y[k] = ex, ey
    return f"M{x[0]:.1f} {y[0]:.1f}L{x[1]:.1f} {y[1]:.1f}"


def star_dots(dome: Dome, sky: SkyAbove, stars: StarMap, limit: float) -> None:
    local = stars.directions @ sky.turn.T
    up = np.flatnonzero((local[:, 2] > 0) & (stars.magnitudes <= limit))
    x, y = dome.all_at(local)
    size = 3.3 * dome.scale * 10 ** (-0.15 * stars.magnitudes)
    dome.svg.group('class="k-star"')
    for k in up[size[up] > 0]:
        dome.svg.parts.append(f'<circle cx="{x[k]:.1f}" cy="{y[k]:.1f}" r="{size[k]:.2f}"/>')
    dome.svg.end()


def star_names(dome: Dome, sky: SkyAbove, stars: StarMap, limit: float) -> None:
    """Names of the brightest stars, and of Polaris, where there is room."""
    local = stars.directions @ sky.turn.T
    x, y = dome.all_at(local)
    for k, names in stars.names.items():
        told = dict(names)
        if local[k, 2] > sin(LOWEST_RAD) and (stars.magnitudes[k] <= limit or told["en"] == "Polaris"):
            size = 3.3 * dome.scale * 10 ** (-0.15 * float(stars.magnitudes[k]))
            dome.label(float(x[k]), float(y[k]), told[dome.language], "k-small", size + 2.5, px=dome.px * 0.9)


def figure_names(dome: Dome, sky: SkyAbove, figures_: Sequence[Constellation], most_rank: int) -> None:
    """Names of the constellations, plainest first, where there is room."""
    for rank in range(1, most_rank + 1):
        for figure in (f for f in figures_ if f.rank == rank):
            local = figure.at @ sky.turn.T
            if local[2] < 0.12:
                continue
            px, text = dome.px * 0.86, dict(figure.names)[dome.language]
            x, y = (float(v) for v in dome.all_at(local))
            width = text_width(text, px) * 1.06
            for dy in (0.0, px * 1.4, -px * 1.4, px * 2.8, -px * 2.8):
                box = (x - width / 2, y + dy - px * 0.6, x + width / 2, y + dy + px * 0.6)
                if dome.inside(box) and dome.places.free(box):
                    dome.places.block(*box)
                    dome.svg.text(x, y + dy + px * 0.35, text, "k-name", "middle")
                    break


def wanderers(dome: Dome, sky: SkyAbove) -> None:
    """The Moon in its phase and the planets that an eye sees, each with its name."""
    moon, sun = sky.body("moon"), sky.body("sun")
    if moon.elevation_rad > LOWEST_RAD and not (by_day(sky) and moon.lit < 0.1):
        _moon(dome, moon, sun)
    if sun.elevation_rad > 0:
        x, y = dome.at(sun.azimuth_rad, sun.elevation_rad)
        dome.svg.circle(x, y, 9.0 * dome.scale, "k-sun")
        dome.label(x, y, word("sun", dome.language), "k-body", 9.0 * dome.scale + 3, must=True)
    limit = -4.0 if by_day(sky) else faintest(sun.elevation_rad) - 0.5
    for name in SHOWN:
        body = sky.body(name)
        if body.elevation_rad > LOWEST_RAD and body.magnitude < limit:
            x, y = dome.at(body.azimuth_rad, body.elevation_rad)
            size = min(max(3.3 * 10 ** (-0.15 * body.magnitude), 2.2), 7.0) * dome.scale
            dome.svg.circle(x, y, size, "k-planet")
            dome.places.block(x - size - 2, y - size - 2, x + size + 2, y + size + 2)
            dome.label(x, y, word(name, dome.language), "k-body", size + 3, must=True)


def keep_bodies_free(dome: Dome, sky: SkyAbove) -> None:
    """No label may lie on the Moon or a planet."""
    for body in sky.bodies:
        if body.elevation_rad > LOWEST_RAD and body.name != "sun":
            x, y = dome.at(body.azimuth_rad, body.elevation_rad)
            r = (9.0 if body.name in ("moon", "sun") else 5.0) * dome.scale
            dome.places.block(x - r, y - r, x + r, y + r)


def _moon(dome: Dome, moon: Body, sun: Body) -> None:
    x, y = dome.at(moon.azimuth_rad, moon.elevation_rad)
    r = 8.0 * dome.scale
    m, s = (np.array([cos(b.elevation_rad) * sin(b.azimuth_rad), cos(b.elevation_rad) * cos(b.azimuth_rad),
                      sin(b.elevation_rad)]) for b in (moon, sun))
    step = m + 0.02 * (s - m * float(m @ s))
    ahead = dome.all_at(step / np.linalg.norm(step))
    turn = np.degrees(atan2(float(ahead[1]) - y, float(ahead[0]) - x))
    t = np.linspace(-pi / 2, pi / 2, 25)
    limb, edge = r * np.cos(t), r * (1 - 2 * moon.lit) * np.cos(t[::-1])
    points = [f"{px:.2f} {py:.2f}" for px, py in zip(np.r_[limb, edge], np.r_[r * np.sin(t), r * np.sin(t[::-1])])]
    dome.svg.group(f'transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f})"')
    dome.svg.circle(0, 0, r, "k-moon-dark")
    dome.svg.parts.append(f'<path d="M{"L".join(points)}z" class="k-moon"/>')
    dome.svg.end()
    dome.places.block(x - r - 2, y - r - 2, x + r + 2, y + r + 2)
    text = f"{word('moon', dome.language)} {decimal(100 * moon.lit, dome.language, 0)} %"
    dome.label(x, y, text, "k-body", r + 3, must=True)
