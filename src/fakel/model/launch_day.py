"""One launch refined: what seconds of slip cost, on which later days it may go, which seconds are cut out."""

from __future__ import annotations

from dataclasses import dataclass

from fakel.model.arrays import FloatArray
from fakel.model.epoch import Epoch

CREWED, ACTIVE, DEBRIS = KINDS = ("crewed", "active", "debris")


@dataclass(frozen=True, slots=True)
class Slipped:
    """A liftoff so many seconds late (negative: early).

    plane: angle between the ship's orbit and the station's by the time it docks, and what turning it takes of the
    ship. launcher_m_s, left_kg: what a launcher that steers spends more than at best, and has left at cutoff.
    phase: station ahead at insertion. profiles: those that take phase and plane. docking, total: of the asked
    profile's plan, delta-v to contact; None where it does not close, and why.
    """

    slip_s: float
    liftoff: Epoch
    plane_rad: float
    plane_m_s: float
    left_kg: float | None
    launcher_m_s: float | None
    phase_rad: float
    profiles: tuple[str, ...]
    docking: Epoch | None
    total_m_s: float | None
    margin_kg: float | None
    why: str = ""

    @property
    def closes(self) -> bool:
        return not self.why


@dataclass(frozen=True, slots=True)
class Slip:
    """A launch and its slips. early, late: how far from the best liftoff the plane still costs no more than the
    launcher's reserve; nominal_off_s: how late the nominal liftoff is for the best one. steers: the launcher turns
    into the plane itself."""

    launcher: str
    ship: str
    pad: str
    station: str
    profile: str
    nominal: Epoch
    nominal_off_s: float
    early_s: float
    late_s: float
    reserve_m_s: float
    steers: bool
    window_rad: tuple[float, float]
    rows: tuple[Slipped, ...]
    told: tuple[str, ...] = ()

    @property
    def span_s(self) -> tuple[float, float]:
        """First and last slip that the reserve pays for."""
        return -self.early_s - self.nominal_off_s, self.late_s - self.nominal_off_s


@dataclass(frozen=True, slots=True)
class TryAgain:
    """A liftoff of a later day, by the shortest profile that takes its phase, else by the asked one.

    shift_s: how much earlier or later in the day than the try before. sun_rad: Sun above the pad's horizon at liftoff;
    lit: the station in sunlight at contact. shift_docking_s: how far the contact's hour of the day lies from the first
    try's; outside_s: by how much the station's crew day does not hold contact and hatch; these, with docking, are None
    where no profile takes the phase. why: the try is closed.
    """

    day: int
    liftoff: Epoch
    shift_s: float
    ascending: bool
    phase_rad: float
    profiles: tuple[str, ...]
    profile: str
    docking: Epoch | None
    sun_rad: float
    lit: bool | None
    shift_docking_s: float | None
    outside_s: float | None
    why: str = ""
    told: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        return not self.why


@dataclass(frozen=True, slots=True)
class Recycle:
    """The tries of a launch, day by day. crew_day_s: when the station's crew is awake, seconds of the UTC day."""

    launcher: str
    ship: str
    pad: str
    station: str
    windows: tuple[tuple[str, float, float], ...]
    rows: tuple[TryAgain, ...]
    crew_day_s: tuple[float, float]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeepOut:
    """How far a ship stays from objects in orbit for a liftoff second to be allowed. crewed: catalogue numbers."""

    id: str
    name: str
    crewed_m: float
    active_m: float
    debris_m: float
    crewed: tuple[int, ...]
    confidence: str
    source: str

    def limit_m(self, kind: str) -> float:
        return {CREWED: self.crewed_m, ACTIVE: self.active_m, DEBRIS: self.debris_m}[kind]


@dataclass(frozen=True, slots=True)
class CutOut:
    """Liftoffs from start_s to stop_s (slip, both cut out) for which an object comes nearer than its limit.

    nearest_m, at: the worst of these seconds, and when in flight. orbit: of the ship, counted from 1 at insertion.
    """

    number: str
    name: str
    kind: str
    limit_m: float
    start_s: float
    stop_s: float
    nearest_m: float
    nearest_slip_s: float
    at: Epoch
    orbit: int
    age_days: float


@dataclass(frozen=True, slots=True, eq=False)
class CutOuts:
    """A launch window second by second. slips_s (n,); nearest_m (n,): the nearest object of each second (inf: none
    within near_m), nearest (n,) its name; cuts by time; counts: objects read, left after heights, left after planes
    and times. burns: the ship flies its planned burns, or coasts.
    heights_m: least and most distance from the Earth's centre. window_s: slips that the plane allows."""

    launcher: str
    ship: str
    pad: str
    nominal: Epoch
    slips_s: FloatArray
    nearest_m: FloatArray
    nearest: tuple[str, ...]
    cuts: tuple[CutOut, ...]
    counts: tuple[int, int, int]
    near_m: float
    orbits: float
    burns: bool
    keep_out: KeepOut
    heights_m: tuple[float, float]
    window_s: tuple[float, float]
    told: tuple[str, ...] = ()

    def cut(self, slip_s: float) -> bool:
        return any(c.start_s - 1e-9 <= slip_s <= c.stop_s + 1e-9 for c in self.cuts)

    @property
    def open_spans_s(self) -> tuple[tuple[float, float], ...]:
        """Stretches of slips that nothing cuts out, ends included."""
        free = [not self.cut(float(s)) for s in self.slips_s]
        out: list[tuple[float, float]] = []
        for k, good in enumerate(free):
            if good and (k == 0 or not free[k - 1]):
                out.append((float(self.slips_s[k]), float(self.slips_s[k])))
            elif good:
                out[-1] = (out[-1][0], float(self.slips_s[k]))
        return tuple(out)
