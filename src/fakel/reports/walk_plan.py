"""A planned spacewalk in words: timeline, goals with their bounds, margins, trades; JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from fakel.model.plain import plain
from fakel.model.walk_plan import Conflict, Doing, Trade, WalkPlan
from fakel.reports.walk_beside import beside


def lines(plan: WalkPlan, width: int = 100) -> list[str]:
    """The whole plan for a terminal."""
    spread = f" +- {plan.spread_min:.0f} min (one sigma of the tasks' own durations)" if plan.spread_min else ""
    out = [f"hatch      {plan.hatch_open.iso()[:16]}Z to {plan.hatch_closed.iso()[11:16]}Z, "
           f"{_clock(plan.walk_min)} outside{spread}", f"path       {plan.source}", ""]
    out += [_row(doing, width) for doing in plan.doings]
    if plan.deferred:
        out += ["", f"deferred   {', '.join(plan.deferred)}"]
    out += ["", "goals, each kept before the next", *_goals(plan)]
    if plan.seen is not None:
        out += list(_seen(plan))
    out += ["", "margins when the hatch closes and the airlock is filled", *_margins(plan)]
    if plan.trades:
        out += ["", "what other hatch openings bring", *_trades(plan.trades)]
    if told := beside(plan):
        out += ["", *told]
    return out + [f"note       {told}" for told in plan.told]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _row(doing: Doing, width: int) -> str:
    rests = f"  then {' and '.join(doing.rests)} rest" if doing.rests else ""
    state = "" if doing.state == "planned" else f" [{doing.state}]"
    text = (f"{_clock(doing.start_min)}-{_clock(doing.stop_min)}  {doing.task:<16} {' '.join(doing.who):<18} "
            f"{doing.where or doing.place:<22} {doing.title}{state}{rests}")
    return text if len(text) <= width else text[:width - 1] + "…"


def _goals(plan: WalkPlan) -> Iterator[str]:
    for i, goal in enumerate(plan.goals, 1):
        unit = f" {goal.unit}" if goal.unit else ""
        if goal.value is None:
            yield f"  {i} {goal.name:<42} not reached within the limits of the search"
            continue
        said = "proven best" if goal.proven else f"not proven; no plan goes beyond {goal.bound}{unit}"
        yield f"  {i} {goal.name:<42} {goal.value}{unit}, {said}"


def _seen(plan: WalkPlan) -> Iterator[str]:
    seen = plan.seen
    assert seen is not None
    start, stop = plan.hatch_open + 60.0 * seen.start_min, plan.hatch_open + 60.0 * seen.stop_min
    yield ""
    yield (f"show       {start.iso()[11:16]} to {stop.iso()[11:16]}Z, {seen.stop_min - seen.start_min} min; "
           f"{seen.good_min} of them in light and link")
    yield (f"bounds     {seen.orbit_bound_min} min by the orbit, {seen.alone_bound_min} for the show alone, "
           f"{seen.plan_bound_min} for the whole walk")
    short = seen.orbit_bound_min - seen.good_min
    yield f"shortfall  {short} min below what the orbit gives" if short else "shortfall  none: the orbit gives no more"


def _margins(plan: WalkPlan) -> Iterator[str]:
    for m in plan.margins:
        digits = 0 if m.unit == "min" else 2
        kept = f", {m.kept:.{digits}f} kept in hand" if m.kept else ""
        yield (f"  {m.person:<12} {m.what:<15} {m.used:.{digits}f} of {m.capacity:.{digits}f} {m.unit}{kept}, "
               f"{m.left:.{digits}f} {m.unit} to spare")


def _trades(trades: tuple[Trade, ...]) -> Iterator[str]:
    whole = any(t.walk_min is not None for t in trades)
    yield "  hatch   show min  begins after" + ("  worth  minutes outside" if whole else "")
    for t in trades:
        show = "none" if t.show_min is None else f"{t.show_min}{'' if t.show_proven else ' at least'}"
        after = "-" if t.out_after_min is None else f"{t.out_after_min} min"
        worth, outside = ("-" if value is None else str(value) for value in (t.worth, t.walk_min))
        more = f"  {worth:>5}  {outside}" if whole else ""
        yield f"  {t.hatch_open.iso()[11:16]}   {show:<9} {after:<12}{more}".rstrip()


def as_data(plan: WalkPlan) -> dict[str, Any]:
    """One JSON object."""
    return dict(plain(plan)) | {"hatch_closed": plan.hatch_closed.iso(9)}


def as_csv(plan: WalkPlan) -> str:
    """One row for each task."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["task", "title", "who", "place", "start_utc", "stop_utc", "start_min", "stop_min", "rests",
                     "state"])
    for d in plan.doings:
        clocks = [(plan.hatch_open + 60.0 * minute).iso() for minute in (d.start_min, d.stop_min)]
        writer.writerow([d.task, d.title, " ".join(d.who), d.place, *clocks, d.start_min, d.stop_min,
                         " ".join(d.rests), d.state])
    return out.getvalue()


def conflict_lines(found: Conflict | None) -> list[str]:
    """Which wishes cannot all be met."""
    if found is None:
        return ["no conflict: a plan exists that meets all wishes"]
    if not found.decided:
        return ["undecided: within the limits of the search neither a plan nor a conflict was found; try --effort 5"]
    head = "these wishes cannot all be met" + (
        "; without any one of them the others can" if found.irreducible else "; fewer of them might conflict already")
    return [head, *(f"  {subject}: {'; '.join(wishes)}" for subject, wishes in found.groups)]
