"""fakel plans, flies, checks and shows a crewed visit to a space station.

Its engine is open to programs: ``fakel.propagate``, ``fakel.fit`` and what they take (see docs/orbits.md), loaded when
first used.
"""

from typing import Any

__version__ = "0.1.0"
_ENGINE = {"Arc": "api.arc", "Burn": "api.forces", "Epoch": "model.epoch", "FakelError": "model.errors",
           "FitReport": "api.fit", "FlightError": "model.errors", "Forces": "api.forces", "Frame": "model.frame",
           "InputError": "model.errors", "Met": "api.arc", "StateVector": "model.start", "fit": "api.fit",
           "propagate": "api.flight", "read_ephemeris": "api.fit"}


def __getattr__(name: str) -> Any:
    if name in _ENGINE:
        from importlib import import_module
        globals()[name] = value = getattr(import_module(f"fakel.{_ENGINE[name]}"), name)
        return value
    raise AttributeError(f"module 'fakel' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted((*globals(), *_ENGINE))
