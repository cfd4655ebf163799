"""Which end of a link serves when, with the fewest changes or the best elevation, and the counts of each UTC day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.contact import Contact, Pass, Service, Tally
from fakel.model.day import midnight
from fakel.model.epoch import Epoch, Window, Windows, gaps, union
from fakel.physics.spans import Rows

RULES = ("fewest", "highest")
STEP_S, MARGIN_RAD = 10.0, np.radians(5.0)


def fewest_changes(passes: Sequence[Pass], within: Window, overlap_s: float = 0.0) -> tuple[Service, ...]:
    """Services that hold the link whenever any pass does, with as few changes as can be.

    Each takes over overlap_s before the one before it is lost (make before break) where two passes overlap for that
    long, else for as long as they do. Of all that could take over, the one that lasts longest does, which is the
    fewest (greedy cover of an interval).
    """
    rest = [(p, both) for p in passes if (both := p.window & within) is not None]
    start_s, stop_s = (np.array([edge(w) - within.start for _, w in rest]) for edge in (_start, _stop))
    out: list[Service] = []
    now_s = 0.0
    while (able := _able(start_s, stop_s, now_s, now_s - overlap_s if out else 0.0)) is not None:
        i = int(able[np.argmax(stop_s[able])])
        begin_s = max(float(start_s[i]), now_s - overlap_s if out else 0.0)
        p, window = rest[i]
        start = window.start if begin_s == start_s[i] else within.start + begin_s
        out.append(Service(p.kind, p.other, Window(start, window.stop), now_s - begin_s if out else 0.0))
        now_s = float(stop_s[i])
    return tuple(out)


def _start(window: Window) -> Epoch:
    return window.start


def _stop(window: Window) -> Epoch:
    return window.stop


def _able(start_s: FloatArray, stop_s: FloatArray, now_s: float, wanted_s: float) -> Rows | None:
    """Which may take over: those up at wanted_s, else at now_s, else the next to rise; None when there is none."""
    lasts = stop_s > now_s
    for limit_s in (wanted_s, now_s, float(np.min(start_s[lasts], initial=np.inf))):
        able = np.flatnonzero(lasts & (start_s <= limit_s))
        if len(able):
            return able
    return None


def best_elevation(passes: Sequence[Pass], contacts: Sequence[Contact], within: Window, overlap_s: float = 0.0,
                   margin_rad: float = MARGIN_RAD) -> tuple[Service, ...]:
    """Services by the highest elevation, looked at every 10 s: another takes over when it is higher by margin_rad, or
    when the one in use is lost. contacts go with passes, one each."""
    t_s = np.arange(0.0, within.duration_s + 1e-9, STEP_S)
    height = np.full((len(passes), len(t_s)), -np.inf)
    for i, (p, c) in enumerate(zip(passes, contacts, strict=True)):
        after = t_s - (p.window.start - within.start)
        inside = (after >= 0) & (after < p.window.duration_s)
        height[i, inside] = np.interp(after[inside], c.t_s, c.elevation_rad)
    runs: list[tuple[int, int, int]] = []                      # pass, first and last sample + 1
    used = -1
    for k in range(len(t_s)):
        best = int(np.argmax(height[:, k])) if len(passes) else -1
        if best < 0 or not np.isfinite(height[best, k]):
            used = -1
            continue
        if used < 0 or not np.isfinite(height[used, k]) or height[best, k] > height[used, k] + margin_rad:
            used = best
        if runs and runs[-1][0] == used and runs[-1][2] == k:
            runs[-1] = (used, runs[-1][1], k + 1)
        else:
            runs.append((used, k, k + 1))
    return _services(passes, runs, within, overlap_s)


def _services(passes: Sequence[Pass], runs: Sequence[tuple[int, int, int]], within: Window, overlap_s: float
              ) -> tuple[Service, ...]:
    """Runs of samples as services, stretched to the exact edges of passes and to the overlap."""
    out: list[Service] = []
    for i, first, last in runs:
        p, start, stop = passes[i], within.start + first * STEP_S, within.start + last * STEP_S
        if p.window.start > start + -STEP_S:
            start = max(p.window.start, within.start)
        if p.window.stop < stop + STEP_S:
            stop = min(p.window.stop, within.stop)
        stop = min(stop, p.window.stop, within.stop)
        if out:
            now = out[-1].window.stop
            start = max(p.window.start, min(start, now + -overlap_s)) if start <= now + STEP_S else start
        out.append(Service(p.kind, p.other, Window(start, stop), (out[-1].window.stop - start) if out else 0.0))
    return tuple(out)


def tallies(passes: Sequence[Pass], within: Window, who: Mapping[str, Sequence[str]]) -> tuple[Tally, ...]:
    """Counts of each UTC day of within, for each group of ends (name to ids), whose passes are joined where they
    overlap."""
    held: dict[str, list[Window]] = {}
    for p in passes:
        held.setdefault(p.other, []).append(p.window)
    whole = {name: union(tuple(w for i in ids for w in held.get(i, ()))) for name, ids in who.items()}
    return tuple(_tally(name, found, day) for day in days(within) for name, found in whole.items())


def days(within: Window) -> tuple[Window, ...]:
    """The UTC days of a window, the first and last cut at its ends."""
    out, start = [], within.start
    while start < within.stop:
        stop = min(midnight(start.day + timedelta(days=1)), within.stop)
        out.append(Window(start, stop))
        start = stop
    return tuple(out)


def _tally(name: str, found: Windows, day: Window) -> Tally:
    inside = tuple(both for w in found if (both := w & day) is not None)
    lost = gaps(inside, day)
    return Tally(name, day, len(inside), sum(w.duration_s for w in inside), _longest(inside), _longest(lost))


def _longest(windows: Windows) -> float:
    return max((w.duration_s for w in windows), default=0.0)


