"""A downlink schedule as text, JSON data and CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

from fakel.model.downlink import Schedule, Store
from fakel.reports.link import rate_text
from fakel.reports.table import table

GBYTE_BIT = 8e9


def lines(store: Store, found: Schedule, width: int = 110) -> list[str]:
    """When each recording is on the ground, and how full the store gets."""
    rows = []
    for r in sorted(store.recordings, key=lambda r: (r.priority, r.start, r.name)):
        done, left = found.complete[r.name], found.left_bit[r.name]
        wait = f"{(done - r.stop) / 60:.1f} min" if done else "–"
        state = "late" if r.name in found.late else "" if done else f"{rate_text(left)} left"
        rows.append([r.name, str(r.priority), r.start.iso(), r.stop.iso(), rate_text(r.size_bit),
                     done.iso() if done else "never", wait, state])
    head = ["recording", "priority", "from (UTC)", "to", "size", "on the ground", "after its end", ""]
    out = [store.title, f"sent        {'as it is recorded' if store.as_recorded else 'when its recording has ended'}; "
           f"by {store.order}; {100 * store.share:g} % of {_counted(len(store.windows))}", "",
           *table(head, rows, "lrllrlrl", width), "",
           f"most waits  {found.most_bit / GBYTE_BIT:.3f} Gbyte" +
           (f" of {store.storage_bit / GBYTE_BIT:g}" if store.storage_bit else "")]
    if found.over is not None:
        out.append(f"overflow    from {found.over.iso()}: room for {found.most_bit / GBYTE_BIT:.3f} Gbyte is needed")
    return out


def _counted(windows: int) -> str:
    return "1 window" if windows == 1 else f"{windows} windows"


def data(store: Store, found: Schedule) -> dict[str, Any]:
    """The same as plain data."""
    return {"title": store.title, "order": store.order, "as_recorded": store.as_recorded, "share": store.share,
            "recordings": [{"name": r.name, "priority": r.priority, "from": r.start.iso(3), "to": r.stop.iso(3),
                            "size_bit": r.size_bit, "bit_rate_bit_s": r.bit_rate_bit_s,
                            "complete": found.complete[r.name].iso(3) if found.complete[r.name] else None,
                            "left_bit": found.left_bit[r.name], "late": r.name in found.late}
                           for r in store.recordings],
            "windows": [{"from": w.start.iso(3), "to": w.stop.iso(3), "bit_rate_bit_s": w.bit_rate_bit_s}
                        for w in store.windows],
            "pieces": [{"recording": p.recording, "from": p.start.iso(3), "to": p.stop.iso(3), "size_bit": p.size_bit}
                       for p in found.pieces],
            "epoch": found.epoch.iso(3), "t_s": found.t_s.tolist(), "waiting_bit": found.waiting_bit.tolist(),
            "most_bit": found.most_bit, "storage_bit": store.storage_bit,
            "overflow": found.over.iso(3) if found.over else None}


def as_csv(found: Schedule) -> str:
    """One row for each piece."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["recording", "from_utc", "to_utc", "size_bit"])
    writer.writerows([p.recording, p.start.iso(3), p.stop.iso(3), f"{p.size_bit:.0f}"] for p in found.pieces)
    return out.getvalue()
