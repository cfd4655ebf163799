"""What holds for every ephemeris that is written."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from fakel.model.epoch import Epoch
from fakel.model.flight import Arc
from fakel.model.frame import GCRF_FROM_EME2000, Frame
from fakel.reports.oem import message, render, stretches
from make_flight import UP, circle, make_flight


def instants(text):
    """Instants of each segment's lines, as text; ISO 8601 of equal length sorts as time."""
    segments = []
    for line in text.splitlines():
        if line == "META_STOP":
            segments.append([])
        elif line[:2] == "20" and len(line.split()) == 7:
            segments[-1].append(line.split()[0])
    return segments


def test_instants_rise_strictly_within_and_between_segments():
    for craft in ("station", UP):
        found = [t for segment in instants(message(make_flight(), craft)) for t in segment]
        assert len(found) > 100
        assert all(a < b for a, b in pairwise(found))


def test_each_segment_says_its_own_first_and_last_instant():
    text = message(make_flight(), "station")
    told = [(a.split(" = ")[1], b.split(" = ")[1]) for a, b in zip(
        (x for x in text.splitlines() if x.startswith("START_TIME")),
        (x for x in text.splitlines() if x.startswith("STOP_TIME")), strict=True)]
    assert told == [(s[0], s[-1]) for s in instants(text)]


def test_arcs_that_touch_make_one_segment_and_a_gap_makes_two():
    first, second = circle("x", "a", 0.0, 600.0, 7e6, (1, 1)), circle("x", "b", 600.0, 900.0, 7e6, (1, 1))
    later = circle("x", "c", 901.0, 1200.0, 7e6, (1, 1))
    assert [len(s.epochs) for s in stretches((first, second))] == [16]
    assert [len(s.epochs) for s in stretches((first, second, later))] == [16, 6]


def test_arcs_that_touch_in_time_but_not_in_space_are_not_joined():
    first, elsewhere = circle("x", "a", 0.0, 600.0, 7e6, (1, 1)), circle("x", "b", 600.0, 900.0, 6.7e6, (1, 1))
    assert len(stretches((first, elsewhere))) == 2


def test_an_arc_that_overlaps_the_last_one_adds_only_what_is_new():
    first, over = circle("x", "a", 0.0, 600.0, 7e6, (1, 1)), circle("x", "b", 480.0, 900.0, 7e6, (1, 1))
    (joined,) = stretches((first, over))
    assert [e - joined.epochs[0] for e in joined.epochs] == list(np.arange(0.0, 901.0, 60.0))


def with_impulse(arc, at, dv_m_s):
    """The arc with sample ``at`` told twice: the second time, and ever after, faster by dv (the path is kept)."""
    again = [*range(at + 1), *range(at, len(arc.t_s))]
    velocity_m_s = np.array(arc.velocity_m_s[again])
    velocity_m_s[at + 1:] += dv_m_s
    return Arc(arc.phase, arc.craft, arc.frame, arc.start, arc.t_s[again], arc.position_m[again], velocity_m_s,
               arc.attitude[again], arc.mass_kg[again])


def test_an_impulse_is_two_lines_a_millisecond_apart_and_a_reader_stays_on_the_path():
    arc = with_impulse(circle("x", "a", 0.0, 300.0, 7e6, (1, 1)), 2, [2.0, 0.0, 0.0])
    (stretch,) = stretches((arc,))
    steps_s = [b - a for a, b in pairwise(stretch.epochs)]
    assert steps_s == [60.0, 59.999, 0.001, 60.0, 60.0, 60.0]
    t_s = np.array([e - stretch.epochs[0] for e in stretch.epochs])
    back = Arc("a", "x", Frame.GCRF, stretch.epochs[0], t_s, stretch.position_m @ GCRF_FROM_EME2000.T,
               stretch.velocity_m_s @ GCRF_FROM_EME2000.T, np.zeros((len(t_s), 4)), t_s)
    # joining 60 s with the velocity from after the impulse would err by 4/27 x 60 s x 2 m/s = 18 m
    assert np.abs(back.at(90.0)[0] - arc.at(90.0)[0]).max() < 0.01


def test_every_craft_has_its_file_and_the_same_flight_gives_the_same_bytes():
    flight = make_flight()
    files = render(flight, ())
    assert sorted(files) == ["soyuz-tma-09m.oem", "soyuz-tma-11m.oem", "station.oem"]
    assert files == render(make_flight(), ())


def test_the_station_is_named_by_its_international_designator_only_when_it_is_known():
    assert "OBJECT_ID = 1998-067A" in message(make_flight(), "station")
    unknown = make_flight(station_start={"epoch": Epoch(0).iso(3), "frame": "GCRF"})
    assert "OBJECT_ID = STATION" in message(unknown, "station")
    nowhere = replace(unknown, mission={**unknown.mission, "station_start": None})
    assert "OBJECT_ID = STATION" in message(nowhere, "station")
