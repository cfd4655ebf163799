"""A launcher's file that no rocket can be built from is refused in one line, before it flies."""

from pathlib import Path

import pytest

from ascents import file_with
from fakel.load.library import Library
from fakel.model.errors import InputError
from fakel.model.launcher import Launcher

THIRD, CORE_STEPS = "thrust_vacuum_kn = 297.93", "{ from_s = 280.0, level = 0.75 }"


@pytest.mark.parametrize(("old", "new", "said"), [
    (THIRD, "thrust_vacuum_kn = 0", "stage 'third': thrust_vacuum_n = 0 cannot be; write more than 0"),
    (THIRD, "thrust_vacum_kn = 297.93", "stages[3] thrust_vacum_kn is not known; did you mean thrust_vacuum_n?"),
    (THIRD + "\n", "", "stages[3] thrust_vacuum_n is missing; write it (or thrust_vacuum_kn)"),
    (THIRD, "thrust_vacuum_kn = nan", "is not a finite number"),
    ("isp_vacuum_s = 326.0", "isp_vacuum_s = 0", "stage 'third': isp_vacuum_s = 0 cannot be"),
    ("thrust_sea_level_kn = 838.5", "thrust_sea_level_kn = 1838.5", "air takes from thrust"),
    ("dry_mass_kg = 1969", "dry_mass_kg = -1969", "stage 'third': dry_mass_kg = -1969 cannot be"),
    ("unusable_kg = 1214", "unusable_kg = 121400", "leaves nothing of propellant_kg = 92950"),
    ("cutoff_s = 286.0", "cutoff_s = -286.0", "'core': ignition_s = -15, cutoff_s = -286 and separation_s = 287.3"),
    ("separation_s = 287.3", "separation_s = 250.0", "are out of order"),
    ("separation_s = 287.3\n", "", "stage 'core': separation_s is missing; only the last stage has none"),
    ("ignition_s = 286.0", "ignition_s = 286.0\ncutoff_s = 400.0", "guidance cuts the last one off: take it out"),
    (CORE_STEPS, "{ from_s = 280.0, level = 75 }", "throttle level = 75 is no share of full thrust"),
    (CORE_STEPS, "{ from_s = 3.0, level = 0.75 }", "throttle from_s = 3 comes after 6; write them in order of time"),
    ("at_s = 157.5", "at_s = -157.5", "jettison 'fairing_jettison': at_s = -157.5 cannot be; write 0 or more"),
    ('event = "fairing_jettison"', 'event = "tower_jettison"', "has 2 events 'tower_jettison'"),
    ("mach = [0.0, 0.8,", "mach = [0.8,", "[aero] mach has 12 numbers and cd0 13; they are one table"),
    ("mach = [0.0, 0.8,", "mach = [0.8, 0.0,", "[aero] mach does not rise"),
    ("area_core_m2 = 7.07", "area_core_m2 = -7.07", "[aero] area_core_m2 = -7.07 cannot be"),
    ("kick_deg = 0.99", "kick_deg = 99", "[programme] kick_deg = 99 cannot be; write 0 to 45"),
    ("closed_loop_from_s = 157.5", "closed_loop_from_s = 0", "closed_loop_from_s = 0 comes before the turn"),
    ("attitude_rate_deg_s = 2.0", "attitude_rate_deg_s = 0", "[limits] attitude_rate_rad_s = 0 cannot be"),
    ("[355.203, 4117.639, 5092.747]", "[0.0, 0.0, 0.0]", "[target] lies 0 km from the Earth's centre"),
    ("met_s = 529.04", "met_s = -529.04", "[target] met_s = -529.04 cannot be"),
    ("adapter_kg = 220", "adapter_kg = -9000", "adapter_kg = -9000 cannot be; write 0 or more"),
])
def test_refused_in_one_line(old, new, said, tmp_path):
    path = Path(file_with(tmp_path, (old, new)))
    with pytest.raises(InputError) as refusal:
        Library(tmp_path).load(Launcher, path)
    text = str(refusal.value)
    assert said in text and "\n" not in text and str(path) in text
