"""What holds for every chart, card and page of the sky."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from math import pi, radians
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakel.load.sky import star_map
from fakel.model.sighting import BEGINS, ENDS
from fakel.reports.sightings_page import Sky, render
from fakel.reports.sky_card import card, table_card
from fakel.reports.sky_chart import chart, draw
from fakel.reports.sky_dome import Dome
from fakel.reports.sky_words import (
    beside,
    bright,
    counted,
    course,
    date,
    error,
    moon,
    offset,
    short_date,
    span,
    why,
)
from fakel.reports.svg import Svg, text_width
from fakel.reports.words import craft, decimal
from skies import place, sighting, sky

MOSCOW = ZoneInfo("Europe/Moscow")
NS = "{http://www.w3.org/2000/svg}"


def dome(size=900.0):
    return Dome(Svg(size, size, ""), size / 2, size / 2, 0.4 * size, 12.0, "en")


@given(st.floats(0, 2 * pi), st.floats(-0.5, pi / 2 - 1e-6))
def test_projection_is_undone(azimuth, elevation):
    a, e = dome().seen(*dome().at(azimuth, elevation))
    assert e == pytest.approx(elevation, abs=1e-9)
    assert np.cos(a - azimuth) == pytest.approx(1.0, abs=1e-9)


def test_north_is_up_and_east_left():
    d = dome()
    assert d.at(0.0, 0.0) == pytest.approx((d.x, d.y - d.radius))
    assert d.at(radians(90), 0.0) == pytest.approx((d.x - d.radius, d.y))
    assert d.at(1.0, pi / 2) == pytest.approx((d.x, d.y))


def texts(svg):
    """Boxes of all texts as the picture's own measure has them, safely wide."""
    root = ET.fromstring(svg)
    width, height = map(float, root.get("viewBox").split()[2:])
    sizes = dict(re.findall(r"\.([\w-]+)\{font-size:([\d.]+)px", svg))
    base = float(re.search(r"text\{[^}]*font-size:([\d.]+)px", svg).group(1))
    for group in root.iter():
        for text in group.findall(f"{NS}text"):
            css = (text.get("class") or "").split()
            px = next((float(sizes[name]) for name in css if name in sizes), base)
            if text.get("style"):
                px = float(re.search(r"font-size:([\d.]+)px", text.get("style")).group(1))
            long = text_width("".join(text.itertext()), px, "k-b" in css) * 0.97
            x = float(text.get("x")) - {"middle": long / 2, "end": long}.get(text.get("text-anchor"), 0.0)
            yield text.text, x, x + long, float(text.get("y")), width, height


PLACES = [place(), place(78.2, 15.6, "Longyearbyen", "Лонгйир", "Arctic/Longyearbyen"),
          place(-33.9, 151.2, "Sydney", "Сидней", "Australia/Sydney"), place(0.0, -78.5, "Quito", "Кито"),
          place(-89.9, 0.0, "Amundsen–Scott South Pole Station", "Станция Амундсен — Скотт", "UTC")]


@pytest.mark.parametrize("where", PLACES, ids=lambda p: p.id)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_text_leaves_the_picture(where, language):
    zone = ZoneInfo(where.time_zone)
    for highest, turn, begins, ends in ((12, 200, "leaves_shadow", "sets"), (88, 75, "rises", "dawn"),
                                        (35, 300, "night_falls", "enters_shadow")):
        s = sighting(where, highest_deg=highest, turn_deg=turn, begins=begins, ends=ends)
        above = sky(s)
        pictures = [chart(s, above, star_map(), zone, craft("ISS", language), language, look=look, width=width)
                    for look, width in (("day", 900), ("night", 358))]
        pictures += [card(s, above, star_map(), zone, craft("ISS", language), language),
                     table_card([s] * 15, where, zone, {"ISS": craft("ISS", language)}, language)]
        for svg in pictures:
            assert "nan" not in svg and "inf" not in svg
            for text, left, right, y, width, height in texts(svg):
                assert left >= 0 and right <= width and 0 < y < height, (text, left, right, width, y, height)


def test_labels_do_not_overlap():
    for turn in range(0, 360, 45):
        d = dome(1000.0)
        s = sighting(place(), turn_deg=turn, highest_deg=70)
        draw(d, s, sky(s), star_map(), MOSCOW, words=True, ranks=2)
        boxes = [box for box in d.places.taken if box[2] - box[0] > 12 and box[3] - box[1] > 6]
        for k, (x1, y1, x2, y2) in enumerate(boxes):
            for a1, b1, a2, b2 in boxes[:k]:
                assert not (x1 < a2 and a1 < x2 and y1 < b2 and b1 < y2)


def test_pictures_repeat_byte_for_byte():
    s = sighting(place())
    made = [chart(s, sky(s), star_map(), MOSCOW, "ISS") for _ in range(2)]
    assert made[0] == made[1]


def test_a_way_into_shadow_is_dashed_and_one_to_the_horizon_thin():
    seen = sighting(place(), ends="enters_shadow")
    above = sky(seen)
    t_s = np.arange(-300.0, 301.0, 5.0)
    track = np.column_stack([t_s, np.interp(t_s, seen.path[:, 0] - 180, np.unwrap(seen.path[:, 1])),
                             np.interp(t_s, seen.path[:, 0] - 180, seen.path[:, 2])])
    above = type(above)(above.place, above.epoch, above.turn, above.bodies, track)
    count = {css: chart(seen, above, star_map(), MOSCOW, "ISS", title=False).count(f'class="{css}"')
             for css in ("k-way", "k-shadow", "k-low")}
    assert count == {"k-way": 1, "k-shadow": 1, "k-low": 1}


def test_the_way_lies_among_the_stars_that_its_path_names():
    """Azimuth and elevation turned back by ``SkyAbove.turn`` are right ascension and declination."""
    from fakel.api.sightings import sightings
    from fakel.api.sightings import sky as sky_of_report
    from fakel.load.library import shipped
    report = sightings("Sochi", tle=shipped("..", "missions", "iss-2013-11-06.tle"), rules="eye",
                       start="2013-11-12T00:00:00Z", stop="2013-11-12T12:00:00Z")
    s = report.sightings[0]
    k = int(np.argmin(np.abs(s.path[:, 0] - (s.peak.epoch - s.start.epoch))))
    _, az, el, ra, dec, _ = s.path[k]
    local = np.array([np.cos(el) * np.sin(az), np.cos(el) * np.cos(az), np.sin(el)])
    icrs = np.array([np.cos(dec) * np.cos(ra), np.cos(dec) * np.sin(ra), np.sin(dec)])
    above = sky_of_report(report, s)
    # the point is up to 5 s from the peak: the sky turns 15'' a second
    assert np.degrees(np.arccos(min(1.0, (above.turn @ icrs) @ local))) < 0.025
    assert above.track[:, 2].min() >= 0 and abs(above.track[:, 2].max() - s.peak.elevation_rad) < 1e-3


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_page_is_whole_and_loads_nothing(language):
    s = sighting(place())
    names = {"ISS": craft("ISS", language)}
    page = render([s], [s.place], {s.place: MOSCOW}, names, [Sky(s, sky(s))], star_map(), language=language,
                  countries={"RU": "Россия" if language == "ru" else "Russia"}).decode()
    assert not re.search(r'(src|href)="https?:', page) and "@import" not in page
    assert f'<html lang="{language}">' in page and page.count("<svg") >= 3
    assert ("Сочи, Россия" if language == "ru" else "Sochi, Russia") in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_place_without_passes_says_so():
    where = place()
    for language, words in (("en", "Nothing to be seen"), ("ru", "Ничего не видно")):
        page = render([], [where], {where: MOSCOW}, {"ISS": "ISS"}, [], star_map(), language=language).decode()
        assert words in page
        assert words.lower() in table_card([], where, MOSCOW, {"ISS": "ISS"}, language)


def test_russian_is_russian():
    at = datetime(2013, 11, 9, 18, 4, tzinfo=UTC).astimezone(MOSCOW)
    assert date(at, "ru") == "суббота, 9 ноября 2013 г." and date(at, "en") == "Saturday, 9 November 2013"
    assert short_date(at, "ru") == "сб, 9 нояб." and short_date(at, "en") == "Sat 9 Nov"
    assert [counted(n, "ru") for n in (0, 1, 2, 5, 11, 12, 21, 22, 25, 111)] == [
        "0 пролётов", "1 пролёт", "2 пролёта", "5 пролётов", "11 пролётов", "12 пролётов", "21 пролёт", "22 пролёта",
        "25 пролётов", "111 пролётов"]
    assert [counted(n, "en") for n in (0, 1, 2)] == ["0 passes", "1 pass", "2 passes"]
    assert decimal(-3.62, "ru") == "−3,6" and decimal(-0.04, "en") == "0.0" and decimal(float("nan"), "ru") == "–"
    assert offset(at) == "UTC+4" and span(359, "ru") == "6 мин" and error(120, "ru") == "±2 мин"
    assert craft("Soyuz TMA-11M", "ru") == "Союз ТМА-11М" and craft("object 5", "ru") == "object 5"
    assert [text for _, text in course(sighting(place()), "ru")][-1].startswith("входит в тень на ")


def test_company_is_drawn_and_named():
    s = sighting(place())
    ship = sighting(place(), "2013-11-12T03:14:35Z", highest_deg=50)
    svg = chart(s, sky(s), star_map(), MOSCOW, "МКС", "ru", others=[(ship, "Союз ТМА-11М")])
    assert svg.count('class="k-other"') == 1 and "Союз ТМА-11М" in svg and "на 1 мин 55 с раньше" in svg
    assert beside(2.0, "en") == "2 s behind" and beside(-115.0, "en") == "1 min 55 s ahead" and beside(0.2, "en")


def test_every_reason_and_brightness_has_words():
    for language in ("en", "ru"):
        assert all(why(reason, language) for reason in (*BEGINS, *ENDS))
        assert all(bright(m, language) for m in np.arange(-6.0, 8.0, 0.1))
        assert all(moon(lit, language) for lit in np.linspace(0, 1, 50))
    assert bright(float("nan"), "en") == ""
