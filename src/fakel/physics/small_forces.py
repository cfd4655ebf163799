"""The lesser pulls and pushes on a craft: Sun and Moon, the tides they raise, sunlight, relativity. GCRF, SI."""

from __future__ import annotations

import math

from numba import njit

from fakel.physics.geodesy import FLATTENING, RADIUS_M
from fakel.physics.light import SUN_RADIUS_M

EARTH_GM_M3_S2 = 3.986004415e14              # EGM2008
LIGHT_M_S = 299_792_458.0
AU_M = 149_597_870_700.0
SUNLIGHT_PA = 1361.0 / LIGHT_M_S             # at 1 au: total solar irradiance 1361 W/m2 (Kopp & Lean 2011)
LOVE_K2 = 0.3019                             # IERS Conventions 2010, table 6.3 (anelastic Earth, order 0)
_POLE_STRETCH = 1 / (1 - FLATTENING)
_FAST = {"reassoc", "contract"}
Vector = tuple[float, float, float]


@njit(cache=True, fastmath=_FAST)
def third_body(x: float, y: float, z: float, bx: float, by: float, bz: float, gm_m3_s2: float) -> Vector:
    """Pull of a far body at b on a craft at x, less its pull on the Earth.

    Battin's form (Battin 1999, sect. 8.6), which does not subtract two nearly equal numbers.
    """
    q = (x * (x - 2.0 * bx) + y * (y - 2.0 * by) + z * (z - 2.0 * bz)) / (bx * bx + by * by + bz * bz)
    f = q * (3.0 + q * (3.0 + q)) / (1.0 + (1.0 + q) * math.sqrt(1.0 + q))
    dx, dy, dz = x - bx, y - by, z - bz
    d2 = dx * dx + dy * dy + dz * dz
    g = -gm_m3_s2 / (d2 * math.sqrt(d2))
    return g * (x + f * bx), g * (y + f * by), g * (z + f * bz)


@njit(cache=True, fastmath=_FAST)
def solid_tide(x: float, y: float, z: float, bx: float, by: float, bz: float, gm_m3_s2: float, love_k2: float,
               radius_m: float) -> Vector:
    """Pull of the bulge of degree 2 that a body at b raises on the solid Earth: the gradient of
    k2 GM/b (R/b)^2 (R/r)^3 P2(cos angle) (Montenbruck & Gill 2000, eq. 3.75). Left out: degree 3 and the lag
    (both 3 % of it), the frequency dependence of k2, and the ocean.
    """
    r2, b2 = x * x + y * y + z * z, bx * bx + by * by + bz * bz
    r, b = math.sqrt(r2), math.sqrt(b2)
    c = (x * bx + y * by + z * bz) / (r * b)
    size = 1.5 * love_k2 * gm_m3_s2 * radius_m**5 / (b2 * b * r2 * r2)
    outward, toward = size * (1.0 - 5.0 * c * c) / r, 2.0 * size * c / b
    return outward * x + toward * bx, outward * y + toward * by, outward * z + toward * bz


@njit(cache=True, fastmath=_FAST)
def radiation(x: float, y: float, z: float, sx: float, sy: float, sz: float, cr_area_m2: float, mass_kg: float,
              sunlit: float) -> Vector:
    """Push of sunlight on a ball whose coefficient times cross-section is cr_area_m2, the Sun's centre at s.

    sunlit: the part of the Sun's disc that is seen, see ``sunlit_part`` and ``shadow.light_at_nodes``.
    Left out: light and heat from the Earth (a tenth to a third of it in low orbit).
    """
    dx, dy, dz = x - sx, y - sy, z - sz
    d2 = dx * dx + dy * dy + dz * dz
    f = SUNLIGHT_PA * AU_M * AU_M * cr_area_m2 / (mass_kg * d2 * math.sqrt(d2))
    f *= sunlit
    return f * dx, f * dy, f * dz


@njit(cache=True, fastmath=_FAST)
def sunlit_part(x: float, y: float, z: float, sx: float, sy: float, sz: float) -> float:
    """Part of the Sun's disc that is seen from one place: ``light.sunlit`` for compiled callers."""
    z, sz = z * _POLE_STRETCH, sz * _POLE_STRETCH
    dx, dy, dz = sx - x, sy - y, sz - z
    r, far = math.sqrt(x * x + y * y + z * z), math.sqrt(dx * dx + dy * dy + dz * dz)
    cosine = -(x * dx + y * dy + z * dz) / (r * far)
    tx, ty, tz = x / r + dx * cosine / far, y / r + dy * cosine / far, z / r + dz * cosine / far
    tilt2 = tz * tz / max(tx * tx + ty * ty + tz * tz, 1e-24)           # the Sun is stretched as its picture lies
    sun = math.asin(SUN_RADIUS_M * math.sqrt(1.0 + (_POLE_STRETCH * _POLE_STRETCH - 1.0) * tilt2) / far)
    earth = math.asin(min(RADIUS_M / r, 1.0))
    apart = math.acos(max(min(cosine, 1.0), -1.0))
    if apart >= earth + sun:
        return 1.0
    if apart <= earth - sun:
        return 0.0
    a = (apart * apart + sun * sun - earth * earth) / (2.0 * apart)
    half = math.sqrt(max(sun * sun - a * a, 0.0))
    lens = sun * sun * math.acos(min(max(a / sun, -1.0), 1.0)) - apart * half
    lens += earth * earth * math.acos(min(max((apart - a) / earth, -1.0), 1.0))
    return 1.0 - lens / (math.pi * sun * sun)


@njit(cache=True, fastmath=_FAST)
def schwarzschild(x: float, y: float, z: float, vx: float, vy: float, vz: float) -> Vector:
    """Correction of general relativity for a round Earth at rest: IERS Conventions 2010, eq. 10.12, first line."""
    r = math.sqrt(x * x + y * y + z * z)
    f = EARTH_GM_M3_S2 / (LIGHT_M_S * LIGHT_M_S * r * r * r)
    out = f * (4.0 * EARTH_GM_M3_S2 / r - (vx * vx + vy * vy + vz * vz))
    on = f * 4.0 * (x * vx + y * vy + z * vz)
    return out * x + on * vx, out * y + on * vy, out * z + on * vz
