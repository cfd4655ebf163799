"""The live display: which step is planned or flown, what it took, and the events as they come."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from fakel.model.flight import Leg

SHOWN = {"liftoff", "booster_separation", "insertion", "docking_contact", "hatch_open", "torch_out", "torch_handover",
         "torch_in", "hatch_closed", "undocking", "deorbit_burn_start", "deorbit_burn_end", "entry_interface",
         "parachute_open", "landing", "burn_missed", "module_separation"}


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

    def __init__(self) -> None:
        from rich.console import Console
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
                self.console.print(f"             [dim]{event.epoch.iso()}[/]  {event.name.replace('_', ' ')}"
                                   f" [dim]{event.subject}[/]")
        self.since = now

    def warned(self, lines: Iterable[str]) -> None:
        self.status.stop()
        super().warned(lines)

    def close(self) -> None:
        self.status.stop()


@contextmanager
def progress(quiet: bool) -> Iterator[Silent]:
    """A display on standard error, or none; always cleared, also after an error."""
    if quiet or not sys.stderr:
        yield Silent()
        return
    display = Terminal()
    try:
        yield display
    finally:
        display.close()
