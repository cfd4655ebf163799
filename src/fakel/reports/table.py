"""Plain tables for a terminal: aligned columns, and a last column that wraps."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import zip_longest

GAP = "  "
NO_BREAK = "\u00a0"
"""Keeps a number with its unit where a cell wraps; printed as a plain space."""
NARROWEST = 20


def width_of(text: str) -> int:
    """Columns that a text takes on a terminal (East Asian wide characters take two, combining ones none)."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def signed(value: float, digits: int) -> str:
    """A number with its sign, also a plus; what is rounded to nothing has none."""
    text = f"{value:+z.{digits}f}"
    return text[1:] if float(text) == 0.0 else text


def table(head: Sequence[str], rows: Sequence[Sequence[str]], align: str = "", width: int = 110,
          indent: int = 0, caps: Mapping[int, int] | None = None) -> list[str]:
    """Lines of a table. align: one letter a column, ``l`` or ``r`` (left when short).

    The last column wraps at width; caps gives other columns a greatest width, where they wrap too. A heading that is
    empty throughout is left out with its line.
    """
    columns = len(head)
    align = align.ljust(columns, "l")
    sizes = [max([width_of(head[k]), *(width_of(row[k]) for row in rows)]) for k in range(columns)]
    for column, cap in (caps or {}).items():
        sizes[column] = min(sizes[column], cap)
    before = indent + sum(sizes[:-1]) + len(GAP) * (columns - 1)
    sizes[-1] = min(sizes[-1], max(width - before, NARROWEST))
    lines = []
    if any(head):
        lines += [*_row(head, sizes, align, indent), " " * indent + GAP.join("─" * size for size in sizes)]
    for row in rows:
        lines += _row(row, sizes, align, indent)
    return lines


def _row(cells: Sequence[str], sizes: Sequence[int], align: str, indent: int) -> list[str]:
    wrapped = [textwrap.wrap(cell, size, break_long_words=False) if width_of(cell) > size else [cell]
               for cell, size in zip(cells, sizes)]
    lines = []
    for parts in zip_longest(*wrapped, fillvalue=""):
        pieces = (_padded(part, size, side) for part, size, side in zip(parts, sizes, align))
        lines.append((" " * indent + GAP.join(pieces)).rstrip().replace(NO_BREAK, " "))
    return lines


def _padded(text: str, size: int, side: str) -> str:
    fill = " " * (size - width_of(text))
    return fill + text if side == "r" else text + fill


def heading(text: str, width: int) -> list[str]:
    """An empty line, a title, and a line under it."""
    return ["", text, "━" * min(width_of(text), width)]
