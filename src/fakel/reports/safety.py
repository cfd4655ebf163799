"""The passive-safety report in text and as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from fakel.model.flight import Table
from fakel.model.plain import plain
from fakel.model.safety import SafetyReport
from fakel.reports.table import heading, signed, table

DRIFTS = {"free_drift": "Free drift for a day when a burn fails", "near_drift": "Beside the station",
          "final_drift": "On the final line"}
AXES = ("radial", "along_track", "normal")


def lines(report: SafetyReport, width: int) -> list[str]:
    """Text for a terminal."""
    out = []
    for step, tables in report.tables.items():
        for name, title in DRIFTS.items():
            if len(tables.get(name, {}).get("burn", ())):
                rows = _drift_rows(tables[name])
                out += ["", *heading(f"{step}: {title}", width), *table(
                    ("burn", "case", "from", "least range", "after", "ellipsoid", "to next burn", "three sigma",
                     "verdict"), rows if name != "final_drift" else _ends(rows), "llrrrrrrl", width)]
        if len(tables.get("aborts", {}).get("burn", ())):
            out += ["", *heading(f"{step}: active abort, the burn that clears", width),
                    *_aborts(tables["aborts"], width)]
        if "corridor" in tables:
            least_m = float(tables["corridor"]["margin_m"][0])
            out += ["", f"corridor   {signed(least_m, 1)} m to its side, at the tightest"]
        if len(tables.get("plume", {}).get("burn", ())):
            out += ["", *heading(f"{step}: exhaust on the solar wings", width), *_plume(tables["plume"], width)]
    notes = ("least range: from the station's centre; the keep-out sphere has 200 m. ellipsoid: from its surface "
             "(4 x 2 x 2 km in all), below 0 inside.", *report.assumed)
    return [*out[1:], "", *(line for note in notes for line in wrap(note, width))]


def _drift_rows(t: Table) -> list[tuple[str, ...]]:
    return [(str(t["burn"][i]), str(t["case"][i]), _far(t["range_m"][i]), _far(t["least_range_m"][i]),
             f"{float(t['least_after_h'][i]):.2f} h", _far(t["ellipsoid_margin_m"][i]), _far(t["decision_range_m"][i]),
             _far(t["worst_range_m"][i]), str(t["verdict"][i])) for i in range(len(t["burn"]))]


def _ends(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Every sixth row of many, and the last."""
    return rows[::6] if len(rows) % 6 == 1 else [*rows[::6], rows[-1]]


def _far(metres: float) -> str:
    m = float(metres)
    return f"{m / 1000:z.1f} km" if abs(m) >= 10e3 else f"{m:z.0f} m"


def _aborts(t: Table, width: int) -> list[str]:
    rows = [(str(t["burn"][i]), f"{float(t['range_m'][i]):.0f} m", f"{float(t['dv_m_s'][i]):.2f} m/s",
             " ".join(f"{signed(float(t[f'dv_{axis}_m_s'][i]), 2):>5}" for axis in AXES),
             f"{float(t['burn_s'][i]):.0f} s",
             f"{float(t['out_s'][i]) / 60:.1f} min", f"{float(t['later_range_m'][i]):.0f} m",
             f"{float(t['gap_m'][i]):z.1f} m", "clears" if t["clears"][i] else "DOES NOT CLEAR")
            for i in range(len(t["burn"]))]
    head = ("at", "from", "size", "radial along cross", "lasts", "outside after", "later at least", "gap", "")
    return table(head, _ends(rows) if len(rows) > 24 else rows, "lrrlrrrrl", width)


def _plume(t: Table, width: int) -> list[str]:
    order = sorted(range(len(t["burn"])), key=lambda i: -float(t["pressure_pa"][i]))[:8]
    rows = [(str(t["burn"][i]), f"{float(t['range_m'][i]):.0f} m", f"{float(t['dv_m_s'][i]):.3f} m/s",
             str(t["array"][i]), f"{float(t['distance_m'][i]):.0f} m", f"{float(t['angle_deg'][i]):.0f} deg",
             f"{float(t['pressure_pa'][i]):.2g} Pa", f"{float(t['impulse_pa_s'][i]):.2g} Pa s") for i in order]
    head = ("burn", "from", "size", "wing", "away", "off axis", "pressure", "impulse")
    return [*table(head, rows, "lrrlrrrr", width),
            "The eight strongest. Simons' plume, every turn of the wings; no limit is public, and no rule judges it."]


def data(report: SafetyReport) -> dict[str, Any]:
    """What ``--json`` prints."""
    return {"ship": report.ship, "legs": {step: {name: plain(dict(t)) for name, t in tables.items()}
                                          for step, tables in report.tables.items()},
            "worst": worst(report.tables), "assumed": list(report.assumed)}


def worst(tables: Mapping[str, Mapping[str, Table]]) -> dict[str, Any]:
    """The least of each kind, over all legs."""
    def least(name: str, column: str) -> float | None:
        found = [float(v) for legs in tables.values() for v in legs.get(name, {}).get(column, ())]
        return min(found) if found else None
    clears = least("aborts", "clears")
    return {"sphere_margin_m": least("free_drift", "sphere_margin_m"),
            "three_sigma_range_m": least("free_drift", "worst_range_m"),
            "near_range_m": least("near_drift", "least_range_m"),
            "final_range_m": least("final_drift", "least_range_m"), "corridor_margin_m": least("corridor", "margin_m"),
            "aborts_clear": None if clears is None else bool(clears)}


def page_rows(t: Table) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """Head and rows of a table of drifts for a page."""
    return ("burn", "case", "from", "least range", "after", "ellipsoid", "to next burn", "three sigma",
            "verdict"), _drift_rows(t)
