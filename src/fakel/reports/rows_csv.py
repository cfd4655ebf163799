"""Rows with named columns as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any


def rows_csv(rows: Sequence[dict[str, Any]]) -> str:
    """A heading of all columns of any row, and the rows; nothing where there are none."""
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue()
