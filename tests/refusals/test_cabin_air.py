"""What cannot be breathed is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

import fakel as package
from flights import fakel

CABIN = Path(package.__file__).parent / "data" / "cabins" / "iss-2013-11.toml"


def changed(tmp_path, old, new):
    text = CABIN.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "own.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


ROOMS = ("columbus, destiny, harmony, kibo, kibo-store, leonardo, pirs, poisk, quest, quest-cabin, rassvet, "
         "tranquility, unity, zarya, zvezda")


@pytest.mark.parametrize(("old", "new", "said"), [
    ('between = ["zvezda", "pirs"]', 'between = ["zvezda", "nowhere"]',
     f"hatch zvezda-pirs: it leads to 'nowhere', which is no room; write one of: {ROOMS}"),
    ('between = ["zvezda", "pirs"]', 'between = ["zvezda", "zvezda"]',
     "hatch zvezda-pirs: it leads from zvezda to itself; name two rooms"),
    ("flow_m3_s = 0.0075", "flow_m3_s = 0",
     "scrubbers.vozdukh: vozdukh: a scrubber with flow_m3_s = 0 cleans nothing; write more than 0"),
    ("efficiency = 0.75\nsource", "efficiency = 0.75\ncapacity_kg = 0\nsource",
     "scrubbers.vozdukh: vozdukh: a scrubber with capacity_kg = 0 cleans nothing; write more than 0"),
    ("efficiency = 0.75", "efficiency = 1.2",
     "scrubbers.vozdukh: vozdukh: efficiency = 1.2 cannot be; write more than 0, up to 1"),
    ('gas = "co"', 'gas = "xenon"', "scrubbers.tccs: tccs: gas = 'xenon' is not known; write one of: "
                                    "o2, n2, co2, h2o, co, hcn, hcl, soot"),
    ("volume_m3 = 75.0", "volume_m3 = -75.0", "rooms.zvezda: zvezda: volume_m3 = -75 cannot be; write more than 0"),
    ("oxygen_kg = 0.84", "oxygen_kg = -0.84", "candles.vika: vika: oxygen_kg = -0.84 cannot be; write more than 0"),
    ("leak_kg_s = 2.627e-6", "leak_kg_s = -1", "iss-2013-11: leak_kg_s = -1 is negative; write 0 or more"),
    ("o2_pa = 21400", "o2_pa = 121400",
     "iss-2013-11: o2_pa = 121400 is 120 % of pressure_pa = 101325; oxygen cannot be above 100 %; write less"),
    ("co2_mmhg = 2.5", "co2_mmhg = 700", "iss-2013-11: its gases are more than pressure_pa = 101325; write less"),
    ("zvezda = 0.35", "zvezda = 0.5", "people: the parts make 1.15; they must make 1"),
    ("zvezda = 0.35", "attic = 0.35", f"people: 'attic', which is no room; write one of: {ROOMS}"),
    ("none_pa = 21900", "none_pa = 20000",
     "generators.elektron: elektron: none_pa = 20000 must be above full_pa = 21000"),
    ('room = "tranquility"', 'room = "cellar"', f"cdra: room = 'cellar', which is no room; write one of: {ROOMS}"),
])
def test_a_cabin_that_cannot_be_is_told_in_one_line(tmp_path, old, new, said):
    path = changed(tmp_path, old, new)
    run = fakel("air", "--cabin", path, "--people", "3")
    assert (run.code, run.err) == (2, f"fakel: {path}: {said}\n")


SHIPS = "--mission, --flight and --at are for a leak; write fakel air leak"


@pytest.mark.parametrize(("words", "said"), [
    ("--people -1", "--people -1 is negative; write 0 or more"),
    ("--volume -5", "--volume -5 cannot be; write more than 0 m3"),
    ("--volume nan", "--volume nan cannot be; write more than 0 m3"),
    ("--oxygen 120", "--oxygen 120 cannot be: write 0 to 100 percent"),
    ("--watts 0", "--watts 0 cannot be; write more than 0, up to 2000"),
    ("--hours inf", "--hours inf cannot be; write more than 0, up to 8784"),
    ("--off vozduh", "device = 'vozduh' is not known; write one of: bmp, ccaa-destiny, ccaa-harmony, ccaa-tranquility, "
                     "cdra, cdra-2, elektron, hepa-destiny, hepa-harmony, hepa-quest, hepa-tranquility, hepa-unity, "
                     "oga, potok, skv, tccs, vozdukh"),
    ("--cabin mir", "--cabin = 'mir' is not known; write one of: iss-2013-11, soyuz-tma-m"),
    ("--candles -1", "--candles -1 cannot be; write 0 to 96: each burns 15 min, one after another"),
    ("--candles 9 --hours 2", "--candles 9 cannot be; write 0 to 8: each burns 15 min, one after another"),
    ("--candles 1 --cabin soyuz-tma-m", "--candles: Soyuz TMA-M has none; give its file [candles.NAME]"),
    ("--mission sochi-torch", SHIPS),
    ("leak --hole -3", "a hole of -3 mm cannot be; write more than 0, up to 1000"),
    ("leak --room attic", f"--room = 'attic' is not known; write one of: {ROOMS}"),
    ("leak --evacuate 0", "--evacuate 0 cannot be; write more than 0 min"),
    ("leak --at 2013-11-09", "--at needs a flown mission; give --flight DIR too"),
    ("leak --mission sochi-torch --flight x", "--mission and --flight: give one of them"),
    ("no-such-flight", "no-such-flight: holds no flight (no flight.json); give a folder that fakel fly wrote"),
])
def test_a_question_that_cannot_be_is_told_in_one_line(words, said):
    run = fakel("air", *words.split())
    assert (run.code, run.err) == (2, f"fakel: {said}\n")


def test_a_hatch_that_nobody_knows():
    run = fakel("air", "--shut", "backdoor")
    assert run.code == 2 and run.err.startswith("fakel: hatch = 'backdoor' is not known; write one of: destiny-")
