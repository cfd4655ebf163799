"""The report for a terminal, the table of events, and the calendar."""

import csv
import io
import json
from dataclasses import replace

import pytest

from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.flight import Event, Flight
from fakel.reports import REPORTS
from fakel.reports.clocks import elapsed, local_clock, zone_of
from fakel.reports.table import table
from fakel.reports.text import render, timeline_lines, verdict_lines
from make_flight import make_flight, make_verdicts

FLIGHT, VERDICTS = make_flight(), make_verdicts()


def test_failed_rules_stand_first_and_kept_ones_last():
    marks = [line.split()[0] for line in verdict_lines(VERDICTS)[2:5]]
    assert marks == ["FAIL", "unknown", "pass"]
    assert verdict_lines(VERDICTS)[-1] == "3 rules: 1 failed, 1 unknown, 1 kept."
    assert verdict_lines(()) == ["No flight rule was judged."]


@pytest.mark.parametrize("width", [116, 140])
def test_lines_keep_to_the_width(width):
    told = render(FLIGHT, VERDICTS, "flights/by-hand", width).splitlines()
    assert max(map(len, told)) <= width


def test_the_report_holds_every_part_and_no_control_characters():
    text = render(FLIGHT, VERDICTS, "flights/by-hand")
    for part in ("Timeline", "Planned and flown", "Budgets", "Flight rules", "Files", "flights/by-hand", "Moscow"):
        assert part in text
    assert all(c.isprintable() or c == "\n" for c in text)


def test_a_flight_that_is_not_complete_says_so_and_still_renders():
    text = render(Flight(FLIGHT.mission, FLIGHT.legs[:1], {}, False), (), "x")
    assert "not complete" in text and "Liftoff" in text and "Not as planned" not in text
    assert "Nothing has happened yet" in render(Flight(FLIGHT.mission, (), {}, False), (), "x")


def test_moscow_was_four_hours_ahead_in_2013_and_three_before_2011():
    zone = zone_of(FLIGHT)
    assert local_clock(Epoch.utc("2013-11-08T21:00:00Z"), zone) == "01:00:00 +1"
    assert local_clock(Epoch.utc("2010-11-08T20:00:00Z"), zone) == "23:00:00"


def test_elapsed_time_reads_as_hours_then_days():
    told = [elapsed(s) for s in (0.0, 22_417.0, -600.0, 86_400.0 + 61)]
    assert told == ["0:00:00", "6:13:37", "-0:10:00", "1d 00:01:01"]


def test_a_time_zone_that_does_not_exist_is_refused_in_one_line():
    with pytest.raises(InputError, match="time_zone = 'Europe/Mosco' is not known; write"):
        timeline_lines(make_flight(time_zone="Europe/Mosco"))


def test_columns_line_up():
    lines = table(("name", "kg"), [("a", "1.0"), ("bcd", "12.5")], "lr")
    assert lines == ["name    kg", "────  ────", "a      1.0", "bcd   12.5"]


def test_events_csv_has_every_event_once():
    rows = list(csv.DictReader(io.StringIO(REPORTS["csv"](FLIGHT, VERDICTS)["events.csv"].decode())))
    assert [row["name"] for row in rows] == [e.name for e in FLIGHT.events]
    assert [Epoch.utc(row["utc"]) for row in rows] == [e.epoch for e in FLIGHT.events]
    docking = next(row for row in rows if row["name"] == "docking_contact")
    assert json.loads(docking["facts"]) == {"port": "rassvet-nadir", "closing_rate_m_s": 0.1}
    assert float(docking["since_liftoff_s"]) == 6 * 3600.0


def test_the_calendar_keeps_the_rules_of_its_format():
    text = REPORTS["ics"](FLIGHT, VERDICTS)["plan.ics"].decode()
    lines = text.split("\r\n")
    assert "\n" not in text.replace("\r\n", "") and max(len(line.encode()) for line in lines) <= 75
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == len({
        line for line in text.replace("\r\n ", "").split("\r\n") if line.startswith("UID:")})
    assert "DTSTART:20131107T041400Z" in lines and "SUMMARY:Spacewalk: Pirs" in lines


def test_the_same_flight_gives_the_same_bytes():
    for render_one in REPORTS.values():
        assert render_one(FLIGHT, VERDICTS) == render_one(make_flight(), make_verdicts())


def test_an_ending_off_the_plan_and_deferred_tasks_are_told_in_one_line_each():
    walk = FLIGHT.legs[2]
    late = walk.events[-1].epoch
    deferred = tuple(Event(late, "task_deferred", f"task-{i}", "eva", {"title": f"Task {i}"}) for i in range(3))
    cut = replace(walk, ending="terminated", events=(*walk.events, *deferred))
    text = render(replace(FLIGHT, legs=(*FLIGHT.legs[:2], cut)), (), "x")
    assert "Not as planned: walk (terminated)." in text
    assert text.count("Deferred") == 1 and "Task 0; Task 1; Task 2" in text


def test_files_that_were_not_written_are_not_listed():
    assert "report.html" in render(FLIGHT, (), "x") and "report.html" not in render(FLIGHT, (), "x", reported=False)
