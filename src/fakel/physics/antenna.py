"""Antenna patterns: gain at an angle off the axis. Plain numbers; angles in radians, gains in dBi."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fakel.model.arrays import FloatArray
from fakel.physics.radio import main_lobe_loss_db

BACK_RAD = float(np.radians(48.0))


def gaussian_gain_dbi(off_rad: ArrayLike, peak_dbi: float, beam_width_rad: float, floor_dbi: float = -10.0
                      ) -> FloatArray:
    """Gaussian main lobe down to a floor that stands for all side lobes (at most the peak)."""
    lobe = peak_dbi - main_lobe_loss_db(off_rad, beam_width_rad)
    return np.asarray(np.maximum(lobe, min(floor_dbi, peak_dbi)))


def s465_gain_dbi(off_rad: ArrayLike, peak_dbi: float, beam_width_rad: float, diameter_wavelengths: float
                  ) -> FloatArray:
    """Earth-station envelope of ITU-R S.465-6 outside its smallest angle, Gaussian lobe inside.

    32 - 25 log10(angle in deg) dBi to 48 deg, -10 dBi beyond. The recommendation says nothing within 1 deg (or 100
    wavelengths per diameter); there the lobe falls until it meets the envelope.
    """
    off = np.abs(np.asarray(off_rad, float))
    least = max(1.0, 100.0 / diameter_wavelengths) if diameter_wavelengths >= 50.0 else \
        max(2.0, 114.0 * diameter_wavelengths ** -1.09)
    degrees = np.maximum(np.degrees(off), least)
    envelope = np.where(off < BACK_RAD, 32.0 - 25.0 * np.log10(degrees), -10.0)
    lobe = peak_dbi - main_lobe_loss_db(off, beam_width_rad)
    return np.asarray(np.maximum(lobe, np.minimum(envelope, peak_dbi)))


def f1245_gain_dbi(off_rad: ArrayLike, peak_dbi: float, diameter_wavelengths: float) -> FloatArray:
    """Average side lobes of a dish, ITU-R F.1245-2 (1 to 40 GHz): main lobe, first side lobe, 25 log slope, back."""
    x = diameter_wavelengths
    off = np.degrees(np.abs(np.asarray(off_rad, float)))
    first = 2.0 + 15.0 * np.log10(x)
    edge = 20.0 / x * np.sqrt(max(peak_dbi - first, 0.0))
    lobe = peak_dbi - 2.5e-3 * (x * off) ** 2
    angle = np.maximum(off, 1e-9)
    if x > 100.0:
        slope, back, knee = 29.0 - 25.0 * np.log10(angle), -13.0, max(edge, 12.02 * x ** -0.6)
    else:
        slope, back, knee = 39.0 - 5.0 * np.log10(x) - 25.0 * np.log10(angle), -3.0 - 5.0 * np.log10(x), edge
    shoulder = np.where(off < knee, first, slope) if x > 100.0 else slope
    outside = np.where(off < 48.0, shoulder, back)
    return np.asarray(np.where(off < edge, lobe, np.minimum(outside, peak_dbi)))


def table_gain_dbi(off_rad: ArrayLike, angles_rad: FloatArray, gains_dbi: FloatArray) -> FloatArray:
    """A measured pattern, straight lines between its angles (which reach from 0 to 180 deg)."""
    return np.asarray(np.interp(np.abs(np.asarray(off_rad, float)), angles_rad, gains_dbi))
