"""Laws of ways out of a climb: motors, continuity, repeating, and what a change does, by sign and size."""

from dataclasses import replace

import numpy as np
import pytest

from aborts import abort_at, changed, climb, km_apart, setting, who, with_ways
from fakel.load.surroundings import Around
from fakel.model.abort import Abort
from fakel.physics.entry import COLUMNS, NO_PUSH, Body, descend
from fakel.physics.geodesy import geodetic_from_itrf
from fakel.plan.abort_study import (
    at_second,
    carried_down,
    closer,
    in_water_s,
    one,
    places_at,
    seconds_of,
    table_of,
    track_of,
    way_out,
)
from fakel.plan.aborts import abort, ends_s

NO_ROWS = np.zeros((0, COLUMNS))


def test_a_push_gives_what_the_rocket_equation_says():
    """Without air or gravity (a body 1e9 m away, none of it turning): dv = c ln(m0/m1), to 1e-9."""
    air = setting().air
    empty = air._replace(earth=air.earth._replace(spin_rad_s=np.zeros(3), bodies=np.zeros((0, 4))),
                         ln_density=np.full_like(air.ln_density, -200.0))
    thrust_n, mass_kg, flow, burn_s = 785e3, 7300.0, 333.0, 3.0
    body = Body(np.zeros((2, 3)), 0.0, np.zeros((1, 4)), 1.0,
                push=np.array([[thrust_n / mass_kg, flow / mass_kg, 0.0, 0.6, 0.0, 0.8]]))
    start = np.array([1e9, 0.0, 0.0, 0.0, 0.0, 0.0])
    _, end, _, _ = descend(0.0, start, body, empty, 0.0, burn_s, 0.25, 1.0, NO_ROWS)
    _, rest, _, _ = descend(0.0, start, body._replace(push=NO_PUSH), empty, 0.0, burn_s, 0.25, 1.0, NO_ROWS)
    dv = thrust_n / flow * np.log(mass_kg / (mass_kg - flow * burn_s))
    np.testing.assert_allclose((end - rest)[3:], dv * np.array([0.6, 0.0, 0.8]), atol=1e-6)


def test_without_motors_the_body_is_as_it_was():
    """The same bits with no push and with a push of nothing."""
    air, y = setting().air, np.array([4.0e6, 3.0e6, 4.2e6, 3e3, 2e3, -1e3])
    body = Body(np.array([[0.0, 0.0, 0.002]]), 0.2, np.zeros((1, 4)), 1.0)
    ends = [descend(0.0, y, body._replace(push=push), air, 10e3, 50.0, 8.0, 1.0, NO_ROWS)[1]
            for push in (NO_PUSH, np.zeros((1, 6)))]
    assert np.array_equal(*ends)


def test_a_failure_again_is_the_same():
    assert one(150.0, climb(), setting()) == abort_at(150.0) == one(150.0, climb(), setting())


def test_a_climb_that_fails_is_carried_down_from_its_end():
    """A climb cut off at a row of its table comes down as an abort of that second, whatever follows in the whole."""
    rows = climb().table
    k = int(np.searchsorted(rows[:, 0], 200.0))
    short = replace(climb(), table=rows[:k + 1], ending="short", cutoff_s=float(rows[k, 0]), state=rows[k, 1:8].copy())
    flown, whole = carried_down(short, setting()), one(float(rows[k, 0]), climb(), setting())
    assert isinstance(flown, Abort)
    assert flown.landing_s == pytest.approx(whole.landing_s, abs=1e-6)
    assert flown.from_pad_m == pytest.approx(whole.from_pad_m, abs=0.1)
    bare = carried_down(replace(short, table=rows[:0]), setting())              # its nose along its flight, no motors
    assert bare.from_pad_m == pytest.approx(whole.from_pad_m, abs=0.1)


@pytest.mark.parametrize("t_s", [117.8, 200.25, 400.1])
def test_states_between_rows_lie_on_the_climb(t_s):
    """Leaving out a row moves a state between its neighbours by less than 3 m: rows are half a second apart."""
    rows = climb().table
    k = int(np.searchsorted(rows[:, 0], t_s + 1.0))
    without = replace(climb(), table=np.delete(rows, k, axis=0))
    y, _ = at_second(without, float(rows[k, 0]))
    assert np.linalg.norm(y[:3] - rows[k, 1:4]) < 3.0


def test_ways_end_where_the_launcher_says():
    ends = ends_s(who().launcher, setting().ways)
    for way, end_s in ends.items():
        if np.isfinite(end_s):
            assert one(end_s - 0.01, climb(), setting()).way == way != one(end_s + 0.01, climb(), setting()).way


def test_what_each_part_does():
    """By sign and size: a longer burn pulls higher; a heavier load is pressed less; delay costs height near the pad."""
    base = abort_at(0.0)
    longer, lighter = (one(0.0, climb(), with_ways(setting(), replace(setting().ways, ways=tuple(
        replace(w, motors=w.motors and replace(w.motors, **motors), **way) for w in setting().ways.ways))))
        for motors, way in (({"burn_s": 4.0}, {}), ({}, {"modules_kg": 300.0})))
    assert longer.apogee_m > base.apogee_m + 500.0 and longer.motors_g > base.motors_g - 1e-6
    assert lighter.motors_g > base.motors_g * 1.1
    later = one(20.0, climb(), changed(setting(), delay_s=4.0))
    assert later.apogee_m < abort_at(20.0).apogee_m and later.landing_s != abort_at(20.0).landing_s


def test_the_way_of_the_descent_matters_late_and_not_early():
    """Lift holds a fast capsule up: less load, farther; a capsule from the pad does not notice."""
    lift, spin = (changed(setting(), descent=how) for how in ("lift", "spin"))
    late = [one(400.0, climb(), given) for given in (lift, spin)]
    assert late[0].entry_g < late[1].entry_g - 1.0 and late[0].from_pad_m > late[1].from_pad_m + 20e3
    early = [one(0.0, climb(), given) for given in (lift, spin)]
    assert early[0].from_pad_m == pytest.approx(early[1].from_pad_m, abs=20.0)


def test_more_propellant_opens_the_orbit_earlier():
    """With 100 kg more to spend the way by orbit begins a second or more earlier; with none there is none."""
    def first(spare_kg):
        given = replace(setting(), propellant_kg=setting().ways.to_orbit.kept_kg + spare_kg)
        return next((t for t in np.arange(518.0, 529.5, 1.0) if one(float(t), climb(), given).way == "orbit"), 530.0)
    assert first(800.0) < first(300.0) <= 529.0


def test_half_steps_change_little():
    """The motors' and canopies' steps are short enough: halved, landing and time move by less than 1 m and 5 ms."""
    import fakel.plan.aborts as flying
    y, nose = at_second(climb(), 60.0)
    base, _ = abort(60.0, y, nose, setting())
    names = ("MOTOR_STEP_S", "COAST_STEP_S", "HANGING_STEP_S")
    kept = {name: getattr(flying, name) for name in names}
    try:
        for name, value in kept.items():
            setattr(flying, name, value / 2)
        fine, _ = abort(60.0, y, nose, setting())
    finally:
        for name, value in kept.items():
            setattr(flying, name, value)
    assert fine.from_pad_m == pytest.approx(base.from_pad_m, abs=1.0)
    assert fine.landing_s == pytest.approx(base.landing_s, abs=5e-3)
    assert fine.motors_g == pytest.approx(base.motors_g, abs=1e-3)


def test_the_study_is_a_table_with_a_row_a_failure():
    seconds = seconds_of(climb(), 200.0)
    rows = [abort_at(t) for t in seconds]
    from fakel.model.epoch import Epoch
    told = table_of(rows, [""] * len(rows), False, Epoch.utc("2018-10-11T08:40:15Z"))
    assert seconds == (0.0, 200.0, 400.0) and {len(column) for column in told.values()} == {3}
    assert told["failure_utc"][1].startswith("2018-10-11T08:43:35") and told["in_water"] == [0.0, 0.0, 0.0]
    track = track_of(climb())
    lat, lon, _ = geodetic_from_itrf(np.array([0.0, 1.0, 0.0]) * 7e6)
    assert track.shape == (len(climb().table), 3) and float(lat) == pytest.approx(0.0, abs=1e-9) and lon > 0


def test_the_share_of_the_climb_that_leads_into_water_does_not_hang_on_the_sample():
    """Of failures 20, 45 and 130 s apart 4, 0 and 0 % end in water; of the climb's seconds 16 of 529, flown each, do
    (3.0 %). Between rows the place is known to 30 km, two seconds of failures or less (12 to 130 km each)."""
    shares = []
    for every_s in (20.0, 45.0, 130.0):
        rows = [abort_at(t) for t in seconds_of(climb(), every_s)]
        close = closer(climb(), setting(), rows)
        told = in_water_s(climb().cutoff_s, rows, close, Around())
        assert sum(told["lasts_s"]) == pytest.approx(climb().cutoff_s)
        shares.append(100 * sum(told["water_s"]) / sum(told["lasts_s"]))
        for t_s in (50.0, 333.0, 459.0, 511.3):
            lat, lon = np.degrees(places_at(np.array([t_s]), close))
            assert km_apart(abort_at(t_s), lat[0], lon[0]) < 30.0
    assert shares == pytest.approx([3.0] * 3, abs=0.4)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_end_the_crew_comes_down(seed):
    """Ten states off the climb by 50 m/s each way, the nose anywhere: no exception, finite numbers, on the ground."""
    rng = np.random.default_rng(seed)
    for t_s in rng.uniform(20.0, climb().cutoff_s, 10):
        y, nose = at_second(climb(), float(t_s))
        y[3:6] += 50.0 * rng.standard_normal(3)
        nose = nose + rng.standard_normal(3)
        found = way_out(float(t_s), y, nose / np.linalg.norm(nose), setting())
        assert np.isfinite([found.landing_s, found.peak_g, found.apogee_m, found.from_pad_m]).all()
        assert found.landing_s > t_s and found.steps[-1].what == "touchdown"
        assert found.steps[-1].speed_m_s < 10.0 and found.steps[-1].height_m == pytest.approx(found.ground_m, abs=2.0)


def test_the_report_tells_the_study_where_there_is_one():
    from fakel.model.epoch import Epoch
    from fakel.reports.html import sections
    from fakel.reports.reading import Reading
    from make_flight import make_flight
    flight = make_flight()
    seconds = seconds_of(climb(), 100.0)
    told = table_of([abort_at(t) for t in seconds], [""] * 5 + ["sea"], False, Epoch.utc("2018-10-11T08:40:15Z"))
    legs = tuple(replace(leg, studies={**leg.studies, "launch_aborts": told}) if leg.phase == "ascent" else leg
                 for leg in flight.legs)
    (found,) = (s for s in sections(Reading(replace(flight, legs=legs), ())) if s.id == "escape")
    assert "1 of 6 come down in water" in found.lead
    assert [row[0].text for row in found.blocks[1].rows] == ["Escape tower", "The ship is let go"]
    assert not [s for s in sections(Reading(flight, ())) if s.id == "escape"]
