"""Start states from what people have: an element set, an ephemeris, a line of text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from fakel.api.forces import Forces
from fakel.api.given import NARROW_S, world_of
from fakel.api.reach import require_air_known
from fakel.model.epoch import Epoch
from fakel.model.errors import InputError
from fakel.model.frame import Frame
from fakel.model.start import StateVector, age_told
from fakel.world import FRAMES, World

if TYPE_CHECKING:
    from sgp4.api import Satrec

WRITE = "write 'UTC FRAME X Y Z VX VY VZ', such as '2013-11-07T04:00:00Z GCRF 6798e3 0 0 0 4.75e3 6.0e3' (m, m/s)"
UNKNOWN = Forces(degree=36, mass_kg=1000.0, drag_area_m2=10.0)
"""A craft of which nothing is said: Cd A/m = 0.022 m2/kg. For an element set its drag is fitted; otherwise left out."""

DAY_S = 86_400.0
WITHOUT_AIR = "leave the air out (--area 0)"


@dataclass(frozen=True, slots=True)
class Start:
    """A state, the forces on it, the name of the craft, and what to tell; the world, where one was needed to find it.

    Such a world holds the flight that was announced, too: most of the time of a short flight goes into its tables.
    """

    name: str
    state: StateVector
    forces: Forces
    told: tuple[str, ...] = ()
    world: World | None = None


Chosen = Callable[[Forces], Forces]
Begins = Callable[[float], None]          # is told how many days of air are to be made


def from_elements(file: Path, at: Epoch | None, until: Epoch, chosen: Chosen, drag_given: bool,
                  begins: Begins = lambda days: None) -> Start:
    """The state at an element set's own epoch: our motion fitted to SGP4 for a day to either side.

    The set is the newest at ``at`` or, where that is not said, at ``until``. The drag that fits is kept unless mass,
    area or coefficient were given. Told: how wrong such a set may be then.
    """
    from fakel.estimate.elements import epoch_of, fit_elements, satrec_from_lines
    from fakel.load.elements import read_elements
    from fakel.load.omm import satrec_from_fields
    set_ = read_elements(file, "--tle", wanted=at or until)
    satellite = satrec_from_fields(set_.fields) if set_.fields else satrec_from_lines(set_.line1, set_.line2)
    epoch, forces = epoch_of(satellite), chosen(UNKNOWN)
    first, last = min(epoch + -DAY_S, until), max(epoch + DAY_S, until)
    if forces.airy:
        require_air_known(epoch, until, "--until", WITHOUT_AIR)
        begins((last - first) / DAY_S)
    world = world_of(forces, first, last, orbit=_by_sgp4(satellite, epoch) if last - first <= NARROW_S else None)
    fitted = fit_elements(satellite, world, forces.numbers, forces.mass_kg, f"--tle: {file.name}",
                          with_drag=not drag_given, half_span_s=DAY_S)
    if not drag_given:
        forces = replace(forces, drag_scale=fitted.drag_scale)
    age_s = abs(until - epoch)
    told = (f"the element set is of {epoch.iso()}, {age_s / 86_400:.1f} days from {until.iso()}; {age_told(age_s)}",)
    state = StateVector(epoch, Frame.GCRF, fitted.y[:3], fitted.y[3:6], f"element set of {epoch.iso()} in {file.name}")
    return Start(f"object {satellite.satnum}", state, forces, told, world)


def _by_sgp4(satellite: Satrec, epoch: Epoch) -> StateVector | None:
    """The state that SGP4 gives at the set's own epoch; none where it gives none, which the fit will say."""
    fault, position_km, velocity_km_s = satellite.sgp4_tsince(0.0)
    return None if fault else StateVector(epoch, Frame.TEME, 1e3 * np.array(position_km), 1e3 * np.array(velocity_km_s),
                                          "SGP4")


def from_ephemeris(file: Path, at: Epoch | None, until: Epoch, chosen: Chosen) -> Start:
    """The state of an OEM at an instant or the last before it; mass and drag as its comments say. Burns on the way are
    told, not flown."""
    from fakel.api.fit import forces_for
    from fakel.load.oem import read_oem
    path = read_oem(file, "--oem")
    when = at or path.start
    if not path.start <= when <= path.stop:
        raise InputError(f"--from = {when.iso()} is outside {file.name}, which holds {path.start.iso()} to "
                         f"{path.stop.iso()}")
    i = int(np.searchsorted(path.t_s, when - path.start + 1e-9, side="right")) - 1
    epoch = path.start + float(path.t_s[i])
    state = StateVector(epoch, path.frame, path.position_m[i], path.velocity_m_s[i],
                        f"state of {epoch.iso(3)} in {file.name}")
    usual = forces_for(path) if path.build.mass_kg else Forces()
    told = () if path.build.mass_kg else (f"{file.name} does not say mass and drag area; flown without drag",)
    burns = tuple(f"{b.name} from {b.epoch.iso()} to {b.stop.iso()} is not flown" for b in path.burns
                  if min(epoch, until) < b.stop and b.epoch < max(epoch, until))
    gaps = (path.gaps.told,) if path.gaps else ()
    return Start(path.name, state, chosen(usual), (*path.told, *gaps, *told, *burns))


def from_text(text: str, chosen: Chosen) -> Start:
    """A state in one line. InputError that says how to write it."""
    words = text.replace(",", " ").split()
    if len(words) != 8:
        raise InputError(f"--state has {len(words)} words; {WRITE}")
    try:
        epoch = Epoch.utc(words[0])
        numbers = np.array([float(word) for word in words[2:]])
    except ValueError as error:
        raise InputError(f"--state: {error}; {WRITE}") from None
    if words[1] not in {frame.name for frame in FRAMES}:
        raise InputError(f"--state: frame {words[1]!r} is not known; write one of: {', '.join(f.name for f in FRAMES)}")
    state = StateVector(epoch, Frame[words[1]], numbers[:3], numbers[3:], f"state of {epoch.iso()} in {words[1]}")
    return Start("craft", state, chosen(Forces()))
