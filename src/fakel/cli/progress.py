"""The live display: which step is planned or flown, what it took, and the events as they come."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:                                        # a short command does without the records of a mission
    from fakel.model.flight import Leg
    from fakel.model.mission import Mission

SHOWN = {"liftoff", "booster_separation", "insertion", "docking_contact", "hatch_open", "torch_out", "torch_handover",
         "torch_in", "hatch_closed", "relocation_start", "undocking", "deorbit_burn_start", "deorbit_burn_end",
         "entry_interface", "parachute_open", "landing", "burn_missed", "burn_short", "burn_inhibited",
         "sensors_disagree", "module_separation"}
NARROWEST, WIDEST = 72, 116


def columns() -> int:
    """How wide text may be: the terminal's width within reason, the widest where there is no terminal."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


class Silent:
    """Says nothing."""

    def doing(self, step: str, what: str) -> None: ...

    def flown(self, leg: Leg) -> None: ...

    def warned(self, lines: Iterable[str]) -> None:
        """Warnings are told even to those who want no progress."""
        for line in lines:
            print(f"fakel: warning: {line}", file=sys.stderr)


class Terminal(Silent):
    """One line a step that turns from a spinner into a tick, its main events below."""

    def __init__(self, names: Mapping[str, str]) -> None:
        from rich.console import Console

        from fakel.reports.timeline import TITLES
        self.titles, self.names = TITLES, names
        self.console = Console(stderr=True, highlight=False)
        self.status = self.console.status("starting")
        self.since = time.perf_counter()
        self.live = self.console.is_terminal

    def doing(self, step: str, what: str) -> None:
        if self.live:
            self.status.update(f"{step}: {what}")
            self.status.start()

    def flown(self, leg: Leg) -> None:
        now = time.perf_counter()
        self.status.stop()
        self.console.print(f"[bold]{leg.step:12}[/] {leg.phase:11} {leg.ending:11} [dim]{now - self.since:5.1f} s[/]")
        for event in leg.events:
            if event.name in SHOWN:
                title = self.titles.get(event.name, event.name.replace("_", " "))
                who = f"[dim], {self.names[event.subject]}[/]" if event.subject in self.names else ""
                why = f": {event.facts['why']}" if event.facts.get("why") else ""
                self.console.print(f"             [dim]{event.epoch.iso()}[/]  {title}{who}{why}", soft_wrap=True)
        self.since = now

    def warned(self, lines: Iterable[str]) -> None:
        self.status.stop()
        super().warned(lines)

    def close(self) -> None:
        self.status.stop()


@contextmanager
def progress(quiet: bool, mission: Mission) -> Iterator[Silent]:
    """A display on standard error, or none; always cleared, also after an error."""
    if quiet or not sys.stderr:
        yield Silent()
        return
    named = (*mission.ships.values(), *mission.station.airlocks.values())
    display = Terminal({one.id: one.name for one in named})
    try:
        yield display
    finally:
        display.close()


PATIENCE_S = 1.0


@contextmanager
def spinner(what: str, quiet: bool = False) -> Iterator[None]:
    """What is being done and how long it has taken, on the terminal, once it takes longer than a second; nothing is
    left of it. The display is loaded only then."""
    if quiet or not sys.stderr or not sys.stderr.isatty():
        yield
        return
    lock, shown, over = Lock(), list[Any](), list[bool]()

    def show() -> None:
        with lock:
            if over:
                return
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
            display = Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), transient=True,
                               console=Console(stderr=True, highlight=False))
            display.add_task(what, total=None)
            display.start()
            shown.append(display)
    waiting = Timer(PATIENCE_S, show)
    waiting.daemon = True
    waiting.start()
    try:
        yield
    finally:
        waiting.cancel()
        with lock:
            over.append(True)
            for display in shown:
                display.stop()


@contextmanager
def working(what: str, quiet: bool) -> Iterator[Callable[[float], None]]:
    """A bar on the terminal, which takes the part that is done; nothing is left of it."""
    if quiet or not sys.stderr or not sys.stderr.isatty():
        yield lambda part: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
    with Progress(TextColumn(what), BarColumn(), TimeRemainingColumn(), console=Console(stderr=True),
                  transient=True) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda part: bar.update(task, completed=part)


def told_of_long_work(days: float, quiet: bool) -> None:
    """One line on standard error before minutes of work, for those who see no display."""
    if not quiet and days > LONG_DAYS and sys.stderr and not sys.stderr.isatty():
        print(f"fakel: {days:.0f} days of air are tabled first, {max(1, round(days / DAYS_A_MINUTE))} min or so",
              file=sys.stderr)


LONG_DAYS, DAYS_A_MINUTE = 200.0, 700.0                  # measured: 0.08 s for each day of air
