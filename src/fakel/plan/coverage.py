"""What an orbit is given minute by minute: sunlight, ground stations in view, relay satellites in view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch, Window, Windows, windows_where
from fakel.model.flight import Arc, Channel
from fakel.model.place import Network, Relay, Site
from fakel.physics import geodesy, light, link
from fakel.world import World

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Sky:
    """An arc's light and link on an even grid: sample i is step_s x i after start.

    relays and sites are keyed by id: whether each relay is in view, and each site's elevation in rad.
    """

    start: Epoch
    step_s: float
    sunlit: Flags
    relays: Mapping[str, Flags]
    sites: Mapping[str, FloatArray]
    mask_rad: Mapping[str, float]
    beta_rad: FloatArray

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
        return _any((self.site(name) for name in self.sites), len(self.sunlit))

    @property
    def link(self) -> Flags:
        return self.relay | self.ground

    def site(self, name: str) -> Flags:
        """In view of one ground station, above its mask."""
        return self.sites[name] > self.mask_rad[name]

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

    Sun: conical shadow; a sample is lit when any part of the Sun's disc is seen. Relays: straight line above
    the network's grazing height to the satellite's longitude on the geostationary ring. Ground: elevation
    above the site's mask (or the network's), no refraction. Raises ValueError outside the arc.
    """
    start, stop = start or arc.start + float(arc.t_s[0]), stop or arc.stop
    count = int((stop - start) / step_s + 1e-9) + 1
    t_s = np.arange(count) * step_s
    position_m, velocity_m_s = arc.at(start - arc.start + t_s)
    world_s = world.seconds(start) + t_s
    sun_m = world.sun_gcrf_m(world_s)
    fixed_m, _ = world.to_itrf(world_s, position_m, velocity_m_s)
    relays = [r for r in network.relays if usable(r, start)]
    ground = network.ground
    return Sky(
        start, step_s, light.sunlit(position_m, sun_m) > 0.0,
        {r.id: link.sees_relay(fixed_m, r.longitude_rad, network.grazing_height_m) for r in relays},
        {s.id: geodesy.look(fixed_m, s.latitude_rad, s.longitude_rad, s.height_m)[0] for s in ground},
        {s.id: _mask(s, network) for s in ground}, light.beta_rad(position_m, velocity_m_s, sun_m))


def _mask(site: Site, network: Network) -> float:
    return network.elevation_mask_rad if site.elevation_mask_rad is None else site.elevation_mask_rad


def usable(relay: Relay, epoch: Epoch) -> bool:
    """Whether a relay served the station on a date (UTC dates, empty = open)."""
    day = epoch.day.isoformat()
    return (not relay.usable_from or relay.usable_from <= day) and (not relay.usable_until or day < relay.usable_until)


def windows(sky: Sky, flags: Flags) -> Windows:
    """Windows of samples that are true, to the grid's step."""
    return windows_where(flags, sky.start, sky.t_s)


def window_table(found: Windows, **constant: str) -> dict[str, list[Any]]:
    """A study of windows: one row each, UTC text, length in minutes, and the constant columns given."""
    table: dict[str, list[Any]] = {name: [value] * len(found) for name, value in constant.items()}
    return table | {"start_utc": [w.start.iso() for w in found], "stop_utc": [w.stop.iso() for w in found],
                    "length_min": [w.duration_s / 60.0 for w in found]}


def sunlight_table(sky: Sky) -> dict[str, list[Any]]:
    """Study ``sunlight``: the stretches of sunlight."""
    return window_table(windows(sky, sky.sunlit))


def ground_table(sky: Sky) -> dict[str, list[Any]]:
    """Study ``passes_ground``: each pass over each ground station, in order of time."""
    rows = []
    for name, elevation in sky.sites.items():
        for window in windows(sky, sky.site(name)):
            inside = _slice(sky, window)
            rows.append((window, name, float(np.degrees(elevation[inside].max()))))
    rows.sort(key=lambda row: (row[0].start, row[1]))
    table = window_table(tuple(row[0] for row in rows))
    return {"site": [row[1] for row in rows], **table, "max_elevation_deg": [row[2] for row in rows]}


def relay_table(sky: Sky) -> dict[str, list[Any]]:
    """Study ``passes_relay``: when each relay is in view, in order of time."""
    rows = [(window, name) for name, flags in sky.relays.items() for window in windows(sky, flags)]
    rows.sort(key=lambda row: (row[0].start, row[1]))
    return {"relay": [row[1] for row in rows], **window_table(tuple(row[0] for row in rows))}


def sky_tables(sky: Sky) -> dict[str, dict[str, list[Any]]]:
    """Studies ``sunlight``, ``passes_ground`` and ``passes_relay``."""
    return {"sunlight": sunlight_table(sky), "passes_ground": ground_table(sky), "passes_relay": relay_table(sky)}


def _slice(sky: Sky, window: Window) -> slice:
    first = round((window.start - sky.start) / sky.step_s)
    return slice(first, max(first + 1, round((window.stop - sky.start) / sky.step_s)))


def sky_channels(sky: Sky) -> tuple[Channel, ...]:
    """``station.link_relay``, ``station.link_ground`` and ``station.beta_rad`` (every arc gets its track elsewhere)."""
    rows = (("link_relay", "0 or 1", sky.relay.astype(float)), ("link_ground", "0 or 1", sky.ground.astype(float)),
            ("beta_rad", "rad", sky.beta_rad))
    return tuple(Channel(f"station.{name}", unit, sky.start, sky.t_s, values) for name, unit, values in rows)
