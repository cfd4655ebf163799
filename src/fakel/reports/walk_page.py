"""A walk on paper: the summary timeline (PET down the side, a column for each) and the procedure, one page for A4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from jinja2 import Environment

from fakel.model.epoch import Epoch
from fakel.model.procedure import Block, Procedure, Row, Step, Timeline
from fakel.reports.calendar import Entry, written
from fakel.reports.parts import data_url, fonts, part
from fakel.reports.svg import text_width
from fakel.reports.walk_csv import clock

WIDTH, HEIGHT, TOP = 720.0, 820.0, 26.0
RIGHT, TICK_MIN = 42.0, 10
MOST_PX_MIN = 6.0
LINE_PX, TEXT = 11.5, 10.5
SAID = ("warning", "caution", "note", "comment")


def calendar(timeline: Timeline) -> bytes:
    """The blocks as an iCalendar file. Empty of entries when the hatch's instant is not known."""
    start = timeline.hatch_open
    entries = [] if start is None else [
        Entry(b.id, b.title, start + 60.0 * b.start_min, start + 60.0 * b.stop_min,
              f"PET {clock(b.start_min)}, {', '.join(timeline.people.get(p, p) for p in b.who)}, {timeline.place(b)}")
        for b in timeline.blocks]
    return written(timeline.title, timeline.id, "spacewalk", start or Epoch(0), entries)


def render(timeline: Timeline, procedure: Procedure) -> bytes:
    """The page."""
    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(part("walk.html.j2")).render(
        title=procedure.name, icon=data_url("favicon.svg", "image/svg+xml"), emblem=part("emblem.svg"),
        style=part("page.css") + part("walk.css"), over="Spacewalk",
        lede=lede(timeline),
        summary=_summary(timeline), note=note(timeline), columns=_columns(procedure),
        chapters=chapters(procedure, timeline), credit="Made with fakel")
    return page.replace("/*fonts*/", fonts(page)).encode()


def lede(timeline: Timeline) -> str:
    """When the hatch opens, how long the walk is, who goes."""
    hatch, people = timeline.hatch_open, enumerate(timeline.people.values())
    opens = f"Hatch open {hatch.iso()[:16].replace('T', ' ')} UTC" if hatch else "Hatch instant not planned"
    return f"{opens}, {clock(timeline.stop_min)} outside; " + ", ".join(f"EV{i + 1} {name}" for i, name in people)


def note(timeline: Timeline, bars: bool = True) -> str:
    """What stands under the summary. bars: light and link are drawn in it."""
    told = ["PET counts from hatch opening; lengths stand in brackets; numbers are those of the procedure."]
    if any(b.scene for b in timeline.blocks):
        told.append("Orange: the scenes that television wants.")
    if timeline.lit and bars:
        told.append("Bars: sunlight (yellow) and night; blue: a link.")
    if any(not b.granted for b in timeline.blocks):
        told.append("An asterisk marks a task whose wishes for light or link are not met.")
    if timeline.left_out:
        told.append(f"Left for another day, get-aheads if there is time: {'; '.join(timeline.left_out)}.")
    return " ".join(told)


# ---------------------------------------------------------------- the summary

def _summary(timeline: Timeline) -> str:
    """Blocks down the page, to scale."""
    scale = min(MOST_PX_MIN, HEIGHT / max(timeline.stop_min, 1.0))
    left = 112.0 if timeline.hatch_open else 62.0
    bars = left - 20.0
    people = list(timeline.people)
    iv = 118.0
    width = (WIDTH - left - iv - RIGHT) / max(len(people), 1)
    at_x = {person: left + iv + i * width for i, person in enumerate(people)}
    height = TOP + scale * timeline.stop_min + 20.0
    out = [f'<svg viewBox="0 0 {WIDTH:g} {height:.1f}" role="img" aria-label="Summary timeline">']
    out += _scale(timeline, scale, bars)
    for spans, css, x in ((timeline.lit, "sun", bars), (timeline.linked, "comm", bars + 8.0)):
        if timeline.lit and css == "sun":
            out.append(_rect(x, TOP, 6.0, scale * timeline.stop_min, "nite"))
        out += [_rect(x, TOP + scale * a, 6.0, scale * (b - a), css) for a, b in spans]
    heads = [("IV", left), *((f"EV{i + 1}  {name}", at_x[p]) for i, (p, name) in enumerate(timeline.people.items()))]
    out += [_text(x + 4.0, 14.0, text, "head") for text, x in heads]
    for number, block in enumerate(timeline.blocks, 1):
        out += _drawn(block, number, people, at_x, width, scale)
    out += _iv(timeline, left, iv, scale)
    return "\n".join((*out, "</svg>"))


def _scale(timeline: Timeline, scale: float, bars: float) -> list[str]:
    """PET down both sides, every ten minutes a tick, and how long the walk is at its foot."""
    step, right = 30 if timeline.stop_min > 100 else 10, WIDTH - RIGHT
    end_y = TOP + scale * timeline.stop_min
    out = [f'<path class="tick" d="M{bars - 6:g} {TOP + scale * m:.1f}h4M{right + 1:g} {TOP + scale * m:.1f}h4"/>'
           for m in range(0, int(timeline.stop_min) + 1, TICK_MIN)]
    for minute in range(0, int(timeline.stop_min) + 1, step):
        y = TOP + scale * minute
        if y + 14.0 > end_y:
            continue                                     # no room below the line for its clock
        out.append(f'<path class="{"hour" if minute % 60 == 0 else "half"}" d="M0 {y:.1f}H{WIDTH:g}"/>')
        out += [_text(x, y + 12.5, clock(minute), "head" if minute % 60 == 0 else "") for x in (2.0, right + 8.0)]
        if timeline.hatch_open:
            out.append(_text(40.0, y + 12.5, (timeline.hatch_open + 60.0 * minute).iso()[11:16] + " UTC", "small"))
    heads = [_text(x, 14.0, "PET", "head") for x in (2.0, right + 8.0)]
    return [*heads, *out, _text(2.0, end_y + 14.0, f"EVA = {clock(timeline.stop_min)}", "head")]


def _drawn(block: Block, number: int, people: Sequence[str], at_x: Mapping[str, float], width: float, scale: float
           ) -> list[str]:
    """A block, over as many columns as its people stand side by side in."""
    out, columns = [], sorted(people.index(p) for p in block.who if p in at_x)
    groups: list[list[int]] = []
    for i in columns:
        if groups and groups[-1][-1] == i - 1:
            groups[-1].append(i)
        else:
            groups.append([i])
    y, h = TOP + scale * block.start_min, scale * (block.stop_min - block.start_min)
    text = f"{number}. {block.title} ({clock(block.stop_min - block.start_min)})" + ("" if block.granted else " *")
    for group in groups:
        x, w = at_x[people[group[0]]], width * len(group)
        out.append(_rect(x + 1.0, y + 0.5, w - 2.0, max(h - 1.0, 1.0), "scene" if block.scene else "block"))
        lines = _wrapped(text, w - 12.0, max(int((h - 1.0) // LINE_PX), 1))
        flat = h < LINE_PX + 2.0                             # a few minutes: smaller letters, so that none is cut
        first = y + (h - LINE_PX * len(lines)) / 2 + (8.6 if flat else 9.2)
        out += [_text(x + 6.0, first + LINE_PX * i, line, "flat" if flat else "") for i, line in enumerate(lines)]
    return out


def live_spans(timeline: Timeline) -> list[tuple[float, float]]:
    """Stretches that television wants live."""
    return _joined([(b.start_min, b.stop_min) for b in timeline.blocks if "tv" in b.task.get("must", ())])


def handed(timeline: Timeline, block: Block) -> list[str]:
    """What changes hands at the end of a block, in words."""
    def short(id: str) -> str:
        return timeline.holder(id).split()[-1]
    return [f"{str(give['item']).capitalize()}: {short(give['from'])} to {short(give['to'])}"
            for give in block.task.get("gives", ())]


def _iv(timeline: Timeline, left: float, width: float, scale: float) -> list[str]:
    """What stands in the column of who is inside: live television as bars, and things that change hands. Lines that
    would run into each other are moved down."""
    live = live_spans(timeline)
    wanted = [(a, f"TV live to {clock(b)}", "head") for a, b in live]
    wanted += [(b.stop_min, text, "halo-t") for b in timeline.blocks for text in handed(timeline, b)]
    out = [_rect(left + 2.0, TOP + scale * a, 3.0, scale * (b - a), "tv") for a, b in live]
    below = 0.0
    for minute, text, css in sorted(wanted, key=lambda one: one[0]):
        y = max(TOP + scale * minute + 11.5, below)
        lines = _wrapped(text, width - 12.0, 2)
        out += [_text(left + 8.0, y + LINE_PX * i, line, css) for i, line in enumerate(lines)]
        below = y + LINE_PX * len(lines) + 3.0
    return out


def _joined(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1] + 1e-6:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def _wrapped(text: str, width: float, most: int) -> list[str]:
    """Words in at most so many lines; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, TEXT) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        tail = text[text.rfind(" ("):] if text.endswith((")", "*")) else ""
        last = " ".join(lines[most - 1:]).removesuffix(tail)
        while last and text_width(f"{last}…{tail}", TEXT) > width:
            last = last[:-1]
        lines = [*lines[:most - 1], f"{last.rstrip()}…{tail}"]
    return lines


def _rect(x: float, y: float, w: float, h: float, css: str) -> str:
    return f'<rect class="{css}" x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}"/>'


def _text(x: float, y: float, text: str, css: str = "") -> str:
    kind = f' class="{css}"' if css else ""
    return f'<text{kind} x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


# ---------------------------------------------------------------- the procedure

def _columns(procedure: Procedure) -> list[dict[str, object]]:
    n = max(len(procedure.columns), 1)
    return [{"name": c.display, "width": round(100 / n, 2)} for c in procedure.columns]


def chapters(procedure: Procedure, timeline: Timeline) -> list[dict[str, Any]]:
    """What each chapter shows: title, when, and rows of cells (span, who, steps)."""
    starts = {b.id: b for b in timeline.blocks}
    numbers = {b.id: i for i, b in enumerate(timeline.blocks, 1)}
    out: list[dict[str, Any]] = []
    for use in procedure.uses:
        chapter, stem = procedure.chapters[use.file], use.file.rsplit(".", 1)[0].lower()
        block = starts.get(stem) or next((b for b in timeline.blocks if b.id.startswith(f"{stem}-crew")), None)
        longest = max((role.duration_s for role in chapter.roles), default=0.0) / 60.0
        when = f"PET {clock(block.start_min)}, {longest:g} min, {timeline.place(block)}" if block else ""
        count: dict[str, int] = {}
        number = f"{numbers[block.id]}. " if block else ""
        out.append({"title": number + chapter.title, "when": when,
                    "rows": [_row(row, use.roles, procedure, count) for row in chapter.rows]})
    return out


def _row(row: Row, roles: Mapping[str, str], procedure: Procedure, count: dict[str, int]) -> list[dict[str, object]]:
    """Cells from left to right; those of several people who stand side by side are joined."""
    placed: list[tuple[int, int, str, tuple[Step, ...]]] = []
    for who, steps in row.cells:
        names = [roles.get(name.strip(), name.strip()) for name in who.split("+")]
        at = sorted({_column(name, procedure) for name in names})
        joined = all(b - a == 1 for a, b in pairwise(at))
        placed.append((at[0], len(at) if joined else 1, " + ".join(names) if len(names) > 1 else "", steps))
    out: list[dict[str, object]] = []
    column = 0
    for at, span, who, steps in sorted(placed, key=lambda one: one[0]):
        if at > column:
            out.append({"span": at - column, "who": "", "steps": []})
        out.append({"span": span, "who": who, "steps": [_step(step, count, f"{at}+{span}") for step in steps]})
        column = max(column, at + span)
    if column < len(procedure.columns):
        out.append({"span": len(procedure.columns) - column, "who": "", "steps": []})
    return out


def _column(actor: str, procedure: Procedure) -> int:
    for i, column in enumerate(procedure.columns):
        if actor in column.actors or actor == column.key:
            return i
    return next((i for i, c in enumerate(procedure.columns) if "*" in c.actors), 0)


def _step(step: Step, count: dict[str, int], key: str) -> dict[str, object]:
    first = count.get(key, 0) + 1
    count[key] = first - 1 + len(step.text)
    return {"title": step.title, "text": step.text, "number": first, "checkboxes": [
                text.replace("{{CHECKMARK}}", "").strip() for text in step.checkboxes],
            "said": [(kind, text) for kind in SAID for text in getattr(step, kind)],
            "images": [image.path for image in step.images], "kept": [f"{k}: {v}" for k, v in step.kept.items()],
            "substeps": [_step(sub, {}, key) for sub in step.substeps]}
