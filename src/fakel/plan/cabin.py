"""The air of a cabin over time: who breathes where, what is open, what runs; into physics/cabin and back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.cabin import SPACE, Cabin, Hatch
from fakel.model.errors import InputError, require_known
from fakel.physics import cabin as physics
from fakel.physics import gas
from fakel.physics.gas import CO2, CV_J_KG_K, H2O, O2, SPECIES, TORR_PA

DAY_W, DAY_S = 136.8, 86_400.0
_PER_DAY_KG = {O2: -0.835, CO2: 0.998, H2O: 2.277}
"""Of a person at DAY_W: NASA BVAD 2004 (techno-science.net); water is breath and sweat."""
LATENT_J_KG = 2.45e6
"""Heat that water takes with it as it evaporates, at 22 degC."""
MMHG_PA = TORR_PA


def breath_kg_s(watts: float) -> FloatArray:
    """What people of so much metabolic rate in all give to the air (8,); what they take is negative."""
    out = np.zeros(len(SPECIES))
    for kind, kg in _PER_DAY_KG.items():
        out[kind] = kg * watts / DAY_W / DAY_S
    return out


def body_heat_w(watts: float) -> float:
    """Heat to the air, without what goes with water."""
    return float(watts - LATENT_J_KG * breath_kg_s(watts)[H2O])


@dataclass(frozen=True, slots=True, eq=False)
class Air:
    """Masses (8,) and temperature of each room, and what each cartridge has taken."""

    mass_kg: Mapping[str, FloatArray]
    temperature_k: Mapping[str, float]
    used_kg: Mapping[str, float] = field(default_factory=dict)

    def __or__(self, other: Air) -> Air:
        return Air({**self.mass_kg, **other.mass_kg}, {**self.temperature_k, **other.temperature_k},
                   {**self.used_kg, **other.used_kg})


@dataclass(frozen=True, slots=True)
class Stretch:
    """So long everything is steady.

    watts: metabolic rate of all people in a room. shut: hatches that are closed. off: devices that stand still. pumps:
    (from, to, m3/s); holes: (from, to, effective m2); to may be space. supply: room to (8,) kg/s, such as of a fire;
    heat_w: room to W.
    """

    duration_s: float
    watts: Mapping[str, float] = field(default_factory=dict)
    shut: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    pumps: tuple[tuple[str, str, float], ...] = ()
    holes: tuple[tuple[str, str, float], ...] = ()
    supply: Mapping[str, FloatArray] = field(default_factory=dict)
    heat_w: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """The air at n instants: masses (n, V, 8), temperatures (n, V); rooms and volumes (V,) in the same order.

    books: what crossed borders in all, by name: kg of each gas (8,) and J as ``(kg, J)``. used_kg: of cartridges.
    """

    rooms: tuple[str, ...]
    volume_m3: FloatArray
    t_s: FloatArray
    mass_kg: FloatArray
    temperature_k: FloatArray
    books: Mapping[str, tuple[FloatArray, float]]
    used_kg: Mapping[str, float]
    steps: int

    @property
    def partial_pa(self) -> FloatArray:
        """(n, V, 8)."""
        return gas.partial_pa(self.mass_kg, self.temperature_k, np.broadcast_to(self.volume_m3,
                                                                               self.temperature_k.shape))

    @property
    def pressure_pa(self) -> FloatArray:
        """(n, V)."""
        return np.asarray(self.partial_pa.sum(axis=-1))

    @property
    def humidity(self) -> FloatArray:
        """Relative, in percent (n, V)."""
        full = np.array([[gas.saturation_pa(float(t)) for t in row] for row in self.temperature_k])
        return np.asarray(100.0 * self.partial_pa[..., H2O] / full)

    @property
    def energy_j(self) -> FloatArray:
        """(n,)."""
        return np.asarray((self.mass_kg @ CV_J_KG_K * self.temperature_k).sum(axis=-1))

    def whole(self) -> FloatArray:
        """Partial pressures if all were mixed (n, 8)."""
        return np.asarray((self.partial_pa * self.volume_m3[:, None]).sum(axis=1) / self.volume_m3.sum())

    def at_end(self) -> Air:
        return Air({r: self.mass_kg[-1, i] for i, r in enumerate(self.rooms)},
                   {r: float(self.temperature_k[-1, i]) for i, r in enumerate(self.rooms)}, self.used_kg)


def fresh(cabin: Cabin) -> Air:
    """The cabin's air at the start."""
    partial = np.zeros(len(SPECIES))
    partial[O2], partial[CO2], partial[H2O] = cabin.o2_pa, cabin.co2_pa, cabin.h2o_pa
    partial[gas.N2] = cabin.pressure_pa - partial.sum()
    return Air({r.id: gas.filling_kg(r.volume_m3, partial, cabin.temperature_k) for r in cabin.rooms.values()},
               dict.fromkeys(cabin.rooms, cabin.temperature_k))


def joined(cabin: Cabin, ships: Mapping[str, tuple[Cabin, str | None]]) -> Cabin:
    """A station's inside with those of ships, each one room named as the ship; docked where a room of it is given.

    The hatch of a docked ship is called as the ship. Names of a ship's devices get the ship's name before them.
    """
    for name, (inside, room) in ships.items():
        if len(inside.rooms) != 1:
            raise InputError(f"{name}: the inside of {inside.name} has {len(inside.rooms)} rooms; write a ship as one")
        only = next(iter(inside.rooms.values()))
        hatch = {} if room is None else {name: Hatch(name, (room, name), "docking", 0.8, cabin.hatch_stir_m3_s)}
        moved = {kind: {f"{name}.{d.id}": replace(d, id=f"{name}.{d.id}", room=name)
                        for d in getattr(inside, kind).values()} for kind in ("scrubbers", "generators", "condensers")}
        cabin = replace(cabin, rooms={**cabin.rooms, name: replace(only, id=name)}, hatches={**cabin.hatches, **hatch},
                        **{kind: {**getattr(cabin, kind), **more} for kind, more in moved.items()})
    return cabin


def course(cabin: Cabin, start: Air, stretches: Sequence[Stretch], step_s: float = 600.0) -> Course:
    """The air along the stretches, with an instant each step_s and at each stretch's end.

    Raises InputError for a stretch that names a room, hatch or device which is not there, or an amount that cannot be.
    """
    rooms = tuple(cabin.rooms)
    mass = np.array([start.mass_kg[r] for r in rooms])
    temp = np.array([start.temperature_k[r] for r in rooms])
    used, books = dict(start.used_kg), {}
    times, masses, temps, began, steps = [np.zeros(1)], [mass[None]], [temp[None]], 0.0, 0
    for stretch in stretches:
        check(cabin, stretch)
        if stretch.duration_s <= 0.0:
            continue
        net, names = network(cabin, stretch, used)
        n = max(1, math.ceil(stretch.duration_s / step_s - 1e-9))
        t_s = np.minimum(np.arange(n + 1) * step_s, stretch.duration_s)
        rows, taken = physics.march(net, physics.first_state(net, mass, temp), t_s)
        steps += taken
        mass, temp = _told(net, rows)
        times.append(began + t_s[1:])
        masses.append(mass[1:])
        temps.append(temp[1:])
        mass, temp, began = mass[-1], temp[-1], began + stretch.duration_s
        _book(net, rows[-1], names, books, used, cabin)
    return Course(rooms, np.array([cabin.rooms[r].volume_m3 for r in rooms]), np.concatenate(times),
                  np.concatenate(masses), np.concatenate(temps), books, used, steps)


def check(cabin: Cabin, stretch: Stretch) -> None:
    """Raises InputError, in one line, for what a stretch cannot ask of a cabin."""
    if not stretch.duration_s >= 0.0:
        raise InputError(f"a stretch cannot last {stretch.duration_s:g} s; write 0 or more")
    devices = {*cabin.scrubbers, *cabin.generators, *cabin.condensers}
    for name in stretch.shut:
        require_known("hatch", name, cabin.hatches)
    for name in stretch.off:
        require_known("device", name, devices)
    for what, table in (("people's watts", stretch.watts), ("supply", stretch.supply), ("heat_w", stretch.heat_w)):
        for room in table:
            require_known(f"{what}: room", room, cabin.rooms)
    for room, watts in stretch.watts.items():
        if not watts >= 0.0:
            raise InputError(f"people in {room} cannot work at {watts:g} W; write 0 or more")
    for what, rows in (("pump", stretch.pumps), ("hole", stretch.holes)):
        for from_, to, amount in rows:
            require_known(f"{what} from", from_, cabin.rooms)
            require_known(f"{what} to", to, {*cabin.rooms, SPACE})
            if not amount >= 0.0:
                raise InputError(f"a {what} from {from_} of {amount:g} cannot be; write 0 or more")


@dataclass(frozen=True, slots=True)
class _Names:
    links: tuple[str, ...]
    sinks: tuple[str, ...]
    feeds: tuple[str, ...]


def network(cabin: Cabin, stretch: Stretch, used_kg: Mapping[str, float]) -> tuple[physics.Net, _Names]:
    """The numbers of one stretch, and the names of its openings, removers and feeds."""
    at = {room: i for i, room in enumerate(cabin.rooms)}
    at[SPACE] = -1
    whole_m3 = cabin.volume_m3
    links: list[tuple[str, int, int, float, float, float]] = [
        (f"hatch {h.id}", at[h.between[0]], at[h.between[1]], gas.DISCHARGE * h.area_m2, h.stir_m3_s, 0.0)
        for h in cabin.hatches.values() if h.open and h.id not in stretch.shut]
    links += [(f"pump {a} to {b}", at[a], at[b], 0.0, 0.0, q) for a, b, q in stretch.pumps]
    links += [(f"hole {a} to {b}", at[a], at[b], area, 0.0, 0.0) for a, b, area in stretch.holes]
    if cabin.leak_kg_s > 0.0:
        area = gas.leak_area_m2(cabin.leak_kg_s)
        links += [("leak", at[r.id], -1, area * r.volume_m3 / whole_m3, 0.0, 0.0) for r in cabin.rooms.values()]
    sinks = [(s.id, at[s.room], SPECIES.index(s.gas), s.flow_m3_s * s.efficiency, math.nan,
              math.inf if s.max_kg_s is None else s.max_kg_s,
              math.inf if s.capacity_kg is None else max(s.capacity_kg - used_kg.get(s.id, 0.0), 0.0))
             for s in cabin.scrubbers.values() if s.on and s.id not in stretch.off]
    sinks += [(c.id, at[c.room], H2O, c.flow_m3_s, c.dew_k, c.max_kg_s, math.inf)
              for c in cabin.condensers.values() if c.on and c.id not in stretch.off]
    sinks += [("film on walls", i, H2O, cabin.rooms[r].volume_m3 / 600.0, 0.0, math.inf, math.inf)
              for i, r in enumerate(cabin.rooms)]                       # what is above saturation, in ten minutes
    feeds = [(g.id, at[g.room], O2, g.max_kg_s, g.full_pa, g.none_pa, 0, g.heat_j_kg)
             for g in cabin.generators.values() if g.on and g.id not in stretch.off]
    supply, heat_w = np.zeros((len(cabin.rooms), len(SPECIES))), np.zeros(len(cabin.rooms))
    for room, watts in stretch.watts.items():
        supply[at[room]] += breath_kg_s(watts)
        heat_w[at[room]] += body_heat_w(watts)
    supply += _traces_kg_s(cabin, stretch)
    for room, kg_s in stretch.supply.items():
        supply[at[room]] += kg_s
    for room, watts in stretch.heat_w.items():
        heat_w[at[room]] += watts
    net = physics.Net(np.array([r.volume_m3 for r in cabin.rooms.values()]),
                      np.array([r.to_wall_w_k for r in cabin.rooms.values()]),
                      np.full(len(cabin.rooms), cabin.wall_k), supply, heat_w,
                      *_columns(links, "iifff"), *_columns(sinks, "iiffff"), *_columns(feeds, "iifffif"))
    return net, _Names(*(tuple(row[0] for row in rows) for rows in (links, sinks, feeds)))


def _traces_kg_s(cabin: Cabin, stretch: Stretch) -> FloatArray:
    """What people give off where they are, and things in every room by its volume (V, 8)."""
    out, whole_m3 = np.zeros((len(cabin.rooms), len(SPECIES))), cabin.volume_m3
    for load in cabin.traces.values():
        for i, room in enumerate(cabin.rooms.values()):
            out[i, SPECIES.index(load.gas)] += (load.person_kg_s * stretch.watts.get(room.id, 0.0) / DAY_W
                                                + load.things_kg_s * room.volume_m3 / whole_m3)
    return out


def _columns(rows: Sequence[Any], kinds: str) -> list[Any]:
    return [np.array([row[k + 1] for row in rows], dtype=np.int64 if kind == "i" else float)
            for k, kind in enumerate(kinds)]


def _told(net: physics.Net, rows: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Masses and temperatures; an empty room has its wall's."""
    where = physics.layout_of(net)
    mass = rows[:, :where.energy].reshape(len(rows), len(net.volume_m3), len(SPECIES))
    held = mass @ CV_J_KG_K
    bare = held < 1e-3 * net.volume_m3
    return mass, np.where(bare, net.wall_k, rows[:, where.energy:where.links] / np.maximum(held, 1e-9))


def _book(net: physics.Net, x: FloatArray, names: _Names, books: dict[str, tuple[FloatArray, float]],
          used: dict[str, float], cabin: Cabin) -> None:
    where, s = physics.layout_of(net), len(SPECIES)

    def add(name: str, kg: FloatArray, joule: float) -> None:
        old = books.get(name, (np.zeros(s), 0.0))
        books[name] = (old[0] + kg, old[1] + joule)

    for name, row in zip(names.links, x[where.links:where.sinks].reshape(-1, s + 1), strict=True):
        add(name, row[:s], float(row[s]))
    for name, kind, row in zip(names.sinks, net.sink_species, x[where.sinks:where.feeds].reshape(-1, 2), strict=True):
        add(name, np.eye(s)[kind] * row[0], float(row[1]))
        if name in cabin.scrubbers and cabin.scrubbers[name].capacity_kg is not None:
            used[name] = used.get(name, 0.0) + float(row[0])
    for name, kind, row in zip(names.feeds, net.feed_species, x[where.feeds:where.supply].reshape(-1, 2), strict=True):
        add(name, np.eye(s)[kind] * row[0], float(row[1]))
    rows = x[where.supply:where.walls].reshape(-1, s + 1)
    add("people and fires", rows[:, :s].sum(axis=0), float(rows[:, s].sum()))
    add("walls", np.zeros(s), float(x[where.walls:].sum()))


def with_candles(cabin: Cabin, stretch: Stretch, count: int) -> list[Stretch]:
    """The stretch with so many oxygen candles burnt in it, evenly, each in the room where most people live.

    Raises InputError for a cabin without candles, fewer than none, or more than burn one after another.
    """
    if count == 0:
        return [stretch]
    candle = next(iter(cabin.candles.values()), None)
    if candle is None:
        raise InputError(f"--candles: {cabin.name} has none; give its file [candles.NAME]")
    most = int(stretch.duration_s // candle.burn_s)
    if not 0 < count <= most:
        raise InputError(f"--candles {count} cannot be; write 0 to {most}: each burns {candle.burn_s / 60:g} min, one "
                         "after another")
    room, oxygen = max(cabin.people, key=lambda name: cabin.people[name]), np.zeros(len(SPECIES))
    oxygen[O2] = candle.oxygen_kg / candle.burn_s
    lit = replace(stretch, duration_s=candle.burn_s, supply={room: oxygen},
                  heat_w={room: candle.heat_j / candle.burn_s})
    dark = replace(stretch, duration_s=stretch.duration_s / count - candle.burn_s)
    return [lit, dark] * count


def one_room(volume_m3: float, scrubbed_by: Cabin | None = None, **start: float) -> Cabin:
    """A cabin of one room; scrubbed_by: all devices of that cabin stand in it. start: its air, as Cabin's fields.

    Raises InputError for a volume, an amount or oxygen that cannot be.
    """
    from fakel.model.cabin import Room
    try:
        room = Room("cabin", "Cabin", volume_m3, "given")
        kinds: dict[str, dict[str, Any]] = {} if scrubbed_by is None else {
            kind: {d.id: replace(d, room="cabin") for d in getattr(scrubbed_by, kind).values()}
            for kind in ("scrubbers", "generators", "condensers")}
        if scrubbed_by is not None:
            kinds |= {"candles": dict(scrubbed_by.candles), "traces": dict(scrubbed_by.traces)}
        return Cabin("cabin", "One room", "given", {"cabin": room}, {"cabin": 1.0}, **kinds, **start)  # type: ignore[arg-type]
    except ValueError as error:
        raise InputError(str(error)) from error
