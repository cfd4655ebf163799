"""The timeline: its tracks, and the bars on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import STATION, Channel, Flight, Leg
from fakel.show.cast import holder_kind, walkers
from fakel.show.quantities import Text
from fakel.show.words import Words

Rows = list[dict[str, Any]]
OF_SHIP = ("ascent", "phasing", "rendezvous", "docking", "deorbit", "entry", "landing")
"""Phases whose light is that of the ship, not of the station."""
JOIN_S = 0.5
POSES = {pose: re.compile(said, re.IGNORECASE) for pose, said in (
    ("out", r"\bgoes out\b|\begress\b"), ("in", r"\bgoes in\b|\bingress\b"), ("rest", r"\brests?\b"),
    ("both", r"\bboth with\b"), ("film", r"\bfilm|\bphoto"))}
"""Words of a task's English title, and the pose that they stand for; any other task is work."""


def tracks(flight: Flight, words: Words) -> Rows:
    """In the order in which they stand on the page."""
    rows = [track("phases", "phase", words.pair("tracks", "phases")),
            track("light", "light", words.pair("tracks", "light")),
            track("link-relay", "link", words.pair("bars", "relay")),
            track("link-ground", "link", words.pair("bars", "ground")),
            track("television", "television", words.pair("tracks", "television"))]
    rows += [track(f"person-{who}", "person", words.name(who), who) for who in walkers(flight)]
    rows += [track(f"item-{item}", "item", words.name(item), item) for item in flight.mission.get("items") or {}]
    return rows + consumables(flight, words) + [track("rules", "rules", words.pair("tracks", "rules"))]


def track(key: str, kind: str, label: Text, *of: str) -> dict[str, Any]:
    return {"id": key, "kind": kind, "label": label} | ({"of": list(of)} if of else {})


def consumables(flight: Flight, words: Words) -> Rows:
    """Stores of each walker's suit, and the ships' propellant, where the flight keeps them."""
    known = {channel.name for channel in flight.channels}
    rows = []
    for who in walkers(flight):
        for store, quantity in (("oxygen", "oxygen_kg"), ("water", "water_kg"), ("absorber", "co2_kg"),
                                ("battery", "battery_s")):
            if f"suit.{who}.{quantity}" in known:
                rows.append(track(f"{store}-{who}", "consumable", of_whom(words.pair("tracks", store),
                                                                         words.surname(who)), f"suit.{who}.{quantity}"))
    for ship in flight.mission.get("ships") or {}:
        if f"{ship}.propellant_kg" in known:
            rows.append(track(f"propellant-{ship}", "consumable", of_whom(words.pair("tracks", "propellant"),
                                                                         words.name(ship)), f"{ship}.propellant_kg"))
    return rows


def of_whom(what: Text, whose: Text) -> Text:
    return {lang: f"{what[lang]}, {whose[lang]}" for lang in what}


def bars(flight: Flight, verdicts: Rows, held: Rows, start: Epoch, end_s: float, words: Words) -> Rows:
    """Every bar. verdicts and held: rows of the scene, whose bars stand on tracks of their own."""
    out: Rows = []
    for leg in flight.legs:
        out.append(bar("phases", leg.before.epoch - start, leg.after.epoch - start, leg.phase, words.phase(leg.phase)))
        out += within(leg, start, [*light(leg, start, words), *links(leg, start, words)])
        out += tasks(leg, start, words)
    out += items(flight.mission, held, end_s)
    return merged(out) + [bar("rules", v["from_s"], v["to_s"], v["status"], v["title"]) for v in verdicts if v["timed"]]


def bar(on: str, from_s: float, to_s: float, kind: str, label: Text, who: Sequence[str] = ()) -> dict[str, Any]:
    return {"track": on, "from_s": from_s, "to_s": to_s, "kind": kind, "label": label} | (
        {"who": list(who)} if who else {})


def within(leg: Leg, start: Epoch, rows: Rows) -> Rows:
    """Bars cut at the leg's ends: studies look further ahead than the leg was flown."""
    begins, ends = leg.before.epoch - start, leg.after.epoch - start
    cut = [row | {"from_s": max(row["from_s"], begins), "to_s": min(row["to_s"], ends)} for row in rows]
    return [row for row in cut if row["to_s"] > row["from_s"]]


def merged(rows: Rows) -> Rows:
    """Light and links go on over the borders of legs."""
    out: Rows = []
    last: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        key = (row["track"], row["kind"], row["label"]["en"])
        before = last.get(key)
        if before is not None and row["track"] in ("light", "link-relay", "link-ground") \
                and abs(row["from_s"] - before["to_s"]) < JOIN_S:
            before["to_s"] = row["to_s"]
        else:
            out.append(row)
            last[key] = row
    return out


def light(leg: Leg, start: Epoch, words: Words) -> Rows:
    """Day and night of the craft that the leg is about: of a study where there is one, else of its channel. Before a
    ship's own path begins (it stands on its pad) the station's light is told."""
    begins, ends = leg.before.epoch - start, leg.after.epoch - start
    study = leg.studies.get("sunlight")
    if study is not None:
        lit = [(Epoch.utc(a) - start, Epoch.utc(b) - start) for a, b in zip(study["start_utc"], study["stop_utc"])]
        return day_and_night(lit, begins, ends, words)
    found = {c.name.removesuffix(".sunlit"): c for c in leg.channels if c.name.endswith(".sunlit")}
    ship = next((c for name, c in found.items() if name != STATION), None) if leg.phase in OF_SHIP else None
    parts = sorted([c for c in (found.get(STATION), ship) if c is not None], key=lambda c: c.start)
    rows = []
    for channel, follower in zip(parts, [*parts[1:], None]):
        stop = follower.start - start if follower is not None else ends
        rows += day_and_night(runs(channel, start), channel.start - start + float(channel.t_s[0]), stop, words)
    return rows


def day_and_night(lit: Iterable[tuple[float, float]], begins: float, ends: float, words: Words) -> Rows:
    """Bars from begins to ends."""
    rows, before = [], begins
    for from_s, to_s in lit:
        if from_s >= ends:
            break
        if from_s - before > JOIN_S:
            rows.append(bar("light", before, from_s, "night", words.pair("bars", "night")))
        rows.append(bar("light", from_s, min(to_s, ends), "day", words.pair("bars", "day")))
        before = min(to_s, ends)
    if ends - before > JOIN_S:
        rows.append(bar("light", before, ends, "night", words.pair("bars", "night")))
    return rows


def runs(channel: Channel | None, start: Epoch) -> Iterator[tuple[float, float]]:
    """Stretches where a channel of 0 and 1 is 1; it changes half-way between two samples."""
    if channel is None:
        return
    t_s, on = channel.t_s + (channel.start - start), channel.values > 0.5
    flips = np.flatnonzero(np.diff(on.astype(int))) if len(on) else []
    edges = [float(t_s[0]), *(float(t_s[i] + t_s[i + 1]) / 2 for i in flips), float(t_s[-1])]
    for k, (from_s, to_s) in enumerate(pairwise(edges)):
        if bool(on[0]) == (k % 2 == 0):
            yield from_s, to_s


def links(leg: Leg, start: Epoch, words: Words) -> Rows:
    """Relay by its channel, ground stations by their passes."""
    found = {c.name: c for c in leg.channels}
    rows = [bar("link-relay", a, b, "relay", words.pair("bars", "relay"))
            for a, b in runs(found.get(f"{STATION}.link_relay"), start)]
    study = leg.studies.get("passes_ground") or {}
    return rows + [bar("link-ground", Epoch.utc(a) - start, Epoch.utc(b) - start, "ground", words.name(str(site)))
                   for site, a, b in zip(study.get("site", ()), study.get("start_utc", ()), study.get("stop_utc", ()))]


def tasks(leg: Leg, start: Epoch, words: Words) -> Rows:
    """Each walker's tasks, and the scenes for television."""
    study = leg.studies.get("timeline")
    if study is None or "title" not in study:
        return []
    rows = []
    for task in table_rows(study):
        from_s, to_s = Epoch.utc(task["start_utc"]) - start, Epoch.utc(task["stop_utc"]) - start
        who = [name.strip() for name in str(task["who"]).split(",")]
        label, scene = words.text(str(task["title"])), bool(task.get("scene"))
        kind = "scene" if scene else str(task.get("must") or "task")
        pose = pose_of(str(task["title"]))
        rows += [bar(f"person-{name}", from_s, to_s, kind, label, who) | {"pose": pose} for name in who]
        if scene:
            good = float(task.get("tv_share", 0.0)) > 0.999
            rows.append(bar("television", from_s, to_s, "scene" if good else "dark", label, who))
    return rows


def pose_of(title: str) -> str:
    """How people hold themselves in a task: a flight says where hands are, and the rest only in the task's title."""
    return next((pose for pose, said in POSES.items() if said.search(title)), "work")


def table_rows(study: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """The rows of a study."""
    return [dict(zip(study, values)) for values in zip(*study.values())]


def items(mission: Mapping[str, Any], held: Rows, end_s: float) -> Rows:
    """Who holds each item, from one hand-over to the next."""
    out: Rows = []
    for key in mission.get("items") or {}:
        own = [row for row in held if row["item"] == key]
        for row, follower in zip(own, [*own[1:], None]):
            stop_s = follower["from_s"] if follower is not None else end_s
            out.append(bar(f"item-{key}", row["from_s"], stop_s, holder_kind(row["holder"], mission), row["label"],
                           [row["holder"]]))
    return out
