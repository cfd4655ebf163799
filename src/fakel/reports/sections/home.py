"""The way home: undocking, deorbit, entry and landing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fakel.model.flight import Event
from fakel.reports import words
from fakel.reports.charts.axis import Utc, clock
from fakel.reports.charts.panels import Line, Mark, Panel, panels
from fakel.reports.charts.plane import Path, Point, Ring, Sheet, plane
from fakel.reports.charts.world import Spot, world_map
from fakel.reports.clocks import local_clock, zone_title
from fakel.reports.reading import Reading
from fakel.reports.sections.climb import burn_table, burns, track, where
from fakel.reports.sections.section import Cell, Figure, Section, Table, figure, heads, n
from fakel.reports.svg import number, room
from fakel.reports.timeline import where as told_place

DOWN = ("undocking", "deorbit", "entry", "landing")
STEPS = ("deorbit_burn_start", "deorbit_burn_end", "module_separation", "entry_interface", "plasma_start", "max_g", "plasma_end",
         "parachute_open", "landing")


def sections(reading: Reading) -> list[Section]:
    return [s for s in (_departure(reading), _entry(reading), _landing(reading)) if s]


# ---------------------------------------------------------------- undocking and deorbit

def _departure(reading: Reading) -> Section | None:
    ship = reading.ship("undocking", "deorbit")
    undocking = reading.first("undocking")
    if ship is None or not reading.legs("undocking", "deorbit"):
        return None
    blocks = [*_away(reading, ship), *_return_map(reading, ship), *burn_table(burns(reading, "undocking", "deorbit"))]
    text = f"{reading.name(ship)} leaves {reading.name(undocking.facts['port'])}" if undocking and "port" in undocking.facts else reading.name(ship)
    if undocking:
        text += f" at {clock(undocking.epoch, True)} UTC" if "port" in undocking.facts else f" undocks at {clock(undocking.epoch, True)} UTC"
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
        points.append(Point(float(np.interp(t, part.t_s, x)), float(np.interp(t, part.t_s, z)),
                            f"Separation burn{'s' if len(apart) > 1 else ''}", words.listing([clock(e) for e in apart])))
    if burn:
        points.append(Point(float(x[-1]), float(z[-1]), "Deorbit burn", clock(burn.epoch)))
    label = f"{reading.name(ship)} leaves the station, seen from the side: flight direction to the right, Earth below"
    sheet = Sheet("km ahead of the station", "km below the station", (Path(x, z, "ship"),), tuple(points), y_down=True, height=200, zero_lines=True)
    return [figure(lambda w: plane(w, label, "away", sheet), "Seen from the station; the two axes have different scales.")]


def _return_map(reading: Reading, ship: str) -> list[Figure]:
    legs = reading.legs(*DOWN)
    path = track(reading, ship, reading.t(legs[0].before.epoch), reading.t(legs[-1].after.epoch), "ship")
    if path is None:
        return []
    spots, key = [], []
    names = {"undocking": "Undocking", "deorbit_burn_start": "Burn", "module_separation": "Modules separate", "entry_interface": "Entry",
             "landing": "Landing"}
    for event in reading.of(*DOWN):
        place = _landed(event) or where(reading, ship, event.epoch) if event.name in names else None
        if place:
            spots.append(Spot(*place, names[event.name], clock(event.epoch), "diamond" if event.name == "landing" else "circle"))
            key.append((names[event.name], clock(event.epoch)))
    last = reading.first("landing") or reading.first("deorbit_burn_start")
    sun = reading.sun_deg(last.epoch) if last else None
    label = f"Ground track of {reading.name(ship)} from undocking to landing"
    shade = f" Night is shaded as it is at {clock(last.epoch)} UTC." if last and sun else ""
    return [figure(lambda w: world_map(w, label, "map-down", [path], spots, sun),
                   f"Ground track, UTC at each event; dashed where the ship is in the Earth's shadow.{shade} Coast: Natural Earth.", key)]


def _landed(event: Event) -> tuple[float, float] | None:
    """The place that a landing itself tells."""
    return told_place(event.facts) if event.name == "landing" else None


# ---------------------------------------------------------------- entry

def _entry(reading: Reading) -> Section | None:
    ship = reading.ship("entry", "landing")
    if ship is None or not reading.legs("entry", "landing"):
        return None
    span = _span(reading)
    if span is None:
        return None
    marks = [Mark(reading.t(e.epoch), words.event(e.name), clock(e.epoch)) for e in reading.of("deorbit", "entry", "landing") if e.name in STEPS]
    marks = sorted((m for m in marks if span[0] <= m.x <= span[1]), key=lambda m: m.x)
    shown = _profile(reading, ship, span)
    blocks: list[Figure | Table] = []
    if shown:
        label = "Altitude, speed, load, heating and bank angle from separation of the modules to the ground"
        blocks.append(figure(lambda w: panels(w, label, Utc(reading.zero, *span), shown, marks),
                             "Universal time. Shaded: no radio, for the plasma around the capsule." if any(p.bands for p in shown) else "Universal time.",
                             marks))
    blocks += _corridor(reading, ship, span)
    blocks += _steps(reading)
    return Section("entry", "Entry", _entry_lead(reading), tuple(blocks)) if blocks else None


def _span(reading: Reading) -> tuple[float, float] | None:
    start = reading.first("module_separation") or reading.first("entry_interface")
    legs = reading.legs("entry", "landing")
    low = reading.t(start.epoch if start else legs[0].before.epoch)
    high = reading.t(legs[-1].after.epoch)
    landing = reading.first("landing")
    high = min(high, reading.t(landing.epoch)) if landing else high
    return (low, high) if high > low else None


def _entry_lead(reading: Reading) -> str:
    legs = reading.legs("entry")
    load = reading.series("entry.load_g")
    text = f"The entry is {legs[0].ending}" if legs and legs[0].ending in ("guided", "ballistic") else ""
    if len(load) and np.isfinite(load.values).any():
        text = f"{text}; the" if text else "The"
        text += f" load peaks at {number(float(np.nanmax(load.values)), 2)} g"
    return f"{text}." if text else ""


def _profile(reading: Reading, ship: str, span: tuple[float, float]) -> list[Panel]:
    """Panels of the fall; load and speed go on under the parachute."""
    bands = _blackout(reading)
    rows = (("Altitude", "km", (f"{ship}.height_m",), 1e-3, 130.0), ("Speed", "m/s, in the air", ("entry.speed_m_s", "parachute.speed_m_s"), 1.0, 90.0),
            ("Load", "g", ("entry.load_g", "parachute.load_g"), 1.0, 100.0), ("Heat flux", "kW/m²", ("entry.heat_w_m2",), 1e-3, 90.0),
            ("Bank angle", "°", ("entry.bank_rad",), 180 / np.pi, 90.0))
    out = []
    for title, unit, names, factor, size in rows:
        found = [s for name in names if len(s := reading.series(name).within(*span)) > 1]
        if found:
            out.append(Panel(title, unit, tuple(Line(s.t_s, s.values * factor, "ship") for s in found), size, zero=True, bands=bands))
            bands = tuple((a, b, "") for a, b, _ in bands)     # named once
    return out


def _blackout(reading: Reading) -> tuple[tuple[float, float, str], ...]:
    start, stop = reading.first("plasma_start"), reading.first("plasma_end")
    return ((reading.t(start.epoch), reading.t(stop.epoch), "no radio"),) if start and stop else ()


def _corridor(reading: Reading, ship: str, span: tuple[float, float]) -> list[Figure]:
    """Altitude against the distance still to go over the ground."""
    lat, lon, height = (reading.series(f"{ship}.{k}").within(*span) for k in ("latitude_deg", "longitude_deg", "height_m"))
    if len(lat) < 5 or not len(lat) == len(lon) == len(height):
        return []
    good = np.isfinite(lat.values) & np.isfinite(lon.values) & np.isfinite(height.values)
    to_go = distance_m(lat.values[good], lon.values[good], float(lat.values[good][-1]), float(lon.values[good][-1])) / 1000
    up = height.values[good] / 1000
    t = lat.t_s[good]
    points = [Point(float(np.interp(reading.t(e.epoch), t, to_go)), float(np.interp(reading.t(e.epoch), t, up)), words.event(e.name),
                    clock(e.epoch, True)) for e in reading.of("entry", "landing") if e.name in STEPS and span[0] <= reading.t(e.epoch) <= span[1]]
    label = "Altitude against the distance over the ground that is still to go to the landing place"
    sheet = Sheet("km to go over the ground", "km of altitude", (Path(to_go, up, "ship"),),
                  tuple(points), height=230, x_span=(room(0.0, float(to_go.max()))[1], 0.0), y_span=(0.0, room(0.0, float(up.max()))[1]))
    return [figure(lambda w: plane(w, label, "corridor", sheet), "The same fall over the ground; the landing is at zero, on the right.")]


def distance_m(lat_deg: np.ndarray, lon_deg: np.ndarray, to_lat_deg: float, to_lon_deg: float) -> np.ndarray:
    """Great-circle distance on a sphere of 6371 km (0.3 % from the ellipsoid), for the axes of pictures."""
    a, b = np.radians(lat_deg), np.radians(to_lat_deg)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(to_lon_deg - lon_deg) / 2) ** 2
    return 2 * 6_371_000.0 * np.arcsin(np.sqrt(half))


def _steps(reading: Reading) -> list[Table]:
    rows = []
    burn = reading.first("deorbit_burn_start")
    for event in reading.of("deorbit", "entry", "landing"):
        if event.name in STEPS or event.phase in ("entry", "landing") and event.name not in ("phase_end", "bank_reversal"):
            facts = event.facts
            height = next((facts[k] for k in ("altitude_m", "height_m") if k in facts), None)
            speed = next((facts[k] for k in ("speed_air_m_s", "speed_m_s", "speed_inertial_m_s") if k in facts), None)
            rows.append((Cell(words.event(event.name)), n(clock(event.epoch, True)),
                         n(number((event.epoch - burn.epoch) / 60, 2) if burn else "", "opt"), n(number(height / 1000, 2) if height is not None else ""),
                         n(number(speed) if speed is not None else ""), n(number(facts["load_g"], 2) if "load_g" in facts else "")))
    return [Table(heads("event", "UTC>", "after burn start, min>?", "altitude, km>", "speed, m/s>", "load, g>"), tuple(rows),
                  "events of the return", "more")] if rows else []


# ---------------------------------------------------------------- landing

def _landing(reading: Reading) -> Section | None:
    event = reading.first("landing")
    ship = reading.ship("landing", "entry")
    place = event and (_landed(event) or (where(reading, ship, event.epoch) if ship else None))
    if event is None or place is None:
        return None
    aim = _aim(reading, event)
    blocks = _zone(reading, ship, place, aim)
    miss = next((float(event.facts[k]) for k in ("from_zone_m", "miss_m") if k in event.facts), None)
    if miss is None and aim:
        miss = float(distance_m(np.array([place[0]]), np.array([place[1]]), aim[0], aim[1])[0])
    text = f"On the ground at {clock(event.epoch, True)} UTC"
    text += f" ({local_clock(event.epoch, reading.zone)[:5]} in {zone_title(reading.zone)})" if reading.zone else ""
    text += f", {words.place(*place)}"
    text += f", {number(miss / 1000, 1)} km from the aim point" if miss is not None else ""
    return Section("landing", "Landing", f"{text}.", tuple(blocks))


def _aim(reading: Reading, event: Event) -> tuple[float, float, str] | None:
    for lat, lon, factor in (("aim_latitude_deg", "aim_longitude_deg", 1.0), ("aim_latitude_rad", "aim_longitude_rad", 180 / np.pi)):
        if lat in event.facts and lon in event.facts:
            return float(event.facts[lat]) * factor, float(event.facts[lon]) * factor, "aim point"
    places = reading.mission.get("places") or {}
    for leg in reading.legs("landing", "entry", "deorbit"):
        zone = places.get(leg.plan.get("zone"))
        if zone and "latitude_deg" in zone:
            return float(zone["latitude_deg"]), float(zone["longitude_deg"]), str(zone.get("name", "aim point"))
    return None


def _zone(reading: Reading, ship: str | None, place: tuple[float, float], aim: tuple[float, float, str] | None) -> list[Figure]:
    """A map in kilometres around the aim point (or the landing place): the last of the track, the miss."""
    centre = aim or (*place, "landing")
    east, north = (float(v[0]) for v in _around(np.array([place[0]]), np.array([place[1]]), centre))
    points = [Point(east, north, "Landing", words.place(*place), "diamond")]
    points += [Point(0.0, 0.0, centre[2][:1].upper() + centre[2][1:], "aimed at", "cross")] if aim else []
    half = max(12.0, 1.7 * max(abs(east), abs(north)))
    paths = []
    if ship:
        lat, lon = reading.series(f"{ship}.latitude_deg", "entry", "landing"), reading.series(f"{ship}.longitude_deg", "entry", "landing")
        if len(lat) > 2 and len(lat) == len(lon):
            x, y = _around(lat.values, lon.values, centre)
            near = np.flatnonzero(np.hypot(x, y) < 4 * half)
            if len(near) > 1:
                paths.append(Path(x[near[0]:], y[near[0]:], "ship"))
    rings = tuple(Ring(0, 0, r, r, f"{r:g} km") for r in _rings(half)) if aim else ()
    sheet = Sheet("km east", "km north", tuple(paths) or (Path(np.array([east]), np.array([north]), "ship"),), tuple(points), rings, equal=True,
                  x_span=(-1.9 * half, 1.9 * half), y_span=(-half, half), zero_lines=False)
    label = "Landing place and aim point, kilometres east and north"
    return [figure(lambda w: plane(w, label, "landing", sheet), "Dashed circles: distance from the aim point." if aim else "")]


def _rings(half: float) -> Sequence[float]:
    return [r for r in (5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0) if 0.25 * half < r < half][:2]


def _around(lat: np.ndarray, lon: np.ndarray, centre: tuple[float, float, str]) -> tuple[np.ndarray, np.ndarray]:
    km = 6371.0 * np.pi / 180
    return ((lon - centre[1] + 180) % 360 - 180) * km * np.cos(np.radians(centre[0])), (lat - centre[0]) * km
