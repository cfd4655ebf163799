"""What is true outside the craft: how the Earth turns, where Sun and Moon stand, what gravity and air do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import erfa
import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import InputError
from fakel.model.field import Field
from fakel.model.frame import GCRF_FROM_EME2000, Frame
from fakel.model.start import StateVector
from fakel.world.gravity import gravity_table
from fakel.world.orbit_air import Shell, shell_of, shell_table
from fakel.world.orientation import (
    BLOCK,
    TT_MINUS_TAI_S,
    TURN,
    UT1,
    as_matrices,
    celestial_pole,
    matrices,
    matrices_and_rates,
    orientation_tables,
    spun,
    spun_and_rates,
    values_and_rates_at,
    values_at,
)
from fakel.world.upper_air import MODELS, air_table
from fakel.world.weather import read_weather

SUN_GM_M3_S2 = 1.32712440041279419e20      # DE440 (Park et al. 2021)
MOON_GM_M3_S2 = 4.9028001184575496e12      # DE440
MARGIN_S = 1.5 * 86_400.0
SIDEREAL_RATE_RAD_S = 2 * np.pi * 1.00273790935 / 86_400     # of GMST 1982, in UT1 (Aoki et al. 1982)
_FIXED = {Frame.GCRF: np.eye(3), Frame.EME2000: GCRF_FROM_EME2000.T}
FRAMES = (Frame.GCRF, Frame.EME2000, Frame.TEME, Frame.ITRF)
"""The frames that need no craft."""
Times = FloatArray | float


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """The Earth and its sky over one window; t_s is TAI seconds since epoch everywhere.

    ages: source and age of each table, for the record of a flight. warnings: lines that a user should see. air_model:
    what the air is made by, a key of ``upper_air.MODELS``.
    """

    epoch: Epoch
    window: Window
    field: Field
    ages: Mapping[str, str]
    warnings: tuple[str, ...] = ()
    air_model: str = "msis21"

    def seconds(self, epoch: Epoch) -> float:
        """TAI seconds of an epoch after the world's own."""
        return epoch - self.epoch

    def itrf_from_gcrf(self, t_s: Times) -> FloatArray:
        """Matrices (n, 3, 3)."""
        return matrices(self._values(t_s, TURN))

    def teme_from_gcrf(self, t_s: Times) -> FloatArray:
        """Matrices (n, 3, 3) to the true equator and mean equinox of SGP4: the ITRF without its pole's wobble, turned
        back by GMST 1982.

        Source: Vallado et al. 2006, Revisiting Spacetrack Report #3, appendix C.
        """
        values = self._values(t_s)
        return as_matrices(*spun(celestial_pole(values[:2]), values[2] - self._sidereal_rad(t_s, values[UT1])))

    def turn(self, frame: Frame, t_s: Times) -> tuple[FloatArray, FloatArray]:
        """Matrices (n, 3, 3) to a frame from GCRF, and how fast they change, 1/s.

        InputError for the local frames, which need a craft: ``physics.moving``.
        """
        n = np.size(t_s)
        if frame is Frame.ITRF:
            return matrices_and_rates(*self._values_and_rates(t_s, TURN))
        if frame is Frame.TEME:
            values, rates = self._values_and_rates(t_s)
            back, back_rate = self._sidereal_rad(t_s, values[UT1]), SIDEREAL_RATE_RAD_S * (1 + rates[UT1])
            turn, rate = spun_and_rates(values[:2], rates[:2], values[2] - back, rates[2] - back_rate)
            return as_matrices(*turn), as_matrices(*rate)
        if frame in _FIXED:
            return np.broadcast_to(_FIXED[frame], (n, 3, 3)), np.zeros((n, 3, 3))
        raise InputError(f"frame {frame.name} is local to a craft; write one of: {', '.join(f.name for f in FRAMES)}")

    def convert(self, t_s: Times, position_m: FloatArray, velocity_m_s: FloatArray, source: Frame, target: Frame
                ) -> tuple[FloatArray, FloatArray]:
        """Position and velocity (n, 3) of source in target, each as seen by one who rests in the frame.

        Frames: GCRF, EME2000, TEME, ITRF (InputError for others). Velocities in TEME are those of places in its slowly
        turning axes; SGP4 has no opinion about these 5e-5 m/s.
        """
        position, velocity, t = np.atleast_2d(position_m), np.atleast_2d(velocity_m_s), _times(t_s)
        if len(t) <= BLOCK:
            return self._converted(t, position, velocity, source, target)
        position, velocity = (np.broadcast_to(x, (len(t), 3)) for x in (position, velocity))
        done = [self._converted(t[i:i + BLOCK], position[i:i + BLOCK], velocity[i:i + BLOCK], source, target)
                for i in range(0, len(t), BLOCK)]
        return np.concatenate([r for r, _ in done]), np.concatenate([v for _, v in done])

    def _converted(self, t_s: FloatArray, position: FloatArray, velocity: FloatArray, source: Frame, target: Frame
                   ) -> tuple[FloatArray, FloatArray]:
        """One block of ``convert``: as many as the processor's cache holds."""
        if source is target:
            return position, velocity
        if source is not Frame.GCRF:
            turn, rate = (np.swapaxes(m, 1, 2) for m in self.turn(source, t_s))
            position, velocity = _apply(turn, position), _apply(turn, velocity) + _apply(rate, position)
        if target is not Frame.GCRF:
            turn, rate = self.turn(target, t_s)
            position, velocity = _apply(turn, position), _apply(turn, velocity) + _apply(rate, position)
        return position, velocity

    def to_itrf(self, t_s: Times, position_gcrf_m: FloatArray, velocity_gcrf_m_s: FloatArray
                ) -> tuple[FloatArray, FloatArray]:
        """Position and velocity (n, 3) as seen from the turning Earth."""
        return self.convert(t_s, position_gcrf_m, velocity_gcrf_m_s, Frame.GCRF, Frame.ITRF)

    def to_gcrf(self, t_s: Times, position_itrf_m: FloatArray, velocity_itrf_m_s: FloatArray
                ) -> tuple[FloatArray, FloatArray]:
        """Position and velocity (n, 3) among the stars; undoes ``to_itrf``."""
        return self.convert(t_s, position_itrf_m, velocity_itrf_m_s, Frame.ITRF, Frame.GCRF)

    def sun_gcrf_m(self, t_s: Times) -> FloatArray:
        """Sun's centre (n, 3) from the Earth's."""
        return self._values(t_s, slice(5, 8)).T.copy()

    def moon_gcrf_m(self, t_s: Times) -> FloatArray:
        """Moon's centre (n, 3) from the Earth's."""
        return self._values(t_s, slice(8, 11)).T.copy()

    def ut1_minus_tai_s(self, t_s: Times) -> FloatArray:
        """(n,); ``model.scales`` writes and reads UT1 with it."""
        return self._values(t_s, slice(UT1, UT1 + 1)).ravel()

    def _sidereal_rad(self, t_s: Times, ut1_minus_tai_s: FloatArray) -> FloatArray:
        """Greenwich mean sidereal time of 1982 (n,)."""
        day, part = self.epoch.mjd_tt
        ut1 = part + (np.atleast_1d(t_s) - TT_MINUS_TAI_S + ut1_minus_tai_s) / 86_400
        return np.asarray(erfa.gmst82(2_400_000.5 + day, ut1))

    def _values(self, t_s: Times, rows: slice = slice(None)) -> FloatArray:
        return values_at(self.field.series, self.field.grid, _times(t_s), rows)

    def _values_and_rates(self, t_s: Times, rows: slice = slice(None)) -> tuple[FloatArray, FloatArray]:
        return values_and_rates_at(self.field.series, self.field.grid, _times(t_s), rows)


def build_world(epoch_start: Epoch, epoch_stop: Epoch, *, gravity: str = "full", drag: bool = True,
                degree: int = 20, daily_tides: bool = True, weather_known: Epoch | None = None,
                margin_s: float = MARGIN_S, heights_m: tuple[float, float] | None = None,
                orbit: StateVector | None = None, air: str = "msis21") -> World:
    """The world from a day and a half before epoch_start to as long after epoch_stop; its epoch is epoch_start.

    gravity: ``full`` (EGM2008, Sun and Moon), ``j2`` (the flattened Earth alone) or ``point`` (a sphere). drag: False
    leaves the air out. daily_tides: what ocean tides of a day and half a day do to the Earth's rotation (4 cm in low
    orbit). weather_known: the air is made from the space weather known at that moment, for forecasts. margin_s: other
    than a day and a half. air: ``msis21`` (NRLMSIS 2.1) or ``msis00`` (NRLMSISE-00). Two ways to make the air, which
    takes most of the time, for less than any flight; a flight that leaves what was asked for is then refused:
    heights_m: lowest and highest over the ellipsoid. orbit: a state of the craft; with a small margin a day's world is
    then made in a few milliseconds, for flights within half a degree of that orbit's plane and 25 km of its heights.
    An orbit for which this does not pay (below 140 km, over 900 km, heights that differ by more than 130 km with those
    margins, more than five days) gets the air for any flight.
    InputError for days before the tables (1973); what ``warnings`` says holds for days after them.
    """
    window = Window(epoch_start + -margin_s, epoch_stop + margin_s)
    series, grid, orientation_age, warning = orientation_tables(epoch_start, window.start, window.stop, daily_tides)
    series_m_s2, radius_m = gravity_table(degree, gravity)
    bodies = (SUN_GM_M3_S2, MOON_GM_M3_S2) if gravity == "full" else (0.0, 0.0)
    told = {"full": f"EGM2008 {degree}x{degree}", "j2": "EGM2008, J2 only", "point": "a sphere"}
    field = Field(series_m_s2, np.array([radius_m, *bodies]), series, grid, np.zeros((0, 0, 0, 0)), np.zeros(14))
    ages = {"gravity": told[gravity], "orientation": orientation_age}
    world = World(epoch_start, window, field, ages, (warning,) if warning else (), air)
    if drag:
        world = _with_air(world, weather_known, heights_m, orbit)
    for array in world.field:
        array.setflags(write=False)
    return world


def _with_air(world: World, known: Epoch | None, heights_m: tuple[float, float] | None, orbit: StateVector | None
              ) -> World:
    """A world and its air."""
    if world.air_model not in MODELS:
        raise InputError(f"air {world.air_model!r} is not known; write one of: {', '.join(MODELS)}")
    window, known_mjd = world.window, sum(known.mjd_utc) if known else np.inf
    weather = read_weather(sum(window.start.mjd_utc), sum(window.stop.mjd_utc), known_mjd)
    shell = _shell(world, orbit) if orbit else None
    told = f"{MODELS[world.air_model][0]}; {weather.age}"
    if shell and shell.serves(window.stop - window.start):
        table = shell_table(world.epoch, window.start, window.stop, weather, world.air_model, shell)
        told += "; for flights near one orbit"
    else:
        table = air_table(world.epoch, window.start, window.stop, weather, world.air_model, heights_m)
    warnings = world.warnings
    if weather.predicted or (weather.carried_on and known is None):
        warnings = (*warnings, f"forecast of the air: {told}")
    field = world.field._replace(air=table[0], air_grid=table[1])
    return replace(world, field=field, ages={**world.ages, "air": told}, warnings=warnings)


def _shell(world: World, orbit: StateVector) -> Shell:
    t_s = world.seconds(orbit.epoch)
    position, velocity = world.convert(t_s, orbit.position_m, orbit.velocity_m_s, orbit.frame, Frame.GCRF)
    return shell_of(t_s, position[0], velocity[0], world.itrf_from_gcrf(t_s)[0])


def _apply(matrices_: FloatArray, vectors: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("nij,nj->ni", matrices_, vectors))


def _times(t_s: Times) -> FloatArray:
    return np.atleast_1d(np.asarray(t_s, dtype=float))
