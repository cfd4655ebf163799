"""Coverage keeps its laws: against plain sampling, among its parts, and for any set of passes."""

import itertools
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fakel
from fakel.api.coverage import coverage, network_of
from fakel.api.track import Track, arc_of, from_elements, from_ephemeris
from fakel.load.network import with_views
from fakel.model.antenna import Antenna, Antennas
from fakel.model.contact import LIGHT_M_S, Pass
from fakel.model.epoch import Epoch, Window, gaps, union
from fakel.model.errors import InputError
from fakel.model.place import Network, Relay, Site
from fakel.model.structure import Solid
from fakel.physics import geodesy, link
from fakel.physics.blockage import Body, free_view, hit
from fakel.plan import contacts as reach
from fakel.plan.ends import craft_end, ends_of, relay_end, scene_of
from fakel.plan.exclusion import zone_of_exclusion
from fakel.plan.handover import days, fewest_changes, tallies

START, STOP = Epoch.utc("2013-11-09"), Epoch.utc("2013-11-10")
TLE = Path(fakel.__file__).parent / "missions" / "iss-2013-11-06.tle"
OEM = Path(__file__).parents[1] / "authorities" / "iss_2022-02-11.oem.xml"
DEG = math.pi / 180


@pytest.fixture(scope="module")
def track():
    return from_elements(TLE, START, STOP)


@pytest.fixture(scope="module")
def scene(track):
    return scene_of(track.arcs[0], track.world)


def site(latitude_deg=50.0, longitude_deg=40.0, **more):
    return Site("a", "ground", "A", latitude_deg * DEG, longitude_deg * DEG, 0.0, "", "", **more)


def network(*sites, relays=(), grazing_m=100e3, **more):
    return Network("test", "test", tuple(sites), tuple(relays), 5 * DEG, grazing_m, "", **more)


def seen_each_second(scene, place, free):
    """Whether free(elevation, azimuth, how fast it turns) holds, second by second."""
    t_s = np.arange(0.0, 86_400.0, 1.0)
    fixed = scene.fixed.at(t_s)[0]
    elevation, azimuth, _ = geodesy.look(fixed, place.latitude_rad, place.longitude_rad, place.height_m)
    turn = np.abs(np.gradient(np.unwrap(azimuth)))
    return free(elevation, azimuth, turn)


def same_as_sampled(found, wanted, most_s=1.0):
    """Passes against flags of each second: they may differ next to an edge only."""
    t_s = np.arange(len(wanted), dtype=float)
    ours = np.zeros(len(wanted), bool)
    for p in found:
        ours |= (t_s >= p.window.start - START) & (t_s < p.window.stop - START)
    edges = np.array([e - START for p in found for e in (p.window.start, p.window.stop)])
    off = np.flatnonzero(ours != wanted)
    assert all(np.min(np.abs(edges - t)) <= most_s for t in off), off[:5]
    return ours.sum()


# ---------------------------------------------------------------- ground stations

RIDGE = tuple((a * DEG, e * DEG) for a, e in zip(range(0, 361, 20), (3, 9, 4, 14, 22, 8, 5, 3, 2, 6, 18, 30, 12, 7, 5,
                                                                    10, 8, 4, 3), strict=True))


@settings(max_examples=15, deadline=None)
@given(st.floats(-60, 60), st.floats(-180, 180))
def test_passes_over_a_ridge_are_those_of_sampling_each_second(scene, latitude, longitude):
    place = site(latitude, longitude, terrain_mask_rad=RIDGE, elevation_mask_rad=4 * DEG)
    table = np.array(RIDGE)

    def free(elevation, azimuth, _):
        return (elevation > 4 * DEG) & (elevation > np.interp(azimuth, table[:, 0], table[:, 1]))
    same_as_sampled(reach.passes(scene, network(place)), seen_each_second(scene, place, free))


@settings(max_examples=15, deadline=None)
@given(st.floats(-51, 51), st.floats(-180, 180), st.floats(2, 40))
def test_the_zone_overhead_is_left_out(scene, latitude, longitude, keyhole):
    place = site(latitude, longitude, keyhole_rad=keyhole * DEG)
    wanted = seen_each_second(scene, place, lambda e, a, _: (e > 5 * DEG) & (e < (90 - keyhole) * DEG))
    found = reach.passes(scene, network(place))
    same_as_sampled(found, wanted)
    assert all(p.highest_rad <= (90 - keyhole) * DEG + 1e-6 for p in found)


def test_an_antenna_that_turns_slowly_loses_the_craft_overhead(scene):
    slow = [site(51.8, lon, azimuth_rate_rad_s=1.5 * DEG) for lon in (107.6,)]
    wanted = seen_each_second(scene, slow[0], lambda e, a, turn: (e > 5 * DEG) & (turn < 1.5 * DEG))
    found = reach.passes(scene, network(*slow))
    same_as_sampled(found, wanted, 2.0)                       # the sampled rate is a difference over two seconds
    assert {"rate", "mask"} <= {p.begins for p in found}


def test_short_passes_are_not_taken(scene):
    everything = reach.passes(scene, network(site()))
    long = reach.passes(scene, network(site(), shortest_pass_s=470.0))
    assert long == tuple(p for p in everything if p.window.duration_s >= 470.0) and len(long) < len(everything)
    own = reach.passes(scene, network(site(shortest_pass_s=0.0), shortest_pass_s=470.0))
    assert own == everything


@settings(max_examples=10, deadline=None)
@given(st.floats(-60, 60), st.floats(-180, 180), st.floats(0, 20), st.floats(0.1, 10))
def test_a_higher_mask_only_cuts(scene, latitude, longitude, mask, more):
    low, high = (reach.passes(scene, network(site(latitude, longitude, elevation_mask_rad=m * DEG)))
                 for m in (mask, mask + more))
    for p in high:
        outer = next(q for q in low if q.window.start <= p.window.start and p.window.stop <= q.window.stop)
        if p.begins == p.ends == "mask":
            assert outer.highest_rad == pytest.approx(p.highest_rad, abs=1e-6)


def test_the_highest_point_is_the_highest_of_all_samples(scene):
    place = site(51.8, 107.6)
    for p in reach.passes(scene, network(place)):
        t_s = np.linspace(p.window.start - START, p.window.stop - START, 2_001)
        elevation, _, _ = geodesy.look(scene.fixed.at(t_s)[0], place.latitude_rad, place.longitude_rad, 0.0)
        assert elevation.max() <= p.highest_rad + 1e-9
        assert p.highest_rad == pytest.approx(elevation.max(), abs=1e-4)
        assert abs((p.peak - START) - t_s[np.argmax(elevation)]) < 0.5


# ---------------------------------------------------------------- relays, craft, structure

def test_a_relay_at_rest_and_its_plain_formula_agree(scene):
    relay = Relay("r", "R", "", "", "", longitude_rad=0.7)
    t_s = np.arange(0.0, 86_400.0, 1.0)
    wanted = link.clearance_m(scene.fixed.at(t_s)[0], link.geostationary_itrf_m(0.7), 100e3) > 0.0
    same_as_sampled(reach.passes(scene, network(relays=(relay,))), wanted)


def test_a_craft_loses_all_relays_inside_the_zone_of_exclusion_only(track):
    """The zone at the equator, from longitudes, is where the station's gaps cross it, from times."""
    found = coverage(track, only=("tdrs-east", "tdrs-west"))
    scene = scene_of(track.arcs[0], track.world)
    (row,) = [r for r in found.zone.rows if abs(r[0]) < 1e-9]
    for gap in found.gaps:
        t_s = np.linspace(gap.start - START, min(gap.stop - START, 86_400.0), 300)
        latitude, longitude, _ = geodesy.geodetic_from_itrf(scene.fixed.at(t_s)[0])
        near = np.abs(latitude) < 1.0 * DEG
        # The zone is drawn for noon and the mean height: relays sway 0.3 deg, the height by 12 km, 0.3 deg of horizon.
        assert np.all(longitude[near] > row[1] - 1.5 * DEG) and np.all(longitude[near] < row[2] + 1.5 * DEG)


@given(st.floats(-85, 85), st.floats(-180, 180))
@settings(deadline=None)
def test_the_zone_holds_the_places_that_see_no_relay(scene, latitude, longitude):
    relays = [relay_end(r, scene) for r in network_of("iss-2013").relays if r.id in ("tdrs-east", "tdrs-west")]
    zone = zone_of_exclusion(scene, relays, START + 43_200.0, 400e3, 100e3)
    latitude = 5.0 * round(latitude / 5.0)
    place = geodesy.itrf_from_geodetic(latitude * DEG, longitude * DEG, 400e3)
    noon = np.array([43_200.0])
    sees = max(float(link.clearance_m(place[None], end.itrf(noon)[0][0], 100e3)[0]) for end in relays)
    rows = [r for r in zone.rows if abs(r[0] - latitude * DEG) < 1e-9]
    inside = any((longitude * DEG - w) % (2 * math.pi) <= (e - w) % (2 * math.pi) for _, w, e in rows)
    if abs(sees) > 1_000.0:                                    # a place nearer to the edge may be on either side
        assert inside == (sees < 0)


def test_a_narrow_beam_leaves_only_its_middle(scene):
    relay = Relay("r", "R", "", "", "", longitude_rad=0.7, beam_east_west_rad=4 * DEG, beam_north_south_rad=6 * DEG)
    found = reach.passes(scene, network(relays=(relay,)))
    assert {p.begins for p in found} >= {"beam"}
    t_s = np.arange(0.0, 86_400.0, 1.0)
    here, there = scene.fixed.at(t_s)[0], link.geostationary_itrf_m(0.7)
    east, down, north = np.array([-math.sin(0.7), math.cos(0.7), 0.0]), -there / np.linalg.norm(there), [0, 0, 1]
    away = here - there
    inside = ((np.abs(np.arctan2(away @ east, away @ down)) < 4 * DEG)
              & (np.abs(np.arctan2(away @ north, away @ down)) < 6 * DEG))
    same_as_sampled(found, inside & (link.clearance_m(here, link.geostationary_itrf_m(0.7), 100e3) > 0.0))


def test_a_service_date_inside_the_window_cuts_it(scene):
    half = scene_of(scene.arc, scene.world, Window(START + 3_600.0, STOP))
    late = Relay("r", "R", "2013-11-10", "", "", longitude_rad=0.7)
    assert ends_of(network(relays=(late,)), half) == ()
    until = Relay("r", "R", "2013-11-08", "2013-11-09", "", longitude_rad=0.7)
    assert ends_of(network(relays=(until,)), half) == ()


def test_a_pass_is_cut_at_the_midnight_on_which_service_ends(track):
    longer = from_elements(TLE, START, Epoch.utc("2013-11-11"))
    relay = Relay("r", "R", "", "2013-11-10", "", longitude_rad=1.48)
    found = coverage(longer, network(relays=(relay,)), overlap_s=0.0).passes
    open_ended = coverage(longer, network(relays=(replace(relay, usable_until=""),))).passes
    assert all(p.window.stop <= STOP for p in found)
    across = [p for p in open_ended if p.window.holds(STOP)]
    assert len(across) == 1
    assert [p.ends for p in found if p.window.stop == STOP] == ["service"] * len(across)


def test_antennas_of_the_station_are_not_put_on_a_ship(track):
    ship = replace(track, craft="soyuz-x", flown=True)
    with pytest.raises(InputError, match=r"^antennas iss-2013 are those of station, not of soyuz-x; leave them out"):
        coverage(ship, network_of("iss-2013", antennas="iss-2013"))


def test_two_craft_far_apart_lose_each_other_behind_the_earth_and_out_of_range(scene, track):
    arc = track.arcs[0]
    later = replace(arc, craft="ship", start=arc.start + -600.0, attitude=arc.attitude)     # ten minutes ahead of it
    end = craft_end(later, scene)
    assert end.serves.stop == STOP + -600.0
    t_s = np.arange(0.0, 85_799.0, 1.0)
    apart = np.linalg.norm(scene.arc.at(t_s)[0] - end.gcrf(t_s)[0], axis=1)
    limit_m = float(np.median(apart))
    found = reach.craft_passes(scene, [end], 0.0, limit_m)
    clear = link.clearance_m(scene.fixed.at(t_s)[0], end.itrf(t_s)[0], 0.0) > 0
    same_as_sampled(found, (apart < limit_m) & clear)
    assert {p.begins for p in found} >= {"range"}


@given(st.floats(-100, 100), st.floats(-100, 100), st.floats(-100, 100))
@settings(deadline=None)
def test_rays_hit_what_points_along_them_are_inside_of(x, y, z):
    """Against stepping along the ray: a box and a cylinder, from outside and from inside."""
    away = np.array([x, y, z])
    if np.linalg.norm(away) < 1.0:
        return
    rays = np.array([away / np.linalg.norm(away)])
    points = np.array([-4.0, 1.0, 2.0]) + np.arange(0.0, 40.0, 2e-3)[:, None] * rays
    centre, half = np.array([1.0, 2.0, 3.0]), np.array([4.0, 1.5, 1.5])
    box = np.all(np.abs(points - centre) <= half, axis=1).any()
    round_ = (np.hypot(*(points - centre)[:, 1:].T) <= 1.5) & (np.abs(points[:, 0] - 1.0) <= 4.0)
    start = np.array([-4.0, 1.0, 2.0])
    grown = (Body(centre, half + 5e-3, -1), Body(centre, half + 5e-3, 0))
    assert hit(start, rays, Body(centre, half, -1))[0] >= box and hit(start, rays, grown[0])[0] >= box
    assert not (hit(start, rays, Body(centre, half - 5e-3, -1))[0] and not box)
    assert hit(start, rays, grown[1])[0] >= round_.any()
    assert not (hit(start, rays, Body(centre, half - 5e-3, 0))[0] and not round_.any())


def test_an_antenna_over_a_plate_sees_down_to_its_edge():
    plate = Body(np.zeros(3), np.array([10.0, 10.0, 0.1]), -1)
    view = free_view(np.array([0.0, 0.0, -2.1]), np.array([0.0, 0.0, -1.0]), np.array([1.0, 0.0, 0.0]), np.pi, [plate])
    # 2 m over the plate, whose edge is 10 m away straight ahead, 14.1 m at the corners.
    assert math.degrees(view[0, 1]) == pytest.approx(90 + math.degrees(math.atan2(2.0, 10.0)), abs=0.5)
    corner = view[np.argmin(np.abs(view[:, 0] - np.pi / 4)), 1]
    assert math.degrees(corner) == pytest.approx(90 + math.degrees(math.atan2(2.0, 10.0 * math.sqrt(2))), abs=0.5)


def test_a_wall_ahead_of_the_antenna_hides_relays_ahead_and_no_others(scene):
    wall = Solid("wall", "box", np.array([3.0, 0.0, 0.0]), "", "", size_m=np.array([0.2, 200.0, 200.0]))
    seen = Antenna("up", "up", "relay", np.zeros(3), np.array([0, 0, -1.0]), np.array([1.0, 0, 0]), "", "")
    behind = with_views(Antennas("t", "t", (seen,), "", (wall,)))
    relay = Relay("r", "R", "", "", "", longitude_rad=0.7)
    plain, hidden = (reach.passes(scene, network(relays=(relay,), antennas=a)) for a in (None, behind))
    assert sum(p.window.duration_s for p in hidden) < 0.7 * sum(p.window.duration_s for p in plain)
    end = relay_end(relay, scene)
    for p in hidden:
        t_s = np.linspace(p.window.start - START + 0.01, p.window.stop - START - 0.01, 50)
        line = end.gcrf(t_s)[0] - scene.arc.at(t_s)[0]
        ahead = np.einsum("nij,nj->ni", scene.body_from_gcrf(t_s), line)
        # Ahead is hidden: 100 m of wall to all sides, 2.9 m away (1.7 deg); the view's table has steps of 2.5 deg.
        assert np.all(ahead[:, 0] / np.linalg.norm(ahead, axis=1) < math.sin((1.7 + 2.5) * DEG))


# ---------------------------------------------------------------- geometry along a pass

def test_range_rate_is_how_range_changes_and_doppler_follows(track):
    found = coverage(track, network(site(51.8, 107.6)), step_s=1.0, carrier_hz=143.625e6)
    for c in found.contacts:
        slope = np.gradient(c.range_m, c.t_s)
        assert np.abs(slope - c.rate_m_s)[2:-2].max() < 1.0       # differences over 2 s bend by up to 0.1 m/s
        assert np.allclose(c.doppler_hz(143.625e6), -143.625e6 * c.rate_m_s / LIGHT_M_S)
        assert c.rate_m_s[0] < 0 < c.rate_m_s[-1] and c.t_s[-1] == pytest.approx(c.window.duration_s, abs=1e-6)
        assert c.elevation_rad[0] == pytest.approx(5 * DEG, abs=1e-5)


def test_an_ephemeris_and_an_arc_of_its_own_states_give_the_same_passes():
    path = from_ephemeris(OEM, Epoch.utc("2022-02-12"), Epoch.utc("2022-02-13"))
    whole = coverage(path, network(site()))
    arc = path.arcs[0]
    every = np.arange(0, len(arc.t_s), 2)                      # half of the states, so other pieces of curves
    states = np.concatenate([arc.position_m, arc.velocity_m_s], axis=1)[every]
    half = coverage(Track("x", "", (arc_of("x", arc.start, arc.t_s[every], states),), path.world), network(site()))
    for a, b in zip(whole.passes, half.passes, strict=True):
        assert abs(a.window.start - b.window.start) < 2e-3     # 0.4 m of 7 km/s where pieces are a minute long


# ---------------------------------------------------------------- hand-over and counts

def passes_of(spans):
    return [Pass("c", "relay", f"r{i}", Window(START + a, START + a + n), START + a, 1.0, "earth", "earth")
            for i, (a, n) in enumerate(spans)]


SPANS = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 400)), min_size=0, max_size=7)


@given(SPANS, st.integers(0, 60))
def test_hand_over_serves_whenever_anybody_can_with_the_fewest_changes(spans, overlap):
    within, passes = Window(START, START + 1_000.0), passes_of(spans)
    services = fewest_changes(passes, within, overlap)
    can = tuple(both for p in passes if (both := p.window & within))
    assert union(tuple(s.window for s in services)) == union(can)
    for s in services:
        own = next(p for p in passes if p.other == s.other)
        assert own.window.start <= s.window.start and s.window.stop <= own.window.stop
    for a, b in itertools.pairwise(services):
        assert b.overlap_s == pytest.approx(a.window.stop - b.window.start)
        assert b.overlap_s <= overlap + 1e-6
    if not overlap:
        assert len(services) == fewest_by_trial(passes, within)


def fewest_by_trial(passes, within):
    """The smallest set of passes with the same union, by trying all."""
    can = union(tuple(both for p in passes if (both := p.window & within)))
    for n in range(len(passes) + 1):
        for some in itertools.combinations(passes, n):
            if union(tuple(both for p in some if (both := p.window & within))) == can:
                return n
    raise AssertionError


def test_the_highest_rule_keeps_to_passes_and_prefers_the_higher(track):
    found = coverage(track, rule="highest", overlap_s=20.0, only=("tdrs-east", "tdrs-west", "tdrs-zone"))
    served = union(tuple(s.window for s in found.hand_over))
    assert gaps(served, Window(START, STOP)) == found.gaps == ()
    height = {(p.other, p.window.start): c for p, c in zip(found.passes, found.contacts, strict=True)}
    for s in found.hand_over:
        middle = s.window.start + s.window.duration_s / 2
        up = {p.other: np.interp(middle - p.window.start, height[p.other, p.window.start].t_s,
                                 height[p.other, p.window.start].elevation_rad)
              for p in found.passes if p.window.holds(middle)}
        assert up[s.other] >= max(up.values()) - 6 * DEG       # another takes over when it is 5 deg higher


@given(SPANS)
def test_counts_of_days_add_up(spans):
    within = Window(START + -500.0, START + 1_000.0)           # across midnight
    passes = passes_of([(a - 500, n) for a, n in spans])
    found = tallies(passes, within, {"all": [p.other for p in passes]})
    assert [t.within for t in found] == list(days(within)) and len(found) == 2
    whole = union(tuple(both for p in passes if (both := p.window & within)))
    assert sum(t.in_contact_s for t in found) == pytest.approx(sum(w.duration_s for w in whole))
    for t in found:
        assert 0.0 <= t.share <= 1.0
        assert t.longest_gap_s <= t.within.duration_s - t.in_contact_s + 1e-6
        assert t.longest_s <= t.in_contact_s + 1e-6


def test_reach_of_any_end_is_the_union(track):
    found = coverage(track)
    whole = {name: next(t for t in found.tallies if t.who == f"all {name}") for name in ("ground", "relay")}
    for name, tally in whole.items():
        windows = reach.windows_of(found.passes, name)
        assert sum(w.duration_s for w in windows) == pytest.approx(tally.in_contact_s)
        assert len(windows) == tally.contacts
    assert reach.windows_of(found.passes) == union((*reach.windows_of(found.passes, "ground"),
                                                    *reach.windows_of(found.passes, "relay")))


def test_the_shipped_antennas_hide_little_and_never_add(track):
    plain, real = coverage(track), coverage(track, network_of("iss-2013", antennas="iss-2013"))
    for a, b in zip(plain.tallies, real.tallies, strict=True):
        assert b.in_contact_s <= a.in_contact_s + 1e-3
    assert {"structure"} <= {p.begins for p in real.passes}
    assert {c.antenna for c in real.contacts} == {"ku", "zvezda-nadir"}
    assert all(np.isfinite(c.off_boresight_rad).all() for c in real.contacts)
