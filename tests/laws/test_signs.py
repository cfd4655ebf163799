"""A number that is rounded to nothing is written without a sign, whichever side it came from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import fakel.reports
from fakel.reports.clocks import elapsed
from fakel.reports.compare import _shown
from fakel.reports.svg import number
from fakel.reports.table import signed
from fakel.reports.timeline import FIGURES
from fakel.reports.words import decimal, duration, met
from fakel.show import quantities

NOTHING = re.compile(r"[-−+]0(?:[.,:]0+)*(?![\d.,:])")
"""A sign before zeros alone."""


@pytest.mark.parametrize("value", [-0.04, -0.0, 0.0, 0.04])
def test_nothing_has_no_sign(value):
    told = [signed(value, 1), number(value, 1), number(value, 1, sign=True), decimal(value, "ru"), duration(value),
            elapsed(value), met(value), quantities.number(value, 1)["ru"], FIGURES["range_rate_m_s"](value / 10),
            FIGURES["closing_rate_m_s"](value / 100), _shown(value, "s", 0.0), _shown(value, "m/s", 0.0)]
    assert [text for text in told if NOTHING.search(text)] == []


def test_what_is_something_keeps_its_sign():
    assert [signed(-0.06, 1), signed(0.06, 1)] == ["-0.1", "+0.1"]
    assert [number(-0.06, 1), number(0.06, 1, sign=True)] == ["−0.1", "+0.1"]
    assert [duration(-0.06), _shown(-0.06, "s", 0.0), met(-0.6)] == ["−0.1 s", "−0.1 s", "−0/00:00:01"]


def test_no_report_writes_a_plus_by_itself():
    """``{x:+.1f}`` makes "-0.0" and "+0.0"; reports have ``signed``."""
    folder = Path(next(iter(fakel.reports.__path__)))
    found = [f"{path.name}: {hit}" for path in sorted(folder.rglob("*.py"))
             for hit in re.findall(r"\{[^{}]*:\+z?\.\d+f\}", path.read_text(encoding="utf-8"))]
    assert found == []
