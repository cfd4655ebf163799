"""Where the planets that an eye sees stand among the stars, and how bright they are."""

from __future__ import annotations

import erfa
import numpy as np

from fakel.model.arrays import FloatArray

NAMES = ("mercury", "venus", "mars", "jupiter", "saturn")
_NUMBERS = (1, 2, 4, 5, 6)
_PHASE = {"mercury": (-0.42, 0.0380, -0.000273, 2e-6), "venus": (-4.40, 0.0009, 0.000239, -6.5e-7),
          "mars": (-1.52, 0.016, 0.0, 0.0), "jupiter": (-9.40, 0.005, 0.0, 0.0), "saturn": (-8.88, 0.044, 0.0, 0.0)}
"""Magnitude at 1 au from Sun and Earth, and its growth with the phase angle in degrees, its square and its cube."""
_RING_POLE = np.array([np.cos(1.45802) * np.cos(0.70842), np.cos(1.45802) * np.sin(0.70842), np.sin(1.45802)])


def planets(mjd_tt: tuple[float, float]) -> tuple[FloatArray, FloatArray]:
    """Directions (5, 3) from the Earth's centre along GCRF axes, and visual magnitudes (5,), in the order of NAMES.

    Within 0.02 deg of astropy in 2013 to 2025 (Simon et al. 1994 by erfa.plan94; light time and aberration left out).
    Magnitudes: Astronomical Almanac 1984 as in Meeus, Astronomical Algorithms, chapter 41; Saturn with its ring.
    """
    day, part = mjd_tt
    earth = erfa.epv00(2_400_000.5 + day, part)[0]["p"]
    directions, magnitudes = np.empty((5, 3)), np.empty(5)
    for k, (name, number) in enumerate(zip(NAMES, _NUMBERS, strict=True)):
        sun_to = np.asarray(erfa.plan94(2_400_000.5 + day, part, number)["p"])
        line = sun_to - earth
        r, far = float(np.linalg.norm(sun_to)), float(np.linalg.norm(line))
        phase = np.degrees(np.arccos(np.clip(sun_to @ line / (r * far), -1.0, 1.0)))
        directions[k] = line / far
        zero, *growth = _PHASE[name]
        magnitudes[k] = zero + 5 * np.log10(r * far) + sum(c * phase ** (n + 1) for n, c in enumerate(growth))
        if name == "saturn":
            tilt = abs(float(directions[k] @ _RING_POLE))
            magnitudes[k] += -2.60 * tilt + 1.25 * tilt**2
    return directions, magnitudes
