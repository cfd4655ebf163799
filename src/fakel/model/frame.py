"""The frames in which vectors are written."""

from enum import Enum


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
