"""The report as a page: one file that loads nothing, pictures that parse, numbers that are the flight's."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from fakel.model.flight import Flight, Leg
from fakel.reports import REPORTS
from fakel.reports.budgets import budgets
from fakel.reports.charts.axis import Utc, clock
from fakel.reports.charts.ledger import stretches
from fakel.reports.charts.panels import Line, Mark, Panel, panels
from fakel.reports.charts.world import land, night_edge
from fakel.reports.html import sections
from fakel.reports.reading import Reading
from fakel.reports.sections.ground import track
from fakel.reports.svg import NARROW, WIDE, number, simplify, ticks
from make_flight import (
    BURN_S,
    DOCKING_S,
    DOWN,
    LANDING_S,
    START,
    UP,
    channel,
    circle,
    event,
    leg,
    make_flight,
    make_verdicts,
)

SVG = "{http://www.w3.org/2000/svg}"
ALL = ["flown", "timeline", "launch", "rendezvous", "docking", "light", "walk", "custody", "return", "entry", "landing",
       "budgets", "rules", "data", "method"]


def page(flight: Flight, verdicts: tuple = ()) -> str:
    return REPORTS["html"](flight, verdicts)["report.html"].decode()


def docking() -> Leg:
    """The last two kilometres, from behind."""
    start_s, radius_m = DOCKING_S - 1_800.0, 6_790_000.0
    station = circle("station", "docking", start_s, DOCKING_S, radius_m, (410_000.0, 410_000.0), 20.0)
    behind = np.linspace(2_000.0, 12.0, len(station.t_s))[:, None]
    ahead = station.velocity_m_s / np.linalg.norm(station.velocity_m_s, axis=1)[:, None]
    away = np.gradient(-behind * ahead, station.t_s, axis=0)
    ship = replace(station, craft=UP, position_m=station.position_m - behind * ahead,
                   velocity_m_s=station.velocity_m_s + away, mass_kg=np.full(len(station.t_s), 6_900.0))
    return leg("dock", "docking", start_s, DOCKING_S, arcs=(ship, station),
               events=(event(start_s, "aim_point", UP, "docking"),
                       event(DOCKING_S - 1.0, "docking_contact", UP, "docking", port="rassvet-nadir",
                             closing_rate_m_s=0.1)))


def fall() -> Leg:
    start_s = BURN_S + 1_680.0
    t_s = np.linspace(0.0, LANDING_S - start_s, 60)
    return leg("entry", "entry", start_s, LANDING_S, "guided",
               arcs=(circle(DOWN, "entry", start_s, LANDING_S, 6_480_000.0, (2_850.0, 2_850.0), 10.0),),
               channels=(channel("entry.bank_rad", "rad", start_s, t_s, np.sign(np.sin(t_s / 300.0))),
                         channel("entry.load_g", "g", start_s, t_s, 3.5 * np.exp(-((t_s - 700) / 100) ** 2))),
               events=(event(start_s + 60.0, "entry_interface", DOWN, "entry", height_m=100_000.0),))


def whole() -> Flight:
    """The flight by hand with a docking and an entry of its own."""
    flight = make_flight()
    ascent, climb, walk, home = flight.legs
    return replace(flight, legs=(ascent, climb, docking(), walk, home, fall()))


FLIGHT, VERDICTS = whole(), make_verdicts()
PAGE = page(FLIGHT, VERDICTS)


def drawings(text: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg xmlns.*?</svg>", text, re.S)]


def test_nothing_is_loaded_from_anywhere():
    loads = re.findall(r"""(?:src|href|action|poster|data)\s*=\s*["']?([^"'\s>]+)|url\(([^)]*)\)|@import""", PAGE)
    found = [a or b for a, b in loads]
    assert found and all(target.startswith(("data:", "#")) for target in found)
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(|<iframe|<link rel=.stylesheet", PAGE)


def test_every_picture_is_well_formed_named_and_holds_no_number_that_is_not_one():
    pictures = drawings(PAGE)
    assert len(pictures) > 20
    for picture in pictures:
        assert picture.get("role") == "img" and picture.get("aria-label")
        assert picture.find(f"{SVG}title") is not None or picture.get("aria-label") == "fakel"
    assert not re.search(r'="[^"]*\b(?:nan|inf)\b[^"]*"', "".join(re.findall(r"<svg.*?</svg>", PAGE, re.S)))


def test_ids_are_used_once():
    ids = re.findall(r'\sid="([^"]+)"', PAGE)
    assert len(ids) == len(set(ids))


def test_a_whole_flight_has_every_section_and_an_empty_one_has_none():
    assert [s.id for s in sections(Reading(FLIGHT, VERDICTS))] == ALL
    assert all(f'<section id="{name}"' in PAGE for name in ALL)
    empty = Flight({}, (), {}, False)
    assert sections(Reading(empty, ())) == []
    assert "<section" not in page(empty) and "not flown to its end" in page(empty)


@pytest.mark.parametrize("kept", [slice(0, 1), slice(1, 2), slice(2, 3), slice(3, 4), slice(4, 5), slice(5, 6)])
def test_any_leg_alone_makes_a_page(kept):
    alone = page(replace(FLIGHT, legs=FLIGHT.legs[kept], complete=False), ())
    assert all(len(picture) > 1 for picture in drawings(alone))


def test_numbers_are_those_of_the_flight():
    cost = budgets(FLIGHT)
    for row in cost["burns"]:
        assert f'>{number(row["dv_m_s"], 2)}</td>' in PAGE
    up = next(iter(cost["ships"].values()))
    assert f'{number(up["dv_to_docking_m_s"], 1)} m/s' in PAGE
    for name in ("liftoff", "docking_contact", "hatch_open", "landing"):
        assert clock(FLIGHT.event(name).epoch, True) in PAGE
    assert f'{number(cost["load"]["peak_down_g"], 1)} g' in PAGE


def test_names_cannot_break_the_page():
    evil = '<script>alert("&")</script>'
    people = {"kotov": {"id": "kotov", "name": f"Oleg {evil}"}, "ryazansky": {"id": "r", "name": "R <&> R"}}
    flight = make_flight(title=evil, people=people)
    text = page(replace(flight, legs=whole().legs))
    assert "alert(" in text and "<script>alert" not in text
    assert len(re.findall("<script", text)) == 1
    drawings(text)


def test_the_page_stays_small_and_is_the_same_each_time():
    assert len(PAGE.encode()) < 1_500_000
    assert page(FLIGHT, VERDICTS) == PAGE


def test_the_counts_of_verdicts_are_told_and_the_failed_rule_stands_first():
    assert "1 rule failed" in PAGE
    rules = PAGE[PAGE.index('id="rules"'):]
    assert rules.index("ENTRY-1") < rules.index("SUIT-3") < rules.index("DOCK-1")


def test_a_craft_behind_and_below_is_seen_behind_and_below():
    seen = Reading(FLIGHT, ()).relative(UP, "docking")
    assert seen.position_m[0, 0] == pytest.approx(-2_000.0, abs=0.5)       # the chord of 2 km sags by 0.3 m
    assert seen.position_m[-1, 0] == pytest.approx(-12.0, abs=0.01)
    assert np.abs(seen.position_m[:, 1]).max() < 1e-6
    assert seen.phase_rad[0] > 0                                           # the station is ahead
    assert np.median(seen.range_rate_m_s) == pytest.approx(-1_988.0 / 1_800.0, rel=1e-3)   # differences over 20 s


def test_curves_are_thinned_by_less_than_the_eye_sees():
    x = np.linspace(0.0, 800.0, 4_000)
    y = 100.0 + 80.0 * np.sin(x / 40.0)
    kept = simplify(x, y, 0.12)
    assert len(kept) < 500
    assert np.abs(np.interp(x, x[kept], y[kept]) - y).max() < 0.27         # 0.12 across, slope up to 2


def test_ticks_are_round_and_within():
    assert [text for _, text in ticks(-5.0, 10.0, 4)] == ["−5", "0", "5", "10"]
    day = [text for _, text in Utc(START, 0.0, 86_400.0).ticks(800.0)]
    assert len(day) <= 800 / 58 + 1 and len(set(day)) == len(day)


def test_labels_over_a_chart_do_not_overlap():
    t = np.linspace(0.0, 600.0, 50)
    marks = [Mark(float(x), f"Event number {x:.0f}", "12.3 m/s") for x in (0, 100, 110, 120, 130, 300)]
    shown = [Panel("Height", "km", (Line(t, t, "ship", "a ship"),))]
    _, numbered = panels(WIDE, "a chart", Utc(START, 0.0, 600.0), shown, marks)
    assert numbered                                                        # four labels in 30 px: numbers instead
    assert panels(NARROW, "a chart", Utc(START, 0.0, 600.0), shown, marks)[1]
    assert not panels(WIDE, "a chart", Utc(START, 0.0, 600.0), shown, marks[:3])[1]


def test_the_night_is_where_the_sun_is_not():
    longitude, latitude, pole = night_edge(-16.0, 20.0)                    # a November forenoon
    assert pole == 90.0
    at_noon = latitude[np.argmin(np.abs(longitude - 20.0))]
    assert at_noon == pytest.approx(74.0, abs=0.5)                         # 90 - 16: polar night begins there


def test_the_coast_is_whole():
    rings = land()
    every = np.concatenate(rings)
    assert np.abs(every[:, 0]).max() <= 180.0 and np.abs(every[:, 1]).max() <= 90.0
    # No side of a ring jumps over more than a quarter of the map, but along the map's own edges.
    for ring in rings:
        step = np.abs(np.diff(np.vstack([ring, ring[:1]])[:, 0]))
        assert step.max() < 90.0 or ring[:, 1].min() == -90.0


def test_a_track_that_crosses_180_degrees_is_cut_there():
    found = track(Reading(FLIGHT, ()), "station", 0.0, 2 * 86_400.0, "station")
    assert found is not None
    picture = next(p for p in drawings(PAGE) if "Ground track" in p.get("aria-label", ""))
    for path in picture.iter(f"{SVG}path"):
        if "line ship" in path.get("class", "") and "leader" not in path.get("class", ""):
            xs = [float(p.split()[0]) for part in path.get("d", "").split("M") for p in part.split("L") if p.strip()]
            assert np.abs(np.diff(xs)).max(initial=0.0) < WIDE / 2


def test_the_ledger_breaks_where_nothing_happens_for_hours():
    hour = 3600.0
    assert len(stretches([0.0, 0.5 * hour, 1.0 * hour, 30 * hour])) == 2


def test_a_flown_log_of_the_last_kilometres_stands_beside_the_docking():
    docking = PAGE[PAGE.index('id="docking"'):]
    docking = docking[:docking.index("</section>")]
    assert "Rings: the log of Progress MS-03" in docking
    assert "Progress MS-03: 700 m at 2.35 m/s" in docking.replace("\u2212", "-")       # a ring on the rate
    assert docking.count('class="hollow"') >= 5 and "fly-around begins" in docking
    assert "The same way from above" in docking
