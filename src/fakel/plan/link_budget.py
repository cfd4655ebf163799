"""The budget of a radio link, line by line, over one or many instants at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from fakel.model.arrays import FloatArray
from fakel.model.budget import AirLoss, Budget, Geometry, Line
from fakel.model.errors import InputError
from fakel.model.radio import Antenna, Coding, Hop, Link, Mode
from fakel.physics import antenna as patterns
from fakel.physics import codes, radio, sun_noise

NO_AIR = AirLoss(np.zeros(1), np.zeros(1), np.zeros(1))
MEDIUM_K = 275.0


def required_eb_n0_db(coding: Coding, bit_error_rate: float) -> float:
    """Eb/N0 that a coding needs, by its formula or its table. InputError where neither reaches."""
    formulas: dict[str, Callable[[float], float]] = {
        "psk": codes.psk_error_rate, "fsk": codes.fsk_error_rate,
        "convolutional": partial(codes.convolutional_error_rate, code_rate=coding.code_rate,
                                 distances=np.array(coding.distances), weights=np.array(coding.weights)),
        "reed-solomon": partial(codes.reed_solomon_error_rate, length=coding.block_length, corrects=coding.corrects,
                                bits=coding.symbol_bits)}
    try:
        if coding.formula == "table":
            return codes.from_table_db(np.array(coding.error_rates), np.array(coding.eb_n0_db), bit_error_rate)
        return codes.required_db(formulas[coding.formula], bit_error_rate) + coding.quantisation_loss_db
    except ValueError as error:
        raise InputError(f"coding {coding.id}: {error}; write another bit_error_rate or coding") from error


def required_db(link: Link, mode: Mode) -> float:
    """What a mode needs at the link's bit error rate: Eb/N0 in dB, or C/N of an analogue one."""
    if mode.bit_rate_bit_s is None:
        return known(link, mode.required_c_n_db, f"modes.{link.modes.index(mode) + 1}.required_c_n_db")
    if mode.required_eb_n0_db is not None or mode.coding is None:
        return known(link, mode.required_eb_n0_db, "required_eb_n0_db")
    return required_eb_n0_db(mode.coding, link.bit_error_rate)


def known(link: Link, value: float | None, key: str) -> float:
    """The value. InputError that names the key where it is unknown."""
    if value is None:
        raise InputError(f"{link.id}: {key} is unknown; set it: --set {key}=NUMBER")
    return value


@dataclass(frozen=True, slots=True, eq=False)
class _HopResult:
    lines: tuple[Line, ...]
    c_n0: FloatArray
    told: tuple[str, ...]


def budget(link: Link, mode: Mode, geometry: Geometry | None = None, air: AirLoss | None = None,
           f107: float = 100.0) -> Budget:
    """Budget of a link in one of its modes.

    geometry and air are the first hop's; a further hop stands where its file says. geometry None: the first does
    too. Raises InputError for a number that is unknown (naming its key, and what would close), or a missing geometry.
    """
    try:
        hops = [_hop(link, i, geometry if i == 0 else None, air if i == 0 else None, f107)
                for i in range(len(link.hops))]
    except _Unknown as gap:
        raise InputError(_told_gap(link, mode, gap, geometry, air, f107)) from gap
    total = radio.through_relay_db_hz(*(hop.c_n0 for hop in hops)) if len(hops) > 1 else hops[0].c_n0
    lines = [line for hop in hops for line in hop.lines]
    if len(hops) > 1:
        lines.append(Line("c_n0", "C/N0 through the relay", "dBHz", total, "sum"))
    return _finished(link, mode, lines, total, tuple(text for hop in hops for text in hop.told))


def _finished(link: Link, mode: Mode, lines: list[Line], c_n0: FloatArray, told: tuple[str, ...]) -> Budget:
    n = len(c_n0)
    needs = required_db(link, mode)
    digital = mode.bit_rate_bit_s is not None
    width = radio.decibels(mode.bit_rate_bit_s if digital else mode.bandwidth_hz)     # type: ignore[arg-type]
    quality = c_n0 - width
    margin = quality - link.implementation_loss_db - needs

    def part(key: str, name: str, unit: str, value: float | FloatArray, kind: str = "part") -> Line:
        return Line(key, name, unit, np.broadcast_to(np.asarray(value, float), (n,)), kind)
    what = "Eb/N0" if digital else "C/N"
    end = [part("rate", f"bit rate, {mode.name}" if digital else f"bandwidth, {mode.name}", "dBHz", -width),
           part("quality", what, "dB", quality, "sum"),
           part("implementation", "implementation loss", "dB", -link.implementation_loss_db),
           part("required", f"required {what}" + (f", {mode.coding.id}" if mode.coding else ""), "dB", -needs),
           part("margin", "margin", "dB", margin, "sum")]
    return Budget(link.id, mode.name, (*lines, *end), c_n0, quality, needs, margin, link.required_margin_db, told)


class _Unknown(Exception):
    """A hop's number that is needed and not known; tried stands for it with 0 dB."""

    def __init__(self, key: str, hop: int, end: str) -> None:
        super().__init__(key)
        self.key, self.hop, self.end = key, hop, end


def _told_gap(link: Link, mode: Mode, gap: _Unknown, geometry: Geometry | None, air: AirLoss | None,
              f107: float) -> str:
    """One line: what is unknown, how to set it, and from where on the link would close."""
    end = gap.key.rpartition(f"{gap.end}.")[0] + gap.end
    whole, name, unit = ("eirp_dbw", "EIRP", "dBW") if gap.end == "transmitter" else ("g_over_t_db_k", "G/T", "dB/K")
    start = f"{link.id}: {gap.key} is unknown; set it, or the {name}: --set {end}.{whole}=NUMBER"
    if len(link.hops) > 1:
        return start
    hop = link.hops[0]
    filled = replace(hop, transmitter=replace(hop.transmitter, eirp_dbw=0.0)) if gap.end == "transmitter" else \
        replace(hop, receiver=replace(hop.receiver, g_over_t_db_k=0.0))
    try:
        margin = budget(replace(link, hops=(filled,)), mode, geometry, air, f107).margin_db
    except InputError:
        return start
    needed = link.required_margin_db - float(np.min(margin))
    return f"{start} ({needed:.1f} {unit} leaves {link.required_margin_db:g} dB in {mode.name!r})"


def _hop(link: Link, index: int, geometry: Geometry | None, air: AirLoss | None, f107: float) -> _HopResult:
    hop, path = link.hops[index], f"hops.{index + 1}." if len(link.hops) > 1 else ""
    if geometry is None:
        if hop.range_m is None:
            raise InputError(f"{link.id}: where is it? give the range")
        geometry = Geometry(np.array([hop.range_m]),
                            elevation_rad=None if hop.elevation_rad is None else np.array([hop.elevation_rad]))
    n = len(geometry.range_m)
    title = f", {hop.name}" if len(link.hops) > 1 else ""
    lines: list[Line] = []

    def add(key: str, name: str, unit: str, value: float | FloatArray, kind: str = "part") -> None:
        lines.append(Line(path + key, name + title, unit, np.broadcast_to(np.asarray(value, float) + 0.0, (n,)), kind))
    eirp = _radiated(hop, path, index, geometry, add)
    off_axis = eirp - _losses(hop, geometry, air or NO_AIR, add)
    add("isotropic", "isotropic level at the receiver", "dBW", off_axis, "sum")
    told = [*(air or NO_AIR).told, *_air_left_out(hop, index)]
    c_n0 = off_axis + _received(hop, path, index, geometry, air or NO_AIR, f107, add, told) - radio.BOLTZMANN_DBW
    add("boltzmann", "Boltzmann's constant", "dB", -radio.BOLTZMANN_DBW)
    add("c_n0", "C/N0", "dBHz", c_n0, "sum")
    return _HopResult(tuple(lines), np.broadcast_to(c_n0, (n,)), tuple(told))


def _air_left_out(hop: Hop, index: int) -> list[str]:
    """Weather is reckoned for the first hop; a further one must bring its own."""
    through = index > 0 and hop.ground != "none" and hop.frequency_hz >= 1e9 and "atmosphere" not in hop.losses_db
    return [f"hop {hop.name!r} goes through the air, which is left out; give its losses_db an atmosphere"] if through \
        else []


Add = Callable[..., None]


def _radiated(hop: Hop, path: str, index: int, geometry: Geometry, add: Add) -> FloatArray:
    """EIRP on the axis and its lines; then what pointing and the pattern take."""
    sender, eirp = hop.transmitter, hop.transmitter.eirp_dbw
    if eirp is None:
        gain = peak_gain_dbi(sender.antenna, hop.frequency_hz)
        if sender.power_w is None:
            raise _Unknown(f"{path}transmitter.power_w", index, "transmitter")
        if gain is None:
            raise _Unknown(f"{path}transmitter.antenna.gain_dbi", index, "transmitter")
        power = float(radio.decibels(sender.power_w))
        add("power", "transmitter power", "dBW", power)
        add("transmitter_line", "transmitter line", "dB", -sender.line_loss_db)
        add("transmitter_gain", "transmitter antenna gain", "dBi", gain)
        eirp = power - sender.line_loss_db + gain
    add("eirp", "EIRP", "dBW", eirp, "sum")
    pointing = _pointing_db(sender.antenna, hop.frequency_hz)
    add("transmitter_pointing", "transmitter pointing", "dB", -pointing)
    pattern = pattern_loss_db(sender.antenna, hop.frequency_hz, geometry.off_transmitter_rad)
    if geometry.off_transmitter_rad is not None:
        add("transmitter_pattern", "transmitter pattern, off its axis", "dB", -pattern)
    return np.asarray(eirp - pointing - pattern)


def _losses(hop: Hop, geometry: Geometry, air: AirLoss, add: Add) -> FloatArray:
    space = radio.free_space_loss_db(geometry.range_m, hop.frequency_hz)
    add("free_space", "free space", "dB", -space)
    polarisation = hop_polarisation_db(hop)
    add("polarisation", "polarisation", "dB", -polarisation)
    total = space + polarisation
    if air is not NO_AIR:
        add("gas", "air: oxygen and water vapour", "dB", -air.gas_db)
        add("weather", "air: cloud, rain, scintillation", "dB", -air.weather_db)
        for name, value in air.parts.items():
            add(f"of_{name}", f"  of it {name}", "dB", -value, "note")
        total = total + air.gas_db + air.weather_db
    for name, value in hop.losses_db.items():
        add(name, name.replace("_", " "), "dB", -value)
        total = total + value
    return np.asarray(total)


def _received(hop: Hop, path: str, index: int, geometry: Geometry, air: AirLoss, f107: float, add: Add,
              told: list[str]) -> FloatArray:
    """Lines from the antenna on; returns G/T less pointing and pattern."""
    ear = hop.receiver
    gain = peak_gain_dbi(ear.antenna, hop.frequency_hz)
    pointing = _pointing_db(ear.antenna, hop.frequency_hz)
    pattern = pattern_loss_db(ear.antenna, hop.frequency_hz, geometry.off_receiver_rad)
    add("receiver_pointing", "receiver pointing", "dB", -pointing)
    if geometry.off_receiver_rad is not None:
        add("receiver_pattern", "receiver pattern, off its axis", "dB", -pattern)
    quiet, noise = _noise_k(hop, path, gain, geometry, air, f107, add, told)
    if ear.g_over_t_db_k is not None:
        worse = np.zeros(1) if noise is None or quiet is None else radio.decibels(noise / quiet)
        g_over_t = ear.g_over_t_db_k - worse
        add("g_over_t", "receiver G/T", "dB/K", g_over_t)
        return np.asarray(g_over_t - pointing - pattern)
    if gain is None:
        raise _Unknown(f"{path}receiver.antenna.gain_dbi", index, "receiver")
    if noise is None:
        raise _Unknown(f"{path}receiver.system_noise_k", index, "receiver")
    g_over_t = gain - ear.line_loss_db - radio.decibels(noise)
    add("receiver_gain", "receiver antenna gain", "dBi", gain)
    add("receiver_line", "receiver line", "dB", -ear.line_loss_db)
    add("noise", "system noise temperature", "dBK", -radio.decibels(noise))
    add("g_over_t", "  G/T of these", "dB/K", g_over_t, "note")
    return np.asarray(g_over_t - pointing - pattern)


def _noise_k(hop: Hop, path: str, gain: float | None, geometry: Geometry, air: AirLoss, f107: float, add: Add,
             told: list[str]) -> tuple[FloatArray | None, FloatArray | None]:
    """System noise under a clear sky without the Sun, and with all, at the receiver's input; None where unknown."""
    quiet = _quiet_k(hop, path, air, told)
    if quiet is None:
        if _sun_counts(hop, geometry) or (hop.ground == "receiver" and np.any(air.noisy_db > 0.05)):
            told.append(f"{path}receiver: system_noise_k is not known, so the noise of Sun and rain is left out")
        return None, None
    weather, sun = _added_noise_k(hop, gain, geometry, air, f107)
    for key, what, before, after in (("weather_noise", "weather", quiet, quiet + weather),
                                     ("sun_noise", "Sun", quiet + weather, quiet + weather + sun)):
        if np.any(after > 1.001 * before):
            add(key, f"  of G/T: noise of the {what}", "dB", -radio.decibels(after / before), "note")
    return quiet, quiet + weather + sun


def _sun_counts(hop: Hop, geometry: Geometry) -> bool:
    """Whether the Sun comes within three beam widths of the receiver's axis."""
    if geometry.sun_off_rad is None:
        return False
    return float(np.min(geometry.sun_off_rad)) < 3.0 * beam_width_rad(hop.receiver.antenna, hop.frequency_hz)


def _quiet_k(hop: Hop, path: str, air: AirLoss, told: list[str]) -> FloatArray | None:
    """As given, or of antenna, line and receiver; None where these are unknown."""
    ear = hop.receiver
    if ear.system_noise_k is not None:
        return np.array(ear.system_noise_k)
    own = ear.receiver_noise_k if ear.receiver_noise_k is not None else \
        None if ear.noise_figure_db is None else radio.receiver_noise_k(ear.noise_figure_db)
    if own is None or (ear.antenna_noise_k is None and hop.ground != "receiver"):
        return None
    if ear.antenna_noise_k is None:
        told.append(f"{path}receiver: the antenna's noise is of the clear sky alone, without what spills over from the "
                    "ground; set antenna_noise_k")
    return radio.system_noise_k(_antenna_k(hop, air), ear.line_loss_db, own)


def _antenna_k(hop: Hop, air: AirLoss) -> FloatArray:
    """Noise that the antenna of a receiver on the ground sees in clear weather."""
    if hop.receiver.antenna_noise_k is not None:
        return np.array(hop.receiver.antenna_noise_k)
    return radio.clear_sky_k(hop.frequency_hz, air.gas_db)


def _added_noise_k(hop: Hop, gain: float | None, geometry: Geometry, air: AirLoss, f107: float
                   ) -> tuple[FloatArray, FloatArray]:
    """What cloud and rain, and what the Sun add at the receiver's input."""
    ear, weather, sun = hop.receiver, np.zeros(len(geometry.range_m)), np.zeros(len(geometry.range_m))
    if hop.ground == "receiver":
        clear = np.minimum(_antenna_k(hop, air), MEDIUM_K)
        weather = weather + radio.sky_noise_k(clear, air.noisy_db, MEDIUM_K) - clear
    if geometry.sun_off_rad is not None and gain is not None:
        width = beam_width_rad(ear.antenna, hop.frequency_hz)
        sun = sun_noise.sun_noise_k(geometry.sun_off_rad, width, gain, hop.frequency_hz, f107)
    line = radio.ratio(ear.line_loss_db)
    return np.asarray(weather / line), np.asarray(sun / line)


def peak_gain_dbi(antenna: Antenna, frequency_hz: float) -> float | None:
    """As given, of the table, or of the dish; None when unknown."""
    if antenna.gain_dbi is not None:
        return antenna.gain_dbi
    if antenna.pattern == "table":
        return max(antenna.gains_dbi)
    if antenna.diameter_m is None or antenna.efficiency is None:
        return None
    return radio.dish_gain_dbi(antenna.diameter_m, antenna.efficiency, frequency_hz)


def beam_width_rad(antenna: Antenna, frequency_hz: float) -> float:
    """As given, of the dish, or of a Gaussian beam with the peak gain (27,000 square degrees / gain)."""
    if antenna.beam_width_rad is not None:
        return antenna.beam_width_rad
    if antenna.diameter_m is not None:
        return radio.dish_beam_width_rad(antenna.diameter_m, frequency_hz)
    gain = peak_gain_dbi(antenna, frequency_hz) or 0.0
    return float(np.radians(np.minimum(np.sqrt(27_000.0 / radio.ratio(gain)), 180.0)))


def pattern_loss_db(antenna: Antenna, frequency_hz: float, off_rad: FloatArray | None) -> FloatArray:
    """How far the gain at an angle lies below the peak; 0 without an angle."""
    peak = peak_gain_dbi(antenna, frequency_hz)
    if off_rad is None or antenna.pattern == "omni" or peak is None:
        return np.zeros(1)
    width = beam_width_rad(antenna, frequency_hz)
    across = np.radians(70.0) / width                              # wavelengths across a dish with this beam
    match antenna.pattern:
        case "table":
            gain = patterns.table_gain_dbi(off_rad, np.array(antenna.angles_rad), np.array(antenna.gains_dbi))
        case "s465":
            gain = patterns.s465_gain_dbi(off_rad, peak, width, across)
        case "f1245":
            gain = patterns.f1245_gain_dbi(off_rad, peak, across)
        case _:
            gain = patterns.gaussian_gain_dbi(off_rad, peak, width)
    return np.asarray(peak - gain)


def _pointing_db(antenna: Antenna, frequency_hz: float) -> float:
    """As given, and of the pointing error within the main lobe."""
    if not antenna.pointing_error_rad:
        return antenna.pointing_loss_db
    lobe = radio.main_lobe_loss_db(antenna.pointing_error_rad, beam_width_rad(antenna, frequency_hz))
    return antenna.pointing_loss_db + float(lobe)


def hop_polarisation_db(hop: Hop) -> float:
    """As given; else of both axial ratios at the worst tilt; else none."""
    ours, theirs = hop.transmitter.antenna, hop.receiver.antenna
    if hop.polarisation_loss_db is not None:
        return hop.polarisation_loss_db
    if ours.axial_ratio_db is None or theirs.axial_ratio_db is None:
        return 0.0
    opposite = {ours.sense, theirs.sense} == {"left", "right"}
    return radio.polarisation_loss_db(ours.axial_ratio_db, theirs.axial_ratio_db, opposite=opposite)
