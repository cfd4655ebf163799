"""A television plan as one HTML page that loads nothing: windows, timeline, map, run-of-show; to read and to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from math import degrees

import numpy as np
from jinja2 import Environment

from fakel.model.epoch import Epoch, Window
from fakel.model.television import (
    COUNT,
    EVENT,
    OFF_AIR,
    ON_AIR,
    OVER,
    TO_END,
    Cue,
    Live,
    Rundown,
    Television,
)
from fakel.reports.charts.axis import Utc
from fakel.reports.charts.bars import Bar, Row, bars
from fakel.reports.charts.world import Spot, Track, world_map
from fakel.reports.parts import data_url, fonts, part
from fakel.reports.sightings import local
from fakel.reports.sky_words import date
from fakel.reports.svg import NARROW, WIDE, Svg
from fakel.reports.television import (
    below,
    minute_row,
    odds_line,
    parts,
    score,
    shown_cues,
    stamp,
)
from fakel.reports.television_words import (
    backup,
    clock,
    craft,
    cue,
    minus,
    minutes,
    picture,
    rehearsal,
    short,
    window,
    wish,
    word,
    zone_name,
)

DAY_S = 86_400.0
CSS = {ON_AIR: "k-air", OFF_AIR: "k-air", COUNT: "k-count", TO_END: "k-count", OVER: "k-over", EVENT: "k-event"}
Names = Mapping[str, str]


def render(found: Television, run: Rundown, names: Names, zones: Sequence[tzinfo], language: str = "en") -> bytes:
    """The page of one window's run-of-show, with all windows of the plan."""
    live = next(w for w in found.windows if w.window == run.window)
    whom = craft(found.craft, names, language)
    at = local(run.zero, UTC)
    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(part("tv.html.j2")).render(
        language=language, style=part("page.css") + part("tv.css"), emblem=part("emblem.svg"),
        icon=data_url("favicon.svg", "image/svg+xml"), title=word("title", language), craft=whom,
        over=f"{whom} · {date(at, language)}", lede=_lede(live, zones, names, language), figures=_figures(live, names,
        language), notes=found.told, w=lambda key: word(key, language), odds=odds_line(found, language),
        zones=[zone_name(z, run.zero, names) for z in zones],
        wishes=[(wish(v.name, v.label, language), f"{v.held_s / 60:.0f}", f"{v.alone_s / 60:.0f}")
                for v in found.wishes],
        windows=[_window_row(w, live, names, zones, language) for w in found.windows],
        cues=[_cue_row(c, run, names, zones, language) for c in shown_cues(run, False)],
        scenes=[_scene_row(s, names, language) for s in run.scenes],
        minutes=[minute_row(m, names, language) for m in run.minutes if run.window.holds(m.epoch)],
        holders=any(m.holders for m in run.minutes), timeline=_pair(lambda w: _timeline(w, run, names, language)),
        map=_pair(lambda w: _map(w, run, language)),
        spots=[f"{s.name} {s.note}" for s in _spots(run, language)],
        credit=word("credit", language))
    return page.replace("/*fonts*/", fonts(page)).encode()


def _pair(draw) -> dict[str, str]:
    return {"wide": str(draw(WIDE)), "narrow": str(draw(NARROW))}


def _lede(live: Live, zones: Sequence[tzinfo], names: Names, language: str) -> str:
    clocks = "; ".join(f"{clock(live.window.start, z, False)} {zone_name(z, live.window.start, names)}" for z in zones)
    return f"{window(live.window, UTC, language, False)} UTC" + (f"; {clocks}" if clocks else "")


def _figures(live: Live, names: Names, language: str) -> list[tuple[str, str]]:
    told = [("length", minutes(live.window.duration_s, language)), ("score", score(live, language)),
            ("at_home", parts(live, names, language)),
            ("scenes_short", minutes(live.scene_s, language) if live.scene_s else ""),
            ("picture", picture(live, names, language)), ("below", below(live, language)),
            ("backup", backup(live.backup, live, UTC, language)),
            ("rehearsal", rehearsal(live.rehearsal, UTC, language))]
    return [(word(key, language), text) for key, text in told if text]


def _window_row(w: Live, chosen: Live, names: Names, zones: Sequence[tzinfo], language: str) -> dict[str, object]:
    return {"chosen": w is chosen, "rank": w.rank, "utc": window(w.window, UTC, language),
            "local": [window(w.window, z, language, False) for z in zones],
            "length": minutes(w.window.duration_s, language),
            "home": f"{100 * w.share:.0f} %" if w.parts else "",
            "score": f"{w.audience_min / 1e6:.0f}" if w.parts else "",
            "picture": picture(w, names, language), "below": below(w, language)}


def _cue_row(c: Cue, run: Rundown, names: Names, zones: Sequence[tzinfo], language: str) -> dict[str, object]:
    what, detail = cue(c, names, language)
    kind = CSS.get(c.kind, "")
    torch = c.kind == EVENT and c.facts["event"].name.startswith("torch")
    return {"t": minus(c.epoch - run.zero), "utc": clock(c.epoch, UTC),
            "day": stamp(c.epoch, run, UTC, language).rpartition(" ")[0],
            "local": [clock(c.epoch, z) for z in zones], "what": what, "detail": detail, "on": c.on_air,
            "css": f"{kind} k-torch" if torch else kind}


def _scene_row(s, names: Names, language: str) -> list[str]:
    seen = " → ".join(dict.fromkeys(n[language == "ru"].rpartition(", ")[2] for n in s.below))
    return [window(s.window, UTC, language, False), f"{minutes(s.live_s, language)} / "
            f"{minutes(s.window.duration_s, language)}", s.title, " → ".join(short(x, names) for x in s.services), seen]


# ---------------------------------------------------------------- pictures

def _timeline(width: float, run: Rundown, names: Names, language: str) -> Svg:
    """Sunlight, links, the flight's scenes and air, over the span of the run-of-show."""
    zero = Epoch.utc(run.span.start.iso()[:10])

    def bar(w: Window, css: str, text: str = "") -> Bar:
        return Bar(w.start - zero, w.stop - zero, css, text)
    low, high = run.span.start - zero, run.span.stop - zero
    rows = [Row(word("sunlit", language), (Bar(low, high, "nite"), *(bar(w, "sun") for w in run.lit)), "", 16)]
    for end in dict.fromkeys(s.other for s in run.services):
        rows.append(Row(short(end, names), tuple(bar(s.window, "comm") for s in run.services if s.other == end), "", 9))
    if run.scenes:
        scenes = tuple(bar(s.window, "task ship-b", "") for s in run.scenes)
        rows.append(Row(word("scenes_short", language), scenes, "", 14))
    total = sum(w.duration_s for w in run.lives)
    air = tuple(bar(w, "torchless air") for w in run.lives)
    rows.append(Row(word("on_air", language), air, minutes(total, language), 16))
    return bars(width, word("bars", language), Utc(zero, low, high), rows)


def _map(width: float, run: Rundown, language: str) -> Svg:
    """The ground track of the span, on air in colour, and where each live window begins and ends."""
    lat = np.array([degrees(m.latitude_rad) for m in run.minutes])
    lon = np.array([degrees(m.longitude_rad) for m in run.minutes])
    tracks = []
    for w in run.lives:
        own = np.array([w.start <= m.epoch <= w.stop for m in run.minutes])
        if own.sum() > 1:
            tracks.append(Track(lat[own], lon[own], "ship" if w == run.window else "second"))
    sun = degrees(run.sun_rad[0]), degrees(run.sun_rad[1])
    return world_map(width, word("map", language), "tv", tracks, _spots(run, language), sun,
                     winds="NSEW" if language == "en" else "сювз")[0]


def _spots(run: Rundown, language: str) -> list[Spot]:
    """The first and last full minute of the window."""
    near = [m for m in run.minutes if run.window.start <= m.epoch <= run.window.stop]
    return [Spot(degrees(m.latitude_rad), degrees(m.longitude_rad), word(text, language), clock(m.epoch, UTC, False))
            for m, text in ((near[0], "begin"), (near[-1], "end"))] if near else []
