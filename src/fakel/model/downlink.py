"""Recordings that must come down later, windows to send them in, and the schedule that does it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch


@dataclass(frozen=True, slots=True)
class Recording:
    """Video of one camera: recorded from start to stop at a rate. priority 1 goes first; deadline may be None."""

    name: str
    start: Epoch
    stop: Epoch
    bit_rate_bit_s: float
    priority: int = 1
    deadline: Epoch | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if self.stop <= self.start:
            raise ValueError(f"recording {self.name!r} stops at {self.stop.iso()}, before it starts; mend its times")
        if self.bit_rate_bit_s <= 0.0:
            raise ValueError(f"bit_rate = {self.bit_rate_bit_s:g} of recording {self.name!r} must be above 0")

    @property
    def size_bit(self) -> float:
        return (self.stop - self.start) * self.bit_rate_bit_s


@dataclass(frozen=True, slots=True)
class SendWindow:
    """A stretch in which the channel carries so many bits a second."""

    start: Epoch
    stop: Epoch
    bit_rate_bit_s: float

    def __post_init__(self) -> None:
        if self.stop <= self.start:
            raise ValueError(f"a window stops at {self.stop.iso()}, before it starts; mend its times")
        if self.bit_rate_bit_s < 0.0:
            raise ValueError(f"bit_rate = {self.bit_rate_bit_s:g} of a window must not be below 0")


@dataclass(frozen=True, slots=True)
class Store:
    """What a downlink file says: recordings, windows, room, the rule of sending.

    as_recorded: send what is there while the camera still runs; else a recording is a file that is sent after its end.
    order: priority (then deadline, then end), or deadline first. share: of the channel that recordings may use.
    """

    title: str
    source: str
    recordings: tuple[Recording, ...]
    windows: tuple[SendWindow, ...] = ()
    storage_bit: float | None = None
    as_recorded: bool = False
    order: str = "priority"
    share: float = 1.0

    def __post_init__(self) -> None:
        if not self.recordings:
            raise ValueError("there is nothing to send; write [[recordings]]")
        names = [r.name for r in self.recordings]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two recordings are named {name!r}; name each differently")
        if self.order not in ("priority", "deadline"):
            raise ValueError(f"order = {self.order!r} is not known; write priority or deadline")
        if not 0.0 < self.share <= 1.0:
            raise ValueError(f"share = {self.share:g} must be above 0 and at most 1")
        if self.storage_bit is not None and self.storage_bit <= 0.0:
            raise ValueError(f"storage = {self.storage_bit:g} bit must be above 0")
        ordered = sorted(self.windows, key=lambda w: w.start)
        for before, after in pairwise(ordered):
            if after.start < before.stop:
                raise ValueError(f"windows overlap at {after.start.iso()}; there is one channel")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch in which one recording is sent."""

    recording: str
    start: Epoch
    stop: Epoch
    size_bit: float


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """Who is sent when. complete: when each recording is on the ground, None where it does not all come down.

    epoch and t_s (n,): when waiting_bit (n,), what is recorded and not yet sent, changes its slope. over: when the room
    is first exceeded. late: recordings that miss their deadline.
    """

    epoch: Epoch
    pieces: tuple[Piece, ...]
    complete: dict[str, Epoch | None]
    left_bit: dict[str, float]
    t_s: FloatArray
    waiting_bit: FloatArray
    most_bit: float
    over: Epoch | None
    late: tuple[str, ...]
