"""``fakel rules``: the flight rules as a list, or as pages with a flight that keeps each and one that breaks it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from fakel.cli.progress import columns
from fakel.load.folder import check_writable, read_flight
from fakel.model.flight import Flight
from fakel.model.plain import plain
from fakel.model.verdict import Rule, Status, Verdict

Example = tuple[str, Verdict]


def run(args: argparse.Namespace) -> int:
    from fakel.reports.table import table
    from fakel.rules import load_rules

    rules = load_rules(*map(Path, args.rules))
    if args.out:
        return _write(rules, Path(args.out), [read_flight(Path(folder))[0] for folder in args.flight])
    if args.json:
        print(json.dumps(plain(rules), indent=1))
    else:
        rows = [(r.id, r.title, ", ".join(r.phases) or "everywhere",
                 r.source + (" (sources differ: fakel check --rule)" if r.instead_of else "")) for r in rules]
        print("\n".join(table(("rule", "", "phases", "source"), rows, "llll", columns())))
    return 0


def _write(rules: tuple[Rule, ...], out: Path, flights: list[Flight]) -> int:
    from fakel.reports.rules import rule_page, rules_index

    check_writable(out)
    out.mkdir(parents=True, exist_ok=True)
    for rule in rules:
        kept, broken, lacking = _examples(rule, flights)
        (out / f"{rule.id}.md").write_text(rule_page(rule, kept, broken, lacking), encoding="utf-8")
    (out / "README.md").write_text(rules_index(rules), encoding="utf-8")
    print(f"{len(rules)} pages in {out}")
    return 0


def _examples(rule: Rule, flights: list[Flight]) -> tuple[Example | None, Example | None, str]:
    """A flight that keeps the rule and one that breaks it: of those given, or one of them changed; and why not."""
    from fakel.rules import judge
    from fakel.rules.spoilt import spoilt
    from fakel.rules.supplied import supplied

    seen = [(flight, v) for flight in flights for v in judge(flight, (rule,))]
    found: dict[Status, Example] = {}
    for flight, v in seen:
        found.setdefault(v.status, (_named(flight), v))
    for flight, v in seen:
        other = {Status.PASS: Status.FAIL, Status.FAIL: Status.PASS}.get(v.status)
        changed = spoilt(flight, rule, other) if other and other not in found else None
        if changed and other:
            found[other] = f"{_named(flight)}, with one thing changed: {changed[0]}.", changed[2]
    unknown = found.pop(Status.UNKNOWN, None)
    if unknown and not found:
        flight = next(flight for flight, v in seen if v.status is Status.UNKNOWN)
        for status, example in zip((Status.PASS, Status.FAIL), supplied(flight, rule), strict=True):
            if example:
                found[status] = f"{_named(flight)}, {example[0]}.", example[1]
    return found.get(Status.PASS), found.get(Status.FAIL), unknown[1].message if unknown else ""


def _named(flight: Flight) -> str:
    return str(flight.mission.get("title") or flight.mission.get("id", "a flight"))
