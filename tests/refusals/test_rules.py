"""Rule rows that cannot be used, and the one line that says so."""

import pytest

from fakel.model.errors import InputError
from fakel.model.flight import PHASE_NAMES
from fakel.phases import PHASES
from fakel.rules import read_rules
from fakel.rules.rows import rules_from_text

GOOD = {"id": '"A-1"', "title": '"A"', "text": '"All is well."', "source": '"a book"',
        "formula": "'count(\"landing\")'", "op": '">="', "limit": "1", "unit": '"landings"', "confidence": '"high"'}


def text(**changes):
    row = {k: v for k, v in {**GOOD, **changes}.items() if v is not None}
    return "[[rule]]\n" + "\n".join(f"{k} = {v}" for k, v in row.items()) + "\n"


def refused(**changes):
    with pytest.raises(InputError) as told:
        rules_from_text(text(**changes), "own.toml")
    assert "\n" not in str(told.value)
    return str(told.value)


def test_the_good_row_is_good():
    assert rules_from_text(text(), "own.toml")[0].limit == 1.0


@pytest.mark.parametrize(("changes", "said"), [
    ({"source": None}, "own.toml rule A-1: source is missing; a rule has: id, title, text, source, formula, unit, "
                       "confidence, op, phases, limit, instead_of"),
    ({"colour": '"red"'}, "own.toml rule A-1: colour is not known; a rule has: id, title, text, source, formula, "
                          "unit, confidence, op, phases, limit, instead_of"),
    ({"op": '"=<"'}, "own.toml rule A-1: op = '=<' is not known; write one of: <=, <, >=, >, =="),
    ({"limit": "true"}, "own.toml rule A-1: limit = True is neither a number nor a formula in quotes"),
    ({"limit": '"min("'}, "own.toml rule A-1: formula 'min(' cannot be read ('(' was never closed (<unknown>, line "
                          "1)); write one expression"),
    ({"formula": '"altitude > 3"'}, "own.toml rule A-1: formula 'altitude > 3': the name altitude is not known; names "
                                    "of channels stand in quotes"),
    ({"unit": "3"}, "own.toml rule A-1: unit = 3 is not text in quotes"),
    ({"phases": '["walk"]'}, "own.toml rule A-1: phases: 'walk' is not known; write some of: ascent, phasing, "
                             "rendezvous, docking, stay, eva, undocking, deorbit, entry, landing"),
    ({"limit": "inf"}, "own.toml rule A-1: limit = inf limits nothing; leave it out where no public limit is known"),
    ({"id": '" "'}, "own.toml rule  : id is empty; write something"),
    ({"formula": "'max()'"}, "own.toml rule A-1: formula 'max()': max() takes 1 or more in its brackets, not 0"),
    ({"formula": "'late(\"landing\")'"}, "own.toml rule A-1: formula 'late(\"landing\")': late() takes 2 in its "
                                         "brackets, not 1"),
    ({"phases": '"eva"'}, "own.toml rule A-1: phases = 'eva' takes a list of names in quotes, such as [\"ascent\"]"),
])
def test_a_bad_row_is_told_with_its_place(changes, said):
    assert refused(**changes) == said


def test_an_unknown_word_names_those_there_are():
    assert refused(formula="'highest(1)'").startswith(
        "own.toml rule A-1: formula 'highest(1)': highest() is not known; use one of: abs, after, always,")


def test_two_rules_with_one_id(tmp_path):
    (tmp_path / "own.toml").write_text(text() + text())
    with pytest.raises(InputError, match=r"rule id A-1 is used twice; give each rule its own$"):
        read_rules(tmp_path)


def test_a_torn_file(tmp_path):
    (tmp_path / "own.toml").write_text("[[rule\n")
    with pytest.raises(InputError, match=r"^own\.toml: not TOML: "):
        read_rules(tmp_path)


@pytest.mark.parametrize(("file", "said"), [
    ("[rule]\nid = 'A-1'\n", "own.toml: rule is no list of tables; write [[rule]] above each rule"),
    ("[[rules]]\nid = 'A-1'\n", "own.toml: rules is not known; write [[rule]] above each rule")])
def test_rows_under_another_name_are_not_passed_over(file, said):
    with pytest.raises(InputError) as told:
        rules_from_text(file, "own.toml")
    assert str(told.value) == said


def test_rules_know_the_phases_that_are_flown():
    assert tuple(PHASES) == PHASE_NAMES
