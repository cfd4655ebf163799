"""When viewers are at home: windows of UTC from hours of local clocks, by the rules of their time zones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch, Window, Windows, union, windows_where
from fakel.model.television import Group, Part

DAY_S = 86_400.0


def zone_of(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


def at_home(zone: tzinfo, start_s: float, stop_s: float, within: Window) -> Windows:
    """When local clocks show start_s to stop_s (seconds after midnight; a stop that is not later is on the next day).

    The zone's rules of that date count: a clock that is put on or back in these hours makes them shorter or longer.
    """
    first, last = (edge.civil()[0].replace(tzinfo=UTC).astimezone(zone).date() for edge in (within.start, within.stop))
    out, day = [], first - timedelta(days=1)
    while day <= last:
        midnight = datetime(day.year, day.month, day.day)
        stop = stop_s if stop_s > start_s else stop_s + DAY_S
        window = Window(*(_utc(midnight + timedelta(seconds=s), zone) for s in (start_s, stop)))
        if (both := window & within) is not None:
            out.append(both)
        day += timedelta(days=1)
    return union(tuple(out))


def _utc(local: datetime, zone: tzinfo) -> Epoch:
    return Epoch.from_civil(local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None))


class Homes:
    """Groups, and how many of each are at home over a stretch: numbers that change in steps, worked out once."""

    def __init__(self, groups: Sequence[Group], within: Window) -> None:
        self.groups, self.within = tuple(groups), within
        self._steps = tuple(_steps(group, within) for group in groups)

    def parts(self, window: Window) -> tuple[Part, ...]:
        """The mean share of each group that is at home in a window inside the stretch (exact: it changes in steps)."""
        ends_s = [window.start - self.within.start, window.stop - self.within.start]
        out = []
        for group, (edges_s, people) in zip(self.groups, self._steps, strict=True):
            total = np.concatenate([[0.0], np.cumsum(people[:-1] * np.diff(edges_s))])
            first, last = np.interp(ends_s, edges_s, total)
            out.append(Part(group, float(last - first) / window.duration_s / group.all_people))
        return tuple(out)

    def enough(self, share: float) -> Windows:
        """When at least that share of all viewers (by weight) is at home."""
        edges_s = np.unique(np.concatenate([edges for edges, _ in self._steps]))
        home = sum(group.weight * people[np.searchsorted(edges, edges_s, side="right") - 1]
                   for group, (edges, people) in zip(self.groups, self._steps, strict=True))
        needed = share * sum(g.all_people * g.weight for g in self.groups) * (1.0 - 1e-9)
        return windows_where(home >= needed, self.within.start, edges_s)


def _steps(group: Group, within: Window) -> tuple[FloatArray, FloatArray]:
    """Edges (n,), s after the begin of a stretch, and how many of a group are at home from each to the next (n,)."""
    change: dict[float, int] = {0.0: 0, within.duration_s: 0}
    for name, people in group.people:
        for w in at_home(zone_of(name), group.start_s, group.stop_s, within):
            for edge, step in ((w.start, people), (w.stop, -people)):
                at_s = edge - within.start
                change[at_s] = change.get(at_s, 0) + step
    edges_s = np.array(sorted(change))
    return edges_s, np.cumsum([change[float(e)] for e in edges_s]).astype(float)


def share_of(parts: Sequence[Part]) -> float:
    """The share of all viewers, by weight, that is at home."""
    everyone = sum(p.group.all_people * p.group.weight for p in parts)
    return sum(p.people for p in parts) / everyone if everyone else 0.0

