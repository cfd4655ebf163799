"""The files of a page as one script, so that it also opens from a disk, where browsers let no page read its files."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from importlib import resources

import numpy as np

SCRIPT = "offline.js"
BITS, FIRST = 15, 0x100
MODULE_BASE = "globalThis.fakelModuleBase"
SMALL = "-small"
"""A picture that has a smaller sister is carried as that one."""


def script(files: Mapping[str, bytes], entry: str) -> bytes:
    """The script, in UTF-16. files: by path in the site; entry: the name of the module that starts the page."""
    parts, at, table = [], 0, []
    for path, data in chosen(files).items():
        parts.append(rewritten(data, files) if path.endswith(".js") else data)
        table += [[name, at, len(parts[-1])] for name in (path, *larger(path, files))]
        at += len(parts[-1])
    packed = gzip.compress(b"".join(parts), 9, mtime=0)
    told = json.dumps({"size": len(packed), "files": table})[:-1] + f', "text": "{spelt(packed)}"}}'
    code = resources.files("fakel.show").joinpath(SCRIPT).read_text(encoding="utf-8")
    return f"const PACKED = {told};\nconst ENTRY = {json.dumps(entry)};\n{code}".encode("utf-16")


def chosen(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """All but pictures that have a smaller sister."""
    return {path: data for path, data in files.items() if sister(path) not in files}


def sister(path: str) -> str:
    stem, _, ending = path.rpartition(".")
    return f"{stem}{SMALL}.{ending}"


def larger(path: str, files: Mapping[str, bytes]) -> list[str]:
    """The larger picture that this one stands for, if there is one."""
    return [other for other in files if sister(other) == path]


def rewritten(code: bytes, files: Mapping[str, bytes]) -> bytes:
    """A module that runs from memory: it finds its neighbours by name, and itself in the page's folder."""
    text = code.decode().replace("import.meta.url", MODULE_BASE)
    for path in files:
        name = path.rpartition("/")[2]
        if name.endswith(".js"):
            text = re.sub(rf"""(["'`])\./{re.escape(name)}\1""", rf"\1fakel/{name}\1", text)
    return text.encode()


def spelt(data: bytes) -> str:
    """Bytes as characters of fifteen bits each."""
    bits = np.unpackbits(np.frombuffer(data, dtype=np.uint8))
    rows = np.pad(bits, (0, -len(bits) % BITS)).reshape(-1, BITS)
    codes = rows.astype(np.uint16) @ (1 << np.arange(BITS - 1, -1, -1, dtype=np.uint16))
    return (codes + FIRST).astype("<u2").tobytes().decode("utf-16-le")
