"""Compiled functions that are out of date are thrown away.

numba keeps what it compiled beside each source file and compiles anew when that file changes. It does not notice that a
function which was compiled *into* another one has changed in a file of its own, nor a file that was replaced by one of
the same size and date, as package managers may do. So the sources together carry a stamp.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

PACKAGE = Path(__file__).parent
FOLDERS = ("model", "physics", "guidance", "world", "plan", "estimate")
STAMP = PACKAGE / "physics" / "__pycache__" / "kernels.stamp"


def forget_stale(package: Path = PACKAGE, stamp: Path = STAMP) -> bool:
    """Throw compiled functions away when any source that may stand in them has changed; True when it did.

    Looks only where numba keeps them beside the sources; where that place cannot be written, does nothing.
    """
    digest = hashlib.sha256()
    for folder in FOLDERS:
        for source in sorted((package / folder).glob("*.py")):
            digest.update(source.read_bytes())
    now = digest.hexdigest()
    try:
        if stamp.exists() and stamp.read_text() == now:
            return False
        for folder in FOLDERS:
            for compiled in (package / folder / "__pycache__").glob("*.nb[ic]"):
                compiled.unlink(missing_ok=True)
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(now)
    except OSError:
        return False
    return True
