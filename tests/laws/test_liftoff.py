"""The liftoff second: what it follows from, by sign and size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest

from fakel.load.library import Library
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.launcher import Launcher
from fakel.model.place import Site
from fakel.model.profile import Profile
from fakel.physics.force import EARTH_RATE_RAD_S
from fakel.plan import launch
from fakel.plan.craft import Path
from fakel.plan.insertion import inclination_of, turned_to
from fakel.plan.mean_orbit import axis_of_phase_rate, mean_orbit, secular_rates, wrapped
from fakel.plan.node_drift import node_drift_rad
from fakel.world import World, build_world

DAY = Epoch.utc("2013-11-07")
HALF_DAY_S = 43_200.0
SECONDS_PER_DEG = np.radians(1.0) / EARTH_RATE_RAD_S


@dataclass(frozen=True)
class Case:
    world: World
    station: Path
    ask: launch.Ask

    def liftoff_s(self, **changes) -> float:
        """Seconds after the day's midnight, of the first chance."""
        case = replace(self, **changes)
        found = launch.opportunities(Window(DAY, DAY + 1.9 * HALF_DAY_S), case.ask, case.station, case.world)
        return found[0].liftoff - DAY


@cache
def case(profile="soyuz-four-orbit") -> Case:
    """A station 416 km up at 51.64 deg on the mean, in the middle of the profile's window on that day."""
    world, library = build_world(DAY + -HALF_DAY_S, DAY + 3 * HALF_DAY_S), Library()
    a_m, tilt = 6_794e3, np.radians(51.676)
    r, v = a_m * np.array([1.0, 0, 0]), np.sqrt(3.986004418e14 / a_m) * np.array([0.0, np.cos(tilt), np.sin(tilt)])
    ask = launch.Ask(library.find(Launcher, "soyuz-fg", "test"), library.find(Site, "baikonur-1-5", "test"),
                     library.find(Profile, profile, "test"), 7220.0, 22.0)
    made = Case(world, Path(world.seconds(DAY), np.r_[r, v, 420e3], 3000.0), ask)
    ahead = launch.opportunities(Window(DAY, DAY + 1.9 * HALF_DAY_S), ask, made.station, world)[0].phase_rad
    wanted = 0.5 * (ask.profile.phase_min_rad + ask.profile.phase_max_rad)
    return replace(made, station=moved(made, wanted - ahead))


def moved(of: Case, along_rad: float) -> Path:
    """The station of a case farther along its own orbit, in the same plane at that instant."""
    mean = mean_orbit(of.station, of.world)
    after_s = along_rad / mean.phase_rate_rad_s
    y, back = of.station.at(of.station.t_s + after_s, of.world).y.copy(), -mean.node_rate_rad_s * after_s
    about = np.array([[np.cos(back), -np.sin(back), 0], [np.sin(back), np.cos(back), 0], [0, 0, 1]])
    y[:3], y[3:6] = about @ y[:3], about @ y[3:6]
    return replace(of.station, y=y)


def with_target(of: Case, target) -> launch.Ask:
    return replace(of.ask, launcher=replace(of.ask.launcher, target=target))


def test_a_steeper_insertion_leaves_earlier():
    """At a fixed place the node moves east by tan(lat) / (sin2(i) cos(dlon)) of the added inclination (spherical
    triangle), 9.1 deg per deg; so much less must the Earth turn: 22 s for 0.01 deg."""
    c, target = case(), case().ask.launcher.target
    tilt = inclination_of(target)
    up = target.position_itrf_m / np.linalg.norm(target.position_itrf_m)
    tangent = up[2] / np.hypot(up[0], up[1])
    node = tangent / np.sin(tilt) ** 2 / np.sqrt(1 - (tangent / np.tan(tilt)) ** 2)
    steeper = c.liftoff_s(ask=with_target(c, turned_to(target, tilt + np.radians(0.01))))
    expected_s = -node * 0.01 * SECONDS_PER_DEG
    # The derivative grows by a hundredth over 0.01 deg; and the phase at that liftoff has changed by 1.4 deg.
    assert steeper - c.liftoff_s() == pytest.approx(expected_s, rel=0.06)
    assert expected_s == pytest.approx(-21.8, abs=0.3)


def test_turning_keeps_place_speed_and_climb():
    target = case().ask.launcher.target
    new = turned_to(target, np.radians(51.70))
    spin = np.array([0.0, 0.0, EARTH_RATE_RAD_S])
    before, after = (t.velocity_itrf_m_s + np.cross(spin, t.position_itrf_m) for t in (target, new))
    assert np.degrees(inclination_of(new)) == pytest.approx(51.70, abs=1e-9)
    assert np.linalg.norm(after) == pytest.approx(np.linalg.norm(before), rel=1e-12)
    assert after @ target.position_itrf_m == pytest.approx(before @ target.position_itrf_m, rel=1e-9)
    with pytest.raises(ValueError, match="no such orbit passes over"):
        turned_to(target, np.radians(50.0))


def test_a_station_farther_ahead_is_left_for_later():
    """Facts of flown missions: 0.00207 deg of node, 0.495 s of liftoff, per degree of phase. Found here: within 4 %."""
    c = case()
    later = c.liftoff_s(station=moved(c, np.radians(1.0))) - c.liftoff_s()
    assert later == pytest.approx(0.495, rel=0.06)


def test_a_separation_vector_farther_east_leaves_earlier():
    """Turned about the pole by 0.01 deg, its plane comes 2.39 s of the Earth's turn earlier."""
    c, target = case(), case().ask.launcher.target
    turn = np.radians(0.01)
    about = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    east = replace(target, position_itrf_m=about @ target.position_itrf_m,
                   velocity_itrf_m_s=about @ target.velocity_itrf_m_s)
    # The phase shrinks with the earlier liftoff and with the farther place: 0.16 deg, 0.08 s.
    assert c.liftoff_s(ask=with_target(c, east)) - c.liftoff_s() == pytest.approx(-0.01 * SECONDS_PER_DEG, abs=0.12)


def test_a_later_separation_is_left_for_earlier():
    c, target = case(), case().ask.launcher.target
    later = replace(target, met_s=target.met_s + 10.0)
    # The station is 0.65 deg farther at separation than it would be: 0.3 s back.
    assert c.liftoff_s(ask=with_target(c, later)) - c.liftoff_s() == pytest.approx(-10.0, abs=0.4)


@pytest.mark.parametrize(("profile", "way_h"), [("soyuz-four-orbit", (5.0, 6.5)), ("soyuz-two-day", (48.0, 51.0))])
def test_a_later_docking_of_the_same_phase_moves_liftoff_as_the_rates_say(profile, way_h):
    """The same phase closed more slowly is closed higher up, where a degree of it costs less node, and the station's
    inclination has longer to act: by Kozai's rates summed over the way."""
    c = case(profile)
    sooner, later = (c.liftoff_s(ask=replace(c.ask, docking_s=3600.0 * h)) for h in way_h)
    chance = launch.opportunities(Window(DAY, DAY + 1.9 * HALF_DAY_S), c.ask, c.station, c.world)[0]
    mine, its = flown_orbits(c, chance)
    low_s = launch.first_burn_s(c.ask.profile) - c.ask.launcher.target.met_s
    drift = [summed_drift(mine, its, chance.phase_rad, low_s, 3600.0 * h - c.ask.launcher.target.met_s)
             for h in way_h]
    expected_s = -(drift[1] - drift[0]) / EARTH_RATE_RAD_S
    assert later - sooner == pytest.approx(expected_s, abs=0.02)
    assert abs(expected_s) > 0.03              # what is tested is no rounding


def flown_orbits(c: Case, chance):
    target = c.ask.launcher.target
    t_s = c.world.seconds(chance.liftoff) + target.met_s
    r, v = c.world.to_gcrf(np.array([t_s]), target.position_itrf_m[None], target.velocity_itrf_m_s[None])
    ship = Path(t_s, np.r_[r[0], v[0], c.ask.mass_kg], c.ask.cd_area_m2)
    return mean_orbit(ship, c.world), mean_orbit(c.station.at(t_s, c.world), c.world)


def summed_drift(mine, its, phase_rad, low_s, way_s):
    """By bisection on the height after the first burn, in steps of a minute: no closed form."""
    times = np.arange(0.0, way_s, 60.0)
    spans = np.minimum(60.0, way_s - times)
    early = np.clip(low_s - times, 0.0, spans)

    def gained(a_m):
        node, turn = secular_rates(a_m, mine.inclination_rad)
        steps = [(n - its.node_rate_rad_s, p - its.phase_rate_rad_s)
                 for n, p in ((mine.node_rate_rad_s, mine.phase_rate_rad_s), (node, turn))]
        return [float(np.sum(early * steps[0][k] + (spans - early) * steps[1][k])) for k in (0, 1)]

    low, high = mine.a_m - 100e3, its.a_m + 400e3
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if gained(middle)[1] > phase_rad else (low, middle)
    return gained(low)[0]


def test_the_drift_is_that_of_orbits_flown():
    """Two orbits coasted in the full model for two days: their mean nodes part as the rates of J2 say, within 1 %
    (J4 and the square of J2 are left out)."""
    c = case()
    chance = launch.opportunities(Window(DAY, DAY + 1.9 * HALF_DAY_S), c.ask, c.station, c.world)[0]
    mine, its = flown_orbits(c, chance)
    low, high = (mean_path(c, a_m) for a_m in (6_678e3, 6_790e3))
    ends = [mean_orbit(replace(p, cd_area_m2=0.0).at(p.t_s + HALF_DAY_S, c.world), c.world) for p in (low, high)]
    starts = [mean_orbit(replace(p, cd_area_m2=0.0), c.world) for p in (low, high)]
    flown = wrapped(ends[0].node_rad - starts[0].node_rad) - wrapped(ends[1].node_rad - starts[1].node_rad)
    phase = (starts[0].phase_rate_rad_s - starts[1].phase_rate_rad_s) * HALF_DAY_S
    assert node_drift_rad(starts[0], starts[1], phase, 3000.0, HALF_DAY_S) == pytest.approx(flown, rel=0.01)
    assert mine.a_m < its.a_m


def mean_path(c: Case, a_m: float) -> Path:
    y = c.station.y.copy()
    scale = a_m / np.linalg.norm(y[:3])
    y[:3] *= scale
    y[3:6] /= np.sqrt(scale)
    return Path(c.station.t_s, y, 0.0)


def test_an_axis_is_found_from_its_rate():
    a_m = axis_of_phase_rate(secular_rates(6_700e3, 0.9)[1], 0.9, 6_800e3)
    assert a_m == pytest.approx(6_700e3, abs=1e-2)


def test_a_fixed_programme_is_given_no_window_where_its_inclination_does_not_fit():
    """A station turned by 0.1 deg about its line of nodes needs 12 or 13 m/s, more than the 5 m/s that are kept."""
    c = case()
    r, v = c.station.y[:3], c.station.y[3:6]
    line = np.cross([0.0, 0.0, 1.0], np.cross(r, v))
    line /= np.linalg.norm(line)
    tilt = np.radians(0.1)
    turned = [line * (line @ x) * (1 - np.cos(tilt)) + x * np.cos(tilt) + np.cross(line, x) * np.sin(tilt)
              for x in (r, v)]
    with pytest.raises(InputError, match=r"flies into 51\.64 deg .* turning costs 1[2-6] m/s"):
        c.liftoff_s(station=replace(c.station, y=np.r_[turned[0], turned[1], c.station.y[6]]))


def test_the_window_is_what_the_reserve_turns():
    """5 m/s turn the plane by 0.037 deg: 0.047 deg of node at 51.6 deg, 11 s either side; a station whose
    inclination is off leaves less of it."""
    c = case()
    chance = launch.opportunities(Window(DAY, DAY + 1.9 * HALF_DAY_S), c.ask, c.station, c.world)[0]
    assert chance.early_s == chance.late_s == pytest.approx(11.2, abs=0.5)
