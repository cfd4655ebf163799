"""A craft's way across the sky: what is seen of it, full minutes, which way it goes, where it fades."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from math import atan2, cos, degrees, hypot, sin

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import NS_PER_S, Epoch
from fakel.model.sighting import Look, Sighting
from fakel.model.sky import SkyAbove
from fakel.reports.sightings import local
from fakel.reports.sky_dome import Dome
from fakel.reports.sky_words import SURE_S, beside, clock, height, why
from fakel.reports.svg import path_data, text_width

GAPS = (0.0, 1.0, 1.6, 2.4, 3.4, 5.0, 7.0)          # between a label and its point, in heights of its letters


def way(dome: Dome, s: Sighting, sky: SkyAbove) -> FloatArray:
    """The way at instants: t_s after the peak, x, y (n, 3). Falls back on what is seen where there is no track."""
    if len(sky.track):
        t_s, azimuth, elevation = sky.track.T
    else:
        t_s = s.path[:, 0] + (s.start.epoch - s.peak.epoch)
        azimuth, elevation = s.path[:, 1], s.path[:, 2]
    points = np.array([dome.at(float(a), float(e)) for a, e in zip(azimuth, elevation)])
    return np.column_stack([t_s, points])


def draw_way(dome: Dome, s: Sighting, points: FloatArray) -> None:
    """Seen: solid; in shadow: dashed; too low: thin. An arrow at the end, and one on the way where it is long."""
    first, last = s.start.epoch - s.peak.epoch, s.end.epoch - s.peak.epoch
    t = points[:, 0]
    seen = _cut(points, max(first, t[0]), min(last, t[-1]))
    for part, dark in ((_cut(points, t[0], first), s.begins == "leaves_shadow"),
                       (_cut(points, last, t[-1]), s.ends == "enters_shadow")):
        if len(part) > 1:
            _stroke(dome, part, "k-shadow" if dark else "k-low")
            _take(dome, part)
    _stroke(dome, seen, "k-halo")
    _stroke(dome, seen, "k-way")
    size = 6.5 * dome.scale ** 0.6
    long = float(np.hypot(*np.diff(seen[:, 1:], axis=0).T).sum())
    for at in (0.55, 1.0) if long > 12 * size else (1.0,):
        _arrow(dome, seen, at, size)
    _take(dome, seen)


def company(dome: Dome, others: Sequence[tuple[Sighting, str]]) -> None:
    """Ways of other craft that pass at about the time, thinner, each with its name and how much later it comes."""
    for other, _ in others:
        points = np.column_stack([other.path[:, 0], np.array([dome.at(a, e) for a, e in other.path[:, 1:3].tolist()])])
        _stroke(dome, points, "k-other")
        _arrow(dome, points, 1.0, 4.5 * dome.scale ** 0.6, "k-other-f")
        _take(dome, points)


def company_names(dome: Dome, s: Sighting, others: Sequence[tuple[Sighting, str]]) -> None:
    for other, name in others:
        x, y = dome.at(other.peak.azimuth_rad, other.peak.elevation_rad)
        _lines(dome, x, y, (name, beside(other.peak.epoch - s.peak.epoch, dome.language)))


def _take(dome: Dome, part: FloatArray) -> None:
    """No label may lie on a stroke."""
    length = np.r_[0.0, np.cumsum(np.hypot(*np.diff(part[:, 1:], axis=0).T))]
    for at in np.arange(0.0, length[-1], 5.0):
        x, y = float(np.interp(at, length, part[:, 1])), float(np.interp(at, length, part[:, 2]))
        dome.places.block(x - 2.5, y - 2.5, x + 2.5, y + 2.5)


def _cut(points: FloatArray, a: float, b: float) -> FloatArray:
    """The part between two instants, with its ends."""
    if b <= a:
        return points[:0]
    t = points[:, 0]
    times = np.r_[a, t[(t > a) & (t < b)], b]
    return np.column_stack([times, np.interp(times, t, points[:, 1]), np.interp(times, t, points[:, 2])])


def _stroke(dome: Dome, part: FloatArray, css: str) -> None:
    dome.svg.parts.append(f'<path d="{path_data(part[:, 1], part[:, 2])}" class="{css}"/>')


def _arrow(dome: Dome, seen: FloatArray, share: float, size: float, css: str = "k-arrow") -> None:
    length = np.r_[0.0, np.cumsum(np.hypot(*np.diff(seen[:, 1:], axis=0).T))]
    at = share * length[-1]
    tip, tail = (np.array([np.interp(d, length, seen[:, 1]), np.interp(d, length, seen[:, 2])])
                 for d in (at, max(at - size, 0.0)))
    back = tip - tail
    ahead = back / max(float(np.hypot(*back)), 1e-9)
    side = np.array([-ahead[1], ahead[0]])
    corners = np.array([tip + 0.6 * size * ahead, tip - 0.8 * size * ahead + 0.75 * size * side,
                        tip - 0.8 * size * ahead - 0.75 * size * side])
    dome.svg.parts.append(f'<path d="{path_data(corners[:, 0], corners[:, 1], True)}" class="{css}"/>')


def ends(dome: Dome, s: Sighting, zone: tzinfo, points: FloatArray) -> None:
    """Times and reasons at begin, peak and end, where there is room; of a peak near them the height alone."""
    for look, text in ((s.start, why(s.begins, dome.language)), (s.end, why(s.ends, dome.language)),
                       (s.peak, height(s.peak))):
        x, y = _point(points, look.epoch - s.peak.epoch)
        if look is s.peak:
            near = min(abs(look.epoch - other.epoch) for other in (s.start, s.end))
            if near < 5.0:
                continue
            dome.svg.circle(x, y, 3.2 * dome.scale ** 0.6, "k-dot")
            if near < 45.0:
                _lines(dome, x, y, ("", text))
                continue
        _lines(dome, x, y, (clock(look, zone, s.sigma_s < SURE_S), text))


def _point(points: FloatArray, t_s: float) -> tuple[float, float]:
    return float(np.interp(t_s, points[:, 0], points[:, 1])), float(np.interp(t_s, points[:, 0], points[:, 2]))


def _lines(dome: Dome, x: float, y: float, texts: tuple[str, str]) -> None:
    """A clock and a word beside a point, outward where there is room; the clock may be empty."""
    px = dome.px
    width = max(text_width(texts[0], px, True), text_width(texts[1], px))
    high = (2.3 if texts[0] else 1.15) * px
    for gap, across in ((gap, across) for across in (False, True) for gap in GAPS):
        for turn in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8):
            a = turn * np.pi / 8 + atan2(y - dome.y, x - dome.x)
            reach = min(width / 2 / max(abs(cos(a)), 1e-9), high / 2 / max(abs(sin(a)), 1e-9))
            far = max(gap * px, 7 * dome.scale**0.5) + reach
            cx, cy = x + cos(a) * far, y + sin(a) * far
            box = (cx - width / 2, cy - high / 2, cx + width / 2, cy + high / 2)
            if dome.places.free(box) and (across or not _crosses_horizon(dome, box)):
                dome.places.block(*box)
                if texts[0]:
                    dome.svg.text(box[0], box[1] + px * 0.95, texts[0], "k-time k-b")
                dome.svg.text(box[0], box[3] - px * 0.2, texts[1], "k-time")
                return


def _crosses_horizon(dome: Dome, box: tuple[float, float, float, float]) -> bool:
    """Whether a box has corners to both sides of the horizon's ring."""
    inside = {hypot(x - dome.x, y - dome.y) < dome.radius for x in box[::2] for y in box[1::2]}
    return len(inside) == 2


def minutes(dome: Dome, s: Sighting, zone: tzinfo, points: FloatArray) -> None:
    """A tick at each full minute of what is seen, with the clock where there is room."""
    first, last = s.start.epoch - s.peak.epoch, s.end.epoch - s.peak.epoch
    start_s = _to_minute(s.start.epoch, zone)
    t_s = first + start_s
    size = 5.0 * dome.scale ** 0.6
    while t_s < last:
        x, y = _point(points, t_s)
        ax, ay = _point(points, t_s + 4)
        bx, by = _point(points, t_s - 4)
        dx, dy = ax - bx, ay - by
        norm = max(hypot(dx, dy), 1e-9)
        nx, ny = -dy / norm, dx / norm
        dome.svg.line(x - nx * size, y - ny * size, x + nx * size, y + ny * size, "k-minute")
        _tick_label(dome, x, y, nx, ny, clock(Look(s.peak.epoch + t_s + 0.5, 0, 0, 0), zone))
        t_s += 60.0


def _tick_label(dome: Dome, x: float, y: float, nx: float, ny: float, text: str) -> None:
    px = dome.px * 0.92
    width, high = text_width(text, px), px * 1.1
    for side in (1, -1):
        far = 7 * dome.scale**0.5 + abs(nx) * width / 2 + abs(ny) * high / 2
        cx, cy = x + side * nx * far, y + side * ny * far
        box = (cx - width / 2, cy - high / 2, cx + width / 2, cy + high / 2)
        if dome.places.free(box):
            dome.places.block(*box)
            dome.svg.text(cx, cy + px * 0.36, text, "k-minutes", "middle")
            return


def _to_minute(epoch: Epoch, zone: tzinfo) -> float:
    """Seconds to the next full minute of the clock."""
    at = local(Epoch(epoch.tai_ns // NS_PER_S * NS_PER_S), zone)
    return 60.0 - at.second - (epoch.tai_ns % NS_PER_S) / NS_PER_S


def away(s: Sighting) -> float:
    """An azimuth on the side of the sky where the craft does not go."""
    return s.peak.azimuth_rad + np.pi if degrees(s.peak.elevation_rad) < 80 else s.peak.azimuth_rad + np.pi / 2
