"""When it goes wrong: for every minute of a walk and every trouble, does everybody make it on what is left.

All minutes at once. On the way back both go along handrails by the time that is known for each minute; the hatch
closes when the last one is in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch
from fakel.model.flight import Channel
from fakel.model.margins import CASES, Margin, Troubles, Worst
from fakel.model.outfit import Suit
from fakel.physics import suit as physics
from fakel.plan.endurance import course
from fakel.plan.way_back import HANDRAIL_M_S

NEAR_M = 2.0
"""Two people this near in their ways to the hatch are taken to be side by side; else one goes by the hatch."""


@dataclass(frozen=True, slots=True, eq=False)
class Outside:
    """One walker at each of n minutes: what the suit still holds and how far the hatch is.

    end: what is left in the suit when the walk is over, by name of the store.
    """

    person: str
    suit: Suit
    oxygen_kg: FloatArray
    reserve_kg: FloatArray
    co2_room_kg: FloatArray
    water_kg: FloatArray
    battery_s: FloatArray
    metabolic_w: FloatArray
    sunlit: FloatArray
    away_s: FloatArray
    end: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """Everybody outside over the same n minutes t_s (n,) after hatch opening. to_link_s (n,): until the next link."""

    t_s: FloatArray
    walkers: tuple[Outside, ...]
    repress_s: float
    to_link_s: FloatArray


# ---------------------------------------------------------------- the troubles

def margins(party: Party, troubles: Troubles | None = None, cases: Sequence[str] = tuple(CASES)) -> tuple[Margin, ...]:
    """Each trouble of each person at each minute."""
    given = troubles or Troubles()
    found = (_TROUBLES[case](case, one, party, given) for case in cases for one in party.walkers
             if case != "carried" or len(party.walkers) > 1)
    return tuple(m if m.case in ("stuck", "item") else replace(m, at_hatch_s=_arrivals(m, party, given)) for m in found)


def _arrivals(margin: Margin, party: Party, given: Troubles) -> dict[str, FloatArray]:
    """When each is at the hatch: the last one as long before the air as hatch and air take, others by their ways."""
    last_s = margin.inside_s - given.ingress_s - party.repress_s
    longest_s = np.max([w.away_s for w in party.walkers], axis=0)
    if margin.case == "carried":
        return {w.person: last_s for w in party.walkers}
    return {w.person: last_s - longest_s + w.away_s for w in party.walkers}


def _inside(party: Party, before_s: FloatArray | float) -> FloatArray:
    """From the trouble to the airlock's air: the call, the longest of all ways, hatch, air."""
    return before_s + np.max([w.away_s for w in party.walkers], axis=0) + party.repress_s


def _effort(one: Outside, inside_s: FloatArray, given: Troubles) -> FloatArray:
    """Mean metabolic rate (n,) until inside: return_w on the way, idle_w otherwise."""
    way = np.minimum(one.away_s / np.maximum(inside_s, 1e-9), 1.0)
    return np.asarray(way * given.return_w + (1.0 - way) * given.idle_w)


def _stores(one: Outside, watts: FloatArray | float, reserve: bool) -> dict[str, FloatArray]:
    """How long each store lasts at an effort, in sunlight: that takes most water."""
    suit, life = one.suit, one.suit.life_support
    heat_w = physics.cooler_w(watts, life.electric_w, 1.0, life.sun_w, life.shadow_w)
    oxygen = one.oxygen_kg + (one.reserve_kg if reserve else 0.0)
    return {"oxygen": physics.lasts_s(oxygen, physics.oxygen_rate_kg_s(watts) + suit.number("leak_kg_s")),
            "absorber": physics.lasts_s(one.co2_room_kg, physics.co2_rate_kg_s(watts)),
            "water": physics.lasts_s(one.water_kg, physics.feedwater_rate_kg_s(heat_w)),
            "battery": np.maximum(one.battery_s, 0.0)}


def _terminate(case: str, one: Outside, party: Party, given: Troubles) -> Margin:
    expected_s = np.where(np.isfinite(party.to_link_s), party.to_link_s, 0.0)
    wait_s = expected_s + given.wait_s if case == "silence" else 0.0
    inside_s = _inside(party, wait_s + given.react_s + given.tidy_s + given.ingress_s)
    return Margin(case, one.person, inside_s, _stores(one, _effort(one, inside_s, given), reserve=False))


def _abort(case: str, one: Outside, party: Party, given: Troubles) -> Margin:
    inside_s, watts = _back(one, party, given)
    return Margin(case, one.person, inside_s, _stores(one, watts, reserve=True))


def _back(one: Outside, party: Party, given: Troubles) -> tuple[FloatArray, FloatArray]:
    """An abort: time until inside (n,), and the mean effort (n,)."""
    inside_s = _inside(party, given.react_s + given.ingress_s)
    return inside_s, _effort(one, inside_s, given)


def _carried(case: str, one: Outside, party: Party, given: Troubles) -> Margin:
    """The nearest other comes, by the hatch unless side by side, and carries; the other's stores count too."""
    others = [w for w in party.walkers if w.person != one.person]
    near_s = NEAR_M / HANDRAIL_M_S
    comes = [np.where(np.abs(w.away_s - one.away_s) <= near_s, 0.0, w.away_s + one.away_s) for w in others]
    come_s = np.min(comes, axis=0)
    inside_s = given.react_s + come_s + one.away_s / given.carry_share + given.ingress_s + party.repress_s
    inside_s = np.maximum(inside_s, _inside(party, given.react_s + given.ingress_s))
    first = np.argmin(comes, axis=0)
    helping = [_stores(w, given.carry_w, reserve=True) for w in others]
    stores = _stores(one, given.helpless_w, reserve=True)
    for name in list(stores):
        stores[f"{name} of the helper"] = np.choose(first, [h[name] for h in helping])
    return Margin(case, one.person, inside_s, stores)


def _leak(case: str, one: Outside, party: Party, given: Troubles) -> Margin:
    inside_s, watts = _back(one, party, given)
    breathed = physics.oxygen_rate_kg_s(watts) + one.suit.number("leak_kg_s")
    holds = physics.leak_lasts_s(one.oxygen_kg + one.reserve_kg, breathed, given.leak_kg_s,
                                 one.suit.life_support.feed_max_kg_s)
    return Margin(case, one.person, inside_s, {**_stores(one, watts, reserve=True), "oxygen": holds})


def _bad_air(case: str, one: Outside, party: Party, given: Troubles) -> Margin:
    """Carbon dioxide rises to its limit; then the purge valve is opened, and the reserve flows through the helmet."""
    life = one.suit.life_support
    inside_s, watts = _back(one, party, given)
    volume_m3 = life.helmet_volume_m3 if case == "fan" else life.free_volume_m3
    rise_s = physics.co2_rise_s(one.metabolic_w, volume_m3, life.co2_limit_pa)
    clean = physics.purged_co2_pa(given.return_w, life.purge_kg_s, one.suit.pressure_pa) < life.co2_limit_pa
    stores = _stores(one, watts, reserve=True)
    if case == "absorber":
        del stores["absorber"]
    stores["purge"] = rise_s + (physics.lasts_s(one.reserve_kg, life.purge_kg_s) if clean else 0.0)
    return Margin(case, one.person, inside_s, stores)


def _heat(case: str, one: Outside, party: Party, given: Troubles) -> Margin:
    """The purge valve is opened: dry oxygen dries the skin, and the body stores the rest."""
    life = one.suit.life_support
    inside_s, watts = _back(one, party, given)
    heat_w = physics.cooler_w(watts, life.electric_w, one.sunlit, life.sun_w, life.shadow_w)
    heat_w = np.maximum(heat_w - physics.purge_cooling_w(life.purge_kg_s, one.suit.pressure_pa), 0.0)
    stores = _stores(one, watts, reserve=True)
    del stores["water"]
    stores["body heat"] = physics.lasts_s(life.body_heat_limit_j, heat_w)
    stores["purge"] = physics.lasts_s(one.reserve_kg, life.purge_kg_s)
    return Margin(case, one.person, inside_s, stores)


def _water(case: str, one: Outside, party: Party, given: Troubles) -> Margin:
    inside_s, watts = _back(one, party, given)
    fills_s = physics.lasts_s(one.suit.life_support.helmet_water_limit_m3, given.water_m3_s)
    return Margin(case, one.person, inside_s, {**_stores(one, watts, reserve=True),
                                               "helmet": np.broadcast_to(fills_s, party.t_s.shape)})


def _later(case: str, one: Outside, party: Party, given: Troubles) -> Margin:
    """The walk ends later by the time lost, which is worked at the effort of that minute; stores as the walk ends.

    inside_s is the time lost; a store lasts for it and for what it would still last at rest afterwards.
    """
    lost_s = given.stuck_s if case == "stuck" else given.search_s
    life, end, watts = one.suit.life_support, one.end, one.metabolic_w

    def beyond(left: float, rate: Callable[[Any], FloatArray]) -> FloatArray:
        """Seconds that a store lasts from the walk's end on: the lost time at watts, the rest at idle_w."""
        short = np.maximum(left, 0.0) - lost_s * rate(watts)
        return np.where(short >= 0.0, lost_s + short / rate(given.idle_w), physics.lasts_s(left, rate(watts)))

    def water(w: Any) -> FloatArray:
        return physics.feedwater_rate_kg_s(physics.cooler_w(w, life.electric_w, 1.0, life.sun_w, life.shadow_w))
    stores = {"oxygen": beyond(end["oxygen_kg"],
                               lambda w: physics.oxygen_rate_kg_s(w) + one.suit.number("leak_kg_s")),
              "absorber": beyond(one.suit.number("co2_capacity_kg") - end["co2_kg"], physics.co2_rate_kg_s),
              "water": beyond(end["water_kg"], water),
              "battery": np.full(len(party.t_s), max(end["battery_s"], 0.0))}
    return Margin(case, one.person, np.full(len(party.t_s), lost_s), stores)


_TROUBLES: Mapping[str, Callable[[str, Outside, Party, Troubles], Margin]] = {
    "terminate": _terminate, "abort": _abort, "carried": _carried, "leak": _leak, "absorber": _bad_air, "fan": _bad_air,
    "cooling": _heat, "water": _water, "silence": _terminate, "stuck": _later, "item": _later}


# ---------------------------------------------------------------- what they leave

def least_s(margin: Margin) -> tuple[FloatArray, list[str]]:
    """The margin (n,) of the store that ends first, and its name, at each minute."""
    names = list(margin.lasts_s)
    rows = np.array([np.broadcast_to(margin.lasts_s[name], margin.inside_s.shape) for name in names])
    first = np.argmin(rows, axis=0)
    return rows.min(axis=0) - margin.inside_s, [names[i] for i in first]


def worst(party: Party, found: Sequence[Margin]) -> tuple[Worst, ...]:
    """The worst minute of each trouble and person; short_minutes: so long the margin is negative."""
    out, step_s = [], float(np.median(np.diff(party.t_s))) if len(party.t_s) > 1 else 0.0
    for margin in found:
        left_s, stores = least_s(margin)
        i = int(np.argmin(left_s))
        out.append(Worst(margin.case, margin.person, float(party.t_s[i]) / 60, stores[i], float(margin.inside_s[i]),
                         float(left_s[i]), float(np.sum(left_s < 0.0)) * step_s / 60))
    return tuple(out)


def worst_table(party: Party, found: Sequence[Margin]) -> dict[str, list[Any]]:
    """Study ``margins``: one row for each trouble and person."""
    rows = worst(party, found)
    return {"case": [r.case for r in rows], "person": [r.person for r in rows], "what": [CASES[r.case] for r in rows],
            "worst_minute": [r.minute for r in rows], "store": [r.store for r in rows],
            "inside_min": [r.inside_s / 60 for r in rows], "margin_min": [r.margin_s / 60 for r in rows],
            "short_min": [r.short_minutes for r in rows]}


def curve_table(party: Party, found: Sequence[Margin]) -> dict[str, list[Any]]:
    """Study ``margin_curve``: for each minute and person the margin of each trouble, and the time to the next link."""
    people = [w.person for w in party.walkers]
    left = {(m.case, m.person): least_s(m)[0] / 60 for m in found}
    cases = list(dict.fromkeys(m.case for m in found))
    n = len(party.t_s)
    return {"minute": [float(t) / 60 for _ in people for t in party.t_s],
            "person": [p for p in people for _ in range(n)],
            "to_link_min": [float(t) / 60 for _ in people for t in party.to_link_s],
            **{f"{case}_min": [float(v) for p in people for v in left[case, p]] for case in cases}}


# ---------------------------------------------------------------- where the numbers come from

def party_of(channels: Sequence[Channel], suits: Mapping[str, Suit], hatch_open: Epoch, walk_s: float,
             repress_s: float, step_s: float = 60.0) -> Party:
    """A walk from the channels it left: every step_s from hatch opening to closing."""
    known = {c.name: c for c in channels}
    t_s = np.arange(0.0, walk_s + 1e-6, step_s)

    def at(name: str, t: FloatArray = t_s) -> FloatArray:
        channel = known[name]
        return np.asarray(np.interp(t, channel.t_s + (channel.start - hatch_open), channel.values))

    def walker(person: str) -> Outside:
        suit, end = suits[person], np.array([walk_s + repress_s])
        away = (at(f"eva.to_hatch_s.{person}") if f"eva.to_hatch_s.{person}" in known
                else at(f"eva.from_hatch_m.{person}") / HANDRAIL_M_S)
        names = ("oxygen_kg", "co2_kg", "water_kg", "battery_s")
        return Outside(person, suit, at(f"suit.{person}.oxygen_kg"), at(f"suit.{person}.oxygen_reserve_kg"),
                       suit.number("co2_capacity_kg") - at(f"suit.{person}.co2_kg"), at(f"suit.{person}.water_kg"),
                       at(f"suit.{person}.battery_s"), at(f"suit.{person}.metabolic_w"),
                       np.nan_to_num(at("eva.sunlit"), nan=1.0), away,
                       {name: float(at(f"suit.{person}.{name}", end)[0]) for name in names})
    return Party(t_s, tuple(walker(p) for p in suits), repress_s, _until(at("eva.link") > 0.5, t_s))


def _until(up: np.ndarray, t_s: FloatArray) -> FloatArray:
    """Seconds until the next sample that is up; infinite when none comes."""
    later = np.where(up, t_s, np.inf)
    return np.asarray(np.minimum.accumulate(later[::-1])[::-1] - t_s)


def steady(suits: Mapping[str, Suit], minutes: float, metabolic_w: float, away_s: Mapping[str, float],
           repress_s: float, lit_share: float = 0.6, before_s: float = 0.0) -> Party:
    """A walk without a plan: everybody at one effort, always as far from the hatch; before_s on the suit before it."""
    t_s = np.arange(0.0, minutes * 60.0 + 1e-6, 60.0)
    clock = np.arange(0.0, before_s + minutes * 60.0 + repress_s + 60.0, 60.0)

    def walker(person: str) -> Outside:
        suit = suits[person]
        whole = course(suit, clock, metabolic_w, lit_share)

        def at(values: FloatArray) -> FloatArray:
            return np.asarray(np.interp(t_s + before_s, clock, values))
        end = {name: float(getattr(whole, name)[-1]) for name in ("oxygen_kg", "co2_kg", "water_kg", "battery_s")}
        same = np.ones(len(t_s))
        return Outside(person, suit, at(whole.oxygen_kg), at(whole.oxygen_reserve_kg),
                       suit.number("co2_capacity_kg") - at(whole.co2_kg), at(whole.water_kg), at(whole.battery_s),
                       metabolic_w * same, lit_share * same, away_s[person] * same, end)
    return Party(t_s, tuple(walker(p) for p in suits), repress_s, np.zeros(len(t_s)))
