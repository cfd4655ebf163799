"""The US Standard Atmosphere of 1976, for ascent and entry."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

_G0, _R_AIR, _GAMMA = 9.80665, 287.05287, 1.4
_EARTH_M = 6_356_766.0
# Layers below 86 km: base geopotential height m, lapse K/m, temperature K, pressure Pa.
_BASE_M = np.array([0.0, 11_000.0, 20_000.0, 32_000.0, 47_000.0, 51_000.0, 71_000.0])
_LAPSE_K_M = np.array([-0.0065, 0.0, 0.001, 0.0028, 0.0, -0.0028, -0.002])
_BASE_K = np.array([288.15, 216.65, 216.65, 228.65, 270.65, 270.65, 214.65])
_BASE_PA = np.array([101325.0, 22632.06, 5474.889, 868.0187, 110.9063, 66.93887, 3.956420])
# Above: geometric height m, temperature K, pressure Pa, density kg/m3, as tabulated in the standard.
_HIGH = np.array([
    [86_000, 186.87, 3.7338e-1, 6.958e-6], [90_000, 186.87, 1.8359e-1, 3.416e-6], [95_000, 188.42, 7.5966e-2, 1.393e-6],
    [100_000, 195.08, 3.2011e-2, 5.604e-7], [105_000, 208.84, 1.4477e-2, 2.325e-7],
    [110_000, 240.00, 7.1042e-3, 9.708e-8], [115_000, 300.00, 4.0096e-3, 4.289e-8],
    [120_000, 360.00, 2.5382e-3, 2.222e-8], [130_000, 469.27, 1.2505e-3, 8.152e-9],
    [140_000, 559.63, 7.2028e-4, 3.831e-9], [150_000, 634.39, 4.5422e-4, 2.076e-9],
    [160_000, 696.29, 3.0395e-4, 1.233e-9], [180_000, 790.07, 1.5271e-4, 5.194e-10],
    [200_000, 854.56, 8.4736e-5, 2.541e-10], [250_000, 941.33, 2.4767e-5, 6.073e-11],
    [300_000, 976.01, 8.7704e-6, 1.916e-11], [350_000, 990.06, 3.4498e-6, 7.014e-12],
    [400_000, 995.83, 1.4518e-6, 2.803e-12], [450_000, 998.22, 6.4468e-7, 1.184e-12],
    [500_000, 999.24, 3.0236e-7, 5.215e-13], [600_000, 999.85, 8.2130e-8, 1.137e-13],
    [700_000, 999.97, 3.1908e-8, 3.070e-14], [800_000, 999.99, 1.7036e-8, 1.136e-14],
    [900_000, 1000.00, 1.0873e-8, 5.759e-15], [1_000_000, 1000.00, 7.5138e-9, 3.561e-15]])
_HIGH_M, _HIGH_K = _HIGH[:, 0].copy(), _HIGH[:, 1].copy()
_HIGH_LN_PA, _HIGH_LN_KG_M3 = np.log(_HIGH[:, 2]), np.log(_HIGH[:, 3])


@njit(cache=True)
def air(height_m: float) -> tuple[float, float, float, float]:
    """Density kg/m3, pressure Pa, temperature K, speed of sound m/s at a geometric height.

    US Standard Atmosphere 1976: its layers below 86 km (to 1e-4), straight lines in ln(density), ln(pressure) and
    temperature between its tabulated values above (at the nodes exact, between them within 3 %). Below sea level the
    lowest layer continues; above 1000 km density is 0. Speed of sound above 86 km is a formal value (gamma 1.4).
    No weather, no seasons: real air differs by 10-20 % at 60-100 km.
    """
    if height_m >= 86_000.0:
        return _high(height_m)
    h = _EARTH_M * height_m / (_EARTH_M + height_m)
    i = 6
    while i > 0 and h < _BASE_M[i]:
        i -= 1
    above, lapse = h - _BASE_M[i], _LAPSE_K_M[i]
    kelvin = _BASE_K[i] + lapse * above
    if lapse == 0.0:
        pa = _BASE_PA[i] * math.exp(-_G0 * above / (_R_AIR * kelvin))
    else:
        pa = _BASE_PA[i] * (kelvin / _BASE_K[i]) ** (-_G0 / (_R_AIR * lapse))
    return pa / (_R_AIR * kelvin), pa, kelvin, math.sqrt(_GAMMA * _R_AIR * kelvin)


@njit(cache=True)
def _high(height_m: float) -> tuple[float, float, float, float]:
    last = len(_HIGH_M) - 1
    if height_m > _HIGH_M[last]:
        return 0.0, 0.0, _HIGH_K[last], math.sqrt(_GAMMA * _R_AIR * _HIGH_K[last])
    i = 0
    while i < last - 1 and height_m >= _HIGH_M[i + 1]:
        i += 1
    s = (height_m - _HIGH_M[i]) / (_HIGH_M[i + 1] - _HIGH_M[i])
    kelvin = _HIGH_K[i] + s * (_HIGH_K[i + 1] - _HIGH_K[i])
    pa = math.exp(_HIGH_LN_PA[i] + s * (_HIGH_LN_PA[i + 1] - _HIGH_LN_PA[i]))
    density = math.exp(_HIGH_LN_KG_M3[i] + s * (_HIGH_LN_KG_M3[i + 1] - _HIGH_LN_KG_M3[i]))
    return density, pa, kelvin, math.sqrt(_GAMMA * _R_AIR * kelvin)


@njit(cache=True)
def sound_m_s(height_m: float) -> float:
    """Speed of sound of the same standard, without the rest of it."""
    if height_m >= 86_000.0:
        return _high(height_m)[3]
    h = _EARTH_M * height_m / (_EARTH_M + height_m)
    i = 6
    while i > 0 and h < _BASE_M[i]:
        i -= 1
    return math.sqrt(_GAMMA * _R_AIR * (_BASE_K[i] + _LAPSE_K_M[i] * (h - _BASE_M[i])))
