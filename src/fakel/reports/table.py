"""Plain tables for a terminal: aligned columns, and a last column that wraps."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence

GAP = "  "


def width_of(text: str) -> int:
    """Columns that a text takes on a terminal (East Asian wide characters take two, combining ones none)."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], align: str = "", width: int = 110,
          indent: int = 0) -> list[str]:
    """Lines of a table. align: one letter a column, ``l`` or ``r`` (left when short). The last column wraps at width.

    Without head (all empty) the heading and its line are left out.
    """
    columns = len(head)
    align = align.ljust(columns, "l")
    sizes = [max([width_of(head[k]), *(width_of(row[k]) for row in rows)]) for k in range(columns)]
    before = indent + sum(sizes[:-1]) + len(GAP) * (columns - 1)
    sizes[-1] = min(sizes[-1], max(width - before, 20))
    lines = []
    if any(head):
        lines += [*_row(head, sizes, align, indent), " " * indent + GAP.join("─" * size for size in sizes)]
    for row in rows:
        lines += _row(row, sizes, align, indent)
    return lines


def _row(cells: Sequence[str], sizes: Sequence[int], align: str, indent: int) -> list[str]:
    *first, last = cells
    wrapped = textwrap.wrap(last, sizes[-1], break_long_words=False) or [""]
    pieces = [_padded(cell, size, side) for cell, size, side in zip(first, sizes, align)]
    start = " " * indent + "".join(piece + GAP for piece in pieces)
    hanging = " " * width_of(start)
    out = [start + _padded(wrapped[0], sizes[-1], align[-1])]
    out += [hanging + _padded(more, sizes[-1], align[-1]) for more in wrapped[1:]]
    return [line.rstrip().replace("\u00a0", " ") for line in out]


def _padded(text: str, size: int, side: str) -> str:
    fill = " " * (size - width_of(text))
    return fill + text if side == "r" else text + fill


def heading(text: str, width: int) -> list[str]:
    """An empty line, a title, and a line under it."""
    return ["", text, "━" * min(width_of(text), width)]
