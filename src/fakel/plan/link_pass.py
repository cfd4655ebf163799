"""A link along a path: contacts with ground stations and relays, margin and bit rate sample by sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray
from fakel.model.budget import AirLoss, Budget, Geometry
from fakel.model.downlink import SendWindow
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.place import Network, Relay, Site
from fakel.model.radio import Link
from fakel.physics import geodesy, link
from fakel.plan.coverage import usable
from fakel.plan.downlink import windows_of_rates
from fakel.plan.link_budget import budget
from fakel.world import World


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A craft on a grid: t_s (n,) after start, position (n, 3) m in GCRF and ITRF, the Sun (n, 3) m in ITRF."""

    start: Epoch
    t_s: FloatArray
    position_itrf_m: FloatArray
    sun_itrf_m: FloatArray

    @classmethod
    def of(cls, world: World, start: Epoch, t_s: FloatArray, position_gcrf_m: FloatArray,
           velocity_gcrf_m_s: FloatArray) -> Path:
        """From states (n, 3) in GCRF."""
        at = world.seconds(start) + t_s
        fixed, _ = world.to_itrf(at, position_gcrf_m, velocity_gcrf_m_s)
        sun, _ = world.to_itrf(at, world.sun_gcrf_m(at), np.zeros_like(position_gcrf_m))
        return cls(start, np.asarray(t_s, float), fixed, sun)


@dataclass(frozen=True, slots=True, eq=False)
class Contact:
    """One stretch in view of a station or relay, with its geometry (t_s counts from the path's start)."""

    other: str
    name: str
    start: Epoch
    stop: Epoch
    geometry: Geometry
    site: Site | None = None


def contacts(path: Path, spec: Link, network: Network, only: str | None = None) -> tuple[Contact, ...]:
    """Contacts of the kind that a link uses (relays or ground stations), in order of time.

    Antennas are taken as steered: off-axis angles are zero. Sun: its angle from the receiver's line to the craft. The
    grid's step is the precision of the ends. InputError for a name that the network lacks, or a link that needs none.
    """
    if spec.by == "near":
        raise InputError(f"{spec.id} speaks to something near, not along a path; give --range-km")
    others: tuple[Site, ...] | tuple[Relay, ...] = network.relays if spec.by == "relay" else network.ground
    if only is not None:
        others = tuple(o for o in others if o.id == only)         # type: ignore[assignment]
        if not others:
            known = ", ".join(o.id for o in (network.relays if spec.by == "relay" else network.ground))
            raise InputError(f"{only!r} is not in network {network.id!r}; write one of: {known}")
    found = [contact for other in others for contact in _contacts_with(path, spec, network, other)]
    return tuple(sorted(found, key=lambda c: (c.start, c.other)))


def _contacts_with(path: Path, spec: Link, network: Network, other: Site | Relay) -> list[Contact]:
    up = spec.hops[0].ground == "transmitter"
    if isinstance(other, Site):
        seen, place, elevation = _from_site(path, network, other)
    elif usable(other, path.start):
        place, elevation = link.geostationary_itrf_m(other.longitude_rad), None
        seen = link.sees_relay(path.position_itrf_m, other.longitude_rad, network.grazing_height_m)
    else:
        return []
    line = path.position_itrf_m - place
    ear, far = (path.position_itrf_m, -line) if up else (place, line)
    sun_off = _angle(far, path.sun_itrf_m - ear)
    found = []
    for first, last in _runs(seen):
        part = slice(first, last)
        geometry = Geometry(np.linalg.norm(line[part], axis=1), path.t_s[part],
                            None if elevation is None else elevation[part], sun_off_rad=sun_off[part])
        found.append(Contact(other.id, other.name, path.start + float(path.t_s[first]),
                             path.start + float(path.t_s[last - 1]), geometry,
                             other if isinstance(other, Site) else None))
    return found


def _from_site(path: Path, network: Network, site: Site) -> tuple[NDArray[np.bool_], FloatArray, FloatArray]:
    """Whether seen (n,), place (3,), elevation (n,)."""
    elevation = geodesy.look(path.position_itrf_m, site.latitude_rad, site.longitude_rad, site.height_m)[0]
    mask = network.elevation_mask_rad if site.elevation_mask_rad is None else site.elevation_mask_rad
    place = geodesy.itrf_from_geodetic(site.latitude_rad, site.longitude_rad, site.height_m)
    return elevation > mask, np.asarray(place, float).reshape(3), elevation


def _angle(a: FloatArray, b: FloatArray) -> FloatArray:
    """Between rows (n, 3)."""
    across = np.linalg.norm(np.cross(a, b), axis=-1)
    return np.asarray(np.arctan2(across, np.sum(a * b, axis=-1)))


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open index ranges of two samples or more in which flags are true."""
    edges = np.flatnonzero(np.diff(np.r_[0, flags.astype(int), 0]))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2]) if b - a >= 2]


@dataclass(frozen=True, slots=True, eq=False)
class Along:
    """A link along one stretch: budgets of its modes, which of them is used (n,), -1 for none, and its bits.

    rate_bit_s (n,). bits: what the stretch carries; a step carries the lesser of its ends. sun_db: the most that Sun
    and weather take from G/T.
    """

    budgets: tuple[Budget, ...]
    mode: NDArray[np.int_]
    t_s: FloatArray
    rate_bit_s: FloatArray
    bits: float

    @property
    def margin_db(self) -> FloatArray:
        """Of the mode in use, or of the one nearest to closing where none does."""
        all_ = np.array([b.margin_db for b in self.budgets])
        best = np.where(self.mode >= 0, self.mode, np.argmax(all_, axis=0))
        return np.asarray(np.take_along_axis(all_, best[None], axis=0)[0])


def along(spec: Link, geometry: Geometry, air: AirLoss | None = None, f107: float = 100.0) -> Along:
    """The fastest mode that closes with the link's margin, sample by sample.

    An analogue mode carries no bits; it is taken when no digital one closes. Raises as ``budget``.
    """
    budgets = tuple(budget(spec, mode, geometry, air, f107) for mode in spec.modes)
    rates = np.array([mode.bit_rate_bit_s or 0.0 for mode in spec.modes])
    order = np.argsort(-rates, kind="stable")
    chosen = np.full(len(geometry.range_m), -1)
    for i in order[::-1]:
        chosen = np.where(budgets[i].closes, i, chosen)
    used = np.where(chosen >= 0, rates[chosen], 0.0)
    t_s = geometry.t_s if geometry.t_s is not None else np.zeros(1)
    bits = float(np.sum(np.minimum(used[:-1], used[1:]) * np.diff(t_s)))
    return Along(budgets, chosen, t_s, used, bits)


def send_windows(start: Epoch, stretches: list[Along]) -> tuple[SendWindow, ...]:
    """What one channel carries along many stretches that may overlap (two relays at once): the fastest of them."""
    if not stretches:
        return ()
    t_s = np.unique(np.concatenate([s.t_s for s in stretches]))
    best = np.zeros(len(t_s) - 1)
    middle = 0.5 * (t_s[:-1] + t_s[1:])
    for s in stretches:
        steps = np.minimum(s.rate_bit_s[:-1], s.rate_bit_s[1:])
        i = np.clip(np.searchsorted(s.t_s, middle, side="right") - 1, 0, len(steps) - 1)
        inside = (middle > s.t_s[0]) & (middle < s.t_s[-1])
        best = np.maximum(best, np.where(inside, steps[i], 0.0))
    return windows_of_rates(start, t_s, best)
