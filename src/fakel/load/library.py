"""Where data files are found: beside the mission first, then among those that ship."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from fakel.load.launcher import like, read_launcher
from fakel.load.network import check_network, with_views
from fakel.load.reader import Refs, read
from fakel.model.abort import AbortWays
from fakel.model.antenna import Antennas
from fakel.model.cabin import Cabin
from fakel.model.climb import AscentSpread
from fakel.model.dispersions import Dispersions
from fakel.model.errors import InputError
from fakel.model.fire import FireDrill, Flame, Fuel
from fakel.model.launch_day import KeepOut
from fakel.model.launcher import Launcher
from fakel.model.navigation import Navigation
from fakel.model.outfit import Activities, Item, Suit
from fakel.model.place import Airlock, Network, Site, Station
from fakel.model.prebreathe import Protocol
from fakel.model.profile import Profile
from fakel.model.radio import Coding, Link
from fakel.model.screening import CatalogueErrors
from fakel.model.structure import Structure
from fakel.model.vehicle import Vehicle

FOLDERS: dict[type, str] = {
    Vehicle: "vehicles", Launcher: "launchers", AbortWays: "aborts", Station: "stations",
    Suit: "suits", Item: "items",
    Activities: "activities", Cabin: "cabins", Airlock: "airlocks", Protocol: "prebreathe",
    Site: "sites", Network: "networks", Antennas: "antennas", Structure: "structures",
    Profile: "profiles", Coding: "codings", Link: "links",
    Dispersions: "dispersions", AscentSpread: "dispersions/ascent",
    Navigation: "navigation", CatalogueErrors: "catalogues", KeepOut: "keepouts",
    Fuel: "fuels", Flame: "flames", FireDrill: "fires",
}


def shipped(*parts: str) -> Path:
    """A file or folder of the package's own data."""
    return Path(str(resources.files("fakel"))).joinpath("data", *parts)


@dataclass(frozen=True, slots=True)
class Library:
    """Data files by kind and id. beside: the folder of the mission file, or None."""

    beside: Path | None = None

    def paths(self, kind: type) -> dict[str, Path]:
        """Ids of one kind and the files that define them; one beside the mission hides a shipped one."""
        folder = FOLDERS[kind]
        found = {p.stem: p for p in sorted(shipped(folder).glob("*.toml"))}
        if self.beside is not None:
            found |= {p.stem: p for p in sorted((self.beside / folder).glob("*.toml"))}
        return found

    def find(self, kind: type, name: str, where: str) -> Any:
        """The record of that kind and id. Raises InputError that lists the ids there are."""
        paths = self.paths(kind)
        if name not in paths:
            near = difflib.get_close_matches(name, paths, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"write one of: {', '.join(sorted(paths))}"
            raise InputError(f"{where} = {name!r} is not known; {hint}")
        return self.load(kind, paths[name])

    def load(self, kind: type, path: Path) -> Any:
        table = read_toml(path)
        table.setdefault("id", path.stem)
        if kind is Launcher:
            return read_launcher(self._like_another(table, path), f"{path}:", self.refs())
        record = read(kind, table, f"{path}:", self.refs())
        if isinstance(record, Network):
            check_network(record, f"{path}:")
        return with_views(record) if isinstance(record, Antennas) else record

    def _like_another(self, table: dict[str, Any], path: Path) -> dict[str, Any]:
        """A launcher's table laid over that of the launcher it is ``like``, if it is like one."""
        if "like" not in table:
            return table
        paths = self.paths(Launcher)
        if table["like"] not in paths or paths[table["like"]] == path:
            raise InputError(f"{path}: like = {table['like']!r} is no other launcher; write one of: "
                             f"{', '.join(sorted(name for name, file in paths.items() if file != path))}")
        base = read_toml(paths[table["like"]])
        if "like" in base:
            raise InputError(f"{path}: like = {table['like']!r} is itself like {base['like']!r}; take that one")
        return like(base, table)

    def refs(self) -> Refs:
        def finder(kind: type) -> Any:
            return lambda name, where: self.find(kind, name, where)
        return Refs(find={kind: finder(kind) for kind in FOLDERS})


def abort_ways(library: Library) -> tuple[AbortWays, ...]:
    """Every file of ways out, those beside the mission first."""
    paths = library.paths(AbortWays).values()
    return tuple(library.load(AbortWays, path) for path in sorted(paths, key=lambda p: p.is_relative_to(shipped())))


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as a dictionary. Raises InputError when it is absent or broken."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(f"{path}: no such file; mend its name") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: is a folder; give a .toml file") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); mend its rights") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not valid TOML: byte {error.start + 1} is not UTF-8; save it as UTF-8 text"
                         ) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: is not valid TOML: {error}") from error


def as_table(raw: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise InputError(f"{where} = {raw!r} takes a table")
    return raw
