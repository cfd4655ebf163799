"""What a flight keeps of its mission: who and what flew, in which steps, and the shape of what pictures show."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any

from fakel.model.mission import Mission, Onward
from fakel.model.place import Site, Station
from fakel.model.plain import plain, plan_as_data
from fakel.model.structure import Solid
from fakel.model.vehicle import Ship
from fakel.plan.rails import rails_of


def mission_as_data(mission: Mission) -> dict[str, Any]:
    """What a flight keeps of its mission: everything but the numbers of vehicles, which stand as ids."""
    return {
        "id": mission.id, "title": mission.title, "date": plain(mission.date), "last_date": plain(mission.last_date),
        "time_zone": mission.time_zone, "seed": mission.seed, "run": mission.run,
        "station": {"id": mission.station.id, "name": mission.station.name,
                    "ports": {p.id: p.name for p in mission.station.ports.values()},
                    "airlocks": {a.id: a.name for a in mission.station.airlocks.values()},
                    "worksites": mission.station.structure.names if mission.station.structure else {},
                    "outside": outside_as_data(mission.station)},
        "places": {s.id: place_as_data(s) for s in sites(mission)},
        "station_start": plain(mission.station_start), "ship_starts": plain(mission.ship_starts),
        "people": {p.id: plain(p) for p in mission.people.values()},
        "ships": {s.id: ship_as_data(s) for s in mission.ships.values()},
        "suits": {who: plain(suit) for who, suit in mission.suits.items()},
        "items": {i.id: plain(i) for i in mission.items.values()},
        "holders": dict(mission.holders), "onward": [onward_as_data(step) for step in mission.onward],
        "first": mission.first,
        "steps": {s.name: {"phase": s.phase, "plan": plan_as_data(s.plan), "then": dict(s.then)}
                  for s in mission.steps.values()},
        "gravity": mission.gravity, "drag": mission.drag,
        **({"dispersions": mission.chance.navigation.id} if mission.chance else {}), "russian": dict(mission.russian),
    }


def sites(mission: Mission) -> list[Site]:
    """Pads, landing zones and ground stations that the mission names, each once."""
    named = [getattr(step.plan, f.name) for step in mission.steps.values() for f in fields(step.plan)]
    ground = mission.network.ground if mission.network else ()
    return list({site.id: site for site in (*named, *ground) if isinstance(site, Site)}.values())


def place_as_data(site: Site) -> dict[str, Any]:
    """A place on the Earth, in degrees."""
    return {"name": site.name, "kind": site.kind, "latitude_deg": math.degrees(site.latitude_rad),
            "longitude_deg": math.degrees(site.longitude_rad)}


def ship_as_data(ship: Ship) -> dict[str, Any]:
    """A ship: its crew, what it weighs, and how far its probe is ahead of its centre."""
    docking = ship.vehicle.docking
    return {"name": ship.name, "vehicle": ship.vehicle.id, "vehicle_name": ship.vehicle.name, "crew": list(ship.crew),
            "seats": ship.vehicle.seats, "mass_kg": ship.mass_kg, "propellant_kg": ship.propellant_kg,
            "docked": ship.docked, "stowage": plain(ship.vehicle.stowage),
            "probe_ahead_m": docking.probe_ahead_m if docking else 0.0}


def onward_as_data(step: Onward) -> dict[str, Any]:
    """A change of hands after the landing."""
    return {name.rstrip("_"): value for name, value in plain(step).items()}


def outside_as_data(station: Station) -> dict[str, Any]:
    """Ports, and solids, hatches, worksites and handrails where the station has an outside; its LVLH axes, metres."""
    ports = {p.id: {"position_m": plain(p.position_lvlh_m), "axis": plain(p.axis_lvlh)} for p in station.ports.values()}
    shape = station.structure
    if shape is None:
        return {"ports": ports}
    spots = {kind: {key: plain(spot.position_lvlh_m) for key, spot in (found or {}).items()}
             for kind, found in (("hatches", shape.hatches), ("worksites", shape.worksites))}
    rails = rails_of(shape).at_m.round(3) if shape.moving else []
    return {"ports": ports, "solids": [solid_as_data(s) for s in shape.solids], **spots, "rails_m": plain(rails)}


def solid_as_data(solid: Solid) -> dict[str, Any]:
    """A cylinder along an axis, or a box."""
    return {"id": solid.id, "kind": solid.kind, "centre_m": plain(solid.centre_lvlh_m), "axis": solid.axis,
            "length_m": solid.length_m, "diameter_m": solid.diameter_m, "size_m": plain(2.0 * solid.half_m)}
