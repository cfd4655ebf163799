"""Radio links as their data files say: antennas, both ends of a hop, codes, what is asked of a link.

None in a number means unknown: nobody published it. What needs it refuses by its key, and a person may set it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

PATTERNS = ("omni", "gaussian", "s465", "f1245", "table")
FORMULAS = ("psk", "fsk", "convolutional", "reed-solomon", "table")
WIDEST_STEP_RAD = float(np.radians(30.0))
"""A pattern with wider steps than this has gaps."""


def _above(record: Any, *names: str, most: float = np.inf) -> None:
    for name in names:
        value = getattr(record, name)
        if value is not None and not 0.0 < value <= most:
            upto = "" if most == np.inf else f" and at most {most:g}"
            raise ValueError(f"{name} = {value:g} must be above 0{upto}")


def _not_below(record: Any, *names: str) -> None:
    for name in names:
        value = getattr(record, name)
        if value is not None and value < 0.0:
            raise ValueError(f"{name} = {value:g} must not be below 0")


@dataclass(frozen=True, slots=True)
class Antenna:
    """Peak gain as given, or of a dish; how the gain falls off the axis; polarisation.

    pattern: omni (the peak everywhere), gaussian, s465 and f1245 (ITU-R side lobes of a dish), table (angles_rad and
    gains_dbi, 0 to 180 deg). axial_ratio_db: 0 is circular, 60 linear; sense: right or left. steered: it follows the
    other end, so along a path its pattern does not count.
    """

    source: str
    confidence: str
    gain_dbi: float | None = None
    diameter_m: float | None = None
    efficiency: float | None = None
    beam_width_rad: float | None = None
    pattern: str = "gaussian"
    angles_rad: tuple[float, ...] = ()
    gains_dbi: tuple[float, ...] = ()
    axial_ratio_db: float | None = None
    sense: str = ""
    pointing_loss_db: float = 0.0
    pointing_error_rad: float = 0.0
    steered: bool = True

    def __post_init__(self) -> None:
        _above(self, "diameter_m", "beam_width_rad")
        _above(self, "efficiency", most=1.0)
        _not_below(self, "pointing_loss_db", "pointing_error_rad", "axial_ratio_db")
        if self.pattern not in PATTERNS:
            raise ValueError(f"pattern = {self.pattern!r} is not known; write one of: {', '.join(PATTERNS)}")
        if self.sense not in ("", "left", "right"):
            raise ValueError(f"sense = {self.sense!r} is not known; write left or right")
        if self.pattern == "table":
            self._check_table()

    def _check_table(self) -> None:
        angles = np.array(self.angles_rad)
        if len(angles) < 2 or len(angles) != len(self.gains_dbi):
            raise ValueError(f"pattern has {len(angles)} angles and {len(self.gains_dbi)} gains; give one for each")
        if angles[0] != 0.0 or abs(angles[-1] - np.pi) > 1e-6:
            raise ValueError(f"pattern goes from {np.degrees(angles[0]):g} to {np.degrees(angles[-1]):g} deg; "
                             "give it from 0 to 180")
        steps = np.diff(angles)
        if steps.min() <= 0.0:
            raise ValueError("pattern angles do not rise; sort them and give each once")
        if steps.max() > WIDEST_STEP_RAD + 1e-9:
            i = int(np.argmax(steps))
            raise ValueError(f"pattern has a gap between {np.degrees(angles[i]):g} and {np.degrees(angles[i + 1]):g} "
                             "deg; give a gain at least each 30 deg")


@dataclass(frozen=True, slots=True)
class Transmitter:
    """Power, line and antenna; or eirp_dbw, which is taken instead of them."""

    antenna: Antenna
    source: str
    confidence: str
    power_w: float | None = None
    line_loss_db: float = 0.0
    eirp_dbw: float | None = None

    def __post_init__(self) -> None:
        _above(self, "power_w")
        _not_below(self, "line_loss_db")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Antenna, line and noise; or g_over_t_db_k, which is taken instead.

    system_noise_k is at the receiver's input, behind the line; without it, it is made of antenna, line and receiver
    (receiver_noise_k or noise_figure_db). On the ground an antenna without antenna_noise_k sees the clear sky alone.
    """

    antenna: Antenna
    source: str
    confidence: str
    g_over_t_db_k: float | None = None
    system_noise_k: float | None = None
    antenna_noise_k: float | None = None
    receiver_noise_k: float | None = None
    noise_figure_db: float | None = None
    line_loss_db: float = 0.0

    def __post_init__(self) -> None:
        _above(self, "system_noise_k", "antenna_noise_k", "receiver_noise_k", "noise_figure_db")
        _not_below(self, "line_loss_db")


@dataclass(frozen=True, slots=True)
class Hop:
    """From one transmitter to one receiver. ground: which end stands on the ground (transmitter, receiver or none).

    range_m and elevation_rad: where this hop's geometry is fixed, as between a relay and its ground station.
    losses_db: anything else that takes away, by name. polarisation_loss_db stands before the axial ratios.
    """

    name: str
    frequency_hz: float
    transmitter: Transmitter
    receiver: Receiver
    ground: str = "none"
    range_m: float | None = None
    elevation_rad: float | None = None
    polarisation_loss_db: float | None = None
    losses_db: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _above(self, "frequency_hz", "range_m")
        if self.ground not in ("transmitter", "receiver", "none"):
            raise ValueError(f"ground = {self.ground!r} is not known; write transmitter, receiver or none")


@dataclass(frozen=True, slots=True)
class Coding:
    """A modulation with its code, and the Eb/N0 that it needs: by formula, or by a table of error rates."""

    id: str
    name: str
    formula: str
    source: str
    confidence: str
    code_rate: float = 1.0
    bits_per_symbol: float = 1.0
    quantisation_loss_db: float = 0.0
    distances: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()
    block_length: int = 0
    corrects: int = 0
    symbol_bits: int = 0
    error_rates: tuple[float, ...] = ()
    eb_n0_db: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        _above(self, "code_rate", most=1.0)
        _above(self, "bits_per_symbol")
        if self.formula not in FORMULAS:
            raise ValueError(f"formula = {self.formula!r} is not known; write one of: {', '.join(FORMULAS)}")
        if self.formula == "table" and (not self.error_rates or len(self.error_rates) != len(self.eb_n0_db)):
            raise ValueError("a table needs error_rates and as many eb_n0_db")


@dataclass(frozen=True, slots=True)
class Mode:
    """One way to use a link: bits at a rate in a coding; or an analogue signal that needs a C/N in a bandwidth."""

    name: str
    bit_rate_bit_s: float | None = None
    coding: Coding | None = None
    required_eb_n0_db: float | None = None
    bandwidth_hz: float | None = None
    required_c_n_db: float | None = None

    def __post_init__(self) -> None:
        _above(self, "bit_rate_bit_s", "bandwidth_hz")
        if self.bit_rate_bit_s is not None and self.coding is None and self.required_eb_n0_db is None:
            raise ValueError(f"mode {self.name!r} has bit_rate without coding; write coding (or required_eb_n0_db)")
        if self.bit_rate_bit_s is None and self.bandwidth_hz is None:
            raise ValueError(f"mode {self.name!r} has neither bit_rate nor bandwidth; write one")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of one hop, or of two through a relay that sends on what it hears (bent pipe).

    modes: adaptive use takes the fastest that closes. by: what the craft speaks with: relay, ground or near (another
    craft, a person outside). sends: which end is the first hop's transmitter, craft or other. partners: how the ids of
    the stations or relays begin that it can speak with; empty: any.
    """

    id: str
    name: str
    by: str
    hops: tuple[Hop, ...]
    modes: tuple[Mode, ...]
    source: str
    confidence: str
    bit_error_rate: float = 1e-5
    implementation_loss_db: float = 0.0
    required_margin_db: float = 0.0
    sends: str = "craft"
    partners: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.sends not in ("craft", "other"):
            raise ValueError(f"sends = {self.sends!r} is not known; write craft or other")
        if self.by not in ("relay", "ground", "near"):
            raise ValueError(f"by = {self.by!r} is not known; write relay, ground or near")
        if not self.hops or not self.modes:
            raise ValueError("a link needs hops and modes; write [[hops]] and [[modes]]")
        if not 0.0 < self.bit_error_rate < 0.5:
            raise ValueError(f"bit_error_rate = {self.bit_error_rate:g} must lie between 0 and 0.5")
        _not_below(self, "implementation_loss_db", "required_margin_db")
