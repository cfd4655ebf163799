"""Radio links in plain numbers: gain, loss, noise, and what is left for each bit.

Everything is in SI and decibels; arrays and scalars alike. Levels are in dBW, ratios in dB, C/N0 in dBHz.
Friis (1946) for the free space; IEEE definitions of gain and noise temperature (290 K).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fakel.model.arrays import FloatArray

LIGHT_M_S = 299_792_458.0
BOLTZMANN_J_K = 1.380649e-23
BOLTZMANN_DBW = float(10.0 * np.log10(BOLTZMANN_J_K))
"""-228.6 dBW per kelvin and hertz."""
ROOM_K = 290.0


def decibels(ratio: ArrayLike) -> FloatArray:
    """10 log10; zero becomes minus infinity."""
    with np.errstate(divide="ignore"):
        return np.asarray(10.0 * np.log10(np.asarray(ratio, float)))


def ratio(level_db: ArrayLike) -> FloatArray:
    """The inverse of decibels."""
    return np.asarray(10.0 ** (np.asarray(level_db, float) / 10.0))


def wavelength_m(frequency_hz: float) -> float:
    return LIGHT_M_S / frequency_hz


def free_space_loss_db(range_m: ArrayLike, frequency_hz: float) -> FloatArray:
    """20 log10(4 pi r / wavelength): 6 dB for each doubling of the range."""
    return 2.0 * decibels(4.0 * np.pi * np.asarray(range_m, float) / wavelength_m(frequency_hz))


def dish_gain_dbi(diameter_m: float, efficiency: float, frequency_hz: float) -> float:
    """Peak gain of a round aperture: efficiency (pi D / wavelength)^2."""
    return float(decibels(efficiency * (np.pi * diameter_m / wavelength_m(frequency_hz)) ** 2))


def dish_beam_width_rad(diameter_m: float, frequency_hz: float) -> float:
    """Width between half-power points, 70 deg x wavelength / D (tapered feed, edge about -10 dB)."""
    return float(np.radians(70.0 * wavelength_m(frequency_hz) / diameter_m))


def main_lobe_loss_db(off_rad: ArrayLike, beam_width_rad: float) -> FloatArray:
    """What a Gaussian main lobe loses off its axis: 3.01 dB at half the half-power width, 12.04 dB at the width."""
    return np.asarray(10.0 * np.log10(2.0) * (2.0 * np.asarray(off_rad, float) / beam_width_rad) ** 2)


def polarisation_loss_db(axial_ratio_db: float, other_db: float, tilt_rad: float = np.pi / 2,
                         opposite: bool = False) -> float:
    """Loss between two elliptical polarisations; tilt is between their long axes (worst case a right angle).

    Axial ratios in dB: 0 circular, 60 and more as good as linear. opposite: one turns left, the other right.
    Infinite for crossed linear ones and for pure opposite circles (Stutzman, Polarization in Electromagnetic
    Systems, equation of the polarisation efficiency).
    """
    a = 10.0 ** (axial_ratio_db / 20.0)
    b = 10.0 ** (other_db / 20.0) * (-1.0 if opposite else 1.0)
    both = (1.0 + a * a) * (1.0 + b * b)
    share = (both + 4.0 * a * b + (1.0 - a * a) * (1.0 - b * b) * np.cos(2.0 * tilt_rad)) / (2.0 * both)
    return float(-decibels(min(max(share, 0.0), 1.0))) + 0.0


def receiver_noise_k(noise_figure_db: float) -> float:
    """290 K (F - 1)."""
    return float(ROOM_K * (ratio(noise_figure_db) - 1.0))


def system_noise_k(antenna_k: ArrayLike, line_loss_db: float, receiver_k: float) -> FloatArray:
    """Noise at the receiver's input: of the sky through a line, of that line at 290 K, of the receiver."""
    line = ratio(line_loss_db)
    return np.asarray(np.asarray(antenna_k, float) / line + ROOM_K * (1.0 - 1.0 / line) + receiver_k)


def sky_noise_k(clear_k: ArrayLike, loss_db: ArrayLike, medium_k: float = 275.0) -> FloatArray:
    """Brightness of a sky seen through something that absorbs: what shines through, and what the medium emits.

    medium_k: 275 K for rain and cloud (ITU-R P.618-13, section 3).
    """
    through = ratio(-np.asarray(loss_db, float))
    return np.asarray(np.asarray(clear_k, float) * through + medium_k * (1.0 - through))


def clear_sky_k(frequency_hz: float, gas_db: ArrayLike) -> FloatArray:
    """Brightness of the clear sky: the cosmos (2.73 K) and the mean galaxy (20 K at 408 MHz, frequency^-2.75; a factor
    of two to either side over the sky, ITU-R P.372) behind the gas of the air."""
    return sky_noise_k(2.73 + 20.0 * (408e6 / frequency_hz) ** 2.75, gas_db)


def through_relay_db_hz(*hops_db_hz: ArrayLike) -> FloatArray:
    """C/N0 after a bent-pipe relay, which sends the noise of each hop on: 1 / sum of 1 / (C/N0)."""
    return -decibels(np.sum([ratio(-np.asarray(hop, float)) for hop in hops_db_hz], axis=0))
