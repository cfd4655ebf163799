"""How two people hold themselves to film each other: face to face, one high and one low, with a thing in hand.

Everybody holds a rail with the hand that is nearer to the hull, an arm's length from the chest. Who has the thing hangs
low, away from hull and zenith; the other floats high: so the helmet camera looks down past the thing at the Earth. The
body may turn about its hold; only the hold stays. Axes: LVLH of the station, metres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.outfit import HelmetCamera
from fakel.physics.blockage import Body, gap_m
from fakel.physics.frames import attitude_along, matrix_from_quaternion
from fakel.physics.view import before_earth, hidden, in_picture
from fakel.plan.rails import Rails, body

ARM_M = 0.6
"""From the hand on the rail to the middle of the chest: ASSUMED, an arm that is nearly stretched."""
LEAN_RAD = np.radians(40.0)
"""How far above or below straight away from the hull the arm points in a scene: ASSUMED."""
GRIP_M = (0.5, 0.35, 0.3)
"""The free hand from the chest, in body axes, at the side away from the hull: ASSUMED, held out at the waist."""
HELD_AT = 1 / 3
"""The hand is so far up a thing that is held upright: ASSUMED."""
HELMET_M = (0.05, 0.0, -0.4)
"""The middle of the helmet from the chest, in body axes: ASSUMED."""
CLEAR_M = 0.3
"""A chest is at least so far from any hull: ASSUMED, half the depth of a suit."""
APART_M = (0.8, 2.0)
"""Rails of two people who film each other: ASSUMED, from elbow room to what two arms and a thing between them span."""
DIP_RAD = np.radians(21.0)
"""The horizon's dip that a place is chosen for: somewhat more than that of an orbit of 420 km, 20.2 deg."""
ZENITH = np.array([0.0, 0.0, -1.0])


@dataclass(frozen=True, slots=True, eq=False)
class Stance:
    """One person: middle of the chest (3,), attitude (4,) as in ``State``, and which way the free hand is (1 right)."""

    chest_m: FloatArray
    attitude: FloatArray
    free: float

    def at(self, body_m: Sequence[float]) -> FloatArray:
        """A place (3,) given in body axes from the chest."""
        return np.asarray(self.chest_m + np.asarray(body_m) @ matrix_from_quaternion(self.attitude))

    def thing(self, length_m: float) -> FloatArray:
        """A thing of that length in the free hand: its ends and its middle (3, 3)."""
        ahead, side, down = GRIP_M
        ups = np.array([1.0 - HELD_AT, 0.5 - HELD_AT, -HELD_AT]) * length_m
        return np.array([self.at((ahead, self.free * side, down - up)) for up in ups])

    @property
    def person(self) -> FloatArray:
        """Helmet and chest (2, 3): what a picture of somebody has to hold."""
        return np.array([self.at(HELMET_M), self.chest_m])


def chest_m(rail_m: FloatArray, out: FloatArray, lean_rad: float) -> FloatArray:
    """The chest (3,) of who holds a rail, the arm leaning above (below 0: below) straight away from the hull."""
    across = out - ZENITH * np.dot(out, ZENITH)
    if np.linalg.norm(across) < 0.1:                                  # on top of a hull, or under it: straight away
        return np.asarray(rail_m + ARM_M * out)
    towards = across / np.linalg.norm(across)
    return np.asarray(rail_m + ARM_M * (np.cos(lean_rad) * towards + np.sin(lean_rad) * ZENITH))


def face_to_face(rails: Rails, low: int, high: int) -> tuple[Stance, Stance]:
    """Two people at two rails who look at each other, heads up."""
    chests = [chest_m(rails.at_m[n], rails.out[n], lean) for n, lean in ((low, -LEAN_RAD), (high, LEAN_RAD))]
    return _looking(rails, low, chests[0], chests[1]), _looking(rails, high, chests[1], chests[0])


def _looking(rails: Rails, rail: int, here: FloatArray, there: FloatArray) -> Stance:
    line = there - here
    steep = abs(line[2]) > 0.99 * np.linalg.norm(line)
    attitude = attitude_along(line, rails.out[rail] if steep else ZENITH)
    right = matrix_from_quaternion(attitude)[1]
    return Stance(here, attitude, 1.0 if np.dot(right, rails.out[rail]) >= 0.0 else -1.0)


@dataclass(frozen=True, slots=True)
class View:
    """What a helmet camera has of its partner and of a thing. in_frame: both in the picture and nothing before them."""

    in_frame: bool
    earth_behind: bool
    distance_m: float


def view(camera: HelmetCamera, wearer: Stance, partner: Stance, thing_m: FloatArray, rails: Rails,
         dip_rad: float = DIP_RAD) -> View:
    """What a camera on wearer's helmet sees of partner and thing (n, 3); the last two of its points count as its body.

    Keep-outs are what may stand there or sweep: they hide the Earth, but not a partner.
    """
    eye = wearer.at(camera.at_body_m)
    points = np.concatenate([partner.person, thing_m])
    turned = (points - eye) @ matrix_from_quaternion(wearer.attitude).T
    solids, all_of = _bodies(rails)
    seen = in_picture(turned, camera.across_rad, camera.down_rad, camera.turn_rad) and not hidden(eye, points, solids)
    return View(seen, before_earth(eye, thing_m, dip_rad, all_of), float(np.linalg.norm(thing_m[1] - eye)))


@lru_cache(maxsize=4)
def _bodies(rails: Rails) -> tuple[tuple[Body, ...], tuple[Body, ...]]:
    """Solids of a station, and solids with keep-outs."""
    solids = tuple(body(s) for s in rails.structure.solids)
    return solids, (*solids, *(body(s) for s in rails.structure.keep_outs))


@lru_cache(maxsize=64)
def partner_rail(rails: Rails, place: int, camera: HelmetCamera, length_m: float) -> int | None:
    """The rail for the partner of who works at a place, so that each best films the other with a thing of that length:
    most views with the Earth behind the thing, then most in the picture, then the nearest rail. None: no room."""
    far_m = np.linalg.norm(rails.at_m - rails.at_m[place], axis=1)
    near = np.flatnonzero((far_m >= APART_M[0]) & (far_m <= APART_M[1]))
    solids = _bodies(rails)[0]
    best: tuple[float, ...] = ()
    found = None
    for rail in near[np.argsort(far_m[near], kind="stable")]:
        pairs = [face_to_face(rails, place, int(rail)), face_to_face(rails, int(rail), place)]
        chests = np.array([one.chest_m for pair in pairs for one in pair])
        if min(float(gap_m(chests, solid).min()) for solid in solids) < CLEAR_M:
            continue
        views = [view(camera, high, low, low.thing(length_m), rails) for low, high in pairs]
        score = (float(sum(v.in_frame and v.earth_behind for v in views)), float(sum(v.in_frame for v in views)))
        if score > best:
            best, found = score, int(rail)
    return found
