"""A flame's numbers in sentences that can be said aloud."""

from __future__ import annotations

from collections.abc import Callable

from fakel.model.burn import BurnReport, Scenario

BREATH_O2_KG_H, BREATH_CO2_KG_H = 0.835 / 24.0, 0.998 / 24.0
"""Of a person: NASA BVAD 2004."""
SPACE_AIR_KG_M3, SPACE_PA = 2.8e-12, 1.5e-6
"""At 400 km: US Standard Atmosphere 1976. Only a part of it is oxygen, most of that in single atoms."""
KETTLE_W = 2000.0
FELT_MMHG = 0.5
"""People notice 3000 ppm, 2.3 mmHg (senseair.com, NASA); the cabin has 1 to 2 less than that."""


def answer(report: BurnReport) -> str:
    """Yes or no, and the first reason."""
    if report.place == "outside":
        return "It cannot burn: there is no oxygen outside."
    if report.place == "ground":
        return "Yes, in open air: the wind brings oxygen and carries everything away."
    if report.oxygen_share < report.flame.fuel.out_below_o2:
        return (f"It cannot burn: {100 * report.oxygen_share:.1f} % of oxygen is less than the "
                f"{100 * report.flame.fuel.out_below_o2:.1f} % that this flame needs.")
    if report.flame.mass_kg == 0.0:
        return "There is nothing to burn."
    return "It would burn, and that is why nobody may light it."


def words(report: BurnReport, people: int) -> tuple[str, ...]:
    """What it means, for a class."""
    found: dict[str, Callable[[], list[str]]] = {"outside": lambda: _outside(report), "ground": lambda: _ground(report)}
    return tuple(found.get(report.place, lambda: _inside(report, people))())


def _outside(report: BurnReport) -> list[str]:
    side_km = report.air_m3 ** (1 / 3) / 1e3
    return [f"A flame takes its oxygen from the air. At 400 km the air presses with {1e6 * SPACE_PA:.1f} millionths of "
            "a pascal, seventy thousand million times less than down here.",
            f"All the thin air of a cube {side_km:.1f} km long, wide and high would be needed for these "
            f"{1e3 * report.flame.mass_kg:.0f} g of fuel, were it oxygen alone.",
            "The gas would stream out of the torch, cold and unseen, and push it a little, as a jet does.",
            "A rocket burns there because it brings its own oxygen."]


def _ground(report: BurnReport) -> list[str]:
    return [f"It takes the oxygen of {report.air_m3:.1f} m3 of air, a cube {report.air_m3 ** (1 / 3):.1f} m long. "
            "Outdoors a breath of wind brings that in a second.",
            "Hot gas is light and rises, fresh air follows from below: that makes the tongue of the flame. Without "
            "weight nothing rises, and a flame becomes a small blue ball."]


def _inside(report: BurnReport, people: int) -> list[str]:
    if not report.scenarios:
        return ["Nothing is taken from the air and nothing added: the numbers above are what would be, if it burnt."]
    made, minutes = report.amounts, report.flame.burn_s / 60.0
    watts = made.clean_heat_j / report.flame.burn_s
    told = [f"{1e3 * report.flame.mass_kg:.0f} g of {report.flame.fuel.name.lower()} in {minutes:.0f} minutes give "
            f"{watts / 1e3:.1f} kW, as {watts / KETTLE_W:.1f} electric kettles do, and "
            f"{1e3 * made.clean_kg[3]:.0f} g of water."]
    if people > 0:
        told.append(f"The flame takes {1e3 * -made.clean_kg[0]:.0f} g of oxygen, what {people} people breathe in "
                    f"{-made.clean_kg[0] / (people * BREATH_O2_KG_H):.1f} hours, and makes "
                    f"{1e3 * made.clean_kg[2]:.0f} g of carbon dioxide, as they do in "
                    f"{made.clean_kg[2] / (people * BREATH_CO2_KG_H):.1f} hours.")
    for volume in report.mixed:
        told.append(f"Mixed evenly in {volume.name} ({volume.volume_m3:.0f} m3) that is {volume.co2_mmhg:+.2g} mmHg of "
                    f"carbon dioxide and {volume.o2_points:+.2g} points of oxygen.")
    told += [_story(scenario) for scenario in report.scenarios]
    if len(report.mixed) > 1 and report.mixed[-1].co2_mmhg < FELT_MMHG:
        told.append("So the gas alone would hardly be felt in the whole cabin. Fire is forbidden for what it does "
                    "nearby: heat, smoke and poison in rooms that nobody leaves for fresh air, near things that burn.")
    return told


def _story(scenario: Scenario) -> str:
    seen = min(scenario.alarms_s.values(), default=None)
    told = f"With {scenario.name}: "
    told += f"smoke is seen after {seen:.0f} s" if seen is not None else "smoke is never seen"
    told += f", the air there gets {scenario.air['temperature_c'].max():.0f} degC warm"
    told += f", carbon dioxide reaches {scenario.air['co2_mmhg'].max():.1f} mmHg"
    if scenario.starved:
        told += f", and after {scenario.out_s / 60:.1f} min the flame dies for want of oxygen"
    fit = "; the air there is not fit again within these hours" if scenario.fit_s is None else \
        f"; its air is fit again after {scenario.fit_s / 3600:.1f} h" if scenario.fit_s > 0.0 else ""
    return f"{told}{fit}. {_cleaned(scenario)}".rstrip()


def _cleaned(scenario: Scenario) -> str:
    """How long the filters work."""
    names = {"co2": "carbon dioxide", "co": "carbon monoxide", "soot": "soot"}
    told = [f"{seconds / 3600:.0f} h for {names[gas]}" for gas, seconds in scenario.cleaned_s.items() if seconds]
    return f"To take nine tenths of it out of the air takes {', '.join(told)}." if told else ""
