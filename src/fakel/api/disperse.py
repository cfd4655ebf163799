"""A mission's climb flown many times with errors: who docks, at what price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fakel.campaign.rendezvous import Case
from fakel.campaign.result import result_of
from fakel.campaign.workers import Order, fly_all, opened, prepared
from fakel.load.mission import mission_path
from fakel.model.errors import InputError

MOST = {"runs": 1_000_000, "workers": 64}
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Campaign:
    """Ready to be flown. done: the flights that its folder holds already, by run."""

    order: Order
    case: Case
    runs: int
    workers: int
    folder: Path | None
    done: dict[int, dict[str, Any]]

    def fly(self, progress: Progress) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The result, and each flight in order. KeyboardInterrupt leaves what is flown in the folder."""
        rows = fly_all(self.order, self.case, self.runs, self.workers, self.folder, self.done, progress)
        return result_of(self.case, rows), rows


def campaign(mission: str | Path, runs: int, seed: int, dispersions: str, workers: int, missed_share: float | None,
             out: Path | None, replace: bool) -> Campaign:
    """Check what was asked, open the folder, fly once without errors. Raises InputError as ``disperse`` does."""
    for name, given in (("runs", runs), ("workers", workers)):
        if not 1 <= given <= MOST[name]:
            raise InputError(f"--{name} {given} cannot be; write 1 to {MOST[name]}")
    if seed < 0:
        raise InputError(f"--seed {seed} is negative; write 0 or more")
    if missed_share is not None and not 0.0 <= missed_share <= 1.0:
        raise InputError(f"--missed-share {missed_share:g} is no share; write 0 to 1")
    order = Order(str(mission_path(str(mission))), dispersions, seed, missed_share)
    done = opened(Path(out), order, replace) if out else {}
    return Campaign(order, prepared(order), runs, workers, Path(out) if out else None, done)


def disperse(mission: str | Path, runs: int = 100, seed: int = 2013, dispersions: str = "soyuz-2013", workers: int = 1,
             missed_share: float | None = None, out: Path | None = None, replace: bool = False,
             progress: Progress = lambda done, of: None) -> dict[str, Any]:
    """The result of ``fakel rendezvous disperse``, as its --json has it but for the seconds and workers it took.

    mission: a file or a shipped mission's name. dispersions: sigmas, navigation/ID.toml. missed_share: of all burns
    (0 to 1), in place of the dispersions' own. out: a folder that keeps each flight at once; a campaign that was
    stopped goes on from it. More than one worker needs a script under ``if __name__ == "__main__"``. Raises InputError
    for numbers that cannot be, where the mission flies no climb to a docking, and where the folder holds another
    campaign.
    """
    return campaign(mission, runs, seed, dispersions, workers, missed_share, out, replace).fly(progress)[0]
