"""Where the exhaust of impulses near a station meets its solar arrays: distance, angle off the axis, pressure,
impulse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.flight import Table
from fakel.model.structure import Array, Structure
from fakel.model.vehicle import Engine
from fakel.physics.frames import rtn_from_lvlh
from fakel.physics.plume import pressure_pa
from fakel.plan.proximity import Pulse

NEAR_M = 1000.0
GAMMA, EXIT_MACH = 1.25, 4.0
"""Of nitrogen tetroxide and hydrazine fuels in small nozzles (ASSUMED; 1.2 to 1.3 and 3.5 to 5 are usual)."""
TURNS = 36
ACROSS, ALONG = 3, 9


def plume_table(pulses: Sequence[Pulse], thrusters: Engine, structure: Structure | None, utc: Callable[[float], str]
                ) -> Table:
    """Study ``plume``: for each impulse within NEAR_M the array that its exhaust presses most, over every turn of it.

    The exhaust is one jet along the opposite of the impulse, from the ship's centre; nothing shades.
    """
    table: dict[str, list[object]] = {name: [] for name in (
        "utc", "burn", "range_m", "dv_m_s", "burn_s", "array", "distance_m", "angle_deg", "pressure_pa",
        "impulse_pa_s")}
    arrays = structure.arrays if structure is not None else ()
    for pulse in pulses:
        place, size = pulse.before.relative[:3], float(np.linalg.norm(pulse.dv_m_s))
        if not arrays or size < 1e-6 or np.linalg.norm(place) > NEAR_M:
            continue
        burn_s = size * float(pulse.before.ship[6]) / thrusters.thrust_n
        hits = [(*_worst(place, -pulse.dv_m_s / size, array, thrusters), array.id) for array in arrays]
        push, away, angle, name = max(hits)
        for column, value in zip(table, (utc(pulse.before.t_s), pulse.leg, float(np.linalg.norm(place)), size, burn_s,
                                         name, away, float(np.degrees(angle)), push, push * burn_s), strict=True):
            table[column].append(value)
    return table


def _worst(place: FloatArray, jet: FloatArray, array: Array, thrusters: Engine) -> tuple[float, float, float]:
    """The highest pressure on an array, and how far and how far off the jet's axis that is."""
    points, normals = surface(array)
    apart = points - place
    far = np.linalg.norm(apart, axis=1)
    off = np.arccos(np.clip(apart @ jet / far, -1.0, 1.0))
    tilt = np.arccos(np.clip(np.abs(np.sum(apart * normals, axis=1)) / far, 0.0, 1.0))
    push = pressure_pa(far, off, tilt, thrusters.thrust_n, thrusters.isp_s, GAMMA, EXIT_MACH)
    i = int(push.argmax())
    return float(push[i]), float(far[i]), float(off[i])


def surface(array: Array) -> tuple[FloatArray, FloatArray]:
    """Points (n, 3) and normals (n, 3), RTN, of an array in every turn about its axes.

    A wing that turns with the truss (about y) sweeps a circle; one that turns about its own length only tilts. Each is
    taken in all turns, for nobody published how the wings stand while a ship comes.
    """
    along = np.linspace(array.from_m, array.to_m, ALONG)
    across = np.linspace(-0.5, 0.5, ACROSS) * array.width_m
    turns = np.linspace(0.0, 2 * np.pi, TURNS, endpoint=False)
    points, normals = [], []
    for turn in turns:
        if array.sweeps:
            out, flat = np.array([np.cos(turn), 0.0, np.sin(turn)]), np.array([0.0, 1.0, 0.0])
        else:
            out, flat = np.array([0.0, 1.0, 0.0]), np.array([np.cos(turn), 0.0, np.sin(turn)])
        for tilt in (0.0, np.pi / 2):
            side = np.cos(tilt) * flat + np.sin(tilt) * np.cross(out, flat)
            grid = along[:, None, None] * out + across[None, :, None] * side
            points.append((array.root_lvlh_m + grid).reshape(-1, 3))
            normals.append(np.broadcast_to(np.cross(out, side), points[-1].shape))
    return rtn_from_lvlh(np.concatenate(points)), rtn_from_lvlh(np.concatenate(normals))
