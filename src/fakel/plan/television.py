"""Live windows: when a link is up, the craft is in sunlight and the wished place lies below, ranked by who is at home.

A window is as long as all wishes hold. Its score is people at home times minutes, summed exactly over the steps in
which that number changes; of equal scores the longer window comes first, then the earlier. Where a flight has
television scenes of its own, windows that hold more seconds of them come before all others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.contact import Pass
from fakel.model.epoch import Epoch, Window, Windows, intersection
from fakel.model.errors import NoWindow
from fakel.model.region import Below, Region
from fakel.model.television import AUDIENCE, BELOW, LIGHT, LINK, RATE, Live, Odds, Rehearsal, Wish
from fakel.plan.audience import Homes, share_of
from fakel.plan.below import EARTH_M, stretches, windows_over
from fakel.plan.contacts import windows_of
from fakel.plan.ends import Scene
from fakel.plan.handover import fewest_changes

SAME_TIME_S, DAY_S, TOUCH_S, EVERY_S = 2700.0, 86_400.0, 1e-6, 30.0
OF_LIGHT, OF_LINK = "sunlight on the craft", "link"


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A stretch of path with what it is given: passes that count, sunlight, and the wishes' windows by name."""

    scene: Scene
    passes: tuple[Pass, ...]
    lit: Windows
    granted: Mapping[str, Windows]

    @property
    def practice(self) -> Windows:
        """Link and light alone, which a rehearsal needs."""
        return on_air({k: v for k, v in self.granted.items() if k in (LINK, LIGHT, RATE)})


def on_air(granted: Mapping[str, Windows]) -> Windows:
    """When all wishes hold: the longest possible windows."""
    return reduce(intersection, granted.values())


def kept_off(lit: Windows, margin_s: float, within: Window) -> Windows:
    """Sunlight without its first and last margin_s; ends of the path are no sunrise or sunset."""
    out = []
    for w in lit:
        start = w.start + (margin_s if w.start - within.start > TOUCH_S else 0.0)
        stop = w.stop + (-margin_s if within.stop - w.stop > TOUCH_S else 0.0)
        out += [Window(start, stop)] if start < stop else []
    return tuple(out)


def path_of(scene: Scene, passes: tuple[Pass, ...], lit: Windows, *, margin_s: float, below: Below | None, land: Region,
            rate: Windows | None, homes: Homes, min_share: float) -> Path:
    """The wishes' windows along a scene."""
    granted = {LINK: windows_of(passes), LIGHT: kept_off(lit, margin_s, scene.window)}
    if rate is not None:
        granted[RATE] = intersection(rate, (scene.window,))
    if below is not None:
        granted[BELOW] = windows_over(scene, below, land)
    if min_share > 0.0:
        granted[AUDIENCE] = intersection(homes.enough(min_share), (scene.window,))
    return Path(scene, passes, lit, granted)


def clipped(path: Path, within: Window) -> dict[str, Windows]:
    """The wishes' windows inside one window."""
    return {name: intersection(found, (within,)) for name, found in path.granted.items()}


def seconds(windows: Windows) -> float:
    return sum(w.duration_s for w in windows)


def wishes(parts: Sequence[Mapping[str, Windows]], labels: Mapping[str, str]) -> tuple[Wish, ...]:
    """How long each wish holds, and how long it alone is missing, over all parts of the search."""
    out = []
    for name in parts[0]:
        held = sum(seconds(p[name]) for p in parts)
        alone = sum(_alone(p, name) for p in parts)
        out.append(Wish(name, labels[name], held, alone))
    return tuple(out)


def _alone(granted: Mapping[str, Windows], name: str) -> float:
    """Seconds in which all wishes but one hold."""
    others = {k: v for k, v in granted.items() if k != name}
    return seconds(on_air(others)) - seconds(on_air(granted)) if others else 0.0


def ranked(found: Sequence[tuple[Path, Window]], homes: Homes, regions: Sequence[Region], land: Region, most: int,
           scenes: Windows = ()) -> tuple[Live, ...]:
    """Windows with their score, the best first; only the first ``most`` get services and what lies below."""
    scored = []
    for path, window in found:
        parts = homes.parts(window)
        people = sum(p.people for p in parts) if parts else 1.0
        shown_s = seconds(intersection(scenes, (window,)))
        scored.append((shown_s, people * window.duration_s / 60.0, path, window))
    scored.sort(key=lambda row: (-round(row[0], 3), -round(row[1], 6), -row[3].duration_s, row[3].start))
    return tuple(replace(_live(k, path, window, homes, score, regions, land), scene_s=shown_s)
                 for k, (shown_s, score, path, window) in enumerate(scored[:most], 1))


def _live(rank: int, path: Path, window: Window, homes: Homes, score: float, regions: Sequence[Region], land: Region
          ) -> Live:
    parts = homes.parts(window)
    begins, ends = (_edge(path, window, edge) for edge in ("start", "stop"))
    return Live(rank, window, begins, ends, parts, share_of(parts) if parts else 1.0, score,
                fewest_changes(path.passes, window), stretches(path.scene, window, regions, land))


def _edge(path: Path, window: Window, edge: str) -> str:
    """The wish that opens or closes a window."""
    at: Epoch = getattr(window, edge)
    return next((name for name, found in path.granted.items()
                 if any(abs(getattr(w, edge) - at) < TOUCH_S for w in found)
                 and abs(getattr(path.scene.window, edge) - at) > TOUCH_S), "data")


def with_others(lives: Sequence[Live], usable: Windows, paths: Sequence[Path]) -> tuple[Live, ...]:
    """The next usable window after each as its back-up, and an earlier one as its rehearsal."""
    ordered = sorted(usable, key=lambda w: w.start)
    return tuple(replace(live, backup=next((w for w in ordered if w.start >= live.window.stop), None),
                         rehearsal=rehearsal(live.window, paths)) for live in lives)


def rehearsal(window: Window, paths: Sequence[Path]) -> Rehearsal | None:
    """Link and light for as long as the broadcast, before it: on an earlier day, begun within 45 min of its time of
    day, where the ground track comes nearest to its own; else the last that is long enough; if all earlier ones are
    shorter, the longest of them (of equals the last)."""
    before = [w for path in paths for w in path.practice if w.stop <= window.start]
    starts = [w.start + float(s) for w in before
              for s in np.arange(0.0, w.duration_s - window.duration_s + TOUCH_S, EVERY_S)]
    if not starts:
        longest = max(before, key=lambda w: (w.duration_s, w.start), default=None)
        return longest and Rehearsal(longest, False, False, _apart_m(paths, window, [longest.start])[0])
    same = [start for start in starts if _same_time(start, window.start)]
    chosen = same or [max(w.start for w in before if w.duration_s >= window.duration_s - TOUCH_S)]
    apart = _apart_m(paths, window, chosen)
    k = int(np.argmin(apart))
    return Rehearsal(Window(chosen[k], chosen[k] + window.duration_s), bool(same), True, apart[k])


def _same_time(earlier: Epoch, at: Epoch) -> bool:
    apart_s = at - earlier
    return apart_s > DAY_S / 2 and abs((apart_s + DAY_S / 2) % DAY_S - DAY_S / 2) <= SAME_TIME_S


def _apart_m(paths: Sequence[Path], window: Window, starts: Sequence[Epoch]) -> list[float]:
    """Over the ground, between the points below in the middle of a window and of those that begin at starts."""
    half_s = window.duration_s / 2
    here = _below(paths, [window.start + half_s])[0]
    there = _below(paths, [start + half_s for start in starts])
    return [float(a) for a in EARTH_M * np.arccos(np.clip(there @ here, -1.0, 1.0))]


def _below(paths: Sequence[Path], at: Sequence[Epoch]) -> FloatArray:
    """Directions (n, 3) from the Earth's centre to a craft, in ITRF."""
    out = np.zeros((len(at), 3))
    for path in paths:
        scene = path.scene
        rows = [k for k, e in enumerate(at) if scene.window.start <= e <= scene.window.stop]
        if rows:
            place = scene.fixed.at(np.array([at[k] - scene.arc.start for k in rows]))[0]
            out[rows] = place / np.linalg.norm(place, axis=1, keepdims=True)
    return out


def odds(parts: Sequence[tuple[Path, Window]], usable: Windows, shortest_s: float) -> Odds:
    """What a revolution, and a minute, taken blindly would give."""
    revolutions = with_window = plain = 0
    for path, within in parts:
        practice = tuple(w for w in intersection(path.practice, (within,)) if w.duration_s >= shortest_s)
        for turn in _revolutions(path.scene, within):
            revolutions += 1
            with_window += any((w & turn) is not None for w in usable)
            plain += any((w & turn) is not None for w in practice)
    total = sum(within.duration_s for _, within in parts)
    return Odds(revolutions, with_window, plain, seconds(usable) / total)


def _revolutions(scene: Scene, within: Window) -> Windows:
    """Whole revolutions, from ascending node to ascending node; the window itself when it holds none."""
    first, last = within.start - scene.arc.start, within.stop - scene.arc.start
    t_s = np.linspace(first, last, max(3, int((last - first) / 30.0) + 1))
    z = scene.fixed.at(t_s)[0][:, 2]
    i = np.flatnonzero((z[:-1] < 0) & (z[1:] >= 0))
    node_s = t_s[i] - z[i] * (t_s[i + 1] - t_s[i]) / (z[i + 1] - z[i])
    nodes = [scene.arc.start + float(t) for t in node_s]
    return tuple(Window(a, b) for a, b in pairwise(nodes)) or (within,)


def require_some(usable: Windows, all_live: Windows, told: Sequence[Wish], total_s: float, shortest_s: float) -> None:
    """Raises NoWindow that says which wish costs most, and the nearest miss, when nothing is usable."""
    if usable:
        return
    each = ", ".join(f"{w.label} {w.held_s / 60:.0f}" for w in told)
    worst = max(told, key=lambda w: (w.alone_s, -w.held_s))
    costs = f"{worst.label} alone costs {worst.alone_s / 60:.0f} min" if worst.alone_s > 30.0 else \
        f"{min(told, key=lambda w: w.held_s).label} holds the least"
    best = max(all_live, key=lambda w: w.duration_s, default=None)
    near = "they never hold together" if best is None else (
        f"the nearest miss is {best.start.iso()}, {best.duration_s / 60:.1f} min")
    remedy = "drop a wish or search longer" if best is None else \
        f"ask for --min-minutes {int(best.duration_s / 6) / 10:g}, drop a wish or search longer"
    raise NoWindow(f"no live window of {shortest_s / 60:g} min: of {total_s / 60:.0f} min hold {each}; {costs}; "
                   f"{near}; {remedy}")
