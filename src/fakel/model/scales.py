"""The clocks of astronomy and navigation beside UTC: TAI, TT, GPS and BeiDou time and UT1, as text and as seconds."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import Enum

from fakel.model.epoch import NS_PER_S, Epoch

_TEXT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?")
_J2000 = datetime(2000, 1, 1, 12)
_GPS_START = datetime(1980, 1, 6)
_WEEK_NS = 7 * 86_400 * NS_PER_S


class Scale(Enum):
    """A clock; its value is how many nanoseconds it is ahead of TAI.

    TT: 32.184 s ahead by definition (IAU 1991). GPS: 19 s behind, as UTC was when GPS time began (IS-GPS-200). BDT:
    33 s behind, as UTC was when BeiDou time began (2006; BeiDou signal document BDS-SIS-ICD).
    UTC and UT1 are not here: UTC is ``Epoch.utc`` and ``Epoch.iso``; UT1 is observed, see ``write_ut1``.
    """

    TAI = 0
    TT = 32_184_000_000
    GPS = -19 * NS_PER_S
    BDT = -33 * NS_PER_S


def write(epoch: Epoch, scale: Scale, decimals: int = 3) -> str:
    """What a clock shows, ``2015-01-31T12:01:22.434``, rounded to so many (0 to 9) decimals of a second."""
    return _text(epoch.tai_ns + scale.value, decimals)


def read(text: str, scale: Scale) -> Epoch:
    """The instant at which a clock shows ``2015-01-31T12:01:22.434``; undoes ``write``. ValueError for other text."""
    return Epoch(_reading_ns(text, scale.name) - scale.value)


def from_civil(civil: datetime, scale: Scale) -> Epoch:
    """The instant at which a clock shows a date and time, to the microsecond; ``Epoch.from_civil`` for UTC."""
    return Epoch(_since_j2000_ns(civil) - scale.value)


def seconds(epoch: Epoch, scale: Scale) -> float:
    """Seconds of a clock since it showed 2000-01-01T12:00:00 (J2000), to 1e-7 s."""
    return (epoch.tai_ns + scale.value) / NS_PER_S


def at_seconds(seconds_since_j2000: float, scale: Scale) -> Epoch:
    """Undoes ``seconds``."""
    return Epoch(round(seconds_since_j2000 * NS_PER_S) - scale.value)


def gps_week(epoch: Epoch) -> tuple[int, float]:
    """GPS week, counted on from 1980-01-06 without rolling over, and seconds of the week."""
    week, rest_ns = divmod(epoch.tai_ns + Scale.GPS.value - _since_j2000_ns(_GPS_START), _WEEK_NS)
    return week, rest_ns / NS_PER_S


def at_gps_week(week: int, seconds_of_week: float) -> Epoch:
    """Undoes ``gps_week``."""
    within_ns = week * _WEEK_NS + round(seconds_of_week * NS_PER_S)
    return Epoch(_since_j2000_ns(_GPS_START) + within_ns - Scale.GPS.value)


def write_ut1(epoch: Epoch, ut1_minus_tai_s: float, decimals: int = 6) -> str:
    """UT1 as text; ut1_minus_tai_s is ``World.ut1_minus_tai_s`` at the instant."""
    return _text(epoch.tai_ns + round(ut1_minus_tai_s * NS_PER_S), decimals)


def read_ut1(text: str, ut1_minus_tai_s: float) -> Epoch:
    """Undoes ``write_ut1``.

    UT1 - TAI changes by 3e-8 s a second: taken a minute off it moves the instant by 2 us; ask again at the answer.
    """
    return Epoch(_reading_ns(text, "UT1") - round(ut1_minus_tai_s * NS_PER_S))


def _text(reading_ns: int, decimals: int) -> str:
    step_ns: int = 10 ** (9 - decimals)
    rounded_ns = (reading_ns + step_ns // 2) // step_ns * step_ns
    whole_s, ns = divmod(rounded_ns, NS_PER_S)
    tail = f".{ns // step_ns:0{decimals}d}" if decimals else ""
    return f"{_J2000 + timedelta(seconds=whole_s):%Y-%m-%dT%H:%M:%S}{tail}"


def _reading_ns(text: str, name: str) -> int:
    match = _TEXT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a reading of a {name} clock; "
                         f"write it like 2015-01-31T12:00:15.25, without Z")
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    return _since_j2000_ns(datetime(year, month, day, hour, minute, second)) + round(float(match[7] or 0.0) * NS_PER_S)


def _since_j2000_ns(reading: datetime) -> int:
    since = reading - _J2000
    return (since.days * 86_400 + since.seconds) * NS_PER_S + since.microseconds * 1000
