"""A dispersed flight along a planned way: the truth and what is known of it, fix by fix and burn by burn.

Burns are commanded from what is known and done with errors; fixes see the truth with errors. Random numbers belong to
the seed, the run and a purpose, so a flight is the same alone and among a thousand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fakel.guidance.closed_loop import retarget
from fakel.guidance.knowing import (
    ORBIT,
    QUANTITIES,
    Fix,
    burnt,
    burnt_covariance,
    fix,
    moved,
    offset_m,
    radar_apart,
    radar_sees,
    radar_slopes,
)
from fakel.guidance.mean import apart_m, elements
from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.errors import FakelError
from fakel.model.navigation import GROUND, RADAR, Chance
from fakel.model.profile import INHIBITED, SHORT
from fakel.model.profile import MISSED as NOT_MADE
from fakel.physics.propagate import Thrust, coast, propagate
from fakel.plan.burns import Burn, thrusts
from fakel.plan.craft import cd_area_m2, propellant_left_kg
from fakel.plan.drill import Drill
from fakel.plan.reference import Ignition, Look, Reference, radar_noise
from fakel.world import World

DONE, MISSED, EMPTY = "done", "missed_burn", "out_of_propellant"
BY_CHANCE = "by chance"
LONGEST_M_S = 60.0
"""No component of a burn is changed by more than this (assumed): what asks for more asks for another plan."""
REACHED_M = 5_000.0
"""A burn that leaves a larger predicted miss (offset, without the part along track that only hours can change) is not
made: then no burns of the plan lead to the aim (assumed)."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A fix that was left out: when, whose, by how many sigma of what, and what followed."""

    at: Epoch
    sensor: str
    name: str
    quantity: str
    sigma: float
    what: str

    @property
    def line(self) -> str:
        return (f"{self.name} at {self.at.iso()} disagrees with what is known by {self.sigma:.0f} sigma in "
                f"{self.quantity}; {self.what}")


@dataclass(frozen=True, slots=True, eq=False)
class Looped:
    """One flown leg. commanded and burnt: the burns as told and as done; true and known: states (7,) at stop.

    ending: DONE, MISSED (the burn named missed did not happen, by failure missed or inhibited; stop is when it would
    have ended) or EMPTY.
    """

    commanded: tuple[Burn, ...]
    burnt: tuple[Burn, ...]
    true: FloatArray
    known: FloatArray
    covariance: FloatArray
    stop: Epoch
    ending: str
    missed: str = ""
    failure: str = NOT_MADE
    why: str = ""
    disagreements: tuple[Disagreement, ...] = ()


class _Flight:
    """The state of one flight on its way; the only place here where something changes."""

    def __init__(self, ref: Reference, true: FloatArray, known: FloatArray, covariance: FloatArray, chance: Chance,
                 world: World) -> None:
        self.ref, self.way, self.chance, self.world = ref, ref.way, chance, world
        self.area_m2 = cd_area_m2(ref.way.ship)
        self.first, self.true, self.true_s = true, true, ref.start_s
        self.known, self.now_s = known, ref.start_s
        self.covariance, self.at_s = covariance, ref.start_s      # of what is known, at an instant of the reference
        self.commanded: list[Burn] = []
        self.burnt: list[Burn] = []
        self.pushes: tuple[Thrust, ...] = ()
        self.doubts: list[Disagreement] = []
        self.looked = {GROUND: 0, RADAR: 0}
        self.refused = 0

    def purpose(self, what: str) -> str:
        return f"{self.way.profile.id} {self.way.leg} {what}"

    def carry_known(self, t_s: float) -> None:
        """Fixes may come while a burn that grew still lasts: then they count at its end."""
        if t_s > self.now_s:
            self.known = coast(self.known, self.now_s, t_s, self.area_m2, self.world.field)
            self.now_s = t_s

    def carry_doubt(self, t_s: float) -> None:
        """The covariance to an instant of the reference, by the partial derivatives of the planned way."""
        if t_s != self.at_s:
            way = self.ref.transitions[self.at_s, t_s]
            self.covariance, self.at_s = way @ self.covariance @ way.T, t_s

    def look(self, step: Look) -> None:
        """One fix: what it sees of the truth, and what is known after it. Gains are those of where the ship is known
        to be, which may be far from the plan."""
        self.looked[step.sensor] += 1
        self.carry_known(step.t_s)
        self.carry_doubt(step.t_s)
        true = coast(self.true, self.true_s, self.now_s, self.area_m2, self.world.field)
        noise, slopes = step.fix.noise, step.fix.slopes
        g = self.chance.normal(self.purpose(f"{step.sensor} {self.looked[step.sensor]}"), len(noise))
        if step.sensor == RADAR:
            station = self.ref.station.at(self.now_s)[0]
            expected, seen = radar_sees(self.known, station), radar_sees(true, station)
            if seen[0] > self.chance.navigation.radar.reach_m:
                return
            noise = radar_noise(self.chance.navigation.radar, self.known, station, self.covariance)
            slopes = radar_slopes(self.known, station)
            apart = radar_apart(seen, expected) + self._radar_sigma(seen[0]) * g
            apart[0] += self._fault_m(step.sensor)
        else:
            apart = offset_m(true, self.known) + np.sqrt(np.diag(noise)) * g
            apart[5] += self._fault_m(step.sensor)
        now = fix(self.covariance, slopes, noise)
        if self.believes(step, now, apart):
            self.known = moved(self.known, now.gain @ apart)
            left = np.eye(6) - now.gain @ slopes
            self.covariance = left @ self.covariance @ left.T + now.gain @ noise @ now.gain.T

    def _radar_sigma(self, range_m: float) -> FloatArray:
        """The radar's own errors (4,), one sigma, counted from where the ship truly is."""
        radar = self.chance.navigation.radar
        fixed_m = radar.range_fixed_m * min(1.0, range_m / radar.fades_m)
        return np.array([np.hypot(radar.range_share * range_m, fixed_m), radar.angle_rad, radar.angle_rad,
                         radar.range_rate_m_s])

    def _fault_m(self, sensor: str) -> float:
        return sum(f.offset_m for f in self.chance.navigation.faults
                   if f.sensor == sensor and self.looked[sensor] >= f.from_fix)

    def believes(self, step: Look, now: Fix, apart: FloatArray) -> bool:
        """Whether a fix agrees with what is known; two in a row that do not stop the next burn."""
        sigmas = np.abs(apart) / now.sigma
        worst = int(sigmas.argmax())
        if sigmas[worst] <= self.chance.navigation.disagree_sigma:
            self.refused = 0
            return True
        self.refused += 1
        quantity = (QUANTITIES if step.sensor == RADAR else ORBIT)[worst]
        what = ("the fix is left out" if self.refused == 1 else
                "the second in a row: nobody knows which is wrong, so the next burn is inhibited; mend the sensor, or "
                "take the profile's fallback")
        if self.refused > 2:
            return False
        name = "the radar" if step.sensor == RADAR else f"tracking by {step.name}"
        at = self.world.epoch + self.now_s
        self.doubts.append(Disagreement(at, step.sensor, name, quantity, float(sigmas[worst]), what))
        return False

    def command(self, step: Ignition) -> Burn | None:
        """The burn that is told, from what is known; None when no burn leads to the aim."""
        planned = self.way.burns[step.i:]
        if step.gain is None:
            return planned[0]
        known, dv = self.known, np.array([b.dv_rtn_m_s for b in planned])

        def miss(vectors: FloatArray) -> FloatArray:
            burns = tuple(replace(b, dv_rtn_m_s=tuple(v.tolist())) for b, v in zip(planned, vectors, strict=True))
            push = thrusts(burns, float(known[6]), self.way.ship.vehicle, self.world)
            end = propagate(known, self.now_s, self.ref.aim_s, self.area_m2, self.world.field, thrust=push).end
            return apart_m(elements(end), self.ref.goal)
        try:
            found, left = retarget(miss, dv, step.gain, LONGEST_M_S)
        except FakelError:                                  # burns so long that they run into each other
            return None
        if np.linalg.norm(left[:5]) > REACHED_M or not np.isfinite(left).all():
            return None
        return replace(planned[0], dv_rtn_m_s=(float(found[0, 0]), float(found[0, 1]), float(found[0, 2])))

    def burn(self, burn: Burn, step: Ignition) -> None:
        """Both sides of a burn: known as it was told, true as the engine did it."""
        self.carry_doubt(step.t_s)
        self.carry_doubt(step.end_s)
        e, field = self.chance.navigation.execution, self.world.field
        dv = np.array(burn.dv_rtn_m_s)
        self.covariance = self.covariance + step.by_burn @ burnt_covariance(
            np.outer(dv, dv), e.size_share, e.size_fixed_m_s, e.pointing_rad) @ step.by_burn.T
        told = thrusts((burn,), float(self.known[6]), self.way.ship.vehicle, self.world)[0]
        given = burnt(dv, self.chance.normal(self.purpose(f"burn {burn.name}"), 4),
                      e.size_share, e.size_fixed_m_s, e.pointing_rad)
        self.commanded.append(burn)
        self.burnt.append(replace(burn, dv_rtn_m_s=(float(given[0]), float(given[1]), float(given[2]))))
        self.pushes = thrusts(tuple(self.burnt), float(self.first[6]), self.way.ship.vehicle, self.world)
        done = self.pushes[-1]
        end_s = done.start_s + done.duration_s
        self.true = propagate(self.true, self.true_s, end_s, self.area_m2, field, thrust=done).end
        self.true_s = end_s
        told_s = told.start_s + told.duration_s
        self.known = propagate(self.known, self.now_s, told_s, self.area_m2, field, thrust=told).end
        self.now_s = told_s

    def end(self, stop_s: float, ending: str, missed: str = "", failure: str = NOT_MADE, why: str = "") -> Looped:
        stop_s = max(stop_s, self.true_s, self.now_s)
        stop = self.way.stop if stop_s == self.ref.stop_s else self.world.epoch + stop_s
        stop_s = max(self.world.seconds(stop), self.true_s)
        true = coast(self.true, self.true_s, stop_s, self.area_m2, self.world.field)
        self.carry_known(stop_s)
        return Looped(tuple(self.commanded), tuple(self.burnt), true, self.known, self.covariance, stop, ending, missed,
                      failure, why, tuple(self.doubts))


def fly_loop(ref: Reference, true: FloatArray, known_y: FloatArray, covariance: FloatArray, chance: Chance,
             world: World, drill: Drill | None = None) -> Looped:
    """Fly one leg from the true and the known state (7,), known with a covariance (6, 6) of offsets.

    drill: one burn does not happen, or stops early; the ship feels how much it made, and the next burns mend it.
    """
    flight = _Flight(ref, true, known_y, covariance, chance, world)
    for step in ref.steps:
        if isinstance(step, Look):
            flight.look(step)
            continue
        flight.carry_known(step.t_s)
        planned = ref.way.burns[step.i]
        failure, why = _why_not(flight, planned, drill)
        burn = None if why else flight.command(step)
        if burn is None:
            flight.carry_doubt(step.t_s)
            why = why or "no burns of the plan lead to the aim from where the ship is known to be"
            return flight.end(step.end_s, MISSED, planned.name, failure, why)
        if drill is not None and (drill.burn, drill.failure) == (planned.name, SHORT):
            burn = drill.part(burn)
        flight.burn(burn, step)
        if propellant_left_kg(ref.way.ship, float(flight.true[6])) < 0.0:
            return flight.end(flight.true_s, EMPTY, why=f"the tanks are empty after {burn.name}")
    flight.carry_doubt(ref.stop_s)
    return flight.end(ref.stop_s, DONE)


def _why_not(flight: _Flight, planned: Burn, drill: Drill | None) -> tuple[str, str]:
    """How a burn fails and why; nothing where it does not."""
    if drill is not None and planned.name == drill.burn and drill.failure != SHORT:
        return drill.failure, "a drill"
    if flight.refused > 1:
        return INHIBITED, "the sensors disagree"
    if flight.chance.share(flight.purpose(f"missed {planned.name}")) < flight.chance.navigation.missed_share:
        return NOT_MADE, BY_CHANCE
    return NOT_MADE, ""
