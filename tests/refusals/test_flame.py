"""What `fakel burn` cannot use is said in one line."""

import importlib.util

import pytest

from fakel.physics import flame_heat
from flights import fakel

ROOMS = ("columbus, destiny, ground, harmony, kibo, kibo-store, leonardo, outside, pirs, poisk, quest, quest-cabin, "
         "rassvet, station, tranquility, unity, zarya, zvezda")
SAID = {
    "--fuel propan": "fakel: --fuel = 'propan' is not known; did you mean 'propane'?",
    "--mass-g -5": "fakel: flame: a fuel's mass of -5 g is negative; write 0 or more",
    "--mass-g nan": "fakel: flame: a fuel's mass of nan kg cannot be; write a number",
    "--minutes 0": "fakel: flame: a flame cannot burn 0 min; write more than 0",
    "--o2-percent 120": "fakel: --o2-percent 120: oxygen cannot be below 0 or above 100 % of the air",
    "--pressure-kpa 0": "fakel: --pressure-kpa 0 cannot be; write more than 0, up to 10000",
    "--place mars": f"fakel: --place = 'mars' is not known; write one of: {ROOMS}",
    "--cabin mir": "fakel: --cabin = 'mir' is not known; write one of: iss-2013-11, soyuz-tma-m",
    "--place ground --plot x.svg": "fakel: --plot: there is nothing to draw on the ground, in open air; choose a place "
                                   "inside",
    "--at 2013-11-09": "fakel: --mission, --flight and --at are for a fire; give --fire ROOM too",
    "--fire zvezda --at 2013-11-09": "fakel: --at needs a flown mission; give --flight DIR too",
    "--fire rassve": "fakel: --fire = 'rassve' is not known; write one of: columbus, destiny, harmony, kibo, "
                     "kibo-store, leonardo, pirs, poisk, quest, quest-cabin, rassvet, soyuz-tma-09m, soyuz-tma-10m, "
                     "soyuz-tma-11m, tranquility, unity, zarya, zvezda",
}


@pytest.mark.parametrize("options", SAID)
def test_one_line_and_exit_code_2(options):
    done = fakel("burn", *options.split())
    assert (done.code, done.err.strip(), done.out) == (2, SAID[options], "")


@pytest.mark.parametrize(("text", "said"), [
    ("atoms = { C = 1, Cl = 4 }", "atoms: Cl cannot be burnt here; write C, H, O, N"),
    ("atoms = { C = 1, H = -4 }", "atoms: H = -4 is negative; write 0 or more"),
    ("atoms = { O = 2 }", "atoms: neither carbon nor hydrogen, nothing would burn; write C or H"),
])
def test_a_fuel_of_ones_own_that_cannot_burn(tmp_path, text, said):
    file = tmp_path / "own.toml"
    file.write_text('name = "own"\nformation_j_mol = 0\nsoot = 0\nout_below_o2 = 0.1\nconfidence = "low"\n'
                    f'source = "made up"\n{text}\n', encoding="utf-8")
    done = fakel("burn", "--fuel", str(file))
    assert (done.code, done.err) == (2, f"fakel: {file}: {said}\n")


def test_soot_that_needs_more_carbon_than_there_is(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text('name = "own"\natoms = { C = 1, H = 12 }\nformation_j_mol = 0\nsoot = 0.49\nco = 0.4\n'
                    'out_below_o2 = 0.1\nconfidence = "low"\nsource = "made up"\n', encoding="utf-8")
    done = fakel("burn", "--fuel", str(file))
    assert done.code == 2 and "need more carbon than the fuel has; write less of them" in done.err


def test_without_the_extra_all_but_the_temperature_is_told(monkeypatch):
    from fakel.api.burn import burn
    from fakel.model.errors import InputError
    from fakel.reports.flame import lines
    monkeypatch.setattr(flame_heat, "installed", lambda: False)
    flame_heat._gas.cache_clear()
    with pytest.raises(InputError, match=r"needs the extra 'fire'; pip install 'fakel\[fire\]'"):
        flame_heat.adiabatic({"H": 2.0}, 0.0, 0.5, {})
    report = burn(place="ground")
    assert report.temperature_k is None
    assert "temperature of the flame: needs the extra 'fire': pip install 'fakel[fire]'" in lines(report, 110)


@pytest.mark.skipif(importlib.util.find_spec("cantera") is None, reason="the extra 'fire' is not installed")
def test_an_element_that_cantera_has_not():
    from fakel.model.errors import InputError
    with pytest.raises(InputError, match=r"has no element S; write "):
        flame_heat.adiabatic({"C": 1.0, "S": 2.0}, 0.0, 3.0, {"N2": 3.76})
