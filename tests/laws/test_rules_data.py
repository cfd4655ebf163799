"""The rules that ship: readable, sourced, and never satisfied by a flight that tells nothing."""

from pathlib import Path

import pytest

import fakel
from fakel.model.epoch import Epoch
from fakel.model.flight import EVENT_NAMES, Flight, Leg, Situation
from fakel.model.verdict import Status
from fakel.phases import PHASES
from fakel.rules import judge, load_rules
from fakel.rules.formula import parse

RULES = load_rules()
SAY_NOTHING_BY_COUNTING = {"BRAKED", "BURNS-DONE", "WALK-COMPLETE"}


def test_there_are_rules_for_every_part_of_a_visit():
    folder = Path(fakel.__file__).parent / "data" / "rules"
    assert {p.stem for p in folder.glob("*.toml")} == {
        "launch", "escape", "rendezvous", "docking", "station", "air", "walk", "custody", "return", "unmeasured"}
    judged = {phase for rule in RULES for phase in rule.phases}
    assert judged >= {"ascent", "phasing", "rendezvous", "docking", "stay", "eva", "deorbit", "entry", "landing"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_says_where_it_comes_from_and_how_sure_it_is(rule):
    assert set(rule.phases) <= set(PHASES)
    assert rule.text.endswith(".") and len(rule.text) > len(rule.title)
    assert rule.source and rule.confidence


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_events_in_formulas_exist(rule):
    import ast
    from fnmatch import fnmatchcase
    texts = [rule.formula] + ([rule.limit] if isinstance(rule.limit, str) else [])
    for call in (n for text in texts for n in ast.walk(parse(text)) if isinstance(n, ast.Call)):
        words = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        events = {"fact": words[:1], "facts": words[:1], "count": words[:1], "seconds": words, "at": words[-1:]}
        for name in events.get(call.func.id, []):
            assert any(fnmatchcase(known, name) for known in EVENT_NAMES), name


def test_a_flight_that_tells_nothing_passes_no_rule_that_asks_for_data():
    before = Situation(Epoch.utc("2020-01-01"), {}, {}, {}, {}, {}, {}, {}, {})
    legs = tuple(Leg(name, name, {}, before, before, "done", (), (), (), (), {}) for name in PHASES)
    verdicts = judge(Flight({}, legs, {}, True), RULES)
    assert len(verdicts) == len(RULES)
    told = {v.rule for v in verdicts if v.status is not Status.UNKNOWN}
    assert told == SAY_NOTHING_BY_COUNTING
