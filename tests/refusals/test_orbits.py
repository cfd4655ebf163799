"""Orbits that cannot be read, flown or fitted: one line that says which input is wrong and what to do."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import fakel
from fakel.cli.main import main

DATA = Path(__file__).parents[1] / "authorities"
OEM, XML, SP3 = ((DATA / name).read_text() for name in
                 ("iss_2024-02-23.oem", "iss_2022-02-11.oem.xml", "swarm_a_2018-10-03.sp3"))
ROWS = [line for line in OEM.splitlines() if re.match(r"2024-02-2\dT", line)]
OTHER = fakel.Forces(degree=2).world(fakel.Epoch.utc("2013-11-07"), fakel.Epoch.utc("2013-11-08"))
ORBIT = [6.8e6, 0.0, 0.0, 0.0, 4.75e3, 6.0e3]


def said(capsys, *words: object) -> str:
    """What a refused command says; it must be one line, and no traceback."""
    assert main([str(word) for word in words]) == 2
    out = capsys.readouterr()
    assert out.out == "" and out.err.count("\n") == 1 and out.err.startswith("fakel: ")
    return out.err


def fit_of(capsys, tmp_path, text: str, kind: str, *more: object) -> str:
    file = tmp_path / f"given.{kind}"
    file.write_text(text)
    return said(capsys, "fit", f"--{kind}", file, *more)


def swapped(text: str, old: str, new: str) -> str:
    assert old in text, "the file has changed: mend this test"
    return text.replace(old, new, 1)


@pytest.mark.parametrize("text, part", [
    (OEM.replace(ROWS[20] + "\n", ""), "no states between 2024-02-23T02:32:00Z and 2024-02-23T02:48:00Z"),
    (OEM.replace("\n".join(ROWS[20:30]) + "\n", ""), "--allow-gaps"),
    (swapped(OEM, ROWS[20], ROWS[20] + "\n" + ROWS[20]), "2024-02-23T02:40:00.000Z is given twice"),
    (swapped(OEM, ROWS[20], ROWS[22]).replace(ROWS[22] + "\n" + ROWS[21], ROWS[22] + "\n" + ROWS[21]), "go back at"),
    (swapped(XML, '<X units="km">', '<X units="m">'), "X of 2022-042T12:00:00.000Z is in 'm'; an OEM has it in km"),
    (swapped(XML, '<Y_DOT units="km/s">', '<Y_DOT units="m/s">'), "Y_DOT of 2022-042T12:00:00.000Z is in 'm/s'"),
    (swapped(OEM, "MASS=459618.00", "MASS=0.00"), "mass_kg = 0; it must be above zero"),
    (swapped(OEM, "MASS=459618.00", "MASS=heavy"), "'MASS=heavy' has no number"),
    (swapped(OEM, "REF_FRAME            = EME2000", "REF_FRAME = MARS"), "REF_FRAME = MARS"),
    (swapped(OEM, ROWS[20], ROWS[20].replace(ROWS[20].split()[1], "nan")), "is not six finite numbers"),
    ("CCSDS_OEM_VERS = 2.0\nMETA_START\nCENTER_NAME = EARTH\nREF_FRAME = GCRF\nTIME_SYSTEM = UTC\nMETA_STOP\n",
     "holds 0 states"),
])
def test_a_broken_ephemeris(capsys, tmp_path, text, part):
    line = fit_of(capsys, tmp_path, text, "oem")
    assert part in line and "given.oem" in line


def in_other_units(factor_r: float, factor_v: float) -> str:
    def changed(row: str) -> str:
        epoch, *numbers = row.split()
        scaled = [float(x) * (factor_r if i < 3 else factor_v) for i, x in enumerate(numbers)]
        return " ".join([epoch, *(f"{x:.9f}" for x in scaled)])
    return "\n".join(changed(line) if line in ROWS else line for line in OEM.splitlines())


@pytest.mark.parametrize("factors, part", [
    ((1000.0, 1000.0), "the state of 2024-02-23T00:00:00.000Z is 6.8e+06 km from the Earth's centre; is it not in km"),
    ((1.0, 1000.0), "moves at 7.66e+03 km/s; is its velocity not in km and km/s?"),
    ((0.5, 1.0), "below ground"),
    ((1.0, 0.3048), "moves at 2.334 km/s, but its place and the next say 7.5"),
])
def test_numbers_in_other_units(capsys, tmp_path, factors, part):
    assert part in fit_of(capsys, tmp_path, in_other_units(*factors), "oem")


def test_segments_in_two_frames(capsys, tmp_path):
    head, rows = OEM[:OEM.index("COMMENT Cut")], ROWS[:100]
    second = head[head.index("META_START"):].replace("EME2000", "ITRF2000")
    text = "\n".join([head, *rows[:50], second, *rows[50:]])
    assert "segment 2 is in ITRF, the first in EME2000" in fit_of(capsys, tmp_path, text, "oem")


@pytest.mark.parametrize("old, new, part", [
    ("*  2018 10 03 00 20 00.00000000\n", None, "1 of 1440 epochs have no place, the first at 2018-10-03T00:19:42Z"),
    ("PL47  2512.4931975  -903.8128224 -6278.9980035", "PL47     0.0000000     0.0000000     0.0000000",
     "1 of 1440 epochs have no place"),
    ("*  2018 10 03 00 20 00.0", "*  2018 10 03 00 19 00.0", "2018-10-03T00:18:42.000Z is given twice"),
    ("*  2018 10 03 00 20 00.0", "*  2018 13 03 00 20 00.0", "is not an epoch"),
    ("IGS14", "J2000", "line 1 has the frame 'J2000'; it must be Earth-fixed"),
    ("%c M  cc GPS", "%c M  cc XYZ", "time system 'XYZ' is not known"),
    ("PL47  2512.4931975", "PL47  2512.49x1975", "has no three numbers of 14 characters each"),
    ("PL47  2512.4931975", "PL47   251.2493197", "below ground"),
    ("#dP2018", "xxP2018", "is not an SP3 file"),
])
def test_a_broken_precise_orbit(capsys, tmp_path, old, new, part):
    if new is None:                                            # the epoch and its place, two lines
        at = SP3.index(old)
        text = SP3[:at] + SP3[SP3.index("*", at + 1):]
    else:
        text = swapped(SP3, old, new)
    line = fit_of(capsys, tmp_path, text, "sp3")
    assert part in line and "given.sp3" in line


def test_a_precise_orbit_that_is_cut_short(capsys, tmp_path):
    assert "is the last and not EOF, after 100 of 1440 epochs" in fit_of(
        capsys, tmp_path, "\n".join(SP3.splitlines()[:221]) + "\n", "sp3")


def test_missing_epochs_are_told_when_they_are_allowed(capsys, tmp_path):
    lines = SP3.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("*")) + 2 * 120
    file = tmp_path / "holes.sp3"
    file.write_text("\n".join(lines[:at] + lines[at + 60:]))
    words = ["fit", "--sp3", str(file), "--allow-gaps", "--degree", "20", "--to", "2018-10-03T06:00Z", "--json"]
    assert main(words) == 0
    out = capsys.readouterr()
    assert "30 of 1440 epochs have no place, the first at 2018-10-03T01:59:42Z; the rest is used" in out.err
    assert json.loads(out.out)["places"] == 331


def with_a_hole(kind: str, tmp_path: Path) -> Path:
    """A file without the states of some instants: 02:40 to 04:00 (OEM), 01:59 to 02:29 (SP3)."""
    lines = SP3.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("*")) + 2 * 120
    file = tmp_path / f"holes.{kind}"
    file.write_text("\n".join(lines[:at] + lines[at + 60:]) if kind == "sp3" else
                    OEM.replace("\n".join(ROWS[20:30]) + "\n", ""))
    return file


@pytest.mark.parametrize("kind, day", [("oem", "2024-02-23"), ("sp3", "2018-10-03")])
def test_a_span_beside_a_gap_is_fitted_and_the_gap_told(capsys, tmp_path, kind, day):
    file = with_a_hole(kind, tmp_path)
    words = ["fit", f"--{kind}", str(file), "--degree", "20", "--json", "--no-empirical"]
    assert main([*words, "--from", f"{day}T05:00Z", "--to", f"{day}T09:00Z"]) == 0
    out = capsys.readouterr()
    assert out.err.count("; the span lies beside it\n") == 1 and json.loads(out.out)["outliers"] == 0
    refused = "; give a whole file, a span beside it (--from, --to), or --allow-gaps"
    assert refused in said(capsys, *words)
    assert refused in said(capsys, *words, "--from", f"{day}T01:00Z", "--to", f"{day}T09:00Z")


@pytest.mark.parametrize("words, part", [
    (("--from", "2024-02-23", "--to", "2024-02-25"), "GMT055 Reboost (Opti burns from 2024-02-24T00:21:00Z"),
    (("--from", "2024-02-24T00:30Z"), "lies in GMT055 Reboost (Opti, which burns until 2024-02-24T00:38:33Z"),
    (("--from", "2024-02-20"), "from = 2024-02-20T00:00:00Z is outside given.oem"),
    (("--to", "2025-02-20"), "to = 2025-02-20T00:00:00Z is outside given.oem"),
    (("--from", "2024-02-23T12:00Z", "--to", "2024-02-23T06:00Z"), "is not after from"),
    (("--from", "yesterday"), "'yesterday' is not a UTC instant"),
    (("--predict", "2024-02-23T06:00Z"), "lies before the end of the fitted span"),
    (("--satellite", "L47"), "an OEM holds one craft"),
    (("--degree", "121"), "degree = 121; the table that ships takes 2 to 120"),
    (("--mass", "0"), "mass_kg = 0; it must be above zero"),
    (("--drag-hours", "0"), "--drag-hours = 0"),
    (("--to", "2024-02-23T00:16Z"), "places are too few for 7 unknowns"),
])
def test_a_fit_that_cannot_be(capsys, tmp_path, words, part):
    assert part in fit_of(capsys, tmp_path, OEM, "oem", *words)


def test_a_fit_that_does_not_converge(capsys, tmp_path):
    """Every other place is put to the far side of the Earth: no path leads through them."""
    lines = SP3.splitlines()
    places = [i for i, line in enumerate(lines) if line.startswith("PL47")]
    for i in places[1::2]:
        lines[i] = "PL47" + "".join(f"{-float(x):14.7f}" for x in lines[i].split()[1:])
    line = fit_of(capsys, tmp_path, "\n".join(lines), "sp3", "--degree", "8")
    assert "given.sp3 from 2018-10-02T23:59:42Z to 2018-10-03T17:58:57Z: the fit does not converge" in line


@pytest.mark.parametrize("words, part", [
    (("--state", "2013-11-07 GCRF 1 2 3"), "--state has 5 words; write 'UTC FRAME X Y Z VX VY VZ'"),
    (("--state", "2013-11-07 B1950 6.8e6 0 0 0 7.6e3 0"), "frame 'B1950' is not known"),
    (("--state", "2013-11-07 GCRF 6.8e6 0 0 0 x 0"), "could not convert string to float: 'x'"),
    (("--state", "2013-11-07 GCRF 6800 0 0 0 7.6 0"), "below ground; an orbit begins above 90 km (are its numbers"),
    (("--state", "2013-11-07 GCRF 6.8e6 0 0 0 7.6e3 0", "--mass", "100"), "drag needs both --area and --mass"),
    (("--state", "2013-11-07 GCRF 6.8e6 0 0 0 7.6e3 0", "--step", "0"), "step_s = 0.0; it must be above zero"),
    (("--state", "2013-11-07 GCRF 6.8e6 0 0 0 7.6e3 0", "--events", "noon"), "event 'noon' is not known"),
    (("--state", "1970-11-07 GCRF 6.8e6 0 0 0 7.6e3 0", "--until", "1970-11-08"), "Earth orientation is known from"),
    (("--state", "2013-11-07 GCRF 6.8e6 0 0 0 7.6e3 0", "--air", "old"), "air = 'old' is not known; write one of"),
    (("--tle", "nowhere.tle"), "nowhere.tle cannot be read"),
    (("--oem", DATA / "iss_2024-02-23.oem", "--from", "2023-01-01"), "--from = 2023-01-01T00:00:00Z is outside"),
])
def test_a_flight_that_cannot_be(capsys, words, part):
    until = () if "--until" in words else ("--until", "2013-11-08")
    assert part in said(capsys, "propagate", *words, *until)


@pytest.mark.parametrize("change, part", [
    ({"state": [1, 2, 3]}, r"state has shape \(3,\); it takes \(6,\) or \(n, 6\)"),
    ({"state": [[ORBIT]]}, r"state has shape \(1, 1, 6\)"),
    ({"state": "GCRF"}, "state is not an array of numbers"),
    ({"state": [*ORBIT[:5], np.nan]}, "state holds nan; all six numbers must be finite"),
    ({"state": [ORBIT, [*ORBIT[:5], np.inf]]}, r"state 1 \(counted from 0\) holds inf"),
    ({"state": [6e6, *ORBIT[1:]]}, "state is at -378.1 km, below ground"),
    ({"state": [*ORBIT[:4], 9e3, 7e3]}, "state is hyperbolic: 11401.8 m/s, and 10827.5 m/s leaves the Earth"),
    ({"state": [0.0] * 6}, "state is at -6378.1 km, below ground"),
    ({"state": [1e300, 0, 0, 0, 1, 1]}, "state is hyperbolic"),
    ({"epoch": None}, "epoch is missing"),
    ({"until": "2100-06-01"}, "until = 2100-06-01T00:00:00Z: Sun and Moon are known until 2100-01-01"),
    ({"events": "sunset"}, "events = 'sunset' is one text; give a list of them"),
    ({"step_s": "60"}, "step_s = '60'; it must be a number"),
    ({"forces": "drag"}, "forces: 4 given for 1 states; give one Forces, or one for each"),
    ({"world": OTHER}, "world: its gravity is of degree 2, the forces ask for 36; build it by Forces.world"),
    ({"world": OTHER, "forces": fakel.Forces(degree=2, drag_area_m2=1.0)}, "world: it holds no air"),
    ({"world": OTHER, "forces": fakel.Forces(degree=2), "until": "2013-12-01"}, "world: it holds 2013-11-05"),
    ({"epoch": 5}, "epoch = 5 is neither an Epoch nor UTC text"),
    ({"until": "2013-11-07"}, "until = 2013-11-07T00:00:00Z is the start itself"),
    ({"frame": "RTN"}, "frame RTN is local to a craft"),
    ({"frame": "B1950"}, "frame = 'B1950' is not known"),
    ({"step_s": np.nan}, "step_s = nan; it must be above zero"),
    ({"events": ["altitude:low"]}, "has no height"),
    ({"events": ["altitude:nan"]}, "has no height"),
    ({"until": "2013-13-07"}, r"until: '2013-13-07' is not a UTC instant \(month must be in 1..12\); write it like"),
])
def test_a_program_is_told_which_argument_is_wrong(change, part):
    given = {"state": ORBIT, "until": "2013-11-07T01:00Z", "epoch": "2013-11-07", **change}
    with pytest.raises(fakel.InputError, match=part) as error:
        fakel.propagate(given.pop("state"), given.pop("until"), **given)
    assert "\n" not in str(error.value)


def test_an_arc_in_an_unknown_frame():
    arc = fakel.propagate(ORBIT, "2013-11-07T00:10Z", fakel.Forces(degree=2), epoch="2013-11-07")
    with pytest.raises(fakel.InputError, match="frame = 'B1950' is not known; write one of: GCRF, EME2000, TEME, ITRF"):
        arc.to("B1950")


def test_forces_that_cannot_be():
    for values, part in (({"mass_kg": 0.0}, "mass_kg = 0; it must be above zero"),
                         ({"mass_kg": np.nan}, "mass_kg = nan"), ({"drag_area_m2": -1.0}, "drag_area_m2 = -1"),
                         ({"drag_scale": np.inf}, "drag_scale = inf"),
                         ({"mass_kg": "much"}, "mass_kg = 'much'; it must be a number"),
                         ({"degree": 2.5}, "degree = 2.5; it must be a whole number"),
                         ({"gravity": "moon"}, "gravity = 'moon' is not known")):
        with pytest.raises(fakel.InputError, match=part):
            fakel.Forces(**values)


def test_a_craft_that_comes_down_is_not_flown_through_the_ground():
    with pytest.raises(fakel.FlightError, match="comes down to 90 km at 2013-11-07T00:09:40Z"):
        fakel.propagate([6.7e6, 0, 0, 0, 5e3, 5e3], "2013-11-08", epoch="2013-11-07")


def test_days_to_come_are_flown_with_a_warning():
    arc = fakel.propagate(ORBIT, "2029-11-07T01:00Z", fakel.Forces(mass_kg=1e3, drag_area_m2=1.0), epoch="2029-11-07")
    assert len(arc.warnings) == 2
    assert "Earth orientation is observed to" in arc.warnings[0] and "forecast of the air" in arc.warnings[1]
