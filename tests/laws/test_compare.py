"""What holds for every comparison with what was flown."""

from dataclasses import replace

import pytest

from fakel.model.flight import Flight
from fakel.reports import compare as comparing
from fakel.reports.compare import compare, comparison_as_data, flown_flights
from fakel.reports.null_guess import null_dv_m_s, null_guess, null_place
from fakel.reports.validation import bar_as_markdown, comparison_as_markdown
from make_flight import DOWN, UP, make_flight

ROWS = {row.event + row.unit: row for row in compare(make_flight()).rows}


def moved(flight, name, subject, seconds):
    """The flight with one event at another time."""
    legs = tuple(replace(leg, events=tuple(
        replace(e, epoch=e.epoch + seconds) if (e.name, e.subject) == (name, subject) else e for e in leg.events))
        for leg in flight.legs)
    return Flight(flight.mission, legs, flight.made_by, flight.complete)


@pytest.mark.parametrize("own", flown_flights(), ids=lambda f: f.name)
def test_a_null_guess_never_uses_the_flight_itself(own):
    spoilt = replace(own, plane_over_pad_s=None, landing_deg=None, deorbit_dv_m_s=None, events={})
    flights = flown_flights()
    with_spoilt = tuple(spoilt if f.name == own.name else f for f in flights)
    assert null_guess(flights, own) == null_guess(with_spoilt, own)
    assert null_place(flights, own) == null_place(with_spoilt, own)
    assert null_dv_m_s(flights, own) == null_dv_m_s(with_spoilt, own)


def test_the_null_guess_counts_from_the_plans_own_events():
    later = {row.event: row for row in compare(moved(make_flight(), "liftoff", UP, 60.0)).rows}
    assert later["docking_contact"].null_difference == ROWS["docking_contacts"].null_difference + 60.0
    assert later["docking_contact"].difference == ROWS["docking_contacts"].difference


def test_a_worse_program_is_called_worse():
    row = {r.event: r for r in compare(moved(make_flight(), "docking_contact", UP, -7200.0)).rows}["docking_contact"]
    assert row.nearer == "null guess" and row.verdict == "null better"
    assert ROWS["docking_contacts"].verdict == "program"


def test_what_lies_within_the_flown_minute_is_not_told_apart():
    row = ROWS["deorbit_burn_starts"]
    assert row.resolution == 60.0 and abs(row.difference) <= 60.0
    assert row.difference_text == "under 1 min" and row.flown.count(":") == 1
    finer = {r.event: r for r in compare(moved(make_flight(), "deorbit_burn_start", DOWN, 20.0)).rows}
    assert finer["deorbit_burn_start"].difference_text == "under 1 min"


def test_a_generic_time_is_no_measurement_and_is_never_won():
    assert ROWS["booster_separations"].verdict == ""
    generic = [(f, name) for f in flown_flights() for name, k in f.events.items() if k.status == "standard"]
    assert generic and all(flight.instant(name) is None for flight, name in generic)


def test_where_no_null_can_be_made_the_table_says_none():
    cells = ROWS["hatch_opens"].cells()
    assert cells[4] == "none" and cells[-1] == ""


def test_a_landing_is_compared_by_its_distance():
    row = ROWS["landingm"]
    # one minute of latitude is a nautical mile: 47.300 N against 47.315 N, 0.040 deg east at cos(47.3)
    assert row.difference == pytest.approx(1852 * 60 * ((0.015166) ** 2 + (0.040337 * 0.678) ** 2) ** 0.5, rel=0.01)


def test_a_ship_of_another_name_is_matched_by_the_day_and_pad_of_its_liftoff():
    ships = dict(make_flight().mission["ships"])
    ships[UP] = {**ships[UP], "name": "Visiting Soyuz"}
    assert "Soyuz TMA-11M" in compare(make_flight(ships=ships)).sentence
    steps = {"launch": {"phase": "ascent", "plan": {"ship": UP, "pad": "jiuquan-921"}, "then": {}}}
    assert "Soyuz TMA-11M" not in compare(make_flight(ships=ships, steps=steps)).sentence


def test_the_same_name_years_away_is_another_flight():
    flight = make_flight()
    far = Flight(flight.mission, tuple(replace(leg, events=tuple(replace(e, epoch=e.epoch + 9e7) for e in leg.events))
                                       for leg in flight.legs), {}, True)
    told = compare(far)
    assert told.rows == () and "No flown flight" in told.sentence


def test_a_flight_without_events_has_a_sentence_and_no_table():
    told = compare(Flight(make_flight().mission, (), {}, False))
    assert told.rows == () and told.sentence.startswith("Nothing has been flown")
    assert comparison_as_data(told) == {"sentence": told.sentence, "rows": []}


def test_the_page_for_the_documentation_has_one_line_a_row_and_equal_columns():
    comparison = compare(make_flight())
    table = [line for line in comparison_as_markdown(comparison).splitlines() if line.startswith("|")]
    assert len(table) == len(comparison.rows) + 2
    assert {line.count("|") for line in table} == {len(comparing.HEADERS) + 1}


def test_the_bar_names_every_event_that_two_flights_can_guess():
    lines = bar_as_markdown(flown_flights()).splitlines()
    assert any(line.startswith("| Docking contact |") for line in lines)
    assert {line.count("|") for line in lines} == {5}


@pytest.mark.parametrize("key", ["undockings", "deorbit_burn_endm/s", "hatch_closeds"])
def test_what_a_file_puts_in_is_marked_and_never_won(key):
    row = ROWS[key]
    assert row.put_in and row.planned_text.endswith("†") and row.verdict == "" and not row.judged
    assert ("†", comparing.PUT_IN_TEXT) in compare(make_flight()).footnotes()
