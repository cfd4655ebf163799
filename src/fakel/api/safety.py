"""The whole passive-safety report of a flown way to a station, or of a mission that is flown for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from fakel.campaign.rendezvous import case_of
from fakel.fly import fly_legs
from fakel.load.folder import read_flight
from fakel.load.library import Library
from fakel.load.mission import load_mission, mission_path
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import STATION, Arc, Leg, Table
from fakel.model.place import Station
from fakel.model.safety import Curve, SafetyReport
from fakel.model.vehicle import Ship, Vehicle
from fakel.physics.frames import rtn_from_gcrf, rtn_from_lvlh, unit
from fakel.plan.burn_covariance import AtBurns, at_burns
from fakel.plan.burns import Burn
from fakel.plan.climbing import Flown, drift_tables, fly_burns, free_drift
from fakel.plan.craft import cd_area_m2
from fakel.plan.dispersed import known_covariance
from fakel.plan.drift import STEP_S, Drift
from fakel.plan.passive import Door, study_way
from fakel.plan.plume import plume_table
from fakel.plan.proximity import Approach, Bodies, Pair, Pulse
from fakel.plan.start import mission_world
from fakel.world import World, build_world

PHASES = ("phasing", "rendezvous", "docking")
MARGIN_S = 2.5 * 86_400.0


def safety(path: str) -> SafetyReport:
    """The report of a folder that ``fakel fly`` wrote, or of a mission by its name or file.

    Raises InputError where no ship flies to a station.
    """
    told = _of_flight(Path(path)) if (Path(path) / "flight.json").exists() else _of_mission(path)
    ship, station, legs, world, spreads, dispersed = told
    tables: dict[str, Mapping[str, Table]] = {}
    known: FloatArray | None = None
    curves: list[Curve] = []
    for leg in legs:
        if leg.phase == "docking":
            ends = [spread.known_at_end for spread in spreads.values()]
            known = ends[-1] if ends else _carried(leg, ship.id, dispersed)
            tables[leg.step], found = _way(leg, ship, station, world, known)
        else:
            tables[leg.step], found = _climb(leg, ship, station, world, spreads.get(leg.step))
        curves += [Curve(leg.step, d.burn, d.case, STEP_S, d.path[:, :3], d.verdict) for d in found]
    navigation = ship.vehicle.navigation
    assumed = () if navigation is None else (
        f"errors: {navigation.name}, {navigation.confidence}: {navigation.source}",
        f"three sigma: {_knowledge(bool(spreads), known is not None)}")
    return SafetyReport(ship.name, tables, tuple(curves), assumed)


def _knowledge(climb: bool, carried: bool) -> str:
    """What three sigma are taken of."""
    if climb:
        return "the climb's linear covariance at its burns and the aim, one radar fix after that"
    aim = "; at the aim what this flight's filter knew" if carried else ""
    return f"one fix at each burn{aim}; give the mission, not the flight, for the climb's covariance"


Told = tuple[Ship, Station, list[Leg], World, dict[str, AtBurns], bool]
"""Ship, station, legs, world, the climb's covariance by leg, and whether errors were flown."""


def _of_flight(folder: Path) -> Told:
    flight, _ = read_flight(folder)
    legs = [leg for leg in flight.legs if leg.phase in PHASES]
    if not legs:
        raise InputError(f"{folder}: no ship flies to a station in it; give a flight with a rendezvous")
    library, name = Library(None), str(legs[0].plan["ship"])
    row = flight.mission["ships"][name]
    vehicle: Vehicle = library.find(Vehicle, str(row["vehicle"]), f"{folder}: vehicle")
    station: Station = library.find(Station, str(flight.mission["station"]["id"]), f"{folder}: station")
    ship = Ship(name, str(row["name"]), vehicle, (), float(row["mass_kg"]), float(row["propellant_kg"]))
    world = build_world(legs[0].before.epoch + -MARGIN_S, legs[-1].after.epoch + MARGIN_S,
                        gravity=str(flight.mission.get("gravity", "full")), drag=bool(flight.mission.get("drag", True)))
    return ship, station, legs, world, {}, bool(flight.mission.get("dispersions"))


def _of_mission(name: str) -> Told:
    mission = load_mission(mission_path(name))
    plans = [step.plan for step in mission.steps.values() if step.phase in PHASES]
    if not plans:
        raise InputError(f"{name}: no ship flies to a station in it; give a mission with a rendezvous")
    world = mission_world(mission)
    ship, navigation = plans[0].ship, plans[0].ship.vehicle.navigation
    spreads = {}
    if navigation is not None and any(step.phase == "phasing" for step in mission.steps.values()):
        references = case_of(mission, world, navigation, mission.seed).references
        spreads = {step: at_burns(reference, world) for step, reference in references.items()}
    return ship, plans[0].station, list(_until_docked(fly_legs(mission, world))), world, spreads, False


def _until_docked(legs: Iterator[Leg]) -> Iterator[Leg]:
    for leg in legs:
        if leg.phase in PHASES:
            yield leg
        if leg.phase == "docking":
            return


def _climb(leg: Leg, ship: Ship, station: Station, world: World, spreads: AtBurns | None
           ) -> tuple[Mapping[str, Table], tuple[Drift, ...]]:
    """A leg of burns, flown again from where it began."""
    wanted = [e for e in leg.events if e.name == "burn_start"]
    burns = tuple(Burn(str(e.facts["burn"]), e.epoch, (float(e.facts["dv_radial_m_s"]), float(e.facts["dv_along_m_s"]),
                                                       float(e.facts["dv_normal_m_s"]))) for e in wanted)
    flown: Flown = fly_burns(leg.before, ship, station, burns, leg.after.epoch, leg.phase, world)
    drifts = free_drift(flown, world, True, spreads)
    return drift_tables(drifts, ship, world), drifts


def _way(leg: Leg, ship: Ship, station: Station, world: World, known: FloatArray | None
         ) -> tuple[Mapping[str, Table], tuple[Drift, ...]]:
    """The way in, as its arcs and its table of impulses keep it."""
    arc, other = (next(a for a in leg.arcs if a.craft == craft) for craft in (ship.id, STATION))
    flown = _approach(leg, arc, other, world)
    thrusters, docking = ship.vehicle.thrusters, ship.vehicle.docking
    bodies = Bodies(cd_area_m2(ship), cd_area_m2(station), thrusters.isp_s, world.field)
    port = station.ports[str(leg.plan["port"])]
    axis = rtn_from_lvlh(unit(port.axis_lvlh))
    ahead_m = docking.probe_ahead_m if docking else 0.0
    door = Door(rtn_from_lvlh(port.position_lvlh_m) + ahead_m * axis, axis, station.structure)
    study = study_way(flown, bodies, door, thrusters, ship.vehicle.navigation, world.seconds(world.window.stop),
                      whole=True, known=known)

    def utc(t_s: float) -> str:
        return (world.epoch + t_s).iso(3)
    tables = {**study.tables(utc), "plume": plume_table(flown.pulses, thrusters, station.structure, utc)}
    return tables, (*study.free, *study.near, *study.final)


def _carried(leg: Leg, ship: str, dispersed: bool) -> FloatArray | None:
    """What a dispersed flight knew where the leg begins; None for one without errors, whose covariance is still that of
    the mission's start."""
    return known_covariance(leg.before, ship) if dispersed else None


def _approach(leg: Leg, arc: Arc, other: Arc, world: World) -> Approach:
    contact = next((e.epoch for e in leg.events if e.name == "docking_contact"), arc.stop)
    n = int(np.searchsorted(arc.t_s, contact - arc.start + 1e-3))
    t_s = arc.t_s[:n] + world.seconds(arc.start)
    ship = np.column_stack([arc.position_m[:n], arc.velocity_m_s[:n], arc.mass_kg[:n]])
    position, velocity = other.at(arc.t_s[:n] + (arc.start - other.start))
    station = np.column_stack([position, velocity, np.full(n, other.mass_kg[0])])
    table, pulses = leg.studies["pulses"], []
    for i, text in enumerate(table["utc"]):
        at_s = world.seconds(Epoch.utc(str(text)))
        row = int(np.flatnonzero(np.abs(t_s - at_s) < 2e-3)[-1])
        dv = np.array([float(table[f"dv_{name}_m_s"][i]) for name in ("radial", "along_track", "normal")])
        after = Pair(float(t_s[row]), ship[row], station[row])
        pulses.append(Pulse(str(table["leg"][i]), dv, _before(after, dv), after))
    last = Pair(float(t_s[-1]), ship[-1], station[-1])
    return Approach(t_s, ship, station, tuple(pulses), last)


def _before(after: Pair, dv_m_s: np.ndarray) -> Pair:
    """The pair just before an impulse; its mass is near enough that after it (0.1 %)."""
    ship = after.ship.copy()
    ship[3:6] -= rtn_from_gcrf(after.station[:3], after.station[3:6]).T @ dv_m_s
    return Pair(after.t_s, ship, after.station)
