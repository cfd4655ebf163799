"""Towns of the world, offline: 69,000 from GeoNames with Russian names, heights and time zones (data/places)."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from fakel.load.library import shipped
from fakel.model.arrays import FloatArray
from fakel.model.sighting import Place

EARTH_KM = 6371.0
FEW = 1000
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
                          "ə": "a", "ŋ": "n", "ё": "е", "ъ": "", "ʻ": "", "’": "", "'": "", "`": "", "‘": ""})
_WHOLE = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


def plain(text: str) -> str:
    """A name without case, accents, dots and hyphens: ``São Paulo`` is ``sao paulo``, ``Орёл`` is ``орел``."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
                   if not unicodedata.combining(c)).translate(_LETTERS)
    words = re.sub(r"[^\w]+|_", " ", bare).split()
    return " ".join(_WHOLE.get(word, word) for word in words)


@dataclass(frozen=True, slots=True)
class Town:
    """One line of the gazetteer. region: the first-level division, may be empty. main: found by its main name."""

    name: str
    russian: str
    country: str
    region: str
    latitude_deg: float
    longitude_deg: float
    height_m: float
    time_zone: str
    population: int
    main: bool = field(default=True, compare=False)

    @property
    def full_name(self) -> str:
        """``Springfield, Missouri, US``."""
        return ", ".join(part for part in (self.name, self.region, self.country) if part)

    def place(self, id: str) -> Place:
        names = (("en", self.name), ("ru", self.russian)) if self.russian else (("en", self.name),)
        return Place(id, names, self.country, float(np.radians(self.latitude_deg)),
                     float(np.radians(self.longitude_deg)), self.height_m, self.time_zone)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Towns by country and region, one a line of text: keys, name, Russian name; their numbers as columns.

    A line is ``|main key|Russian key|;other key;other key;<tab>name<tab>Russian name``. columns: latitude and longitude
    (1e-3 deg), height (m), population, and numbers of zone, country and region. directions (n, 3): unit vectors.
    """

    text: bytes
    ends: np.ndarray
    columns: dict[str, np.ndarray]
    zones: tuple[str, ...]
    countries: dict[str, tuple[str, ...]]
    regions: tuple[tuple[str, ...], ...]
    directions: FloatArray

    def named(self, name: str) -> list[Town]:
        """All towns of that name in any spelling, largest first; one that only also has it weighs 1/50."""
        key = plain(name)
        found = {line: mark == "|" for mark in (";", "|") for line in self._lines(f"{mark}{key}{mark}".encode())}
        towns = [self.town(line, main) for line, main in found.items()]
        return sorted(towns, key=lambda town: -town.population * (1.0 if town.main else 0.02))

    def _lines(self, part: bytes) -> Iterator[int]:
        at = self.text.find(part)
        while at >= 0:
            line = int(np.searchsorted(self.ends, at))
            yield line
            at = self.text.find(part, int(self.ends[line]))

    def town(self, line: int, main: bool = True) -> Town:
        first = int(self.ends[line - 1]) + 1 if line else 0
        _, name, russian = self.text[first:int(self.ends[line])].decode().split("\t")
        c = {key: column[line] for key, column in self.columns.items()}
        return Town(name, russian, list(self.countries)[c["country"]], self.regions[c["region"]][0],
                    float(c["latitude"]) / 1e3, float(c["longitude"]) / 1e3, float(c["height"]),
                    self.zones[c["zone"]], int(c["population"]), main)

    def all_keys(self) -> set[str]:
        """Every name in plain letters."""
        fields = (line.split(b"\t", 1)[0].decode() for line in self.text.splitlines())
        return {key for field in fields for key in re.split(r"[|;]+", field) if key}

    def country_names(self, language: str = "en") -> dict[str, str]:
        """Names of countries by code."""
        return {code: names[1 if language == "ru" else 0] for code, names in self.countries.items()}

    def is_in(self, town: Town, part: str) -> bool:
        """Whether part names the town's country (code, English, Russian) or its region."""
        key = plain(part)
        regions = next((r for r in self.regions if r[0] == town.region and r[1].startswith(town.country + ".")), ())
        return key in {plain(word) for word in (town.country, *self.countries[town.country], *regions)}

    def is_area(self, part: str) -> bool:
        """Whether there is a country or region of that name."""
        key = plain(part)
        return any(key in map(plain, (code, *names)) for code, names in self.countries.items()) or any(
            key in map(plain, names) for names in self.regions)

    def nearest(self, latitude_deg: FloatArray, longitude_deg: FloatArray) -> tuple[np.ndarray, FloatArray]:
        """Lines of the nearest towns to places (n,), and their distances in km along a sphere."""
        towns = self.directions
        places = _directions(np.asarray(latitude_deg, float), np.asarray(longitude_deg, float))
        if len(places) < FEW:
            lines = np.concatenate([np.argmax(part @ towns.T, axis=1)
                                    for part in np.array_split(places, len(places) // 100 + 1)])
        else:
            lines = (_tree() if self is gazetteer() else _made(towns)).query(places)[1]
        chord = np.linalg.norm(places - towns[lines], axis=1)
        return lines, 2.0 * EARTH_KM * np.arcsin(np.clip(chord / 2.0, 0.0, 1.0))


def _made(directions: FloatArray) -> Any:
    """A search tree over directions (n, 3)."""
    from scipy.spatial import cKDTree  # its import takes longer than a few places do without it

    return cKDTree(directions)


@cache
def _tree() -> Any:
    """That of the gazetteer that ships, kept."""
    return _made(gazetteer().directions)


def _directions(latitude_deg: FloatArray, longitude_deg: FloatArray) -> FloatArray:
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    return np.stack([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], 1)


@cache
def gazetteer() -> Gazetteer:
    """The one that ships, read when first asked for."""
    text = gzip.decompress(shipped("places", "names.txt.gz").read_bytes())
    words = json.loads(gzip.decompress(shipped("places", "words.json.gz").read_bytes()))
    with np.load(shipped("places", "numbers.npz")) as file:
        columns = dict(file)
    columns["latitude"] = np.cumsum(columns.pop("latitude_steps"))
    return Gazetteer(text, np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n")), columns, tuple(words["zones"]),
                     {code: tuple(names) for code, names in words["countries"].items()},
                     tuple(tuple(names) for names in words["regions"]),
                     _directions(columns["latitude"] / 1e3, columns["longitude"] / 1e3))
