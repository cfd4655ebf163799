"""Cabin air for programs: people in a volume, a flight's air, and the table of what is crossed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from fakel.api.suits import record_of
from fakel.load.folder import read_flight
from fakel.model.cabin import Cabin
from fakel.model.cabin_air import AirCurves
from fakel.model.errors import InputError
from fakel.physics.gas import CO, CO2, O2
from fakel.plan.cabin import Course, Stretch, course, fresh, one_room, with_candles


def cabin_of(name: str) -> Cabin:
    """An inside by its id or file. Raises InputError."""
    found: Cabin = record_of(Cabin, name, "--cabin")
    return found


def cabin_air(cabin: Cabin, people: int, watts: float, duration_s: float, *, volume_m3: float | None = None,
          oxygen: float | None = None, scrubbers: bool = True, generators: bool = True, off: Sequence[str] = (),
          shut: Sequence[str] = (), candles: int = 0) -> AirCurves:
    """People in one volume with the cabin's devices, or where they live in the cabin's rooms.

    oxygen: its part of the air at the start. candles: so many of the cabin's oxygen candles are burnt, evenly over the
    time, where most people live. Raises InputError.
    """
    start = {} if oxygen is None else {"o2_pa": oxygen * cabin.pressure_pa, "h2o_pa": 0.0, "co2_pa": 0.0}
    if volume_m3 is not None:
        cabin = one_room(volume_m3, cabin, **start)
    elif start:
        cabin = replace(cabin, **start)
    still = {*off, *(() if scrubbers else cabin.scrubbers), *(() if generators else cabin.generators)}
    stretch = Stretch(duration_s, {r: people * watts * part for r, part in cabin.people.items()}, frozenset(shut),
                      frozenset(still))
    told = course(cabin, fresh(cabin), with_candles(cabin, stretch, candles), max(60.0, duration_s / 2000))
    whose = f"{people} people at {watts:g} W in {cabin.name}, {cabin.volume_m3:g} m3"
    return curves(told, whose + ("" if scrubbers else ", no scrubbers") + ("" if generators else ", no generators")
                  + (f", {candles} candle{'s' if candles > 1 else ''}" if candles else ""))


def curves(told: Course, title: str) -> AirCurves:
    """What reports show of a course."""
    partial = told.partial_pa
    return AirCurves(title, told.rooms, told.volume_m3, told.t_s, told.pressure_pa, partial[..., O2], partial[..., CO2],
                     told.temperature_k, told.humidity, {name: kg for name, (kg, _) in told.books.items()},
                     co_ppm=(1e6 * partial[..., CO] / np.maximum(told.pressure_pa, 1e-9)).max(axis=1))


def flight_air(folder: Path) -> AirCurves:
    """The air that a flown mission tells of, all its legs in a row. Raises InputError when it tells of none."""
    flight, _ = read_flight(folder)
    names = list(dict.fromkeys(c.name.split(".")[1] for c in flight.channels if c.name.startswith("air.")))
    rooms = [name for name in names if name != "crew"]
    if not rooms:
        raise InputError(f"{folder}: tells nothing of its air; its station has no cabin, or no leg at the station")
    begin = min(c.start for c in flight.channels if c.name.startswith("air."))
    by_name: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}
    for c in flight.channels:
        if c.name.startswith("air."):
            by_name.setdefault(c.name, []).append(((c.start - begin) + c.t_s, c.values))
    t_s = np.unique(np.concatenate([t for t, _ in by_name["air.crew.pressure_pa"]]))

    def rows(quantity: str) -> np.ndarray:
        out = np.full((len(t_s), len(rooms)), np.nan)
        for i, room in enumerate(rooms):
            parts = by_name[f"air.{room}.{quantity}"]
            t, v = np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])
            out[:, i] = np.interp(t_s, t, v, left=np.nan, right=np.nan)
        return out

    books: dict[str, np.ndarray] = {}
    for leg in flight.legs:
        table = leg.studies.get("cabin_air", {})
        for i, name in enumerate(table.get("border", ())):
            kg = np.array([table[f"{s}_kg"][i] for s in ("o2", "n2", "co2", "h2o", "co")])
            books[name] = books.get(name, np.zeros(5)) + kg
    crew = {}
    for quantity in ("pressure_pa", "o2_pa", "co2_pa", "co_ppm"):
        parts = by_name[f"air.crew.{quantity}"]
        crew[quantity] = np.interp(t_s, np.concatenate([t for t, _ in parts]), np.concatenate([v for _, v in parts]))
    title = str(flight.mission.get("title", folder.name))
    return AirCurves(title, tuple(rooms), np.full(len(rooms), np.nan), t_s, rows("pressure_pa"), rows("o2_pa"),
                     rows("co2_pa"), rows("temperature_k"), rows("humidity"), books, begin, crew, crew["co_ppm"])
