"""Sunlight against Skyfield's is_sunlit, and against the textbook's length of a cylinder's shadow."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from fakel.api.track import arc_of
from fakel.estimate.elements import satrec_from_lines, sgp4_gcrf
from fakel.model.epoch import Epoch, Window
from fakel.plan.contacts import sunlight
from fakel.plan.ends import scene_of
from fakel.plan.seen_path import small_world

ROWS = json.loads((Path(__file__).parent / "skyfield_eclipse.json").read_text())["rows"]
EARTH_M = 6_378_137.0


@pytest.fixture(scope="module", params=ROWS, ids=[row["day"] for row in ROWS])
def case(request):
    row = request.param
    window = Window(Epoch.utc(row["day"]), Epoch.utc(row["day"]) + row["days"] * 86_400.0)
    world = small_world(window)
    t_s = np.arange(0.0, window.duration_s + 1.0, 30.0)
    states = sgp4_gcrf(satrec_from_lines(*row["lines"]), world, t_s)
    return scene_of(arc_of("station", window.start, t_s, states), world, window), row["events"]


def edges(scene, shadow):
    """Changes of light inside the window: seconds, and 1 where it gets light."""
    found = [(edge - scene.window.start, on) for w in sunlight(scene, shadow)
             for edge, on in ((w.start, 1), (w.stop, 0))]
    return sorted((t, on) for t, on in found if 1e-3 < t < scene.window.duration_s - 1e-3)


def off(ours, theirs):
    assert [on for _, on in ours] == [on for _, on in theirs]
    return np.array([a - b for (a, _), (b, _) in zip(ours, theirs, strict=True)])


def test_the_suns_centre_is_behind_a_sphere_when_skyfield_says(case):
    # The same question, other code: the Earth's radius differs by 0.4 m, the Sun's place by arc seconds.
    scene, theirs = case
    assert np.abs(off(edges(scene, "centre"), theirs)).max() < 0.05


def test_first_and_last_light_are_around_skyfields_edges(case):
    """The Sun is half a degree wide and the Earth flat at the poles: our day is the longer one by some seconds."""
    scene, theirs = case
    sun_s = off(edges(scene, "umbra"), theirs)
    dawn = np.array([on for _, on in theirs]) == 1
    assert np.all(sun_s[dawn] < 0.0) and np.all(sun_s[~dawn] > 0.0)
    whole_s = off(edges(scene, "penumbra"), theirs)
    assert np.all(np.abs(sun_s - whole_s) > 5.0)              # a disc of 0.53 deg at 0.065 deg/s or slower


def dark_share(h, beta):
    """f = acos(sqrt(h^2 + 2 R h) / ((R + h) cos beta)) / pi on a circle (facts of the spacewalk, section 3)."""
    cosine = math.sqrt(h * h + 2 * EARTH_M * h) / ((EARTH_M + h) * math.cos(beta))
    return math.acos(min(cosine, 1.0)) / math.pi


@pytest.mark.parametrize("beta_deg", [0.0, 30.0, 60.0, 70.0])
@pytest.mark.parametrize("height_m", [418_000.0, 350_000.0])
def test_a_cylinders_shadow_is_as_long_as_the_formula_says(beta_deg, height_m):
    from fakel.physics.light import above_cylinder_rad
    from fakel.physics.spans import spans_within
    beta, period_s = math.radians(beta_deg), 5_575.8
    sun = np.array([1.496e11, 0.0, 0.0])

    def lit(t_s, row):
        angle = 2 * math.pi * t_s / period_s
        ahead = [math.cos(beta), 0.0, math.sin(beta)]
        place = np.outer(np.cos(angle), ahead) + np.outer(np.sin(angle), [0.0, 1.0, 0.0])
        return above_cylinder_rad((EARTH_M + height_m) * place, np.tile(sun, (len(t_s), 1)))
    found = spans_within(lit, np.array([0.0]), np.array([period_s]), 30.0)
    dark_s = period_s - float(np.sum(found.stop_s - found.start_s))
    assert dark_s == pytest.approx(period_s * dark_share(height_m, beta), abs=2e-3)         # two edges, 1e-4 s each


def test_the_facts_of_an_orbit_at_418_km_come_out():
    # 36.0 / 34.3 / 23.9 min of 92.93 dark at beta 0, 30, 60 deg.
    for beta_deg, minutes in ((0, 36.0), (30, 34.3), (60, 23.9)):
        assert 92.93 * dark_share(418_000.0, math.radians(beta_deg)) == pytest.approx(minutes, abs=0.06)
