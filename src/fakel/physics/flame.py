"""What a flame takes from the air and gives to it: atoms and heat in balance, by hand.

Carbon goes to soot and carbon monoxide by their yields, the rest to carbon dioxide; hydrogen to water vapour; nitrogen
of a fuel to nitrogen. Heat is that of the lower heating value, at 298.15 K, of what is made.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fakel.model.arrays import FloatArray

MADE = ("o2", "n2", "co2", "h2o", "co", "soot")
"""The order of arrays over gases here; oxygen is taken, so it is negative."""
ATOM_KG = {"C": 12.011e-3, "H": 1.008e-3, "O": 15.999e-3, "N": 14.007e-3}
"""Mol masses, IUPAC 2021."""
MADE_KG = np.array([31.998e-3, 28.014e-3, 44.009e-3, 18.015e-3, 28.010e-3, 12.011e-3])
FORMATION_J_MOL = np.array([0.0, 0.0, -393_510.0, -241_826.0, -110_530.0, 0.0])
"""Heats of formation at 298.15 K, gases, soot as graphite: CODATA key values (Cox, Wagman and Medvedev 1989)."""
EXTINCTION_M2_KG = 7600.0
"""Of light by soot of a flame (NISTIR 6784)."""


def molar_kg(atoms: Mapping[str, float]) -> float:
    """Mass of a mol of fuel with so many atoms of C, H, O and N."""
    return sum(n * ATOM_KG[symbol] for symbol, n in atoms.items())


def co_yield(atoms: Mapping[str, float], soot: float) -> float:
    """kg of carbon monoxide from each kg of fuel in a flame with enough air, of its soot (kg/kg).

    Koylu and Faeth (1991), as NISTIR 6784 gives it; for hydrocarbons. No carbon gives none.
    """
    return 12.011e-3 * atoms.get("C", 0.0) / molar_kg(atoms) * (0.0014 + 0.37 * soot)


def made_kg_kg(atoms: Mapping[str, float], soot: float = 0.0, co: float = 0.0) -> FloatArray:
    """What each kg of fuel makes (6,), in the order of MADE; oxygen, which it takes, is negative.

    soot, co: kg from each kg of fuel. Raises ValueError where they would need more carbon than there is.
    """
    mass, carbon = molar_kg(atoms), atoms.get("C", 0.0)
    mol_soot, mol_co = soot * mass / MADE_KG[5], co * mass / MADE_KG[4]
    mol_co2 = carbon - mol_soot - mol_co
    if mol_co2 < -1e-12:
        raise ValueError(f"soot {soot:g} and CO {co:g} need more carbon than the fuel has; write less of them")
    mol_h2o = atoms.get("H", 0.0) / 2.0
    mol_o2 = mol_co2 + 0.5 * (mol_co + mol_h2o - atoms.get("O", 0.0))
    mols = np.array([-mol_o2, atoms.get("N", 0.0) / 2.0, mol_co2, mol_h2o, mol_co, mol_soot])
    return np.asarray(mols * MADE_KG / mass)


def heat_j_kg(atoms: Mapping[str, float], formation_j_mol: float, made: FloatArray) -> float:
    """Heat that each kg of fuel gives as it turns into what is made (6,) kg/kg: water stays vapour."""
    return float(formation_j_mol / molar_kg(atoms) - made @ (FORMATION_J_MOL / MADE_KG))


def fuel_for_oxygen_kg(made: FloatArray, oxygen_kg: float) -> float:
    """How much fuel so much oxygen burns. Infinite where the fuel brings its own."""
    return float(oxygen_kg / -made[0]) if made[0] < 0.0 else float("inf")


def extinction_1_m(soot_kg_m3: FloatArray | float) -> FloatArray:
    """How much light smoke takes from each metre, 1/m."""
    return np.asarray(EXTINCTION_M2_KG * np.asarray(soot_kg_m3, dtype=float))
