"""A campaign of dispersed flights in text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fakel.reports.table import heading, signed, table

ENDINGS = {"done": "docked", "no_capture": "touched, not captured", "abort": "broke off outside the corridor",
           "missed_burn": "missed burn, mission ends", "out_of_propellant": "out of propellant",
           "no_way": "no way left to the station"}


def lines(result: Mapping[str, Any], width: int) -> list[str]:
    """Endings, price, contact, and the linear covariance beside what was flown."""
    out = heading(f"{result['runs']} dispersed flights of {result['mission']}", width)
    out += [f"errors: {result['navigation']} ({result['confidence']}), seed {result['seed']}; "
            f"{result['seconds']:.0f} s with {result['workers']} "
            f"{'process' if result['workers'] == 1 else 'processes'}", ""]
    out += table(("ending", "flights", "share, %", "95 % interval"),
                 [(ENDINGS[name], f"{row['flights']}", f"{100 * row['value']:.1f}",
                   f"{100 * row['low']:.1f} to {100 * row['high']:.1f}") for name, row in result["endings"].items()],
                 "lrrr", width)
    if result["fell_back"]:
        out.append(f"of them fell back after a missed burn: {result['fell_back']}")
    if result["made_up_for"]:
        out.append(f"of them made up for a missed burn with the burns after it: {result['made_up_for']}")
    return [*out, "", *_price(result, width), "", *_corridor(result), "", *_beside(result, width)]


def _price(result: Mapping[str, Any], width: int) -> list[str]:
    within = result["docked_within_12_m_s"]
    rows = [(name, *(_figure(result[key][part]) for part in ("mean", "p99")), _one(result[key]["max"]))
            for name, key in (("more than without errors, m/s", "dv_more_m_s"), ("propellant, kg", "propellant_kg"))]
    return [f"without errors {result['nominal_dv_m_s']:.1f} m/s to contact, {result['nominal_approach_dv_m_s']:.1f} of "
            "them from the aim point on",
            *table(("of those that docked", "mean", "99 % need at most", "most"), rows, "lrrr", width),
            f"docked for at most 12 m/s more: {100 * within['value']:.1f} % "
            f"({100 * within['low']:.1f} to {100 * within['high']:.1f})"]


def _figure(row: Mapping[str, float | None]) -> str:
    if row["value"] is None:
        return "-"
    return f"{row['value']:z.2f} ({row['low']:z.2f} to {row['high']:z.2f})"


def _one(value: float | None) -> str:
    return "-" if value is None else f"{value:z.2f}"


def _corridor(result: Mapping[str, Any]) -> list[str]:
    out = []
    if touch := result["contact"]:
        rate, off = touch["closing_rate_m_s"], touch["lateral_m"]
        out.append(f"contact at {rate['least']:.3f} to {rate['most']:.3f} m/s, at most {off['most']:.2f} m off axis")
    least = result["corridor_margin_least_m"]
    if least is not None:
        out.append(f"inside the 200 m sphere outside the corridor: {result['outside_corridor']} flights; "
                   f"nearest to the corridor's side wall {least:z.1f} m")
    if result["disagreements"]:
        out.append(f"fixes that disagreed with what was known: {result['disagreements']}")
    return out


def _beside(result: Mapping[str, Any], width: int) -> list[str]:
    if not result["covariance"]:
        return ["too few flights by plan for a covariance"]
    out: list[str] = []
    for title, key in (("burns, m/s", "burns"), ("at the aim point", "aim"), ("known there", "known_at_aim")):
        rows = [(row["name"].replace("_m_s", ", m/s").replace("_m", ", m"), f"{row['covariance']:.3g}",
                 f"{row['flown']:.3g}", signed(100 * row["apart"], 1), "*" if row.get("judged") else "")
                for row in result["covariance"][key]]
        out += table((f"one sigma, {title}", "linear covariance", "flown", "apart, %", ""), rows, "lrrrl", width)
    return [*out, f"farthest apart of those with *: {100 * result['worst_apart']:.1f} %"]
