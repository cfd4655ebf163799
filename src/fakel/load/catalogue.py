"""A catalogue of objects: two- or three-line sets or OMM of any form (gzip too), or ephemerides (OEM)."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from fakel.load.elements import check_elements
from fakel.load.oem import read_oem
from fakel.load.omm import Fields, is_omm, sets_from_omm
from fakel.model.ephemeris import Ephemeris
from fakel.model.errors import InputError
from fakel.model.screening import Listed


def read_catalogue(path: Path) -> tuple[tuple[Listed, ...], tuple[Ephemeris, ...], tuple[str, ...]]:
    """Objects, ephemerides, and what was left out (a line for each reason).

    Of an object that is listed more than once the newest set counts. A set with a broken line is left out and told.
    Raises InputError for a file that cannot be read or holds none.
    """
    text = _text(path)
    if "CCSDS_OEM_VERS" in text[:2000] or "<oem" in text[:2000]:
        return (), (read_oem(path, "catalogue"),), ()
    found: dict[str, Listed] = {}
    broken = []
    for name, first, second, fields in _sets(text, path):
        try:
            sets = check_elements(first, second, path.name)
        except InputError as error:
            broken.append(str(error))
            continue
        number = first[2:7].strip()
        listed = Listed(number, name or f"object {number}", _designator(first, fields), sets.epoch, first, second,
                        fields)
        if number not in found or found[number].epoch < listed.epoch:
            found[number] = listed
    if not found:
        raise InputError(f"{path} holds no element set; give a catalogue of two-line sets, OMM or OEM")
    told = (f"{path.name}: {len(broken)} sets are left out, such as: {broken[0]}",) if broken else ()
    return tuple(found.values()), (), told


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error.__class__.__name__}); give a catalogue of two-line sets, OMM "
                         "or OEM") from error


def _sets(text: str, path: Path) -> Iterator[tuple[str, str, str, Fields]]:
    """Name, both lines and OMM fields of every set."""
    if is_omm(text):
        for first, second, fields in sets_from_omm(text, str(path)):
            yield dict(fields).get("OBJECT_NAME", ""), first, second, fields
        return
    before, first = "", ""
    for raw in text.splitlines():
        line = raw.rstrip()
        if line.startswith("2 ") and first:
            yield before.removeprefix("0 ").strip(), first, line, ()
            before = first = ""
        elif line.startswith("1 ") and len(line) > 60:
            first = line
        elif line and not line.startswith("#"):
            before, first = line, ""


def _designator(line1: str, fields: Fields) -> str:
    """Such as 1998-067A."""
    given = dict(fields).get("OBJECT_ID", "")
    short = line1[9:17].strip()
    if given or len(short) < 6 or not short[:2].isdigit():
        return given or "UNKNOWN"
    return f"{'19' if int(short[:2]) >= 57 else '20'}{short[:2]}-{short[2:]}"
