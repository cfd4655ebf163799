"""What is true outside the craft: how the Earth turns, where Sun and Moon stand, what gravity and air do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import erfa
import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch, Window
from fakel.model.field import Field
from fakel.world.gravity import gravity_table
from fakel.world.orientation import (
    RATE_RAD_S,
    matrices,
    orientation_tables,
    spin,
    values_at,
    wobble,
)
from fakel.world.upper_air import air_table
from fakel.world.weather import read_weather

SUN_GM_M3_S2 = 1.32712440041279419e20      # DE440 (Park et al. 2021)
MOON_GM_M3_S2 = 4.9028001184575496e12      # DE440
MARGIN_S = 1.5 * 86_400.0


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """The Earth and its sky over one window; t_s is TAI seconds since epoch everywhere.

    ages: source and age of each table, for the record of a flight.
    """

    epoch: Epoch
    window: Window
    field: Field
    ages: Mapping[str, str]

    @property
    def forecasts(self) -> tuple[str, ...]:
        """What of this world is predicted rather than observed, in one line each."""
        return tuple(f"forecast: {text}" for text in self.ages.values() if "predicted" in text or "carried on" in text)

    def seconds(self, epoch: Epoch) -> float:
        """TAI seconds of an epoch after the world's own."""
        return epoch - self.epoch

    def itrf_from_gcrf(self, t_s: FloatArray | float) -> FloatArray:
        """Matrices (n, 3, 3)."""
        return matrices(self._values(t_s))

    def teme_from_gcrf(self, t_s: FloatArray | float) -> FloatArray:
        """Matrices (n, 3, 3) to the true equator and mean equinox of SGP4: through ITRF, polar motion and GMST 1982.

        Source: Vallado et al. 2006, Revisiting Spacetrack Report #3, appendix C.
        """
        values = self._values(t_s)
        tai = (2_400_000.5 + self.epoch.mjd_tt[0],
               self.epoch.mjd_tt[1] + (np.atleast_1d(t_s) - 32.184) / 86_400)
        sidereal = erfa.gmst82(tai[0], tai[1] + values[11] / 86_400)
        pef_from_itrf = np.swapaxes(wobble(values[3], values[4]), 1, 2)
        return np.asarray(spin(-sidereal) @ pef_from_itrf @ matrices(values))

    def sun_gcrf_m(self, t_s: FloatArray | float) -> FloatArray:
        """Sun's centre (n, 3) from the Earth's."""
        return self._values(t_s)[5:8].T.copy()

    def moon_gcrf_m(self, t_s: FloatArray | float) -> FloatArray:
        """Moon's centre (n, 3) from the Earth's."""
        return self._values(t_s)[8:11].T.copy()

    def to_itrf(self, t_s: FloatArray | float, position_gcrf_m: FloatArray, velocity_gcrf_m_s: FloatArray
                ) -> tuple[FloatArray, FloatArray]:
        """Position and velocity (n, 3) as seen from the turning Earth.

        The turn is steady about the pole of the day: velocity within 1e-5 m/s in low orbit.
        """
        turn, axis = self._turn(t_s)
        position = _apply(turn, np.atleast_2d(position_gcrf_m))
        velocity = _apply(turn, np.atleast_2d(velocity_gcrf_m_s)) - np.cross(axis, position)
        return position, velocity

    def to_gcrf(self, t_s: FloatArray | float, position_itrf_m: FloatArray, velocity_itrf_m_s: FloatArray
                ) -> tuple[FloatArray, FloatArray]:
        """Position and velocity (n, 3) among the stars; undoes ``to_itrf``."""
        turn, axis = self._turn(t_s)
        back, position = np.swapaxes(turn, 1, 2), np.atleast_2d(position_itrf_m)
        return _apply(back, position), _apply(back, np.atleast_2d(velocity_itrf_m_s) + np.cross(axis, position))

    def _turn(self, t_s: FloatArray | float) -> tuple[FloatArray, FloatArray]:
        """ITRF from GCRF and the rate vector of the turn (n, 3), in ITRF."""
        values = self._values(t_s)
        axis = np.stack([values[3], -values[4], np.ones_like(values[3])], axis=1)
        return matrices(values), axis * RATE_RAD_S

    def _values(self, t_s: FloatArray | float) -> FloatArray:
        return values_at(self.field.series, self.field.grid, np.atleast_1d(np.asarray(t_s, dtype=float)))


def build_world(epoch_start: Epoch, epoch_stop: Epoch, *, gravity: str = "full", drag: bool = True,
                degree: int = 20, weather_known: Epoch | None = None) -> World:
    """The world from a day and a half before epoch_start to as long after epoch_stop; its epoch is epoch_start.

    gravity: ``full`` (EGM2008, Sun and Moon), ``j2`` (the flattened Earth alone) or ``point`` (a sphere). drag: False
    leaves the air out. weather_known: the air is made from the space weather known at that moment, for forecasts.
    InputError for days before the tables (1973). After them the last values are carried on, and ``forecasts`` says so.
    """
    window = Window(epoch_start + -MARGIN_S, epoch_stop + MARGIN_S)
    series, grid, orientation_age = orientation_tables(epoch_start, window.start, window.stop)
    series_m_s2, radius_m = gravity_table(degree, gravity)
    bodies = (SUN_GM_M3_S2, MOON_GM_M3_S2) if gravity == "full" else (0.0, 0.0)
    told = {"full": f"EGM2008 {degree}x{degree}", "j2": "EGM2008, J2 only", "point": "a sphere"}
    ages = {"gravity": told[gravity], "orientation": orientation_age}
    air, air_grid = np.zeros((0, 0, 0, 0)), np.zeros(6)
    if drag:
        known_mjd = sum(weather_known.mjd_utc) if weather_known else np.inf
        weather = read_weather(sum(window.start.mjd_utc), sum(window.stop.mjd_utc), known_mjd)
        air, air_grid = air_table(epoch_start, window.start, window.stop, weather)
        ages["air"] = f"NRLMSIS 2.1; {weather.age}"
    field = Field(series_m_s2, np.array([radius_m, *bodies]), series, grid, air, air_grid)
    for array in field:
        array.setflags(write=False)
    return World(epoch_start, window, field, ages)


def _apply(matrices_: FloatArray, vectors: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("nij,nj->ni", matrices_, vectors))
