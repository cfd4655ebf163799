"""``scene.json`` and one file of numbers for each leg: all that the page reads of a flight."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fakel.model.epoch import Epoch, tai_minus_utc_s
from fakel.model.errors import InputError
from fakel.model.flight import Flight
from fakel.show import bars, cast, places, verdicts
from fakel.show.legs import pack
from fakel.show.story import events
from fakel.show.words import LANGUAGES, Words, pair

FORMAT = 1


def scene(flight: Flight, index: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The scene of a flight as far as it is written, and the legs' files by name.

    index: ``flight.json``, for the verdicts. Raises InputError for a flight without arcs.
    """
    if not any(leg.arcs for leg in flight.legs):
        raise InputError("the flight holds no arcs: nothing can be shown; fly the mission, or wait for its first leg")
    words, start = Words(flight.mission), to_millisecond(flight.legs[0].before.epoch)
    packed = [pack(leg, start, words) for leg in flight.legs]
    end_s = max(leg.after.epoch - start for leg in flight.legs)
    judged = verdicts.rows(index.get("verdicts") or (), start, end_s, words)
    held = cast.holdings(flight, start, words)
    drawn = bars.bars(flight, judged, held, start, end_s, words)
    made = {
        "format": FORMAT, "id": str(flight.mission.get("id", "")),
        "title": words.text(str(flight.mission.get("title", ""))),
        "start_utc": start.iso(3), "end_s": end_s, "complete": flight.complete,
        "leaps": leaps(start, end_s), "clocks": clocks(flight, start, end_s),
        "craft": cast.craft(flight.mission, words), "people": cast.people(flight, words),
        "items": cast.items(flight.mission, words), "station": cast.station(flight.mission, words),
        "places": cast.places(flight, words), "legs": [leg for leg, _ in packed],
        "tracks": bars.tracks(flight, words), "bars": drawn, "events": events(flight, start, words),
        "verdicts": [{k: v for k, v in row.items() if k != "timed"} for row in judged],
        "stays": cast.stays(flight, start, words), "holdings": held,
        "joined": places.joined(flight, start, end_s), "standing": places.standing(flight, start, end_s),
        "shots": shots(flight, start, words), "made_by": str(flight.made_by.get("program", "")),
    }
    return made, {leg["file"]: data for leg, data in packed}


def to_millisecond(epoch: Epoch) -> Epoch:
    """The whole millisecond at or before an instant: what a browser's clock can say."""
    return Epoch(epoch.tai_ns // 1_000_000 * 1_000_000)


def leaps(start: Epoch, end_s: float) -> list[dict[str, float]]:
    """Leap seconds inside the flight: after each UTC lags TAI by one more."""
    day, stop, found = start.day, (start + end_s).day, []
    while day < stop:
        follower = day + timedelta(days=1)
        by_s = tai_minus_utc_s(follower) - tai_minus_utc_s(day)
        if by_s:
            found.append({"t_s": Epoch.utc(follower.isoformat()) - start, "by_s": by_s})
        day = follower
    return found


def clocks(flight: Flight, start: Epoch, end_s: float) -> list[dict[str, Any]]:
    """Mission time from liftoff to the landing, the walk's own from hatch to hatch, and the mission's time zone."""
    rows = []
    for key, begins, ends, phase in (("met", "liftoff", "landing", None), ("pet", "hatch_open", "hatch_closed", "eva")):
        found = [e for e in flight.events if phase in (None, e.phase)]
        first = next((e.epoch - start for e in found if e.name == begins), None)
        if first is not None:
            last = next((e.epoch - start for e in found if e.name == ends and e.epoch - start > first), end_s)
            rows.append({"id": key, "label": pair("clocks", key), "from_s": first, "to_s": last, "ahead_h": 0.0})
    name = str(flight.mission.get("time_zone") or "UTC")
    if name not in ("UTC", "Etc/UTC"):
        rows.append({"id": "zone", "label": zone_label(name), "from_s": 0.0, "to_s": end_s,
                     "ahead_h": ahead_h(name, start)})
    return rows


def zone_label(name: str) -> dict[str, str]:
    city = name.split("/")[-1].replace("_", " ")
    return pair("zones", name) or dict.fromkeys(LANGUAGES, city)


def ahead_h(name: str, at: Epoch) -> float:
    """How far a zone is ahead of UTC at an instant. Raises InputError for a zone that does not exist."""
    try:
        offset = at.civil()[0].replace(tzinfo=UTC).astimezone(ZoneInfo(name)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InputError(f"time_zone = {name!r} is not known; write a name like Europe/Moscow") from error
    return (offset or timedelta()).total_seconds() / 3600.0


def shots(flight: Flight, start: Epoch, words: Words) -> list[dict[str, Any]]:
    """Moments for photographs, where a leg has found any."""
    return [shot_row(shot, f"{leg.step}-{n}", start, words) for leg in flight.legs
            for n, shot in enumerate(bars.table_rows(leg.studies.get("shots") or {}), 1)]


def shot_row(shot: Mapping[str, Any], key: str, start: Epoch, words: Words) -> dict[str, Any]:
    return {"id": str(shot.get("id") or key), "t_s": Epoch.utc(str(shot["start_utc"])) - start,
            "to_s": Epoch.utc(str(shot["stop_utc"])) - start, "by": str(shot["by"]), "subject": str(shot["subject"]),
            "kind": str(shot["kind"]), "title": in_both(shot, "title", words),
            "sun_deg": float(shot.get("sun_deg", 0.0)), "distance_m": float(shot.get("distance_m", 0.0)),
            "place": in_both(shot, "place", words)}


def in_both(row: Mapping[str, Any], column: str, words: Words) -> dict[str, str]:
    """A text of a study that may say it in Russian too."""
    text = words.text(str(row.get(column, "")))
    return text | ({"ru": str(row[f"{column}_ru"])} if row.get(f"{column}_ru") else {})
