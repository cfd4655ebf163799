"""Landing opportunities told: a table for people, JSON and CSV for programs, a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.landing import Effect, Landings, Opportunity
from fakel.reports import calendar
from fakel.reports.rows_csv import rows_csv
from fakel.reports.table import heading, signed, table


def as_data(one: Opportunity) -> dict[str, Any]:
    """One landing for programs: UTC, deg, km, m/s, kg, s; what the orbit does not tell is null."""
    later, light = one.next_orbit, one.light
    return {
        "zone": one.zone.id, "zone_name": one.zone.name, "zone_confidence": one.zone.confidence,
        "zone_source": one.zone.source,
        "burn_start_utc": one.burn_start.iso(1), "burn_s": round(one.burn_s, 1), "dv_m_s": round(one.dv_m_s, 2),
        "propellant_kg": round(one.propellant_kg, 1), "module_separation_utc": one.separation.iso(1),
        "entry_utc": one.entry.iso(1), "entry_height_km": round(one.entry_height_m / 1000, 1),
        "entry_angle_deg": round(_deg(one.entry_angle_rad), 3), "entry_speed_m_s": round(one.entry_speed_m_s, 1),
        "parachute_utc": one.parachute.iso(1), "landing_utc": one.landing.iso(1),
        "lat_deg": round(_deg(one.latitude_rad), 5), "lon_deg": round(_deg(one.longitude_rad), 5),
        "miss_km": round(one.miss_m / 1000, 3), "cross_range_km": round(one.crossrange_m / 1000, 2),
        "cross_range_limit_km": round(one.reach_m / 1000, 1), "bank_deg": round(_deg(one.bank_rad), 1),
        "reversal_utc": _utc(one.reversal), "peak_g": round(one.peak_load_g, 2),
        "sun_elevation_deg": round(_deg(light.sun_elevation_rad), 2), "light": light.phase,
        "light_from_utc": _utc(light.light_from), "light_until_utc": _utc(light.light_until),
        "light_left_h": light_left_h(one), "shift_km_per_s": round(one.shift_m_s / 1000, 3),
        "ballistic": {"lat_deg": round(_deg(one.ballistic.latitude_rad), 4),
                      "lon_deg": round(_deg(one.ballistic.longitude_rad), 4),
                      "short_km": round(one.ballistic.short_m / 1000, 1),
                      "peak_g": round(one.ballistic.peak_load_g, 2)},
        "next_orbit": None if later is None else {
            "zone": later.zone, "burn_start_utc": later.burn_start.iso(), "landing_utc": later.landing.iso(),
            "cross_range_km": round(later.crossrange_m / 1000, 1), "within_reach": later.within_reach,
            "flown": later.flown},
        "orbit_error_km": None if one.error_m is None else round(one.error_m / 1000, 1),
        "orbit_error_s": None if one.error_s is None else round(one.error_s, 1),
        "orbit_error_without_burns_s": None if one.calm_s is None else round(one.calm_s, 1)}


def _deg(angle_rad: float) -> float:
    return float(np.degrees(angle_rad))


def _utc(epoch: Epoch | None) -> str | None:
    return None if epoch is None else epoch.iso()


def light_left_h(one: Opportunity) -> float | None:
    """Hours until civil twilight ends for the rescue team; 0 when it lands in the dark, None where it stays light."""
    light = one.light
    if light.phase == "night":
        return 0.0
    return None if light.light_until is None else round((light.light_until - one.landing) / 3600, 2)


def effect_data(effect: Effect) -> dict[str, Any]:
    return {"changed": effect.changed, "along_km": round(effect.along_m / 1000, 2),
            "right_km": round(effect.right_m / 1000, 2), "separation_later_s": round(effect.separation_s, 2),
            "burn_later_s": None if effect.burn_s is None else round(effect.burn_s, 2)}


def as_csv(found: Landings) -> str:
    """One row a landing; what is nested has the outer name before it."""
    rows = []
    for one in found.opportunities:
        row: dict[str, Any] = {}
        for key, value in as_data(one).items():
            row |= {f"{key}_{k}": v for k, v in value.items()} if isinstance(value, dict) else {key: value}
        rows.append(row)
    return rows_csv(rows)


def as_calendar(found: Landings) -> bytes:
    """Each landing from burn to touchdown, a reminder a day and three hours before."""
    entries = [calendar.Entry(one.zone.id, f"{found.vehicle} lands: {one.zone.name}", one.burn_start, one.landing,
                              _note(one), (1440, 180)) for one in found.opportunities]
    return calendar.written(f"Landings of {found.vehicle}", "landing", "landing opportunities", found.window.start,
                            entries)


def _note(one: Opportunity) -> str:
    return (f"Burn {one.burn_start.iso()} for {one.burn_s:.0f} s ({one.dv_m_s:.1f} m/s), down {one.landing.iso()}; "
            f"cross-range {signed(one.crossrange_m / 1000, 0)} of {one.reach_m / 1000:.0f} km, "
            f"{one.peak_load_g:.1f} g; {light_words(one)}; ballistic {one.ballistic.short_m / 1000:.0f} km short with "
            f"{one.ballistic.peak_load_g:.1f} g")


def light_words(one: Opportunity) -> str:
    """Such as ``day, 8.2 h of light left``."""
    left, light = light_left_h(one), one.light
    if light.phase == "night":
        return "night" if light.light_from is None else f"night, light {light.light_from.iso()[11:16]}"
    return light.phase if left is None else f"{light.phase}, {left:.1f} h left"


# ---------------------------------------------------------------- text

def lines(found: Landings, width: int = 110) -> list[str]:
    """For people: the table, what happens if it goes wrong, zones without a landing, the orbit."""
    out = [f"{found.vehicle} from the orbit of {found.craft}", f"orbit      {found.source}",
           f"window     {found.window.start.iso()} to {found.window.stop.iso()}",
           f"passes     {found.passes[0]} near a zone, {found.passes[1]} flown"]
    out += heading("Landings (UTC)", width) + _landing_table(found.opportunities, width)
    out += ["x-range: cross-range needed, right of the middle of what can be reached; angle: inertial, at "
            f"{found.opportunities[0].entry_height_m / 1000:.0f} km; light: until the Sun is 6 deg down"]
    out += heading("If it goes wrong", width) + _trouble_table(found.opportunities, width)
    out += ["orbit: how far it may be off along track, as time; (in brackets) if no burn changes it before"]
    if found.missed:
        out += heading("Zones without a landing", width) + list(missed_lines(found))
    out += heading("Zones", width) + table(["zone", "N, E", "confidence", "source"], [
        [z.id, f"{_deg(z.latitude_rad):.4f}, {_deg(z.longitude_rad):.4f}", z.confidence, z.source]
        for z in found.zones], "llll", width)
    if found.effects:
        out += effect_lines(found, width)
    return out


def _landing_table(told: Sequence[Opportunity], width: int) -> list[str]:
    rows = [[one.zone.id, one.burn_start.iso()[:10], one.burn_start.iso()[11:19], one.landing.iso()[11:19],
             f"{one.dv_m_s:.1f}", signed(one.crossrange_m / 1000, 0), f"{_deg(one.entry_angle_rad):z.2f}",
             f"{one.peak_load_g:.1f}", signed(_deg(one.light.sun_elevation_rad), 0), light_words(one)] for one in told]
    return table(["zone", "date", "burn", "landing", "m/s", "x-range km", "angle °", "g", "Sun °", "light"], rows,
                 "llllrrrrrl", width)


def _trouble_table(told: Sequence[Opportunity], width: int) -> list[str]:
    rows = []
    for one in told:
        off = "" if one.error_s is None else f"±{one.error_s:.0f} s"
        if one.error_s is not None and one.calm_s is not None and one.calm_s < one.error_s:
            off += f" ({one.calm_s:.0f})"
        rows.append([one.zone.id, one.burn_start.iso()[5:16].replace("T", " "), f"{one.shift_m_s / 1000:.2f}",
                     f"{one.ballistic.short_m / 1000:.0f}", f"{one.ballistic.peak_load_g:.1f}",
                     f"{_deg(one.ballistic.latitude_rad):z.2f}, {_deg(one.ballistic.longitude_rad):z.2f}", off,
                     _later_words(one)])
    return table(["zone", "burn", "km per s late", "ballistic km short", "g", "at N, E", "orbit", "next orbit"], rows,
                 "llrrrlrl", width)


def _later_words(one: Opportunity) -> str:
    later = one.next_orbit
    if later is None:
        return "none near"
    return (f"{later.zone} {later.burn_start.iso()[11:16]}, x-range {signed(later.crossrange_m / 1000, 0)} km"
            f"{'' if later.within_reach else ', out of reach'}")


def missed_lines(found: Landings) -> tuple[str, ...]:
    """One line for each zone without a landing."""
    return tuple(f"{m.zone.id}: no landing in reach; the nearest pass would need {abs(m.crossrange_m) / 1000:.0f} km "
                 f"of cross-range at {m.landing.iso()[:16]}Z" for m in found.missed)


def effect_lines(found: Landings, width: int) -> list[str]:
    """How the first landing answers to one change at a time."""
    rows = [[e.changed, signed(e.along_m / 1000, 1), signed(e.right_m / 1000, 1), signed(e.separation_s, 1),
             "" if e.burn_s is None else signed(e.burn_s, 1)] for e in found.effects]
    first = found.opportunities[0]
    return [*heading(f"What the landing of {first.landing.iso()[:16]}Z hangs on", width),
            *table(["changed", "km farther", "km right", "burn to separation s", "aimed anew: burn s"], rows, "lrrrr",
                   width),
            "km: with all commands as planned, counted from separation; aimed anew the zone is met again"]
