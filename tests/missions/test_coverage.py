"""``fakel coverage`` from the door: what it prints and writes."""

import csv
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import fakel
from fakel.load.folder import read_flight
from fakel.model.epoch import Epoch
from flights import fakel as command
from flights import shipped_folder

TLE = Path(fakel.__file__).parent / "missions" / "iss-2013-11-06.tle"
DAY = ("--tle", str(TLE), "--from", "2013-11-09", "--to", "2013-11-10")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("reach") / "out"
    run = command("coverage", *DAY, "--out", str(out), "--carrier", "143.625", "--overlap", "30")
    assert run.code == 0 and "Shchyolkovo" in run.out and str(out / "passes.csv") in run.out
    return out


def test_all_its_files_tell_the_same_passes(folder):
    told = json.loads((folder / "coverage.json").read_text())
    ground = [p for p in told["passes"] if p["kind"] == "ground"]
    with (folder / "passes.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["start_utc"] for row in rows] == [p["start_utc"] for p in told["passes"]]
    with (folder / "geometry.csv").open() as file:
        samples = list(csv.DictReader(file))
    assert len({(s["id"], s["utc"]) for s in samples}) == len(samples) > 5_000
    calendar = (folder / "passes.ics").read_bytes().decode()
    assert calendar.count("BEGIN:VEVENT") == len(ground) and calendar.endswith("END:VCALENDAR\r\n")
    picture = ElementTree.fromstring((folder / "coverage.svg").read_text())
    assert len(list(picture.iter("{http://www.w3.org/2000/svg}rect"))) > len(told["passes"])


def test_a_pass_in_json_has_all_that_a_program_needs(folder):
    told = json.loads((folder / "coverage.json").read_text())
    p = next(p for p in told["passes"] if p["id"] == "ulan-ude" and p["max_elevation_deg"] > 80)
    assert Epoch.utc(p["end_utc"]) - Epoch.utc(p["start_utc"]) == pytest.approx(p["length_s"], abs=2e-3)
    assert Epoch.utc(p["start_utc"]) < Epoch.utc(p["peak_utc"]) < Epoch.utc(p["end_utc"])
    assert p["range_km"][1] < p["range_km"][0] and p["range_rate_m_s"][0] < 0 < p["range_rate_m_s"][2]
    assert p["doppler_hz"][0] == pytest.approx(-143.625e6 * p["range_rate_m_s"][0] / 299_792_458.0, abs=0.1)
    services = told["hand_over"]["services"]
    assert all(s["overlap_s"] == pytest.approx(30.0, abs=1e-3) for s in services[1:]) and not told["hand_over"]["gaps"]
    assert {"id", "day", "contacts", "in_contact_min", "longest_gap_min", "share"} <= set(told["days"][0])


def test_files_are_not_overwritten_unasked(folder):
    run = command("coverage", *DAY, "--csv", str(folder / "passes.csv"))
    assert run.code == 2 and "passes.csv is there already; give another name or --replace" in run.err
    assert command("coverage", *DAY, "--csv", str(folder / "passes.csv"), "--replace").code == 0


def test_csv_is_printed_or_written_alone(tmp_path):
    printed = command("coverage", *DAY, "--csv").out
    assert command("coverage", *DAY, "--out", str(tmp_path / "a.csv")).code == 0
    assert (tmp_path / "a.csv").read_text() == printed and printed.startswith("kind,id,name,start_utc")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_flown_walk_has_the_passes_of_its_studies():
    walk = shipped_folder("torch-walk")
    flight, _ = read_flight(walk)
    leg = next(leg for leg in flight.legs if leg.phase == "eva")
    table = leg.studies["passes_ground"]
    told = json.loads(command("coverage", "--flight", str(walk), "--json").out)
    ours = {(p["id"], p["start_utc"]) for p in told["passes"]}
    inner = [(s, a) for s, a, why in zip(table["site"], table["start_utc"], table["begins"], strict=True)
             if why == "mask" and Epoch.utc(a) < Epoch.utc(told["to_utc"])]
    assert inner
    run = command("coverage", "--flight", str(walk), "--craft", "soyuz", "--json")
    assert run.code == 2 and "--craft = 'soyuz' did not fly in" in run.err
    for site, start in inner:
        near = [abs(Epoch.utc(start) - Epoch.utc(b)) for s, b in ours if s == site]
        assert min(near) < 0.01                              # pieces of the arc and of the prediction differ by 0.1 m
