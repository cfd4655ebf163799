"""Instants and windows of time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import erfa
import numpy as np

NS_PER_S = 1_000_000_000
_LEAP_SECONDS_UNTIL = 2027                  # erfa warns of years far from its own
_J2000 = datetime(2000, 1, 1, 12)
_UTC = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?Z?)?")


def tai_minus_utc_s(day: date) -> float:
    """Whole seconds that TAI is ahead of UTC on a UTC day (from 1972 on).

    Source: the leap second table of SOFA, carried by pyerfa; none is announced for the days after it.
    """
    return _of_month(min(day.year, _LEAP_SECONDS_UNTIL), day.month)


@cache
def _of_month(year: int, month: int) -> float:
    """Leap seconds come at the ends of months."""
    return float(erfa.dat(year, month, 1, 0.0))


@dataclass(frozen=True, slots=True, order=True)
class Epoch:
    """An instant, as whole nanoseconds of TAI since 2000-01-01T12:00:00 TAI.

    Text in and out is UTC (ISO 8601 with Z); ``Epoch - Epoch`` is in seconds.
    """

    tai_ns: int

    @classmethod
    def utc(cls, text: str) -> Epoch:
        """Read ``2015-01-31T12:00:15.250Z``, ``2015-01-31T12:00Z`` or ``2013-11-07``.

        Raises ValueError when the text is not such an instant.
        """
        match = _UTC.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a UTC instant; write it like 2015-01-31T12:00:15Z")
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
        leap = second == 60
        try:
            civil = datetime(year, month, day, hour, minute, 59 if leap else second)
        except ValueError as error:
            raise ValueError(f"{text!r} is not a UTC instant ({error}); write it like 2015-01-31T12:00:15Z") from None
        fraction_ns = round(float(match[7] or 0.0) * NS_PER_S)
        return cls.from_civil(civil) + _Ns(fraction_ns + leap * NS_PER_S)

    @classmethod
    def from_civil(cls, civil: datetime) -> Epoch:
        """Read a UTC date and time without time zone, to the microsecond."""
        since = civil - _J2000
        whole_s = since.days * 86400 + since.seconds + int(tai_minus_utc_s(civil.date()))
        return cls(whole_s * NS_PER_S + since.microseconds * 1000)

    @classmethod
    def from_mjd_utc(cls, day: float, fraction: float = 0.0) -> Epoch:
        """Read a UTC modified Julian date, given in two parts to keep its precision."""
        whole = int(day // 1)
        civil = datetime(1858, 11, 17) + timedelta(days=whole)
        within_s = (day - whole + fraction) * 86400
        return cls.from_civil(civil) + within_s

    def __add__(self, seconds: float | _Ns) -> Epoch:
        if isinstance(seconds, _Ns):
            return Epoch(self.tai_ns + seconds.value)
        return Epoch(self.tai_ns + round(float(seconds) * NS_PER_S))

    def __sub__(self, other: Epoch) -> float:
        """Seconds from other to self."""
        return (self.tai_ns - other.tai_ns) / NS_PER_S

    def civil(self) -> tuple[datetime, int]:
        """UTC date and time to the second, and nanoseconds within the second.

        During a leap second the clock shows 59 again.
        """
        tai = _J2000 + timedelta(seconds=self.tai_ns // NS_PER_S)
        late = tai - timedelta(seconds=tai_minus_utc_s(tai.date()))
        civil = tai - timedelta(seconds=tai_minus_utc_s(late.date()))
        within_leap_second = civil.date() != late.date()
        return (late if within_leap_second else civil), self.tai_ns % NS_PER_S

    def iso(self, decimals: int = 0) -> str:
        """UTC as ISO 8601 with Z, rounded to so many decimals of a second."""
        step_ns = 10 ** (9 - decimals)
        rounded = Epoch((self.tai_ns + step_ns // 2) // step_ns * step_ns)
        civil, ns = rounded.civil()
        tail = f".{ns // step_ns:0{decimals}d}" if decimals else ""
        return f"{civil:%Y-%m-%dT%H:%M:%S}{tail}Z"

    def __str__(self) -> str:
        return self.iso(3)

    @property
    def day(self) -> date:
        """The UTC date."""
        return self.civil()[0].date()

    @property
    def mjd_tt(self) -> tuple[float, float]:
        """Modified Julian date of Terrestrial Time, whole and fraction of a day."""
        whole, rest_ns = divmod(self.tai_ns + 43_200 * NS_PER_S + 32_184_000_000, 86_400 * NS_PER_S)
        return 51544.0 + whole, rest_ns / (86_400 * NS_PER_S)

    @property
    def mjd_utc(self) -> tuple[float, float]:
        """Modified Julian date of UTC, whole and fraction of a day (a leap second is smeared to its day's end)."""
        civil, ns = self.civil()
        midnight = datetime(civil.year, civil.month, civil.day)
        whole = (midnight - datetime(1858, 11, 17)).days
        return float(whole), ((civil - midnight).seconds + ns / NS_PER_S) / 86_400


@dataclass(frozen=True, slots=True)
class _Ns:
    value: int


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open stretch of time, start included, stop not."""

    start: Epoch
    stop: Epoch

    def __post_init__(self) -> None:
        if self.stop < self.start:
            raise ValueError(f"a window cannot stop ({self.stop}) before it starts ({self.start})")

    @property
    def duration_s(self) -> float:
        return self.stop - self.start

    def holds(self, epoch: Epoch) -> bool:
        return self.start <= epoch < self.stop

    def __and__(self, other: Window) -> Window | None:
        start, stop = max(self.start, other.start), min(self.stop, other.stop)
        return Window(start, stop) if start < stop else None


Windows = tuple[Window, ...]


def union(windows: Windows) -> Windows:
    """The same instants as sorted windows that do not touch."""
    merged: list[Window] = []
    for window in sorted(windows, key=lambda w: w.start):
        if window.duration_s == 0:
            continue
        if merged and window.start <= merged[-1].stop:
            merged[-1] = Window(merged[-1].start, max(merged[-1].stop, window.stop))
        else:
            merged.append(window)
    return tuple(merged)


def intersection(a: Windows, b: Windows) -> Windows:
    """Instants that lie in both."""
    return union(tuple(both for x in a for y in b if (both := x & y) is not None))


def gaps(windows: Windows, within: Window) -> Windows:
    """Instants of within that no window holds."""
    edge, out = within.start, []
    for window in union(windows):
        if window.start > edge:
            out.append(Window(edge, min(window.start, within.stop)))
        edge = max(edge, window.stop)
        if edge >= within.stop:
            break
    if edge < within.stop:
        out.append(Window(edge, within.stop))
    return union(tuple(w for w in out if w.start < w.stop))


def windows_where(flags: np.ndarray, start: Epoch, t_s: np.ndarray) -> Windows:
    """Windows of samples that are true; each sample holds until the next one.

    flags (n,) of bool, t_s (n,) seconds after start, rising.
    """
    edges = np.flatnonzero(np.diff(np.r_[0, np.asarray(flags, int), 0]))
    last = len(t_s) - 1
    return union(tuple(Window(start + float(t_s[a]), start + float(t_s[min(b, last)]))
                       for a, b in zip(edges[::2], edges[1::2], strict=True)))
