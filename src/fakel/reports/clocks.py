"""Clocks for people: UTC, the mission's own time zone, and time since liftoff."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fakel.model.epoch import NS_PER_S, Epoch
from fakel.model.errors import InputError
from fakel.model.flight import Flight


def zone_of(flight: Flight) -> ZoneInfo | None:
    """The mission's time zone, None when it is UTC or not given. Raises InputError for a zone that does not exist."""
    name = str(flight.mission.get("time_zone") or "UTC")
    if name in ("UTC", "Etc/UTC"):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InputError(f"time_zone = {name!r} is not known; write a name like Europe/Moscow") from error


def zone_title(zone: ZoneInfo | None) -> str:
    """``Moscow`` of ``Europe/Moscow``; empty without a zone."""
    return "" if zone is None else zone.key.split("/")[-1].replace("_", " ")


def _to_second(epoch: Epoch) -> Epoch:
    return Epoch((epoch.tai_ns + NS_PER_S // 2) // NS_PER_S * NS_PER_S)


def utc_day(epoch: Epoch) -> str:
    """``2014-05-28``, of the instant rounded to the second."""
    return _to_second(epoch).iso()[:10]


def utc_clock(epoch: Epoch) -> str:
    """``19:57:41``, rounded to the second."""
    return _to_second(epoch).iso()[11:19]


def local_clock(epoch: Epoch, zone: ZoneInfo | None) -> str:
    """The zone's clock, with ``+1`` when its date is a day ahead of UTC and ``-1`` when it is behind."""
    if zone is None:
        return ""
    civil = _to_second(epoch).civil()[0].replace(tzinfo=UTC)
    local = civil.astimezone(zone)
    days = (local.date() - civil.date()).days
    return f"{local:%H:%M:%S}" + (f" {days:+d}" if days else "")


def elapsed(seconds: float) -> str:
    """``6:13:37``, ``-0:10:00`` or, from a day on, ``2d 06:13:37``; rounded to the second."""
    whole = round(abs(seconds))
    sign = "-" if seconds < 0 and whole else ""
    days, rest = divmod(whole, 86_400)
    hours, minutes, last = rest // 3600, rest // 60 % 60, rest % 60
    return f"{sign}{days}d {hours:02d}:{minutes:02d}:{last:02d}" if days else f"{sign}{hours}:{minutes:02d}:{last:02d}"


def liftoff_of(flight: Flight) -> Epoch | None:
    """The instant that mission elapsed time counts from, or None while nothing has lifted off."""
    event = flight.event("liftoff")
    if event is not None:
        return event.epoch
    return next((leg.after.clocks["liftoff"] for leg in flight.legs if "liftoff" in leg.after.clocks), None)
