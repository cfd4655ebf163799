"""A link along a path: geometry of each pass with the Sun beside it, margin and bit rate sample by sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.budget import AirLoss, Along, Geometry
from fakel.model.contact import Contact, Pass
from fakel.model.downlink import SendWindow
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.place import Network, Site
from fakel.model.radio import Link
from fakel.physics.link import angle_rad
from fakel.plan.contacts import contact, passes
from fakel.plan.downlink import windows_of_rates
from fakel.plan.ends import End, Scene, ends_of, named
from fakel.plan.link_budget import budget


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A pass, its sampled contact, and the geometry that a budget takes: t_s counts from the scene's start."""

    seen: Pass
    contact: Contact
    geometry: Geometry
    site: Site | None


def stretches(scene: Scene, spec: Link, network: Network, only: str | None = None, step_s: float = 10.0
              ) -> tuple[Stretch, ...]:
    """The passes of the kind that a link uses (relays or ground stations), in order of time.

    A steered antenna is never off its axis. For one that is fixed to the craft the angle from the axis counts, where
    the network describes how it is mounted. InputError where it does not, for an id that the network lacks, and for a
    link to something near.
    """
    if spec.by == "near":
        raise InputError(f"{spec.id} speaks to something near, not along a path; give --range-km")
    ends = ends_of(network, scene, ground=spec.by == "ground", relays=spec.by == "relay")
    ends = tuple(end for end in ends if not spec.partners or end.id.startswith(spec.partners))
    if not ends:
        raise InputError(f"{spec.id} speaks with {' or '.join(spec.partners) or spec.by}, which network {network.id!r} "
                         "lacks on these days; give another --network")
    ends = named(ends, [only], "--only") if only is not None else ends
    by_id = {end.id: end for end in ends}
    found = []
    for seen in passes(scene, network, ends):
        end = by_id[seen.other]
        sampled = contact(scene, end, seen.window, network, step_s)
        found.append(Stretch(seen, sampled, _geometry(scene, spec, end, sampled), end.site))
    return tuple(found)


def _geometry(scene: Scene, spec: Link, end: End, sampled: Contact) -> Geometry:
    t_s = sampled.window.start - scene.arc.start + sampled.t_s
    up = spec.sends == "other"
    own = (spec.hops[0].receiver if up else spec.hops[0].transmitter).antenna
    fixed = not own.steered and own.pattern != "omni"
    if fixed and np.isnan(sampled.off_boresight_rad).any():
        raise InputError(f"{spec.id} has an antenna that is fixed to the craft; give --antennas, which say where its "
                         "axis points")
    off = sampled.off_boresight_rad if fixed else None
    return Geometry(sampled.range_m, t_s, sampled.elevation_rad if end.site is not None else None,
                    off_transmitter_rad=None if up else off, off_receiver_rad=off if up else None,
                    sun_off_rad=_sun_off_rad(scene, end, t_s, up))


def _sun_off_rad(scene: Scene, end: End, t_s: FloatArray, up: bool) -> FloatArray:
    """From the receiver's line to the transmitter to the Sun."""
    here, there = scene.arc.at(t_s)[0], end.gcrf(t_s)[0]
    ear, mouth = (here, there) if up else (there, here)
    return angle_rad(mouth - ear, scene.world.sun_gcrf_m(scene.world_s(t_s)) - ear)


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
