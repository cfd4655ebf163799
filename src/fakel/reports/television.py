"""Television plans as data, CSV, calendar and text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from itertools import groupby
from math import degrees
from typing import Any

from fakel.model.epoch import Epoch, Window
from fakel.model.television import EVENT, HAND_OVER, OVER, Cue, Live, Minute, Rehearsal, Rundown, Television
from fakel.reports import calendar
from fakel.reports.rows_csv import rows_csv
from fakel.reports.sightings import local
from fakel.reports.sky_words import short_date
from fakel.reports.table import heading, table
from fakel.reports.television_words import (
    backup,
    called,
    clock,
    craft,
    cue,
    millions,
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
from fakel.reports.words import decimal

Names = Mapping[str, str]
ALARMS_MIN = (60, 10)
BRIEF_S = 60.0


# ---------------------------------------------------------------- data

def _span(w: Window | None) -> dict[str, Any] | None:
    return None if w is None else {"start_utc": w.start.iso(3), "end_utc": w.stop.iso(3),
                                   "length_s": round(w.duration_s, 3)}


def _practice(r: Rehearsal | None) -> dict[str, Any] | None:
    return None if r is None else {**(_span(r.window) or {}), "same_time_of_day": r.same_time, "whole": r.whole,
                                   "apart_km": round(r.apart_m / 1000, 1)}


def live_data(found: Television, live: Live) -> dict[str, Any]:
    """One window with every part of its score."""
    return {"rank": live.rank, **(_span(live.window) or {}), "begins": live.begins, "ends": live.ends,
            "share_at_home": round(live.share, 6), "people_at_home": round(sum(p.people for p in live.parts)),
            "score_people_min": round(live.audience_min) if live.parts else None, "scene_s": round(live.scene_s, 3),
            "audience": [{"who": p.group.id, "share_at_home": round(p.share, 6), "people_at_home": round(p.people),
                          "weight": p.group.weight, "time_zone": p.group.main_zone} for p in live.parts],
            "services": [{"id": s.other, "name": found.name(s.other), **(_span(s.window) or {}),
                          "overlap_s": round(s.overlap_s, 3)} for s in live.services],
            "picture_lost_s": round(live.lost_s, 3),
            "below": [{"id": s.id, "name": s.names[0], **(_span(s.window) or {})} for s in live.below],
            "backup": _span(live.backup), "rehearsal": _practice(live.rehearsal)}


def as_data(found: Television, run: Rundown | None, names: Names) -> dict[str, Any]:
    """Everything, for programs."""
    odds = found.odds
    out = {"craft": found.craft, "source": found.source, "network": found.network,
           "searched": [_span(w) for w in found.searched],
           "wishes": [{"wish": w.name, "label": w.label, "holds_min": round(w.held_s / 60, 3),
                       "alone_missing_min": round(w.alone_s / 60, 3)} for w in found.wishes],
           "shortest_min": found.shortest_s / 60, "sun_margin_s": found.margin_s, "found": found.found,
           "odds": {"revolutions": odds.revolutions, "with_window": odds.with_window,
                    "with_light_and_link": odds.with_light_and_link, "share_of_time": round(odds.share, 6)},
           "windows": [live_data(found, live) for live in found.windows], "told": list(found.told)}
    return out | ({"run_of_show": run_data(run, names)} if run is not None else {})


def run_data(run: Rundown, names: Names) -> dict[str, Any]:
    return {"zero_utc": run.zero.iso(3), **(_span(run.window) or {}), "on_air": [_span(w) for w in run.lives],
            "cues": [cue_data(c, run, names) for c in run.cues],
            "scenes": [{"title": s.title, **(_span(s.window) or {}), "live_s": round(s.live_s, 3),
                        "services": list(s.services), "below": [n[0] for n in s.below], "gives": s.gives}
                       for s in run.scenes],
            "minutes": [{"utc": m.epoch.iso(), "latitude_deg": round(degrees(m.latitude_rad), 3),
                         "longitude_deg": round(degrees(m.longitude_rad), 3), "below": m.names[0],
                         "sunlit": m.sunlit, "sun_below_deg": round(degrees(m.sun_below_rad), 2),
                         "service": m.service, "holders": dict(m.holders)} for m in run.minutes]}


def cue_data(c: Cue, run: Rundown, names: Names) -> dict[str, Any]:
    what, detail = cue(c, names, "en")
    out = {"utc": c.epoch.iso(3), "t_s": round(c.epoch - run.zero, 3), "kind": c.kind, "what": what, "detail": detail,
           "on_air": c.on_air}
    if c.kind == HAND_OVER:
        out["lost_s"] = round(c.facts["lost_s"], 3)
    if c.kind == EVENT:
        out["event"] = c.facts["event"].name
    return out


# ---------------------------------------------------------------- files

def windows_csv(found: Television, zones: Sequence[tzinfo]) -> str:
    """One row a window."""
    rows = []
    for live in found.windows:
        data = live_data(found, live)
        row = {k: v for k, v in data.items() if not isinstance(v, list | dict) and k not in ("backup", "rehearsal")}
        row |= {f"share_{p.group.id}": round(p.share, 6) for p in live.parts}
        row |= {f"start_{zone}": f"{local(live.window.start, zone):%Y-%m-%dT%H:%M:%S%z}" for zone in zones}
        row |= {"services": " > ".join(s.other for s in live.services), "below": " > ".join(s.id for s in live.below)}
        for name, other in (("backup", live.backup), ("rehearsal", live.rehearsal and live.rehearsal.window)):
            row |= {f"{name}_start_utc": other.start.iso() if other else "",
                    f"{name}_end_utc": other.stop.iso() if other else ""}
        rows.append(row)
    return rows_csv(rows)


def run_csv(run: Rundown, names: Names, zones: Sequence[tzinfo], language: str = "en") -> str:
    """One row a cue."""
    rows = []
    for c in run.cues:
        what, detail = cue(c, names, language)
        rows.append({"t": minus(c.epoch - run.zero), "utc": c.epoch.iso(), **{
            str(zone): f"{local(c.epoch, zone):%Y-%m-%dT%H:%M:%S%z}" for zone in zones},
            "kind": c.kind, "what": what, "detail": detail, "on_air": int(c.on_air)})
    return rows_csv(rows)


def as_calendar(found: Television, run: Rundown | None, names: Names, language: str = "en") -> bytes:
    """Windows with reminders an hour and ten minutes before, their rehearsals and back-ups, and the cues of the
    run-of-show."""
    head, whom = word("title", language), craft(found.craft, names, language)
    told = []
    for live in found.windows:
        note = f"{picture(live, names, language)}. {below(live, language)}"
        told.append(calendar.Entry(f"live-{live.rank}", f"{head} {live.rank}: {whom}", live.window.start,
                                   live.window.stop, note, ALARMS_MIN))
        others = (("rehearsal", live.rehearsal and live.rehearsal.window), ("backup", live.backup))
        told += [calendar.Entry(f"{kind}-{live.rank}", f"{head} {live.rank}: {word(kind, language)}", w.start, w.stop,
                                "", ALARMS_MIN) for kind, w in others if w is not None]
    for c in run.cues if run is not None else ():
        if c.kind not in (OVER, "backup", "rehearsal"):
            what, detail = cue(c, names, language)
            told.append(calendar.Entry(f"cue-{c.kind}", what, c.epoch, None, detail))
    told.sort(key=lambda entry: entry.start)
    return calendar.written(f"{head}: {whom}", f"tv-{found.craft.replace(' ', '-')}", "television",
                            found.searched[0].start, told)


# ---------------------------------------------------------------- text

def lines(found: Television, run: Rundown | None, names: Names, zones: Sequence[tzinfo], language: str = "en",
          width: int = 110, every: bool = False) -> list[str]:
    """For people: what the wishes cost, the best windows with all parts of their score, the run-of-show."""
    first, last = found.searched[0].start, found.searched[-1].stop
    out = [f"{word('title', language)}: {craft(found.craft, names, language)}, {found.network_name}", found.source,
           f"{_utc(first)} – {_utc(last)}"]
    out += heading(word("wishes", language), width) + wish_table(found, language, width)
    out += [odds_line(found, language)]
    out += heading(f"{word('windows', language)}: {len(found.windows)} / {found.found}", width)
    for live in found.windows:
        out += live_lines(live, names, zones, language, width)
    return out + (run_lines(run, names, zones, language, width, every) if run is not None else [])


def wish_table(found: Television, language: str, width: int) -> list[str]:
    rows = [[wish(w.name, w.label, language), f"{w.held_s / 60:.0f}", f"{w.alone_s / 60:.0f}"] for w in found.wishes]
    return table([word("wish", language), word("holds", language), word("alone", language)], rows, "lrr", width)


def odds_line(found: Television, language: str) -> str:
    """What any revolution would give: the guess that a plan must beat."""
    o = found.odds
    share = decimal(100 * o.share, language, 0)
    least = decimal(found.shortest_s / 60, language, 0 if found.shortest_s % 60 == 0 else 1)
    if language == "en":
        return (f"Any revolution: {o.with_window} of {o.revolutions} have such a window of {least} min; with light and "
                f"link alone {o.with_light_and_link}. On air {share} % of the time.")
    return (f"Любой виток: такое окно от {least} мин есть на {o.with_window} из {o.revolutions}, только свет и связь — "
            f"на {o.with_light_and_link}. В эфире {share} % времени.")


def score(live: Live, language: str) -> str:
    """``70 % at home (88.3 million) × 30.1 min = 2654 million people-minutes``."""
    if not live.parts:
        return minutes(live.window.duration_s, language)
    people = sum(p.people for p in live.parts)
    home, unit = ("at home", "million people-minutes") if language == "en" else ("у экранов", "млн человеко-минут")
    return (f"{decimal(100 * live.share, language, 0)} % {home} ({millions(people, language)}) × "
            f"{minutes(live.window.duration_s, language)} = {decimal(live.audience_min / 1e6, language, 0)} {unit}")


def parts(live: Live, names: Names, language: str) -> str:
    """``Russia 70 %, from 20:43 (Moscow)``, group by group."""
    out = []
    for p in live.parts:
        zone = _zone(p.group.main_zone)
        times = f" × {p.group.weight:g}" if p.group.weight != 1.0 else ""
        town = zone_name(zone, live.window.start, names).split(" (")[0]
        since = "from" if language == "en" else "с"
        out.append(f"{p.group.name(language)}{times} {decimal(100 * p.share, language, 0)} %, {since} "
                   f"{clock(live.window.start, zone, False)} ({town})")
    return "; ".join(out)


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo
    return UTC if name == "UTC" else ZoneInfo(name)


def below(live: Live, language: str) -> str:
    """Seas and countries in their order; those that pass in less than a minute are left out, if anything is left."""
    long = [s for s in live.below if s.window.duration_s >= BRIEF_S and s.id not in ("land", "ocean")] or live.below
    return " → ".join(name for name, _ in groupby(s.names[language == "ru"].rpartition(", ")[2] for s in long))


def live_lines(live: Live, names: Names, zones: Sequence[tzinfo], language: str, width: int) -> list[str]:
    clocks = "".join(f"; {clock(live.window.start, z, False)} {zone_name(z, live.window.start, names)}" for z in zones)
    length = minutes(live.window.duration_s, language)
    told = [("window", f"{window(live.window, UTC, language)} UTC, {length}{clocks}"), ("score", score(live, language)),
            ("at_home", parts(live, names, language)),
            ("scenes_short", minutes(live.scene_s, language) if live.scene_s else ""),
            ("picture", picture(live, names, language)), ("below", below(live, language)),
            ("backup", backup(live.backup, live, UTC, language)),
            ("rehearsal", rehearsal(live.rehearsal, UTC, language))]
    return table(["", "", ""], [[f"{live.rank}." if k == 0 else "", word(key, language), text]
                                for k, (key, text) in enumerate((k, t) for k, t in told if t)], "rll", width) + [""]


def run_lines(run: Rundown, names: Names, zones: Sequence[tzinfo], language: str, width: int, every: bool) -> list[str]:
    """The run-of-show; every: the minutes too."""
    head = ["T", word("utc", language), *(zone_name(z, run.zero, names) for z in zones), "", word("what", language), ""]
    rows = []
    for c in shown_cues(run, every):
        what, detail = cue(c, names, language)
        rows.append([minus(c.epoch - run.zero), stamp(c.epoch, run, UTC, language),
                     *(clock(c.epoch, z) for z in zones), "●" if c.on_air else "", what, detail])
    day = short_date(local(run.zero, UTC), language)
    out = heading(f"{word('run', language)}, {day}; ● {word('on_air', language)}", width)
    out += table(head, rows, "", width, caps={len(head) - 2: 38})
    if run.scenes:
        out += heading(word("scenes", language), width) + scene_table(run, names, language, width)
    if every:
        out += heading(word("minutes", language), width) + minute_table(run, names, language, width)
    return out


def shown_cues(run: Rundown, every: bool) -> list[Cue]:
    """Outside the window nobody needs to know what lies below."""
    return [c for c in run.cues if every or c.kind != OVER or run.window.holds(c.epoch)]


def stamp(epoch: Epoch, run: Rundown, zone: tzinfo, language: str) -> str:
    """The clock, with its date when that is another day than the broadcast's."""
    at, zero = local(epoch, zone), local(run.zero, zone)
    return clock(epoch, zone) if at.date() == zero.date() else f"{short_date(at, language)} {clock(epoch, zone)}"


def scene_table(run: Rundown, names: Names, language: str, width: int) -> list[str]:
    rows = [[window(s.window, UTC, language, False), f"{minutes(s.live_s, language)} / "
             f"{minutes(s.window.duration_s, language)}", s.title, " → ".join(short(x, names) for x in s.services),
             " → ".join(n[language == "ru"] for n in s.below)] for s in run.scenes]
    head = [word(k, language) for k in ("utc", "live", "scene", "link", "below")]
    return table(head, rows, "", width, caps={2: 34, 3: 22})


def minute_table(run: Rundown, names: Names, language: str, width: int) -> list[str]:
    rows = [minute_row(m, names, language) for m in run.minutes]
    head = [word(k, language) for k in ("utc", "light", "link", "place", "sun_below", "holder", "below")]
    return table(head, rows, "llllr", width)


def minute_row(m: Minute, names: Names, language: str) -> list[str]:
    """Clock, light, link, place, height of the Sun below, who holds what, what lies below."""
    sun = f"{degrees(m.sun_below_rad):z.0f}°".replace("-", "−")
    held = ", ".join(called(holder, names, language) for _, holder in m.holders)
    return [clock(m.epoch, UTC, False), word("sunlit" if m.sunlit else "dark", language),
            short(m.service, names), place(m.latitude_rad, m.longitude_rad, language), sun, held,
            m.names[language == "ru"]]


def place(latitude_rad: float, longitude_rad: float, language: str) -> str:
    """``36.4° N 25.1° W``."""
    lat, lon = degrees(latitude_rad), degrees(longitude_rad)
    north, east = ("NS", "EW") if language == "en" else (("с. ш.", "ю. ш."), ("в. д.", "з. д."))
    return (f"{decimal(abs(lat), language)}° {north[lat < 0]} {decimal(abs(lon), language)}° {east[lon < 0]}")


def _utc(epoch: Epoch) -> str:
    return epoch.iso().replace("T", " ").replace("Z", " UTC")
