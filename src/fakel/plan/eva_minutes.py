"""The planner's clock: whole minutes, and what lies in them."""

from __future__ import annotations

import math
from typing import Any

from fakel.model.errors import InputError
from fakel.plan.eva_case import Case, Spans

EPS = 1e-9


def cp_model() -> Any:
    """OR-tools, loaded when it is needed. Raises InputError that says how to get it."""
    try:
        from ortools.sat.python import cp_model as found
    except ImportError as error:
        raise InputError("fakel eva plan needs OR-tools; install the extra: pip install 'fakel[eva]'") from error
    return found


def up(seconds: float) -> int:
    """Whole minutes that hold so many seconds."""
    return math.ceil(seconds / 60.0 - EPS)


def good_minutes(spans: Spans, last: int) -> list[int]:
    """How many whole minutes before each of 0..last lie in the spans."""
    flags = [0] * last
    for start_s, stop_s in spans:
        for k in range(max(0, up(start_s)), min(last, math.floor(stop_s / 60.0 + EPS))):
            flags[k] = 1
    total = [0]
    for flag in flags:
        total.append(total[-1] + flag)
    return total


def starts_inside(spans: Spans, duration_s: float) -> list[list[int]]:
    """Minutes at which a task may start so that it lies in one span for its whole length."""
    found = [[max(0, up(a)), math.floor((b - duration_s) / 60.0 + EPS)] for a, b in spans]
    return [pair for pair in found if pair[0] <= pair[1]]


def longest_good(case: Case, most_min: int) -> int:
    """Good minutes for the show in the best stretch of so many minutes, whatever is done in it: the orbit's bound."""
    last = up(case.latest_close_s)
    total = good_minutes(case.show_windows, last)
    first = up(case.past.hatch_s if case.past else case.hatch_s[0])
    return max((total[min(k + most_min, last)] - total[k] for k in range(first, last)), default=0)
