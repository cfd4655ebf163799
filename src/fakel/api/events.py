"""Names of events: what ``fakel.propagate`` and the command line look for on the way.

An event is written ``name[:number…][:craft[:craft]][:stop]``, such as ``sunset``, ``altitude:200000:stop`` or
``distance:1000:ship:station``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fakel.api.forces import Forces
from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.physics import conditions as when
from fakel.physics.dense import Condition, Dense
from fakel.physics.geodesy import geodetic_from_itrf
from fakel.physics.light import sunlit
from fakel.physics.powered import Thrust
from fakel.world import World

Event = str | Condition
STOP = "stop"


@dataclass(frozen=True, slots=True)
class Flight:
    """What an event of one craft may depend on."""

    world: World
    forces: Forces
    thrust: tuple[Thrust, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An event, read: its whole text, its numbers, the places of the craft that it is of, whether it stops."""

    text: str
    kind: str
    numbers: tuple[float, ...]
    craft: tuple[int, ...]
    stop: bool

    def of_one(self, flight: Flight) -> Condition:
        """For a craft's own path."""
        return replace(_ONE[self.kind][1](flight, *self.numbers), name=self.text, stop=self.stop)

    def of_two(self, other: Dense) -> Condition:
        """For the path of the first of two, from the path of the other."""
        return replace(_TWO[self.kind][1](other, *self.numbers), name=self.text, stop=self.stop)

    @property
    def needs_two(self) -> bool:
        return self.kind in _TWO


def _sun(direction: int) -> Callable[[Flight], Condition]:
    """Positive where more than half of the Sun is seen."""
    def of(flight: Flight) -> Condition:
        def seen(t_s: FloatArray, y: FloatArray) -> FloatArray:
            return sunlit(y[:, :3], when.surroundings_at(t_s, flight.world.field)[1][:, :3]) - 0.5
        return Condition("light", seen, direction)
    return of


def _elevation(flight: Flight, lat_deg: float, lon_deg: float, mask_deg: float) -> Condition:
    lat, lon, mask = (math.radians(x) for x in (lat_deg, lon_deg, mask_deg))
    return when.elevation(lat, lon, 0.0, mask, flight.world.field)


_ONE: dict[str, tuple[str, Callable[..., Condition]]] = {
    "ascending_node": ("", lambda f: when.node(f.world.field, 1)),
    "descending_node": ("", lambda f: when.node(f.world.field, -1)),
    "perigee": ("", lambda f: when.apsis(1)),
    "apogee": ("", lambda f: when.apsis(-1)),
    "sunrise": ("", _sun(1)),
    "sunset": ("", _sun(-1)),
    "altitude": ("METRES", lambda f, m: when.height(m, f.world.field)),
    "elevation": ("LAT_DEG:LON_DEG:MASK_DEG", _elevation),
    "load": ("G", lambda f, g: when.load(g, f.forces.numbers, f.world.field, f.thrust)),
}
_TWO: dict[str, tuple[str, Callable[..., Condition]]] = {
    "distance": ("METRES", when.distance),
    "closing_speed": ("M_S", when.closing_speed),
    "nearest": ("", lambda other: when.closing_speed(other, direction=1)),
    "farthest": ("", lambda other: when.closing_speed(other, direction=-1)),
    "ellipsoid": ("RADIAL_M:ALONG_M:NORMAL_M", when.ellipsoid),
}
HELP = ", ".join(name + (f":{numbers}" if numbers else "") for name, (numbers, _) in (*_ONE.items(), *_TWO.items()))
"""All events, as a person writes them."""


def read_event(text: str, names: Sequence[str]) -> Wanted:
    """An event from its text; names: of the craft. InputError that says what is wrong in it."""
    kind, *words = (word.strip() for word in str(text).split(":"))
    if kind not in _ONE and kind not in _TWO:
        raise InputError(f"event {text!r} is not known; write one of: {HELP}")
    shape = (_ONE.get(kind) or _TWO[kind])[0]
    count = len(shape.split(":")) if shape else 0
    numbers = tuple(_number(word) for word in words[:count])
    if len(numbers) < count or not np.isfinite(numbers).all():
        what = "height" if kind == "altitude" else "number" if count == 1 else "three numbers"
        raise InputError(f"event {text!r} has no {what}; write it like {kind}:{shape}")
    if kind in ("distance", "ellipsoid") and min(numbers) <= 0.0:
        raise InputError(f"event {text!r} has the length {min(numbers):g} m; it must be above zero")
    if kind == "elevation" and abs(numbers[0]) > 90.0:
        raise InputError(f"event {text!r} has the latitude {numbers[0]:g}; it must be from -90 to 90")
    rest = words[count:]
    stop = rest[-1:] == [STOP]
    said = rest[:-1] if stop else rest
    craft = tuple(_place(name, text, names) for name in said)
    if kind in _ONE:
        if len(craft) > 1:
            raise InputError(f"event {text!r} is of one craft and names {len(craft)}; leave the others out")
        return Wanted(text, kind, numbers, craft or tuple(range(len(names))), stop)
    if not craft and len(names) == 2:
        craft = (0, 1)
    if len(craft) != 2 or craft[0] == craft[1]:
        first, second = (names[0], names[-1]) if len(names) > 1 else ("ship", "station")
        raise InputError(f"event {text!r} needs two craft; fly several by name and name two of them, such as "
                         f"{kind}{':' + shape if shape else ''}:{first}:{second}")
    return Wanted(text, kind, numbers, craft, stop)


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        return math.nan


def _place(name: str, text: str, names: Sequence[str]) -> int:
    if name not in names:
        raise InputError(f"event {text!r}: no craft is called {name!r}; they are: {', '.join(names)} "
                         "(or, last, stop)")
    return names.index(name)


def height_m(t_s: FloatArray, y: FloatArray, world: World) -> FloatArray:
    """Height over WGS 84 (n,)."""
    places = np.einsum("nij,nj->ni", world.itrf_from_gcrf(t_s), np.asarray(y)[:, :3])
    return geodetic_from_itrf(places)[2]
