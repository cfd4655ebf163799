"""Undocking and deorbit: away from the station, around the Earth, and the braking burn."""

from __future__ import annotations

import numpy as np

from fakel.reports import words
from fakel.reports.charts.axis import clock
from fakel.reports.charts.plane import Path, Point, Sheet, plane
from fakel.reports.charts.world import Spot, world_map
from fakel.reports.reading import Reading
from fakel.reports.sections.burns import burn_table, burns
from fakel.reports.sections.ground import landed, track, where
from fakel.reports.sections.section import Figure, Section, figure

DOWN = ("undocking", "deorbit", "entry", "landing")


def section(reading: Reading) -> Section | None:
    ship = reading.ship("undocking", "deorbit")
    undocking = reading.first("undocking")
    if ship is None or not reading.legs("undocking", "deorbit"):
        return None
    blocks = [
        *_away(reading, ship),
        *_return_map(reading, ship),
        *burn_table(burns(reading, "undocking", "deorbit"), "burns on the way home"),
    ]
    text = (
        f"{reading.name(ship)} leaves {reading.name(undocking.facts['port'])}"
        if undocking and "port" in undocking.facts
        else reading.name(ship)
    )
    if undocking:
        text += (
            f" at {clock(undocking.epoch, True)} UTC"
            if "port" in undocking.facts
            else f" undocks at {clock(undocking.epoch, True)} UTC"
        )
    burn = reading.first("deorbit_burn_start")
    if burn and undocking:
        text += f"; the engine starts {words.duration(burn.epoch - undocking.epoch)} later"
    return Section("return", "Undocking and deorbit", f"{text}.", tuple(blocks)) if blocks else None


def _away(reading: Reading, ship: str) -> list[Figure]:
    seen = reading.relative(ship, "undocking", "deorbit")
    if seen is None or len(seen.t_s) < 5:
        return []
    burn = reading.first("deorbit_burn_start")
    stop = reading.t(burn.epoch) if burn else seen.t_s[-1]
    part = seen.within(seen.t_s[0], stop)
    if len(part.t_s) < 5:
        return []
    x, z = part.position_m[:, 0] / 1000, part.position_m[:, 2] / 1000
    points = [Point(float(x[0]), float(z[0]), "Undocking", clock(reading.zero + float(part.t_s[0])), "square")]
    apart = [e.epoch for e in reading.of("undocking") if e.name == "separation_burn_start"]
    if apart and part.t_s[0] <= (t := reading.t(apart[0])) <= part.t_s[-1]:
        points.append(
            Point(
                float(np.interp(t, part.t_s, x)),
                float(np.interp(t, part.t_s, z)),
                f"Separation burn{'s' if len(apart) > 1 else ''}",
                words.listing([clock(e) for e in apart]),
            )
        )
    if burn:
        points.append(Point(float(x[-1]), float(z[-1]), "Deorbit burn", clock(burn.epoch)))
    label = f"{reading.name(ship)} leaves the station, seen from the side: flight direction to the right, Earth below"
    sheet = Sheet(
        "km ahead of the station",
        "km below the station",
        (Path(x, z, "ship"),),
        tuple(points),
        y_down=True,
        height=200,
        zero_lines=True,
    )
    return [
        figure(lambda w: plane(w, label, "away", sheet), "Seen from the station; the two axes have different scales.")
    ]


def _return_map(reading: Reading, ship: str) -> list[Figure]:
    legs = reading.legs(*DOWN)
    path = track(reading, ship, reading.t(legs[0].before.epoch), reading.t(legs[-1].after.epoch), "ship")
    if path is None:
        return []
    spots, key = [], []
    names = {
        "undocking": "Undocking",
        "deorbit_burn_start": "Burn",
        "module_separation": "Modules separate",
        "entry_interface": "Entry",
        "landing": "Landing",
    }
    for event in reading.of(*DOWN):
        place = landed(event) or where(reading, ship, event.epoch) if event.name in names else None
        if place:
            spots.append(
                Spot(*place, names[event.name], clock(event.epoch), "diamond" if event.name == "landing" else "circle")
            )
            key.append((names[event.name], clock(event.epoch)))
    last = reading.first("landing") or reading.first("deorbit_burn_start")
    sun = reading.sun_deg(last.epoch) if last else None
    label = f"Ground track of {reading.name(ship)} from undocking to landing"
    shade = f" Night is shaded as it is at {clock(last.epoch)} UTC." if last and sun else ""
    return [
        figure(
            lambda w: world_map(w, label, "map-down", [path], spots, sun),
            "Ground track, UTC at each event; dashed where the ship is in the Earth's shadow."
            f"{shade} Coast: Natural Earth.",
            key,
        )
    ]
