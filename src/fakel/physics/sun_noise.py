"""Noise of the Sun in a beam. Plain numbers.

The quiet disc's brightness falls as frequency^-0.75 (ITU-R S.1525-1, 1 to 30 GHz); its level comes from the flux at
10.7 cm of the day. Bursts are not in it. Expect 20 to 30 % at other frequencies, more at 1 GHz in active months.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fakel.model.arrays import FloatArray
from fakel.physics.radio import BOLTZMANN_J_K, LIGHT_M_S

SUN_RADIUS_RAD = float(np.radians(0.2666))
F107_HZ = 2.8e9
FLUX_UNIT = 1e-22
"""W/m2/Hz."""
FLOOR_K = 6000.0
"""Below the photosphere's brightness no frequency sees."""


def sun_brightness_k(frequency_hz: float, f107: float) -> float:
    """Mean brightness of the radio disc. f107 in solar flux units (1e-22 W/m2/Hz)."""
    wavelength = LIGHT_M_S / F107_HZ
    at_f107 = f107 * FLUX_UNIT * wavelength**2 / (2.0 * BOLTZMANN_J_K * np.pi * SUN_RADIUS_RAD**2)
    return float(max(at_f107 * (frequency_hz / F107_HZ) ** -0.75, FLOOR_K))


def sun_noise_k(off_rad: ArrayLike, beam_width_rad: float, peak_gain_dbi: float, frequency_hz: float,
                f107: float) -> FloatArray:
    """Antenna temperature of the Sun's disc, its centre off_rad (n,) from the axis of a Gaussian beam.

    G / 4 pi times the brightness times the integral of the beam over the disc (12 rings of 24 points, 1e-3).
    """
    off = np.atleast_1d(np.asarray(off_rad, float))
    rings, points = 12, 24
    radius = SUN_RADIUS_RAD * np.sqrt((np.arange(rings) + 0.5) / rings)
    turn = 2.0 * np.pi * np.arange(points) / points
    x, y = (np.outer(radius, f(turn)).ravel() for f in (np.cos, np.sin))
    squared = (off[:, None] - x) ** 2 + y**2
    seen = np.exp(-4.0 * np.log(2.0) * squared / beam_width_rad**2).mean(axis=1) * np.pi * SUN_RADIUS_RAD**2
    gain = 10.0 ** (peak_gain_dbi / 10.0)
    inside = np.minimum(gain / (4.0 * np.pi) * seen, 1.0)
    return np.asarray(inside * sun_brightness_k(frequency_hz, f107))
