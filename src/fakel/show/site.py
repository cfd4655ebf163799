"""The scene as files: in memory for a server, or in a folder."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fakel.load.folder import read_flight, read_index
from fakel.show.scene import scene

SCENE = "scene.json"


def scene_of(folder: Path) -> tuple[dict[str, Any], dict[str, bytes], tuple[str, ...]]:
    """The scene of a flight folder, its legs' files, and one line for each leg that cannot be read.

    Raises InputError when the folder holds no flight that can be shown.
    """
    index = read_index(folder)
    flight, told = read_flight(folder)
    made, files = scene(flight, index)
    return made, files, told


def as_json(made: Mapping[str, Any]) -> bytes:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def write_data(folder: Path, made: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    """Legs first, then the index that names them: a reader never finds a name without its file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        if not (folder / name).exists():
            write_whole(folder / name, data)
    write_whole(folder / SCENE, as_json(made))


def write_whole(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(data)
    os.replace(beside, path)
