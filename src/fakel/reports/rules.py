"""Verdicts told one by one with all their evidence, and shares of many runs, as lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from fakel.model.epoch import Window
from fakel.model.verdict import Rule, Verdict
from fakel.reports.table import table


def evidence_lines(rule: Rule, verdict: Verdict, width: int = 110) -> list[str]:
    """Everything that is behind one verdict."""
    limit = f"{rule.limit:g}" if isinstance(rule.limit, float) else rule.limit
    limit = "none is public" if limit == "nan" else limit
    said = {"text": rule.text, "formula": rule.formula + (f"  {rule.op}  limit" if rule.op else ""),
            "limit": f"{limit} {rule.unit}".strip(), "source": rule.source, "confidence": rule.confidence,
            "sources": rule.instead_of and f"They differ. {rule.instead_of}", "found": verdict.message,
            "decided by": verdict.channel or verdict.evidence,
            "at": verdict.at.iso(1) if verdict.at else "",
            "margin": "" if verdict.margin is None else f"{verdict.margin:.6g} {verdict.unit}".strip(),
            "broken": "; ".join(spelt(w) for w in verdict.violations)}
    lines = [f"{verdict.status.value.upper()}  {rule.id}: {rule.title}"]
    for name, text in said.items():
        if text:
            lines += textwrap.wrap(text, width, initial_indent=f"  {name:<12}", subsequent_indent=" " * 14)
    return lines


def spelt(window: Window) -> str:
    """``14:15:00.0 to 14:24:00.3 (540.3 s)``, with the day."""
    if window.duration_s <= 0:
        return window.start.iso(1)
    return f"{window.start.iso(1)} to {window.stop.iso(1)} ({window.duration_s:.1f} s)"


def share_lines(shares: Sequence[Any], runs: Sequence[str], width: int = 110) -> list[str]:
    """One line for each rule: in what share of the runs it holds, the one that holds least first."""
    ordered = sorted(shares, key=lambda s: (s.judged == 0, s.share if s.share is not None else 1.0, -s.judged))
    rows = [(s.rule, s.title, _held(s), f"{s.kept} of {s.judged}", str(s.unknown) if s.unknown else "",
             "" if s.worst < 0 else f"{s.worst_margin:.4g} {s.unit}".strip(), runs[s.worst] if s.worst >= 0 else "")
            for s in ordered]
    head = ("rule", "", "holds in (95 %, Wilson)", "runs", "unknown", "least margin", "in")
    return [*table(head, rows, "lllrrrl", width, caps={1: 30}), "", f"{len(runs)} runs, {len(ordered)} rules."]


def _held(share: Any) -> str:
    if share.share is None:
        return "not judged"
    return f"{100 * share.share:.1f} % ({100 * share.low:.1f} to {100 * share.high:.1f})"


def share_as_data(share: Any, runs: Sequence[str]) -> Mapping[str, Any]:
    """A share as ``--json`` shows it."""
    return {"rule": share.rule, "title": share.title, "share": share.share, "low": share.low, "high": share.high,
            "interval": "Wilson, 95 %", "kept": share.kept, "judged": share.judged, "unknown": share.unknown,
            "least_margin": share.worst_margin, "unit": share.unit,
            "least_margin_in": runs[share.worst] if share.worst >= 0 else None}
