"""Who has a thing, when: one line that moves between the holders' rows, in panels with breaks between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fakel.model.epoch import Epoch
from fakel.reports.charts.axis import Utc, clock, day
from fakel.reports.svg import Places, Scale, Svg, text_width


@dataclass(frozen=True, slots=True)
class Hold:
    """One holder from start to stop, seconds after the axis' zero."""

    holder: str
    start: float
    stop: float


BREAK_S = 3 * 3600.0


def stretches(times: Sequence[float]) -> list[tuple[float, float]]:
    """Stretches of time worth a panel: around instants that lie less than three hours apart."""
    groups: list[list[float]] = []
    for t in sorted(times):
        if groups and t - groups[-1][-1] < BREAK_S:
            groups[-1].append(t)
        else:
            groups.append([t])
    padded = []
    for group in groups:
        pad = max(0.12 * (group[-1] - group[0]), 1200.0)
        padded.append((group[0] - pad, group[-1] + pad))
    return padded


def ledger(width: float, label: str, zero: Epoch, holds: Sequence[Hold], names: Sequence[str]) -> Svg:
    """Rows are names in order; every change of hands is dated."""
    wide = width > 600
    changes = [h.start for h in holds[1:]]
    parts = stretches(changes or [holds[0].start, holds[0].stop])
    left = max(text_width(n, 13) for n in names) + 14 if wide else 0.0
    step, top = (28.0, 30.0) if wide else (38.0, 30.0)
    gap = 18.0 if wide else 10.0
    rows = {name: top + step * (i + 0.6) for i, name in enumerate(names)}
    bottom = top + step * len(names) + 6
    pen = Svg(width, bottom + 24, label)
    weights = [1.2 + sum(a <= t <= b for t in changes) for a, b in parts]
    room_px = width - left - 8 - gap * (len(parts) - 1)
    x = left
    for (start, stop), weight in zip(parts, weights, strict=True):
        wide_px = room_px * weight / sum(weights)
        _panel(pen, Scale(start, stop, x, x + wide_px), zero, holds, rows, (top, bottom))
        x += wide_px + gap
    for name, y in rows.items():
        pen.text(
            left - 12 if wide else 0,
            y + 4 if wide else y - 10,
            name,
            "" if wide else "halo-t",
            "end" if wide else "start",
        )
    return pen


def _panel(
    pen: Svg, across: Scale, zero: Epoch, holds: Sequence[Hold], rows: dict[str, float], edges: tuple[float, float]
) -> None:
    top, bottom = edges
    for y in rows.values():
        pen.line(across.start, y, across.stop, y, "grid")
    if across.stop - across.start > 34:
        pen.text(across.start, 14, day(zero + across.low), "b")
    pen.line(across.start, bottom, across.stop, bottom, "axis")
    _ticks(pen, across, zero, bottom)
    xs: list[float] = []
    ys: list[float] = []
    labels = []
    for hold in holds:
        if hold.stop < across.low or hold.start > across.high:
            continue
        y = rows[hold.holder]
        xs += [float(across(max(hold.start, across.low))), float(across(min(hold.stop, across.high)))]
        ys += [y, y]
        if across.low < hold.start and hold is not holds[0]:
            labels.append((float(across(hold.start)), y, clock(zero + hold.start)))
    pen.path(xs, ys, "torch")  # type: ignore[arg-type]
    places = Places((across.start - 2, top - 6, across.stop + 10, bottom - 2))
    if pen.width < 600:
        for name, y in rows.items():  # written above the rows, at the left
            places.block(0, y - 21, text_width(name, 12), y - 7)
    for a, b, c, d in zip(xs, ys, xs[1:], ys[1:]):
        places.block(min(a, c) - 3, min(b, d) - 3, max(a, c) + 3, max(b, d) + 3)
    for x, y, text in labels:
        place = places.beside(x, y, text_width(text, 12), 13.0, gaps=(5, 9, 14))
        if place:
            pen.text(place[0], place[1] + 11, text, "sm halo-t")


def _ticks(pen: Svg, across: Scale, zero: Epoch, bottom: float) -> None:
    wide = across.stop - across.start
    if wide < 60:
        middle = (across.low + across.high) / 2
        found = [(middle, clock(zero + middle))] if wide > 30 else []
    else:
        found = [
            t
            for t in Utc(zero, across.low, across.high).ticks(wide)
            if across.start + 15 < float(across(t[0])) < across.stop - 12
        ]
    for value, text in found:
        pen.line(float(across(value)), bottom, float(across(value)), bottom + 4, "axis")
        pen.text(float(across(value)), bottom + 17, text, "tick", "middle")
