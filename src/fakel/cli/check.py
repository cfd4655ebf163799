"""``fakel check``: judge flight folders by the flight rules."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fakel.cli.progress import columns
from fakel.load.folder import read_flight
from fakel.model.errors import InputError
from fakel.model.flight import Flight
from fakel.model.plain import plain
from fakel.model.verdict import Rule, Status, Verdict


def run(args: argparse.Namespace) -> int:
    """Returns 1 when a rule failed. Raises InputError when an entry of the ledger was changed."""
    from fakel.rules import load_rules

    rules = _chosen(load_rules(*map(Path, args.rules)), args.rule)
    folders = [found for folder in args.folder for found in _flights(Path(folder))]
    if len(folders) > 1:
        return _many(folders, rules, args.json)
    flight, ledger = _read(folders[0])
    verdicts = _judged(flight, rules, args.rule)
    if args.json:
        one_by_one = {"rules": plain(rules)} if args.rule else {}
        print(json.dumps({"verdicts": plain(verdicts), **one_by_one, "complete": flight.complete, "ledger": ledger},
                         indent=1))
    else:
        _tell(verdicts, rules if args.rule else (), ledger)
    return 1 if any(v.status is Status.FAIL for v in verdicts) else 0


def _flights(folder: Path) -> list[Path]:
    """The folder of a flight, or the flights of a folder of such. Raises InputError when there is none."""
    if (folder / "flight.json").exists() or not folder.is_dir():
        return [folder]
    found = sorted(path.parent for path in folder.glob("*/flight.json"))
    if not found:
        raise InputError(f"{folder}: holds no flight (no flight.json, nor in its folders); give a folder that fakel "
                         "fly wrote")
    return found


def _read(folder: Path) -> tuple[Flight, str]:
    """A flight and what is said of its ledger; what is wrong with the folder goes to standard error."""
    from fakel.load.ledger import verified

    flight, told = read_flight(folder)
    ledger = verified(folder, flight, not told)
    for line in (*told, *([] if ledger.startswith("ledger") else [ledger])):
        print(f"fakel: {line}", file=sys.stderr)
    if not flight.complete:
        print("fakel: this flight is not complete; only its whole legs are judged", file=sys.stderr)
    return flight, ledger


def _chosen(rules: tuple[Rule, ...], wanted: Sequence[str]) -> tuple[Rule, ...]:
    lost = [name for name in wanted if name not in {rule.id for rule in rules}]
    if lost:
        import difflib

        near = difflib.get_close_matches(lost[0], [rule.id for rule in rules], 1, 0.4)
        raise InputError(f"--rule {lost[0]}: there is no such rule" + (f"; did you mean {near[0]}?" if near else ""))
    return tuple(rule for rule in rules if not wanted or rule.id in wanted)


def _judged(flight: Flight, rules: tuple[Rule, ...], wanted: Sequence[str]) -> tuple[Verdict, ...]:
    from fakel.rules import judge

    verdicts = judge(flight, rules)
    beside = [rule for rule in rules if wanted and rule.id not in {v.rule for v in verdicts}]
    if beside:
        raise InputError(f"--rule {beside[0].id}: does not concern this flight, which has none of its phases: "
                         f"{', '.join(beside[0].phases)}")
    return verdicts


def _tell(verdicts: Sequence[Verdict], one_by_one: Sequence[Rule], ledger: str) -> None:
    from fakel.reports.rules import evidence_lines
    from fakel.reports.text import verdict_lines

    if one_by_one:
        by_id = {rule.id: rule for rule in one_by_one}
        print("\n\n".join("\n".join(evidence_lines(by_id[v.rule], v, columns())) for v in verdicts))
        return
    print("\n".join(verdict_lines(verdicts, columns())))
    if ledger.startswith("ledger"):
        print(ledger)


def _many(folders: Sequence[Path], rules: tuple[Rule, ...], as_json: bool) -> int:
    """Shares of runs; 1 when a rule failed in any."""
    from fakel.reports.rules import share_as_data, share_lines
    from fakel.rules import judge
    from fakel.rules.many import shares

    runs: list[tuple[Verdict, ...]] = []
    for folder in folders:
        runs.append(judge(_read(folder)[0], rules))       # one flight in memory at a time
    names, found = [folder.name for folder in folders], shares(runs)
    if as_json:
        told: dict[str, Any] = {"runs": [str(f) for f in folders], "shares": [share_as_data(s, names) for s in found]}
        print(json.dumps(told, indent=1))
    else:
        print("\n".join(share_lines(found, names, columns())))
    return 1 if any(s.kept < s.judged for s in found) else 0
