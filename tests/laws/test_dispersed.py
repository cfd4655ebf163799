"""Dispersed climbs: offsets of orbits, fixes, the law that steers, its covariance, flights that end by name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from climbs import SHIP, situation
from climbs import world as made_world
from dispersions import NAVIGATION, SEED, case, flown, mission, with_drill, with_navigation, world
from fakel.campaign.rendezvous import ENDINGS, case_of, fly_run, spreads
from fakel.campaign.result import result_of
from fakel.campaign.statistics import quantile, share
from fakel.campaign.workers import Order, as_data, fly_all, opened, prepared, read
from fakel.fly import fly_step
from fakel.guidance.closed_loop import error, fixed, together
from fakel.guidance.knowing import (
    burnt,
    burnt_covariance,
    fix,
    inertial_covariance,
    moved,
    offset_covariance,
    offset_m,
    offset_slopes,
)
from fakel.load.mission import missions
from fakel.model.errors import InputError
from fakel.model.navigation import Chance, Fault
from fakel.physics.propagate import coast
from fakel.plan.craft import state_y

RUNS = 16


def test_an_offset_moves_a_state_and_is_measured_again():
    y = state_y(situation().craft[SHIP.id])
    wanted = np.array([500.0, -300.0, 200.0, 150.0, -250.0, 4000.0])
    # what is bent over 4 km: 4 km squared over the Earth's radius, 2.4 m; e scales with a, 0.01 %
    assert offset_m(moved(y, wanted), y) == pytest.approx(wanted, abs=0.5)


def test_an_offset_stays_straight_where_a_position_does_not():
    """3 km of height change along track by 28 km a revolution; ten times as much must do ten times as much."""
    y, w = state_y(situation().craft[SHIP.id]), made_world()
    t_s = w.seconds(situation().epoch)

    def later(size: float) -> np.ndarray:
        ends = [coast(moved(y, np.r_[sign * size, np.zeros(5)]), t_s, t_s + 5400.0, 22.0, w.field)
                for sign in (0.0, 1.0)]
        return offset_m(ends[1], ends[0])
    small, large = later(100.0), later(3000.0)
    assert abs(small[5]) > 900.0                                   # 100 m of height: 9.4 m along track each 100 s
    assert large[5] == pytest.approx(30.0 * small[5], rel=0.005)   # 1.5 times 3 km / 6,600 km, and air
    assert abs(large[5]) > 27e3


def test_covariances_of_offsets_and_of_states_are_the_same_thing():
    y = state_y(situation().craft[SHIP.id])
    spread = np.diag([60.0, 200.0, 200.0, 150.0, 150.0, 500.0]) ** 2
    assert offset_covariance(inertial_covariance(spread, y), y) == pytest.approx(spread, rel=1e-6, abs=1e-3)
    radial = np.linalg.inv(offset_slopes(y))[:3, 0] @ y[:3] / np.linalg.norm(y[:3])
    assert radial == pytest.approx(1.0, abs=0.02)                  # a higher orbit is higher, at e = 0.003


def test_a_fix_makes_what_is_known_better_and_never_worse():
    before = np.diag([3000.0, 900.0, 900.0, 400.0, 400.0, 20e3]) ** 2
    noise = np.diag([60.0, 200.0, 200.0, 200.0, 200.0, 500.0]) ** 2
    after = error(fixed(together(before), fix(before, np.eye(6), noise)))
    assert np.allclose(np.diag(after), 1.0 / (1.0 / np.diag(before) + 1.0 / np.diag(noise)))   # both as information
    assert np.all(np.linalg.eigvalsh(before - after) > 0.0)


def test_what_an_engine_gives_has_the_covariance_that_is_counted_with():
    dv = np.array([0.3, -8.0, 1.0])
    draws = np.random.default_rng(5).standard_normal((20_000, 4))
    given = np.array([burnt(dv, g, 0.005, 0.02, np.radians(0.5)) for g in draws])
    counted = burnt_covariance(np.outer(dv, dv), 0.005, 0.02, np.radians(0.5))
    # 20,000 draws: a variance is known to 1 %, here four times that
    assert np.cov(given.T) == pytest.approx(counted, abs=0.04 * counted.max())


def test_an_undispersed_campaign_flies_the_plan():
    nothing = replace(NAVIGATION, insertion=replace(NAVIGATION.insertion, height_m=0.0, speed_m_s=0.0,
                                                    inclination_rad=0.0),
                      execution=replace(NAVIGATION.execution, size_share=0.0, size_fixed_m_s=0.0, pointing_rad=0.0,
                                        pulse_axis_m_s=0.0))
    quiet = replace(case(), navigation=nothing)
    found = fly_run(quiet, 0)
    assert found.ending == "done"
    # fixes still err: what is left is steering after them
    assert found.dv_m_s == pytest.approx(case().nominal.dv_m_s, abs=6.0)


def test_few_flights_dock_and_stay_in_the_corridor():
    """The figures of the campaign of 1,000, on few: each flight docks, is cheap enough and keeps to the corridor."""
    found = [flown(run) for run in range(RUNS)]
    assert [f.ending for f in found] == ["done"] * RUNS
    assert max(f.dv_m_s for f in found) <= case().nominal.dv_m_s + 12.0
    assert min(f.margin_m for f in found) >= 0.0
    assert len({f.dv_m_s for f in found}) == RUNS


def test_flights_are_spread_as_the_covariance_says():
    """Sum over flights of (x / sigma)^2 follows chi-square: 3 axes of 16 flights have 48, +- 9.8; four sigma are 39."""
    found = [flown(run) for run in range(RUNS)]
    last = list(spreads(case()).values())[-1]
    for rows, covariance in (([np.array(f.aim) - case().nominal.aim for f in found], last.relative),
                             ([np.array(f.known_error) for f in found], last.error)):
        parts = np.array([r[:3] for r in rows])
        inverse = np.linalg.inv(covariance[:3, :3])
        assert abs(np.einsum("ni,ij,nj->", parts, inverse, parts) - 3 * RUNS) < 39.0


def test_a_run_alone_is_the_run_of_the_campaign():
    """The phases, with all their arcs and studies, fly what the campaign flew."""
    chance, name = Chance(NAVIGATION, SEED, 3), case().first
    now, alone, legs = case().before, flown(3), []
    steps = {key: replace(step, plan=replace(step.plan, chance=chance)) for key, step in mission().steps.items()
             if step.phase in ("phasing", "rendezvous", "docking")}
    dispersed = replace(mission(), steps={**mission().steps, **steps})
    for _ in range(3):
        _, leg = fly_step(dispersed, name, now, world())
        legs.append(leg)
        now, name = leg.after, dispersed.steps[name].then[leg.ending]
    burns = {e.facts["burn"]: e.facts for leg in legs[:2] for e in leg.events if e.name == "burn_end"}
    assert list(burns) == list(alone.burns)
    for burn, facts in burns.items():                               # bit for bit
        assert (facts["dv_radial_m_s"], facts["dv_along_m_s"], facts["dv_normal_m_s"]) == alone.burns[burn]
    touch = next(e for e in legs[2].events if e.name == "docking_contact").facts
    # the mass at contact is summed in another order: 1e-7 kg
    assert touch["propellant_kg"] == pytest.approx(alone.left_kg, abs=1e-6)
    assert touch["closing_rate_m_s"] == pytest.approx(alone.closing_rate_m_s, abs=1e-9)
    assert legs[0].studies["knowledge"]["what"] and legs[1].studies["commands"]["burn"][-1] == "brake"


def test_a_missed_burn_takes_the_fallback_and_docks():
    """As TMA-12M: the third burn does not happen, the ship docks two days after launch."""
    found = fly_run(with_drill(case().first, miss="DV3"), 1)
    assert found.ending == "done" and found.fell_back
    assert list(found.burns)[:2] == ["DV1", "DV2"] and len(found.burns) > 5
    assert found.dv_m_s <= case().nominal.dv_m_s + 12.0            # raising early costs the same (sketch, section 4)


def test_dispersed_drills_end_by_name():
    """A short burn is felt and mended by the next; after an inhibited one the fallback docks, steered to the last."""
    short = fly_run(with_drill(case().first, short="DV2", short_share=0.8), 1)
    assert short.ending == "done" and not short.fell_back
    assert short.dv_m_s <= case().nominal.dv_m_s + 12.0
    inhibited = fly_run(with_drill(case().first, inhibit="DV3"), 1)
    assert inhibited.ending == "done" and inhibited.fell_back
    assert "brake" in {name.split("/")[0] for name in inhibited.burns}


def test_a_burn_missed_by_chance_is_made_up_for():
    """The profile has the others solved again after M3: here a braking burn and M3 once more, later in its slot."""
    found = fly_run(with_navigation(missed_share=0.04), 15)
    assert found.skipped == ("M3",) and found.ending == "done" and not found.fell_back and found.aim is None


def test_a_burn_that_nothing_makes_up_for_ends_by_name():
    found = fly_run(with_drill("approach", miss="brake"), 0)
    assert found.ending == "missed_burn" and found.why.startswith("brake") and list(found.burns)[-1] == "M3"


def test_a_radar_gone_wrong_is_named_and_stops_the_burns():
    found = fly_run(with_navigation(faults=(Fault("radar", 5000.0, 2),)), 0)
    one, other = found.disagreements[:2]
    assert "radar" in one and "sigma in range; the fix is left out" in one
    assert "inhibited" in other and "fallback" in other
    assert found.ending == "missed_burn" and "the sensors disagree" in found.why
    once = fly_run(with_navigation(faults=(Fault("tracking", 40e3, 2),)), 0)
    assert "tracking by" in once.disagreements[0] and "place along track" in once.disagreements[0]


def test_shares_and_quantiles_have_honest_intervals():
    assert share(0, 100).low == 0.0 and share(0, 100).high == pytest.approx(0.0370, abs=5e-4)   # Wilson 1927
    assert share(1000, 1000).low == pytest.approx(0.9962, abs=5e-4)
    values = np.random.default_rng(1).standard_normal(2000)
    found = quantile(values, 0.99, 1, "test")
    assert found.low < 2.326 < found.high and found.high - found.low < 0.5


def test_a_stopped_campaign_goes_on(tmp_path):
    order = Order(str(missions()["sochi-torch"]), "soyuz-2013", SEED)
    assert opened(tmp_path, order, False) == {}
    two = fly_all(order, case(), 2, 1, tmp_path, {}, lambda *_: None)
    with (tmp_path / "flights.jsonl").open("a") as file:
        file.write('{"run": 2, "end')                              # cut off in the middle of a line
    done = opened(tmp_path, order, False)
    assert sorted(done) == [0, 1]
    rows = fly_all(order, case(), 3, 1, tmp_path, done, lambda *_: None)
    assert rows[:2] == two and rows[2] == as_data(flown(2)) and sorted(read(tmp_path)) == [0, 1, 2]
    with pytest.raises(InputError, match="another campaign"):
        opened(tmp_path, replace(order, seed=1), False)


@pytest.mark.campaign
def test_a_thousand_flights():
    """The figures of the issue on 1,000 flights, one process, some minutes."""
    rows = [as_data(fly_run(case(), run)) for run in range(1000)]
    result = result_of(case(), rows)
    assert result["docked_within_12_m_s"]["value"] >= 0.99
    assert set(result["endings"]) <= set(ENDINGS) and result["outside_corridor"] == 0
    assert result["worst_apart"] < 0.15


@pytest.mark.campaign
def test_another_case_made_anew_is_the_same():
    """What each process makes for itself is what the others have."""
    again = prepared(Order(str(missions()["sochi-torch"]), "soyuz-2013", SEED))
    assert fly_run(again, 5) == flown(5)
    assert case_of(mission(), world(), NAVIGATION, SEED).nominal.dv_m_s == case().nominal.dv_m_s
