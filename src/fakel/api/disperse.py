"""A mission's climb flown many times with errors: who docks, at what price."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fakel.campaign.result import result_of
from fakel.campaign.workers import Order, fly_all, opened, prepared
from fakel.load.mission import mission_path


def disperse(mission: str | Path, runs: int = 100, seed: int = 2013, dispersions: str = "soyuz-2013", workers: int = 1,
             missed_share: float | None = None, out: Path | None = None, replace: bool = False,
             progress: Callable[[int, int], None] = lambda done, of: None) -> dict[str, Any]:
    """The result of ``fakel rendezvous disperse``, as its --json has it.

    mission: a file or a shipped mission's name. dispersions: sigmas, navigation/ID.toml. missed_share: of all burns
    (0 to 1), in place of the dispersions' own. out: a folder that keeps each flight at once; a campaign that was
    stopped goes on from it. More than one worker needs a script under ``if __name__ == "__main__"``. Raises InputError
    where the mission flies no climb to a docking, and where the folder holds another campaign.
    """
    order = Order(str(mission_path(str(mission))), dispersions, seed, missed_share)
    done = opened(Path(out), order, replace) if out else {}
    case = prepared(order)
    return result_of(case, fly_all(order, case, runs, workers, Path(out) if out else None, done, progress))
