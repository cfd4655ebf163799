"""A short command starts faster without what its libraries do in case of need."""

from __future__ import annotations

from importlib import import_module


def load_numba_without_scipy() -> None:
    """Load the part of numba that imports scipy's linear algebra only to see whether it is there: 0.1 s of 0.6.

    What needs it asks again, when it is compiled. A numba that is made otherwise is loaded as it likes.
    """
    linear = import_module("numba.np.linalg")
    ask = getattr(linear, "ensure_blas", None)
    if ask is None:
        return
    linear.ensure_blas = lambda: None  # type: ignore[attr-defined]
    try:
        import_module("numba.np.arraymath")
    finally:
        linear.ensure_blas = ask  # type: ignore[attr-defined]
