"""A picture of a downlink: who is recorded, who is sent, and what waits."""

from __future__ import annotations

import numpy as np

from fakel.model.downlink import Schedule, Store
from fakel.reports.downlink import GBYTE_BIT
from fakel.reports.link_plot import clock_label, clock_times
from fakel.reports.svg import Scale, Svg, room, text_width, ticks

WIDE, RIGHT, TOP, ROW, TALL = 1000.0, 24.0, 64.0, 30.0, 190.0
_STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:15px;font-weight:600}
.grid{stroke:#d9d5cb;fill:none}.dim{fill:#555}.rec{fill:#c9c3b4}.sent{fill:#0072b2}.win{fill:#009e73}
.wait{stroke:#b5532a;fill:none;stroke-width:1.8}.full{stroke:#c62828;stroke-dasharray:5 4;fill:none}.ft{fill:#c62828}
.done{stroke:#222;fill:none;stroke-width:1.5}
</style>"""


def picture(store: Store, found: Schedule) -> str:
    """SVG text."""
    names = [r.name for r in sorted(store.recordings, key=lambda r: (r.priority, r.start, r.name))]
    left = max(text_width(name) for name in [*names, "windows"]) + 24.0
    bottom = TOP + ROW * (len(names) + 1)
    pen = Svg(WIDE, bottom + TALL + 90.0, f"{store.title}: what is sent when, and what waits")
    pen.text(16, 24, store.title, "h")
    pen.text(16, 44, "grey: recorded; blue: sent; green: channel; a stroke: all of it on the ground", "dim")
    across = Scale(*_shown(store, found), left, WIDE - RIGHT)
    _rows(pen, store, found, names, across)
    _waiting(pen, store, found, across, bottom + 34.0)
    _hours(pen, found, across, bottom + 34.0 + TALL)
    return str(pen).replace("</title>", "</title>" + _STYLE, 1) + "\n"


def _shown(store: Store, found: Schedule) -> tuple[float, float]:
    """From the first recording until all of it is on the ground, with some room, within what is known."""
    first = min(r.start - found.epoch for r in store.recordings)
    done = [at for at in found.complete.values() if at is not None]
    last = max(at - found.epoch for at in done) if len(done) == len(found.complete) else float(found.t_s[-1])
    spare = 0.04 * (last - first)
    return max(first - spare, float(found.t_s[0])), min(last + spare, float(found.t_s[-1]))


def _rows(pen: Svg, store: Store, found: Schedule, names: list[str], across: Scale) -> None:
    for i, name in enumerate(["windows", *names]):
        y = TOP + ROW * i
        pen.text(16, y + 15, name)
        if name == "windows":
            for w in store.windows:
                _bar(pen, across, w.start - found.epoch, w.stop - found.epoch, y + 4, 14, "win")
            continue
        record = next(r for r in store.recordings if r.name == name)
        _bar(pen, across, record.start - found.epoch, record.stop - found.epoch, y + 2, 7, "rec")
        for piece in found.pieces:
            if piece.recording == name:
                _bar(pen, across, piece.start - found.epoch, piece.stop - found.epoch, y + 11, 9, "sent")
        done = found.complete[name]
        if done is not None:
            x = float(across(done - found.epoch))
            pen.line(x, y, x, y + 22, "done")


def _bar(pen: Svg, across: Scale, begin: float, end: float, y: float, height: float, css: str) -> None:
    low, high = max(begin, across.low), min(end, across.high)
    if high > low:
        pen.rect(float(across(low)), y, float(across(high) - across(low)), height, css)


def _waiting(pen: Svg, store: Store, found: Schedule, across: Scale, top: float) -> None:
    room_bit = store.storage_bit or 0.0
    low, high = room(0.0, max(found.most_bit, room_bit, 1.0) / GBYTE_BIT * 1.05, 4)
    up = Scale(low, high, top + TALL, top)
    pen.text(across.start, top - 8, "recorded and not yet sent, Gbyte", "dim")
    for value, label in ticks(low, high, 4):
        pen.line(across.start, float(up(value)), WIDE - RIGHT, float(up(value)), "grid")
        pen.text(across.start - 8, float(up(value)) + 4, label, anchor="end")
    if store.storage_bit:
        full = float(up(store.storage_bit / GBYTE_BIT))
        pen.line(across.start, full, WIDE - RIGHT, full, "full")
        pen.text(WIDE - RIGHT, full - 4, "room", "ft", anchor="end")
    inside = (found.t_s > across.low) & (found.t_s < across.high)
    t_s = np.concatenate([[across.low], found.t_s[inside], [across.high]])
    pen.path(across(t_s), up(np.interp(t_s, found.t_s, found.waiting_bit) / GBYTE_BIT), "wait")


def _hours(pen: Svg, found: Schedule, across: Scale, y: float) -> None:
    for t in clock_times(found.epoch, across.low, across.high):
        pen.text(float(across(t)), y + 18, clock_label(found.epoch + float(t)), "dim", anchor="middle")
    pen.text(across.start, y + 36, "UTC", "dim")
