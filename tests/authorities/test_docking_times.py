"""Docking times without per-flight input, and flown instants as wishes: what docs/validation.md shows, as limits."""

import importlib.util
from functools import cache
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "rendezvous.py"


@cache
def bench():
    spec = importlib.util.spec_from_file_location("bench_rendezvous", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    import sys
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def off_min() -> dict[str, tuple[str, float, float]]:
    """Way by its orbits, plan less flown (min), and delta-v of the flown instant as a wish above n da/2."""
    out = {}
    for case in bench().cases():
        if case.took_s is None:
            continue
        visit, profile, world = bench().visit_of(case)
        way = bench().way_at(case, visit, profile, world, None)
        wish = bench().way_at(case, visit, profile, world, case.lifted + case.took_s)
        out[case.flight] = ("34" if case.missed else case.orbits, (way.docking - case.lifted - case.took_s) / 60.0,
                            wish.total_m_s - wish.floor_m_s)
    return out


@pytest.mark.campaign
def test_docking_times_are_as_near_as_the_issue_asks():
    """Four orbits within 10 min on four of five and 35 on all (operators take one of two branches), two within 20, two
    days within 1.3 h: the spread of the flown cases, not ours."""
    by = {orbits: sorted(abs(off) for way, off, _ in off_min().values() if way == orbits)
          for orbits in ("2", "4", "34")}
    assert len(by["4"]) == 5 and by["4"][3] < 10.0 and by["4"][4] < 35.0
    assert len(by["2"]) == 2 and max(by["2"]) < 20.0
    assert len(by["34"]) == 2 and max(by["34"]) < 78.0


@pytest.mark.campaign
def test_every_flown_docking_has_a_cheap_plan():
    """12 m/s above n da/2: what the issue asks for the last kilometres and the shape of the orbit."""
    assert max(over for *_, over in off_min().values()) < 12.0
