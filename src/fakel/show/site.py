"""The scene as files: in memory for a server, or in a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from fakel.load.folder import read_flight, read_index
from fakel.model.errors import InputError
from fakel.show.scene import scene

SCENE = "scene.json"


def scene_of(folder: Path) -> tuple[dict[str, Any], dict[str, bytes], tuple[str, ...]]:
    """The scene of a flight folder, its legs' files, and one line for each leg that cannot be read.

    Raises InputError when the folder holds no flight that can be shown.
    """
    index = read_index(folder)
    flight, told = read_flight(folder)
    if told and not flight.legs:
        raise InputError(f"{folder}: none of its legs can be read, their files are torn; fly the mission again")
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
    beside.replace(path)


def page_files() -> dict[str, Path]:
    """The built page's files by their path in the site. Raises InputError where it is not built."""
    folder = Path(str(resources.files("fakel.show"))) / "page"
    if not (folder / "index.html").is_file():
        raise InputError("the page of the show is not built here; run make show in a checkout, or install the wheel")
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
