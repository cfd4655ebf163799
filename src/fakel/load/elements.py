"""Element sets (two lines, or OMM): found in a file, checked, not yet turned into motion."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from fakel.load.omm import Fields, is_omm, sets_from_omm
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.mission import Elements

DEFAULT_MAX_AGE_S = 14 * 86400.0


def checksum(line: str) -> int:
    """Digits added up, a minus counts one, modulo ten."""
    return sum(int(c) if c.isdigit() else c == "-" for c in line[:68]) % 10


def read_elements(path: Path, where: str, max_age_s: float = DEFAULT_MAX_AGE_S,
                  wanted: Epoch | None = None) -> Elements:
    """The element set of a TLE file (two or three lines a set) or of an OMM that was the newest one at wanted.

    When all sets are later than wanted, the earliest of them; without wanted, the newest of the file.
    Raises InputError for an absent file, a broken line, a wrong checksum, sets of several objects.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{where}: {path} cannot be read ({error.__class__.__name__}); give a file with a "
                         "two-line element set") from error
    found = [replace(check_elements(first, second, path.name, max_age_s), fields=fields)
             for first, second, fields in _sets(text, f"{where}: {path}")]
    if not found:
        raise InputError(f"{where}: {path} has no two-line element set; it needs a line that starts with '1 ' "
                         "and one after it that starts with '2 '")
    objects = {elements.line1[2:7].strip() for elements in found}
    if len(objects) > 1:
        raise InputError(f"{where}: {path} has element sets of {len(objects)} objects; keep the station's alone")
    known = [elements for elements in found if wanted is None or elements.epoch <= wanted]
    return max(known, key=lambda e: e.epoch) if known else min(found, key=lambda e: e.epoch)


def _sets(text: str, where: str) -> list[tuple[str, str, Fields]]:
    """The two lines of every set, and the fields of an OMM."""
    if is_omm(text):
        return sets_from_omm(text, where)
    lines = [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(first, second, ()) for first, second in pairwise(lines)
            if first.startswith("1 ") and second.startswith("2 ")]


def check_elements(line1: str, line2: str, where: str, max_age_s: float = DEFAULT_MAX_AGE_S) -> Elements:
    """An element set whose two lines are whole and belong together."""
    for number, line in (("1", line1), ("2", line2)):
        if len(line) != 69:
            raise InputError(f"{where}: element line {number} has {len(line)} characters instead of 69; copy it again")
        if not line[68].isdigit() or checksum(line) != int(line[68]):
            raise InputError(f"{where}: element line {number} has checksum {line[68]}, its characters give "
                             f"{checksum(line)}; copy it again")
    if line1[2:7] != line2[2:7]:
        raise InputError(f"{where}: the two element lines belong to different objects "
                         f"({line1[2:7].strip()} and {line2[2:7].strip()})")
    try:
        year, day = int(line1[18:20]), float(line1[20:32])
    except ValueError as error:
        raise InputError(f"{where}: element line 1 has no readable epoch ({line1[18:32]!r}); copy it again") from error
    start = Epoch.utc(f"{1900 + year if year >= 57 else 2000 + year}-01-01")
    return Elements(line1, line2, start + (day - 1.0) * 86400.0, max_age_s, where)
