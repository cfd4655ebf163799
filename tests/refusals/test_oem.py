"""An ephemeris gives the state at or before an instant, or says in one line why it cannot."""

import numpy as np
import pytest

from fakel.load.oem import state_near
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.frame import Frame

KVN = """CCSDS_OEM_VERS = 2.0
CREATION_DATE = 2020-01-01T00:00:00
ORIGINATOR = TEST
COMMENT the states are round numbers, not an orbit
META_START
OBJECT_NAME = STATION
CENTER_NAME = Earth
REF_FRAME = EME2000
TIME_SYSTEM = UTC
META_STOP
COMMENT MASS=1.00
2020-01-10T12:00:00.000 6800 1 2 0 7.5 0.1
2020-01-10T12:04:00.000 6801 1 2 0 7.5 0.2 0.0 0.0 0.0
2020-01-10T12:08:00.000 6802 1 2 0 7.5 0.3
COVARIANCE_START
EPOCH = 2020-01-10T12:00:00.000
1.0
COVARIANCE_STOP
"""
XML = """<?xml version="1.0" encoding="UTF-8"?>
<ndm><oem id="CCSDS_OEM_VERS" version="2.0"><header/><body><segment><metadata><CENTER_NAME>EARTH</CENTER_NAME>
<REF_FRAME>EME2000</REF_FRAME><TIME_SYSTEM>UTC</TIME_SYSTEM></metadata><data><COMMENT>A</COMMENT>
<stateVector><EPOCH>2020-010T12:00:00.000Z</EPOCH><X units="km">6800</X><Y units="km">1</Y><Z units="km">2</Z>
<X_DOT units="km/s">0</X_DOT><Y_DOT units="km/s">7.5</Y_DOT><Z_DOT units="km/s">0.1</Z_DOT></stateVector>
<stateVector><EPOCH>2020-010T12:04:00.000Z</EPOCH><X units="km">6801</X><Y units="km">1</Y><Z units="km">2</Z>
<X_DOT units="km/s">0</X_DOT><Y_DOT units="km/s">7.5</Y_DOT><Z_DOT units="km/s">0.2</Z_DOT></stateVector>
</data></segment></body></oem></ndm>
"""
WITHIN = Epoch.utc("2020-01-10T12:05:00Z")


def taken(tmp_path, text, epoch=WITHIN):
    file = tmp_path / "station.oem"
    file.write_text(text, encoding="utf-8")
    return state_near(file, epoch, "visit.toml: [ephemeris]")


@pytest.mark.parametrize("text", [KVN, XML.replace("12:04:00.000Z</EPOCH><X units=\"km\">6801",
                                                   "12:06:00.000Z</EPOCH><X units=\"km\">6801")])
def test_the_state_before_the_instant_is_taken(tmp_path, text):
    state = taken(tmp_path, text)
    first = text is not KVN                                    # in the changed XML the second state comes too late
    assert state.epoch.iso() == ("2020-01-10T12:00:00Z" if first else "2020-01-10T12:04:00Z")
    assert state.frame is Frame.EME2000
    np.testing.assert_array_equal(state.position_m, [6_800_000.0 if first else 6_801_000.0, 1000.0, 2000.0])
    np.testing.assert_array_equal(state.velocity_m_s, [0.0, 7500.0, 100.0 if first else 200.0])


def test_a_state_at_the_instant_itself_is_taken(tmp_path):
    last = Epoch.utc("2020-01-10T12:08:00Z")
    assert taken(tmp_path, KVN, last).epoch == last


@pytest.mark.parametrize("system, clock", [("TAI", "12:05:37"), ("TT", "12:06:09.184"), ("GPS", "12:05:18")])
def test_uniform_clocks_are_read_as_themselves(tmp_path, system, clock):
    text = KVN.replace("TIME_SYSTEM = UTC", f"TIME_SYSTEM = {system}").replace("12:04:00.000", clock)
    assert taken(tmp_path, text).epoch == WITHIN


@pytest.mark.parametrize("old, new, part", [
    ("CENTER_NAME = Earth", "CENTER_NAME = Moon", "CENTER_NAME = MOON; it must be EARTH"),
    ("REF_FRAME = EME2000", "REF_FRAME = TOD", "REF_FRAME = TOD; it must be one of: EME2000, J2000, GCRF, ICRF, ITRF"),
    ("TIME_SYSTEM = UTC", "TIME_SYSTEM = TDB", "TIME_SYSTEM = TDB; it must be one of: UTC, TAI, TT, GPS"),
    ("TIME_SYSTEM = UTC", "", "TIME_SYSTEM = nothing"),
    ("CCSDS_OEM_VERS", "CCSDS_OPM_VERS", "is not an orbit ephemeris message"),
    ("6801 1 2 0 7.5 0.2 0.0 0.0 0.0", "6801 1 2 0 7.5", "has 6 fields"),
    ("6801 1 2", "6801 one 2", "is not six numbers"),
    ("6801 1 2", "nan 1 2", "is not six finite numbers"),
    ("2020-01-10T12:04", "2020-02-30T12:04", "'2020-02-30T12:04:00.000' is not an instant"),
    ("2020-01-10T12:04", "2020-01-09T12:04", "instants of its states go back"),
    ("2020-01-10T12:0", "2020-01-11T12:0", "holds 2020-01-11T12:00:00Z to 2020-01-11T12:08:00Z, not 2020-01-10T12:05"),
])
def test_what_cannot_be_used_is_said_in_one_line(tmp_path, old, new, part):
    with pytest.raises(InputError) as caught:
        taken(tmp_path, KVN.replace(old, new))
    message = str(caught.value)
    assert part in message and message.startswith("visit.toml: [ephemeris]: station.oem") and "\n" not in message


@pytest.mark.parametrize("text, part", [
    (XML[:-40], "is not whole XML"), ("", "is not an orbit ephemeris message"),
    (KVN.split("COMMENT MASS")[0], "holds no states"),
])
def test_a_torn_file_is_told(tmp_path, text, part):
    with pytest.raises(InputError, match=part):
        taken(tmp_path, text)


def test_an_absent_file_is_told(tmp_path):
    with pytest.raises(InputError, match=r"none.oem cannot be read \(FileNotFoundError\); give"):
        state_near(tmp_path / "none.oem", WITHIN, "visit.toml: [ephemeris]")
