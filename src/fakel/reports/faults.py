"""A fault tree in words: how each branch ended, where, how hard, and which rules it broke."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fakel.model.flight import Flight
from fakel.model.verdict import Status, Verdict
from fakel.reports.table import table


def row(id: str, title: str, title_ru: str, endings: Sequence[str], trouble: str, flight: Flight, struck: int,
        verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """One branch as plain data. Values that the branch does not have are None."""
    legs = flight.legs[struck:]
    channels = [c for leg in legs if leg.phase in ("entry", "landing") for c in leg.channels
                if c.name.endswith(".load_g")]
    events = {e.name: e for leg in legs for e in leg.events}
    landing, arrives, hatch = (events.get(n) for n in ("landing", "rescue_arrives", "hatch_open_on_ground"))
    facts = dict(landing.facts) if landing else {}
    return {
        "id": id, "title": title, "title_ru": title_ru, "endings": list(endings), "trouble": trouble,
        "landing_utc": landing.epoch.iso(1) if landing else None,
        "lat_deg": facts.get("latitude_deg"), "lon_deg": facts.get("longitude_deg"),
        "from_zone_km": facts["from_zone_m"] / 1000 if landing else None,
        "peak_g": max((float(c.values.max()) for c in channels), default=None),
        "touchdown_m_s": facts.get("speed_m_s"), "sun_elevation_deg": facts.get("sun_elevation_deg"),
        "town": facts.get("town"), "town_km": facts["town_m"] / 1000 if "town_m" in facts else None,
        "water": facts.get("water"), "rescue_team": arrives.facts["team"] if arrives else None,
        "rescue_min": arrives.facts["after_landing_s"] / 60 if arrives else None,
        "hatch_min": hatch.facts["after_landing_s"] / 60 if hatch else None,
        "propellant_left_kg": min((e.facts["propellant_left_kg"] for leg in legs for e in leg.events
                                   if "propellant_left_kg" in e.facts), default=None),
        "failed": [v.rule for v in verdicts if v.status is Status.FAIL],
        "unknown": [v.rule for v in verdicts if v.status is Status.UNKNOWN],
        "passed": sum(v.status is Status.PASS for v in verdicts)}


def lines(rows: Sequence[dict[str, Any]], width: int) -> list[str]:
    """The tree as a table, and under it what each branch broke."""
    head = ("fault", "endings", "lands UTC", "place", "off km", "g", "m/s", "hatch min")
    body = [(r["id"], " > ".join(r["endings"]), (r["landing_utc"] or "-")[5:16].replace("T", " "), _place(r),
             _number(r["from_zone_km"], 1), _number(r["peak_g"], 1), _number(r["touchdown_m_s"], 1),
             _number(r["hatch_min"], 0)) for r in rows]
    out = table(head, body, "llllrrrr", max(width, 110), caps={1: 34})
    out.append("")
    for r in rows:
        broken = ", ".join(r["failed"]) or "none"
        doubt = f"; not known: {', '.join(r['unknown'])}" if r["unknown"] else ""
        out.append(f"{r['id']}: {r['title']}. Rules broken: {broken}{doubt}")
        if r["trouble"]:
            out.append(f"    {r['trouble']}")
        elif r["town"]:
            water = f", in water ({r['water']})" if r["water"] else ""
            out.append(f"    {r['town_km']:.0f} km from {r['town']}{water}" + (
                f"; first there: {r['rescue_team']}, after {r['rescue_min']:.0f} min" if r["rescue_team"] else ""))
    return out


def _place(row: dict[str, Any]) -> str:
    if row["lat_deg"] is None:
        return "in orbit" if not row["trouble"] else "-"
    return f"{abs(row['lat_deg']):.2f} {'NS'[row['lat_deg'] < 0]} {abs(row['lon_deg']):.2f} {'EW'[row['lon_deg'] < 0]}"


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:z.{digits}f}"
