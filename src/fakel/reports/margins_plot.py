"""A picture of what is in hand at every minute of a walk: a curve for each trouble, a panel for each person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from fakel.model.margins import Margin, Worst
from fakel.reports.svg import Scale, Svg, room, ticks
from fakel.reports.table import signed

WIDE, TALL, LEFT, RIGHT, TOP, GAP = 1040.0, 250.0, 70.0, 222.0, 58.0, 62.0
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9", "#444", "#b5532a", "#7a4ea3", "#2f6f4f",
           "#999")
MOST_MIN = 120.0
"""More in hand than that is drawn as that: the picture is about what is scarce."""
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:15px;font-weight:600}
.grid{stroke:#d9d5cb;fill:none}.zero{stroke:#b3261e;fill:none;stroke-width:1.4}.dim{fill:#555}.b{font-weight:600}
"""


def picture(t_s: np.ndarray, found: Sequence[Margin], rows: Sequence[Worst], names: Mapping[str, str]) -> str:
    """SVG text."""
    people = list(dict.fromkeys(m.person for m in found))
    cases = list(dict.fromkeys(m.case for m in found))
    css = {case: f"k{i}" for i, case in enumerate(cases)}
    height = TOP + len(people) * (TALL + GAP) + 10
    pen = Svg(WIDE, height, "Minutes in hand at every minute of the walk, for each trouble and person")
    pen.text(LEFT, 24, "When it goes wrong: minutes in hand", "h")
    pen.text(LEFT, 42, "time that the scarcest store outlasts the way to the airlock's air; "
                       f"cut at {MOST_MIN:g} min", "dim")
    for i, person in enumerate(people):
        mine = {m.case: m for m in found if m.person == person}
        worst = {r.case: r for r in rows if r.person == person}
        _panel(pen, t_s / 60, mine, worst, css, TOP + 14 + i * (TALL + GAP), names.get(person, person))
    style = _STYLE + "".join(f".{css[c]}{{fill:none;stroke-width:1.8;stroke:{COLOURS[i % len(COLOURS)]}}}"
                             f".{css[c]}t{{fill:{COLOURS[i % len(COLOURS)]}}}\n" for i, c in enumerate(cases))
    return str(pen).replace("</title>", "</title>" + style + "</style>", 1) + "\n"


def _panel(pen: Svg, minutes: np.ndarray, mine: Mapping[str, Margin], worst: Mapping[str, Worst],
           css: Mapping[str, str], top: float, name: str) -> None:
    curves = {case: np.minimum(_least_min(m), MOST_MIN) for case, m in mine.items()}
    low, high = room(min(0.0, min(float(c.min()) for c in curves.values())), MOST_MIN, 6)
    up, across = Scale(low, high, top + TALL, top), Scale(0.0, max(float(minutes[-1]), 1.0), LEFT, WIDE - RIGHT)
    pen.text(LEFT, top - 7, name, "b")
    for value, label in ticks(low, high, 6):
        pen.line(LEFT, float(up(value)), WIDE - RIGHT, float(up(value)), "zero" if abs(value) < 1e-9 else "grid")
        pen.text(LEFT - 8, float(up(value)) + 4, label, anchor="end")
    for value, label in ticks(0.0, float(minutes[-1]), 10):
        pen.text(float(across(value)), top + TALL + 17, label, "dim", anchor="middle")
    pen.text(WIDE - RIGHT, top + TALL + 33, "minutes after hatch opening", "dim", anchor="end")
    ends = _apart([(case, float(up(curve[-1]))) for case, curve in curves.items()], top + 4, top + TALL)
    for case, curve in curves.items():
        pen.path(np.asarray(across(minutes)), np.asarray(up(curve)), css[case])
        row = worst[case]
        left_min = signed(row.margin_s / 60, 0)
        pen.circle(float(across(row.minute)), float(up(min(row.margin_s / 60, MOST_MIN))), 2.6, css[case],
                   f"{case}: worst at minute {row.minute:.0f}, {left_min} min, {row.store}")
        pen.text(WIDE - RIGHT + 8, ends[case] + 4, f"{case} {left_min} {row.store}", f"{css[case]}t")


def _least_min(margin: Margin) -> np.ndarray:
    rows = [np.broadcast_to(v, margin.inside_s.shape) for v in margin.lasts_s.values()]
    return (np.min(rows, axis=0) - margin.inside_s) / 60


def _apart(wanted: Sequence[tuple[str, float]], top: float, bottom: float, gap: float = 14.0) -> dict[str, float]:
    """Heights of labels, in order, not on one another; pushed up from the bottom where they would not fit."""
    order, places = sorted(wanted, key=lambda pair: pair[1]), []
    for _, y in order:
        places.append(max(y, top, places[-1] + gap if places else top))
    for i in reversed(range(len(places))):
        places[i] = min(places[i], (places[i + 1] - gap) if i + 1 < len(places) else bottom)
    return {case: y for (case, _), y in zip(order, places, strict=True)}
