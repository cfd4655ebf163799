"""Towns of known place and zone are found under the names that people give them."""

from __future__ import annotations

from math import degrees
from zoneinfo import available_timezones

import pytest

from fakel.load.gazetteer import gazetteer, plain
from fakel.load.place_list import place_of, read_places
from fakel.load.places import find_place, zone_at

# Degrees from the CIA World Factbook (capitals) and city pages; a town's middle is a matter of opinion to a few km.
KNOWN = [
    ("Moscow", "RU", 55.75, 37.62, "Europe/Moscow"),
    ("москва", "RU", 55.75, 37.62, "Europe/Moscow"),
    ("Сочи", "RU", 43.59, 39.73, "Europe/Moscow"),
    ("São Paulo", "BR", -23.55, -46.63, "America/Sao_Paulo"),
    ("sao paulo", "BR", -23.55, -46.63, "America/Sao_Paulo"),
    ("MÜNCHEN", "DE", 48.14, 11.58, "Europe/Berlin"),
    ("Cologne", "DE", 50.94, 6.96, "Europe/Berlin"),
    ("St. Petersburg", "RU", 59.94, 30.31, "Europe/Moscow"),
    ("St Petersburg, Florida", "US", 27.77, -82.64, "America/New_York"),
    ("Springfield, IL", "US", 39.80, -89.65, "America/Chicago"),
    ("Paris, США", "US", 33.66, -95.56, "America/Chicago"),
    ("Winsen, Germany", "DE", 53.36, 10.21, "Europe/Berlin"),
    ("Houston", "US", 29.76, -95.37, "America/Chicago"),
    ("Kathmandu", "NP", 27.70, 85.32, "Asia/Kathmandu"),
    ("Vaduz", "LI", 47.14, 9.52, "Europe/Vaduz"),
]


@pytest.mark.parametrize(("text", "country", "latitude", "longitude", "zone"), KNOWN)
def test_towns_are_where_they_are(text, country, latitude, longitude, zone):
    place = find_place(text).place
    assert (place.country, place.time_zone) == (country, zone)
    assert degrees(place.latitude_rad) == pytest.approx(latitude, abs=0.05)
    assert degrees(place.longitude_rad) == pytest.approx(longitude, abs=0.05)


def test_names_are_told_in_both_languages():
    place = find_place("The Hague").place
    assert (place.name("en"), place.name("ru")) == ("The Hague", "Гаага")
    assert find_place("Winsen").place.name("ru") == "Winsen", "a town without a Russian name has its own"


def test_heights_are_those_of_the_ground():
    # Mexico City 2240 m, La Paz 3640 m (Factbook); terrain models differ by the place they take in a town
    assert find_place("Mexico City").place.height_m == pytest.approx(2240, abs=60)
    assert find_place("La Paz, Bolivia").place.height_m == pytest.approx(3640, abs=150)


def test_the_largest_is_taken_and_the_choice_told():
    found = find_place("Springfield")
    assert found.place.id == "springfield-us" and "Missouri" in found.notes[0] and "Illinois" in found.notes[0]
    assert find_place("Springfield, Illinois").notes == ()


def test_coordinates_take_the_zone_of_the_nearest_town_and_say_so():
    found = place_of("55.75, 37.62, 150", "--place")
    assert (found.place.time_zone, found.place.height_m) == ("Europe/Moscow", 150.0)
    assert "nearest town, Moscow" in found.notes[0]
    zone, note = zone_at(-33.9, -151.2)
    assert zone == "Pacific/Rarotonga" and "1643 km away" in note


def test_every_zone_exists():
    assert set(gazetteer().zones) <= available_timezones()


@pytest.mark.parametrize("name", ["Orël", "São Paulo", "Санкт-Петербург", "Straße"])
def test_plain_names_stay_plain(name):
    assert plain(plain(name)) == plain(name)


def test_a_table_may_call_its_columns_otherwise_and_have_ids_alone(tmp_path) -> None:
    table = tmp_path / "sites.csv"
    table.write_text("id,kind,lat_deg,lon_deg,alt\nbaikonur-1-5,pad,45.92,63.34,90\n")
    (place,), _ = read_places(table, "--places")
    assert (place.name(), place.height_m) == ("baikonur-1-5", 90.0)
    assert degrees(place.longitude_rad) == pytest.approx(63.34)
