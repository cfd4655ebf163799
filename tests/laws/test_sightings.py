"""What holds of every pass, wherever and whenever."""

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakel.estimate.elements import satrec_from_lines
from fakel.load.place_list import made
from fakel.model.epoch import Epoch, Window
from fakel.model.sighting import GLOWS, RULES, Place, SeenWhen
from fakel.physics import passes
from fakel.physics.brightness import lifted_rad, magnitude_of
from fakel.physics.geodesy import look
from fakel.physics.light import above_shadow_rad
from fakel.plan.flight_sightings import find_in_flight, stretches
from fakel.plan.seen_path import SeenPath, between, lit_stretches, path_of_elements, with_places
from fakel.plan.sightings import Sightings, find_sightings, sites_of
from fakel.plan.transits import find_transits
from make_flight import UP, make_flight

LINES = ("1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002",
         "2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788")
WINDOW = Window(Epoch.utc("2013-11-06T12:00Z"), Epoch.utc("2013-11-09T12:00Z"))
latitudes, longitudes = st.floats(-89.0, 89.0), st.floats(-180.0, 180.0)
masks = st.floats(0.0, 60.0)


@cache
def path() -> SeenPath:
    return path_of_elements(satrec_from_lines(*LINES), "station", WINDOW)


def place(lat: float, lon: float, height: float = 0.0) -> Place:
    return made(lat, lon, height, "", "test")


def elevations(where: Place, t_s: np.ndarray, of: SeenPath) -> np.ndarray:
    """Elevation (rad) by the geodesy that all of the house uses, from places of the grid's own nodes."""
    grid = of.grid
    u = (t_s - grid.t0_s) / grid.step_s
    i = np.clip(u.astype(int), 0, len(grid.place) - 2)
    states = np.concatenate([grid.place, grid.velocity], axis=1)
    nodes = grid.t0_s + grid.step_s * np.arange(len(grid.place))
    places = between(nodes, states, t_s)[:, :3]              # degree 7 here, 3 there: 0.4 m apart
    assert np.all(i >= 0)
    return look(places, where.latitude_rad, where.longitude_rad, where.height_m)[0]


@given(latitudes, longitudes, masks)
@settings(max_examples=40)
def test_a_pass_begins_and_ends_at_the_mask_and_is_highest_between(lat: float, lon: float, mask: float) -> None:
    where, rules = place(lat, lon), replace(RULES["all"], mask_rad=math.radians(mask))
    found = find_sightings(path(), (where,), rules)
    for row in found.rows:
        assert row[6] <= row[1] <= row[2] <= row[3] <= row[8] and row[6] <= row[7] <= row[8]
        edges = elevations(where, np.array([row[6], row[8]]), path())
        cut = row[4] == passes.DATA_BEGINS, row[5] == passes.DATA_ENDS
        assert all(c or abs(e - rules.mask_rad) < 2e-6 for c, e in zip(cut, edges))     # 0.4 m at 400 km
        around = elevations(where, np.linspace(row[6], row[8], 101), path())
        top = elevations(where, row[7:8], path())[0]
        assert top >= around.max() - 2e-6 and around.min() >= rules.mask_rad - 2e-6


@given(latitudes, longitudes, masks)
@settings(max_examples=25)
def test_no_pass_is_lost(lat: float, lon: float, mask: float) -> None:
    """Against looking every five seconds: the same passes, but for those shorter than that."""
    where, rules = place(lat, lon), replace(RULES["all"], mask_rad=math.radians(mask))
    found = find_sightings(path(), (where,), rules)
    t_s = np.arange(path().grid.t0_s, path().world.seconds(path().stop), 5.0)
    above = elevations(where, t_s, path()) > rules.mask_rad
    edges = np.flatnonzero(np.diff(np.r_[False, above, False].astype(int)))
    rows = {(round(r[6]), round(r[8])) for r in found.rows}
    for a, b in zip(edges[::2], edges[1::2] - 1):
        inside = t_s[b] > path().world.seconds(WINDOW.start) and t_s[a] < path().world.seconds(WINDOW.stop)
        near = [r for r in rows if r[0] - 6 <= t_s[a] <= r[0] + 6 and r[1] - 6 <= t_s[b] <= r[1] + 6]
        assert len(near) == 1 or not inside


@given(latitudes, longitudes)
@settings(max_examples=30)
def test_what_is_seen_is_lit_and_under_a_dark_sky(lat: float, lon: float) -> None:
    where, rules = place(lat, lon), RULES["eye"]
    found = find_sightings(path(), (where,), rules)
    _, ups = sites_of((where,))
    grid = path().grid
    nodes = grid.t0_s + grid.step_s * np.arange(len(grid.place))
    states = np.concatenate([grid.place, grid.velocity], axis=1)
    for row in found.rows:
        t_s = np.linspace(row[1] + 0.01, max(row[3] - 0.01, row[1] + 0.01), 9)
        sun = np.stack([np.interp(t_s, nodes, grid.sun[:, j]) for j in range(3)], axis=1)
        clear = above_shadow_rad(between(nodes, states, t_s)[:, :3], sun, True, rules.shell_m)
        sines = [passes.sine_of_sun(grid, float(t), ups[0]) for t in t_s]
        assert clear.min() > -1e-5 and max(sines) < math.sin(rules.sun_rad) + 1e-6
        if row[4] == passes.LEAVES_SHADOW:
            assert abs(clear[0]) < 1e-4                      # 0.01 s after the edge
        if row[5] == passes.DAWN:
            assert abs(sines[-1] - math.sin(rules.sun_rad)) < 1e-5


@given(latitudes, longitudes)
@settings(max_examples=15)
def test_the_mirrored_sky_has_the_mirrored_passes(lat: float, lon: float) -> None:
    flip = np.array([1.0, 1.0, -1.0])
    mirrored = with_places(path(), path().grid.place * flip, path().grid.velocity * flip)
    mirrored = replace(mirrored, grid=mirrored.grid._replace(sun=path().grid.sun * flip, moon=path().grid.moon * flip))
    here, there = find_sightings(path(), (place(lat, lon),)), find_sightings(mirrored, (place(-lat, lon),))
    assert np.allclose(here.rows[:, 1:], there.rows[:, 1:], atol=1e-6)
    assert np.allclose(here.looks[:, 0::3][:, :3], there.looks[:, 0::3][:, :3], atol=1e-9)
    assert np.allclose(np.cos(here.looks[:, 1]), -np.cos(there.looks[:, 1]), atol=1e-9)      # north is south


def many(count: int = 150) -> tuple[Place, ...]:
    dice = np.random.default_rng(7)
    return tuple(made(lat, lon, 0.0, "", "test", id=str(i)) for i, (lat, lon) in enumerate(
        zip(dice.uniform(-60, 60, count), dice.uniform(-180, 180, count))))


def rows_of(found: Sightings, which: int) -> np.ndarray:
    return found.rows[found.rows[:, 0] == which][:, 1:]


def test_a_place_sees_the_same_alone_and_among_many() -> None:
    places = many()
    together, alone = find_sightings(path(), places), find_sightings(path(), places[70:71])
    assert np.array_equal(rows_of(together, 70), rows_of(alone, 0)) and len(alone) > 0


def test_nasas_rules_leave_out_what_twilight_cuts() -> None:
    places = many(60)
    whole, cut = (find_sightings(path(), places, RULES[name]) for name in ("nasa", "eye"))
    by_twilight = (cut.rows[:, 4] == passes.NIGHT_FALLS) | (cut.rows[:, 5] == passes.DAWN)
    assert 0 < by_twilight.sum() < len(cut) and len(whole) == len(cut) - by_twilight.sum()


def test_a_shorter_window_has_the_passes_that_touch_it() -> None:
    places = many(40)
    part = replace(path(), window=Window(WINDOW.start + 86_400.0, WINDOW.start + 2 * 86_400.0))
    a, b = part.world.seconds(part.window.start), part.world.seconds(part.window.stop)
    every, some = find_sightings(path(), places), find_sightings(part, places)
    sigma = every.sigma_s
    touches = (every.rows[:, 3] > a - 2 * sigma) & (every.rows[:, 1] < b + 2 * sigma)
    assert np.array_equal(some.rows, every.rows[touches])


def test_the_uncertainty_grows_with_the_age_of_the_set() -> None:
    found = find_sightings(path(), many(40))
    order = np.argsort(found.rows[:, 2])
    assert np.all(np.diff(found.sigma_s[order]) >= 0.0) and 0.1 < found.sigma_s.min() < found.sigma_s.max() < 6.0


@given(st.floats(2e5, 3e6), st.floats(0.0, 3.0))
def test_twice_as_far_is_one_and_a_half_magnitudes_fainter(range_m: float, phase: float) -> None:
    near, far = magnitude_of(-1.8, range_m, phase), magnitude_of(-1.8, 2 * range_m, phase)
    assert far - near == pytest.approx(5 * math.log10(2))
    assert magnitude_of(-1.8, range_m, phase + 0.1) > magnitude_of(-1.8, range_m, phase)


def test_the_standard_magnitude_is_that_of_half_a_disc_at_a_thousand_kilometres() -> None:
    assert magnitude_of(-1.8, 1e6, math.pi / 2) == pytest.approx(-1.8, abs=1e-12)
    assert magnitude_of(-1.8, 1e6, 0.0) == pytest.approx(-1.8 - 2.5 * math.log10(math.pi), abs=1e-12)


def test_air_lifts_what_is_seen() -> None:
    """With refraction a pass begins a little earlier, at the same apparent elevation; the zenith is not moved."""
    assert math.degrees(lifted_rad(np.array([math.radians(10.0)]))[0]) * 60 == pytest.approx(5.4, abs=0.1)  # Meeus
    assert abs(math.degrees(lifted_rad(np.array([math.pi / 2]))[0])) * 3600 < 0.2
    places = many(60)
    plain, lifted = (find_sightings(path(), places, replace(RULES["all"], refraction=on)) for on in (False, True))
    early = [rows_of(plain, k)[:, 5].min() - rows_of(lifted, k)[:, 5].min() for k in range(60)
             if len(rows_of(plain, k))]
    assert np.median(early) == pytest.approx(1.7, abs=1.0) and len(lifted) >= len(plain)
    rises = lifted.rows[:, 4] == passes.RISES
    assert np.degrees(lifted.looks[rises, 0]) == pytest.approx(10.0, abs=1e-5)


def test_the_path_of_a_sighting_goes_with_its_looks() -> None:
    for s in find_sightings(path(), many(30))[:12]:
        assert s.path[0, 0] == 0.0 and s.path[-1, 0] == pytest.approx(s.end.epoch - s.start.epoch, abs=1e-6)
        for row, at in ((s.path[0], s.start), (s.path[-1], s.end)):
            assert row[1:3] == pytest.approx([at.azimuth_rad, at.elevation_rad], abs=1e-6)
        assert s.magnitude <= s.path[:, 5].min() + 0.02
        # From a place at latitude b the pole star's direction stands b over the horizon: so does this right ascension.
        z = np.sin(s.path[:, 4])
        local = (np.sin(s.path[:, 2]) * math.sin(s.place.latitude_rad)
                 + np.cos(s.path[:, 2]) * np.cos(s.path[:, 1]) * math.cos(s.place.latitude_rad))
        assert np.abs(z - local).max() < 2e-3                                       # precession and nutation since 2000


def test_on_the_middle_line_a_transit_is_central() -> None:
    week = path_of_elements(satrec_from_lines(*LINES), "station", Window(WINDOW.start, WINDOW.start + 8 * 86_400.0))
    found = [t for t in find_transits(week, many(40), 30_000.0) if t.look.elevation_rad > 0.5]
    assert len(found) >= 3
    for t in found[:5]:
        north, east = t.line_m * math.cos(t.line_azimuth_rad), t.line_m * math.sin(t.line_azimuth_rad)
        there = replace(t.place, latitude_rad=t.place.latitude_rad + north / 6.37e6,
                        longitude_rad=t.place.longitude_rad + east / 6.37e6 / math.cos(t.place.latitude_rad))
        again = [u for u in find_transits(week, (there,))
                 if u.body == t.body and abs(u.look.epoch - t.look.epoch) < 20.0]
        assert len(again) == 1 and again[0].apart_rad < 0.15 * again[0].disc_rad     # the ground is not flat over 30 km
        assert again[0].duration_s >= 0.99 * t.duration_s and (t.duration_s > 0) == (t.apart_rad < t.disc_rad)
        assert (t.line_m < t.width_m / 2 * 1.05) or t.duration_s == 0.0


def test_a_path_joined_over_a_change_of_step_keeps_its_corner() -> None:
    """States every 240 s and, while it is pushed, every 2 s: pieces do not reach over the change."""
    def falls(t: np.ndarray) -> np.ndarray:
        on = np.clip(t - 960.0, 0.0, 120.0)
        after = np.clip(t - 1080.0, 0.0, None)
        x, v = 0.5 * on**2 + 120.0 * after, on * 1.0
        return np.stack([7e6 + x, x * 0, x * 0, v, x * 0, x * 0], axis=1)
    nodes = np.r_[np.arange(0.0, 960.0, 240.0), np.arange(960.0, 1080.0, 2.0), np.arange(1080.0, 2200.0, 240.0)]
    t_s = np.linspace(0.0, nodes[-1], 500)
    assert np.abs(between(nodes, falls(nodes), t_s) - falls(t_s)).max() < 1e-6


def test_stretches_of_sunlight_are_those_between_the_shadows() -> None:
    lit = lit_stretches(path(), 0.0)
    raised = lit_stretches(path(), 30_000.0)
    assert np.all(np.diff(lit.ravel(order="F")) > 0) and lit.shape == raised.shape
    assert np.all((lit[1] - lit[0]) - (raised[1] - raised[0]) > -1e-6)          # more air, a longer night
    assert 0.6 * 92.9 * 60 < np.median(lit[1] - lit[0]) < 92.9 * 60             # of a revolution; beta is 60 deg


def test_what_glows_in_a_flight_needs_no_sunlight() -> None:
    flight = make_flight()
    lights = {(part.craft, part.light) for part in stretches(flight)}
    assert (UP, "sunlight") in lights and ("station", "sunlight") in lights
    places = many(60)
    for s in find_in_flight(flight, places, RULES["eye"]):
        glows = s.light in GLOWS
        assert math.isnan(s.magnitude) == glows and (glows or s.sun_elevation_rad < SeenWhen().sun_rad + 0.05)
        assert s.sigma_s == 0.0
