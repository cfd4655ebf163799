"""Light and links over the days aboard."""

from __future__ import annotations

import numpy as np

from fakel.model.epoch import Epoch
from fakel.reports.charts.axis import Utc, clock, day
from fakel.reports.charts.bars import Bar, Row, bars
from fakel.reports.reading import Reading, Series
from fakel.reports.sections.section import Cell, Figure, Section, Table, figure, heads, n
from fakel.reports.svg import number, runs


def section(reading: Reading) -> Section | None:
    """Figures for each UTC day of the stay; the spacewalk has bars of its own."""
    legs = reading.legs("stay", "eva")
    figures = _days(reading, legs) if legs else []
    passes = _passes(reading)
    if not figures:
        return None
    return Section(
        "light",
        "Day, night and links aboard",
        "Sunlight on the station, sight of relay satellites and of ground "
        "stations while the ships are docked; one strip for each UTC day.",
        (*figures, *passes),
    )


def flag_bars(series: Series, css: str, low: float, high: float) -> tuple[Bar, ...]:
    """A bar for each stretch in which a channel is above one half; each sample holds until the next."""
    part = series.within(low - 600, high + 600)
    out = []
    for a, b in runs(np.nan_to_num(part.values) > 0.5):
        stop = part.t_s[b] if b < len(part) and np.isfinite(part.values[b]) else part.t_s[b - 1]
        if stop > low and part.t_s[a] < high:
            out.append(Bar(max(float(part.t_s[a]), low), min(float(stop), high), css))
    return tuple(out)


def share(series: Series, low: float, high: float) -> str:
    """The part of a stretch in which a channel is on, per cent."""
    part = series.within(low, high)
    good = np.isfinite(part.values)
    if good.sum() < 2:
        return ""
    t, v = part.t_s[good], part.values[good]
    return f"{number(100 * float(np.sum(v[:-1] * np.diff(t)) / max(t[-1] - t[0], 1e-9)))} %"


def rows_for(reading: Reading, low: float, high: float) -> list[Row]:
    """Light, relay, ground, and both for television, with their shares."""
    lit = reading.series("station.sunlit")
    relay, ground = reading.series("station.link_relay"), reading.series("station.link_ground")
    rows = []
    if len(lit.within(low, high)):
        rows.append(
            Row("sunlight", (Bar(low, high, "nite"), *flag_bars(lit, "sun", low, high)), share(lit, low, high), 18)
        )
    if len(relay.within(low, high)):
        rows.append(Row("relay in view", flag_bars(relay, "comm", low, high), share(relay, low, high), 9))
    if len(ground.within(low, high)):
        found = flag_bars(ground, "comm", low, high)
        rows.append(Row("ground in view", found, f"{len(found)} pass{'' if len(found) == 1 else 'es'}", 9))
    if len(relay.within(low, high)) and len(lit.within(low, high)):
        t = np.unique(np.r_[lit.within(low, high).t_s, relay.within(low, high).t_s])
        both = Series(t, np.minimum(np.interp(t, lit.t_s, lit.values), np.interp(t, relay.t_s, relay.values)))
        rows.append(Row("light and relay", flag_bars(both, "tv", low, high), share(both, low, high), 9))
    return rows


def _days(reading: Reading, legs: list) -> list[Figure]:
    first, last = reading.t(legs[0].before.epoch), reading.t(legs[-1].after.epoch)
    out = []
    for start in np.arange(np.floor(first / 86400.0) * 86400.0, last, 86400.0):
        low, high = max(float(start), first), min(float(start) + 86400.0, last)
        rows = rows_for(reading, low, high) if high - low > 1800 else []
        if rows:
            axis = Utc(reading.zero, float(start), float(start) + 86400.0)
            label = f"Light and links of the station on {(reading.zero + low).day.isoformat()}"
            out.append(figure(lambda w, axis=axis, rows=rows, label=label: bars(w, label, axis, rows)))
    return out


def _passes(reading: Reading) -> list[Table]:
    """Ground stations: how many passes, how long, and the best of them."""
    found: dict[str, list[tuple[float, float, str]]] = {}
    for leg in reading.legs("stay", "eva"):
        table = leg.studies.get("passes_ground") or {}
        for site, minutes, high, start in zip(
            table.get("site", ()),
            table.get("length_min", ()),
            table.get("max_elevation_deg", ()),
            table.get("start_utc", ()),
            strict=False,
        ):
            found.setdefault(str(site), []).append((float(minutes), float(high), str(start)))
    if not found:
        return []
    rows = []
    for site, passes in sorted(found.items(), key=lambda item: -sum(p[0] for p in item[1])):
        best = max(passes, key=lambda p: p[1])
        rows.append(
            (
                Cell(reading.name(site)),
                n(str(len(passes))),
                n(number(sum(p[0] for p in passes))),
                n(number(max(p[0] for p in passes), 1), "opt"),
                n(number(best[1])),
                n(f"{day(Epoch.utc(best[2]))} {clock(Epoch.utc(best[2]))}", "dim opt"),
            )
        )
    return [
        Table(
            heads("ground station", "passes>", "in view, min>", "longest, min>?", "highest, °>", "highest pass, UTC>?"),
            tuple(rows),
            "passes over ground stations",
            "passes",
        )
    ]
