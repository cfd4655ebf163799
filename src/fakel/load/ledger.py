"""Ledgers and cargo lists as files: what a flight folder keeps, and CSV in and out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fakel.load.folder import read_flight, read_index
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import Flight
from fakel.model.ledger import COLUMNS, Entry, broken, differs, faults, ledger_of

NEEDED = ("utc", "item", "giver", "taker")


def verified(folder: Path, flight: Flight, whole: bool) -> str:
    """What a folder's own ledger is worth, in one line. whole: all its legs could be read.

    Raises InputError that names the first entry which was changed, taken out or put in since the flight wrote it.
    """
    index = read_index(folder)
    if "ledger" not in index:
        return "this flight was written before ledgers were chained; its entries are not verified"
    kept, where = _kept(index["ledger"], folder / "flight.json"), f"{folder / 'flight.json'}: ledger"
    wrong = broken(kept)
    if wrong is not None:
        raise InputError(f"{where} {wrong[0].said} {wrong[1]}; fly the mission again")
    if not whole:
        return f"ledger: {len(kept)} entries, their hashes fit; legs that cannot be read were not compared"
    away = differs(kept, ledger_of(flight)) or _transfers_differ(index, flight)
    if away is not None:
        raise InputError(f"{where} {away[0]} {away[1]}; fly the mission again")
    return f"ledger: {len(kept)} entries, each fits its hash and the flight"


def _transfers_differ(index: Mapping[str, Any], flight: Flight) -> tuple[str, str] | None:
    kept = [(t["epoch"], t["item"], t["giver"], t["taker"], t["why"]) for t in index["transfers"]]
    flown = [(t.epoch.iso(3), t.item, t.giver, t.taker, t.why) for leg in flight.legs for t in leg.transfers]
    if kept == flown:
        return None
    at = next((i for i, (a, b) in enumerate(zip(kept, flown, strict=False)) if a != b), min(len(kept), len(flown)))
    return f"transfer {at + 1} of its list transfers", "is not what the flight's legs say"


def _kept(raw: Any, path: Path) -> tuple[Entry, ...]:
    out = []
    for number, entry in enumerate(raw, 1):
        try:
            out.append(Entry(**entry))
            _ = out[-1].epoch
        except (TypeError, ValueError, AttributeError) as error:
            raise InputError(f"{path}: ledger entry {number} is torn ({error}); fly the mission again") from error
    return tuple(out)


# ---------------------------------------------------------------- CSV

def as_csv(entries: Iterable[Entry]) -> str:
    """The ledger as CSV, a line an entry, with its hashes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow(["" if (v := getattr(entry, name)) is None else v for name in COLUMNS])
    return out.getvalue()


def from_csv(path: Path) -> tuple[Entry, ...]:
    """The entries of a CSV file; what a column leaves out stays empty. Raises InputError that names the line."""
    rows = read_csv(path, NEEDED, COLUMNS)
    out = []
    for line, row in rows:
        where = f"{path}: line {line}"
        try:
            utc = Epoch.utc(row["utc"]).iso(3)
        except ValueError as error:
            raise InputError(f"{where}: {error}") from error
        mass = number_of(row.get("mass_kg", ""), f"{where} mass_kg")
        if mass is not None and mass < 0.0:
            raise InputError(f"{where} mass_kg = {mass:g} cannot be; write 0 or more")
        n = row.get("number", "")
        out.append(Entry(int(n) if n.isdigit() else len(out) + 1, utc, row["item"], row["giver"], row["taker"],
                         row.get("why", ""), row.get("kind", "") or ("flown" if row["giver"] else "start"), mass,
                         row.get("previous", ""), row.get("sha256", "")))
    return tuple(out)


def read_csv(path: Path, needed: Sequence[str], known: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Lines of a CSV file with a heading, by the names of its columns. Raises InputError in one line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; mend its name") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error}); mend it") from error
    reader = csv.DictReader(io.StringIO(text))
    heads = [h.strip() for h in reader.fieldnames or ()]
    for name in needed:
        if name not in heads:
            raise InputError(f"{path}: has no column {name}; its first line names: {', '.join(heads) or 'nothing'}")
    for name in heads:
        if name not in known:
            raise InputError(f"{path}: column {name} is not known; write some of: {', '.join(known)}")
    out = []
    for row in reader:
        if None in row or None in row.values():
            raise InputError(f"{path}: line {reader.line_num} does not have {len(heads)} cells like the first line")
        out.append((reader.line_num, {h.strip(): v.strip() for h, v in row.items()}))
    return out


def number_of(text: str, where: str) -> float | None:
    """A number, None for an empty cell."""
    if not text:
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise InputError(f"{where} = {text!r} is not a number") from error
    if not abs(value) < float("inf"):
        raise InputError(f"{where} = {text!r} is not a finite number")
    return value


def compare(path: Path, flight: Flight) -> str:
    """Whether a ledger from elsewhere is the flight's, in one line. Raises InputError that names the first difference.

    Times may differ by a second (a list by hand); with hashes the file must also be whole in itself.
    """
    mine, true = from_csv(path), ledger_of(flight)
    if any(e.sha256 for e in mine):
        wrong = broken(mine)
        if wrong is not None:
            raise InputError(f"{path}: {wrong[0].said} {wrong[1]}")
    odd = faults(mine)
    if odd:
        raise InputError(f"{path}: {odd[0]}")
    for a, b in zip(mine, true, strict=False):
        if (a.item, a.giver, a.taker) != (b.item, b.giver, b.taker):
            raise InputError(f"{path}: {a.said} is not the flight's {b.said}")
        if abs(a.epoch - b.epoch) > 1.0:
            raise InputError(f"{path}: {a.said} is at {a.utc}, in the flight at {b.utc}")
        if a.mass_kg is not None and a.mass_kg != b.mass_kg:
            raise InputError(f"{path}: {a.said} weighs {a.mass_kg:g} kg, in the flight {b.mass_kg} kg")
    if len(mine) != len(true):
        raise InputError(f"{path}: has {len(mine)} entries, the flight has {len(true)}")
    return f"{path}: {len(mine)} entries, the same as the flight's"


def flight_with_ledger(folder: Path) -> tuple[Flight, tuple[Entry, ...], tuple[str, ...]]:
    """A flight, its ledger verified, and what is to be said of it."""
    flight, told = read_flight(folder)
    line = verified(folder, flight, not told)
    old = (line,) if "not verified" in line or told else ()
    return flight, ledger_of(flight), (*told, *old)
