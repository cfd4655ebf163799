"""Handrails, ways and tethers keep their rules wherever one goes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakel.load.folder import _pack, _unpack
from fakel.load.library import Library
from fakel.model.arrays import same
from fakel.model.epoch import Epoch
from fakel.model.frame import Frame
from fakel.model.place import Station
from fakel.physics.blockage import between, gap_m
from fakel.physics.frames import matrix_from_quaternion
from fakel.physics.graph import graph, shortest, widest
from fakel.plan import tethers
from fakel.plan.along import ELBOW_M, beside, moves, track
from fakel.plan.eva import Task, lay
from fakel.plan.rails import body, rails_of
from fakel.plan.stance import APART_M
from walks import flown
from walks import tasks as tasks_in

RAILS = rails_of(Library().find(Station, "iss-2013-11", "station").structure)
HOOKS = tethers.Tethers(RAILS, 1.0, 3.0)
nodes = st.integers(0, len(RAILS.names) - 1)
SITES = tuple(RAILS.spots)


@settings(max_examples=25)
@given(nodes, nodes, nodes)
def test_no_detour_is_shorter_than_the_way(a, b, c):
    a, b, c = (RAILS.names[i] for i in (a, b, c))
    assert RAILS.travel_s(a, c) <= RAILS.travel_s(a, b) + RAILS.travel_s(b, c) + 1e-9
    assert RAILS.travel_s(a, b) == pytest.approx(RAILS.travel_s(b, a))


def test_every_step_is_within_reach_and_through_nothing():
    pairs = np.array([(a, b) for a, near in enumerate(RAILS.over.neighbours) for b in near if a < b])
    start, stop = RAILS.at_m[pairs[:, 0]], RAILS.at_m[pairs[:, 1]]
    assert np.linalg.norm(stop - start, axis=1).max() <= RAILS.moving.reach_m < HOOKS.long_m
    for solid in (*RAILS.structure.solids, *RAILS.structure.keep_outs):
        for share in np.linspace(0.0, 1.0, 21):               # by points: another way than the rays that laid them
            assert np.all(gap_m(start + share * (stop - start), body(solid)) > 0.0), solid.id


def test_each_rail_has_a_neighbour_within_the_short_tether():
    """Rails of one hull are laid at most 0.9 m apart; only corners between hulls may be farther."""
    nearest = np.array([min(costs, default=np.inf) for costs in RAILS.over.costs])
    assert np.mean(nearest <= HOOKS.short_m) > 0.99
    assert nearest.max() <= RAILS.moving.reach_m


@settings(max_examples=40)
@given(nodes, nodes)
def test_on_every_way_two_points_hold_and_no_tether_is_overstretched(a, b):
    way = RAILS.way(RAILS.names[a], RAILS.names[b])
    held = tethers.go(HOOKS, tethers.start(a), way)
    assert held.points >= tethers.LEAST
    assert held.short_swaps == len(way) - 1                   # at each rail
    assert held.stretch_m <= HOOKS.long_m
    assert held.states[-1].at == b
    assert held.long_swaps <= held.short_swaps


@settings(max_examples=15)
@given(nodes, nodes)
def test_the_safest_way_keeps_farther_from_keep_outs_and_is_no_shorter(a, b):
    a, b = RAILS.names[a], RAILS.names[b]
    short, safe = RAILS.way(a, b), RAILS.way(a, b, safest=True)
    assert RAILS.clear_m[list(safe)].min() >= RAILS.clear_m[list(short)].min() - 1e-9
    assert RAILS.length_m(safe) >= RAILS.length_m(short) - 1e-9


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.floats(0.1, 5.0)), min_size=1, max_size=20))
def test_shortest_and_widest_ways_agree_with_trying_all_of_them(edges):
    """Floyd and Warshall's way over all triples, on seven nodes."""
    pairs, cost = np.array([e[:2] for e in edges]), np.array([e[2] for e in edges])
    over, width = graph(7, pairs, cost), np.array([3.0, 1.0, 4.0, 1.5, 9.0, 2.0, 6.0])
    far, least = np.full((7, 7), np.inf), np.full((7, 7), -np.inf)
    np.fill_diagonal(far, 0.0)
    np.fill_diagonal(least, width)
    for a, b, c in edges:
        far[a, b] = far[b, a] = min(far[a, b], c if a != b else 0.0)
        least[a, b] = least[b, a] = max(least[a, b], min(width[a], width[b]))
    for k in range(7):
        far = np.minimum(far, far[:, k:k + 1] + far[k:k + 1])
        least = np.maximum(least, np.minimum(least[:, k:k + 1], least[k:k + 1]))
    assert shortest(over, 0)[0] == pytest.approx(far[0])
    assert widest(over, 0, width) == pytest.approx(least[0])


@settings(max_examples=20)
@given(st.lists(st.sampled_from(SITES), min_size=1, max_size=5), st.integers(0, 1))
def test_people_are_where_their_tasks_are_and_never_inside_the_station(places, rank):
    tasks = tuple(Task(f"t{i}", "", ("ann", "bob"), place, 900.0, 300.0) for i, place in enumerate(places))
    placed = lay(tasks, ("ann", "bob"), None, Epoch(0))
    done = moves(placed, "ann", rank, RAILS, "pirs")
    t_s = np.arange(0.0, 900.0 * len(places) + 1.0, 15.0)
    at_m, attitude, left_m = track(done, RAILS, "pirs", t_s)
    assert np.max(np.linalg.norm(np.diff(at_m, axis=0), axis=1)) <= RAILS.moving.speed_m_s * 15.0 + 1e-6
    for solid in RAILS.structure.solids:
        assert np.all(gap_m(at_m, body(solid)) > 0.0)
    turn = matrix_from_quaternion(attitude)
    assert np.allclose(turn @ np.swapaxes(turn, 1, 2), np.eye(3), atol=1e-12)
    goal = beside(RAILS, RAILS.index(places[-1]), rank)
    assert np.allclose(at_m[-1], RAILS.at_m[goal])
    assert np.allclose(turn[-1, 0] @ RAILS.out[goal], -1.0)   # the chest looks at the hull
    assert left_m[-1] == pytest.approx(RAILS.from_m("pirs")[goal])


def test_two_people_at_one_place_do_not_hold_one_rail():
    for name in SITES:
        here = RAILS.index(name)
        there = beside(RAILS, here, 1)
        assert ELBOW_M <= RAILS.length_m((here, there)) <= RAILS.moving.reach_m


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=8))
def test_a_loose_thing_is_never_held_by_nobody(passes):
    leash = tethers.Leash("torch", frozenset({"a"}))
    for giver, taker in passes:
        if giver in leash.hooks and giver != taker:
            both, leash = leash.pass_on(giver, taker)
            assert len(both.hooks) >= 2 and taker in leash.hooks and giver not in leash.hooks
        assert leash.hooks


def test_a_way_through_a_box_is_seen_from_both_ends():
    solid = body(RAILS.structure.solids[0])
    a, b = solid.centre_m + np.array([[0.0, 9.0, 0.0]]), solid.centre_m - np.array([[0.0, 9.0, 0.0]])
    assert between(a, b, solid)[0] and between(b, a, solid)[0]
    assert not between(a, a + np.array([[1.0, 0.0, 0.0]]), solid)[0]
    assert not between(a, (a + solid.centre_m) / 2, solid)[0]      # it ends before the hull


def test_a_flown_walk_holds_its_peoples_paths_in_the_stations_axes():
    leg = flown()
    arcs = {arc.craft: arc for arc in leg.outside}
    assert set(arcs) == set(leg.plan["walkers"]) and {arc.frame for arc in arcs.values()} == {Frame.LVLH}
    hatch = next(e.epoch for e in leg.events if e.name == "hatch_open")
    show = next(e for e in leg.events if e.name == "task_start" and e.subject == "scene-kotov")
    apart = [arcs[who].at(show.epoch + 300.0 - hatch)[0][0] for who in ("kotov", "ryazansky")]
    assert np.allclose(apart[0], RAILS.at_m[RAILS.index("pirs-ring")])
    assert APART_M[0] <= np.linalg.norm(apart[1] - apart[0]) <= APART_M[1]      # in a scene: where each films the other
    assert {c.name for c in leg.channels} >= {"eva.to_hatch_s.kotov", "eva.from_hatch_m.kotov"}
    back = _unpack(_pack(leg))
    assert [a.craft for a in back.outside] == [a.craft for a in leg.outside] and len(back.arcs) == len(leg.arcs)
    assert same(back.outside[0].position_m, leg.outside[0].position_m)


@pytest.mark.parametrize("airlock", ["poisk", "quest"])
def test_walks_go_out_of_the_other_airlocks_too(airlock):
    def edit(table):
        table["steps"]["walk"]["airlock"] = airlock
        for task in tasks_in(table).values():
            task["place"] = airlock
            for give in task.get("gives", ()):
                give.update({key: airlock for key in ("from", "to") if give[key] == "pirs"})
    leg = flown(edit)
    assert leg.ending == "done" and all(a.position_m[0] == pytest.approx(RAILS.at_m[RAILS.index(airlock)])
                                        for a in leg.outside)
