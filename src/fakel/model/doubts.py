"""How well a ship near a station is known and how well it burns, as a data file says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fakel.model.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Doubts:
    """One sigma of each. A burn errs in size by burn_share of it and by burn_fixed_m_s besides, in direction by
    burn_angle_rad in each axis. Tracked from the ground a place is known to tracked_position_m along track and across
    (a third of that radially, by the eccentricity that goes with it), and its mean height to tracked_axis_m. From
    radar_from_m on the ship's radar gives range, angle and rate. """

    id: str
    name: str
    burn_share: float
    burn_fixed_m_s: float
    burn_angle_rad: float
    tracked_position_m: float
    tracked_axis_m: float
    radar_from_m: float
    radar_share: float
    radar_fixed_m: float
    radar_angle_rad: float
    radar_rate_m_s: float
    confidence: str
    source: str

    def of_burn(self, dv_m_s: FloatArray) -> FloatArray:
        """Covariance (6, 6), RTN, that a burn dv_m_s (3,) adds."""
        out = np.zeros((6, 6))
        size = float(np.linalg.norm(dv_m_s))
        if size > 0.0:
            along = np.outer(dv_m_s, dv_m_s) / size**2
            out[3:, 3:] = (along * ((self.burn_share * size) ** 2 + self.burn_fixed_m_s**2)
                           + (np.eye(3) - along) * (self.burn_angle_rad * size) ** 2)
        return out

    def of_knowledge(self, place_m: FloatArray, rate_rad_s: float) -> FloatArray:
        """Covariance (6, 6), RTN, of a ship at place_m (3,) from a station that circles at rate_rad_s."""
        range_m = float(np.linalg.norm(place_m))
        return self._radar(place_m, range_m) if range_m <= self.radar_from_m else self._tracked(rate_rad_s)

    def _radar(self, place_m: FloatArray, range_m: float) -> FloatArray:
        out, sight = np.zeros((6, 6)), place_m / max(range_m, 1e-9)
        along = np.outer(sight, sight)
        off_m = self.radar_angle_rad * range_m
        out[:3, :3] = (along * ((self.radar_share * range_m) ** 2 + self.radar_fixed_m**2)
                       + (np.eye(3) - along) * (off_m**2 + self.radar_fixed_m**2))
        out[3:, 3:] = np.eye(3) * self.radar_rate_m_s**2
        return out

    def _tracked(self, n: float) -> FloatArray:
        """By orbital elements, so that place and rate are tied as in an orbit: height, place along, both components of
        the eccentricity, both of the plane, each independent."""
        whole, axis = self.tracked_position_m, self.tracked_axis_m
        along, size = whole / np.sqrt(2.0), whole / np.sqrt(8.0)          # half of the variance from the eccentricity
        ways = np.array([
            [axis, 0.0, 0.0, 0.0, -1.5 * n * axis, 0.0],
            [0.0, along, 0.0, 0.0, 0.0, 0.0],
            [-size, 0.0, 0.0, 0.0, 2.0 * n * size, 0.0],
            [0.0, 2.0 * size, 0.0, n * size, 0.0, 0.0],
            [0.0, 0.0, whole, 0.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, 0.0, 0.0, n * whole]])
        return np.asarray(ways.T @ ways)
