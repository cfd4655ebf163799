"""``fakel eva plan``: who does what when on a spacewalk."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from fakel.api.forces import as_epoch
from fakel.api.walk_plan import Happened, Question, Wanted, question, walk_plan, why
from fakel.cli.eva_fill import fill_walk
from fakel.cli.plan import at_home, check_file
from fakel.cli.progress import columns, spinner
from fakel.model.epoch import Window
from fakel.model.errors import InputError
from fakel.model.plain import plain
from fakel.model.walk_plan import WalkPlan


def run(args: argparse.Namespace) -> int:
    """Returns 0; 1 when --why found a conflict, or could not decide."""
    from fakel.reports.walk_plan import as_csv, as_data, conflict_lines, lines
    wanted = Wanted(_hatch(args.hatch), tuple(n.strip() for n in args.goals.split(",") if n.strip()), args.trades,
                    args.whole, args.pad, args.effort, args.seed)
    happened = _happened(args)
    if args.csv and Path(args.csv).exists() and not args.replace:
        raise InputError(f"{args.csv} is there already; give another name or --replace")
    with spinner("path, light and links", args.json):
        asked = question(args.walk, wanted, args.tle or "", args.flight or "", happened)
    if args.out:
        check_file(Path(args.out), asked.walk.path)
    if args.why:
        with spinner("conflicts", args.json):
            found = why(asked, wanted)
        print(json.dumps({"conflict": plain(found)}) if args.json else "\n".join(conflict_lines(found)))
        return 0 if found is None else 1
    with spinner("the walk's plan", args.json):
        plan = walk_plan(asked, wanted)
    written = _write(args, asked, plan, as_csv(plan))
    if args.json:
        print(json.dumps(as_data(plan), ensure_ascii=False))
        return 0
    print("\n".join(lines(plan, columns())))
    for path in written:
        print(f"written    {path}")
    return 0


def _write(args: argparse.Namespace, asked: Question, plan: WalkPlan, rows: str) -> list[Path]:
    written = []
    if args.out:
        out, walk = Path(args.out), asked.walk
        text = fill_walk(walk.path.read_text(encoding="utf-8"), walk, plan, walk.path)
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(at_home(text, walk.path.parent, out.parent, walk.mission), encoding="utf-8")
        written.append(out)
    if args.csv:
        Path(args.csv).parent.mkdir(parents=True, exist_ok=True)
        Path(args.csv).write_text(rows, encoding="utf-8")
        written.append(Path(args.csv))
    return written


def _hatch(text: str | None) -> Window | None:
    if text is None:
        return None
    first, dots, last = text.partition("..")
    start = as_epoch(first, "--hatch")
    stop = as_epoch(last, "--hatch") if dots else start
    if stop < start:
        raise InputError(f"--hatch = {text}: the last opening lies before the first; swap them")
    return Window(start, stop)


def _happened(args: argparse.Namespace) -> Happened | None:
    given = [option for option, value in (("--was", args.was), ("--took", args.took), ("--refuse", args.refuse),
                                          ("--left", args.left)) if value]
    if args.now is None:
        if given:
            raise InputError(f"{given[0]} tells of a walk under way; say at which minute with --now")
        return None
    left = {}
    for text in args.left:
        person, dot, rest = text.partition(".")
        what, equals, value = rest.partition("=")
        if not dot or not equals:
            raise InputError(f"--left {text}: write PERSON.THING=VALUE, such as kotov.oxygen=0.6")
        left[person, what.strip()] = _number(value, f"--left {text}")
    took = {}
    for text in args.took:
        name, equals, value = text.partition("=")
        if not equals:
            raise InputError(f"--took {text}: write TASK=MINUTES")
        took[name] = _number(value, f"--took {text}")
    return Happened(args.now, args.was or "", took, tuple(args.refuse), left)


def _number(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise InputError(f"{where}: {text!r} is not a number") from error
    if not 0.0 <= value < 1e6:
        raise InputError(f"{where}: {text} cannot be; write 0 or more")
    return value
