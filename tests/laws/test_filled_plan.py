"""What ``fakel plan`` writes can be read again, to the last digit."""

import tomllib

import pytest

from fakel.cli.plan import fill_text
from fakel.load.reader import read
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.plan.burns import Burn

STEP = '[steps.raise]\nphase = "phasing"   # kept\ndocking = "plan"   # kept too\n'


@pytest.mark.parametrize("tai_ns", [437_069_691_091_312_004, 437_069_691_091_000_000, 437_069_691_000_000_000])
def test_an_instant_keeps_its_nanoseconds(tai_ns):
    text = fill_text(STEP, {"raise": {"docking": Epoch(tai_ns).iso(9)}})
    step = tomllib.loads(text)["steps"]["raise"]
    again = read(Burn, {"name": "DV1", "ignition": step["docking"], "dv_rtn_m_s": [0, 1, 0]}, "test:")
    assert again.ignition.tai_ns == tai_ns
    assert text.count("# kept") == 2


def test_a_blank_that_the_file_left_out_is_written_under_its_step():
    burns = [{"name": "DV1", "ignition": Epoch(0).iso(9), "dv_rtn_m_s": [0.1, 1 / 3, -2e-7]}]
    step = tomllib.loads(fill_text(STEP, {"raise": {"burns": burns}}))["steps"]["raise"]
    assert step["burns"][0]["dv_rtn_m_s"] == [0.1, 1 / 3, -2e-7]
    assert step["docking"] == "plan"


def test_a_step_without_a_header_is_refused():
    with pytest.raises(InputError, match=r"^\[steps.raise\] docking: the step has no header of its own in the file; "):
        fill_text('steps = { raise = { phase = "phasing" } }\n', {"raise": {"docking": "x"}})


def test_an_instant_that_steps_share_is_written_once():
    text = '[steps.raise]\ndocking = "plan"\n[steps.approach]\nport = "aft"\n[steps.dock]\nport = "aft"\n'
    at = "2015-03-01T12:00:00.000000000Z"
    filled = fill_text(text, {"raise": {"docking": at}, "approach": {"docking": at, "burns": []},
                              "dock": {"docking": "2015-03-01T12:00:01.000000000Z"}})
    assert filled.count("docking = 2015-03-01T12:00:00Z") == 1, "there it can be changed"
    assert filled.count("docking = 2015-03-01T12:00:01Z") == 1, "another instant is not left out"
    assert "# burns of this plan: after a change" in filled
