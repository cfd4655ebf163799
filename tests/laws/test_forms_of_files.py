"""The same path in the many forms that files have: each is read to the same states."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import fakel
from fakel.api.fit import is_precise
from fakel.api.start import from_elements
from fakel.model.epoch import Epoch
from fakel.model.frame import Frame

DATA = Path(__file__).parents[1] / "authorities"
KVN, XML, SP3 = ((DATA / name).read_text() for name in
                 ("iss_2024-02-23.oem", "iss_2022-02-11.oem.xml", "swarm_a_2018-10-03.sp3"))
ROW = re.compile(r"^2024-02-2\dT.*$", re.M)


def read(tmp_path, text: str, kind: str = "oem", **more):
    file = tmp_path / f"given.{kind}"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return fakel.read_ephemeris(file, kind, **more)


def of_year(row: str) -> str:
    day = int(row[8:10]) + 31
    return f"2024-{day:03d}{row[10:]}"


KVN_FORMS = {
    "other line ends": KVN.replace("\n", "\r\n"),
    "a mark of the byte order": "\ufeff" + KVN,
    "day of the year": ROW.sub(lambda m: of_year(m[0]), KVN),
    "Z after each instant": ROW.sub(lambda m: m[0].replace(" ", "Z ", 1), KVN),
    "tabs": ROW.sub(lambda m: re.sub(" +", "\t", m[0]), KVN),
    "accelerations": ROW.sub(lambda m: m[0] + " 0.0 0.0 0.0", KVN),
    "covariances at the end": KVN + "\nCOVARIANCE_START\nEPOCH = 2024-02-23T00:00:00\nCOV_REF_FRAME = RTN\n"
                                    "1.0e-3\n0.0 1.0e-3\nCOVARIANCE_STOP\n",
    "comments among the states": ROW.sub(lambda m: "COMMENT halfway = yes\n" + m[0], KVN, count=40),
    "another name of the frame": KVN.replace("= EME2000", "= J2000"),
    "keys and values without blanks": re.sub(r"^(\w+) += ", r"\1=", KVN, flags=re.M),
}


@pytest.mark.parametrize("form", KVN_FORMS)
def test_text_in_other_forms(tmp_path, form):
    given, read_ = fakel.read_ephemeris(DATA / "iss_2024-02-23.oem"), read(tmp_path, KVN_FORMS[form])
    np.testing.assert_allclose(read_.t_s, given.t_s, atol=1e-6)
    np.testing.assert_array_equal(read_.position_m, given.position_m)
    assert read_.build == given.build and read_.frame is given.frame
    assert [(e.name, e.epoch) for e in read_.events] == [(e.name, e.epoch) for e in given.events]


XML_FORMS = {
    "a name space": XML.replace("<ndm>", '<ndm xmlns="urn:ccsds:recommendation:navigation:schema:ndmxml">'),
    "one message alone": re.sub(r"</?ndm>", "", XML),
    "units of another spelling": XML.replace('units="km"', 'units="KM"').replace('units="km/s"', 'units="KM/S"'),
    "no units": re.sub(r' units="[^"]+"', "", XML),
}


@pytest.mark.parametrize("form", XML_FORMS)
def test_xml_in_other_forms(tmp_path, form):
    given, read_ = fakel.read_ephemeris(DATA / "iss_2022-02-11.oem.xml"), read(tmp_path, XML_FORMS[form])
    np.testing.assert_array_equal(read_.position_m, given.position_m)
    assert read_.build == given.build and read_.created == given.created
    assert [e.name for e in read_.events] == [e.name for e in given.events]


def thinned(text: str, each: int) -> str:
    """Every so manieth epoch of an SP3 file, the head as it was."""
    head, *epochs = re.split(r"(?=^\* )", text, flags=re.M)
    return head + "".join(epochs[::each]).replace("EOF", "") + "EOF\n"


SP3_FORMS = {
    "no clocks": re.sub(r"^(PL47.{42}).*$", r"\1", SP3, flags=re.M),
    "velocities": SP3,
    "a second satellite": SP3.replace("+    1   L47  0", "+    2   L47L48").replace("\nPL47", "\nPL48  1.0 1.0\nPL47"),
    "a comment beyond ASCII": SP3.replace("/*", "/* für", 1),
    "UTC": re.sub(r"^%c M  cc GPS", "%c M  cc UTC", SP3, flags=re.M),
    "version c": SP3.replace("#d", "#c", 1),
}


@pytest.mark.parametrize("form", SP3_FORMS)
def test_precise_orbits_in_other_forms(tmp_path, form):
    given = fakel.read_ephemeris(DATA / "swarm_a_2018-10-03.sp3", "sp3")
    text = SP3_FORMS[form]
    if form == "velocities":                                   # none known: zeros
        text = re.sub(r"^PL47.*$", lambda m: m[0] + "\nVL47" + 3 * f"{0.0:14.7f}", SP3, flags=re.M)
    read_ = read(tmp_path, text, "sp3", satellite="L47" if "second" in form else None)
    np.testing.assert_array_equal(read_.position_m, given.position_m)
    assert read_.start - given.start == (18.0 if form == "UTC" else 0.0)
    assert np.isnan(read_.velocity_m_s).all()


def test_a_file_that_was_thinned_lacks_nothing_and_is_told(tmp_path):
    read_ = read(tmp_path, thinned(SP3, 5), "sp3")
    assert len(read_.t_s) == 288 and np.ptp(np.diff(read_.t_s)) == 0.0
    assert read_.told[0].endswith("its places are 300 s apart, its line 2 says 60 s; taken as they are")


def test_a_leap_second_is_a_second(tmp_path):
    """23:59:60 stands between 23:59:30 and 00:00:29, in an OEM and in an SP3 by UTC."""
    head, rows = KVN[:KVN.index("META_STOP")], ROW.findall(KVN)[:3]
    times = ("2016-12-31T23:59:30", "2016-12-31T23:59:60", "2017-01-01T00:00:29")
    text = head + "META_STOP\n" + "\n".join(" ".join([t, *r.split()[1:]]) for t, r in zip(times, (rows[0],) * 3))
    with pytest.raises(fakel.InputError, match=r"2016-12-31T23:59:30\.000Z moves at"):
        read(tmp_path, text)
    blocks = re.split(r"(?=^\* )", SP3.replace("cc GPS", "cc UTC", 1), flags=re.M)
    clocks = ("2016 12 31 23 59  0.0", "2016 12 31 23 59 60.0", "2017  1  1  0  0 59.0")
    lines = [re.sub(r"^\* .*$", f"*  {c}", b, flags=re.M) for c, b in zip(clocks, blocks[1:4])]
    read_ = read(tmp_path, re.sub("   1440 ", "      3 ", blocks[0], count=1) + "".join(lines) + "EOF\n", "sp3")
    assert read_.t_s.tolist() == [0.0, 60.0, 120.0]


def test_a_message_keeps_all_digits_of_its_epoch(tmp_path):
    """A microsecond is 8 mm of the way; two lines keep half a millisecond."""
    omm = {"NORAD_CAT_ID": 25544, "EPOCH": "2013-11-06T12:23:27.981812", "MEAN_MOTION": 15.49860824,
           "ECCENTRICITY": 0.0001219, "INCLINATION": 51.644, "RA_OF_ASC_NODE": 123.1754, "ARG_OF_PERICENTER": 117.1504,
           "MEAN_ANOMALY": 242.9771, "BSTAR": 1.027e-4}
    file = tmp_path / "iss.json"
    file.write_text(json.dumps([omm]))
    start = from_elements(file, None, Epoch.utc("2013-11-07"), lambda forces: forces, drag_given=True)
    assert start.state.epoch - Epoch.utc("2013-11-06T12:23:27.981812Z") == pytest.approx(0.0, abs=2e-6)


def test_what_is_precise():
    """A flown orbit is, in any frame; a prediction is not, in any frame."""
    flown, foretold = (fakel.read_ephemeris(DATA / "swarm_a_2018-10-03.sp3", "sp3"),
                       fakel.read_ephemeris(DATA / "iss_2024-02-23.oem"))
    assert is_precise(flown) and not is_precise(foretold)
    assert is_precise(replace(flown, frame=Frame.GCRF, created=flown.stop + 86_400.0))
    assert not is_precise(replace(foretold, frame=Frame.ITRF))
