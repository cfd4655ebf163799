"""When viewers are at home: windows of UTC from hours of local clocks, by the rules of their time zones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from fakel.model.epoch import Epoch, Window, Windows, union
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
    """Groups and the windows in which each zone of them is at home, worked out once for a stretch."""

    def __init__(self, groups: Sequence[Group], within: Window) -> None:
        self.groups = tuple(groups)
        self._home = {(name, g.start_s, g.stop_s): at_home(zone_of(name), g.start_s, g.stop_s, within)
                      for g in groups for name, _ in g.people}

    def parts(self, window: Window) -> tuple[Part, ...]:
        """The mean share of each group that is at home in a window (exact: shares change in steps)."""
        return tuple(Part(g, self._seconds(g, window) / window.duration_s / g.all_people) for g in self.groups)

    def _seconds(self, group: Group, window: Window) -> float:
        """People times seconds at home."""
        total = 0.0
        for name, people in group.people:
            home = self._home[(name, group.start_s, group.stop_s)]
            total += people * sum(both.duration_s for w in home if (both := w & window) is not None)
        return total

    def enough(self, share: float, within: Window) -> Windows:
        """When at least that share of all viewers (by weight) is at home."""
        change: dict[Epoch, float] = {within.start: 0.0, within.stop: 0.0}
        for group in self.groups:
            for name, people in group.people:
                for w in self._home[(name, group.start_s, group.stop_s)]:
                    if (both := w & within) is not None:
                        change[both.start] = change.get(both.start, 0.0) + people * group.weight
                        change[both.stop] = change.get(both.stop, 0.0) - people * group.weight
        edges = sorted(change)
        home = accumulate(change[edge] for edge in edges)
        needed = share * sum(g.all_people * g.weight for g in self.groups) * (1.0 - 1e-9)
        return union(tuple(Window(a, b) for (a, b), n in zip(pairwise(edges), home, strict=False) if n >= needed))


def share_of(parts: Sequence[Part]) -> float:
    """The share of all viewers, by weight, that is at home."""
    everyone = sum(p.group.all_people * p.group.weight for p in parts)
    return sum(p.people for p in parts) / everyone if everyone else 0.0

