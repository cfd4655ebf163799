"""Laws of television windows: inside every wish, as long as can be, ranked by the stated rule."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fakel
from fakel.load.audience import audience_of
from fakel.load.regions import below_of, coasts
from fakel.model.epoch import Epoch, Window, gaps, union
from fakel.model.television import BELOW, LIGHT, LINK
from fakel.physics import polygon
from fakel.plan import television as planner
from fakel.plan.audience import Homes, at_home, share_of, zone_of
from fakel.plan.below import holds, subpoints
from fakel.plan.coverage import flags_of

TLE = Path(fakel.__file__).parent / "missions" / "iss-2013-11-06.tle"
ZERO = Epoch.utc("2013-11-09")
DAY = Window(ZERO, ZERO + 86_400.0)
ZONES = ("Europe/Moscow", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC")


@pytest.fixture(scope="module")
def plan():
    return fakel.television(TLE, start="2013-11-09", stop="2013-11-10", audience="RU,US:2,JP", over="atlantic,RU",
                            min_minutes=2.0, most=1000)


def windows(most=6):
    pieces = st.tuples(st.integers(0, 86_000), st.integers(1, 20_000))
    return st.lists(pieces, max_size=most).map(lambda rows: union(tuple(
        Window(ZERO + float(a), ZERO + float(min(a + n, 86_400))) for a, n in rows)))


@given(windows(), windows(), windows())
def test_on_air_is_where_all_hold_and_nowhere_else(link, light, below):
    live = planner.on_air({LINK: link, LIGHT: light, BELOW: below})
    t_s = np.arange(0.0, 86_400.0, 37.0)
    each = np.logical_and.reduce([flags_of(w, ZERO, t_s) for w in (link, light, below)])
    assert np.array_equal(flags_of(live, ZERO, t_s), each)
    assert live == union(live)                                          # none touch: each is as long as can be


@given(windows(), windows())
def test_what_a_wish_costs_alone_is_what_dropping_it_brings(link, light):
    told = {w.name: w for w in planner.wishes([{LINK: link, LIGHT: light}], {LINK: "a", LIGHT: "b"})}
    live_s = planner.seconds(planner.on_air({LINK: link, LIGHT: light}))
    assert told[LINK].alone_s == pytest.approx(planner.seconds(light) - live_s, abs=1e-6)
    assert told[LINK].held_s == pytest.approx(planner.seconds(link), abs=1e-6)


@given(windows(), st.floats(0.0, 900.0))
def test_a_margin_takes_its_length_at_each_sunrise_and_sunset(lit, margin_s):
    kept = planner.kept_off(lit, margin_s, DAY)
    for w in kept:
        own, = [x for x in lit if x.start <= w.start and w.stop <= x.stop]
        assert w.start - own.start == pytest.approx(0.0 if own.start == DAY.start else margin_s, abs=1e-6)
        assert own.stop - w.stop == pytest.approx(0.0 if own.stop == DAY.stop else margin_s, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ZONES), st.integers(0, 86_399), st.integers(1, 86_400), st.integers(-9000, 9000))
def test_hours_at_home_are_those_that_a_local_clock_shows(zone, start_s, stop_s, day):
    first = Epoch(ZERO.tai_ns + day * 86_400 * 10**9)
    within = Window(first, first + 2 * 86_400.0)
    found = at_home(zone_of(zone), start_s, stop_s, within)
    for t in np.linspace(60.0, 2 * 86_400.0 - 60.0, 61):
        at = first + float(t)
        local = at.civil()[0].replace(tzinfo=zone_of("UTC")).astimezone(zone_of(zone))
        # a clock that is put on or back that day shows some hours twice or never: any other day has no doubt
        around = [(at + s).civil()[0].replace(tzinfo=zone_of("UTC")).astimezone(zone_of(zone)).utcoffset()
                  for s in (-90_000.0, 90_000.0)]
        shown_s = local.hour * 3600 + local.minute * 60 + local.second
        near_edge = min(abs(shown_s - start_s), abs(shown_s - stop_s % 86_400)) < 2 or around[0] != around[1]
        wanted = start_s <= shown_s < stop_s if stop_s > start_s else shown_s >= start_s or shown_s < stop_s
        assert near_edge or any(w.holds(at) for w in found) == wanted


@given(st.integers(0, 80_000), st.integers(60, 3000), st.integers(60, 3000))
@settings(max_examples=40, deadline=None)
def test_a_longer_window_never_scores_less(start, length, more):
    homes = Homes(audience_of("RU,US,JP", (18 * 3600.0, 23 * 3600.0)), DAY)

    def score(seconds):
        window = Window(ZERO + float(start), ZERO + float(start + seconds))
        return sum(p.people for p in homes.parts(window)) * window.duration_s
    assert score(length + more) >= score(length) * (1 - 1e-12)


@given(st.floats(0.01, 1.0))
@settings(max_examples=40, deadline=None)
def test_enough_of_the_audience_is_where_that_share_is_at_home(share):
    homes = Homes(audience_of("RU,US:2,Asia/Tokyo", (18 * 3600.0, 23 * 3600.0)), DAY)
    enough = homes.enough(share)
    for hour in np.arange(0.05, 24.0, 0.25):                # evenings begin and end on quarters of an hour
        at = ZERO + hour * 3600.0
        now = share_of(homes.parts(Window(at, at + 60.0)))
        assert abs(now - share) < 1e-6 or any(w.holds(at) for w in enough) == (now >= share)


def test_each_window_lies_inside_each_of_its_wishes(plan):
    path = plan.paths[0]
    for live in plan.found.windows:
        for found in path.granted.values():
            assert any(w.start <= live.window.start and live.window.stop <= w.stop for w in found)
        for edge in (-0.5, live.window.duration_s + 0.5):                  # half a second outside, one of them fails
            at = live.window.start + edge
            assert not all(any(w.holds(at) for w in found) for found in path.granted.values())


def test_the_place_below_is_in_the_wished_region(plan):
    wished = below_of("atlantic,RU").regions
    scene = plan.paths[0].scene
    for live in plan.found.windows:
        t_s = live.window.start - scene.arc.start + np.arange(0.01, live.window.duration_s, 1.0)
        latitude, longitude = subpoints(scene, t_s)
        inside = np.logical_or.reduce([holds(r, latitude, longitude) for r in wished])
        away = max((sum(1 for _ in run) for good, run in itertools.groupby(inside) if not good), default=0)
        assert inside[0] and inside[-1] and away <= 10     # s: the path is looked at every 10 s, as the function says


def test_ranks_fall_by_score_then_length_then_time(plan):
    keys = [(-round(w.audience_min, 6), -w.window.duration_s, w.window.start) for w in plan.found.windows]
    assert keys == sorted(keys) and [w.rank for w in plan.found.windows] == list(range(1, len(keys) + 1))
    for w in plan.found.windows:
        assert w.audience_min == pytest.approx(sum(p.people for p in w.parts) * w.window.duration_s / 60)
        assert w.share == pytest.approx(share_of(w.parts))


def test_back_ups_come_after_and_rehearsals_before(plan):
    practice, scene = plan.paths[0].practice, plan.paths[0].scene
    for live in plan.found.windows:
        later = [w for w in plan.usable if w.start >= live.window.stop]
        assert live.backup == (min(later, key=lambda w: w.start) if later else None)
        r = live.rehearsal
        assert r is not None and r.window.stop <= live.window.start
        assert any(w.start <= r.window.start and r.window.stop <= w.stop for w in practice)
        assert not r.whole or r.window.duration_s == pytest.approx(live.window.duration_s)
        if r.same_time:
            apart = (live.window.start - r.window.start) % 86_400.0
            assert min(apart, 86_400.0 - apart) <= planner.SAME_TIME_S
            assert r.apart_m < 1.3e6        # tracks lie 23 deg apart: one passes within half of that of any place
            middles = [w.start + w.duration_s / 2 - scene.arc.start for w in (live.window, r.window)]
            a, b = (p / np.linalg.norm(p) for p in scene.fixed.at(np.array(middles))[0])
            assert r.apart_m == pytest.approx(6.371e6 * np.arccos(a @ b), abs=10.0)


def test_the_carriers_leave_no_gap_in_a_window(plan):
    for live in plan.found.windows:
        assert not gaps(tuple(s.window for s in live.services), live.window) and live.lost_s == 0.0


def test_a_run_of_show_is_in_order_and_marks_what_is_live(plan):
    run = plan.run_of_show(1)
    assert all(a.epoch <= b.epoch for a, b in itertools.pairwise(run.cues))
    for cue in run.cues:
        assert cue.on_air == any(w.holds(cue.epoch) for w in run.lives)
    kinds = [c.kind for c in run.cues]
    assert kinds.index("line_up") < kinds.index("bars") < kinds.index("bars_end") < kinds.index("on_air")
    assert [c.facts["minutes"] for c in run.cues if c.kind == "count"] == [60, 30, 10, 5, 1]
    minutes = [m.epoch for m in run.minutes]
    assert all(b - a == 60.0 for a, b in itertools.pairwise(minutes)) and minutes[0].iso().endswith(":00Z")


def test_the_walks_wish_for_television_is_the_plans_link_and_light():
    """plan/coverage: a task's wish ``tv`` on its grid is where link and light of this plan hold, without margin."""
    from fakel.plan.coverage import sky_over
    plan = fakel.television(TLE, start="2013-11-09", stop="2013-11-10", by="relay", margin_s=0.0, rehearse_days=0.0)
    path = plan.paths[0]
    from fakel.api.coverage import network_of
    sky = sky_over(path.scene.arc, network_of("iss-2013"), path.scene.world, step_s=30.0)
    assert np.array_equal(sky.flags("tv")[:-1], flags_of(path.practice, sky.start, sky.t_s)[:-1])


@given(st.floats(-3.1, 3.1), st.floats(-1.5, 1.5))
def test_land_is_not_ocean(longitude, latitude):
    at = np.array([longitude]), np.array([latitude])
    assert polygon.inside(*at, coasts().rings).shape == (1,)
    for region in (r for r in below_of("atlantic,pacific,indian").regions if holds(r, at[1], at[0])[0]):
        others = [r.of for r in below_of("atlantic,pacific,indian").regions if holds(r, at[1], at[0])[0]]
        assert others.count(region.of) == len(others)                      # one ocean at a time


def test_a_rehearsal_that_does_not_exist_is_none():
    assert planner.rehearsal(Window(ZERO, ZERO + 600.0), ()) is None


def test_a_rehearsal_of_a_very_long_broadcast_is_the_longest_before(plan):
    path = plan.paths[0]
    found = planner.rehearsal(Window(ZERO, ZERO + 7200.0), plan.paths)
    before = [w for w in path.practice if w.stop <= ZERO]
    assert found is not None and not found.whole
    assert found.window.duration_s == max(w.duration_s for w in before) < 7200.0


CORNER = st.tuples(st.floats(-3.0, 3.0), st.floats(-1.5, 1.5))
RING = st.lists(CORNER, min_size=3, max_size=9, unique=True).map(np.array)


@given(RING, st.lists(st.tuples(st.floats(-3.1, 3.1), st.floats(-1.5, 1.5)), min_size=1, max_size=30))
def test_inside_is_an_odd_number_of_edges_to_the_north(ring, points):
    def odd(x, y):
        count = 0
        for (x1, y1), (x2, y2) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            if min(x1, x2) <= x < max(x1, x2):
                assert x1 != x2
                count += y1 + (x - x1) * (y2 - y1) / (x2 - x1) > y
        return count % 2 == 1
    x, y = np.array(points).T
    # a point exactly under a corner belongs to the edge that begins there, in both
    assert polygon.inside(x, y, (ring,)).tolist() == [odd(a, b) for a, b in points]


def test_a_ring_inside_a_ring_is_a_hole():
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], float)
    rings = (square, 0.25 + 0.5 * square)
    assert polygon.inside(np.array([0.1, 0.5, 1.5]), np.array([0.5, 0.5, 0.5]), rings).tolist() == [True, False, False]
