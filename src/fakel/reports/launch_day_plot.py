"""One launch refined, drawn: cost and phase over the slip; the tries, a row a day; the window with its cut-outs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S, midnight
from fakel.model.epoch import Epoch
from fakel.model.launch_day import CutOuts, Recycle, Slip, TryAgain
from fakel.reports.svg import Scale, Svg, room, ticks
from fakel.reports.table import signed

WIDE, LEFT, RIGHT = 1000.0, 92.0, 150.0
TALL, GAP, TOP = 150.0, 46.0, 84.0
ROW, DATE = 30.0, 158.0
MOST_ROWS = 62
LANE, MOST_LANES, MOST_NAMES = 22.0, 24, 10
STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:16px;font-weight:600}
.dim{fill:#666}.d{font-size:11px}.b{font-weight:600}.grid{stroke:#d9d5cb;fill:none}.panel{fill:#fff}.open{fill:#dcead8}
.limit{stroke:#b3261e;fill:none;stroke-dasharray:4 3}.limitt{fill:#b3261e}.a{fill:none;stroke:#b5532a;stroke-width:1.8}
.c{fill:none;stroke:#3a86b8;stroke-width:1.8}.at{fill:#9a4320}.ct{fill:#2a6f9c}.dot{fill:#222}.zero{stroke:#777;fill:none}
.cut{fill:#b3261e}.free{fill:#8fbf85}.way{fill:#c9d8e6}.go{fill:#3f8f4f}.no{fill:#fbfaf7;stroke:#b3261e;stroke-width:1.6}
.dock{fill:#3a86b8}.sun{fill:#fdf0c0}.t{font-size:10px;fill:#5c5018}.near{fill:none;stroke:#7a6a1f;stroke-width:1.4}</style>"""


def picture(found: Slip | Recycle | CutOuts) -> str:
    """SVG text."""
    pen = (_slip if isinstance(found, Slip) else _recycle if isinstance(found, Recycle) else _cuts)(found)  # type: ignore
    return str(pen).replace("</title>", "</title>" + STYLE, 1) + "\n"


# ---------------------------------------------------------------- slip

@dataclass(frozen=True, slots=True, eq=False)
class _Panel:
    """One curve over the slip, with lines that it must not cross."""

    name: str
    values: FloatArray
    limits: tuple[tuple[float, str], ...] = ()
    css: str = "a"


def _slip(found: Slip) -> Svg:
    x = np.array([r.slip_s for r in found.rows])
    panels = _panels(found)
    title = f"{found.launcher} with {found.ship}: what seconds of slip cost"
    pen = Svg(WIDE, TOP + len(panels) * (TALL + GAP) + 30, title)
    low, high = found.span_s
    pen.text(16, 28, title, "h")
    pen.text(16, 48, f"nominal liftoff {found.nominal.iso(1)} from {found.pad}; green: the window, {signed(low, 1)} to "
             f"{signed(high, 1)} s", "dim")
    across = Scale(float(x[0]), max(float(x[-1]), float(x[0]) + 1.0), LEFT, WIDE - RIGHT)
    for k, panel in enumerate(panels):
        _panel(pen, x, panel, across, found.span_s, TOP + k * (TALL + GAP))
    bottom = TOP + len(panels) * (TALL + GAP) - GAP
    for value, label in ticks(float(x[0]), float(x[-1]), 13):
        pen.text(float(across(value)), bottom + 16, label, "dim", "middle")
    pen.text(WIDE - RIGHT, bottom + 34, "slip of the liftoff, s", "dim", "end")
    return pen


def _panels(found: Slip) -> list[_Panel]:
    def of(key: str) -> FloatArray:
        return np.array([np.nan if (v := getattr(r, key)) is None else v for r in found.rows], float)
    kept = ((found.reserve_m_s, f"kept: {found.reserve_m_s:g}"),)
    cost = _Panel("what the plane takes by itself, m/s", of("plane_m_s"), kept)
    if found.steers:
        cost = _Panel("what the plane takes of the rocket, m/s", np.maximum(of("launcher_m_s"), 0.0), kept)
    low, high = np.degrees(found.window_rad)
    out = [cost, _Panel("station ahead at insertion, deg", np.degrees(of("phase_rad")),
                        ((float(low), f"from {low:g}"), (float(high), f"to {high:g}")), "c")]
    if found.steers:
        out.append(_Panel("propellant left in the rocket, kg", of("left_kg")))
    return [*out, _Panel(f"to contact by {found.profile}, m/s", of("total_m_s"), css="c")]


def _panel(pen: Svg, x: FloatArray, panel: _Panel, across: Scale, span_s: tuple[float, float], top: float) -> None:
    good = panel.values[np.isfinite(panel.values)]
    low, high = (float(good.min()), float(good.max())) if len(good) else (0.0, 1.0)
    near = [v for v, _ in panel.limits if low - (high - low) <= v <= high + (high - low)]
    low, high = room(min([low, *near]), max([high, *near]), 5)
    up = Scale(low, high, top + TALL, top)
    pen.rect(LEFT, top, WIDE - RIGHT - LEFT, TALL, "panel")
    a, b = max(span_s[0], float(x[0])), min(span_s[1], float(x[-1]))
    if b > a:
        pen.rect(float(across(a)), top, float(across(b) - across(a)), TALL, "open")
    pen.text(LEFT, top - 7, panel.name, "b")
    for value, label in ticks(low, high, 5):
        pen.line(LEFT, float(up(value)), WIDE - RIGHT, float(up(value)), "grid")
        pen.text(LEFT - 8, float(up(value)) + 4, label, "dim", "end")
    for value, label in panel.limits:
        if low <= value <= high:
            pen.line(LEFT, float(up(value)), WIDE - RIGHT, float(up(value)), "limit")
            pen.text(WIDE - RIGHT + 8, float(up(value)) + 4, label, "limitt")
    if not len(good):
        pen.text((LEFT + WIDE - RIGHT) / 2, top + TALL / 2, "no plan closes", "dim", "middle")
    pen.path(np.asarray(across(x)), np.asarray(up(panel.values)), panel.css)
    for at, value in zip(x, panel.values, strict=True):
        if np.isfinite(value) and len(x) <= 41:
            pen.circle(float(across(at)), float(up(value)), 2.6, f"{panel.css}t")


# ---------------------------------------------------------------- recycle

def _recycle(found: Recycle) -> Svg:
    rows = found.rows[:MOST_ROWS]
    title = f"{found.launcher} with {found.ship}: the next days"
    pen = Svg(WIDE, TOP + ROW * len(rows) + 44, title)
    pen.text(16, 28, title, "h")
    pen.text(16, 48, f"from {found.pad}; UTC. Filled: open, hollow: closed; blue: contact, of another day with its "
             "date; yellow: the station's crew is awake", "dim")
    across = Scale(0.0, DAY_S, DATE, WIDE - 250)
    wake, sleep = found.crew_day_s
    for k in range(len(rows)):
        y = TOP + ROW * k
        pen.rect(DATE, y + 2, WIDE - 250 - DATE, ROW - 4, "panel")
        for a, b in ((wake, sleep),) if wake < sleep else ((0.0, sleep), (wake, DAY_S)):
            pen.rect(float(across(a)), y + 2, float(across(b) - across(a)), ROW - 4, "sun")
    for hour in range(0, 25, 3):
        x = float(across(3600.0 * hour))
        pen.line(x, TOP, x, TOP + ROW * len(rows), "grid")
        pen.text(x, TOP - 8, f"{hour:02d}", "dim", "middle")
    for k, row in enumerate(rows):
        _try(pen, row, across, TOP + ROW * k)
    left_out = len(found.rows) - len(rows)
    pen.text(16, TOP + ROW * len(rows) + 28, f"{sum(r.open for r in found.rows)} of {len(found.rows)} tries are open"
             + (f"; the last {left_out} are not drawn" if left_out else ""), "dim")
    return pen


def _try(pen: Svg, row: TryAgain, across: Scale, y: float) -> None:
    middle, told = y + ROW / 2, row.liftoff.day.strftime("%a %d %b")
    pen.text(16, middle + 4, f"{row.day:+d}  {told}", "d")
    x = float(across(_hour_s(row.liftoff)))
    if row.docking is not None:
        same = row.docking.day == row.liftoff.day
        at = float(across(_hour_s(row.docking)))
        if same:
            pen.rect(x, middle - 2, at - x, 4, "way")
        pen.circle(at, middle, 5, "dock", f"contact {row.docking.iso()}")
        pen.text(at + 9, middle + 4, row.docking.iso()[11:16] if same else row.docking.day.strftime("%d %b"), "d")
    pen.circle(x, middle, 6, "go" if row.open else "no", f"liftoff {row.liftoff.iso()}")
    pen.text(x - 10, middle + 4, row.liftoff.iso()[11:16], "d", "end")
    what = f"{np.degrees(row.phase_rad) % 360:.0f}°  " + (row.profiles[0] if row.open else row.why.split("; ")[0])
    pen.fitted(WIDE - 240, middle + 4, what, 11.0, 226.0,
               "" if row.open else "limitt")


def _hour_s(epoch: Epoch) -> float:
    return epoch - midnight(epoch.day)


# ---------------------------------------------------------------- cut-outs

def _cuts(found: CutOuts) -> Svg:
    lanes = list(dict.fromkeys((c.number, c.name, c.kind) for c in found.cuts))
    drawn, title = lanes[:MOST_LANES], f"{found.launcher} with {found.ship}: seconds of the window"
    tall = TALL + 60
    pen = Svg(WIDE, TOP + 58 + LANE * len(drawn) + GAP + tall + 54, title)
    first, last = float(found.slips_s[0]), float(found.slips_s[-1])
    across = Scale(first, max(last, first + 1.0), LEFT + 70, WIDE - 40)
    pen.text(16, 28, title, "h")
    pen.text(16, 48, f"nominal liftoff {found.nominal.iso(1)}; {found.orbits:g} orbits, "
             f"{'with planned burns' if found.burns else 'coasting'}; green: free, red: cut out", "dim")
    step = float(np.min(np.diff(found.slips_s))) if len(found.slips_s) > 1 else 1.0
    y = TOP + 8
    pen.text(16, y + 18, "window", "b")
    pen.rect(float(across(first)), y, float(across(last) - across(first)), 26, "free")
    for cut in found.cuts:
        _bar(pen, across, cut.start_s, cut.stop_s, step, y, 26, f"{cut.name}: {cut.nearest_m / 1e3:.1f} km")
    low, high = max(found.window_s[0], first), min(found.window_s[1], last)
    if high > low:
        for x in (low, high):
            pen.line(float(across(x)), y - 6, float(across(x)), y + 32, "zero")
        pen.line(float(across(low)), y - 6, float(across(high)), y - 6, "zero")
        pen.text(float(across((low + high) / 2)), y - 11, "the plane allows", "dim", "middle")
    y += 44
    for number, name, kind in drawn:
        pen.fitted(16, y + 14, name, 11.0, LEFT + 46, "d")
        for cut in found.cuts:
            if cut.number == number:
                _bar(pen, across, cut.start_s, cut.stop_s, step, y + 3, LANE - 8, f"{name} ({kind})")
        y += LANE
    if len(lanes) > len(drawn):
        pen.text(16, y + 12, f"and {len(lanes) - len(drawn)} more objects", "dim")
    _nearest(pen, found, across, y + GAP - 8, tall)
    return pen


def _bar(pen: Svg, across: Scale, start: float, stop: float, step: float, y: float, tall: float, title: str) -> None:
    low, high = max(start - step / 2, across.low), min(stop + step / 2, across.high)
    pen.rect(float(across(low)), y, max(float(across(high) - across(low)), 1.5), tall, "cut", title=title)


def _runs(names: tuple[str, ...]) -> list[tuple[int, int]]:
    """Half-open stretches with one and the same name."""
    edges = [0, *(k for k in range(1, len(names)) if names[k] != names[k - 1]), len(names)]
    return [(a, b) for a, b in pairwise(edges) if names[a]]


def _nearest(pen: Svg, found: CutOuts, across: Scale, top: float, tall: float) -> None:
    """The nearest object of each second, up to near_m."""
    near = np.where(found.nearest_m <= found.near_m, found.nearest_m, np.nan) / 1e3
    up = Scale(0.0, found.near_m / 1e3, top + tall, top)
    pen.rect(across.start, top, across.stop - across.start, tall, "panel")
    pen.text(across.start, top - 7, "nearest object, km", "b")
    for value, label in ticks(0.0, found.near_m / 1e3, 5):
        pen.line(across.start, float(up(value)), across.stop, float(up(value)), "grid")
        pen.text(across.start - 8, float(up(value)) + 4, label, "dim", "end")
    keep = found.keep_out
    for value, label in ((keep.active_m, "others"), (keep.debris_m, "debris")):
        if value <= found.near_m:
            pen.line(across.start, float(up(value / 1e3)), across.stop, float(up(value / 1e3)), "limit")
            pen.text(across.stop - 6, float(up(value / 1e3)) - 4, label, "limitt", "end")
    pen.path(np.asarray(across(found.slips_s)), np.asarray(up(near)), "near")
    for a, b in _runs(found.nearest)[:MOST_NAMES]:
        k = a + int(np.nanargmin(found.nearest_m[a:b]))
        at = min(max(float(across(found.slips_s[k])), across.start + 60), across.stop - 60)
        pen.text(at, float(up(near[k])) + 15, found.nearest[k], "t", "middle")
    if not np.isfinite(near).any():
        pen.text((across.start + across.stop) / 2, top + tall / 2, f"no object within {found.near_m / 1e3:g} km", "dim",
                 "middle")
    for value, label in ticks(across.low, across.high, 12):
        pen.text(float(across(value)), top + tall + 16, label, "dim", "middle")
    pen.text(across.stop, top + tall + 34, "slip of the liftoff, s", "dim", "end")
