"""fakel plans, flies, checks and shows a crewed visit to a space station.

Its engine is open to programs: ``fakel.propagate``, ``fakel.fit`` and what they take (see docs/orbits.md), loaded when
first used.
"""

from typing import Any

__version__ = "0.1.0"
_ENGINE = ("Arc", "Epoch", "FakelError", "FitReport", "FlightError", "Forces", "Frame", "InputError", "Met",
           "SightingReport", "StateVector", "TransitReport", "coverage", "downlink", "fit", "helmet_cameras",
           "link_along", "link_budget", "link_of", "propagate", "read_ephemeris", "sightings", "transits")


def __getattr__(name: str) -> Any:
    if name in _ENGINE:
        from fakel.kernels import forget_stale
        forget_stale()
        from fakel import api
        return getattr(api, name)
    raise AttributeError(f"module 'fakel' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted((*globals(), *_ENGINE))
