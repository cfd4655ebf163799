"""Links and downlink files from TOML, with values that a person sets on the way in."""

from __future__ import annotations

import copy
import difflib
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fakel.load.library import Library, read_toml
from fakel.load.reader import read
from fakel.load.units import plain_key
from fakel.model.downlink import Store
from fakel.model.errors import InputError
from fakel.model.radio import Link

PLAIN_KEYS = ("transmitter", "receiver", "frequency_hz", "losses_db", "polarisation_loss_db")
"""Keys of the only hop, that need no ``hops.1.`` before them."""


def read_link(name: str, settings: Sequence[str] = ()) -> Link:
    """A link by its id, or from a .toml file, with settings ``key=value`` put over what the file says.

    Keys are paths such as ``transmitter.power_w`` (of the only hop), ``hops.2.receiver.g_over_t_db_k``,
    ``required_margin_db``. Raises InputError for an unknown link, key or value.
    """
    library = Library()
    path = Path(name) if name.endswith(".toml") else library.paths(Link).get(name)
    if path is None:
        library.find(Link, name, "link")                         # complains, listing what there is
        raise AssertionError
    table = copy.deepcopy(read_toml(path))
    table.setdefault("id", path.stem)
    for setting in settings:
        _set(table, setting)
    link: Link = read(Link, table, f"{path.name}:", library.refs())
    return link


def _set(table: dict[str, Any], setting: str) -> None:
    """Put one key=value into the raw table."""
    key, equals, text = setting.partition("=")
    if not equals or not key.strip():
        raise InputError(f"--set {setting!r}: write KEY=VALUE, such as transmitter.power_w=20")
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text.strip()
    parts = key.strip().split(".")
    if parts[0] in PLAIN_KEYS or \
            parts[0].startswith(("frequency", "range")):
        parts = ["hops", "1", *parts]
    here: Any = table
    for part in parts[:-1]:
        here = _inside(here, part, setting)
    if not isinstance(here, dict):
        raise InputError(f"--set {setting!r}: {'.'.join(parts[:-1])} holds no values by name; mend the key")
    for other in [key for key in here if plain_key(key) == plain_key(parts[-1])]:
        del here[other]                                          # the same value in another unit
    here[parts[-1]] = value


def _inside(here: Any, part: str, setting: str) -> Any:
    if isinstance(here, list):
        if not part.isdigit() or not 1 <= int(part) <= len(here):
            raise InputError(f"--set {setting!r}: {part!r} is not one of 1 to {len(here)}; mend the key")
        return here[int(part) - 1]
    if not isinstance(here, dict) or part not in here:
        near = difflib.get_close_matches(part, (*PLAIN_KEYS, *(here if isinstance(here, dict) else ())), 1)
        if near:
            raise InputError(f"--set {setting!r}: {part!r} is not there; did you mean {near[0]}?")
        known = ", ".join(sorted(here)) if isinstance(here, dict) else "nothing"
        raise InputError(f"--set {setting!r}: {part!r} is not there; write one of: {known}")
    return here[part]


def read_store(path: Path) -> Store:
    """A downlink file: recordings, and windows where no link gives them."""
    store: Store = read(Store, read_toml(path), f"{path}:", Library().refs())
    return store
