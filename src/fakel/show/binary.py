"""Arrays of one leg, packed one after another into a file of little-endian numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

KINDS = {"f64": np.dtype("<f8"), "f32": np.dtype("<f4")}
ALIGNED = 8
"""A browser reads an array of doubles only where the offset is a whole number of doubles."""


class Packer:
    """Collects arrays; equal ones are written once."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._known: dict[tuple[bytes, int], dict[str, Any]] = {}
        self._size = 0

    def add(self, rows: Any, kind: str = "f64") -> dict[str, Any]:
        """Where a table (n, columns) or a row of numbers (n,) lies: at, rows, columns, kind."""
        table = np.asarray(rows, dtype=KINDS[kind])
        table = table[:, None] if table.ndim == 1 else table
        data = np.ascontiguousarray(table).tobytes()
        key = (data, table.shape[1])
        if key not in self._known:
            self._known[key] = {"at": self._size, "rows": table.shape[0], "columns": table.shape[1], "kind": kind}
            self._parts.append(data + bytes(-len(data) % ALIGNED))
            self._size += len(self._parts[-1])
        return self._known[key]

    def bytes(self) -> bytes:
        return b"".join(self._parts)
