"""The flight folder: written leg by leg, atomically; a torn one is told and its good legs still read.

flight.json  mission, events, transfers, verdicts, budgets, made_by, the list of legs with their hashes, complete, and
             the ledger of who holds what, entry chained to entry by hashes
legs/NN-step.npz  arcs, channels and studies of one leg as plain arrays, and its record as JSON text (no pickles)
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import Arc, Channel, Estimate, Event, Flight, Leg, Situation, State, Transfer
from fakel.model.frame import Frame
from fakel.model.ledger import PLANNED, Entry, chained, masses_of, moved, onward_rows, started
from fakel.model.plain import event_as_data, plain
from fakel.model.profile import BurnSlot, Fallback

FORMAT = 1
OLDER = ".older"


def check_free(folder: Path, replace: bool) -> None:
    """Whether a flight may be written into folder. Raises InputError when it holds something else, or cannot be."""
    check_writable(folder)
    if folder.exists() and any(folder.iterdir()):
        if not (folder / "flight.json").exists():
            raise InputError(f"{folder}: is not empty and holds no flight; give --out another folder")
        if not replace:
            raise InputError(f"{folder}: already holds a flight; give --replace or another --out")


def check_writable(folder: Path) -> None:
    """Whether files may be written into a folder, or the folder be made. Raises InputError."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not there.is_dir():
        raise InputError(f"{there}: is a file; give a folder to --out" if there == folder else
                         f"{folder}: {there} is a file; give --out another folder")
    if not os.access(there, os.W_OK | os.X_OK):
        raise InputError(f"{folder}: {there} may not be written to; give --out another folder")


def begin(folder: Path, mission: Mapping[str, Any], made_by: Mapping[str, Any], replace: bool) -> None:
    """Make an empty flight folder. Only when replace is true may an older flight stand in it: it is set aside until
    the new one is finished or discarded."""
    check_free(folder, replace)
    if folder.exists():
        _wipe(folder / OLDER)
        _move(folder, folder / OLDER)
    (folder / "legs").mkdir(parents=True, exist_ok=True)
    _write_json(folder / "flight.json", {
        "format": FORMAT, "complete": False, "mission": plain(mission), "made_by": plain(made_by),
        "legs": [], "events": [], "transfers": [], "ledger": [], "verdicts": [], "budgets": {}})


def discard(folder: Path) -> None:
    """Take a flight away again; an older one that was set aside for it comes back. An empty folder goes too."""
    _wipe(folder)
    _move(folder / OLDER, folder)


def _files(folder: Path) -> list[Path]:
    """The files of a flight in a folder, also half-written ones."""
    named = [folder / name for name in ("flight.json", "report.html", "events.csv", "plan.ics")]
    return [*(folder / "legs").glob("*.npz"), *folder.glob("*.part"), *(folder / "legs").glob("*.part"),
            *folder.glob("*.oem"), *(path for path in named if path.exists())]


def _move(folder: Path, to: Path) -> None:
    for path in _files(folder):
        place = to / path.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
    _wipe(folder)


def _wipe(folder: Path) -> None:
    """Take a flight's files away, and the folders that are empty then."""
    for path in _files(folder):
        path.unlink()
    for path in (folder / "legs", folder):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def write_leg(folder: Path, leg: Leg) -> None:
    """Add one finished leg; flight.json names it only when its file is whole."""
    index = read_index(folder)
    name = f"legs/{len(index['legs']) + 1:02d}-{leg.step}.npz"
    data = _pack(leg)
    _write_bytes(folder / name, data)
    kept, masses = _entries(index), masses_of(index["mission"])
    kept += chained([*([] if index["legs"] else started(leg, masses)), *moved(leg.transfers, masses)], kept)
    index["legs"].append({"step": leg.step, "phase": leg.phase, "ending": leg.ending, "file": name,
                          "sha256": hashlib.sha256(data).hexdigest()})
    index["events"] += [event_as_data(e) for e in leg.events]
    index["transfers"] += [plain(t) for t in leg.transfers]
    index["ledger"] = plain(kept)
    _write_json(folder / "flight.json", index)


def finish(folder: Path, verdicts: Any, budgets: Mapping[str, Any], complete: bool) -> None:
    """Write what was judged, and whether the mission was flown to its end."""
    index = read_index(folder)
    index["events"].sort(key=lambda e: e["utc"])
    if complete:
        index["ledger"] = plain(_with_onward(index))
    index |= {"verdicts": plain(verdicts), "budgets": plain(budgets), "complete": complete}
    _write_json(folder / "flight.json", index)
    _wipe(folder / OLDER)


def _entries(index: Mapping[str, Any]) -> tuple[Entry, ...]:
    return tuple(Entry(**entry) for entry in index.get("ledger", ()))


def _with_onward(index: Mapping[str, Any]) -> tuple[Entry, ...]:
    """The ledger with what the mission plans after the landing."""
    flown = tuple(entry for entry in _entries(index) if entry.kind != PLANNED)
    landing = next((e["utc"] for e in reversed(index["events"]) if e["name"] == "landing"), None)
    return flown + chained(onward_rows(index["mission"].get("onward", ()), landing, flown,
                                       masses_of(index["mission"])), flown)


def read_index(folder: Path) -> dict[str, Any]:
    """flight.json as a dictionary. Raises InputError when it is absent or torn."""
    path = folder / "flight.json"
    try:
        index: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(f"{folder}: holds no flight (no flight.json); give a folder that fakel fly wrote") from error
    except NotADirectoryError as error:
        raise InputError(f"{folder}: is a file; give the folder of a flight") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is torn ({error}); fly the mission again") from error
    if not isinstance(index, dict) or "format" not in index:
        raise InputError(f"{path}: is not the index of a flight; give a folder that fakel fly wrote")
    if index["format"] != FORMAT:
        raise InputError(f"{path}: has format {index['format']!r}, this program reads format {FORMAT}; fly the mission "
                         "again")
    lost = [key for key in ("mission", "made_by", "legs", "complete") if key not in index]
    if lost:
        raise InputError(f"{path}: is torn (no {', '.join(lost)}); fly the mission again")
    return index


def read_flight(folder: Path) -> tuple[Flight, tuple[str, ...]]:
    """The flight of a folder, and one line for every leg that is missing or torn (the good ones still read)."""
    index = read_index(folder)
    legs, told = [], []
    for entry in index["legs"]:
        path = folder / entry["file"]
        try:
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() != entry["sha256"]:
                raise ValueError("its contents changed since it was written")
            legs.append(_unpack(data))
        except FileNotFoundError:
            told.append(f"{path}: is gone, and leg {entry['step']} with it; the other legs are used")
        except (OSError, ValueError, KeyError) as error:
            told.append(f"{path}: leg {entry['step']} cannot be read ({error}); the other legs are used")
    complete = bool(index["complete"]) and not told
    return Flight(index["mission"], tuple(legs), index["made_by"], complete), tuple(told)


# ---------------------------------------------------------------- one leg as bytes

def _pack(leg: Leg) -> bytes:
    arrays: dict[str, np.ndarray] = {}

    def keep(name: str, array: Any) -> str:
        arrays[name] = np.asarray(array)
        return name
    record: dict[str, Any] = {
        "step": leg.step, "phase": leg.phase, "plan": plain(leg.plan), "ending": leg.ending,
        "before": _situation_as_data(leg.before), "after": _situation_as_data(leg.after),
        "events": [{**plain(e.facts), "": [e.epoch.tai_ns, e.name, e.subject, e.phase]} for e in leg.events],
        "transfers": [[t.epoch.tai_ns, t.item, t.giver, t.taker, t.why] for t in leg.transfers],
        "arcs": [], "channels": [], "studies": {}, "outside": len(leg.outside),
    }
    for i, arc in enumerate((*leg.arcs, *leg.outside)):
        record["arcs"].append([arc.phase, arc.craft, arc.frame.name, arc.start.tai_ns])
        for part in ("t_s", "position_m", "velocity_m_s", "attitude", "mass_kg"):
            keep(f"arc{i}.{part}", getattr(arc, part))
    clocks: dict[bytes, str] = {}
    for i, c in enumerate(leg.channels):
        clock = clocks.setdefault(c.t_s.tobytes(), f"clock{len(clocks)}")
        arrays[clock] = c.t_s
        record["channels"].append([c.name, c.unit, c.start.tai_ns, c.kind, clock, keep(f"channel{i}", c.values)])
    for study, table in leg.studies.items():
        record["studies"][study] = {}
        for column, values in table.items():
            array = np.asarray(values)
            numeric = array.dtype.kind in "fiub"
            record["studies"][study][column] = (keep(f"study.{study}.{column}", array) if numeric
                                                else {"": plain(list(values))})
    arrays["record"] = np.frombuffer(json.dumps(record).encode(), dtype=np.uint8)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def _unpack(data: bytes) -> Leg:
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    record = json.loads(arrays["record"].tobytes().decode())
    arcs = tuple(Arc(phase, craft, Frame[frame], Epoch(ns), *(arrays[f"arc{i}.{part}"] for part in (
        "t_s", "position_m", "velocity_m_s", "attitude", "mass_kg")))
        for i, (phase, craft, frame, ns) in enumerate(record["arcs"]))
    flown = len(arcs) - record.get("outside", 0)
    channels = tuple(Channel(name, unit, Epoch(ns), arrays[clock], arrays[values], kind)
                     for name, unit, ns, kind, clock, values in record["channels"])
    events = tuple(Event(Epoch(e[""][0]), *e[""][1:], {k: v for k, v in e.items() if k}) for e in record["events"])
    transfers = tuple(Transfer(Epoch(ns), *rest) for ns, *rest in record["transfers"])
    studies = {study: {column: arrays[at] if isinstance(at, str) else at[""] for column, at in table.items()}
               for study, table in record["studies"].items()}
    return Leg(record["step"], record["phase"], record["plan"], _situation(record["before"]),
               _situation(record["after"]), record["ending"], arcs[:flown], channels, events, transfers, studies,
               arcs[flown:])


def _state_as_data(s: State) -> list[Any]:
    return [s.craft, s.epoch.tai_ns, s.frame.name, s.position_m.tolist(), s.velocity_m_s.tolist(),
            s.attitude.tolist(), s.rate_rad_s.tolist(), s.mass_kg]


def _state(data: list[Any]) -> State:
    craft, ns, frame, *rest = data
    return State(craft, Epoch(ns), Frame[frame], *rest)


def _situation_as_data(s: Situation) -> dict[str, Any]:
    return {"epoch": s.epoch.tai_ns, "craft": {k: _state_as_data(v) for k, v in s.craft.items()},
            "knowledge": _estimates_as_data(s.knowledge),
            **{name: plain(getattr(s, name)) for name in ("joined", "air", "places", "suits", "holders")},
            "clocks": {name: epoch.tai_ns for name, epoch in s.clocks.items()},
            **({"planned": _estimates_as_data(s.planned)} if s.planned else {}),
            **({"fallback": plain(asdict(s.fallback))} if s.fallback else {})}


def _estimates_as_data(estimates: Mapping[str, Estimate]) -> dict[str, Any]:
    return {k: [_state_as_data(v.state), v.covariance.tolist()] for k, v in estimates.items()}


def _estimates(data: Mapping[str, Any]) -> dict[str, Estimate]:
    return {k: Estimate(_state(v), np.array(c)) for k, (v, c) in data.items()}


def _situation(data: Mapping[str, Any]) -> Situation:
    craft = {k: _state(v) for k, v in data["craft"].items()}
    return Situation(Epoch(data["epoch"]), craft, _estimates(data["knowledge"]), data["joined"], data["air"],
                     data["places"], data["suits"], data["holders"],
                     {name: Epoch(tai_ns) for name, tai_ns in data["clocks"].items()},
                     _estimates(data.get("planned", {})), _fallback(data.get("fallback")))


def _fallback(data: Mapping[str, Any] | None) -> Fallback | None:
    return Fallback(data["profile"], tuple(BurnSlot(**{**slot, "free": tuple(slot["free"])}) for slot in data["burns"]),
                    data["source"]) if data else None


# ---------------------------------------------------------------- atomic files

def _write_json(path: Path, data: Mapping[str, Any]) -> None:
    _write_bytes(path, json.dumps(data, indent=1, ensure_ascii=False).encode())


def _write_bytes(path: Path, data: bytes) -> None:
    """Whole or not at all: a neighbour file is written, flushed to disk and renamed."""
    beside = path.with_name(path.name + ".part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
