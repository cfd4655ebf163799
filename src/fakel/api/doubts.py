"""What is odd about a fit: signs that one of its unknowns stands for something else."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fakel.api.forces import Forces
from fakel.estimate.fit import Orbit

LIGHT_M2_KG = (0.0005, 0.06)
"""Cr A/m of what flies: from LAGEOS (0.0008) to satellites with wide wings (Jason 0.03), twice."""
REVOLVING_M_S2 = 2e-7        # ocean tides and light from the Earth are 1e-7 and less in low orbit
PRECISE_M, PREDICTED_M, FAR_M = 1.0, 10.0, 1000.0
BENT, BENDS = 0.6, 5         # share of what is left along track that a polynomial of the fifth degree follows


def doubts(orbit: Orbit, forces: Forces, precise: bool) -> tuple[str, ...]:
    """One line each, with what to do. precise: the places are known to centimetres."""
    return (*_wild(orbit), *_drag(orbit), *_light(orbit, forces), *_revolving(orbit), *_left(orbit, forces, precise))


def _wild(orbit: Orbit) -> Iterator[str]:
    wild = int(np.sum(~orbit.used))
    if wild:
        yield (f"{wild} places are left out as outliers, the first {orbit.t_s[~orbit.used][0] - orbit.t0_s:.0f} s "
               "after the start of the span")


def _drag(orbit: Orbit) -> Iterator[str]:
    scales = orbit.unknowns.drag_scales if orbit.unknowns.drag else ()
    for number, (scale, sigma) in enumerate(zip(scales, orbit.sigmas[6:]), 1):
        if scale < -3.0 * sigma:
            yield f"drag scale {number} is {scale:.2f} ± {sigma:.2f}: below zero is no air; something pushes"


def _light(orbit: Orbit, forces: Forces) -> Iterator[str]:
    unknowns = orbit.unknowns
    if not unknowns.radiation:
        return
    sigma = float(orbit.sigmas[unknowns.names.index("radiation_scale")])
    unit = forces.radiation_coefficient * forces.radiation_area_m2 / forces.mass_kg
    low, high = (limit / unit for limit in LIGHT_M2_KG)
    unlike = not low - 3.0 * sigma <= unknowns.radiation_scale <= high + 3.0 * sigma
    if unlike or abs(unknowns.radiation_scale) > 10.0 * high:        # so large, however little it is known
        yield (f"sunlight comes out as Cr A/m = {unknowns.radiation_scale * unit:.3g} m2/kg, and what flies has "
               f"{LIGHT_M2_KG[0]:g} to {LIGHT_M2_KG[1]:g}: it takes up another error; raise --degree (now "
               f"{forces.degree}), look for drag, or hold it with --sun-area 0")


def _revolving(orbit: Orbit) -> Iterator[str]:
    waves = np.abs(orbit.unknowns.empirical_m_s2)
    if waves.size and waves.max() > REVOLVING_M_S2:
        yield (f"accelerations that come back each revolution reach {1e9 * waves.max():.0f} nm/s2; tides of the ocean, "
               "for which they stand, are below 100: another force is missing; raise --degree or look for drag")


def _left(orbit: Orbit, forces: Forces, precise: bool) -> Iterator[str]:
    if orbit.rms_m > FAR_M:
        yield f"{orbit.rms_m:.0f} m are left after the fit; look for a burn that the file does not announce"
    elif precise and orbit.rms_m > PRECISE_M:
        yield (f"{orbit.rms_m:.2f} m are left of places that are known to centimetres; raise --degree (now "
               f"{forces.degree}), give --mass and --area, or look for a burn")
    along = orbit.residual_rtn_m[orbit.used, 1]
    large = orbit.rms_m > (PRECISE_M if precise else PREDICTED_M)
    if large and len(along) > 4 * BENDS and _bent(orbit.t_s[orbit.used], along) > BENT:
        yield (f"what is left along track ({np.sqrt(np.mean(along**2)):.0f} m) bends over the span: "
               + ("drag is not looked for; give --area" if not orbit.unknowns.drag else
                  "the air changed, or a small push lies in it; take a shorter span or --drag-hours"))


def _bent(t_s: np.ndarray, values: np.ndarray) -> float:
    """Share of the variance that a polynomial follows."""
    along = 2.0 * (t_s - t_s[0]) / (t_s[-1] - t_s[0]) - 1.0
    fitted = np.polynomial.legendre.legval(along, np.polynomial.legendre.legfit(along, values, BENDS))
    return 1.0 - float(np.var(values - fitted) / max(np.var(values), 1e-12))
