"""Places that cannot be: one line, where and what to do."""

from __future__ import annotations

import pytest

from fakel.load.places import known_zone, read_place, read_places
from fakel.model.errors import InputError

FORM = "write LATITUDE,LONGITUDE[,HEIGHT_M] in degrees or a town such as Moscow or 'Springfield, US'"
WORDS = [
    ("95,37", "place = '95,37': latitude 95 is outside -90 to 90 degrees; mend it"),
    ("43.6,399", "place = '43.6,399': longitude 399 is outside -180 to 360 degrees; mend it"),
    ("43.6,39,99999", "place = '43.6,39,99999': height 99999 is outside -500 to 9000 m; mend it"),
    ("12,x", f"place = '12,x': 'x' is not a number; {FORM}"),
    ("12,nan", f"place = '12,nan': 'nan' is not a finite number; {FORM}"),
    ("1,2,3,4", f"place = '1,2,3,4' has 4 numbers; {FORM}"),
    ("", f"place = '' is not known; {FORM}"),
    ("Xyzzyq", f"place = 'Xyzzyq' is not known; {FORM}"),
    ("Novosibrisk", "place = 'Novosibrisk' is not known; did you mean Novosibirsk, Novosibirskaya oblast', RU?"),
    ("Paris, Narnia", "place = 'Paris, Narnia': no country or region is called 'Narnia'; write it like "
                      "'Paris, Île-de-France, FR'"),
    ("Sochi, Japan", "place = 'Sochi, Japan': Sochi is not in Japan; there is Sochi, Krasnodarskiy kray, RU"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words(text, words):
    with pytest.raises(InputError) as caught:
        read_place(text)
    assert str(caught.value) == words


def test_a_zone_nobody_knows():
    with pytest.raises(InputError, match=r"^time_zone = 'Europe/Moskow' is not known; did you mean Europe/Moscow\?$"):
        known_zone("Europe/Moskow")
    with pytest.raises(InputError, match=r"^time_zone = '../../etc' is not known; write a name like Europe/Moscow$"):
        known_zone("../../etc")


HEAD = "name,latitude_deg,longitude_deg,height_m,time_zone\n"
LINES = [
    (HEAD + "A,95,1,,\n", "2: latitude 95 is outside -90 to 90 degrees; mend it"),
    (HEAD + "A,9,1,,\nB,9,one,,\n", f"3: longitude_deg: 'one' is not a number; {FORM}"),
    (HEAD + "A,9,1\n", "2: has 3 cells, the head has 5; mend the line"),
    (HEAD + "A,9,1,,Mars/Base\n", "2: time_zone = 'Mars/Base' is not known; write a name like Europe/Moscow"),
    (HEAD + "A,9,1,,\n\nA,8,2,,\n", "4: 'A' stands in line 2 too; give each an id of its own in a column id"),
    ("name\nXyzzyq\n", f"2: place = 'Xyzzyq' is not known; {FORM}"),
    ("a,b\n1,2\n", "1: the columns are a, b; name them name,latitude_deg,longitude_deg[,height_m,time_zone,country,"
                   "name_ru,id], or name alone"),
    (HEAD, " has no places; write one a line under the head"),
]


@pytest.mark.parametrize(("text", "words"), LINES)
def test_bad_lines_are_told_with_their_number(tmp_path, text, words):
    path = tmp_path / "places.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_places(path)
    assert str(caught.value) == f"{path}:{words}"


def test_a_table_is_read(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("City;lat\n", encoding="utf-8")
    with pytest.raises(InputError, match="the columns are city;lat"):
        read_places(path)
    path.write_text("\ufeffCity,Lat,Lng,Timezone\nHome,55.1,37.2,Europe/Moscow\nAway,-33,151,\nSochi,,,\n", "utf-8")
    places, notes = read_places(path)
    assert [(p.id, p.time_zone) for p in places] == [
        ("Home", "Europe/Moscow"), ("Away", "Australia/Sydney"), ("Sochi", "Europe/Moscow")]
    assert notes == (f"{path}: time zones of 1 of 3 places are those of the nearest towns, at most 38 km away (Away)",)
