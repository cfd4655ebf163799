"""Eb/N0 that a modulation and a code need for a bit error rate. Closed formulas; codes without one have tables."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq
from scipy.special import betainc, erfc

from fakel.model.arrays import FloatArray
from fakel.physics.radio import decibels, ratio

LEAST_DB, MOST_DB = -2.0, 20.0


def tail(x: float | FloatArray) -> FloatArray:
    """Q(x) of the normal distribution."""
    return np.asarray(0.5 * erfc(np.asarray(x) / np.sqrt(2.0)))


def psk_error_rate(eb_n0_db: float) -> float:
    """Bit errors of coherent BPSK and Gray-coded QPSK: Q(sqrt(2 Eb/N0))."""
    return float(tail(np.sqrt(2.0 * ratio(eb_n0_db))))


def fsk_error_rate(eb_n0_db: float) -> float:
    """Bit errors of non-coherent binary FSK: exp(-Eb/N0 / 2) / 2."""
    return float(0.5 * np.exp(-0.5 * ratio(eb_n0_db)))


def convolutional_error_rate(eb_n0_db: float, code_rate: float, distances: FloatArray, weights: FloatArray) -> float:
    """Union bound of soft Viterbi decoding: sum of weight x Q(sqrt(2 d r Eb/N0)) (Viterbi 1971).

    distances and weights (k,): how many bits are wrong in all paths of each distance. A bound: tight below 1e-4.
    """
    return float(np.sum(weights * tail(np.sqrt(2.0 * distances * code_rate * ratio(eb_n0_db)))))


def block_error_rate(symbol_error: float, length: int, corrects: int, bits: int) -> float:
    """Bit errors after a Reed-Solomon decoder, of PSK symbols that fail independently.

    Symbols that stay wrong: sum over i > t of i/n C(n,i) p^i (1-p)^(n-i), which is p times the chance of t or more
    further failures among the others; bits by the share 2^(m-1) / (2^m - 1) of a wrong symbol's.
    """
    wrong = symbol_error * float(betainc(corrects, length - corrects, symbol_error))
    return wrong * 2.0 ** (bits - 1) / (2.0 ** bits - 1.0)


def reed_solomon_error_rate(eb_n0_db: float, length: int, corrects: int, bits: int) -> float:
    """Reed-Solomon code on PSK: the channel's bits carry the code rate's share of a data bit's energy."""
    channel_db = eb_n0_db + float(decibels((length - 2 * corrects) / length))
    symbol = 1.0 - (1.0 - psk_error_rate(channel_db)) ** bits
    return block_error_rate(symbol, length, corrects, bits)


def required_db(error_rate: Callable[[float], float], wanted: float) -> float:
    """Eb/N0 in dB at which a falling function error_rate(eb_n0_db) reaches wanted. ValueError beyond -2 to 20 dB."""
    def gap(level_db: float) -> float:
        return float(np.log(max(error_rate(level_db), 1e-300)) - np.log(wanted))
    if not 0.0 < wanted < 0.5 or gap(LEAST_DB) < 0.0 or gap(MOST_DB) > 0.0:
        raise ValueError(f"bit_error_rate = {wanted:g} is not reached between {LEAST_DB:g} and {MOST_DB:g} dB")
    return float(brentq(gap, LEAST_DB, MOST_DB, xtol=1e-6))


def from_table_db(error_rates: FloatArray, eb_n0_db: FloatArray, wanted: float) -> float:
    """Straight line over the logarithm of the error rate; no guess beyond the table (ValueError)."""
    order = np.argsort(error_rates)
    rates, levels = np.log10(error_rates[order]), eb_n0_db[order]
    if not rates[0] - 1e-9 <= np.log10(wanted) <= rates[-1] + 1e-9:
        raise ValueError(f"bit_error_rate = {wanted:g} is outside its table, "
                         f"{10.0 ** rates[0]:.0e} to {10.0 ** rates[-1]:.0e}")
    return float(np.interp(np.log10(wanted), rates, levels))
