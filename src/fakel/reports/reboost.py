"""The smallest reboost for a launch day, in text and as data."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import numpy as np

from fakel.model.plain import plain
from fakel.model.way_up import ReboostReport
from fakel.reports.table import heading, signed, table


def lines(report: ReboostReport, width: int) -> list[str]:
    """Text for a terminal."""
    out = heading(f"Reboost for a launch on {report.day} by {report.profile}", width)
    without, with_ = (np.degrees(x) % 360 for x in (report.phase_without_rad, report.phase_with_rad))
    if report.announced:
        names = ", ".join(f"{name} ({dv:g} m/s, {epoch.iso()})" for name, epoch, dv in report.announced)
        out += wrap(f"announced: {names}; it moves the phase of that day from {without:.2f} to {with_:.2f} deg", width)
    if report.accepted:
        told = f"no reboost is needed: the station is {with_:.2f} deg ahead, inside the profile's window"
        return [*out, *wrap(told, width)]
    best = report.tried[0]
    before, after = (np.degrees(x) % 360 for x in (best.phase_before_rad, best.phase_after_rad))
    out += wrap(f"smallest: {signed(best.dv_m_s, 3)} m/s at {best.at.iso()}, {signed(best.height_m, 0)} m; the phase "
                f"goes from {before:.2f} to {after:.2f} deg, "
                f"the liftoff from {best.liftoff_before.iso()} to {best.liftoff_after.iso()}", width)
    rows = [(r.at.iso(), signed(r.dv_m_s, 3), signed(r.height_m, 0), f"{np.degrees(r.phase_after_rad) % 360:.2f}",
             r.liftoff_after.iso()) for r in sorted(report.tried, key=lambda r: r.at)]
    return [*out, "", *table(("push at, UTC", "m/s", "height, m", "phase, deg", "liftoff"), rows, "lrrrl", width)]


def data(report: ReboostReport) -> dict[str, Any]:
    """What ``--json`` prints."""
    out = plain(report)
    out["announced"] = [{"name": name, "utc": epoch.iso(3), "dv_m_s": dv} for name, epoch, dv in report.announced]
    return dict(out)
