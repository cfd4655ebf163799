"""A campaign's flights as one result: endings, delta-v, propellant, and covariance beside what was flown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from fakel.campaign.rendezvous import DONE, ENDINGS, Case, spreads
from fakel.campaign.statistics import mean, quantile, share, spread
from fakel.model.plain import plain
from fakel.plan.dispersed import knowledge_table

AXES = ("radial", "along", "normal")
MORE_M_S = 12.0
"""What 99 of 100 flights may take more than the flight without errors (the figure that was asked for)."""
AGREE = 0.15


def result_of(case: Case, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """All that a campaign says, as plain data. rows: outcomes in order of their runs."""
    docked = [row for row in rows if row["ending"] == DONE]
    planned = [row for row in rows if row["aim"] is not None]
    nominal = case.nominal.dv_m_s
    more = np.array([row["dv_m_s"] - nominal for row in docked])
    within = share(int((more <= MORE_M_S).sum()), len(rows))
    inside = [row["margin_m"] for row in rows if row["margin_m"] is not None]
    out = {
        "mission": case.mission.id, "navigation": case.navigation.id, "confidence": case.navigation.confidence,
        "seed": case.seed, "runs": len(rows), "nominal_dv_m_s": nominal,
        "nominal_approach_dv_m_s": case.nominal.approach_dv_m_s,
        "endings": {name: {"flights": n, **asdict(share(n, len(rows)))}
                    for name in ENDINGS if (n := sum(row["ending"] == name for row in rows)) or name == DONE},
        "fell_back": sum(row["fell_back"] for row in rows), "made_up_for": sum(bool(row["skipped"]) for row in rows),
        "docked_within_12_m_s": asdict(within),
        "dv_more_m_s": _figures(more, case.seed, "dv"),
        "propellant_kg": _figures(np.array([row["propellant_kg"] for row in docked]), case.seed, "propellant"),
        "left_kg_least": min((row["left_kg"] for row in rows), default=None),
        "contact": _contact(docked), "disagreements": sum(len(row["disagreements"]) for row in rows),
        "outside_corridor": sum(m < 0.0 for m in inside), "corridor_margin_least_m": min(inside, default=None),
        "nominal_aim": case.nominal.aim, "aim_covariance": list(spreads(case).values())[-1].relative,
        "covariance": _beside(case, planned),
        "along": {name: knowledge_table(ref) for name, ref in case.references.items()},
        "passes": {name: [[who, begin, end] for who, begin, end in ref.passes]
                   for name, ref in case.references.items()},
    }
    agree = [abs(row["apart"]) for table in out["covariance"].values() for row in table if row.get("judged")]
    out["worst_apart"] = max(agree, default=None)
    data: dict[str, Any] = plain(out)
    return data


def _figures(values: Any, seed: int, purpose: str) -> dict[str, Any]:
    return {"mean": asdict(mean(values, seed, purpose)), "p99": asdict(quantile(values, 0.99, seed, purpose)),
            "max": float(values.max()) if len(values) else None}


def _contact(docked: Sequence[dict[str, Any]]) -> dict[str, Any]:
    rates = np.array([row["closing_rate_m_s"] for row in docked])
    off = np.array([row["lateral_m"] for row in docked])
    if not len(docked):
        return {}
    return {"closing_rate_m_s": {"mean": rates.mean(), "least": rates.min(), "most": rates.max()},
            "lateral_m": {"mean": off.mean(), "most": off.max()}}


def _beside(case: Case, planned: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Linear covariance beside the flights that went by plan: burns, the aim, what is known there.

    A burn is judged by its vector's sigma (root of the sum of squares of three axes), the aim by its three axes.
    """
    if len(planned) < 2:
        return {}
    legs = spreads(case)
    burns: list[dict[str, Any]] = []
    for leg in legs.values():
        for name, covariance in leg.burns.items():
            rows = np.array([row["burns"][name] for row in planned])
            axes = spread(rows, covariance, [f"{name} {axis}" for axis in AXES])
            want, have = (float(np.sqrt(sum(float(a[key]) ** 2 for a in axes))) for key in ("covariance", "flown"))
            burns += [{"name": name, "covariance": want, "flown": have, "apart": have / want - 1.0, "judged": True},
                      *axes]
    last = list(legs.values())[-1]
    names = [*(f"{axis}_m" for axis in AXES), *(f"{axis}_m_s" for axis in AXES)]
    aim = [{**row, "judged": row["name"] in names[:3]}
           for row in spread(np.array([row["aim"] for row in planned]), last.relative, names)]
    known = spread(np.array([row["known_error"] for row in planned]), last.error, names)
    return {"burns": burns, "aim": aim, "known_at_aim": known}
