"""The help of every command: examples that the command line takes, and one name for one thing everywhere."""

from __future__ import annotations

import argparse
import re
import shlex

import pytest

from fakel.cli.examples import EXAMPLES
from fakel.cli.main import parser

WIDTH = 118
SAME = {"--range": "--range-km", "--lang": "--language", "--svg": "--plot"}
"""Older names, which are still taken, and what the same thing is called everywhere."""


def commands(above: argparse.ArgumentParser, name: str = "") -> dict[str, argparse.ArgumentParser]:
    """Each command and kind by its words."""
    below = next((a.choices for a in above._actions if isinstance(a, argparse._SubParsersAction)), {})
    found = {name: above} if name else {}
    for word, one in below.items():
        found |= commands(one, f"{name} {word}".strip())
    return found


ALL = commands(parser())
KINDS = {name.rpartition(" ")[0] for name in ALL}
LAST = [name for name in ALL if name not in KINDS]


def examples(command: argparse.ArgumentParser) -> list[str]:
    """Lines to type; three blanks stand before what is said of them."""
    return [re.split(r"\s{3,}", line.strip())[0] for line in (command.epilog or "").splitlines()
            if line.startswith("  fakel")]


def test_every_command_has_an_example_of_its_own():
    assert len(LAST) > 30
    assert [name for name in LAST if not any(line.startswith((f"fakel {name}", "fakel fly"))
                                             for line in examples(ALL[name]))] == []
    assert set(EXAMPLES) <= set(ALL)


@pytest.mark.parametrize("name", ["", *LAST])
def test_examples_are_understood(name):
    for line in examples(ALL[name] if name else parser()):
        assert parser().parse_args(shlex.split(line)[1:]).command == line.split()[1]
        assert len(line) <= WIDTH


@pytest.mark.parametrize("name", LAST)
def test_options_are_told_and_called_as_elsewhere(name):
    for action in ALL[name]._actions:
        shown = action.option_strings[:1]
        assert action.help, f"{name} {shown}"
        assert not set(shown) & set(SAME)
        if not action.option_strings:
            assert action.metavar and action.metavar == str(action.metavar).upper().replace(".CSV", ".csv").replace(
                ".TOML", ".toml"), f"{name}: {action.dest} is shown in small letters"
        if action.nargs != 0 and not action.choices and action.option_strings:
            assert action.metavar, f"{name} {shown}: what does it take?"


@pytest.mark.parametrize("old", [
    "coverage --flight DIR --with station --range 200", "show flights/sochi-torch --lang ru",
    "eva way pirs poisk --svg way.svg", "propagate --tle iss.tle --to 2013-11-08"])
def test_older_names_are_still_taken(old):
    parser().parse_args(shlex.split(old))
