"""The air's toll on radio by ITU-R's maps and methods, through the package ``itur`` (extra ``links``, MIT licence).

Gas P.676-12, cloud P.840-7, rain P.618-13 with P.837-7 and P.839-4, scintillation P.618-13. The first question costs
about two seconds, as the maps are read; itur weighs 170 MB, which is why it is an extra.
"""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.budget import AirLoss
from fakel.model.errors import InputError

LEAST_ELEVATION_RAD = float(np.radians(5.0))
LEAST_HZ, MOST_HZ = 1e9, 100e9


def available() -> bool:
    """Whether the extra is installed (without loading it)."""
    return find_spec("itur") is not None


def require() -> None:
    """InputError that says what to install, where the extra is missing."""
    if not available():
        raise InputError("weather on a link needs the extra 'links'; pip install 'fakel[links]', or say --no-weather "
                         "for clear air by a short formula")


def air_loss(latitude_rad: float, longitude_rad: float, height_m: float, frequency_hz: float,
             elevation_rad: FloatArray, percent: float, diameter_m: float, efficiency: float = 0.5,
             tilt_rad: float = np.pi / 4) -> AirLoss:
    """What is exceeded percent (0.001 to 50) of an average year on slant paths at elevation_rad (n,).

    tilt_rad: of the polarisation (45 deg: circular). Gas adds to the root of (rain + cloud)^2 + scintillation^2
    (P.618-13, section 2.5). Below 5 deg the recommendations stop: the loss at 5 deg is used, and told. Below 1 GHz all
    are taken as nothing. InputError without the extra.
    """
    require()
    if not 0.001 <= percent <= 50.0:
        raise InputError(f"percent = {percent:g} must lie between 0.001 and 50")
    if frequency_hz < LEAST_HZ:
        nothing = np.zeros(len(elevation_rad))
        return AirLoss(nothing, nothing, nothing, told=("below 1 GHz the air is taken as nothing",))
    if frequency_hz > MOST_HZ:
        raise InputError(f"weather is known from 1 to 100 GHz, not at {frequency_hz / 1e9:g} GHz; say --no-weather")
    gas, cloud, rain, scintillation = _itur(
        np.degrees(latitude_rad), np.degrees(longitude_rad), height_m / 1000.0, frequency_hz / 1e9,
        np.degrees(np.maximum(elevation_rad, LEAST_ELEVATION_RAD)), percent, diameter_m, efficiency,
        np.degrees(tilt_rad))
    low = bool(np.any(elevation_rad < LEAST_ELEVATION_RAD - 1e-9))
    told = ("below 5 deg ITU-R has no numbers: the air's loss at 5 deg is used there",) if low else ()
    return AirLoss(gas, np.hypot(rain + cloud, scintillation), rain + cloud,
                   {"cloud": cloud, "rain": rain, "scintillation": scintillation}, told)


def _itur(latitude_deg: float, longitude_deg: float, height_km: float, frequency_ghz: float, elevation_deg: FloatArray,
          percent: float, diameter_m: float, efficiency: float, tilt_deg: float) -> tuple[FloatArray, ...]:
    import itur
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        gas, cloud, rain, scintillation, _ = itur.atmospheric_attenuation_slant_path(
            latitude_deg, longitude_deg, frequency_ghz, elevation_deg, percent, diameter_m, hs=height_km,
            eta=efficiency, tau=tilt_deg, return_contributions=True)
    return tuple(_numbers(part, len(elevation_deg)) for part in (gas, cloud, rain, scintillation))


def _numbers(quantity: Any, n: int) -> FloatArray:
    values = np.asarray(getattr(quantity, "value", quantity), float)
    return np.array(np.broadcast_to(values.ravel() if values.size == n else values, (n,)))
