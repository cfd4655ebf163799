"""One launch refined, in text, as data, rows and calendar entries: slips, tries of the next days, cut-outs."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import numpy as np

from fakel.model.launch_day import CutOut, CutOuts, Recycle, Slip, Slipped, TryAgain
from fakel.model.plain import plain
from fakel.reports import calendar
from fakel.reports.clocks import elapsed
from fakel.reports.rows_csv import rows_csv
from fakel.reports.table import heading, signed, table

Found = Slip | Recycle | CutOuts
LISTED = 40
"""So many cut-outs are told in text; all are in the files."""


def lines(found: Found, width: int = 110) -> list[str]:
    """Text for a terminal."""
    if isinstance(found, Slip):
        return _slip_lines(found, width)
    return _recycle_lines(found, width) if isinstance(found, Recycle) else _cut_lines(found, width)


def as_data(found: Found) -> dict[str, Any]:
    """What ``--json`` prints."""
    if isinstance(found, Slip):
        return _slip_data(found)
    return _recycle_data(found) if isinstance(found, Recycle) else _cut_data(found)


def as_csv(found: Found) -> str:
    """A row a slip, a try or a cut-out."""
    data = as_data(found)
    rows = data["slips" if isinstance(found, Slip) else "tries" if isinstance(found, Recycle) else "cut_outs"]
    flat = [{key: " ".join(value) if isinstance(value, list) else value for key, value in row.items()} for row in rows]
    if isinstance(found, CutOuts) and not flat:
        return "liftoff_from_utc,liftoff_to_utc,start_s,stop_s,number,name,kind,limit_km,nearest_km\n"
    return rows_csv(flat)


def as_calendar(found: Recycle | CutOuts) -> bytes:
    """Open tries from liftoff to contact, or cut-outs from their first to their last second."""
    if isinstance(found, Recycle):
        entries = [calendar.Entry(f"try-{r.day}", f"{found.ship}: {r.profile}", r.liftoff, r.docking,
                                  f"Liftoff {r.liftoff.iso()}, station {_deg(r.phase_rad):.1f} deg ahead, contact "
                                  f"{r.docking.iso()}", (1440, 180)) for r in found.rows if r.open and r.docking]
        stamp = found.rows[0].liftoff
    else:
        entries = [calendar.Entry(f"cut-{c.number}", f"No liftoff: {c.name}", found.nominal + c.start_s,
                                  found.nominal + c.stop_s, f"{c.nearest_m / 1e3:.1f} km at {c.at.iso()}, limit "
                                  f"{c.limit_m / 1e3:g} km") for c in found.cuts]
        stamp = found.nominal
    return calendar.written(f"Launch of {found.ship}", "launch", "launch", stamp, entries)


# ---------------------------------------------------------------- slip

def _slip_lines(found: Slip, width: int) -> list[str]:
    low, high = found.span_s
    out = heading(f"{found.launcher} with {found.ship}: slip of the liftoff", width)
    out += table(("", ""), [
        ("nominal", f"{found.nominal.iso(3)} from {found.pad}, {found.profile}"),
        ("window", f"{signed(low, 1)} to {signed(high, 1)} s: beyond, the plane costs more than the "
         f"{found.reserve_m_s:g} m/s kept "
                   f"for it{' by the rocket' if found.steers else ' by the ship'}"),
        ("phases taken", f"{_deg(found.window_rad[0]):g} to {_deg(found.window_rad[1]):g} deg")], "ll", width)
    middle = next((r for r in found.rows if r.slip_s == 0.0), found.rows[0])
    head = ["slip, s", "plane off, deg", "m/s alone"] + (["rocket m/s", "left, kg"] if found.steers else [])
    head += ["phase, deg", "change", "contact, UTC", "m/s in all", "margin, kg", "closes by"]
    rows = [[f"{r.slip_s:+g}", f"{_deg(r.plane_rad):.3f}", f"{r.plane_m_s:.1f}", *_steered(found, r),
             f"{_deg(r.phase_rad):.2f}", signed(_deg(r.phase_rad - middle.phase_rad), 2),
             "" if r.docking is None else r.docking.iso()[11:19], "" if r.total_m_s is None else f"{r.total_m_s:.1f}",
             "" if r.margin_kg is None else f"{r.margin_kg:.0f}", ", ".join(r.profiles) or "none"]
            for r in found.rows]
    out += ["", *table(head, rows, "r" * (len(head) - 1) + "l", width)]
    closed = [r for r in found.rows if r.why]
    out += ["", *(f"{r.slip_s:+g} s: {r.why}" for r in (closed[:1] + closed[-1:] if len(closed) > 1 else closed))]
    how = ("left: propellant of the rocket at cutoff; rocket m/s: burnt more than at the best liftoff"
           if found.steers else
           "m/s alone: what the plane takes by itself; within the climb's own burns it adds as a side of a triangle")
    return [*out, "", *wrap(f"{how}. Plane: between the orbits by the time of contact, node drift to come counted. m/s "
                            f"in all: to contact by {found.profile}", width)]


def _steered(found: Slip, row: Slipped) -> list[str]:
    if not found.steers:
        return []
    return ["" if row.launcher_m_s is None else f"{max(row.launcher_m_s, 0.0):.1f}",
            "" if row.left_kg is None else f"{row.left_kg:.0f}"]


def _slip_data(found: Slip) -> dict[str, Any]:
    rows = [{"slip_s": r.slip_s, "liftoff_utc": r.liftoff.iso(3), "plane_error_deg": _deg(r.plane_rad),
             "plane_m_s": r.plane_m_s, "rocket_m_s": r.launcher_m_s, "rocket_left_kg": r.left_kg,
             "phase_deg": _deg(r.phase_rad), "profiles": list(r.profiles),
             "docking_utc": None if r.docking is None else r.docking.iso(), "total_m_s": r.total_m_s,
             "margin_kg": r.margin_kg, "closes": r.closes, "why": r.why} for r in found.rows]
    return {"launcher": found.launcher, "ship": found.ship, "pad": found.pad, "station": found.station,
            "profile": found.profile, "liftoff_utc": found.nominal.iso(3), "steers": found.steers,
            "window_s": list(found.span_s), "reserve_m_s": found.reserve_m_s,
            "phase_window_deg": [_deg(x) for x in found.window_rad], "slips": rows, "told": list(found.told)}


# ---------------------------------------------------------------- recycle

def _recycle_lines(found: Recycle, width: int) -> list[str]:
    out = heading(f"{found.launcher} with {found.ship} from {found.pad}: the next days", width)
    rows = [[f"{r.day:+d}", r.liftoff.iso()[:10], r.liftoff.iso()[11:19], _minutes(r.shift_s) if r.day else "",
             f"{_deg(r.phase_rad) % 360:.0f}", signed(_deg(r.sun_rad), 0),
             "" if r.docking is None else r.docking.iso()[5:16].replace("T", " "),
             {True: "day", False: "night", None: ""}[r.lit], _hours(r.shift_docking_s), _hours(r.outside_s),
             _verdict(r)]
            for r in found.rows]
    out += table(("day", "date", "liftoff", "shift", "phase °", "Sun °", "contact", "light", "crew", "outside",
                  "flies by"), rows, "rllrrrllrrl", width)
    wake, sleep = (_clock(x) for x in found.crew_day_s)
    note = (f"UTC. shift: in the day, against the try before; Sun: over the pad at liftoff; light: of the station at "
            f"contact; crew: how much later in the day than at the first try contact comes; outside: by how much "
            f"contact and two hours to open hatches lie outside the station's crew day ({wake} to {sleep})")
    few = sum(r.open for r in found.rows)
    return [*out, "", f"{few} of {len(found.rows)} tries are open", *wrap(note, width)]


def _verdict(row: TryAgain) -> str:
    notes = "".join(f"; {told}" for told in row.told)
    return (", ".join(row.profiles) if row.open else f"closed: {row.why}") + notes


def _recycle_data(found: Recycle) -> dict[str, Any]:
    rows = [{"day": r.day, "liftoff_utc": r.liftoff.iso(3), "shift_s": r.shift_s, "ascending": r.ascending,
             "phase_deg": _deg(r.phase_rad), "open": r.open, "profiles": list(r.profiles), "profile": r.profile,
             "docking_utc": None if r.docking is None else r.docking.iso(), "sun_deg": _deg(r.sun_rad),
             "sunlit_at_docking": r.lit,
             "crew_shift_s": r.shift_docking_s, "outside_crew_day_s": r.outside_s, "why": r.why, "told": list(r.told)}
            for r in found.rows]
    return {"launcher": found.launcher, "ship": found.ship, "pad": found.pad, "station": found.station,
            "windows_deg": {name: [_deg(a), _deg(b)] for name, a, b in found.windows},
            "crew_day": [_clock(x) for x in found.crew_day_s], "tries": rows, "told": list(found.told)}


# ---------------------------------------------------------------- cut-outs

def _cut_lines(found: CutOuts, width: int) -> list[str]:
    listed, high, met = found.counts
    first, last = found.slips_s[0], found.slips_s[-1]
    out = heading(f"{found.launcher} with {found.ship} from {found.pad}: seconds cut out", width)
    keep = found.keep_out
    out += table(("", ""), [
        ("nominal", f"{found.nominal.iso(3)}, {len(found.slips_s)} liftoffs from {first:+g} to {last:+g} s"),
        ("window", f"{signed(found.window_s[0], 0)} to {signed(found.window_s[1], 0)} s are what the plane allows"),
        ("ship", f"{found.orbits:g} orbits from insertion, {_km(found.heights_m[0])} to {_km(found.heights_m[1])} km "
                 f"high, {'with its planned burns' if found.burns else 'coasting'}"),
        ("catalogue", f"{listed} objects, {high} at its heights, {met} may come near"),
        ("kept away", f"{keep.crewed_m / 1e3:g} km from crewed objects, {keep.active_m / 1e3:g} km from others, "
                      f"{keep.debris_m / 1e3:g} km from debris ({keep.confidence})")], "ll", width)
    rows = [[_second(found, c.start_s), _second(found, c.stop_s), f"{c.start_s:+g}", f"{c.stop_s:+g}", c.name[:24],
             c.number, c.kind, f"{c.nearest_m / 1e3:.1f}", f"{c.limit_m / 1e3:g}", f"{c.at.iso()[11:19]}", str(c.orbit),
             f"{c.age_days:.0f} d"] for c in found.cuts[:LISTED]]
    if rows:
        out += ["", *table(("from", "to", "s", "s", "object", "number", "kind", "nearest km", "limit", "then", "orbit",
                            "set is old"), rows, "llrrlllrrlrr", width)]
    if len(found.cuts) > LISTED:
        out += [f"{len(found.cuts) - LISTED} more; --csv writes all"]
    free = len([s for s in found.slips_s if not found.cut(float(s))])
    many = "" if len(found.cuts) == 1 else "s"
    out += ["", f"{len(found.cuts)} cut-out{many}; {free} of {len(found.slips_s)} liftoffs are free: " + (", ".join(
        f"{a:+g} to {b:+g} s" for a, b in found.open_spans_s) or "none")]
    return [*out, *wrap(_nearest_told(found), width), *wrap(f"limits: {keep.source}", width)]


def _nearest_told(found: CutOuts) -> str:
    if not np.isfinite(found.nearest_m).any():
        return f"no object comes within {found.near_m / 1e3:g} km at any second"
    k = int(np.argmin(found.nearest_m))
    return f"nearest of all: {found.nearest[k]}, {found.nearest_m[k] / 1e3:.1f} km at {found.slips_s[k]:+g} s"


def _cut_data(found: CutOuts) -> dict[str, Any]:
    near = [None if not np.isfinite(m) else float(m) / 1e3 for m in found.nearest_m]
    return {"launcher": found.launcher, "ship": found.ship, "pad": found.pad, "liftoff_utc": found.nominal.iso(3),
            "window_s": list(found.window_s), "orbits": found.orbits, "burns": found.burns,
            "keep_out": plain(found.keep_out),
            "objects": dict(zip(("listed", "at_heights", "may_meet"), found.counts, strict=True)),
            "cut_outs": [_cut_row(found, c) for c in found.cuts], "open_s": [list(span) for span in found.open_spans_s],
            "near_km": found.near_m / 1e3, "slips_s": plain(found.slips_s), "nearest_km": near,
            "nearest": list(found.nearest), "told": list(found.told)}


def _cut_row(found: CutOuts, c: CutOut) -> dict[str, Any]:
    return {"liftoff_from_utc": (found.nominal + c.start_s).iso(3), "liftoff_to_utc": (found.nominal + c.stop_s).iso(3),
            "start_s": c.start_s, "stop_s": c.stop_s, "number": c.number, "name": c.name, "kind": c.kind,
            "limit_km": c.limit_m / 1e3, "nearest_km": c.nearest_m / 1e3, "nearest_slip_s": c.nearest_slip_s,
            "nearest_utc": c.at.iso(3), "orbit": c.orbit, "set_age_days": c.age_days}


def _second(found: CutOuts, slip_s: float) -> str:
    return (found.nominal + slip_s).iso()[11:19]


def _km(radius_m: float) -> str:
    return f"{(radius_m - 6_378_137.0) / 1e3:.0f}"


def _deg(angle_rad: float) -> float:
    return float(np.degrees(angle_rad))


def _minutes(seconds: float) -> str:
    size = round(abs(seconds))
    return f"{'-' if seconds < 0 else '+'}{size // 60}:{size % 60:02d} min"


def _hours(seconds: float | None) -> str:
    if seconds is None or abs(seconds) < 30.0:
        return ""
    return f"{'-' if seconds < 0 else '+'}{elapsed(abs(seconds))[:-3]}"


def _clock(second: float) -> str:
    return f"{int(second // 3600):02d}:{int(second % 3600 // 60):02d}"
