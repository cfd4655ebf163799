"""Whole flights for the tests: missions written, moved in time, changed, and flown through the command line."""

from __future__ import annotations

import atexit
import json
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
def reference_flight() -> Path:
    """The reference mission, flown once for all tests of this process that only read it."""
    kept = TemporaryDirectory()
    atexit.register(kept.cleanup)
    run = fakel("fly", "sochi-torch", "--out", f"{kept.name}/torch", "--json", "--no-report")
    assert run.code in (0, 1), run.err
    return Path(kept.name) / "torch"


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
