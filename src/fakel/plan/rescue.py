"""Which rescue team reaches a capsule first, and when its hatch is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fakel.model.place import Site
from fakel.model.surroundings import Team
from fakel.physics.geodesy import surface_distance_m


@dataclass(frozen=True, slots=True)
class Reached:
    """By whom; how far that was; seconds from touchdown until they stand there, and until the hatch is open.

    out_of_reach: no team's own reach sufficed; the time counts as if it had refuelled on the way for nothing.
    """

    team: str
    from_m: float
    arrives_s: float
    open_s: float
    out_of_reach: bool


def first_there(zone: Site, latitude_rad: float, longitude_rad: float, dark: bool) -> Reached | None:
    """The team whose hatch opens first; None where the zone has no teams."""
    found = [_of(team, zone, latitude_rad, longitude_rad, dark) for team in _teams(zone.rescue)]
    return min(found, key=lambda r: (r.out_of_reach, r.open_s)) if found else None


def _teams(given: Mapping[str, Team]) -> list[Team]:
    return [given[name] for name in sorted(given)]


def _of(team: Team, zone: Site, latitude_rad: float, longitude_rad: float, dark: bool) -> Reached:
    at = (zone.latitude_rad if team.latitude_rad is None else team.latitude_rad,
          zone.longitude_rad if team.longitude_rad is None else team.longitude_rad)
    away_m = float(surface_distance_m(*at, latitude_rad, longitude_rad))
    search_s = team.search_dark_s if dark else team.search_s
    arrives_s = team.ready_s + away_m / team.speed_m_s + search_s
    return Reached(team.name, away_m, arrives_s, arrives_s + team.opening_s, away_m > team.reach_m)
