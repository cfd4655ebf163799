"""Rules over many flights: shares, their interval, and the command that tells them."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, norm

from fakel.load import folder
from fakel.model.verdict import Status
from fakel.reports.rules import share_lines
from fakel.rules.many import shares, wilson
from flights import fakel
from make_flight import make_flight, make_verdicts


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_where_the_score_test_says_so(counts):
    """Wilson's ends are the shares from which the seen one lies 1.96 deviations away."""
    kept, judged = counts
    seen = kept / judged
    low, high = wilson(kept, judged)
    assert 0.0 <= low <= seen <= high <= 1.0
    for end in (low, high):
        if 0.0 < end < 1.0:
            away = abs(seen - end) / (end * (1 - end) / judged) ** 0.5
            assert away == pytest.approx(norm.ppf(0.975), rel=1e-6)


@pytest.mark.parametrize(("n", "share"), [(20, 0.5), (50, 0.9), (200, 0.99), (1000, 0.993)])
def test_the_interval_holds_the_truth_in_some_95_of_100_campaigns(n, share):
    """Summed over all outcomes of n runs. Brown, Cai and DasGupta 2001: Wilson's stays near 95 %, 91 % at the worst."""
    hit = sum(binom.pmf(kept, n, share) for kept in range(n + 1)
              if wilson(kept, n)[0] <= share <= wilson(kept, n)[1])
    assert 0.91 <= hit <= 0.99


def test_a_thousand_made_flights_are_told_in_a_line():
    good = make_verdicts()[0]
    bad = replace(good, status=Status.FAIL, margin=-0.2)
    runs = [[bad if i < 7 else good] for i in range(1000)]
    told = share_lines(shares(runs), [f"run-{i}" for i in range(1000)])
    assert any("99.3 % (98.6 to 99.7)" in line and "993 of 1000" in line and "run-0" in line for line in told)


def test_nothing_judged_says_nothing():
    assert wilson(0, 0) == (0.0, 1.0)


def test_shares_count_only_what_could_be_judged():
    good, bad, dark = make_verdicts()
    broken, lost = (replace(good, status=Status.FAIL, margin=-0.2), replace(good, status=Status.UNKNOWN, margin=None))
    (one,) = shares([[good], [broken], [lost]])
    assert (one.kept, one.judged, one.unknown, one.share, one.worst, one.worst_margin) == (1, 2, 1, 0.5, 1, -0.2)
    (none,) = shares([[dark]])
    assert none.share is None and none.worst == -1
    assert [s.rule for s in shares([[bad], [good]])] == [bad.rule, good.rule]


@pytest.fixture
def campaign(tmp_path):
    """Three runs, told by a rule of their own: landings at 1, 2 and 3 m/s."""
    for i, speed in enumerate((1.0, 2.0, 3.0)):
        flight = make_flight()
        home = flight.legs[-1]
        told = {"speed_m_s": speed, "touchdown_max_m_s": 2.6}
        landed = tuple(replace(e, facts={**e.facts, **told}) if e.name == "landing" else e for e in home.events)
        folder.begin(tmp_path / "runs" / f"run-{i}", flight.mission, flight.made_by, replace=False)
        for leg in (*flight.legs[:-1], replace(home, phase="landing", events=landed)):
            folder.write_leg(tmp_path / "runs" / f"run-{i}", leg)
        folder.finish(tmp_path / "runs" / f"run-{i}", (), {}, complete=True)
    return tmp_path / "runs"


def test_a_folder_of_flights_is_told_in_shares(campaign):
    run = fakel("check", campaign, "--rule", "TOUCHDOWN-SPEED", "--json")
    assert run.code == 1
    (row,) = run.told["shares"]
    assert (row["kept"], row["judged"], row["least_margin_in"]) == (2, 3, "run-2")
    assert row["least_margin"] == pytest.approx(-0.4)
    said = fakel("check", campaign / "run-0", campaign / "run-1", "--rule", "TOUCHDOWN-SPEED")
    assert said.code == 0 and "100.0 % (34.2 to 100.0)" in said.out and "2 runs, 1 rules." in said.out


def test_one_rule_is_told_with_all_that_is_behind_it(campaign):
    run = fakel("check", campaign / "run-2", "--rule", "TOUCHDOWN-SPEED")
    assert run.code == 1
    for part in ("FAIL  TOUCHDOWN-SPEED", "RSC Energia", 'fact("landing", "speed_m_s")  <=  limit', "landing.speed_m_s",
                 "3 m/s; the rule says at most 2.6 m/s", "-0.4 m/s", "broken",
                 'limit       fact("landing", "touchdown_max_m_s") m/s'):
        assert part in run.out
    told = json.loads(fakel("check", campaign / "run-2", "--rule", "TOUCHDOWN-SPEED", "--json").out)
    assert told["verdicts"][0]["violations"] and told["rules"][0]["limit"] == 'fact("landing", "touchdown_max_m_s")'


@pytest.mark.parametrize(("words", "said"), [
    (("--rule", "TOUCHDOWN-SPED"), "--rule TOUCHDOWN-SPED: there is no such rule; did you mean TOUCHDOWN-SPEED?"),
    (("--rule", "SEATS"), "--rule SEATS: does not concern this flight, which has none of its phases: stay"),
])
def test_a_rule_that_is_not_there_is_told_in_a_line(campaign, words, said):
    run = fakel("check", campaign / "run-0", *words)
    assert run.code == 2 and run.err.strip().endswith(said)


def test_a_folder_without_flights(tmp_path):
    run = fakel("check", tmp_path)
    assert run.code == 2 and "holds no flight" in run.err and run.err.count("\n") == 1
