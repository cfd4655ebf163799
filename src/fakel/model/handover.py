"""The seam to an approach in six degrees of freedom: all that it needs to take over where the final approach begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from fakel.model.arrays import FloatArray, frozen


@dataclass(frozen=True, slots=True, eq=False)
class Handover:
    """Vectors (3,) are RTN of the station (radial, along track, normal), places from its centre to the ship's.

    utc: when. port: its id. position_m, velocity_m_s: of the ship, before it pushes off. contact_m: where its centre is
    at contact; axis: the way the port looks. The corridor is a cone about that axis: radius offset_m at contact,
    half_angle_deg, up to reach_m. closing_rate_m_s, lateral_max_m: what contact must be.
    """

    utc: str
    port: str
    position_m: FloatArray
    velocity_m_s: FloatArray
    mass_kg: float
    propellant_kg: float
    contact_m: FloatArray
    axis: FloatArray
    half_angle_deg: float
    offset_m: float
    reach_m: float
    closing_rate_m_s: float
    lateral_max_m: float

    def __post_init__(self) -> None:
        for name in ("position_m", "velocity_m_s", "contact_m", "axis"):
            object.__setattr__(self, name, frozen(np.asarray(getattr(self, name), dtype=float), (3,), name))

    def table(self) -> dict[str, list[Any]]:
        """As a study of one row; vectors are lists."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: [value.tolist() if isinstance(value, np.ndarray) else value] for name, value in values.items()}

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Handover:
        """From the study of a docking leg, as a flight folder keeps it."""
        return cls(**{f.name: table[f.name][0] for f in fields(cls)})
