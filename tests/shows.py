"""A scene read back as the page reads it: tables of a leg's file, and the turn of quaternions."""

from __future__ import annotations

from typing import Any

import numpy as np

from fakel.model.flight import Flight
from fakel.show.scene import scene

KINDS = {"f64": "<f8", "f32": "<f4"}


def table(block: dict[str, Any], data: bytes) -> np.ndarray:
    """The rows (n, columns) of a block."""
    count = block["rows"] * block["columns"]
    return np.frombuffer(data, KINDS[block["kind"]], count, block["at"]).reshape(block["rows"], block["columns"])


def turned(q: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Vectors (n, 3) of body axes in the parent's, by a quaternion (w, x, y, z): the plain textbook formula."""
    w, v = q[0], q[1:]
    return vectors + 2 * np.cross(v, np.cross(v, vectors) + w * vectors)


def shown(flight: Flight, verdicts: Any = ()) -> tuple[dict[str, Any], dict[str, bytes]]:
    return scene(flight, {"verdicts": verdicts})
