"""The frames in which vectors are written."""

from enum import Enum

from fakel.model.arrays import frozen


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


GCRF_FROM_EME2000 = frozen([
    [0.9999999999999941, 7.078368694637676e-8, -8.056214211620057e-8],
    [-7.078368960971556e-8, 0.9999999999999969, -3.3059431692183949e-8],
    [8.056213977613186e-8, 3.3059437354321375e-8, 0.9999999999999962]], (3, 3), "GCRF_FROM_EME2000")
"""Frame bias: turns vectors (3,) of EME2000 into GCRF, 17 mas or 0.6 m in low orbit.

IERS Conventions 2010, sect. 5.4.4 (-14.6, -16.617 and -6.8192 mas), as SOFA gives it (``erfa.bp06``, transposed).
"""
