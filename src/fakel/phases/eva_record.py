"""What a walk leaves behind: events, the ledger, channels and tables, from its timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.day import midnight
from fakel.model.epoch import Epoch
from fakel.model.flight import EVENT_NAMES, Channel, Event, Situation, Transfer
from fakel.phases import eva_air, eva_alarms
from fakel.phases.custody import hand_over, require_holders
from fakel.phases.eva_place import held_on_ways, place_channels
from fakel.physics.suit import CO2_KG_PER_KG_O2, EFFORT_SPREAD
from fakel.plan import airlock, margins
from fakel.plan import eva as planner
from fakel.plan.coverage import Sky, sky_channels
from fakel.plan.eva import Placed, Task
from fakel.plan.suits import Use, full

if TYPE_CHECKING:
    from fakel.phases.eva import Plan


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """A walk as it went. terminated_s: when it was ended early, seconds after hatch opening, and why."""

    plan: Plan
    hatch_open: Epoch
    placed: tuple[Placed, ...]
    spent: Mapping[str, Use]
    sky: Sky
    terminated_s: float | None
    reason: str

    @property
    def hatch_closed(self) -> Epoch:
        return self.hatch_open + planner.walk_s(self.placed)


def left(plan: Plan, situation: Situation, person: str, key: str) -> float:
    """What a walker's suit holds as the walk begins: a full suit, or what the situation says it still has."""
    whole = full(plan.suits[person])[key]
    return whole if plan.recharged else float(situation.suits.get(person, {}).get(key, whole))


def _had(plan: Plan, situation: Situation) -> dict[str, dict[str, float]]:
    return {p: {key: left(plan, situation, p, key) for key in full(plan.suits[p])} for p in plan.walkers}


def suits_after(walk: Walk, before: Situation) -> dict[str, Mapping[str, float]]:
    """What is in the suits after the walk; when the primary oxygen is gone the reserve is breathed."""
    after, everybody = dict(before.suits), _had(walk.plan, before)
    for person in walk.plan.walkers:
        use = walk.spent[person]
        had = everybody[person]
        rest_kg = had["oxygen_kg"] - float(use.oxygen_kg[-1])
        after[person] = {
            "oxygen_kg": max(rest_kg, 0.0), "oxygen_reserve_kg": had["oxygen_reserve_kg"] + min(rest_kg, 0.0),
            "co2_kg": had["co2_kg"] + float(use.co2_kg[-1]), "water_kg": had["water_kg"] - float(use.water_kg[-1]),
            "battery_s": had["battery_s"] - float(use.battery_s[-1])}
    return after


# ---------------------------------------------------------------- the ledger

def transfers(walk: Walk, holders: Mapping[str, str]) -> tuple[tuple[Transfer, ...], dict[str, str]]:
    """Every hand-over at the end of its task, and who holds what in the end.

    In a walk ended early, hand-overs of tasks cut off do not happen, and what is outside comes in with whoever
    holds it. Raises InputError when a giver does not hold the item.
    """
    walkers = walk.plan.walkers
    now, done = dict(holders), []
    require_holders(walk.plan.items, now)
    early = walk.terminated_s is not None
    for p in sorted(walk.placed, key=lambda p: p.stop_s):
        for give in p.task.gives:
            if early and p.stop_s - p.start_s < p.task.duration_s - 1e-6:
                continue
            giver = now[give.item] if early else give.from_
            if early and (giver == give.to or (give.to not in walkers and giver not in walkers)):
                continue
            transfer = Transfer(walk.hatch_open + p.stop_s, give.item, giver, give.to, p.task.title)
            now = hand_over(now, transfer)
            done.append(transfer)
    return tuple(done), now


def custody_table(walk: Walk, given: tuple[Transfer, ...], before: Situation) -> dict[str, list[Any]]:
    """Study ``custody``: who holds each item, and where, from when to when."""
    rows, stop = [], walk.hatch_closed + walk.plan.airlock.repress_s
    for item in sorted(walk.plan.items):
        moves = [t for t in given if t.item == item]
        edges = [before.epoch, *(t.epoch for t in moves), stop]
        holders = [before.holders[item], *(t.taker for t in moves)]
        for holder, a, b in zip(holders, edges[:-1], edges[1:], strict=True):
            rows.append((item, holder, _whereabouts(walk, holder, a), a.iso(), b.iso(), (b - a) / 60))
    names = ("item", "holder", "place", "start_utc", "stop_utc", "length_min")
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def _whereabouts(walk: Walk, holder: str, epoch: Epoch) -> str:
    if holder not in walk.plan.walkers:
        return holder
    return planner.place_of(walk.placed, holder, epoch - walk.hatch_open, walk.plan.airlock.id)


def _handed(walk: Walk, transfer: Transfer) -> Event:
    """torch_out, torch_in, torch_handover; for other things item_out, item_in, item_handover."""
    plan = walk.plan
    out, into = transfer.giver not in plan.walkers, transfer.taker not in plan.walkers
    kind = "out" if out else "in" if into else "handover"
    name = f"{transfer.item}_{kind}" if f"{transfer.item}_{kind}" in EVENT_NAMES else f"item_{kind}"
    item = plan.items[transfer.item]
    sides = sorted((item.length_m, item.width_m, item.depth_m))
    facts = {"giver": transfer.giver, "taker": transfer.taker, "mass_kg": item.mass_kg, "longest_side_m": sides[2],
             "second_side_m": sides[1], "hatch_diameter_m": plan.airlock.hatch_diameter_m,
             "lit": "flame" in item.hazards, **_share(walk, transfer.epoch, transfer.epoch + 60.0)}
    return Event(transfer.epoch, name, transfer.item, "eva", facts)


# ---------------------------------------------------------------- events

def events(walk: Walk, given: tuple[Transfer, ...], before: Situation, stop: Epoch, ending: str) -> tuple[Event, ...]:
    """All events of a walk, in order of time."""
    plan = walk.plan
    lock, depress = plan.airlock, walk.hatch_open + -plan.airlock.depress_s
    after = suits_after(walk, before)
    air = before.air[lock.id]
    lost_kg = airlock.air_lost_kg(lock, air["pressure_pa"], air["temperature_k"])
    woke = midnight(plan.date) + plan.crew_day.start_s

    def event(epoch: Epoch, name: str, **facts: Any) -> Event:
        return Event(epoch, name, lock.id, "eva", facts)
    found = [
        event(depress + -plan.prebreathe_s, "prebreathe_start", walkers=list(plan.walkers)),
        event(depress, "depress_start", air_lost_kg=lost_kg,
              needs_s=airlock.venting_needs_s(lock, air["pressure_pa"])),
        event(walk.hatch_open, "hatch_open", walkers=list(plan.walkers), people=len(plan.walkers),
              **eva_air.at_hatch(plan, air),
              **_share(walk, walk.hatch_open, walk.hatch_open + 60.0)),
        event(walk.hatch_closed, "hatch_closed", outside_s=walk.hatch_closed - walk.hatch_open,
              least_oxygen_kg=min(after[p]["oxygen_kg"] for p in plan.walkers)),
        event(walk.hatch_closed, "repress_start", air_needed_kg=lost_kg),
        event(stop, "repress_end", awake_s=stop - woke),
        Event(stop, "phase_end", lock.id, "eva", {"ending": ending})]
    found += [e for p in walk.placed for e in _task_events(walk, p)]
    found += [_handed(walk, transfer) for transfer in given]
    found += _not_done(walk) + eva_alarms.alarms(walk, _had(plan, before))
    return tuple(sorted(found, key=lambda e: e.epoch))


def _task_events(walk: Walk, p: Placed) -> tuple[Event, Event]:
    start, stop = walk.hatch_open + p.start_s, walk.hatch_open + p.stop_s
    facts = {"title": p.task.title, "who": list(p.task.who), "place": p.task.place,
             "from_hatch_m": walk.plan.from_hatch_m[p.task.place], "metabolic_w": p.task.metabolic_w,
             "must": list(p.task.must), "granted": p.granted, "scene": p.task.scene, "source": p.task.source,
             **_share(walk, start, stop)}
    return Event(start, "task_start", p.task.id, "eva", facts), Event(stop, "task_end", p.task.id, "eva", facts)


def _not_done(walk: Walk) -> list[Event]:
    when = walk.hatch_open if walk.terminated_s is None else walk.hatch_open + walk.terminated_s
    found = [Event(when, "task_deferred", t.id, "eva", {"title": t.title}) for t in _left_out(walk)]
    if walk.terminated_s is not None:
        found.append(Event(when, "walk_terminated", walk.plan.airlock.id, "eva",
                           {"after_s": walk.terminated_s, "reason": walk.reason}))
    return found


def _left_out(walk: Walk) -> list[Task]:
    done = {p.task.id for p in walk.placed}
    return [task for task in walk.plan.tasks if task.id not in done]


def deferred_table(walk: Walk) -> dict[str, list[Any]]:
    """Study ``deferred``: tasks that were left for another day, and why."""
    tasks = _left_out(walk)
    return {"task": [t.id for t in tasks], "title": [t.title for t in tasks],
            "length_min": [t.duration_s / 60 for t in tasks],
            "why": ["optional; the walk is full" if t.deferred else "the walk was ended early" for t in tasks]}


def _share(walk: Walk, start: Epoch, stop: Epoch) -> dict[str, float]:
    """Shares of a stretch that are sunlit, in view of a relay, and both."""
    first, last = (round((e - walk.sky.start) / walk.sky.step_s) for e in (start, stop))
    inside = slice(max(first, 0), max(last, first + 1))
    lit, relay = walk.sky.sunlit[inside], walk.sky.relay[inside]
    if not len(lit):
        return {}
    return {"lit_share": float(lit.mean()), "relay_share": float(relay.mean()), "tv_share": float((lit & relay).mean())}


# ---------------------------------------------------------------- channels and tables

def channels(walk: Walk, before: Situation) -> tuple[Channel, ...]:
    """suit.* , eva.* and station.* channels; suits from depressurisation to the end, tethers and places outside."""
    lock = eva_air.channel(walk, before.air[walk.plan.airlock.id])
    out = [*sky_channels(walk.sky), lock]
    for person in walk.plan.walkers:
        oxygen_kg = left(walk.plan, before, person, "oxygen_kg") + left(walk.plan, before, person, "oxygen_reserve_kg")
        out += [*_suit_channels(walk, person, before), eva_air.suit_channel(walk, person, lock, oxygen_kg),
                *_place_channels(walk, person)]
    out += place_channels(walk, walk.plan.rails) if walk.plan.rails else []
    t_s = walk.spent[walk.plan.walkers[0]].t_s
    for name, flags in (("sunlit", walk.sky.sunlit), ("link", walk.sky.link), ("relay", walk.sky.relay),
                        ("ground", walk.sky.ground)):
        out.append(Channel(f"eva.{name}", "0 or 1", walk.hatch_open, t_s, _sampled(walk, flags, t_s)))
    return tuple(out)


def _suit_channels(walk: Walk, person: str, before: Situation) -> list[Channel]:
    use, plan = walk.spent[person], walk.plan
    rest_kg = left(plan, before, person, "oxygen_kg") - use.oxygen_kg
    rows = (("oxygen_kg", "kg", np.maximum(rest_kg, 0.0)),
            ("oxygen_reserve_kg", "kg", left(plan, before, person, "oxygen_reserve_kg") + np.minimum(rest_kg, 0.0)),
            ("co2_kg", "kg", left(plan, before, person, "co2_kg") + use.co2_kg), ("metabolic_w", "W", use.metabolic_w),
            ("water_kg", "kg", left(plan, before, person, "water_kg") - use.water_kg), ("cooler_w", "W", use.cooler_w),
            ("battery_s", "s", left(plan, before, person, "battery_s") - use.battery_s))
    return [Channel(f"suit.{person}.{name}", unit, walk.hatch_open, use.t_s, values) for name, unit, values in rows]


def _place_channels(walk: Walk, person: str) -> list[Channel]:
    """How somebody is held while the hatch is open, and (without handrails) how far it is.

    eva.tethers: points, of hooks and hands; eva.hooks: tethers hooked; eva.hands_free: both at work, else one at most.
    """
    t_s = walk.spent[person].t_s
    t_s = t_s[(t_s >= 0.0) & (t_s < planner.walk_s(walk.placed))]
    points, on_way = planner.tethers(walk.placed, person, t_s), np.full(len(t_s), np.inf)
    if walk.plan.rails:                                      # on ways as the hooks say, at work as the task says
        on_way = held_on_ways(walk, walk.plan.rails, person, t_s)
    working = planner.at_work(walk.placed, person, t_s) & np.isinf(on_way)
    rows = (("tethers", "points", np.minimum(points, on_way)),
            ("hooks", "points", np.where(np.isinf(on_way), points, on_way - 1.0)),    # a hand is the other point
            ("hands_free", "hands", np.where(working, 2.0, 1.0)))
    held = [Channel(f"eva.{name}.{person}", unit, walk.hatch_open, t_s, values) for name, unit, values in rows]
    if walk.plan.rails:
        return held
    places = [planner.place_of(walk.placed, person, float(t), walk.plan.airlock.id) for t in t_s]
    away_m = np.array([walk.plan.from_hatch_m[place] for place in places])
    return [*held, Channel(f"eva.from_hatch_m.{person}", "m", walk.hatch_open, t_s, away_m)]


def sunlit_after(sky: Sky, hatch_open: Epoch) -> Callable[[FloatArray], FloatArray]:
    """Seconds after hatch opening (n,) to 1 in sunlight, 0 in the Earth's shadow; the station's own is left out."""
    def lit(t_s: FloatArray) -> FloatArray:
        i = np.rint((hatch_open - sky.start + t_s) / sky.step_s).astype(int)
        return sky.sunlit[np.clip(i, 0, len(sky.sunlit) - 1)].astype(float)
    return lit


def margin_tables(walk: Walk, channels: Sequence[Channel]) -> dict[str, dict[str, list[Any]]]:
    """Studies ``margins`` and ``margin_curve``: every trouble at every minute, and the worst of them."""
    plan = walk.plan
    party = margins.party_of(channels, {p: plan.suits[p] for p in plan.walkers}, walk.hatch_open,
                             planner.walk_s(walk.placed), plan.airlock.repress_s)
    found = margins.margins(party, plan.troubles)
    return {"margins": margins.worst_table(party, found), "margin_curve": margins.curve_table(party, found)}


def _sampled(walk: Walk, flags: np.ndarray, t_s: FloatArray) -> FloatArray:
    i = np.rint((walk.hatch_open - walk.sky.start + t_s) / walk.sky.step_s).astype(int)
    return np.where((i >= 0) & (i < len(flags)), flags[np.clip(i, 0, len(flags) - 1)].astype(float), np.nan)


def timeline_table(walk: Walk) -> dict[str, list[Any]]:
    """Study ``timeline``: one row for each task that was done, in order of its start.

    pet counts from hatch opening. wait_min: how long its people stood idle before it. live: television wants it live.
    """
    rows = sorted(walk.placed, key=lambda p: p.start_s)
    spans = [(walk.hatch_open + p.start_s, walk.hatch_open + p.stop_s) for p in rows]
    shares = [_share(walk, *span) for span in spans]
    minutes = [(p.stop_s - p.start_s) / 60 for p in rows]
    live = [m if p.task.scene and "tv" in p.task.must else 0.0 for p, m in zip(rows, minutes, strict=True)]
    table = {key: [s.get(key, np.nan) for s in shares] for key in ("lit_share", "relay_share", "tv_share")}
    return {"task": [p.task.id for p in rows], "title": [p.task.title for p in rows],
            "who": [", ".join(p.task.who) for p in rows], "place": [p.task.place for p in rows],
            "start_utc": [a.iso() for a, _ in spans], "stop_utc": [b.iso() for _, b in spans],
            "pet": [_clock(p.start_s) for p in rows], "start_min": [p.start_s / 60 for p in rows],
            "length_min": minutes, "wait_min": _waits(rows), "metabolic_w": [p.task.metabolic_w for p in rows],
            "must": [", ".join(p.task.must) for p in rows], "granted": [p.granted for p in rows],
            "scene": [p.task.scene for p in rows], "live_min": live,
            "live_dark_min": [m * (1.0 - share) for m, share in zip(live, table["tv_share"], strict=True)],
            **table, "source": [p.task.source for p in rows]}


def _clock(t_s: float) -> str:
    minutes = round(t_s / 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _waits(rows: list[Placed]) -> list[float]:
    free: dict[str, float] = {}
    waits = []
    for p in rows:
        waits.append(max(0.0, p.start_s - max(free.get(person, 0.0) for person in p.task.who)) / 60)
        free.update(dict.fromkeys(p.task.who, p.stop_s))
    return waits


def suit_table(walk: Walk, before: Situation) -> dict[str, list[Any]]:
    """Study ``suits``: what each walker used and has left; oxygen_left_min at the walk's own mean rate."""
    plan, after = walk.plan, suits_after(walk, before)
    people, spent = plan.walkers, walk.spent
    hours = [float(spent[p].t_s[-1] - spent[p].t_s[0]) / 3600 for p in people]
    used = {key: [float(getattr(spent[p], f"{key}_kg")[-1]) for p in people] for key in ("oxygen", "co2", "water")}
    return {"person": list(people), "suit": [plan.suits[p].name for p in people], "hours": hours,
            "autonomy_h": [plan.suits[p].autonomy_s / 3600 for p in people],
            "mean_metabolic_w": [float(np.average(spent[p].metabolic_w[:-1], weights=np.diff(spent[p].t_s)))
                                 for p in people],
            **{f"{key}_used_kg": values for key, values in used.items()},
            **{f"{key}_left_kg": [after[p][f"{key}_kg"] for p in people]
               for key in ("oxygen", "oxygen_reserve", "water")},
            "oxygen_left_1sigma_kg": [after[p]["oxygen_kg"] - EFFORT_SPREAD * co2 / CO2_KG_PER_KG_O2
                                      for p, co2 in zip(people, used["co2"], strict=True)],
            "battery_left_min": [np.nan if plan.suits[p].battery_s is None else after[p]["battery_s"] / 60
                                 for p in people],
            "assumed": [", ".join(plan.suits[p].assumed) for p in people],
            "oxygen_left_min": [after[p]["oxygen_kg"] / o2 * h * 60
                                for p, o2, h in zip(people, used["oxygen"], hours, strict=True)],
            "co2_total_kg": [after[p]["co2_kg"] for p in people],
            "co2_capacity_kg": [plan.suits[p].co2_capacity_kg or np.nan for p in people],
            "leak_known": [plan.suits[p].leak_kg_s is not None for p in people]}
