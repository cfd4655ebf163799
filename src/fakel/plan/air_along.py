"""The cabin's air along a leg: who is where, which hatch is open, what the airlock does, as the leg's events say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.cabin import SPACE, Cabin
from fakel.model.day import DAY_S, midnight
from fakel.model.epoch import Epoch
from fakel.model.flight import STATION, Channel, Event, Leg, Situation
from fakel.model.mission import Mission
from fakel.model.place import Airlock
from fakel.physics import gas
from fakel.physics.gas import CO, CO2, O2, SPECIES
from fakel.plan import airlock
from fakel.plan.cabin import Air, Course, Stretch, course, fresh, joined

TOLD = ("docking", "stay", "eva", "relocation", "undocking")
"""Phases whose legs tell the air; it is followed through all."""
STEP_S, BRISK_S = 600.0, 20.0
"""Between samples; and while the airlock is vented or filled."""


def first_air(mission: Mission) -> dict[str, dict[str, float]]:
    """The air of every room, airlock and ship at the start, as a Situation keeps it."""
    cabin = mission.station.cabin
    if cabin is None:
        plain = {"pressure_pa": airlock.CABIN_PA, "temperature_k": airlock.CABIN_K, "oxygen_pa": 21_200.0}
        return {STATION: {"volume_m3": mission.station.pressurised_volume_m3, **plain},
                **{lock.id: {"volume_m3": lock.volume_m3, **plain} for lock in mission.station.airlocks.values()}}
    air = fresh(cabin)
    for ship in mission.ships.values():
        inside = ship.vehicle.cabin
        if inside is not None:
            only, own = next(iter(inside.rooms)), fresh(inside)
            air = air | Air({ship.id: own.mass_kg[only]}, {ship.id: own.temperature_k[only]})
    whole = _whole(cabin, mission)
    out = told(whole, air, STATION, tuple(cabin.rooms))
    for ship in mission.ships.values():
        if ship.id in out:
            out[ship.id]["hatch_open"] = float(ship.docked is not None)
    return out


def told(cabin: Cabin, air: Air, name: str, rooms: Sequence[str]) -> dict[str, dict[str, float]]:
    """Air as plain numbers by room; under name, the mean of rooms."""
    out: dict[str, dict[str, float]] = {}
    for room, kg in air.mass_kg.items():
        volume_m3, kelvin = cabin.rooms[room].volume_m3, air.temperature_k[room]
        partial = gas.partial_pa(kg, np.float64(kelvin), np.float64(volume_m3))  # type: ignore[arg-type]
        out[room] = {"volume_m3": volume_m3, "temperature_k": kelvin, "pressure_pa": float(partial.sum()),
                     "oxygen_pa": float(partial[O2]), **{f"{s}_kg": float(m) for s, m in zip(SPECIES, kg, strict=True)},
                     **{f"used.{d}": used for d, used in air.used_kg.items() if cabin.scrubbers[d].room == room}}
    whole_m3 = sum(cabin.rooms[r].volume_m3 for r in rooms)
    out[name] = {"volume_m3": whole_m3, **{key: sum(out[r][key] * cabin.rooms[r].volume_m3 for r in rooms) / whole_m3
                                           for key in ("temperature_k", "pressure_pa", "oxygen_pa")}}
    return out


def _air_of(situation: Situation, rooms: Sequence[str]) -> Air:
    kept = {r: situation.air[r] for r in rooms}
    return Air({r: np.array([row[f"{s}_kg"] for s in SPECIES]) for r, row in kept.items()},
               {r: row["temperature_k"] for r, row in kept.items()},
               {key[5:]: value for row in kept.values() for key, value in row.items() if key.startswith("used.")})


def _whole(cabin: Cabin, mission: Mission) -> Cabin:
    """The station's inside and, apart from it, that of each ship."""
    return joined(cabin, {s.id: (s.vehicle.cabin, None) for s in mission.ships.values() if s.vehicle.cabin is not None})


@dataclass(slots=True)
class _Now:
    """What holds at an instant of a leg."""

    places: dict[str, str]
    docked: dict[str, str]
    open: dict[str, bool]
    suited: set[str] = field(default_factory=set)
    lock: Airlock | None = None
    doing: str = ""
    lock_kg: float = 0.0


def with_air(leg: Leg, mission: Mission) -> Leg:
    """The leg with the air that it leaves behind, its channels and the study ``cabin_air``. A station without a cabin
    is left as it is."""
    cabin = mission.station.cabin
    if cabin is None or leg.after.epoch <= leg.before.epoch:
        return leg
    whole = _whole(cabin, mission)
    rooms = tuple(whole.rooms)
    now = _Now(dict(leg.before.places), dict(leg.before.joined),
               {r: leg.before.air.get(r, {}).get("hatch_open", 0.0) > 0.5 for r in rooms if r not in cabin.rooms})
    air, flown = _air_of(leg.before, rooms), []
    start, books = leg.before.epoch, {}
    for begin_s, end_s, events in _spans(leg):
        for event in events:
            _happens(now, event, leg, mission, air, whole)
        here = joined(cabin, {s.id: (s.vehicle.cabin, cabin.ports.get(now.docked[s.id]) if s.id in now.docked else None)
                              for s in mission.ships.values() if s.vehicle.cabin is not None})
        part, air = _fly(here, air, now, start, begin_s, end_s, books, leg)
        flown.append((begin_s, _breathed(here, now), part))
    after = told(whole, air, STATION, tuple(cabin.rooms))
    for ship, is_open in now.open.items():
        after[ship]["hatch_open"] = float(is_open)
    leg = replace(leg, after=replace(leg.after, air=after))
    if leg.phase not in TOLD:
        return leg
    gone = [s for s in now.open if s not in leg.before.joined and s not in leg.after.joined]
    study = {"border": list(books), **{f"{s}_kg": [float(kg[i]) for kg in books.values()]
                                       for i, s in enumerate(SPECIES[:5])}}
    channels = _channels(flown, rooms, start, gone)
    return _one_truth(replace(leg, studies={**leg.studies, "cabin_air": study}), channels, books)


def _one_truth(leg: Leg, channels: tuple[Channel, ...], books: Mapping[str, FloatArray]) -> Leg:
    """The leg with the channels; the walk reckoned its airlock alone, the whole air knows better."""
    by_name, own = {c.name: c for c in channels}, []
    for c in leg.channels:
        room = by_name.get(c.name.replace("airlock.", "air.", 1)) if c.name.startswith("airlock.") else None
        own.append(c if room is None else replace(c, values=np.interp(c.t_s + (c.start - room.start), room.t_s,
                                                                      room.values)))
    lock = str(leg.plan.get("airlock", ""))
    lost, filled = (sum(float(kg.sum()) for name, kg in books.items() if name.split(" ", 1)[1:] == [way])
                    for way in (f"{lock} to {SPACE}", f"{_filled_from(books, lock)} to {lock}"))
    facts = {"depress_start": {"air_lost_kg": lost}, "repress_start": {"air_needed_kg": filled}}
    events = tuple(replace(e, facts={**e.facts, **facts[e.name]}) if e.name in facts and leg.phase == "eva" else e
                   for e in leg.events)
    return replace(leg, channels=(*own, *channels), events=events)


def _filled_from(books: Mapping[str, FloatArray], lock: str) -> str:
    return next((name.split()[1] for name in books if name.startswith("pump ") and name.endswith(f" to {lock}")), "")


def _spans(leg: Leg) -> list[tuple[float, float, list[Event]]]:
    """Seconds from and to which nothing changes, and what happens at their begin."""
    length_s = leg.after.epoch - leg.before.epoch
    edges: dict[float, list[Event]] = {0.0: []}
    for event in sorted(leg.events, key=lambda e: e.epoch):
        if event.name in _CHANGES:
            edges.setdefault(min(max(event.epoch - leg.before.epoch, 0.0), length_s), []).append(event)
    at = sorted(edges)
    return [(a, b, edges[a]) for a, b in zip(at, [*at[1:], length_s], strict=True)]


_CHANGES = {"crew_transfer", "docking_hooks_closed",
            "relocation_start", "undocking", "hatch_closed", "hatch_open", "prebreathe_start",
            "depress_start", "repress_start", "repress_end"}


def _happens(now: _Now, event: Event, leg: Leg, mission: Mission, air: Air, whole: Cabin) -> None:
    ships = now.open
    if event.name == "crew_transfer":
        for end in (now.places.get(event.subject, ""), str(event.facts["to"])):
            if end in ships and end in now.docked:
                ships[end] = True
        now.places[event.subject] = str(event.facts["to"])
    elif event.name == "docking_hooks_closed":
        now.docked[event.subject] = str(event.facts["port"])
    elif event.name in ("undocking", "relocation_start"):
        now.docked.pop(event.subject, None)
    elif event.name == "hatch_closed" and event.subject in ships:
        ships[event.subject] = False
    elif leg.phase == "eva":
        _at_airlock(now, event, leg, mission, air)


def _at_airlock(now: _Now, event: Event, leg: Leg, mission: Mission, air: Air) -> None:
    lock = mission.station.airlocks.get(str(leg.plan.get("airlock", "")))
    if lock is None:
        return
    now.lock, now.doing = lock, event.name
    if event.name == "prebreathe_start":
        now.suited |= set(leg.plan["walkers"])
    if event.name == "depress_start":
        now.lock_kg = float(air.mass_kg[lock.id].sum())
        now.suited |= set(leg.plan["walkers"])
    if event.name == "repress_end":
        now.lock, now.doing, now.suited = None, "", set()


def _shut(cabin: Cabin, now: _Now) -> frozenset[str]:
    shut = {ship for ship, is_open in now.open.items() if ship in cabin.hatches and not is_open}
    if now.lock is not None:
        shut |= {h.id for h in cabin.hatches.values() if now.lock.id in h.between}
    return frozenset(shut)


def _beside(cabin: Cabin, room: str) -> str:
    return next(b if a == room else a for a, b in (h.between for h in cabin.hatches.values()) if room in (a, b))


def _fly(cabin: Cabin, air: Air, now: _Now, start: Epoch, begin_s: float, end_s: float,
         books: dict[str, FloatArray], leg: Leg) -> tuple[list[Course], Air]:
    """One span, cut where people fall asleep and wake, and where the airlock's pump gives way to its valve."""
    out, at = [], begin_s
    for edge in _cuts(cabin, now, start, begin_s, end_s):
        if edge <= at:
            continue
        stretch = Stretch(edge - at, _watts(cabin, now, start + 0.5 * (at + edge)), _shut(cabin, now),
                          _resting(cabin, now), *_lock_flow(cabin, now, at - begin_s, leg))
        done = course(cabin, air, [stretch], BRISK_S if stretch.pumps else STEP_S)
        for name, (kg, _) in done.books.items():
            books[name] = books.get(name, np.zeros(len(SPECIES))) + kg
        air, at = done.at_end(), edge
        out.append(done)
    return out, air


def _resting(cabin: Cabin, now: _Now) -> frozenset[str]:
    """Devices of docked ships with an open hatch: the station's clean their air."""
    ships = tuple(f"{ship}." for ship, is_open in now.open.items() if is_open and ship in now.docked)
    return frozenset(d for d in (*cabin.scrubbers, *cabin.generators, *cabin.condensers) if d.startswith(ships))


def _cuts(cabin: Cabin, now: _Now, start: Epoch, begin_s: float, end_s: float) -> list[float]:
    cuts, day = {end_s}, _midnight(start + begin_s)
    while day <= start + end_s:
        cuts |= {t for s in (cabin.effort.sleep_start_s, cabin.effort.sleep_stop_s)
                 if begin_s < (t := (day + s) - start) < end_s}
        day = day + DAY_S
    if now.doing == "depress_start" and now.lock is not None and now.lock.air_lost_kg is not None:
        saved_s = airlock.vent_constant_s(now.lock) * np.log(max(now.lock_kg / now.lock.air_lost_kg, 1.0))
        cuts |= {begin_s + float(saved_s)} if saved_s < end_s - begin_s else set()
    return sorted(cuts)


def _midnight(at: Epoch) -> Epoch:
    return midnight(date.fromisoformat(at.iso()[:10]))


def _watts(cabin: Cabin, now: _Now, at: Epoch) -> dict[str, float]:
    each, out = cabin.effort.at_w((at - _midnight(at)) % DAY_S), {}
    for person, place in now.places.items():
        if person in now.suited:
            continue
        rooms = cabin.people if place == STATION else {place: 1.0} if place in cabin.rooms else {}
        for room, part in rooms.items():
            out[room] = out.get(room, 0.0) + part * each
    return out


def _lock_flow(cabin: Cabin, now: _Now, since_s: float, leg: Leg) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Pumps and holes of the airlock."""
    lock = now.lock
    if lock is None or now.doing == "prebreathe_start":
        return (), ()
    beside, vent_m3_s = _beside(cabin, lock.id), lock.volume_m3 / airlock.vent_constant_s(lock)
    leak_m3_s = float(leg.plan.get("inner_hatch_leak_kg_s") or 0.0) / 1.19
    leaks = ((beside, lock.id, leak_m3_s),) if leak_m3_s else ()
    if now.doing == "depress_start":
        saved = lock.air_lost_kg is not None and since_s < airlock.vent_constant_s(lock) * np.log(
            max(now.lock_kg / lock.air_lost_kg, 1.0)) - 1e-3
        return ((lock.id, beside if saved else SPACE, vent_m3_s), *leaks), ()
    if now.doing == "hatch_open":
        return leaks, ((lock.id, SPACE, gas.DISCHARGE * np.pi / 4 * lock.hatch_diameter_m**2),)
    return ((beside, lock.id, lock.volume_m3 / max(lock.repress_s, 1.0)),), ()


def _breathed(cabin: Cabin, now: _Now) -> tuple[str, ...]:
    """Rooms that people without a suit may be in: all of the station but a used airlock, and docked ships."""
    away = {s for s in now.open if s not in now.docked} | ({now.lock.id} if now.lock is not None else set())
    return tuple(r for r in cabin.rooms if r not in away)


def _channels(flown: Sequence[tuple[float, tuple[str, ...], list[Course]]], rooms: Sequence[str], start: Epoch,
              gone: Sequence[str]) -> tuple[Channel, ...]:
    """Each room's air, and ``air.crew``: the worst of those that people may breathe in."""
    t_s, tables, crew = [], [], []
    for begin_s, breathed, courses in flown:
        at = begin_s
        for one in courses:
            keep = slice(0 if not t_s else 1, None)
            partial = np.maximum(one.partial_pa[keep], 0.0)             # round-off in an empty airlock
            total = partial.sum(axis=-1)
            t_s.append(at + one.t_s[keep])
            tables.append(np.stack([total, partial[..., O2], partial[..., CO2], one.temperature_k[keep],
                                    np.maximum(one.humidity[keep], 0.0)]))
            mine = [one.rooms.index(r) for r in breathed]
            crew.append(_worst(np.maximum(total[:, mine], 1e-9), partial[:, mine]))
            at += float(one.t_s[-1])
    t, table, worst = np.concatenate(t_s), np.concatenate(tables, axis=1), np.concatenate(crew, axis=1)
    out = [Channel(f"air.{room}.{name}", unit, start, t, table[k, :, i])
           for i, room in enumerate(rooms) if room not in gone
           for k, (name, unit) in enumerate((("pressure_pa", "Pa"), ("o2_pa", "Pa"), ("co2_pa", "Pa"),
                                             ("temperature_k", "K"), ("humidity", "%")))]
    names = (("pressure_pa", "Pa"), ("o2_pa", "Pa"), ("co2_pa", "Pa"), ("o2_part", "part"), ("co_ppm", "ppm"))
    out += [Channel(f"air.crew.{name}", unit, start, t, worst[k]) for k, (name, unit) in enumerate(names)]
    return (*out, Channel("air.crew.co2_day_pa", "Pa", start, t, day_mean(t, worst[2])))


def _worst(total: FloatArray, partial: FloatArray) -> FloatArray:
    """Of rooms (n, V) at each instant: least pressure and oxygen, most CO2, most part of oxygen, most CO (5, n)."""
    return np.stack([total.min(axis=1), partial[..., O2].min(axis=1), partial[..., CO2].max(axis=1),
                     (partial[..., O2] / total).max(axis=1), (1e6 * partial[..., CO] / total).max(axis=1)])


def day_mean(t_s: FloatArray, values: FloatArray) -> FloatArray:
    """The mean of the 24 hours before each instant (n,), or since the first one."""
    total = np.concatenate(([0.0], np.cumsum(np.diff(t_s) * 0.5 * (values[1:] + values[:-1]))))
    since = np.maximum(t_s - DAY_S, t_s[0])
    span = t_s - since
    mean = (total - np.interp(since, t_s, total)) / np.where(span > 0.0, span, 1.0)
    return np.asarray(np.where(span > 0.0, mean, values))


