"""Who is in reach of a craft when: passes, hand-over and counts, from element sets, ephemerides, flights or arcs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from fakel.api.arc import Arc as Propagated
from fakel.api.forces import as_epoch
from fakel.api.track import Track, track_of
from fakel.load.library import Library
from fakel.model.antenna import Antennas
from fakel.model.contact import CRAFT, GROUND, RELAY, Contact, Coverage, Pass, Service, Zone
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.flight import STATION, Arc
from fakel.model.place import Network
from fakel.physics import geodesy
from fakel.physics.light import SHADOWS
from fakel.plan import contacts as reach
from fakel.plan.ends import End, Scene, craft_end, ends_of, named, relay_end, scene_of
from fakel.plan.exclusion import zone_of_exclusion
from fakel.plan.handover import RULES, best_elevation, fewest_changes, tallies
from fakel.world import World


def network_of(name: str, mask_rad: float | None = None, antennas: str = "") -> Network:
    """A network by id or from a file; mask_rad: one plain mask for all its stations; antennas: id or file."""
    network: Network = _record(Network, name, "--network")
    if mask_rad is not None:
        ground = tuple(replace(site, elevation_mask_rad=mask_rad) for site in network.ground)
        network = replace(network, ground=ground, elevation_mask_rad=mask_rad)
    return replace(network, antennas=_record(Antennas, antennas, "--antennas")) if antennas else network


def _record(kind: type, name: str, where: str) -> Any:
    if name.endswith(".toml"):
        return Library(Path(name).parent.parent).load(kind, Path(name))
    return Library().find(kind, name, where)


def coverage(source: Track | Propagated | Arc | Path | str, network: Network | str = "iss-2013", *,
             start: Epoch | str | None = None, stop: Epoch | str | None = None, craft: str = STATION,
             only: Sequence[str] = (), other_craft: str = "", range_m: float | None = None, rule: str = "fewest",
             overlap_s: float = 0.0, shadow: str = "umbra", step_s: float = 10.0, carrier_hz: float | None = None,
             world: World | None = None) -> Coverage:
    """Passes of a craft over a network, sunlight, hand-over plan and the counts of each day.

    source: what ``from_elements`` and its like give, an arc of ``fakel.propagate``, an arc of a flight (GCRF, with its
    world), or a path to a TLE, an OEM or a flight folder. only: ids of the stations and relays that count. other_craft:
    another craft of the flight, in reach up to range_m. rule: fewest changes, or highest elevation. InputError for
    what cannot be used.
    """
    if rule not in RULES:
        raise InputError(f"rule = {rule!r} is not known; write one of: {', '.join(RULES)}")
    if shadow not in SHADOWS:
        raise InputError(f"shadow = {shadow!r} is not known; write one of: {', '.join(SHADOWS)}")
    begin, end = (as_epoch(e, where) if e is not None else None for e, where in ((start, "start"), (stop, "stop")))
    net = network_of(network) if isinstance(network, str) else network
    path = track_of(source, craft, begin, end, world)
    if net.antennas is not None and path.flown and net.antennas.craft != path.craft:
        raise InputError(f"antennas {net.antennas.id} are those of {net.antennas.craft}, not of {path.craft}; leave "
                         "them out or give the craft's own")
    scenes = [scene_of(arc, path.world, _inside(arc, begin, end)) for arc in path.arcs]
    parts = [_part(scene, net, path, only, other_craft, range_m, shadow, step_s) for scene in scenes]
    return _told(path, net, tuple(scene.window for scene in scenes), parts, rule, overlap_s, carrier_hz)


def _told(path: Track, network: Network, windows: tuple[Window, ...], parts: Sequence[_Part], rule: str,
          overlap_s: float, carrier_hz: float | None) -> Coverage:
    """The record of all stretches, with hand-over and counts."""
    pairs = sorted(((p, c) for part in parts for p, c in zip(part.passes, part.contacts, strict=True)),
                   key=lambda pair: (pair[0].window.start, pair[0].other))
    passes, contacts = tuple(p for p, _ in pairs), tuple(c for _, c in pairs)
    ends = {e.id: e for part in parts for e in part.ends}
    groups = {name: [name] for name in ends}
    groups |= {f"all {kind}": ids for kind in (GROUND, RELAY) if (ids := [i for i in ends if ends[i].kind == kind])}
    counts = [t for w in windows for t in tallies(passes, w, groups | {"all": list(ends)})]
    services = [s for w in windows for s in _served(passes, contacts, w, rule, overlap_s)]
    told = (*path.told, *(e.told for e in ends.values() if e.told))
    return Coverage(path.craft, path.source, network.id, network.name, windows, passes, contacts,
                    tuple(w for part in parts for w in part.lit), tuple(services), rule, overlap_s, tuple(counts),
                    tuple((e.id, e.name) for e in ends.values()), carrier_hz, tuple(dict.fromkeys(told)),
                    parts[len(parts) // 2].zone)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    ends: tuple[End, ...]
    passes: tuple[Pass, ...]
    contacts: tuple[Contact, ...]
    lit: tuple[Window, ...]
    zone: Zone | None


def _zone(scene: Scene, ends: Sequence[End], network: Network) -> Zone | None:
    """The zone without relay, in the middle of a scene at its mean height."""
    relays = [end for end in ends if end.kind == RELAY]
    if not relays:
        return None
    height_m = float(np.mean(geodesy.geodetic_from_itrf(scene.fixed.position_m)[2]))
    return zone_of_exclusion(scene, relays, scene.window.start + scene.window.duration_s / 2, height_m,
                             network.grazing_height_m)


def _part(scene: Scene, network: Network, path: Track, only: Sequence[str], other_craft: str,
          range_m: float | None, shadow: str, step_s: float) -> _Part:
    """One stretch of a path without gaps."""
    ends = chosen_ends(network, scene, only)
    found = list(reach.passes(scene, network, ends))
    if other_craft:
        extra = craft_ends(scene, path.others, other_craft)
        found += reach.craft_passes(scene, extra, network.grazing_height_m, range_m)
        ends = (*ends, *extra)
    lines = tuple(_line(scene, ends, p, network, step_s) for p in found)
    return _Part(ends, tuple(found), lines, reach.sunlight(scene, shadow), _zone(scene, ends, network))


def _line(scene: Scene, ends: Sequence[End], p: Pass, network: Network, step_s: float) -> Contact:
    end = next(e for e in ends if (e.kind, e.id) == (p.kind, p.other) and (e.serves & p.window) is not None)
    return reach.contact(scene, end, p.window, network, step_s)


def chosen_ends(network: Network, scene: Scene, only: Sequence[str]) -> tuple[End, ...]:
    """The ends of a network that are asked for; a relay that is asked for by name must be in service."""
    for relay in network.relays:
        if relay.id in only:
            relay_end(relay, scene)
    ends = ends_of(network, scene)
    return named(ends, only, "--only") if only else ends


def craft_ends(scene: Scene, others: Sequence[Arc], craft: str) -> tuple[End, ...]:
    """Another craft of the flight, each of its stretches that shares the scene."""
    known = sorted({arc.craft for arc in others})
    if craft not in known:
        raise InputError(f"--with = {craft!r} is not known; write one of: {', '.join(known)}" if known else
                         "--with needs a flight with another craft; give --flight")
    here = [a for a in others if a.craft == craft and Window(a.start + float(a.t_s[0]), a.stop) & scene.window]
    return tuple(craft_end(arc, scene) for arc in here)


def _served(passes: Sequence[Pass], contacts: Sequence[Contact], within: Window, rule: str, overlap_s: float
            ) -> tuple[Service, ...]:
    pairs = [(p, c) for p, c in zip(passes, contacts, strict=True) if p.kind != CRAFT]
    if rule == "fewest":
        return fewest_changes([p for p, _ in pairs], within, overlap_s)
    return best_elevation([p for p, _ in pairs], [c for _, c in pairs], within, overlap_s)


def _inside(arc: Arc, start: Epoch | None, stop: Epoch | None) -> Window:
    """The part of an arc that is asked for."""
    known = Window(arc.start + float(arc.t_s[0]), arc.stop)
    both = known & Window(start or known.start, stop or known.stop)
    if both is None:
        raise InputError(f"{arc.craft} is known from {known.start.iso()} to {known.stop.iso()}; ask inside that")
    return both
