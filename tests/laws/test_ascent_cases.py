"""Laws of dispersed climbs: chance has an address, and every cause works the way it must."""

from dataclasses import replace

import numpy as np
import pytest
from tests.ascents import SHIP_KG, case, file_with, runs

import fakel
from fakel.model.arrays import same
from fakel.model.climb import AscentSpread
from fakel.model.wind import Wind
from fakel.plan.ascent import fly_steered
from fakel.plan.climb_cases import errors_of, failed, fly_cases, fly_one, quantile, told


def test_runs_hang_on_seed_and_number_not_on_jobs():
    numbers = (3, 4, 5, 6, 7, 8, 9, 10, 11)
    one, two = ([run for run, _ in fly_cases(case(), 1, numbers, jobs)] for jobs in (1, 3))
    assert same(tuple(one), tuple(two)) and same(tuple(one), runs()[3:12])
    other = [run for run, _ in fly_cases(case(), 2, numbers, 1)]
    assert not any(a.cutoff_s == b.cutoff_s for a, b in zip(one, other, strict=True))


def test_without_errors_it_is_the_nominal_climb():
    """A calm wind is flown by the same code as none; 1 mm and 1 microgram of round-off."""
    spread = case().spread
    still = replace(spread, thrust_share=0.0, isp_share=0.0, load_share=0.0, drag_share=0.0, wind_m_s=0.0)
    run, _ = fly_one(1, 0, replace(case(), spread=still))
    plain = told(0, fly_steered(case().launcher, case().pad, SHIP_KG, case().steering, rows=False), case())
    assert run.propellant_left_kg == pytest.approx(plain.propellant_left_kg, abs=1e-6)
    assert run.height_m == pytest.approx(plain.height_m, abs=1e-3)


def test_errors_have_the_size_that_the_file_says():
    """Standard deviations of 400 runs are known to 3.5 %: four of those; winds at one height likewise."""
    spread = case().spread
    drawn = [errors_of(5, run, case()) for run in range(400)]
    for name, size in (("thrust", spread.thrust_share), ("isp", spread.isp_share), ("load", spread.load_share)):
        for stage in range(3):
            assert np.std([getattr(e, name)[stage] for e in drawn]) == pytest.approx(size, rel=0.14)
    assert np.std([e.drag for e in drawn]) == pytest.approx(spread.drag_share, rel=0.14)
    for side in ("east_m_s", "north_m_s"):
        winds = np.array([getattr(e.wind, side) for e in drawn])
        assert winds[:, 10].std() == pytest.approx(spread.wind_m_s, rel=0.14)
        assert np.corrcoef(winds[:, 10], winds[:, 11])[0, 1] > 0.9 > 0.3 > np.corrcoef(winds[:, 2], winds[:, 22])[0, 1]


def test_a_mean_wind_is_blown_in_every_run():
    mean = Wind("mean", tuple(np.arange(0.0, 26e3, 1000.0)), (30.0,) * 26, (0.0,) * 26)
    calm, windy = errors_of(1, 4, case()), errors_of(1, 4, replace(case(), mean=mean))
    assert np.allclose(np.array(windy.wind.east_m_s) - np.array(calm.wind.east_m_s), 30.0)
    assert windy.thrust == calm.thrust and np.allclose(windy.wind.north_m_s, calm.wind.north_m_s)


def test_every_run_meets_its_orbit_or_fails():
    for run in runs():
        assert np.isfinite([run.cutoff_s, run.height_m, run.perigee_off_m, run.propellant_left_kg]).all()
        assert run.ending == "inserted" or run.propellant_left_kg < 1.0
        assert failed(run) == (run.ending != "inserted" and not run.within)
        if run.ending == "inserted":
            assert run.within and run.off_plane_rad < 1e-5


@pytest.mark.parametrize(("blows", "more_left"), [((-30.0, -17.0), False), ((30.0, 17.0), True)])
def test_a_headwind_costs_propellant_and_a_tailwind_gives_some(tmp_path, blows, more_left):
    """The climb goes 60.5 deg east of north: 35 m/s along it or against it."""
    file = tmp_path / "wind.csv"
    rows = "\n".join(f"{h},{blows[0]},{blows[1]}" for h in range(0, 21_000, 1000))
    file.write_text(f"height_m,east_m_s,north_m_s\n{rows}\n")
    windy, calm = fakel.ascent(wind=file), fakel.ascent()
    assert (windy.propellant_left_kg > calm.propellant_left_kg) == more_left
    assert windy.ending == "inserted" and abs(windy.orbit.apogee_m - windy.aim.apogee_m) < 100.0


def test_a_heavier_ship_leaves_less_and_one_too_many_kilograms_reach_nothing():
    left = [fakel.ascent(mass_kg=kg).propellant_left_kg for kg in (7000.0, 7200.0, 7400.0)]
    assert left[0] > left[1] > left[2] > 0.0
    failed_ = fakel.ascent(mass_kg=7800.0, anyway=True)
    assert failed_.ending != "inserted" and failed_.reaches_kg == pytest.approx(7592.0, abs=5.0)
    assert fakel.ascent(mass_kg=failed_.reaches_kg - 0.2).ending == "inserted"


def test_an_engine_out_goes_on_to_its_abort():
    """The later the third stage stops, the farther from the pad the crew comes down."""
    far = [fakel.ascent(engine_out=f"third:{at_s}").flown_to for at_s in (300, 400, 500)]
    assert [round(row.failure_s) for row in far] == [300, 400, 500]
    assert far[0].from_pad_m < far[1].from_pad_m < far[2].from_pad_m


def test_guidance_that_loses_its_way_says_where_and_why():
    found = fakel.ascent(engine_out="core:150")
    assert found.ending == "short" and found.flown_to is not None
    assert found.trouble.startswith("guidance found no way to its aim from 158 s on; it is back on the ground at ")
    gives, needs = (float(found.trouble.split(after)[1].split(" m/s")[0]) for after in ("kg: ", "the aim is "))
    assert gives < needs
    # The crew leaves where the rocket begins to sink, not where it meets the ground.
    assert found.flown_to.failure_s < 300.0 and found.flown_to.apogee_m > 100e3


def test_failures_of_many_are_carried_to_the_ground(tmp_path):
    """A launcher with little to spare: some of its climbs fail, and each of those has its abort."""
    mine = file_with(tmp_path, ("dry_mass_kg = 1969", "dry_mass_kg = 2250"))
    found = fakel.ascent_cases(launcher=mine, runs=12, seed=3, jobs=1)
    lost = [run for run in found.runs if not run.within and run.ending != "inserted"]
    assert lost and len(lost) < 12
    for run in lost:
        assert run.abort is not None and run.abort.landing_s > run.cutoff_s
    assert found.within.low < found.within.value < found.within.high
    # 281 kg more to carry, where 372 kg (to the heaviest ship, 7592 kg) cost all of 311 kg
    assert found.margin_kg == pytest.approx(311.0 * (1.0 - 281.0 / 372.0), abs=10.0)


def test_causes_are_shares_of_what_varies():
    found = fakel.ascent_cases(runs=80, seed=1, jobs=1)
    assert 0.8 < sum(found.causes.values()) < 1.3               # the columns of 80 runs are not quite apart
    assert next(iter(found.causes)).startswith("thrust of")
    assert isinstance(found.spread, AscentSpread) and found.spread.confidence == "assumed"


def test_a_quantile_s_interval_holds_it_as_often_as_it_says():
    """Two hundred samples of 60 from a skew spread with a known quantile: 95 % or more, less chance (4 sigma: 6 %)."""
    rng, share = np.random.default_rng(7), 0.2
    true = -np.log(1.0 - share)
    held = [found.low <= true <= found.high for found in (quantile(rng.exponential(size=60), share)
                                                           for _ in range(200))]
    assert np.mean(held) > 0.89
    few = quantile(np.arange(10.0), 0.01)
    assert few.low == -np.inf and np.isfinite(few.high)


def test_a_climb_without_a_way_out_says_so():
    """A Progress rocket has no tower, which the ways out of a crew's ship name: told, not refused."""
    found = fakel.ascent(launcher="soyuz-2-1a-cargo", pad="baikonur-31-6", mass_kg=7000.0, engine_out="third:400")
    assert found.ending == "short" and found.flown_to is None
    assert any("how crews come down is not told" in line and "has no such event" in line for line in found.told)
