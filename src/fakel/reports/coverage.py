"""Coverage told: passes, hand-over and counts as text, JSON and CSV, a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from fakel.model.contact import GROUND, REASONS, Contact, Coverage, Pass, Tally, Zone
from fakel.model.epoch import Epoch, Window
from fakel.reports import calendar
from fakel.reports.rows_csv import rows_csv
from fakel.reports.table import heading, table

WINDS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")


def as_data(found: Coverage) -> dict[str, Any]:
    """Everything but the sampled geometry, for programs; angles in deg, lengths in km."""
    return {
        "craft": found.craft, "source": found.source, "network": found.network,
        "from_utc": found.windows[0].start.iso(3), "to_utc": found.windows[-1].stop.iso(3),
        "windows": [_span(w) for w in found.windows],
        "passes": [pass_data(found, p, c) for p, c in zip(found.passes, found.contacts, strict=True)],
        "sunlight": [_span(w) for w in found.sunlight],
        "hand_over": {"rule": found.rule, "overlap_s": found.overlap_s,
                      "services": [{"kind": s.kind, "id": s.other, **_span(s.window),
                                    "overlap_s": round(s.overlap_s, 3)} for s in found.hand_over],
                      "gaps": [_span(w) for w in found.gaps]},
        "exclusion": zone_data(found.zone),
        "days": [day_data(t) for t in found.tallies], "names": dict(found.names), "reasons": REASONS,
        "warnings": list(found.told)}


def zone_data(zone: Zone | None) -> dict[str, Any] | None:
    """Where no relay is in reach."""
    if zone is None:
        return None
    return {"at_utc": zone.epoch.iso(3), "height_km": round(zone.height_m / 1000, 3), "share_of_sphere":
            round(zone.share, 6), "rows_deg": [[round(float(np.degrees(x)), 4) for x in row] for row in zone.rows]}


def _span(window: Window) -> dict[str, Any]:
    return {"start_utc": window.start.iso(3), "end_utc": window.stop.iso(3),
            "length_s": round(window.duration_s, 3)}


def pass_data(found: Coverage, p: Pass, c: Contact) -> dict[str, Any]:
    """One pass with the geometry at its ends and at its highest point."""
    azimuth, low = np.degrees(c.azimuth_rad), int(np.argmin(c.range_m))
    out = {"kind": p.kind, "id": p.other, "name": found.name(p.other), **_span(p.window), "peak_utc": p.peak.iso(3),
           "max_elevation_deg": round(float(np.degrees(p.highest_rad)), 3), "begins": p.begins, "ends": p.ends,
           "start_azimuth_deg": round(float(azimuth[0]), 2), "end_azimuth_deg": round(float(azimuth[-1]), 2),
           "range_km": [round(float(c.range_m[i]) / 1000, 3) for i in (0, low, -1)],
           "range_rate_m_s": [round(float(c.rate_m_s[i]), 2) for i in (0, low, -1)], "antenna": c.antenna}
    if found.carrier_hz is not None:
        doppler = c.doppler_hz(found.carrier_hz)
        out["doppler_hz"] = [round(float(doppler[i]), 1) for i in (0, low, -1)]
    return out


def day_data(t: Tally) -> dict[str, Any]:
    return {"id": t.who, "day": t.within.start.day.isoformat(), "known_h": round(t.within.duration_s / 3600, 4),
            "contacts": t.contacts, "in_contact_min": round(t.in_contact_s / 60, 3),
            "longest_min": round(t.longest_s / 60, 3), "longest_gap_min": round(t.longest_gap_s / 60, 3),
            "share": round(t.share, 6)}


def as_csv(found: Coverage) -> str:
    """One row a pass."""
    rows = [pass_data(found, p, c) for p, c in zip(found.passes, found.contacts, strict=True)]
    flat = [{**{k: v for k, v in row.items() if not isinstance(v, list)},
             **{f"{k}_{where}": x for k, v in row.items() if isinstance(v, list)
                for where, x in zip(("start", "nearest", "end"), v, strict=True)}} for row in rows]
    return rows_csv(flat)


def geometry_csv(found: Coverage) -> str:
    """One row a sample along each pass."""
    rows = []
    for p, c in zip(found.passes, found.contacts, strict=True):
        doppler = c.doppler_hz(found.carrier_hz) if found.carrier_hz is not None else None
        for i, t in enumerate(c.t_s):
            row = {"kind": p.kind, "id": p.other, "utc": (p.window.start + float(t)).iso(3),
                   "range_km": f"{c.range_m[i] / 1000:.4f}", "range_rate_m_s": f"{c.rate_m_s[i]:z.3f}",
                   "elevation_deg": f"{np.degrees(c.elevation_rad[i]):z.4f}",
                   "azimuth_deg": f"{np.degrees(c.azimuth_rad[i]):.4f}", "antenna": c.antenna,
                   "off_boresight_deg": _degrees(c.off_boresight_rad[i]),
                   "far_off_boresight_deg": _degrees(c.far_off_boresight_rad[i])}
            rows.append(row | ({"doppler_hz": f"{doppler[i]:z.2f}"} if doppler is not None else {}))
    return rows_csv(rows)


def _degrees(angle_rad: float) -> str:
    return f"{np.degrees(angle_rad):z.4f}" if np.isfinite(angle_rad) else ""


# ---------------------------------------------------------------- text

def lines(found: Coverage, width: int = 110, every: bool = False) -> list[str]:
    """For people: ground passes (every: relays too), hand-over, each day."""
    out = [f"{found.craft}: {found.network_name}", f"path       {found.source}",
           *(f"known      {_utc(w.start)} to {_utc(w.stop)}" for w in found.windows)]
    shown = [(p, c) for p, c in zip(found.passes, found.contacts, strict=True) if every or p.kind == GROUND]
    left = len(found.passes) - len(shown)
    out += heading("Passes" if every else "Passes over ground stations", width)
    out += _pass_table(found, shown, width) if shown else ["none"]
    if left:
        out.append(f"and {left} stretches with relays and craft, with --all, --json or --csv")
    out += heading("Hand-over: " + {"fewest": "fewest changes", "highest": "highest elevation"}[found.rule], width)
    out += _service_table(found, width) if found.hand_over else ["nobody serves"]
    if found.zone is not None:
        out.append(_zone_line(found.zone))
    out += heading("Each UTC day", width) + _day_table(found, width)
    return out


def _pass_table(found: Coverage, shown: Sequence[tuple[Pass, Contact]], width: int) -> list[str]:
    head = ["date", "rises", "highest", "sets", "min", "max °", "from", "to", "km", "± km/s"]
    head += ["± kHz"] if found.carrier_hz else []
    rows = []
    for p, c in shown:
        wind = [WINDS[round(float(np.degrees(c.azimuth_rad[i])) / 22.5) % 16] for i in (0, -1)]
        row = [p.window.start.iso()[5:10], _clock(p.window.start), _clock(p.peak), _clock(p.window.stop),
               f"{p.window.duration_s / 60:.1f}", f"{np.degrees(p.highest_rad):.1f}", *wind,
               f"{c.range_m.min() / 1000:.0f}", f"{np.abs(c.rate_m_s).max() / 1000:.2f}"]
        if found.carrier_hz:
            row.append(f"{np.abs(c.doppler_hz(found.carrier_hz)).max() / 1000:.2f}")
        why = [w for w in (p.begins, p.ends) if w not in ("mask", "earth")]
        rows.append([*row, found.name(p.other) + (f" ({', '.join(why)})" if why else "")])
    return table([*head, "whom"], rows, "llllrrllrr" + ("r" if found.carrier_hz else ""), width)


def _service_table(found: Coverage, width: int) -> list[str]:
    rows, most = [], 24
    for s in found.hand_over[:most]:
        change = f"{s.overlap_s:.0f} s overlap" if s.overlap_s > 0 else f"after {-s.overlap_s / 60:.1f} min without" \
            if s.overlap_s < -0.5 else ""
        rows.append([s.window.start.iso()[5:10], _clock(s.window.start), _clock(s.window.stop),
                     f"{s.window.duration_s / 60:.1f}", found.name(s.other), change])
    out = table(["date", "from", "to", "min", "whom", ""], rows, "lllr", width)
    rest = len(found.hand_over) - most
    total_s = sum(w.duration_s for w in found.gaps)
    out += [f"and {rest} more, with --json"] if rest > 0 else []
    return [*out, f"{len(found.hand_over)} services, {len(found.gaps)} gaps of {total_s / 60:.1f} min in all"]


def _zone_line(zone: Zone) -> str:
    where = f"without any relay at {zone.height_m / 1000:.0f} km: "
    equator = [f"{_east(west)} to {_east(east)}" for latitude, west, east in zone.rows if abs(latitude) < 1e-9]
    if not zone.rows:
        return where + "nowhere"
    return f"{where}{100 * zone.share:.1f} % of the sphere" + (f"; at the equator {', '.join(equator)}" if equator
                                                               else "; nowhere at the equator")


def _east(longitude_rad: float) -> str:
    degrees = float(np.degrees(longitude_rad))
    return f"{abs(degrees):.1f}° {'E' if degrees >= 0 else 'W'}"


def _day_table(found: Coverage, width: int) -> list[str]:
    rows = [[t.within.start.day.isoformat() if i == 0 or t.within != found.tallies[i - 1].within else "",
             str(t.contacts), f"{t.in_contact_s / 60:.1f}", f"{t.longest_s / 60:.1f}", f"{t.longest_gap_s / 60:.1f}",
             f"{100 * t.share:.1f} %", found.name(t.who)] for i, t in enumerate(found.tallies)]
    return table(["day", "contacts", "min", "longest", "longest gap", "share", "whom"], rows, "lrrrrr", width)


def _clock(epoch: Epoch) -> str:
    return epoch.iso()[11:19]


def _utc(epoch: Epoch) -> str:
    return epoch.iso().replace("T", " ").replace("Z", " UTC")


# ---------------------------------------------------------------- calendar

def as_calendar(found: Coverage) -> bytes:
    """Ground passes, and stretches without any link, as an iCalendar file."""
    told = [calendar.Entry(f"pass-{p.other}", f"{found.craft} over {found.name(p.other)}", p.window.start,
                           p.window.stop, f"highest {np.degrees(p.highest_rad):.0f} deg at {_clock(p.peak)} UTC, "
                           f"from {c.azimuth_rad[0] * 180 / np.pi:.0f} to {c.azimuth_rad[-1] * 180 / np.pi:.0f} deg")
            for p, c in zip(found.passes, found.contacts, strict=True) if p.kind == GROUND]
    told += [calendar.Entry("no-link", f"{found.craft}: no link", w.start, w.stop, "") for w in found.gaps]
    told.sort(key=lambda entry: entry.start)
    return calendar.written(f"{found.craft}: {found.network_name}", f"{found.craft.replace(' ', '-')}-{found.network}",
                            "coverage", found.windows[0].start, told)
