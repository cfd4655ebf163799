"""A small pen for scalable pictures: shapes, text that is measured, curves with no more points than the eye sees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

import numpy as np

from fakel.model.arrays import FloatArray

WIDE, NARROW = 900, 358
"""Widths in CSS pixels of every picture's two drawings: for a page and for a phone."""
TEXT_PX = 12.0
_NARROW_LETTERS = frozenset("iIjlrtf.,:;'|!()[] ")
_WIDE_LETTERS = frozenset("mwMWOQ%@—")


def text_width(text: str, size_px: float = TEXT_PX, bold: bool = False) -> float:
    """About how wide a text is in IBM Plex Sans; on the safe side by a few per cent."""
    em = sum(
        0.36 if c in _NARROW_LETTERS else 0.9 if c in _WIDE_LETTERS else 0.68 if c.isupper() else 0.6 for c in text
    )
    return em * size_px * (1.04 if bold else 1.0)


def number(value: float, digits: int = 0, sign: bool = False) -> str:
    """A number for people: true minus, narrow gaps between thousands; no sign before a rounded zero. NaN is a dash."""
    if not np.isfinite(value):
        return "–"
    text = f"{abs(value):,.{digits}f}".replace(",", "\u202f")
    if float(f"{value:.{digits}f}") == 0.0:
        return text
    return ("\u2212" if value < 0 else "+" if sign else "") + text


def simplify(x: FloatArray, y: FloatArray, tolerance: float) -> FloatArray:
    """Indices of the points that a polyline needs to stay within tolerance (Douglas & Peucker 1973)."""
    keep = np.zeros(len(x), bool)
    keep[[0, -1]] = True
    todo = [(0, len(x) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        dx, dy = x[last] - x[first], y[last] - y[first]
        px, py = x[first + 1 : last] - x[first], y[first + 1 : last] - y[first]
        along = np.clip((px * dx + py * dy) / max(dx * dx + dy * dy, 1e-12), 0.0, 1.0)
        away = np.hypot(px - along * dx, py - along * dy)
        worst = int(np.argmax(away))
        if away[worst] > tolerance:
            middle = first + 1 + worst
            keep[middle] = True
            todo += [(first, middle), (middle, last)]
    return np.flatnonzero(keep)


def runs(good: Sequence[bool] | np.ndarray) -> list[tuple[int, int]]:
    """Half-open index ranges in which good is true."""
    edges = np.flatnonzero(np.diff(np.r_[0, np.asarray(good, int), 0]))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _num(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") or "0"


def path_data(x: FloatArray, y: FloatArray, closed: bool = False, tolerance: float = 0.12) -> str:
    """The ``d`` of a polyline; it is lifted over values that are not finite."""
    parts = []
    for first, last in runs(np.isfinite(x) & np.isfinite(y)):
        xs, ys = x[first:last], y[first:last]
        index = simplify(xs, ys, tolerance) if len(xs) > 2 else np.arange(len(xs))
        points = [f"{_num(xs[i])} {_num(ys[i])}" for i in index]
        parts.append("M" + "L".join(points) + ("z" if closed else ""))
    return "".join(parts)


@dataclass(slots=True)
class Svg:
    """One picture. label says in a sentence what it shows, for those who do not see it."""

    width: float
    height: float
    label: str
    parts: list[str] = field(default_factory=list)

    def path(
        self, x: FloatArray, y: FloatArray, css: str, *, closed: bool = False, title: str = "", extra: str = ""
    ) -> None:
        self.shape(
            "path", f'd="{path_data(np.asarray(x, float), np.asarray(y, float), closed)}" class="{css}" {extra}', title
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, css: str) -> None:
        self.shape("path", f'd="M{_num(x1)} {_num(y1)}L{_num(x2)} {_num(y2)}" class="{css}"')

    def rect(
        self, x: float, y: float, width: float, height: float, css: str, *, title: str = "", round_px: float = 0
    ) -> None:
        soft = f' rx="{_num(round_px)}"' if round_px else ""
        self.shape(
            "rect",
            f'x="{_num(x)}" y="{_num(y)}" width="{_num(max(width, 0.5))}" height="{_num(height)}"{soft} class="{css}"',
            title,
        )

    def circle(self, x: float, y: float, radius: float, css: str, title: str = "") -> None:
        self.shape("circle", f'cx="{_num(x)}" cy="{_num(y)}" r="{_num(radius)}" class="{css}"', title)

    def diamond(self, x: float, y: float, css: str, size: float = 5.0) -> None:
        self.path(np.array([x, x + size, x, x - size]), np.array([y - size, y, y + size, y]), css, closed=True)

    def cross(self, x: float, y: float, css: str, size: float = 3.5) -> None:
        self.line(x - size, y - size, x + size, y + size, css)
        self.line(x - size, y + size, x + size, y - size, css)

    def text(self, x: float, y: float, text: str, css: str = "", anchor: str = "start") -> None:
        where = "" if anchor == "start" else f' text-anchor="{anchor}"'
        look = f' class="{css}"' if css else ""
        self.parts.append(f'<text x="{_num(x)}" y="{_num(y)}"{where}{look}>{escape(text)}</text>')

    def fitted(self, x: float, y: float, text: str, size_px: float, room: float, css: str = "", anchor: str = "start",
               bold: bool = False) -> None:
        """A text size_px high, or as much smaller as it takes to be no wider than room."""
        size = min(size_px, size_px * room / max(text_width(text, size_px, bold), 1e-9))
        where = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self.parts.append(f'<text x="{_num(x)}" y="{_num(y)}"{where} class="{css}" style="font-size:{size:.1f}px">'
                          f"{escape(text)}</text>")

    def pair(
        self, x: float, y: float, name: str, note: str, css: str = "", anchor: str = "start", strong: str = "b"
    ) -> None:
        """A name in semibold and a note beside it, in one text."""
        where = "" if anchor == "start" else f' text-anchor="{anchor}"'
        look = f' class="{css}"' if css else ""
        rest = f" {escape(note)}" if note else ""
        inside = f'<tspan class="{strong}">{escape(name)}</tspan>{rest}'
        self.parts.append(f'<text x="{_num(x)}" y="{_num(y)}"{where}{look}>{inside}</text>')

    def shape(self, tag: str, attributes: str, title: str = "") -> None:
        inside = f"><title>{escape(title)}</title></{tag}>" if title else "/>"
        self.parts.append(f"<{tag} {attributes.strip()}{inside}")

    def group(self, attributes: str) -> None:
        self.parts.append(f"<g {attributes}>")

    def end(self) -> None:
        self.parts.append("</g>")

    def clip(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """Begin a group that shows nothing outside a box; close it with end."""
        self.parts.append(
            f'<clipPath id="{name}"><rect x="{_num(x)}" y="{_num(y)}" width="{_num(width)}" '
            f'height="{_num(height)}"/></clipPath><g clip-path="url(#{name})">'
        )

    def __str__(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_num(self.width)} {_num(self.height)}" role="img" '
            f'aria-label="{escape(self.label)}"><title>{escape(self.label)}</title>{"".join(self.parts)}</svg>'
        )


@dataclass(frozen=True, slots=True)
class Scale:
    """Values low to high drawn from pixel start to pixel stop, evenly or by their logarithm."""

    low: float
    high: float
    start: float
    stop: float
    log: bool = False

    def __call__(self, value: float | FloatArray) -> FloatArray:
        low, high, at = self.low, self.high, np.asarray(value, float)
        if self.log:
            low, high, at = np.log10(low), np.log10(high), np.log10(np.maximum(at, 1e-300))
        return self.start + (at - low) / (high - low) * (self.stop - self.start)


def nice_step(span: float, most: int) -> float:
    """The smallest of 1, 2, 5 x 10^n that cuts span into at most so many parts."""
    raw = max(span, 1e-12) / max(most, 1)
    size = 10.0 ** np.floor(np.log10(raw))
    return float(next(k * size for k in (1, 2, 5, 10) if k * size >= raw * (1 - 1e-9)))


def ticks(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Round values from low to high with their texts, all with the same decimals."""
    step = nice_step(high - low, most)
    values = np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1) * step
    digits = max(0, -int(np.floor(np.log10(step) + 1e-9)))
    return [(float(v), number(float(v), digits)) for v in values]


def log_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Powers of ten from low to high, with their doubles and halves where there are few."""
    parts = (1, 2, 5) if np.log10(high / low) < 2.4 else (1,)
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    found = [(k * 10.0**p, max(0, -p)) for p in powers for k in parts]
    return [(v, number(v, digits)) for v, digits in found if low <= v <= high]


def room(low: float, high: float, most: int = 4) -> tuple[float, float]:
    """The span widened to whole tick steps."""
    if not high > low:
        low, high = low - max(abs(low) * 0.1, 0.5), high + max(abs(high) * 0.1, 0.5)
    step = nice_step(high - low, most)
    return float(np.floor(low / step + 1e-9) * step), float(np.ceil(high / step - 1e-9) * step)


@dataclass(slots=True)
class Places:
    """Finds free places for labels beside points, inside a frame."""

    frame: tuple[float, float, float, float]
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def block(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self.taken.append((x1, y1, x2, y2))

    def free(self, box: tuple[float, float, float, float]) -> bool:
        x1, y1, x2, y2 = box
        left, top, right, bottom = self.frame
        inside = x1 >= left and y1 >= top and x2 <= right and y2 <= bottom
        return inside and not any(x1 < b[2] and b[0] < x2 and y1 < b[3] and b[1] < y2 for b in self.taken)

    def beside(
        self, x: float, y: float, width: float, height: float, gaps: Iterable[float] = (9, 20, 34, 50)
    ) -> tuple[float, float] | None:
        """Left and top of a free box of that size near a point, or None; the box is then taken."""
        for gap in gaps:
            for dx, dy in (
                (gap, -height / 2),
                (-gap - width, -height / 2),
                (-width / 2, -gap - height),
                (-width / 2, gap),
                (gap * 0.7, -gap * 0.7 - height),
                (gap * 0.7, gap * 0.7),
                (-gap * 0.7 - width, -gap * 0.7 - height),
                (-gap * 0.7 - width, gap * 0.7),
            ):
                box = (x + dx, y + dy, x + dx + width, y + dy + height)
                if self.free(box):
                    self.taken.append(box)
                    return box[0], box[1]
        return None
