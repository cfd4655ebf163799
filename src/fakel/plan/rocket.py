"""A launcher as numbers: its sequence with what is burnt and dropped, as nominal or as it happens to be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.errors import InputError
from fakel.model.launcher import AscentErrors, EngineOut, Launcher, Stage, Throttle
from fakel.model.place import Site
from fakel.physics.ascent import SEA_LEVEL_PA, Rocket
from fakel.physics.earth_fixed import Earth
from fakel.physics.entry import NO_WIND
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.physics.geodesy import enu_from_itrf
from fakel.physics.propagate import G0_M_S2
from fakel.world.gravity import gravity_table

DEGREE = 20          # of gravity, as in ``world.build_world``
NEVER_S = 1e6
NO_ERRORS = AscentErrors()


def _level(stage: Stage, t_s: float) -> float:
    """Share of full thrust at t_s; the throttle list rises in time and starts at full."""
    if t_s < stage.ignition_s or (stage.cutoff_s is not None and t_s >= stage.cutoff_s):
        return 0.0
    level = 1.0
    for step in stage.throttle:
        if t_s >= step.from_s:
            level = step.level
    return level


def _flow_kg_s(stage: Stage) -> float:
    """What all units of a stage burn at full thrust."""
    return stage.count * stage.thrust_vacuum_n / (stage.isp_vacuum_s * G0_M_S2)


def burnt_on_the_pad_kg(stage: Stage) -> float:
    """What all units of a stage have burnt by liftoff."""
    edges = sorted({0.0, *(t for t in (stage.ignition_s, *(s.from_s for s in stage.throttle)) if t < 0.0)})
    return _flow_kg_s(stage) * sum(_level(stage, a) * (b - a) for a, b in pairwise(edges))


def liftoff_mass_kg(launcher: Launcher, payload_kg: float) -> float:
    """Everything that leaves the pad: what burns before liftoff is gone."""
    burnt = sum(burnt_on_the_pad_kg(s) for s in launcher.stages)
    stack = sum(s.count * (s.dry_mass_kg + s.propellant_kg) for s in launcher.stages)
    return stack + sum(p.mass_kg for p in launcher.jettisons) + launcher.adapter_kg + payload_kg - burnt


def empty_mass_kg(launcher: Launcher, payload_kg: float) -> float:
    """The last stage with payload when it has burnt all it can."""
    last = launcher.stages[-1]
    return last.count * (last.dry_mass_kg + last.unusable_kg) + launcher.adapter_kg + payload_kg


def as_it_is(launcher: Launcher, errors: AscentErrors) -> Launcher:
    """The launcher with its errors: what it is instead of what its file says."""
    def of(shares: tuple[float, ...], i: int) -> float:
        return 1.0 + (shares[i] if i < len(shares) else 0.0)

    for name, shares in (("thrust", errors.thrust), ("isp", errors.isp), ("load", errors.load)):
        if len(shares) > len(launcher.stages):
            raise InputError(f"{name} errors are for {len(shares)} stages and {launcher.name} has "
                             f"{len(launcher.stages)}; give one for each")
    stages = tuple(replace(
        s, thrust_vacuum_n=s.thrust_vacuum_n * of(errors.thrust, i),
        thrust_sea_level_n=s.thrust_sea_level_n + s.thrust_vacuum_n * (of(errors.thrust, i) - 1.0),
        isp_vacuum_s=s.isp_vacuum_s * of(errors.isp, i), propellant_kg=s.propellant_kg * of(errors.load, i))
        for i, s in enumerate(launcher.stages))
    aero = replace(launcher.aero, cd0=tuple(cd * (1.0 + errors.drag) for cd in launcher.aero.cd0))
    return replace(launcher, stages=stages, aero=aero)


def with_engine_out(launcher: Launcher, out: EngineOut) -> Launcher:
    """The launcher whose sequence goes on as after an engine has failed: units that have their own tanks are lost with
    what they hold; engines on shared tanks leave the others to burn longer, and all that follows comes later."""
    stage = _stage(launcher, out)
    if stage.engines == 1 or not out.burn_longer or stage.cutoff_s is None:
        return launcher
    share = 1.0 - out.units / stage.engines
    if share <= 0.0 or out.at_s >= stage.cutoff_s:
        return launcher
    end_s, start_s = stage.cutoff_s, max(out.at_s, stage.ignition_s)
    later_s = (end_s - start_s) * (1.0 / share - 1.0)

    def own(t_s: float) -> float:
        return t_s if t_s <= start_s else start_s + (t_s - start_s) / share

    def after(t_s: float) -> float:
        return t_s + later_s if t_s >= end_s - 1e-9 else t_s

    def moved(s: Stage) -> Stage:
        if s is stage:
            steps = tuple(Throttle(own(step.from_s), step.level) for step in s.throttle)
            return replace(s, throttle=steps, cutoff_s=end_s + later_s,
                           separation_s=None if s.separation_s is None else after(s.separation_s))
        steps = tuple(Throttle(after(step.from_s), step.level) for step in s.throttle)
        return replace(s, throttle=steps, ignition_s=after(s.ignition_s),
                       cutoff_s=None if s.cutoff_s is None else after(s.cutoff_s),
                       separation_s=None if s.separation_s is None else after(s.separation_s))

    return replace(launcher, stages=tuple(moved(s) for s in launcher.stages),
                   jettisons=tuple(replace(j, at_s=after(j.at_s)) for j in launcher.jettisons))


def _stage(launcher: Launcher, out: EngineOut) -> Stage:
    for stage in launcher.stages:
        if stage.id == out.stage:
            if not 1 <= out.units <= stage.count * stage.engines:
                raise InputError(f"engine out: {out.units} of {out.stage} are to fail; it has "
                                 f"{stage.count * stage.engines}")
            return stage
    known = ", ".join(s.id for s in launcher.stages)
    raise InputError(f"engine out: {launcher.name} has no stage {out.stage!r}; write one of: {known}")


@dataclass
class _Tank:
    """A stage on its way: usable kg left in the units that burn, and in those that have failed."""

    stage: Stage
    left_kg: float
    share: float = 1.0        # of its engines that burn
    lost_kg: float = 0.0      # usable, in units that have failed


@dataclass(frozen=True, slots=True)
class Dropped:
    """What falls off: id of the stage or event of the part, when, and its mass."""

    id: str
    event: str
    at_s: float
    mass_kg: float


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """rows (n, COLUMNS) of physics.ascent from liftoff on; liftoff_kg: mass then; dropped: in order of time."""

    rows: FloatArray
    liftoff_kg: float
    dropped: tuple[Dropped, ...]


def sequence(launcher: Launcher, payload_kg: float, fails: EngineOut | None = None) -> Sequence:
    """The launcher's sequence until its last stage burns alone. Stages that run dry stop before their time.

    A part that falls off is dropped at the start of a row. The drag area is that with boosters until the first
    separation. Where a stage has a load limit a row begins when it is reached.
    """
    if fails is not None:
        _stage(launcher, fails)
    tanks = [_Tank(s, s.count * (s.propellant_kg - s.unusable_kg) - burnt_on_the_pad_kg(s)) for s in launcher.stages]
    edges = _edges(launcher, fails)
    mass_kg = liftoff = liftoff_mass_kg(launcher, payload_kg)
    rows: list[list[float]] = []
    dropped: list[Dropped] = []
    t_s, e = 0.0, 0
    while True:
        fall = _falling(launcher, tanks, t_s) if t_s == edges[e] else ()
        dropped += fall
        loss_kg = sum(part.mass_kg for part in fall)
        mass_kg -= loss_kg
        if fails is not None and t_s == fails.at_s:
            _fail(tanks, fails)
        next_s = edges[e + 1] if e + 1 < len(edges) else NEVER_S
        row, next_s = _row(launcher, tanks, t_s, next_s, mass_kg, payload_kg)
        row[5] = loss_kg
        rows.append(row)
        if next_s >= NEVER_S:
            return Sequence(np.array(rows), liftoff, tuple(dropped))
        mass_kg -= _burn(tanks, row, t_s, next_s, mass_kg)
        t_s = next_s
        if e + 1 < len(edges) and t_s >= edges[e + 1]:
            e, t_s = e + 1, edges[e + 1]


def _edges(launcher: Launcher, fails: EngineOut | None) -> list[float]:
    times = {0.0}
    for stage in launcher.stages:
        times |= {stage.ignition_s, *(step.from_s for step in stage.throttle)}
        times |= {t for t in (stage.cutoff_s, stage.separation_s) if t is not None}
    times |= {part.at_s for part in launcher.jettisons}
    times |= {fails.at_s} if fails is not None else set()
    return sorted(t for t in times if t >= 0.0)


def _falling(launcher: Launcher, tanks: list[_Tank], t_s: float) -> tuple[Dropped, ...]:
    parts = []
    for tank in tanks:
        s = tank.stage
        if s.separation_s == t_s:
            kg = s.count * (s.dry_mass_kg + s.unusable_kg) + tank.left_kg + tank.lost_kg
            parts.append(Dropped(s.id, s.separation_event, t_s, kg))
    return (*parts, *(Dropped(p.event, p.event, t_s, p.mass_kg) for p in launcher.jettisons if p.at_s == t_s))


def _fail(tanks: list[_Tank], fails: EngineOut) -> None:
    for tank in tanks:
        if tank.stage.id == fails.stage:
            lost = fails.units / (tank.stage.count * tank.stage.engines)
            tank.share -= lost
            if tank.stage.engines == 1:                      # a unit with its own tanks takes them with it
                tank.lost_kg += lost * tank.left_kg
                tank.left_kg -= lost * tank.left_kg


def _row(launcher: Launcher, tanks: list[_Tank], t_s: float, next_s: float, mass_kg: float, payload_kg: float
         ) -> tuple[list[float], float]:
    """The row from t_s and when it ends: at next_s or before, when a tank is dry or the load limit reached."""
    level = [tank.share * _level(tank.stage, t_s) if tank.left_kg > 1e-6 else 0.0 for tank in tanks]
    thrust = sum(x * k.stage.count * k.stage.thrust_vacuum_n for x, k in zip(level, tanks, strict=True))
    back = sum(x * k.stage.count * (k.stage.thrust_vacuum_n - k.stage.thrust_sea_level_n)
               for x, k in zip(level, tanks, strict=True)) / SEA_LEVEL_PA
    flow = sum(x * _flow_kg_s(k.stage) for x, k in zip(level, tanks, strict=True))
    limit = G0_M_S2 * min((k.stage.load_limit_g for x, k in zip(level, tanks, strict=True)
                           if x > 0.0 and k.stage.load_limit_g is not None), default=0.0)
    first = min((s.separation_s for s in launcher.stages if s.separation_s is not None), default=NEVER_S)
    area = launcher.aero.area_boosters_m2 if t_s < first else launcher.aero.area_core_m2
    alone = all(s.separation_s is not None and s.separation_s <= t_s for s in launcher.stages[:-1])
    floor = empty_mass_kg(launcher, payload_kg) + sum(p.mass_kg for p in launcher.jettisons if p.at_s > t_s)
    row = [t_s, thrust, back, flow, area, 0.0, limit, floor if alone and level[-1] > 0.0 else 0.0]
    if limit and thrust > 0.0 and mass_kg * limit > thrust * (1 + 1e-9):
        next_s = min(next_s, t_s + (mass_kg - thrust / limit) / flow)
    share = min(1.0, limit * mass_kg / thrust) if limit and thrust > 0.0 else 1.0
    if not row[7]:
        for x, tank in zip(level, tanks, strict=True):
            if x > 0.0:                                      # under a load limit the flow falls, so dry comes later
                next_s = min(next_s, t_s + tank.left_kg / (x * share * _flow_kg_s(tank.stage)))
    return row, next_s


def _burn(tanks: list[_Tank], row: list[float], t_s: float, next_s: float, mass_kg: float) -> float:
    """Take out of the tanks what the row burns until next_s; returns the sum."""
    _, thrust, _, flow, _, _, limit, _ = row
    if flow == 0.0:
        return 0.0
    burnt = flow * (next_s - t_s)
    if limit and thrust >= limit * mass_kg * (1 - 1e-9):
        burnt = mass_kg * (1.0 - float(np.exp(-limit * flow / thrust * (next_s - t_s))))
    for tank in tanks:
        x = tank.share * _level(tank.stage, t_s) if tank.left_kg > 1e-6 else 0.0
        tank.left_kg -= burnt * x * _flow_kg_s(tank.stage) / flow
    return burnt


def rocket_of(launcher: Launcher, rows: FloatArray, pad: Site, errors: AscentErrors = NO_ERRORS) -> Rocket:
    """What flies, as physics takes it; the wind of the errors blows as over the pad."""
    aero, wind = launcher.aero, NO_WIND
    if errors.wind is not None:
        east, north, _ = enu_from_itrf(pad.latitude_rad, pad.longitude_rad)
        blows = np.outer(errors.wind.east_m_s, east) + np.outer(errors.wind.north_m_s, north)
        wind = np.column_stack([errors.wind.height_m, blows])
    return Rocket(rows, np.array(aero.mach), np.array(aero.cd0), aero.lift_1_rad, wind, earth())


@cache
def earth() -> Earth:
    """The missions' gravity, turning about the axis of ITRF; Sun and Moon need an instant and are left out."""
    gravity, radius_m = gravity_table(DEGREE)
    return Earth(gravity, radius_m, np.array([0.0, 0.0, EARTH_RATE_RAD_S]), np.zeros((0, 4)))

