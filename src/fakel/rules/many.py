"""Rules over many flights: in what share of the runs a rule holds, and how sure that share is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fakel.model.verdict import Status, Verdict

SURE_OF = 0.95
_DEVIATIONS = 1.959963984540054      # of a normal, for 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the runs in which a rule could be judged keep it; low, high: Wilson's interval of 95 %.

    worst: the place of the run with the least margin among the runs given (-1 where none has one).
    """

    rule: str
    title: str
    kept: int
    judged: int
    unknown: int
    low: float
    high: float
    worst: int
    worst_margin: float | None
    unit: str

    @property
    def share(self) -> float | None:
        return self.kept / self.judged if self.judged else None


def wilson(kept: int, judged: int) -> tuple[float, float]:
    """Interval of 95 % for a share (Wilson 1927: Probable inference, the law of succession; JASA 22).

    >>> [round(x, 4) for x in wilson(993, 1000)]
    [0.9856, 0.9966]
    """
    if judged == 0:
        return 0.0, 1.0
    z2, p = _DEVIATIONS**2, kept / judged
    middle = p + z2 / (2 * judged)
    half = _DEVIATIONS * math.sqrt(p * (1 - p) / judged + z2 / (4 * judged**2))
    low, high = (middle - half) / (1 + z2 / judged), (middle + half) / (1 + z2 / judged)
    return (0.0 if kept == 0 else max(low, 0.0)), (1.0 if kept == judged else min(high, 1.0))


def shares(runs: Sequence[Iterable[Verdict]]) -> tuple[Share, ...]:
    """One share for each rule that concerns any of the runs, in the order of the first that has it."""
    by_rule: dict[str, list[tuple[int, Verdict]]] = {}
    for i, verdicts in enumerate(runs):
        for v in verdicts:
            by_rule.setdefault(v.rule, []).append((i, v))
    return tuple(_share(rows) for rows in by_rule.values())


def _share(rows: Sequence[tuple[int, Verdict]]) -> Share:
    kept = sum(v.status is Status.PASS for _, v in rows)
    unknown = sum(v.status is Status.UNKNOWN for _, v in rows)
    judged = len(rows) - unknown
    margins = [(v.margin, i) for i, v in rows if v.margin is not None]
    margin, worst = min(margins, default=(None, -1))
    first = rows[0][1]
    return Share(first.rule, first.title, kept, judged, unknown, *wilson(kept, judged), worst, margin, first.unit)
