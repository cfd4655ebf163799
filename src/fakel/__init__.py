"""fakel plans, flies, checks and shows a crewed visit to a space station.

Its engine is open to programs: ``fakel.propagate``, ``fakel.fit``, ``fakel.sightings`` and what they take (see
docs/orbits.md), loaded when first used.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if not name.startswith("_"):
        from fakel.api import WHERE
        if name in WHERE:
            globals()[name] = value = getattr(import_module(WHERE[name]), name)
            return value
    raise AttributeError(f"module 'fakel' has no attribute {name!r}")


def __dir__() -> list[str]:
    from fakel.api import WHERE
    return sorted((*globals(), *WHERE))
