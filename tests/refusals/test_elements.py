"""Broken element sets are refused with the place and the remedy."""

import pytest

from fakel.load.elements import check_elements, checksum, read_elements
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError

LINE1 = "1 25544U 98067A   13310.51629608  .00016717  00000-0  10270-3 0  9002"
LINE2 = "2 25544  51.6440 123.1754 0001219 117.1504 242.9771 15.49860824 16788"


def test_a_good_set_has_its_epoch():
    assert check_elements(LINE1, LINE2, "iss.tle").epoch.iso() == "2013-11-06T12:23:28Z"


def test_a_wrong_checksum_says_what_the_characters_give():
    with pytest.raises(InputError) as told:
        check_elements(LINE1[:-1] + "3", LINE2, "iss.tle")
    assert str(told.value) == ("iss.tle: element line 1 has checksum 3, its characters give 2; copy it again")


def test_a_short_line_says_its_length():
    with pytest.raises(InputError) as told:
        check_elements(LINE1, LINE2[:60], "iss.tle")
    assert str(told.value) == "iss.tle: element line 2 has 60 characters instead of 69; copy it again"


def test_lines_of_two_objects_do_not_belong_together():
    other = "2 25545" + LINE2[7:68]
    digits = sum(int(c) if c.isdigit() else c == "-" for c in other) % 10
    with pytest.raises(InputError) as told:
        check_elements(LINE1, other + str(digits), "iss.tle")
    assert str(told.value) == "iss.tle: the two element lines belong to different objects (25544 and 25545)"


def test_a_file_without_elements_says_what_it_needs(tmp_path):
    path = tmp_path / "empty.tle"
    path.write_text("ISS\n")
    with pytest.raises(InputError, match="has no two-line element set; it needs a line that starts with '1 '"):
        read_elements(path, "--tle")


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"nowhere.tle cannot be read \(FileNotFoundError\)"):
        read_elements(tmp_path / "nowhere.tle", "--tle")


def test_of_many_sets_the_newest_one_at_the_date_is_taken(tmp_path):
    later = "1 25544U 98067A   13315.62124936  .00007508  00000-0  13914-3 0  9953"
    file = tmp_path / "iss.tle"
    file.write_text("\n".join(["ISS", later, "2 25544  51.6490  97.8906 0000903  85.4294 338.5297 15.50050758857575",
                               "ISS", LINE1, LINE2]) + "\n")
    assert read_elements(file, "--tle", wanted=Epoch.utc("2013-11-08")).line1 == LINE1
    assert read_elements(file, "--tle", wanted=Epoch.utc("2013-11-12")).line1 == later
    assert read_elements(file, "--tle", wanted=Epoch.utc("2013-11-01")).line1 == LINE1


def test_a_file_of_several_objects_is_refused(tmp_path):
    file = tmp_path / "all.tle"
    other1, other2 = "1 25545" + LINE1[7:68], "2 25545" + LINE2[7:68]
    file.write_text("\n".join([LINE1, LINE2, other1 + str(checksum(other1)), other2 + str(checksum(other2))]))
    with pytest.raises(InputError) as told:
        read_elements(file, "--tle")
    assert str(told.value) == f"--tle: {file} has element sets of 2 objects; keep the station's alone"
