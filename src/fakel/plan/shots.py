"""Moments of a walk for photographs and television, found by search over its scenes.

Every scene with a thing in somebody's hand is looked at every ``STEP_S`` from the partner's and the holder's own helmet
camera. A moment is a stretch in which all that its kind asks for holds at every look; of each kind the best are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fakel.model.arrays import FloatArray
from fakel.model.contact import RELAY
from fakel.model.epoch import Epoch, Window, Windows, union
from fakel.model.outfit import HelmetCamera
from fakel.model.shots import EARTH, HANDOVER, KINDS, LIVE, PLACE, SUNRISE, SUNSET, Named, Places, Shot
from fakel.physics.blockage import hit
from fakel.physics.frames import lvlh_from_gcrf, unit
from fakel.physics.geodesy import RADIUS_M
from fakel.physics.view import horizon_dip_rad
from fakel.plan.below import subpoints, sun_below_rad
from fakel.plan.coverage import Sky
from fakel.plan.ends import Scene
from fakel.plan.rails import Rails, body
from fakel.plan.stance import Stance, view

STEP_S = 2.0
SHORTEST_S, LONGEST_S = 20.0, 60.0
LOW_SUN_S = 120.0
"""So long after sunrise and before sunset the light counts as that of a low Sun."""
HANDS_S = 45.0
"""So long before and after a thing changes hands."""
BEST_SUN_RAD = np.radians(60.0)
"""Light from the side and behind the camera gives a thing its shape: ASSUMED."""
MOST = {EARTH: 4, PLACE: 6, SUNRISE: 2, SUNSET: 2, HANDOVER: 2, LIVE: 2}
APART_S = 300.0
"""Two moments of one kind begin at least so far from each other; at named places each place has one."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Filming:
    """One stretch of a scene: seconds after hatch opening; low has the thing (item, empty when nobody has it)."""

    task: str
    title: str
    task_s: tuple[float, float]
    start_s: float
    stop_s: float
    low: str
    high: str
    item: str
    length_m: float
    rails: Mapping[str, int]
    stances: Mapping[str, Stance]

    def thing(self) -> FloatArray:
        return self.stances[self.low].thing(self.length_m)

    def other(self, person: str) -> str:
        return self.high if person == self.low else self.low


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """What all moments of a walk share. scene: the station's path. handed_s: when things change hands outside."""

    scene: Scene
    sky: Sky
    hatch_open: Epoch
    rails: Rails
    cameras: Mapping[str, HelmetCamera]
    things: Mapping[str, tuple[str, str]]
    handed_s: tuple[float, ...]
    places: Places | None

    @property
    def offset_s(self) -> float:
        """From the scene's start to the opening of the hatch."""
        return self.hatch_open - self.scene.arc.start


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """A filming at its looks t_s (n,), as one camera sees it. by_day: the Sun is up at the place below."""

    filming: Filming
    by: str
    t_s: FloatArray
    distance_m: float
    lit: Flags
    linked: Flags
    relay: Flags
    earth_behind: Flags
    by_day: Flags
    sun_rad: FloatArray
    latitude_rad: FloatArray
    longitude_rad: FloatArray
    places: tuple[Named, ...]

    @property
    def worth(self) -> FloatArray:
        """What ranks looks: link, Earth, light from a good side."""
        return np.asarray(self.linked + self.earth_behind - np.abs(self.sun_rad - BEST_SUN_RAD) / np.pi)


def shots(filmings: Sequence[Filming], stage: Stage) -> tuple[Shot, ...]:
    """The best moments of each kind, in order of time."""
    pairs = [(f, by) for f in _joined([f for f in filmings if f.item]) for by in (f.high, f.low)]
    looks = [found for f, by in pairs if (found := looks_of(f, by, stage)) is not None]
    kept = [shot for kind in KINDS for shot in _best(kind, [m for seen in looks for m in _moments(kind, seen, stage)])]
    kept.sort(key=lambda shot: (shot.window.start, shot.kind))
    counts: dict[str, int] = {}
    out = []
    for shot in kept:
        counts[shot.kind] = counts.get(shot.kind, 0) + 1
        out.append(replace(shot, id=f"{shot.kind}-{counts[shot.kind]}"))
    return tuple(out)


def _joined(filmings: Sequence[Filming]) -> list[Filming]:
    """Scenes that follow one another while everybody stays as they are, as one."""
    out: list[Filming] = []
    for f in filmings:
        if out and abs(out[-1].stop_s - f.start_s) < 1e-6 and all(
                getattr(out[-1], name) == getattr(f, name) for name in ("low", "high", "item", "rails")):
            out[-1] = replace(out[-1], stop_s=f.stop_s)
        else:
            out.append(f)
    return out


def looks_of(filming: Filming, by: str, stage: Stage) -> Looks | None:
    """None when by's camera does not have partner and thing in its picture."""
    stances, thing = filming.stances, filming.thing()
    t_s = np.arange(filming.start_s, filming.stop_s + 1e-6, STEP_S)
    scene, at_s = stage.scene, stage.offset_s + t_s
    position, velocity = scene.arc.at(at_s)
    dip = float(horizon_dip_rad(np.linalg.norm(position, axis=1), RADIUS_M).max())
    seen = view(stage.cameras[by], stances[by], stances[filming.other(by)], thing, stage.rails, dip)
    if not seen.in_frame or len(t_s) < 2:
        return None
    to_sun = scene.world.sun_gcrf_m(scene.world_s(at_s)) - position
    sun = unit(np.einsum("nij,nj->ni", lvlh_from_gcrf(position, velocity), to_sun))
    to_camera = unit(stances[by].at(stage.cameras[by].at_body_m) - thing[1])
    lit = _within(stage.sky.lit, stage, t_s) & ~_shaded(thing[1], sun, stage.rails)
    links, relays = ([p.window for p in stage.sky.passes if kind is None or p.kind == kind] for kind in (None, RELAY))
    latitude, longitude = subpoints(scene, at_s)
    return Looks(filming, by, t_s, seen.distance_m, lit, _within(union(tuple(links)), stage, t_s),
                 _within(union(tuple(relays)), stage, t_s), np.full(len(t_s), seen.earth_behind),
                 sun_below_rad(scene, at_s) > 0.0, np.arccos(np.clip(sun @ to_camera, -1.0, 1.0)), latitude, longitude,
                 _named(latitude, longitude, stage.places))


def _named(latitude: FloatArray, longitude: FloatArray, places: Places | None) -> tuple[Named, ...]:
    if places is None:
        return tuple(_by_numbers(a, b) for a, b in zip(latitude, longitude, strict=True))
    return tuple(places.below(latitude, longitude))


def _by_numbers(latitude_rad: float, longitude_rad: float) -> Named:
    a, b = np.degrees(latitude_rad), np.degrees(longitude_rad)
    told = f"{abs(a):.1f}° {'NS'[a < 0]} {abs(b):.1f}° {'EW'[b < 0]}"
    return Named(told, (told, told))


def _within(windows: Windows, stage: Stage, t_s: FloatArray) -> Flags:
    """Which looks lie in one of the windows, their ends counted in."""
    out = np.zeros(len(t_s), bool)
    for window in windows:
        out |= (t_s >= window.start - stage.hatch_open) & (t_s <= window.stop - stage.hatch_open)
    return out


def _shaded(at_m: FloatArray, sun: FloatArray, rails: Rails) -> Flags:
    """Whether the station stands between a place (3,) and the Sun (n, 3)."""
    out = np.zeros(len(sun), bool)
    for solid in rails.structure.solids:
        out |= hit(at_m, sun, body(solid))
    return out


# ---------------------------------------------------------------- moments of one kind

def _moments(kind: str, looks: Looks, stage: Stage) -> Iterator[tuple[float, Shot]]:
    """Moments with what they are worth."""
    good = _granted(kind, looks, stage)
    labels = [place.id if place.town else "" for place in looks.places] if kind == PLACE else [""] * len(good)
    for first, last in _runs(good, labels):
        if looks.t_s[last] - looks.t_s[first] >= SHORTEST_S - 1e-6:
            for a, b in _parts(kind, looks, first, last):
                yield float(looks.worth[a:b + 1].mean()), _shot(kind, looks, a, b, stage)


def _granted(kind: str, looks: Looks, stage: Stage) -> Flags:
    """The looks at which all that a kind asks for holds."""
    edges = [(w.start - stage.hatch_open, w.stop - stage.hatch_open) for w in stage.sky.lit]
    t_s = looks.t_s
    match kind:
        case "earth":
            also = looks.earth_behind
        case "place":
            also = looks.earth_behind & looks.by_day & np.array([place.town for place in looks.places])
        case "sunrise":
            also = _near([(a, a + LOW_SUN_S) for a, _ in edges], t_s)
        case "sunset":
            also = _near([(b - LOW_SUN_S, b) for _, b in edges], t_s)
        case "handover":
            also = _near([(t - HANDS_S, t + HANDS_S) for t in stage.handed_s], t_s)
        case _:
            also = looks.relay
    return looks.lit & also


def _near(spans: Sequence[tuple[float, float]], t_s: FloatArray) -> Flags:
    return np.logical_or.reduce([np.zeros(len(t_s), bool), *((t_s >= a) & (t_s <= b) for a, b in spans)])


def _runs(good: Flags, labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last of each run of good looks with one label."""
    first = None
    for k, fine in enumerate([*good, False]):
        ends = first is not None and (not fine or labels[k] != labels[first])
        if first is not None and ends:
            yield first, k - 1
            first = None
        if fine and first is None:
            first = k


def _parts(kind: str, looks: Looks, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Parts of a run, ``LONGEST_S`` at most: around its best look, and one after the other, overlapping by half. A live
    stretch is the whole run; a low Sun is lowest at the run's end that is its own."""
    most = int(LONGEST_S / STEP_S)
    if kind in (LIVE, SUNRISE, SUNSET):
        yield (first if kind != SUNSET else max(last - most, first),
               last if kind != SUNRISE else min(first + most, last))
        return
    best = first + int(np.argmax(looks.worth[first:last + 1])) - most // 2
    for start in (best, *range(first, last - most, most // 2)):
        a = min(max(start, first), max(last - most, first))
        yield a, min(a + most, last)


def _shot(kind: str, looks: Looks, a: int, b: int, stage: Stage) -> Shot:
    middle, filming = (a + b) // 2, looks.filming
    place = looks.places[middle]
    names = stage.things[filming.item]
    told = [f"{name}{_over(place, k) if kind == PLACE else ' ' + KINDS[kind][k]}" for k, name in enumerate(names)]
    window = Window(stage.hatch_open + float(looks.t_s[a]), stage.hatch_open + float(looks.t_s[b]))
    return Shot("", window, looks.by, filming.other(looks.by), filming.item, kind, (told[0], told[1]),
                float(looks.sun_rad[middle]), looks.distance_m, place, float(looks.latitude_rad[middle]),
                float(looks.longitude_rad[middle]), bool(looks.lit[a:b + 1].all()), bool(looks.linked[a:b + 1].all()),
                bool(looks.earth_behind[a:b + 1].all()))


def _over(place: Named, language: int) -> str:
    return (f" over {place.names[0]}", f", внизу {place.names[1]}")[language]


def _best(kind: str, found: Sequence[tuple[float, Shot]]) -> list[Shot]:
    """The moments worth most, not twenty of the same."""
    kept: list[Shot] = []
    for _, shot in sorted(found, key=lambda pair: (-round(pair[0], 6), pair[1].window.start)):
        same = [k for k in kept if k.place.id == shot.place.id] if kind == PLACE else [
            k for k in kept if abs(k.window.start - shot.window.start) < APART_S or (kind == LIVE and k.by == shot.by)]
        if not same and len(kept) < MOST[kind]:
            kept.append(shot)
    return kept
