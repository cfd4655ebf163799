"""Link budgets and links along a path: text as engineers print it, JSON data, CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np

from fakel.model.budget import Budget, LinkPass, LinkReport
from fakel.reports.table import NO_BREAK, signed, table

UNKNOWN_RATE = "–"


def budget_lines(found: Budget, title: str, at: int = 0, width: int = 110) -> list[str]:
    """Lines of a budget at one of its instants: each value, and the sum so far."""
    rows, total = [], 0.0
    for line in found.lines:
        value = float(line.value[at])
        if line.kind == "sum":
            total = value
            rows.append([line.name, "", f"{value:z.2f}", line.unit])
        elif line.kind == "note":
            rows.append([line.name, f"({value:z.2f})", "", line.unit])
        else:
            total += value
            rows.append([line.name, signed(value, 2), f"{total:z.2f}", line.unit])
    left = float(found.margin_db[at])
    verdict = "closes" if bool(found.closes[at]) else "does not close"
    out = [f"{found.link}: {title}", f"mode        {found.mode}",
           *table(["line", "dB", "so far", "unit"], rows, "lrrl", width), ""]
    out.append(f"{verdict}: {left:z.2f} dB left, {found.wanted_margin_db:g} dB wanted")
    return out + [f"note: {text}" for text in found.told]


def budget_data(found: Budget, at: int = 0) -> dict[str, Any]:
    """The same as plain data."""
    return {"link": found.link, "mode": found.mode, "c_n0_db_hz": float(found.c_n0_db_hz[at]),
            "quality_db": float(found.quality_db[at]), "required_db": found.required_db,
            "margin_db": float(found.margin_db[at]), "wanted_margin_db": found.wanted_margin_db,
            "closes": bool(found.closes[at]),
            "lines": [{"key": line.key, "name": line.name.strip(), "unit": line.unit, "kind": line.kind,
                       "value": float(line.value[at])} for line in found.lines], "told": list(found.told)}


def budget_csv(found: Budget, at: int = 0) -> str:
    """Lines as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["key", "line", "value", "unit", "kind"])
    writer.writerows([line.key, line.name.strip(), f"{float(line.value[at]):z.4f}", line.unit, line.kind]
                     for line in found.lines)
    return out.getvalue()


def rate_text(bits: float) -> str:
    """Bits, or bits a second, for people."""
    for size, unit in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")):
        if bits >= size:
            return f"{bits / size:.4g} {unit}bit"
    return f"{bits:.0f} bit"


def report_lines(found: LinkReport, width: int = 110) -> list[str]:
    """One row for each pass."""
    rows = []
    for one in found.passes:
        margin = one.along.margin_db
        far = one.geometry.range_m / 1000.0
        rows.append([one.other, one.window.start.iso(), f"{one.window.duration_s / 60:.1f}",
                     f"{far.min():.0f}", f"{far.max():.0f}", f"{margin.min():z.1f}", f"{margin.max():z.1f}",
                     f"{100.0 * closed_share(one):.0f} %", rate_text(one.along.bits) if one.along.bits else
                     UNKNOWN_RATE, _modes(one, found)])
    head = ["with", "from (UTC)", "min", "km least", "most", "margin least", "most", "closes", "carries", "modes"]
    out = [f"{found.link}: {found.title}", f"path        {found.source}",
           f"window      {found.window.start.iso()} to {found.window.stop.iso()}",
           f"wanted      {found.wanted_margin_db:g} dB of margin", "", *table(head, rows, "llrrrrrrrl", width), ""]
    count = f"{len(found.passes)} passes" if len(found.passes) != 1 else "1 pass"
    carry = f", together {rate_text(found.bits)} (also those at one time)" if found.bits else ""
    return [*out, count + carry]


def closed_share(one: LinkPass) -> float:
    """Of a pass's samples."""
    return float(np.mean(one.along.mode >= 0))


def _modes(one: LinkPass, found: LinkReport) -> str:
    used = [found.modes[i].replace(" ", NO_BREAK) for i in np.unique(one.along.mode) if i >= 0]
    return ", ".join(used) or f"none{NO_BREAK}closes"


def report_data(found: LinkReport) -> dict[str, Any]:
    """The same as plain data, with each pass's samples."""
    return {"link": found.link, "title": found.title, "source": found.source, "from": found.window.start.iso(3),
            "to": found.window.stop.iso(3), "modes": list(found.modes), "wanted_margin_db": found.wanted_margin_db,
            "bits": found.bits, "passes": [_pass_data(one, found) for one in found.passes], "told": list(found.told)}


def _pass_data(one: LinkPass, found: LinkReport) -> dict[str, Any]:
    g, a = one.geometry, one.along
    return {"with": one.other, "name": one.name, "from": one.window.start.iso(3), "to": one.window.stop.iso(3),
            "bits": a.bits, "margin_least_db": float(a.margin_db.min()), "margin_most_db": float(a.margin_db.max()),
            "closes_share": closed_share(one), "t_s": a.t_s.tolist(), "range_m": g.range_m.tolist(),
            "elevation_deg": None if g.elevation_rad is None else np.degrees(g.elevation_rad).tolist(),
            "sun_deg": None if g.sun_off_rad is None else np.degrees(g.sun_off_rad).tolist(),
            "c_n0_db_hz": a.budgets[0].c_n0_db_hz.tolist(), "margin_db": a.margin_db.tolist(),
            "bit_rate_bit_s": a.rate_bit_s.tolist(),
            "mode": [found.modes[i] if i >= 0 else None for i in a.mode]}


def report_csv(found: LinkReport) -> str:
    """One row for each sample."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["utc", "with", "range_km", "elevation_deg", "c_n0_db_hz", "mode", "margin_db", "bit_rate_bit_s"])
    for one in found.passes:
        g, a = one.geometry, one.along
        for i, t in enumerate(a.t_s):
            height = "" if g.elevation_rad is None else f"{np.degrees(g.elevation_rad[i]):z.3f}"
            writer.writerow([(one.window.start + float(t)).iso(3), one.other, f"{g.range_m[i] / 1000:.3f}", height,
                             f"{a.budgets[0].c_n0_db_hz[i]:z.3f}", found.modes[a.mode[i]] if a.mode[i] >= 0 else "",
                             f"{a.margin_db[i]:z.3f}", f"{a.rate_bit_s[i]:.0f}"])
    return out.getvalue()
