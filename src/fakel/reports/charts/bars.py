"""Rows of bars over time: light, links, tasks, who is where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fakel.reports.charts.axis import Axis, draw_axis
from fakel.reports.charts.panels import Mark
from fakel.reports.svg import Scale, Svg, text_width


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time in a row; its text (or the short one) is drawn where it fits, its title is
    told when pointed at."""

    start: float
    stop: float
    css: str
    text: str = ""
    title: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. note stands at the right end, such as a total."""

    label: str
    bars: tuple[Bar, ...]
    note: str = ""
    height: float = 14.0
    css: str = ""


def bars(width: float, label: str, axis: Axis, rows: Sequence[Row], marks: Sequence[Mark] = ()) -> Svg:
    """Rows under one another; on a phone each label stands above its row."""
    wide = width > 600
    left = max([text_width(r.label, 13) + 14 for r in rows] + [60.0]) if wide else 0.0
    note = max([text_width(r.note) + 16 for r in rows] + [46.0]) if wide else 8.0
    right = width - note
    across = Scale(axis.low, axis.high, left, right)
    shown = _mark_rows([m for m in marks if axis.low <= m.x <= axis.high], across, width)
    top = 9.0 + 15.0 * max([1 + (row or 0) for _, row, _ in shown], default=0) if shown else 4.0
    step = [(r.height + 8.0) if wide else r.height + 24.0 for r in rows]
    bottom = top + sum(step)
    pen = Svg(width, bottom + (24 if wide else 36), label)
    for value, _ in axis.ticks(right - left):
        x = float(across(value))
        pen.line(x, top, x, bottom, "grid")
    y = top
    for row, height in zip(rows, step, strict=True):
        _draw_row(pen, row, across, y if wide else y + 17, wide)
        y += height
    _draw_marks(pen, shown, across, top, bottom)
    draw_axis(pen, axis, left, right, bottom)
    return pen


def _draw_row(pen: Svg, row: Row, across: Scale, y: float, wide: bool) -> None:
    middle = y + row.height / 2 + 4
    if wide:
        pen.text(across.start - 10, middle, row.label, row.css, "end")
        pen.text(across.stop + 10, middle, row.note, "sm")
    else:
        pen.text(0, y - 5, row.label, row.css)
        pen.text(pen.width, y - 5, row.note, "sm", "end")
    for bar in row.bars:
        start, stop = max(bar.start, across.low), min(bar.stop, across.high)
        if stop < start:
            continue
        x1, x2 = float(across(start)), float(across(stop))
        soft = 2.0 if row.height > 16 else 0.0
        pen.rect(x1, y, x2 - x1, row.height, bar.css, title=bar.title or bar.text, round_px=soft)
        fitting = next((t for t in (bar.text, bar.short) if t and x2 - x1 > text_width(t, 12) + 4), "")
        if fitting and row.height >= 12:
            pen.text((x1 + x2) / 2, middle, fitting, f"bar-t on-{bar.css.split()[-1]}", "middle")


def _mark_rows(marks: Sequence[Mark], across: Scale, width: float) -> list[tuple[Mark, int | None, float]]:
    """Each mark with the row of its label (None where three rows have no room) and the label's middle."""
    ends, out = [0.0] * 3, []
    for mark in marks:
        half = (text_width(mark.name, bold=True) + text_width(" " + mark.note)) / 2
        middle = min(max(float(across(mark.x)), half), width - half)
        row = next((r for r in range(3) if middle - half >= ends[r]), None)
        if row is not None:
            ends[row] = middle + half + 6
        out.append((mark, row, middle))
    return out


def _draw_marks(
    pen: Svg, placed: Sequence[tuple[Mark, int | None, float]], across: Scale, top: float, bottom: float
) -> None:
    for mark, row, middle in placed:
        x = float(across(mark.x))
        pen.line(x, top - 4 if row is None else 15 * row + 15, x, bottom, "event")
        if row is not None:
            pen.pair(middle, 15 * row + 11, mark.name, mark.note, "halo-t", "middle")
