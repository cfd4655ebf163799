"""The phases of a visit. Each is a module with Plan, ENDINGS, fill and fly; none knows another."""

from __future__ import annotations

from types import ModuleType

from fakel.phases import ascent, deorbit, docking, entry, eva, landing, phasing, relocation, rendezvous, stay, undocking

PHASES: dict[str, ModuleType] = {
    "ascent": ascent,
    "phasing": phasing,
    "rendezvous": rendezvous,
    "docking": docking,
    "stay": stay,
    "eva": eva,
    "relocation": relocation,
    "undocking": undocking,
    "deorbit": deorbit,
    "entry": entry,
    "landing": landing,
}
