"""A wind profile from a CSV file: height_m with east_m_s and north_m_s, or with from_deg and speed_m_s."""

from __future__ import annotations

import csv
import math
from pathlib import Path

from fakel.model.errors import InputError
from fakel.model.wind import Wind

BY_PARTS, BY_DIRECTION = ("height_m", "east_m_s", "north_m_s"), ("height_m", "from_deg", "speed_m_s")


def read_wind(path: Path, where: str) -> Wind:
    """The profile of a file; lines that begin with # are remarks. Raises InputError in one line, naming the line.

    from_deg is where the wind comes from, clockwise from north, as in every weather report.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{where}: {path} cannot be read; give a CSV file of winds beside the mission") from error
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    head = tuple(cell.strip() for cell in lines[0][1].split(",")) if lines else ()
    if head not in (BY_PARTS, BY_DIRECTION):
        raise InputError(f"{path}: its first line is {','.join(head) or 'missing'}; write {','.join(BY_PARTS)} or "
                         f"{','.join(BY_DIRECTION)}")
    rows = [_row(path, n, next(csv.reader([line])), head) for n, line in lines[1:]]
    if not rows:
        raise InputError(f"{path}: has no rows under its head; write the winds")
    height, east, north = zip(*rows, strict=True)
    try:
        return Wind(path.name, height, east, north)
    except ValueError as error:
        raise InputError(f"{path}: {error}") from error


def _row(path: Path, number: int, cells: list[str], head: tuple[str, ...]) -> tuple[float, float, float]:
    if len(cells) != len(head):
        raise InputError(f"{path}:{number} has {len(cells)} values; write {','.join(head)}")
    values = []
    for name, cell in zip(head, cells, strict=True):
        try:
            value = float(cell)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise InputError(f"{path}:{number} {name} = {cell.strip() or 'nothing'} is a gap; write a number, or take "
                             "the row out")
        values.append(value)
    if head == BY_PARTS:
        return values[0], values[1], values[2]
    angle = math.radians(values[1])
    return values[0], -values[2] * math.sin(angle), -values[2] * math.cos(angle)
