"""Which burns take a ship from where it is known to be to the aim point beside the station, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fakel.guidance.mean import apart_m, averaged, elements, rates_rad_s
from fakel.guidance.phasing import Split, Transfer, correct, split
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError, NoWindow
from fakel.model.place import Station
from fakel.model.profile import ALONG, NORMAL, RADIAL, TIME, BurnSlot, Profile
from fakel.model.vehicle import Engine, Ship, Vehicle
from fakel.physics.frames import from_relative_rtn
from fakel.physics.propagate import G0_M_S2, RTN, Thrust, coast, coast_table, propagate
from fakel.plan.craft import cd_area_m2, propellant_kg, propellant_left_kg
from fakel.world import World

READY_S = 120.0
"""No burn is commanded sooner than this after planning, and none runs on to the last seconds of its leg (assumed)."""
FRESH_S = 1500.0
"""Windows of phase belong to separation. A ship longer in orbit has used up a part of its phase: then only delta-v
says what it can reach."""
REACHED_M = 1000.0
"""What impulses on mean elements may miss; the full model corrects more than that anyway."""
TOLERANCE_M, GOOD_M = 1e-3, 1.0
SAMPLES = 96


@dataclass(frozen=True, slots=True)
class Burn:
    """One burn: its ignition and its delta-v, radial, along track and normal.

    The thrust keeps its direction in the ship's own turning RTN frame, as a ship in orbital attitude does: so a long
    burn along track stays along track, and three numbers say all.
    """

    name: str
    ignition: Epoch
    dv_rtn_m_s: tuple[float, float, float]

    @property
    def dv_m_s(self) -> float:
        return float(np.linalg.norm(self.dv_rtn_m_s))


@dataclass(frozen=True, slots=True, eq=False)
class Climb:
    """What is known when burns are planned: ship and station (states GCRF at one epoch), profile, both clocks.

    fallback: the ship comes from another profile, after a missed burn.
    """

    ship: Ship
    station: Station
    profile: Profile
    at: Epoch
    ship_y: FloatArray
    station_y: FloatArray
    liftoff: Epoch
    docking: Epoch
    fallback: bool = False

    @property
    def aim(self) -> Epoch:
        return self.docking + -self.profile.aim_before_docking_s

    @property
    def autonomous(self) -> Epoch:
        return self.docking + -self.profile.autonomous_before_docking_s


@dataclass(frozen=True, slots=True)
class Planned:
    """Burns to the aim point, and by how much the full model then misses it."""

    burns: tuple[Burn, ...]
    miss_m: float

    @property
    def total_m_s(self) -> float:
        return sum(burn.dv_m_s for burn in self.burns)


def mean_elements(y: FloatArray, t_s: float, drag_m2: float, world: World) -> FloatArray:
    """Mean elements (6,) of a free path at t_s, over the revolution around it (see ``guidance.mean``)."""
    period_s = 2 * np.pi / float(rates_rad_s(elements(y))[2])
    for _ in range(2):
        first = coast(y, t_s, t_s - period_s / 2, drag_m2, world.field)
        x = averaged(coast_table(first, t_s - period_s / 2, period_s / SAMPLES, SAMPLES + 1, drag_m2, world.field))
        period_s = 2 * np.pi / float(rates_rad_s(x)[2])
    return np.asarray(x)


def engine_for(dv_m_s: float, vehicle: Vehicle) -> Engine:
    """The main engine; for less than its smallest burn the thrusters."""
    return vehicle.main_engine if dv_m_s >= vehicle.min_burn_m_s else vehicle.thrusters


def thrusts(burns: Sequence[Burn], mass_kg: float, vehicle: Vehicle, world: World) -> tuple[Thrust, ...]:
    """Burns as the engines do them: each lasts as the rocket equation says for the mass that is left.

    Raises InputError when one begins before the last has ended.
    """
    out: list[Thrust] = []
    for burn in burns:
        start_s, dv = world.seconds(burn.ignition), np.array(burn.dv_rtn_m_s)
        size = float(np.linalg.norm(dv))
        engine = engine_for(size, vehicle)
        burnt_kg = propellant_kg(mass_kg, size, engine.isp_s)
        duration_s = burnt_kg * engine.isp_s * G0_M_S2 / engine.thrust_n
        if out and start_s < out[-1].start_s + out[-1].duration_s:
            raise InputError(f"burn {burn.name} begins at {burn.ignition.iso(3)}, before the burn ahead of it has "
                             "ended; set it later")
        toward = (dv / size).tolist() if size > 0 else [0.0, 1.0, 0.0]
        out.append(Thrust(start_s, duration_s, engine.thrust_n, engine.isp_s, tuple(toward), RTN))
        mass_kg -= burnt_kg
    return tuple(out)


def open_slots(climb: Climb) -> tuple[tuple[BurnSlot, float, float], ...]:
    """Slots that can still be used, with the seconds after climb.at between which each burn's middle may lie.

    A slot that has passed is left out, one that is passing is cut; phasing burns end before the autonomous sequence.
    Slots after a miss are used only where they end before the first of the others begins.
    """
    out = []
    origins = {"liftoff": climb.liftoff, "docking": climb.docking, "miss": climb.at}
    for slot in climb.profile.burns:
        if slot.from_ == "miss" and not climb.fallback:
            continue
        origin = origins[slot.from_]
        middle_s = origin + slot.middle_s - climb.at
        half_s = slot.half_width_s if TIME in slot.free else 0.0
        low_s, high_s = max(middle_s - half_s, READY_S), middle_s + half_s
        if slot.group == "phasing":
            high_s = min(high_s, climb.autonomous - climb.at - READY_S)
        if low_s <= high_s:
            out.append((slot, low_s, high_s))
    first_s = min((low_s for slot, low_s, _ in out if slot.from_ != "miss"), default=0.0)
    kept = [entry for entry in out if entry[0].from_ != "miss" or entry[2] + READY_S < first_s]
    return tuple(sorted(kept, key=lambda entry: entry[1]))


def plan_burns(climb: Climb, world: World) -> Planned:
    """All burns from climb.at to the aim point: ``guidance.phasing`` on mean elements, then in the full model.

    Raises NoWindow when too little time is left or the delta-v is more than the ship can spend.
    """
    slots = open_slots(climb)
    if len(slots) < 2 or climb.aim - climb.at < READY_S:
        raise NoWindow(f"docking = {climb.docking.iso()} leaves {len(slots)} burns of {climb.profile.name} after "
                       f"{climb.at.iso()}; wish for a later docking")
    t0_s, t1_s = world.seconds(climb.at), world.seconds(climb.aim)
    station = coast(climb.station_y, t0_s, t1_s, cd_area_m2(climb.station), world.field)
    aim = np.r_[climb.profile.aim_rtn_m, climb.profile.aim_rate_rtn_m_s]
    goal = np.append(from_relative_rtn(aim, station), climb.ship_y[6])
    drag_m2 = cd_area_m2(climb.ship)
    transfer = Transfer(mean_elements(climb.ship_y, t0_s, drag_m2, world), 0.0,
                        mean_elements(goal, t1_s, drag_m2, world), t1_s - t0_s, *_turn(climb))
    impulses = split(transfer, np.array([low for _, low, _ in slots]), np.array([high for *_, high in slots]),
                     np.array([slot.weight for slot, *_ in slots]), climb.ship.vehicle.min_burn_m_s,
                     np.array([[float(part in slot.free) for part in (RADIAL, ALONG, NORMAL)] for slot, *_ in slots]))
    if not impulses.miss_m < REACHED_M:
        raise NoWindow(_no_way(climb))
    _check_spending(climb, impulses.total_m_s)
    return _flown_in(climb, [slot.name for slot, *_ in slots], impulses, goal, world)


def _turn(climb: Climb) -> tuple[float, ...]:
    """The middle of the window of phase, as long as it says something; else the transfer's own."""
    fresh = not climb.fallback and climb.at - climb.liftoff < FRESH_S
    return ((climb.profile.phase_min_rad + climb.profile.phase_max_rad) / 2,) if fresh else ()


def _flown_in(climb: Climb, names: Sequence[str], impulses: Split, goal: FloatArray, world: World) -> Planned:
    """Impulses as burns that last, corrected until they meet the goal in the full model; ignitions to the ms."""
    vehicle, drag_m2 = climb.ship.vehicle, cd_area_m2(climb.ship)
    t0_s, t1_s, wanted = world.seconds(climb.at), world.seconds(climb.aim), elements(goal)
    live = np.linalg.norm(impulses.dv_m_s, axis=1) > 0
    dv = impulses.dv_m_s[live]
    half_s = np.array([size / engine_for(size, vehicle).thrust_n for size in np.linalg.norm(dv, axis=1)]
                      ) * climb.ship_y[6] / 2
    ignitions = [Epoch(round((climb.at + float(t)).tai_ns, -6)) for t in impulses.t_s[live] - half_s]
    called = [name for name, is_live in zip(names, live, strict=True) if is_live]

    def burns(vectors: FloatArray) -> tuple[Burn, ...]:
        return tuple(Burn(name, at, (float(v[0]), float(v[1]), float(v[2])))
                     for name, at, v in zip(called, ignitions, vectors, strict=True))

    def miss(vectors: FloatArray) -> FloatArray:
        push = thrusts(burns(vectors), float(climb.ship_y[6]), vehicle, world)
        end = propagate(climb.ship_y, t0_s, t1_s, drag_m2, world.field, thrust=push).end
        return apart_m(elements(end), wanted)

    try:
        dv, miss_m = correct(miss, dv, impulses.slopes[:, live], TOLERANCE_M)
        last = thrusts(burns(dv), float(climb.ship_y[6]), vehicle, world)[-1]
    except InputError as error:                              # burns so long that they run into each other
        raise NoWindow(_no_way(climb)) from error
    if miss_m > GOOD_M or last.start_s + last.duration_s > t1_s:
        raise NoWindow(_no_way(climb))
    return Planned(burns(dv), miss_m)


def _no_way(climb: Climb) -> str:
    return (f"docking = {climb.docking.iso()}: no burns of {climb.profile.name} reach the aim point from where the "
            f"ship is at {climb.at.iso()}; wish for another instant or take another profile")


def spendable_m_s(ship: Ship, mass_kg: float) -> float:
    """Delta-v that the ship may spend on the way up: its propellant less what the way home takes."""
    v = ship.vehicle
    left_kg = propellant_left_kg(ship, mass_kg)
    exhaust_m_s = v.main_engine.isp_s * G0_M_S2
    home_m_s = max(v.deorbit.dv_m_s) if v.deorbit is not None else 0.0
    return float(exhaust_m_s * np.log(mass_kg / (mass_kg - left_kg)) - home_m_s)


def _check_spending(climb: Climb, total_m_s: float) -> None:
    have_m_s = spendable_m_s(climb.ship, float(climb.ship_y[6]))
    if total_m_s > have_m_s:
        raise NoWindow(f"docking = {climb.docking.iso()} takes {total_m_s:.0f} m/s with {climb.profile.name}, the ship "
                       f"can spend {have_m_s:.0f} m/s; wish for another instant or take another profile")
