"""Launch windows as a calendar: a row a month, a cell a day; colour says the profile, strength how sure it is."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from fakel.model.windows import LaunchWindow, LaunchWindows, PlaneDay
from fakel.reports.svg import Svg, text_width
from fakel.reports.table import signed
from fakel.reports.windows import certainty, conflict_words

LEFT, RIGHT, TOP, CELL, ROW, FOOT = 84.0, 16.0, 126.0, 30.0, 46.0, 62.0
WIDE = LEFT + 31 * CELL + RIGHT
COLOURS = ("#b5532a", "#3a86b8", "#3f8f4f", "#a3477c", "#7a6a1f", "#555")
STRENGTH = {"sure": 1.0, "likely": 0.55, "open": 0.28}
STYLE = """<style>
svg{font:12px "IBM Plex Sans",system-ui,sans-serif;background:#fbfaf7}text{fill:#222}.h{font-size:16px;font-weight:600}
.dim{fill:#666}.d{font-size:11px}.t{font-size:9.5px;text-anchor:middle}.p{font-size:9px;fill:#9a9488;text-anchor:middle}
.grid{stroke:#d9d5cb;fill:none}.row{fill:#fff}.end{fill:#f3f0e8}.hollow{fill:#fbfaf7;stroke-width:1.8}
.any{fill:#555}.ring{fill:none;stroke:#c02020;stroke-width:1.4}.push{fill:none;stroke:#222;stroke-width:1.3}"""


def picture(found: LaunchWindows) -> str:
    """SVG text."""
    months = _months(found)
    pen = Svg(WIDE, TOP + ROW * len(months) + FOOT,
              f"Launch windows from {found.pad.name} from {found.window.start.day} on")
    pen.text(16, 28, f"When {found.ship} can leave {found.pad.name}", "h")
    pen.text(16, 47, f"{found.source}; liftoffs UTC; filled: Sun up at the pad, hollow: twilight or night", "dim")
    _legend(pen, found)
    _grid(pen, found, months)
    for day in {d.liftoff.day: d for d in reversed(found.days)}.values():
        _phase(pen, day, months)
    several = [one.liftoff.day for one in found.opportunities]
    for k, one in enumerate(found.opportunities):
        _mark(pen, found, one, months, (several[:k].count(one.liftoff.day), several.count(one.liftoff.day)))
    _pushes(pen, found, months)
    _foot(pen, found, TOP + ROW * len(months))
    colours = "".join(f".z{k}{{fill:{c}}}.s{k}{{stroke:{c}}}" for k, c in enumerate(COLOURS))
    strengths = "".join(f".{name}{{opacity:{value}}}" for name, value in STRENGTH.items())
    return str(pen).replace("</title>", f"</title>{STYLE}{colours}{strengths}</style>", 1) + "\n"


def _months(found: LaunchWindows) -> list[date]:
    """The first of each month that the window touches."""
    first, last = found.window.start.day.replace(day=1), found.window.stop.day
    out = [first]
    while (later := (out[-1] + timedelta(days=32)).replace(day=1)) <= last:
        out.append(later)
    return out


def _place(day: date, months: list[date]) -> tuple[float, float]:
    """Left and top of a day's cell."""
    return LEFT + CELL * (day.day - 1), TOP + ROW * months.index(day.replace(day=1))


def _legend(pen: Svg, found: LaunchWindows) -> None:
    x = 16.0
    for k, profile in enumerate(found.profiles):
        pen.circle(x + 5, 68, 5, f"z{k % len(COLOURS)}")
        told = (f"{profile.name}, {np.degrees(profile.phase_min_rad):g} to {np.degrees(profile.phase_max_rad):g}°")
        pen.text(x + 16, 72, told, "d")
        x += text_width(told, 11) + 40
    x = 16.0
    for name, told in (("sure", "phase in the window with 75 % or more"), ("likely", "with 30 to 75 %"),
                       ("open", "with less: one of those that may come")):
        pen.circle(x + 5, 90, 5, f"any {name}")
        pen.text(x + 16, 94, told, "d")
        x += text_width(told, 11) + 40


def _grid(pen: Svg, found: LaunchWindows, months: list[date]) -> None:
    for number in range(1, 32):
        pen.text(LEFT + CELL * (number - 0.5), TOP - 8, str(number), "dim d", "middle")
    for k, month in enumerate(months):
        y = TOP + ROW * k
        days = ((month + timedelta(days=32)).replace(day=1) - month).days
        pen.rect(LEFT, y + 2, CELL * days, ROW - 4, "row")
        for day in (month + timedelta(days=n) for n in range(days)):
            if day.weekday() >= 5:
                pen.rect(LEFT + CELL * (day.day - 1), y + 2, CELL, ROW - 4, "end")
        name = month.strftime("%b %Y") if k == 0 or month.month == 1 else month.strftime("%b")
        pen.text(LEFT - 12, y + ROW / 2 + 4, name, "", "end")
        pen.line(LEFT, y + ROW, LEFT + 31 * CELL, y + ROW, "grid")


def _phase(pen: Svg, day: PlaneDay, months: list[date]) -> None:
    """The day's phase, small, as long as it is known at all."""
    x, y = _place(day.liftoff.day, months)
    if day.phase_error_rad < np.pi / 2:
        pen.text(x + CELL / 2, y + 13, f"{np.degrees(day.phase_rad):.0f}°", "p")


def _mark(pen: Svg, found: LaunchWindows, one: LaunchWindow, months: list[date], turn: tuple[int, int]) -> None:
    """One of several windows of a day stands beside the others; their times are in its title."""
    k = [p.id for p in found.profiles].index(one.profile) % len(COLOURS)
    x, y = _place(one.liftoff.day, months)
    title = (f"{one.profile}: liftoff {one.liftoff.iso()} ± {one.doubt.liftoff_s:.0f} s, docking {one.docking.iso()}, "
             f"phase {np.degrees(one.phase_rad):.1f} ± {np.degrees(one.doubt.phase_rad):.1f} deg, "
             f"chance {100 * one.doubt.chance:.0f} %, "
             f"{'; '.join((one.light, *(conflict_words(c) for c in one.conflicts)))}")
    look = f"z{k}" if one.light == "day" else f"hollow s{k}"
    place = x + CELL * (turn[0] + 0.5) / turn[1]
    pen.circle(place, y + 23, 5.5 if turn[1] == 1 else 4.0, f"{look} {certainty(one)}", title)
    if one.conflicts:
        pen.circle(place, y + 23, 8.5 if turn[1] == 1 else 6.0, "ring")
    if turn[0] == 0:
        pen.text(x + CELL / 2, y + 41, one.liftoff.iso()[11:16], "t")


def _pushes(pen: Svg, found: LaunchWindows, months: list[date]) -> None:
    """A triangle where the reboost stands that was asked for."""
    push = found.reboost
    if push is not None and push.dv_m_s != 0.0 and push.at.day.replace(day=1) in months:
        x, y = _place(push.at.day, months)
        sign = 1.0 if push.dv_m_s > 0 else -1.0
        pen.path(np.array([-5.0, 0.0, 5.0]) + x + CELL / 2, y + 23 + sign * np.array([4.0, -4.0, 4.0]), "push",
                 closed=True, title=f"reboost {signed(push.dv_m_s, 2)} m/s at {push.at.iso()}")


def _foot(pen: Svg, found: LaunchWindows, y: float) -> None:
    sure = sum(certainty(one) == "sure" for one in found.opportunities)
    pen.text(16, y + 26, f"{len(found.opportunities)} windows, {sure} of them sure; red ring: another event of the "
             "station is near; small: the station's phase, deg, as long as it is known", "dim")
    if found.held_from < found.window.stop:
        pen.text(16, y + 44, f"from {found.held_from.iso()[:10]} on the station is taken to keep its mean height: its "
                 "reboosts are not known", "dim")
