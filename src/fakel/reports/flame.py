"""Could we light it, in text and as data."""

from __future__ import annotations

import textwrap
from typing import Any

from fakel.model.burn import BurnReport, Crossing, Scenario
from fakel.model.plain import plain
from fakel.reports.table import heading, table

UNITS = {"co2_mmhg": "mmHg", "co_ppm": "ppm", "o2_kpa": "kPa", "o2_percent": "%", "smoke_1_m": "1/m",
         "temperature_c": "degC", "pressure_kpa": "kPa"}
NAMES = {"co2": "CO2", "co": "CO"}
NO_EXTRA = "needs the extra 'fire': pip install 'fakel[fire]'"


def lines(report: BurnReport, width: int) -> list[str]:
    """Text for a terminal."""
    flame = report.flame
    asked = (f"{flame.name}: {1e3 * flame.mass_kg:g} g of {flame.fuel.name.lower()} in {flame.burn_s / 60:g} min, "
             f"{report.where}.")
    out = [*heading("Could we light it?", width),
           *(line for text in (asked, report.answer) for line in textwrap.wrap(text, width)), ""]
    out += _flame(report, width)
    if report.mixed:
        out += _mixed(report, width)
    for scenario in report.scenarios:
        out += _scenario(scenario, width)
    if report.rules:
        out += ["", *textwrap.wrap(f"Rules broken: {', '.join(report.rules)}", width)]
    out += [*heading("In plain words", width), *(line for text in report.why for line in _item(text, width))]
    return out + [*heading("What is assumed", width), *(line for text in report.assumed for line in _item(text, width))]


def _item(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="- ", subsequent_indent="  ")


def _flame(report: BurnReport, width: int) -> list[str]:
    made = report.amounts
    rows = [(name, f"{1e3 * sign * clean:.1f} g", f"{1e3 * sign * smoky:.1f} g")
            for name, sign, clean, smoky in (("oxygen taken", -1, made.clean_kg[0], made.made_kg[0]),
                                             ("carbon dioxide", 1, made.clean_kg[2], made.made_kg[2]),
                                             ("water", 1, made.clean_kg[3], made.made_kg[3]),
                                             ("carbon monoxide", 1, made.clean_kg[4], made.made_kg[4]),
                                             ("soot", 1, made.clean_kg[5], made.made_kg[5]))]
    rows.append(("heat", f"{made.clean_heat_j / 1e6:.3f} MJ", f"{made.heat_j / 1e6:.3f} MJ"))
    rows.append(("power", f"{made.clean_heat_j / report.flame.burn_s / 1e3:.2f} kW",
                 f"{made.heat_j / report.flame.burn_s / 1e3:.2f} kW"))
    burns = report.place == "ground" or bool(report.scenarios)
    out = table(("all of it burnt" if burns else "if all of it burnt", "clean", "with its soot"), rows, "lrr", width)
    if report.temperature_k is not None:
        out.append(f"flame that loses no heat: {report.temperature_k:.0f} K ({report.temperature_k - 273.15:.0f} degC)"
                   ", by Cantera")
    elif report.oxygen_share >= report.flame.fuel.out_below_o2:
        out.append(f"temperature of the flame: {NO_EXTRA}")
    return out


def _mixed(report: BurnReport, width: int) -> list[str]:
    rows = [(m.name, f"{m.volume_m3:g} m3", f"{m.co2_mmhg:+.3g} mmHg", f"{m.o2_points:+.2g}",
             f"{m.water_mmhg:+.2g} mmHg", f"{m.rise_k:+.3g} K", f"{1e3 * m.most_fuel_kg:.0f} g") for m in report.mixed]
    return ["", *table(("mixed at once, burnt clean", "volume", "CO2", "O2, points", "water", "heat, no walls",
                        "most that burns"), rows, "lrrrrrr", width)]


def _scenario(scenario: Scenario, width: int) -> list[str]:
    out = [*heading(f"With {scenario.name}", width)]
    out.append(f"flame        {'starves' if scenario.starved else 'burns out'} after {scenario.out_s / 60:.1f} min, "
               f"{1e3 * scenario.flame.fuel_kg:.1f} g burnt; oxygen left in the room, at least "
               f"{scenario.oxygen_left_kg:.2f} kg")
    if scenario.opened_s is not None:
        out.append(f"hatches      opened after {scenario.opened_s / 60:.0f} min")
    seen = ", ".join(f"{room} {_when(at)}" for room, at in scenario.alarms_s.items())
    out += textwrap.wrap(f"smoke seen   {seen or 'nowhere'}", width, subsequent_indent=" " * 13)
    out.append("air fit      " + ("not within these hours" if scenario.fit_s is None else
                                  f"in {scenario.room} after {_when(scenario.fit_s)}: each limit that the flame broke "
                                  "is kept again" if scenario.fit_s else "always"))
    if scenario.cleaned_s:
        out.append("air clean    nine tenths gone of its " + ", ".join(
            f"{NAMES.get(gas, gas)} " + ("not within these hours" if at is None else f"after {_when(at)}")
            for gas, at in scenario.cleaned_s.items()))
    rows = [_row(c) for c in scenario.crossings]
    return out + ["", *table(("rule", "what", "limit", "worst", "", "from", "until"), rows, "lllrlrr", width)]


def _row(c: Crossing) -> tuple[str, ...]:
    unit = UNITS[c.quantity]
    state = "kept" if not c.broken else "broken before" if c.before else "BROKEN"
    return (c.rule, c.name, f"{c.op} {c.limit:g} {unit}", f"{c.worst:.3g}", state,
            "" if c.from_s is None else _when(c.from_s),
            "" if not c.broken else "still so" if c.until_s is None else _when(c.until_s))


def _when(seconds: float) -> str:
    if seconds < 120.0:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200.0 else f"{seconds / 3600:.1f} h"


def data(report: BurnReport) -> dict[str, Any]:
    """What ``--json`` prints."""
    told: dict[str, Any] = plain(report)
    return told
