"""The air's loss of a hop: by ITU-R's maps, or by a short formula of clear air."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.budget import AirLoss
from fakel.model.errors import InputError
from fakel.model.place import Site
from fakel.model.radio import Hop
from fakel.physics import air_loss, radio
from fakel.plan.link_budget import peak_gain_dbi
from fakel.world import radio_weather


@dataclass(frozen=True, slots=True)
class AirModel:
    """How: weather (what is exceeded percent of an average year, extra ``links``), clear, or none."""

    how: str = "weather"
    percent: float = 1.0


def air_of(hop: Hop, elevation_rad: FloatArray | None, model: AirModel, site: Site | None) -> AirLoss | None:
    """Loss of a hop through the air, or None where there is none: between craft, or where the hop's own losses hold it.

    InputError without the elevation, the place (for weather) or the extra.
    """
    if hop.ground == "none" or model.how == "none" or "atmosphere" in hop.losses_db:
        return None
    if hop.frequency_hz < radio_weather.LEAST_HZ:
        return None
    if elevation_rad is None:
        raise InputError("the way through the air depends on the elevation; give --elevation-deg")
    if model.how == "clear":
        return _clear(hop, elevation_rad)
    radio_weather.require()
    if site is None:
        raise InputError("the weather depends on the place; give --place LAT,LON[,ALT_M], or say --no-weather")
    return radio_weather.air_loss(site.latitude_rad, site.longitude_rad, site.height_m, hop.frequency_hz,
                                  elevation_rad, model.percent, _diameter_m(hop))


def _clear(hop: Hop, elevation_rad: FloatArray) -> AirLoss:
    try:
        gas = air_loss.clear_air_loss_db(hop.frequency_hz / 1e9, elevation_rad)
    except ValueError as error:
        raise InputError(f"{error}") from error
    told = ("clear standard air at sea level (7.5 g/m3 of water; CCIR Report 719-3), no rain, no cloud: dry air takes "
            "less, tropical air up to three times as much")
    return AirLoss(gas, np.zeros(len(gas)), np.zeros(len(gas)), told=(told,))


def _diameter_m(hop: Hop) -> float:
    """Of the antenna on the ground, or of a dish with its gain; 1 m where neither is known."""
    end = hop.receiver if hop.ground == "receiver" else hop.transmitter
    if end.antenna.diameter_m is not None:
        return end.antenna.diameter_m
    gain = peak_gain_dbi(end.antenna, hop.frequency_hz)
    if gain is None:
        return 1.0
    return float(np.sqrt(radio.ratio(gain) / 0.55) * radio.wavelength_m(hop.frequency_hz) / np.pi)
