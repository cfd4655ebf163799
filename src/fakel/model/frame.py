"""The frames in which vectors are written."""

from __future__ import annotations

from enum import Enum

from fakel.model.arrays import FloatArray, frozen


class Frame(Enum):
    """A frame is a value; its text is parsed only where files are read."""

    GCRF = "inertial, Earth-centred (IAU 2006/2000A)"
    EME2000 = "inertial, Earth-centred, mean equator and equinox of J2000"
    TEME = "true equator, mean equinox: the frame of SGP4 element sets"
    ITRF = "turns with the Earth"
    RTN = "local: radial (up), transverse (along track), normal to the orbit"
    LVLH = "local: x forward, y starboard, z down"
    PORT = "local to a docking port: x out of the port along its axis"
    BODY = "fixed to a craft's body"


GCRF_FROM_EME2000: FloatArray = frozen([
    [0.9999999999999941, 7.078368694637676e-08, -8.056214211620057e-08],
    [-7.078368960971556e-08, 0.9999999999999969, -3.305943169218395e-08],
    [8.056213977613186e-08, 3.3059437354321375e-08, 0.9999999999999962],
], (3, 3), "frame bias")
"""Turns vectors written in EME2000 into GCRF: the frame bias, constant by definition.

Source: SOFA ``bp06`` (IAU 2006, IERS Conventions 2010), transposed. About 0.02 arcsec, 0.7 m in low orbit.
"""
