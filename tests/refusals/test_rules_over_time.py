"""Rules over time that cannot be used, torn flights, and the one line that says so."""

from dataclasses import replace

import numpy as np
import pytest

from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import Channel, Event, Flight, Leg, Situation
from fakel.model.verdict import Rule, Status
from fakel.rules.judge import verdict
from fakel.rules.rows import rules_from_text

START = Epoch.utc("2020-01-01T10:00:00Z")
BEFORE = Situation(START, {}, {}, {}, {}, {}, {}, {}, {})
PRESSURE = Channel("suit.ann.pressure_pa", "Pa", START, np.array([0.0, 50.0, 100.0]), np.array([40e3, 30e3, 40e3]))
LEG = Leg("walk", "eva", {}, BEFORE, replace(BEFORE, epoch=START + 100.0), "done", (), (PRESSURE,),
          (Event(START + 20.0, "hatch_open", "pirs", "eva", {}),), (), {})
WHOLE = Flight({"steps": {"walk": {"phase": "eva"}, "again": {"phase": "eva"}}}, (LEG,), {}, True)
TORN = replace(WHOLE, complete=False)


def judged(formula, unit="kPa", limit=35.0, flight=WHOLE):
    rule = Rule("A-1", "A", "All is well.", "a book", ("eva",), formula, "", limit, unit, "high")
    return verdict(flight, rule)


def row(formula, unit="kPa", extra="limit = 35"):
    return rules_from_text("[[rule]]\nid = 'A-1'\ntitle = 'A'\ntext = 'All.'\nsource = 'a'\nconfidence = 'high'\n"
                           f"unit = '{unit}'\nformula = '''{formula}'''\n{extra}\n", "own.toml")


def line(work, *given, **named):
    with pytest.raises(InputError) as told:
        work(*given, **named)
    assert "\n" not in str(told.value)
    return str(told.value)


PA = 'signal("suit.ann.pressure_pa")'


def test_a_limit_in_another_unit_of_its_kind_is_converted():
    v = judged(f"always({PA} >= limit)")
    assert (v.status, v.value, v.limit, v.unit) == (Status.FAIL, 30.0, 35.0, "kPa")
    assert v.margin == pytest.approx(-5.0) and v.at == START + 50.0 and v.channel == "suit.ann.pressure_pa"
    # 40 kPa falls by 0.2 kPa/s: 35 kPa after 25 s, and again 25 s before the end.
    assert [(w.start - START, w.stop - START) for w in v.violations] == [(25.0, 75.0)]


@pytest.mark.parametrize(("formula", "said"), [
    (f"always({PA} >= limit + quantity(1, \"s\"))", "something else"),
    (f"always({PA} >= quantity(35, \"s\"))", "suit.ann.pressure_pa is in Pa, and 35 s is something else"),
    (f"always({PA} >= 35000)", 'suit.ann.pressure_pa is in Pa, and 35000 has no unit; write quantity(35000, "Pa")'),
    (f"always({PA} * {PA} >= limit)", "their product is not made of straight lines"),
    (f"always({PA} >= quantity(1e999, \"Pa\"))", "quantity() takes a finite number and a unit in quotes"),
    (f"always({PA} >= quantity(35, \"kpascal\"))", "'kpascal' is no unit that is known"),
    (f"always({PA})", "always() takes statements about signals"),
    (f"always({PA} >= limit) + 1", "statements cannot be added or compared"),
    (f"implies({PA} >= limit, {PA} >= limit)", "does not say when it holds; write always(...) or eventually(...)"),
    ("always(channel(\"suit.ann.pressure_pa\") >= limit)", "samples go with plain numbers; speak of signal()"),
])
def test_what_does_not_fit_is_refused(formula, said):
    told = line(judged, formula)
    assert told.startswith("rule A-1: ") and said in told


def test_a_limit_of_another_kind_is_refused():
    assert "is in Pa, and 35 kg is something else" in line(judged, f"always({PA} >= limit)", unit="kg")


@pytest.mark.parametrize(("formula", "said"), [
    (f"always({PA} >= limit, -3, 5)", "always(): a window begins -3 s from now; give from and to, neither below zero"),
    (f"eventually({PA} >= limit, 9, 5)", "eventually(): the window [9, 5] s ends before it begins; turn it round"),
    (f"until({PA} >= limit, {PA} >= limit, quantity(1, \"h\"), quantity(5, \"min\"))", "[3600, 300] s ends before"),
    (f"always({PA} >= limit, quantity(1, \"kg\"), 5)", "is in s, and 1 kg is something else"),
    (f"sometimes({PA} >= limit)", "sometimes() is not known; use one of: abs, after, always"),
    ('always(during("hatch_opened", "hatch_closed"))', "no flight has an event hatch_opened; did you mean hatch_open?"),
    (f"always({PA} >= grenze)", "the name grenze is not known"),
])
def test_a_bad_formula_is_told_when_it_is_read(formula, said):
    told = line(row, formula)
    assert told.startswith("own.toml rule A-1: ") and said in told


@pytest.mark.parametrize(("formula", "unit", "said"), [
    ('max(channel("a.oxygen_kg"))', "Pa", "gives kg, and unit = 'Pa' measures something else"),
    ('max(channel("a.pressure_pa"))', "kPa", "gives Pa, not kPa; write unit = 'Pa', or divide by 1000"),
    ('seconds("hatch_open", "hatch_closed")', "min", "gives s, not min; write unit = 's', or divide by 60"),
    ('max(channel("a.pressure_pa")) + max(channel("a.oxygen_kg"))', "Pa", "Pa and kg do not add up"),
])
def test_a_number_in_another_unit_is_refused(formula, unit, said):
    assert said in line(row, formula, unit, 'op = "<="\nlimit = 3')


def test_op_has_no_place_beside_a_statement():
    assert "has no place beside a formula that states something over time" in line(
        row, f"always({PA} >= limit)", extra='op = "<="\nlimit = 3')
    assert "op is missing; write one of" in line(row, 'max(channel("a.pressure_pa")) / 1000')


def test_an_unknown_channel_is_named_with_the_nearest_there_is():
    v = judged('always(signal("suit.ann.presure_pa") >= limit)')
    assert v.status is Status.UNKNOWN
    assert v.message == "no channel suit.ann.presure_pa; the flight has suit.ann.pressure_pa"


def test_a_torn_flight_settles_what_lies_before_the_tear():
    high = f"{PA} >= quantity(25, \"kPa\")"
    endless = judged(f"always({high})", flight=TORN)
    assert endless.status is Status.UNKNOWN
    assert endless.message == ("the flight is torn after 2020-01-01T10:01:40Z, and the formula looks beyond; give it a "
                               "window that ends before")
    assert judged(f"always({high})").status is Status.PASS
    assert judged(f"always({high}, 0, 60)", flight=TORN).status is Status.PASS
    assert judged(f"eventually({high})", flight=TORN).status is Status.PASS
    assert judged(f"not eventually({high})", flight=TORN).status is Status.FAIL
    assert judged(f"always({PA} >= limit)", flight=TORN).status is Status.FAIL            # broken already
    assert judged("always(not happened(\"burn_missed\"))", flight=TORN).status is Status.UNKNOWN
    over = replace(TORN, mission={"steps": {"walk": {"phase": "eva"}, "down": {"phase": "entry"}}})
    assert judged(f"always({high})", flight=over).status is Status.PASS                   # no walk is to come


def test_what_has_no_public_limit_and_what_is_not_a_number_are_unknown():
    assert judged(f"always({PA} >= limit)", limit=float("nan")).message == "no public limit is known"
    lost = replace(PRESSURE, values=np.array([40e3, np.nan, 40e3]))
    v = judged(f"always({PA} >= limit)", flight=replace(WHOLE, legs=(replace(LEG, channels=(lost,)),)))
    assert (v.status, v.message) == (Status.UNKNOWN, "suit.ann.pressure_pa is not known")


def test_a_star_asks_for_each_and_goes_together_by_name():
    bob = replace(PRESSURE, name="suit.bob.pressure_pa", values=np.array([40e3, 36e3, 40e3]))
    ann_o2, bob_o2 = (Channel(f"suit.{p}.o2_pa", "Pa", START, np.array([0.0, 100.0]), np.array([v, v]))
                      for p, v in (("ann", 29e3), ("bob", 38e3)))
    flight = replace(WHOLE, legs=(replace(LEG, channels=(PRESSURE, bob, ann_o2, bob_o2)),))
    v = judged('always(signal("suit.*.pressure_pa") >= limit)', flight=flight)
    assert (v.status, v.channel) == (Status.FAIL, "suit.ann.pressure_pa")
    v = judged('always(signal("suit.*.o2_pa") <= signal("suit.*.pressure_pa"))', flight=flight)
    assert (v.status, v.channel) == (Status.FAIL, "suit.bob.o2_pa with suit.bob.pressure_pa")
    assert v.margin == pytest.approx(-2.0)


def test_exactly_and_not_say_their_bound():
    v = judged('always(signal("suit.ann.pressure_pa") == limit)', limit=40.0)
    assert (v.status, v.value, v.limit) == (Status.FAIL, 30.0, 40.0)
    assert v.margin == pytest.approx(-10.0) and v.message == "30 kPa; the rule says exactly 40 kPa"
    assert judged('always(signal("suit.ann.pressure_pa") != limit)', limit=41.0).status is Status.PASS
    assert judged('always(signal("suit.ann.pressure_pa") != limit)').status is Status.FAIL     # 35 kPa is passed
    v = judged('always(not (signal("suit.ann.pressure_pa") < limit))')
    assert (v.status, v.message) == (Status.FAIL, "30 kPa; the rule says at least 35 kPa")
    assert v.margin == pytest.approx(-5.0)


def test_words_of_the_past_and_events():
    after = 'always(implies(happened("hatch_open"), once(%s >= quantity(39, "kPa"), 0, %d)))'
    # 39 kPa were last there 5 s after the start; until they return at 95 s the longest wait is 90 s.
    assert judged(after % (PA, 91)).status is Status.PASS
    assert judged(after % (PA, 89)).status is Status.FAIL
    since = f'always(implies(happened("hatch_open"), since({PA} >= quantity(20, "kPa"), not happened("hatch_open"))))'
    assert judged(since).status is Status.PASS
    until = f'until({PA} >= quantity(35, "kPa"), happened("hatch_open"), 0, %d)'
    assert judged(until % 20).status is Status.PASS
    late = judged(until % 19)
    assert (late.status, late.message) == (Status.FAIL, "no; the rule says yes")


def test_steps_that_can_no_longer_follow_are_not_ahead():
    """The walk went as planned, so the way of a terminated one is not flown any more."""
    ways = {"walk": {"phase": "eva", "then": {"done": "down", "terminated": "again"}},
            "again": {"phase": "eva", "then": {"done": "down"}}, "down": {"phase": "entry", "then": {"done": "end"}}}
    high = f"always({PA} >= quantity(25, \"kPa\"))"
    assert judged(high, flight=replace(TORN, mission={"steps": ways})).status is Status.PASS
    cut_short = replace(TORN, mission={"steps": ways}, legs=(replace(LEG, ending="terminated"),))
    assert judged(high, flight=cut_short).status is Status.UNKNOWN


@pytest.mark.parametrize(("complete", "limit", "wanted"), [
    (True, 0.0, Status.PASS), (False, 0.0, Status.UNKNOWN), (True, -1.0, Status.FAIL), (False, -1.0, Status.FAIL)])
def test_a_number_of_a_torn_flight_is_not_taken_for_a_pass(complete, limit, wanted):
    rule = Rule("A-1", "A", "All is well.", "a book", ("eva",), 'count("burn_missed")', "<=", limit, "", "high")
    assert verdict(replace(WHOLE, complete=complete), rule).status is wanted
