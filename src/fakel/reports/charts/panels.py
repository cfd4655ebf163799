"""Curves over one axis, a panel for each quantity: never two scales in one panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.reports.charts.axis import Axis, draw_axis
from fakel.reports.svg import Scale, Svg, log_ticks, room, text_width, ticks

PAD_TOP, GAP = 30.0, 14.0


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One curve; css is one of the page's line classes (ship, station, ev1 ...)."""

    x: FloatArray
    y: FloatArray
    css: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A value that was read, not computed."""

    x: float
    y: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One quantity. limits: (value, words). bands: (from, to, words) along the axis. dots: values that were read."""

    title: str
    unit: str
    lines: tuple[Line, ...]
    height: float = 110.0
    zero: bool = False
    log: bool = False
    limits: tuple[tuple[float, str], ...] = ()
    bands: tuple[tuple[float, float, str], ...] = ()
    low: float | None = None
    high: float | None = None
    dots: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the axis."""

    x: float
    name: str
    note: str = ""


def panels(
    width: float, label: str, axis: Axis, shown: Sequence[Panel], marks: Sequence[Mark] = ()
) -> tuple[Svg, bool]:
    """The picture, and whether its events are numbered (then the caption lists them)."""
    wide = width > 600
    left, right = (58.0, width - _margin(shown, axis)) if wide else (44.0, width - 8.0)
    marks = [m for m in marks if axis.low - 1e-6 <= m.x <= axis.high + 1e-6]
    across = Scale(axis.low, axis.high, left, right)
    rows, numbered = _mark_rows(marks, across, width) if wide else ([0] * len(marks), bool(marks))
    top = 22.0 if numbered else 15.0 * (max(rows) + 1) + 5 if marks else 0.0
    height = top + sum(PAD_TOP + p.height + GAP for p in shown) + (10 if wide else 24)
    pen = Svg(width, height, label)
    bottom = top + sum(PAD_TOP + p.height + GAP for p in shown) - GAP
    _draw_marks(pen, marks, rows, numbered, across, top, bottom)
    y = top
    for panel in shown:
        y += PAD_TOP
        _draw_panel(pen, panel, across, y, wide)
        y += panel.height + GAP
    draw_axis(pen, axis, left, right, bottom)
    return pen, numbered


def _margin(shown: Sequence[Panel], axis: Axis) -> float:
    """Room at the right for the names of lines, limits and the axis' unit."""
    words = [line.label for p in shown for line in p.lines] + [text for p in shown for _, text in p.limits]
    return max([text_width(w, bold=True) + 14 for w in words if w] + [text_width(axis.unit) + 26])


def _mark_rows(marks: Sequence[Mark], across: Scale, width: float) -> tuple[list[int], bool]:
    """The row of each label above the panels; numbers instead when three rows do not hold them."""
    ends, rows = [-1e9] * 3, []
    for mark in marks:
        half = text_width(mark.name, bold=True) / 2 + text_width(" " + mark.note) / 2 + 4
        x = float(across(mark.x))
        start = min(max(x - half, 0.0), width - 2 * half)
        row = next((r for r in range(3) if start >= ends[r]), None)
        if row is None:
            return [0] * len(marks), True
        ends[row] = start + 2 * half
        rows.append(row)
    return rows, False


def _draw_marks(
    pen: Svg, marks: Sequence[Mark], rows: Sequence[int], numbered: bool, across: Scale, top: float, bottom: float
) -> None:
    before = -1e9
    for i, (mark, row) in enumerate(zip(marks, rows, strict=True)):
        x = float(across(mark.x))
        pen.line(x, top - 2 if numbered else 15 * row + 15, x, bottom, "event")
        if numbered:
            shown_x = max(x, before + 17)
            before = shown_x
            pen.circle(shown_x, 11, 8.5, "badge", f"{mark.name} {mark.note}".strip())
            pen.text(shown_x, 15, str(i + 1), "badge-t", "middle")
            continue
        half = (text_width(mark.name, bold=True) + text_width(" " + mark.note)) / 2
        pen.pair(min(max(x, half), pen.width - half), 15 * row + 11, mark.name, mark.note, "halo-t", "middle")


def span(panel: Panel) -> tuple[float, float]:
    """Lowest and highest value of a panel's scale."""
    values = np.concatenate([line.y[np.isfinite(line.y)] for line in panel.lines] or [np.zeros(1)])
    if not len(values):
        values = np.zeros(1)
    every = np.r_[values, [v for v, _ in panel.limits], [dot.y for dot in panel.dots]]
    if panel.log:
        good = every[every > 0]
        return float(good.min()) if len(good) else 0.1, float(good.max()) * 1.2 if len(good) else 1.0
    low, high = float(every.min()), float(every.max())
    if panel.zero:
        small = 0.03 * max(abs(low), abs(high))  # a curve that just crosses zero needs no tick beyond it
        low, high = (0.0 if low > -small else low), (0.0 if high < small else high)
    low, high = room(low, high, _parts(panel))
    return (low if panel.low is None else panel.low), (high if panel.high is None else panel.high)


def _parts(panel: Panel) -> int:
    return 4 if panel.height > 80 else 3


def _draw_panel(pen: Svg, panel: Panel, across: Scale, top: float, wide: bool) -> None:
    low, high = span(panel)
    up = Scale(low, high, top + panel.height, top, panel.log)
    left, right = across.start, across.stop
    for start, stop, words in panel.bands:
        x1, x2 = (float(across(np.clip(v, across.low, across.high))) for v in (start, stop))
        pen.rect(x1, top, x2 - x1, panel.height, "band", title=words)
        if words and x2 - x1 > text_width(words, 11) + 6:
            pen.text((x1 + x2) / 2, top + 12, words, "tick", "middle")
    for value, text in log_ticks(low, high) if panel.log else ticks(low, high, _parts(panel)):
        y = float(up(value))
        pen.line(left, y, right, y, "grid")
        pen.text(left - 8, y + 4, text, "tick", "end")
    pen.pair(0, top - 13, panel.title, panel.unit, "unit")
    for value, words in panel.limits:
        y = float(up(value))
        pen.line(left, y, right, y, "limit-h")
        pen.text(
            right + 8 if wide else right, y + 4 if wide else y - 4, words, "fail-t halo-t", "start" if wide else "end"
        )
    _draw_lines(pen, panel, across, up, top, wide)
    for dot in panel.dots:
        if across.low <= dot.x <= across.high:
            pen.circle(float(across(dot.x)), float(up(dot.y)), 3.8, "hollow", dot.words)


def _draw_lines(pen: Svg, panel: Panel, across: Scale, up: Scale, top: float, wide: bool) -> None:
    reading = (
        f'data-x="{across.low:.9g},{across.high:.9g},{across.start:.9g},{across.stop:.9g}" '
        f'data-y="{up.low:.9g},{up.high:.9g},{up.start:.9g},{up.stop:.9g},{int(up.log)}" '
    )
    for line in panel.lines:
        inside = np.clip(line.y, up.low, up.high) if up.log else line.y
        pen.path(
            across(line.x),
            up(inside),
            f"line {line.css}",
            extra=reading + f'data-name="{escape(line.label or panel.title)}" data-unit="{escape(panel.unit)}"',
        )
    named = [line for line in panel.lines if line.label]
    if wide:
        _label_ends(pen, named, across, up)
        return
    x = pen.width - 8
    for line in reversed(named):
        pen.text(x, top - 13, line.label, f"b {line.css}-t", "end")
        x -= text_width(line.label, bold=True) + 10


def _label_ends(pen: Svg, lines: Sequence[Line], across: Scale, up: Scale) -> None:
    """Names at the right ends of their lines, moved apart to 14 px."""
    ends = []
    for line in lines:
        good = np.flatnonzero(np.isfinite(line.y) & (line.x <= across.high + 1e-6))
        if len(good):
            ends.append((float(up(line.y[good[-1]])), float(across(line.x[good[-1]])), line))
    ends.sort(key=lambda end: end[0])
    last, places = -1e9, []
    for y, _, _ in ends:
        last = max(y, last + 14)
        places.append(last)
    over = max(0.0, last - max(up.start, up.stop)) if len(ends) > 1 else 0.0      # none below the panel
    for place, (_, x, line) in zip(places, ends, strict=True):
        pen.text(
            max(x + 8, across.stop + 8) if x > across.stop - 60 else x + 8,
            place - over + 4,
            line.label,
            f"b {line.css}-t halo-t",
        )
