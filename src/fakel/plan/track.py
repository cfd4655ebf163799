"""What every arc is told beside its motion: where it is over the Earth, whether the Sun shines on it."""

from __future__ import annotations

import numpy as np

from fakel.model.flight import Arc, Channel
from fakel.physics.frames import quaternion_from_matrix
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
    """How the Earth is turned, and where Sun and Moon stand, so that a show needs no ephemeris.

    earth.turn_w, x, y, z: the quaternion of the ITRF, as if it were a craft in GCRF (see ``model.flight.State``).
    Between samples 600 s apart a great-circle turn and straight lines are right to 1e-7 rad.
    """
    t_s = np.arange(arc.t_s[0], arc.t_s[-1] + step_s, step_s)
    at_s = world.seconds(arc.start) + t_s
    rotation = world.itrf_from_gcrf(at_s)
    angle_rad = np.unwrap(np.arctan2(rotation[:, 0, 1], rotation[:, 0, 0]))
    turn, sun, moon = quaternion_from_matrix(rotation), world.sun_gcrf_m(at_s), world.moon_gcrf_m(at_s)
    towards = sun / np.linalg.norm(sun, axis=1)[:, None]
    rows = [("earth.angle_rad", "rad", angle_rad)]
    rows += [(f"earth.turn_{part}", "", turn[:, k]) for k, part in enumerate("wxyz")]
    rows += [(f"sun.direction_{axis}", "", towards[:, k]) for k, axis in enumerate("xyz")]
    rows += [(f"{body}.{axis}_m", "m", place[:, k]) for body, place in (("sun", sun), ("moon", moon))
             for k, axis in enumerate("xyz")]
    return tuple(Channel(name, unit, arc.start, t_s, values) for name, unit, values in rows)
