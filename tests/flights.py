"""Whole flights for the tests: missions written, moved in time, changed, and flown through the command line."""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import re
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fakel.cli.main import main
from fakel.load.mission import missions
from fakel.model.epoch import Epoch

SHIPPED = missions()
SHARED = "FAKEL_TEST_FLIGHTS"
"""Environment variable: the folder of flights that all processes of a test run share."""


@dataclass(frozen=True)
class Run:
    """What one call of the command line did."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.out)

    def event(self, name: str, nth: int = 0) -> dict[str, Any]:
        return [e for e in self.told["events"] if e["name"] == name][nth]

    def epoch(self, name: str, nth: int = 0) -> Epoch:
        return Epoch.utc(self.event(name, nth)["utc"])


def fakel(*words: str | Path) -> Run:
    """Run a command in this process, as the command line would."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Run(code, out.getvalue(), err.getvalue())


@cache
def shipped(mission: str) -> Run:
    """A shipped mission with its report, flown once for all tests of all processes that only read its folder."""
    folder, kept = _shared() / mission, _shared() / f"{mission}.json"
    with (_shared() / f"{mission}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            run = fakel("fly", mission, "--out", folder, "--json")
            kept.write_text(json.dumps((run.code, run.out, run.err)), encoding="utf-8")
    run = Run(*json.loads(kept.read_text(encoding="utf-8")))
    assert run.code in (0, 1), run.err                   # 1: flown, with a rule broken
    return run


def shipped_folder(mission: str) -> Path:
    return Path(shipped(mission).told["folder"])


def reference_flight() -> Path:
    """The folder of the reference mission."""
    return shipped_folder("sochi-torch")


@cache
def _shared() -> Path:
    """The folder of this test run, which conftest.py makes; without it, one of this process."""
    if SHARED in os.environ:
        return Path(os.environ[SHARED])
    own = TemporaryDirectory()
    atexit.register(own.cleanup)
    return Path(own.name)


def copy_of(mission: str, folder: Path) -> tuple[Path, str]:
    """A shipped mission file (and its element sets) in a folder of one's own: path and text."""
    source = SHIPPED[mission]
    for elements in source.parent.glob("*.tle"):
        shutil.copy(elements, folder)
    path = folder / source.name
    shutil.copy(source, path)
    return path, path.read_text(encoding="utf-8")


def moved(text: str, days: int) -> str:
    """The mission text with every date that is a value moved by days; comments stay."""
    def shift(found: re.Match[str]) -> str:
        return f"{found[1]}{date.fromisoformat(found[2]) + timedelta(days=days)}"
    return re.sub(r"(?m)^([^#\n]*= )(\d{4}-\d\d-\d\d)(?![\dT])", shift, text)
