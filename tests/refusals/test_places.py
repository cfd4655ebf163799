"""Places that cannot be: one line, where and what to do."""

from __future__ import annotations

import pytest

from fakel.load.place_list import place_of, read_places
from fakel.load.places import known_zone
from fakel.model.errors import InputError

FORM = "write LAT,LON[,ALT_M] in degrees and metres or a town such as Moscow or 'Springfield, US'"
WORDS = [
    ("95,37", ": latitude 95; it must be -90 to 90 (are latitude and longitude in order?)"),
    ("95,137", ": latitude 95; it must be -90 to 90 (write LAT,LON[,ALT_M] in degrees and metres)"),
    ("43.6,399", ": longitude 399; it must be -180 to 180 or 0 to 360, east of Greenwich"),
    ("43.6,39,99999", ": height 99999 m; it must be -500 to 30000 m"),
    ("12,x", f" = '12,x' is not two or three numbers; {FORM}"),
    ("1,2,3,4", f" = '1,2,3,4' is not two or three numbers; {FORM}"),
    ("", f" = '' is not known; {FORM}"),
    ("Xyzzyq", f" = 'Xyzzyq' is not known; {FORM}"),
    ("Novosibrisk", " = 'Novosibrisk' is not known; did you mean Novosibirsk, Novosibirskaya oblast', RU?"),
    ("Paris, Narnia", " = 'Paris, Narnia': no country or region is called 'Narnia'; write it like "
                      "'Paris, Île-de-France, FR'"),
    ("Sochi, Japan", " = 'Sochi, Japan': Sochi is not in Japan; there is Sochi, Krasnodarskiy kray, RU"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words(text, words):
    with pytest.raises(InputError) as caught:
        place_of(text, "--place")
    assert str(caught.value) == f"--place{words}"


def test_a_zone_nobody_knows():
    with pytest.raises(InputError, match=r"^--zone: time zone 'Europe/Moskow' is not known; did you mean Europe/Mos"):
        known_zone("Europe/Moskow", "--zone")
    with pytest.raises(InputError, match=r"^z: time zone '../../xyz' is not known; write one like Europe/Moscow$"):
        known_zone("../../xyz", "z")


HEAD = "name,latitude_deg,longitude_deg,height_m,time_zone\n"
LINES = [
    (HEAD + "A,95,37,,\n", ": line 2: latitude 95; it must be -90 to 90 (are latitude and longitude in order?)"),
    (HEAD + "A,9,1,,\nB,9,one,,\n", ": line 3: longitude = 'one' is not a number; mend the line or take it out"),
    (HEAD + "A,9,1\n", ": line 2 has 3 cells, the heading has 5; mend the line"),
    (HEAD + "A,9,1,,Mars/Base\n", ": line 2: time zone 'Mars/Base' is not known; write one like Europe/Moscow"),
    (HEAD + "A,9,1,,\n\nA,8,2,,\n", ": line 4: 'A' is in line 2 too; tell them apart in a column id"),
    ("name\nXyzzyq\n", f": line 2 = 'Xyzzyq' is not known; {FORM}"),
    ("a,b\n1,2\n", ": line 1 must name the columns: name, or latitude, longitude and what there is of name, height_m, "
                   "time_zone"),
    (HEAD, " holds no places; put one on each line"),
]


@pytest.mark.parametrize(("text", "words"), LINES)
def test_bad_lines_are_told_with_their_number(tmp_path, text, words):
    path = tmp_path / "places.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_places(path, "--places")
    assert str(caught.value) == f"--places: {path}{words}"


def test_a_table_is_read(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("\ufeffCity,Lat,Lng,Timezone\nHome,55.1,37.2,Europe/Moscow\nAway,-33,151,\nSochi,,,\n", "utf-8")
    places, notes = read_places(path, "--places")
    assert [(p.id, p.time_zone) for p in places] == [
        ("Home", "Europe/Moscow"), ("Away", "Australia/Sydney"), ("sochi-ru", "Europe/Moscow")]
    assert notes == (f"--places: {path}: time zones of 1 of 3 places are those of the nearest towns, at most 38 km "
                     "away (Away)",)
