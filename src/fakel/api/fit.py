"""Fit an orbit to the ephemeris of a file, and say how well it goes on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from fakel.api.doubts import doubts
from fakel.api.forces import Forces, as_epoch
from fakel.api.reach import require_air_known
from fakel.estimate.ephemeris import Compared, compare, fit_with_short_spans, state_at
from fakel.estimate.fit import Orbit
from fakel.load.oem import read_oem
from fakel.load.sp3 import read_sp3
from fakel.model.arrays import FloatArray
from fakel.model.day import DAY_S
from fakel.model.ephemeris import Announced, Ephemeris
from fakel.model.epoch import Epoch, Window
from fakel.model.errors import FlightError, InputError
from fakel.model.frame import Frame
from fakel.world import World

HOUR_S = 3600.0
SPAN_S, SHARE = DAY_S, 0.75              # fitted when nothing is said: a day, or three quarters of a shorter file
COMPARED_S = 3 * DAY_S                   # how far the forecast is set against the file
PRECISE = Forces(degree=120, mass_kg=450.0, drag_area_m2=1.0, radiation_area_m2=3.0)
PREDICTED = Forces(degree=36, mass_kg=450_000.0, drag_area_m2=1500.0)
"""Forces for a precise orbit (all that the engine has; a small satellite) and for a prediction of the station (what its
makers leave out stays out), where nothing better is said."""
EMPIRICAL_FROM_S = 3 * 5600.0
"""Three revolutions: in fewer, what comes back each revolution cannot be told from the state."""
DRAG_SPAN_S = 6 * HOUR_S
"""Precise orbits feel the air change from one quarter of a day to the next; a prediction has one air throughout."""
NO_AIR_FROM_M = 8.4e6        # 2000 km up, drag cannot be told from the other small forces
ENOUGH_M, ENOUGH_WITHOUT_M, ENOUGH_PREDICTED_M, FINE_DEGREE = 0.25, 0.40, 10.0, 70
"""What may be left of a precise orbit, with and without accelerations of each revolution, and of a prediction, before
the spans of drag are made shorter; below that degree what is left of a precise orbit is gravity's."""


@dataclass(frozen=True, slots=True, eq=False)
class FitReport:
    """A fit, its forecast and what they rest on.

    window: the fitted span; compared: the forecast against the file, or None when it goes no further; predicted:
    instant, state (6,) GCRF and covariance (6, 6), when asked for; burns: of the whole file; warnings: one line each.
    """

    ephemeris: Ephemeris
    window: Window
    orbit: Orbit
    forces: Forces
    world: World
    compared: Compared | None
    predicted: tuple[Epoch, FloatArray, FloatArray] | None
    burns: tuple[Announced, ...]
    warnings: tuple[str, ...]

    @property
    def epoch(self) -> Epoch:
        """Where the fitted state holds."""
        return self.world.epoch + self.orbit.t0_s


def read_ephemeris(path: Path | str, kind: str = "oem", *, allow_gaps: bool = False, satellite: str | None = None
                   ) -> Ephemeris:
    """The ephemeris of a file; kind: ``oem`` or ``sp3``. InputError in one line, with file and place.

    Gaps are told; unless allow_gaps, ``fit`` refuses them where they count.
    """
    if kind not in ("oem", "sp3"):
        raise InputError(f"kind = {kind!r} is not known; write oem or sp3")
    if kind == "oem" and satellite is not None:
        raise InputError(f"satellite = {satellite!r} is for SP3 files; an OEM holds one craft, leave it out")
    path = Path(path)
    out = read_sp3(path, "--sp3", satellite) if kind == "sp3" else read_oem(path, "--oem")
    if out.gaps is not None and allow_gaps:
        out = replace(out, gaps=None, told=(*out.told, f"{out.gaps.told}; the rest is used"))
    return out


def fit(ephemeris: Ephemeris, start: Epoch | str | None = None, stop: Epoch | str | None = None, *,
        predict: Epoch | str | None = None, forces: Forces | None = None, drag_each_s: float | None = None,
        radiation: bool | None = None, burns: bool = False, empirical: bool | None = None) -> FitReport:
    """Fit state, drag, and if asked sunlight and burns, to a span of an ephemeris.

    start, stop: the span; blank: the first day of the first coasting stretch, or three quarters of it if shorter.
    forces: blank: chosen by what the file is, with mass and drag as the file says. drag_each_s: a drag scale for each
    so many seconds (blank: one, for precise orbits one per 6 h, and shorter ones where much is left). burns: find the
    burns in the span as well; without it a span with burns is refused. empirical: find small accelerations that come
    back each revolution (blank: for precise orbits over three revolutions). The air is that known when a prediction
    begins or, for flown orbits, at the end of the span. Raises InputError.
    """
    precise = is_precise(ephemeris)
    forces = forces or forces_for(ephemeris)
    window = _window(ephemeris, start, stop, burns)
    missing = _missing(ephemeris, window, start is not None or stop is not None)
    inside = tuple(b for b in ephemeris.burns if b.epoch < window.stop and b.stop > window.start)
    end = next((b.epoch for b in ephemeris.burns if b.epoch >= window.stop), ephemeris.stop)
    later = Window(window.stop, min(end, ephemeris.stop, window.stop + COMPARED_S))
    wanted = as_epoch(predict, "predict") if predict is not None else None
    if wanted is not None and wanted < window.stop:
        raise InputError(f"predict = {wanted.iso()} lies before the end of the fitted span, {window.stop.iso()}; "
                         "choose a later instant")
    known = weather_known(ephemeris, window)
    if wanted is not None and forces.drag_area_m2 > 0.0:
        require_air_known(window.start, wanted, "predict", "fly without air (drag area 0, --area 0)", known)
    world = forces.world(window.start, max(later.stop, wanted or later.stop), weather_known=known)
    revolving = precise and window.duration_s > EMPIRICAL_FROM_S if empirical is None else empirical
    orbit, told = fit_with_short_spans(
        ephemeris, window, world, forces.numbers, forces.mass_kg, burns=inside if burns else (),
        drag_each_s=drag_each_s or (DRAG_SPAN_S if precise else window.duration_s),
        enough_m=np.inf if drag_each_s else _enough_m(precise, revolving, forces.degree),
        radiation=forces.radiation_area_m2 > 0.0 if radiation is None else radiation, empirical=revolving)
    after_s = ephemeris.t_s - (later.start - ephemeris.start)
    goes_on = np.any((after_s > 1.0) & (after_s <= later.duration_s))
    compared = compare(orbit, ephemeris, later, world) if goes_on else None
    predicted = None if wanted is None else _predicted(orbit, wanted, world)
    return FitReport(ephemeris, window, orbit, forces, world, compared, predicted, ephemeris.burns,
                     (*ephemeris.told, *missing, *world.warnings, *told, *doubts(orbit, forces, precise),
                      *_pushed_later(ephemeris, window, wanted)))


def _enough_m(precise: bool, revolving: bool, degree: int) -> float:
    if not precise:
        return ENOUGH_PREDICTED_M
    return np.inf if degree < FINE_DEGREE else ENOUGH_M if revolving else ENOUGH_WITHOUT_M


def weather_known(ephemeris: Ephemeris, window: Window) -> Epoch:
    """Up to when the air is taken as observed: the end of the span for a flown orbit; for a prediction the first of its
    states, if it was made on that day, as one who predicts has a table of the day before."""
    made = ephemeris.created
    if made is None or made > ephemeris.stop:
        return window.stop
    return min(made, ephemeris.start) if made - ephemeris.start < DAY_S else made


def _predicted(orbit: Orbit, wanted: Epoch, world: World) -> tuple[Epoch, FloatArray, FloatArray]:
    try:
        return wanted, *state_at(orbit, wanted, world)
    except FlightError as error:
        raise InputError(f"predict = {wanted.iso()}: the orbit does not last until then; choose an earlier instant"
                         ) from error


def is_precise(ephemeris: Ephemeris) -> bool:
    """Whether a path was flown and measured, not foretold: by when it was made, else by its frame; NASA's files of the
    station, which say mass and drag, never are."""
    if ephemeris.build.mass_kg is not None:
        return False
    return ephemeris.frame is Frame.ITRF if ephemeris.created is None else ephemeris.created > ephemeris.stop


def forces_for(ephemeris: Ephemeris) -> Forces:
    """What the file calls for, with mass and drag as it says; typical ones otherwise, and no drag far up."""
    usual, build = PRECISE if is_precise(ephemeris) else PREDICTED, ephemeris.build
    high = float(np.linalg.norm(ephemeris.position_m[0])) > NO_AIR_FROM_M
    return Forces(usual.degree, "full", build.mass_kg or usual.mass_kg,
                  build.drag_area_m2 or (0.0 if high else usual.drag_area_m2),
                  build.drag_coefficient or usual.drag_coefficient, 1.0, usual.radiation_area_m2)


def _window(ephemeris: Ephemeris, start: Epoch | str | None, stop: Epoch | str | None, burns: bool) -> Window:
    """The span to fit. InputError when it lies outside the file or holds a burn that is not to be found."""
    coasting = ephemeris.coasting()
    if not coasting:
        raise InputError(f"{ephemeris.source}: no coast of an hour lies between its burns; find them too (--burns)")
    first = as_epoch(start, "from") if start is not None else None
    last = as_epoch(stop, "to") if stop is not None else None
    for name, at in (("from", first), ("to", last)):
        if at is not None and not ephemeris.start <= at <= ephemeris.stop:
            raise InputError(f"{name} = {at.iso()} is outside {ephemeris.source}, which holds "
                             f"{ephemeris.start.iso()} to {ephemeris.stop.iso()}")
    begin = first or coasting[0].start
    if last is None:
        whole = next((w for w in coasting if w.start <= begin < w.stop), None)
        if whole is None:
            raise InputError(_in_burn(ephemeris, begin))
        last = begin + min(SPAN_S, SHARE * (whole.stop - begin))
    if last <= begin:
        raise InputError(f"to = {last.iso()} is not after from = {begin.iso()}; give a later end")
    for burn in ephemeris.burns:
        if not burns and burn.epoch < last and burn.stop > begin:
            raise InputError(f"{ephemeris.source}: {burn.name} burns from {burn.epoch.iso()} to {burn.stop.iso()}, "
                             f"inside the span; fit before or after it, or find it too (--burns)")
    return Window(begin, last)


def _missing(ephemeris: Ephemeris, window: Window, chosen: bool) -> tuple[str, ...]:
    """What to tell of gaps beside a span that was chosen. InputError for gaps in it, or anywhere if none was chosen."""
    gaps = ephemeris.gaps
    if gaps is None:
        return ()
    if not chosen or any(gap & window for gap in gaps.windows):
        raise InputError(f"{gaps.told}; give a whole file, a span beside it (--from, --to), or --allow-gaps")
    return (f"{gaps.told}; the span lies beside it",)


def _in_burn(ephemeris: Ephemeris, at: Epoch) -> str:
    burn = next((b for b in ephemeris.burns if b.epoch <= at < b.stop), None)
    if burn is None:
        return f"from = {at.iso()} is at the end of {ephemeris.source}; choose an earlier instant"
    return f"from = {at.iso()} lies in {burn.name}, which burns until {burn.stop.iso()}; choose a later instant"


def _pushed_later(ephemeris: Ephemeris, window: Window, wanted: Epoch | None) -> tuple[str, ...]:
    """Told when a forecast flies past burns."""
    if wanted is None:
        return ()
    return tuple(f"{b.name} at {b.epoch.iso()} lies before the predicted instant and is not flown"
                 for b in ephemeris.burns if window.stop <= b.epoch < wanted)
