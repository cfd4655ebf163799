"""Radio links for programs: a budget at one geometry, and a link along the passes of a craft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fakel.api.track import Track
from fakel.load.library import Library
from fakel.load.link_file import read_link
from fakel.model.arrays import FloatArray
from fakel.model.budget import Budget, Geometry, LinkPass, LinkReport
from fakel.model.downlink import SendWindow
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.flight import Arc
from fakel.model.place import Network, Site
from fakel.model.radio import Coding, Link, Mode
from fakel.plan.ends import scene_of
from fakel.plan.link_air import AirModel, air_of
from fakel.plan.link_budget import budget
from fakel.plan.link_pass import Stretch, along, send_windows, stretches

USUAL_F107 = 100.0
"""A middling day of the Sun, where none is said."""


def link_of(link: Link | str, settings: Sequence[str] = (), mode: str | None = None,
            bit_rate_bit_s: float | None = None, coding: str | None = None) -> Link:
    """A link by id or file, with settings ``key=value``; only one of its modes, or one of a given rate and coding.

    Raises InputError for what is unknown, and for a bit rate without coding.
    """
    found = read_link(link, settings) if isinstance(link, str) else link
    if bit_rate_bit_s is not None or coding is not None:
        return replace(found, modes=(_own_mode(bit_rate_bit_s, coding),))
    if mode is None:
        return found
    kept = tuple(m for m in found.modes if m.name == mode)
    if not kept:
        raise InputError(f"--mode = {mode!r} is not of {found.id}; write one of: "
                         + ", ".join(repr(m.name) for m in found.modes))
    return replace(found, modes=kept)


def _own_mode(bit_rate_bit_s: float | None, coding: str | None) -> Mode:
    if coding is None:
        raise InputError("--bit-rate needs --coding; write one of: " + ", ".join(sorted(Library().paths(Coding))))
    if bit_rate_bit_s is None:
        raise InputError("--coding needs --bit-rate, in Mbit/s")
    record: Coding = Library().find(Coding, coding, "--coding")
    try:
        return Mode(f"{bit_rate_bit_s / 1e6:g} Mbit/s", bit_rate_bit_s, record)
    except ValueError as error:
        raise InputError(f"--bit-rate: {error}") from error


def link_budget(link: Link | str, *, range_m: float | FloatArray | None = None,
                elevation_rad: float | FloatArray | None = None, off_transmitter_rad: float | FloatArray | None = None,
                off_receiver_rad: float | FloatArray | None = None, sun_off_rad: float | FloatArray | None = None,
                air: AirModel | None = None, site: Site | None = None, f107: float = USUAL_F107) -> tuple[Budget, ...]:
    """Budgets of all modes of a link at one or many geometries (n,). range_m None: where the link's file puts it.

    air None: as through clear air, without the extra ``links``. Raises InputError in one line.
    """
    spec = link_of(link)
    first = spec.hops[0]
    distance = first.range_m if range_m is None else range_m
    if distance is None:
        raise InputError(f"{spec.id} moves: give --range-km, or a path (--tle, --oem, --flight)")
    height = first.elevation_rad if elevation_rad is None else elevation_rad
    angles = [None if angle is None else np.atleast_1d(np.asarray(angle, float))
              for angle in (height, off_transmitter_rad, off_receiver_rad, sun_off_rad)]
    geometry = Geometry(np.atleast_1d(np.asarray(distance, float)), None, *angles)
    loss = air_of(first, geometry.elevation_rad, air or AirModel("clear"), site)
    return tuple(budget(spec, mode, geometry, loss, f107) for mode in spec.modes)


def link_along(link: Link | str, track: Track, network: Network, *, only: str | None = None,
               air: AirModel | None = None, f107: float | None = None, step_s: float = 10.0,
               start: Epoch | None = None, stop: Epoch | None = None) -> tuple[LinkReport, tuple[SendWindow, ...]]:
    """A link along the passes of a craft over the stations or relays of a network, and the windows of one channel.

    start, stop: only that part of the track. f107 None: of the day, from the table that ships. InputError in one line.
    """
    spec = link_of(link)
    model = air or AirModel("clear")
    found: list[LinkPass] = []
    told: list[str] = list(track.told)
    spans = [_inside(arc, start, stop) for arc in track.arcs]
    for arc, part in zip(track.arcs, spans):
        if part is None:
            continue
        scene = scene_of(arc, track.world, part)
        flux = _flux(scene.window) if f107 is None else f107
        for stretch in stretches(scene, spec, network, only, step_s):
            found.append(_pass(spec, stretch, model, flux))
    for one in found:
        told += [text for b in one.along.budgets for text in b.told if text not in told]
    kept = [part for part in spans if part is not None]
    if not kept:
        raise InputError(f"{track.source} holds nothing of --from to --to; ask inside it")
    told += _sun_told(found)
    span = Window(kept[0].start, kept[-1].stop)
    report = LinkReport(spec.id, spec.name, track.source, span, tuple(m.name for m in spec.modes),
                        spec.required_margin_db, tuple(sorted(found, key=lambda p: (p.window.start, p.other))),
                        tuple(dict.fromkeys(told)))
    since = [replace(p.along, t_s=p.along.t_s + (p.window.start - span.start)) for p in report.passes]
    return report, send_windows(span.start, since)


def _sun_told(found: Sequence[LinkPass]) -> list[str]:
    """What the Sun takes from the receiver at the most, and where, if it is 0.3 dB or more."""
    worst: tuple[float, str] = (0.3, "")
    for one in found:
        rows = [line.value for line in one.along.budgets[0].lines if line.key.rpartition(".")[2] == "sun_noise"]
        off = one.geometry.sun_off_rad
        if rows and off is not None and -float(rows[0].min()) >= worst[0]:
            i = int(np.argmin(rows[0]))
            when = (one.window.start + float(one.along.t_s[i])).iso()
            worst = (-float(rows[0][i]), f"{when} with {one.other}, {np.degrees(off[i]):.1f} deg from the beam")
    return [f"the Sun's noise takes up to {worst[0]:.1f} dB: {worst[1]}"] if worst[1] else []


def _inside(arc: Arc, start: Epoch | None, stop: Epoch | None) -> Window | None:
    known = Window(arc.start + float(arc.t_s[0]), arc.stop)
    return known & Window(start or known.start, stop or known.stop) if (start or known.start) < (stop or known.stop) \
        else None


def _pass(spec: Link, stretch: Stretch, model: AirModel, f107: float) -> LinkPass:
    own = replace(stretch.geometry, t_s=stretch.contact.t_s)
    loss = air_of(spec.hops[0], own.elevation_rad, model, stretch.site)
    name = stretch.site.name if stretch.site else stretch.seen.other
    return LinkPass(stretch.seen.other, name, stretch.seen.window, own, along(spec, own, loss, f107))


def _flux(window: Window) -> float:
    """F10.7 of the first day of a window."""
    from fakel.world.weather import read_weather
    whole, part = window.start.mjd_utc
    return float(read_weather(whole, whole + 1.0).at(np.array([whole + part]))[0][0])
