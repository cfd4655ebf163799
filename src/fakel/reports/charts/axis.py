"""The axis that a chart's curves share: universal time, or a plain number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import numpy as np

from fakel.model.epoch import Epoch
from fakel.reports.svg import Svg, text_width, ticks

_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Axis(Protocol):
    """From low to high, with ticks for a width in pixels."""

    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def unit(self) -> str: ...
    def ticks(self, width_px: float) -> list[tuple[float, str]]: ...


def clock(epoch: Epoch, seconds: bool = False) -> str:
    """UTC of day, rounded to the minute or second."""
    step = 1 if seconds else 60
    civil, ns = epoch.civil()
    civil += timedelta(seconds=round((civil.second + ns / 1e9) / step) * step - civil.second)
    return f"{civil:%H:%M:%S}" if seconds else f"{civil:%H:%M}"


def day(epoch: Epoch) -> str:
    """The UTC date as ``9 Nov``."""
    date = epoch.day
    return f"{date.day} {MONTHS[date.month - 1]}"


@dataclass(frozen=True, slots=True)
class Utc:
    """UTC; values are seconds after zero, which is a midnight."""

    zero: Epoch
    low: float
    high: float
    unit: str = "UTC"

    def ticks(self, width_px: float) -> list[tuple[float, str]]:
        """Round instants; a midnight is written as its date, and so is every tick of a day or more."""
        most = max(2, int(width_px / 58))
        step = next((s for s in _STEPS_S if (self.high - self.low) / s <= most), _STEPS_S[-1])
        values = np.arange(np.ceil(self.low / step - 1e-9), np.floor(self.high / step + 1e-9) + 1) * step
        return [(float(v), self._label(float(v), step)) for v in values]

    def _label(self, value: float, step: float) -> str:
        epoch = self.zero + value
        return day(epoch + 1.0) if round(value) % 86400 == 0 else clock(epoch, step < 60)


@dataclass(frozen=True, slots=True)
class Plain:
    """A quantity that is not time."""

    low: float
    high: float
    unit: str

    def ticks(self, width_px: float) -> list[tuple[float, str]]:
        return ticks(min(self.low, self.high), max(self.low, self.high), max(2, int(width_px / 70)))


def draw_axis(pen: Svg, axis: Axis, left: float, right: float, y: float) -> None:
    """The bottom line with ticks, texts and the unit at its right end (or below it where there is no room)."""
    pen.line(left, y, right, y, "axis")
    end = right
    for value, text in axis.ticks(right - left):
        x = left + (value - axis.low) / (axis.high - axis.low) * (right - left)
        pen.line(x, y, x, y + 4, "axis")
        half = text_width(text) / 2
        pen.text(min(max(x, half), pen.width - half + 4), y + 17, text, "tick", "middle")
        end = max(end, x + half)
    if axis.unit and pen.width - end > text_width(axis.unit) + 8:
        pen.text(end + 8, y + 17, axis.unit, "unit")
    else:
        pen.text(right, y + 31, axis.unit, "unit", "end")
