"""A flight as a static site: plain files for any web server, or for a USB stick."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from fakel.model.errors import InputError
from fakel.show.offline import SCRIPT, script
from fakel.show.site import SCENE, as_json, page_files, write_whole

LISTED = "fakel-site.json"
"""Names the files of an export, so that a newer one takes exactly these away."""
MODULE = re.compile(r'[ \t]*<script type="module"[^>]*src="\./([^"]+)"[^>]*></script>\n?')


def export(folder: Path, made: Mapping[str, Any], legs: Mapping[str, bytes], replace: bool = False) -> dict[str, int]:
    """Write the site; returns the size of each file. Raises InputError where the folder holds something else."""
    check_site(folder, replace)
    files = site_files(made, legs)
    _clear(folder)
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, data)
    write_whole(folder / LISTED, json.dumps(sorted(files), indent=1).encode())
    return {path: len(data) for path, data in files.items()}


def site_files(made: Mapping[str, Any], legs: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file of the site by its path."""
    files = {path: file.read_bytes() for path, file in page_files().items() if not path.startswith("sky/.")}
    files |= {f"data/{SCENE}": as_json(made)} | {f"data/{name}": data for name, data in legs.items()}
    html = files["index.html"].decode()
    entry = MODULE.search(html)
    if entry is None:
        raise InputError("the built page starts no module: it is not of this version; run make page")
    start = resources.files("fakel.show").joinpath("start.js").read_text(encoding="utf-8")
    offline = script({path: data for path, data in files.items() if path != "index.html"}, Path(entry[1]).name)
    html = MODULE.sub('<script src="./start.js" defer></script>\n', html).replace(" crossorigin", "")
    start = start.replace("ENTRY", json.dumps(f"./{entry[1]}"))
    return files | {"index.html": html.encode(), "start.js": start.encode(), SCRIPT: offline}


def check_site(folder: Path, replace: bool) -> None:
    """Raises InputError for a file, and for a folder that holds something else than an older export."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: is a file; give a folder to --export")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / LISTED).exists() and not replace:
        raise InputError(f"{folder}: is not empty and holds no exported show; give --replace or another folder")


def _clear(folder: Path) -> None:
    """Take an older export's own files away; nothing else is touched."""
    try:
        names = json.loads((folder / LISTED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for name in names if isinstance(names, list) else ():
        path = folder / str(name)
        if path.resolve().is_relative_to(folder.resolve()) and path.is_file():
            path.unlink()
