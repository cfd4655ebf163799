"""The extra ``links`` (itur) against ITU's own validation examples, through our door. Skipped where it is missing."""

import numpy as np
import pytest

from fakel.world import radio_weather

pytest.importorskip("itur", reason="the extra 'links' (itur) is not installed: pip install 'fakel[links]'")

ROWS = [  # lat, lon, km, GHz, el, tilt, %, gas, cloud, rain, scintillation, total dB: ITU validation examples rev. 5.1,
    # sheet P.618-13 A_total; gas and cloud are those of 1 % of the time, as section 2.5 asks below 1 %
    (51.5, -0.14, 0.031382984, 14.25, 31.07699124, 0.0, 1.0, 0.226874038, 0.455169824, 0.495316047, 0.261931889,
     1.212790721),
    (51.5, -0.14, 0.031382984, 14.25, 31.07699124, 0.0, 0.1, 0.226874038, 0.455169824, 2.185843298, 0.422845379,
     2.901523272),
    (33.94, 18.43, 0.0, 29.0, 46.35969261, 0.0, 0.01, 0.665977674, 0.731285766, 21.24856054, 0.823699705, 22.66125273),
    (9.05, 38.7, 2.539861878, 14.25, 20.14335809, 90.0, 0.1, 0.222223506, 0.657652048, 5.881076621, 0.783500358,
     6.807726176),
    (3.133, 101.7, 0.051251456, 29.0, 85.80459566, 90.0, 0.001, 0.778114483, 2.422581525, 96.67505344, 1.128919071,
     99.88217955),
]


@pytest.mark.parametrize("row", ROWS)
def test_gas_cloud_rain_and_scintillation_are_those_of_itu(row):
    lat, lon, km, ghz, el, tilt, percent, gas, cloud, rain, scintillation, total = row
    found = radio_weather.air_loss(np.radians(lat), np.radians(lon), km * 1000, ghz * 1e9, np.radians(np.array([el])),
                                   percent, 1.0, 0.65, np.radians(tilt))
    ours = [found.gas_db[0], *(found.parts[name][0] for name in ("cloud", "rain", "scintillation")),
            found.gas_db[0] + found.weather_db[0]]
    # The sheet's rain comes from its own map of rain rates: 2e-5 apart. The rest is its eight decimals.
    assert ours == pytest.approx([gas, cloud, rain, scintillation, total], rel=1e-4)


def test_below_five_degrees_the_loss_at_five_is_used_and_told():
    low = radio_weather.air_loss(0.9, 0.6, 200.0, 15e9, np.radians(np.array([2.0, 5.0])), 1.0, 2.4)
    assert low.gas_db[0] == low.gas_db[1] and "below 5 deg" in low.told[0]
