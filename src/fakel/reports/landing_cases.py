"""Dispersed landings told: figures for people, JSON and CSV for programs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from fakel.model.dispersions import Cases, Figure
from fakel.reports.rows_csv import rows_csv
from fakel.reports.table import heading, signed, table


def as_data(found: Cases) -> dict[str, Any]:
    """UTC, km, deg, g; each radius and share with its 95 % interval, high None where nothing bounds it."""
    return {
        "zone": found.zone.id, "vehicle": found.vehicle, "dispersions": found.dispersions, "seed": found.seed,
        "runs": len(found.guided), "burn_start_utc": found.burn_start.iso(1), "landing_utc": found.landing.iso(1),
        "guided": int(found.guided.sum()),
        "centre_east_km": round(found.centre_m[0] / 1000, 3), "centre_north_km": round(found.centre_m[1] / 1000, 3),
        "radii_km": {f"{share:g}": _km(figure) for share, figure in found.radii.items()},
        "ellipses": {f"{share:g}": {"long_km": round(long / 1000, 3), "short_km": round(short / 1000, 3),
                                    "bearing_deg": round(float(np.degrees(bearing)), 1)}
                     for share, (long, short, bearing) in found.ellipses.items()},
        "circle_km": found.radius_m / 1000,
        "inside": {"share": found.inside_zone.value, "low": found.inside_zone.low, "high": found.inside_zone.high},
        "farthest_km": round(float(_away_m(found).max()) / 1000, 3),
        "peak_g": {"mean": round(float(found.peak_load_g.mean()), 3), "most": round(float(found.peak_load_g.max()), 3)},
        "footprint_lat_lon_deg": np.round(np.degrees(found.footprint), 4).tolist(),
        "linear_error_m": round(found.linear_error_m, 1)}


def _km(figure: Figure) -> dict[str, float | None]:
    return {"value": round(figure.value / 1000, 3), "low": round(figure.low / 1000, 3),
            "high": round(figure.high / 1000, 3) if math.isfinite(figure.high) else None}


def _sure(figure: Figure) -> str:
    low = f"{figure.low / 1000:.1f}"
    return f"{low} to {figure.high / 1000:.1f}" if math.isfinite(figure.high) else f"{low} or more"


def _away_m(found: Cases) -> np.ndarray:
    return np.hypot(found.east_m, found.north_m)


def as_csv(found: Cases) -> str:
    """One row a run, in order."""
    degrees = np.degrees(found.places)
    return rows_csv([{
        "run": k, "lat_deg": round(float(degrees[k, 0]), 5), "lon_deg": round(float(degrees[k, 1]), 5),
        "east_km": round(float(found.east_m[k]) / 1000, 3), "north_km": round(float(found.north_m[k]) / 1000, 3),
        "peak_g": round(float(found.peak_load_g[k]), 3), "touchdown_m_s": round(float(found.touchdown_m_s[k]), 2),
        "guided": bool(found.guided[k])} for k in range(len(found.guided))])


def lines(found: Cases, width: int) -> list[str]:
    """The answer in text."""
    runs, lost = len(found.guided), int((~found.guided).sum())
    inside, away = found.inside_zone, _away_m(found)
    east_km, north_km = (signed(x / 1000, 1) for x in found.centre_m)
    told = [f"{found.vehicle} to {found.zone.name}, {runs} returns",
            f"burn       {found.burn_start.iso()}, landing {found.landing.iso()} as planned",
            f"differing  {found.dispersions} (all assumed), seed {found.seed}; from the burn to touchdown",
            f"inside     {100 * inside.value:.1f} % within {found.radius_m / 1000:.0f} km of the zone's centre "
            f"({100 * inside.low:.2f} to {100 * inside.high:.2f} %); the farthest {away.max() / 1000:.1f} km",
            f"guided     {runs - lost} of {runs}" + (f"; {lost} spun" if lost else ""),
            f"load       {found.peak_load_g.mean():.2f} g in the mean, {found.peak_load_g.max():.2f} g at most",
            f"centre     {east_km} km east, {north_km} km north of it",
            *heading("Landings from the zone's centre", width)]
    rows = [[f"{100 * share:g} %", f"{figure.value / 1000:.1f}", _sure(figure),
             f"{found.ellipses[share][0] / 1000:.1f} x {found.ellipses[share][1] / 1000:.1f}",
             f"{np.degrees(found.ellipses[share][2]):.0f}"] for share, figure in found.radii.items()]
    told += table(["share", "radius km", "95 % sure", "ellipse km", "bearing °"], rows, width=width)
    return [*told, "radius: of that share of the runs; ellipse: semi-axes about their centre, as if spread normally"]
