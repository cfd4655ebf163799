"""The run-of-show of a live window: line-up, count-downs, light, links, what lies below, the flight's own events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np

from fakel.model.contact import Service
from fakel.model.epoch import Epoch, Window, Windows, intersection
from fakel.model.flight import Event, Transfer
from fakel.model.region import Region
from fakel.model.television import (
    AOS,
    BACKUP,
    BARS,
    BARS_END,
    COUNT,
    EVENT,
    HAND_OVER,
    LINE_UP,
    LOS,
    OFF_AIR,
    ON_AIR,
    OVER,
    REHEARSAL,
    RISE,
    SET,
    TO_END,
    Cue,
    Live,
    Minute,
    Rundown,
    Scene,
)
from fakel.plan.below import named, subpoints, sun_below_rad, sun_over
from fakel.plan.handover import fewest_changes
from fakel.plan.television import Path, seconds

COUNTS_MIN = (60, 30, 10, 5, 1)
BEFORE_S, AFTER_S, MINUTE_S = 3600.0, 300.0, 60.0
LINE_UP_S, BARS_S, LEAST_S = 900.0, 300.0, 1.0
ORDER = (AOS, HAND_OVER, LINE_UP, BARS, BARS_END, COUNT, RISE, ON_AIR, EVENT, OVER, TO_END, OFF_AIR, SET, LOS, BACKUP,
         REHEARSAL)
QUIET = frozenset({"task_end", "phase_end"})
"""Line-up a quarter of an hour before, colour bars for a minute five minutes before, if the link is up by then."""


@dataclass(frozen=True, slots=True, eq=False)
class Show:
    """What a flight adds to a run-of-show: its events, who has each item (giver first), its television scenes, and the
    stretch that is shown; all may be empty."""

    span: Window | None = None
    events: tuple[Event, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    first_holders: Mapping[str, str] | None = None
    scenes: tuple[tuple[str, Window, str], ...] = ()


def rundown(path: Path, live: Live, lives: Windows, regions: Sequence[Region], land: Region, show: Show | None = None
            ) -> Rundown:
    """The cues of one window in order of time; of equal times in the order in which a crew acts."""
    show = show or Show()
    zero, known = live.window.start, path.scene.window
    span = _span(live.window, show.span, known)
    services = fewest_changes(path.passes, span)
    shown = intersection(lives, (span,))
    minutes = _minutes(path, span, services, regions, land, show)
    cues = [*_counts(live.window, known), *_line_up(path, zero, known), *_air(shown), *_light(path, span),
            *_links(path, services, span), *_over(minutes), *_events(show, span), *_later(live)]
    cues = [replace(cue, on_air=any(w.holds(cue.epoch) for w in shown)) for cue in cues]
    cues.sort(key=lambda cue: (cue.epoch, ORDER.index(cue.kind)))
    scenes = tuple(_scene(path, title, window, gives, shown, minutes) for title, window, gives in show.scenes)
    return Rundown(zero, live.window, span, shown, intersection(path.lit, (span,)), tuple(cues), minutes,
                   services, sun_over(path.scene, zero), scenes, live.backup, live.rehearsal)


def _span(window: Window, walk: Window | None, known: Window) -> Window:
    first, last = window.start + -BEFORE_S, window.stop + AFTER_S
    if walk is not None:
        first, last = min(first, walk.start), max(last, walk.stop)
    return Window(max(first, known.start), min(last, known.stop))


def _counts(window: Window, known: Window) -> list[Cue]:
    """T minus an hour to a minute, and a minute to the end."""
    out = [Cue(window.start + -60.0 * m, COUNT, False, {"minutes": m}) for m in COUNTS_MIN]
    if window.duration_s > 3 * MINUTE_S:
        out += [Cue(window.stop + -60.0 * m, TO_END, False, {"minutes": m}) for m in (5, 1)
                if window.duration_s > 120.0 * m]
    return [cue for cue in out if cue.epoch >= known.start]


def _line_up(path: Path, zero: Epoch, known: Window) -> list[Cue]:
    """On the pass that carries the picture at zero: at its acquisition, or a quarter of an hour before if it is up long
    before that; then a minute of colour bars, before zero if there is time, else in the first minute."""
    up = [p for p in path.passes if p.window.holds(zero)]
    if not up:
        return []
    carrier = min(up, key=lambda p: p.window.start)
    begin = max(carrier.window.start, zero + -LINE_UP_S, known.start)
    bars = min(max(begin, zero + -BARS_S), max(begin, zero + -MINUTE_S))
    facts = {"end": carrier.other, "late": bars + MINUTE_S > zero + LEAST_S}
    return [Cue(at, kind, False, facts)
            for at, kind in ((begin, LINE_UP), (bars, BARS), (bars + MINUTE_S, BARS_END))]


def _air(shown: Windows) -> list[Cue]:
    return [cue for w in shown for cue in (Cue(w.start, ON_AIR, True, {"length_s": w.duration_s}),
                                           Cue(w.stop, OFF_AIR, False, {"length_s": w.duration_s}))]


def _light(path: Path, span: Window) -> list[Cue]:
    known = path.scene.window
    return [Cue(at, kind, False) for w in path.lit for at, kind in ((w.start, RISE), (w.stop, SET))
            if span.holds(at) and known.start < at < known.stop]


def _links(path: Path, services: Sequence[Service], span: Window) -> list[Cue]:
    """Acquisition and loss of each pass, and each change of who serves with the seconds of picture that it costs."""
    out = [Cue(at, kind, False, {"end": p.other, "why": why}) for p in path.passes
           for at, kind, why in ((p.window.start, AOS, p.begins), (p.window.stop, LOS, p.ends))
           if span.holds(at) and why != "data"]
    out += [Cue(b.window.start, HAND_OVER, False, {"from": a.other, "end": b.other, "lost_s": max(0.0, -b.overlap_s)})
            for a, b in pairwise(services) if a.other != b.other or b.overlap_s < -LEAST_S]
    return out


def _over(minutes: Sequence[Minute]) -> list[Cue]:
    """Where the name of what lies below changes, to the minute."""
    out = []
    for names, run in groupby(minutes, key=lambda m: m.names):
        first = next(run)
        out.append(Cue(first.epoch, OVER, False, {"names": names, "latitude_rad": first.latitude_rad,
                                                  "longitude_rad": first.longitude_rad}))
    return out


def _events(show: Show, span: Window) -> list[Cue]:
    given = {(t.epoch, t.item): t for t in show.transfers}
    out = []
    for event in show.events:
        if span.start <= event.epoch <= span.stop and event.name not in QUIET:
            transfer = given.get((event.epoch, event.subject))
            facts = {"event": event}
            out.append(Cue(event.epoch, EVENT, False, facts | ({"transfer": transfer} if transfer else {})))
    return out


def _later(live: Live) -> list[Cue]:
    out = [Cue(live.backup.start, BACKUP, False, {"window": live.backup})] if live.backup else []
    return out + ([Cue(live.rehearsal.window.start, REHEARSAL, False, {"rehearsal": live.rehearsal})]
                  if live.rehearsal else [])


def _minutes(path: Path, span: Window, services: Sequence[Service], regions: Sequence[Region], land: Region, show: Show
             ) -> tuple[Minute, ...]:
    """Each full minute of UTC in the span."""
    scene = path.scene
    first_s = np.ceil((span.start.tai_ns - _whole(span.start).tai_ns) / 60e9 - 1e-9) * 60.0
    at = [_whole(span.start) + float(s) for s in np.arange(first_s, span.stop - _whole(span.start) + 1e-6, 60.0)]
    if not at:
        return ()
    t_s = np.array([e - scene.arc.start for e in at])
    latitude, longitude = subpoints(scene, t_s)
    sun = sun_below_rad(scene, t_s)
    names = [told for _, told in named(latitude, longitude, regions, land)]
    return tuple(Minute(e, float(latitude[k]), float(longitude[k]), names[k], any(w.holds(e) for w in path.lit),
                        float(sun[k]), next((s.other for s in reversed(services) if s.window.holds(e)), ""),
                        _holders(show, e)) for k, e in enumerate(at))


def _whole(epoch: Epoch) -> Epoch:
    """The full minute of UTC before."""
    civil, ns = epoch.civil()
    return epoch + -(civil.second + ns / 1e9)


def _holders(show: Show, at: Epoch) -> tuple[tuple[str, str], ...]:
    """Who has each item, by the ledger of custody."""
    held = dict(show.first_holders or {})
    held |= {t.item: t.taker for t in sorted(show.transfers, key=lambda t: t.epoch) if t.epoch <= at}
    return tuple(held.items())


def _scene(path: Path, title: str, window: Window, gives: str, shown: Windows, minutes: Sequence[Minute]) -> Scene:
    inside = [m for m in minutes if window.start <= m.epoch <= window.stop]
    services = dict.fromkeys(s.other for s in fewest_changes(path.passes, window))
    return Scene(title, window, seconds(intersection(shown, (window,))), tuple(services),
                 tuple(dict.fromkeys(m.names for m in inside)), gives)
