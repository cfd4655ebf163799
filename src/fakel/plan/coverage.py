"""What an orbit is given minute by minute: sunlight, ground stations in view, relay satellites in view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray
from fakel.model.contact import GROUND, RELAY, Pass
from fakel.model.epoch import Epoch, Window, Windows, windows_where
from fakel.model.flight import Arc, Channel
from fakel.model.place import Network
from fakel.physics import light
from fakel.plan.contacts import passes, sunlight
from fakel.plan.ends import ends_of, scene_of
from fakel.world import World

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Sky:
    """An arc's light and link on an even grid: sample i is step_s x i after start.

    relays and sites, keyed by id: whether each is in view. lit and passes: the same with exact edges.
    """

    start: Epoch
    step_s: float
    sunlit: Flags
    relays: Mapping[str, Flags]
    sites: Mapping[str, Flags]
    beta_rad: FloatArray
    lit: Windows = ()
    passes: tuple[Pass, ...] = ()

    @property
    def t_s(self) -> FloatArray:
        return np.arange(len(self.sunlit)) * self.step_s

    @property
    def relay(self) -> Flags:
        """In view of one relay or more."""
        return _any(self.relays.values(), len(self.sunlit))

    @property
    def ground(self) -> Flags:
        """In view of one ground station or more."""
        return _any(self.sites.values(), len(self.sunlit))

    @property
    def link(self) -> Flags:
        return self.relay | self.ground

    def flags(self, wish: str) -> Flags:
        """The samples that grant a wish of a task: light, dark, link, relay, ground or tv (light and relay)."""
        match wish:
            case "light":
                return self.sunlit
            case "dark":
                return ~self.sunlit
            case "tv":
                return self.sunlit & self.relay
            case _:
                return {"link": self.link, "relay": self.relay, "ground": self.ground}[wish]


WISHES = ("light", "dark", "link", "relay", "ground", "tv")


def _any(flags: Iterable[Flags], n: int) -> Flags:
    return np.logical_or.reduce([np.zeros(n, bool), *flags])


def sky_over(arc: Arc, network: Network, world: World, *, start: Epoch | None = None, stop: Epoch | None = None,
             step_s: float = 30.0) -> Sky:
    """Light and link along an arc (GCRF) from start to stop (default: all of it).

    Sun: conical shadow; it is light while any part of the Sun's disc is seen. Relays and ground stations: as
    ``contacts.passes``. The edges of light and passes are exact; flags say whether a sample lies inside.
    Raises InputError outside the arc.
    """
    window = Window(start or arc.start + float(arc.t_s[0]), stop or arc.stop)
    scene = scene_of(arc, world, window)
    count = int(window.duration_s / step_s + 1e-9) + 1
    t_s = np.arange(count) * step_s
    sun_m = world.sun_gcrf_m(world.seconds(window.start) + t_s)
    position_m, velocity_m_s = arc.at(scene.span_s[0] + t_s)
    ends = ends_of(network, scene)
    found = passes(scene, network, ends)
    lit = sunlight(scene)

    def seen(kind: str) -> dict[str, Flags]:
        return {e.id: flags_of([p.window for p in found if p.other == e.id], window.start, t_s)
                for e in ends if e.kind == kind}
    return Sky(window.start, step_s, flags_of(lit, window.start, t_s), seen(RELAY), seen(GROUND),
               light.beta_rad(position_m, velocity_m_s, sun_m), lit, found)


def flags_of(found: Iterable[Window], start: Epoch, t_s: FloatArray) -> Flags:
    """Which samples (n,) lie in one of the windows."""
    out = np.zeros(len(t_s), bool)
    for window in found:
        first, last = np.searchsorted(t_s, [window.start - start, window.stop - start])
        out[first:last] = True
        if last == len(t_s) - 1 and window.stop - start >= t_s[-1]:
            out[last] = True                                     # the very last sample is the end of what is known
    return out


def windows(sky: Sky, flags: Flags) -> Windows:
    """Windows of samples that are true, to the grid's step."""
    return windows_where(flags, sky.start, sky.t_s)


def window_table(found: Windows, **constant: str) -> dict[str, list[Any]]:
    """A study of windows: one row each, UTC text, length in minutes, and the constant columns given."""
    table: dict[str, list[Any]] = {name: [value] * len(found) for name, value in constant.items()}
    return table | {"start_utc": [w.start.iso(3) for w in found], "stop_utc": [w.stop.iso(3) for w in found],
                    "length_min": [w.duration_s / 60.0 for w in found]}


def sunlight_table(sky: Sky) -> dict[str, list[Any]]:
    """Study ``sunlight``: the stretches of sunlight."""
    return window_table(sky.lit)


def ground_table(sky: Sky) -> dict[str, list[Any]]:
    """Study ``passes_ground``: each pass over each ground station, in order of time."""
    rows = [p for p in sky.passes if p.kind == GROUND]
    table = window_table(tuple(p.window for p in rows))
    return {"site": [p.other for p in rows], **table,
            "max_elevation_deg": [float(np.degrees(p.highest_rad)) for p in rows],
            "begins": [p.begins for p in rows], "ends": [p.ends for p in rows]}


def relay_table(sky: Sky) -> dict[str, list[Any]]:
    """Study ``passes_relay``: when each relay is in view, in order of time."""
    rows = [p for p in sky.passes if p.kind == RELAY]
    return {"relay": [p.other for p in rows], **window_table(tuple(p.window for p in rows)),
            "begins": [p.begins for p in rows], "ends": [p.ends for p in rows]}


def sky_tables(sky: Sky) -> dict[str, dict[str, list[Any]]]:
    """Studies ``sunlight``, ``passes_ground`` and ``passes_relay``."""
    return {"sunlight": sunlight_table(sky), "passes_ground": ground_table(sky), "passes_relay": relay_table(sky)}


def sky_channels(sky: Sky) -> tuple[Channel, ...]:
    """``station.link_relay``, ``station.link_ground`` and ``station.beta_rad`` (every arc gets its track elsewhere)."""
    rows = (("link_relay", "0 or 1", sky.relay.astype(float)), ("link_ground", "0 or 1", sky.ground.astype(float)),
            ("beta_rad", "rad", sky.beta_rad))
    return tuple(Channel(f"station.{name}", unit, sky.start, sky.t_s, values) for name, unit, values in rows)
