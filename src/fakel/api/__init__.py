"""The engine for Python programs: fly states, fit orbits. Reached as ``fakel.propagate``, ``fakel.fit`` and so on; each
module is loaded when first used."""
