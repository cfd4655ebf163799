"""One dispersed flight from separation to contact, or to another named ending: what the phases fly, without their arcs.

The planned way, its fixes and its laws are the same for all flights of a campaign and are made once (``Case``). A
flight that leaves the plan (a burn did not happen) plans anew, as the mission says, and takes longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fakel.fly import fly_step
from fakel.guidance.closed_loop import together
from fakel.guidance.corridor import corridor_to
from fakel.model.errors import FlightError, InputError, NoWindow
from fakel.model.flight import STATION, Situation
from fakel.model.mission import END, Mission
from fakel.model.navigation import Chance, Navigation
from fakel.phases import PHASES, docking
from fakel.phases.docking_record import Record
from fakel.physics.frames import relative_rtn
from fakel.physics.nearest import from_centre, nearest, pieces
from fakel.physics.propagate import propagate
from fakel.plan.closed_loop import BY_CHANCE, DONE, EMPTY, MISSED, Looped
from fakel.plan.craft import cd_area_m2, propellant_left_kg, state_y
from fakel.plan.dispersed import begun_on, estimate, insertion_covariance, loop, planned_states
from fakel.plan.drill import drill_of
from fakel.plan.loading import with_load
from fakel.plan.passive import side_room_m
from fakel.plan.proximity import SPHERE_M
from fakel.plan.reference import Reference, Spread, covariance
from fakel.plan.start import first_situation
from fakel.world import World

NO_CAPTURE, ABORT, NO_WAY = "no_capture", "abort", "no_way"
ENDINGS = (DONE, NO_CAPTURE, ABORT, MISSED, EMPTY, NO_WAY)
CLIMBS = ("phasing", "rendezvous")
MOST_STEPS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """How one flight ended. burns: name to what was burnt (3,) RTN, in order; behind a slash when a plan began that was
    not the first one. skipped: burns that did not happen, the others being solved again; fell_back: to another step.

    aim, known_error (6,): at the aim point of the plan, in the station's RTN: place and rate, and what was known less
    what was true; None where it was not reached by plan. margin_m: least distance to the side walls of the corridor
    inside the keep-out sphere, between samples too (below 0: outside), None when the sphere was never entered.
    """

    run: int
    ending: str
    why: str
    fell_back: bool
    skipped: tuple[str, ...]
    burns: Mapping[str, tuple[float, float, float]]
    dv_m_s: float
    approach_dv_m_s: float
    propellant_kg: float
    left_kg: float
    aim: tuple[float, ...] | None = None
    known_error: tuple[float, ...] | None = None
    closing_rate_m_s: float | None = None
    lateral_m: float | None = None
    margin_m: float | None = None
    disagreements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Nominal:
    """The flight without errors. burns as in ``Outcome``; aim (6,)."""

    burns: Mapping[str, tuple[float, float, float]]
    approach_dv_m_s: float
    aim: tuple[float, ...]

    @property
    def dv_m_s(self) -> float:
        return float(sum(np.linalg.norm(dv) for dv in self.burns.values())) + self.approach_dv_m_s


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A campaign's mission: where its climb begins, the filled plans and references of its planned steps by name."""

    mission: Mission
    world: World
    navigation: Navigation
    seed: int
    first: str
    before: Situation
    plans: Mapping[str, Any]
    references: Mapping[str, Reference]
    stations: Mapping[str, Any]
    nominal: Nominal


def case_of(mission: Mission, world: World, navigation: Navigation, seed: int) -> Case:
    """Fly the mission without errors to where its climb begins, plan the climb and prepare its steps.

    Raises InputError when the mission has no phasing that leads to a docking.
    """
    before, first = _climb_begins(mission, world)
    chance = Chance(navigation, seed, 0)
    plans: dict[str, Any] = {}
    references: dict[str, Reference] = {}
    stations: dict[str, Any] = {}
    name, now, burns = first, before, {}
    while (step := mission.steps[name]).phase in CLIMBS:
        phase = PHASES[step.phase]
        plans[name] = phase.fill(with_load(step.plan, mission, now), now, world)
        references[name] = phase.begin(now, plans[name], chance, world).reference
        burns |= {b.name: b.dv_rtn_m_s for b in plans[name].burns}
        stations[name] = _station_end(references[name], now, world)
        now, name = _by_plan(now, references[name], stations[name], plans[name]), _next(mission, name, "done")
    if step.phase != "docking":
        raise InputError(f"{mission.id}: after {name} comes a {step.phase}, no docking; a campaign flies phasing, "
                         "rendezvous and docking")
    plans[name] = docking.fill(with_load(step.plan, mission, now), now, world)
    way = docking.way_in(now, plans[name], world)
    nominal = Nominal(burns, way.fly(plans[name].profile.id, None).dv_m_s, tuple(way.true.relative.tolist()))
    return Case(mission, world, navigation, seed, first, before, plans, references, stations, nominal)


def _climb_begins(mission: Mission, world: World) -> tuple[Situation, str]:
    """The situation when the first phasing begins, and its step's name."""
    situation, name = first_situation(mission, world), mission.first
    while mission.steps[name].phase != "phasing":
        _, leg = fly_step(mission, name, situation, world)
        situation, name = leg.after, _next(mission, name, leg.ending)
    return situation, name


def _next(mission: Mission, name: str, ending: str) -> str:
    after = mission.steps[name].then[ending]
    if after == END:
        raise InputError(f"{mission.id}: the mission ends after [steps.{name}]; a campaign flies phasing, rendezvous "
                         "and docking")
    return after


def _station_end(ref: Reference, before: Situation, world: World) -> Any:
    """The station's state (7,) at a leg's end, flown as the phase flies it."""
    return propagate(state_y(before.craft[STATION]), ref.start_s, ref.stop_s, cd_area_m2(ref.way.station),
                     world.field).end


def _by_plan(before: Situation, ref: Reference, station: Any, plan: Any) -> Situation:
    """The situation after a leg that went by plan: known is where the plan has both craft, with its covariance."""
    looped = Looped((), (), ref.end_y, ref.end_y, ref.known[-1], ref.way.stop, DONE)
    return _after(before, ref, looped, station, {**before.clocks, "docking": plan.docking})


def _after(before: Situation, ref: Reference, looped: Looped, station: Any, clocks: Mapping[str, Any]) -> Situation:
    """The situation after a leg, as the phase leaves it; attitudes are those along LVLH."""
    told = estimate(looped, ref)
    ship = ref.way.ship.id
    true = replace(told.state, position_m=looped.true[:3], velocity_m_s=looped.true[3:6], mass_kg=float(looped.true[6]))
    other = replace(before.craft[STATION], epoch=looped.stop, position_m=station[:3], velocity_m_s=station[3:6])
    known = dict(before.knowledge)
    known |= {ship: told, STATION: replace(known[STATION], state=other)}
    return replace(before, epoch=looped.stop, craft={**before.craft, ship: true, STATION: other}, knowledge=known,
                   clocks=clocks, planned=planned_states(ref) if looped.ending == DONE else {},
                   fallback=ref.way.profile.after(looped.missed, looped.failure) if looped.missed else None)


class _Run:
    """What one flight has gathered so far."""

    def __init__(self, case: Case, run: int) -> None:
        self.case, self.chance = case, Chance(case.navigation, case.seed, run)
        self.burns: dict[str, tuple[float, float, float]] = {}
        self.off_plan, self.fell_back, self.solving = False, False, False
        self.aim: tuple[float, ...] | None = None
        self.known_error: tuple[float, ...] | None = None
        self.disagreements: list[str] = []
        self.skipped: list[str] = []
        self.profile: Any = None
        self.docking: Any = None
        self.start_kg, self.approach_dv_m_s, self.touch = 0.0, 0.0, (None, None)
        self.margin_m: float | None = None

    def end(self, ending: str, why: str, ship: Any, mass_kg: float) -> Outcome:
        size = float(sum(np.linalg.norm(dv) for dv in self.burns.values()))
        return Outcome(self.chance.run, ending, why, self.fell_back, tuple(self.skipped), self.burns,
                       size + self.approach_dv_m_s, self.approach_dv_m_s, self.start_kg - mass_kg,
                       float(propellant_left_kg(ship, mass_kg)), self.aim, self.known_error, *self.touch, self.margin_m,
                       tuple(self.disagreements))

    def solves_again(self, looped: Looped) -> bool:
        """Whether the burns after a missed one are solved again, as the profile says, or the mission goes elsewhere."""
        self.solving = looped.why == BY_CHANCE and self.profile.after(looped.missed, looped.failure) is None
        self.skipped += [looped.missed] if self.solving else []
        return self.solving

    def falls_back(self, step: str) -> str:
        """The step that the mission names for a missed burn; a flight that ends there has not fallen back."""
        self.solving, self.fell_back = False, step != END
        return step

    def took(self, looped: Looped, before: Situation) -> None:
        behind = f"/{before.epoch.iso(0)}" if self.off_plan else ""
        self.burns |= {burn.name + behind: burn.dv_rtn_m_s for burn in looped.burnt}
        self.disagreements += [d.line for d in looped.disagreements]


def fly_run(case: Case, run: int) -> Outcome:
    """One flight of the campaign. The same run of the same case gives the same numbers, alone or among others."""
    flight, name, now = _Run(case, run), case.first, case.before
    ship = case.plans[name].ship
    flight.start_kg = mass_kg = now.craft[ship.id].mass_kg
    why = ""
    for _ in range(MOST_STEPS):
        step = case.mission.steps[name] if name != END else None
        if step is None or step.phase not in (*CLIMBS, "docking"):
            return flight.end(MISSED, why, ship, mass_kg)
        try:
            if step.phase == "docking":
                return _dock(flight, now, name)
            now, looped = _climb(flight, now, name)
        except (NoWindow, InputError) as error:
            if not flight.solving:
                return flight.end(NO_WAY, str(error), ship, mass_kg)
            name = flight.falls_back(step.then[MISSED])           # the burns that are left cannot make up for it
            continue
        except FlightError as error:
            return flight.end(NO_WAY, str(error), ship, mass_kg)
        mass_kg = float(looped.true[6])
        if looped.ending == EMPTY:
            return flight.end(EMPTY, looped.why, ship, mass_kg)
        if looped.ending == DONE:
            flight.solving, name = False, step.then[DONE]
            continue
        why, flight.off_plan = f"{looped.missed}: {looped.why}", True
        if not flight.solves_again(looped):
            name = flight.falls_back(step.then[MISSED])
    return flight.end(NO_WAY, f"no end after {MOST_STEPS} steps", ship, mass_kg)


def _climb(flight: _Run, before: Situation, name: str) -> tuple[Situation, Looped]:
    """One step of the climb, and the situation after it."""
    case, chance = flight.case, flight.chance
    step = case.mission.steps[name]
    phase = PHASES[step.phase]
    if not flight.off_plan:
        plan = case.plans[name]
        leg = begun_on(case.references[name], before, chance, step.phase == "phasing" and phase.is_fresh(before))
    else:
        wished = with_load(step.plan, case.mission, before)
        again = flight.docking if flight.profile.id == wished.profile.id else wished.docking
        plan = phase.fill(replace(wished, docking=again), before, case.world)
        leg = phase.begin(before, plan, chance, case.world)
    flight.profile, flight.docking = plan.profile, plan.docking
    looped = loop(leg, chance, case.world, drill_of(plan))
    flight.took(looped, before)
    station = (case.stations[name] if looped.ending == DONE and not flight.off_plan else
               leg.reference.station.at(case.world.seconds(looped.stop))[0])
    clocks = {key: epoch for key, epoch in before.clocks.items() if key != "docking"}
    if looped.ending == DONE:
        clocks["docking"] = plan.docking
    return _after(before, leg.reference, looped, station, clocks), looped


def _dock(flight: _Run, before: Situation, name: str) -> Outcome:
    """The way in, and how it ends."""
    case = flight.case
    planned = case.plans[name] if name in case.plans and not flight.off_plan else docking.fill(
        with_load(case.mission.steps[name].plan, case.mission, before), before, case.world)
    way = docking.way_in(before, planned, case.world)
    if not flight.off_plan:
        flight.aim = tuple(way.true.relative.tolist())
        flight.known_error = tuple((way.known.relative - way.true.relative).tolist())
    flown = way.fly(planned.profile.id, flight.chance)
    record = Record(planned.ship, before.epoch, way.gate, flown, flown)
    path = pieces(flown.t_s, relative_rtn(flown.ship, flown.station))
    corridor = corridor_to(way.gate.centre_m, way.gate.axis)
    room_m = side_room_m(path, corridor)
    if nearest(path, from_centre).away_m < SPHERE_M:
        flight.margin_m = room_m
    flight.approach_dv_m_s = flown.dv_m_s
    mass_kg, ship = float(flown.ship[-1, 6]), planned.ship
    if propellant_left_kg(ship, mass_kg) < 0.0:
        return flight.end(EMPTY, "the tanks are empty before the port", ship, mass_kg)
    if room_m < 0.0:
        return flight.end(ABORT, f"{-room_m:.1f} m outside the corridor: the ship breaks off", ship, mass_kg)
    if flown.contact is not None:
        flight.touch = record.touch(flown)
    if record.no_capture is not None:
        return flight.end(NO_CAPTURE, record.no_capture, ship, mass_kg)
    return flight.end(DONE, "", ship, mass_kg)


def spreads(case: Case) -> dict[str, Spread]:
    """The linear covariance of the same law, step by step from separation to the aim point."""
    out: dict[str, Spread] = {}
    first = case.references[case.first].way
    both = together(insertion_covariance(first.ship_y, case.navigation))
    for name, ref in case.references.items():
        out[name] = covariance(ref, both)
        both = out[name].both
    return out
