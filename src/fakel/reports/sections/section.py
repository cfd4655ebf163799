"""What a section of the page is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from fakel.reports.charts.panels import Mark
from fakel.reports.svg import NARROW, WIDE, Svg


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. css: n for numbers, dim, strong ... parts: a second, smaller line."""

    text: str
    css: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under heads; a row of one cell is a heading that spans the table."""

    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    label: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture drawn for a page and for a phone, with its caption and a key of numbered marks."""

    wide: Svg
    narrow: Svg
    caption: str = ""
    key: tuple[tuple[str, str], ...] = ()
    key_on: str = ""  # "", "narrow" or "both": where marks are numbered
    css: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Figures side by side where there is room; left and right share the width as their pictures do."""

    figures: tuple[Figure, ...]

    @property
    def columns(self) -> str:
        return " ".join(f"{f.wide.width:.0f}fr" for f in self.figures)


Block = Figure | Table | Pair


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with text, figures and tables, in the order of blocks."""

    id: str
    title: str
    lead: str = ""
    blocks: tuple[Block, ...] = field(default=())
    css: str = ""


def figure(
    draw: Callable[[float], Svg | tuple[Svg, bool]],
    caption: str = "",
    marks: Sequence[Mark] | Sequence[tuple[str, str]] = (),
    css: str = "",
    wide: float = WIDE,
) -> Figure:
    """Both drawings of a picture, and whether its marks are numbered in one or both."""
    drawn = [d if isinstance(d, tuple) else (d, False) for d in (draw(wide), draw(NARROW))]
    on = "both" if drawn[0][1] else "narrow" if drawn[1][1] else ""
    key = tuple((m.name, m.note) if isinstance(m, Mark) else m for m in marks)
    return Figure(drawn[0][0], drawn[1][0], caption, key if on else (), on, css)


def heads(*texts: str) -> tuple[Cell, ...]:
    """Heads; a text that ends with > stands over numbers, one with ? over a column that a phone leaves out."""
    return tuple(
        Cell(t.rstrip(">?"), " ".join(css for mark, css in ((">", "n"), ("?", "opt")) if mark in t[-2:])) for t in texts
    )


def n(text: str, css: str = "") -> Cell:
    """A cell with a number."""
    return Cell(text, f"n {css}".strip())
