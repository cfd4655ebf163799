"""Facts that a television plan stands on: clocks of countries, seas under the path, people at home."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

import fakel
from fakel.load.audience import audience_of, hours_of
from fakel.load.regions import below_of, coasts, regions
from fakel.model.epoch import Epoch, Window
from fakel.plan.audience import Homes, at_home, share_of, zone_of
from fakel.plan.below import holds, named
from fakel.plan.rundown import COUNTS_MIN

TLE = Path(fakel.__file__).parent / "missions" / "iss-2013-11-06.tle"
EVENING = hours_of("18-23")


def utc(text):
    return Epoch.utc(text)


def home(zone, day, hours=EVENING):
    return at_home(zone_of(zone), *hours, Window(utc(day), utc(day) + 86_400.0))


def test_moscow_was_four_hours_ahead_in_november_2013_and_three_a_year_later():
    assert home("Europe/Moscow", "2013-11-09") == (Window(utc("2013-11-09T14:00Z"), utc("2013-11-09T19:00Z")),)
    assert home("Europe/Moscow", "2014-11-09") == (Window(utc("2014-11-09T15:00Z"), utc("2014-11-09T20:00Z")),)


def test_american_clocks_were_put_back_on_2013_11_03():
    # at 06:00 UTC: evenings in New York begin at 22:00 UTC before, at 23:00 UTC after
    assert home("America/New_York", "2013-11-02")[-1].start == utc("2013-11-02T22:00Z")
    assert home("America/New_York", "2013-11-04")[-1].start == utc("2013-11-04T23:00Z")
    night = at_home(zone_of("America/New_York"), *hours_of("0-6"), Window(utc("2013-11-03"), utc("2013-11-04")))
    assert night[0].duration_s == 7 * 3600.0               # the hour from one to two is lived twice


def test_hours_may_reach_past_midnight():
    assert home("UTC", "2013-11-09", hours_of("22-2")) == (
        Window(utc("2013-11-09"), utc("2013-11-09T02:00Z")), Window(utc("2013-11-09T22:00Z"), utc("2013-11-10")))
    assert home("UTC", "2013-11-09", hours_of("0-24"))[0].duration_s == 86_400.0


def test_russia_has_its_eleven_clocks():
    russia, = audience_of("RU", EVENING)
    noon = datetime(2013, 11, 9, 12, tzinfo=UTC)
    offsets = {noon.astimezone(ZoneInfo(zone)).utcoffset() for zone, _ in russia.people}
    # from 2011 to 2014: Kaliningrad +3, Moscow +4, Yekaterinburg +6 and so on to Magadan and Kamchatka +12: nine
    # offsets, as Samara had joined Moscow and Kamchatka Magadan in 2010; eleven again since 2016
    assert len(offsets) == 9
    later = {datetime(2020, 11, 9, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset() for zone, _ in russia.people}
    assert len(later) == 11


def test_at_15_utc_russias_west_is_home_and_its_east_is_not():
    window = Window(utc("2013-11-09T15:00Z"), utc("2013-11-09T15:20Z"))
    russia = audience_of("RU", EVENING)
    part, = Homes(russia, window).parts(window)
    by_hand = sum(people for zone, people in russia[0].people
                  if 18 <= datetime(2013, 11, 9, 15, 10, tzinfo=UTC).astimezone(ZoneInfo(zone)).hour < 23)
    assert part.share == pytest.approx(by_hand / russia[0].all_people, abs=1e-12)
    assert 0.85 < part.share < 0.95


def test_a_weight_counts_people_twice():
    window = Window(utc("2013-11-09T15:00Z"), utc("2013-11-09T15:20Z"))
    one, two = (Homes(audience_of(text, EVENING), window).parts(window) for text in ("RU,US", "RU,US:2"))
    russians, americans = (g.group.all_people for g in one)
    assert share_of(one) == pytest.approx(one[0].people / (russians + americans))
    assert share_of(two) == pytest.approx(one[0].people / (russians + 2 * americans))


@pytest.mark.parametrize(("latitude", "longitude", "name"), [
    (36.4, -25.1, "North Atlantic Ocean"), (55.75, 37.6, "Russia"), (-20, 80, "Indian Ocean"),
    (0, -150, "South Pacific"), (43, 34, "Black Sea"), (42, 51, "Caspian Sea"), (33, 88, "Tibetan Plateau, China"),
    (46.7, 10, "Alps"), (27, 3, "Algeria"), (-25, 134, "Australia"), (35, 18, "Mediterranean Sea"),
    (15, 65, "Arabian Sea")])
def test_places_are_called_what_they_are_called(latitude, longitude, name):
    (_, told), = named(np.radians([latitude]), np.radians([longitude]), regions(), coasts())
    assert told[0].startswith(name)


def test_the_atlantic_is_both_its_halves_with_their_open_seas():
    atlantic = below_of("atlantic").regions
    assert {"north-atlantic-ocean", "south-atlantic-ocean", "sargasso-sea"} <= {r.id for r in atlantic}
    assert below_of("Атлантический океан").regions == atlantic == below_of("Atlantic Ocean").regions


def test_a_circle_around_a_town():
    sochi, = below_of("Sochi:300").regions
    near, far = np.radians([44.6, 40.5]), np.radians([48.7, 44.5])          # Maykop 115 km, Volgograd 620 km
    assert holds(sochi, np.array([near[0]]), np.array([near[1]]))[0]
    assert not holds(sochi, np.array([far[0]]), np.array([far[1]]))[0]


def test_the_flown_place_of_the_hand_over_lies_in_a_window_over_the_atlantic():
    """facts/missions: 15:14 UTC at 36.4 N 25.1 W, over the Atlantic."""
    plan = fakel.television(TLE, start="2013-11-09", stop="2013-11-10", by="relay", over="atlantic", most=50)
    at = utc("2013-11-09T15:14Z")
    window, = [w.window for w in plan.found.windows if w.window.holds(at)]
    assert utc("2013-11-09T15:06Z") < window.start and window.stop < utc("2013-11-09T15:19Z")
    rank = next(w.rank for w in plan.found.windows if w.window == window)
    minute = next(m for m in plan.run_of_show(rank).minutes if m.epoch == at)
    assert np.degrees([minute.latitude_rad, minute.longitude_rad]) == pytest.approx([36.4, -25.1], abs=0.1)
    assert minute.sunlit and minute.service and minute.names[0] == "North Atlantic Ocean"


def test_count_downs_are_those_of_a_studio():
    assert COUNTS_MIN == (60, 30, 10, 5, 1)
