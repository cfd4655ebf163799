"""What every arc is told beside its motion: where it is over the Earth, whether the Sun shines on it."""

from __future__ import annotations

import numpy as np

from fakel.model.flight import Arc, Channel
from fakel.physics.geodesy import geodetic_from_itrf
from fakel.physics.light import sunlit
from fakel.world import World


def track_channels(arc: Arc, world: World) -> tuple[Channel, ...]:
    """Latitude, longitude, height above WGS 84 and sunlight on the arc's own samples."""
    t_s = world.seconds(arc.start) + arc.t_s
    fixed, _ = world.to_itrf(t_s, arc.position_m, arc.velocity_m_s)
    latitude_rad, longitude_rad, height_m = geodetic_from_itrf(fixed)
    light = sunlit(arc.position_m, world.sun_gcrf_m(t_s)).astype(float)
    rows = (("latitude_deg", "deg", np.degrees(latitude_rad)), ("longitude_deg", "deg", np.degrees(longitude_rad)),
            ("height_m", "m", height_m), ("sunlit", "", light))
    return tuple(Channel(f"{arc.craft}.{name}", unit, arc.start, arc.t_s, values) for name, unit, values in rows)


def earth_channels(arc: Arc, world: World, step_s: float = 600.0) -> tuple[Channel, ...]:
    """The turn of the Earth and the Sun's direction in GCRF, so that a show needs no ephemeris."""
    t_s = np.arange(arc.t_s[0], arc.t_s[-1] + step_s, step_s)
    at_s = world.seconds(arc.start) + t_s
    rotation = world.itrf_from_gcrf(at_s)
    angle_rad = np.unwrap(np.arctan2(rotation[:, 0, 1], rotation[:, 0, 0]))
    sun = world.sun_gcrf_m(at_s)
    sun = sun / np.linalg.norm(sun, axis=1)[:, None]
    rows = [("earth.angle_rad", "rad", angle_rad)]
    rows += [(f"sun.direction_{axis}", "", sun[:, k]) for k, axis in enumerate("xyz")]
    return tuple(Channel(name, unit, arc.start, t_s, values) for name, unit, values in rows)
