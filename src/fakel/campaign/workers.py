"""Runs shared out over processes, each written down as soon as it has ended; a campaign that was stopped goes on."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from fakel.campaign.rendezvous import Case, Outcome, case_of, fly_run
from fakel.load.library import Library
from fakel.load.mission import load_mission
from fakel.model.errors import InputError
from fakel.model.navigation import Navigation
from fakel.model.plain import plain
from fakel.plan.start import mission_world

CHUNK = 4
HEAD, FLIGHTS, RESULT = "campaign.json", "flights.jsonl", "result.json"


@dataclass(frozen=True, slots=True)
class Order:
    """What is flown: a mission file, a navigation by id, a seed; missed_share in place of the navigation's own."""

    mission: str
    navigation: str
    seed: int
    missed_share: float | None = None


def prepared(order: Order) -> Case:
    """The case of an order, made anew; each process makes its own."""
    path = Path(order.mission)
    navigation = Library(path.parent).find(Navigation, order.navigation, "--dispersions")
    if order.missed_share is not None:
        navigation = replace(navigation, missed_share=order.missed_share)
    mission = load_mission(path)
    return case_of(mission, mission_world(mission), navigation, order.seed)


_CASE: list[Case] = []                                   # a process's own, made once when it starts


def _start(order: Order) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)         # Ctrl-C is the parent's to answer
    _CASE[:] = [prepared(order)]


def _fly(run: int) -> Outcome:
    return fly_run(_CASE[0], run)


def outcomes(order: Order, case: Case, runs: Sequence[int], workers: int) -> Iterator[Outcome]:
    """Each run's outcome as it ends, in any order."""
    if workers <= 1 or len(runs) < 2 * CHUNK:
        for run in runs:
            yield fly_run(case, run)
        return
    pool = multiprocessing.get_context("spawn").Pool(workers, _start, (order,))
    try:
        yield from pool.imap_unordered(_fly, runs, CHUNK)
        pool.close()
    finally:
        pool.terminate()
        pool.join()


def as_data(outcome: Outcome) -> dict[str, Any]:
    data: dict[str, Any] = plain(asdict(outcome))
    return data


def read(folder: Path) -> dict[int, dict[str, Any]]:
    """Flights that a folder holds, by run; a last line that was cut off is left out."""
    out: dict[int, dict[str, Any]] = {}
    with suppress(FileNotFoundError):
        for line in (folder / FLIGHTS).read_text(encoding="utf-8").splitlines():
            with suppress(json.JSONDecodeError):
                row = json.loads(line)
                out[row["run"]] = row
    return out


def opened(folder: Path, order: Order, replace_it: bool) -> dict[int, dict[str, Any]]:
    """Make a folder ready for an order; returns the flights that are there already.

    Raises InputError when another campaign's flights are there.
    """
    head = {"mission": Path(order.mission).name, "navigation": order.navigation, "seed": order.seed,
            "missed_share": order.missed_share, "file": _hash(Path(order.mission))}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / HEAD
    if path.exists() and not replace_it:
        if json.loads(path.read_text(encoding="utf-8")) != head:
            raise InputError(f"{folder} holds the flights of another campaign; give another --out, or --replace")
        done = read(folder)
        _rewrite(folder, done)
        return done
    for name in (FLIGHTS, RESULT):
        (folder / name).unlink(missing_ok=True)
    path.write_text(json.dumps(head, indent=1), encoding="utf-8")
    return {}


def _rewrite(folder: Path, done: dict[int, dict[str, Any]]) -> None:
    """The flights without a line that was cut off."""
    text = "".join(json.dumps(row) + "\n" for row in done.values())
    (folder / FLIGHTS).write_text(text, encoding="utf-8")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def fly_all(order: Order, case: Case, runs: int, workers: int, folder: Path | None, done: dict[int, dict[str, Any]],
            told: Callable[[int, int], None]) -> list[dict[str, Any]]:
    """Fly the runs 0 to runs - 1 that are not done yet and write each line at once; returns all in order.

    told(flown, of) after each. KeyboardInterrupt leaves what is flown in the folder.
    """
    rows = {run: row for run, row in done.items() if run < runs}
    todo = [run for run in range(runs) if run not in rows]
    file = None if folder is None else (folder / FLIGHTS).open("a", encoding="utf-8")
    try:
        for outcome in outcomes(order, case, todo, workers):
            rows[outcome.run] = as_data(outcome)
            if file is not None:
                file.write(json.dumps(rows[outcome.run]) + "\n")
                file.flush()
            told(len(rows), runs)
    finally:
        if file is not None:
            file.close()
    return [rows[run] for run in sorted(rows)]
