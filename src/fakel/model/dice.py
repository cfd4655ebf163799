"""Chance has an address."""

import zlib

import numpy as np


def dice(seed: int, run: int, purpose: str) -> np.random.Generator:
    """Random numbers with an address: the same three words always give the same numbers."""
    return np.random.default_rng([seed, run, zlib.crc32(purpose.encode())])
