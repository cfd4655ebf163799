"""``fakel faults``: a fault tree flown, each branch to a named ending with place, load and verdicts."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fakel.cli.fly import made_by, rules_beside, said_of
from fakel.cli.mission_record import mission_as_data
from fakel.cli.progress import columns, progress
from fakel.load import folder as flights
from fakel.load.faults import read_faults
from fakel.load.mission import load_mission, mission_path
from fakel.model.errors import InputError, require_known
from fakel.model.fault import Fault
from fakel.model.flight import Flight
from fakel.model.mission import Mission
from fakel.model.verdict import Rule, Verdict

HOME = {"undocking", "deorbit", "entry", "landing"}


def run(args: argparse.Namespace) -> int:
    """Returns 0: that faults break rules is what they are flown for."""
    from fakel.api.faults import fly_faults
    from fakel.plan.start import mission_world
    from fakel.reports import faults as told
    from fakel.rules import load_rules

    path = mission_path(args.mission)
    mission = load_mission(path)
    chosen, left_out = that_strike(mission, _chosen(args), bool(args.only))
    chosen, refused = that_can_be(mission, chosen, bool(args.only or args.faults))
    for fault in chosen:
        if args.out:
            flights.check_free(Path(args.out) / fault.id, args.replace)
    rules, rows = load_rules(*rules_beside(path)), []
    with said_of(path), progress(args.quiet or args.json, mission) as display:
        display.doing("world", "Earth orientation, Sun, Moon, air")
        world = mission_world(mission)
        display.warned((*world.warnings, *left_out, *refused))
        made = made_by(world.ages)
        for branch in fly_faults(mission, world, chosen, display.doing):
            flight = Flight(mission_as_data(branch.mission), branch.legs, made, not branch.trouble)
            verdicts = _judged(flight, rules)
            rows.append(told.row(branch.fault.id, branch.fault.title, branch.fault.title_ru, branch.endings,
                                 branch.trouble, flight, branch.struck, verdicts))
            if args.out:
                _write(Path(args.out) / branch.fault.id, flight, rules)
    if args.json:
        print(json.dumps({"mission": mission.id, "faults": rows}, ensure_ascii=False, indent=1))
    else:
        print("\n".join(told.lines(rows, columns())))
    return 0


def _chosen(args: argparse.Namespace) -> Sequence[Fault]:
    known = read_faults(Path(args.faults) if args.faults else None)
    wanted = [name.strip() for name in args.only.split(",") if name.strip()]
    for name in wanted:
        require_known("--only", name, [fault.id for fault in known])
    if args.only and not wanted:
        raise InputError("--only names no fault; leave it out for all of them")
    return [fault for fault in known if not wanted or fault.id in wanted]


def that_strike(mission: Mission, chosen: Sequence[Fault], asked: bool) -> tuple[Sequence[Fault], tuple[str, ...]]:
    """The faults whose phases the mission has, and a word on those left out. What was asked for by name is not left
    out: it is refused in flight. InputError when nothing is left to strike."""
    phases = {step.phase for step in mission.steps.values()}
    fitting = [fault for fault in chosen if set(fault.changes) <= phases]
    if asked or len(fitting) == len(chosen):
        return chosen, ()
    if not any(fault.changes for fault in fitting):
        raise InputError(f"{mission.id} has no phase that a fault of the tree strikes; take a mission that has "
                         f"{', '.join(sorted({phase for fault in chosen for phase in fault.changes}))}")
    missing = sorted({phase for fault in chosen for phase in fault.changes} - phases)
    return fitting, (f"{mission.id} has no {', '.join(missing)}: left out "
                     f"{', '.join(fault.id for fault in chosen if fault not in fitting)}",)


def that_can_be(mission: Mission, chosen: Sequence[Fault], asked: bool) -> tuple[Sequence[Fault], tuple[str, ...]]:
    """The faults that the phases take, before anything is flown, and why others are left out (a vehicle without a
    reserve canopy cannot lose its main one alone). What was asked for by name, or in a tree of one's own, is
    refused."""
    from fakel.api.faults import check_fault
    fitting, told = [], []
    for fault in chosen:
        try:
            check_fault(mission, fault)
            fitting.append(fault)
        except InputError as error:
            if asked:
                raise
            told.append(f"left out: {error}")
    return fitting, tuple(told)


def _judged(flight: Flight, rules: Sequence[Rule]) -> Sequence[Verdict]:
    """Verdicts of the rules of the way home."""
    from fakel.rules import judge
    return judge(flight, [rule for rule in rules if HOME & set(rule.phases)])


def _write(out: Path, flight: Flight, rules: Sequence[Rule]) -> None:
    from fakel.reports.summary import budgets
    from fakel.rules import judge
    mission: Any = flight.mission
    flights.begin(out, mission, flight.made_by, replace=True)
    for leg in flight.legs:
        flights.write_leg(out, leg)
    flights.finish(out, judge(flight, rules), budgets(flight), complete=flight.complete)
