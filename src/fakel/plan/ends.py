"""A craft's path for questions of reach, and what it may be in reach of: ground stations, relays, other craft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from fakel.estimate.elements import epoch_of, satrec_from_lines, sgp4_gcrf
from fakel.model.arrays import FloatArray
from fakel.model.contact import CRAFT, GROUND, RELAY
from fakel.model.day import midnight
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import FlightError, InputError
from fakel.model.flight import Arc
from fakel.model.frame import Frame
from fakel.model.place import Network, Relay, Site
from fakel.physics import frames, geodesy, link
from fakel.world import World

RELAY_STEP_S = 300.0                        # cubic pieces of that length follow a geostationary path to 0.03 m
OLDEST_ELEMENTS_S = 60 * 86_400.0
Motion = Callable[[FloatArray], tuple[FloatArray, FloatArray]]
"""Position (n, 3) m and velocity (n, 3) m/s at times (n,), s after the scene's start."""


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A craft's path over one window: arc in GCRF, the same in ITRF; times t_s count from arc.start."""

    arc: Arc
    fixed: Arc
    world: World
    window: Window

    @property
    def span_s(self) -> tuple[float, float]:
        return self.window.start - self.arc.start, self.window.stop - self.arc.start

    def world_s(self, t_s: FloatArray) -> FloatArray:
        return np.asarray(self.world.seconds(self.arc.start) + t_s)

    def body_from_gcrf(self, t_s: FloatArray) -> FloatArray:
        """Matrices (n, 3, 3), the attitude's samples joined by great circles (4 deg apart: within 1e-5 rad)."""
        q, knots = self.arc.attitude, self.arc.t_s
        i = np.clip(np.searchsorted(knots, t_s, side="right") - 1, 0, len(knots) - 2)
        share = np.clip((t_s - knots[i]) / np.maximum(knots[i + 1] - knots[i], 1e-12), 0.0, 1.0)[:, None]
        near = np.where(np.sum(q[i] * q[i + 1], axis=1, keepdims=True) < 0, -q[i + 1], q[i + 1])
        mixed = (1 - share) * q[i] + share * near
        return frames.matrix_from_quaternion(mixed / np.linalg.norm(mixed, axis=1, keepdims=True))


def scene_of(arc: Arc, world: World, window: Window | None = None) -> Scene:
    """The scene of an arc in GCRF. InputError when the window leaves the arc."""
    known = Window(arc.start + float(arc.t_s[0]), arc.stop)
    window = window or known
    if window.start < known.start or window.stop > known.stop:
        raise InputError(f"coverage from {window.start.iso()} to {window.stop.iso()} is asked for, but {arc.craft} is "
                         f"known from {known.start.iso()} to {known.stop.iso()} only; ask inside that")
    return Scene(arc, in_itrf(arc, world), world, window)


def in_itrf(arc: Arc, world: World) -> Arc:
    """The same path as seen from the turning Earth."""
    position, velocity = world.to_itrf(world.seconds(arc.start) + arc.t_s, arc.position_m, arc.velocity_m_s)
    return replace(arc, frame=Frame.ITRF, position_m=position, velocity_m_s=velocity)


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """The other end of a link: a ground station, a relay or a craft; its motion in both frames and when it serves."""

    id: str
    name: str
    kind: str
    itrf: Motion
    gcrf: Motion
    serves: Window
    site: Site | None = None
    relay: Relay | None = None
    told: str = ""


def ground_end(site: Site, scene: Scene) -> End:
    """A ground station."""
    place = geodesy.itrf_from_geodetic(site.latitude_rad, site.longitude_rad, site.height_m)
    return End(site.id, site.name, GROUND, *_resting(place, scene), scene.window, site=site)


def _resting(place_itrf_m: FloatArray, scene: Scene) -> tuple[Motion, Motion]:
    """The motion of what rests on the Earth, or over it."""
    def itrf(t_s: FloatArray) -> tuple[FloatArray, FloatArray]:
        return np.broadcast_to(place_itrf_m, (len(t_s), 3)), np.zeros((len(t_s), 3))

    def gcrf(t_s: FloatArray) -> tuple[FloatArray, FloatArray]:
        return scene.world.to_gcrf(scene.world_s(t_s), *itrf(t_s))
    return itrf, gcrf


def relay_end(relay: Relay, scene: Scene) -> End:
    """A relay satellite: where SGP4 carries its element set, or at rest over its longitude where it has no set or one
    that is too old (told).

    InputError when it does not serve on any day of the scene, or its elements are too old and it has no longitude.
    """
    serves = service(relay) & scene.window
    if serves is None:
        raise InputError(f"relay {relay.id} {_dates(relay)}, not between {scene.window.start.iso()} and "
                         f"{scene.window.stop.iso()}; leave it out or mend its dates")
    old = _too_old(relay, scene.window) if relay.elements else ""
    told = ""
    if relay.elements and not old:
        motions = _sampled(relay_arc(relay, scene), scene)
    elif relay.longitude_rad is not None:
        motions = _resting(link.geostationary_itrf_m(relay.longitude_rad), scene)
        told = f"{old}; it is taken to rest over its longitude" if old else ""
    else:
        raise InputError(f"{old}; give a newer one or a longitude_deg")
    return End(relay.id, relay.name, RELAY, *motions, serves, relay=relay, told=told)


def _too_old(relay: Relay, window: Window) -> str:
    """What to tell of elements too far from a window; empty when they are not."""
    epoch = epoch_of(satrec_from_lines(*relay.elements))
    age_s = max(abs(edge - epoch) for edge in (window.start, window.stop))
    if age_s <= OLDEST_ELEMENTS_S:
        return ""
    return f"relay {relay.id}: its element set of {epoch.iso()} is {age_s / 86_400:.0f} days away"


def relay_arc(relay: Relay, scene: Scene) -> Arc:
    """The path of a relay by its element set, over the scene."""
    satellite = satrec_from_lines(*relay.elements)
    first, last = scene.span_s
    t_s = np.linspace(first, last, max(2, int(np.ceil((last - first) / RELAY_STEP_S)) + 1))
    try:
        rows = sgp4_gcrf(satellite, scene.world, scene.world_s(t_s))
    except FlightError as error:
        raise InputError(f"relay {relay.id}: {error}") from None
    still = np.tile([1.0, 0.0, 0.0, 0.0], (len(t_s), 1))
    return Arc("coast", relay.id, Frame.GCRF, scene.arc.start, t_s, rows[:, :3], rows[:, 3:], still, np.ones(len(t_s)))


def craft_end(other: Arc, scene: Scene) -> End:
    """Another craft, whose arc in GCRF counts for as long as it lasts. InputError when it never shares the window."""
    serves = Window(other.start + float(other.t_s[0]), other.stop) & scene.window
    if serves is None:
        raise InputError(f"{other.craft} is known from {other.start.iso()} to {other.stop.iso()}, not between "
                         f"{scene.window.start.iso()} and {scene.window.stop.iso()}")
    return End(other.craft, other.craft, CRAFT, *_sampled(other, scene), serves)


def _sampled(arc: Arc, scene: Scene) -> tuple[Motion, Motion]:
    """The motion of an arc in GCRF, at times that count from the scene's start."""
    later_s, fixed = scene.arc.start - arc.start, in_itrf(arc, scene.world)
    return (lambda t_s: fixed.at(later_s + t_s)), (lambda t_s: arc.at(later_s + t_s))


def ends_of(network: Network, scene: Scene, ground: bool = True, relays: bool = True) -> tuple[End, ...]:
    """All ends of a network; relays out of service on the scene's days are left out."""
    sites = network.ground if ground else ()
    serving = [r for r in network.relays if service(r) & scene.window is not None] if relays else []
    return (*(ground_end(site, scene) for site in sites), *(relay_end(relay, scene) for relay in serving))


def service(relay: Relay) -> Window:
    """When a relay serves: from 00:00 UTC of usable_from to 00:00 UTC of usable_until; empty is open."""
    first, last = relay.usable_from or "1960-01-01", relay.usable_until or "2200-01-01"
    return Window(_day(first), _day(last))


def _day(text: str) -> Epoch:
    return midnight(date.fromisoformat(text))


def _dates(relay: Relay) -> str:
    parts = [f"from {relay.usable_from}"] if relay.usable_from else []
    parts += [f"until {relay.usable_until}"] if relay.usable_until else []
    return f"serves {' '.join(parts)}"


def named(ends: Sequence[End], wanted: Sequence[str], where: str) -> tuple[End, ...]:
    """The ends of these ids or names, large or small letters. InputError for one that is not there."""
    known = {end.name.casefold(): end for end in ends} | {end.id.casefold(): end for end in ends}
    for name in wanted:
        if name.casefold() not in known:
            raise InputError(f"{where} = {name!r} is not known; write one of: {', '.join(end.id for end in ends)}")
    return tuple(known[name.casefold()] for name in wanted)
