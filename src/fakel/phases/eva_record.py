"""What a walk leaves behind: events, the ledger, channels and tables, from its timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.flight import EVENT_NAMES, Channel, Event, Situation, Transfer
from fakel.model.outfit import Item, Suit
from fakel.model.place import Airlock
from fakel.phases.custody import hand_over, require_holders
from fakel.physics.suit import tissue_ratio
from fakel.plan import eva as planner
from fakel.plan.coverage import Sky, sky_channels
from fakel.plan.eva import Placed, Task
from fakel.plan.suits import Use

AIR_KG_PER_J = 0.0289652 / (8.314462618 * 295.15)
"""Mass of dry air per pressure times volume at 22 C (ideal gas)."""
CABIN_PA = 101_325.0


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """A walk as it went. terminated_s: when it was ended early, seconds after hatch opening."""

    airlock: Airlock
    walkers: tuple[str, ...]
    suits: Mapping[str, Suit]
    items: Mapping[str, Item]
    prebreathe_s: float
    tasks: tuple[Task, ...]
    hatch_open: Epoch
    placed: tuple[Placed, ...]
    spent: Mapping[str, Use]
    sky: Sky
    terminated_s: float | None

    @property
    def hatch_closed(self) -> Epoch:
        return self.hatch_open + planner.walk_s(self.placed)


def oxygen_left(suits: Mapping[str, Suit], walkers: tuple[str, ...], situation: Situation) -> dict[str, float]:
    """Primary oxygen in each walker's suit, kg: what the situation says, or a full suit."""
    return {p: _left(situation, p, "oxygen_kg", suits[p].oxygen_kg) for p in walkers}


def _left(situation: Situation, person: str, key: str, full: float) -> float:
    return float(situation.suits.get(person, {}).get(key, full))


def suits_after(walk: Walk, before: Situation) -> dict[str, Mapping[str, float]]:
    """What is in the suits after the walk; the reserve is untouched because the plan is refused otherwise."""
    after = dict(before.suits)
    for person in walk.walkers:
        suit, use = walk.suits[person], walk.spent[person]
        after[person] = {
            "oxygen_kg": _left(before, person, "oxygen_kg", suit.oxygen_kg) - float(use.oxygen_kg[-1]),
            "oxygen_reserve_kg": _left(before, person, "oxygen_reserve_kg", suit.oxygen_reserve_kg),
            "co2_kg": _left(before, person, "co2_kg", 0.0) + float(use.co2_kg[-1]),
            "water_kg": _left(before, person, "water_kg", suit.feedwater_kg) - float(use.water_kg[-1])}
    return after


# ---------------------------------------------------------------- the ledger

def transfers(walk: Walk, holders: Mapping[str, str]) -> tuple[tuple[Transfer, ...], dict[str, str]]:
    """Every hand-over at the end of its task, and who holds what in the end.

    In a walk ended early, hand-overs of tasks cut off do not happen, and what is outside comes in with whoever
    holds it. Raises InputError when a giver does not hold the item.
    """
    now, done = dict(holders), []
    require_holders(walk.items, now)
    early = walk.terminated_s is not None
    for p in sorted(walk.placed, key=lambda p: p.stop_s):
        for give in p.task.gives:
            if early and p.stop_s - p.start_s < p.task.duration_s - 1e-6:
                continue
            giver = now[give.item] if early else give.from_
            if early and (giver == give.to or (give.to not in walk.walkers and giver not in walk.walkers)):
                continue
            transfer = Transfer(walk.hatch_open + p.stop_s, give.item, giver, give.to, p.task.title)
            now = hand_over(now, transfer)
            done.append(transfer)
    return tuple(done), now


def _handed(walk: Walk, transfer: Transfer) -> Event:
    """torch_out, torch_in, torch_handover; for other things item_out, item_in, item_handover."""
    out, into = transfer.giver not in walk.walkers, transfer.taker not in walk.walkers
    kind = "out" if out else "in" if into else "handover"
    name = f"{transfer.item}_{kind}" if f"{transfer.item}_{kind}" in EVENT_NAMES else f"item_{kind}"
    item = walk.items[transfer.item]
    facts = {"giver": transfer.giver, "taker": transfer.taker, "mass_kg": item.mass_kg,
             "longest_side_m": max(item.length_m, item.width_m, item.depth_m),
             "hatch_diameter_m": walk.airlock.hatch_diameter_m, "lit": "flame" in item.hazards,
             **_share(walk, transfer.epoch, transfer.epoch + 60.0)}
    return Event(transfer.epoch, name, transfer.item, "eva", facts)


# ---------------------------------------------------------------- events

def events(walk: Walk, given: tuple[Transfer, ...], before: Situation, stop: Epoch, ending: str) -> tuple[Event, ...]:
    """All events of a walk, in order of time."""
    lock, depress = walk.airlock, walk.hatch_open + -walk.airlock.depress_s
    oxygen_s = walk.prebreathe_s + lock.depress_s
    after = suits_after(walk, before)
    air_kg = AIR_KG_PER_J * CABIN_PA * lock.volume_m3

    def event(epoch: Epoch, name: str, **facts: Any) -> Event:
        return Event(epoch, name, lock.id, "eva", facts)
    found = [
        event(depress + -walk.prebreathe_s, "prebreathe_start", walkers=list(walk.walkers)),
        event(depress, "depress_start", air_lost_kg=air_kg),
        event(walk.hatch_open, "hatch_open", walkers=list(walk.walkers), prebreathe_s=walk.prebreathe_s,
              oxygen_before_hatch_s=oxygen_s,
              tissue_ratio=max(tissue_ratio(oxygen_s, walk.suits[p].pressure_pa) for p in walk.walkers),
              **_share(walk, walk.hatch_open, walk.hatch_open + 60.0)),
        event(walk.hatch_closed, "hatch_closed", outside_s=walk.hatch_closed - walk.hatch_open,
              least_oxygen_kg=min(after[p]["oxygen_kg"] for p in walk.walkers)),
        event(walk.hatch_closed, "repress_start", air_needed_kg=air_kg), event(stop, "repress_end"),
        Event(stop, "phase_end", lock.id, "eva", {"ending": ending})]
    found += [e for p in walk.placed for e in _task_events(walk, p)]
    found += [_handed(walk, transfer) for transfer in given]
    found += _not_done(walk)
    return tuple(sorted(found, key=lambda e: e.epoch))


def _task_events(walk: Walk, p: Placed) -> tuple[Event, Event]:
    start, stop = walk.hatch_open + p.start_s, walk.hatch_open + p.stop_s
    facts = {"title": p.task.title, "who": list(p.task.who), "place": p.task.place, "metabolic_w": p.task.metabolic_w,
             "must": list(p.task.must), "granted": p.granted, "scene": p.task.scene, "source": p.task.source,
             **_share(walk, start, stop)}
    return Event(start, "task_start", p.task.id, "eva", facts), Event(stop, "task_end", p.task.id, "eva", facts)


def _not_done(walk: Walk) -> list[Event]:
    done = {p.task.id for p in walk.placed}
    when = walk.hatch_open if walk.terminated_s is None else walk.hatch_open + walk.terminated_s
    found = [Event(when, "task_deferred", t.id, "eva", {"title": t.title}) for t in walk.tasks if t.id not in done]
    if walk.terminated_s is not None:
        found.append(Event(when, "walk_terminated", walk.airlock.id, "eva", {"after_s": walk.terminated_s}))
    return found


def _share(walk: Walk, start: Epoch, stop: Epoch) -> dict[str, float]:
    """Shares of a stretch that are sunlit and in view of a relay."""
    first, last = (round((e - walk.sky.start) / walk.sky.step_s) for e in (start, stop))
    inside = slice(max(first, 0), max(last, first + 1))
    if not len(walk.sky.sunlit[inside]):
        return {}
    return {"lit_share": float(walk.sky.sunlit[inside].mean()), "relay_share": float(walk.sky.relay[inside].mean())}


# ---------------------------------------------------------------- channels and tables

def channels(walk: Walk, before: Situation) -> tuple[Channel, ...]:
    """suit.* , eva.* and station.* channels; suits from depressurisation to the end, tethers while outside."""
    out = list(sky_channels(walk.sky))
    for person in walk.walkers:
        out += _suit_channels(walk, person, before)
    t_s = walk.spent[walk.walkers[0]].t_s
    for name, flags in (("sunlit", walk.sky.sunlit), ("link", walk.sky.link), ("relay", walk.sky.relay)):
        out.append(Channel(f"eva.{name}", "0 or 1", walk.hatch_open, t_s, _sampled(walk, flags, t_s)))
    return tuple(out)


def _suit_channels(walk: Walk, person: str, before: Situation) -> list[Channel]:
    use, suit = walk.spent[person], walk.suits[person]
    outside_s = use.t_s[(use.t_s >= 0.0) & (use.t_s < planner.walk_s(walk.placed))]
    rows = (("oxygen_kg", "kg", _left(before, person, "oxygen_kg", suit.oxygen_kg) - use.oxygen_kg),
            ("co2_kg", "kg", _left(before, person, "co2_kg", 0.0) + use.co2_kg), ("metabolic_w", "W", use.metabolic_w),
            ("water_kg", "kg", _left(before, person, "water_kg", suit.feedwater_kg) - use.water_kg))
    return [Channel(f"suit.{person}.{name}", unit, walk.hatch_open, use.t_s, values) for name, unit, values in rows] + [
        Channel(f"eva.tethers.{person}", "points", walk.hatch_open, outside_s,
                planner.tethers(walk.placed, person, outside_s))]


def _sampled(walk: Walk, flags: np.ndarray, t_s: FloatArray) -> FloatArray:
    i = np.rint((walk.hatch_open - walk.sky.start + t_s) / walk.sky.step_s).astype(int)
    return np.where((i >= 0) & (i < len(flags)), flags[np.clip(i, 0, len(flags) - 1)].astype(float), np.nan)


def timeline_table(walk: Walk) -> dict[str, list[Any]]:
    """Study ``timeline``: one row for each task that was done, in order of its start."""
    rows = sorted(walk.placed, key=lambda p: p.start_s)
    spans = [(walk.hatch_open + p.start_s, walk.hatch_open + p.stop_s) for p in rows]
    shares = [_share(walk, *span) for span in spans]
    return {"task": [p.task.id for p in rows], "title": [p.task.title for p in rows],
            "who": [", ".join(p.task.who) for p in rows], "place": [p.task.place for p in rows],
            "start_utc": [a.iso() for a, _ in spans], "stop_utc": [b.iso() for _, b in spans],
            "start_min": [p.start_s / 60 for p in rows], "length_min": [(p.stop_s - p.start_s) / 60 for p in rows],
            "metabolic_w": [p.task.metabolic_w for p in rows], "must": [", ".join(p.task.must) for p in rows],
            "granted": [p.granted for p in rows], "scene": [p.task.scene for p in rows],
            "lit_share": [s.get("lit_share", np.nan) for s in shares],
            "relay_share": [s.get("relay_share", np.nan) for s in shares], "source": [p.task.source for p in rows]}


def suit_table(walk: Walk, before: Situation) -> dict[str, list[Any]]:
    """Study ``suits``: what each walker used and has left."""
    after, people = suits_after(walk, before), walk.walkers
    watts = {p: float(np.mean(walk.spent[p].metabolic_w[:-1])) for p in people}
    return {"person": list(people), "suit": [walk.suits[p].name for p in people],
            "hours": [float(walk.spent[p].t_s[-1] - walk.spent[p].t_s[0]) / 3600 for p in people],
            "mean_metabolic_w": [watts[p] for p in people],
            **{f"{key[:-3]}_used_kg": [float(getattr(walk.spent[p], key)[-1]) for p in people]
               for key in ("oxygen_kg", "co2_kg", "water_kg")},
            **{f"{key[:-3]}_left_kg": [after[p][key] for p in people] for key in ("oxygen_kg", "water_kg")},
            "co2_capacity_kg": [walk.suits[p].co2_capacity_kg or np.nan for p in people],
            "leak_known": [walk.suits[p].leak_kg_s is not None for p in people]}
