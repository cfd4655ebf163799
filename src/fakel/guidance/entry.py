"""Entry guidance: a bank angle and one reversal that bring the capsule over the zone, found by flying ahead.

A numerical predictor-corrector in the manner of Lu (2014, J. Guidance 37:1138), with bank held constant and one
reversal: two unknowns (bank, reversal instant) for two misses (along the way, to the side). The prediction uses the
kernel that flies, so an undisturbed flight needs no correction and repeats its plan; in flight, where a look ahead is
taken anew every cycle, it takes longer steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.physics.entry import (
    COLUMNS,
    CONSTANT,
    ENTRY_ROWS_S,
    ENTRY_STEP_S,
    LOAD,
    LONGEST_S,
    LOST,
    POSITION,
    VELOCITY,
    Air,
    Body,
    OverMach,
    T,
    bank_rad,
    descend,
    mach_shares,
    rate,
    to_go_m,
)
from fakel.physics.geodesy import geodetic_of

AHEAD_STEP_S = 24.0
"""Longest step of a look ahead: three times that of a flight, to end within 2 m of it (Soyuz; 5 m for Apollo, 31 m with
its lift down)."""
PEAK_ROWS_S, EASING_TRIES = 6.0, 6
TOLERANCE_SHARE, MENDED_M = 0.004, 40.0
"""Far from the zone guidance lets misses of this share of the way be, for the air to come is known no better; what it
mends it mends to within so much."""
FELT_M_S2 = 0.5
AGAIN_M, AGAIN_ABOVE_M_S, AGAIN_AFTER_S = 3000.0, 1200.0, 15.0
"""A further reversal: for how much miss to the side, above which speed, first tried so much later."""


@dataclass(frozen=True, slots=True)
class Capsule:
    """What guidance knows of the capsule: Cd A / m (m2/kg), lift to drag, roll limits, where it may steer.

    Drag and lift are those at the highest Mach number; over_mach: the rest. bank_min_rad and bank_max_rad bound the
    size of the bank; aim_height_m is where the zone is to be met; guidance gives up range rather than press the crew
    harder than load_limit_m_s2.
    """

    drag_m2_kg: float
    lift_to_drag: float
    roll_rate_rad_s: float
    roll_acceleration_rad_s2: float
    bank_min_rad: float
    bank_max_rad: float
    aim_height_m: float
    load_limit_m_s2: float = math.inf
    over_mach: OverMach = CONSTANT


@dataclass(frozen=True, slots=True)
class Command:
    """Bank to hold (rad, right positive) from start_s, and when it changes sides; reversal_s None: no more.

    eased: the bank was lessened for the load, not chosen for the zone.
    """

    start_s: float
    bank_rad: float
    reversal_s: float | None
    eased: bool = False


@dataclass(frozen=True, slots=True)
class Miss:
    """Where the capsule comes down to aim_height_m: m beyond the zone along the way, m to the right of it."""

    beyond_m: float
    right_m: float

    @property
    def size_m(self) -> float:
        return float(np.hypot(self.beyond_m, self.right_m))


@dataclass(frozen=True, slots=True)
class Ahead:
    """What flying a command to its end would come to: its miss, and the hardest that the crew is still pressed."""

    command: Command
    miss: Miss
    peak_m_s2: float


def rolls_of(start_s: float, bank_now_rad: float, command: Command, rate_rad_s: float) -> FloatArray:
    """The rolls (n, 4) of a command given from the bank that stands at start_s."""
    rolls = [(start_s, bank_now_rad, command.bank_rad, rate_rad_s)]
    if command.reversal_s is not None:
        rolls.append((command.reversal_s, command.bank_rad, -command.bank_rad, rate_rad_s))
    return np.array(rolls)


def body_of(capsule: Capsule, rolls: FloatArray) -> Body:
    """The capsule with its rolls, as physics takes it."""
    drag = np.array([[0.0, 0.0, capsule.drag_m2_kg]])
    return Body(drag, capsule.lift_to_drag, rolls, capsule.roll_acceleration_rad_s2, capsule.over_mach)


def predict(t_s: float, y: FloatArray, rolls: FloatArray, capsule: Capsule, air: Air) -> Miss:
    """The miss when the rolls are flown from state y at t_s; infinite when the capsule does not come down."""
    _, end, _, ending = descend(t_s, y, body_of(capsule, rolls), air, capsule.aim_height_m, t_s + LONGEST_S,
                                ENTRY_STEP_S, ENTRY_ROWS_S, _NO_TRACE)
    return _miss(end, ending, air)


def _miss(end: FloatArray, ending: int, air: Air) -> Miss:
    if ending == LOST:
        return Miss(math.inf, 0.0)
    to_go, right = to_go_m(end[:3], air.axes)
    return Miss(-float(to_go), float(right))


def ballistic_rolls(start_s: float, bank_now_rad: float, rate_rad_s: float) -> FloatArray:
    """A spin without end: lift points everywhere in turn and cancels."""
    return np.array([[start_s, bank_now_rad, bank_now_rad + rate_rad_s * LONGEST_S, rate_rad_s]])


@dataclass(frozen=True, slots=True)
class Flown:
    """A flown entry. rows (n, 10): columns of ``physics.entry``; commands and rolls (k, 4) as they were flown; guided
    is False when it became a ballistic one: from spin_s on, and why (``told``, ``out of reach``)."""

    rows: FloatArray
    commands: tuple[Command, ...]
    rolls: FloatArray
    guided: bool
    spin_s: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """When guidance works: below start_m, above stop_m_s; it corrects a miss of more than tolerance_m, looks every
    cycle_s, and gives up beyond give_up_m: then the capsule spins at spin_rad_s."""

    start_m: float
    stop_m_s: float
    tolerance_m: float
    cycle_s: float
    give_up_m: float
    spin_rad_s: float


def steer(t_s: float, y: FloatArray, first: Command, true: Body, true_air: Air, capsule: Capsule, air: Air, loop: Loop,
          height_m: Callable[[FloatArray], FloatArray], spin_at_s: float = math.inf) -> Flown:
    """Fly the true capsule in the true air, guided by what is known of both.

    Every cycle the rest of the flight is predicted; when that misses by more than the tolerance the command is solved
    again from where the capsule is, and when it presses the crew too hard it is eased. height_m: height above the
    ellipsoid of places (n, 3). At spin_at_s, where guidance still works, the capsule is told to spin.
    """
    command, commands = first, [first]
    rolls = rolls_of(t_s, 0.0, first, capsule.roll_rate_rad_s)
    rows, ended = _fly(t_s, y, true, rolls, true_air, capsule.aim_height_m)
    told = math.ceil(min(spin_at_s - t_s, LONGEST_S) / ENTRY_ROWS_S)
    i, step = min(_first_below(rows, height_m, loop.start_m), told), max(1, round(loop.cycle_s / ENTRY_ROWS_S))
    while (i < len(rows) - 1 or not ended) and np.linalg.norm(rows[i, 4:7]) > loop.stop_m_s:
        if i == told:
            return _spun(rows, i, true, true_air, capsule, loop, commands, "told")
        t, at = float(rows[i, 0]), rows[i, 1:7].copy()
        felt = learned(rows[i], true.lift_to_drag, capsule, air)
        wanted = None if _rolling(t, rolls, capsule) else _wanted(t, at, rolls, command, felt, air, loop.tolerance_m)
        if wanted is not None:
            spared = any(given.eased for given in (*commands, wanted.command))
            if not spared and wanted.miss.size_m > loop.give_up_m:      # a spin presses harder than what was eased
                return _spun(rows, i, true, true_air, capsule, loop, commands, "out of reach")
            command = wanted.command
            commands.append(command)
            rolls = rolls_of(t, bank_rad(t, rolls, capsule.roll_acceleration_rad_s2), command, capsule.roll_rate_rad_s)
            rows, ended = rows[:i + 1], False
        i = min(i + step, told) if i < told else i + step
        if not ended and i >= len(rows):
            rows, ended = _on(rows, true, rolls, true_air, capsule.aim_height_m, t_s + i * ENTRY_ROWS_S)
    if not ended:
        rows, _ = _on(rows, true, rolls, true_air, capsule.aim_height_m)
    return Flown(rows, tuple(commands), rolls, True)


def _wanted(t_s: float, y: FloatArray, rolls: FloatArray, command: Command, capsule: Capsule, air: Air,
            tolerance_m: float) -> Ahead | None:
    """The command to fly from now on; None where the one given is good enough."""
    as_is = forecast(t_s, y, rolls, command, capsule, air)
    to_go, _ = to_go_m(y[:3], air.axes)
    if as_is.miss.size_m > max(tolerance_m, TOLERANCE_SHARE * float(to_go)):
        return ease(t_s, y, rolls, correct(t_s, y, rolls, as_is, capsule, air), capsule, air)
    eased = ease(t_s, y, rolls, as_is, capsule, air)
    return None if eased is as_is else eased


def _spun(rows: FloatArray, i: int, true: Body, true_air: Air, capsule: Capsule, loop: Loop, commands: list[Command],
          why: str) -> Flown:
    """The flight whose capsule spins from row i on."""
    t_s, y = float(rows[i, 0]), rows[i, 1:7].copy()
    rolls = ballistic_rolls(t_s, float(rows[i, 7]), loop.spin_rad_s)
    rest, _ = _fly(t_s, y, true, rolls, true_air, capsule.aim_height_m)
    return Flown(np.concatenate([rows[:i], rest]), tuple(commands), rolls, False, t_s, why)


def forecast(t_s: float, y: FloatArray, rolls: FloatArray, command: Command, capsule: Capsule, air: Air) -> Ahead:
    """As ``predict``, with the peak load (from rows of PEAK_ROWS_S). command: what the rolls were made of."""
    trace = np.zeros((int(LONGEST_S / PEAK_ROWS_S), COLUMNS))
    _, end, n, ending = descend(t_s, y, body_of(capsule, rolls), air, capsule.aim_height_m, t_s + LONGEST_S,
                                AHEAD_STEP_S, PEAK_ROWS_S, trace)
    return Ahead(command, _miss(end, ending, air), float(trace[:n, LOAD].max()))


def ease(t_s: float, y: FloatArray, rolls: FloatArray, wanted: Ahead, capsule: Capsule, air: Air) -> Ahead:
    """The command with less bank, so that lift holds the capsule up and the load within its limit, whatever that costs
    of the range; the same where it stays within. At the least bank what comes must be borne."""
    if wanted.peak_m_s2 <= capsule.load_limit_m_s2:
        return wanted
    now = bank_rad(t_s, rolls, capsule.roll_acceleration_rad_s2)
    side = 1.0 if now >= 0.0 else -1.0
    reversal_s = _to_come(wanted.command, t_s)

    def made(size_rad: float) -> Ahead:
        command = Command(t_s, side * size_rad, reversal_s, True)
        return forecast(t_s, y, rolls_of(t_s, now, command, capsule.roll_rate_rad_s), command, capsule, air)

    low, high = capsule.bank_min_rad, abs(wanted.command.bank_rad)
    if high - low < 1e-3:
        return wanted
    best = None
    for _ in range(EASING_TRIES):
        middle = (low + high) / 2
        tried = made(middle)
        if tried.peak_m_s2 > capsule.load_limit_m_s2:
            high = middle
        else:
            low, best = middle, tried
    return best or made(low)


def _to_come(command: Command, t_s: float) -> float | None:
    """The instant of a command's reversal; None once it is past."""
    return command.reversal_s if command.reversal_s is not None and t_s < command.reversal_s else None


def learned(row: FloatArray, true_lift_to_drag: float, capsule: Capsule, air: Air) -> Capsule:
    """The capsule as its accelerometers show it: drag (or density) and lift as felt at this row, from 0.05 g on.

    The sensors are free of error; what they see is taken to hold for the rest of the flight.
    """
    if row[LOAD] < FELT_M_S2:
        return capsule
    flat = body_of(capsule, np.zeros((1, 4)))
    _, load, _ = rate(float(row[T]), row[POSITION.start:VELOCITY.stop].copy(), flat, air, np.empty(6))
    height = geodetic_of(*row[POSITION])[2]
    _, lift_share = mach_shares(float(np.linalg.norm(row[VELOCITY])), height, flat)
    drag_share = row[LOAD] / load * np.sqrt((1 + (lift_share * capsule.lift_to_drag)**2)
                                            / (1 + (lift_share * true_lift_to_drag)**2))
    return replace(capsule, drag_m2_kg=float(capsule.drag_m2_kg * drag_share), lift_to_drag=true_lift_to_drag)


def spin(t_s: float, y: FloatArray, true: Body, true_air: Air, capsule: Capsule, rate_rad_s: float) -> Flown:
    """A ballistic entry from the start."""
    rolls = ballistic_rolls(t_s, 0.0, rate_rad_s)
    rows, _ = _fly(t_s, y, true, rolls, true_air, capsule.aim_height_m)
    return Flown(rows, (), rolls, False, t_s, "told")


def correct(t_s: float, y: FloatArray, rolls: FloatArray, as_is: Ahead, capsule: Capsule, air: Air) -> Ahead:
    """The command, from now on, that misses least: bank and reversal by Newton steps. as_is: what the rolls as they are
    come to, none of them under way.

    After the reversal bank alone is solved, until the miss to the side asks for another reversal.
    """
    now = bank_rad(t_s, rolls, capsule.roll_acceleration_rad_s2)
    side = 1.0 if now >= 0.0 else -1.0
    reversal_s, aside_m = _to_come(as_is.command, t_s), as_is.miss.right_m
    again = (reversal_s is None and float(np.linalg.norm(y[3:])) > AGAIN_ABOVE_M_S and abs(aside_m) > AGAIN_M
             and aside_m * side > 0.0)
    if again:
        reversal_s = t_s + AGAIN_AFTER_S

    def made(x: FloatArray) -> Command:
        return Command(t_s, side * float(x[0]), float(x[1]) if len(x) > 1 else None)

    def look(x: FloatArray) -> Ahead:
        return forecast(t_s, y, rolls_of(t_s, now, made(x), capsule.roll_rate_rad_s), made(x), capsule, air)

    start = np.array([abs(as_is.command.bank_rad)] + ([] if reversal_s is None else [reversal_s]))
    low = np.array([capsule.bank_min_rad, t_s + ENTRY_ROWS_S])[:len(start)]
    high = np.array([capsule.bank_max_rad, t_s + LONGEST_S])[:len(start)]
    x = np.clip(start, low, high)
    first = look(x) if again or not np.array_equal(x, start) else replace(as_is, command=made(x))
    return _newton(look, x, first, low, high)


def _newton(look: Callable[[FloatArray], Ahead], x: FloatArray, first: Ahead, low: FloatArray, high: FloatArray
            ) -> Ahead:
    """The best of eight Newton steps from x, which comes to first, kept between low and high. Slopes, by differences of
    0.01 rad and 2 s, hold as long as each step halves the miss."""
    nudge = np.array([0.01, 2.0])[:len(x)]

    def off(told: Ahead) -> FloatArray:
        return np.array([told.miss.beyond_m, told.miss.right_m])[:len(x)]

    best, f = first, off(first)
    least, slopes = f, None
    for _ in range(8):
        if np.linalg.norm(f) < MENDED_M:
            break
        if slopes is None:
            slopes = np.stack([(off(look(x + d)) - f) / d.sum() for d in np.diag(nudge)], axis=1)
        change = np.linalg.lstsq(slopes, -f, rcond=None)[0]
        before, last = x, f
        x = np.clip(x + np.clip(change, -20 * nudge, 20 * nudge), low, high)
        if np.array_equal(x, before):
            break
        told = look(x)
        f = off(told)
        slopes = slopes if np.linalg.norm(f) < 0.5 * np.linalg.norm(last) else None
        if np.linalg.norm(f) < np.linalg.norm(least):
            best, least = told, f
    return best


def _fly(t_s: float, y: FloatArray, true: Body, rolls: FloatArray, air: Air, stop_height_m: float,
         for_s: float = LONGEST_S) -> tuple[FloatArray, bool]:
    """Rows of a flight, the last where it stops; whether it ended before the time was over."""
    trace = np.zeros((math.ceil(for_s / ENTRY_ROWS_S) + 3, COLUMNS))
    _, _, n, ending = descend(t_s, y, true._replace(rolls=rolls), air, stop_height_m, t_s + for_s, ENTRY_STEP_S,
                              ENTRY_ROWS_S, trace)
    return trace[:n].copy(), ending != LOST or for_s >= LONGEST_S


def _on(rows: FloatArray, true: Body, rolls: FloatArray, air: Air, stop_height_m: float, until_s: float = math.inf
        ) -> tuple[FloatArray, bool]:
    """The rows with what follows the last of them, up to a whole row's instant; whether the flight has ended."""
    t_s = float(rows[-1, 0])
    rest, ended = _fly(t_s, rows[-1, 1:7].copy(), true, rolls, air, stop_height_m, min(until_s - t_s, LONGEST_S))
    if not ended:                                   # a row a rounding before the last one
        rest = np.concatenate([rest[:-1][rest[:-1, 0] < rest[-1, 0] - ENTRY_ROWS_S / 2], rest[-1:]])
    return np.concatenate([rows[:-1], rest]), ended


def _rolling(t_s: float, rolls: FloatArray, capsule: Capsule) -> bool:
    """Whether a roll is under way."""
    begun = rolls[int(np.searchsorted(rolls[:, 0], t_s, side="right")) - 1]
    return bool(abs(bank_rad(t_s, rolls, capsule.roll_acceleration_rad_s2) - begun[2]) > 1e-9)


def _first_below(rows: FloatArray, height_m: Callable[[FloatArray], FloatArray], limit_m: float) -> int:
    below = np.flatnonzero(height_m(rows[:, 1:4]) < limit_m)
    return int(below[0]) if len(below) else len(rows)


_NO_TRACE = np.zeros((0, COLUMNS))
