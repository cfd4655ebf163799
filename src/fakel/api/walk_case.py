"""A mission's spacewalk as the planner's question: from its step, the station's predicted path and the network."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from fakel.api.track import from_elements, from_flight
from fakel.load.library import read_toml
from fakel.load.mission import mission_from, mission_path
from fakel.model.blank import Blank
from fakel.model.day import midnight
from fakel.model.epoch import Epoch, Window, Windows, gaps, intersection, union
from fakel.model.errors import InputError
from fakel.model.flight import STATION, Arc
from fakel.model.mission import Mission
from fakel.model.outfit import LifeSupport
from fakel.phases import eva as phase
from fakel.phases.eva import Plan
from fakel.physics import suit as physics
from fakel.plan import eva
from fakel.plan.along import way_of
from fakel.plan.coasting import coast_arc
from fakel.plan.coverage import Sky, sky_over, windows
from fakel.plan.eva_case import AlongRail, Budget, Case, Past, Spans, TravelTime, no_way
from fakel.plan.rails import travel_table
from fakel.plan.start import mission_world, station_state
from fakel.plan.suits import idle_kg_s
from fakel.plan.way_back import HANDRAIL_M_S
from fakel.world import World

HEAD = ("id", "title", "station", "network", "people", "suits", "items", "elements", "ships", "time_zone")
STEP = "walk"
BY = " by the rails of "


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk of a mission file: the step's name, its plan, and what the file says."""

    path: Path
    mission: Mission
    step: str
    plan: Plan
    table: dict[str, Any]


def read_walk(name: str, tle: str = "") -> Walk:
    """The spacewalk of a mission, or of a file that holds a walk alone. InputError when there is none, or several."""
    path = mission_path(name)
    table = read_toml(path)
    if "steps" not in table and "tasks" in table:
        table = _alone(table, path, tle)
    mission = mission_from(table, path)
    steps = [step for step in mission.steps.values() if step.phase == "eva"]
    if len(steps) != 1:
        raise InputError(f"{path}: holds {len(steps)} spacewalks; give a file with one")
    return Walk(path, mission, steps[0].name, steps[0].plan, table)


def _alone(table: dict[str, Any], path: Path, tle: str) -> dict[str, Any]:
    """A walk's own file, with the keys of a step and of a mission side by side, as the mission that holds it alone."""
    day = table.get("date")
    if type(day) is not date:
        raise InputError(f"{path}: date is missing; write the day of the walk, like 2013-11-09")
    head = {key: value for key, value in table.items() if key in HEAD}
    if "elements" not in head and tle:
        head["elements"] = {"file": str(Path(tle).resolve()), "max_age_days": 365}
    step = {key: value for key, value in table.items() if key not in HEAD}
    step |= {"phase": "eva", "then": {"done": "end", "terminated": "end"}}
    return {"id": path.stem, "title": path.stem, "date": day, "last_date": day, "first": STEP, **head,
            "steps": {STEP: step}}


def path_of(walk: Walk, tle: str, flight: str) -> tuple[Arc, World, str, tuple[str, ...]]:
    """The station's path over the crew's day: SGP4's, as flown, or coasted from the mission's own start; what it is,
    and what to tell of it."""
    window = Window(midnight(walk.plan.date) + walk.plan.crew_day.start_s,
                    midnight(walk.plan.date) + walk.plan.crew_day.stop_s)
    if tle:
        track = from_elements(Path(tle), window.start, window.stop)
        return track.arcs[0], track.world, track.source, track.told
    if flight:
        track = from_flight(Path(flight), STATION, window.start, window.stop)
        if len(track.arcs) != 1 or track.arcs[0].start > window.start or track.arcs[0].stop < window.stop:
            raise InputError(f"--flight: {flight} does not hold the station for the whole of {walk.plan.date}; fly it "
                             "on, or plan from --tle")
        return track.arcs[0], track.world, track.source, track.told
    world = mission_world(walk.mission)
    state = station_state(walk.mission, window.start, world)
    arc = coast_arc(state, "eva", window.stop, walk.plan.step_s, walk.plan.station, world)
    return arc, world, f"the mission's own start, coasted from {walk.mission.station_start.epoch.iso()}", ()


def case_of(walk: Walk, arc: Arc, world: World, hatch: Window | None, pad: float = 0.0, past: Past | None = None,
            ways: TravelTime | None = None) -> Case:
    """The planner's question. hatch: openings that may be chosen. pad: sigmas added to each duration. ways: seconds
    between worksites (default: the walk's own)."""
    plan = walk.plan
    first, last = hatch_range(plan, hatch)
    origin = first if first == last else (
        midnight(plan.date) + 60.0 * math.ceil((first - midnight(plan.date)) / 60.0 - 1e-9))
    start, stop = arc.start + float(arc.t_s[0]), arc.stop
    assert plan.network is not None
    sky = sky_over(arc, plan.network, world, start=max(start, origin + -3600.0), stop=stop, step_s=phase.SKY_STEP_S)
    tasks = tuple(_by_rails(plan, replace(t, duration_s=t.duration_s + pad * t.spread_s))
                  for t in plan.tasks if not t.deferred)
    named, seen = wish_windows(sky, tasks, plan.audience)
    close_s = midnight(plan.date) + (plan.crew_day.stop_s - plan.airlock.repress_s) - origin
    return Case(origin, plan.walkers, tasks, plan.airlock.id, ways or _ways(plan),
                {wish: _spans(found, origin) for wish, found in named.items()}, _spans(seen, origin),
                (0.0, last - origin), close_s, phase.longest_s(plan), plan.tools, budgets(plan), plan.show,
                plan.rest_every_s, plan.rest_s, past)


def _ways(plan: Plan) -> TravelTime:
    """Times between worksites: none apart, along the station's handrails, or as if these were one line."""
    if not plan.ways_apart:
        return no_way
    if plan.rails is None:
        return AlongRail(plan.from_hatch_m, HANDRAIL_M_S)
    rails, table = plan.rails, travel_table(plan.rails, sorted({plan.airlock.id, *(t.place for t in plan.tasks)}))
    by_rails = {f"{task.place}{BY}{task.id}": task for task in plan.tasks if task.via}

    def takes_s(place_a: str, place_b: str) -> float:
        start = place_a.split(BY)[0]
        if place_a == place_b or place_b not in by_rails:
            return table[start][place_b.split(BY)[0]]
        return rails.takes_s(rails.length_m(way_of(rails, rails.index(start), rails.index(by_rails[place_b].place),
                                                   by_rails[place_b])))
    return takes_s


def _by_rails(plan: Plan, task: eva.Task) -> eva.Task:
    """A task whose ways are apart and lead by rails of its own: its place is one of its own to the planner."""
    return replace(task, place=f"{task.place}{BY}{task.id}") if plan.ways_apart and plan.rails and task.via else task


def hatch_range(plan: Plan, wanted: Window | None) -> tuple[Epoch, Epoch]:
    """First and last opening: as wished, as the plan gives it, or all that the crew's day allows."""
    if wanted is not None:
        return wanted.start, wanted.stop
    if not isinstance(plan.hatch_open, Blank):
        return plan.hatch_open, plan.hatch_open
    first = midnight(plan.date) + (plan.crew_day.start_s + plan.preparation_s + plan.inside_s)
    needed = [t for t in plan.tasks if not (t.choose or t.may_wait or t.deferred)]
    need_s = max(sum(t.duration_s for t in needed if person in t.who) for person in plan.walkers)
    last = midnight(plan.date) + (plan.crew_day.stop_s - plan.airlock.repress_s - need_s)
    if last < first:
        raise InputError(f"the tasks take {need_s / 60:.0f} min, which the crew's day does not leave outside; shorten "
                         "some, mark them optional, or lengthen the day")
    return first, last


def wish_windows(sky: Sky, tasks: Iterable[eva.Task],
                 audience: eva.Audience | None) -> tuple[dict[str, Windows], Windows]:
    """Exact windows of each wish and of each set of wishes that a task has, and those in which the show counts."""
    whole = Window(sky.start, sky.start + float(sky.t_s[-1]))
    ground = union(tuple(p.window for p in sky.passes if p.other in sky.sites))
    relay = union(tuple(p.window for p in sky.passes if p.other in sky.relays))
    found = {"light": union(sky.lit), "dark": gaps(sky.lit, whole), "relay": relay, "ground": ground,
             "link": union(relay + ground), "tv": intersection(sky.lit, relay)}
    for must in {task.must for task in tasks if len(task.must) > 1}:
        both = found[must[0]]
        for wish in must[1:]:
            both = intersection(both, found[wish])
        found["+".join(sorted(must))] = both
    at_home = windows(sky, eva.audience_flags(sky, audience)) if audience else (whole,)
    return found, intersection(found["tv"], at_home)


def _spans(found: Windows, origin: Epoch) -> Spans:
    return tuple((w.start - origin, w.stop - origin) for w in found)


def budgets(plan: Plan) -> tuple[Budget, ...]:
    """What each suit may spend of what it has; the airlock counts as lit. ``assumed_limits`` says what of it is
    nobody's published number."""
    lock_s, rows = plan.airlock.depress_s + plan.airlock.repress_s, []
    for person in plan.walkers:
        suit, watts = plan.suits[person], {t.id: t.metabolic_w for t in plan.tasks}
        leak = idle_kg_s(suit, plan.between_w) - float(physics.oxygen_rate_kg_s(plan.between_w))
        life = suit.life_support

        def oxygen(w: float, leak: float = leak) -> float:
            return float(physics.oxygen_rate_kg_s(w)) + leak

        def water(w: float, lit: float = 0.0, life: LifeSupport = life) -> float:
            return float(physics.feedwater_rate_kg_s(physics.cooler_w(w, life.electric_w, lit, life.sun_w,
                                                                      life.shadow_w)))

        def absorbed(w: float) -> float:
            return float(physics.co2_rate_kg_s(w))
        things = (("oxygen", suit.oxygen_kg, plan.keep_kg[person], oxygen), ("water", suit.feedwater_kg, 0.0, water),
                  ("absorber", suit.number("co2_capacity_kg"), 0.0, absorbed))
        for what, capacity, spare, rate in things:
            idle = rate(plan.between_w)
            lit = max(0.0, water(plan.between_w, 1.0) - idle) if what == "water" else 0.0
            rows.append(Budget(person, what, "kg", capacity, spare, (idle + lit) * lock_s, idle,
                               {name: rate(w) for name, w in watts.items()}, lit))
        rows.append(Budget(person, "battery", "min", suit.number("battery_s") / 60, 0.0, lock_s / 60, 1 / 60,
                           dict.fromkeys(watts, 1 / 60)))
    return tuple(rows)


def assumed_limits(plan: Plan) -> tuple[str, ...]:
    """Limits that rest on a number which nobody has published, said once for each kind of suit."""
    suits = {plan.suits[p].name: plan.suits[p] for p in plan.walkers}
    limits = (("leak", "leak_kg_s"), ("absorber", "co2_capacity_kg"), ("battery", "battery_s"))
    return tuple(f"{name}: {', '.join(found)} assumed, as no value is public" for name, suit in suits.items()
                 if (found := [what for what, key in limits if key in suit.assumed]))
