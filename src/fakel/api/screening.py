"""A flown way up, screened against catalogue files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from fakel.estimate.elements import satrec_from_lines
from fakel.estimate.ephemeris import places_gcrf
from fakel.load.catalogue import read_catalogue
from fakel.load.folder import read_flight
from fakel.load.library import Library
from fakel.load.omm import satrec_from_fields
from fakel.model.arrays import FloatArray
from fakel.model.ephemeris import Ephemeris
from fakel.model.epoch import Window
from fakel.model.errors import InputError
from fakel.model.flight import Arc
from fakel.model.frame import Frame
from fakel.model.screening import CatalogueErrors, Listed, Screening
from fakel.model.vehicle import Vehicle
from fakel.plan.screening import Body, Way, screen
from fakel.plan.seen_path import small_world
from fakel.world import World

PHASES = ("phasing", "rendezvous", "docking")
STATION = "25544"


def screened(flight: Path, catalogues: Sequence[Path], near_m: float = 5000.0, errors: CatalogueErrors | None = None,
             ignore: Sequence[str] = (STATION,), progress: Callable[[int, int], None] = lambda done, of: None
             ) -> Screening:
    """The way from insertion to contact against all objects of some files. ignore: catalogue numbers.

    Raises InputError for a flight without a way up, an unreadable catalogue, and a distance that is none.
    """
    if not 0.0 < near_m <= 1e6:
        raise InputError(f"--miss-km {near_m / 1000:g} is no distance to look within; write more than 0, at most 1000")
    found, _ = read_flight(flight)
    legs = [leg for leg in found.legs if leg.phase in PHASES]
    if not legs:
        raise InputError(f"{flight}: no ship flies to a station in it; give a flight with a rendezvous")
    ship = str(legs[0].plan["ship"])
    arcs = sorted((a for leg in legs for a in leg.arcs if a.craft == ship), key=lambda a: a.start)
    library = Library(None)
    vehicle: Vehicle = library.find(Vehicle, str(found.mission["ships"][ship]["vehicle"]), f"{flight}: vehicle")
    usual: CatalogueErrors = errors or library.find(CatalogueErrors, "element-sets", "errors")
    world = small_world(Window(arcs[0].start + -60.0, arcs[-1].stop + 60.0))
    objects, others, told = _read(catalogues, ignore, world, (arcs[0], arcs[-1]))
    way = Way(ship, arcs, world, vehicle.navigation)
    result = screen(way, objects, others, near_m, usual, progress)
    return replace(result, told=(*told, *result.told))


def _read(paths: Sequence[Path], ignore: Sequence[str], world: World, ends: tuple[Arc, Arc]
          ) -> tuple[list[tuple[Listed, object]], list[Body], tuple[str, ...]]:
    objects: dict[str, Listed] = {}
    others, told = [], []
    for path in paths:
        listed, ephemerides, left_out = read_catalogue(path)
        told += list(left_out)
        for one in listed:
            if one.number not in ignore and (one.number not in objects or objects[one.number].epoch < one.epoch):
                objects[one.number] = one
        others += [_of_ephemeris(e, world, ends) for e in ephemerides]
    made = [(one, satrec_from_fields(one.fields) if one.fields else satrec_from_lines(one.line1, one.line2))
            for one in objects.values()]
    return made, others, tuple(told)


def _of_ephemeris(e: Ephemeris, world: World, ends: tuple[Arc, Arc]) -> Body:
    """An object whose path a file gives. InputError when the file does not hold the way."""
    if e.start > ends[0].start or e.stop < ends[1].stop:
        raise InputError(f"{e.source} holds {e.start.iso()} to {e.stop.iso()}, the way up lasts from "
                         f"{ends[0].start.iso()} to {ends[1].stop.iso()}; give an ephemeris that holds it")
    inside = (e.t_s >= ends[0].start - e.start - 900.0) & (e.t_s <= ends[1].stop - e.start + 900.0)
    part = replace(e, t_s=e.t_s[inside], position_m=e.position_m[inside], velocity_m_s=e.velocity_m_s[inside])
    states = places_gcrf(part, world)
    n = len(part.t_s)
    arc = Arc("catalogue", e.name, Frame.GCRF, part.start, part.t_s, states[:, :3], states[:, 3:],
              np.tile([1.0, 0.0, 0.0, 0.0], (n, 1)), np.zeros(n))

    def path(t_s: FloatArray) -> FloatArray:
        turn = world.teme_from_gcrf(t_s)
        place, velocity = arc.at(t_s - world.seconds(arc.start))
        return np.concatenate([np.einsum("nij,nj->ni", turn, x) for x in (place, velocity)], axis=1)
    return Body(Listed(e.name, e.name, "UNKNOWN", e.start, "", ""), path, 0.0)
