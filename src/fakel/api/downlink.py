"""Store and forward for programs: when is each recording on the ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fakel.load.folder import read_flight
from fakel.load.link_file import read_store
from fakel.model.downlink import Recording, Schedule, SendWindow, Store
from fakel.model.errors import InputError
from fakel.model.flight import Flight
from fakel.plan.downlink import schedule


def downlink(store: Store | Path | str, windows: Sequence[SendWindow] | None = None) -> Schedule:
    """The best schedule of a store's recordings (docs/links.md says in which sense) over its windows, or over others.

    InputError where there are no windows.
    """
    found = store if isinstance(store, Store) else read_store(Path(store))
    if windows is not None:
        found = replace(found, windows=tuple(windows))
    if not found.windows:
        raise InputError(f"{found.title}: there is no window to send in; write [[windows]], or give --link and a path")
    return schedule(found)


def helmet_cameras(flight: Flight | Path | str, bit_rate_bit_s: float) -> Store:
    """The recordings of each spacewalker's camera in a flight, from the opening of the hatch to its closing.

    The first to leave has priority 1. InputError for a flight without a spacewalk.
    """
    found = flight if isinstance(flight, Flight) else read_flight(Path(flight))[0]
    opened, closed = found.event("hatch_open"), found.event("hatch_closed")
    walkers = list(dict.fromkeys(c.name.split(".")[1] for c in found.channels if c.name.startswith("suit.")))
    if opened is None or closed is None or not walkers:
        raise InputError("--walk: nobody goes outside in it; give a flight with a spacewalk, or a file of recordings")
    if not bit_rate_bit_s > 0.0:
        raise InputError(f"--cameras = {bit_rate_bit_s / 1e6:g} Mbit/s cannot be; write a rate above 0")
    people = found.mission.get("people", {})
    named = [str(people.get(who, {}).get("name", who)) for who in walkers]
    recordings = tuple(Recording(f"helmet camera, {name}", opened.epoch, closed.epoch, bit_rate_bit_s, i + 1)
                       for i, name in enumerate(named))
    return Store(f"Helmet cameras: {found.mission.get('title', 'the flight')}", "the flight's hatch events", recordings)
