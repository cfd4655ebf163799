"""How records keep arrays: copied in, shape checked, read-only."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


def frozen(values: ArrayLike, shape: tuple[int | None, ...], name: str) -> FloatArray:
    """A read-only float copy of values. None in shape allows any length.

    Raises ValueError when the shape differs.
    """
    array = np.array(values, dtype=float)
    fits = array.ndim == len(shape) and all(
        want is None or want == have for want, have in zip(shape, array.shape, strict=True))
    if not fits:
        wanted = " x ".join("n" if size is None else str(size) for size in shape) or "a number"
        raise ValueError(f"{name} has shape {array.shape}; it takes {wanted}")
    array.setflags(write=False)
    return array


def same(a: Any, b: Any) -> bool:
    """Equality of nested records, mappings, sequences and arrays, bit for bit (NaN equals NaN)."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return np.array_equal(np.asarray(a), np.asarray(b), equal_nan=np.asarray(a).dtype.kind == "f")
    if is_dataclass(a) and not isinstance(a, type):
        return type(a) is type(b) and all(same(getattr(a, f.name), getattr(b, f.name)) for f in fields(a))
    if isinstance(a, dict):
        return isinstance(b, dict) and a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, (list, tuple)):
        return isinstance(b, (list, tuple)) and len(a) == len(b) and all(map(same, a, b))
    return bool(a == b)
