"""``fakel rendezvous safety`` and ``screen`` from the door: what they print, write and refuse."""

import pytest

from fakel.load.elements import checksum
from fakel.load.folder import read_flight
from flights import fakel, reference_flight

SET = ("1 99001U 10001A   13310.51604167  .00001670  00000-0  10270-4 0  9030",
       "2 99001 051.6510 009.3600 0120000 110.0000 250.1000 15.80500000856070")


def catalogue(folder):
    path = folder / "made.3le"
    path.write_text("\n".join(["0 MADE UP", *(line[:68] + str(checksum(line)) for line in SET)]))
    return path


def test_the_report_of_a_flight(tmp_path):
    out, page = tmp_path / "s.svg", tmp_path / "s.html"
    run = fakel("rendezvous", "safety", reference_flight(), "--json", "--plot", out, "--html", page)
    assert run.code == 0, run.err
    told = run.told
    worst = told["worst"]
    assert worst["aborts_clear"] is True and worst["corridor_margin_m"] >= 0.0
    assert worst["sphere_margin_m"] > 0.0 and worst["three_sigma_range_m"] >= 200.0 and worst["final_range_m"] < 200.0
    (way,) = [t for t in told["legs"].values() if "aborts" in t]
    # A flight without errors has no covariance of its own: one fix at each hop, as its own study has it.
    own = next(leg for leg in read_flight(reference_flight())[0].legs if leg.phase == "docking").studies["free_drift"]
    assert way["free_drift"]["worst_range_m"] == pytest.approx(own["worst_range_m"], abs=3.0)
    assert told["assumed"][-1].startswith("three sigma: one fix at each burn; give the mission")
    assert set(way["aborts"]["burn"]) == {"fly-around", "station-keeping", "final approach"}
    # the plume of a thruster of 510 N 20 m away, Simons: some pascal at most
    assert 0.0 < max(way["plume"]["pressure_pa"]) < 20.0
    assert out.read_text().startswith("<svg") and "<table>" in page.read_text()


def test_a_flight_is_screened(tmp_path):
    run = fakel("rendezvous", "screen", reference_flight(), catalogue(tmp_path), "--miss-km", "1000", "--json",
                "--cdm", tmp_path / "cdm")
    assert run.code == 0, run.err
    told = run.told
    assert told["objects"]["listed"] == 1 and told["errors"]["confidence"].startswith("assumed")
    assert len(list((tmp_path / "cdm").glob("*.cdm"))) == len(told["passings"])
    assert len(list((tmp_path / "cdm").glob("*.xml"))) == len(told["passings"])


@pytest.mark.parametrize(("words", "said"), [
    (("safety", "no-such"), "no-such"),
    (("safety", "torch-walk"), "no ship flies to a station"),
    (("screen", "no-such", "x.tle"), "no-such"),
])
def test_what_cannot_be_used_is_said_in_one_line(words, said):
    run = fakel("rendezvous", *words)
    assert run.code == 2 and said in run.err and "\n" not in run.err.strip()


@pytest.mark.parametrize(("words", "said"), [
    (("--miss-km", "-3"), "--miss-km"), (("--sigma-m", "1,2"), "three numbers"), (("--radius-m", "0"), "--radius-m")])
def test_options_that_cannot_be_are_refused(words, said, tmp_path):
    run = fakel("rendezvous", "screen", reference_flight(), catalogue(tmp_path), *words)
    assert run.code == 2 and said in run.err
