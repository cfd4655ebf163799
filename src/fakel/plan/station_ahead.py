"""Where a station is over a year: flown as far as that foretells anything, after that at the mean height it has.

A station loses height to the air and is pushed up again; nobody has published when. On pairs of its element sets that
lie weeks to months apart, a station that keeps its height after a week is nearer to what was flown than one that only
sinks (``plan.foresight``; a test holds both beside the sets). Keeping its height is flying without air.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fakel.model.day import DAY_S
from fakel.model.start import BURNS_FROM_S
from fakel.physics.frames import rtn_from_gcrf
from fakel.plan.craft import Path
from fakel.plan.reboost import Push
from fakel.world import World

HELD_AFTER_S = BURNS_FROM_S
"""So long after the last that is known of it a station is flown with air; by then it has mostly been pushed."""
AROUND_S = 3 * DAY_S
"""The world with air goes on for so long, for what is flown from that time on: the longest way up takes two days."""


@dataclass(frozen=True, slots=True, eq=False)
class StationAhead:
    """known: the station at rising world times. Within held (world seconds) it flies in the world with air, outside
    without; both worlds count from the same instant."""

    known: tuple[Path, ...]
    near: World
    far: World
    held: tuple[float, float]

    def at(self, t_s: float) -> tuple[Path, World]:
        """The station at an instant, and the world to carry it on in for two days."""
        i = max(bisect_right(self.known, t_s, key=lambda p: p.t_s) - 1, 0)
        world = self.near if self.held[0] <= t_s <= self.held[1] else self.far
        return self.known[i].at(t_s, world), world


def ahead(known: Sequence[Path], near: World, far: World, held: tuple[float, float], span: tuple[float, float],
          pushes: Sequence[Push] = ()) -> StationAhead:
    """The station from one or more known states on, a state each day of a span, through pushes that come later."""
    back: list[Path] = []
    on: list[Path] = []
    path = known[0]
    while path.t_s > span[0]:
        back += _carried(path, max(span[0], path.t_s - DAY_S), near, far, held, ())
        path = back[-1]
    path = known[-1]
    while path.t_s < span[1]:
        on += _carried(path, min(span[1], path.t_s + DAY_S), near, far, held, pushes)
        path = on[-1]
    return StationAhead((*reversed(back), *known, *on), near, far, held)


def _carried(path: Path, until_s: float, near: World, far: World, held: tuple[float, float], pushes: Sequence[Push]
             ) -> list[Path]:
    """One leg: its end, and before it where the air ends and where the station is pushed."""
    pushed = {near.seconds(push.at): push.dv_m_s for push in pushes}
    edges = {t for t in (*held, *pushed) if min(path.t_s, until_s) < t < max(path.t_s, until_s)} | {until_s}
    out = []
    for t_s in sorted(edges, reverse=until_s < path.t_s):
        flown = held[0] <= 0.5 * (path.t_s + t_s) <= held[1]
        path = path.at(t_s, near if flown else far)
        if t_s in pushed:
            path = kicked(path, pushed[t_s])
        out.append(path)
    return out


def kicked(path: Path, dv_m_s: float) -> Path:
    """A station pushed along track in no time."""
    y = path.y.copy()
    y[3:6] += dv_m_s * rtn_from_gcrf(y[:3], y[3:6])[1]
    return replace(path, y=y)


def cut(station: StationAhead, push: Push, later: Sequence[Push], until_s: float) -> StationAhead:
    """The same station pushed once more: what is known after that instant is flown anew, with the pushes that come
    later."""
    t_s = station.near.seconds(push.at)
    path, _ = station.at(t_s)
    again = ahead((kicked(path, push.dv_m_s),), station.near, station.far, station.held, (t_s, until_s), later)
    return replace(again, known=(*(p for p in station.known if p.t_s < t_s), *again.known))
