"""A flown orbit: Swarm A over a day, known to centimetres, against our forces and frames all together."""

from functools import cache
from pathlib import Path

import numpy as np

from fakel.model.epoch import Epoch
from fakel.physics.propagate import coast_table
from fakel.world import build_world

START, MASS_KG = Epoch.utc("2018-10-02T23:59:42Z"), 450.0
STEPS = np.array([10.0, 10.0, 10.0, 0.01, 0.01, 0.01, 1.0])
FLOWN = np.loadtxt(Path(__file__).parent / "swarm_a_2018-10-03.csv", delimiter=",", comments="#", skiprows=3)


@cache
def world(degree: int):
    return build_world(START, START + 86_400.0, degree=degree)


def fitted(degree: int, hours: float, tilt: float = 0.0) -> tuple[np.ndarray, float]:
    """Distances (n,) m that are left after a fit of state and drag area, and that area m2; tilt spoils the frame."""
    sky, n = world(degree), int(hours * 6)
    t_s = FLOWN[:n, 0]
    spoilt = np.array([[1.0, 0.0, tilt], [0.0, 1.0, 0.0], [-tilt, 0.0, 1.0]])
    flown = np.einsum("nij,ni->nj", sky.itrf_from_gcrf(t_s), 1000.0 * FLOWN[:n, 1:] @ spoilt.T)

    def path(x):
        return coast_table(np.append(x[:6], MASS_KG), 0.0, 600.0, n, x[6], sky.field)[:, :3].ravel()

    x = np.append(flown[0], [*start_velocity(flown), 2.0])
    for _ in range(8):
        slopes = np.stack([(path(x + d) - path(x - d)) / (2 * d.sum()) for d in np.diag(STEPS)], axis=1)
        change = np.linalg.lstsq(slopes, flown.ravel() - path(x), rcond=None)[0]
        x = x + change
        if np.abs(change / STEPS).max() < 1e-3:
            break
    return np.linalg.norm((flown.ravel() - path(x)).reshape(-1, 3), axis=1), float(x[6])


def start_velocity(flown: np.ndarray) -> np.ndarray:
    """Two-body guess: the conic through the first two places (f and g, ten minutes apart)."""
    mu, h = 3.986004415e14, 600.0
    r0, r1 = np.linalg.norm(flown[:2], axis=1)
    angle = np.arccos(flown[0] @ flown[1] / r0 / r1)
    a = 0.5 * (r0 + r1)
    f, g = 1 - a / r0 * (1 - np.cos(angle)), h - (angle - np.sin(angle)) * np.sqrt(a**3 / mu)
    return (flown[1] - f * flown[0]) / g


def rms(distances: np.ndarray) -> float:
    return float(np.sqrt(np.mean(distances**2)))


def test_one_revolution_stays_within_a_metre():
    """36 x 36; what is left out of the field, and the tides, are worth about a metre in 90 minutes."""
    assert rms(fitted(36, 1.5)[0]) < 1.0


def test_a_day_stays_within_ten_metres():
    """The tides (3e-7 m/s2) and degrees over 36, over 15 revolutions."""
    left, area_m2 = fitted(36, 24.0)
    assert rms(left) < 10.0
    # Frontal area 0.7 to 1 m2 with Cd 2.5 to 4 (long body, diffuse), density within 30 %.
    assert 1.0 < area_m2 < 5.0


def test_more_of_the_field_fits_better():
    """What flights use (20 x 20) is good to 20 m a day."""
    coarse = rms(fitted(20, 24.0)[0])
    assert coarse < 25.0
    assert rms(fitted(36, 24.0)[0]) < 0.7 * coarse


def test_a_wrong_frame_would_show():
    """With the Earth's axis 2 arcseconds off, the same fit leaves three times what it should."""
    assert rms(fitted(36, 24.0, tilt=1e-5)[0]) > 30.0
