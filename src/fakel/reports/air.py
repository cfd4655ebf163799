"""Cabin air in text and as data."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.cabin_air import AirCurves
from fakel.model.plain import plain
from fakel.reports.table import heading, signed, table

MMHG_PA = 101_325.0 / 760.0
LIMITS: tuple[tuple[str, str, float, Callable[[FloatArray, float], Any], str], ...] = (
    ("CO2 above 3.62 mmHg", "co2_pa", 482.6, np.greater, "HIDH table 6.2-6"),
    ("CO2 above 4.0 mmHg", "co2_pa", 4.0 * MMHG_PA, np.greater, "24-hour mean allowed since 2010 (NASA by senseair)"),
    ("CO2 above 6.0 mmHg", "co2_pa", 6.0 * MMHG_PA, np.greater, "headaches from 4 to 4.5 mmHg on (NASA by senseair)"),
    ("oxygen below 19.5 kPa", "o2_pa", 19_500.0, np.less, "NASA standard of 1995, by uac-m.org"),
    ("oxygen below 15.17 kPa", "o2_pa", 15_168.0, np.less, "HIDH table 6.2-5"),
    ("oxygen above 23.1 kPa", "o2_pa", 23_100.0, np.greater, "NASA standard of 1995, by uac-m.org"),
    ("pressure below 20.68 kPa", "pressure_pa", 20_684.0, np.less, "HIDH table 6.2-3"),
)
"""Title, quantity, limit, how it is crossed, source."""


class LeakLike(Protocol):
    """What ``plan.cabin_leak.Leak`` tells."""

    room: str
    hole_m: float
    first_kg_s: float
    reserve_s: float
    evacuate_s: float
    tests: Any
    found: str | None
    saved_pa: float

    @property
    def found_s(self) -> float: ...
    @property
    def margin_s(self) -> float: ...


def crossings(air: AirCurves) -> list[tuple[str, str, float | None, str]]:
    """For each limit: title, the first room that crosses it, when (s; None: never), and the limit's source."""
    out = []
    for title, quantity, limit, worse, source in LIMITS:
        values = getattr(air, quantity)
        beyond = worse(np.where(np.isfinite(values), values, limit), limit)
        if air.crew is not None:                                    # nobody breathes in a vented airlock
            beyond &= worse(air.crew[quantity], limit)[:, None]
        if not beyond.any():
            out.append((title, "", None, source))
            continue
        row = int(np.flatnonzero(beyond.any(axis=1))[0])
        out.append((title, air.rooms[int(np.flatnonzero(beyond[row])[0])], float(air.t_s[row]), source))
    return out


def lines(air: AirCurves, width: int) -> list[str]:
    """Text for a terminal."""
    hours = float(air.t_s[-1]) / 3600
    rows = []
    for i, room in enumerate(air.rooms):
        kept = np.isfinite(air.o2_pa[:, i])
        if kept.any():
            o2, co2 = air.o2_pa[kept, i] / 1000, air.co2_pa[kept, i] / MMHG_PA
            rows.append((room, f"{air.pressure_pa[kept, i].min() / 1000:.2f}", f"{o2.min():.2f}", f"{co2[0]:.2f}",
                         f"{co2.max():.2f}", f"{co2[-1]:.2f}", f"{air.temperature_k[kept, i].max() - 273.15:z.1f}",
                         f"{air.humidity[kept, i].max():.0f}"))
    head = ("room", "least kPa", "least O2 kPa", "CO2 first", "most mmHg", "last", "most degC", "most rel. %")
    out = [*heading(f"Air: {air.title}, {hours:.1f} h", width), *table(head, rows, "lrrrrrrr", width)]
    if len(air.rooms) == 1:
        rise = (air.co2_pa[-1, 0] - air.co2_pa[0, 0]) / MMHG_PA / hours
        out += ["", f"CO2 {signed(rise, 3)} mmHg each hour; oxygen "
                    f"{signed((air.o2_pa[-1, 0] - air.o2_pa[0, 0]) / 1000 / hours * 24, 3)} kPa each day"]
    if air.co_ppm is not None:
        out += ["", f"CO at most {air.co_ppm.max():.2g} ppm in any room; one day may have 100 (JSC 20584 Rev C)"]
    out += heading("Limits", width)
    out += table(("limit", "first crossed", "in", "limit's source"),
                 [(t, "never" if s is None else _when(air, s), room, source) for t, room, s, source in crossings(air)],
                 "llll", width)
    out += heading("What crossed borders, kg", width)
    rows = [(name, *(f"{v:z.3f}" if abs(v) > 5e-4 else "" for v in kg[:4]), f"{kg.sum():z.3f}")
            for name, kg in air.books.items() if not name.startswith("hatch") and np.abs(kg).max() > 5e-4]
    return out + table(("border", "O2", "N2", "CO2", "water", "all"), rows, "lrrrrr", width)


def _when(air: AirCurves, t_s: float) -> str:
    return f"after {t_s / 3600:.2f} h" if air.begin is None else f"{(air.begin + t_s).iso()[:16]} UTC"


def data(air: AirCurves) -> dict[str, Any]:
    """What ``--json`` prints."""
    return {"title": air.title, "begin": None if air.begin is None else air.begin.iso(), "rooms": list(air.rooms),
            "t_s": plain(air.t_s), "pressure_pa": _table(air.pressure_pa), "o2_pa": _table(air.o2_pa),
            "co2_pa": _table(air.co2_pa), "temperature_k": _table(air.temperature_k), "humidity": _table(air.humidity),
            "limits": [{"limit": t, "room": room or None, "after_s": s, "source": source}
                       for t, room, s, source in crossings(air)],
            "co_ppm": None if air.co_ppm is None else plain(air.co_ppm),
            "borders_kg": {name: dict(zip(("o2", "n2", "co2", "h2o", "co"), map(float, kg), strict=False))
                           for name, kg in air.books.items()}}


def _table(values: FloatArray) -> list[list[float | None]]:
    return [[float(v) if math.isfinite(v) else None for v in row] for row in values]


class WaysLike(Protocol):
    """What ``plan.leak_ways.LeakWays`` tells."""

    @property
    def ships(self) -> Mapping[str, str]: ...
    @property
    def crews(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def falling(self) -> tuple[tuple[str, ...], ...]: ...
    @property
    def farthest(self) -> Mapping[str, tuple[str, float]]: ...
    @property
    def given_up(self) -> tuple[tuple[str, ...], ...]: ...


def leak_lines(found: LeakLike, cabin: Any, ways: WaysLike | None, width: int) -> list[str]:
    """Text for a terminal. ways: to the docked ships, where they are known."""
    out = [*heading(f"A hole of {1000 * found.hole_m:g} mm in {cabin.rooms[found.room].name}", width),
           f"air lost at first    {3600 * found.first_kg_s:.2f} kg/h",
           f"reserve time         {_minutes(found.reserve_s)} until oxygen is below 15.17 kPa, all hatches open",
           f"everybody in a ship  {found.evacuate_s / 60:.3g} min: "
           + ("in time" if found.evacuate_s < found.reserve_s else "TOO LATE"),
           *heading("Search: close a hatch, watch which side falls by 1 mmHg", width)]
    sides: list[tuple[str, ...]] = [()] * len(found.tests) if ways is None else [
        ("all" if len(there) == len(ways.ships) else "; ".join(ways.ships[s] for s in there) or "none",)
        for there in ways.falling]
    out += table(("hatch closed", "shut after", "known after", "falling", "steady mmHg", "leak is in",
                  *(("ships there",) if ways else ())),
                 [(t.hatch, _minutes(t.shut_s), _minutes(t.known_s), f"{t.falling_pa / MMHG_PA:.1f}",
                   f"{t.steady_pa / MMHG_PA:.1f}", ", ".join(t.leaking), *side)
                  for t, side in zip(found.tests, sides, strict=True)], "lrrrrll", width, caps={5: 40})
    out += ["", "not found: no hatch is left to close, or nothing falls" if found.found is None else
            f"found: {found.found}, shut off after {_minutes(found.found_s)}, {_minutes(found.margin_s)} "
            f"before the reserve ends; what was shut off last keeps {found.saved_pa / MMHG_PA:.0f} mmHg"]
    return out if ways is None else out + _ships_lines(found, cabin, ways, width)


def _ships_lines(found: LeakLike, cabin: Any, ways: WaysLike, width: int) -> list[str]:
    """Who reaches which ship, in sentences."""
    told = [f"{ways.ships[ship]} ({', '.join(ways.crews[ship])}): at most {_minutes(seconds)}, from "
            f"{cabin.rooms[room].name}, while all hatches are open." for ship, (room, seconds) in ways.farthest.items()]
    first: dict[str, list[str]] = {}
    for ship in ways.ships:
        shut = next((t.hatch for t, there in zip(found.tests, ways.falling, strict=True) if ship in there), "")
        if shut:
            first.setdefault(shut, []).append(ways.ships[ship])
    told += [f"Once {shut} is shut, {', '.join(ships)} {'is' if len(ships) == 1 else 'are'} on the falling side: the "
             "crew must be there too, and goes aboard if pressure comes near the limit."
             for shut, ships in first.items()]
    bare = next((t.hatch for t, there in zip(found.tests, ways.falling, strict=True) if not there), "")
    if bare:
        told.append(f"Once {bare} is shut, no ship is on the falling side: whoever goes on searching there is behind a "
                    "hatch that pressure holds shut until both sides are even. Give these rooms up, or let nobody in.")
    for part in ways.given_up[1:]:
        names = [ways.ships.get(r) or cabin.rooms[r].name for r in part]
        told.append(f"With {cabin.rooms[found.found].name} given up, {' and '.join(names)} "
                    f"{'is' if len(names) == 1 else 'are'} cut off from the rest"
                    + ("." if any(r in ways.ships for r in part) else ", without a ship."))
    return [*heading("Ships", width), *(line for text in told for line in textwrap.wrap(
        text, width, initial_indent="- ", subsequent_indent="  "))]


def _minutes(seconds: float) -> str:
    if not math.isfinite(seconds):
        return "more than 60 days"
    return f"{seconds / 60:.1f} min" if abs(seconds) < 36_000 else f"{seconds / 3600:.1f} h"


def leak_data(found: LeakLike, ways: WaysLike | None = None) -> Mapping[str, Any]:
    """What ``--json`` prints."""
    return {"room": found.room, "hole_m": found.hole_m, "first_kg_s": found.first_kg_s,
            "reserve_s": found.reserve_s if math.isfinite(found.reserve_s) else None, "evacuate_s": found.evacuate_s,
            "tests": [plain(t) for t in found.tests], "found": found.found, "found_s": found.found_s,
            "margin_s": found.margin_s if math.isfinite(found.margin_s) else None, "saved_pa": found.saved_pa,
            "ways": None if ways is None else plain(ways)}
