"""Which docking instants a profile, light, ground and a person's wishes leave over, and which two contradict."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import NoWindow, require_known
from fakel.model.place import Network
from fakel.model.profile import Profile
from fakel.physics.geodesy import look
from fakel.physics.light import sunlit
from fakel.plan.craft import Path
from fakel.world import World

STEP_S = 30.0
SPAN_S = 1800.0
"""How far from its own instant a profile that says nothing else lets a docking be wished."""
RULE, DAY, NIGHT, ANY = LIGHTS = ("rule", "day", "night", "any")
BoolArray = np.ndarray


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants of the contact: its instant; or not before, not after, its light, a ground station in reach.

    light: the profile's own rule, day, night or any. network: contact in reach of one of its ground stations.
    """

    docking: Epoch | None = None
    after: Epoch | None = None
    before: Epoch | None = None
    light: str = RULE
    network: Network | None = None

    def __post_init__(self) -> None:
        require_known("--light", self.light, LIGHTS)

    @property
    def free(self) -> bool:
        """Nothing is wished."""
        return self.docking is self.after is self.before is self.network is None and self.light in (RULE, ANY)


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: its name, where it holds on the grid, and what to tell of it."""

    name: str
    holds: BoolArray
    told: str


def choose(wishes: Wishes, profile: Profile, liftoff: Epoch, default: Epoch, station: Path, world: World
           ) -> tuple[Epoch, str]:
    """The docking instant that meets all wishes, nearest to the profile's own, to the whole second; and why it is so.

    Raises NoWindow that names the two limits which contradict each other.
    """
    if wishes.free:
        return default, "the profile's own instant"
    _require_order(wishes)
    first, last = span(profile, liftoff, default, wishes)
    at_s = np.arange(0.0, last - first + 1.0, STEP_S)
    if wishes.docking is not None:
        at_s = np.unique(np.append(at_s, wishes.docking - first))
    limits = _limits(wishes, profile, first, last, at_s, station, world)
    together = np.logical_and.reduce([limit.holds for limit in limits])
    if not together.any():
        raise NoWindow(_contradiction(limits))
    if wishes.docking is not None:
        return wishes.docking, "wished for"
    good = at_s[together]
    best = first + float(good[np.argmin(np.abs(good - (default - first)))])
    names = " and ".join(limit.name for limit in limits[1:])
    return Epoch(round(best.tai_ns, -9)), f"nearest to the profile's own {default.iso()} that meets {names}"


def _require_order(wishes: Wishes) -> None:
    """Raises NoWindow for two instants that contradict each other whatever the profile is."""
    given = {name: getattr(wishes, name) for name in ("after", "docking", "before")}
    for a, b in combinations([name for name, epoch in given.items() if epoch is not None], 2):
        if given[a] > given[b]:
            raise NoWindow(f"{a} = {given[a].iso()} and {b} = {given[b].iso()} contradict each other: the first is the "
                           "later one; give one of them up")


def span(profile: Profile, liftoff: Epoch, default: Epoch, wishes: Wishes) -> tuple[Epoch, Epoch]:
    """Between which instants a docking may be wished for; a wished instant itself always may."""
    rule = profile.docking_time
    first = default + -SPAN_S if rule.earliest_s is None else liftoff + rule.earliest_s
    last = default + SPAN_S if rule.latest_s is None else liftoff + rule.latest_s
    if wishes.docking is not None:
        first, last = min(first, wishes.docking), max(last, wishes.docking)
    return first, last


def _limits(wishes: Wishes, profile: Profile, first: Epoch, last: Epoch, at_s: FloatArray, station: Path, world: World
            ) -> list[Limit]:
    out = [Limit(f"profile {profile.id}", np.ones(len(at_s), dtype=bool),
                 f"it docks between {first.iso()} and {last.iso()}")]
    if wishes.docking is not None:
        out.append(Limit(f"docking = {wishes.docking.iso()}", np.abs(at_s - (wishes.docking - first)) < 1e-6,
                         "that instant alone"))
    if wishes.after is not None:
        out.append(Limit(f"after = {wishes.after.iso()}", at_s >= wishes.after - first, "no contact earlier"))
    if wishes.before is not None:
        out.append(Limit(f"before = {wishes.before.iso()}", at_s <= wishes.before - first, "no contact later"))
    if wishes.light in (DAY, NIGHT) or wishes.network is not None:
        rows = _station_rows(station, world.seconds(first) + at_s, world)
        if wishes.light in (DAY, NIGHT):
            lit = sunlit(rows, world.sun_gcrf_m(world.seconds(first) + at_s)) > 0.5
            out.append(_told(f"light = {wishes.light}", lit == (wishes.light == DAY), first, at_s))
        if wishes.network is not None:
            seen = _in_reach(rows, world.seconds(first) + at_s, wishes.network, world)
            out.append(_told(f"ground = {wishes.network.id}", seen, first, at_s))
    return out


def _told(name: str, holds: BoolArray, first: Epoch, at_s: FloatArray) -> Limit:
    """A limit that tells the stretches in which it holds."""
    edges = np.flatnonzero(np.diff(np.r_[0, holds.astype(int), 0]))
    stretches = [f"{(first + float(at_s[a])).iso()[11:16]} to {(first + float(at_s[b - 1])).iso()[11:16]}"
                 for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return Limit(name, holds, f"it holds {', '.join(stretches)} UTC" if stretches else "it never holds then")


def _contradiction(limits: list[Limit]) -> str:
    """The first pair that has nothing in common; else the pair that leaves least, with all the others' names."""
    pairs = sorted(combinations(limits, 2), key=lambda pair: int((pair[0].holds & pair[1].holds).sum()))
    a, b = pairs[0]
    if (a.holds & b.holds).any():
        names = ", ".join(limit.name for limit in limits[1:])
        return (f"{names} leave no docking instant together, the least {a.name} and {b.name} ({a.told}; {b.told}); "
                "give one of them up")
    alone = next((limit for limit in limits if not limit.holds.any()), None)
    if alone is not None:
        a, b = limits[0], alone
    return f"{a.name} and {b.name} contradict each other: {a.name}: {a.told}; {b.name}: {b.told}; give one of them up"


def _station_rows(station: Path, t_s: FloatArray, world: World) -> FloatArray:
    """The station's places (n, 3) m, GCRF, at rising times."""
    out, here = [], station
    for t in t_s:
        here = here.at(float(t), world)
        out.append(here.y[:3])
    return np.array(out)


def _in_reach(rows: FloatArray, t_s: FloatArray, network: Network, world: World) -> BoolArray:
    """Whether any ground station sees a craft (n, 3) GCRF above its mask."""
    fixed, _ = world.to_itrf(t_s, rows, np.zeros_like(rows))
    seen = np.zeros(len(t_s), dtype=bool)
    for site in network.ground:
        mask = network.elevation_mask_rad if site.elevation_mask_rad is None else site.elevation_mask_rad
        seen |= look(fixed, site.latitude_rad, site.longitude_rad, site.height_m)[0] >= mask
    return seen
