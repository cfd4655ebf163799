"""Launch windows as they are told: when a ship may lift off for a station, by which profiles, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from fakel.model.epoch import Epoch, Window
from fakel.model.place import Site
from fakel.model.profile import Profile
from fakel.model.way_up import Reboost


@dataclass(frozen=True, slots=True)
class Conflict:
    """A planned event of the station that is too near: from the liftoff less, to the docking plus the hours kept free.

    after_docking_s: seconds from the ship's docking to the event; negative before. burn: the station is pushed.
    """

    name: str
    epoch: Epoch
    after_docking_s: float
    burn: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """One sigma of what the station's orbit is known to: of the phase and of the liftoff, should it be flown that day
    by that profile; and how likely the phase then lies in the profile's window."""

    phase_rad: float
    liftoff_s: float
    chance: float


@dataclass(frozen=True, slots=True)
class LaunchWindow:
    """One liftoff that meets the station's plane with a phase that a profile takes.

    phase_rad: station ahead at the nominal separation point, in the profile's turn. plane_error_rad: between the planes
    of ship and station at docking, as planned. opens, closes: liftoffs that the vehicle's reserve for turning its plane
    allows. azimuth_rad: of the climb, east of north. allows: all profiles asked for that take this phase.
    sun_elevation_rad: over the pad's horizon at liftoff; light: day, twilight or night there. docking_light: part of
    the Sun's disc that the station sees at contact. own_events: announced events that are this launch itself.
    """

    liftoff: Epoch
    profile: str
    phase_rad: float
    plane_error_rad: float
    opens: Epoch
    closes: Epoch
    azimuth_rad: float
    docking: Epoch
    allows: tuple[str, ...]
    sun_elevation_rad: float
    light: str
    docking_light: float
    doubt: Doubt
    conflicts: tuple[Conflict, ...] = ()
    own_events: tuple[str, ...] = ()

    @property
    def length_s(self) -> float:
        return self.closes - self.opens


@dataclass(frozen=True, slots=True)
class PlaneDay:
    """When the pad meets the station's plane, whether or not a profile takes the phase (0 to 2 pi rad); by the fast
    model, whose instants are good to half a minute."""

    liftoff: Epoch
    phase_rad: float
    phase_error_rad: float


@dataclass(frozen=True, slots=True)
class LaunchWindows:
    """What was found. days: each meeting of pad and plane. agreement: by how much the fast model, which chooses the
    days, was off the full one at most (s of liftoff, rad of phase). held_from: from when on the station is taken to
    keep its mean height. nearest: for each profile without a window, the day whose phase comes nearest."""

    station: str
    source: str
    known: Epoch
    launcher: str
    ship: str
    pad: Site
    window: Window
    profiles: tuple[Profile, ...]
    opportunities: tuple[LaunchWindow, ...]
    days: tuple[PlaneDay, ...]
    agreement: tuple[float, float]
    held_from: Epoch
    reboost: Reboost | None = None
    nearest: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
