"""Store and forward: recorded video over one channel that is there only at times.

The channel serves one recording at a time and may leave it for a better one and come back. Two facts make the simple
rule the best one. (1) It never idles while something waits, so by any instant no schedule has sent more bits.
(2) Among whole recordings it always serves the first by its order, so what stands before any place in that order is
sent as if the rest were not there: by any instant no schedule has sent more of it. So no recording could be on the
ground earlier without making one before it in the order later; and in order of deadlines, if any schedule keeps all
deadlines of recordings, this one does (Jackson 1955, Horn 1974). The tests set it beside a linear programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from fakel.model.downlink import Piece, Recording, Schedule, SendWindow, Store
from fakel.model.epoch import Epoch

CRUMB_BIT = 1e-3
"""Less than this is nothing: round-off of sizes up to 1e13 bit."""


@dataclass(slots=True)
class _Queue:
    """What waits of one recording while the schedule is worked out."""

    recording: Recording
    left: float
    waiting: float = 0.0
    done: Epoch | None = None
    pieces: list[Piece] = field(default_factory=list)


def schedule(store: Store) -> Schedule:
    """The schedule of a store over its windows."""
    queues = [_Queue(r, r.size_bit) for r in sorted(store.recordings, key=lambda r: _rank(r, store.order))]
    zero = min([r.start for r in store.recordings] + [w.start for w in store.windows])
    edges = _edges(store, zero)
    t_s, waiting = [edges[0]], [0.0]
    for begin, end in pairwise(edges):
        rate = _channel(store, zero, begin, end)
        inflow = [_inflow(q.recording, zero, begin, end) for q in queues]
        here = begin
        while here < end - 1e-9:
            rates = _served(queues, inflow, rate, store.as_recorded)
            after = min(here + _until_change(queues, inflow, rates, end - here, store.as_recorded), end)
            _move(queues, inflow, rates, zero, here, after)
            here = after
            t_s.append(here)
            waiting.append(sum(q.waiting for q in queues))
        _release(queues, zero, end)
    return _finished(store, queues, zero, t_s, waiting)


def _rank(recording: Recording, order: str) -> tuple[object, ...]:
    deadline = recording.deadline.tai_ns if recording.deadline else 2**62
    urgency = (recording.priority, deadline) if order == "priority" else (deadline, recording.priority)
    return (*urgency, recording.stop.tai_ns, recording.name)


def _edges(store: Store, zero: Epoch) -> list[float]:
    times = [t for r in store.recordings for t in (r.start, r.stop)] + \
            [t for w in store.windows for t in (w.start, w.stop)]
    return sorted({t - zero for t in times})


def _channel(store: Store, zero: Epoch, begin: float, end: float) -> float:
    middle = zero + 0.5 * (begin + end)
    return store.share * sum(w.bit_rate_bit_s for w in store.windows if w.start <= middle < w.stop)


def _inflow(recording: Recording, zero: Epoch, begin: float, end: float) -> float:
    middle = zero + 0.5 * (begin + end)
    return recording.bit_rate_bit_s if recording.start <= middle < recording.stop else 0.0


def _ready(queue: _Queue, inflow: float, as_recorded: bool) -> float:
    """Bits that may be sent now: all that waits, or only of a recording that has ended."""
    return queue.waiting if as_recorded or inflow == 0.0 else 0.0


def _served(queues: Sequence[_Queue], inflow: Sequence[float], rate: float, as_recorded: bool) -> list[float]:
    """The channel's rate dealt out in order: a queue with bits takes all, a live one without takes its inflow."""
    rates = []
    for queue, coming in zip(queues, inflow):
        takes = rate if _ready(queue, coming, as_recorded) > CRUMB_BIT else min(rate, coming if as_recorded else 0.0)
        rates.append(takes)
        rate -= takes
    return rates


def _until_change(queues: Sequence[_Queue], inflow: Sequence[float], rates: Sequence[float], most: float,
                  as_recorded: bool) -> float:
    """Seconds until a served queue is empty."""
    steps = [queue.waiting / (rate - coming) for queue, coming, rate in zip(queues, inflow, rates)
             if rate > coming and _ready(queue, coming, as_recorded) > CRUMB_BIT]
    return min([most, *steps])


def _move(queues: Sequence[_Queue], inflow: Sequence[float], rates: Sequence[float], zero: Epoch, begin: float,
          end: float) -> None:
    seconds = end - begin
    for queue, coming, rate in zip(queues, inflow, rates):
        sent = rate * seconds
        queue.waiting = max(queue.waiting + coming * seconds - sent, 0.0)
        if sent <= 0.0:
            continue
        queue.left -= sent
        start, stop, name = zero + begin, zero + end, queue.recording.name
        last = queue.pieces[-1] if queue.pieces else None
        if last is not None and abs(last.stop - start) < 1e-6:
            queue.pieces[-1] = Piece(name, last.start, stop, last.size_bit + sent)
        else:
            queue.pieces.append(Piece(name, start, stop, sent))
        if queue.left <= CRUMB_BIT and queue.done is None:
            queue.done, queue.waiting = stop, 0.0


def _release(queues: Sequence[_Queue], zero: Epoch, end: float) -> None:
    """Round-off of a recording that has just ended and been sent as it came."""
    for queue in queues:
        if queue.done is None and queue.left <= CRUMB_BIT:
            queue.done = zero + end


def _finished(store: Store, queues: Sequence[_Queue], zero: Epoch, t_s: list[float], waiting: list[float]) -> Schedule:
    times, bits = np.array(t_s), np.array(waiting)
    late = tuple(q.recording.name for q in queues if q.recording.deadline is not None
                 and (q.done is None or q.done > q.recording.deadline))
    return Schedule(zero, tuple(sorted((p for q in queues for p in q.pieces), key=lambda p: p.start)),
                    {q.recording.name: q.done for q in queues},
                    {q.recording.name: 0.0 if q.done else max(q.left, 0.0) for q in queues},
                    times, bits, float(bits.max()), _over(store.storage_bit, zero, times, bits), late)


def _over(room: float | None, zero: Epoch, t_s: np.ndarray, bits: np.ndarray) -> Epoch | None:
    """When the room is first exceeded, on the straight lines between the points."""
    if room is None or bits.max() <= room:
        return None
    i = int(np.argmax(bits > room))
    if i == 0:
        return zero + float(t_s[0])
    share = (room - bits[i - 1]) / (bits[i] - bits[i - 1])
    return zero + float(t_s[i - 1] + share * (t_s[i] - t_s[i - 1]))


def windows_of_rates(start: Epoch, t_s: np.ndarray, rates: np.ndarray) -> tuple[SendWindow, ...]:
    """Windows of one rate each, from the rates (n - 1,) of the steps between rising times (n,)."""
    found: list[SendWindow] = []
    for i in np.flatnonzero(rates > 0.0):
        begin, end = start + float(t_s[i]), start + float(t_s[i + 1])
        if found and found[-1].stop == begin and found[-1].bit_rate_bit_s == rates[i]:
            found[-1] = SendWindow(found[-1].start, end, float(rates[i]))
        elif end > begin:
            found.append(SendWindow(begin, end, float(rates[i])))
    return tuple(found)
