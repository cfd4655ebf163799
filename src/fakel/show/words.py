"""Every text of the page, in English and Russian: from the table beside this file and from the mission's own texts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from fakel.show.quantities import Text

LANGUAGES = ("en", "ru")


@cache
def table() -> Mapping[str, Any]:
    """``words.toml``."""
    file = resources.files("fakel.show").joinpath("words.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def pair(section: str, key: str) -> Text | None:
    """A pair of the table, or None."""
    found = table().get(section, {}).get(key)
    return None if found is None else dict(zip(LANGUAGES, found))


def spelt(key: str) -> str:
    """An id as words: ``pirs-ring`` gives ``Pirs ring``."""
    spaced = key.replace("_", " ").replace("-", " ")
    return spaced[:1].upper() + spaced[1:]


@dataclass(frozen=True, eq=False)
class Words:
    """mission: the flight's record of its mission."""

    mission: Mapping[str, Any]

    def text(self, english: str) -> Text:
        """A text of the mission or of shipped data; the English stands where no Russian is known."""
        own = self.mission.get("russian") or {}
        return {"en": english, "ru": own.get(english) or table()["names"].get(english) or english}

    def pair(self, section: str, key: str) -> Text:
        """A pair of the table, or the key as words."""
        return pair(section, key) or {"en": spelt(key), "ru": spelt(key)}

    def phase(self, name: str) -> Text:
        return self.pair("phases", name)

    @cached_property
    def _names(self) -> dict[str, Text]:
        station = self.mission.get("station") or {}
        out = {key: self.named(key, str(name)) for kind in ("worksites", "ports", "airlocks")
               for key, name in (station.get(kind) or {}).items()}
        for kind in ("people", "ships", "items", "places"):
            out |= {key: self.text(str(record.get("name", key)))
                    for key, record in (self.mission.get(kind) or {}).items()}
        return out | {key: dict(zip(LANGUAGES, both)) for key, both in table()["where"].items()}

    def named(self, key: str, english: str) -> Text:
        """A name of shipped data, whose Russian may stand under its id."""
        text = self.text(english)
        return text if text["ru"] != english else {"en": english, "ru": self.spelt_out(key) or english}

    def spelt_out(self, key: str) -> str:
        russian = str(table()["names"].get(key) or "")
        return russian[:1].upper() + russian[1:]

    def name(self, key: str) -> Text:
        """What people call a craft, person, item, port, airlock or place that a record names by its id."""
        known = self._names.get(key)
        if known is None:
            known = {"en": spelt(key), "ru": self.spelt_out(key) or spelt(key)}
        return known

    def surname(self, person: str) -> Text:
        return {lang: name.split(" ")[-1] for lang, name in self.name(person).items()}

    def listed(self, keys: Iterable[str]) -> Text:
        """``Oleg Kotov and Sergey Ryazansky``."""
        names = [self.name(key) for key in keys]
        return {lang: joined([n[lang] for n in names], word) for lang, word in zip(LANGUAGES, ("and", "и"))}

    def channel(self, name: str) -> Text:
        """``suit.kotov.oxygen_kg`` gives ``Oxygen, Kotov``; the part before the quantity says whose it is."""
        parts = name.split(".")
        quantity = next((part for part in reversed(parts) if pair("quantities", part)), parts[-1])
        label = self.pair("quantities", quantity)
        owners = [part for part in parts if part != quantity]
        whose = next((p for p in reversed(owners) if p in self._names), None)
        people = self.mission.get("people") or {}
        room = pair("rooms", owners[-1]) if owners and owners[0] == "air" else None
        if room is not None:
            owner = room
        elif whose in people:
            owner = self.surname(str(whose))
        elif whose is not None:
            owner = self.name(whose)
        else:
            owner = self.pair("groups", owners[0]) if owners else {"en": "", "ru": ""}
        return {lang: f"{label[lang]}, {owner[lang]}".rstrip(", ") for lang in LANGUAGES}


def joined(names: list[str], last: str) -> str:
    """``a, b and c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""
