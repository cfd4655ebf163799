"""How hot a flame is that loses nothing: chemical equilibrium by Cantera (extra ``fire``, BSD licence)."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from fakel.model.errors import InputError

GAS = "gri30.yaml"
"""Its 53 gases of C, H, O, N and Ar with their heats are used, not its reactions."""
TOLD = ("CO", "NO", "OH", "H2", "O2")


class FlameHeat(NamedTuple):
    """A flame in equilibrium: temperature, and mole fractions of TOLD in its gas."""

    temperature_k: float
    fractions: Mapping[str, float]


def installed() -> bool:
    """Whether the extra is there (without loading it)."""
    return importlib.util.find_spec("cantera") is not None


def adiabatic(atoms: Mapping[str, float], formation_j_mol: float, oxygen: float, with_each: Mapping[str, float],
              pressure_pa: float = 101_325.0, temperature_k: float = 298.15) -> FlameHeat:
    """A mol of fuel with so many mols of oxygen, and with each of them mols of other gases, at constant pressure.

    with_each: N2, CO2, H2O or AR. The fuel comes at 298.15 K, the air at temperature_k. A fuel counts by its atoms and
    heat of formation, so it need not be among Cantera's gases. Raises InputError without the extra, or for an
    element that Cantera's gases lack.
    """
    gas = _gas()
    known = {name.upper() for name in gas.element_names}
    for symbol in atoms:
        if symbol.upper() not in known:
            raise InputError(f"fuel: Cantera's {GAS} has no element {symbol}; write "
                             f"{', '.join(sorted(known))}")
    air = {"O2": oxygen, **{name: oxygen * n for name, n in with_each.items()}}
    gas.TPX = temperature_k, pressure_pa, air
    enthalpy = gas.enthalpy_mole * 1e-3 * sum(air.values()) + formation_j_mol
    mols = {name: n for name, n in _burnt(atoms, oxygen, air).items() if n > 0.0}
    gas.TPX = 2000.0, pressure_pa, mols
    gas.HP = enthalpy / (gas.mean_molecular_weight * 1e-3 * sum(mols.values())), pressure_pa
    gas.equilibrate("HP", rtol=1e-10)
    return FlameHeat(float(gas.T), {name: float(gas[name].X[0]) for name in TOLD})


def _burnt(atoms: Mapping[str, float], oxygen: float, air: Mapping[str, float]) -> dict[str, float]:
    """Mols to start from: carbon takes oxygen first, then hydrogen, then carbon monoxide."""
    carbon, hydrogen, free = atoms.get("C", 0.0), atoms.get("H", 0.0) / 2.0, 2.0 * oxygen + atoms.get("O", 0.0)
    burnt = min(carbon, free)
    water = min(hydrogen, free - burnt)
    dioxide = min(burnt, free - burnt - water)
    made = {"C": carbon - burnt, "CO": burnt - dioxide, "CO2": dioxide, "H2O": water, "H2": hydrogen - water,
            "O2": 0.5 * (free - burnt - water - dioxide), "N2": atoms.get("N", 0.0) / 2.0}
    return {name: made.get(name, 0.0) + (0.0 if name == "O2" else air.get(name, 0.0)) for name in {*made, *air}}


@cache
def _gas() -> Any:
    if not installed():
        raise InputError("the flame's temperature needs the extra 'fire'; pip install 'fakel[fire]'")
    import cantera
    return cantera.Solution(GAS)
