"""What is let go outside moves as the equations of relative motion say, and air makes the difference."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fakel.api import adrift as lost
from fakel.api.adrift import adrift, areas_m2, throws
from fakel.load.library import Library
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.frame import Frame
from fakel.model.outfit import Item
from fakel.model.place import Station
from fakel.model.start import StateVector
from fakel.physics.relative import transition

STATION = Library().find(Station, "iss-2013-11", "station")
TORCH = Library().find(Item, "sochi-torch", "item")
RADIUS_M, GM = 6_796_000.0, 3.986004418e14
RATE = float(np.sqrt(GM / RADIUS_M**3))
TILT = np.radians(51.65)
STATE = StateVector(Epoch.utc("2013-11-09T15:00:00Z"), Frame.GCRF, np.array([RADIUS_M, 0.0, 0.0]),
                    RATE * RADIUS_M * np.array([0.0, np.cos(TILT), np.sin(TILT)]), "made")


def test_a_box_shows_a_quarter_of_its_surface_on_average():
    """Faces 0.1378, 0.0513 and 0.0078 m2 by hand; Cauchy's mean is half their sum."""
    areas = areas_m2(TORCH)
    assert areas["most"] == pytest.approx(0.95 * 0.145)
    assert areas["mean"] == pytest.approx((0.95 * 0.145 + 0.95 * 0.054 + 0.145 * 0.054) / 2)


def test_ten_minutes_of_drift_are_those_of_clohessy_and_wiltshire(monkeypatch):
    """The linear equations leave out the orbit's small ellipse and J2: 1 % of the way is granted. The thing has the
    station's own drag, so that air makes no difference."""
    seen = {}
    real = lost._drift
    monkeypatch.setattr(lost, "_drift", lambda *case: seen.update({case[:3]: case[5]}) or real(*case))
    even = replace(TORCH, mass_kg=areas_m2(TORCH)["mean"] * STATION.mass_kg / STATION.drag_area_m2)
    adrift(even, STATION, STATE, np.zeros(3), (0.5,), hours=1 / 6)
    for way, radial, along, normal in (("up", 1, 0, 0), ("forward", 0, 1, 0), ("starboard", 0, 0, -1)):
        told = transition(RATE, 600.0) @ np.array([0, 0, 0, 0.5 * radial, 0.5 * along, 0.5 * normal])
        found = seen[way, 0.5, "mean"][-1]
        assert np.linalg.norm(found[:3] - told[:3]) < 0.01 * np.linalg.norm(told[:3])


def test_with_the_stations_own_drag_what_is_thrown_up_comes_back_after_one_revolution():
    """A closed ellipse of 4 v / n by 2 v / n: 1.8 km long for 0.5 m/s."""
    even = replace(TORCH, mass_kg=areas_m2(TORCH)["mean"] * STATION.mass_kg / STATION.drag_area_m2)
    one = next(d for d in adrift(even, STATION, STATE, np.zeros(3), (0.5,), hours=1.8)
               if d.way == "up" and d.area == "mean")
    assert one.closest_s == pytest.approx(2 * np.pi / RATE, rel=0.02)
    assert one.closest_m < 0.05 * 4 * 0.5 / RATE
    assert one.verdict != "gone"


def test_thrown_aft_a_light_thing_runs_ahead_and_is_gone_and_more_area_takes_it_farther():
    found = [d for d in adrift(TORCH, STATION, STATE, np.array([-23.7, 1.4, 6.0]), (0.2,), hours=6.0) if d.way == "aft"]
    assert all(d.verdict == "gone" and d.ahead_m > 0.0 and d.below_m > 0.0 for d in found)
    assert [d.area for d in sorted(found, key=lambda d: d.ahead_m)] == ["least", "mean", "most"]


def test_a_throw_that_ends_ahead_or_behind_by_area_may_come_back():
    found = throws(adrift(TORCH, STATION, STATE, np.array([-23.7, 1.4, 6.0]), (0.2,), hours=24.0))
    forward = next(t for t in found if t.way == "forward")
    assert forward.crosses and forward.verdict == "may meet the station"
    assert next(t for t in found if t.way == "aft").verdict == "gone"


@pytest.mark.parametrize(("speeds", "hours", "said"), [
    ((0.1,), 0.0, "hours = 0 cannot be; write more than 0 and at most 240"),
    ((-1.0,), 24.0, "speed = -1 m/s cannot be; a throw has 0 to 10"),
])
def test_numbers_that_cannot_be_are_refused(speeds, hours, said):
    with pytest.raises(InputError, match=f"^{said}$"):
        adrift(TORCH, STATION, STATE, np.zeros(3), speeds, hours)


def test_a_folder_that_is_no_flight_is_refused(tmp_path: Path):
    with pytest.raises(InputError):
        lost.adrift_in(tmp_path / "none", "torch", None, (0.1,), 24.0)
