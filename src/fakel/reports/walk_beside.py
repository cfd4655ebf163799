"""A planned spacewalk beside what was announced and flown on that day, where that is known."""

from __future__ import annotations

from collections.abc import Iterable

from fakel.model.epoch import Epoch
from fakel.model.walk_plan import WalkPlan
from fakel.reports.compare import flown_flights
from fakel.reports.null_guess import Flown
from fakel.reports.table import signed

TITLES = {"hatch_open": "hatch opens", "torch_out": "torch out", "torch_handover": "torch handed over",
          "hatch_closed": "hatch closed"}


def instants(plan: WalkPlan) -> dict[str, Epoch]:
    """The plan's own instants by the names of events; a hand-over is at the end of its task."""
    people = {person for doing in plan.doings for person in doing.who}
    found = {"hatch_open": plan.hatch_open, "hatch_closed": plan.hatch_closed}
    for doing in plan.doings:
        for item, giver, taker in doing.gives:
            kind = "out" if giver not in people else "handover" if taker in people else "in"
            found.setdefault(f"{item}_{kind}", plan.hatch_open + 60.0 * doing.stop_min)
    return found


def beside(plan: WalkPlan, flights: Iterable[Flown] | None = None) -> list[str]:
    """Lines of a table, the difference in minutes; none when no walk of that day is known."""
    known = next((f for f in (flown_flights() if flights is None else flights)
                  if (at := f.instant("hatch_open")) and at.day == plan.hatch_open.day), None)
    if known is None:
        return []
    ours, out = instants(plan), [f"beside {known.name[0].lower()}{known.name[1:]}"]
    for name, title in TITLES.items():
        if name in ours and name in known.events:
            event = known.events[name]
            off_min = (ours[name] - event.epoch) / 60.0
            status = "announced" if event.status == "planned" else event.status
            out.append(f"  {title:<18} {ours[name].iso()[11:16]} here, {event.epoch.iso()[11:16]} {status}, "
                       f"{signed(off_min, 0)} min")
    return out
