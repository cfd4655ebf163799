"""Whatever shot is returned meets all that it says, by a judge that shares no code with the search."""

from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import walks
from fakel.load.library import Library
from fakel.model.epoch import Epoch
from fakel.model.outfit import Suit
from fakel.model.place import Station
from fakel.model.shots import COLUMNS, KINDS
from fakel.physics.blockage import Body
from fakel.physics.view import aimed, before_earth, hidden, in_picture

CAMERA = Library().find(Suit, "orlan-mk", "suit").camera
STRUCTURE = Library().find(Station, "iss-2013-11", "station").structure
coordinate = st.floats(-3.0, 3.0)
points = st.lists(st.tuples(coordinate, coordinate, coordinate), min_size=1, max_size=5).map(np.array)


@given(points, st.floats(0.2, 2.5), st.floats(0.2, 2.5), st.floats(0.0, 1.5))
@settings(max_examples=300, deadline=None)
def test_what_is_in_the_picture_is_inside_four_planes_of_some_camera_turned_no_farther_than_it_may(where, across, down,
                                                                                                  turn):
    """The judge finds the turn from where the search put the points, and tests planes instead of tangents."""
    turned = aimed(where, turn)
    assert np.allclose(np.linalg.norm(turned, axis=1), np.linalg.norm(where, axis=1), atol=1e-9)   # a turn only
    planes = np.array([[np.sin(across / 2), sign * np.cos(across / 2), 0.0] for sign in (1, -1)]
                      + [[np.sin(down / 2), 0.0, sign * np.cos(down / 2)] for sign in (1, -1)])
    depth = (turned @ planes.T).min()
    if abs(depth) > 1e-9:
        assert in_picture(where, across, down, turn) == bool(depth > 0.0 and (turned[:, 0] > 0.0).all())


@given(points, st.tuples(coordinate, coordinate, coordinate).map(np.array), st.sampled_from((-1, 0, 1, 2)))
@settings(max_examples=300, deadline=None)
def test_a_point_is_hidden_where_the_way_to_it_leads_through_the_solid(where, eye, along):
    solid = Body(np.array([0.3, -0.2, 0.1]), np.array([0.7, 0.5, 0.5] if along == 0 else [0.5, 0.7, 0.5] if along == 1
                                                      else [0.5, 0.5, 0.7]), along)
    steps = np.linspace(0.0, 1.0, 801)[:, None, None]
    way = eye + steps * (where - eye)
    inside = _inside(way.reshape(-1, 3), solid.centre_m, solid.half_m, along, -1e-3)
    near = _inside(way.reshape(-1, 3), solid.centre_m, solid.half_m, along, 2e-2)
    if inside.any():
        assert hidden(eye, where, (solid,))
    elif not near.any():
        assert not hidden(eye, where, (solid,))


@given(st.tuples(coordinate, coordinate, st.floats(-3.0, 3.0)).map(np.array), st.floats(6500e3, 8000e3))
@settings(max_examples=200, deadline=None)
def test_the_earth_is_behind_where_the_ray_meets_its_sphere(ray, distance_m):
    radius_m = 6378e3
    if np.linalg.norm(ray) < 1e-3:
        return
    unit = ray / np.linalg.norm(ray)
    along = unit[2] * distance_m                              # the centre is straight down, z
    miss_m = np.sqrt(max(distance_m**2 - along**2, 0.0))
    if abs(miss_m - radius_m) > 1.0:
        dip = float(np.arccos(radius_m / distance_m))
        assert before_earth(np.zeros(3), ray[None, :], dip, ()) == bool(along > 0.0 and miss_m < radius_m)


def _inside(at_m, centre_m, half_m, along, more_m):
    off = np.abs(at_m - centre_m)
    if along < 0:
        return (off <= half_m + more_m).all(axis=1)
    across = [k for k in range(3) if k != along]
    round_ = np.hypot(*(off[:, k] for k in across)) <= half_m[across[0]] + more_m
    return round_ & (off[:, along] <= half_m[along] + more_m)


# ---------------------------------------------------------------- a flown walk, judged from what it left behind

SUNSET = "2013-11-09T15:20:00Z"


@lru_cache(maxsize=2)
def leg(hatch=""):
    """The hour outside, its hatch where the planner wants it, or so that its scenes run through a night."""
    return walks.flown(lambda table: table["steps"]["walk"].update({"hatch_open": hatch} if hatch else {}))


def rows(table):
    return [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]


def turn(q):
    """Body axes as rows, from a quaternion that turns frame to body, by Rodrigues."""
    w, v = q[0], np.array(q[1:])
    cross = np.array([[0, -v[2], v[1]], [v[2], 0, -v[0]], [-v[1], v[0], 0]])
    return np.eye(3) - 2 * w * cross + 2 * cross @ cross


def stance(walk, at, person):
    return [s for s in rows(walk.studies["stances"]) if s["person"] == person
            and Epoch.utc(s["start_utc"]) <= at <= Epoch.utc(s["stop_utc"])]


def sun_lvlh(walk, at):
    arc = walk.arcs[0]
    (r,), (v,) = arc.at(at - arc.start)
    down, starboard = -r / np.linalg.norm(r), -np.cross(r, v) / np.linalg.norm(np.cross(r, v))
    axes = np.array([np.cross(starboard, down), starboard, down])
    to_sun = walks.world().sun_gcrf_m(walks.world().seconds(at))[0] - r
    return axes @ to_sun / np.linalg.norm(to_sun), float(np.linalg.norm(r))


def blocked(a, b, far=1.0):
    """By steps of a centimetre or less, not by algebra."""
    way = a + np.linspace(0.0, far, 4000)[:, None] * (b - a)
    return any(_inside(way, s.centre_lvlh_m, s.half_m, s.along, -1e-3).any() for s in STRUCTURE.solids)


def test_the_study_has_the_columns_that_a_gallery_reads():
    assert tuple(leg().studies["shots"]) == COLUMNS
    assert len(leg().studies["shots"]["id"]) >= 5
    assert set(leg().studies["shots"]["kind"]) <= set(KINDS)


@pytest.mark.parametrize("hatch", ["", SUNSET])
def test_every_shot_has_holder_and_torch_in_the_partners_picture_lit_and_before_the_earth_all_the_time(hatch):
    for shot in rows(leg(hatch).studies["shots"]):
        start, stop = Epoch.utc(shot["start_utc"]), Epoch.utc(shot["stop_utc"])
        for at in (start + 0.5, start + (stop - start) / 2, stop + -0.5):
            judge_shot(leg(hatch), shot, at)


def test_a_scene_that_runs_through_the_night_has_a_sunset_and_a_sunrise_beside_the_edge_of_the_light():
    walk = leg(SUNSET)
    shots = {s["kind"]: s for s in rows(walk.studies["shots"])}
    light = walk.studies["sunlight"]
    sets, rises = ([Epoch.utc(text) for text in light[key]] for key in ("stop_utc", "start_utc"))
    assert min(abs(edge - Epoch.utc(shots["sunset"]["stop_utc"])) for edge in sets) <= 2.0       # the last look before
    assert any(0.0 <= Epoch.utc(shots["sunrise"]["start_utc"]) - edge <= 120.0 for edge in rises)


def judge_shot(walk, shot, at):
    holder = next(t.taker for t in reversed(walk.transfers) if t.epoch <= at)
    people = {p: stance(walk, at, p)[0] for p in ("kotov", "ryazansky")}
    assert people[holder]["role"] == "low" and {shot["by"], shot["subject"]} == set(people)
    wearer, partner = people[shot["by"]], people[shot["subject"]]
    axes = {p: turn([s[f"attitude_{k}"] for k in "wxyz"]) for p, s in people.items()}
    chest = {p: np.array([s[f"chest_{k}_m"] for k in "xyz"]) for p, s in people.items()}
    ends = [np.array([people[holder][f"{end}_{k}_m"] for k in "xyz"]) for end in ("upper", "lower")]
    eye = chest[shot["by"]] + np.array(CAMERA.at_body_m) @ axes[shot["by"]]
    helmet = chest[shot["subject"]] + np.array([0.05, 0.0, -0.4]) @ axes[shot["subject"]]
    seen = [*ends, helmet, chest[shot["subject"]]]
    middle = (ends[0] + ends[1]) / 2
    assert wearer["task"] == partner["task"]
    # The picture: a turn of at most 20 deg each way that brings all four points into it exists; tried on a grid.
    body = (np.array(seen) - eye) @ axes[shot["by"]].T
    assert any(fits(body, a, b) for a in np.radians(np.arange(-20, 21, 2)) for b in np.radians(np.arange(-20, 21, 2)))
    assert not any(blocked(eye, point) for point in seen)
    sun, far_m = sun_lvlh(walk, at)
    assert not blocked(middle, middle + sun, 60.0)
    if shot["earth_behind"]:
        for end in ends:
            ray = (end - eye) / np.linalg.norm(end - eye)
            assert ray[2] > 0 and far_m * np.sqrt(1 - ray[2] ** 2) < 6378e3
    lit = any(Epoch.utc(a) <= at <= Epoch.utc(b) for a, b in zip(walk.studies["sunlight"]["start_utc"],
                                                                walk.studies["sunlight"]["stop_utc"], strict=True))
    assert lit == shot["lit"]
    relays = walk.studies["passes_relay"]
    if shot["kind"] == "live":
        assert any(Epoch.utc(a) <= at <= Epoch.utc(b)
                   for a, b in zip(relays["start_utc"], relays["stop_utc"], strict=True))
    angle = np.degrees(np.arccos(np.dot(sun, (eye - middle) / np.linalg.norm(eye - middle))))
    assert angle == pytest.approx(shot["sun_deg"], abs=45.0 if shot["kind"] == "live" else 3.0)   # 4 deg a minute


def fits(body, pan, tilt):
    x = np.cos(pan) * body[:, 0] + np.sin(pan) * body[:, 1]
    y = np.cos(pan) * body[:, 1] - np.sin(pan) * body[:, 0]
    x, z = np.cos(tilt) * x + np.sin(tilt) * body[:, 2], np.cos(tilt) * body[:, 2] - np.sin(tilt) * x
    return bool(((x > 0) & (np.abs(np.arctan2(y, x)) <= CAMERA.across_rad / 2)
                 & (np.abs(np.arctan2(z, x)) <= CAMERA.down_rad / 2)).all())


def test_moments_of_one_kind_are_told_apart_by_time_or_place():
    shots = rows(leg().studies["shots"])
    for kind in KINDS:
        mine = [s for s in shots if s["kind"] == kind]
        if kind == "place":
            assert len({s["place"] for s in mine}) == len(mine)
        else:
            starts = sorted(Epoch.utc(s["start_utc"]) - Epoch.utc("2013-11-09T00:00:00Z") for s in mine)
            assert all(b - a >= 300.0 for a, b in pairwise(starts))


def test_in_scenes_the_arcs_turn_both_chests_to_each_other_and_at_work_to_the_hull():
    arcs = {arc.craft: arc for arc in leg().outside}
    s = rows(leg().studies["stances"])
    for one, other in zip(s[::2], s[1::2], strict=True):
        at = Epoch.utc(one["start_utc"]) + 30.0
        line = np.array([other[f"chest_{k}_m"] - one[f"chest_{k}_m"] for k in "xyz"])
        ahead = turn(arcs[one["person"]].state(at).attitude)[0]
        assert np.dot(ahead, line / np.linalg.norm(line)) == pytest.approx(1.0, abs=1e-9)
        hands = arcs[one["person"]].state(at).position_m
        assert np.linalg.norm(hands - [one[f"chest_{k}_m"] for k in "xyz"]) == pytest.approx(0.6, abs=0.01)


def test_people_stay_in_the_picture_for_all_of_the_torchs_scenes():
    filming = rows(leg().studies["filming"])
    assert {f["by"] for f in filming} == {"kotov", "ryazansky"}
    assert all(f["seen_min"] == pytest.approx(f["length_min"]) for f in filming)
    assert all(0.0 <= f["lit_min"] <= f["seen_min"] + 1e-9 for f in filming)


def test_a_narrow_lens_films_nobody_and_says_so():
    from dataclasses import replace as changed

    plan, situation = walks.planned()
    narrow = changed(CAMERA, across_rad=np.radians(10.0), down_rad=np.radians(8.0))
    suits = {p: changed(suit, camera=narrow) for p, suit in plan.suits.items()}
    from fakel.phases import PHASES
    flown = PHASES["eva"].fly(situation, changed(plan, suits=suits), walks.world())
    assert flown.studies["shots"]["id"] == []
    assert sum(flown.studies["filming"]["seen_min"]) == 0.0
