"""Launch windows told: a table for people, JSON and CSV for programs, a calendar."""

from __future__ import annotations

from textwrap import wrap
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.way_up import Reboost
from fakel.model.windows import Conflict, LaunchWindow, LaunchWindows
from fakel.reports import calendar
from fakel.reports.rows_csv import rows_csv
from fakel.reports.table import heading, signed, table

SURE, LIKELY = 0.75, 0.3
"""A window whose phase holds so likely is sure, likely, or only one that may come (``certainty``)."""


def as_data(one: LaunchWindow, found: LaunchWindows) -> dict[str, Any]:
    """One window for programs: UTC, deg, s, m/s; sigmas and chances are those of what is known of the station."""
    return {
        "liftoff_utc": one.liftoff.iso(3), "liftoff_local": local(one.liftoff, found, "%Y-%m-%dT%H:%M:%S%z"),
        "profile": one.profile, "profiles": list(one.allows), "phase_deg": round(_deg(one.phase_rad), 3),
        "plane_error_deg": round(_deg(one.plane_error_rad), 5), "docking_utc": one.docking.iso(),
        "opens_utc": one.opens.iso(), "closes_utc": one.closes.iso(), "window_s": round(one.length_s, 1),
        "azimuth_deg": round(_deg(one.azimuth_rad), 2),
        "sun_elevation_deg": round(_deg(one.sun_elevation_rad), 2), "light": one.light,
        "docking_light": round(one.docking_light, 3),
        "phase_error_deg": round(_deg(one.doubt.phase_rad), 2), "liftoff_error_s": round(one.doubt.liftoff_s, 1),
        "chance": round(one.doubt.chance, 3),
        "conflicts": [{"name": c.name, "utc": c.epoch.iso(), "hours_after_docking": round(c.after_docking_s / 3600, 2),
                       "reboost": c.burn} for c in one.conflicts],
        "announced_as": list(one.own_events),
        "pad": found.pad.id, "vehicle": found.launcher, "spacecraft": found.ship,
        "reboost": None if found.reboost is None else reboost_data(found.reboost)}


def reboost_data(push: Reboost) -> dict[str, Any]:
    return {"utc": push.at.iso(), "dv_m_s": round(push.dv_m_s, 4), "height_m": round(push.height_m, 1),
            "phase_before_deg": round(_deg(push.phase_before_rad) % 360, 3),
            "phase_after_deg": round(_deg(push.phase_after_rad) % 360, 3),
            "liftoff_before_utc": push.liftoff_before.iso(3), "liftoff_after_utc": push.liftoff_after.iso(3)}


def _deg(angle_rad: float) -> float:
    return float(np.degrees(angle_rad))


def local(epoch: Epoch, found: LaunchWindows, form: str) -> str | None:
    """The clock at the pad; None where its time zone is not known."""
    if found.pad.time_zone is None:
        return None
    from datetime import UTC
    return epoch.civil()[0].replace(tzinfo=UTC).astimezone(ZoneInfo(found.pad.time_zone)).strftime(form)


def certainty(one: LaunchWindow) -> str:
    """sure, likely or open: how likely the phase is in the profile's window that day."""
    return "sure" if one.doubt.chance >= SURE else "likely" if one.doubt.chance >= LIKELY else "open"


def as_csv(found: LaunchWindows) -> str:
    """One row a window; several values stand with semicolons between."""
    rows = []
    for one in found.opportunities:
        row = as_data(one, found)
        row["profiles"] = ";".join(one.allows)
        row["conflicts"] = "; ".join(f"{c.name} {c.epoch.iso()}" for c in one.conflicts)
        row["announced_as"] = ";".join(one.own_events)
        push = row.pop("reboost")
        rows.append(row | ({f"reboost_{k}": v for k, v in push.items()} if push else {}))
    return rows_csv(rows)


def as_calendar(found: LaunchWindows) -> bytes:
    """Each launch from liftoff to docking, a reminder a day and three hours before."""
    names = {p.id: p.name for p in found.profiles}
    entries = [calendar.Entry(one.profile, f"{found.ship} may launch: {names[one.profile]}", one.liftoff, one.docking,
                              _note(one), (1440, 180)) for one in found.opportunities]
    return calendar.written(f"Launch windows from {found.pad.name}", "windows", "launch windows", found.window.start,
                            entries)


def _note(one: LaunchWindow) -> str:
    return (f"Liftoff {one.liftoff.iso()} (one sigma {one.doubt.liftoff_s:.0f} s), docking {one.docking.iso()}; phase "
            f"{_deg(one.phase_rad):.1f} deg (one sigma {_deg(one.doubt.phase_rad):.1f}), chance "
            f"{100 * one.doubt.chance:.0f} %; window {one.length_s:.0f} s; {one.light} at the pad, station "
            f"{light_words(one)} at docking{''.join('; ' + conflict_words(c) for c in one.conflicts)}")


def light_words(one: LaunchWindow) -> str:
    return "in sunlight" if one.docking_light > 0.99 else "in the dark" if one.docking_light < 0.01 else "half lit"


def conflict_words(c: Conflict) -> str:
    """Such as ``NG-17 Arrival 4.2 h before docking``."""
    side = "after" if c.after_docking_s >= 0.0 else "before"
    return f"{c.name} {abs(c.after_docking_s) / 3600:.1f} h {side} docking"


# ---------------------------------------------------------------- text

def lines(found: LaunchWindows, width: int = 110) -> list[str]:
    """For people: the table, profiles without a window, how sure it all is."""
    out = [f"{found.ship} on {found.launcher} from {found.pad.name} to {found.station}",
           f"orbit      {found.source}", f"liftoffs   {found.window.start.iso()} to {found.window.stop.iso()}"]
    if found.reboost is not None:
        out += wrap(reboost_words(found.reboost), width, subsequent_indent=" " * 11)
    out += heading("Launch windows (UTC)", width) + _table(found, width)
    out += wrap("window: from opening to closing, by what is kept for turning the plane; phase: the station ahead as "
                "the ship separates; chance: that the phase is in the profile's window that day, by what is known of "
                "the station; Sun: over the pad's horizon; dock: the station at contact", width)
    out += heading("Profiles", width) + _profiles(found, width)
    if found.nearest:
        out += [line for told in nearest_lines(found) for line in wrap(told, width)]
    return out + heading("How sure", width) + [line for told in sure_lines(found) for line in wrap(told, width)]


def _table(found: LaunchWindows, width: int) -> list[str]:
    names = {p.id: _short(p.name, found.ship) for p in found.profiles}
    rows = []
    for one in found.opportunities:
        notes = [*(f"announced: {name}" for name in one.own_events), *(conflict_words(c) for c in one.conflicts)]
        rows.append([one.liftoff.iso()[:10], one.liftoff.iso()[11:19],
                     local(Epoch(round(one.liftoff.tai_ns, -9)), found, "%H:%M") or "",    # rounded as UTC beside it
                     names[one.profile], f"{_deg(one.phase_rad):.1f} ±{_plain(_deg(one.doubt.phase_rad))}",
                     f"{100 * one.doubt.chance:.0f}%", f"{one.doubt.liftoff_s:.0f}",
                     one.docking.iso()[5:16].replace("T", " "), f"{one.length_s:.0f}",
                     signed(_deg(one.sun_elevation_rad), 0), {"in sunlight": "lit", "in the dark": "dark"}.get(
                         light_words(one), "half"), "; ".join(notes)])
    return table(["date", "liftoff", "local", "profile", "phase °", "chance", "± s", "docking", "window s", "Sun °",
                  "dock", ""], rows, "llllrrrlrrll", width)


def _plain(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"


def _short(name: str, ship: str) -> str:
    """A profile's name without that of the ship, which stands above."""
    head, _, tail = name.partition(", ")
    return tail if tail and ship.startswith(head) else name


def _profiles(found: LaunchWindows, width: int) -> list[str]:
    rows = []
    for p in found.profiles:
        own = [one for one in found.opportunities if one.profile == p.id]
        rows.append([p.id, f"{_deg(p.phase_min_rad):g} to {_deg(p.phase_max_rad):g}", str(len(own)),
                     str(sum(one.doubt.chance >= SURE for one in own)), own[0].liftoff.iso() if own else "none"])
    return table(["profile", "phase °", "windows", "sure", "first"], rows, "lrrrl", width)


def nearest_lines(found: LaunchWindows) -> tuple[str, ...]:
    """One line for each profile without a window."""
    return tuple(f"no window: {line}" for line in found.nearest)


def sure_lines(found: LaunchWindows) -> list[str]:
    seconds, phase = found.agreement
    out = [f"From {found.held_from.iso()} on the station is taken to keep its mean height, as nobody knows its "
           "reboosts: that foretells it better than letting it sink. Sigmas are calibrated on pairs of element sets "
           "(docs/launch.md)."] if found.held_from < found.window.stop else []
    return [*out, f"Each window is solved in the full model; the fast model that chose the days was off by "
                  f"{seconds:.1f} s and {_deg(phase):.2f} deg at most."]


def reboost_words(push: Reboost) -> str:
    """What the push is, and what it does to the wanted day."""
    if push.dv_m_s == 0.0:
        return (f"reboost    none is needed: on {push.liftoff_before.iso()[:10]} the station is "
                f"{_deg(push.phase_before_rad) % 360:.2f} deg ahead, inside the profile's window")
    return (f"reboost    {signed(push.dv_m_s, 3)} m/s at {push.at.iso()} ({signed(push.height_m, 0)} m) is the "
            "smallest that opens "
            f"{push.liftoff_after.iso()[:10]}: phase {_deg(push.phase_before_rad) % 360:.2f} to "
            f"{_deg(push.phase_after_rad) % 360:.2f} deg, liftoff {push.liftoff_before.iso()[11:19]} to "
            f"{push.liftoff_after.iso()[11:19]}")
