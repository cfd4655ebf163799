"""Links that cannot be reckoned: one line that names the number, the key, or what else is missing."""

import re
from pathlib import Path

import pytest

import fakel
from fakel.cli.main import main
from fakel.load.link_file import read_link
from fakel.model.errors import InputError
from fakel.model.radio import Antenna
from fakel.world import radio_weather

TLE = Path(fakel.__file__).parent / "missions" / "iss-2013-11-06.tle"
KU = ("link", "station-ku-return", "--range-km", "40000")
LOUD = ("--set", "transmitter.eirp_dbw=55")
S_BAND = ("link", "example-s-band-5m")
CODINGS = ("bpsk-uncoded, fsk-uncoded, qpsk-conv, qpsk-conv-rs, qpsk-ldpc-7-8, qpsk-ldpc-half, qpsk-rs, qpsk-uncoded")


def said(capsys, *words):
    """What a refused command says; one line, nothing else (a warning of old elements may come before)."""
    assert main([str(word) for word in words]) == 2
    out = capsys.readouterr()
    lines = [line for line in out.err.splitlines() if not line.startswith("fakel: warning: ")]
    assert out.out == "" and len(lines) == 1 and lines[0].startswith("fakel: ")
    return lines[0][len("fakel: "):]


@pytest.mark.parametrize(("words", "message"), [
    (("link", "statoin-ku-return"), "link = 'statoin-ku-return' is not known; did you mean 'station-ku-return'?"),
    (("link", "moonlink"), "link = 'moonlink' is not known; write one of: example-amsat-uhf, example-emwin-n, "
     "example-s-band-5m, helmet-camera, station-ku-forward, station-ku-return, station-s-forward, station-s-return, "
     "station-vhf-voice"),
    (KU, "station-ku-return: transmitter.power_w is unknown; set it, or the EIRP: --set transmitter.eirp_dbw=NUMBER "
     "(53.1 dBW leaves 3 dB in '300 Mbit/s')"),
    (("link", "station-s-forward", "--range-km", "40000"),
     "station-s-forward: receiver.antenna.gain_dbi is unknown; set it, or the G/T: --set receiver.g_over_t_db_k=NUMBER "
     "(-25.0 dB/K leaves 3 dB in '72 kbit/s')"),
    ((*KU, "--set", "frequency_ghz=-3"), "station-ku-return.toml: hops[1]: frequency_hz = -3e+09 must be above 0"),
    ((*KU, "--set", "receiver.system_noise_k=0"),
     "station-ku-return.toml: hops[1] receiver: system_noise_k = 0 must be above 0"),
    ((*KU, "--set", "transmitter.power=5"),
     "station-ku-return.toml: hops[1] transmitter power has no unit; write power_w"),
    ((*KU, "--set", "modes.1.coding=loud"), f"station-ku-return.toml: modes[1] coding = 'loud' is not known; write one "
     f"of: {CODINGS}"),
    ((*KU, "--set", "hops.2.frequency_ghz=1"),
     "--set 'hops.2.frequency_ghz=1': '2' is not one of 1 to 1; mend the key"),
    ((*KU, "--set", "loud"), "--set 'loud': write KEY=VALUE, such as transmitter.power_w=20"),
    ((*KU, *LOUD, "--set", "bit_error_rate=0.9"), "station-ku-return.toml: bit_error_rate = 0.9 must lie between 0 and "
     "0.5"),
    (("link", "example-emwin-n", "--set", "bit_error_rate=1e-9"), "coding qpsk-conv-rs: bit_error_rate = 1e-09 is "
     "outside its table, 1e-07 to 1e-05; write another bit_error_rate or coding"),
    ((*KU, "--bit-rate", "5"), f"--bit-rate needs --coding; write one of: {CODINGS}"),
    ((*KU, "--coding", "qpsk-conv"), "--coding needs --bit-rate, in Mbit/s"),
    ((*KU, "--bit-rate", "-5", "--coding", "qpsk-conv"), "--bit-rate = -5 Mbit/s cannot be; write a number above 0"),
    ((*KU, "--mode", "5 Mbit/s"), "--mode = '5 Mbit/s' is not of station-ku-return; write one of: '300 Mbit/s', "
     "'50 Mbit/s'"),
    (("link", "station-ku-return", *LOUD),
     "station-ku-return moves: give --range-km, or a path (--tle, --oem, --flight)"),
    (("link", "station-ku-return", "--range-km", "-5", *LOUD), "--range-km = -5 km cannot be; write 0.001 to 1e+09"),
    ((*S_BAND, "--elevation-deg", "95"), "--elevation-deg = 95 deg cannot be; write 0 to 90"),
    ((*S_BAND, "--no-weather"), "the way through the air depends on the elevation; give --elevation-deg"),
    ((*S_BAND, "--elevation-deg", "20", "--percent", "0"), "--percent = 0 % cannot be; write 0.001 to 50"),
    ((*S_BAND, "--elevation-deg", "20", "--place", "here"), "--place = 'here': write LAT,LON[,ALT_M] in degrees and "
     "metres"),
    ((*KU, *LOUD, "--at", "worst"), "--at needs a path; give --tle, --oem or --flight"),
    ((*KU, *LOUD, "--tle", TLE), "--range-km and --elevation-deg are for one geometry; a path has its own: leave them "
     "out"),
    (("link", "helmet-camera", "--set", "transmitter.power_w=1", "--tle", TLE),
     "helmet-camera speaks to something near, not along a path; give --range-km"),
    (("link", "station-ku-return", *LOUD, "--tle", TLE, "--only", "tdrs-moon"),
     "--only = 'tdrs-moon' is not known; write one of: tdrs-east, tdrs-west, tdrs-zone"),
    (("link", "station-ku-return", *LOUD, "--tle", TLE, "--set", "partners=['moon']"),
     "station-ku-return speaks with moon, which network 'iss-2013' lacks on these days; give another --network"),
    (("downlink",), "what was recorded? give FILE.toml, or --walk DIR for the cameras of a flown spacewalk"),
])
def test_a_refused_link_says_why_in_one_line(capsys, words, message):
    assert said(capsys, *words) == message


def test_weather_without_the_extra_says_what_to_install(capsys, monkeypatch):
    monkeypatch.setattr(radio_weather, "available", lambda: False)
    assert said(capsys, *S_BAND, "--elevation-deg", "20", "--place", "55,37") == (
        "weather on a link needs the extra 'links'; pip install 'fakel[links]', or say --no-weather for clear air by a "
        "short formula")


def test_weather_needs_a_place(capsys, monkeypatch):
    monkeypatch.setattr(radio_weather, "available", lambda: True)
    assert said(capsys, *S_BAND, "--elevation-deg", "20") == (
        "the weather depends on the place; give --place LAT,LON[,ALT_M], or say --no-weather")


@pytest.mark.parametrize(("angles_deg", "gains", "message"), [
    ([0, 20, 90], [6, 3, -10], "pattern goes from 0 to 90 deg; give it from 0 to 180"),
    ([0, 20, 90, 180], [6, 3, -10, -10], "pattern has a gap between 90 and 180 deg; give a gain at least each 30 deg"),
    ([0, 30, 20, 60, 90, 120, 150, 180], [1] * 8, "pattern angles do not rise; sort them and give each once"),
    ([0, 180], [6], "pattern has 2 angles and 1 gains; give one for each"),
])
def test_a_pattern_with_gaps(angles_deg, gains, message):
    radians = tuple(a * 3.141592653589793 / 180 for a in angles_deg)
    with pytest.raises(ValueError, match=re.escape(message)):
        Antenna("test", "test", pattern="table", angles_rad=radians, gains_dbi=tuple(float(g) for g in gains))


MINE = """
name = "mine"
by = "near"
source = "me"
confidence = "low"
[[modes]]
name = "fast"
bit_rate_mbit_s = 5
[[hops]]
name = "hop"
frequency_ghz = 2
[hops.transmitter]
power_w = 1
source = "me"
confidence = "low"
antenna = { gain_dbi = 0, source = "me", confidence = "low" }
[hops.receiver]
system_noise_k = 300
source = "me"
confidence = "low"
antenna = { gain_dbi = 0, source = "me", confidence = "low" }
"""


def test_a_file_with_a_rate_and_no_coding(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(MINE)
    message = "mine.toml: modes[1]: mode 'fast' has bit_rate without coding; write coding (or required_eb_n0_db)"
    with pytest.raises(InputError, match=re.escape(message)):
        read_link(str(file))


RECORDINGS = """
title = "cameras"
source = "test"
[[recordings]]
name = "one"
start = 2020-01-01T00:00:00Z
stop = 2020-01-01T01:00:00Z
bit_rate_mbit_s = 3
[[windows]]
start = 2020-01-01T02:00:00Z
stop = 2020-01-01T03:00:00Z
bit_rate_mbit_s = 10
"""


@pytest.mark.parametrize(("old", "new", "message"), [
    ("stop = 2020-01-01T01", "stop = 2019-01-01T01", "recordings[1]: recording 'one' stops at 2019-01-01T01:00:00Z, "
     "before it starts; mend its times"),
    ("bit_rate_mbit_s = 3", "bit_rate_mbit_s = 0", "recordings[1]: bit_rate = 0 of recording 'one' must be above 0"),
    ("bit_rate_mbit_s = 3", "bit_rate = 3", "recordings[1] bit_rate = 3 has no unit; write bit_rate_bit_s (or "
     "bit_rate_kbit_s, bit_rate_mbit_s, bit_rate_gbit_s)"),
    ("[[windows]]", "[[windows]]\nstart = 2020-01-01T02:30:00Z\nstop = 2020-01-01T04:00:00Z\nbit_rate_mbit_s = 1\n"
     "[[windows]]", "windows overlap at 2020-01-01T02:30:00Z; there is one channel"),
    ('source = "test"', 'source = "test"\norder = "loudest"',
     "order = 'loudest' is not known; write priority or deadline"),
])
def test_a_downlink_file_that_cannot_be(capsys, tmp_path, old, new, message):
    file = tmp_path / "down.toml"
    file.write_text(RECORDINGS.replace(old, new, 1))
    assert said(capsys, "downlink", file) == f"{file}: {message}"


def test_nowhere_to_send(capsys, tmp_path):
    file = tmp_path / "down.toml"
    file.write_text(RECORDINGS.split("[[windows]]")[0])
    assert said(capsys, "downlink", file) == (
        "cameras: there is no window to send in; write [[windows]], or give --link and a path")
    assert said(capsys, "downlink", file, "--link", "station-ku-return") == (
        "--link needs a path; give --tle, --oem or --flight")
