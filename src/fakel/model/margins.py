"""What may go wrong outside, what is supposed of it, and what that leaves in hand at every minute."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError

CASES: Mapping[str, str] = {
    "terminate": "the walk is ended in order: work is secured, then back",
    "abort": "back at once, the reserve oxygen counts",
    "carried": "one cannot move, the other brings them in",
    "leak": "the suit leaks",
    "absorber": "the absorber takes no more carbon dioxide; purging on the reserve",
    "fan": "no gas moves in the suit; purging on the reserve",
    "cooling": "the cooler fails, the body stores heat",
    "water": "water collects in the helmet",
    "silence": "no voice when the next link should be there; after a wait the walk is ended in order",
    "stuck": "the task under way takes longer, all else follows later",
    "item": "a thing is missed and looked for",
}
"""Case to what happens."""


@dataclass(frozen=True, slots=True)
class Troubles:
    """What is supposed of each trouble. No value is published; all are inputs.

    react_s: from the trouble to the call. tidy_s: work is secured before an orderly return. ingress_s: all in and the
    hatch closed, once they are there. carry_share: speed along handrails with a helpless partner, of the usual one.
    return_w on the way back, idle_w before it
    and in the airlock, carry_w, helpless_w: metabolic rates. leak_kg_s: oxygen out of a suit. water_m3_s: into the
    helmet. wait_s: silence, once a link should be there, until the walk is ended. stuck_s, search_s: time lost.
    """

    react_s: float = 120.0
    tidy_s: float = 300.0
    ingress_s: float = 600.0
    carry_share: float = 0.5
    return_w: float = 380.0
    idle_w: float = 250.0
    carry_w: float = 500.0
    helpless_w: float = 137.0
    leak_kg_s: float = 1.0 / 3600
    water_m3_s: float = 1e-3 / 3600
    wait_s: float = 900.0
    stuck_s: float = 1800.0
    search_s: float = 600.0

    def __post_init__(self) -> None:
        above_0 = ("carry_share", "return_w", "idle_w", "carry_w", "helpless_w")
        for f in fields(self):
            value = getattr(self, f.name)
            if not 0.0 <= value < math.inf or (f.name in above_0 and value == 0.0):
                least = "more than 0" if f.name in above_0 else "0 or more"
                raise InputError(f"{f.name} = {value:g} cannot be; write {least}")


@dataclass(frozen=True, slots=True, eq=False)
class Margin:
    """One trouble of one person, begun at each of n minutes.

    inside_s (n,): from the trouble until they breathe the airlock's air again. lasts_s: for each store (n,) how long it
    lasts from the trouble on. A margin is the one less the other. at_hatch_s: for each walker (n,) the arrival at the
    hatch; nothing where nobody goes back.
    """

    case: str
    person: str
    inside_s: FloatArray
    lasts_s: Mapping[str, FloatArray]
    at_hatch_s: Mapping[str, FloatArray] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Worst:
    """The worst minute of a trouble: the store that ends first, and by how much it outlasts the way in."""

    case: str
    person: str
    minute: float
    store: str
    inside_s: float
    margin_s: float
    short_minutes: float
