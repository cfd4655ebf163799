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
    said = {"text": rule.text, "formula": rule.formula + (f"  {rule.op}  limit" if rule.op else ""),
            "limit": _limit_of(rule).replace("`", ""), "source": rule.source, "confidence": rule.confidence,
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


# ---------------------------------------------------------------- a page for each rule

def rule_page(rule: Rule, kept: tuple[str, Verdict] | None, broken: tuple[str, Verdict] | None, lacking: str) -> str:
    """A rule as a page of Markdown. kept, broken: a flight (told in words) with its verdict, for each of the two;
    lacking: why no flight could be judged, where none could."""
    rows = [("limit", _limit_of(rule)), ("where it looks", ", ".join(rule.phases) or "everywhere"),
            ("confidence", rule.confidence), ("source", rule.source)]
    held = f"  {rule.op}  limit" if rule.op else ""
    parts = [f"# {rule.id}: {rule.title}", rule.text, f"```\n{rule.formula}{held}\n```",
             "\n".join(["| | |", "|---|---|", *(f"| {name} | {text} |" for name, text in rows)])]
    if rule.instead_of:
        parts.append(f"**Sources differ.** {rule.instead_of}")
    none = f"No flight that was given can be judged: {lacking}." if lacking else "None was given."
    if lacking and (kept or broken):
        parts.append(f"**Nothing flown yet can be judged**: {lacking}. The examples below are made.")
    parts += [_example("A flight that keeps it", kept, none), _example("A flight that breaks it", broken, none)]
    return "\n\n".join(parts) + "\n"


def _limit_of(rule: Rule) -> str:
    if isinstance(rule.limit, str):
        return f"`{rule.limit}` {rule.unit}".strip()
    if rule.limit != rule.limit:
        return "in the formula" if not rule.op and "limit" not in rule.formula else "none is public"
    return f"{rule.limit:g} {rule.unit}".strip()


def _example(title: str, given: tuple[str, Verdict] | None, without: str) -> str:
    if given is None:
        return f"## {title}\n\n{without}"
    said, v = given
    lines = [said, f"Found: {v.message}.", f"Decided by: {v.channel}" + (f", {v.at.iso(1)}." if v.at else ".")]
    if v.violations:
        lines.append(f"Broken: {'; '.join(spelt(w) for w in v.violations[:5])}"
                     + (f", and {len(v.violations) - 5} more." if len(v.violations) > 5 else "."))
    return f"## {title}\n\n" + "\\\n".join(line for line in lines if line)


def rules_index(rules: Sequence[Rule]) -> str:
    """The list of the pages."""
    rows = [f"| [{r.id}]({r.id}.md) | {r.title} | {_limit_of(r)} |" for r in rules]
    head = ["# Flight rules", "", "Made by `fakel rules`.", "", "| rule | | limit |", "|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"
